"""What is left of a period that runs, by its weekdays: by hand, by SciPy, and in an outlook."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

import kpikit
from kpikit.evaluation.facts import Value
from kpikit.evaluation.forecast.outlook import outlook
from kpikit.evaluation.forecast.outlook_words import basis
from kpikit.evaluation.forecast.weekdays import UNLIKELY, days_before, share_left, usual_weekdays
from kpikit.words.language import Language
from kpikit.words.periods import Calendar
from kpikit.workspace.explore.narrow import kpis_alone
from tests.workspaces import Sale, Shop, plan

CALENDAR = Calendar()
WEEK, MONTH = CALENDAR.parse("2024-W40"), CALENDAR.parse("2024-09")
BUSY = {0: 30.0, 1: 20.0, 2: 20.0, 3: 10.0, 4: 10.0, 5: 6.0, 6: 4.0}
"""What a weekday brings, Monday first: 100 a week."""


def before(period: object, usual: Mapping[int, float | None]) -> dict[date, Value]:
    """The days before a period, each with what its weekday brings, one more or less in turn; closed where that is
    None."""
    found = {}
    for at, window in enumerate(days_before(period)):  # type: ignore[arg-type]
        value = usual[window.start.weekday()]
        closed = Value(None, reason="no_slot", covered=0, expected=0)
        off = (1, -1)[at // 7 % 2] if at < 84 else 0
        found[window.start] = closed if value is None else Value(value + off, covered=1, expected=1)
    return found


def so_far(covered: int, expected: int) -> Value:
    return Value(1.0, reason="incomplete", covered=covered, expected=expected)


@pytest.mark.parametrize(("covered", "left"), [(1, 0.7), (2, 0.5), (3, 0.3), (4, 0.2), (5, 0.1), (6, 0.04)])
def test_of_a_week_its_weekdays_are_left(covered: int, left: float) -> None:
    assert share_left(before(WEEK, BUSY), WEEK.window, so_far(covered, 7)) == pytest.approx(left)


def test_of_a_month_too() -> None:
    # September 2024 begins on a Sunday and has five Sundays and Mondays: 4 x 100 + 4 + 30 = 434; of its last two days,
    # Sunday the 29th and Monday the 30th, 34 are left
    assert share_left(before(MONTH, BUSY), MONTH.window, so_far(28, 30)) == pytest.approx(34 / 434)


def test_days_that_are_closed_bring_nothing_and_are_not_counted() -> None:
    """Of a week of five days 90 are open: after three of them 20 of 90 are left."""
    days = before(WEEK, {**BUSY, 5: None, 6: None})
    assert share_left(days, WEEK.window, so_far(3, 5)) == pytest.approx(20 / 90)
    assert share_left(days, WEEK.window, so_far(3, 7)) is None  # the source expects days that were closed before


def test_weekdays_that_are_alike_have_no_shape() -> None:
    chance = np.random.default_rng(4)
    days = {window.start: Value(float(chance.normal(50, 9)), covered=1, expected=1) for window in days_before(WEEK)}
    groups = [[each.value for day, each in days.items() if day.weekday() == weekday] for weekday in range(7)]
    assert stats.f_oneway(*groups).pvalue > UNLIKELY
    assert usual_weekdays(days) is None
    assert share_left(days, WEEK.window, so_far(3, 7)) is None


@pytest.mark.parametrize(("more", "shape"), [(10, False), (14, True)])
def test_they_differ_as_scipy_says(more: float, shape: bool) -> None:
    """Mondays with 10 more have a probability of 0.0028 by chance, and those with 14 more one of 0.00003."""
    chance = np.random.default_rng(9)
    days = {
        window.start: Value(float(chance.normal(50, 10)) + more * (window.start.weekday() == 0), covered=1, expected=1)
        for window in days_before(WEEK)
    }
    groups = [[each.value for day, each in days.items() if day.weekday() == weekday] for weekday in range(7)]
    assert (stats.f_oneway(*groups).pvalue < UNLIKELY) == (usual_weekdays(days) is not None) == shape


@pytest.mark.parametrize("usual", [{**BUSY, 6: -4.0}, dict.fromkeys(range(7), 8.0), dict.fromkeys(range(7))])
def test_without_a_shape_nothing_is_told(usual: Mapping[int, float | None]) -> None:
    assert share_left(before(WEEK, usual), WEEK.window, so_far(3, 7)) is None


def test_few_days_tell_no_weekdays() -> None:
    days = {day: each for day, each in before(WEEK, BUSY).items() if day >= WEEK.start - timedelta(49)}
    assert share_left(days, WEEK.window, so_far(3, 7)) is None


def test_other_lengths_of_period_have_none() -> None:
    keys = ("2024-W40", "2024-09", "2024-Q3", "2024", "2024-09-03")
    assert [len(days_before(CALENDAR.parse(key))) for key in keys] == [91, 91, 0, 0, 0]


def test_the_outlook_of_a_month_that_runs_knows_its_weekdays(tmp_path: Path) -> None:
    """Four sales each Monday, and one each Sunday: 20 or so a month. After 29 September, a Sunday, a Monday is left."""
    kpi = "{indicator: sales.orders, cadence: month, target: {kind: keep, value: 21}}"
    first, sales = date(2023, 1, 1), []
    for at in range((date(2024, 9, 29) - first).days + 1):
        day = first + timedelta(at)
        sales += [Sale(str(day))] * {0: 4, 6: 1}.get(day.weekday(), 0)
    shop = Shop(sales, covers="2023-01-01..2024-09-29", plans={"default/1": plan(kpi)})
    workspace = shop.at(tmp_path)
    evaluation = workspace.evaluate("a", "2024-09")
    fact = evaluation.kpis[0]
    # 5 Mondays and 5 Sundays: 25, of which 4 are left; so far 16 and 5
    assert (fact.value.value, fact.left) == (21, pytest.approx(4 / 25))
    assert fact.outlook is not None and fact.outlook.weekdays
    assert fact.outlook.middle == pytest.approx(25, abs=1)  # evenly it would be a thirtieth: 21 or 22
    assert "is told by what its weekdays usually bring" in basis(fact, Language("en"))
    assert workspace.evaluate("a", "2024-08").kpis[0].left is None
    alone = kpis_alone(workspace, ["a"], "2024-09")["a"]  # what a triage forecasts from
    assert outlook(alone.kpis[0], CALENDAR, alone.as_of, workspace.kept) == fact.outlook
    workspace.save_slice(tmp_path / "own", ["a"], "2024-09", None)
    assert kpikit.open(tmp_path / "own").evaluate("a", "2024-09") == evaluation
