"""What reaching a target takes from here: growth, steps or a sum for each period, and how it is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kpikit.evaluation.facts import Point, Series, Value
from kpikit.evaluation.forecast.outlook_words import needed
from kpikit.evaluation.signals.lines import Chart
from kpikit.evaluation.targets.required import Required, required
from kpikit.words.units import COUNT, MONEY, SHARE, Unit
from tests.charts.samples import fact_of, full
from tests.evaluation.outlooks import CALENDAR, EN, seen, target_of

NO_SEASON = Series((), None, "nhs")


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
