"""From the points of a series to the series as it is judged: its chart, segments and lines, and the points marked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kpikit.evaluation.facts import Point, Series
from kpikit.evaluation.signals.chance import chance
from kpikit.evaluation.signals.choose import choose
from kpikit.evaluation.signals.draw import Drawn, rate, run_chart, xmr
from kpikit.evaluation.signals.lines import GOES_ON, Chart, Gap, Segment, Shift, Spacing
from kpikit.evaluation.signals.profiles import NHS, Profile
from kpikit.evaluation.signals.rare import BETWEEN, spaced
from kpikit.evaluation.signals.rules import Mark, marks
from kpikit.evaluation.signals.season import SEASONS, following
from kpikit.evaluation.signals.track import Values
from kpikit.evaluation.values import average
from kpikit.plans.limits import LimitsPlan, Rebase
from kpikit.words.units import COUNT, MONEY, SHARE, Unit

SHIFTED, BEFORE = 8, 6
"""A shift is proposed after so many values on one side of the centre, and so many before them."""


Cut = tuple[int, int, Rebase | None]
"""Where a segment begins and ends, and the decision that it begins with."""


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


def charted(points: Sequence[Point], setting: Setting | None = None, earlier: Sequence[Point] = ()) -> Series:
    """The series of these points, oldest first, of which those that are ``judged`` make the limits.

    ``earlier`` points lie before them, and take part where with them a season shows that a year alone does not tell.
    """
    setting = setting or Setting()
    shown, before = tuple(points), tuple(earlier)
    kind, chosen = choose(points, setting.unit, setting.counted, setting.plan.chart, setting.sized)
    if chosen == "few_cases":
        return Series(shown, None, setting.profile.name, Chart(kind, chosen), before)
    cuts = _cuts(points, setting.plan.rebases)
    if kind in ("t", "g"):
        return replace(_rare(points, cuts, setting, Chart(kind, chosen)), earlier=before)
    parts = [_part(kind, points[start:end], setting, rebase) for start, end, rebase in cuts]
    if earlier and (longer := _with_season(kind, [*earlier, *parts[0].points], setting, parts[0].rebase)):
        parts[0] = longer
    last = parts[-1].lines if parts else None
    if last and last.follows and kind != "xmr":
        kind, chosen = "xmr", "follows"
    segments = [
        Segment(points[start].period, part.points[-1].period, part.lines.limits if part.lines else None, part.rebase)
        for (start, _, _), part in zip(cuts, parts, strict=True)
    ]
    frozen = setting.plan.frozen if last and any(_frozen(parts[-1].points, setting)) else None
    season = SEASONS.get(points[-1].period.grain, 0) if last and "season" in last.follows else 0
    chart = Chart(
        kind=kind,
        chosen=chosen,
        follows=last.follows if last else (),
        frozen=(frozen.start, frozen.last_day) if frozen else None,
        segments=tuple(segments),
        shift=_shift(kind, parts[-1].points, last, setting) if last else None,
        chance=chance(setting.profile.name, kind, last.points, season) if last and points[-1].judged else None,
    )
    judged = [point for part in parts for point in _judged(part.points, part.lines, setting)]
    extra = len(judged) - len(shown)
    before = (*before[: len(before) - extra], *judged[:extra])
    return Series(tuple(judged[extra:]), last.limits if last else None, setting.profile.name, chart, before)


@dataclass(frozen=True)
class Part:
    """Points that are judged together, by their lines; ``rebase`` is the decision that they begin with."""

    points: Sequence[Point]
    lines: Drawn | None
    rebase: Rebase | None


def _part(kind: str, points: Sequence[Point], setting: Setting, rebase: Rebase | None) -> Part:
    return Part(points, _draw(kind, points, setting), rebase)


def _with_season(kind: str, points: Sequence[Point], setting: Setting, rebase: Rebase | None) -> Part | None:
    """The first part with the points before it, where limits follow a season then; None where they do not."""
    since = [each for each in points if rebase is None or each.period.start >= rebase.start.start]
    lines = _follower(since, setting) if kind != "run" else None
    return Part(since, lines, rebase) if lines and "season" in lines.follows else None


def _cuts(points: Sequence[Point], rebases: Sequence[Rebase]) -> list[Cut]:
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
    if follower := _follower(points, setting):
        return follower
    if kind in ("p", "u"):
        tops, bottoms = ([point.value.numerator for point in points], [point.value.denominator for point in points])
        drawn = rate(kind, values, base, tops, bottoms, setting.profile)
    else:
        drawn = xmr(values, base, setting.profile)
    season = SEASONS.get(points[0].period.grain, 0) if points else 0
    return drawn and replace(drawn, track=replace(drawn.track, season=season))


def _follower(points: Sequence[Point], setting: Setting) -> Drawn | None:
    """The chart whose limits follow something, where the points need it and the plan does not name another one."""
    if setting.plan.chart is not None or not points:
        return None
    percent = setting.unit in (COUNT, MONEY)
    grain = points[0].period.grain
    return following(_values(points), _base(points, setting), grain, percent, setting.profile)


def _base(points: Sequence[Point], setting: Setting) -> Values:
    """The values that make the limits: those of the frozen baseline, if it lies in the segment; else all."""
    inside, values = _frozen(points, setting), _values(points)
    return [value if kept else None for value, kept in zip(values, inside, strict=True)] if any(inside) else values


def _frozen(points: Sequence[Point], setting: Setting) -> list[bool]:
    """Which of these points lie in the frozen baseline."""
    frozen = setting.plan.frozen
    return [frozen is not None and frozen.start <= each.period.start < frozen.end for each in points]


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


def _rare(points: Sequence[Point], cuts: Sequence[Cut], setting: Setting, chart: Chart) -> Series:
    """Rare events, judged by the gaps between them; of all segments, each by its own limits."""
    marked, gaps, segments = list[Point](), list[Gap](), list[Segment]()
    for start, end, rebase in cuts:
        part = points[start:end]
        own, limits, found = spaced(chart.kind, part, _frozen(part, setting), setting.profile, end == len(points))
        marked += [_marked(point, mark, part) for point, mark in zip(part, found, strict=True)]
        gaps += own
        segments.append(Segment(part[0].period, part[-1].period, limits, rebase))
    frozen, last = setting.plan.frozen, segments[-1].limits if segments else None
    ended = last and gaps[-1].period == points[-1].period
    chart = replace(
        chart,
        frozen=(frozen.start, frozen.last_day) if frozen and any(_frozen(points[cuts[-1][0] :], setting)) else None,
        segments=tuple(segments),
        spacing=Spacing(BETWEEN[chart.kind], tuple(gaps), last),
        chance=chance(setting.profile.name, chart.kind, last.points) if last and ended else None,
    )
    return Series(tuple(marked), None, setting.profile.name, chart)


def _shift(kind: str, points: Sequence[Point], drawn: Drawn, setting: Setting) -> Shift | None:
    """What speaks for new limits: the last values all lie on one side, and are stable among themselves."""
    known = [at for at, point in enumerate(points) if point.judged]
    sides = drawn.track.sides
    after = len(known)
    while known and after and sides[known[-1]] and sides[known[after - 1]] == sides[known[-1]]:
        after -= 1
    later = points[known[after] :] if after < len(known) else []
    if set(drawn.follows) & GOES_ON or after < BEFORE or len(known) - after < SHIFTED:
        return None
    alone = _draw(kind, later, replace(setting, plan=LimitsPlan(setting.plan.chart)))
    if alone is None or any(mark.rule for mark in marks(alone.track, setting.profile.rules)):
        return None
    before, now = (average([points[at] for at in half]) for half in (known[:after], known[after:]))
    return Shift(later[0].period, len(known) - after, before, now)
