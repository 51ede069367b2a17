"""The way to a target: how much of it is due by a day, and what of it each period has to bring.

- ``linear``: evenly by days.
- ``baseline_shape``: as the baseline's period got to its own sum, up to the same day by date.
- ``last_year``: as the year before did (`kpikit.evaluation.targets.last_year`): whole months as whole months, other
  days as the one 364 days before, the same weekday and season. A target to reach follows the same period of last year,
  times the growth that is needed at the end, of which as much is due as time has passed.
- ``table``: as the plan's own table says; a period of it that runs, evenly by its days.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kpikit.evaluation.facts import Value
from kpikit.evaluation.targets import last_year
from kpikit.evaluation.targets.last_year import Shape
from kpikit.evaluation.values import Reader
from kpikit.indicators.framework import Indicator
from kpikit.words.periods import Period, Window

if TYPE_CHECKING:
    from kpikit.evaluation.targets.targets import Question

LINEAR, BASELINE, LAST_YEAR, TABLE = "linear", "baseline_shape", "last_year", "table"
PACES = (LINEAR, BASELINE, LAST_YEAR, TABLE)


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
        shape = _shape(question, day)
        yield from shape.windows if shape else ()


def _periods(question: Question) -> list[Period]:
    return question.calendar.within(question.period.grain, question.span)


def _year_before(question: Question) -> tuple[Window, Window]:
    """The period a year before this one, and the one a year before the target's day."""
    calendar = question.calendar
    last = calendar.period_of(question.period.grain, question.span.last_day)
    steps = {"day": 364, "week": 52, "month": 12, "quarter": 4}.get(question.period.grain, 1)
    return calendar.shift(question.period, -steps).window, calendar.shift(last, -steps).window


def _shape(question: Question, day: date) -> Shape | None:
    """The earlier time that stands for the target's time up to a day, and for all of it; None without a shape."""
    span = question.span.until(day)
    if span is None:
        return None
    if question.target.pace == LAST_YEAR:
        return last_year.shape(question.target.period, question.span, question.period.grain, span.last_day)
    part = question.baseline_until(day)
    return Shape(question.baseline_period.window, part) if part and question.baseline_period else None


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
    shape = _shape(question, day)
    share = shape.share(lambda window: _known(reader.value(indicator, window, slice))) if shape else None
    return None if share is None else goal * share


def _known(value: Value) -> float | None:
    return value.value if value.reason is None else None


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
