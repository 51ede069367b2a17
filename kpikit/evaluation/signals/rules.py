"""The rules that mark points of a series: small objects, of which each profile names those that it uses.

A rule gives for each point of a track +1 or -1 where it marks the point, by the way that the point then points, else 0.
A missing point is never marked, and ends every row of points.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import NamedTuple, Protocol

from kpikit.evaluation.signals.track import Track


class Rule(Protocol):
    """``code`` stands in the JSON, ``words`` in sentences."""

    @property
    def code(self) -> str: ...

    @property
    def words(self) -> str: ...

    def ways(self, track: Track) -> list[int]:
        """For each point +1 or -1 where the rule marks it, else 0."""
        ...


class Mark(NamedTuple):
    """The rule that marks a point (None: none does), and the way that the point then points: +1 up, -1 down.

    ``since`` is the place from which on this rule marks all points up to it, the same way, whatever other rule goes
    before it there: a row of seven begins with its first point, though one of them lies outside, too.
    """

    rule: str | None
    way: int
    since: int = 0


@dataclass(frozen=True)
class Outside:
    """A point strictly beyond a limit."""

    code: str
    words: str

    def ways(self, track: Track) -> list[int]:
        rows = zip(track.values, track.lower, track.upper, strict=True)
        return [0 if value is None else (value > upper) - (value < lower) for value, lower, upper in rows]


@dataclass(frozen=True)
class Trend:
    """So many points that rise, or fall, each time; a tie ends it. What the season did before is none: `_by_season`."""

    code: str
    words: str
    points: int

    def ways(self, track: Track) -> list[int]:
        """A peak that two trends share belongs to the later one."""
        if not track.moving:
            return []
        steps = [0 if a is None or b is None else (b > a) - (b < a) for a, b in pairwise(track.moving)]
        moving = rows(steps, self.points - 1)  # the point before the first step belongs to the trend too
        for row in _spans(moving):
            if _by_season(track, steps, row):
                moving[row.start : row.stop] = [0] * len(row)
        return [after or before for before, after in zip([0, *moving], [*moving, 0], strict=True)]


def _by_season(track: Track, steps: Sequence[int], row: range) -> bool:
    """Whether a season ago the series moved the same way: by all steps that are known, and these are half or more.

    And it has not gone further than it had then, so that a lasting rise or fall stays a trend.
    """
    way, before = steps[row.start], [steps[at - track.season] for at in row if at >= track.season]
    if not track.season or 2 * len(before) < len(row) or any(step != way for step in before):
        return False
    ago, last = track.moving[row.stop - track.season], track.moving[row.stop]
    return ago is not None and last is not None and (last - ago) * way <= 0


@dataclass(frozen=True)
class Near:
    """``several`` of ``of`` points in a row, on one side, beyond ``share`` of the way from the centre to the limit.

    ``whole``: all points of the row must lie on that side. ``beyond``: points beyond the limit count, too.
    """

    code: str
    words: str
    several: int
    of: int
    share: float
    whole: bool
    beyond: bool

    def ways(self, track: Track) -> list[int]:
        near, sides = self._near(track), track.sides
        marked = [0] * len(near)
        for start in range(len(near) - self.of + 1):
            row = range(start, start + self.of)
            for side in (1, -1):
                fits = (
                    all(sides[at] == side for at in row)
                    if self.whole
                    else all(track.values[at] is not None for at in row)
                )
                hits = [at for at in row if near[at] == side]
                if fits and len(hits) >= self.several:
                    for at in hits:
                        marked[at] = side
        return marked

    def _near(self, track: Track) -> list[int]:
        return [
            0 if value is None else self._side(value, lower, centre, upper)
            for value, lower, centre, upper in zip(track.values, track.lower, track.centre, track.upper, strict=True)
        ]

    def _side(self, value: float, lower: float, centre: float, upper: float) -> int:
        if not self.beyond and not lower <= value <= upper:
            return 0
        high, low = (upper - centre) * self.share, (centre - lower) * self.share
        return (value - centre > high) - (centre - value > low)


@dataclass(frozen=True)
class Run:
    """So many points in a row on one side of the centre; a point on the centre ends the row."""

    code: str
    words: str
    points: int

    def ways(self, track: Track) -> list[int]:
        return rows(track.sides, self.points)


@dataclass(frozen=True)
class LongRun:
    """Anhoej: a row on one side of the centre of more than round(log2(n)) + 3 points, n of them off the centre.

    A point on the centre is passed over. Source: J. Anhoej, "Diagnostic value of run chart analysis", PLoS ONE 2015.
    """

    code: str
    words: str

    def ways(self, track: Track) -> list[int]:
        sides = track.sides
        used = [at for at, value in enumerate(track.values) if value is None or sides[at]]
        useful = sum(sides[at] != 0 for at in used)
        least = round(math.log2(useful)) + 4 if useful else 1
        return _spread(used, rows([sides[at] for at in used], least), len(sides))


@dataclass(frozen=True)
class FewCrossings:
    """Anhoej: the centre is crossed fewer times than the 5 % point of Binomial(n - 1, 0.5); all points are marked.

    Each points to its own side. A point on the centre is passed over. Source: as `LongRun`.
    """

    code: str
    words: str

    def ways(self, track: Track) -> list[int]:
        sides = track.sides
        useful = [side for side in sides if side]
        crossings = sum(a != b for a, b in pairwise(useful))
        return sides if useful and crossings < fewest_crossings(len(useful)) else [0] * len(sides)


@dataclass(frozen=True)
class Range:
    """Wheeler: a step that is larger than the range limit. It marks the point of the two that lies farther from the
    centre, to its own side: the way back from an odd value is no news of the value after it."""

    code: str
    words: str

    def ways(self, track: Track) -> list[int]:
        off = [(value or 0.0) - line for value, line in zip(track.values, track.centre, strict=True)]
        ways = [0] * len(off)
        for at, each in enumerate(track.ranges):
            if at and each is not None and each > track.range_limit:
                odd = max(at, at - 1, key=lambda place: abs(off[place]))
                ways[odd] = 1 if off[odd] > 0 else -1
        return ways


def fewest_crossings(useful: int) -> int:
    """The 5 % point of Binomial(n - 1, 0.5): the smallest number that fewer or as many crossings reach that often.

    >>> [fewest_crossings(points) for points in (10, 12, 24, 36)]  # the table in Anhoej and Olesen, PLoS ONE 2014
    [2, 3, 8, 13]
    """
    steps, below, crossings = useful - 1, 0, 0
    while (below := below + math.comb(steps, crossings)) * 20 < 2**steps:
        crossings += 1
    return crossings


def rows(sides: Sequence[int], length: int) -> list[int]:
    """The entries of each unbroken row of at least so many equal entries; 0 in the place of all others.

    >>> rows([1, 1, 0, -1, -1, -1], 3)
    [0, 0, 0, -1, -1, -1]
    """
    kept = [0] * len(sides)
    for row in _spans(sides):
        if len(row) >= length:
            kept[row.start : row.stop] = [sides[row.start]] * len(row)
    return kept


def _spans(sides: Sequence[int]) -> list[range]:
    """The places of each unbroken row of equal entries other than 0."""
    groups = (list(group) for _, group in groupby(range(len(sides)), key=lambda at: sides[at]))
    return [range(group[0], group[-1] + 1) for group in groups if sides[group[0]]]


def _spread(places: Sequence[int], found: Sequence[int], length: int) -> list[int]:
    whole = [0] * length
    for at, way in zip(places, found, strict=True):
        whole[at] = way
    return whole


def marks(track: Track, rules: Sequence[Rule]) -> list[Mark]:
    """For each point the first of the rules that marks it; none for a constant series."""
    found = [Mark(None, 0)] * len(track.values)
    if track.collapsed:
        return found
    for rule in reversed(rules):
        ways, since = rule.ways(track), 0
        for at, way in enumerate(ways):
            since = since if at and ways[at - 1] == way else at
            if way:
                found[at] = Mark(rule.code, way, since)
    return found
