"""What happened beside the plan: campaigns, price rises, tracking changes. ``events.yml`` lists them, for all clients.

An event is drawn where it lies in time. That something else changed then, too, is a coincidence and no cause.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import yaml

from kpikit.plans.read import amount
from kpikit.sources.strict import SCHEMA, Section, read
from kpikit.words.errors import one_of
from kpikit.words.language import Wording
from kpikit.words.message import Message
from kpikit.words.periods import Window
from kpikit.words.texts import N_

OUTAGE = "outage"

KINDS = {
    "campaign": N_("campaign"),
    "price": N_("price change"),
    "tracking": N_("tracking change"),
    OUTAGE: N_("tracking outage"),
    "other": "",
}
"""What kind of event it is: code -> text; nothing is said of other ones."""

LONGEST = 120
"""The signs that the name of an event may have: it stands in sentences."""


@dataclass(frozen=True)
class Event:
    """One event. ``clients`` is empty for all clients; ``indicators`` and ``metrics`` are empty for all figures."""

    window: Window
    what: Wording
    kind: str
    channel: Wording | None = None
    budget: tuple[Decimal, str] | None = None
    note: Wording | None = None
    clients: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()

    def is_of(self, client: str) -> bool:
        """True for an event of this client, or of all."""
        return not self.clients or client in self.clients

    def concerns(self, indicator: str, metrics: Collection[str]) -> bool:
        """True for an event that says something about this indicator, which is made of these metrics."""
        everything = not self.indicators and not self.metrics
        return everything or self.names(indicator, metrics)

    def names(self, indicator: str, metrics: Collection[str]) -> bool:
        """True for an event that names this indicator, or one of the metrics that it is made of."""
        return indicator in self.indicators or any(name in self.metrics for name in metrics)


@dataclass(frozen=True)
class Known:
    """The names that events may mention."""

    clients: Collection[str]
    indicators: Collection[str]
    metrics: Collection[str]


def read_events(file: Path, known: Known) -> tuple[Event, ...]:
    """The events of a file, in the order of their first days; none where there is no such file."""
    if not file.exists():
        return ()
    top = read(file)
    events = [_event(each, known) for each in top.items("events")]
    top.finish()
    return tuple(sorted(events, key=lambda event: event.window))


def _event(section: Section, known: Known) -> Event:
    event = Event(
        window=window_of(section),
        what=_name(section),
        kind=section.choice("kind", KINDS, "other"),
        channel=section.wording("channel") if section.knows("channel") else None,
        budget=amount(section, "budget") if section.knows("budget") else None,
        note=section.wording("note") if section.knows("note") else None,
        clients=_names(section, "clients", "client", known.clients),
        indicators=_names(section, "indicators", "indicator", known.indicators),
        metrics=_names(section, "metrics", "metric", known.metrics),
    )
    section.finish()
    return event


def window_of(section: Section) -> Window:
    """The days of ``from`` and ``to``, or the one of ``on``."""
    one, first, last = (section.knows(key) for key in ("on", "from", "to"))
    if one == (first or last) or first != last:
        raise section.refuse("", "needs either 'on: 2026-03-01', or 'from: 2026-03-01' and 'to: 2026-03-14'.")
    if one:
        return Window(section.day("on"), section.day("on") + timedelta(days=1))
    if section.day("to") < section.day("from"):
        raise section.refuse(
            "to", "{last} lies before {first}, its first day.", last=section.day("to"), first=section.day("from")
        )
    return Window(section.day("from"), section.day("to") + timedelta(days=1))


def _name(section: Section) -> Wording:
    what = section.wording("what")
    for text in [what] if isinstance(what, str) else what.values():
        if len(text) > LONGEST or not text.isprintable():
            reason = Message(
                "has {number} signs; it is one line of at most {longest}. Say more under 'note'.",
                number=len(text),
                longest=LONGEST,
            )
            raise section.refuse("what", reason)
    return what


def _names(section: Section, key: str, name: str, known: Collection[str]) -> tuple[str, ...]:
    names = section.texts(key, ())
    if section.knows(key) and not names:
        raise section.refuse(key, "names no {name}; leave it out for all.", name=name)
    for each in names:
        if each not in known:
            raise section.refuse(key, one_of(name, each, known))
    return tuple(dict.fromkeys(names))


def write_events(file: Path, events: Iterable[Event], clients: Collection[str]) -> None:
    """Write events in a new file for these clients; those of others are left out, and their names, too."""
    own = [each for each in events if not each.clients or any(key in clients for key in each.clients)]
    listed = [_written(event, [key for key in event.clients if key in clients]) for event in own]
    text = yaml.safe_dump({"schema": SCHEMA, "events": listed}, allow_unicode=True, sort_keys=False)
    file.write_text(text, encoding="utf-8")


def _written(event: Event, clients: list[str]) -> dict[str, object]:
    found = {
        "from": event.window.start.isoformat(),
        "to": event.window.last_day.isoformat(),
        "what": event.what,
        "kind": event.kind,
        "channel": event.channel,
        "budget": f"{event.budget[0]} {event.budget[1]}" if event.budget else None,
        "note": event.note,
        "clients": clients,
        "indicators": list(event.indicators),
        "metrics": list(event.metrics),
    }
    return {key: value for key, value in found.items() if value}
