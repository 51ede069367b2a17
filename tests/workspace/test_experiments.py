"""An experiment in a workspace: measured, judged, shown, in the JSON, and the same in a report's slice."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

import kpikit
from kpikit.evaluation.document import document
from tests.plans.texts import experiment
from tests.workspaces import Sale, Shop

KPIS = "[sales.average_order_value, sales.cancellation_rate]"
PAGE = experiment("page", "{en: The new page, da: Den nye side}", "a", KPIS)
OTHER = experiment("other", "Of another client", "b", "[sales.orders]")


def shop(folder: Path) -> Path:
    """800 customers, half of each variant, with an order each: of about 20 pounds, by phone of about 26."""
    draw = random.Random(3)
    sales = []
    for customer in range(800):
        channel = ("web", "phone")[customer % 2]
        value = draw.gauss(26 if channel == "phone" else 20, 8)
        sales.append(Sale(f"2024-03-{customer % 14 + 1:02}", f"{max(value, 1):.2f}", customer, channel))
        sales.append(Sale("2024-03-10", "1.00", customer, channel, cancelled=customer % 20 < 2))
    Shop(sales=sales, covers="2024-01-01..2024-03-31").at(folder)
    (folder / "experiments.yml").write_text(f"schema: 1\nexperiments:\n{PAGE}{OTHER}", encoding="utf-8")
    return folder


def test_an_experiment_from_rows_to_words(tmp_path: Path) -> None:
    workspace = kpikit.open(shop(tmp_path / "shop"))
    review = workspace.client("a").evaluate("2024-03", language="da")
    (found,) = review.evaluation.experiments
    value, cancelled = found.comparisons
    assert (found.experiment.key, value.control.units, value.treated.units) == ("page", 400, 400)
    assert (value.verdict, cancelled.verdict) == ("better", "no_difference")
    shown = str(review.experiments())
    assert "Den nye side\n\n1. marts 2024 – 14. marts 2024. Gruppernes størrelse – web: 400, phone: 400.\n" in shown
    assert "phone klarer sig bedre end kontrolgruppen: Gennemsnitlig ordreværdi, 13,83\xa0£ mod 10,95\xa0£ (" in shown
    assert "2 sammenligninger: hver vurdering er justeret for det (Holm)" in shown
    (written,) = document(review.evaluation)["experiments"]
    assert (written["key"], written["units"], written["mixed"]) == ("page", {"phone": 400, "web": 400}, 0)
    assert written["comparisons"][0]["verdict"] == "better"

    workspace.save_slice(tmp_path / "slice", ["a"], "2024-03", None)
    again = kpikit.open(tmp_path / "slice").client("a").evaluate("2024-03", language="da")
    assert again.evaluation.experiments == review.evaluation.experiments
    assert str(again.experiments()) == shown
    assert "another" not in (tmp_path / "slice" / "experiments.yml").read_text(encoding="utf-8")


def test_a_variant_that_nobody_planned_is_told_on_the_page_and_in_its_slice(tmp_path: Path) -> None:
    folder = shop(tmp_path / "shop")
    listed = (folder / "experiments.yml").read_text(encoding="utf-8").replace("phone:", "letter:")
    (folder / "experiments.yml").write_text(listed, encoding="utf-8")
    workspace = kpikit.open(folder)
    told = "400 units saw variants that are not planned (phone) and are left out."
    assert told in str(workspace.client("a").evaluate("2024-03").experiments())
    workspace.save_slice(tmp_path / "slice", ["a"], "2024-03", None)
    assert told in str(kpikit.open(tmp_path / "slice").client("a").evaluate("2024-03").experiments())


def test_only_the_experiments_of_the_period_are_shown(tmp_path: Path) -> None:
    workspace = kpikit.open(shop(tmp_path))
    assert workspace.evaluate("a", "2024-02").experiments == ()
    (found,) = workspace.evaluate("a", "2024-03", "2024-03-08").experiments
    assert (str(found.sample.until), found.days_left, found.comparisons[0].verdict) == ("2024-03-08", 6, "running")
    assert str(workspace.client("a").evaluate("2024-02").experiments()) == ""


VISITS = """\
  page:
    file: page.csv
    format: csv
    kind: events
    every: day
    covers: {covers}
    client: shop
    time: day
    columns: {{day: date, shop: text, visitor: text, variant: text, bought: integer}}
"""
SHARE = """\
  page_visitors: {source: page, unique: visitor}
  page_buyers: {source: page, sum: bought, unit: count}
indicators:
  page.buyers:
    {label: Buyers, description: Buyers per visitor., formula: page_buyers / page_visitors, unit: share, better: higher}
"""
TEST = """\
schema: 1
experiments:
  page:
    {label: Page, client: a, source: page, unit: visitor, variant: variant, control: old, variants: {old: 1, new: 1},
     from: 2024-03-01, to: 2024-03-14, kpis: [page.buyers]}
"""


def on_a_page(folder: Path, covers: str) -> kpikit.Workspace:
    """A shop with a test on a page, whose visits are a source of their own that is measured beside the test."""
    Shop(sales=[Sale("2024-03-20", "5.00")], covers="2024-01-01..2024-03-31").at(folder)
    top = folder / "workspace.yml"
    text = top.read_text(encoding="utf-8")
    text = text.replace("dimensions:\n", VISITS.format(covers=covers) + "dimensions:\n", 1) + SHARE
    top.write_text(text, encoding="utf-8")
    visits = [f"2024-03-{day:02},{who},{who}{day},{('old', 'new')[day % 2]},1" for day in range(1, 11) for who in "ab"]
    (folder / "page.csv").write_text("\n".join(["day,shop,visitor,variant,bought", *visits]) + "\n", encoding="utf-8")
    (folder / "experiments.yml").write_text(TEST, encoding="utf-8")
    return kpikit.open(folder)


@pytest.mark.parametrize(
    ("covers", "last", "held_back_by"),
    [
        ("2024-03-01..2024-03-14", "2024-03-31", ["sales"]),  # as long as the experiment
        ("2024-01-01..2024-03-14", "2024-03-14", ["page"]),  # what goes on may be late
        ("2024-03-01..2024-03-10", "2024-03-10", ["page"]),
    ],
)
@pytest.mark.parametrize("client", ["a", "b"])
def test_a_source_is_over_with_its_experiments(
    covers: str, last: str, held_back_by: list[str], client: str, tmp_path: Path
) -> None:
    """So it is in the slice of a report, too, whose client or period may have none of them."""
    whole = on_a_page(tmp_path / "shop", covers)
    whole.save_slice(tmp_path / "slice", [client], "2024-02", last)
    for found in (whole.settings, kpikit.open(tmp_path / "slice").settings):
        assert (str(found.last_covered_day), found.held_back_by) == (last, held_back_by)
    assert kpikit.open(tmp_path / "slice").evaluate(client, "2024-02", last) == whole.evaluate(client, "2024-02", last)
