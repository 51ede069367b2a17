"""What the status of a KPI would have been, period after period, had one target been in force all the time.

Each period is judged as an evaluation of that period judges it: by the same functions, from what was measured of it,
with the limits as they were then. It is seen from today, so that late figures are in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kpikit.evaluation.codes import GOOD
from kpikit.evaluation.evaluate import held_against, reader_of, series_of
from kpikit.evaluation.scope import Scope
from kpikit.evaluation.values import Reader
from kpikit.indicators.framework import Indicator
from kpikit.metrics.requests import Measurements
from kpikit.plans.plan import Kpi
from kpikit.words.periods import Period


@dataclass(frozen=True)
class Judged:
    """The status of a KPI in a period, one of `STATUSES`; ``reason`` says why it can't be judged."""

    period: Period
    status: str
    reason: str | None


def in_periods(scope: Scope, number: int) -> list[Scope]:
    """The scope in each of the last periods up to its own, oldest first; without those before the first covered day."""
    periods = scope.calendar.ending_with(scope.period, number)
    return [replace(scope, period=each) for each in periods if each.end > scope.begins]


def judged(scopes: Sequence[Scope], measurements: Measurements, indicator: Indicator, kpi: Kpi) -> tuple[Judged, ...]:
    """The status of a KPI in each of the scopes, all of which are of one client, by what was measured for them."""
    return tuple(_one(scope, reader_of(scope, measurements), indicator, kpi) for scope in scopes)


def _one(scope: Scope, reader: Reader, indicator: Indicator, kpi: Kpi) -> Judged:
    _, signal = series_of(scope, reader, indicator, kpi)
    _, status, reason = held_against(scope, reader, indicator, kpi.in_period(scope.period), signal)
    return Judged(scope.period, status, reason)


def good(found: Sequence[Judged]) -> int:
    """In how many of the periods the KPI was where it should be."""
    count = Counter(each.status for each in found)
    return sum(count[status] for status in GOOD)
