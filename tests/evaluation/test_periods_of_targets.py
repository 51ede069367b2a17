"""A target that changes by period, or begins with a plan: each period is held against what was asked of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpikit.evaluation.facts import Fact
from kpikit.evaluation.forecast.kept import Kept
from kpikit.evaluation.forecast.outlook import outlook
from kpikit.evaluation.targets.progress import kept
from kpikit.evaluation.targets.usual import Aimed, asked_of
from tests.evaluation.scenes import GOAL, HEAD, ids, keep, staged
from tests.histories import CALENDAR, History, monthly

MONTHS = [f"2024-{month:02}" for month in range(1, 13)]
HIGH_BUT_IN_SUMMER = dict.fromkeys(MONTHS, 110) | dict.fromkeys(MONTHS[5:8], 80)
ORDERS = monthly(92, 108, 99, 103, 95, 106, months=24)


def table(values: dict[str, int]) -> str:
    entries = ", ".join(f"{month}: {value}" for month, value in values.items())
    return f"{{indicator: sales.orders, cadence: month, target: {{kind: keep, values: {{{entries}}}}}}}"


def fact_of(folder: Path, kpi: str, period: str, begins: str = "2024-01-01") -> Fact:
    text = HEAD.format(begins=begins) + GOAL.format(kpi=kpi, more="")
    return History({"orders": ORDERS}).under(folder, text, period)[1].kpis[0]


def test_each_period_has_its_own_entry_of_a_table(tmp_path: Path) -> None:
    fact = fact_of(tmp_path, table(HIGH_BUT_IN_SUMMER), "2024-07")
    asked = [asked_of(fact, CALENDAR.parse(period)) for period in ("2023-12", "2024-05", "2024-06", "2024-12")]
    assert asked == [None, Aimed(110.0, None), Aimed(80.0, None), Aimed(110.0, None)]


@pytest.mark.parametrize(
    ("period", "met", "count"),
    [
        ("2024-05", 0, 5),  # 92, 108, 99, 103, 95 against 110
        ("2024-07", 2, 7),  # June's 106 and July's 92 against 80
        ("2024-12", 3, 12),
    ],
)
def test_how_often_a_table_was_kept(tmp_path: Path, period: str, met: int, count: int) -> None:
    assert kept(fact_of(tmp_path, table(HIGH_BUT_IN_SUMMER), period)) == (met, count)


def test_no_period_before_the_plan_has_missed_its_target(tmp_path: Path) -> None:
    # in force from September: 99, 103, 95, 106 against 100
    assert kept(fact_of(tmp_path, keep(100), "2024-12", begins="2024-09-01")) == (2, 4)


def test_a_table_is_not_replaced_by_one_value(tmp_path: Path) -> None:
    low = dict.fromkeys(MONTHS, 60)
    text = HEAD.format(begins="2024-01-01") + GOAL.format(kpi=table(low), more="")
    assert not [each for each in ids(staged(tmp_path, text, orders=ORDERS)) if each.startswith("raise_target")]


def test_the_next_period_is_held_against_its_own_target(tmp_path: Path) -> None:
    """August has 80, which is always met; September has 110, which was never reached."""
    fact = fact_of(tmp_path, table(HIGH_BUT_IN_SUMMER), "2024-08")
    found = outlook(fact, CALENDAR, CALENDAR.parse("2024-08").window.last_day, Kept())
    assert found and found.window == CALENDAR.parse("2024-09").window
    assert found.probability is not None and found.probability < 0.25
    last = fact_of(tmp_path / "last", table(HIGH_BUT_IN_SUMMER), "2024-12")
    found = outlook(last, CALENDAR, CALENDAR.parse("2024-12").window.last_day, Kept())
    assert found and (found.probability, found.reason) == (None, "no_target_then")


@pytest.mark.parametrize(("value", "status"), [("90..120", "met"), ("150..200", "missed")])
def test_in_a_range_no_way_is_the_better_one(tmp_path: Path, value: str, status: str) -> None:
    """More orders are better, and fewer than ever are a signal; but a range is met in all of it."""
    orders = [*monthly(140, 142, 141, months=23), 100.0]
    text = HEAD.format(begins="2024-01-01") + GOAL.format(kpi=keep(value), more="")
    fact = History({"orders": orders}).under(tmp_path, text)[1].kpis[0]
    assert (fact.signal.direction, fact.status) == ("neutral", status)


def test_nobody_is_given_a_target_that_cannot_be_missed(tmp_path: Path) -> None:
    text = HEAD.format(begins="2024-01-01") + GOAL.format(kpi=keep(10), more="")
    few = [*monthly(0, 0, 0, 0, 0, 1, months=24)]
    assert not [each for each in ids(staged(tmp_path, text, orders=few)) if each.startswith("ease_target")]
