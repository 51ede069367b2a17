"""What each client has in each source, slot by slot: where rows are, where some are missing, and their sums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from kpikit.charts.coverage_strip import Months, by_month
from kpikit.evaluation.tracking.jumps import Series
from kpikit.evaluation.tracking.parts import Member
from kpikit.metrics.coverage import expected_slots, window_of
from kpikit.sources.declarations import Source
from kpikit.sources.engine import Engine
from kpikit.sources.loaded import Loaded
from kpikit.sources.slots import SlotRows, slots, slots_by
from kpikit.words.periods import Window
from kpikit.words.units import COUNT
from kpikit.workspace.data.supplied import values_of
from kpikit.workspace.settings import Settings

if TYPE_CHECKING:
    from kpikit.workspace.workspace import Workspace

MOST_MEMBERS = 30
"""So many members of a dimension are looked at, of a client; the searches of a large site are hundreds of thousands."""

_DAYS = {"day": 1, "week": 7, "month": 30}


@dataclass(frozen=True)
class Held:
    """What a client has in a source: ``rows`` by the first day of the slot, of the slots that are ``expected``.

    Expected are those that the source covers, from the first one with rows on, while the client is active.
    """

    source: Source
    client: str
    columns: tuple[str, ...]
    rows: Mapping[date, SlotRows]
    expected: tuple[date, ...]

    @property
    def last(self) -> date:
        """The last day of the last slot with rows."""
        return window_of(self.source, max(self.rows)).last_day

    @property
    def empty(self) -> tuple[date, ...]:
        """The expected slots without rows."""
        return tuple(day for day in self.expected if day not in self.rows)

    @property
    def gaps(self) -> list[Window]:
        """The expected slots without rows; those that follow each other are one window."""
        found, places = list[Window](), {day: at for at, day in enumerate(self.expected)}
        before = -2
        for day in self.empty:
            window = window_of(self.source, day)
            if places[day] == before + 1:
                found[-1] = Window(found[-1].start, window.end)
            else:
                found.append(window)
            before = places[day]
        return found

    def states(self) -> dict[date, str]:
        """What each slot of the source is, as a coverage calendar calls it."""
        without = "none" if self.source.kind == "events" else "missing"
        covered = expected_slots(replace(self.source, open=tuple(range(7))), self.source.covers)
        states = dict.fromkeys([*covered, *self.rows], "closed") | dict.fromkeys(self.empty, without)
        return states | dict.fromkeys(self.rows, "rows")

    @cached_property
    def months(self) -> Months:
        """What the slots of each month are: counted once, as tables are drawn more often."""
        return by_month(self.states())

    def series(self) -> Iterator[Series]:
        """The rows, of events, and each column as a series."""
        days = _DAYS[self.source.every]
        if self.source.kind == "events":
            values = {day: float(self.rows[day].rows) if day in self.rows else 0.0 for day in self.expected}
            yield Series(self.client, self.source.name, None, values, days)
        for at, column in enumerate(self.columns):
            values = {day: self.rows[day].sums[at] if day in self.rows else 0.0 for day in self.expected}
            yield Series(self.client, self.source.name, column, values, days)


def held(workspace: Workspace) -> dict[str, dict[str, Held]]:
    """By source and client; of clients with rows, and without the sources that are about a span."""
    settings, found = workspace.settings, dict[str, dict[str, Held]]()
    for name, source in settings.model.sources.items():
        metrics = (each for each in settings.model.metrics.values() if each.source == name and each.aggregate == "sum")
        columns = tuple(sorted({each.column for each in metrics if each.column and source.column(each.column)}))
        if not source.span:
            found[name] = held_in(workspace.engine, settings, workspace.data.loaded[name], columns)
    return found


def held_in(engine: Engine, settings: Settings, loaded: Loaded, columns: tuple[str, ...]) -> dict[str, Held]:
    """By client with rows, what a source holds, with the sums of these columns; empty for one about a span."""
    source = loaded.source
    if source.span:
        return {}
    values = values_of(settings, source, loaded.files)
    rows = slots(engine, source, columns, {value: key for key, own in values.items() for value in own})
    return {
        key: Held(source, key, columns, rows[key], _expected(source, min(rows[key]), client.active))
        for key, client in settings.clients.items()
        if key in rows
    }


def members(workspace: Workspace, there: Mapping[str, Mapping[str, Held]]) -> Iterator[Member]:
    """The members of each dimension in the sources that are held, of each client those with most rows."""
    for dimension in workspace.settings.model.dimensions.values():
        source, own = workspace.settings.model.sources[dimension.source], there.get(dimension.source, {})
        if not own or source.every == "month":
            continue
        columns = next(iter(own.values())).columns
        metrics = workspace.settings.model.metrics.values()
        counted = {each.column for each in metrics if each.source == source.name and each.unit == COUNT}
        values = values_of(workspace.settings, source, workspace.data.loaded[source.name].files)
        same = {value: key for key, each in values.items() for value in each}
        found = slots_by(workspace.engine, source, columns, same, dimension.column)
        for client, whole in own.items():
            mine = {member: rows for (key, member), rows in found.items() if key == client}
            most = sorted(mine, key=lambda member: (-sum(each.rows for each in mine[member].values()), member))
            for member in most[:MOST_MEMBERS]:
                series = tuple(replace(whole, rows=mine[member]).series())
                series = tuple(each for each in series if each.column is None or each.column in counted)
                yield Member(client, source.name, dimension.name, member, series)


def _expected(source: Source, first: date, active: Window) -> tuple[date, ...]:
    begins = max(source.covers.start, window_of(source, first).start)
    days = expected_slots(source, Window(begins, source.covers.end)) if begins < source.covers.end else []
    return tuple(day for day in days if active.start <= day < active.end)
