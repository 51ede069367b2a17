"""What came of actions and decisions: each KPI of their goal before and after, and whether a signal followed.

It is a comparison in time. That one came after the other proves no cause, and the words say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import fmean

from kpikit.evaluation.facts import Evaluation, Fact, Point
from kpikit.plans.plan import Plan
from kpikit.words.language import Wording

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
    """What came of the actions that are done or were due, and of decisions about a KPI, oldest first."""
    found = [each for plan in versions for each in _of_plan(plan, evaluation)]
    once = {(each.on, str(each.what), each.fact.key): each for each in found}
    return sorted(once.values(), key=lambda each: each.on)


def _of_plan(plan: Plan, evaluation: Evaluation) -> Iterator[Followed]:
    for goal in plan.goals:
        for action in goal.actions:
            day = action.done or action.due
            for fact in evaluation.kpis if day else ():
                if fact.goal == goal.key and day:
                    found = _around(action.what, action.who, day, fact, evaluation.as_of)
                    yield from (replace(each, done=action.done is not None) for each in found)
    for decision in plan.decisions:
        about = (decision.proposal or "").partition(":")[2]
        for fact in evaluation.kpis:
            if decision.answer in ("accepted", "changed") and about in (fact.key, fact.indicator):
                yield from _around(decision.what, decision.by, decision.on, fact, evaluation.as_of)


def _around(what: Wording, who: str, day: date, fact: Fact, as_of: date) -> Iterator[Followed]:
    judged = [point for point in fact.series.points if point.judged and point.value.value is not None]
    before = [point for point in judged if point.period.end <= day][-LOOKED_BACK:]
    after = [point for point in judged if point.period.start >= day]
    if day > as_of or not before or not after:
        return
    signal = next((point for point in reversed(after) if point.signal), None)
    yield Followed(
        what, who, day, fact, _mean(before), _mean(after), len(before), len(after),
        signal.signal if signal else None, signal.way if signal else 0,
    )  # fmt: skip


def _mean(points: Sequence[Point]) -> float:
    return fmean(point.value.value for point in points if point.value.value is not None)
