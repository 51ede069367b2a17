"""Proposals to move budget between channels: to where it buys more or brings back more, and to where it is short."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import permutations

from kpikit.evaluation.facts import Fact, Part
from kpikit.evaluation.proposals.proposal import Edit, Proposal
from kpikit.evaluation.proposals.scene import Scene
from kpikit.evaluation.targets.ambition import read_back, written
from kpikit.indicators.framework import Direction
from kpikit.plans.aim import Aim
from kpikit.plans.plan import Kpi
from kpikit.words.units import MONEY

ATTENTION = ("ads.cost_per_click", "ads.cost_per_thousand_impressions")
"""Prices of what is no result: the cheapest clicks may be those of people who would have come anyway."""
LEAST_RATIO, LEAST_BOUGHT = 1.5, 10
"""One channel is dearer than another by so much at least, and each has bought so many."""
RETURN, CONVERSIONS = "ads.return_on_ad_spend", "ads.conversions"
LEAST_MOVED = 0.05
"""Less than this part of the smaller of two budgets is not worth a decision."""


def budgets(scene: Scene) -> Iterator[Proposal]:
    """All proposals of this kind; prices also of figures that are no KPIs, as long as a goal has them as PIs."""
    goals = {pi: goal for goal, pi in reversed(scene.plan.pis)} | {kpi.indicator: kpi.goal for kpi in scene.plan.kpis}
    once = {fact.name: fact for fact in reversed(scene.evaluation.facts)}
    returns = list(_returns(goals, once))
    yield from returns
    told = [{*each.members.values()} for each in returns]  # what comes back says more than what a thing costs
    for fact in reversed(once.values()):
        if fact.indicator in goals and fact.member is None:
            prices = _prices(goals[fact.indicator], fact)
            yield from (each for each in prices if {*each.members.values()} not in told)
    held = [each for each in scene.kpis if _is_budget(*each)]
    for short, left in permutations(held, 2):
        if (short[0].indicator, short[0].cadence) == (left[0].indicator, left[0].cadence):
            yield from _pacing(scene, short, left)


def _is_budget(kpi: Kpi, fact: Fact) -> bool:
    """True of what one channel may spend in each period: an amount that adds up, in a range to keep."""
    target = kpi.target
    ranged = target is not None and target.kind == "keep" and target.aim.kind == "range"
    return ranged and kpi.member is not None and fact.unit == MONEY and fact.adds_up


def _pacing(scene: Scene, short: tuple[Kpi, Fact], left: tuple[Kpi, Fact]) -> Iterator[Proposal]:
    """From a channel that comes to less than its budget to one that comes to more: so much that the sum stays."""
    most, least = _spent(short[1]), _spent(left[1])
    if most is None or least is None or not short[1].target or not left[1].target:
        return
    over, under = short[1].target.upper, left[1].target.value
    if over is None or under is None or most <= over or least >= under:
        return
    amount = read_back(written(min(most - over, under - least), short[1]), short[1])
    if amount < LEAST_MOVED * min(over, under):
        return
    edits = (*_moved(scene, *short, amount), *_moved(scene, *left, -amount))
    if amount > 0 and len(edits) == 2:
        numbers = {"amount": amount, "most": most, "least": least}
        yield Proposal("pace_budget", short[0].goal, short[1], left[1], numbers=numbers, edits=edits)


def _spent(fact: Fact) -> float | None:
    """What the period comes to: of a running one the middle of its outlook."""
    ahead, last = fact.outlook, fact.series.points[-1].period
    if ahead is not None and ahead.window == last.window and ahead.middle is not None:
        return ahead.middle
    return None if fact.value.reason else fact.value.value


def _moved(scene: Scene, kpi: Kpi, fact: Fact, by: float) -> Iterator[Edit]:
    """The range of a budget, moved, of a table those of the periods to come; nothing where there are none, or where one
    would go below zero."""
    assert kpi.target
    place, table = (*scene.place(kpi), "target"), kpi.target.table
    ahead = [each for each in table if each[0].start >= scene.evaluation.period.end]
    if any(float(aim.number) + by < 0 for aim in [aim for _, aim in ahead] or [kpi.target.aim]):
        return
    if ahead:
        kept = {period.key: _range(aim, 0.0, fact) for period, aim in table}
        yield Edit((*place, "values"), kept | {period.key: _range(aim, by, fact) for period, aim in ahead})
    elif not table:
        yield Edit((*place, "value"), _range(kpi.target.aim, by, fact))


def _range(aim: Aim, by: float, fact: Fact) -> str:
    """A range as a plan writes it, moved; one that stays keeps all its digits."""
    ends = (aim.number, aim.upper or aim.number)
    return "..".join(written(float(end) + by, fact) if by else str(end) for end in ends)


def _prices(goal: str, fact: Fact) -> Iterator[Proposal]:
    """From the dearest to the cheapest member of what each thing bought costs (an acquisition, a lead)."""
    is_price = fact.unit == MONEY and fact.better is Direction.LOWER
    counts_twice = fact.value.reason == "overlapping"  # each platform claims the same orders: their prices say little
    of_results = fact.indicator.startswith(("ads.", "marketing.")) and fact.indicator not in ATTENTION
    if not is_price or counts_twice or not of_results:
        return
    for dimension in dict.fromkeys(part.dimension for part in fact.parts):
        bought = [part for part in fact.parts if part.dimension == dimension and _bought(part) >= LEAST_BOUGHT]
        priced = sorted(bought, key=lambda part: part.value.value or 0.0)
        if len(priced) >= 2 and _dearer(priced[-1], priced[0]):
            least, most = priced[0], priced[-1]
            assert least.value.value is not None and most.value.value is not None
            yield Proposal(
                "move_budget", goal, fact,
                numbers={"least": least.value.value, "most": most.value.value},
                members={"member": f"{dimension}={least.member}", "opposite": f"{dimension}={most.member}"},
            )  # fmt: skip


def _bought(part: Part) -> float:
    """How many were bought; 0 where the price is not known in full."""
    return part.value.denominator or 0.0 if part.value.reason is None and part.value.value else 0.0


def _dearer(one: Part, other: Part) -> bool:
    """True where one price is above the other by more than chance explains (counts of Poisson, 95 %), and by much."""
    return _is_above(one, other, 1 / _bought(one) + 1 / _bought(other))


def _is_above(one: Part, other: Part, variance: float) -> bool:
    """``variance``: of the logarithm of how many times one is the other."""
    assert one.value.value is not None and other.value.value is not None
    ratio = one.value.value / other.value.value
    return ratio >= LEAST_RATIO and math.log(ratio) > 1.96 * math.sqrt(variance)


def _returns(goals: Mapping[str, str], facts: Mapping[str, Fact]) -> Iterator[Proposal]:
    """From the member whose ads bring back least for what they cost to the one that brings back most.

    What conversions bring differs too, by about as much as its average: that doubles the variance of their number.
    """
    fact, counted = facts.get(RETURN), facts.get(CONVERSIONS)
    if RETURN not in goals or fact is None or counted is None or fact.value.reason == "overlapping":
        return
    numbers = {(part.dimension, part.member): part.value.value or 0.0 for part in counted.parts if _is_told(part)}
    for dimension in dict.fromkeys(part.dimension for part in fact.parts):
        known = [part for part in fact.parts if part.dimension == dimension and _is_told(part) and part.value.value]
        known = [part for part in known if numbers.get((dimension, part.member), 0.0) >= LEAST_BOUGHT]
        ordered = sorted(known, key=lambda part: part.value.value or 0.0)
        if len(ordered) < 2:
            continue
        least, most = ordered[0], ordered[-1]
        variance = sum(2 / numbers[dimension, part.member] for part in (least, most))
        if _is_above(most, least, variance):
            assert least.value.value is not None and most.value.value is not None
            yield Proposal(
                "move_to_return", goals[RETURN], fact,
                numbers={"least": least.value.value, "most": most.value.value},
                members={"member": f"{dimension}={most.member}", "opposite": f"{dimension}={least.member}"},
            )  # fmt: skip


def _is_told(part: Part) -> bool:
    return part.value.reason is None and part.value.value is not None
