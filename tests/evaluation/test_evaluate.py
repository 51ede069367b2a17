"""Whole evaluations of small workspaces and of the samples: the roles of facts, the plan in force, and members."""

from __future__ import annotations

from pathlib import Path

import pytest

import kpikit
from kpikit.plans.plan import in_force
from kpikit.plans.read import read_plans
from kpikit.words.errors import SettingError
from kpikit.words.periods import Calendar
from kpikit.workspace import Workspace
from tests.workspaces import KEEP_ORDERS, KEEP_RATE, Sale, Shop, each_day, fact_of, plan, window

CALENDAR = Calendar()


# --- the order and the roles of facts ---


def test_kpis_first_then_pis_then_the_rest() -> None:
    text = plan(KEEP_RATE, KEEP_ORDERS, pis="[sales.revenue, sales.orders, sales.cancellations]")
    with Shop([Sale("2024-01-04")], plans={"default/1": text}).opened() as workspace:
        facts = workspace.evaluate("a", "2024-01").facts
    assert [(each.indicator, each.role, each.goal) for each in facts[:4]] == [
        ("sales.cancellation_rate", "kpi", "goal"),
        ("sales.orders", "kpi", "goal"),  # and not once more as a PI
        ("sales.revenue", "pi", "goal"),
        ("sales.cancellations", "pi", "goal"),
    ]
    assert {(each.role, each.goal, each.status) for each in facts[4:]} == {("indicator", None, None)}
    assert len({each.key for each in facts}) == len(facts)


def test_without_a_plan_all_are_indicators() -> None:
    with Shop([Sale("2024-01-04")]).opened() as workspace:
        found = workspace.evaluate("a", "2024-01")
    assert (found.plan_version, found.kpis) == (None, ())
    assert {each.role for each in found.facts} == {"indicator"}


def test_a_kpi_without_a_target_cannot_be_judged() -> None:
    text = plan("{indicator: sales.orders, cadence: month}")
    found = fact_of(Shop([Sale("2024-01-04")], plans={"default/1": text}), "sales.orders", "2024-01")
    assert (found.role, found.target) == ("kpi", None)
    assert (found.status, found.status_reason) == ("cannot_be_judged", "no_target")


@pytest.mark.parametrize(
    ("period", "version", "status"),
    [
        ("2024-01", None, None),  # the first plan comes into force on 1 February
        ("2024-02", 1, "met"),  # 29 orders, 10 wanted
        ("2024-03", 1, "met"),
        ("2024-04", 2, "missed"),  # the second one wants 100
    ],
)
def test_the_plan_in_force_when_the_period_begins(period: str, version: int | None, status: str | None) -> None:
    plans = {
        "default/1": plan(KEEP_ORDERS, in_force_from="2024-02-01"),
        "default/2": plan(KEEP_ORDERS.replace("10", "100"), in_force_from="2024-03-02"),
    }
    with Shop(each_day("2024-01-01", "2024-12-31"), plans=plans).opened() as workspace:
        found = workspace.evaluate("a", period)
    assert (found.plan_version, found.fact("sales.orders").status) == (version, status)


def test_a_clients_own_plan_replaces_the_default_one() -> None:
    plans = {"default/1": plan(KEEP_ORDERS), "b/1": plan(KEEP_RATE)}
    with Shop([Sale("2024-01-04")], plans=plans).opened() as workspace:
        found = workspace.evaluate_all(["a", "b"], "2024-01")
    assert [each.kpis[0].indicator for each in found.values()] == ["sales.orders", "sales.cancellation_rate"]


def test_the_plans_of_the_samples_can_be_judged(shop: Workspace) -> None:
    plans = read_plans(kpikit.samples() / "shop" / "plans", "norway", CALENDAR)
    assert in_force(plans, window("2010-12-01", "2010-12-31")) is None
    found = shop.evaluate("united-kingdom", "2011-11")
    assert [each.status for each in found.kpis] == ["at_risk", "met", "on_track"]


# --- members ---


def test_a_kpi_on_one_member() -> None:
    rows = [Sale("2024-01-04", channel="web"), Sale("2024-01-04", channel="phone", cancelled=True)]
    rows += [Sale("2024-01-05", channel="phone"), Sale("2024-02-05", channel="web")]
    text = plan(KEEP_RATE[:-1] + ", member: {channel: phone}}", pis="[sales.cancellation_rate]")
    with Shop(rows, plans={"default/1": text}).opened() as workspace:
        january, february = workspace.evaluate("a", "2024-01"), workspace.evaluate("a", "2024-02")
    own, whole = january.facts[0], january.fact("sales.cancellation_rate")
    assert (own.key, own.member, own.role) == ("sales.cancellation_rate[channel=phone]", ("channel", "phone"), "kpi")
    assert (own.value.value, own.status, own.parts) == (1.0, "missed", ())
    # The PI of the same name is about the whole, and has its members.
    assert (whole.role, whole.value.value) == ("pi", 0.5)
    assert {part.member: part.value.value for part in whole.parts} == {"phone": 1.0, "web": 0.0}
    assert (february.facts[0].value.reason, february.facts[0].status) == ("no_denominator", "cannot_be_judged")


REACH = "{indicator: %s, cadence: month, target: {kind: reach, value: %s, by: 2024-01}%s}"


@pytest.mark.parametrize("period", ["2024-02", "2024-Q1"])  # January is a point of the one series alone
@pytest.mark.parametrize(
    ("kpi", "achieved", "value", "status"),
    [
        # one sale of 12 on each day of January 2024, one of 9 on each of February's 29; 10 on each day of 2023
        (REACH % ("sales.orders", 30, ""), 31, {"2024-02": 29, "2024-Q1": 60}, "exceeded"),
        (REACH % ("sales.orders", 30, ", member: {channel: web}"), 31, {"2024-02": 0, "2024-Q1": 31}, "exceeded"),
        # 372 of 310 are 20 % more; 261 of 280 are 6.8 % less, and 633 of 900 in the quarter 29.7 % less
        (REACH % ("sales.revenue_growth", "21 %", ""), 0.2, {"2024-02": -19 / 280, "2024-Q1": -267 / 900}, "missed"),
    ],
)
def test_after_its_day_a_target_keeps_its_verdict(
    kpi: str, achieved: float, value: dict[str, float], status: str, period: str
) -> None:
    rows = each_day("2023-01-01", "2023-12-31") + each_day("2024-01-01", "2024-01-31", value="12.00")
    rows += each_day("2024-02-01", "2024-02-29", value="9.00", channel="phone")
    shop = Shop(rows, covers="2023-01-01..2024-12-31", plans={"default/1": plan(kpi)})
    with shop.opened() as workspace:
        fact = workspace.evaluate("a", period).kpis[0]
    assert fact.target and fact.target.achieved_in and fact.target.achieved_in.key == "2024-01"
    assert (fact.status, fact.target.achieved) == (status, pytest.approx(achieved))
    assert fact.value.value == pytest.approx(value[period])


def test_a_target_whose_day_lies_before_the_data_cannot_be_judged() -> None:
    text = plan(REACH % ("sales.orders", 30, ""), in_force_from="2023-12-01")
    shop = Shop([Sale("2024-02-04")], covers="2024-02-01..2024-12-31", plans={"default/1": text})
    found = fact_of(shop, "sales.orders", "2024-02")
    assert (found.status, found.status_reason) == ("cannot_be_judged", "not_covered")
    assert (found.value.value, found.target and found.target.achieved) == (1, None)


@pytest.mark.parametrize("member", ["fax", "phone"])  # b has sold by fax, in December; phone is named in `members`
def test_a_kpi_on_a_member_that_the_client_lacks(member: str) -> None:
    text = plan(KEEP_ORDERS[:-1] + f", member: {{channel: {member}}}}}")
    rows = [Sale("2024-01-04"), Sale("2024-12-04", channel="fax", client="b")]
    with Shop(rows, plans={"default/1": text}).opened() as workspace:
        found = workspace.evaluate_all(["a", "b"], "2024-01")
    for each in (found["a"].facts[0], found["b"].facts[0]):
        assert (each.value.value, each.value.reason, each.status) == (None, "no_data", "cannot_be_judged")
        assert (each.status_reason, each.value.expected) == ("no_data", 31)


def test_a_kpi_on_a_member_that_nobody_ever_had_is_refused(tmp_path: Path) -> None:
    text = plan(KEEP_ORDERS[:-1] + ", member: {channel: Web}}")
    rows = [Sale("2024-01-04"), Sale("2024-12-04", channel="fax", client="b"), Sale("2024-12-04", channel=None)]
    workspace = Shop(rows, plans={"default/1": text}).at(tmp_path)
    with pytest.raises(SettingError) as caught:
        workspace.evaluate("a", "2024-01")
    assert str(caught.value) == (
        f"{tmp_path / 'plans' / 'default' / '1.yml'}, line 8, sales.orders, channel: channel == 'Web', must be one "
        "of fax, phone, web. Did you mean 'web'? One that is still to come is named under dimensions.channel.members "
        "in workspace.yml."
    )


@pytest.mark.parametrize(
    ("kpi", "says"),
    [
        (
            "{indicator: sales.orders, cadence: month, member: {chanel: web}}",
            "sales.orders, chanel: dimension == 'chanel', must be one of channel. Did you mean 'channel'?",
        ),
        (
            "{indicator: sales.net_revenue, cadence: month, member: {channel: web}}",
            "sales.net_revenue, channel: the metric cancelled_value is not split by it; list it under its 'by' in "
            "workspace.yml.",
        ),
        (
            "{indicator: emergency.breaches, cadence: month}",
            "emergency.breaches: needs the metric breaches, which workspace.yml does not define.",
        ),
    ],
)
def test_plans_that_cannot_be_measured_are_refused(tmp_path: Path, kpi: str, says: str) -> None:
    workspace = Shop([Sale("2024-01-04")], plans={"default/1": plan(kpi)}).at(tmp_path)
    with pytest.raises(SettingError) as caught:
        workspace.evaluate("a", "2024-01")
    assert str(caught.value) == f"{tmp_path / 'plans' / 'default' / '1.yml'}, line 8, {says}"


def test_parts_are_those_of_the_period_and_of_what_all_metrics_share() -> None:
    rows = [Sale("2024-01-04", channel="web"), Sale("2024-02-04", channel="phone"), Sale("2024-02-05", channel=None)]
    with Shop(rows).opened() as workspace:
        found = workspace.evaluate("a", "2024-02")
    assert {part.member for part in found.fact("sales.orders").parts} == {"phone", ""}
    assert found.fact("sales.net_revenue").parts == ()  # cancelled_value is not split
    assert found.fact("sales.revenue_growth").parts == ()
