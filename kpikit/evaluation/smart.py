"""The SMART check: is a goal specific, measurable, attainable, relevant and time-bound? Findings, each with a way out.

What is attainable is held against the natural limits of the process and against what was ever reached.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from kpikit.evaluation.facts import Evaluation, Fact
from kpikit.plans.plan import Goal, Plan
from kpikit.words.language import Language
from kpikit.words.periods import Calendar
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
                   N_("Agree on it with those who work for it, and write down who and when.")),
    "no_target": ("M", N_("{kpi} has no target."), N_("Say what is to be reached.")),
    "no_baseline": ("M", N_("{kpi} has no baseline to compare with."),
                    N_("Name the period, or the value, that it starts from.")),
    "baseline_missing": ("M", N_("{kpi} has no value in the period of its baseline."),
                         N_("Choose a period that the sources cover.")),
    "baseline_zero": ("M", N_("{kpi} starts from zero or less, of which no percentage can be taken."),
                      N_("Write what is to be reached, under 'value'.")),
    "not_measured": ("M", N_("{kpi} has no value in this period."), N_("Complete the source, or choose another KPI.")),
    "impossible": ("A", N_("{kpi}: the target lies outside what is possible."),
                   N_("Choose a target that can be reached.")),
    "too_big": ("A", N_("{kpi}: {target} lies beyond what the process does by itself (usually {low} to {high}) and "
                        "beyond the best value so far, {best}."),
                N_("Change how the work is done, and say so in the actions; or lower the target, or give it time.")),
    "too_small": ("A", N_("{kpi}: {target} asks for nothing new. It is met by all that is usual ({low} to {high})."),
                  N_("Aim higher, or choose a KPI that still has something to gain.")),
    "no_gain": ("A", N_("{kpi}: {target} is no better than the baseline, {baseline}."), N_("Aim higher.")),
    "not_known": ("A", N_("{kpi} has too short a history to tell what is attainable."),
                  N_("Collect six complete periods or more, and set the target then.")),
    "no_means": ("A", N_("It does not say with which resources and skills it is reached."),
                 N_("Write down the resources and skills under 'means'.")),
    "no_parent": ("R", N_("It does not say which goal it serves."), N_("Name the goal above it as its parent.")),
    "no_vision": ("R", N_("The plan has no vision that it could agree with."), N_("Write down the vision.")),
    "no_reason": ("R", N_("It does not say how it serves what stands above it."),
                  N_("Write down in a sentence how it serves it, under 'serves'.")),
    "no_end": ("T", N_("{kpi} has a target without an end."), N_("Say until when it holds, under 'until'.")),
    "no_frame": ("T", N_("It has no time frame."), N_("Say until when it is to be reached, under 'until'.")),
    "over": ("T", N_("Its time is over: {until}."), N_("Review the plan, and set the next target.")),
}  # fmt: skip
"""Code -> its letter, what was found, and the way out."""


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


def finding_words(finding: Finding, label: str, say: Language) -> tuple[str, str]:
    """What was found and the way out, in words; ``label`` is the KPI's, where the finding is about one."""
    _, found, way_out = FINDINGS[finding.code]
    numbers = _numbers(finding, say) if finding.fact else {}
    until = "" if finding.until is None else say.day(finding.until)
    return say(found, kpi=label, until=until, **numbers), say(way_out)


def _numbers(finding: Finding, say: Language) -> dict[str, str]:
    fact = finding.fact
    assert fact
    return {name: say.value(number, fact.unit, fact.currency) for name, number in finding.numbers.items()}


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
    yield from _time_bound(goal, facts, evaluation)


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
    target, limits, sign = fact.target, fact.series.limits, fact.better.sign
    if target is not None and target.reason == "impossible_target":
        yield Finding(goal.key, "impossible", fact)
    if target is None or target.value is None or target.reason == "other_cadence" or not sign:
        return
    if limits is None:
        yield Finding(goal.key, "not_known", fact)
        return
    easier = target.value if target.upper is None or sign > 0 else target.upper  # the end of a range that is nearer
    aim = easier / _periods(fact) if target.kind == "cumulative" else easier
    best = best_so_far(fact)
    good, bad = (limits.upper, limits.lower) if sign > 0 else (limits.lower, limits.upper)
    numbers = {"target": aim, "low": limits.lower, "high": limits.upper, "best": best}
    if (aim - good) * sign > 0 and (aim - best) * sign > 0:
        yield Finding(goal.key, "too_big", fact, numbers)
    elif (bad - aim) * sign >= 0:
        yield Finding(goal.key, "too_small", fact, numbers)
    elif target.kind != "keep" and target.baseline is not None and (target.baseline - target.value) * sign >= 0:
        yield Finding(goal.key, "no_gain", fact, {"target": target.value, "baseline": target.baseline})


def best_so_far(fact: Fact) -> float:
    """The best value among the judged points of a series, of which there is at least one."""
    known = [point.value.value for point in fact.series.points if point.judged and point.value.value is not None]
    return max(known, key=lambda value: value * fact.better.sign)


def _periods(fact: Fact) -> int:
    """How many periods of the series a cumulative target is added up over."""
    assert fact.target
    calendar = Calendar(fact.target.window.start.month)  # fiscal years, where they are the periods, begin with it
    return len(calendar.within(fact.series.points[-1].period.grain, fact.target.window))


def _time_bound(goal: Goal, facts: list[Fact], evaluation: Evaluation) -> Iterator[Finding]:
    if goal.until is not None and goal.until < evaluation.as_of:
        yield Finding(goal.key, "over", until=goal.until)
    if goal.until is not None:
        return
    if all(fact.target is None for fact in facts):
        yield Finding(goal.key, "no_frame")
    for fact in facts:
        if fact.target is not None and fact.target.kind == "keep":
            yield Finding(goal.key, "no_end", fact)
        elif fact.target is not None and fact.target.window.last_day < evaluation.as_of:
            yield Finding(goal.key, "over", fact, until=fact.target.window.last_day)
