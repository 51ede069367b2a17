"""Ad platforms in one file, each of which claims the same conversions: no total of them, wherever one is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpikit.evaluation.document import document
from kpikit.metrics.requests import Request
from kpikit.words.errors import SettingError
from kpikit.workspace import Workspace
from tests.workspaces import Sale, Shop, plan, window

JANUARY = window("2024-01-01", "2024-01-31")
ADS = """
  ad_conversions: {source: sales, sum: customer, unit: count, by: [channel], overlaps_by: channel}
  ad_clicks: {source: sales, sum: 10 * customer, unit: count, by: [channel]}
  ad_cost: {source: sales, sum: value, unit: money, currency: GBP, by: [channel]}
"""
KPI = "{{indicator: {}, {}cadence: month, target: {{kind: keep, value: {}}}}}"


def shop(folder: Path, *kpis: str, pis: str = "[]") -> Workspace:
    """Google claims 3 conversions for 30 pounds, Meta 2 for 10: nobody knows how many of the 5 are the same."""
    rows = [Sale("2024-01-04", "30.00", 3, "Google"), Sale("2024-01-05", "10.00", 2, "Meta")]
    return Shop(rows, plans={"a/1": plan(*kpis, pis=pis)}, more=ADS).at(folder)


def test_each_member_is_told_and_no_total(tmp_path: Path) -> None:
    asked = [Request("ad_conversions", (JANUARY,), by) for by in ((), ("channel",))]
    found = shop(tmp_path).measure([*asked, Request("ad_clicks", (JANUARY,))], ["a"])
    assert found.get("a", "ad_conversions", JANUARY).value is None
    members = found.members("a", "ad_conversions", JANUARY, "channel")
    assert {name: row.value for name, row in members.items()} == {"Google": 3, "Meta": 2}
    assert found.get("a", "ad_clicks", JANUARY).value == 50  # a click is of one platform: 30 and 20


def test_a_report_says_why_there_is_no_total_and_shows_the_members(tmp_path: Path) -> None:
    google = KPI.format("ads.cost_per_conversion", "member: {channel: Google}, ", 12)
    review = shop(tmp_path, google, pis="[ads.conversions]").client("a").evaluate("2024-01")
    assert review.evaluation.fact("ads.cost_per_conversion[channel=Google]").value.value == 10  # 30 / 3
    total = review.evaluation.fact("ads.conversions")
    assert (total.value.value, total.value.reason) == (None, "overlapping")
    assert {part.member: part.value.value for part in total.parts} == {"Google": 3, "Meta": 2}
    facts = {each["indicator"]: each for each in document(review.evaluation)["facts"]}
    assert facts["ads.conversions"]["reason"] == "overlapping"
    assert facts["ads.clicks"]["value"] == 50
    assert "what several of them claim would count twice" in str(review.figures("ads.conversions"))


@pytest.mark.parametrize("id", ["ads.conversions", "ads.cost_per_conversion", "ads.conversion_rate"])
def test_a_total_is_no_kpi(tmp_path: Path, id: str) -> None:
    with pytest.raises(SettingError) as raised:
        shop(tmp_path, KPI.format(id, "", "1 %" if id == "ads.conversion_rate" else 1)).evaluate("a", "2024-01")
    assert str(raised.value) == (
        f"{tmp_path / 'plans/a/1.yml'}, line 8, {id}: each channel counts ad_conversions for itself ('overlaps_by'), "
        "and what several of them claim would count twice. Choose one, as 'member: {channel: ...}', or hold the orders "
        "of the shop against all spend, as marketing.blended_cost_per_acquisition and marketing.efficiency_ratio do."
    )


def test_another_metric_is_no_way_round(tmp_path: Path) -> None:
    round_it = ADS + "  all: {source: sales, filter: order, sum: customer, unit: count}\n"
    with pytest.raises(SettingError, match=r"metrics.all.overlaps_by: must be 'channel', as in ad_conversions, which"):
        Shop(more=round_it).at(tmp_path)
    one = ADS + "  google: {source: sales, where: {channel: Google}, sum: customer, unit: count}\n"
    assert "google" in Shop(more=one).at(tmp_path / "one").settings.model.metrics
