"""The way to a target: how much of it is due by a day, and what of it each period has to bring.

- ``linear``: evenly by days.
- ``baseline_shape``: as the baseline's period got to its own sum, up to the same day by date.
- ``last_year``: as the year before did. Whole months stand for whole months; any other day for the one 364 days before,
  the same weekday and season. A target to reach follows the same period of last year, times the growth that is needed
  at the end, of which as much is due as time has passed.
- ``table``: as the plan's own table says; a period of it that runs, evenly by its days.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kpikit.evaluation.values import Reader
from kpikit.indicators.framework import Indicator
from kpikit.words.periods import Period, Window, add_months

if TYPE_CHECKING:
    from kpikit.evaluation.targets.targets import Question

LINEAR, BASELINE, LAST_YEAR, TABLE = "linear", "baseline_shape", "last_year", "table"
PACES = (LINEAR, BASELINE, LAST_YEAR, TABLE)
_BACK = timedelta(days=364)


@dataclass(frozen=True)
class Step:
    """What a period has to bring: ``value`` by itself, or of a sum; ``upper`` of a range."""

    period: Period
    value: float
    upper: float | None = None


def pace_of(question: Question, baseline: float | None) -> str:
    """The pace of a target that is added up; evenly where its shape is not known."""
    if question.target.table:
        return TABLE
    if question.target.pace == LAST_YEAR:
        return LAST_YEAR
    even = question.target.pace == LINEAR or question.baseline_period is None or baseline is None or baseline <= 0
    return LINEAR if even else BASELINE


def windows(question: Question) -> Iterator[Window]:
    """What must be measured for the way to the target."""
    target = question.target
    if target.pace == LAST_YEAR and target.kind == "reach":
        yield from _year_before(question)
    if target.kind != "cumulative" or target.table or target.pace == LINEAR:
        return
    for day in [question.reached, *(each.window.last_day for each in _periods(question))]:
        yield from _shape(question, day)


def _periods(question: Question) -> list[Period]:
    return question.calendar.within(question.period.grain, question.span)


def _year_before(question: Question) -> tuple[Window, Window]:
    """The period a year before this one, and the one a year before the target's day."""
    calendar = question.calendar
    last = calendar.period_of(question.period.grain, question.span.last_day)
    steps = {"day": 364, "week": 52, "month": 12, "quarter": 4}.get(question.period.grain, 1)
    return calendar.shift(question.period, -steps).window, calendar.shift(last, -steps).window


def _shape(question: Question, day: date) -> list[Window]:
    """The earlier time that stands for the target's time up to a day, and for all of it; empty without a shape."""
    span = question.span.until(day)
    if span is None:
        return []
    if question.target.pace == LAST_YEAR:
        return [_a_year_before(question, span), _a_year_before(question, question.span)]
    part = question.baseline_until(day)
    return [part, question.baseline_period.window] if part and question.baseline_period else []


def _a_year_before(question: Question, span: Window) -> Window:
    """What stands for the time up to a day: from the same first day of the year before, or of weeks and days 364 days
    before.
    """
    if question.target.period is None or question.target.period.grain in ("day", "week"):
        return Window(span.start - _BACK, span.end - _BACK)
    start, end, most = (add_months(day, -12) for day in (span.start, span.end, question.span.end))
    if question.period.grain in ("day", "week"):
        return Window(start, end if span == question.span else min(span.end - _BACK, most))
    if span.end.day == 1:
        return Window(start, end)
    following = add_months(span.end.replace(day=1), 1)
    return Window(start, min(span.end - _BACK, add_months(following, -12)))


def reached_by(
    question: Question, indicator: Indicator, reader: Reader, slice: str, goal: float, share: float
) -> float | None:
    """Where to be by now on the way to a target to reach, by last year's shape; None where that is not known."""
    then, last = (reader.value(indicator, window, slice) for window in _year_before(question))
    if then.value is None or then.reason or not last.value or last.reason or last.value < 0:
        return None
    return then.value * (1 + (goal / last.value - 1) * share)


def due(
    question: Question, indicator: Indicator, reader: Reader, slice: str, goal: float, day: date, pace: str
) -> float | None:
    """What of a sum is due when ``day`` is over; None where its shape is not known."""
    span = question.span.until(day)
    if span is None:
        return 0.0
    if span == question.span:
        return goal
    if pace == LINEAR:
        return goal * span.days / question.span.days
    if pace == TABLE:
        shared = [(period.window.overlap(span), period.window, aim) for period, aim in question.target.table]
        return sum(float(aim.number) * part.days / whole.days for part, whole, aim in shared if part)
    then, whole = (reader.value(indicator, window, slice) for window in _shape(question, day))
    if then.value is None or then.reason or not whole.value or whole.reason or whole.value < 0:
        return None  # half a year has no shape of a year
    return goal * then.value / whole.value


def steps(
    question: Question, indicator: Indicator, reader: Reader, slice: str, goal: float, pace: str
) -> tuple[Step, ...]:
    """A sum broken down to the report's periods, which add up to it; empty where its shape is not known."""
    periods = _periods(question)
    found = [due(question, indicator, reader, slice, goal, each.window.last_day, pace) for each in periods]
    sums = [0.0, *(each for each in found if each is not None)]
    if len(sums) <= len(periods):
        return ()
    return tuple(Step(period, end - begin) for period, begin, end in zip(periods, sums, sums[1:], strict=False))
