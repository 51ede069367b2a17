"""Indicators that are made of several sources: where the days or the clients of these do not belong together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kpikit.words.periods import Window
from kpikit.workspace.check.examined import CheckedSource, Examined
from kpikit.workspace.check.part import Part


@dataclass(frozen=True)
class Across:
    """Indicators and the sources that they are made of. ``days`` are those that all of the sources cover; None without.

    ``uneven``: whether they cover other days. ``clients``: those of whom a source has rows, and another one of events,
    in which no row means 0, has none.
    """

    indicators: tuple[str, ...]
    sources: tuple[str, ...]
    days: Window | None
    uneven: bool
    clients: tuple[str, ...]


def across(found: Examined) -> list[Across]:
    """What is worth a look in indicators of several sources; those of a span have no period's value anyway."""
    if found.workspace is None:
        return []
    known, metrics = found.workspace.settings.indicators, found.workspace.settings.model.metrics
    groups = dict[tuple[str, ...], list[str]]()
    for id in found.computed:
        used = {metrics[name].source for name in known[id].metrics if name in metrics}
        own = tuple(each.source.name for each in found.sources if each.source.name in used and not each.source.span)
        if len(own) > 1:
            groups.setdefault(own, []).append(id)
    checked = {each.source.name: each for each in found.sources}
    told = [_across(ids, [checked[name] for name in own]) for own, ids in groups.items()]
    return [each for each in told if each.uneven or each.clients]


def _across(ids: Sequence[str], sources: Sequence[CheckedSource]) -> Across:
    windows = [each.source.covers for each in sources]
    days: Window | None = windows[0]
    for window in windows[1:]:
        days = days and days.overlap(window)
    zero = {
        key
        for each in sources
        for key, rows in each.rows.items()
        if each.source.kind == "events" and not rows and key not in each.lacking
    }
    clients = tuple(key for key in sources[0].rows if key in zero and any(each.rows[key] for each in sources))
    return Across(tuple(ids), tuple(each.source.name for each in sources), days, len(set(windows)) > 1, clients)


class AcrossPart(Part):
    """What a check says of them."""

    def texts(self) -> list[str]:
        """Sentences for each group of sources; nothing where all belong together."""
        return [text for each in across(self.found) for text in self._texts(each)]

    def _texts(self, each: Across) -> list[str]:
        say, named = self.say, {"indicators": self.listed(each.indicators), "sources": ", ".join(each.sources)}
        texts = []
        if each.uneven and each.days:
            days = str(each.days)
            texts.append(
                say("{indicators}: no value outside of {days}, which all of {sources} cover.", days=days, **named)
            )
        elif each.uneven:
            texts.append(say("{indicators}: no value at all, as {sources} have no day in common.", **named))
        if each.clients:
            clients = self.clients(each.clients)
            text = say(
                "{indicators}: of {clients}, not all of {sources} have rows; none count as 0.", clients=clients, **named
            )
            texts.append(text)
        return texts
