"""Which moved first: a KPI and the PIs of its goal that stand out, in the order in which their signals began.

That one began before the other is a fact about time. It says where to look first, and proves no cause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kpikit.evaluation.drivers.parts import Lead
from kpikit.plans.plan import Plan

if TYPE_CHECKING:
    from kpikit.evaluation.facts import Fact


def with_leads(plan: Plan | None, facts: Sequence[Fact]) -> list[Fact]:
    """The facts, with the leads of each KPI of which a PI stands out."""
    if plan is None:
        return list(facts)
    whole = {fact.indicator: fact for fact in facts if fact.member is None}
    return [replace(fact, leads=_leads(plan, fact, whole)) if fact.role == "kpi" else fact for fact in facts]


def _leads(plan: Plan, kpi: Fact, whole: dict[str, Fact]) -> tuple[Lead, ...]:
    pis = [whole[pi] for goal, pi in plan.pis if goal == kpi.goal and pi in whole and whole[pi].name != kpi.name]
    moved = [lead for lead in map(_lead, pis) if lead]
    own = _lead(kpi)
    return tuple(sorted([own, *moved] if own else moved, key=lambda each: each.since.start)) if moved else ()


def _lead(fact: Fact) -> Lead | None:
    signal = fact.signal
    if signal.rule is None or signal.began is None or signal.direction is None:
        return None
    return Lead(fact.key, signal.began, signal.rule, signal.direction)
