"""Few counted things: what may come are whole numbers, as likely as SciPy's distributions and simple sums say."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from kpikit.evaluation.forecast.counts import at_least, quantile
from kpikit.evaluation.forecast.forecast import Forecast, _counts_on_a_level, forecast
from kpikit.evaluation.forecast.history import History
from kpikit.evaluation.forecast.outlook import probability
from kpikit.evaluation.targets.usual import Aimed
from kpikit.words.periods import Calendar
from kpikit.words.units import COUNT

LAST = Calendar().parse("2025-12")
PARTS = np.linspace(0.001, 0.999, 97)


@pytest.mark.parametrize(
    ("mean", "spread"), [(0.1, 0.3), (1.3, 1.14), (4.0, 3.0), (12.0, 4.0), (15.0, 2.8), (0.3, 2.0)]
)
def test_counts_have_scipys_distributions(mean: float, spread: float) -> None:
    ratio = spread**2 / mean
    known = stats.poisson(mean) if ratio <= 1 else stats.nbinom(mean / (ratio - 1), 1 / ratio)
    assert quantile(mean, spread, PARTS).tolist() == known.ppf(PARTS).tolist()
    for value in range(12):
        assert at_least(mean, spread, value) == pytest.approx(known.sf(value - 1), abs=1e-9)


def test_planned_counts_are_whole_numbers_about_their_mean() -> None:
    # 8.3 give or take 0.45: at least 8 where a normal value is above 7.5, 1.78 spreads below the mean
    assert at_least(8.3, 0.45, 8) == pytest.approx(stats.norm.cdf(0.8 / 0.45))
    assert set(quantile(8.3, 0.45, PARTS)) == {7, 8, 9, 10}


@settings(max_examples=50, derandomize=True)
@given(st.floats(0, 30), st.floats(0.01, 30), st.integers(0, 40))
def test_the_smallest_number_of_a_part_is_reached_by_the_rest(mean: float, spread: float, value: int) -> None:
    assert 0 <= at_least(mean, spread, value + 1) <= at_least(mean, spread, value) <= 1
    for part in (0.1, 0.5, 0.9):
        found = float(quantile(mean, spread, part))
        assert at_least(mean, spread, found + 1) <= 1 - part + 1e-9
        assert found == 0 or at_least(mean, spread, found) >= 1 - part - 1e-9


def history(values: object) -> History:
    return History(tuple(float(each) for each in values), COUNT, LAST)  # type: ignore[attr-defined]


@pytest.mark.parametrize("last", [0, 1])
def test_a_target_of_no_accidents_is_as_likely_as_the_history_says(last: int) -> None:
    """33 of 36 weeks had none: the chance of a further one is 0.92, whether the last had one or not."""
    values = [1 if at in (7, 20) else 0 for at in range(35)] + [last]
    values[30] = 1 - last
    found = forecast(history(values), 4)
    assert (found.scale, found.model == "seasonal_naive") == ("counts", False)
    assert probability(found, Aimed(None, 0.0), 1) == pytest.approx(33 / 36, abs=0.06)


def test_two_won_a_month_or_more() -> None:
    """Months of independent wins, 1.31 on average: two or more in 1 - exp(-1.31) (1 + 1.31) = 0.377 of them."""
    values = [1, 2, 0, 3, 1, 1, 2, 0, 1, 2, 1, 0, 2, 3, 1, 1, 0, 2, 1, 2, 0, 1, 3, 1, 2, 1]
    found = forecast(history(values), 6)
    assert np.mean(values) == pytest.approx(1.31, abs=0.01)
    assert found.probability_above(1, 2.0) == pytest.approx(0.377, abs=0.05)
    assert [float(end).is_integer() for end in found.interval(3)] == [True, True]
    # and of six months together, whose sum is Poisson's with a mean of 7.85
    sums = found.sums([1.0] * 6)
    assert np.mean(np.array(sums) >= 8) == pytest.approx(stats.poisson(6 * 1.31).sf(7), abs=0.08)


def test_what_is_left_of_a_month_is_counted_too() -> None:
    values = [1, 2, 0, 3, 1, 1, 2, 0, 1, 2, 1, 0, 2, 3, 1, 1, 0, 2, 1, 2, 0, 1, 3, 1, 2, 1]
    drawn = np.array(forecast(history(values), 2).sums([0.5]))
    assert set(drawn) <= set(range(12))
    assert np.mean(drawn == 0) == pytest.approx(math.exp(-1.31 / 2), abs=0.05)


def test_of_counts_on_a_level_the_part_of_the_next_error_that_is_the_levels_is_shared() -> None:
    # smoothed by 0.3: of the variance of 4 the part 0.15 is the level's, 0.6, beside 0.25 of its own; and 3.4 is left
    known = Forecast(24, scale="counts", middle=(2.0,) * 3, weights=(1.0, 0.3, 0.3), sigma=2.0, shared=0.5)
    found = _counts_on_a_level(known)
    assert (found.sigma**2, found.shared**2) == (pytest.approx(3.4), pytest.approx(0.85))
    assert found.weights == (1.0, 0.0, 0.0)
    assert found.interval(1) == known.interval(1) == found.interval(3)
    plain = replace(known, weights=(1.0, 0.0, 0.0))
    assert _counts_on_a_level(plain) == plain


def test_the_range_of_a_years_sum_holds_what_comes() -> None:
    """Of 80 years of independent events, 1 a month, eight in ten lie inside: 64, and between 54 and 74 by chance.

    With a known rate the sum would be Poisson's of 12, with 80 % from 8 to 17; the ends of twelve months, added up,
    would be 24 and more. The rate of two years is uncertain: by 12 / 24 of a year's variance, which the range holds.
    """
    chance, inside, highs = np.random.default_rng(11), 0, []
    for _ in range(80):
        drawn = chance.poisson(1, 36)
        sums = forecast(history(drawn[:24]), 12).sums([1.0] * 12)
        low, high = sums[len(sums) // 10], sums[-len(sums) // 10]
        inside += bool(low <= drawn[24:].sum() <= high)
        highs.append(high)
    assert 54 <= inside <= 76
    assert np.mean(highs) < 22
