"""Cells without a value in what is summed of events: which are told, and where a reader meets them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kpikit.evaluation.document import document
from kpikit.evaluation.lacking import WithoutValue
from kpikit.render.content import Content
from kpikit.render.formats import xlsx
from kpikit.workspace import Workspace
from tests.workspace.test_left_out import rewritten
from tests.workspaces import Sale, Shop, each_day, plan

PLANS = {"default/1": plan("{indicator: sales.revenue, cadence: month}")}
CELL = "value: {{type: decimal, scale: 2, missing: [{}]}}"
UNKNOWN = [
    *each_day("2024-01-01", "2024-01-20"),
    Sale("2024-01-05", "N/A"),
    Sale("2024-01-06", "N/A"),
    Sale("2024-01-07", "N/A", cancelled=True),  # revenue is of orders alone
    Sale("2024-02-05", "N/A"),
    *each_day("2024-01-01", "2024-01-20", client="b"),
]
"""Of client a in January 20 + 2 orders, 2 of them without a value, and one cancellation; 1 of 1 in February."""


def opened(folder: Path, sales: Sequence[Sale], missing: str = "N/A", **shop: Any) -> Workspace:
    Shop(sales, plans=PLANS, **shop).at(folder)
    rewritten(folder, "workspace.yml", (CELL.format('""'), CELL.format(missing)))
    return Workspace(folder)


def empties(number: int) -> list[Sale]:
    """20 orders of client a in January, and so many of them without a value."""
    days = each_day("2024-01-01", "2024-01-20")
    return [*(Sale(each.day, None) for each in days[:number]), *days[number:]]


EMPTY = '""'
CASES = [
    (UNKNOWN, "N/A", "2024-01", None, {}, [("revenue", 2, 22), ("cancelled_value", 1, 1)]),
    (UNKNOWN, "N/A", "2024-02", None, {}, [("revenue", 1, 1)]),  # the only row of the month
    (UNKNOWN, "N/A", "2024-03", None, {}, []),
    # on the 5th: 5 of 20 days, and the first of the two orders without a value
    (UNKNOWN, "N/A", "2024-01", "2024-01-05", {}, [("revenue", 1, 6)]),
    # of aggregates a day without a value is not covered, and the figure of the month says so
    (each_day("2024-01-01", "2024-01-20"), "N/A", "2024-01", None, {"kind": "aggregates"}, []),
    (empties(0), EMPTY, "2024-01", None, {}, []),
    (empties(2), EMPTY, "2024-01", None, {}, [("revenue", 2, 20)]),  # 2 of 20 are a tenth
    (empties(3), EMPTY, "2024-01", None, {}, []),  # so many mean that there was nothing
    # where a column says it both ways, as a whole it is one of empty cells
    ([*empties(0), Sale("2024-01-21", "N/A")], 'N/A, ""', "2024-01", None, {}, [("revenue", 1, 21)]),
]  # fmt: skip


@pytest.mark.parametrize(("sales", "missing", "period", "as_of", "shop", "expected"), CASES, ids=range(len(CASES)))
def test_how_many_rows_of_a_sum_have_no_value(
    tmp_path: Path, sales: list[Sale], missing: str, period: str, as_of: str | None, shop: Any, expected: list[Any]
) -> None:
    found = opened(tmp_path, sales, missing, **shop).evaluate("a", period, as_of)
    assert [(each.metric, each.rows, each.all) for each in found.without_value] == expected
    told = [(each["metric"], each["rows"], each["all"]) for each in document(found)["without_value"]]
    assert told == expected


def test_the_day_stays_covered_and_the_sum_is_that_of_the_other_rows(tmp_path: Path) -> None:
    value = opened(tmp_path, UNKNOWN).evaluate("a", "2024-01").fact("sales.revenue").value
    assert (value.value, value.covered, value.expected) == (200.0, 31, 31)  # 20 x 10.00


SAID = (
    "2 of 22 rows of the source sales have no value in 'value': the sum 'revenue' counts them as nothing, "
    "and may be incomplete."
)


def test_a_report_says_it_at_the_top_and_with_the_kpi(tmp_path: Path) -> None:
    own = opened(tmp_path, UNKNOWN)
    review, other = (own.client(key).evaluate("2024-01", language="en") for key in "ab")
    revenue, orders = (review.evaluation.fact(f"sales.{name}") for name in ("revenue", "orders"))
    assert SAID in str(review.title()).splitlines() and "no value" not in str(other.title())
    assert SAID in review.texts(revenue)
    assert not any("no value" in text for text in review.texts(orders))  # rows are counted, whatever they say
    assert SAID in str(own.portfolio("2024-01", language="en").title())


def test_partners_are_not_told_what_a_kpi_is_made_of(tmp_path: Path) -> None:
    review = opened(tmp_path, UNKNOWN).client("a").evaluate("2024-01", language="en", audience="partner")
    told = "Rows of the source sales have no value: sums count them as nothing, and may be incomplete."
    assert str(review.title()).splitlines()[-1] == told
    assert review.evaluation.without_value == (WithoutValue("sales", None, None, None, None, ("sales.revenue",)),)


def test_of_sums_over_persons_no_number_is_told(tmp_path: Path) -> None:
    """Two customers without a value would be a group of two."""
    sales = [*(Sale(f"2024-01-{day:02}", customer=day) for day in range(3, 20)), Sale("2024-01-20", "N/A", 20)]
    Shop(sales, plans=PLANS).at(tmp_path)
    persons = ("currency: GBP, by: [channel]}", "currency: GBP, by: [channel], persons: customers}")
    counted = ("unique: customer, by", "unique: customer, persons: true, by")
    rewritten(tmp_path, "workspace.yml", (CELL.format('""'), CELL.format("N/A")), persons, counted)
    found = Workspace(tmp_path).evaluate("a", "2024-01").without_value
    assert [(each.metric, each.rows, each.all) for each in found] == [("revenue", None, None)]


def test_a_slice_says_the_same(tmp_path: Path) -> None:
    whole = opened(tmp_path / "whole", UNKNOWN)
    whole.save_slice(tmp_path / "own", ["a"], "2024-01", None)
    own = Workspace(tmp_path / "own")
    assert own.evaluate("a", "2024-01") == whole.evaluate("a", "2024-01")
    assert own.provenance() == whole.provenance(["a"]) and own.provenance().without_value["sales"]


def test_the_sheet_of_coverage_says_it(tmp_path: Path) -> None:
    own = opened(tmp_path, UNKNOWN)
    for client, told in (("a", "revenue: 2 of 22"), ("b", None)):
        content = Content(own.client(client).evaluate("2024-01", language="en"))
        sheet = openpyxl.load_workbook(io.BytesIO(xlsx.workbook(content)))["Coverage"]
        rows = {row[0].value: row for row in sheet.iter_rows() if row[0].value}
        assert rows["Indicator"][4].value == (told and "Rows without a value")
        assert rows["Revenue"][4].value == told and rows["Revenue"][1].value == 31


def test_the_data_doctor_says_it_of_each_client(tmp_path: Path) -> None:
    own = opened(tmp_path, UNKNOWN)
    lines = str(own.data_doctor(language="en")).splitlines()
    # all days: 20 + 2 + 1 orders of a, of which 3 have no value
    assert any(line.split() == ["Client", "A", "sales", "revenue", "23", "3"] for line in lines)
    assert "Rows without a value" in lines
    assert "Rows without a value" not in str(own.data_doctor(client="b", language="en"))
