"""All proposals for a plan: the one list of those who make them, and the order in which they are shown."""

from __future__ import annotations

from collections.abc import Iterable

from kpikit.evaluation.proposals.budget import budgets
from kpikit.evaluation.proposals.change import changed
from kpikit.evaluation.proposals.kinds import KINDS
from kpikit.evaluation.proposals.kpis import kpis
from kpikit.evaluation.proposals.proposal import Proposal, by_id
from kpikit.evaluation.proposals.scene import Scene
from kpikit.evaluation.proposals.targets import targets
from kpikit.evaluation.proposals.upkeep import upkeep

FINDERS = (targets, changed, budgets, kpis, upkeep)


def proposals(scene: Scene) -> list[Proposal]:
    """What could change in the plan, by kind in the order of `KINDS`, then by goal.

    What was declined when the version in force was made is not proposed again: the next version asks anew.
    """
    found = [each for finder in FINDERS for each in finder(scene)]
    answers = [by_id(each.proposal or "", found) for each in scene.plan.decisions if each.answer == "declined"]
    declined = {each.id for each in answers if each}
    order, found = list(KINDS), _each_once(each for each in found if each.id not in declined)
    return sorted(found, key=lambda each: order.index(each.kind))


def _each_once(found: Iterable[Proposal]) -> list[Proposal]:
    """One of each name to decide by; without the advice to begin an action for a budget that is moved: that is one."""
    first = dict[str, Proposal]()
    for each in found:
        first.setdefault(each.id, each)
    moving = [each for each in first.values() if each.kind == "pace_budget"]
    moved = {fact.key for each in moving for fact in (each.fact, each.other) if fact}
    begun = {f"start_action:{key}" for key in moved}
    return [each for each in first.values() if each.id not in begun]
