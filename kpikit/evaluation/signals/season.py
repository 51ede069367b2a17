"""Seasons, trends and walks that limits follow, where a series needs it, stated openly.

A **season** is taken out where all of this holds: at least two full seasons, with two values of each part of it; the
means of the parts differ with p < 0.01 (F test, beside a straight line or a single step, whichever fits as well and
needs a season least); and they account for half or more of the variance beside it (adjusted for their number). What
they add, fitted together with that line or step, is taken out; the limits are those of the rest.

A **trend** is followed where all of this holds: at least 16 values; a slope with p < 0.001 (t test) that accounts for
half of the variance or more; a line leaves less unexplained than any single step does, since a step is a change and no
trend; and what is left does not drift (lag-1 autocorrelation under 0.4). Season and trend are fitted by least squares.

A **walk** is followed where all of this holds but the last: what grows or falls lastingly, and keeps to no line, such
as a number of followers. Each value is then held against the one before it and the average step (a random walk with
drift), so that what is judged are the steps.

None is followed where nothing would be left over of most values (as of so many a day, summed to months), so that
limits collapse, or where more than a third of the values would lie outside. Amounts and counts above zero are fitted as
logarithms: their seasons are so many percent. What a fit leaves over is smaller than what varies, so that its moving
ranges are multiplied by sqrt(n / (n - parameters)). Where a part of a season has two values, what one of them leaves
over mirrors the other: a row of points on one side says nothing then, and none is told of.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from kpikit.evaluation.signals.draw import Drawn
from kpikit.evaluation.signals.limits import LEAST_POINTS, mean_range
from kpikit.evaluation.signals.profiles import Profile
from kpikit.evaluation.signals.track import Track, Values, ranges

SEASONS = {"week": 52, "month": 12, "quarter": 4, "day": 7}
"""How many periods a season has: years of weeks (of 364 days), months and quarters, weeks of days."""

SEASON_P, TREND_P, TREND_POINTS, SHARE, DRIFT, AS_GOOD, EXACT = 0.01, 0.001, 16, 0.5, 0.4, 1.2, 1e-9

SEASON, TREND, WALK = "season", "trend", "walk"

Numbers = np.ndarray[Any, np.dtype[Any]]


def following(values: Values, base: Values, grain: str, percent: bool, profile: Profile) -> Drawn | None:
    """The chart whose limits follow a season, a trend or both; None where the series needs neither.

    ``percent``: fit logarithms, if all values are above zero.
    """
    present = [value for value in base if value is not None]
    if len(present) < LEAST_POINTS or max(present) == min(present):
        return None
    logs = percent and min(value for value in values if value is not None) > 0
    scaled = [None if value is None else math.log(value) if logs else value for value in values]
    known = [None if kept is None else value for value, kept in zip(scaled, base, strict=True)]
    fit = _fit(scaled, known, SEASONS.get(grain, 0))
    if fit is None:
        return None
    left = [None if value is None else value - float(line) for value, line in zip(scaled, fit.line, strict=True)]
    kept = [None if each is None else value for value, each in zip(left, base, strict=True)]
    average = mean_range(kept, 0.0, profile)
    y = np.array([value for value in known if value is not None], dtype=float)
    least = EXACT * float(np.ptp(y))
    steps = [step for step in ranges(kept) if step is not None]
    if average is None or average <= least or 2 * sum(step <= least for step in steps) > len(steps):
        return None
    average *= math.sqrt(len(y) / (len(y) - fit.parameters))
    reach = float(_settled(np.array(profile.constant * average)))
    if sum(abs(value) > reach for value in kept if value is not None) * 3 > len(y):
        return None
    drawn = _drawn(left, fit, reach, profile.range_limit * average, logs, len(y))
    length = SEASONS.get(grain, 0)
    return replace(drawn, track=replace(drawn.track, mirrored=SEASON in fit.follows and _fewest(known, length) < 3))


def _fewest(known: Values, length: int) -> int:
    """How many values the part of a season has that has the fewest."""
    return min(sum(value is not None for value in known[start::length]) for start in range(length))


class _Fit(NamedTuple):
    """What values follow: its value at each place, its parts, and the number of their parameters."""

    line: Numbers
    follows: tuple[str, ...]
    parameters: int


def _fit(values: Values, known: Values, length: int) -> _Fit | None:
    """What the values follow by those that are ``known`` for the limits, where a season has ``length`` of them; None
    where they follow nothing."""
    at = np.array([place for place, value in enumerate(known) if value is not None])
    y = np.array([value for value in known if value is not None], dtype=float)
    places = np.arange(len(known))
    effects = season_effects(at, y, length)
    season = np.zeros(len(known)) if effects is None else effects[places % length]
    free = 0 if effects is None else length - 1
    calm = y - season[at]
    way = way_of(at, calm, free)
    if effects is None and way is None:
        return None
    follows = tuple(filter(None, (SEASON if effects is not None else None, way)))
    if way == WALK:
        return _Fit(_settled(season + _walked(values, season, at)), follows, free + 2)
    line = np.polynomial.Polynomial.fit(at, calm, int(way == TREND))
    return _Fit(_settled(season + line(places)), follows, free + 1 + (way == TREND))


def _walked(values: Values, season: Numbers, at: Numbers) -> Numbers:
    """For each place the last value before it and the average step, that of the values ``at`` some places; the first
    value itself."""
    calm = np.array([math.nan if value is None else value for value in values]) - season
    first, last = int(at[0]), int(at[-1])
    step = (calm[last] - calm[first]) / (last - first)
    before, places = np.roll(calm, 1), np.arange(len(calm))
    before[: first + 1] = calm[first] - step
    known = np.maximum.accumulate(np.where(np.isnan(before), 0, places))  # of a gap, the last place before it
    return np.asarray(before[known] + step * (1 + places - known))


def _drawn(left: Values, fit: _Fit, reach: float, range_limit: float, logs: bool, points: int) -> Drawn:
    count = len(fit.line)
    track = Track(left, [-reach] * count, [0.0] * count, [reach] * count, left, ranges(left), range_limit)
    lower, centre, upper = (
        [float(np.exp(line) if logs else line) for line in fit.line + off] for off in (-reach, 0.0, reach)
    )
    return Drawn(track, lower, centre, upper, points, fit.follows)


def _settled(numbers: Numbers) -> Numbers:
    """The numbers with twelve digits: in those behind, sums differ with the threads that a computer adds them up in."""
    largest = float(np.abs(numbers).max())
    return np.round(numbers, 12 - math.ceil(math.log10(largest))) if largest else numbers


def season_effects(at: Numbers, y: Numbers, season: int) -> Numbers | None:
    """What each part of a season adds, 0 on average; None where the parts do not differ enough: see above.

    ``at`` are the places of the values ``y`` in time.
    """
    if not season or len(y) < 2 * season or min(np.bincount(at % season, minlength=season)) < 2:
        return None
    from scipy.special import fdtrc

    parts = (at % season)[:, None] == np.arange(season)
    beside = np.column_stack([at, *_steps(at)]) * 1.0
    without, whole = _left(np.ones((len(y), 1)), beside, y), _left(parts, beside, y)
    as_good = whole <= AS_GOOD * whole.min()
    best = int(np.flatnonzero(as_good)[np.argmin(without[as_good])])
    free = len(y) - season - 1
    if min(without[best], whole[best]) <= EXACT * float(((y - y.mean()) ** 2).sum()):
        return None
    share = 1 - (whole[best] / free) / (without[best] / (len(y) - 2))
    ratio = (without[best] - whole[best]) / (season - 1) / (whole[best] / free)
    if share < SHARE or fdtrc(season - 1, free, ratio) >= SEASON_P:
        return None
    found = np.linalg.lstsq(np.column_stack([parts, beside[:, best]]), y, rcond=None)[0][:season]
    return np.asarray(found - found.mean())


def way_of(at: Numbers, y: Numbers, used: int) -> str | None:
    """Where the values go in the long run: a trend, or a walk; None where a level or a step tells as much: see above.

    ``used``: how many parameters the values have lost to a season.
    """
    if len(y) < TREND_POINTS:
        return None
    from scipy.special import stdtr

    flat = np.ones((len(y), 1))
    level = float(((y - y.mean()) ** 2).sum())
    sloped, *steps = _left(flat, np.column_stack([at, *_steps(at)]) * 1.0, y).tolist()
    free = len(y) - 2 - used
    if sloped <= EXACT * level or 1 - sloped / level < SHARE:
        return None
    rest = y - np.polynomial.Polynomial.fit(at, y, 1)(at)
    drift = float(rest[1:] @ rest[:-1]) / float(rest @ rest)
    chance = 2 * float(stdtr(free, -math.sqrt((level - sloped) / (sloped / free))))
    if chance >= TREND_P or sloped >= min(steps):
        return None
    return TREND if drift < DRIFT else WALK


def _steps(at: Numbers) -> list[Numbers]:
    """Each single step, with at least three values on both of its sides."""
    return [at >= place for place in at[3:-2]]


def _left(groups: Numbers, beside: Numbers, y: Numbers) -> Numbers:
    """For each column of ``beside`` what the means of the groups and it, together, leave unexplained of ``y``."""
    means = groups / groups.sum(axis=0)
    rest, ways = y - groups @ (means.T @ y), beside - groups @ (means.T @ beside)
    size = (ways**2).sum(axis=0)
    gain = np.divide((ways.T @ rest) ** 2, size, out=np.zeros_like(size), where=size > EXACT)
    return np.asarray(np.maximum(rest @ rest - gain, 0.0))
