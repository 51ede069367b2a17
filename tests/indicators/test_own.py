"""What a workspace adds to the catalogue: indicators of its own."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest

from kpikit.evaluation.drivers.tree import tree
from kpikit.indicators import page
from kpikit.indicators.catalogue import CATALOGUE, entry, measured_by, search
from kpikit.indicators.framework import HIGHER
from kpikit.words.errors import UsageError
from kpikit.words.formula import written
from kpikit.words.language import Language
from kpikit.words.units import MONEY, RATIO
from tests.indicators.own import indicators
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
    more = (
        CUPS
        + TEA
        + """  coffee.value_per_cup:
    label: Value per cup
    description: What is paid for a cup.
    formula: sales.average_order_value / coffee.cups_per_order × 0.5
    unit: money
    better: higher
"""
    )
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
