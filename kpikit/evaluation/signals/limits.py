"""The natural process limits of single values (XmR): the mean -/+ a constant times the mean moving range.

Where the profile screens, large moving ranges are left out of their mean, once; unless nothing but zeros would remain,
or more than a third of the points would lie outside: the average counts such leaps, so limits without them fit nothing.
(A step from one level to another, both of six points or more, is one large range, and stays screened.)
"""

from __future__ import annotations

import math
from statistics import fmean

from kpikit.evaluation.signals.lines import Limits
from kpikit.evaluation.signals.profiles import NHS, Profile
from kpikit.evaluation.signals.track import Values, ranges

LEAST_POINTS = 6
"""Under so many points there are no limits; under `Limits.trial`'s twelve they are trial limits."""


def mean_range(values: Values, centre: float, profile: Profile = NHS) -> float | None:
    """The mean moving range of values around a centre, screened as the profile says.

    None where there are fewer than six values, or no two in a row.
    """
    present = [value for value in values if value is not None]
    found = ranges(values)
    moving = [each for each in found if each is not None]
    if len(present) < LEAST_POINTS or not moving:
        return None
    average = fmean(moving)
    most = math.inf if profile.screen is None else profile.screen * average
    kept = [each for each in moving if each < most]
    screened = fmean(kept) if any(kept) else 0.0
    outside = sum(abs(value - centre) > profile.constant * screened for value in present)
    leaps = [at for at, each in enumerate(found) if each is not None and each >= most]
    return screened if screened and (outside * 3 <= len(present) or _is_step(values, leaps)) else average


def _is_step(values: Values, leaps: list[int]) -> bool:
    """True for one leap between two levels, each long enough to be one."""
    if len(leaps) != 1:
        return False
    sides = values[: leaps[0]], values[leaps[0] :]
    return all(sum(value is not None for value in side) >= LEAST_POINTS for side in sides)


def without_outside(values: Values, centre: float, reach: float) -> float:
    """The mean of the values inside the limits, where but a few are outside, fewer than make a level of their own; else
    the centre. Few values far away pull the mean so that all others lie in a row on its other side.
    """
    present = [value for value in values if value is not None]
    inside = [value for value in present if abs(value - centre) <= reach]
    return fmean(inside) if inside and len(present) - len(inside) < LEAST_POINTS else centre


def limits(values: Values, profile: Profile = NHS) -> Limits | None:
    """The natural process limits of a series; None where there are fewer than six points, or no two in a row."""
    present = [value for value in values if value is not None]
    centre = fmean(present) if present else 0.0
    average = mean_range(values, centre, profile)
    if average is None:
        return None
    reach = profile.constant * average
    return Limits(centre, centre - reach, centre + reach, len(present))
