"""Rows that are left out because they can't be read (``on_bad_rows: quarantine``): how many, whose, of which days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kpikit.evaluation.lacking import Ended, LeftOut
from kpikit.sources.declarations import Source
from kpikit.sources.quarantine import BadRow
from kpikit.words.language import Language
from kpikit.words.periods import Window
from kpikit.words.texts import N_


@dataclass(frozen=True)
class BadRows:
    """How many rows of a client and a day are left out; None is what can't be told of them."""

    client: str | None
    day: str | None
    rows: int


MOST_NAMED = 5
_NO_ROWS = N_("The source {source} has no rows of this client at all: its zeros may mean that nothing was delivered.")
_NO_ROWS_OF = N_(
    "The source {source} has no rows of {clients} at all: zeros from it may mean that nothing was delivered."
)
_ENDED = N_(
    "The source {source} has no rows of this client after {day}: its zeros since then may mean that nothing was "
    "delivered."
)
_ENDED_OF = N_(
    "The source {source} has no rows of {clients}: zeros from it since then may mean that nothing was delivered."
)
BySource = Mapping[str, Sequence[BadRows]]


def counted(source: Source, bad: Iterable[BadRow], keys: Mapping[str, str]) -> tuple[BadRows, ...]:
    """The bad rows of a source by client and day; ``keys`` gives the client's key for what the rows call it."""
    found = Counter((keys.get(each.client or ""), _day(source, each)) for each in bad)
    return tuple(BadRows(client, day, rows) for (client, day), rows in found.items())


def _day(source: Source, bad: BadRow) -> str | None:
    inside = bad.day is not None and source.covers.start <= bad.day < source.covers.end
    return str(bad.day) if inside else None


def of_clients(bad: Iterable[BadRows], clients: Collection[str]) -> tuple[BadRows, ...]:
    """Those that are, or may be, of these clients."""
    return tuple(each for each in bad if each.client is None or each.client in clients)


def left_out(bad: BySource, client: str | None, window: Window, as_of: date) -> tuple[LeftOut, ...]:
    """The rows that are, or may be, of a client (None: of any) and were known on a day, by source."""
    found = list[LeftOut]()
    for source, rows in bad.items():
        own = [each for each in rows if client is None or each.client in (None, client)]
        known = [each for each in own if each.day is None or each.day <= str(as_of)]
        of_period = (each.rows for each in known if each.day is None or _lies_in(each.day, window))
        if known:
            found.append(LeftOut(source, sum(each.rows for each in known), sum(of_period)))
    return tuple(found)


def _lies_in(day: str, window: Window) -> bool:
    return window.start <= date.fromisoformat(day) < window.end


def zeros(sources: Iterable[str], say: Language) -> list[str]:
    """A sentence for each source that has not one row of the client."""
    return [say(_NO_ROWS, source=source) for source in sources]


def zeros_since(sources: Iterable[Ended], say: Language) -> list[str]:
    """A sentence for each source whose rows of the client end too early."""
    return [say(_ENDED, source=each.source, day=say.day(each.last_day)) for each in sources]


def zeros_of_many(clients: Mapping[str, Sequence[str]], say: Language) -> list[str]:
    """The same over many clients without a row, who are named up to `MOST_NAMED`."""
    return [say(_NO_ROWS_OF, source=source, clients=_named(own, say)) for source, own in clients.items() if own]


def zeros_since_of_many(clients: Mapping[str, Mapping[str, date]], say: Language) -> list[str]:
    """The same over many clients whose rows end too early; ``clients`` gives the last day by source and name."""
    found = list[str]()
    for source, own in clients.items():
        told = [say("{client} after {day}", client=name, day=say.day(day)) for name, day in own.items()]
        found += [say(_ENDED_OF, source=source, clients=_named(told, say))] if told else []
    return found


def _named(names: Sequence[str], say: Language) -> str:
    shown, more = ", ".join(names[:MOST_NAMED]), say.count(len(names) - MOST_NAMED)
    return say("{names} and {number} more", names=shown, number=more) if len(names) > MOST_NAMED else shown


def sentences(found: Iterable[LeftOut], say: Language) -> list[str]:
    """A sentence for each source of which the figures of the period lack rows."""
    return [
        say.plural(
            "{number} row of the source {source} can't be read and is left out of these figures.",
            "{number} rows of the source {source} can't be read and are left out of these figures.",
            each.in_period,
            source=each.source,
        )
        for each in found
        if each.in_period
    ]
