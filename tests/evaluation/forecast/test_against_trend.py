"""A forecast that does not go the way of the trend says why; one that does says nothing of it."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from kpikit.evaluation.facts import Fact
from kpikit.evaluation.forecast.against_trend import against_trend, trend_sentences
from kpikit.evaluation.forecast.forecast import Forecast
from kpikit.evaluation.forecast.outlook import Outlook
from kpikit.words.language import Language
from kpikit.words.units import COUNT
from tests.charts.samples import CALENDAR, fact_of, full

NOISE = [0.0, 3.0, -2.0, 1.0, -3.0, 2.0, -1.0]
RISING = [1000 + 10 * at + NOISE[at % 7] for at in range(24)]
SEASON = [1000 + 10 * at + 200 * math.sin(at * math.pi / 6) + NOISE[at % 7] for at in range(36)]


def ahead(values: list[float], coming: list[float], model: str = "ets") -> Fact:
    fact = fact_of([full(value) for value in values], COUNT)
    weights = (1.0,) + (0.0,) * (len(coming) - 1)
    forecast = Forecast(len(values), model=model, middle=tuple(coming), weights=weights, sigma=1.0)
    periods = tuple(CALENDAR.shift(fact.series.points[-1].period, step + 1) for step in range(len(coming)))
    return replace(fact, outlook=Outlook(forecast, periods, "reach", periods[-1].window, probability=0.5))


@pytest.mark.parametrize(
    ("coming", "against"),
    [([1240.0, 1250.0, 1260.0], False), ([1230.0, 1220.0, 1210.0], True), ([1230.0] * 3, True), ([1230.0], False)],
)
def test_of_a_rising_line(coming: list[float], against: bool) -> None:
    fact = ahead(RISING, coming)
    assert fact.series.chart.follows == ("trend",)
    assert against_trend(fact) == against


@pytest.mark.parametrize(("more", "against"), [(120.0, False), (0.0, True), (-50.0, True)])
def test_with_a_season_years_are_compared(more: float, against: bool) -> None:
    """Every month of the year before again, and so much more: what falls from summer to winter does not fall."""
    fact = ahead(SEASON, [value + more for value in SEASON[-12:]])
    assert fact.series.chart.follows == ("season", "trend")
    assert against_trend(fact) == against


def test_without_a_trend_nothing_is_said() -> None:
    level = [100.0 + NOISE[at % 7] for at in range(24)]
    assert not against_trend(ahead(level, [90.0, 80.0]))
    assert not against_trend(replace(ahead(RISING, [1230.0, 1220.0]), outlook=None))


def test_it_is_said_why() -> None:
    told = trend_sentences(ahead(SEASON, SEASON[-12:], "seasonal_naive"), Language("en"))
    assert told == [
        "The forecast does not go the way of the trend that the usual range follows: the model that did best in the "
        "backtest (seasonal naive) does not draw that line on."
    ]
    assert trend_sentences(ahead(RISING, [1240.0, 1250.0]), Language("en")) == []
