"""From the points of a series to the series as it is judged: its chart, segments and lines, and the points marked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from statistics import fmean

from kpikit.evaluation.facts import Point, Series
from kpikit.evaluation.lines import Chart, Segment, Shift
from kpikit.evaluation.signals.chance import chance
from kpikit.evaluation.signals.choose import choose
from kpikit.evaluation.signals.draw import Drawn, rate, run_chart, xmr
from kpikit.evaluation.signals.profiles import NHS, Profile
from kpikit.evaluation.signals.rare import spaced
from kpikit.evaluation.signals.rules import Mark, marks
from kpikit.evaluation.signals.season import following
from kpikit.evaluation.signals.track import Values
from kpikit.plans.limits import LimitsPlan, Rebase
from kpikit.words.units import COUNT, MONEY, SHARE, Unit

SHIFTED, BEFORE = 8, 6
"""A shift is proposed after so many values on one side of the centre, and so many before them."""


@dataclass(frozen=True)
class Setting:
    """How a series is to be judged. ``counted``: it is a number of counted things, or of such by others; ``sized``:
    what it is divided by is a number of counted things.
    """

    profile: Profile = NHS
    unit: Unit = SHARE
    counted: bool = False
    sized: bool = False
    plan: LimitsPlan = field(default_factory=LimitsPlan)


def charted(points: Sequence[Point], setting: Setting | None = None) -> Series:
    """The series of these points, oldest first, of which those that are ``judged`` make the limits."""
    setting = setting or Setting()
    kind, chosen = choose(points, setting.unit, setting.counted, setting.plan.chart, setting.sized)
    if chosen == "few_cases":
        return Series(tuple(points), None, setting.profile.name, Chart(kind, chosen))
    parts = [(start, _of(points, start, end), rebase) for start, end, rebase in _cuts(points, setting.plan.rebases)]
    if kind in ("t", "g"):
        return _rare(points, parts[-1][0], setting, Chart(kind, chosen))
    drawn = [_draw(kind, part, setting) for _, part, _ in parts]
    judged = [_judged(part, lines, setting) for (_, part, _), lines in zip(parts, drawn, strict=True)]
    last = drawn[-1] if drawn else None
    if last and last.follows and kind != "xmr":
        kind, chosen = "xmr", "follows"
    segments = [
        Segment(part[0].period, part[-1].period, lines.limits if lines else None, rebase)
        for (_, part, rebase), lines in zip(parts, drawn, strict=True)
    ]
    frozen = setting.plan.frozen
    chart = Chart(
        kind=kind,
        chosen=chosen,
        follows=last.follows if last else (),
        frozen=(frozen.start, frozen.last_day) if frozen else None,
        segments=tuple(segments),
        shift=_shift(kind, parts[-1][1], last, setting) if last else None,
        chance=chance(setting.profile.name, kind, last.points) if last and points[-1].judged else None,
    )
    limits = last.limits if last else None
    return Series(tuple(point for part in judged for point in part), limits, setting.profile.name, chart)


def _of(points: Sequence[Point], start: int, end: int) -> list[Point]:
    return list(points[start:end])


def _cuts(points: Sequence[Point], rebases: Sequence[Rebase]) -> list[tuple[int, int, Rebase | None]]:
    """Where the segments begin and end; each begins with the last decision before its points."""
    begins: dict[int, Rebase | None] = {0: None} if points else {}
    for rebase in rebases:
        at = sum(point.period.start < rebase.start.start for point in points)
        if at < len(points):
            begins[at] = rebase
    starts = sorted(begins)
    return [(start, end, begins[start]) for start, end in zip(starts, [*starts[1:], len(points)], strict=True)]


def _values(points: Sequence[Point]) -> Values:
    return [point.value.value if point.judged else None for point in points]


def _draw(kind: str, points: Sequence[Point], setting: Setting) -> Drawn | None:
    values, base = _values(points), _base(points, setting)
    if kind == "run":
        return run_chart(values, base)
    if setting.plan.chart is None and points:
        percent = setting.unit in (COUNT, MONEY)
        follower = following(values, base, points[0].period.grain, percent, setting.profile)
        if follower:
            return follower
    if kind in ("p", "u"):
        tops, bottoms = ([point.value.numerator for point in points], [point.value.denominator for point in points])
        return rate(kind, values, base, tops, bottoms, setting.profile)
    return xmr(values, base, setting.profile)


def _base(points: Sequence[Point], setting: Setting) -> Values:
    """The values that make the limits: those of the frozen baseline, if it lies in the segment; else all."""
    frozen = setting.plan.frozen
    inside = [frozen is not None and frozen.start <= each.period.start < frozen.end for each in points]
    values = _values(points)
    return [value if kept else None for value, kept in zip(values, inside, strict=True)] if any(inside) else values


def _judged(points: Sequence[Point], drawn: Drawn | None, setting: Setting) -> list[Point]:
    """The points with their marks and lines, which begin with the first one that is judged."""
    if drawn is None:
        return list(points)
    first = next((at for at, point in enumerate(points) if point.judged), len(points))
    found = marks(drawn.track, setting.profile.rules)
    return [
        point if at < first else _lined(_marked(point, mark, points), drawn, at)
        for at, (point, mark) in enumerate(zip(points, found, strict=True))
    ]


def _marked(point: Point, mark: Mark, points: Sequence[Point]) -> Point:
    since = points[mark.since].period if mark.rule else None
    return replace(point, signal=mark.rule, way=mark.way, since=since)


def _lined(point: Point, drawn: Drawn, at: int) -> Point:
    lower, upper = (None if math.isinf(each[at]) else each[at] for each in (drawn.lower, drawn.upper))
    return replace(point, lower=lower, centre=drawn.centre[at], upper=upper)


def _rare(points: Sequence[Point], start: int, setting: Setting, chart: Chart) -> Series:
    """Rare events of the last segment, judged by the gaps between them."""
    spacing, found = spaced(chart.kind, points[start:], setting.profile)
    later = points[start:]
    marked = [_marked(point, mark, later) for point, mark in zip(later, found, strict=True)]
    ended = spacing.limits and spacing.gaps[-1].period == points[-1].period
    odds = chance(setting.profile.name, chart.kind, spacing.limits.points) if spacing.limits and ended else None
    return Series((*points[:start], *marked), None, setting.profile.name, replace(chart, spacing=spacing, chance=odds))


def _shift(kind: str, points: Sequence[Point], drawn: Drawn, setting: Setting) -> Shift | None:
    """What speaks for new limits: the last values all lie on one side, and are stable among themselves."""
    known = [at for at, point in enumerate(points) if point.judged]
    sides = drawn.track.sides
    after = len(known)
    while known and after and sides[known[-1]] and sides[known[after - 1]] == sides[known[-1]]:
        after -= 1
    later = points[known[after] :] if after < len(known) else []
    if "trend" in drawn.follows or after < BEFORE or len(known) - after < SHIFTED:
        return None
    alone = _draw(kind, later, replace(setting, plan=LimitsPlan(setting.plan.chart)))
    if alone is None or any(mark.rule for mark in marks(alone.track, setting.profile.rules)):
        return None
    values = _values(points)
    halves = known[:after], known[after:]
    before, now = (fmean(value for at in half if (value := values[at]) is not None) for half in halves)
    return Shift(later[0].period, len(known) - after, before, now)
