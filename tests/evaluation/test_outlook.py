"""Will we make it, and what does it take: outlooks of targets to reach, to add up and to keep, and their words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kpikit.evaluation.facts import Fact, Point, Series, Target, Value
from kpikit.evaluation.forecast.forecast import Forecast
from kpikit.evaluation.forecast.kept import Kept
from kpikit.evaluation.forecast.outlook import outlook, with_outlooks
from kpikit.evaluation.forecast.outlook_words import (
    basis,
    likely,
    needed,
    outlook_sentences,
    probability_words,
    rounded_ends,
)
from kpikit.evaluation.signals.lines import Chart
from kpikit.evaluation.targets.required import Required, required
from kpikit.indicators.framework import HIGHER, LOWER, NEITHER, Direction
from kpikit.words.language import Language
from kpikit.words.periods import Calendar, Window
from kpikit.words.units import COUNT, MONEY, SHARE, Unit
from tests.charts.samples import fact_of, full, partial
from tests.histories import History, monthly
from tests.workspaces import Sale, Shop, each_day, plan

CALENDAR, EN = Calendar(), Language("en")
YEAR = CALENDAR.parse("2011").window
NO_SEASON = Series((), None, "nhs")


class Given(Kept):
    """Forecasts that are given, not made: each period 100 and 10 more each, with errors that are independent."""

    def of(self, history: object, ahead: int) -> Forecast:
        middle = tuple(100.0 + 10 * step for step in range(ahead))
        return Forecast(24, model="own", middle=middle, weights=(1.0,) + (0.0,) * (ahead - 1), sigma=10.0)


def target_of(kind: str, value: float, window: Window = YEAR, achieved: float | None = None, **more: object) -> Target:
    return replace(Target(kind, value, value, window, None, None, achieved, None, None, None), **more)  # type: ignore[arg-type]


def seen(target: Target, last: str = "2011-09", better: Direction = HIGHER, running: bool = False) -> Fact:
    """A count of two years up to ``last``, with its outlook on that period's last day (or its 15th)."""
    values = [full(90.0 + index) for index in range(24)]
    fact = fact_of([*values[:-1], partial(40.0)] if running else values, COUNT, better, target=target)
    period = CALENDAR.parse(last)
    series = tuple(
        replace(point, period=each)
        for point, each in zip(fact.series.points, CALENDAR.ending_with(period, 24), strict=True)
    )
    fact = replace(fact, series=replace(fact.series, points=series))
    as_of = period.start.replace(day=15) if running else period.window.last_day
    return replace(fact, outlook=outlook(fact, CALENDAR, as_of, Given()))


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


@pytest.mark.parametrize(
    ("kind", "goal", "now", "unit", "better", "expected"),
    [
        ("reach", 121.0, 100.0, COUNT, 1, Required("growth", 1.21 ** (1 / 3) - 1, 3)),  # from September to December
        ("reach", 81.0, 100.0, MONEY, -1, Required("growth", 0.81 ** (1 / 3) - 1, 3)),
        ("reach", 0.26, 0.2, SHARE, 1, Required("difference", pytest.approx(0.02), 3)),
        ("reach", 30.0, -30.0, MONEY, 1, Required("difference", 20.0, 3)),
        ("reach", 90.0, 100.0, COUNT, 1, None),
        ("cumulative", 1100.0, 800.0, COUNT, 1, Required("each", 100.0, 3.0)),  # October, November, December
        ("cumulative", 700.0, 800.0, COUNT, 1, None),
        ("keep", 900.0, 800.0, COUNT, 1, None),
    ],
)
def test_what_is_needed_from_here(
    kind: str, goal: float, now: float, unit: Unit, better: int, expected: Required | None
) -> None:
    period = CALENDAR.parse("2011-09")
    target = target_of(kind, goal, achieved=now)
    assert required(target, unit, better, period, period.window.last_day, CALENDAR, NO_SEASON) == expected


@pytest.mark.parametrize(
    ("goal", "until", "unit", "expected"),
    [  # from September 2011; December 2010 had 240, and September 120
        (300.0, "2011-12", COUNT, Required("growth", 0.25, 3, CALENDAR.parse("2010-12"))),
        (300.0, "2011-12", SHARE, Required("difference", 60.0, 3, CALENDAR.parse("2010-12"))),
        (300.0, "2012-12", COUNT, Required("growth", 2.5 ** (1 / 15) - 1, 15)),  # December 2011 is not yet known
    ],
)
def test_in_a_season_it_is_needed_on_the_year_before(goal: float, until: str, unit: Unit, expected: Required) -> None:
    months = [CALENDAR.shift(CALENDAR.parse("2010-10"), step) for step in range(12)]
    points = [Point(month, Value(240.0 if month.start.month == 12 else 120.0), True) for month in months]
    series = Series(tuple(points), None, "nhs", Chart(follows=("season",)))
    target = target_of("reach", goal, CALENDAR.parse(until).window, achieved=120.0)
    found = required(target, unit, 1, months[-1], months[-1].window.last_day, CALENDAR, series)
    assert found == replace(expected, value=pytest.approx(expected.value))


def test_what_is_needed_on_the_year_before_in_words() -> None:
    fact = replace(seen(target_of("reach", 300.0)), required=Required("growth", 0.25, 3, CALENDAR.parse("2010-12")))
    assert needed(fact, EN) == [
        "To reach the target in time takes +25.0% compared with December 2010, since the values follow a season."
    ]


def test_of_a_period_that_is_cut_its_days_count() -> None:
    # seen from 20 February 2011: 8 of its 28 days, and the ten months from March on
    period = CALENDAR.parse("2011-02")
    target = target_of("cumulative", 1100.0, achieved=0.0)
    found = required(target, COUNT, 1, period, date(2011, 2, 20), CALENDAR, NO_SEASON)
    assert found == Required("each", pytest.approx(1100 / (10 + 8 / 28)), pytest.approx(10 + 8 / 28))


def test_nothing_is_needed_when_the_target_is_due() -> None:
    period = CALENDAR.parse("2011-12")
    for kind in ("reach", "cumulative"):
        target = target_of(kind, 9.0, achieved=1.0)
        assert required(target, COUNT, 1, period, date(2011, 12, 31), CALENDAR, NO_SEASON) is None


def test_an_evaluation_gets_the_outlooks_of_its_kpis(tmp_path: Path) -> None:
    figures = {"orders": monthly(90, 110, 100, months=24), "sessions": monthly(900, 1000, months=24)}
    text = plan("{indicator: sales.orders, cadence: month, target: {kind: cumulative, value: 1300, over: 2025}}")
    _, evaluation = History(figures).under(tmp_path, text, "2024-12")
    found = with_outlooks(evaluation, CALENDAR, Kept())
    assert [fact.key for fact in found.facts if fact.outlook] == [fact.key for fact in evaluation.kpis]
    assert [replace(fact, outlook=None) for fact in found.facts] == list(evaluation.facts)


def test_a_short_history_says_so() -> None:
    own = {"default/1": plan("{indicator: sales.orders, cadence: month, target: {kind: keep, value: 20}}")}
    shop = Shop(each_day("2024-01-01", "2024-03-31"), covers="2024-01-01..2024-03-31", plans=own)
    with shop.opened() as workspace:
        fact = workspace.evaluate("a").kpis[0]
    assert outlook_sentences(fact, "Orders", EN) == [
        "Orders: no forecast yet. It takes 12 periods in a row, and 3 are there."
    ]


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        *[(0.0, "under 5%"), (0.049, "under 5%"), (0.05, "about 10%"), (0.149, "about 10%"), (0.34, "about 30%")],
        *[(0.5, "about 50%"), (0.93, "about 90%"), (0.95, "about 90%"), (0.951, "over 95%"), (1.0, "over 95%")],
    ],
)
def test_a_probability_is_told_no_more_exactly_than_it_is_known(probability: float, words: str) -> None:
    assert probability_words(probability, EN) == words


@pytest.mark.parametrize(
    ("ends", "expected"),
    [((0.8213, 0.8897), (0.821, 0.89)), ((0.2, 0.2), (0.2, 0.2)), ((-52.3, 151.8), (-50.0, 150.0)), ((1, 9), (1, 9))],
)
def test_ends_are_rounded_to_a_tenth_of_their_width(ends: tuple[float, float], expected: tuple[float, float]) -> None:
    assert rounded_ends(*ends) == pytest.approx(expected)


def test_the_sentences_of_a_sum() -> None:
    fact = seen(target_of("cumulative", 1130 + 17.32, achieved=800.0))
    fact = replace(fact, outlook=replace(fact.outlook, forecast=replace(fact.outlook.forecast, model="theta", error=0.8,
                   naive_error=1.1, inside=20, held=26)))  # type: ignore[arg-type, union-attr]  # fmt: skip
    fact = replace(fact, required=Required("each", 113.0, 3.07))
    assert outlook_sentences(fact, "Orders", EN) == [
        "Orders, on the present course: between 1,107 and 1,153 over 1 January 2011 – 31 December 2011; "
        "the probability of reaching the target is about 20%.",
        "To reach the target, what is left of the time must bring 113 each month, on average.",
    ]
    assert basis(fact, EN) == (
        "Forecast by the Theta method from 24 periods (MASE 0.80, plain repetition 1.10). In the backtest 20 of 26 "
        "values lay in its 80% range. What is planned and not yet in the figures is not in it."
    )


def test_where_plain_repetition_did_better_that_is_told() -> None:
    fact = seen(target_of("cumulative", 1130 + 17.32, achieved=800.0))
    chosen = replace(fact.outlook.forecast, model="ets", error=1.1, naive_error=0.9)  # type: ignore[union-attr]
    told = basis(replace(fact, outlook=replace(fact.outlook, forecast=chosen)), EN)  # type: ignore[type-var]
    assert told.startswith(
        "Forecast by exponential smoothing (ETS) from 24 periods (MASE 1.10). Plain repetition did better (0.90), "
        "which is taken for chance, as the history keeps to a level."
    )


@pytest.mark.parametrize(
    ("status", "achieved", "told"),
    [  # what is left brings 330: at most 1,200 in the year, of which 900 or 1,250 have been used
        ("at_risk", 900.0, "the probability of staying within the target is under 5%."),
        ("missed", 1250.0, "the limit has been passed, and can no longer be kept."),
    ],
)
def test_a_limit_that_is_passed_has_no_probability(status: str, achieved: float, told: str) -> None:
    fact = seen(target_of("cumulative", 1200.0, achieved=achieved, pace="linear"), better=LOWER)
    fact = replace(fact, status=status, adds_up=True)
    assert outlook_sentences(fact, "Costs", EN)[0].endswith(told)
    assert likely(fact, EN) == ("target: under 5% likely" if status == "at_risk" else "")


@pytest.mark.parametrize(
    ("inside", "widened", "told"),
    [
        (23, 1.51, "23 of 29 values lay in its 80% range; what is shown is 1.5 times as wide, by the size of the "
                   "errors there."),
        (24, 2.0, "24 of 29 values lay in its 80% range; what is shown is 2 times as wide, by the size of the errors "
                  "there."),
        (20, 1.0, "20 of 29 values lay in its 80% range."),
        (20, 1.04, "20 of 29 values lay in its 80% range."),
    ],
)  # fmt: skip
def test_that_a_range_was_widened_is_said_where_it_was(inside: int, widened: float, told: str) -> None:
    fact = seen(target_of("reach", 120.0))
    assert fact.outlook is not None
    made = replace(fact.outlook.forecast, model="theta", inside=inside, held=29, widened=widened)
    said = basis(replace(fact, outlook=replace(fact.outlook, forecast=made)), EN)
    assert f"In the backtest {told} What is planned" in said


@pytest.mark.parametrize(
    ("need", "words"),
    [
        (Required("growth", 0.0234, 3), "To reach the target in time takes +2.3% each month from here."),
        (Required("growth", 0.00011, 12), "To reach the target in time takes +0.01% each month from here."),
        (Required("difference", 0.00003, 12), "To reach the target in time takes +0.003 pp each month from here."),
        (Required("difference", -0.004, 3), "To reach the target in time takes −0.4 pp each month from here."),
        (None, ""),
    ],
)
def test_what_is_needed_in_words(need: Required | None, words: str) -> None:
    assert "".join(needed(replace(fact_of([full(0.5)], SHARE), required=need), EN)) == words


def test_no_forecast_is_made_for_all_clients_at_once() -> None:
    with Shop([Sale("2024-01-04")]).opened() as workspace:
        assert all(fact.outlook is None for each in workspace.evaluate_all().values() for fact in each.facts)
        assert len(workspace.kept) == 0
