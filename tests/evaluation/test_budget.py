"""What adds up and is kept in each period, while a period runs: media budgets against what is due by now."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpikit.evaluation.facts import Fact
from kpikit.evaluation.sentences import headline, verdict
from kpikit.words.language import Language
from tests.workspaces import Sale, Shop, plan

EN, DA, NB = (Language(code) for code in ("en", "da", "nb"))


def kept(folder: Path, each: int, aim: str, more: str = "") -> Fact:
    """Ten days of April with so many pounds a day on the web, ten times as many by phone, and April's target."""
    own = plan(f"{{indicator: sales.revenue, cadence: month, {more} target: {{kind: keep, value: {aim}}}}}",
               in_force_from="2024-01-01")  # fmt: skip
    days = [f"2024-04-{day:02}" for day in range(1, 11)]
    sales = [Sale(day, f"{each}.00") for day in days] + [Sale(day, f"{10 * each}.00", channel="phone") for day in days]
    shop = Shop(sales, covers="2024-01-01..2024-04-10", plans={"a/1": own}).at(folder)
    return shop.evaluate("a", "2024-04").kpis[0]


WEB = "member: {channel: web},"


@pytest.mark.parametrize(
    ("each", "aim", "more", "due", "gap", "status"),
    [  # ten of thirty days are over, so a third of the target is due
        (10, "270..330", WEB, 100, 0, "on_track"),
        (8, "270..330", WEB, 90, -10, "at_risk"),  # 80, of 90 to 110
        (12, "270..330", WEB, 110, 10, "at_risk"),
        (34, "270..330", WEB, 110, 230, "missed"),  # all of it is spent, and more
        (10, "2700..3600", "", 1100, 0, "on_track"),  # the whole: 1,100 of 900 to 1,200
        (10, "300", WEB, 100, 0, "on_track"),
        (9, "300", WEB, 100, -10, "at_risk"),
        (40, "300", WEB, 100, 300, "on_track"),  # revenue: more is better
    ],
)
def test_what_is_due_of_a_period_that_runs(
    tmp_path: Path, each: int, aim: str, more: str, due: float, gap: float, status: str
) -> None:
    fact = kept(tmp_path, each, aim, more)
    assert fact.target is not None
    found, all_of_it = fact.target, each * 10 * (1 if more else 11)
    assert (found.achieved, found.pace, found.passed) == (all_of_it, "linear", pytest.approx(1 / 3))
    assert (found.now, found.gap, fact.status) == (pytest.approx(due), pytest.approx(gap), status)


def test_in_words(tmp_path: Path) -> None:
    fact = kept(tmp_path, 8, "270..330", WEB)
    assert verdict(fact, "Spend", EN) == (
        "Spend: £80.00 so far, £10.00 less than is due by now (£90.00 – £110.00); the target is "
        "£270.00 – £330.00 by 30 April 2024."
    )
    assert "10,00\xa0£ under planen til dato" in verdict(fact, "Forbrug", DA)
    assert "10,00\xa0£ under planen hittil" in verdict(fact, "Forbruk", NB)
    assert headline(fact, "Spend", EN) == "Spend: £80.00 so far, £10.00 less than is due by now"


def test_a_period_that_is_over_or_has_a_gap_is_not_told_by_days(tmp_path: Path) -> None:
    text = "{indicator: sales.revenue, cadence: month, target: {kind: keep, value: 300}}"
    own = plan(text, in_force_from="2024-01-01")
    shop = Shop([Sale("2024-04-01", "310.00")], covers="2024-01-01..2024-04-30", plans={"a/1": own}).at(tmp_path)
    fact = shop.evaluate("a", "2024-04").kpis[0]
    assert fact.target is not None
    assert (fact.target.now, fact.target.pace, fact.target.passed, fact.status) == (300, None, 1, "met")
