"""What is taken anew from the rows of each window: means, quantiles, extremes, first and last values, unique counts.

A frame has a row for each client, member and window; what the engine finds in it (counts, exact sums, the two values
around a quantile) becomes one number in Python, so that money stays exact.
"""

from __future__ import annotations

import functools
import math
import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Any

import narwhals as nw

from kpikit.metrics.conditions import Condition
from kpikit.metrics.declarations import Entity, Metric
from kpikit.metrics.quantities import is_exact, quantity, settled
from kpikit.sources.declarations import Source

Frame = nw.LazyFrame[Any]

_PLACES = Decimal(1).scaleb(-9)
_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class Rows:
    """The rows of one source: each with its client and members (``keys``) and its ``_day``.

    ``calendar`` holds the windows asked for: day, the slot or closed day it lies in (``_place``), window.
    """

    frame: Frame
    keys: tuple[str, ...]
    calendar: Frame
    source: Source
    entity: Entity | None = None

    def of(self, metric: Metric) -> Frame:
        """The rows that count for a metric; what is measured in them is ``_v``."""
        measured = _measured(metric, self.source)
        kept = self.frame.filter(all_of(*needed(metric, self.source)))
        return kept if measured is None else kept.with_columns(_v=measured)

    def windows(self, days: Frame) -> Frame:
        """Rows that have a day, once for each window that it lies in."""
        return days.join(self.calendar, on="_day", how="inner")


@dataclass(frozen=True)
class Aggregate:
    """One way of taking a number from rows: the frame, its columns, the number that they make (or None), and where
    that is asked for how many rows it is of, with their standard deviation."""

    frame: Callable[[Rows, Metric], Frame]
    columns: tuple[str, ...]
    number: Callable[[Rows, Metric, tuple[Any, ...]], Decimal | None]
    spread: Callable[[tuple[Any, ...]], tuple[int, float | None]] | None = None


def needed(metric: Metric, source: Source) -> list[nw.Expr]:
    """What a row must meet to count: the conditions declared, and that it has what is measured."""
    weight = quantity(metric.weight, source).value if metric.weight else None
    thing = nw.col(metric.per) if metric.per else None
    known = [each for each in (_measured(metric, source), weight, thing) if each is not None]
    return [*tests(metric.where), *(~each.is_null() for each in known)]


def _measured(metric: Metric, source: Source) -> nw.Expr | None:
    if metric.aggregate == "entities" or not metric.column:
        return None
    return nw.col(metric.column) if metric.aggregate == "unique" else quantity(metric.column, source).value


def tests(conditions: Sequence[Condition]) -> list[nw.Expr]:
    """Each condition as an expression."""
    return [_test(condition) for condition in conditions]


def all_of(*conditions: nw.Expr) -> nw.Expr:
    """True where all of these are, of which there is at least one."""
    return functools.reduce(operator.and_, conditions)


def _test(condition: Condition) -> nw.Expr:
    column, value = nw.col(condition.column), condition.value
    tests = {
        "is": lambda: column == value,
        "in": lambda: column.is_in(list(value)),  # type: ignore[arg-type]
        "known": lambda: ~column.is_null() if value else column.is_null(),
        "above": lambda: column > value,
        "below": lambda: column < value,
        "begins": lambda: column.str.starts_with(str(value)),
        "begins_not": lambda: ~column.str.starts_with(str(value)) | column.is_null(),
    }
    return tests[condition.operator]()


def _mean(rows: Rows, metric: Metric) -> Frame:
    binary = nw.col("_v").cast(nw.Float64)
    squared = rows.of(metric).with_columns(_squares=binary * binary)
    days = squared.group_by(*rows.keys, "_day").agg(nw.col("_v", "_squares").sum(), nw.len().alias("_rows"))
    places = rows.windows(days).group_by(*rows.keys, "_window", "_place").agg(nw.col(*_SUMS).sum())
    total = places.group_by(*rows.keys, "_window").agg(nw.col(*_SUMS).sum(), nw.len().alias("_places"))
    return _as_text(total, "_v")


_SUMS = ("_v", "_squares", "_rows")


def _mean_number(rows: Rows, metric: Metric, cells: tuple[Any, ...]) -> Decimal | None:
    total, _, count, places = cells
    by_row = rows.source.kind == "events"  # the mean of all else is over the days that have a value
    return _EXACT.divide(Decimal(total), Decimal(int(count if by_row else places)))


def _mean_spread(cells: tuple[Any, ...]) -> tuple[int, float | None]:
    total, squares, rows = float(cells[0]), float(cells[1]), int(cells[2])
    if rows < 2:
        return rows, None
    around = squares - total * total / rows
    return rows, settled(math.sqrt(around / (rows - 1))) if around > _NOISE * squares else 0.0


_NOISE = 1e-12
"""What is left of the same number many times, as a part of its squares, is the noise of binary arithmetic."""


def _weighted(rows: Rows, metric: Metric) -> Frame:
    weight = quantity(metric.weight or "", rows.source).binary
    kept = rows.of(metric).with_columns(_w=weight, _v=nw.col("_v").cast(nw.Float64) * weight)
    days = kept.group_by(*rows.keys, "_day").agg(nw.col("_v", "_w").sum())
    return rows.windows(days).group_by(*rows.keys, "_window").agg(nw.col("_v", "_w").sum())


def _weighted_number(rows: Rows, metric: Metric, cells: tuple[Any, ...]) -> Decimal | None:
    products, weights = (float(cell) for cell in cells)
    return Decimal(products / weights) if weights > 0 else None


def _quantile(rows: Rows, metric: Metric) -> Frame:
    """The two values between which the quantile lies; the later one is missing where the first is the last of all."""
    group = (*rows.keys, "_window")
    above, parts = _level(metric).as_integer_ratio()
    own = rows.windows(rows.of(metric)).with_columns(
        _rank=nw.col("_v").rank("ordinal").over(*group), _rows=nw.col("_v").count().over(*group)
    )
    placed = own.with_columns(_at=(nw.col("_rows") - 1) * above // parts + 1)
    ends = placed.with_columns(
        _low=nw.when(nw.col("_rank") == nw.col("_at")).then(nw.col("_v")),
        _high=nw.when(nw.col("_rank") == nw.col("_at") + 1).then(nw.col("_v")),
    )
    return _as_text(ends.group_by(*group).agg(nw.col("_low", "_high", "_rows").max()), "_low", "_high")


def _quantile_number(rows: Rows, metric: Metric, cells: tuple[Any, ...]) -> Decimal | None:
    low, high, count = Fraction(cells[0]), cells[1], int(cells[2])
    beyond = _level(metric) * (count - 1) % 1
    found = low + (Fraction(high) - low) * beyond if beyond else low
    return _EXACT.divide(Decimal(found.numerator), Decimal(found.denominator))


def _level(metric: Metric) -> Fraction:
    return Fraction(1, 2) if metric.level is None else Fraction(metric.level)


def _extreme(rows: Rows, metric: Metric) -> Frame:
    one = nw.col("_v").min() if metric.aggregate == "min" else nw.col("_v").max()
    days = rows.of(metric).group_by(*rows.keys, "_day").agg(one)
    return _as_text(rows.windows(days).group_by(*rows.keys, "_window").agg(one), "_v")


def _picked(rows: Rows, metric: Metric) -> Frame:
    """What the rows of the first or last moment in the window add up to, of each thing on its own."""
    own = (*rows.keys, "_thing")
    thing = nw.col(metric.per) if metric.per else nw.lit(0)
    kept = rows.of(metric).with_columns(_thing=thing, _moment=nw.col(rows.source.time))
    ends = kept.filter(nw.col("_moment") == _end(metric, "_moment").over(*own, "_day"))
    days = rows.windows(ends.group_by(*own, "_day").agg(nw.col("_v").sum()))
    last = days.filter(nw.col("_day") == _end(metric, "_day").over(*own, "_window"))
    return _as_text(last.group_by(*rows.keys, "_window").agg(nw.col("_v").sum()), "_v")


def _end(metric: Metric, column: str) -> nw.Expr:
    return nw.col(column).min() if metric.aggregate == "first" else nw.col(column).max()


def _alone(rows: Rows, metric: Metric) -> Frame:
    days = rows.of(metric).group_by(*rows.keys, "_day").agg(nw.col("_v").sum(), nw.len().alias("_rows"))
    total = rows.windows(days).group_by(*rows.keys, "_window").agg(nw.col("_v", "_rows").sum())
    return _as_text(total, "_v")


def _alone_number(rows: Rows, metric: Metric, cells: tuple[Any, ...]) -> Decimal | None:
    return Decimal(cells[0]) if int(cells[1]) == 1 else None


def _unique(rows: Rows, metric: Metric) -> Frame:
    days = rows.of(metric).group_by(*rows.keys, "_day", "_v").agg(nw.len().alias("_rows"))
    return rows.windows(days).group_by(*rows.keys, "_window").agg(nw.col("_v").n_unique())


def _entities(rows: Rows, metric: Metric) -> Frame:
    assert rows.entity
    own = [*rows.keys, rows.entity.key]
    if metric.column == "new":
        found = rows.windows(rows.of(metric).group_by(*own).agg(nw.col("_day").min()))
    else:
        days = rows.windows(rows.of(metric).group_by(*own, "_day").agg(nw.len().alias("_rows")))
        found = days.group_by(*own, "_window").agg(nw.col("_rows").sum()).filter(nw.col("_rows") >= 2)
    return found.group_by(*rows.keys, "_window").agg(nw.len().alias("_v"))


def _as_text(frame: Frame, *columns: str) -> Frame:
    return frame.with_columns(*[nw.col(name).cast(nw.String) for name in columns])


def _as_it_is(rows: Rows, metric: Metric, cells: tuple[Any, ...]) -> Decimal | None:
    return Decimal(cells[0])


_ONE = ("_v",)
_TAKEN = {
    "mean": Aggregate(_mean, (*_SUMS, "_places"), _mean_number, _mean_spread),
    "median": Aggregate(_quantile, ("_low", "_high", "_rows"), _quantile_number),
    "quantile": Aggregate(_quantile, ("_low", "_high", "_rows"), _quantile_number),
    "min": Aggregate(_extreme, _ONE, _as_it_is),
    "max": Aggregate(_extreme, _ONE, _as_it_is),
    "first": Aggregate(_picked, _ONE, _as_it_is),
    "last": Aggregate(_picked, _ONE, _as_it_is),
    "value": Aggregate(_alone, ("_v", "_rows"), _alone_number),
    "unique": Aggregate(_unique, _ONE, _as_it_is),
    "entities": Aggregate(_entities, _ONE, _as_it_is),
}
_WEIGHTED = Aggregate(_weighted, ("_v", "_w"), _weighted_number)


def aggregate_of(metric: Metric) -> Aggregate | None:
    """How a metric is taken from the rows of each window; None where it is a sum of its days."""
    return _WEIGHTED if metric.weight else _TAKEN.get(metric.aggregate)


_UNSUMMED = ("unique", "entities", "min", "max", "median", "quantile")


def is_binary_sum(metric: Metric, source: Source) -> bool:
    """True for a sum, or what is made of sums, of binary numbers: it is not exact."""
    summed = metric.column if metric.aggregate not in _UNSUMMED else None
    return bool(metric.weight) or (summed is not None and not is_exact(summed, source))


def amount_of(metric: Metric, number: Decimal) -> Decimal | None:
    """The exact amount of money, to nine decimals at most; None for all else, and for a weighted mean, which has none.

    >>> from kpikit.words.units import MONEY
    >>> price = Metric("price", "sales", "mean", "price", (), MONEY, "GBP", ())
    >>> amount_of(price, Decimal(2) / 3)
    Decimal('0.666666667')
    """
    if not metric.currency or metric.weight:
        return None
    longer = int(number.as_tuple().exponent) < -9
    return number.quantize(_PLACES, ROUND_HALF_UP, _EXACT) if longer else number
