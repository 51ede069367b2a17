"""What of a client is due, late, missed or behind, beside the alarms of its process charts; the most serious first.

A target that is behind by less than chance explains is not said to be: half of all that go as planned are behind at any
time. What has been held against it is a value, or a sum of n of them, which spreads as the root of n; what is due by
the shape of an earlier time spreads as well, the less of it the nearer its end.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kpikit.evaluation.ceiling import is_passed, limit_of
from kpikit.evaluation.facts import Evaluation, Fact, Target
from kpikit.evaluation.forecast.outlook_words import chance_ahead
from kpikit.plans.plan import Plan
from kpikit.words.units import MONEY

KINDS = (
    "target_over", "limit_passed", "missed", "at_risk", "by_chance", "unreadable", "behind", "ended", "late",
    "review_due", "action_overdue", "plan_later", "no_plan",
)  # fmt: skip
RANKED = KINDS[:5]
"""Of these the most serious comes first; of all else what has been so for longest."""

NEVER_SENT = ("no_file", "no_slot")
LATE = (*NEVER_SENT, "no_data", "not_covered", "incomplete", "uneven")
"""Reasons for a missing value that somebody can mend: a file that is late, or one that was never sent."""

CHANCE = 2.0
"""So many standard deviations behind are left to chance: of what goes as planned, one in 44 is further behind."""
DOUBTFUL = 0.2
"""What is less likely to be reached is named, however small its gap is by now."""


@dataclass(frozen=True)
class Item:
    """Something that is due, late or missing, of a client or ("") of all. ``kind`` is one of `KINDS`; ``what`` says
    it in words. ``is_new``: of a limit, that it was passed in the period itself.
    """

    client: str
    kind: str
    fact: Fact | None = None
    day: date | None = None
    what: str = ""
    is_new: bool = False

    @property
    def is_call(self) -> bool:
        """True for what asks for a call today."""
        return self.kind == "target_over" or (self.kind == "limit_passed" and self.is_new)


def urgency(item: Item) -> tuple[int, float, float]:
    """What to order by, the most urgent first: by kind, then how unlikely the target is, then the size of its gap."""
    if item.kind not in RANKED or item.fact is None:
        return len(RANKED), 0.0, 0.0
    chance = chance_ahead(item.fact)
    return RANKED.index(item.kind), 0.5 if chance is None else round(chance, 1), -relative_gap(item.fact)


def relative_gap(fact: Fact) -> float:
    """How far a KPI is from where it should be, as a share of the larger of both: from 0 to 1, or 2 across zero."""
    target = fact.target
    if target is None or not target.gap or target.now is None or target.achieved is None:
        return 0.0
    return abs(target.gap) / max(abs(target.now), abs(target.achieved))


def is_range(fact: Fact) -> bool:
    """True for a target in a range that is kept in each period, as a media budget is: too little is as bad as too
    much."""
    return fact.target is not None and fact.target.kind == "keep" and fact.target.upper is not None


def dues(client: str, evaluation: Evaluation, plan: Plan | None, today: date) -> Iterator[Item]:
    """All that is due of a client under its plan."""
    for each in evaluation.ended:
        yield Item(client, "ended", day=each.last_day, what=each.source)
    if plan is None:
        yield Item(client, "no_plan")
        return
    for fact in evaluation.kpis:
        if is_late(fact, evaluation):
            yield Item(client, "late", fact)
        if fact.target is not None:
            yield from _held(client, evaluation, fact, fact.target)
    if plan.is_review_due(today):
        yield Item(client, "review_due", day=plan.review_due)
    yield from _overdue(client, today, plan)


def is_late(fact: Fact, evaluation: Evaluation) -> bool:
    """True for a value that lacks what should be there; while the period runs, more than the last day (week, month)."""
    value, period = fact.value, evaluation.period
    if value.reason not in LATE or period.is_complete(evaluation.as_of) or value.reason in NEVER_SENT:
        return value.reason in LATE
    passed = (evaluation.as_of - period.start).days + 1
    return int(value.expected * passed / period.window.days) - value.covered > 1


def _held(client: str, evaluation: Evaluation, fact: Fact, target: Target) -> Iterator[Item]:
    """What the target says: missed, at the end of its time or for good before it; missed in the period; or behind."""
    kept, last = target.kind == "keep", target.window.last_day
    if is_passed(fact):
        yield Item(client, "limit_passed", fact, last, is_new=_was_kept_before(fact))
    elif fact.status == "missed" and not kept and target.window.end == evaluation.period.end:
        yield Item(client, "target_over", fact, last)
    elif fact.status == "missed" and kept and _is_budget(fact):
        yield Item(client, "missed", fact, last)
    elif fact.status == "at_risk" and target.pace:
        yield Item(client, "by_chance" if _is_chance(fact, target, evaluation) else "at_risk", fact, last)


def _was_kept_before(fact: Fact) -> bool:
    """True where a limit that is passed was not yet passed before the period."""
    limit, target, value = limit_of(fact), fact.target, fact.value.value
    if limit is None or value is None or target is None or target.achieved is None:
        return False
    return target.achieved - value <= limit


def _is_budget(fact: Fact) -> bool:
    return is_range(fact) or (fact.unit == MONEY and limit_of(fact) is not None)


def _is_chance(fact: Fact, target: Target, evaluation: Evaluation) -> bool:
    """True where the gap is no more than chance explains, by the lines of the process chart; False without them."""
    chance, spread = chance_ahead(fact), _spread(fact, target)
    doubtful = chance is not None and chance < DOUBTFUL
    if spread is None or doubtful or fact.signal.direction == "concern":
        return False
    return abs(target.gap or 0.0) <= CHANCE * spread * math.sqrt(_values(target, evaluation))


def _spread(fact: Fact, target: Target) -> float | None:
    """The standard deviation of a period's value, a third of the way to its limit on the side of the gap."""
    for point in reversed(fact.series.points):
        if point.lower is not None and point.centre is not None and point.upper is not None:
            return ((point.upper - point.centre) if (target.gap or 0) > 0 else (point.centre - point.lower)) / 3
    return None


def _values(target: Target, evaluation: Evaluation) -> float:
    """How many periods' values have been held against what was due, counted by days; more where that spreads, too."""
    if target.kind != "cumulative":
        return target.passed
    last = target.until or min(evaluation.period.window.last_day, evaluation.as_of)
    days = (last - target.window.start).days + 1
    ahead = 0.0 if target.pace in ("linear", "table") else 1 - days / target.window.days
    return days / evaluation.period.window.days * (1 + ahead)


def _overdue(client: str, today: date, plan: Plan) -> Iterator[Item]:
    for goal in plan.goals:
        for action in goal.actions:
            if action.done is None and action.due is not None and action.due < today:
                what = action.what if isinstance(action.what, str) else next(iter(action.what.values()))
                yield Item(client, "action_overdue", day=action.due, what=f"{what} ({action.who})")
