"""How the goals stand: by their own KPIs or, where a goal has none, by the goals below it; counted, never averaged.

Before its own day a goal is not missed because a KPI that is kept in each period was missed in one of them: it is at
risk, and `missed_words` say why. A limit that is passed cannot be kept any more, and is missed. What can't be judged
yet says nothing where others do.
"""

from __future__ import annotations

from collections.abc import Sequence

from kpikit.evaluation.codes import GOOD
from kpikit.evaluation.facts import Fact, GoalStatus
from kpikit.plans.plan import Goal, Plan
from kpikit.words.language import Language
from kpikit.words.texts import N_

URGENCY = ("missed", "at_risk", "cannot_be_judged", "on_track", "met", "exceeded")
"""The statuses, the most urgent first. A goal is as its most urgent part is, of those that can be judged."""

_THIS = {
    "day": N_("on this day"),
    "week": N_("this week"),
    "month": N_("this month"),
    "quarter": N_("this quarter"),
    "year": N_("this year"),
    "fiscal_year": N_("this fiscal year"),
}


def goal_statuses(plan: Plan | None, facts: Sequence[Fact]) -> tuple[GoalStatus, ...]:
    """The status of each goal, in the order of the plan."""
    return tuple(_status(goal, plan, facts) for goal in plan.goals) if plan else ()


def missed_words(status: GoalStatus, grain: str, say: Language) -> str:
    """How many KPIs a goal at risk has that were missed in the period, its own day ahead; empty where none were."""
    if not status.missed or status.status != "at_risk":
        return ""
    this = say(_THIS[grain])
    if status.all == 1:
        return say("its KPI was missed {this}", this=this)
    return say.plural("{number} of its {all} KPIs was missed {this}", "{number} of its {all} KPIs were missed {this}",
                      status.missed, all=say.count(status.all), this=this)  # fmt: skip


def _status(goal: Goal, plan: Plan, facts: Sequence[Fact]) -> GoalStatus:
    own = [fact for fact in facts if fact.role == "kpi" and fact.goal == goal.key]
    if own:
        missed = [_is_missed_for_now(fact) and _lies_ahead(goal, own) for fact in own]
        stands = ["at_risk" if now else fact.status for now, fact in zip(missed, own, strict=True)]
        return _counted(goal, stands, kpis=tuple(fact.key for fact in own), missed=sum(missed))
    below = plan.children(goal.key)
    found = [_status(child, plan, facts).status for child in below]
    return _counted(goal, found, goals=tuple(child.key for child in below))


def _is_missed_for_now(fact: Fact) -> bool:
    return fact.status == "missed" and fact.target is not None and fact.target.kind == "keep"


def _lies_ahead(goal: Goal, own: Sequence[Fact]) -> bool:
    """True where the goal's day, or else the last day of its KPIs' dated targets, comes after the period."""
    dated = [fact.target.window.last_day for fact in own if fact.target and fact.target.kind != "keep"]
    day, points = goal.until or max(dated, default=None), own[0].series.points
    return day is not None and bool(points) and day > points[-1].period.window.last_day


def _counted(
    goal: Goal, found: Sequence[str | None], kpis: tuple[str, ...] = (), goals: tuple[str, ...] = (), missed: int = 0
) -> GoalStatus:
    judged = [each for each in found if each and each != "cannot_be_judged"]
    worst = min(judged, key=URGENCY.index, default="cannot_be_judged")
    return GoalStatus(goal.key, worst, sum(each in GOOD for each in found), len(found), kpis, goals, missed)
