"""The SMART check: is a goal specific, measurable, attainable, relevant and time-bound? Findings, each with a way out.

What is attainable is held against the natural limits of the process and against what was ever reached.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from kpikit.evaluation.facts import Evaluation, Fact, Target
from kpikit.evaluation.figures import told_apart
from kpikit.evaluation.forecast.outlook_words import probability_words
from kpikit.evaluation.targets.summed import best_run, met_in_all, runs, usual_over, was_reached, whole
from kpikit.evaluation.targets.usual import (
    ALWAYS,
    NEVER,
    aimed,
    usual_range,
)
from kpikit.plans.plan import Goal, Plan
from kpikit.words.language import Language
from kpikit.words.texts import N_

LETTERS = {
    "S": N_("Specific"),
    "M": N_("Measurable"),
    "A": N_("Attainable"),
    "R": N_("Relevant"),
    "T": N_("Time-bound"),
}

FINDINGS = {
    "no_kpi": ("S", N_("It has neither a KPI nor a goal below it."),
               N_("Name the KPI that shows whether it is reached, or break it down into goals.")),
    "no_owner": ("S", N_("Nobody answers for it."), N_("Name one owner.")),
    "not_agreed": ("S", N_("It does not say who agreed to it."),
                   N_("Agree on it with those who work for it, and write down who and when under {agreed}.")),
    "no_target": ("M", N_("{kpi} has no target."), N_("Say what is to be reached.")),
    "no_baseline": ("M", N_("{kpi} has no baseline to compare with."),
                    N_("Name the period, or the value, that it starts from.")),
    "baseline_missing": ("M", N_("{kpi} has no value in the period of its baseline."),
                         N_("Choose a period that the sources cover.")),
    "baseline_zero": ("M", N_("{kpi} starts from zero or less, of which no percentage can be taken."),
                      N_("Write what is to be reached, under {value}.")),
    "not_measured": ("M", N_("{kpi} has no value in this period."), N_("Complete the source, or choose another KPI.")),
    "impossible": ("A", N_("{kpi}: the target lies outside what is possible."),
                   N_("Choose a target that can be reached.")),
    "too_big": ("A", N_("{kpi}: {target} lies beyond what the process does by itself (usually {low} to {high}) and "
                        "beyond the best value so far, {best}."),
                N_("Change how the work is done, and say so in the actions; or choose a less ambitious target, "
                   "or give it time.")),
    "too_small": ("A", N_("{kpi}: {target} asks for nothing new. It is met by all that is usual ({low} to {high})."),
                  N_("Choose a more ambitious target, or a KPI that still has something to gain.")),
    "unlikely": ("A", N_("{kpi}: on the present course the probability of reaching {target} by {until} is {chance}."),
                 N_("Change how the work is done, and say so in the actions; or choose a less ambitious target, "
                    "or give it time.")),
    "was_unlikely": ("A", N_("{kpi}: seen from {last}, the probability of having reached {target} by {until} was "
                             "{chance}."),
                     N_("Set the next target by what the process gives, or change how the work is done.")),
    "range_too_far": ("A", N_("{kpi}: {lower} to {upper} lies outside what the process does by itself (usually {low} "
                              "to {high}) and outside all values so far ({least} to {most})."),
                      N_("Change how the work is done, and say so in the actions; or begin with a range that is closer "
                         "to what is usual.")),
    "range_too_wide": ("A", N_("{kpi}: {lower} to {upper} asks for nothing new. All that is usual ({low} to {high}) "
                               "lies inside it."),
                       N_("Narrow the range, or choose a KPI that still has something to gain.")),
    "range_worse": ("A", N_("{kpi}: {lower} to {upper} is worse than all that is usual ({low} to {high})."),
                    N_("Choose a more ambitious range.")),
    "no_gain": ("A", N_("{kpi}: {target} is no better than the baseline, {baseline}."),
                N_("Choose a more ambitious target.")),
    "not_known": ("A", N_("{kpi} has too short a history to tell what is attainable."),
                  N_("Collect six complete periods or more, and set the target then.")),
    "rare_events": ("A", N_("{kpi}: its events are too rare to tell what is usual in a period."),
                    N_("Take a longer period, or a KPI of what happens more often; it takes six events at least, and "
                       "most periods with one.")),
    "no_means": ("A", N_("It does not say with which resources and skills it is reached."),
                 N_("Write down the resources and skills under {means}.")),
    "no_parent": ("R", N_("It does not say which goal it serves."), N_("Name the goal above it as its parent.")),
    "no_vision": ("R", N_("The plan has no vision that it could agree with."), N_("Write down the vision.")),
    "no_reason": ("R", N_("It does not say how it serves what stands above it."),
                  N_("Write down in a sentence how it serves it, under {serves}.")),
    "no_end": ("T", N_("{kpi} has a target without an end."), N_("Say until when it holds, under {until}.")),
    "no_frame": ("T", N_("It has no time frame."), N_("Say until when it is to be reached, under {until}.")),
    "ends_before": ("T", N_("It ends before the time of the target for {kpi} is over: {until}."),
                    N_("Let {until} be no earlier than that day, and the statement speak of it.")),
    "over_before": ("T", N_("{kpi}: the time of its target was over on {until}, before this version came into force."),
                    N_("Set the next target, or leave this one to the version before.")),
    "over": ("T", N_("Its time is over: {until}."), N_("Review the plan, and set the next target.")),
}  # fmt: skip
"""Code -> its letter, what was found, and the way out."""

KEYS = ("agreed", "value", "means", "serves", "until")
"""The keys of a plan that the ways out name."""

HARDLY = 0.1
"""A target that is less likely than this on the present course is no longer called attainable."""


@dataclass(frozen=True)
class Finding:
    """One finding of a goal. ``fact`` is the KPI that it is about, if any; ``numbers`` fill the places in its text."""

    goal: str
    code: str
    fact: Fact | None = None
    numbers: Mapping[str, float] = field(default_factory=dict)
    until: date | None = None

    @property
    def letter(self) -> str:
        """The letter of SMART that it belongs to."""
        return FINDINGS[self.code][0]


def finding_words(
    finding: Finding, label: str, say: Language, fields: Mapping[str, str] | None = None
) -> tuple[str, str]:
    """What was found and the way out, in words; ``label`` is the KPI's, where the finding is about one.

    The way out names a key of the plan's file; or, where a person fills in a form, what ``fields`` calls it there.
    """
    _, found, way_out = FINDINGS[finding.code]
    numbers = told_apart(finding.fact, finding.numbers, say) if finding.fact else {}
    until = "" if finding.until is None else say.day(finding.until)
    outlook = finding.fact.outlook if finding.fact else None
    chance = probability_words(outlook.probability, say) if outlook and outlook.probability is not None else ""
    named = {key: f'"{fields[key]}"' if fields else f"'{key}'" for key in KEYS}
    last = say.period(finding.fact.series.points[-1].period) if finding.fact else ""
    return say(found, kpi=label, until=until, chance=chance, last=last, **numbers), say(way_out, **named)


def check(plan: Plan, evaluation: Evaluation) -> list[Finding]:
    """All findings of a plan, goal by goal, in the order of the letters. A goal without findings is SMART."""
    found = [finding for goal in plan.goals for finding in _check(goal, plan, evaluation)]
    order = [goal.key for goal in plan.goals]
    return sorted(found, key=lambda each: (order.index(each.goal), list(LETTERS).index(each.letter)))


def _check(goal: Goal, plan: Plan, evaluation: Evaluation) -> Iterator[Finding]:
    facts = [fact for fact in evaluation.kpis if fact.goal == goal.key]
    codes = [*_specific(goal, plan), *_relevant(goal, plan), *(["no_means"] if goal.means is None else [])]
    yield from (Finding(goal.key, code) for code in codes)
    for fact in facts:
        yield from _measurable(goal, fact)
        yield from _attainable(goal, fact)
    yield from _time_bound(goal, facts, plan, evaluation)


def _specific(goal: Goal, plan: Plan) -> Iterator[str]:
    if not goal.kpis and not plan.children(goal.key):
        yield "no_kpi"
    if goal.owner is None:
        yield "no_owner"
    if goal.agreed is None:
        yield "not_agreed"


def _relevant(goal: Goal, plan: Plan) -> Iterator[str]:
    if goal.parent is None and goal.level != "organisation":
        yield "no_parent"
    elif goal.parent is None and plan.vision is None:
        yield "no_vision"
    elif goal.serves is None:
        yield "no_reason"


def _measurable(goal: Goal, fact: Fact) -> Iterator[Finding]:
    if fact.target is None:
        yield Finding(goal.key, "no_target", fact)
    elif not fact.target.has_baseline:
        yield Finding(goal.key, "no_baseline", fact)
    elif fact.target.baseline is None:
        yield Finding(goal.key, "baseline_missing", fact)
    elif fact.target.value is None and fact.target.reason != "impossible_target":
        yield Finding(goal.key, "baseline_zero", fact)
    if fact.value.value is None:
        yield Finding(goal.key, "not_measured", fact)


def _attainable(goal: Goal, fact: Fact) -> Iterator[Finding]:
    target = fact.target
    if target is not None and target.reason == "impossible_target":
        yield Finding(goal.key, "impossible", fact)
    if target is None or aimed(fact) is None:
        return
    if usual_range(fact) is None:
        yield Finding(goal.key, "rare_events" if fact.series.chart.spacing else "not_known", fact)
    elif code := _unfit_value(fact) if target.upper is None else _unfit_range(fact):
        yield Finding(goal.key, code, fact, _numbers(fact))
    elif numbers := _no_gain(fact, target):
        yield Finding(goal.key, "no_gain", fact, numbers)
    elif _unlikely(fact) and target.value is not None:
        code = "was_unlikely" if fact.outlook and fact.outlook.over else "unlikely"
        yield Finding(goal.key, code, fact, {"target": target.value}, target.window.last_day)


def _unlikely(fact: Fact) -> bool:
    """True where a target to come will hardly be reached on the present course; one to keep is held against what is
    usual."""
    outlook = fact.outlook
    if outlook is None or outlook.probability is None or outlook.kind == "keep":
        return False
    return outlook.probability < HARDLY


def _no_gain(fact: Fact, target: Target) -> dict[str, float]:
    """Target and baseline, where the one is no better than the other and was not only to be kept; else nothing."""
    if target.kind == "keep" or target.baseline is None or target.value is None:
        return {}
    gain = (target.value - target.baseline) * fact.better.sign
    return {} if gain > 0 else {"target": target.value, "baseline": target.baseline}


def _unfit_value(fact: Fact) -> str | None:
    """Why a target value is not attainable, or not worth it; None where it is fine."""
    met = met_in_all(fact)
    if met == NEVER and not was_reached(fact):
        return "too_big"
    return "too_small" if met == ALWAYS else None


def _unfit_range(fact: Fact) -> str | None:
    """The same of a range, by both its ends: as wide as all that is usual, on its worse side, or out of reach."""
    met, asked, between = met_in_all(fact), whole(fact), _usual(fact)
    assert asked and asked.lower is not None and asked.upper is not None
    if met == ALWAYS:
        return "range_too_wide"
    worse = {1: asked.upper < between[0], -1: asked.lower > between[1], 0: False}[fact.better.sign]
    if worse:
        return "range_worse"
    return "range_too_far" if met == NEVER and not was_reached(fact) else None


def _numbers(fact: Fact) -> dict[str, float]:
    """All numbers that a finding about a target's size may name."""
    asked, between, values = whole(fact), _usual(fact), runs(fact)
    assert asked
    ends = {"lower": asked.lower, "upper": asked.upper, "target": asked.lower if asked.upper is None else asked.upper}
    seen = {"low": between[0], "high": between[1], "least": min(values), "most": max(values)}
    return {name: end for name, end in ends.items() if end is not None} | seen | {"best": best_run(fact)}


def _usual(fact: Fact) -> tuple[float, float]:
    """What is usual in the whole time of the target, of a fact that has a usual range."""
    return usual_over(fact) or (math.nan, math.nan)


def _is_over(fact: Fact, day: date) -> bool:
    """True where the time of a target, of one that has an end, was over before a day."""
    return fact.target is not None and fact.target.kind != "keep" and fact.target.window.last_day < day


def _last_day(fact: Fact) -> date | None:
    return fact.target.window.last_day if fact.target else None


def _time_bound(goal: Goal, facts: list[Fact], plan: Plan, evaluation: Evaluation) -> Iterator[Finding]:
    before = [fact for fact in facts if _is_over(fact, plan.in_force_from)]
    yield from (Finding(goal.key, "over_before", fact, until=_last_day(fact)) for fact in before)
    if goal.until is not None:
        yield from _over_too_soon(goal, goal.until, facts, evaluation)
        return
    if all(fact.target is None for fact in facts):
        yield Finding(goal.key, "no_frame")
    for fact in facts:
        if fact.target is not None and fact.target.kind == "keep":
            yield Finding(goal.key, "no_end", fact)
        elif fact not in before and _is_over(fact, evaluation.as_of):
            yield Finding(goal.key, "over", fact, until=_last_day(fact))


def _over_too_soon(goal: Goal, until: date, facts: list[Fact], evaluation: Evaluation) -> Iterator[Finding]:
    """What is wrong with the day on which a goal ends: it lies behind us, or before the end of a target."""
    if until < evaluation.as_of:
        yield Finding(goal.key, "over", until=until)
        return
    for target, fact in ((fact.target, fact) for fact in facts):
        if target is not None and target.kind != "keep" and until < target.window.last_day:
            yield Finding(goal.key, "ends_before", fact, until=target.window.last_day)
