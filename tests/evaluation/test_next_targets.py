"""Which target follows one that is over or out of reach, and which is not proposed: it would be no step forward."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kpikit.evaluation.proposals.choice import Choice, chosen, next_document
from kpikit.evaluation.proposals.find import proposals
from kpikit.evaluation.proposals.proposal import proposal_words
from kpikit.evaluation.targets.ambition import best_usual, half_way
from kpikit.evaluation.targets.usual import usual_range
from kpikit.plans.read import read_plans
from kpikit.plans.versions import plan_text
from kpikit.words.language import Language
from tests.evaluation.scenes import STEADY, ids, keep, one, reach, scene
from tests.histories import CALENDAR, History, monthly, save

QUARTER = "{indicator: sales.orders, cadence: quarter, target: {kind: reach, value: 300, by: 2024-Q4}}"


def total(value: object, indicator: str = "sales.orders", more: str = "") -> str:
    return keep(value, indicator).replace("kind: keep", f"kind: cumulative, over: 2024{more}")


def test_a_quarter_is_told_nothing_from_months(tmp_path: Path) -> None:
    """312 orders in the quarter, where a month brings 103."""
    shifted = [*monthly(100, 102, 98, months=13), *monthly(130, 132, 128, months=11)]
    for number, orders in enumerate((STEADY, shifted)):
        assert ids(scene(tmp_path / str(number), QUARTER, orders=orders)) == []
    # quarters of 314, 308, 302 and 312, again and again: 309 on average, 2.66 x 46 / 7 = 17.5 to each side
    found = scene(tmp_path / "quarters", QUARTER)
    quarters = replace(found, evaluation=History({"orders": STEADY}).evaluate(found.plan, "2024-Q4"))
    assert one(quarters, "renew_target:sales.orders").numbers["proposed"] == 318  # 309 and half of 17.5


def test_what_was_exceeded_is_not_renewed_as_something_easier(tmp_path: Path) -> None:
    """116 in December, where half-way to the best that is usual is 112."""
    found = scene(tmp_path, reach(115, "2024-12"), orders=[*STEADY[:23], 116])
    renewed = one(found, "renew_target:sales.orders")
    assert renewed.fact.status == "exceeded" and half_way(renewed.fact) < 113
    assert renewed.numbers["proposed"] == 115


@pytest.mark.parametrize(
    ("metric", "before", "after", "asked", "expected"),
    [
        # 106 a month, 6.0 to each side: 1,251 to 1,293 in a year; six times 110 and 112 are 1,332
        ("orders", (100, 102), (110, 112), 1000, 1332),
        ("cancellations", (20, 22), (10, 12), 200, 132),  # fewer are better: 16 a month, 171 to 213 in a year
        # 101 a month, 2.66 x 2 to each side: 12 x 101, and the root of 12 times half of 5.32
        ("orders", (100, 102), (100, 102), 1000, round(12 * 101 + 12**0.5 * 2.66)),
    ],
)
def test_a_sum_that_was_better_than_usual_is_where_the_next_begins(
    tmp_path: Path, metric: str, before: tuple[int, int], after: tuple[int, int], asked: int, expected: int
) -> None:
    figures = {"orders": STEADY} | {metric: [*monthly(*before, months=12), *monthly(*after, months=12)]}
    found = scene(tmp_path, total(asked, f"sales.{metric}"), **figures)
    assert one(found, f"renew_target:sales.{metric}").numbers["proposed"] == expected


def test_the_next_target_keeps_the_pace_of_the_one_before(tmp_path: Path) -> None:
    kpi = total(1000, more=", pace: last_year").replace("month,", "month, baseline: 2023,")
    target = one(scene(tmp_path, kpi), "renew_target:sales.orders").edits[0].value
    assert isinstance(target, dict) and (target["over"], target["pace"]) == ("2025", "last_year")


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ([560, 570, 580, 590, 600, 610], True),
        ([640, 620, 610, 600, 590, 585], False),  # a jump, and away from the target since then
        ([560, 600, 655, 610, 612, 614], False),  # it was there already
    ],
)
def test_more_time_is_for_what_still_moves_toward_the_target(tmp_path: Path, last: list[float], expected: bool) -> None:
    found = scene(tmp_path, reach(650, "2025-01"), orders=[*monthly(500, 502, months=18), *last])
    assert ("give_time:sales.orders" in ids(found)) is expected


def test_where_a_measure_ends_the_best_that_is_usual_was_seen_twice() -> None:
    """Seven times 30, 4, 26, 10 and 15, and then 1: 596 / 36 on average. Below 0 there are no cancellations."""
    cancellations = [*monthly(30, 4, 26, 10, 15, months=35), 1]
    fact = History({"cancellations": cancellations}).evaluate(None).fact("sales.cancellations")
    assert (usual_range(fact) or (1,))[0] == 0
    assert (best_usual(fact), half_way(fact)) == (pytest.approx(4), pytest.approx((596 / 36 + 4) / 2))


@pytest.mark.parametrize(("baseline", "expected"), [(105, True), (115, False)])
def test_what_is_to_be_reached_is_not_eased_to_less_than_its_baseline(
    tmp_path: Path, baseline: int, expected: bool
) -> None:
    """Half-way to the best that is usual is 111."""
    kpi = reach(140, "2025-12").replace("baseline: 2023-12", f"baseline: {{value: {baseline}}}")
    assert ("ease_target:sales.orders" in ids(scene(tmp_path, kpi))) is expected


SHORT = STEADY[:5]  # 100, 110, 104, 98, 100 until May 2023: no limits


def ended(value: object, more: str) -> str:
    return keep(value).replace("kind: keep", more).replace("month,", "month, baseline: 2023-01,")


@pytest.mark.parametrize(
    ("kpi", "orders", "expected", "told"),
    [
        # by May, seen at the end of May: 100 in that month
        (ended(105, "kind: reach, by: 2023-05"), SHORT, {"target": 105, "value": 100}, "'by: 2024-05'"),
        (ended(90, "kind: reach, by: 2023-05"), SHORT, {"target": 90, "value": 100}, "'by: 2024-05'"),
        (ended(105, "kind: reach, by: 2023-03"), SHORT, {"target": 105, "value": 104}, "'by: 2024-03'"),
        # 100 + 110 + 104
        (total(300).replace("over: 2024", "over: 2023-Q1"), SHORT, {"target": 300, "value": 314}, "'over: 2023-Q2'"),
        (ended(105, "kind: reach, by: 2023-06"), SHORT, None, None),  # yet to come
        (ended(105, "kind: reach, by: 2023-05").replace("month", "quarter").replace("2023-01", "2022-Q4"), SHORT, None,
         None),  # looked at in months
        (keep(90), SHORT, None, None),
    ],
)  # fmt: skip
def test_a_target_whose_time_is_over_asks_for_a_decision_where_no_figure_can_be_justified(
    tmp_path: Path, kpi: str, orders: list[float | None], expected: dict[str, float] | None, told: str | None
) -> None:
    found = [each for each in proposals(scene(tmp_path, kpi, begins="2023-01-01", orders=orders)) if each.beside]
    assert [(each.id, each.numbers, each.texts["line"]) for each in found] == (
        [("decide_target:sales.orders", expected, told)] if expected else []
    )


@pytest.mark.parametrize(
    ("given", "answer", "value", "by"),
    [
        ("value: 105", "changed", 120, "2024-05"),
        ("change: +5 %", "changed", 120, "2024-05"),
        ("value: 105", "accepted", 105, "2023-05"),  # a decision alone
    ],
)
def test_what_people_decide_of_it_is_the_next_target(
    tmp_path: Path, given: str, answer: str, value: float, by: str
) -> None:
    kpi = ended(105, "kind: reach, by: 2023-05").replace("value: 105", given)
    found = scene(tmp_path, kpi, "until: 2023-06-30", begins="2023-01-01", orders=SHORT)
    choice = Choice("decide_target:sales.orders", answer, "We grow.", "120" if answer == "changed" else None)
    decided = chosen(choice, proposals(found))
    names = {"grow": "Grow.", "sales.orders": "Orders"}
    title, reason = proposal_words(decided, names, Language("en"))
    assert title == (
        "Set Orders its next target: 120 by 31 May 2024"
        if answer == "changed"
        else "Decide what follows the target of Orders, 105: a new one, or none"
    )
    assert reason.startswith("Its time was over on 31 May 2023, when it was at 100 (5 below target). ")
    after = next_document(found.document, [(choice, decided, title)], "Ann", found.evaluation.as_of, date(2023, 6, 1))
    save(tmp_path, a_2=plan_text(after))
    (goal,) = read_plans(tmp_path, "a", CALENDAR)[-1].goals
    target, baseline = goal.kpis[0].target, goal.kpis[0].baseline
    assert target and baseline and (float(target.aim.number), str(target.period)) == (value, by)
    changed = answer == "changed"
    assert (str(baseline.period), str(goal.until)) == (
        ("2023-05", "2024-05-31") if changed else ("2023-01", "2023-06-30")
    )


def test_a_baseline_that_is_given_as_a_value_is_a_value_again(tmp_path: Path) -> None:
    """As a change of a KPI has it, which the plan refuses with a period; 92 orders are those of December."""
    kpi = reach(93, "2024-12").replace("baseline: 2023-12", "baseline: {value: 90}")
    renewed = one(scene(tmp_path, kpi, orders=[*STEADY[:23], 92]), "renew_target:sales.orders")
    assert {each.path[-1]: each.value for each in renewed.edits}["baseline"] == {"value": "92"}


def test_a_target_that_was_over_long_ago_is_renewed_for_a_time_to_come(tmp_path: Path) -> None:
    """By March 2023, looked at in December 2024: March 2024 is over as well."""
    kpi = reach(120, "2023-03").replace("2023-12", "2023-01")
    renewed = one(scene(tmp_path, kpi, begins="2023-01-01"), "renew_target:sales.orders")
    assert renewed.edits[0].value == {"kind": "reach", "value": "111", "by": "2025-03"}
