"""Experiments: estimates, tests and sizes against statsmodels, SciPy and real experiments."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, samplesize_proportions_2indep_onetail

from kpikit.evaluation.experiments.estimate import estimate
from kpikit.evaluation.experiments.judge import holm, shares_fit
from kpikit.evaluation.experiments.size import share_deviation, smallest_rise, smallest_seen, units_needed
from kpikit.indicators.catalogue import find
from kpikit.metrics.moments import Moments
from tests.evaluation.experiments import RATIO, SHARE, SUM, counted, experiment, outcome
from tests.workspaces import PURE_LAWS


def moments_of(**values: list[float]) -> Moments:
    """The moments of units with these values."""
    names, rows = list(values), np.array(list(values.values()), dtype=float)
    spread = np.atleast_2d(np.cov(rows))
    pairs = {(a, b): float(spread[i][j]) for i, a in enumerate(names) for j, b in enumerate(names) if i <= j}
    return Moments(rows.shape[1], dict(zip(names, rows.mean(axis=1), strict=True)), pairs)


# Estimates.


def test_a_share_of_the_units_has_the_usual_error() -> None:
    found = estimate(find(SHARE), counted(120, 2000))
    assert found is not None
    assert found.value == pytest.approx(0.06)
    assert found.error == pytest.approx(math.sqrt(0.06 * 0.94 / 1999))


def test_a_ratio_has_the_error_of_the_delta_method() -> None:
    """Against the bootstrap: the spread of the ratio over 4,000 samples of 400 units drawn again."""
    draw = np.random.default_rng(7)
    orders = draw.poisson(2, 400) + 1
    revenue = orders * draw.gamma(3, 20, 400)
    found = estimate(find(RATIO), moments_of(revenue=revenue.tolist(), orders=orders.tolist()))
    again = draw.integers(0, 400, (4000, 400))
    ratios = revenue[again].sum(axis=1) / orders[again].sum(axis=1)
    assert found is not None
    assert found.value == pytest.approx(revenue.sum() / orders.sum())
    assert found.error == pytest.approx(ratios.std(), rel=0.05)


@pytest.mark.parametrize(
    ("kpi", "moments"),
    [(SUM, moments_of(orders=[1.0, 2.0])), (RATIO, moments_of(revenue=[0.0, 0.0], orders=[0.0, 0.0]))],
)
def test_what_cannot_be_estimated(kpi: str, moments: Moments) -> None:
    assert (estimate(find(kpi), moments) is None) == (kpi == RATIO)
    assert estimate(find(kpi), Moments(1, moments.means, moments.covariances)) is None


# Tests and intervals.


def test_shares_against_statsmodels() -> None:
    """The interval of a difference of shares (Wald, as of the t-test with many units) by statsmodels."""
    (found,) = outcome(experiment(SHARE), old=counted(480, 10_000), new=counted(560, 10_000)).comparisons
    low, high = confint_proportions_2indep(560, 10_000, 480, 10_000, method="wald")
    assert (found.lower, found.upper) == pytest.approx((low, high), rel=1e-3)
    assert found.verdict == "better"
    assert found.relative == pytest.approx(80 / 480)


@pytest.mark.parametrize(
    ("old", "new", "verdict"),
    [
        ((5, 1000), (0, 100), "not_enough"),  # half a conversion was to be expected: Fisher's p is about 1
        ((45, 9000), (0, 1000), "not_enough"),  # 4.5 were
        ((5, 30), (0, 30), "not_enough"),  # Fisher's p = 0.05
        ((1000, 1000), (990, 1000), "not_enough"),  # all of the one: it has no error
        ((45, 9000), (1, 1000), "not_enough"),
        ((45, 9000), (1, 1200), "worse"),  # 5.4 to be expected
        ((480, 10_000), (560, 10_000), "better"),
    ],
)
def test_a_share_of_what_is_rare_is_not_judged(old: tuple[int, int], new: tuple[int, int], verdict: str) -> None:
    total = old[1] + new[1]
    planned = experiment(SHARE, old=old[1] / total, new=new[1] / total)
    (found,) = outcome(planned, old=counted(*old), new=counted(*new)).comparisons
    assert found.verdict == verdict


def test_means_against_scipy() -> None:
    old, new = [3.0, 5, 4, 6, 7, 5, 4] * 6, [4.0, 9, 6, 5, 8, 7] * 6
    (found,) = outcome(experiment(SUM), old=moments_of(orders=old), new=moments_of(orders=new)).comparisons
    expected = stats.ttest_ind(new, old, equal_var=False)
    interval = expected.confidence_interval(0.95)
    assert found.probability == pytest.approx(expected.pvalue)
    assert (found.lower, found.upper) == pytest.approx((interval.low, interval.high))


def test_real_experiments(shared_data: Callable[[str], Path]) -> None:
    """The last checkpoint of each metric of each ASOS experiment, against SciPy's test from means and variances."""
    file = shared_data("asos_digital_experiments") / "asos_digital_experiments_dataset.parquet"
    keys = ["experiment_id", "variant_id", "metric_id"]
    table = duckdb.connect().read_parquet(str(file)).df().dropna().sort_values("time_since_start")
    table = table.groupby(keys).last().reset_index()
    assert table.experiment_id.nunique() == 78
    for row in table.itertuples():
        old = Moments(int(row.count_c), {"orders": row.mean_c}, {("orders", "orders"): row.variance_c})
        new = Moments(int(row.count_t), {"orders": row.mean_t}, {("orders", "orders"): row.variance_t})
        (found,) = outcome(experiment(SUM), old=old, new=new).comparisons
        expected = stats.ttest_ind_from_stats(
            row.mean_t, row.variance_t**0.5, row.count_t, row.mean_c, row.variance_c**0.5, row.count_c, equal_var=False
        )
        assert found.probability == pytest.approx(expected.pvalue, abs=1e-9)


@pytest.mark.parametrize(("sizes", "fit"), [((5000, 5000), 1.0), ((5100, 4900), 0.0455), ((5200, 4800), 6.3e-5)])
def test_sizes_against_the_plan(sizes: tuple[int, int], fit: float) -> None:
    # chi-squared with one degree of freedom: 2 * 100^2 / 5000 = 4 (p = 0.0455), 2 * 200^2 / 5000 = 16 (p = 6.3e-5)
    found = shares_fit({"old": 0.5, "new": 0.5}, dict(zip(("old", "new"), sizes, strict=True)))
    assert found == pytest.approx(fit, rel=0.01)


def test_holm_by_hand() -> None:
    # sorted 0.01, 0.02, 0.04: times 3, 2, 1 give 0.03, 0.04, 0.04
    assert holm([0.04, 0.01, 0.02]) == pytest.approx([0.04, 0.03, 0.04])


# Sizes.


def test_the_size_of_a_share_against_the_textbook() -> None:
    # (1.95996 + 0.84162)^2 * 2 * 0.05 * 0.95 / 0.01^2 = 7456.4
    assert units_needed(0.01, share_deviation(0.05)) == 7457


def of_shares(before: float, after: float, share: float = 1.0, power: float = 0.8, significance: float = 0.05) -> int:
    """The units that a test of two shares needs, each with its own deviation."""
    found = share_deviation(before), share_deviation(after)
    return units_needed(after - before, found[0], share, power, significance, treated=found[1])


@pytest.mark.parametrize("significance", [0.05, 0.05 / 3])
@pytest.mark.parametrize(("before", "effect"), [(0.024, 0.02), (0.024, 0.1), (0.024, 0.5), (0.024, -0.5), (0.3, -0.2)])
def test_the_size_of_two_shares_is_that_of_statsmodels(before: float, effect: float, significance: float) -> None:
    """It pools both for the share without an effect, as the z-test does; here each has its own, as in Welch's test."""
    known = samplesize_proportions_2indep_onetail(before * effect, before, power=0.8, alpha=significance)
    assert of_shares(before, before * (1 + effect), significance=significance) == pytest.approx(known, rel=3e-3)


@pytest.mark.parametrize(("after", "share"), [(0.036, 1.0), (0.0264, 1.0), (0.012, 1.0), (0.0264, 0.25), (0.0216, 3.0)])
def test_a_test_of_shares_keeps_the_power_that_is_promised(after: float, share: float) -> None:
    """Simulated: of 20,000 tests four in five are significant, +- 3 x sqrt(0.8 x 0.2 / 20,000) = 0.0085.

    By hand, from 2.4 % to 3.6 %: (1.95996 + 0.84162)^2 x (0.024 x 0.976 + 0.036 x 0.964) / 0.012^2 = 3168.3. With the
    control's deviation for both it would be 2,554, which show it in 71 of 100.
    """
    draw, needed = np.random.default_rng(5), of_shares(0.024, after, share)
    units = round(needed / share), needed
    control, treated = (draw.binomial(n, p, 20_000) / n for n, p in zip(units, (0.024, after), strict=True))
    error = np.sqrt(control * (1 - control) / units[0] + treated * (1 - treated) / units[1])
    seen = np.abs(treated - control) > stats.norm.ppf(0.975) * error
    assert seen.mean() == pytest.approx(0.8, abs=0.0125)
    assert (of_shares(0.024, 0.036), units_needed(0.012, share_deviation(0.024))) == (3169, 2554)


@PURE_LAWS
@given(st.integers(200, 100_000), st.floats(0.1, 5), st.floats(0.01, 0.9))
def test_the_smallest_rise_of_a_share_needs_that_many(units: int, share: float, today: float) -> None:
    rise = smallest_rise(units, today, share)
    assert math.isnan(rise) or of_shares(today, today + rise, share) == pytest.approx(units, abs=2, rel=0.01)


def test_a_rise_to_all_that_is_not_seen_is_none() -> None:
    # (1.95996 + 0.84162)^2 x 0.9 x 0.1 / 0.1^2 = 70.6
    assert math.isnan(smallest_rise(70, 0.9)) and smallest_rise(71, 0.9) == pytest.approx(0.1, rel=0.01)


@PURE_LAWS
@given(st.integers(10, 100_000), st.floats(0.1, 5))
def test_the_smallest_effect_seen_needs_that_many(units: int, share: float) -> None:
    effect = smallest_seen(units, 2.0, share)
    assert units_needed(effect, 2.0, share) == pytest.approx(units, abs=2, rel=0.01)
