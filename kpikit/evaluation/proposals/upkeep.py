"""Proposals about the plan's upkeep: its review, its owners, what each goal serves, and its actions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kpikit.evaluation.drivers.away import away
from kpikit.evaluation.facts import Fact
from kpikit.evaluation.proposals.proposal import Edit, Proposal
from kpikit.evaluation.proposals.scene import Scene
from kpikit.plans.plan import Goal

FALLS_SHORT = ("missed", "at_risk")


def upkeep(scene: Scene) -> Iterator[Proposal]:
    """What a plan that is kept up would not lack."""
    if scene.plan.is_review_due(scene.evaluation.as_of):
        yield Proposal("review_overdue", texts={"day": scene.plan.review_due})
    for goal in scene.plan.goals:
        if goal.owner is None:
            yield Proposal("name_owner", goal.key, asks=("goals", goal.key, "owner"))
        if goal.parent is None and goal.level != "organisation":
            yield Proposal("name_parent", goal.key, asks=("goals", goal.key, "parent"))
        short = [fact for kpi, fact in scene.kpis if kpi.goal == goal.key and fact.status in FALLS_SHORT]
        if all(action.done for action in goal.actions):
            yield from (_from_here(Proposal("start_action", goal.key, fact, away=away(fact)), fact) for fact in short)
        elif short:
            yield from _overdue(scene, goal, short[0])


def _overdue(scene: Scene, goal: Goal, fact: Fact) -> Iterator[Proposal]:
    """The actions whose day is over, each once; ``fact`` is the first KPI of the goal that falls short."""
    today = scene.evaluation.as_of
    for at, action in enumerate(goal.actions):
        if action.done is None and action.due is not None and action.due < today:
            place = ("goals", goal.key, "actions", at)
            number = sum(each.done is None for each in goal.actions[: at + 1])
            texts = {"action": action.what, "who": action.who, "day": action.due, "action_number": str(number)}
            done = (Edit((*place, "done"), today.isoformat()),)
            found = Proposal("end_action", goal.key, fact, texts=texts, edits=done, asks=(*place, "due"))
            yield _from_here(found, fact)


def _from_here(proposal: Proposal, fact: Fact) -> Proposal:
    """The proposal with what is held against the target of its KPI."""
    achieved = fact.target.achieved if fact.target else None
    value = fact.value.value if achieved is None else achieved
    return replace(proposal, numbers={"value": value or 0.0})
