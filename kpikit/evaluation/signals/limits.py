"""The natural process limits of single values (XmR): the mean -/+ a constant times the mean moving range.

Where the profile screens, large moving ranges are left out of their mean, once; unless nothing but zeros would remain,
or three and more are that large and more than a third of the points would lie outside: the average counts such leaps,
so limits without them fit nothing. (A step from one level to another is one large range, and stays screened.)
"""

from __future__ import annotations

from statistics import fmean

from kpikit.evaluation.lines import Limits
from kpikit.evaluation.signals.profiles import NHS, Profile
from kpikit.evaluation.signals.track import Values, ranges

LEAST_POINTS = 6
"""Under so many points there are no limits; under `Limits.trial`'s twelve they are trial limits."""


def mean_range(values: Values, centre: float, profile: Profile = NHS) -> float | None:
    """The mean moving range of values around a centre, screened as the profile says.

    None where there are fewer than six values, or no two in a row.
    """
    present = [value for value in values if value is not None]
    moving = [each for each in ranges(values) if each is not None]
    if len(present) < LEAST_POINTS or not moving:
        return None
    average = fmean(moving)
    kept = [each for each in moving if profile.screen is None or each < profile.screen * average]
    screened = fmean(kept) if any(kept) else 0.0
    outside = sum(abs(value - centre) > profile.constant * screened for value in present)
    leaps = len(moving) - len(kept)
    return screened if screened and (leaps < 3 or outside * 3 <= len(present)) else average


def limits(values: Values, profile: Profile = NHS) -> Limits | None:
    """The natural process limits of a series; None where there are fewer than six points, or no two in a row."""
    present = [value for value in values if value is not None]
    centre = fmean(present) if present else 0.0
    average = mean_range(values, centre, profile)
    if average is None:
        return None
    reach = profile.constant * average
    return Limits(centre, centre - reach, centre + reach, len(present))
