"""Days that are still filling: their figures are shown, hollow and with the reason, and nothing is judged on them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kpikit.charts.reading import is_partial
from kpikit.charts.tables import care
from kpikit.evaluation.facts import Fact
from kpikit.words.errors import SettingError
from kpikit.words.language import Language
from kpikit.workspace import Workspace
from tests.workspaces import KEEP_ORDERS, Shop, each_day, plan

SHOP = Shop(
    each_day("2024-01-01", "2024-03-31"),
    covers="2024-01-01..2024-03-31",
    plans={"default/1": plan(KEEP_ORDERS, "{indicator: sales.orders, cadence: month, target: "
                             "{kind: cumulative, value: 400, over: 2024-Q1}}")},
)  # fmt: skip


def filling(folder: Path, days: int | str) -> Workspace:
    """The shop, of whose source so many days are still filling."""
    SHOP.at(folder)
    file = folder / "workspace.yml"
    text = file.read_text(encoding="utf-8").replace("    every: day", f"    every: day\n    immature_days: {days}")
    file.write_text(text, encoding="utf-8")
    return Workspace(folder)


def orders(workspace: Workspace, period: str, as_of: str | None = None) -> Fact:
    return workspace.evaluate("a", period, as_of).fact("sales.orders")


@pytest.mark.parametrize(
    ("days", "period", "as_of", "reason"),
    [
        (0, "2024-03", None, None),
        (5, "2024-03", None, "immature"),
        (5, "2024-02", None, None),
        (31, "2024-02", None, None),  # all of March, and no more
        (32, "2024-02", None, "immature"),
        (5, "2024-02", "2024-03-04", "immature"),  # on 4 March 29 February is the fifth day back
        (5, "2024-02", "2024-03-05", None),
        (5, "2024-03", "2024-03-20", "incomplete"),  # what is not there yet comes before what is not final
    ],
)
def test_figures_that_touch_filling_days_are_not_judged(
    tmp_path: Path, days: int, period: str, as_of: str | None, reason: str | None
) -> None:
    fact = orders(filling(tmp_path, days), period, as_of)
    assert (fact.value.reason, fact.status_reason) == (reason, reason)
    assert fact.signal.reason == (reason or "history_too_short")
    assert fact.value.value is not None
    assert fact.status == ("cannot_be_judged" if reason else "met")
    withheld = "immature" if reason else None  # of a running month the part so far, which is filling
    assert {change.reason for change in fact.changes} <= {withheld, "base_missing", "no_counterpart"}
    assert is_partial(fact.value) == (reason is not None)


def test_they_are_marked_in_words_and_take_no_part_in_the_series(tmp_path: Path) -> None:
    workspace = filling(tmp_path, 5)
    march = orders(workspace, "2024-03")
    assert [point.judged for point in march.series.points] == [True, True, False]
    assert care(march.value, Language("en")) == "figures of its last days are still arriving"
    over = workspace.evaluate("a", "2024-03").kpis[1]
    assert (over.target.reason, over.status) == ("immature", "cannot_be_judged")  # type: ignore[union-attr]


def test_a_month_is_held_against_a_filling_one_with_care(tmp_path: Path) -> None:
    february = orders(filling(tmp_path, 40), "2024-02", "2024-02-29")
    assert [change.reason for change in february.changes][-1] == "immature"


def test_a_slice_knows_it_too(tmp_path: Path) -> None:
    whole = filling(tmp_path / "whole", 5)
    whole.save_slice(tmp_path / "own", ["a"], "2024-03", None)
    one, other = whole.evaluate("a", "2024-03"), Workspace(tmp_path / "own").evaluate("a", "2024-03")
    assert replace(one, events=()) == replace(other, events=())


@pytest.mark.parametrize("days", [-1, 367, "some"])
def test_days_out_of_range_are_refused(tmp_path: Path, days: int | str) -> None:
    with pytest.raises(SettingError, match="immature_days"):
        filling(tmp_path, days)
