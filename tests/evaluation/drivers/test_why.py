"""Changes taken apart in a workspace: from its rows to facts, sentences, JSON, and the slice of a report."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

import kpikit
from kpikit.evaluation.codes import REASONS
from kpikit.evaluation.document import document
from kpikit.evaluation.drivers.parts import EFFECTS, METHODS, Decomposition
from tests.workspaces import Sale, Shop, plan, sample

Found = Mapping[tuple[str, str], Decomposition]
REVENUE = "{indicator: sales.revenue, cadence: month, target: {kind: keep, value: 500}}"
RATE = "{indicator: sales.cancellation_rate, cadence: month, target: {kind: keep, value: 20 %}}"
CUSTOMERS = "{indicator: customers.customers, cadence: month, target: {kind: keep, value: 20}}"
WEB = "{indicator: sales.revenue, member: {channel: web}, cadence: month, target: {kind: keep, value: 500}}"
PLANS = {"default/1": plan(REVENUE, RATE, CUSTOMERS, pis="[sales.orders, sales.average_order_value]")}


def month(number: int, cancelled: bool = False, value: str = "10.00", **channels: int) -> list[Sale]:
    """So many sales of a month by channel, each to another customer."""
    everyone = [name for name, count in channels.items() for _ in range(count)]
    return [
        Sale(f"2024-{number:02}-{1 + at % 28:02}", value, at, channel, cancelled) for at, channel in enumerate(everyone)
    ]


# January: 10 orders of 10.00 on the web and 10 by phone; February: 12 on the web for 12.00, none by phone, 4 in a shop
SALES = [
    *month(1, web=10, phone=10), *month(2, value="12.00", web=12, shop=4),
    *month(1, cancelled=True, value="-10.00", web=1, phone=4),
    *month(2, cancelled=True, value="-10.00", web=3, shop=1),
]  # fmt: skip
SHOP = Shop(SALES, covers="2024-01-01..2024-02-29", plans=PLANS, clients=["a"], comparisons="[previous_period]")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """The decompositions of February, by indicator and method."""
    evaluation = SHOP.at(tmp_path_factory.mktemp("shop")).evaluate("a", "2024-02")
    return {(fact.indicator, one.method): one for fact in evaluation.kpis for one in fact.drivers}


def values(one: Decomposition) -> dict[tuple[str | None, str], float]:
    return {(each.name, each.effect): each.value for each in one.drivers}


def test_revenue_is_taken_apart_by_the_identity_of_the_plan(found: Found) -> None:
    """20 x 10.00 = 200 -> 16 x 12.00 = 192: orders -4 x 11.00 = -44, value +2.00 x 18 = +36."""
    one = found["sales.revenue", "identity"]
    assert (one.formula, one.change) == ("sales.orders × sales.average_order_value", -8.0)
    effects = {("sales.orders", "factor"): -44, ("sales.average_order_value", "factor"): 36}
    assert values(one) == pytest.approx(effects)
    assert [(each.before, each.after) for each in one.drivers] == [(20, 16), (10, 12)]


def test_amounts_by_member_with_new_and_vanished_ones(found: Found) -> None:
    one = found["sales.revenue", "members"]
    assert one.dimension == "channel"
    assert values(one) == {("web", "amount"): 44, ("phone", "vanished"): -100, ("shop", "new"): 48}


def test_rate_and_mix_of_a_ratio(found: Found) -> None:
    """5/20 = 0.25 -> 4/16 = 0.25. web 0.1 at 0.5 -> 0.25 at 0.75: rate 0.625 x 0.15, mix 0.25 x (0.175 - 0.25);
    phone 0.4 at 0.5 is gone: -0.5 x (0.4 - 0.25); the shop comes with 0.25 at 0.25: nothing."""
    one = found["sales.cancellation_rate", "rate_and_mix"]
    expected = {("web", "rate"): 0.09375, ("web", "mix"): -0.01875, ("phone", "vanished"): -0.075, ("shop", "new"): 0}
    assert values(one) == pytest.approx(expected)
    assert sum(values(one).values()) == pytest.approx(0.0) == one.change
    formula = found["sales.cancellation_rate", "formula"]
    assert {each.name: each.kind for each in formula.drivers} == {"cancellations": "metric", "orders": "metric"}


def test_unique_counts_are_not_split(found: Found) -> None:
    one = found["customers.customers", "members"]
    assert (one.reason, one.drivers) == ("not_split", ())


def test_a_kpi_on_one_member_is_taken_apart_by_figures_of_that_member(tmp_path: Path) -> None:
    evaluation = replace(SHOP, plans={"default/1": plan(WEB)}).at(tmp_path).evaluate("a", "2024-02")
    (one,) = evaluation.kpis[0].drivers
    # 10 x 10.00 -> 12 x 12.00: +2 x 11.00 and +2.00 x 11
    assert values(one) == pytest.approx({("sales.orders", "factor"): 22, ("sales.average_order_value", "factor"): 22})


def test_what_is_not_known_gives_a_reason(tmp_path: Path) -> None:
    shop = replace(SHOP, comparisons="[previous_period, same_period_last_year]").at(tmp_path)
    by_comparison = {one.against: one for one in shop.evaluate("a", "2024-02").kpis[0].drivers}
    assert by_comparison["same_period_last_year"].reason == "base_missing"
    assert by_comparison["same_period_last_year"].drivers == ()
    begun = shop.evaluate("a", "2024-01").kpis[0].drivers
    assert {one.reason for one in begun} == {"base_missing"} and not any(one.drivers for one in begun)


def test_small_groups_are_one_part_without_names(tmp_path: Path) -> None:
    """Orders count persons. In January phone (3) and, so that it can't be worked out, a second channel are not told."""
    sales = [*month(1, web=20, phone=3, shop=8), *month(2, web=12, phone=9, shop=10)]
    orders = "{indicator: sales.orders, cadence: month, target: {kind: keep, value: 10}}"
    shop = replace(SHOP, sales=sales, plans={"default/1": plan(orders)}).at(tmp_path)
    text = (tmp_path / "workspace.yml").read_text(encoding="utf-8")
    line = "count: rows, by: [channel]}\n  cancellations"
    (tmp_path / "workspace.yml").write_text(text.replace(line, line.replace("}", ", persons: true}")), encoding="utf-8")
    shop = kpikit.open(tmp_path)
    (one,) = shop.evaluate("a", "2024-02").kpis[0].drivers
    assert values(one) == {("web", "amount"): -8, (None, "rest"): 8}  # 19 - 11, of phone and shop together
    assert [(each.before, each.after) for each in one.drivers if each.effect == "rest"] == [(None, None)]


def test_the_json_says_it_in_codes_that_are_described(tmp_path: Path) -> None:
    evaluation = SHOP.at(tmp_path).evaluate("a", "2024-02")
    written = json.loads(json.dumps(document(evaluation)))
    revenue = next(fact for fact in written["facts"] if fact["indicator"] == "sales.revenue")
    first = revenue["drivers"][0]
    assert first["drivers"][0] == {
        "kind": "indicator", "name": "sales.orders", "effect": "factor", "unit": "count", "before": 20.0, "after": 16.0,
        "value": -44.0, "currency": None,
    }  # fmt: skip
    described = (Path(kpikit.__file__).parent / "evaluation" / "SCHEMA.md").read_text(encoding="utf-8")
    assert all(f"| `{code}` |" in described for code in (*METHODS, *EFFECTS, *REASONS))


def test_a_section_that_needs_attention_says_what_the_change_is_made_of(tmp_path: Path) -> None:
    review = SHOP.at(tmp_path).client("a").evaluate("2024-02")
    text = str(review.attention())
    orders, value = "Orders (20 → 16) −£44.00", "Average order value (£10.00 → £12.00) +£36.00"
    assert f"−£8.00 vs previous period, made up of: {orders}; {value}." in text
    assert "by channel: Phone (gone) −£100.00; shop (new) +£48.00; Web +£44.00." in text
    assert "By channel, the change can't be taken apart: its members do not add up to the whole." in text
    for code, words in {"da": "sammensat af: ", "nb": "satt sammen av: "}.items():
        assert words in str(SHOP.at(tmp_path).client("a").evaluate("2024-02", language=code).attention())


def test_amounts_behind_a_ratio_have_their_currency(tmp_path: Path) -> None:
    more = """
indicators:
  sales.lost_per_pound:
    {label: Lost, description: Of a pound., formula: cancelled_value / revenue, unit: ratio, better: lower}
"""
    kpi = "{indicator: sales.lost_per_pound, cadence: month, target: {kind: keep, value: 0.1}}"
    review = replace(SHOP, plans={"default/1": plan(kpi)}, more=more).at(tmp_path).client("a").evaluate("2024-02")
    # 5 of 20 orders of 10.00 are cancelled in January, 4 of 16 of 12.00 in February
    assert "Revenue (£200.00 → £192.00)" in str(review.why("sales.lost_per_pound"))


@pytest.mark.parametrize(("client", "period"), [("RF4", "2019-03"), ("R1H", "FY2018"), ("RYX", "2018-05")])
def test_drivers_of_real_figures_add_up(client: str, period: str) -> None:
    drivers = [one for fact in sample("hospitals").evaluate(client, period).kpis for one in fact.drivers]
    assert {one.method for one in drivers} == {"formula", "rate_and_mix"}
    for one in drivers:
        assert one.reason is not None or sum(each.value for each in one.drivers) == pytest.approx(one.change, abs=1e-12)


def test_which_moved_first(tmp_path: Path) -> None:
    """Ten months of 20 orders of 10.00; then the value rises for good in November, and in December the orders, too."""
    steady = [sale for number in range(1, 11) for sale in month(number, web=19 + number % 3)]
    late = [*month(11, value="90.00", web=20), *month(12, value="90.00", web=90)]
    kpi = "{indicator: sales.orders, cadence: month, target: {kind: keep, value: 10}}"
    pis = "[sales.average_order_value, sales.cancellation_rate]"
    shop = Shop([*steady, *late], plans={"default/1": plan(kpi, pis=pis)}, clients=["a"]).at(tmp_path)
    leads = shop.evaluate("a", "2024-12").fact("sales.orders").leads
    assert [(each.key, each.since.key) for each in leads] == [
        ("sales.average_order_value", "2024-11"),
        ("sales.orders", "2024-12"),
    ]
    said = "in the order in which they moved: Average order value since November 2024; Orders since December 2024."
    review = shop.client("a").evaluate("2024-12")
    assert said in str(review.why("sales.orders")) and not review.why("sales.average_order_value").html
    november = shop.client("a").evaluate("2024-11").why("sales.orders")
    assert "Orders is within its usual range; unusual: Average order value since November 2024." in str(november)
