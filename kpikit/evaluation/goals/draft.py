"""Drafts of plans, as the text of a plan file: a first one from what can be measured, and the next version of one.

A draft is a proposal to people. It is never written into the workspace by itself, and what only people know (who
answers for a goal, who agreed to it) is left for them: the SMART check names it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import yaml

from kpikit.evaluation.codes import STATUSES
from kpikit.evaluation.facts import Evaluation, Fact
from kpikit.evaluation.figures import in_words
from kpikit.evaluation.sentences import attention, target_value
from kpikit.evaluation.targets.ambition import half_way, read_back, written
from kpikit.evaluation.targets.summed import usual_over
from kpikit.evaluation.targets.usual import usual_range
from kpikit.indicators.catalogue import CATALOGUE, Indicators
from kpikit.sources.strict import SCHEMA
from kpikit.words.language import Language
from kpikit.words.periods import Calendar, Period
from kpikit.words.texts import N_
from kpikit.words.units import SHARE

MOST_GOALS = 3
_SET_NEXT = N_("Review the plan, and set the next target.")
Labels = Callable[[Fact], str]


def first_plan(
    evaluation: Evaluation, calendar: Calendar, labels: Labels, say: Language, indicators: Indicators = CATALOGUE
) -> str:
    """A first plan: for up to three indicators, reach in a year what lies half-way from the average to the best usual.

    Such a target is inside what the process can do, and asks for more than it does; what is better than that already
    is left out. Indicators that changed for the worse come first, then rates, which compare over time better than
    counts. Empty where there is too little history.
    """
    due = calendar.shift(evaluation.period, _periods_in_a_year(evaluation.period))
    goals = {
        fact.indicator.replace(".", "_"): _goal(fact, evaluation.period, due, labels(fact), say)
        for fact in [fact for fact in candidates(evaluation, indicators) if _can_be_had(fact)][:MOST_GOALS]
    }
    if not goals:
        return ""
    begins = (evaluation.period.end).isoformat()
    return _dumped({"schema": str(SCHEMA), "in_force_from": begins, "goals": goals})


def candidates(evaluation: Evaluation, indicators: Indicators = CATALOGUE) -> list[Fact]:
    """The indicators that could be KPIs, the most urgent first: with a direction, a value and a usual range."""
    able = [
        fact
        for fact in evaluation.facts
        if fact.member is None
        and fact.better.sign
        and indicators[fact.indicator].change is None
        and fact.value.reason is None
        and fact.series.limits is not None
        and fact.series.limits.upper > fact.series.limits.lower
    ]
    once = {fact.indicator: fact for fact in able}
    return sorted(once.values(), key=lambda fact: (fact.signal.direction != "concern", fact.unit != SHARE))


def _goal(fact: Fact, start: Period, due: Period, label: str, say: Language) -> dict[str, object]:
    target = written(half_way(fact), fact)
    shown = in_words(fact, read_back(target, fact), say)
    statement = say("{label}: {target} by {day}", label=label, target=shown, day=say.day(due.window.last_day))
    kpi = {
        "indicator": fact.indicator,
        "cadence": start.grain,
        "baseline": start.key,
        "target": {"kind": "reach", "value": target, "by": due.key},
    }
    return {"statement": statement, "level": "organisation", "kpis": [kpi]}


def _can_be_had(fact: Fact) -> bool:
    """True where the target, rounded as a plan writes it, still lies between the average and the good end, and where
    the baseline, today's value, is not better already."""
    limits, between = fact.series.limits, usual_range(fact)
    assert limits and between
    aim = read_back(written(half_way(fact), fact), fact)
    start = max(limits.centre * fact.better.sign, (fact.value.value or 0.0) * fact.better.sign)
    return between[0] <= aim <= between[1] and aim * fact.better.sign > start


def _periods_in_a_year(period: Period) -> int:
    return {"day": 364, "week": 52, "month": 12, "quarter": 4}.get(period.grain, 1)


def next_plan(plan: Mapping[str, object], evaluation: Evaluation, labels: Labels, say: Language) -> str:
    """The next version of a plan: unchanged but for its first day, under remarks on what speaks for changes."""
    begins = evaluation.period.end
    remarks = [_remark(fact, labels(fact), say) for fact in attention(evaluation.kpis)] + list(_over(plan, begins, say))
    kept = {key: value for key, value in plan.items() if key != "decisions"}
    said = [f"# {remark}" for remark in remarks]
    return "\n".join([*said, _dumped({**kept, "in_force_from": begins.isoformat()})])


def _over(plan: Mapping[str, Any], begins: date, say: Language) -> Iterator[str]:
    """The goals whose time is over when the next version begins."""
    for goal in plan.get("goals", {}).values():
        until = date.fromisoformat(str(goal["until"])) if "until" in goal else None
        if until is not None and until < begins:
            found, way_out = say("Its time is over: {until}.", until=say.day(until)), say(_SET_NEXT)
            yield f"{say.own(goal['statement']).rstrip('.')}: {found} {way_out}"


def _remark(fact: Fact, label: str, say: Language) -> str:
    status = say(STATUSES[fact.status or ""])
    between = usual_over(fact)
    if between is None or not target_value(fact, say):
        return f"{label}: {status}"
    usual = [in_words(fact, each, say) for each in between]
    values = {"label": label, "status": status, "target": target_value(fact, say), "low": usual[0], "high": usual[1]}
    return say("{label}: {status}. Target {target}; usually {low} to {high}.", **values)


def _dumped(plan: Mapping[str, object]) -> str:
    return str(yaml.safe_dump(dict(plan), allow_unicode=True, sort_keys=False, width=100))
