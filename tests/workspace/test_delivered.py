"""Rows that end before `covers` does: whether that is a shop that sold nothing, or a delivery that is late."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

import kpikit
from kpikit.evaluation.document import document
from kpikit.metrics.coverage import expected_slots
from kpikit.sources.slots import SlotRows
from kpikit.words.periods import Calendar, Window
from kpikit.workspace import Workspace
from kpikit.workspace.data.delivered import ended
from kpikit.workspace.data.held import Held, held
from tests.workspaces import KEEP_ORDERS, Sale, Shop, plan

FIRST = date(2024, 1, 1)


def days(text: str) -> list[date]:
    """The days with rows, of a text with a sign for each day: ``x`` has any."""
    return [FIRST + timedelta(place) for place, sign in enumerate(text) if sign == "x"]


@pytest.mark.parametrize(
    ("text", "every", "last"),
    [
        # of 19 more days after the first all had rows, then 11 had none: 11! 20! / 31!
        ("x" * 20 + "." * 11, "day", 20),
        ("x" * 20, "day", None),
        ("x" * 20 + "..", "day", None),  # 1 / 21 * 2 / 22 is 1 in 231
        ("x" * 20 + "...", "day", 20),  # 1 / 21 * 2 / 22 * 3 / 23 is 1 in 1,771
        ("x" * 9 + "." * 4, "day", None),  # 4! 9! / 13! is 1 in 715
        ("x" * 9 + "." * 5, "day", 9),  # 5! 9! / 14! is 1 in 2,002
        ("xxx" + "." * 16, "day", None),  # three days say little: 16! 3! / 19! is 1 in 969
        ("xxx" + "." * 17, "day", 3),  # 1 in 1,140
        ("x.........x.........x" + "." * 60, "day", None),  # 19 * 20 * 21 / (79 * 80 * 81) is 1 in 64
        ("x.........x.........x" + "." * 190, "day", 21),  # 19 * 20 * 21 / (209 * 210 * 211) is 1 in 1,161
        ("xx" + "." * 400, "day", None),  # two orders of one customer are no rule
        ("xxxxx.." * 8 + "xxxxx..", "day", None),  # a weekend like all others
        ("xxxxx.." * 8 + "xxxxx....", "day", None),  # 4 days; 17 * 18 * 19 * 20 / (62 * 63 * 64 * 65) is 1 in 140
        ("xxxxx.." * 8 + "xxxxx......", "day", 61),  # and that * 21 / 66 * 22 / 67 is 1 in 1,337
        ("x" * 20 + "." * 11 + "x" * 20 + "." * 11, "day", None),  # as in the holidays before
        ("x............." * 12, "day", None),  # a newsletter every other week
        ("x......" * 12 + "." * 56, "week", 84),  # 8 weeks after 12: 8! 12! / 20!
    ],
)
def test_where_rows_end_too_early(tmp_path: Path, text: str, every: str, last: int | None) -> None:
    covers = Window(FIRST, FIRST + timedelta(len(text)))
    shop = Shop().at(tmp_path).settings.model.sources["sales"]
    source = replace(shop, every=every, covers=covers)
    slots = tuple(expected_slots(source, covers))
    own = Held(source, "a", (), {day: SlotRows(1, ()) for day in days(text)}, slots)
    assert ended(own) == (None if last is None else FIRST + timedelta(last - 1))


def late(folder: Path) -> Workspace:
    """Client a has a sale a day until 14 February, and b until the end of the month, as is covered."""
    until = {"a": date(2024, 2, 14), "b": date(2024, 2, 29)}
    rows = [
        Sale(str(FIRST + timedelta(day)), client=key)
        for key, last in until.items()
        for day in range((last - FIRST).days + 1)
    ]
    return Shop(rows, covers="2024-01-01..2024-02-29", plans={"default/1": plan(KEEP_ORDERS)}).at(folder)


def test_a_late_delivery_is_told_wherever_its_zeros_are(tmp_path: Path) -> None:
    workspace = late(tmp_path / "whole")
    own, other = (workspace.client(key).evaluate("2024-02") for key in "ab")
    said = "The source sales has no rows of this client after 14 February 2024: its zeros since then may mean that "
    assert said in str(own.title()) and said not in str(other.title())
    assert document(own.evaluation)["ended"] == [{"source": "sales", "last_day": "2024-02-14"}]
    assert "no rows of Client A after 14 February 2024: zeros" in str(workspace.portfolio("2024-02").title())
    found = workspace.triage("2024-02")
    assert "Sources without rows since, which counts as 0: 1\n  Client A · sales · 14 February 2024" in str(found)
    assert kpikit.check(workspace.folder).document()["sources"][0]["ended"] == {"a": "2024-02-14"}
    workspace.save_slice(tmp_path / "slice", ["a"], "2024-02", None)
    assert Workspace(tmp_path / "slice").evaluate("a", "2024-02") == own.evaluation


def test_of_an_earlier_period_nothing_is_late(tmp_path: Path) -> None:
    workspace = late(tmp_path)
    assert workspace.evaluate("a", "2024-01").ended == workspace.evaluate("a", "2024-02", "2024-02-14").ended == ()
    assert [each.source for each in workspace.evaluate("a", "2024-02", "2024-02-15").ended] == ["sales"]


def test_who_is_a_client_no_more_has_no_rows_to_come(tmp_path: Path) -> None:
    late(tmp_path)
    file = tmp_path / "clients.yml"
    text = file.read_text(encoding="utf-8").replace("{label: Client A}", "{label: Client A, active: {to: 2024-02-14}}")
    file.write_text(text, encoding="utf-8")
    assert Workspace(tmp_path).evaluate("a", "2024-02").ended == ()


def test_few_orders_of_a_small_country_are_no_late_delivery() -> None:
    """The shop's export is complete. In each of its months many of the 43 countries have had rows on a few days, and
    then none for long: at no month's end is any of them asked about."""
    workspace = kpikit.open(kpikit.samples() / "shop")
    there, calendar = held(workspace)["invoices"], Calendar()
    ends = [calendar.parse(f"{year}-{month:02}").end for year in (2010, 2011) for month in range(1, 13)]
    cut = [
        replace(own, rows=rows, expected=tuple(day for day in own.expected if day < end))
        for own in there.values()
        for end in ends
        if (rows := {day: each for day, each in own.rows.items() if day < end})
    ]
    assert len(cut) > 700
    assert [(each.client, each.last) for each in cut if ended(each)] == []
