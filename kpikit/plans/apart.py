"""KPIs of one indicator and member in a plan: what tells them apart, in the keys they are known by and in words.

A year's sum beside what each quarter is to reach, or the same figure in two goals: each has proposals, a status and a
label of its own. A KPI that is the only one of its indicator and member needs nothing of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kpikit.plans.plan import Kpi, Plan
from kpikit.words.language import Wording
from kpikit.words.periods import Period
from kpikit.words.record import Record

MARK = "@"
"""What stands in a key between the indicator and what tells its KPIs apart."""


@dataclass(frozen=True, repr=False)
class Apart(Record):
    """``mark`` tells it apart in keys, and stays the same when the target is renewed. The words for people are as few
    as are needed: what it is added up ``over``, or the ``cadence``; the day that it is reached ``by``; the statement
    of its ``goal``; a ``number``.
    """

    mark: str
    over: Period | None = None
    cadence: str | None = None
    by: date | None = None
    goal: Wording | None = None
    number: int | None = None


def apart(plan: Plan) -> list[Apart | None]:
    """What tells each KPI of the plan apart, in its order; None where no other has its indicator and member."""
    said = {goal.key: goal.statement for goal in plan.goals}
    alike: dict[str, list[int]] = {}
    for at, kpi in enumerate(plan.kpis):
        alike.setdefault(kpi.key, []).append(at)
    found: dict[int, Apart] = {}
    for places in alike.values():
        if len(places) > 1:
            found |= zip(places, _told([plan.kpis[at] for at in places], said), strict=True)
    return [found.get(at) for at in range(len(plan.kpis))]


def _told(kpis: Sequence[Kpi], said: Mapping[str, Wording]) -> list[Apart]:
    """All KPIs of one indicator and member, told apart by as little as does it."""
    marks = [".".join(filter(None, [kpi.goal, kpi.target.kind if kpi.target else "", kpi.cadence])) for kpi in kpis]
    numbers = [marks[: at + 1].count(mark) for at, mark in enumerate(marks)]
    marks = [mark if number == 1 else f"{mark}.{number}" for mark, number in zip(marks, numbers, strict=True)]
    several = [[_words(kpi, said, words) for kpi in kpis] for words in (1, 2, 3)]
    ways = next((each for each in several if all(each.count(one) == 1 for one in each)), None)
    if ways is None:
        ways = [(*way[:-1], number) for number, way in enumerate(several[-1], 1)]
    return [Apart(mark, *way) for mark, way in zip(marks, ways, strict=True)]


def _words(
    kpi: Kpi, said: Mapping[str, Wording], words: int
) -> tuple[Period | None, str | None, date | None, Wording | None, int | None]:
    target = kpi.target
    over = target.period if target and target.kind == "cumulative" else None
    by = target.period if target and target.kind == "reach" and words > 1 else None
    goal = said[kpi.goal] if words > 2 else None
    return over, None if over else kpi.cadence, by.window.last_day if by else None, goal, None


def meant(key: str, names: Mapping[str, str]) -> str | None:
    """Which key is meant, where ``names`` has each key with what it is without its mark: that very key; else, of one
    from when the plan had more KPIs of the indicator, or fewer, the only one of that name; None where there is none.

    >>> meant("sales.orders", {"sales.orders@grow.keep.month": "sales.orders"})
    'sales.orders@grow.keep.month'
    """
    own = [each for each, name in names.items() if key == name or key.startswith(name + MARK)]
    return key if key in names else own[0] if len(own) == 1 else None
