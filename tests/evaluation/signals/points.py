"""Points of each month, and limits that begin anew, as tests of charts write them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kpikit.evaluation.facts import Point, Value
from kpikit.plans.limits import LimitsPlan, Rebase
from kpikit.words.periods import Calendar

CALENDAR = Calendar()
EVEN, UNEVEN = [100.0] * 12, [100.0, 200] * 6
FEW = [10.0, 12, 9, 11, 10, 13, 8, 11, 10, 12, 9, 11]


def points(values: Sequence[float | None], bottoms: Sequence[float] | None = None) -> list[Point]:
    """Monthly points; with ``bottoms`` the values are what is counted of them."""
    found = []
    for at, period in enumerate(CALENDAR.ending_with(CALENDAR.parse("2024-12"), len(values))):
        value, bottom = values[at], bottoms[at] if bottoms else None
        share = value / bottom if value is not None and bottom else value
        top = value if bottom else None
        found.append(Point(period, Value(share, numerator=top, denominator=bottom), value is not None))
    return found


def rebased(first: str) -> LimitsPlan:
    return LimitsPlan(rebases=(Rebase(CALENDAR.parse(first), date(2024, 12, 1), "Anna", "A new process"),))
