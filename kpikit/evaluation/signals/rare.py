"""Rare events, judged by what lies between them: days (t chart) or cases (g chart).

Where most periods have no event, a count of 0 or 1 says little, and how long it took until the next one says more. The
events of one period are taken as one, since only their period is known. A longer gap is fewer events, so that the marks
point the other way than those of the counts.
- t: gaps to the power of 1 / 3.6 are nearly normal; an XmR chart of those, turned back. Source: L. S. Nelson, "A
  control chart for parts-per-million nonconforming items", Journal of Quality Technology 26 (1994).
- g: the mean -/+ 3 times sqrt(mean x (mean + 1)), as geometric counts vary; the centre is 0.693 times the mean, their
  median. Sources: J. C. Benneyan, "Number-between g-type statistical quality control charts" (2001); L. P. Provost and
  S. K. Murray, "The Health Care Data Guide".
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import fmean

from kpikit.evaluation.facts import Point
from kpikit.evaluation.signals.draw import xmr
from kpikit.evaluation.signals.limits import LEAST_POINTS
from kpikit.evaluation.signals.lines import Gap, Limits
from kpikit.evaluation.signals.profiles import Profile
from kpikit.evaluation.signals.rules import Mark, marks
from kpikit.evaluation.signals.track import Track, level

POWER = 1 / 3.6
MEDIAN = 0.693
BETWEEN = {"t": "days", "g": "cases"}
"""What the gaps are counted in, by the kind of chart: the unit of `Spacing`."""


def spaced(
    kind: str, points: Sequence[Point], frozen: Sequence[bool], profile: Profile, goes_on: bool
) -> tuple[list[Gap], Limits | None, list[Mark]]:
    """The gaps between the events of a segment's points, their limits, and the mark of each point.

    Where points are ``frozen``, the gaps that end with them make the limits alone. ``goes_on``: it is the last segment;
    in another one what lies after its last event is no gap, as new limits began before it ended.
    """
    places, gaps = _gaps(kind, points, goes_on)
    kept = frozen if any(frozen) else [True] * len(points)
    values = [gap.value for place, gap in zip(places, gaps, strict=True) if kept[place] and not gap.open]
    drawn = lines(kind, values, [gap.value for gap in gaps], profile)
    found = [Mark(None, 0)] * len(points)
    if drawn is None:
        return gaps, None, found
    track, limits = drawn
    for place, gap, mark in zip(places, gaps, marks(track, profile.rules), strict=True):
        if not gap.open or (mark.rule == "outside" and mark.way > 0):
            found[place] = Mark(mark.rule, -mark.way, places[mark.since])
    return gaps, limits, found


def _gaps(kind: str, points: Sequence[Point], goes_on: bool) -> tuple[list[int], list[Gap]]:
    """Where each gap ends, and the gaps; the last one is open where it ``goes_on`` and nothing has happened since."""
    places, gaps, since, cases = [], [], None, 0.0
    for at, point in enumerate(points):
        if not point.judged:
            continue
        cases += point.value.denominator or 0.0
        happened = bool(point.value.value)
        if since is not None and (happened or (goes_on and at == len(points) - 1)):
            days = float((point.period.end - since.period.end).days)
            places.append(at)
            gaps.append(Gap(point.period, days if kind == "t" else cases, not happened))
        if happened:
            since, cases = point, 0.0
    return places, gaps


def lines(kind: str, values: Sequence[float], judged: Sequence[float], profile: Profile) -> tuple[Track, Limits] | None:
    """The gaps that are ``judged``, with limits made of ``values``, as a chart of the kind "t" or "g" draws them.

    None where there are too few gaps, or nothing varies.
    """
    if len(values) < LEAST_POINTS:
        return None
    if kind == "g":
        mean = fmean(values)
        reach = 3 * math.sqrt(mean * (mean + 1))
        limits = Limits(MEDIAN * mean, max(mean - reach, 0.0), mean + reach, len(values))
        return level(list(judged), limits), limits
    drawn = xmr([value**POWER for value in judged], [value**POWER for value in values], profile)
    if drawn is None:
        return None
    lower, centre, upper = (max(line, 0.0) ** (1 / POWER) for line in (drawn.lower[0], drawn.centre[0], drawn.upper[0]))
    return drawn.track, Limits(centre, lower, upper, len(values))
