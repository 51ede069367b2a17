"""What is needed from here: the change of each period that leads to a target just in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kpikit.evaluation.facts import Point, Series, Target
from kpikit.evaluation.signals.season import SEASON, SEASONS
from kpikit.words.periods import Calendar, Period, Window
from kpikit.words.units import SHARE, Unit

GROWTH, DIFFERENCE, EACH = "growth", "difference", "each"
"""How the need is told: as a relative change of each period, as a difference in each, or as the value of each."""


@dataclass(frozen=True)
class Required:
    """``value`` is needed in each of ``periods``: a share for ``growth``, else in the unit of the fact.

    A period that is cut counts by its days, so that ``periods`` may be a fraction. With ``against`` it is needed once:
    from the value of that period, a season before the target's day.
    """

    kind: str
    value: float
    periods: float
    against: Period | None = None


def required(
    target: Target, unit: Unit, better: int, period: Period, as_of: date, calendar: Calendar, series: Series
) -> Required | None:
    """What is needed to get to the target from where we are; None where it is due, reached already, or unknown.

    For values above zero that are no shares it is the growth rate ``(target / now) ** (1 / n) - 1`` of each of the
    ``n`` periods up to the target's day; for shares, and for what is not above zero, the difference. A target that is
    added up needs what is missing, spread over the periods that are left. Where the ``series`` has a yearly season, it
    is told from a year before the target's day: from November to December the season does the most of it.
    """
    goal, now = target.value, target.achieved
    if goal is None or now is None or target.reason or target.kind == "keep" or target.upper is not None:
        return None
    if (goal - now) * better <= 0:
        return None
    if target.kind == "cumulative":
        open = (target.until or min(period.window.last_day, as_of)) + timedelta(days=1)
        number = _periods(Window(open, target.window.end), period, calendar) if open < target.window.end else 0.0
        return Required(EACH, (goal - now) / number, number) if number and better > 0 else None
    last = calendar.period_of(period.grain, target.window.last_day)
    steps = len(calendar.within(period.grain, Window(period.end, last.end))) if last.end > period.end else 0
    if not steps:
        return None
    before = _a_season_before(last, series, calendar)
    if before is not None and before.value.value is not None:
        return _needed(goal, before.value.value, 1, unit, steps, before.period)
    return _needed(goal, now, steps, unit, steps)


def _needed(goal: float, start: float, times: int, unit: Unit, steps: int, against: Period | None = None) -> Required:
    """What leads from the start to the goal when it comes so many times."""
    if unit != SHARE and start > 0 and goal > 0:
        return Required(GROWTH, (goal / start) ** (1 / times) - 1, steps, against)
    return Required(DIFFERENCE, (goal - start) / times, steps, against)


def _a_season_before(last: Period, series: Series, calendar: Calendar) -> Point | None:
    """The point of a season before a period; None where the values follow no season, or it is not known."""
    if SEASON not in series.chart.follows or last.grain not in SEASONS:
        return None
    place = calendar.shift(last, -SEASONS[last.grain])
    return next((point for point in series.known if point.period == place and point.judged), None)


def _periods(time: Window, period: Period, calendar: Calendar) -> float:
    """How many periods of the same length there are in a time; one that is cut counts by its days."""
    parts = [(each.window.overlap(time), each.window.days) for each in calendar.within(period.grain, time)]
    return sum(part.days / days for part, days in parts if part)
