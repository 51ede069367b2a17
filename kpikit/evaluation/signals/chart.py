"""From the points of a series to the series as it is judged: its limits, and the rule that marks each point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kpikit.evaluation.facts import Point, Series
from kpikit.evaluation.signals.limits import limits
from kpikit.evaluation.signals.profiles import NHS, Profile
from kpikit.evaluation.signals.rules import marks
from kpikit.evaluation.signals.track import level


def charted(points: Sequence[Point], profile: Profile = NHS) -> Series:
    """The series of these points, oldest first, of which those that are ``judged`` make the limits."""
    values = [point.value.value if point.judged else None for point in points]
    found = limits(values, profile)
    if found is None:
        return Series(tuple(points), None, profile.name)
    marked = marks(level(values, found), profile.rules)
    return Series(
        tuple(replace(point, signal=mark.rule, way=mark.way) for point, mark in zip(points, marked, strict=True)),
        found,
        profile.name,
    )
