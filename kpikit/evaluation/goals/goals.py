"""How the goals stand: by their own KPIs or, where a goal has none, by the goals below it; counted, never averaged."""

from __future__ import annotations

from collections.abc import Sequence

from kpikit.evaluation.codes import GOOD
from kpikit.evaluation.facts import Fact, GoalStatus
from kpikit.plans.plan import Goal, Plan

URGENCY = ("missed", "at_risk", "cannot_be_judged", "on_track", "met", "exceeded")
"""The statuses, the most urgent first. A goal is as its most urgent part is."""


def goal_statuses(plan: Plan | None, facts: Sequence[Fact]) -> tuple[GoalStatus, ...]:
    """The status of each goal, in the order of the plan."""
    return tuple(_status(goal, plan, facts) for goal in plan.goals) if plan else ()


def _status(goal: Goal, plan: Plan, facts: Sequence[Fact]) -> GoalStatus:
    own = [fact for fact in facts if fact.role == "kpi" and fact.goal == goal.key]
    if own:
        found = [fact.status or "cannot_be_judged" for fact in own]
        return _counted(goal, found, tuple(fact.key for fact in own), ())
    below = plan.children(goal.key)
    found = [_status(child, plan, facts).status for child in below]
    return _counted(goal, found, (), tuple(child.key for child in below))


def _counted(goal: Goal, found: Sequence[str], kpis: tuple[str, ...], goals: tuple[str, ...]) -> GoalStatus:
    worst = min(found, key=URGENCY.index, default="cannot_be_judged")
    return GoalStatus(goal.key, worst, sum(each in GOOD for each in found), len(found), kpis, goals)
