"""Rows of events without a value in what a metric adds up: they add nothing, and nothing else tells them from zeros.

A day with such a row stays covered, as its other rows count; so what is told is how many rows a sum lacks. A cell
that says by a word that there is no value (``missing: [N/A]``) is not known, and always told. An empty cell may mean
that there was nothing, as in a column of refunds: where more than `RARE` of a client's rows are empty, it does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import narwhals as nw

from kpikit.metrics.aggregates import tests
from kpikit.metrics.declarations import Metric
from kpikit.metrics.quantities import columns_of, quantity
from kpikit.sources.declarations import Source
from kpikit.sources.engine import Engine

RARE = 0.1
"""The largest share of a client's rows that may be empty, where an empty cell does not mean that there was nothing."""

Days = dict[str, tuple[int, int]]
"""By day, as 2025-09-08, how many rows a metric adds up, and how many of them have no value."""


def may_lack(metric: Metric, source: Source) -> bool:
    """True for a sum over events of a column whose cells may say that there is no value."""
    summed = source.kind == "events" and metric.aggregate == "sum" and metric.column is not None
    return summed and any(map(source.missing, columns_of(metric.column or "", source)))


def without_value(engine: Engine, source: Source, metric: Metric, keys: Mapping[str, str]) -> dict[str, Days]:
    """The days of each client of whom rows lack a value that is told; ``keys``: what the rows call it -> its key."""
    assert metric.column
    columns = columns_of(metric.column, source)
    found = dict[str, Days]()
    for value, day, number, without in _counted(engine, source, metric):
        if value in keys:
            days = found.setdefault(keys[value], {})
            before = days.get(day, (0, 0))
            days[day] = before[0] + number, before[1] + without
    empty = any("" in source.missing(column) for column in columns)
    return {client: days for client, days in found.items() if _is_told(days, empty)}


def _counted(engine: Engine, source: Source, metric: Metric) -> Iterator[tuple[str, str, int, int]]:
    """By what the rows call their client, and day: how many rows meet the conditions, and how many have no value."""
    with engine.turn:
        rows = nw.from_native(engine.table(source.name))
        rows = rows.filter(*tests(metric.where)) if metric.where else rows
        blank = nw.when(quantity(metric.column or "", source).value.is_null()).then(1).otherwise(0)
        day = nw.col(source.time).cast(nw.Date).cast(nw.String)
        days = rows.with_columns(day.alias("_day"), blank.alias("_blank")).group_by(source.client, "_day")
        told = days.agg(nw.len().alias("_rows"), nw.col("_blank").sum())
        small = told.sort(source.client, "_day").collect("pandas")
    for client, day, number, without in zip(*(small[name].to_list() for name in small.columns), strict=True):
        yield client, day, int(number), int(without)


def _is_told(days: Days, empty: bool) -> bool:
    rows, without = (sum(numbers) for numbers in zip(*days.values(), strict=True))
    return bool(0 < without <= (rows * RARE if empty else rows))
