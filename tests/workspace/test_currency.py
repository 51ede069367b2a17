"""Amounts whose currency stands in the header of their file: metrics take it from there, or must agree with it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from kpikit.words.errors import SettingError
from kpikit.workspace import Workspace

WORKSPACE = """\
schema: 1
name: Ads
sources:
  meta:
    {file: "PATTERN", format: csv, kind: events, every: day, covers: 2026-05-01..2026-05-31, client: shop, time: day,
     columns: {shop: text, day: date, spent: {type: decimal, scale: 2, header: "Amount spent ({currency})"},
     fees: {type: decimal, scale: 2, header: "Fees ({currency})"}, shown: {type: integer, header: Impressions}}}
metrics: {METRICS}
"""
HEADER = "shop,day,Amount spent (EGP),Fees (EGP),Impressions\n"
ROWS = "a,2026-05-01,1250.5,2.25,40\na,2026-05-02,0.25,0,7\n"


def ads(
    folder: Path,
    metrics: str = "revenue: {source: meta, sum: spent, unit: money}",
    pattern: str = "ads.csv",
    change: tuple[str, str] = ("", ""),
    **files: str,
) -> Workspace:
    """A workspace on files of advertising, ``ads.csv`` unless others are given."""
    folder.mkdir(exist_ok=True)
    for name, text in (files or {"ads": HEADER + ROWS}).items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    text = WORKSPACE.replace("PATTERN", pattern).replace("METRICS", metrics)
    (folder / "workspace.yml").write_text(text.replace(*change), encoding="utf-8")
    (folder / "clients.yml").write_text("schema: 1\nclients: {a: {}}\n", encoding="utf-8")
    return Workspace(folder)


@pytest.mark.parametrize(
    ("metric", "amount", "currency"),
    [
        ("{source: meta, sum: spent, unit: money}", Decimal("1250.75"), "EGP"),
        ("{source: meta, sum: spent, unit: money, currency: EGP}", Decimal("1250.75"), "EGP"),
        ("{source: meta, sum: spent + fees, unit: money}", Decimal(1253), "EGP"),
        ("{source: meta, sum: shown, unit: money, currency: USD}", Decimal(47), "USD"),  # its header says none
        ("{source: meta, sum: shown, unit: count}", None, None),
        ("{source: meta, sum: spent, unit: score}", None, None),
    ],
)
def test_the_currency_is_that_of_the_header(
    tmp_path: Path, metric: str, amount: Decimal | None, currency: str | None
) -> None:
    workspace = ads(tmp_path, f"revenue: {metric}")
    assert workspace.settings.model.metrics["revenue"].currency == currency
    assert [row.amount for row in workspace.table()] == [amount]


def test_a_slice_knows_the_currency_without_the_files(tmp_path: Path) -> None:
    workspace = ads(tmp_path / "ads")
    workspace.save_slice(tmp_path / "slice", ["a"], "2026-05", None)
    part = Workspace(tmp_path / "slice")
    assert part.settings.model.metrics["revenue"].currency == "EGP"
    assert part.evaluate("a", "2026-05") == workspace.evaluate("a", "2026-05")


SPENT = "line 6, sources.meta.columns.spent.header: the currency cannot be read."


@pytest.mark.parametrize(
    ("metrics", "change", "files", "message"),
    [
        (
            "revenue: {source: meta, sum: spent, unit: money, currency: USD}",
            ("", ""),
            {},
            "workspace.yml, line 8, metrics.revenue.currency: is USD, and the header of the file says EGP.",
        ),
        (
            "revenue: {source: meta, sum: shown, unit: money}",
            ("", ""),
            {},
            "workspace.yml, line 8, metrics.revenue.currency: goes with 'unit: money', which needs one, as GBP.",
        ),
        (
            "revenue: {source: meta, sum: spent + fees, unit: money}",
            ("", ""),
            {"ads": HEADER.replace("Fees (EGP)", "Fees (USD)")},
            "workspace.yml, line 8, metrics.revenue.currency: 'Amount spent (EGP)' and 'Fees (USD)' are in different "
            "currencies, which do not add up.",
        ),
        (
            "revenue: {source: meta, sum: spent, unit: money}",
            ("", ""),
            {"ads": HEADER.replace("Amount spent (EGP)", "Amount spent")},
            f"workspace.yml, {SPENT} ads.csv, row 1, column 'Amount spent ({{currency}})': there is no such column. "
            "Did you mean 'Amount spent'?",
        ),
        (
            "revenue: {source: meta, sum: spent, unit: money}",
            ("", ""),
            {"ads": HEADER.replace("Fees (EGP)", "Amount spent (USD)")},
            f"workspace.yml, {SPENT} ads.csv, row 1, column 'Amount spent ({{currency}})': fits several names in the "
            "header.",
        ),
        (
            "revenue: {source: meta, sum: spent, unit: money}",
            ('"ads.csv"', '"*.csv"'),
            {"ads": HEADER + ROWS, "usa": HEADER.replace("EGP", "USD")},
            f"workspace.yml, {SPENT} usa.csv, row 1, column 'Amount spent ({{currency}})': is in USD, and in EGP in "
            "ads.csv. Make a source of each currency.",
        ),
        (
            "revenue: {source: meta, sum: spent, unit: money}",
            ("", ""),
            {"other": HEADER},
            f"workspace.yml, {SPENT} ads.csv: there is no such file. It is declared in workspace.yml, line 5, "
            "sources.meta.file. Its folder has clients.yml, other.csv, workspace.yml.",
        ),
        (
            "revenue: {source: meta, sum: spent, unit: money}",
            ("", ""),
            {"ads": ""},
            f"workspace.yml, {SPENT} ads.csv: has no header.",
        ),
        (
            "revenue: {source: meta, sum: spent, unit: money}",
            ('{type: decimal, scale: 2, header: "Amount', '{type: number, header: "Amount'),
            {},
            "workspace.yml, line 6, sources.meta.columns.spent.header: '{currency}' stands once, in the header of a "
            "column of integers or decimals.",
        ),
        (
            "revenue: {source: meta, sum: spent, unit: money}",
            ("format: csv", "format: parquet"),
            {},
            "workspace.yml, line 6, sources.meta.columns.spent.header: '{currency}' belongs to sources with "
            "'format: csv'.",
        ),
    ],
)
def test_what_is_wrong_with_a_currency_is_refused(
    tmp_path: Path, metrics: str, change: tuple[str, str], files: dict[str, str], message: str
) -> None:
    with pytest.raises(SettingError) as error:
        ads(tmp_path, metrics, change=change, **files)
    assert str(error.value).replace(f"{tmp_path}/", "") == message
