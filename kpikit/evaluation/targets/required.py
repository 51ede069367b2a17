"""What is needed from here: the change of each period that leads to a target just in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kpikit.evaluation.facts import Target
from kpikit.words.periods import Calendar, Period, Window
from kpikit.words.units import SHARE, Unit

GROWTH, DIFFERENCE, EACH = "growth", "difference", "each"
"""How the need is told: as a relative change of each period, as a difference in each, or as the value of each."""


@dataclass(frozen=True)
class Required:
    """``value`` is needed in each of ``periods``: a share for ``growth``, else in the unit of the fact.

    A period that is cut counts by its days, so that ``periods`` may be a fraction.
    """

    kind: str
    value: float
    periods: float


def required(
    target: Target, unit: Unit, better: int, period: Period, as_of: date, calendar: Calendar
) -> Required | None:
    """What is needed to get to the target from where we are; None where it is due, reached already, or unknown.

    For values above zero that are no shares it is the growth rate ``(target / now) ** (1 / n) - 1`` of each of the
    ``n`` periods up to the target's day; for shares, and for what is not above zero, the difference. A target that is
    added up needs what is missing, spread over the periods that are left.
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
    if unit != SHARE and now > 0 and goal > 0:
        return Required(GROWTH, (goal / now) ** (1 / steps) - 1, steps)
    return Required(DIFFERENCE, (goal - now) / steps, steps)


def _periods(time: Window, period: Period, calendar: Calendar) -> float:
    """How many periods of the same length there are in a time; one that is cut counts by its days."""
    parts = [(each.window.overlap(time), each.window.days) for each in calendar.within(period.grain, time)]
    return sum(part.days / days for part, days in parts if part)
