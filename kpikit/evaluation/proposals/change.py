"""Proposals from what has changed: new limits, and segments that go opposite ways."""

from __future__ import annotations

from collections.abc import Iterator

from kpikit.evaluation.drivers.parts import Decomposition
from kpikit.evaluation.facts import Fact
from kpikit.evaluation.proposals.proposal import AT_END, Edit, Proposal
from kpikit.evaluation.proposals.scene import Scene
from kpikit.plans.plan import Kpi

LEAST_SHARE = 0.25
"""Segments go opposite ways where each way is at least so much of all that moved."""


def changed(scene: Scene) -> Iterator[Proposal]:
    """All proposals of this kind."""
    for kpi, fact in scene.kpis:
        yield from _rebase(scene, kpi, fact)
        yield from _split(scene, kpi, fact)


def _rebase(scene: Scene, kpi: Kpi, fact: Fact) -> Iterator[Proposal]:
    shift = fact.series.chart.shift
    if shift is None or not scene.is_own_length(kpi):
        return
    begun = scene.entry(kpi).get("rebase", [])
    worse = (shift.after - shift.before) * fact.better.sign < 0  # new limits would hide what must be found out first
    yield Proposal(
        "rebase_worse" if worse else "rebase", kpi.goal, fact,
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
