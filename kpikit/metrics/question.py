"""What is asked of the engine: one source, split one way, over some windows, for several clients.

A small calendar table (day, slot, window) is joined to the rows, so that months, months to date and the same part of
last year are all the same to the engine. What adds up is summed to days first; all else (`kpikit.metrics.aggregates`)
goes back to the rows for each window.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

import narwhals as nw

from kpikit.metrics.aggregates import Frame, Rows, aggregate_of, all_of, is_binary_sum, needed, tests
from kpikit.metrics.coverage import slot
from kpikit.metrics.declarations import Entity, Metric
from kpikit.metrics.model import Model
from kpikit.metrics.quantities import quantity, settled
from kpikit.metrics.requests import slice_id
from kpikit.sources.declarations import Source
from kpikit.sources.engine import Engine
from kpikit.words.periods import Window


@dataclass(frozen=True)
class Found:
    """What the engine found for one client, metric, slice and window: an exact number, if any, and the slots of it.

    ``spread``, where it is asked for: the number of rows and their standard deviation. ``largest``: the value of one.
    """

    value: Decimal | None
    covered: int
    spread: tuple[int | None, float | None] = (None, None)
    largest: float | None = None


Answers = dict[tuple[str, str, Window], Found]
"""Client, slice, window -> what was found. What is not there was not found."""


class Question:
    """One source, split one way, over some windows: the frames that its metrics share."""

    def __init__(
        self,
        engine: Engine,
        model: Model,
        source: Source,
        by: tuple[str, ...],
        windows: tuple[Window, ...],
        clients: Sequence[str],
    ) -> None:
        self.model, self.source, self.by, self.windows, self.clients = model, source, by, windows, clients
        values = [(key, value) for key in clients for value in model.values(source.name, key)]
        keys = _table(engine, "clients asked for", {"_client": "VARCHAR", "_value": "VARCHAR"}, values)
        rows = nw.from_native(engine.table(source.name)).join(
            keys, left_on=source.client, right_on="_value", how="inner"
        )
        members = [nw.col(model.dimensions[name].column).fill_null("") for name in by]  # no member: one of its own
        columns = {f"_by{number}": member for number, member in enumerate(members)}
        self.rows = rows.with_columns(nw.col(source.time).cast(nw.Date).alias("_day"), **columns)
        self.keys = ["_client", *columns]
        days = {"_day": "DATE", "_slot": "DATE", "_place": "DATE", "_window": "BIGINT"}
        self.calendar = _table(engine, "days asked for", days, self._calendar())

    def _calendar(self) -> Sequence[tuple[Any, ...]]:
        covers, span = self.source.covers, self.source.span
        if span:
            known = [number for number, window in enumerate(self.windows) if window == span == covers]
            return [(span.start, span.start, span.start, number) for number in known]
        return _days(self.source.every, self.source.open, covers, self.windows)

    def answers(self, metrics: Sequence[Metric]) -> dict[str, Answers]:
        """What the engine finds, for each metric by name."""
        found = self._summed(metrics)
        for metric in metrics:
            how = aggregate_of(metric)
            if how is not None:
                rows = self._rows_of(metric)
                cells = self._read(how.frame(rows, metric), how.columns)
                settle = self._settle(metric)
                numbers = {key: settle(how.number(rows, metric, each)) for key, each in cells.items()}
                spread = how.spread if metric.has_spread and self.source.kind == "events" else None
                spreads = {key: spread(each) for key, each in cells.items()} if spread else {}
                found[metric.name] = {
                    key: Found(numbers.get(key), each.covered, spreads.get(key, (None, None)))
                    for key, each in found[metric.name].items()
                }
        return found

    def _rows_of(self, metric: Metric) -> Rows:
        entity = self.model.entities[metric.entity] if metric.entity else None
        rows = self.rows.filter(spend(self.model, entity) >= 0) if entity and entity.spend else self.rows
        return Rows(rows, tuple(self.keys), self.calendar, self.source, entity)

    def _summed(self, metrics: Sequence[Metric]) -> dict[str, Answers]:
        """Sums and row counts, and for each metric the number of slots in which it has a value.

        Of each metric there are three columns: v, its values' sum; n, how many there are; c, the slots that have any.
        Of money in events there is m, too: the largest value of a row.
        """
        numbers, open = range(len(metrics)), ~nw.col("_slot").is_null()
        values = {f"_v{number}": _selected(metric, self.source) for number, metric in enumerate(metrics)}
        filled = {f"_n{number}": nw.when(nw.col(f"_v{number}").is_null()).then(0).otherwise(1) for number in numbers}
        covers = {f"_c{number}": nw.when((nw.col(f"_n{number}") > 0) & open).then(1).otherwise(0) for number in numbers}
        single = {f"_m{number}": nw.col(f"_v{number}") for number in numbers if self._has_largest(metrics[number])}
        largest = [nw.col(name).max() for name in single]
        rows = self.rows.with_columns(**values).with_columns(**filled, **single)
        days = rows.group_by(*self.keys, "_day").agg(*_sums(values, filled), *largest)
        joined = days.join(self.calendar, on="_day", how="inner")
        slots = joined.group_by(*self.keys, "_window", "_slot").agg(*_sums(values, filled), *largest)
        total = slots.with_columns(**covers).group_by(*self.keys, "_window")
        summed = total.agg(*_sums(values, filled, covers), *largest)
        exact = summed.with_columns(*[nw.col(name).cast(nw.String) for name in values])
        names = [*values, *filled, *covers, *single]
        cells, places = self._read(exact, names), {name: place for place, name in enumerate(names)}
        found = dict[str, Answers]()
        for at, metric in enumerate(metrics):
            told = self._told(metric, *(places.get(f"_{kind}{at}", -1) for kind in "vncm"))
            found[metric.name] = {key: told(row) for key, row in cells.items()}
        return found

    def _told(self, metric: Metric, v: int, n: int, c: int, m: int) -> Callable[[tuple[Any, ...]], Found]:
        """What gives the answer about a metric from a row of cells, by the places of its columns; -1 without one."""
        settle = self._settle(metric)

        def told(row: tuple[Any, ...]) -> Found:
            if not row[n]:
                return Found(settle(None), int(row[c]))
            return Found(settle(Decimal(row[v])), int(row[c]), largest=float(row[m]) if m >= 0 else None)

        return told

    def _has_largest(self, metric: Metric) -> bool:
        return metric.has_largest and self.source.kind == "events"

    def _settle(self, metric: Metric) -> Callable[[Decimal | None], Decimal | None]:
        """What gives a number as it is; of binary ones as far as each computation gives the same."""
        binary = is_binary_sum(metric, self.source)
        return lambda number: Decimal(repr(settled(number))) if binary and number is not None else number

    def _read(self, frame: Frame, columns: Sequence[str]) -> dict[tuple[str, str, Window], tuple[Any, ...]]:
        """The rows of a small answer: (client, slice, window) -> cells."""
        small = frame.select(*self.keys, "_window", *columns).collect("pandas")
        split, found = len(self.keys), {}
        for row in zip(*(small[name].to_list() for name in small.columns), strict=True):
            members = dict(zip(self.by, row[1:split], strict=True))
            found[row[0], slice_id(members), self.windows[int(row[split])]] = row[split + 1 :]
        return found


@lru_cache(maxsize=64)
def _days(
    every: str, open: Collection[int], covers: Window, windows: tuple[Window, ...]
) -> tuple[tuple[date, date | None, date, int], ...]:
    """Day, slot (None where a source is not open), first day of it, and number of the window: of the covered days."""
    days = (
        (window.start + timedelta(days=count), number)
        for number, window in enumerate(windows)
        for count in range(window.days)
    )
    own = [(day, slot(every, open, day), number) for day, number in days if covers.start <= day < covers.end]
    return tuple((day, first, first or day, number) for day, first, number in own)


def _table(engine: Engine, name: str, columns: Mapping[str, str], rows: Sequence[Sequence[object]]) -> Frame:
    engine.add(name, columns, rows)
    return nw.from_native(engine.table(name))


def _sums(*columns: Iterable[str]) -> list[nw.Expr]:
    return [nw.col(name).sum() for names in columns for name in names]


def _selected(metric: Metric, source: Source) -> nw.Expr:
    """What is summed: the quantity, or 1 for each row that counts, on the rows that the conditions let through.

    Of what is not summed but taken anew, this tells only the slots that have any.
    """
    if metric.aggregate == "sum" and metric.column:
        value = quantity(metric.column, source).value
        return nw.when(all_of(*tests(metric.where))).then(value) if metric.where else value
    conditions = needed(metric, source)
    return nw.when(all_of(*conditions)).then(nw.lit(1)) if conditions else nw.lit(1)


def spend(model: Model, entity: Entity) -> nw.Expr:
    """What a row is worth: of the metric that says so, on the rows that this counts; 0 without one.

    Below 0 it is a refund, and no purchase.
    """
    if entity.spend is None:
        return nw.lit(0)
    metric = model.metrics[entity.spend]
    value = quantity(metric.column or "", model.sources[metric.source]).value
    worth = nw.when(all_of(*tests(metric.where))).then(value) if metric.where else value
    return worth.fill_null(0)
