"""A target that is added up over several periods, held against what the process does in so many of them.

A sum over n periods lies at the sum of their centre lines, and spreads as the root of n: good and bad periods make up
for each other. (The variance of a sum of independent values is the sum of theirs.)
"""

from __future__ import annotations

import math

from kpikit.evaluation.facts import Fact, Point
from kpikit.evaluation.signals.season import SEASONS
from kpikit.evaluation.targets.usual import (
    ALWAYS,
    PARTLY,
    Aimed,
    aimed,
    judged_values,
    met_by_itself,
    moved,
    spans,
    usual_range,
)
from kpikit.words.periods import Calendar, Period, Window
from kpikit.words.units import SHARE


def added_up(fact: Fact) -> int:
    """Over how many periods the target adds up; 1 where it does not."""
    return spans(fact) if fact.target and fact.target.kind == "cumulative" and aimed(fact) else 1


def as_long(value: float, fact: Fact, window: Window | None = None) -> float:
    """A value of one period, as long as the target's time is, or another ``window`` of as many periods.

    What lies so far from the centre line of one period, as a part of the way to its limit, lies as far from the sum of
    the centre lines, as a part of the root of the summed squares of the ways.
    """
    limits = fact.series.limits
    if added_up(fact) == 1 or limits is None or fact.target is None:
        return value
    rows = _lines(fact, window or fact.target.window)
    end = limits.upper if value >= limits.centre else limits.lower
    ways = [(upper if value >= limits.centre else lower) - centre for lower, centre, upper in rows]
    part = (value - limits.centre) / (end - limits.centre) if end != limits.centre else 0.0
    return sum(centre for _, centre, _ in rows) + part * math.copysign(math.hypot(*ways), value - limits.centre)


def _lines(fact: Fact, window: Window) -> list[tuple[float, float, float]]:
    """The limits and centre line for each period of a window: the last ones, or those of its place in the season."""
    last, calendar = fact.series.points[-1].period, Calendar(window.start.month)
    season = SEASONS[last.grain] if "season" in fact.series.chart.follows else 1
    known = {each.period: _three(each) for each in fact.series.known[-season:]}
    latest = next(lines for lines in reversed(list(known.values())) if lines)
    return [
        known.get(_of_place(each, last, season, calendar)) or latest for each in calendar.within(last.grain, window)
    ]


def _three(point: Point) -> tuple[float, float, float] | None:
    if point.lower is None or point.centre is None or point.upper is None:
        return None
    return point.lower, point.centre, point.upper


def _of_place(period: Period, last: Period, season: int, calendar: Calendar) -> Period:
    """The period of the last season, up to ``last``, that has the same place in it."""
    if season == 1:
        return last
    while period.start > last.start:
        period = calendar.shift(period, -season)
    while calendar.shift(period, season).start <= last.start:
        period = calendar.shift(period, season)
    return period


def runs(fact: Fact) -> list[float]:
    """What each run of as many periods as the target's time has brought; of fewer values, in step with their number."""
    number, values = added_up(fact), judged_values(fact)
    length = min(number, len(values))
    return [sum(values[at : at + length]) * number / length for at in range(len(values) - length + 1)]


def best_run(fact: Fact) -> float:
    """The best of them; there is at least one judged value."""
    return max(runs(fact), key=lambda value: value * fact.better.sign)


def met_in_all(fact: Fact) -> str | None:
    """How much of what is usual over the whole time of the target meets it, as `met_by_itself` says it of one period.

    A sum keeps closer to its average than its parts, so that parts that are hit or miss may add up to always. What asks
    of each part no more than is usual is not called out of reach: to grow is what a target of a year is for.
    """
    met, between, number = met_by_itself(fact), usual_range(fact), added_up(fact)
    asked = whole(fact)
    if met != PARTLY or number == 1 or between is None or asked is None:
        return met
    low, high = (as_long(end, fact) for end in between)
    if not (asked.holds(low) and asked.holds(high)):
        return PARTLY
    return ALWAYS if moved(fact) >= 0 else None


def usual_over(fact: Fact) -> tuple[float, float] | None:
    """What is usual over the whole time of the target; None where it is not known, as of a quarter's sum by the month.

    A share is one of the sums of its time, so that what is usual in a month can be held against that of a quarter.
    """
    between, share = usual_range(fact), fact.unit == SHARE and fact.value.denominator is not None
    return (as_long(between[0], fact), as_long(between[1], fact)) if between and (aimed(fact) or share) else None


def whole(fact: Fact) -> Aimed | None:
    """What the target asks of its whole time; None as for `aimed`."""
    asked, number = aimed(fact), added_up(fact)
    if asked is None:
        return None
    lower, upper = (None if end is None else end * number for end in (asked.lower, asked.upper))
    return Aimed(lower, upper)


def was_reached(fact: Fact) -> bool:
    """True where the target, or of a sum what it asks of each period, does not lie outside of what was ever reached."""
    asked, values = aimed(fact), judged_values(fact)
    return asked is not None and bool(values) and asked.meets(min(values), max(values))
