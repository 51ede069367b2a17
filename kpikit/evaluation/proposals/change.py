"""Proposals from what has changed: new limits, segments that go opposite ways, budget that buys too little."""

from __future__ import annotations

import math
from collections.abc import Iterator

from kpikit.evaluation.drivers.parts import Decomposition
from kpikit.evaluation.facts import Fact, Part
from kpikit.evaluation.proposals.proposal import AT_END, Edit, Proposal
from kpikit.evaluation.proposals.scene import Scene
from kpikit.indicators.framework import Direction
from kpikit.plans.plan import Kpi
from kpikit.words.units import MONEY

LEAST_SHARE = 0.25
"""Segments go opposite ways where each way is at least so much of all that moved."""
LEAST_RATIO, LEAST_BOUGHT = 1.5, 10
"""One channel is dearer than another by so much at least, and each has bought so many."""


def changed(scene: Scene) -> Iterator[Proposal]:
    """All proposals of this kind; budgets also for figures that are no KPIs, as long as a goal has them as PIs."""
    for kpi, fact in scene.kpis:
        yield from _rebase(scene, kpi, fact)
        yield from _split(scene, kpi, fact)
    goals = {pi: goal for goal, pi in reversed(scene.plan.pis)} | {kpi.indicator: kpi.goal for kpi in scene.plan.kpis}
    for fact in scene.evaluation.facts:
        if fact.indicator in goals and fact.member is None:
            yield from _budget(goals[fact.indicator], fact)


def _rebase(scene: Scene, kpi: Kpi, fact: Fact) -> Iterator[Proposal]:
    shift = fact.series.chart.shift
    if shift is None:
        return
    *_, at = scene.place(kpi)
    goals = scene.document["goals"]
    begun = goals[kpi.goal]["kpis"][at].get("rebase", [])
    yield Proposal(
        "rebase", kpi.goal, fact,
        numbers={"before": shift.before, "after": shift.after}, counts={"count": shift.points},
        texts={"start": shift.start.window.start},
        edits=(Edit((*scene.place(kpi), "rebase"), [*begun, {"from": shift.start.key}], signed=True),),
    )  # fmt: skip


def _split(scene: Scene, kpi: Kpi, fact: Fact) -> Iterator[Proposal]:
    """The member that pulls up most and the one that pulls down most, where they are the same in every comparison."""
    ways = [found for each in fact.drivers if each.dimension and each.drivers and (found := _opposite(each))]
    compared = {each.against for each in fact.drivers}
    if kpi.member or len(ways) < max(len(compared), 2) or len({way[:3] for way in ways}) > 1:
        return
    dimension, up, down, most, least = ways[0]
    yield Proposal(
        "split", kpi.goal, fact,
        steps={"up": most, "down": least},
        members={"member": f"{dimension}={up}", "opposite": f"{dimension}={down}"},
        edits=tuple(
            Edit(("goals", kpi.goal, "kpis", AT_END),
                 {"indicator": kpi.indicator, "member": {dimension: name}, "cadence": kpi.cadence})
            for name in (up, down)
        ),
    )  # fmt: skip


def _opposite(one: Decomposition) -> tuple[str, str, str, float, float] | None:
    """Dimension, the members that pulled up and down most, and their effects; None where one way hardly counts."""
    effects = dict[str, float]()
    for driver in one.drivers:
        if driver.name is not None and driver.effect in ("amount", "rate"):
            effects[driver.name] = effects.get(driver.name, 0.0) + driver.value
    moved = sum(map(abs, effects.values()))
    up = sum(value for value in effects.values() if value > 0)
    if not moved or not LEAST_SHARE <= up / moved <= 1 - LEAST_SHARE:
        return None
    most, least = max(effects, key=effects.__getitem__), min(effects, key=effects.__getitem__)
    return str(one.dimension), most, least, effects[most], effects[least]


def _budget(goal: str, fact: Fact) -> Iterator[Proposal]:
    """From the dearest to the cheapest member of what each thing bought costs (an acquisition, a lead)."""
    is_price = fact.unit == MONEY and fact.better is Direction.LOWER
    if not is_price or not fact.indicator.startswith(("ads.", "marketing.")):
        return
    for dimension in dict.fromkeys(part.dimension for part in fact.parts):
        bought = [part for part in fact.parts if part.dimension == dimension and _bought(part) >= LEAST_BOUGHT]
        priced = sorted(bought, key=lambda part: part.value.value or 0.0)
        if len(priced) >= 2 and _dearer(priced[-1], priced[0]):
            least, most = priced[0], priced[-1]
            assert least.value.value is not None and most.value.value is not None
            yield Proposal(
                "move_budget", goal, fact,
                numbers={"least": least.value.value, "most": most.value.value},
                members={"member": f"{dimension}={least.member}", "opposite": f"{dimension}={most.member}"},
            )  # fmt: skip


def _bought(part: Part) -> float:
    """How many were bought; 0 where the price is not known in full."""
    return part.value.denominator or 0.0 if part.value.reason is None and part.value.value else 0.0


def _dearer(one: Part, other: Part) -> bool:
    """True where one price is above the other by more than chance explains (counts of Poisson, 95 %), and by much."""
    assert one.value.value is not None and other.value.value is not None
    ratio = one.value.value / other.value.value
    error = math.sqrt(1 / _bought(one) + 1 / _bought(other))
    return ratio >= LEAST_RATIO and math.log(ratio) > 1.96 * error
