"""What a workspace adds to the catalogue: indicators of its own, and names that are bound to its metrics."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest

from kpikit.evaluation.drivers.tree import tree
from kpikit.indicators import page
from kpikit.indicators.catalogue import CATALOGUE, entry, measured_by, search
from kpikit.indicators.framework import HIGHER, Indicator
from kpikit.words.errors import SettingError, UsageError, one_of
from kpikit.words.formula import written
from kpikit.words.language import Language
from kpikit.words.units import MONEY, RATIO, UNITS
from tests.workspaces import Sale, Shop

CUPS = """
indicators:
  coffee.cups_per_order:
    label: {en: Cups per order, da: Kopper pr. ordre}
    description: {en: Average number of cups in an order., da: Gennemsnitligt antal kopper i en ordre.}
    formula: cups / orders
    unit: ratio
    better: higher
    mind: {en: A refill is a cup., da: En genopfyldning er en kop.}
    synonyms: [cups a head, kopper i snit]
"""
TEA = """  tea.doubled:
    {label: Doubled, description: Twice as much., formula: -(2 * coffee.cups_per_order), unit: ratio, better: lower}
"""


def indicators(tmp_path: Path, more: str, cups: str = "") -> dict[str, Indicator]:
    """The indicators of a shop that also counts cups, with these lines at the end of its workspace.yml."""
    declared = f"  cups: {{source: sales, count: rows, {cups}}}\n"
    return dict(Shop(more=declared + more).at(tmp_path).settings.indicators)


def test_an_own_indicator_is_like_the_catalogues(tmp_path: Path) -> None:
    found = indicators(tmp_path, CUPS, "label: {en: cups, da: kopper}")
    one = found["coffee.cups_per_order"]
    assert (one.domain, one.name, one.unit, one.better) == ("coffee", "cups_per_order", RATIO, HIGHER)
    assert one.metrics == ("cups", "orders")
    assert one(30, 12) == one(orders=12, cups=30) == one.compute({"cups": 30, "orders": 12}) == 2.5  # 30 / 12
    assert math.isnan(one(30, 0))
    assert one(pd.Series([3.0], index=["x"]), pd.Series([2.0], index=["x"])).to_dict() == {"x": 1.5}
    assert [*found] == [*CATALOGUE, one.id]
    assert one in measured_by(["cups", "orders"], found)
    assert one not in measured_by(["cups"], found)
    assert search("kopper", found) == search("Cups a head", found) == search("Kopper i snit", found) == [one]


def test_an_own_indicator_has_a_card_in_each_language(tmp_path: Path) -> None:
    one = indicators(tmp_path, CUPS, "label: {en: cups, da: kopper}")["coffee.cups_per_order"]
    assert str(one.card("da")) == (
        "Kopper pr. ordre\n"
        "  Betydning: Gennemsnitligt antal kopper i en ordre.\n"
        "  Formel: kopper / ordrer\n"
        "  Enhed: forholdstal\n"
        "  Retning: højere er bedre\n"
        "  Kaldes også: cups a head, kopper i snit\n"
        "  Pas på: En genopfyldning er en kop.\n"
        "  Kilde: Egen definition\n"
        "  Navn: coffee.cups_per_order"
    )
    in_norwegian = str(one.card("nb")).splitlines()
    assert in_norwegian[:2] == ["Cups per order", "  Betydning: Average number of cups in an order."]
    assert entry(one, Language("da"))["formula"] == "kopper / ordrer"


def test_texts_of_a_workspace_are_never_looked_up(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    more = "indicators: {a.b: {label: Revenue, description: Plain., formula: cups, unit: count, better: neither}}\n"
    one = indicators(tmp_path, more)["a.b"]
    assert str(one.card("da")).splitlines()[0] == "Revenue"  # not "Omsætning": it is the workspace's own word
    assert one.written(Language("da")) == "cups"
    one = indicators(tmp_path / "labelled", more, "label: orders")["a.b"]
    assert one.written(Language("da")) == "orders"  # not "ordrer"
    assert caplog.records == []


def test_own_indicators_and_those_of_the_catalogue_call_each_other(tmp_path: Path) -> None:
    more = CUPS + TEA + """  coffee.value_per_cup:
    label: Value per cup
    description: What is paid for a cup.
    formula: sales.average_order_value / coffee.cups_per_order × 0.5
    unit: money
    better: higher
"""
    found = indicators(tmp_path, more)
    assert found["tea.doubled"](30, 12) == -5  # -(2 × 30 / 12)
    assert found["tea.doubled"].written(Language("da")) == "−(2 × (cups / ordrer))"
    value = found["coffee.value_per_cup"]
    assert value.metrics == ("revenue", "orders", "cups")
    assert value.unit == MONEY
    assert value(1500, 60, 120) == 6.25  # 1500 / 60 = 25 an order, 120 / 60 = 2 cups in it, half of 12.50
    assert value.written(Language("da")) == "omsætning / ordrer / (cups / ordrer) × 0,5"


def test_calling_with_too_little_is_refused(tmp_path: Path) -> None:
    one = indicators(tmp_path, CUPS)["coffee.cups_per_order"]
    for call in (lambda: one(3), lambda: one(1, 2, 3), lambda: one(1, cups=2), lambda: one(1, order=2)):
        with pytest.raises(UsageError) as error:
            call()
        assert str(error.value) == "coffee.cups_per_order is calculated from cups, orders."


FULL = """
indicators:
  coffee.cups_per_order:
    {label: Cups per order, description: Cups in an order., formula: cups / orders, unit: ratio, better: higher}
  coffee.cups:
    label: {en: Cups, da: Kopper}
    description: {en: Number of cups., da: Antal kopper.}
    formula: cups
    unit: count
    better: higher
    low: {en: Ask who stays away., da: 'Spørg, hvem der bliver væk.'}
    high: {en: Buy beans., da: Køb bønner.}
    mind: {en: A refill is a cup., da: En genopfyldning er en kop.}
    source: The barista's handbook, Counting
    synonyms: {en: [mugs], da: [krus]}
    usual: {role: KPI, level: department, timing: lagging}
    identities: [sales.orders * coffee.cups_per_order]
    variant_of: sales.orders
  coffee.growth:
    label: Growth
    description: More cups.
    formula: cups
    unit: share
    better: higher
    change: same_period_last_year
"""


def test_an_own_indicator_carries_all_that_the_catalogues_do(tmp_path: Path) -> None:
    found = indicators(tmp_path, FULL)
    one = found["coffee.cups"]
    full = entry(one, Language("da"), found)
    assert set(full) == set(entry(CATALOGUE["sales.revenue"], Language("da")))
    assert all(full.values())
    assert full["usual"] == {"role": "KPI", "level": "department", "timing": "lagging"}
    assert full["synonyms"] == {"en": ["mugs"], "da": ["krus"], "nb": []}
    assert full["identities"] == ["Antal ordrer × Cups per order"]
    told = page.entry(one, Language("da"), found)
    for line in (
        "Bruges som: KPI; afdeling; bagudrettet: viser resultatet",
        "Er lig med: Antal ordrer × Cups per order",
        "En variant af: Antal ordrer",
        "Kilde: The barista's handbook, Counting",
        "Kaldes også: krus",
    ):
        assert f"  {line}" in told
    assert search("krus", found) == search("mugs", found) == [one]
    branch = tree(one, found)
    assert branch is not None and branch.formula is not None
    assert written(branch.formula) == "sales.orders × coffee.cups_per_order"


def test_an_own_change_is_that_against_the_year_before(tmp_path: Path) -> None:
    rows = [Sale("2023-02-01")] * 4 + [Sale("2024-02-01")] * 5
    shop = Shop(rows, covers="2023-01-01..2024-12-31", more="  cups: {source: sales, count: rows}\n" + FULL)
    fact = shop.at(tmp_path).evaluate("a", "2024-02").fact("coffee.growth")
    assert fact.value.value == 0.25  # 5 against 4
    assert shop.at(tmp_path).settings.indicators["coffee.growth"].signed


# Names that are bound.


def test_a_name_is_bound_for_all_for_a_domain_or_for_one_indicator(tmp_path: Path) -> None:
    more = """
  net: {source: sales, sum: value, unit: money, currency: GBP, label: {en: turnover, da: nettoomsætning}}
  paid: {source: sales, sum: value, unit: money, currency: GBP}
  bills: {source: sales, count: rows}
bind:
  revenue: net
  sales: {orders: bills}
  sales.average_order_value: {revenue: paid}
"""
    found = indicators(tmp_path, more)
    assert found["sales.revenue"].metrics == ("net",)
    assert found["sales.average_order_value"].metrics == ("paid", "bills")
    assert found["sales.cancellation_rate"].metrics == ("cancellations", "bills")
    assert found["sales.cancelled_share"].metrics == ("cancelled_value", "net")
    assert found["customers.customers"] is CATALOGUE["customers.customers"]
    assert list(found) == list(CATALOGUE)


def test_a_bound_indicator_calculates_with_the_workspaces_names(tmp_path: Path) -> None:
    more = "bind: {orders: cups}\n"
    one = indicators(tmp_path, more, "label: {en: cups, da: kopper}")["sales.average_order_value"]
    assert one(1500, 60) == one(revenue=1500, cups=60) == one.compute({"revenue": 1500, "cups": 60}) == 25
    assert one.written(Language("da")) == "omsætning / kopper"
    assert one.label == CATALOGUE[one.id].label
    plain = indicators(tmp_path / "plain", more)["sales.average_order_value"]
    assert plain.written(Language("da")) == "omsætning / ordrer"  # without a label it is called what it stands for


def test_a_bound_metric_keeps_the_checks_of_its_name(tmp_path: Path) -> None:
    one = indicators(tmp_path, "bind: {orders: cups}\n")["sales.cancellation_rate"]
    assert math.isnan(one.compute({"cancellations": 3, "cups": -1}))
    with pytest.raises(UsageError, match=r"^sales.cancellation_rate: cups == -1, must not be negative\.$"):
        one(3, -1)
    more = "  paid: {source: sales, sum: value, unit: money, currency: GBP}\nbind: {cancelled_value: paid}\n"
    net = indicators(tmp_path / "net", more)["sales.cancelled_value"]
    assert net(-5) == -5  # an amount may be negative, whatever it is called


# What is refused.


def own(**changed: str) -> str:
    """An own indicator with some keys written otherwise; an empty one is left out."""
    plain = {"label": "B", "description": "C.", "formula": "cups / orders", "unit": "ratio", "better": "higher"}
    keys = [f"{key}: {value}" for key, value in (plain | changed).items() if value]
    return "indicators: {a.b: {" + ", ".join(keys) + "}}\n"


METRICS = "revenue, orders, cancellations, cancelled_value, customers, new_customers, repeat_customers, cups"


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
            "emergency.admission_rate needs the metrics admissions and attendances, which are not defined.",
        ),
        (own(formula="revenue + cancelled_value", unit="money"), "mixes the currencies EUR, GBP."),
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
        (own(variant_of="sales.ordrs"), "variant_of: variant_of == 'sales.ordrs', must be one of sales.revenue, "),
        (own(identities="[sales.orders]"), "identities: 'sales.orders' names fewer than two indicators."),
        (own(identities="[cups / sales.orders]"), "formula 'cups / sales.orders', character 1: name == 'cups', must "),
        (own(identities="[a.b * sales.orders]"), "identities: a.b uses itself; an indicator uses only those above it."),
        (own(identities="[sales.revenue_growth * sales.orders]"), "sales.revenue_growth is a change between two "
         "periods; only values of one period can stand in a formula."),
        (own(identities="[sales.orders * sales.revenue]"), "'sales.orders * sales.revenue' is not the same as the "
         "formula: with cups 2, orders 3, revenue 5 it is 15, and the formula 0.666667."),
        (own(change="previous_period", unit="share"), "change: change == 'previous_period', must be one of same_peri"),
        (own(change="same_period_last_year"), "change: goes with 'unit: share', and not with 'survey': it is so many "),
        ("bind: {order: cups}\n", "name == 'order', must be one of revenue, "),
        ("bind: {orders: cup}\n", f"metric == 'cup', must be one of {METRICS}. Did you mean 'cups'?"),
        ("bind: {sale: {orders: cups}}\n", "domain or indicator == 'sale', must be one of sales, "),
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


SURVEY = """
  for: {source: sales, count: rows}
  against: {source: sales, count: rows, where: {channel: web}}
  asked: {source: sales, count: rows}
indicators:
  survey.own: {label: Own, description: One of ours., formula: FORMULA, unit: UNIT, better: higher, survey: true}
"""


def asked(tmp_path: Path, formula: str, unit: str) -> Indicator:
    lines = SURVEY.replace("FORMULA", formula).replace("UNIT", unit)
    return Shop(more=lines).at(tmp_path).settings.indicators["survey.own"]


def test_an_own_survey_has_the_interval_of_the_catalogues(tmp_path: Path) -> None:
    one = asked(tmp_path, "for / asked", "share")
    assert one.interval(164, 200) == CATALOGUE["satisfaction.csat"].interval(164, 200) is not None
    assert one(164, 200) == 0.82
    with pytest.raises(UsageError, match="for == 9 is no part of asked == 8"):
        one(9, 8)


def test_an_own_mean_of_scores_may_be_a_survey(tmp_path: Path) -> None:
    lines = SURVEY.replace("  asked:", "  mood: {source: sales, mean: customer, unit: score}\n  asked:")
    rows = [Sale("2024-01-04", customer=score) for score in (5, 4, 4, 2, 5)]
    shop = Shop(rows, more=lines.replace("FORMULA", "mood").replace("UNIT", "score"))
    found = shop.at(tmp_path).evaluate("a", "2024-01").fact("survey.own").interval
    # mean 4, variance 1.5, t of 4 degrees of freedom 2.7764: 4 -/+ 2.7764 * sqrt(1.5 / 5)
    assert found is not None and (found.lower, found.upper) == pytest.approx((2.4793, 5.5207), abs=1e-4)


def test_an_own_net_score_has_its_interval(tmp_path: Path) -> None:
    one = asked(tmp_path, "100 * (for - against) / (for + asked + against)", "score")
    assert one.metrics == ("for", "against", "asked")
    found = CATALOGUE["satisfaction.nps"].interval(promoters=60, passives=25, detractors=15)
    assert one.interval(60, 15, 25) == found is not None


@pytest.mark.parametrize(
    ("formula", "unit"),
    [
        ("for / asked", "ratio"),
        ("for", "count"),
        ("for", "score"),  # a count, and no mean of answers
        ("for / asked / 2", "share"),
        ("100 * (for - against) / asked", "score"),
        ("100 * (for - against) / (for + against - asked)", "score"),
    ],
)
def test_a_survey_without_a_known_interval_is_refused(tmp_path: Path, formula: str, unit: str) -> None:
    with pytest.raises(SettingError) as raised:
        asked(tmp_path, formula, unit)
    assert "survey.own.survey: is true, but the formula is neither a share of the answers" in str(raised.value)
