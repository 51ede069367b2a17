"""All proposals for a plan: the one list of those who make them, and the order in which they are shown."""

from __future__ import annotations

from kpikit.evaluation.proposals.budget import budgets
from kpikit.evaluation.proposals.change import changed
from kpikit.evaluation.proposals.kpis import kpis
from kpikit.evaluation.proposals.proposal import KINDS, Proposal
from kpikit.evaluation.proposals.scene import Scene
from kpikit.evaluation.proposals.targets import targets
from kpikit.evaluation.proposals.upkeep import upkeep

FINDERS = (targets, changed, budgets, kpis, upkeep)


def proposals(scene: Scene) -> list[Proposal]:
    """What could change in the plan, by kind in the order of `KINDS`, then by goal.

    What was declined when the version in force was made is not proposed again: the next version asks anew.
    """
    declined = {each.proposal for each in scene.plan.decisions if each.answer == "declined"}
    found = [each for finder in FINDERS for each in finder(scene) if each.id not in declined]
    order = list(KINDS)
    return sorted(_each_once(found), key=lambda each: order.index(each.kind))


def _each_once(found: list[Proposal]) -> list[Proposal]:
    """Without the general advice to begin an action for a budget that is moved: that is one."""
    moved = [fact.key for each in found if each.kind == "pace_budget" for fact in (each.fact, each.other) if fact]
    return [each for each in found if each.kind != "start_action" or each.fact is None or each.fact.key not in moved]
