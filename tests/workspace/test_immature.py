"""Days that are still filling: their figures are shown, hollow and with the reason, and nothing is judged on them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kpikit.charts.cells import care
from kpikit.charts.reading import is_partial
from kpikit.evaluation.facts import Fact
from kpikit.evaluation.sentences import until_sentence
from kpikit.words.errors import SettingError
from kpikit.words.language import Language
from kpikit.words.periods import Calendar
from kpikit.workspace import Workspace
from tests.workspaces import KEEP_ORDERS, Sale, Shop, each_day, plan

SHOP = Shop(
    each_day("2024-01-01", "2024-03-31"),
    covers="2024-01-01..2024-03-31",
    plans={"default/1": plan(KEEP_ORDERS, "{indicator: sales.orders, cadence: month, target: "
                             "{kind: cumulative, value: 400, over: 2024-Q1}}")},
)  # fmt: skip


def filling(folder: Path, days: int | str, shop: Shop = SHOP) -> Workspace:
    """The shop, of whose source so many days are still filling."""
    shop.at(folder)
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


def planned(aim: str) -> dict[str, str]:
    return {"a/1": plan(f"{{indicator: sales.orders, cadence: month, target: {aim}}}")}


# One order a day: on 20 March with five days still filling the 15th is the last that counts.
@pytest.mark.parametrize(
    ("aim", "achieved", "now", "status"),
    [
        ("{kind: keep, value: 31}", 15, 15, "on_track"),
        ("{kind: keep, value: 62}", 15, 30, "at_risk"),
        ("{kind: keep, value: 25..40}", 15, 15, "on_track"),
        # 31 + 29 + 15 days; of 91 over the 91 days of the quarter 75 are due, of 182 twice as many
        ("{kind: cumulative, value: 91, over: 2024-Q1}", 75, 75, "on_track"),
        ("{kind: cumulative, value: 182, over: 2024-Q1}", 75, 150, "at_risk"),
    ],
)
def test_what_is_added_up_and_runs_is_judged_up_to_the_last_day_that_is_settled(
    tmp_path: Path, aim: str, achieved: int, now: float, status: str
) -> None:
    fact = orders(filling(tmp_path, 5, replace(SHOP, plans=planned(aim))), "2024-03", "2024-03-20")
    assert fact.target is not None
    found = fact.target
    assert (found.achieved, found.now, fact.status) == (achieved, pytest.approx(now), status)
    assert found.until == date(2024, 3, 15)
    assert fact.value.reason == "incomplete"  # what is not there yet comes before what is not final
    say = Language("en")
    told = "Held against the target up to 15 March 2024: figures of later days are still arriving."
    assert until_sentence(fact, say) == told


@pytest.mark.parametrize("aim", ["{kind: keep, value: 28..33}", "{kind: cumulative, value: 366, over: 2024}"])
def test_what_has_arrived_of_days_that_are_filling_moves_no_verdict(tmp_path: Path, aim: str) -> None:
    sales = each_day("2022-01-01", "2024-03-20")
    shop = replace(SHOP, covers="2022-01-01..2024-03-20", plans=planned(aim))
    shown = []
    for name, known in (("all", sales), ("half", [*sales[:-5], *sales[-2:]]), ("none", sales[:-5])):
        fact = orders(filling(tmp_path / name, 5, replace(shop, sales=known)), "2024-03")
        assert fact.outlook is not None and fact.outlook.lower is not None and fact.outlook.upper is not None
        assert fact.outlook.lower < (31 if "keep" in aim else 366) < fact.outlook.upper + 1
        shown.append((fact.target, fact.status, fact.required, fact.outlook))
    assert shown[0] == shown[1] == shown[2]


# 90 to 130 a month, known when it is over: on 15 November the year has 10 months of 110 on average, the last of 100.
MONTHS = [f"{year}-{month:02}-01" for year in range(2019, 2026) for month in range(1, 13)]
MONTHLY = Shop(
    [Sale(day, f"{90 + 10 * (at % 5)}.00") for at, day in enumerate(MONTHS)],
    covers="2019-01-01..2025-12-31",
    every="month",
)


@pytest.mark.parametrize(
    ("cadence", "aim", "period", "achieved", "now", "status"),
    [
        ("month", "{kind: cumulative, value: 1460, over: 2025}", "2025-11", 1100, 304 * 4, "at_risk"),  # 4 a day
        ("quarter", "{kind: cumulative, value: 730, over: 2025}", "2025-Q4", 1100, 304 * 2, "on_track"),
        ("month", "{kind: cumulative, value: 276, over: 2025-Q4}", "2025-11", 100, 31 * 3, "on_track"),
        ("quarter", "{kind: keep, value: 270}", "2025-Q4", 100, 90, "on_track"),  # one of its three months
        ("quarter", "{kind: keep, value: 240..264}", "2025-Q4", 100, 88, "at_risk"),
    ],
)
def test_the_months_that_are_over_count_in_the_middle_of_the_next_one(
    tmp_path: Path, cadence: str, aim: str, period: str, achieved: float, now: float, status: str
) -> None:
    own = plan(f"{{indicator: sales.revenue, cadence: {cadence}, target: {aim}}}", in_force_from="2024-01-01")
    shop = replace(MONTHLY, grain=cadence, plans={"a/1": own})
    fact = shop.at(tmp_path).evaluate("a", period, "2025-11-15").kpis[0]
    assert fact.target is not None and fact.outlook is not None
    assert (fact.target.achieved, fact.target.now) == (achieved, pytest.approx(now))
    assert (fact.status, fact.target.until) == (status, date(2025, 10, 31))
    assert fact.outlook.middle is not None and achieved + 200 < fact.outlook.middle < achieved + 250


# One order a day, of which two of the last five have arrived: 26 by 26 March, and about one for each of five days.
@pytest.mark.parametrize(
    ("days", "aim", "month", "chance"),
    [
        (5, "{kind: keep, value: 25}", "2024-03", 1),
        (5, "{kind: keep, value: 36..40}", "2024-03", 0),
        (5, "{kind: cumulative, value: 25, over: 2024-03}", "2024-03", 1),
        (31, "{kind: keep, value: 25}", "2024-04", 1),  # nothing of March is settled: the next month is foretold
    ],
)
def test_of_a_month_that_fills_what_is_settled_counts(
    tmp_path: Path, days: int, aim: str, month: str, chance: int
) -> None:
    sales = each_day("2023-01-01", "2024-03-31")
    shop = Shop([*sales[:-5], *sales[-2:]], covers="2023-01-01..2024-03-31", plans=planned(aim))
    fact = orders(filling(tmp_path, days, shop), "2024-03")
    outlook = fact.outlook
    assert outlook is not None and outlook.window == Calendar().parse(month).window
    assert (fact.status, outlook.over) == ("cannot_be_judged", month == "2024-03")
    assert outlook.probability == pytest.approx(chance, abs=0.05)
    assert outlook.lower is not None and outlook.upper is not None
    assert month == "2024-04" or 28 < outlook.lower <= 31 <= outlook.upper + 1 < 36


def test_a_ratio_has_no_part_that_is_settled(tmp_path: Path) -> None:
    kpi = "{indicator: sales.average_order_value, cadence: month, target: {kind: keep, value: 25}}"
    shop = replace(SHOP, plans={"a/1": plan(kpi)})
    fact = filling(tmp_path, 5, shop).evaluate("a", "2024-03").fact("sales.average_order_value")
    assert fact.value.reason == "immature" and fact.target is not None and fact.target.settled is None
