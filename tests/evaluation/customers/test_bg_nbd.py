"""BG/NBD: against published numbers, integrals, simulation; and the laws that hold whatever the numbers are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kpikit.evaluation.customers.bg_nbd import NEW, Purchases, alive, expected, fit, log_likelihood
from kpikit.evaluation.customers.likelihood import FLAT, Array, Estimate, Likelihood, maximise
from tests.evaluation.customers.simulated import CDNOW, buyers
from tests.workspaces import PURE_LAWS


def one(repeats: float, recency: float, age: float) -> Purchases:
    return Purchases(*(np.array([float(each)]) for each in (repeats, recency, age, 1)))


HISTORIES = [(0, 0, 38.86), (1, 1.71, 38.86), (2, 30.43, 38.86), (7, 29.43, 38.86), (40, 50, 52)]
SETS = [CDNOW, (1.5, 6.0, 2.0, 3.0), (0.6, 9.6, 1.3, 0.8)]


def chance(x: float, recency: float, age: float, rate: Array, leaving: Array) -> tuple[Array, Array]:
    """The likelihood of a history, given the customer's own rate and probability: as one who stayed, as one who left.

    Equation 3 of the paper, which is a product of exponential densities.
    """
    stayed = (1 - leaving) ** x * rate**x * np.exp(-rate * age)
    left = leaving * (1 - leaving) ** (x - 1) * rate**x * np.exp(-rate * recency)
    return stayed, left if x else np.zeros(left.shape)


@pytest.mark.parametrize("history", HISTORIES)
@pytest.mark.parametrize("parameters", SETS[1:2])
def test_the_likelihood_is_the_integral_over_all_customers(
    parameters: tuple[float, ...], history: tuple[float, float, float]
) -> None:
    """By Gauss and Legendre, over the quantiles of both distributions."""
    r, alpha, a, b = parameters
    nodes, weights = np.polynomial.legendre.leggauss(150)
    quantiles, weights = (nodes + 1) / 2, weights / 2
    rates, leaving = stats.gamma(r, scale=1 / alpha).ppf(quantiles), stats.beta(a, b).ppf(quantiles)
    whole = sum(chance(*history, rates[:, None], leaving[None, :]))
    assert log_likelihood(parameters, one(*history))[0] == pytest.approx(np.log(weights @ whole @ weights), abs=1e-3)


@pytest.mark.parametrize("parameters", SETS)
@pytest.mark.parametrize("history", HISTORIES[:4])
def test_the_expectation_is_that_of_customers_drawn_at_random(
    parameters: tuple[float, ...], history: tuple[float, float, float]
) -> None:
    """Bayes by brute force: customers drawn at random, each with the weight that its history has for it.

    One who is active and leaves with probability p after each purchase makes (1 - e^(-rate p t)) / p more of them.
    """
    r, alpha, a, b = parameters
    draw = np.random.default_rng(5)
    rates, leaving = draw.gamma(r, 1 / alpha, 400_000), draw.beta(a, b, 400_000)
    stayed, left = chance(*history, rates, leaving)
    whole = (stayed + left).sum()
    more = -np.expm1(-rates * leaving * 26) / np.maximum(leaving, 1e-12)
    found = (stayed * more).sum() / whole
    many = (stayed + left).sum() ** 2 / ((stayed + left) ** 2).sum()  # how many draws the weights amount to
    assert many > 300
    assert alive(parameters, one(*history))[0] == pytest.approx(stayed.sum() / whole, abs=4 / np.sqrt(many))
    assert expected(parameters, one(*history), 26)[0] == pytest.approx(found, rel=12 / np.sqrt(many), abs=1e-3)


def test_the_expectation_agrees_with_what_simulated_customers_buy_next() -> None:
    bought, later = buyers(60_000, CDNOW, 52, seed=7, ahead=26)
    predicted = expected(CDNOW, bought, 26)
    for repeats in (0, 1, 2, 5):
        group = bought.repeats == repeats
        error = later[group].std() / np.sqrt(group.sum())
        assert predicted[group].mean() == pytest.approx(later[group].mean(), abs=4 * error), repeats


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("parameters", SETS)
def test_a_fit_finds_the_parameters_of_simulated_customers(parameters: tuple[float, ...], seed: int) -> None:
    bought, _ = buyers(6000, parameters, 104, seed)
    found = fit(bought)
    assert found.reason is None and found.customers == 6000
    for number, error, true in zip(found.parameters, found.errors, parameters, strict=True):
        assert abs(number - true) < 3.3 * error  # eight of 10,000 lie further away
        assert 0 < error < 2.5 * true


def test_the_standard_errors_are_how_far_fits_lie_apart() -> None:
    fits = [fit(buyers(2500, SETS[1], 104, seed)[0]) for seed in range(30)]
    spread = np.std([each.parameters for each in fits], axis=0)
    typical = np.median([each.errors for each in fits], axis=0)
    assert np.all((spread / typical > 0.6) & (spread / typical < 1.6))  # of 30 fits, the spread is known to 13 %


def test_no_other_parameters_near_the_fit_are_likelier() -> None:
    bought, _ = buyers(3000, CDNOW, 52, seed=3)
    found = fit(bought)
    assert found.log_likelihood is not None
    draw = np.random.default_rng(1)
    for _ in range(50):
        other = np.array(found.parameters) * np.exp(draw.normal(0, 0.05, 4))
        assert log_likelihood(other, bought)[0] <= found.log_likelihood + 1e-6


@given(st.lists(st.floats(-2, 2), min_size=4, max_size=4), st.integers(0, 9))
@PURE_LAWS
def test_the_slope_is_the_derivative_of_the_likelihood(logs: list[float], seed: int) -> None:
    bought, _ = buyers(40, CDNOW, 52, seed)
    at = np.exp(logs)
    value, slope = log_likelihood(at, bought)
    for number in range(4):
        step = np.zeros(4)
        step[number] = 1e-6 * at[number]
        sides = [log_likelihood(at + way * step, bought)[0] for way in (1, -1)]
        assert slope[number] == pytest.approx((sides[0] - sides[1]) / (2e-6 * at[number]), rel=1e-3, abs=1e-3)
    assert np.isfinite(value)


def test_alike_customers_count_as_often_as_there_are_of_them() -> None:
    bought, _ = buyers(800, CDNOW, 52, seed=4)
    rows = np.rint(np.array([bought.repeats, bought.recency, bought.age]))
    alike, customers = np.unique(rows, axis=1, return_counts=True)
    each = fit(Purchases(*rows, np.ones(800)))
    assert len(customers) < 800
    assert fit(Purchases(*alike, customers.astype(float))).parameters == pytest.approx(each.parameters, rel=1e-3)


def test_time_in_other_units_is_another_alpha() -> None:
    bought, _ = buyers(3000, SETS[1], 104, seed=5)
    days = Purchases(bought.repeats, 7 * bought.recency, 7 * bought.age, bought.customers)
    r, alpha, a, b = fit(bought).parameters
    assert fit(days).parameters == pytest.approx((r, 7 * alpha, a, b), rel=0.01)
    assert expected((r, 7 * alpha, a, b), days, 70) == pytest.approx(expected((r, alpha, a, b), bought, 10))


def test_who_never_leaves_gives_no_numbers() -> None:
    """Nobody was ever silent for longer than its pace: leaving cannot be told from never leaving."""
    draw = np.random.default_rng(2)
    age = draw.uniform(50, 100, 400)
    repeats = draw.poisson(0.4 * age) + 1.0
    found = fit(Purchases(repeats, age * (1 - 0.01 * draw.uniform(size=400)), age, np.ones(400)))
    assert (found.reason, found.parameters, found.errors) == ("at_boundary", (), ())


def kink(at: Array) -> tuple[float, Array]:
    """Highest at 1, where it has an edge: its slope is nowhere zero, so no search finds a top."""
    return -float(np.abs(np.log(at)).sum()), -np.sign(np.log(at)) / at


def nowhere(at: Array) -> tuple[float, Array]:
    return float("nan"), np.full(len(at), np.nan)


@pytest.mark.parametrize("likelihood", [kink, nowhere])
def test_a_fit_that_did_not_converge_says_so_and_gives_no_numbers(likelihood: Likelihood) -> None:
    found = maximise(likelihood, [(2.0, 3.0), (0.4, 5.0)], customers=100)
    assert found == Estimate(100, "not_converged")
    assert (found.parameters, found.errors, found.covariance, found.log_likelihood) == ((), (), (), None)


@pytest.mark.parametrize(
    "bought",
    [
        Purchases(*np.zeros((4, 0))),
        Purchases(*np.ones((4, 49))),
        Purchases(np.zeros(900), np.zeros(900), np.full(900, 30.0), np.ones(900)),  # nobody bought again
    ],
)
def test_too_few_give_no_numbers(bought: Purchases) -> None:
    assert fit(bought).reason == "too_few"


@given(
    st.integers(0, 3000), st.floats(0, 1), st.floats(1, 300), st.floats(0.1, 200),
    st.tuples(*[st.floats(0.05, 20)] * 4),
)  # fmt: skip
@PURE_LAWS
def test_expectations_lie_within_bounds(
    repeats: int, at: float, age: float, weeks: float, parameters: tuple[float, ...]
) -> None:
    history = one(repeats, age * at if repeats else 0, age)
    now, twice = expected(parameters, history, weeks)[0], expected(parameters, history, 2 * weeks)[0]
    r, alpha, *_ = parameters
    assert 0 <= alive(parameters, history)[0] <= 1
    assert -1e-6 <= now <= (r + repeats) / (alpha + age) * weeks * (1 + 1e-6) + 1e-6  # as if nobody ever left
    assert now <= twice * (1 + 1e-6) + 1e-6


def test_the_limit_where_a_is_one() -> None:
    sides = [expected((0.5, 5, a, 2.5), one(3, 20, 40), 30)[0] for a in (1 - 1e-4, 1, 1 + 1e-4)]
    assert sides[1] == pytest.approx((sides[0] + sides[2]) / 2, rel=1e-6)
    assert expected((0.5, 5, 1, 2.5), NEW, 0.0)[0] == pytest.approx(0, abs=1e-6)


def test_the_top_of_the_hill_is_flat() -> None:
    bought, _ = buyers(3000, CDNOW, 52, seed=6)
    at = np.array(fit(bought).parameters)
    assert np.all(np.abs(log_likelihood(at, bought)[1] * at / 3000) < FLAT)
