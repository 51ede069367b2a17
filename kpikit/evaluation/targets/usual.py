"""What is usual: the range that the process keeps to by itself, the best so far, and how a target lies to them.

Pages, sentences, the SMART check and drafts all ask here, so that they cannot disagree.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import NormalDist, median

from kpikit.evaluation.facts import Fact, Point
from kpikit.evaluation.signals.season import SEASONS
from kpikit.words.formats import is_missing
from kpikit.words.periods import Calendar, Period
from kpikit.words.units import SHARE

ALWAYS, PARTLY, NEVER = "always", "partly", "never"
"""How much of what is usual meets a target."""


@dataclass(frozen=True)
class Aimed:
    """The values that a target asks for in one period: from ``lower`` to ``upper``, both included, None without end."""

    lower: float | None
    upper: float | None

    def holds(self, value: float) -> bool:
        """True for a value that meets the target."""
        return (self.lower is None or value >= self.lower) and (self.upper is None or value <= self.upper)

    def meets(self, low: float, high: float) -> bool:
        """True where at least one value from ``low`` to ``high`` meets the target."""
        return (self.lower is None or high >= self.lower) and (self.upper is None or low <= self.upper)


def usual_range(fact: Fact) -> tuple[float, float] | None:
    """The natural range as it is shown: never below zero, above 100 % or off its scale where it cannot go there."""
    limits = fact.series.limits
    if limits is None:
        return None
    return _possible(fact, _seen(fact), limits.lower, limits.centre, limits.upper)


def usual_ranges(fact: Fact) -> list[tuple[float, float] | None]:
    """The natural range at each point of the series, as it is shown; None where there is none."""
    return _ranges(fact, fact.series.points)


def _ranges(fact: Fact, points: Sequence[Point]) -> list[tuple[float, float] | None]:
    lines, seen = [(point.lower, point.centre, point.upper) for point in points], _seen(fact)
    return [
        None if lower is None or centre is None or upper is None else _possible(fact, seen, lower, centre, upper)
        for lower, centre, upper in lines
    ]


def _seen(fact: Fact) -> tuple[float, float] | None:
    """The smallest and the largest value of the series; None where it has none."""
    values = [point.value.value for point in fact.series.points]
    known = [value for value in values if value is not None and not is_missing(value)]
    return (min(known), max(known)) if known else None


def _possible(
    fact: Fact, seen: tuple[float, float] | None, lower: float, centre: float, upper: float
) -> tuple[float, float]:
    if fact.ends:
        return min(max(lower, fact.ends[0]), centre), max(min(upper, fact.ends[1]), centre)
    if fact.signed:
        return lower, upper
    least, most = seen or (centre, centre)
    low = max(lower, 0.0) if least >= 0 else lower
    high = min(upper, 1.0) if fact.unit == SHARE and most <= 1 else upper
    return min(low, centre), max(high, centre)


def judged_values(fact: Fact) -> list[float]:
    """The values of the series that take part in its limits, oldest first."""
    return [point.value.value for point in fact.series.points if point.judged and point.value.value is not None]


def best_so_far(fact: Fact) -> float:
    """The best value among the judged points of a series, of which there is at least one."""
    return max(judged_values(fact), key=lambda value: value * fact.better.sign)


LOOKED_BACK = 12
"""Over so many periods at most it is asked whether a target was always met, or where the values go."""


def best_possible(fact: Fact) -> float | None:
    """The end of the scale at the good side: 100 % of a share, or 0 %; None for measures without such an end."""
    if fact.unit != SHARE or fact.signed or not fact.better.sign:
        return None
    return 1.0 if fact.better.sign > 0 else 0.0


def at_its_best(fact: Fact) -> bool:
    """True where each of the last periods, a whole dozen of them, had the best value that there can be."""
    last = judged_values(fact)[-LOOKED_BACK:]
    return len(last) == LOOKED_BACK and set(last) == {best_possible(fact)}


def aimed(fact: Fact) -> Aimed | None:
    """What the target asks of one period of the series; None where it asks nothing, or of another length of period."""
    target = fact.target
    if target is None or target.value is None or target.reason == "other_cadence":
        return None
    if target.achieved_in is not None and target.achieved_in.grain != fact.series.points[-1].period.grain:
        return None
    if target.kind == "cumulative" and fact.series.points[-1].period.window.days > target.window.days:
        return None
    parts = spans(fact) if target.kind == "cumulative" else 1
    value = target.value / parts
    if target.upper is not None:
        return Aimed(value, target.upper / parts)
    return {1: Aimed(value, None), -1: Aimed(None, value), 0: None}[fact.better.sign]


def asked_of(fact: Fact, period: Period) -> Aimed | None:
    """What the target asks of this very period: its entry in the plan's table, and None where that has none for it; of
    a sum its part, where the plan or last year's shape gives one.
    """
    asked, target = aimed(fact), fact.target
    if asked is None or target is None or not target.steps:
        return asked
    step = next((step for step in target.steps if step.period == period), None)
    if step is None or (target.kind == "cumulative" and target.upper is not None):
        return None if target.kind == "keep" else asked
    if step.upper is not None:
        return Aimed(step.value, step.upper)
    return Aimed(step.value, None) if asked.upper is None else Aimed(None, step.value)


def each_period(fact: Fact) -> float | None:
    """What a value that is to be added up over several periods asks of each, on average; None for all others."""
    asked, target = aimed(fact), fact.target
    if asked is None or target is None or target.upper is not None or target.kind != "cumulative" or spans(fact) == 1:
        return None
    return asked.lower if asked.upper is None else asked.upper


def spans(fact: Fact) -> int:
    """How many periods of the series a cumulative target is added up over."""
    assert fact.target
    calendar = Calendar(fact.target.window.start.month)  # fiscal years, where they are the periods, begin with it
    return len(calendar.within(fact.series.points[-1].period.grain, fact.target.window))


def met_by_itself(fact: Fact) -> str | None:
    """How much of what is usual meets the target: "always", "partly" or "never"; None where that cannot be told.

    So it is for a target that is yet to be reached where the usual range follows a trend or a walk: by then it will be
    elsewhere; and where the values have moved toward the other answer: in a lasting shift, still to be decided on, or
    out of the usual range, on their way to the target.
    """
    asked, ranges = aimed(fact), _whole_season(fact)
    target = fact.target
    ahead = target is not None and target.pace is not None and target.kind != "keep"
    if asked is None or not ranges or (ahead and fact.series.chart.goes_on):
        return None
    if all(asked.holds(end) for between in ranges for end in between):
        return ALWAYS if moved(fact) >= 0 else None
    if any(asked.meets(*between) for between in ranges):
        return PARTLY
    return None if _shifted(fact) > 0 or _on_its_way(fact, asked) else NEVER


def _on_its_way(fact: Fact, asked: Aimed) -> bool:
    end = asked.lower if fact.better.sign > 0 else asked.upper
    return left_range(fact) > 0 and end is not None and arrives_in(fact, end) is not None


LATEST = 3
"""Over so many periods it is asked where the process is now."""


def left_range(fact: Fact) -> int:
    """Where the process has left its usual range: 1 for the better, -1 for the worse; 0 where it has not.

    It has left where two of the last three judged points lie outside, on the same side. What grows steadily does so,
    such as a number of followers: its range is that of the past, and says little about what comes.
    """
    last = [point for point in fact.series.points if point.judged and point.value.value is not None][-LATEST:]
    above = sum(point.upper is not None and (point.value.value or 0.0) > point.upper for point in last)
    below = sum(point.lower is not None and (point.value.value or 0.0) < point.lower for point in last)
    return ((above >= 2) - (below >= 2)) * fact.way


def now(fact: Fact) -> float:
    """Where the process is now, as no single odd period says it."""
    return median(judged_values(fact)[-LATEST:])


def pace(fact: Fact, number: int = LOOKED_BACK) -> float:
    """How far the last dozen of values go in a period: the median of the slopes between all pairs (Theil-Sen), which
    no single odd period turns. There are two values at least."""
    values = judged_values(fact)[-number:]
    return median((b - a) / (j - i) for (i, a), (j, b) in combinations(enumerate(values), 2))


def arrives_in(fact: Fact, value: float) -> int | None:
    """In how many periods the process is at a better value, at its pace; None where that takes over two dozen, where
    it goes the other way or did in the later half of them (after a jump), where chance alone goes as far, and with less
    than a dozen of values."""
    if len(judged_values(fact)) < LOOKED_BACK or not _moves(judged_values(fact)[-LOOKED_BACK:], fact.better.sign):
        return None
    step, missing = (each * fact.better.sign for each in (pace(fact), value - now(fact)))
    goes_on = pace(fact, LOOKED_BACK // 2) * fact.better.sign > 0
    if step <= 0 or not goes_on or missing <= 0 or missing / step > 2 * LOOKED_BACK:
        return None
    return math.ceil(missing / step)


def _moves(values: Sequence[float], way: int) -> bool:
    """True where values go a way by more than chance: one in twenty series of chance alone does (Mann-Kendall).

    Mann, H. B. (1945), Nonparametric tests against trend, Econometrica 13: of all pairs, those that go up less those
    that go down have a variance of n (n - 1) (2n + 5) / 18 where the order is chance.
    """
    number, pairs = len(values), combinations(values, 2)
    rising = sum((b > a) - (b < a) for a, b in pairs) * way
    return (rising - 1) / math.sqrt(number * (number - 1) * (2 * number + 5) / 18) > NormalDist().inv_cdf(0.95)


def got_worse(fact: Fact) -> bool:
    """True where a lasting shift for the worse is still to be decided on: find out why, before a target follows it."""
    return _shifted(fact) < 0


def moved(fact: Fact) -> float:
    """How a lasting shift, or the last values outside of what is usual, have moved a process: better above zero."""
    return _shifted(fact) or left_range(fact)


def _shifted(fact: Fact) -> float:
    """How far a lasting shift that is still to be decided on has moved the values, better above zero; 0 for none."""
    shift = fact.series.chart.shift
    return (shift.after - shift.before) * fact.way if shift else 0.0


def _whole_season(fact: Fact) -> list[tuple[float, float]]:
    """The last usual ranges: those of a whole season, where the limits follow one; else the last one alone."""
    series, last = fact.series, usual_range(fact)
    if last is None or "season" not in series.chart.follows:
        return [] if last is None else [last]
    season = SEASONS[series.points[-1].period.grain]
    return [each for each in _ranges(fact, series.known[-season:]) if each]
