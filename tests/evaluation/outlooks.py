"""Targets of a count of two years, with their outlooks by forecasts that are given."""

from __future__ import annotations

from dataclasses import replace

from kpikit.evaluation.facts import Fact, Target
from kpikit.evaluation.forecast.forecast import Forecast
from kpikit.evaluation.forecast.kept import Kept
from kpikit.evaluation.forecast.outlook import outlook
from kpikit.indicators.framework import HIGHER, Direction
from kpikit.words.language import Language
from kpikit.words.periods import Calendar, Window
from kpikit.words.units import COUNT
from tests.charts.samples import fact_of, full, partial

CALENDAR, EN = Calendar(), Language("en")
YEAR = CALENDAR.parse("2011").window


class Given(Kept):
    """Forecasts that are given, not made: each period 100 and 10 more each, with errors that are independent."""

    def of(self, history: object, ahead: int) -> Forecast:
        middle = tuple(100.0 + 10 * step for step in range(ahead))
        return Forecast(24, model="own", middle=middle, weights=(1.0,) + (0.0,) * (ahead - 1), sigma=10.0)


def target_of(kind: str, value: float, window: Window = YEAR, achieved: float | None = None, **more: object) -> Target:
    return replace(Target(kind, value, value, window, None, None, achieved, None, None, None), **more)  # type: ignore[arg-type]


def seen(target: Target, last: str = "2011-09", better: Direction = HIGHER, running: bool = False) -> Fact:
    """A count of two years up to ``last``, with its outlook on that period's last day (or its 15th)."""
    values = [full(90.0 + index) for index in range(24)]
    fact = fact_of([*values[:-1], partial(40.0)] if running else values, COUNT, better, target=target)
    period = CALENDAR.parse(last)
    series = tuple(
        replace(point, period=each)
        for point, each in zip(fact.series.points, CALENDAR.ending_with(period, 24), strict=True)
    )
    fact = replace(fact, series=replace(fact.series, points=series))
    as_of = period.start.replace(day=15) if running else period.window.last_day
    return replace(fact, outlook=outlook(fact, CALENDAR, as_of, Given()))
