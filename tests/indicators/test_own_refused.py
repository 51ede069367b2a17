"""What a workspace's own indicators and bound names may not be, with the messages."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpikit.indicators.catalogue import CATALOGUE
from kpikit.words.errors import SettingError, one_of
from kpikit.words.units import UNITS
from tests.indicators.own import indicators, own
from tests.workspaces import Shop

METRICS = "revenue, orders, cancellations, cancelled_value, customers, new_customers, repeat_customers, cups"
NAMES = {name for each in CATALOGUE.values() for name in each.metrics}


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (own(formula="cups / ordrs"), "formula 'cups / ordrs', character 8: name == 'ordrs', must be one of"),
        (own(formula="cups /"), "formula 'cups /', character 7: ends here, where a name, a number, - or ( is needed."),
        (own(formula="2 * 3"), "'2 * 3' names no metric, so it is the same in every period."),
        (own(formula="a.b + 1"), "a.b uses itself; an indicator uses only those above it."),
        (
            own(formula="a.c + 1").replace("}}", "}, a.c: {}}"),
            "a.c stands further down; an indicator uses only those above it.",
        ),
        (
            own(formula="sales.revenue_growth * 2"),
            "sales.revenue_growth is a change between two periods; only values of one period can stand in a formula.",
        ),
        (
            own(formula="emergency.admission_rate * 2"),
            "emergency.admission_rate needs the metrics admissions, attendances, which are not defined.",
        ),
        (own(formula="revenue + cancelled_value", unit="money"),
         "mixes the currencies EUR, GBP; its metrics must be in one."),
        (own(unit="money"), "is money, but none of the metrics in the formula is, so there is no currency."),
        (own(formula="revenue + orders", unit="money"), "adds amounts of money and numbers that are none."),
        (own(formula="revenue * revenue", unit="money"), "is money, but the formula multiplies or divides amounts by "
         "amounts."),
        (own(formula="revenue / revenue", unit="money"), "is money, but the formula multiplies or divides amounts by "
         "amounts."),
        (own(formula="2 * (revenue - 10) / orders"), "is ratio, but the formula gives an amount: use 'unit: money'."),
        (own(unit="ration"), one_of("unit", "ration", UNITS)),
        (own(better="more"), "better == 'more', must be one of higher, lower, inside, neither."),
        (own(label=""), "is required."),
        (own(description=""), "is required."),
        (own(formula=""), "is required."),
        (own(note="x"), "unknown key."),
        (own().replace("a.b", "sales.revenue"), "kpikit has an indicator sales.revenue already; choose another name."),
        (own().replace("a.b", "cups"), "must be a domain and a name of letters a-z, digits and '_', as "),
        (own().replace("a.b", "Coffee.cups"), "must be a domain and a name of letters a-z, digits and '_', as coffee."),
        ("  a.b: {source: sales, count: rows}\n" + own(), "is the name of a metric already."),
        (
            "  sales.orders: {source: sales, count: rows}\n" + own(formula="sales.orders / cups"),
            "sales.orders is both a metric and an indicator; give the metric another name.",
        ),
        (own(usual="{role: KPI, level: team, timing: leading}"), "usual.level: level == 'team', must be one of "
         "organisation, department, campaign, individual."),
        (own(usual="{role: KPI, level: department}"), "usual.timing: is required, one of leading, lagging."),
        (own(synonyms="{sv: [b]}"), "synonyms.sv: unknown key. key == 'sv', must be one of en, da, nb."),
        (own(variant_of="sales.ordrs"), "variant_of: variant_of == 'sales.ordrs', must be one of the "),
        (own(identities="[sales.orders]"), "identities: 'sales.orders' names fewer than two indicators."),
        (own(identities="[cups / sales.orders]"), "formula 'cups / sales.orders', character 1: name == 'cups', must "),
        (own(identities="[a.b * sales.orders]"), "identities: a.b uses itself; an indicator uses only those above it."),
        (own(identities="[sales.revenue_growth * sales.orders]"), "sales.revenue_growth is a change between two "
         "periods; only values of one period can stand in a formula."),
        (own(identities="[sales.orders * sales.revenue]"), "'sales.orders * sales.revenue' is not the same as the "
         "formula: with cups 2, orders 3, revenue 5 it is 15, and the formula 0.666667."),
        (own(change="previous_period", unit="share"), "change: change == 'previous_period', must be one of same_peri"),
        (own(change="same_period_last_year"), "change: goes with 'unit: share', and not with 'survey': it is so many "),
        ("bind: {order: cups}\n", f"bind.order: name == 'order', must be one of the {len(NAMES)} that there are. Did "
         "you mean 'orders'? 'kpikit catalogue' lists them all."),
        ("bind: {xyz: cups}\n", f"bind.xyz: name == 'xyz', must be one of the {len(NAMES)} that there are. 'kpikit "
         "catalogue' lists them all."),
        ("bind: {orders: cup}\n", f"metric == 'cup', must be one of {METRICS}. Did you mean 'cups'?"),
        ("bind: {sale: {orders: cups}}\n", "that there are. Did you mean 'sales'? 'kpikit catalogue' lists them all."),
        ("bind: {emergency: {orders: cups}}\n", "name == 'orders', must be one of attendances, breaches, admissions."),
        ("bind: {sales.revenue: {orders: cups}}\n", "name == 'orders', must be one of revenue."),
        ("bind: {sales: {orders: [cups]}}\n", "must be a text."),
        ("bind: {orders: revenue}\n", "would take revenue both for revenue and for orders."),
    ],
)  # fmt: skip
def test_what_is_refused(more: str, message: str, tmp_path: Path) -> None:
    shop = Shop(more="  cups: {source: sales, count: rows}\n" + more, currency="EUR")
    with pytest.raises(SettingError) as error:
        shop.at(tmp_path)
    assert message in str(error.value)


def test_the_whole_sentences(tmp_path: Path) -> None:
    for number, (more, message) in enumerate(
        [
            (
                own(formula="cups / ordrs"),
                "indicators.a.b.formula: formula 'cups / ordrs', character 8: "
                + one_of("name", "ordrs", [*METRICS.split(", "), *CATALOGUE, "a.b"]),
            ),
            ("bind: {orders: cup}\n", f"bind.orders: metric == 'cup', must be one of {METRICS}. Did you mean 'cups'?"),
        ]
    ):
        folder = tmp_path / str(number)
        with pytest.raises(SettingError) as error:
            indicators(folder, more)
        line = (folder / "workspace.yml").read_text(encoding="utf-8").count("\n")
        assert str(error.value) == f"{folder / 'workspace.yml'}, line {line}, {message}"


def test_formulas_that_grow_through_each_other_have_an_end(tmp_path: Path) -> None:
    lines = ["indicators:", "  a.b0: {label: A, description: B., formula: cups, unit: count, better: higher}"]
    for at in range(1, 30):
        formula = f"a.b{at - 1} + a.b{at - 1}"
        lines.append(f"  a.b{at}: {{label: A, description: B., formula: {formula}, unit: count, better: higher}}")
    with pytest.raises(SettingError) as error:
        indicators(tmp_path, "\n".join(lines) + "\n")
    assert str(error.value).endswith(
        "indicators.a.b8.formula: has 511 parts with those of the indicators in it, at most 500."
    )  # 2^8 names and one sign fewer


PLATFORMS = """
  google: {source: sales, count: rows, overlaps: conversions}
  meta: {source: sales, count: rows, where: {channel: web}, overlaps: conversions}
  spend: {source: sales, sum: value, unit: money, currency: GBP}
indicators:
  ads.all_conversions: {label: All, description: All of them., formula: FORMULA, unit: UNIT, better: higher}
"""


@pytest.mark.parametrize(
    ("formula", "unit"), [("google + meta", "count"), ("orders / (orders + google + 2 * meta)", "ratio")]
)
def test_what_overlaps_is_not_added_up(tmp_path: Path, formula: str, unit: str) -> None:
    with pytest.raises(SettingError) as raised:
        Shop(more=PLATFORMS.replace("FORMULA", formula).replace("UNIT", unit)).at(tmp_path)
    assert str(raised.value).endswith(
        "ads.all_conversions.formula: adds google and meta, which overlap ('overlaps: conversions'): what both count "
        "would count twice. Hold the orders of the shop against all spend instead, as "
        "marketing.blended_cost_per_acquisition and marketing.efficiency_ratio do."
    )


@pytest.mark.parametrize(("formula", "unit"), [("google / meta", "ratio"), ("spend / orders", "money")])
def test_what_overlaps_may_be_compared(tmp_path: Path, formula: str, unit: str) -> None:
    found = Shop(more=PLATFORMS.replace("FORMULA", formula).replace("UNIT", unit)).at(tmp_path)
    assert "ads.all_conversions" in found.settings.indicators
