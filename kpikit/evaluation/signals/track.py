"""A series as it is judged: its values, oldest first, each with the lines that it is held against."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kpikit.evaluation.signals.lines import Limits

Values = Sequence[float | None]
"""Oldest first, None for a missing point."""


@dataclass(frozen=True)
class Track:
    """Values with their lines, all lists of one length.

    ``moving`` is what a trend is looked for in. ``ranges`` are the moving ranges, each at the later of its two points,
    and ``range_limit`` the largest usual one. ``calm`` is where the centre would be without the few points outside:
    a point between the two is on neither side. ``season`` is how many points a season has whose
    ups and downs are still in the values; 0: none. ``mirrored``: of each two values of a season's part one mirrors the
    other, so that no row of points on one side means anything.
    """

    values: Values
    lower: Sequence[float]
    centre: Sequence[float]
    upper: Sequence[float]
    moving: Values
    ranges: Values
    range_limit: float = math.inf
    calm: Sequence[float] = ()
    season: int = 0
    mirrored: bool = False

    @property
    def sides(self) -> list[int]:
        """+1 above the centre, -1 below, 0 on it or missing, and all where the values are ``mirrored``."""
        if self.mirrored:
            return [0] * len(self.values)
        rows = zip(self.values, self.centre, self.calm or self.centre, strict=True)
        return [0 if value is None else (value > max(lines)) - (value < min(lines)) for value, *lines in rows]

    @property
    def collapsed(self) -> bool:
        """True where the limits lie on the centre: the series is constant, and says nothing."""
        return all(upper <= lower for lower, upper in zip(self.lower, self.upper, strict=True))


def ranges(values: Values) -> list[float | None]:
    """The moving ranges, each at the later of its two points; None where one of the two is missing.

    >>> ranges([3, 5, None, 4])
    [None, 2, None, None]
    """
    steps = [None if a is None or b is None else abs(b - a) for a, b in pairwise(values)]
    return [None, *steps][: len(values)]


def level(values: Values, limits: Limits, range_limit: float = math.inf) -> Track:
    """The track of values that are all held against the same limits."""
    count = len(values)
    lines = [limits.lower] * count, [limits.centre] * count, [limits.upper] * count
    return Track(values, *lines, values, ranges(values), range_limit)
