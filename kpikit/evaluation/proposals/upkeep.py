"""Proposals about the plan's upkeep: its review, its owners, what each goal serves, and its actions."""

from __future__ import annotations

from collections.abc import Iterator

from kpikit.evaluation.proposals.proposal import Proposal
from kpikit.evaluation.proposals.scene import Scene

FALLS_SHORT = ("missed", "at_risk")


def upkeep(scene: Scene) -> Iterator[Proposal]:
    """What a plan that is kept up would not lack."""
    if scene.evaluation.as_of >= scene.plan.review_due:
        yield Proposal("review_overdue", texts={"day": scene.plan.review_due})
    for goal in scene.plan.goals:
        if goal.owner is None:
            yield Proposal("name_owner", goal.key)
        if goal.parent is None and goal.level != "organisation":
            yield Proposal("name_parent", goal.key)
    yield from _actions(scene)


def _actions(scene: Scene) -> Iterator[Proposal]:
    for kpi, fact in scene.kpis:
        if fact.status not in FALLS_SHORT:
            continue
        actions = [each for each in scene.goals[kpi.goal].actions if each.done is None]
        if not actions:
            yield Proposal("start_action", kpi.goal, fact)
        for number, action in enumerate(actions, 1):
            if action.due is not None and action.due < scene.evaluation.as_of:
                texts = {"action": action.what, "who": action.who, "day": action.due, "action_number": str(number)}
                yield Proposal("end_action", kpi.goal, fact, texts=texts)
