"""Gamma-Gamma: against published numbers, an integral, simulation; and its laws."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import integrate, stats

from kpikit.evaluation.customers.gamma_gamma import Spends, correlation, expected, fit, log_likelihood, mean
from tests.evaluation.customers.simulated import CDNOW_SPEND, spenders


@pytest.mark.parametrize(("repeats", "spend"), [(1, 11.77), (2, 22.35), (7, 73.74), (20, 5.0)])
def test_likelihood_and_expectation_are_integrals_over_all_customers(repeats: float, spend: float) -> None:
    p, q, gamma = CDNOW_SPEND
    scales = stats.gamma(q, scale=1 / gamma)

    def density(scale: float) -> float:
        average = stats.gamma(p * repeats, scale=1 / (repeats * scale))
        return float(average.pdf(spend) * scales.pdf(scale))

    whole, _ = integrate.quad(density, 0, 5, limit=200)
    there, _ = integrate.quad(lambda scale: density(scale) * p / scale, 1e-9, 5, limit=200)
    own = Spends(*(np.array([float(each)]) for each in (repeats, spend, 1)))
    assert log_likelihood(CDNOW_SPEND, own)[0] == pytest.approx(np.log(whole), abs=1e-6)
    assert expected(CDNOW_SPEND, own.repeats, own.spend)[0] == pytest.approx(there / whole, rel=1e-5)


def test_without_a_repeat_purchase_the_mean_of_all_is_expected() -> None:
    assert expected(CDNOW_SPEND, np.zeros(1), np.array([np.nan]))[0] == pytest.approx(mean(CDNOW_SPEND))


@pytest.mark.parametrize("parameters", [CDNOW_SPEND, (2.1, 3.9, 517.0), (1.2, 6.0, 40.0)])
def test_a_fit_finds_the_parameters_of_simulated_customers(parameters: tuple[float, ...]) -> None:
    spent, true = spenders(6000, parameters, seed=3)
    found = fit(spent)
    assert found.reason is None
    for number, error, own in zip(found.parameters, found.errors, parameters, strict=True):
        assert abs(number - own) < 3.3 * error
    drawn = expected(found.parameters, spent.repeats, spent.spend)
    assert np.corrcoef(drawn, true)[0, 1] > np.corrcoef(spent.spend, true)[0, 1]  # better than each one's own average
    assert drawn.mean() == pytest.approx(true.mean(), rel=0.03)


def test_money_in_another_currency_is_another_gamma() -> None:
    spent, _ = spenders(2000, CDNOW_SPEND, seed=4)
    crowns = Spends(spent.repeats, 750 * spent.spend, spent.customers)
    (p, q, gamma), other = fit(spent).parameters, fit(crowns)
    assert other.parameters == pytest.approx((p, q, 750 * gamma), rel=1e-6)
    assert other.log_likelihood == pytest.approx(log_likelihood(other.parameters, crowns)[0])


def test_what_cannot_be_fitted_gives_no_numbers() -> None:
    assert fit(Spends(*np.ones((3, 49)))).reason == "too_few"
    all_alike = Spends(np.full(200, 3.0), np.full(200, 25.0), np.ones(200))  # no spread at all
    assert fit(all_alike).reason in ("at_boundary", "not_converged") and not fit(all_alike).parameters


def test_the_correlation_is_pearsons() -> None:
    spent, _ = spenders(300, CDNOW_SPEND, seed=5)
    assert correlation(spent) == pytest.approx(np.corrcoef(spent.repeats, spent.spend)[0, 1])
    assert correlation(Spends(np.ones(5), np.arange(1.0, 6), np.ones(5))) is None
