"""What a period that runs will come to, and how sure that is, where its days are chance around a level."""

from __future__ import annotations

import math
from bisect import bisect_left

import numpy as np
import pytest

from kpikit.evaluation.forecast.forecast import Forecast
from kpikit.evaluation.forecast.outlook import whole

DAYS, LEVEL, SPREAD = 30, 10.0, 3.0
"""A month of so many days, each of a normal distribution: 300 a month, with a standard deviation of 3 * sqrt(30)."""


def month(level: float = DAYS * LEVEL, sigma: float = SPREAD * math.sqrt(DAYS)) -> Forecast:
    """The forecast of a month, as if its distribution were known."""
    return Forecast(24, model="ets", middle=(level,), weights=(1.0,), sigma=sigma)


@pytest.mark.parametrize("passed", [3, 10, 15, 20, 27])
def test_the_spread_is_that_of_what_came_and_of_what_is_to_come(passed: int) -> None:
    """The rest is told by what came, so that its error has the chance of both: p + p * p * (1 - p) of a month's."""
    left = 1 - passed / DAYS
    draws = np.array(whole(month(), LEVEL * passed, left, counted=False))
    assert np.mean(draws) == pytest.approx(DAYS * LEVEL)
    expected = SPREAD * math.sqrt(DAYS * (left + left * left * (1 - left)))
    assert np.std(draws) == pytest.approx(expected, rel=0.03)


@pytest.mark.parametrize("level_spread", [0.0, 6.0])
@pytest.mark.parametrize("passed", [3, 10, 20, 27])
def test_what_is_counted_is_reached_as_often_as_is_said(passed: int, level_spread: float) -> None:
    """Months of 60 orders, or of a level of their own about it: what was said to be 5 to 20 % likely, came as often."""
    chance, found = np.random.default_rng(passed), month(60.0, math.hypot(math.sqrt(60), level_spread))
    levels = np.maximum(chance.normal(60, level_spread, (800, 1)), 1)
    days = chance.poisson(levels / DAYS, (800, DAYS))
    given = []
    for own in days:
        draws = whole(found, float(own[:passed].sum()), 1 - passed / DAYS, counted=True)
        aim = 60 * chance.uniform(0.8, 1.2)
        given.append((1 - bisect_left(draws, aim) / len(draws), own.sum() >= aim))
    both = [*given, *((1 - said, not came) for said, came in given)]
    said, came = np.mean([pair for pair in both if 0.05 <= pair[0] < 0.2], axis=0)
    assert came == pytest.approx(said, abs=0.045)
