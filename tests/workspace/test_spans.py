"""A source about all days that it covers as a whole: its figures for these, and why there are none for others."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kpikit.metrics.requests import Request
from kpikit.words.errors import SettingError
from kpikit.workspace import Workspace
from tests.workspaces import Sale, Shop, plan, window

HALF_YEAR = window("2024-01-01", "2024-06-30")
COUNTRIES = """\
  countries:
    {file: countries.csv, format: csv, kind: aggregates, every: span, covers: 2024-01-01..2024-06-30, client: client,
     dialect: {thousands: ","}, columns: {client: text, country: text, visits: integer}}
dimensions:
  country: {source: countries, column: country}
"""


def shop(folder: Path, metric: str = "orders", kind: str = "aggregates", **plans: str) -> Workspace:
    """A shop whose orders are not counted in its sales, but in a file by country of the first half of 2024."""
    folder.mkdir()
    sales = [Sale(f"2024-{month:02}-15") for month in range(1, 13)]
    (folder / "countries.csv").write_text('client,country,visits\na,DK,"1,200"\na,NO,300\n', encoding="utf-8")
    Shop(sales).at(folder)
    file = folder / "workspace.yml"
    text = file.read_text(encoding="utf-8").replace("dimensions:\n", COUNTRIES.replace("aggregates", kind))
    written = next(line for line in text.splitlines() if line.startswith(f"  {metric}:"))
    text = text.replace(written, f"  {metric}: {{source: countries, sum: visits, unit: count, by: [country]}}")
    file.write_text(text, encoding="utf-8")
    for name, text in plans.items():
        (folder / "plans" / name).mkdir(parents=True)
        (folder / "plans" / name / "1.yml").write_text(text, encoding="utf-8")
    return Workspace(folder)


@pytest.mark.parametrize(
    ("asked", "as_of", "expected"),
    [
        (HALF_YEAR, "2024-12-31", (1500.0, 1, 1)),
        (HALF_YEAR, "2024-06-30", (1500.0, 1, 1)),
        (HALF_YEAR, "2024-06-29", (None, 0, 1)),  # not known yet
        (window("2024-01-01", "2024-06-29"), "2024-06-29", (None, 0, 0)),
        (window("2024-01-01", "2024-01-31"), "2024-12-31", (None, 0, 0)),
        (window("2024-01-01"), "2024-12-31", (None, 0, 0)),
        (window("2024-01-01", "2024-12-31"), "2024-12-31", (None, 0, 0)),
    ],
)
def test_a_span_has_a_value_for_exactly_its_days(
    tmp_path: Path, asked: object, as_of: str, expected: tuple[object, ...]
) -> None:
    workspace = shop(tmp_path / "shop")
    found = workspace.measure([Request("orders", (asked,))], ["a"], date.fromisoformat(as_of))  # type: ignore[arg-type]
    assert [(row.value, row.covered, row.expected) for row in found] == [expected]


@pytest.mark.parametrize(("kind", "nothing"), [("aggregates", None), ("events", 0.0)])
def test_a_client_without_a_row_has_none_or_zero_as_the_kind_says(
    tmp_path: Path, kind: str, nothing: float | None
) -> None:
    found = shop(tmp_path / "shop", kind=kind).measure([Request("orders", (HALF_YEAR,))])
    assert [row.value for row in found] == [1500.0, nothing]


def test_the_table_has_the_span_by_member(tmp_path: Path) -> None:
    rows = [row for row in shop(tmp_path / "shop").table() if row.metric == "orders"]
    assert {(row.client, row.slice, row.window, row.value) for row in rows} == {
        ("a", "", HALF_YEAR, 1500.0),
        ("a", "country=DK", HALF_YEAR, 1200.0),
        ("a", "country=NO", HALF_YEAR, 300.0),
        ("b", "", HALF_YEAR, None),
    }


def test_a_span_does_not_set_the_last_day_nor_the_first(tmp_path: Path) -> None:
    workspace = shop(tmp_path / "shop")
    assert workspace.settings.last_covered_day == date(2024, 12, 31)
    text = (workspace.folder / "workspace.yml").read_text(encoding="utf-8")
    (workspace.folder / "workspace.yml").write_text(text.replace("2024-01-01..2024-06-30", "2023-01-01..2023-06-30"))
    assert Workspace(workspace.folder).settings.begins == date(2024, 1, 1)


def test_a_source_that_nothing_is_measured_in_holds_no_report_back(tmp_path: Path) -> None:
    workspace = shop(tmp_path / "shop")
    old = """  old:
    file: old.csv
    format: csv
    kind: aggregates
    every: month
    covers: 2019-01-01..2019-12-31
    client: shop
    time: month
    columns: {shop: text, month: {type: date, format: "%Y-%m"}, orders: integer}
  countries:
"""
    text = (workspace.folder / "workspace.yml").read_text(encoding="utf-8").replace("  countries:\n", old, 1)
    (workspace.folder / "workspace.yml").write_text(text)
    (workspace.folder / "old.csv").write_text("shop,month,orders\na,2019-12,5\n")
    assert Workspace(workspace.folder).settings.last_covered_day == date(2024, 12, 31)
    measured = text.replace("metrics:\n", "metrics:\n  old_orders: {source: old, sum: orders, unit: count}\n")
    (workspace.folder / "workspace.yml").write_text(measured)
    assert Workspace(workspace.folder).settings.last_covered_day == date(2019, 12, 31)


@pytest.mark.parametrize(
    ("language", "reason"),
    [
        ("en", "the source has no value for exactly these days"),
        ("da", "kilden har ingen værdi for netop disse dage"),
        ("nb", "kilden har ingen verdi for akkurat disse dagene"),
    ],
)
@pytest.mark.parametrize("period", ["2024-05", "2024-08", "2024-Q2", "2024"])
def test_a_report_says_why_there_is_none(tmp_path: Path, language: str, reason: str, period: str) -> None:
    workspace = shop(tmp_path / "shop", a=plan(pis="[sales.orders, sales.revenue]"))
    facts = {fact.indicator: fact for fact in workspace.evaluate("a", period).facts}
    assert (facts["sales.orders"].value.value, facts["sales.orders"].value.reason) == (None, "no_slot")
    assert facts["sales.revenue"].value.value is not None
    review = workspace.client("a").evaluate(period, language=language)
    assert reason.casefold() in str(review.scorecard()).casefold()


def test_a_slice_says_the_same(tmp_path: Path) -> None:
    workspace = shop(tmp_path / "shop", a=plan(pis="[sales.orders]"))
    workspace.save_slice(tmp_path / "slice", ["a"], "2024-05", None)
    part = Workspace(tmp_path / "slice")
    assert part.evaluate("a", "2024-05") == workspace.evaluate("a", "2024-05")


def test_a_kpi_cannot_be_about_a_span(tmp_path: Path) -> None:
    kpi = "{indicator: sales.orders, cadence: month, target: {kind: keep, value: 5}}"
    workspace = shop(tmp_path / "shop", a=plan(kpi))
    with pytest.raises(SettingError) as error:
        workspace.evaluate("a", "2024-05")
    reason = "orders is known for 2024-01-01..2024-06-30 as a whole, and for no month of it."
    assert str(error.value) == f"{workspace.folder}/plans/a/1.yml, line 8, sales.orders: {reason}"


def test_who_is_new_is_not_told_by_a_span(tmp_path: Path) -> None:
    workspace = shop(tmp_path / "shop")
    file = workspace.folder / "workspace.yml"
    written = "customer: {source: sales, filter: order, key: customer"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(written, "customer: {source: countries, key: country"), encoding="utf-8")
    with pytest.raises(SettingError) as error:
        Workspace(workspace.folder)
    assert str(error.value).endswith(
        "entities.customer.source: 'countries' is about a span as a whole, and who is new or comes back is told by the "
        "time."
    )
