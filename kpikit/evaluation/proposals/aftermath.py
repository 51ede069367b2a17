"""What came of actions and decisions: each KPI of their goal before and after, and whether a signal followed.

It is a comparison in time. That one came after the other proves no cause, and the words say so. Where the KPI has a
season, the periods after are held against the same ones of the year before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kpikit.evaluation.facts import Evaluation, Fact, Point
from kpikit.evaluation.values import average
from kpikit.plans.apart import meant
from kpikit.plans.plan import Plan
from kpikit.words.language import Wording
from kpikit.words.periods import Period, add_months

LOOKED_BACK = 12
"""How many periods before it are taken for the average before."""


@dataclass(frozen=True)
class Followed:
    """A KPI around the day of an action or a decision: averages of the judged periods wholly before and after it.

    ``done`` is False for an action that was due on that day, and that nobody has reported as done.
    ``rule`` and ``way`` are the last signal among the periods after, if any: +1 up, -1 down.
    """

    what: Wording
    who: str
    on: date
    fact: Fact
    before: float
    after: float
    periods_before: int
    periods_after: int
    rule: str | None
    way: int
    done: bool = True


def followed(versions: Sequence[Plan], evaluation: Evaluation) -> list[Followed]:
    """What came of the actions that are done or were due, and of decisions about a KPI, oldest first.

    An action that several versions of the plan name is taken as the last of them has it.
    """
    once = dict(each for plan in versions for each in _of_plan(plan, evaluation))
    return sorted(once.values(), key=lambda each: each.on)


def _of_plan(plan: Plan, evaluation: Evaluation) -> Iterator[tuple[object, Followed]]:
    """What came of one version, each with what tells it from all others."""
    for goal in plan.goals:
        for action in goal.actions:
            day = action.done or action.due
            for fact in evaluation.kpis if day else ():
                if fact.goal == goal.key and day:
                    found = _around(action.what, action.who, day, fact, evaluation.as_of)
                    key = (goal.key, str(action.what), fact.key)
                    yield from ((key, replace(each, done=action.done is not None)) for each in found)
    for decision in plan.decisions:
        about = meant((decision.proposal or "").partition(":")[2], {fact.key: fact.name for fact in evaluation.kpis})
        for fact in evaluation.kpis:
            if decision.answer in ("accepted", "changed") and about == fact.key:
                found = _around(decision.what, decision.by, decision.on, fact, evaluation.as_of)
                yield from (((decision.on, str(decision.what), fact.key), each) for each in found)


def _around(what: Wording, who: str, day: date, fact: Fact, as_of: date) -> Iterator[Followed]:
    judged = [point for point in fact.series.known if point.judged and point.value.value is not None]
    after = [point for point in judged if point.period.start >= day]
    before = [point for point in judged if point.period.end <= day]
    seasonal = "season" in fact.series.chart.follows
    before, after = _a_year_apart(before, after) if seasonal else (before[-LOOKED_BACK:], after)
    if day > as_of or not before or not after:
        return
    signal = next((each for each in reversed(after) if each.since and each.since.start >= day), None)
    yield Followed(
        what, who, day, fact, average(before), average(after), len(before), len(after),
        signal.signal if signal else None, signal.way if signal else 0,
    )  # fmt: skip


def _a_year_apart(before: Sequence[Point], after: Sequence[Point]) -> tuple[list[Point], list[Point]]:
    """The same periods a year before, and the periods after: those that have both."""
    known = {point.period.start: point for point in before}
    pairs = [(known.get(a_year_before(point.period)), point) for point in after]
    both = [(earlier, point) for earlier, point in pairs if earlier]
    return [earlier for earlier, _ in both], [point for _, point in both]


def a_year_before(period: Period) -> date:
    """The first day of the same period a year before; of days and weeks 364 days."""
    return period.start - timedelta(364) if period.grain in ("day", "week") else add_months(period.start, -12)
