"""Proposals about the KPIs themselves: two that say the same, one that leads nowhere, one that cannot be judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from statistics import StatisticsError, correlation

from kpikit.evaluation.facts import Fact, Target
from kpikit.evaluation.proposals.aftermath import a_year_before
from kpikit.evaluation.proposals.proposal import Edit, Proposal
from kpikit.evaluation.proposals.scene import Scene
from kpikit.evaluation.targets.summed import usual_over
from kpikit.evaluation.targets.usual import LOOKED_BACK, at_its_best, best_possible
from kpikit.plans.apart import MARK
from kpikit.plans.plan import Kpi
from kpikit.words.periods import Period

LEAST_CHANGES = 12
"""Two KPIs are held against each other where so many changes of both are known."""
SAME, TOGETHER, NOTHING = 0.95, 0.6, 0.2
"""A correlation of at least the first says the same. One that was at least the second and is now smaller than the
third, whatever its sign, is a relation that is gone. Two that never went together are no news: many KPIs do not."""
SILENT_PERIODS = 3
UNTOUCHED_VERSIONS = 3


def kpis(scene: Scene) -> Iterator[Proposal]:
    """All proposals about KPIs, not about their targets."""
    yield from _alike(scene)
    yield from _apart(scene)
    for kpi, fact in scene.kpis:
        yield from _silent(scene, kpi, fact)
        yield from _exhausted(scene, kpi, fact)
        if kpi.indicator in scene.averaged:
            yield Proposal("mean_of_rates", kpi.goal, fact)
        yield from _noisy(scene, kpi, fact)
        yield from _untouched(scene, kpi, fact)


def _alike(scene: Scene) -> Iterator[Proposal]:
    """Two that get better together. Where the one gets worse as the other gets better, both are needed."""
    for (_, fact), (kpi, other) in combinations(scene.kpis, 2):
        if fact.indicator == other.indicator or fact.member != other.member:
            continue  # two targets of one KPI, or a whole and a part, which are two things
        steps = _changes(fact, other)
        together, way = _correlation(steps), fact.better.sign * other.better.sign or 1
        if len(steps) >= LEAST_CHANGES and together is not None and together * way >= SAME:
            yield Proposal(
                "merge", kpi.goal, other, other=fact, counts={"count": len(steps)}, correlation=together,
                edits=_as_pi(scene, kpi),
            )  # fmt: skip


def _apart(scene: Scene) -> Iterator[Proposal]:
    """KPIs of a goal that serves another one, and no longer move with that one's first KPI."""
    first: dict[str, Fact] = {}
    for kpi, fact in scene.kpis:
        first.setdefault(kpi.goal, fact)
    for kpi, fact in scene.kpis:
        above = first.get(scene.goals[kpi.goal].parent or "")
        if above is None or above.indicator == fact.indicator:
            continue
        steps = _changes(fact, above)
        before, since = _correlation(steps[:-LEAST_CHANGES]), _correlation(steps[-LEAST_CHANGES:])
        known = before is not None and since is not None and len(steps) >= 2 * LEAST_CHANGES
        if known and abs(before or 0) >= TOGETHER and abs(since or 0) < NOTHING:
            yield Proposal(
                "replace", kpi.goal, fact, other=above, counts={"count": LEAST_CHANGES}, correlation=since,
                earlier=before, edits=_as_pi(scene, kpi), asks=(*scene.place(kpi), "indicator"),
            )  # fmt: skip


def _changes(fact: Fact, other: Fact) -> list[tuple[float, float]]:
    """The changes from one period to the next that both have, oldest first; where one has a season, those from the same
    period a year before: all that has a Christmas moves together with it."""
    mine, theirs = _known(fact), _known(other)
    both = sorted(mine.keys() & theirs.keys(), key=lambda each: each.start)
    begins = {each.start: each for each in both}
    seasonal = any("season" in each.series.chart.follows for each in (fact, other))
    before = [begins.get(a_year_before(each)) for each in both] if seasonal else [None, *both][:-1]
    steps = [(a, b) for a, b in zip(before, both, strict=True) if a is not None]
    return [(mine[b] - mine[a], theirs[b] - theirs[a]) for a, b in steps]


def _correlation(changes: Sequence[tuple[float, float]]) -> float | None:
    """How far two go together, from -1 to 1; None where one of them does not change."""
    try:
        return correlation([one for one, _ in changes], [other for _, other in changes])
    except StatisticsError:
        return None


def _known(fact: Fact) -> dict[Period, float]:
    """The judged values by their periods."""
    return {
        point.period: point.value.value
        for point in fact.series.points
        if point.judged and point.value.value is not None
    }


def _silent(scene: Scene, kpi: Kpi, fact: Fact) -> Iterator[Proposal]:
    last = fact.series.points[-SILENT_PERIODS:]
    if len(last) == SILENT_PERIODS and all(point.value.value is None for point in last):
        edits = (Edit(scene.place(kpi), None),)
        yield Proposal("no_data", kpi.goal, fact, counts={"count": SILENT_PERIODS}, edits=edits)


def _exhausted(scene: Scene, kpi: Kpi, fact: Fact) -> Iterator[Proposal]:
    best = best_possible(fact)
    if best is not None and at_its_best(fact):
        counts, edits = {"count": LOOKED_BACK}, _as_pi(scene, kpi)
        yield Proposal("exhausted", kpi.goal, fact, numbers={"best": best}, counts=counts, edits=edits)


def _noisy(scene: Scene, kpi: Kpi, fact: Fact) -> Iterator[Proposal]:
    """A KPI of which a single period says nothing about its target; not one that is added up, whose noise evens out."""
    between, target = usual_over(fact), fact.target
    if between is None or target is None or target.value is None or not scene.is_own_length(kpi):
        return
    ends = {"low": between[0], "high": between[1]}
    if target.kind == "reach" and (numbers := _hidden_step(target, target.value, *between)):
        yield Proposal("too_noisy", kpi.goal, fact, numbers=ends | numbers)
    elif target.kind == "keep" and target.upper is not None:
        if _left_by_chance(target.value, target.upper, *between):
            numbers = {"lower": target.value, "upper": target.upper}
            yield Proposal("too_noisy_for_range", kpi.goal, fact, numbers=ends | numbers)
    elif target.kind == "keep" and (numbers := _kept_by_chance(fact, target.value, *between)):
        yield Proposal("too_noisy_to_keep", kpi.goal, fact, numbers=ends | numbers)


def _hidden_step(target: Target, value: float, low: float, high: float) -> dict[str, float]:
    """A step to the target of less than a sixth of the usual range is less than one standard deviation of it."""
    if target.baseline is None or not 0 < abs(value - target.baseline) < (high - low) / 6:
        return {}
    return {"baseline": target.baseline, "target": value}


def _left_by_chance(lower: float, upper: float, low: float, high: float) -> bool:
    """A range of less than one standard deviation holds 38 % of the periods at most, though the average lie amidst."""
    return low < lower and upper < high and upper - lower < (high - low) / 6


def _kept_by_chance(fact: Fact, value: float, low: float, high: float) -> dict[str, float]:
    """What is to be kept is met or missed by chance wherever it lies in the usual range. That is a matter of the target
    alone, unless the range is wider than its average is large: then no other one could be judged either."""
    limits = fact.series.limits
    if limits is None or fact.signed or fact.ends or not low < value < high:
        return {}
    return {"target": value, "average": limits.centre} if 0 < limits.centre < high - low else {}


def _untouched(scene: Scene, kpi: Kpi, fact: Fact) -> Iterator[Proposal]:
    """A KPI that the last versions of the plan have kept as it was, while nothing was decided or done about it."""
    last = scene.versions[-UNTOUCHED_VERSIONS:]
    same = [any(each.indicator == kpi.indicator and each == kpi for each in plan.kpis) for plan in last]
    done = any(goal.actions for plan in last for goal in plan.goals if goal.key == kpi.goal)
    about = [(each.proposal or "").partition(":")[2] for plan in last[1:] for each in plan.decisions]
    own = tuple(f"{name}{end}" for name in (fact.key, fact.name) for end in (":", MARK))
    named = any(f"{each}:".startswith(own) for each in about)
    if len(last) == UNTOUCHED_VERSIONS and all(same) and not done and not named:
        counts = {"count": len(last)}
        yield Proposal("retire", kpi.goal, fact, counts=counts, edits=(Edit(scene.place(kpi), None),))


def _as_pi(scene: Scene, kpi: Kpi) -> tuple[Edit, ...]:
    """A KPI becomes a PI of its goal; one on a member of a dimension is only taken away, as PIs have none."""
    away = Edit(scene.place(kpi), None)
    pis = scene.goals[kpi.goal].pis
    if kpi.member or kpi.indicator in pis:
        return (away,)
    return away, Edit(("goals", kpi.goal, "pis"), [*pis, kpi.indicator])
