"""The models against statsmodels' own classes and against the literature's formulas."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from statsmodels.tsa.forecasting.theta import ThetaModel

from kpikit.evaluation.forecast import models
from kpikit.evaluation.forecast.models import MODELS, ets, seasonal_naive, shows_season, theta

MONTHS = np.arange(36)


def drawn(seed: int, number: int = 36) -> np.ndarray:
    """Chance, of standard deviation 1."""
    return np.random.default_rng(seed).normal(size=number)


SERIES = {
    "even": 50 + drawn(1),
    "wandering": 50 + drawn(2).cumsum(),
    "rising": 50 + 0.6 * MONTHS + drawn(3),
    "seasonal": 50 + 4 * np.sin(MONTHS / 12 * 2 * np.pi) + drawn(4),
}


@pytest.mark.parametrize("name", ["even", "rising", "seasonal"])  # of the other its solver misses the least squares
def test_theta_is_that_of_statsmodels(name: str) -> None:
    used = 12 if name == "seasonal" else 1
    course = theta(SERIES[name], 12, 14)
    other = ThetaModel(SERIES[name], period=used, deseasonalize=used > 1, use_test=False, method="additive").fit()
    assert course.middle == pytest.approx(np.asarray(other.forecast(14, theta=2)), abs=0.05)


@pytest.mark.parametrize(("name", "shape"), [("even", {}), ("wandering", {}), ("rising", {"trend": True})])
def test_the_spread_of_ets_is_that_of_statsmodels_state_space_form(name: str, shape: dict[str, bool]) -> None:
    """ETSModel works out the variances from the state space; ours come from how an error passes on."""
    history = SERIES[name]
    fitted = next(each for each in models._variants(history, 1) if each.model.has_trend == bool(shape))
    alpha, beta = float(fitted.params["smoothing_level"]), 0.0
    values = [alpha]
    if shape:
        beta, phi = alpha * float(fitted.params["smoothing_trend"]), float(fitted.params["damping_trend"])
        values += [beta, phi]
    other = ETSModel(
        pd.Series(history), trend="add" if shape else None, damped_trend=bool(shape),
        initialization_method="known", initial_level=fitted.params["initial_level"],
        initial_trend=fitted.params["initial_trend"] if shape else None,
    ).smooth(values)  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(models, "_variants", lambda history, season: iter([fitted]))
        course = ets(history, 1, 10)
    exact = other.get_prediction(start=36, end=45)
    assert course.middle == pytest.approx(np.asarray(exact.predicted_mean), rel=1e-6)
    ratio = np.sqrt(np.asarray(exact.forecast_variance) / exact.forecast_variance[0])
    assert np.sqrt(np.cumsum(course.weights**2)) == pytest.approx(ratio, rel=1e-6)


def test_a_seasonal_ets_passes_an_error_on_to_the_same_month() -> None:
    course = ets(SERIES["seasonal"], 12, 25)
    steps = course.weights[1:]
    assert steps[11] == pytest.approx(steps[23])
    assert steps[11] >= steps[0] == pytest.approx(steps[10])


def test_the_naive_forecast_repeats_the_season_with_the_textbook_spread() -> None:
    # Hyndman and Athanasopoulos, "Forecasting: Principles and Practice", 5.5: sigma * sqrt(k + 1), k whole seasons ago
    course = seasonal_naive(np.array([1.0, 5, 3, 2, 5, 2, 1, 6, 3]), 3, 7)
    assert list(course.middle) == [1, 6, 3, 1, 6, 3, 1]
    own = np.sqrt(course.spread**2 - course.shared**2)
    assert own == pytest.approx(course.sigma * np.sqrt([1, 1, 1, 2, 2, 2, 3]))
    # errors 1, 0, -1, -1, 1, 1: on average 1/6; squares around it 5 - 6/36 = 29/6, over 5
    assert (course.shared, course.sigma**2) == (pytest.approx(1 / 6), pytest.approx(29 / 30))


@pytest.mark.parametrize(("name", "expected"), [("even", False), ("wandering", False), ("seasonal", True)])
def test_a_season_is_used_where_it_shows(name: str, expected: bool) -> None:
    assert shows_season(SERIES[name], 12) is expected
    assert not shows_season(SERIES[name][:23], 12)  # not two whole ones


def test_a_season_is_seldom_seen_where_there_is_none() -> None:
    chance = [shows_season(drawn(seed), 12) or shows_season(drawn(seed).cumsum(), 12) for seed in range(100)]
    assert sum(chance) <= 20  # two series of two tests at 2.5 % each: 10 % of these, give or take


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.key)
def test_models_leave_their_history_as_it_is(model: models.Model) -> None:
    history = SERIES["seasonal"].copy()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        course = model.fit(history, 12, 5)
    assert (history == SERIES["seasonal"]).all()
    assert (len(course.middle), len(course.weights), course.weights[0]) == (5, 5, 1.0)
