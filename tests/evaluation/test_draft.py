"""Drafts: the first plan and the next one are plan files that read without an error, and ask for what can be had."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kpikit.evaluation.facts import Evaluation
from kpikit.evaluation.goals.draft import MOST_GOALS, candidates, first_plan, next_plan
from kpikit.evaluation.goals.smart import check
from kpikit.evaluation.targets.usual import usual_range
from kpikit.plans.plan import Plan
from kpikit.plans.read import read_plans, whole
from kpikit.words.language import Language
from kpikit.words.periods import Calendar
from kpikit.workspace import Workspace, samples
from tests.histories import CALENDAR, History, label, monthly, save

ENGLISH = Language("en")
ORDERS = History({"orders": monthly(100, 110, months=18), "cancellations": monthly(12, 10, months=18)})
KPI = "{indicator: sales.orders, cadence: month, baseline: 2023-12, target: {kind: keep, value: 120}}"
PLAN = f"""\
schema: 1
in_force_from: 2023-01-01
vision: {{en: Best shop, da: Bedste butik – og størst}}
review: quarterly
goals:
  grow:
    statement: "Sell: more #1"
    level: organisation
    until: 2024-12-31
    agreed: {{by: [Ann, "NO"], on: 2023-12-15}}
    actions: [{{what: Train., who: Bo, due: 2024-03-01, cost: 1200 DKK}}]
    kpis: [{KPI}]
    pis: [sales.cancellations]
decisions:
  - {{on: 2022-12-01, by: Ann, what: Begin., why: It is time.}}
"""


def first(evaluation: Evaluation, calendar: Calendar = CALENDAR, say: Language = ENGLISH) -> str:
    """The text of the first plan."""
    return first_plan(evaluation, calendar, lambda fact: label(fact, say.code), say)


def read_one(folder: Path, text: str, calendar: Calendar = CALENDAR) -> Plan:
    """The plan of a text, saved as the first version of client a."""
    save(folder, a_1=text)
    (plan,) = read_plans(folder, "a", calendar)
    return plan


def check_targets(plan: Plan, evaluation: Evaluation) -> None:
    """Each target lies within the natural limits, and on the better side of the average and of today's value."""
    for kpi in plan.kpis:
        fact = evaluation.fact(kpi.indicator)
        assert kpi.target and fact.series.limits
        aim, limits = kpi.target.aim.apply(None), fact.series.limits
        assert aim is not None
        assert limits.lower <= aim <= limits.upper, kpi.indicator
        assert (aim - limits.centre) * fact.better.sign > 0, kpi.indicator
        assert (aim - (fact.value.value or 0.0)) * fact.better.sign > 0, kpi.indicator


def test_the_first_plan(tmp_path: Path) -> None:
    # Cancellation rate: 12 % of 100 and 10 of 110 in turn, so 12.0 % and 9.1 %: average 10.55 %, mean moving range
    # 2.91, lower limit 2.81 %; half-way lies 6.68 %. It is a rate, so it comes before orders: 105, 131.6, so 118;
    # and cancellations: 11, lower limit 11 - 2.66 * 2 = 5.68, so 8.
    assert yaml.safe_load(first(ORDERS.evaluate(None))) == {
        "schema": "1",
        "in_force_from": "2024-07-01",
        "goals": {
            key: {
                "statement": f"{name}: {shown} by 30 June 2025",
                "level": "organisation",
                "kpis": [
                    {
                        "indicator": key.replace("_", ".", 1),
                        "cadence": "month",
                        "baseline": "2024-06",
                        "target": {"kind": "reach", "value": value, "by": "2025-06"},
                    }
                ],
            }
            for key, name, shown, value in [
                ("sales_cancellation_rate", "Cancellation rate", "6.68%", "6.68 %"),
                ("sales_orders", "Orders", "118", "118"),
                ("sales_cancellations", "Cancellations", "8", "8"),
            ]
        },
    }


def test_what_changed_for_the_worse_comes_first() -> None:
    # Orders fall to 50, far below the limits; the rates stay as they were, as nothing but orders is known.
    fallen = {"orders": [*monthly(100, 110, months=17), 50.0], "attendances": monthly(9, months=18)}
    fallen["breaches"] = monthly(1, 2, months=18)
    names = [fact.indicator for fact in candidates(History(fallen).evaluate(None))]
    assert names == ["sales.orders", "emergency.share_within_four_hours", "emergency.breaches"]


def test_what_the_first_plan_leaves_to_people_is_what_the_check_finds(tmp_path: Path) -> None:
    evaluation = ORDERS.evaluate(None)
    plan = read_one(tmp_path, first(evaluation))
    codes = {each.code for each in check(plan, ORDERS.evaluate(plan))}
    assert codes == {"no_owner", "not_agreed", "no_means", "no_vision"}


@pytest.mark.parametrize(
    "history",
    [
        History({"orders": monthly(100, 110, months=5)}),  # five points give no limits
        History({"orders": monthly(100, months=18)}),  # nothing ever moves, so nothing is half-way
        History({"orders": [*monthly(100, 110, months=17), None]}),  # the month itself is missing
        History({"attendances": monthly(100, 110, months=18)}),  # has no better direction
    ],
    ids=["short", "constant", "missing", "neither"],
)
def test_too_little_history_gives_no_plan(history: History) -> None:
    evaluation = history.evaluate(None)
    assert candidates(evaluation) == []
    assert first(evaluation) == ""


def test_what_rounds_to_more_than_can_be_had_is_left_out() -> None:
    # No orders in 9 months and one in each of the 9 after: average 0.5, one moving range of 1 in 17, so the upper limit
    # is 0.5 + 2.66 / 17 = 0.66, and half-way 0.58, of which a plan would write 1.
    evaluation = History({"orders": [0.0] * 9 + [1.0] * 9}).evaluate(None)
    assert [fact.indicator for fact in candidates(evaluation)] == ["sales.orders"]
    assert first(evaluation) == ""


figures = st.lists(st.integers(0, 3) | st.integers(0, 3000), min_size=6, max_size=14)


@settings(max_examples=60, derandomize=True)
@given(figures, figures)
def test_any_first_plan_is_read_and_can_be_had(orders: list[int], cancellations: list[int]) -> None:
    months = min(len(orders), len(cancellations))
    evaluation = History({"orders": orders[:months], "cancellations": cancellations[:months]}).evaluate(None)
    text = first(evaluation)
    if text:
        with TemporaryDirectory() as folder:
            plan = read_one(Path(folder), text)
        assert 0 < len(plan.goals) <= MOST_GOALS
        check_targets(plan, evaluation)


def test_the_first_plans_of_the_samples_can_be_had(tmp_path: Path, shop: Workspace, hospitals: Workspace) -> None:
    for workspace, clients in ((shop, list(shop.clients)[:12]), (hospitals, list(hospitals.clients)[::25])):
        for client, evaluation in workspace.evaluate_all(clients).items():
            calendar = workspace.clients[client].calendar
            text = first(evaluation, calendar)
            if text:
                check_targets(read_one(tmp_path, text, calendar), evaluation)


def test_the_first_plan_speaks_the_clients_language(tmp_path: Path, shop: Workspace) -> None:
    review, danish = shop.client("denmark").evaluate("2011-06"), Language("da")
    text = first_plan(review.evaluation, review.client.calendar, review.labels, danish)
    plan = read_one(tmp_path, text)
    assert plan.kpis
    for goal in plan.goals:
        fact = shop.evaluate("denmark", "2011-06").fact(goal.kpis[0].indicator)
        aim = goal.kpis[0].target
        assert aim and aim.period and label(fact, "da") != label(fact, "en")
        shown = danish.value(aim.aim.apply(None), fact.unit, fact.currency)
        assert str(goal.statement).startswith(f"{label(fact, 'da')}: {shown} ")
        assert str(goal.statement).endswith(danish.day(date(2012, 6, 30)))


def test_the_usual_range_of_a_growth_may_be_negative() -> None:
    # growth of 50 % and 10 % in turn: on average 30 %, the moving range 40 points, so 30 -/+ 2.66 * 40 points
    revenue = History({"revenue": [100.0] * 12 + [150.0, 110.0] * 6})
    growth = revenue.evaluate(None).fact("sales.revenue_growth")
    assert [round(end, 3) for end in usual_range(growth) or ()] == [0.3 - 1.064, 0.3 + 1.064]


# --- the next plan ---


def following(folder: Path, text: str, history: History = ORDERS, say: Language = ENGLISH) -> tuple[str, Plan, Plan]:
    """The text of the next plan, the plan that it follows, and itself, read as the second version."""
    plan, evaluation = history.under(folder, text)
    draft = next_plan(whole(folder / "a" / "1.yml"), evaluation, lambda fact: label(fact, say.code), say)
    save(folder, a_2=draft)
    before, after = read_plans(folder, "a", CALENDAR)
    assert before == replace(plan, followed_on=after.in_force_from)
    return draft, before, after


def test_the_next_plan_is_the_same_from_the_day_after_the_period_on(tmp_path: Path) -> None:
    draft, before, after = following(tmp_path, PLAN)
    assert (after.version, after.in_force_from) == (2, date(2024, 7, 1))
    assert (after.vision, after.review, after.goals) == (before.vision, before.review, before.goals)
    assert after.decisions == ()  # the decisions that led to the first version did not lead to this one
    assert "Bedste butik – og størst" in draft


@pytest.mark.parametrize(
    ("kpi", "remark"),
    [
        (KPI, "# Orders: Missed. Target 120; usually 78 to 132."),
        (KPI.replace("120", "115..120"), "# Orders: Missed. Target 115 – 120; usually 78 to 132."),
        (KPI.replace("120", "105"), ""),  # met: nothing speaks for a change
        ("{indicator: sales.orders, cadence: month}", "# Orders: Can't be judged"),
    ],
)
def test_over_the_next_plan_stands_what_speaks_for_a_change(tmp_path: Path, kpi: str, remark: str) -> None:
    draft, *_ = following(tmp_path, PLAN.replace(KPI, kpi))
    assert draft.partition("\n")[0] == (remark or "schema: '1'")


@pytest.mark.parametrize(
    ("cadence", "target", "remark"),
    [
        # 101 a month, 2.66 x 2 to each side: 12 x 101 in a year, and the root of 12 times 5.32 to each side
        ("month", "kind: cumulative, value: 3000, over: 2024", "At risk. Target 3,000; usually 1,194 to 1,230."),
        ("quarter", "kind: reach, value: 3000, by: 2024-Q2", "Missed"),  # a month says nothing of its sum
    ],
)
def test_the_remark_on_a_sum_says_what_is_usual_in_its_time(
    tmp_path: Path, cadence: str, target: str, remark: str
) -> None:
    kpi = f"{{indicator: sales.orders, cadence: {cadence}, target: {{{target}}}}}"
    draft, *_ = following(
        tmp_path, PLAN.replace(KPI, kpi), replace(ORDERS, figures={**ORDERS.figures, "orders": [100, 102] * 9})
    )
    assert draft.startswith(f"# Orders: {remark}\n")


@pytest.mark.parametrize(("until", "over"), [("2024-06-30", True), ("2024-12-31", False)])
def test_over_the_next_plan_stands_which_goals_are_over(tmp_path: Path, until: str, over: bool) -> None:
    text = PLAN.replace("until: 2024-12-31", f"until: {until}")
    said = ": Its time is over: 30 June 2024. Review the plan, and set the next target.\n"
    assert (said in following(tmp_path, text)[0]) is over


def test_without_limits_the_remark_says_the_status_alone(tmp_path: Path) -> None:
    text = PLAN.replace("2023-12}", "2024-02}").replace("2023-01-01", "2024-01-01")
    draft, *_ = following(tmp_path, text, History({"orders": [100, 90, 80], "cancellations": [1, 1, 1]}, "2024-01"))
    assert draft.startswith("# Orders: Missed\nschema: '1'\n")


def test_the_next_plan_of_one_that_extends_another_is_written_out(tmp_path: Path) -> None:
    save(tmp_path, default_1=PLAN)
    own = "schema: 1\nextends: default/1\nin_force_from: 2024-01-01\ngoals: {grow: {owner: Ann}}\n"
    draft, before, after = following(tmp_path, own)
    assert "extends" not in draft
    assert after.goals == before.goals
    assert after.goals[0].owner == "Ann"


def test_the_next_plans_of_the_samples_are_read(tmp_path: Path, shop: Workspace) -> None:
    draft = str(shop.client("norway").evaluate("2011-11").draft())
    first_version = (samples() / "shop" / "plans" / "default" / "1.yml").read_text(encoding="utf-8")
    save(tmp_path, a_1=first_version, a_2=draft)
    before, after = read_plans(tmp_path, "a", CALENDAR)
    assert after.goals == before.goals
    assert after.in_force_from == date(2011, 12, 1)
