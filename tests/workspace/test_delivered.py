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
from kpikit.words.periods import Window
from kpikit.workspace import Workspace
from kpikit.workspace.data.delivered import ended
from kpikit.workspace.data.held import Held
from tests.workspaces import KEEP_ORDERS, Sale, Shop, plan

FIRST = date(2024, 1, 1)


def days(text: str) -> list[date]:
    """The days with rows, of a text with a sign for each day: ``x`` has any."""
    return [FIRST + timedelta(place) for place, sign in enumerate(text) if sign == "x"]


@pytest.mark.parametrize(
    ("text", "every", "last"),
    [
        ("x" * 20 + "." * 11, "day", 20),  # (1 / 21) ** 11
        ("x" * 20, "day", None),
        ("x" * 20 + "..", "day", None),  # (1 / 21) ** 2 is 1 in 441
        ("x" * 20 + "...", "day", 20),  # 1 in 9,261
        ("x" * 9 + "." * 11, "day", None),  # nine days say too little
        ("xxxxx.." * 8 + "xxxxx..", "day", None),  # a weekend like all others
        ("xxxxx.." * 8 + "xxxxx....", "day", None),  # 4 days; (17 / 62) ** 4 is 1 in 177
        ("xxxxx.." * 8 + "xxxxx......", "day", 61),  # (17 / 62) ** 6 is 1 in 2,355
        ("x" * 20 + "." * 11 + "x" * 20 + "." * 11, "day", None),  # as in the holidays before
        ("x............." * 12, "day", None),  # a newsletter every other week
        ("x......" * 12 + "." * 56, "week", 84),  # 8 weeks after 12: (1 / 13) ** 8
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
