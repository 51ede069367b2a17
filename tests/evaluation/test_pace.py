"""The way to a target: last year's shape, tables, and sums broken down to months, weeks and days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpikit.evaluation.facts import Fact, Target
from kpikit.evaluation.targets.last_year import BACK, shape
from kpikit.words.periods import Calendar, add_months
from tests.histories import History
from tests.workspaces import LAWS, PURE_LAWS, Sale, Shop, each_day, plan

# Two years of months, the second one the same in its first half: 100 to 1,200 sums to 7,800.
SEASON = History({"orders": [*(100.0 * month for month in range(1, 13)), *(110.0 * month for month in range(1, 7))]})


def kpi(folder: Path, text: str, period: str, history: History = SEASON) -> Fact:
    own = plan(f"{{indicator: sales.orders, cadence: month, {text}}}", in_force_from="2023-01-01")
    return history.under(folder, own, period)[1].kpis[0]


def target_of(fact: Fact) -> Target:
    assert fact.target is not None
    return fact.target


def test_a_target_changes_by_period(tmp_path: Path) -> None:
    text = "target: {kind: keep, values: {2024-01: 100, 2024-02: 230, 2024-03: 330}}"
    verdicts = {}
    for period in ("2024-01", "2024-02", "2024-03", "2024-04"):
        fact = kpi(tmp_path, text, period)
        verdicts[period] = (fact.target.value if fact.target else None, fact.status, fact.status_reason)
    assert verdicts == {
        "2024-01": (100, "at_risk", None),  # 110, and worse than usual
        "2024-02": (230, "missed", None),  # 220
        "2024-03": (330, "met", None),
        "2024-04": (None, "cannot_be_judged", "outside_table"),
    }
    steps = target_of(kpi(tmp_path, text, "2024-01")).steps
    assert [(step.period.key, step.value, step.upper) for step in steps] == [
        ("2024-01", 100, None), ("2024-02", 230, None), ("2024-03", 330, None),
    ]  # fmt: skip


def test_a_sum_by_a_table_is_due_as_the_table_says(tmp_path: Path) -> None:
    table = ", ".join(f"2024-{month:02}: {100 * month}" for month in range(1, 13))
    fact = kpi(tmp_path, f"target: {{kind: cumulative, over: 2024, values: {{{table}}}}}", "2024-03")
    target = target_of(fact)
    # 1 to 12 hundred are 7,800; by March 100 + 200 + 300, of which there are 110 + 220 + 330
    assert (target.value, target.now, target.pace, target.achieved) == (7800, 600, "table", 660)
    assert fact.status == "on_track" and target.gap == 60
    assert [step.value for step in target.steps] == pytest.approx([100.0 * month for month in range(1, 13)])


def test_quarters_of_a_table_are_broken_down_evenly_by_days(tmp_path: Path) -> None:
    table = "2024-Q1: 910, 2024-Q2: 91, 2024-Q3: 92, 2024-Q4: 92"
    target = target_of(kpi(tmp_path, f"target: {{kind: cumulative, over: 2024, values: {{{table}}}}}", "2024-02"))
    assert target.now == pytest.approx(600)  # 60 of 91 days
    assert [step.value for step in target.steps][:4] == pytest.approx([310, 290, 310, 30])


def test_a_target_to_reach_follows_the_season_of_last_year(tmp_path: Path) -> None:
    # December 2023 had 1,200; 1,320 in December 2024 are 10 % more. Of the time from 2024-01-01 (the plan's first day)
    # on 182 of 366 days are over with June, which had 600 in 2023: 600 * (1 + 10 % * 182 / 366)
    own = plan("{indicator: sales.orders, cadence: month, target: {kind: reach, value: 1320, by: 2024-12, pace: "
               "last_year}}")  # fmt: skip
    _, evaluation = SEASON.under(tmp_path, own, "2024-06")
    target = target_of(evaluation.kpis[0])
    assert (target.now, target.pace) == (pytest.approx(600 * (1 + 0.1 * 182 / 366)), "last_year")
    assert evaluation.kpis[0].status == "on_track"  # 660


def shop(cadence: str, over: str, pace: str, value: int = 700) -> Shop:
    """Of two years, sales on weekdays alone, three on each Friday."""
    sales = []
    for at in range(731):
        day = date(2023, 1, 2) + timedelta(days=at)
        sales += [Sale(str(day))] * {5: 0, 6: 0, 4: 3}.get(day.weekday(), 1)
    target = f"{{kind: cumulative, over: {over}, value: {value}, pace: {pace}}}"
    own = plan(f"{{indicator: sales.orders, cadence: {cadence}, target: {target}}}")
    return Shop(sales, covers="2023-01-01..2025-01-01", grain=cadence, plans={"default/1": own})


# Week 6 of 2024 follows week 6 of 2023, 364 days before: Monday to Thursday one sale each, three on Friday, then none.
WEEK = {"2024-02-05": 1, "2024-02-08": 4, "2024-02-09": 7, "2024-02-10": 7}


@pytest.mark.parametrize("day", WEEK)
def test_where_to_be_by_now_knows_the_weekdays(day: str) -> None:
    with shop("day", "2024-W06", "last_year").opened() as workspace:
        target = target_of(workspace.evaluate("a", day).kpis[0])
    assert (target.now, target.pace) == (pytest.approx(700 * WEEK[day] / 7), "last_year")


def test_evenly_is_by_days_alone() -> None:
    with shop("day", "2024-W06", "even").opened() as workspace:
        target = target_of(workspace.evaluate("a", "2024-02-08").kpis[0])
    assert (target.now, target.pace) == (pytest.approx(400), "linear")
    assert [step.value for step in target.steps] == pytest.approx([100] * 7)


@LAWS
@given(st.sampled_from(["month", "week", "day"]), st.sampled_from(["even", "last_year"]), st.integers(1, 10**6))
def test_a_yearly_target_broken_down_sums_to_the_year(cadence: str, pace: str, value: int) -> None:
    with shop(cadence, "2024", pace, value).opened() as workspace:
        period = {"month": "2024-06", "week": "2024-W20", "day": "2024-06-05"}[cadence]
        target = target_of(workspace.evaluate("a", period).kpis[0])
    steps = [step.value for step in target.steps]
    assert sum(steps) == pytest.approx(value)
    assert all(step >= -1e-6 for step in steps)  # so that the sum that is due never falls
    assert len(steps) == {"month": 12, "week": 53, "day": 366}[cadence]
    if cadence == "day" and pace == "last_year":
        assert all(step.value == pytest.approx(0, abs=1e-6) for step in target.steps if step.period.start.weekday() > 4)


def test_without_last_year_nothing_is_due_by_its_shape(tmp_path: Path) -> None:
    text = "target: {kind: cumulative, over: 2023, value: 900, pace: last_year}"
    fact = kpi(tmp_path, text, "2023-02")
    assert (fact.status, fact.status_reason, target_of(fact).steps) == ("cannot_be_judged", "no_shape", ())


def test_half_of_last_year_has_no_shape_of_a_year(tmp_path: Path) -> None:
    # with sales from July on, July and August would be a third of the year, and a third of 366 due by the end of August
    aim = "{kind: cumulative, over: 2024, value: 366, pace: last_year}"
    text = f"{{indicator: sales.orders, cadence: month, target: {aim}}}"
    sales, plans = each_day("2023-07-01", "2024-08-31"), {"a/1": plan(text)}
    half = Shop(sales, covers="2023-07-01..2024-08-31", plans=plans).at(tmp_path / "half")
    found = half.evaluate("a", "2024-08").kpis[0]
    assert (found.status_reason, target_of(found).now, target_of(found).steps) == ("no_shape", None, ())
    whole = Shop([*each_day("2023-01-01", "2023-06-30"), *sales], covers="2023-01-01..2024-08-31", plans=plans)
    # one a day in both years: eight months had 243 of 365
    now = target_of(whole.at(tmp_path / "whole").evaluate("a", "2024-08").kpis[0]).now
    assert now == pytest.approx(366 * 243 / 365)


@pytest.mark.parametrize(("cadence", "period"), [("month", "2025-06"), ("day", "2025-06-30")])
def test_the_first_of_january_of_last_year_counts(tmp_path: Path, cadence: str, period: str) -> None:
    """One a day, and 100 more on the first of January: the same again is on plan. 2024 had 182 days until then."""
    first = [Sale(f"{year}-01-01") for year in (2024, 2025) for _ in range(100)]
    aim = "{kind: cumulative, over: 2025, value: 466, pace: last_year}"
    own = plan(f"{{indicator: sales.orders, cadence: {cadence}, target: {aim}}}")
    sales = [*first, *each_day("2024-01-01", "2025-06-30")]
    shop = Shop(sales, covers="2024-01-01..2025-06-30", grain=cadence, plans={"a/1": own}).at(tmp_path)
    assert target_of(shop.evaluate("a", period).kpis[0]).now == pytest.approx(282, abs=1)


def test_monthly_figures_have_the_shape_of_the_months_of_last_year(tmp_path: Path) -> None:
    """A source that knows months alone: 300 in January to June, 100 in each month after them."""
    amounts = [300, 300, 300, 300, 300, 300, 100, 100, 100, 100, 100, 100]
    target = "target: {kind: cumulative, over: 2024, value: 4800, pace: last_year}"
    got = target_of(kpi(tmp_path, target, "2024-07", History({"orders": [*amounts, *amounts]})))
    assert (got.now, got.achieved) == (pytest.approx(2 * 1900), 1900)
    assert [step.value for step in got.steps] == pytest.approx([2 * each for each in amounts])


CALENDAR, DAY = Calendar(fiscal_first_month=4), timedelta(days=1)


def shares(key: str, grain: str, values: Callable[[date], float]) -> dict[date, float]:
    """What is due by each day of a target's period, by the shape of values of the year before."""
    target = CALENDAR.parse(key)
    days = [target.start + DAY * at for at in range(-400, target.window.days)]
    up_to = dict(zip(days, accumulate(map(values, days), initial=0.0), strict=False))
    told = {
        day: shape(target, target.window, grain, day).share(lambda window: up_to[window.end] - up_to[window.start])
        for day in days[400:]
    }
    return {day: share for day, share in told.items() if share is not None}


YEARS = ("2023", "2024", "2025", "FY2024")
SHORTER = ("2025-Q1", "2024-Q2", "2024-02", "2025-02", "2025-03", "2024-12", "2025-W09")


@PURE_LAWS
@given(st.sampled_from(YEARS + SHORTER), st.sampled_from(["day", "week", "month"]), st.integers(0, 10**6))
def test_each_day_has_the_share_of_its_own_day_of_last_year(key: str, grain: str, seed: int) -> None:
    chance = Random(seed)
    drawn = {at: chance.uniform(1, 9) for at in range(-800, 1600)}

    def sold(day: date) -> float:
        return drawn[(day - date(2023, 1, 1)).days]

    due = shares(key, grain, sold)
    first, *later = due
    each = {first: due[first]} | {day: due[day] - due[day - DAY] for day in later}
    assert sum(each.values()) == pytest.approx(1)
    assert min(each.values()) > 0
    target = CALENDAR.parse(key)
    if target.grain == "week" or (grain == "month" and target.grain != "month"):
        return
    # the first stands for the first; the others for the same weekday, the last ones a week earlier
    start, end = add_months(target.start, -12), add_months(target.end, -12)
    before = {day: day - BACK if day - BACK < end else day - BACK - 7 * DAY for day in later} | {first: start}
    assert all(day.weekday() == then.weekday() for day, then in before.items() if day != first)
    ratio = {each[day] / sold(then) for day, then in before.items()}
    assert min(ratio) == pytest.approx(max(ratio))


@pytest.mark.parametrize(("key", "days"), [("2025", 365), ("2024", 366), ("2025-03", 31), ("2025-W09", 7)])
def test_an_even_year_is_due_evenly_from_its_first_day(key: str, days: int) -> None:
    due = shares(key, "day", lambda day: 1)
    assert [*due.values()] == pytest.approx([at / days for at in range(1, days + 1)])
