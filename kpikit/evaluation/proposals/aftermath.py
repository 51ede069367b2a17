"""What came of actions and decisions: each KPI of their goal before and after, and whether a signal followed.

It is a comparison in time. That one came after the other proves no cause, and the words say so. Where the KPI has a
season, the periods after are held against the same ones of the year before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kpikit.evaluation.facts import Evaluation, Fact, Point
from kpikit.evaluation.values import average
from kpikit.plans.apart import meant
from kpikit.plans.plan import Decision, Plan
from kpikit.words.language import Wording
from kpikit.words.periods import Period, add_months

LOOKED_BACK = 12
"""How many periods before it are taken for the average before."""


@dataclass(frozen=True)
class Followed:
    """A KPI around the day of an action or a decision: averages of the judged periods wholly before and after it.

    ``done`` is False for an action that was due on that day, and that nobody has reported as done.
    ``rule`` and ``way`` are the last signal among the periods after, if any: +1 up, -1 down.
    ``a_year_apart``: before are the same periods as after, of the year before.
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
    a_year_apart: bool = False


@dataclass(frozen=True)
class _Change:
    """An action or a decision, with the KPIs that it can be held against; ``on`` is None where no day is named."""

    what: Wording
    who: str
    on: date | None
    about: tuple[Fact, ...]
    done: bool = True


def followed(versions: Sequence[Plan], evaluation: Evaluation) -> list[Followed]:
    """What came of the actions that are done or were due, and of decisions about a KPI, oldest first.

    An action that several versions of the plan name is taken as the last of them has it.
    """
    found = (_around(one, fact, evaluation.as_of) for one in _changes(versions, evaluation) for fact in one.about)
    return sorted(filter(None, found), key=lambda each: each.on)


def about_kpis(versions: Sequence[Plan], evaluation: Evaluation) -> set[bool]:
    """Whether actions and decisions are about a KPI of the plan: each answer that there is; what is about none cannot
    be followed."""
    return {bool(one.about) for one in _changes(versions, evaluation)}


def _changes(versions: Sequence[Plan], evaluation: Evaluation) -> list[_Change]:
    """The actions of all versions, and the decisions but those that left all as it was; each once."""
    once: dict[object, _Change] = {}
    for plan in versions:
        for goal in plan.goals:
            about = tuple(fact for fact in evaluation.kpis if fact.goal == goal.key)
            for action in goal.actions:
                day, done = action.done or action.due, action.done is not None
                once[goal.key, str(action.what)] = _Change(action.what, action.who, day, about, done)
        for decision in plan.decisions:
            if decision.answer in ("accepted", "changed", None):
                key = decision.on, str(decision.what), decision.proposal
                once[key] = _Change(decision.what, decision.by, decision.on, _about(decision, evaluation.kpis))
    return [*once.values()]


def _about(decision: Decision, kpis: Sequence[Fact]) -> tuple[Fact, ...]:
    """The KPI that a decision is about: its proposal names it, with the number of an action behind it or without."""
    named = re.sub(r":[0-9]+$", "", (decision.proposal or "").partition(":")[2])
    own = meant(named, {fact.key: fact.name for fact in kpis})
    return tuple(fact for fact in kpis if fact.key == own)


def _around(change: _Change, fact: Fact, as_of: date) -> Followed | None:
    """The KPI around the day of a change; None where no day is named, or no period is over on either side of it."""
    day = change.on
    if day is None or day > as_of:
        return None
    judged = [point for point in fact.series.known if point.judged and point.value.value is not None]
    after = [point for point in judged if point.period.start >= day]
    before = [point for point in judged if point.period.end <= day]
    seasonal = "season" in fact.series.chart.follows
    before, after = _a_year_apart(before, after) if seasonal else (before[-LOOKED_BACK:], after)
    if not before or not after:
        return None
    signal = next((each for each in reversed(after) if each.since and each.since.start >= day), None)
    return Followed(
        change.what, change.who, day, fact, average(before), average(after), len(before), len(after),
        signal.signal if signal else None, signal.way if signal else 0, change.done, seasonal,
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
