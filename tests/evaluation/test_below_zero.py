"""Losses to be reduced, and other targets below zero: written with a minus, judged and drafted as all others are."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpikit.evaluation.facts import Fact
from kpikit.evaluation.sentences import verdict
from kpikit.plans.aim import parse_value
from kpikit.words.errors import SettingError
from kpikit.words.language import Language
from kpikit.words.units import MONEY
from kpikit.workspace import Workspace
from tests.workspaces import Sale, Shop, fact_of, plan

MONTHS = [f"{year}-{month:02}" for year in (2023, 2024) for month in range(1, 13)]
OWED = """
indicators:
  own.owed: {label: Owed, description: What is owed., formula: cancelled_value - revenue, unit: money, better: lower}
"""


def losses(text: str, each: int = -3000, of: str = "sales.revenue", covers: str = "2023-01-01..2024-12-31") -> Shop:
    """A loss (or a gain) in each month of two years, on its first day."""
    own = plan(f"{{indicator: {of}, cadence: month, {text}}}", in_force_from="2024-01-01")
    sales = [Sale(f"{month}-01", f"{each + 10 * (at % 3)}.00") for at, month in enumerate(MONTHS)]
    sales = [sale for sale in sales if sale.day <= covers[-10:]]
    return Shop(sales, covers=covers, plans={"a/1": own}, more=OWED if of == "own.owed" else "")


def kpi(shop: Shop, period: str = "2024-01") -> Fact:
    with shop.opened() as workspace:
        return workspace.evaluate("a", period).kpis[0]


@pytest.mark.parametrize(
    ("text", "status", "now", "gap"),
    [  # January 2024 brings -3,000
        ("target: {kind: keep, value: -2500}", "missed", -2500, -500),
        ("target: {kind: keep, value: -3500}", "met", -3500, 500),
        ("target: {kind: keep, value: -3500..-2500}", "met", -3000, 0),
        ("target: {kind: keep, value: -3500..-3100}", "missed", -3100, 100),
        ("target: {kind: keep, values: {2024-01: -2900, 2024-02: -2800}}", "missed", -2900, -100),
        # 31 of 366 days of the way from -4,000 to -340 (ten a day): -3,690
        ("baseline: {value: -4000}, target: {kind: reach, value: -340, by: 2024-12}", "on_track", -3690, 690),
        # 31 of 366 days of -36,600 are -3,100
        ("target: {kind: cumulative, value: -36600, over: 2024}", "on_track", -3100, 100),
        ("target: {kind: cumulative, value: -29280, over: 2024}", "at_risk", -2480, -520),
    ],
)
def test_a_loss_against_its_target(text: str, status: str, now: float, gap: float) -> None:
    fact = kpi(losses(text))
    assert fact.target is not None
    assert (fact.status, fact.target.now, fact.target.gap) == (status, pytest.approx(now), pytest.approx(gap))


def test_a_result_that_can_come_back_is_not_missed_before_its_time() -> None:
    # 3,000 owed in January, of 1,200 in the year: what is paid later makes it less again
    assert kpi(losses("target: {kind: cumulative, value: 1200, over: 2024}", of="own.owed")).status == "at_risk"
    # at most -29,280 is to be owed in the year, of which -2,480 in January; there are 3,000
    assert kpi(losses("target: {kind: cumulative, value: -29280, over: 2024}", of="own.owed")).status == "at_risk"
    # half of February: -2,990 of a range that ends with -6,500, which is more, and it can still sink
    running = losses("target: {kind: keep, value: -9000..-6500}", covers="2023-01-01..2024-02-14")
    assert kpi(running, "2024-02").status == "at_risk"


def test_a_loss_in_words() -> None:
    fact = kpi(losses("target: {kind: keep, value: -2500}"))
    assert verdict(fact, "Result", Language("en")) == ("Result, January 2024: −£3,000, £500 below target (−£2,500).")
    assert "500\xa0£" in verdict(fact, "Resultat", Language("da"))


def test_a_target_for_a_loss_is_proposed_as_a_plan_reads_it(tmp_path: Path) -> None:
    # 24 months of -3,000, -2,990, -2,980: the mean is -2,990, the moving ranges 10, 10, 20, so that half-way to the
    # good end lies 2.66 x 13.2 / 2 = 18 above it
    shop = losses("target: {kind: keep, value: 500}")
    redesign = shop.at(tmp_path).client("a").evaluate("2024-12").redesign
    eased = redesign.proposal("ease_target:sales.revenue")
    (edit,) = eased.edits
    assert isinstance(edit.value, dict)
    assert float(parse_value(edit.value["value"], MONEY).number) == pytest.approx(-2972, abs=1)


def test_a_first_plan_for_a_loss_can_be_read(tmp_path: Path) -> None:
    workspace = Shop(losses("target: {kind: keep, value: 1}").sales, covers="2023-01-01..2024-12-31").at(tmp_path)
    text = workspace.client("a").evaluate("2024-12").proposal().text
    draft = text[text.index("schema:") :]
    assert "value: '-29" in draft
    file = tmp_path / "plans" / "a" / "1.yml"
    file.parent.mkdir(parents=True)
    file.write_text(draft, encoding="utf-8")
    aims = {each.indicator: each.target.aim.number for each in Workspace(tmp_path).plans("a")[0].kpis if each.target}
    assert -3000 < aims["sales.revenue"] < -2950


@pytest.mark.parametrize(("of", "value"), [("sales.orders", "-5"), ("sales.cancellation_rate", "-5 %")])
def test_what_cannot_be_below_zero_has_no_such_target(of: str, value: str) -> None:
    with pytest.raises(SettingError, match=f"'{value}' is a change, and 'value' wants what to reach"):
        fact_of(losses(f"target: {{kind: keep, value: {value}}}", of=of), of)
