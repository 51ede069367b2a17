"""The funnel: limits by size, and overdispersion, by a second computation with numpy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import chi2

from kpikit.charts.funnel import funnel_words
from kpikit.evaluation.benchmarks.funnel import funnel
from kpikit.words.language import Language
from tests.charts.samples import WAITS

CHANCE = np.random.default_rng(5)
SIZES = CHANCE.integers(100, 5000, 200)


def of(shares: np.ndarray) -> dict[str, tuple[float, float]]:  # type: ignore[type-arg]
    parts = CHANCE.binomial(SIZES, shares)
    return {str(at): (float(part), float(size)) for at, (part, size) in enumerate(zip(parts, SIZES, strict=True))}


def test_chance_alone_needs_hardly_any_spread() -> None:
    found = funnel(of(np.full(200, 0.8)))
    assert found is not None and found.spread < 0.01
    assert sum(place.outside != 0 for place in found.places) <= 3  # 0.4 of 200 expected
    low, high = found.limits(1000)
    if found.spread == 0:  # arcsine limits are close to the binomial ones
        reach = 3.09 * np.sqrt(found.centre * (1 - found.centre) / 1000)
        assert (low, high) == pytest.approx((found.centre - reach, found.centre + reach), abs=0.003)


def test_usual_differences_widen_the_limits_as_a_second_computation_says() -> None:
    shares = of(np.clip(CHANCE.normal(0.8, 0.05, 200), 0, 1))
    found = funnel(shares)
    parts, sizes = (np.array(each) for each in zip(*shares.values(), strict=True))
    angle, middle = np.arcsin(np.sqrt(parts / sizes)), np.arcsin(np.sqrt(parts.sum() / sizes.sum()))
    scores = (angle - middle) / (0.5 / np.sqrt(sizes))
    ordered = np.sort(scores)
    dispersion = (np.clip(scores, ordered[20], ordered[179]) ** 2).mean()
    weights = 4 * sizes
    spread = (200 * dispersion - 199) / (weights.sum() - (weights**2).sum() / weights.sum())
    assert found is not None
    assert (found.dispersion, found.spread**2) == pytest.approx((dispersion, spread))
    assert found.dispersion > 5 and sum(place.outside != 0 for place in found.places) <= 4


def test_small_clients_have_wider_limits_and_a_far_one_is_outside() -> None:
    shares = {str(at): (800.0 + 10 * (at % 3), 1000.0) for at in range(30)} | {"far": (30.0, 100.0)}
    found = funnel(shares)
    assert found is not None and found.places[-1].outside == -1
    assert found.limits(50)[0] < found.limits(5000)[0]


@pytest.mark.parametrize(
    ("apart", "said"), [(20, "which may be chance itself"), (30, "They differ by more than chance")]
)
def test_what_may_be_chance_is_not_called_more(apart: int, said: str) -> None:
    """Six clients lie above 500 of 1,000 and six below. The variance of a share's arcsine is 1 / 4,000: off by 20 their
    scores are 1.265, whose squares add up to 19.2 on 11 degrees of freedom (p = 0.058); by 30 to 43.2 (p = 0.00001)."""
    shares = {str(at): (500.0 + (apart if at % 2 else -apart), 1000.0) for at in range(12)}
    found = funnel(shares)
    assert found is not None and found.spread > 0
    assert found.by_chance == pytest.approx(chi2.sf(12 * (apart / 500) ** 2 * 1000, 11), rel=0.05)
    assert said in funnel_words(found, WAITS, Language("en"), str)[-1]


@pytest.mark.parametrize(("number", "part"), [(0, 1.0), (9, 1.0), (20, 3.0)])
def test_too_few_clients_or_no_shares_have_no_funnel(number: int, part: float) -> None:
    assert funnel({str(at): (part, 2.0) for at in range(number)}) is None
