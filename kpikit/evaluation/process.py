"""Signal or noise: the XmR chart with the conventions of NHS England's "Making Data Count" (profile ``nhs``).

Natural process limits are the mean -/+ 2.66 times the mean moving range. Moving ranges of 3.267 times their mean and
more are left out of that mean, once; unless nothing but zeros would remain, or three and more are that large and more
than a third of the points would lie outside: the average counts such leaps, so limits without them fit nothing. (A step
from one level to another is one large range, and stays screened.) A signal is
- ``outside``: a point strictly beyond a limit;
- ``trend``: seven points that rise, or fall, six times in a row; a tie ends it;
- ``two_of_three``: of three points in a row on one side of the mean, two are beyond two thirds of the way to the limit,
  and not beyond the limit;
- ``run``: seven points in a row on one side of the mean; a point on the mean ends it.
The label of a point is the first of these that fires. Missing points end runs and trends, and no moving range is taken
across them. Sources: the R package NHSRplotthedots; D. J. Wheeler, "Understanding Variation".
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean

from kpikit.evaluation.facts import Limits
from kpikit.words.texts import N_

PROFILE = "nhs"
LEAST_POINTS = 6
RULES = {
    "outside": N_("outside its natural limits"),
    "trend": N_("seven points moving the same way"),
    "two_of_three": N_("two of three points close to a limit"),
    "run": N_("seven points on the same side of the average"),
}
"""The rules by their code, in the order of their priority."""

Values = Sequence[float | None]


def limits(values: Values) -> Limits | None:
    """The natural process limits of a series, oldest first, None for a missing point.

    None where there are fewer than six points, or no two in a row.
    """
    present = [value for value in values if value is not None]
    ranges = [abs(b - a) for a, b in pairwise(values) if a is not None and b is not None]
    if len(present) < LEAST_POINTS or not ranges:
        return None
    centre, average = fmean(present), fmean(ranges)
    kept = [each for each in ranges if each < 3.267 * average]
    screened = 2.66 * fmean(kept) if any(kept) else 0.0
    outside = sum(abs(value - centre) > screened for value in present)
    leaps = len(ranges) - len(kept)
    fits = screened and (leaps < 3 or outside * 3 <= len(present))
    reach = screened if fits else 2.66 * average
    return Limits(centre, centre - reach, centre + reach, len(present))


def signals(values: Values, limits: Limits | None) -> list[str | None]:
    """For each point the code of the rule that marks it, or None. A constant series has no signals."""
    if limits is None or limits.upper == limits.lower:
        return [None] * len(values)
    marked = {
        "outside": [value is not None and not limits.lower <= value <= limits.upper for value in values],
        "trend": [way != 0 for way in _trends(values)],
        "two_of_three": _two_of_three(values, limits),
        "run": [way != 0 for way in _runs(_sides(values, limits.centre), 7)],
    }
    return [next((rule for rule in RULES if marked[rule][at]), None) for at in range(len(values))]


def ways(values: Values, limits: Limits | None, rules: Sequence[str | None]) -> list[int]:
    """For each point that ``rules`` marks which way it points: +1 up, -1 down; 0 for all others.

    A trend points the way it goes, whichever side of the mean it is on; the other rules point to their side.
    """
    if limits is None:
        return [0] * len(values)
    trends, sides = _trends(values), _sides(values, limits.centre)
    found = {"trend": trends, "outside": sides, "two_of_three": sides, "run": sides}
    return [found[rule][at] if rule else 0 for at, rule in enumerate(rules)]


def _sides(values: Values, centre: float) -> list[int]:
    return [0 if value is None else (value > centre) - (value < centre) for value in values]


def _trends(values: Values) -> list[int]:
    """+1 on every point of a rising trend, -1 of a falling one; a peak that two trends share belongs to the later."""
    steps = [0 if a is None or b is None else (b > a) - (b < a) for a, b in pairwise(values)]
    moving = _runs(steps, 6)  # of steps: the point before the first step belongs to the trend too
    return [after or before for before, after in zip([0, *moving], [*moving, 0], strict=True)]


def _runs(sides: list[int], length: int) -> list[int]:
    """The entries of each unbroken row of at least so many equal entries; 0 in the place of all others."""
    kept = [0] * len(sides)
    start = 0
    for at in range(1, len(sides) + 1):
        if at == len(sides) or sides[at] != sides[start]:
            if at - start >= length:
                kept[start:at] = sides[start:at]
            start = at
    return kept


def _two_of_three(values: Values, limits: Limits) -> list[bool]:
    sides = _sides(values, limits.centre)
    near = [value is not None and _near(value, limits) for value in values]
    marked = [False] * len(values)
    for at in range(len(values) - 2):
        three = range(at, at + 3)
        if abs(sum(sides[i] for i in three)) == 3 and sum(near[i] for i in three) >= 2:
            for i in three:
                marked[i] = marked[i] or near[i]
    return marked


def _near(value: float, limits: Limits) -> bool:
    distance = (limits.upper - limits.centre) * 2 / 3
    return limits.lower <= value <= limits.upper and abs(value - limits.centre) > distance
