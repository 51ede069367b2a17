"""Will we make it: outlooks of targets to reach, to add up and to keep, and why there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kpikit.evaluation.facts import Target
from kpikit.evaluation.forecast.kept import Kept
from kpikit.evaluation.forecast.outlook import outlook, with_outlooks
from kpikit.evaluation.forecast.outlook_words import outlook_sentences
from kpikit.evaluation.signals.lines import Chart
from kpikit.indicators.framework import LOWER, NEITHER
from kpikit.words.units import MONEY
from tests.charts.samples import full, partial
from tests.evaluation.outlooks import CALENDAR, EN, YEAR, Given, seen, target_of
from tests.histories import History, monthly
from tests.workspaces import Sale, Shop, plan


def test_a_target_to_reach_is_held_against_its_own_period() -> None:
    found = seen(target_of("reach", 120.0)).outlook  # December is the third period after September: 100, 110, 120
    assert found is not None and found.window == CALENDAR.parse("2011-12").window
    assert (found.middle, found.probability) == (120, pytest.approx(0.5))
    assert (found.lower, found.upper) == (pytest.approx(120 - 12.816, abs=0.001), pytest.approx(132.816, abs=0.001))
    lower = seen(target_of("reach", 120.0 - 12.8155), better=LOWER).outlook
    assert lower is not None and lower.probability == pytest.approx(0.1, abs=1e-4)


def test_a_sum_is_what_there_is_and_what_is_to_come() -> None:
    # 800 so far, and 100 + 110 + 120 more: 1130 with a standard deviation of 10 times the root of 3
    found = seen(target_of("cumulative", 1130 + 17.32, achieved=800.0)).outlook
    assert found is not None and found.window == YEAR
    assert (found.middle, found.probability) == (pytest.approx(1130, abs=0.5), pytest.approx(0.159, abs=0.02))
    assert found.upper is not None and found.upper == pytest.approx(1130 + 1.2816 * 17.32, abs=1)
    spent = seen(target_of("cumulative", 1130 + 17.32, achieved=800.0), better=LOWER).outlook
    assert spent is not None and spent.probability == pytest.approx(0.841, abs=0.02)


def test_of_a_running_period_the_days_that_are_left_count() -> None:
    # on 15 September 15 of its 30 days are left: half of 100, then 110, 120 and 130
    found = seen(target_of("cumulative", 1.0, achieved=800.0), running=True).outlook
    assert found is not None and found.middle == pytest.approx(800 + 50 + 110 + 120 + 130, abs=0.5)


def test_a_target_to_keep_is_held_against_the_next_period() -> None:
    found = seen(target_of("keep", 100.0)).outlook
    assert found is not None and found.window == CALENDAR.parse("2011-10").window
    assert found.probability == pytest.approx(0.5)
    within = seen(target_of("keep", 90.0, upper=110.0), better=NEITHER).outlook
    assert within is not None and within.probability == pytest.approx(0.683, abs=0.001)  # one standard deviation


@pytest.mark.parametrize("covered", [3, 15, 27])
def test_the_month_end_of_a_budget(covered: int) -> None:
    """Of a month with a forecast of 100 and a spread of 10, 40 are there, and the rest comes at the level of both."""
    fact = seen(target_of("keep", 80.0, upper=100.0), running=True, better=NEITHER)
    fact = replace(fact, unit=MONEY, adds_up=True, value=replace(fact.value, covered=covered, expected=30))
    found = outlook(fact, CALENDAR, date(2011, 9, covered), Given())
    left = 1 - covered / 30
    level = 40 + 100 * left  # of the whole month: 90 after half of it, 130 after a tenth, 50 when nearly all is over
    assert found is not None and found.window == CALENDAR.parse("2011-09").window
    assert found.middle == pytest.approx(40 + level * left, abs=0.3)
    spread = (level / 100 * left * (1 + left * (1 - left))) ** 0.5  # what came is chance, too
    assert found.upper == pytest.approx(40 + level * left + 12.816 * spread, abs=0.5)
    assert found.lower is not None and found.lower >= 40  # what is spent is spent
    assert found.probability is not None
    assert found.probability == pytest.approx({3: 0.0, 15: 0.756, 27: 0.0}[covered], abs=0.02)
    # on day 15: 85 with a spread of 10 * sqrt(0.45) = 6.71, between 80 and 100: from -0.745 to 2.236 of it, 75.9 %


@pytest.mark.parametrize("kind", ["keep", "reach"])
def test_of_a_period_that_is_over_an_estimate_is_told_and_no_forecast(kind: str) -> None:
    """September has no value; on its last day it is over, and the day before it still runs."""
    fact = seen(target_of(kind, 100.0, CALENDAR.parse("2011-09").window))
    *before, last = fact.series.points
    gone = replace(last, value=full(None), judged=False)
    fact = replace(fact, value=gone.value, series=replace(fact.series, points=(*before, gone)))
    ends = {day: replace(fact, outlook=outlook(fact, CALENDAR, date(2011, 9, day), Given())) for day in (29, 30)}
    assert [told.outlook.over for told in ends.values() if told.outlook] == [False, True]
    assert "on the present course" in outlook_sentences(ends[29], "Orders", EN)[0]
    assert outlook_sentences(ends[30], "Orders", EN) == [
        "Orders, September 2011, estimated since figures are missing: between 87 and 113; the probability that the "
        "target was met is about 50%."
    ]


def test_of_an_earlier_evaluation_the_outlook_is_told_as_it_was_seen() -> None:
    """The evaluation of September, looked at when October is known: what came later is not in it."""
    fact = seen(target_of("keep", 100.0))
    fact = replace(fact, outlook=outlook(fact, CALENDAR, date(2011, 10, 31), Given()))
    assert fact.outlook is not None and fact.outlook.over
    assert outlook_sentences(fact, "Orders", EN) == [
        "Orders, October 2011, seen from September 2011: between 87 and 113; the probability of meeting the target was "
        "about 50%."
    ]


def test_of_several_missing_periods_the_last_is_estimated() -> None:
    """July is the last month with a value; the forecasts are 100 for August and 110 for September."""
    fact = seen(target_of("keep", 120.0))
    points = [*fact.series.points]
    points[-2:] = [replace(each, value=full(None), judged=False) for each in points[-2:]]
    fact = replace(fact, value=points[-1].value, series=replace(fact.series, points=tuple(points)))
    found = outlook(fact, CALENDAR, date(2011, 9, 30), Given())
    assert found is not None and (found.window, found.middle) == (CALENDAR.parse("2011-09").window, 110)


def test_so_is_of_a_sum_whose_time_is_over() -> None:
    """Up to 15 December 800 are known: the figures of the days after it still arrive. Half of 100 is to come."""
    target = target_of("cumulative", 900.0, achieved=800.0, until=date(2011, 12, 15))
    fact = seen(target, last="2011-12")
    *before, last = fact.series.points
    points = (*before, replace(last, value=partial(40.0), judged=False))
    fact = replace(fact, series=replace(fact.series, points=points))
    told = replace(fact, outlook=outlook(fact, CALENDAR, date(2011, 12, 31), Given()))
    assert told.outlook is not None and told.outlook.over
    words = outlook_sentences(told, "Orders", EN)[0]
    assert words.startswith("Orders, 1 January 2011 – 31 December 2011, estimated since ")


def test_what_is_due_has_a_forecast_and_no_probability() -> None:
    found = seen(target_of("reach", 120.0), last="2011-12").outlook
    assert found is not None and (found.kind, found.probability, found.reason) == (None, None, None)
    assert outlook_sentences(seen(target_of("reach", 120.0), last="2011-12"), "Orders", EN) == []


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        (target_of("reach", 120.0, CALENDAR.parse("2014").window), "too_far"),
        (target_of("cumulative", 9999.0, CALENDAR.parse("2014").window, 0.0), "too_far"),
        (target_of("cumulative", 9999.0, achieved=None, reason="incomplete"), "incomplete"),
        (replace(target_of("reach", 1.0), value=None, reason="no_baseline"), "no_baseline"),
    ],
)
def test_why_there_is_no_probability(target: Target, reason: str) -> None:
    found = seen(target).outlook
    assert found is not None and (found.reason, found.probability) == (reason, None)
    assert "no probability" in outlook_sentences(seen(target), "Orders", EN)[0]


def test_averages_of_few_cases_have_no_forecast() -> None:
    fact = seen(target_of("keep", 120.0))
    few = replace(fact, series=replace(fact.series, chart=Chart("xmr", "few_cases")))
    found = outlook(few, CALENDAR, date(2011, 9, 30), Given())
    assert found is not None and (found.reason, found.probability, found.forecast.horizon) == ("few_cases", None, 0)
    assert outlook_sentences(replace(few, outlook=found), "Orders", EN) == [
        "Orders: no probability of reaching the target; too few cases to tell signal from noise."
    ]


def test_the_higher_a_sum_that_is_wanted_the_less_likely() -> None:
    chances = [
        found.probability
        for found in (seen(target_of("cumulative", goal, achieved=800.0)).outlook for goal in range(1080, 1190, 5))
        if found and found.probability is not None
    ]
    assert len(chances) == 22 and chances == sorted(chances, reverse=True)


def test_an_evaluation_gets_the_outlooks_of_its_kpis(tmp_path: Path) -> None:
    figures = {"orders": monthly(90, 110, 100, months=24), "sessions": monthly(900, 1000, months=24)}
    text = plan("{indicator: sales.orders, cadence: month, target: {kind: cumulative, value: 1300, over: 2025}}")
    _, evaluation = History(figures).under(tmp_path, text, "2024-12")
    found = with_outlooks(evaluation, CALENDAR, Kept())
    assert [fact.key for fact in found.facts if fact.outlook] == [fact.key for fact in evaluation.kpis]
    assert [replace(fact, outlook=None) for fact in found.facts] == list(evaluation.facts)


def test_no_forecast_is_made_for_all_clients_at_once() -> None:
    with Shop([Sale("2024-01-04")]).opened() as workspace:
        assert all(fact.outlook is None for each in workspace.evaluate_all().values() for fact in each.facts)
        assert len(workspace.kept) == 0
