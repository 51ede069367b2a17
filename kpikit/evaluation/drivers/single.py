"""One row that carries the value of a period: a sum of money lies above its limit by a single large entry alone."""

from __future__ import annotations

from dataclasses import dataclass

from kpikit.indicators.framework import Indicator
from kpikit.metrics.requests import Measurement
from kpikit.words.formula import Symbol


@dataclass(frozen=True)
class Single:
    """The ``value`` of the row that has the most, and what ``share`` of the period's it is."""

    value: float
    share: float


def carried_by(
    indicator: Indicator, row: Measurement | None, centre: float | None, upper: float | None
) -> Single | None:
    """The row that carries a value above its ``upper`` limit; None where no row does.

    A row of any size may be usual, as it is in a shop with ten orders a month. So what counts is what it does: without
    it the value would not lie above its limit, and half or more of what lies above the ``centre`` is its own. The
    second keeps out the largest of many rows where the value is only just outside, and any of them would do.
    """
    if row is None or centre is None or upper is None or row.value is None or row.largest is None:
        return None
    if indicator.change or not isinstance(indicator.formula, Symbol):
        return None
    carries = row.value - row.largest <= upper < row.value and row.largest >= (row.value - centre) / 2
    return Single(row.largest, row.largest / row.value) if carries else None
