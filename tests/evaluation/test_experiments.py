"""Experiments: estimates, tests and sizes against statsmodels, SciPy and real experiments; and the verdicts."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, samplesize_proportions_2indep_onetail

from kpikit.evaluation.experiments.estimate import estimate
from kpikit.evaluation.experiments.judge import Outcome, days_more, holm, judge, shares_fit
from kpikit.evaluation.experiments.size import share_deviation, smallest_rise, smallest_seen, units_needed
from kpikit.evaluation.experiments.words import Told, adjusted_sentence, groups_sentence, outcome_sentences
from kpikit.indicators.catalogue import CATALOGUE, find
from kpikit.indicators.framework import LOWER
from kpikit.metrics.moments import Moments, Sample
from kpikit.plans.experiments import Experiment
from kpikit.words.language import Language
from kpikit.words.units import SHARE as SHARE_UNIT
from tests.workspaces import PURE_LAWS, window

SHARE, SUM, RATIO = "web.conversion_rate", "sales.orders", "sales.average_order_value"
TEN_DAYS = window("2026-03-01", "2026-03-10")


def counted(successes: int, units: int) -> Moments:
    """Units of which some have a conversion."""
    rate = successes / units
    spread = rate * (1 - rate) * units / (units - 1)
    pairs = {("conversions", "conversions"): spread, ("conversions", "visitors"): 0.0, ("visitors", "visitors"): 0.0}
    return Moments(units, {"conversions": rate, "visitors": 1.0}, pairs)


def moments_of(**values: list[float]) -> Moments:
    """The moments of units with these values."""
    names, rows = list(values), np.array(list(values.values()), dtype=float)
    spread = np.atleast_2d(np.cov(rows))
    pairs = {(a, b): float(spread[i][j]) for i, a in enumerate(names) for j, b in enumerate(names) if i <= j}
    return Moments(rows.shape[1], dict(zip(names, rows.mean(axis=1), strict=True)), pairs)


def experiment(*kpis: str, effect: float | None = None, **variants: float) -> Experiment:
    shares = variants or {"old": 0.5, "new": 0.5}
    return Experiment("test", "Test", "a", "s", "unit", "variant", next(iter(shares)), shares, TEN_DAYS, kpis, effect)


def outcome(each: Experiment, until: date = TEN_DAYS.last_day, **variants: Moments) -> Outcome:
    return judge(each, Sample(until, variants, 0, 0), CATALOGUE)


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


# Verdicts.

RATE = {SHARE: Told("Conversion rate", SHARE_UNIT, None)}
SAME, BETTER, WORSE, FEW = counted(500, 10_000), counted(620, 10_000), counted(400, 10_000), counted(2, 20)


@pytest.mark.parametrize(
    ("new", "day", "effect", "verdict", "said"),
    [
        # 0.062 - 0.05 = 0.012, +- 1.96 x sqrt(0.062 x 0.938 / 10,000 + 0.05 x 0.95 / 10,000) = 0.00637
        (
            BETTER,
            10,
            None,
            "better",
            "new does better than the control: Conversion rate, 6.20% against 5.00% "
            "(+1.20 pp; 95% interval +0.56 pp to +1.84 pp).",
        ),
        (WORSE, 10, None, "worse", "new does worse than the control: Conversion rate, 4.00% against 5.00% "),
        (SAME, 10, None, "no_difference", "No variant differs from the control by more than chance explains."),
        (
            BETTER,
            4,
            None,
            "running",
            "Not enough data yet: 6 more days. It is judged after its last day, 10 March 2026.",
        ),
        # from 5 % to 5.25 %: (1.95996 + 0.84162)^2 x (0.05 x 0.95 + 0.0525 x 0.9475) x 10,000 / 9,999 / 0.0025^2 =
        # 122,136 units, at 1,000 a day
        (
            SAME,
            10,
            0.05,
            "not_enough",
            "new, Conversion rate: not enough data to tell a difference that would matter; it takes 113 more days.",
        ),
        (counted(620, 9000), 10, None, "mismatch", "The groups do not have the sizes that were planned"),
    ],
)
def test_the_verdict(new: Moments, day: int, effect: float | None, verdict: str, said: str) -> None:
    found = outcome(experiment(SHARE, effect=effect), date(2026, 3, day), old=SAME, new=new)
    assert [each.verdict for each in found.comparisons] == [verdict]
    (first, *_) = outcome_sentences(found, RATE, Language("en"))
    assert first.startswith(said)


def test_a_test_that_runs_says_when_it_ends_and_what_that_is_too_short_for() -> None:
    # 4 of 10 days gave 10,000 units each; 5 % of 5 % needs 122,136 (see above): (122,136 - 10,000) x 4 / 10,000 = 44.9
    # more days, of which 6 are those that are left.
    found = outcome(experiment(SHARE, effect=0.05), date(2026, 3, 4), old=SAME, new=SAME)
    assert outcome_sentences(found, RATE, Language("en")) == [
        "Not enough data yet: 6 more days. It is judged after its last day, 10 March 2026.",
        "new, Conversion rate: to see a difference of 5% in four cases of five, it takes 39 more days after that.",
    ]
    assert groups_sentence(found, Language("en")) == (
        "1 March 2026 – 10 March 2026, known until 4 March 2026. Sizes of the groups – old: 10,000, new: 10,000."
    )


def test_a_difference_that_is_neither_good_nor_bad_is_told_too() -> None:
    """A KPI without a direction: its verdict is "different", and the experiment does not stay without a sentence."""
    found = outcome(experiment(SHARE), old=SAME, new=BETTER)
    neutral = replace(found, comparisons=tuple(replace(each, verdict="different") for each in found.comparisons))
    (said,) = outcome_sentences(neutral, {SHARE: Told("Sessions", SHARE_UNIT, None)}, Language("en"))
    assert said.startswith("new differs from the control by more than chance explains: Sessions, 6.20% against 5.00% (")


def test_few_units_are_not_judged() -> None:
    found = outcome(experiment(SHARE), old=FEW, new=counted(18, 20))
    assert [each.verdict for each in found.comparisons] == ["not_enough"]
    said = outcome_sentences(found, RATE, Language("en"))
    # and not "0 more days"
    assert said == ["Not enough data to tell a difference that would matter – new, Conversion rate."]


@pytest.mark.parametrize("successes", [0, 5000])
def test_where_nothing_varies_nothing_is_known(successes: int) -> None:
    # Of 5,000 units each not one has a conversion, or all have: the interval from 0 to 0 is no certainty.
    found = outcome(experiment(SHARE), old=counted(successes, 5000), new=counted(successes, 5000))
    assert [each.verdict for each in found.comparisons] == ["not_enough"]


def test_of_many_kpis_and_variants_each_is_held_to_the_number_of_all() -> None:
    almost = counted(564, 10_000)  # 0.044 alone, which is nothing among three
    alone = outcome(experiment(SHARE), old=SAME, new=almost).comparisons[0]
    three = experiment(SHARE, old=0.25, new=0.25, third=0.25, fourth=0.25)
    found = outcome(three, old=SAME, new=almost, third=SAME, fourth=SAME).comparisons
    assert (alone.verdict, alone.adjusted) == ("better", alone.probability)
    assert [each.verdict for each in found] == ["no_difference"] * 3
    assert found[0].adjusted == pytest.approx(3 * alone.probability)
    said = adjusted_sentence(outcome(three, old=SAME, new=almost, third=SAME, fourth=SAME), Language("en"))
    assert said == "3 comparisons: each verdict is adjusted for that (Holm), each interval is not."
    assert adjusted_sentence(outcome(experiment(SHARE), old=SAME, new=almost), Language("en")) == ""


def test_nobody_was_seen_yet() -> None:
    found = outcome(experiment(SHARE), date(2026, 3, 1))
    assert (found.comparisons, found.shares_fit) == ((), None)
    (said,) = outcome_sentences(found, {}, Language("en"))
    assert said == "No unit of the control, or of a variant, has been seen yet."


def test_the_size_that_each_of_several_variants_needs() -> None:
    """From 5 % by a tenth of it, to 5.5 %: 0.05 x 0.95 + 0.055 x 0.945 = 0.099475, whatever the variant has shown.

    One comparison: (1.95996 + 0.84162)^2 x 0.099475 / 0.005^2 = 31,231; of two each has half of the significance:
    (2.24140 + 0.84162)^2 instead, 37,821.
    """
    (alone,) = outcome(experiment(SHARE, effect=0.1), old=SAME, new=BETTER).comparisons
    two = experiment(SHARE, effect=0.1, old=1 / 3, new=1 / 3, third=1 / 3)
    each = outcome(two, old=SAME, new=BETTER, third=SAME).comparisons[0]
    assert (alone.needed, each.needed) == (pytest.approx(31_231, rel=1e-3), pytest.approx(37_821, rel=1e-3))


def test_a_test_with_the_units_that_were_planned_is_judged_as_large_enough() -> None:
    """The planner's 31,231 for 5 % and a tenth more (31,234 with the sample's variance); what falls needs fewer."""
    large, few = counted(1562, 31_240), counted(1492, 29_840)  # the latter are those of the control's deviation alone
    verdicts = [outcome(experiment(SHARE, effect=0.1), old=each, new=each).comparisons[0] for each in (large, few)]
    assert [each.verdict for each in verdicts] == ["no_difference", "not_enough"]
    falls = {SHARE: replace(CATALOGUE[SHARE], better=LOWER)}
    found = judge(experiment(SHARE, effect=0.1), Sample(TEN_DAYS.last_day, {"old": SAME, "new": BETTER}, 0, 0), falls)
    # (1.95996 + 0.84162)^2 x (0.05 x 0.95 + 0.045 x 0.955) / 0.005^2 = 28,406
    assert found.comparisons[0].needed == pytest.approx(28_406, rel=1e-3)


def test_a_test_that_is_decided_needs_no_more_days() -> None:
    found = outcome(experiment(SHARE, effect=0.1), old=SAME, new=BETTER)
    assert (found.comparisons[0].verdict, found.days_left) == ("better", 0)
    assert (found.comparisons[0].needed or 0) > 10_000


@pytest.mark.parametrize(
    ("first", "days", "said"),
    [  # the second KPI needs 300,000 units of each, of which 10 days gave 10,000: 290 more days
        ("better", 0, ["Not enough data to tell a difference that would matter – new, Orders."]),
        ("no_difference", 0, ["Not enough data to tell a difference that would matter – new, Orders."]),
        (  # the first needs 15,000: 5 more days
            "not_enough",
            5,
            [
                "new, Conversion rate: not enough data to tell a difference that would matter; it takes 5 more days.",
                "Not enough data to tell a difference that would matter – new, Orders.",
            ],
        ),
    ],
)
def test_days_are_told_of_the_first_kpi_alone(first: str, days: int, said: list[str]) -> None:
    found = outcome(experiment(SHARE, effect=0.1), old=SAME, new=SAME)
    (one,) = found.comparisons
    both = (
        replace(one, verdict=first, needed=15_000),
        replace(one, kpi="sales.orders", verdict="not_enough", needed=300_000),
    )
    found = replace(found, comparisons=both)
    told = outcome_sentences(found, RATE | {"sales.orders": Told("Orders", SHARE_UNIT, None)}, Language("en"))
    assert [each for each in told if "enough" in each] == said
    assert [days_more(found.experiment, found.sample, each) for each in both] == [days, 290]


def test_typed_counts_ask_for_units_as_nobody_knows_their_days() -> None:
    typed = replace(experiment(SHARE, effect=0.1), source="")
    found = outcome(typed, old=SAME, new=counted(510, 10_000))
    # (1.95996 + 0.84162)^2 x (0.05 x 0.95 + 0.055 x 0.945) x 10,000 / 9,999 / 0.005^2 = 31,234; 10,000 are there
    (said,) = outcome_sentences(found, RATE, Language("en"))
    assert said == (
        "new, Conversion rate: not enough data to tell a difference that would matter; it takes 21,234 more units of "
        "the variant."
    )
    assert (found.days_left, groups_sentence(found, Language("en"))) == (
        None,
        "Sizes of the groups – old: 10,000, new: 10,000.",
    )


@pytest.mark.parametrize(
    ("other", "names", "said"),
    [
        (0, (), []),
        (1, ("C",), ["1 unit saw a variant that is not planned (C) and is left out."]),
        (1876, ("C", "E"), ["1,876 units saw variants that are not planned (C, E) and are left out."]),
        (9, ("C", "E", "F", "G"), ["9 units saw variants that are not planned (C, E, F, …) and are left out."]),
    ],
)
def test_units_of_variants_that_are_not_planned_are_told(other: int, names: tuple[str, ...], said: list[str]) -> None:
    sample = Sample(TEN_DAYS.last_day, {"old": SAME, "new": BETTER}, 0, other, names)
    first, *others = outcome_sentences(judge(experiment(SHARE), sample, CATALOGUE), RATE, Language("en"))
    assert first.startswith("new does better") and others == said
