"""What is behind a point: the figures of its formula, their coverage, the rows of their sources, notes and events."""

from __future__ import annotations

from pathlib import Path

import pytest

import kpikit
from kpikit.words.errors import UsageError
from tests.workspaces import Sale, Shop, each_day, sample


@pytest.fixture
def shop(tmp_path: Path) -> kpikit.Workspace:
    """A sale a day from 15 January on; two more on 3 March, of which one is cancelled."""
    sales = [*each_day("2024-01-15", "2024-06-30"), Sale("2024-03-03"), Sale("2024-03-03", cancelled=True)]
    return Shop(sales=sales, covers="2024-01-15..2024-06-30").at(tmp_path / "shop")


def test_the_parts_of_a_ratio_with_their_coverage_and_rows(shop: kpikit.Workspace) -> None:
    found = shop.client("a").explore("sales.cancellation_rate", "2024-06", language="en").at("2024-03").behind
    assert found is not None
    top, bottom = found.ingredients
    # March has 31 days, each with a sale, and two more sales on the third: 33 rows, of which 1 is cancelled.
    assert (top.metric.name, top.measured.value, top.rows) == ("cancellations", 1, 33)
    assert (top.measured.covered, top.measured.expected, bottom.rows) == (31, 31, 33)
    assert found.point.value.value == top.measured.value / bottom.measured.value
    assert "31 of 31 days" in str(found) and "33" in str(found) and found.written in str(found)


def test_a_period_that_is_covered_in_part_says_so(shop: kpikit.Workspace) -> None:
    found = shop.client("a").explore("sales.orders", "2024-06", language="en").at("2024-01").behind
    assert found is not None
    (orders,) = found.ingredients
    assert (orders.measured.value, orders.rows) == (17, 17)  # from the 15th to the 31st
    assert "17 of 31 days" in str(found) and "not complete: 17 of 31" in str(found)


def test_notes_on_a_date_stand_with_the_point_in_reports_and_say_which_day(shop: kpikit.Workspace) -> None:
    client = shop.client("a")
    client.note("Rain all day.", "2024-03-05", "sales.orders", by="Ann", on="2024-07-01")
    client.note("Of another.", "2024-03-06", "sales.revenue", on="2024-07-01")
    client.note("Of April.", "2024-04", on="2024-07-01")
    behind = client.explore("sales.orders", "2024-06", language="en").at("2024-03").behind
    assert behind is not None and [note.text for note in behind.notes] == ["Rain all day."]
    assert "5 March 2024" in str(behind.shown())
    review = client.evaluate("2024-03", language="en")
    assert "Rain all day." in review.notes().text and "5 March 2024" in review.notes().text
    assert "Of April." not in review.notes().text and "Of April." in client.evaluate("2024-04").notes().text


def test_rows_of_persons_are_not_counted() -> None:
    """Who knows how many rows there are knows how few persons answered."""
    seen = sample("agency").client("brynje").explore("people.wellbeing", language="en")
    found = seen.at(seen.fact.series.points[-1].period.key).behind
    assert found is not None and {each.rows for each in found.ingredients} == {None}


def test_a_period_that_the_history_has_not_is_refused(shop: kpikit.Workspace) -> None:
    with pytest.raises(UsageError, match="period == '2020-01', must be one of 2024-01, 2024-02"):
        shop.client("a").explore("sales.orders", "2024-06").at("2020-01")
