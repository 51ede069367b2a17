"""The lines of each kind of chart: XmR, Laney's p' and u', and run charts.

All of them are one idea: values are held against a centre in steps of their own size (1 for XmR; for a share of n its
binomial, for a rate its Poisson standard deviation), and the mean moving range of these steps makes the limits. So p'
and u' are XmR charts of standardised values; where the parts vary as chance alone would let them, they are p and u
charts. Source: D. B. Laney, "Improved Control Charts for Attributes", Quality Engineering 14 (2002).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median

from kpikit.evaluation.signals.limits import LEAST_POINTS, mean_range, without_outside
from kpikit.evaluation.signals.lines import Limits
from kpikit.evaluation.signals.profiles import Profile
from kpikit.evaluation.signals.track import Track, Values, ranges

PARTS = {"p": lambda centre: centre * (1 - centre), "u": lambda centre: centre}
"""The variance of one part by the kind of chart: binomial for shares, Poisson for rates."""


@dataclass(frozen=True)
class Drawn:
    """A track, and its lines in the unit of the series, from ``points`` points; without limits on a run chart."""

    track: Track
    lower: Sequence[float]
    centre: Sequence[float]
    upper: Sequence[float]
    points: int
    follows: tuple[str, ...] = ()

    @property
    def limits(self) -> Limits | None:
        """The last ones; None on a run chart."""
        if math.isinf(self.upper[-1]):
            return None
        return Limits(self.centre[-1], self.lower[-1], self.upper[-1], self.points)


def xmr(values: Values, base: Values, profile: Profile) -> Drawn | None:
    """Single values: the mean of ``base`` -/+ the constant times its mean moving range; ``base`` is what makes limits.

    None where it has fewer than six points, or no two in a row: so, too, for all other charts.
    """
    present = [value for value in base if value is not None]
    centre = fmean(present) if present else 0.0
    average = mean_range(base, centre, profile)
    if average is None:
        return None
    reach, count = profile.constant * average, len(values)
    lines = [centre - reach] * count, [centre] * count, [centre + reach] * count
    calm = [without_outside(base, centre, reach)] * count
    track = Track(values, *lines, values, ranges(values), profile.range_limit * average, calm)
    return Drawn(track, *lines, len(present))


def rate(kind: str, values: Values, base: Values, tops: Values, bottoms: Values, profile: Profile) -> Drawn | None:
    """Shares (``kind`` "p") or rates ("u") of ``tops`` by ``bottoms``, with limits as wide as each bottom asks for.

    A point without a bottom has lines as for the mean of those of ``base``.
    """
    used = [at for at, value in enumerate(base) if value is not None and bottoms[at]]
    if len(used) < LEAST_POINTS:
        return None
    whole = math.fsum(bottoms[at] or 0.0 for at in used)
    centre = math.fsum(tops[at] or 0.0 for at in used) / whole
    part = math.sqrt(max(PARTS[kind](centre), 0.0)) or 1.0  # it cancels out: a net score may lie at zero or below
    steps = [part / math.sqrt(size or whole / len(used)) for size in bottoms]
    scaled = [None if value is None else (value - centre) / step for value, step in zip(values, steps, strict=True)]
    average = mean_range([scaled[at] if at in set(used) else None for at in range(len(base))], 0.0, profile)
    if average is None:
        return None
    reach = [profile.constant * average * step for step in steps]
    lines = [centre - each for each in reach], [centre] * len(values), [centre + each for each in reach]
    track = Track(values, *lines, values, ranges(scaled), profile.range_limit * average)
    return Drawn(track, *lines, len(used))


def run_chart(values: Values, base: Values) -> Drawn | None:
    """The median alone: no limits, so no point lies outside of them."""
    present = [value for value in base if value is not None]
    if len(present) < LEAST_POINTS:
        return None
    count = len(values)
    lines = [-math.inf] * count, [median(present)] * count, [math.inf] * count
    return Drawn(Track(values, *lines, values, ranges(values)), *lines, len(present))
