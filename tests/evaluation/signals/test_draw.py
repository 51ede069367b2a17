"""The lines of p', u', t, g and run charts: published figures, and a second computation with numpy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpikit.evaluation.signals.draw import rate, run_chart, xmr
from kpikit.evaluation.signals.profiles import ANHOEJ, NHS, OUTSIDE, WHEELER
from kpikit.evaluation.signals.rare import lines
from kpikit.evaluation.signals.rules import marks
from tests.workspaces import PURE_LAWS

# D. C. Montgomery, "Introduction to Statistical Quality Control": 30 samples of 50 cans of frozen orange juice
CANS = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]


def test_a_published_p_chart() -> None:
    """Published: centre 0.2313, limits 0.0524 and 0.4102. Laney's are those times the sigma of the z-scores."""
    sizes = [50.0] * 30
    values = [cans / 50 for cans in CANS]
    found = rate("p", values, values, [float(cans) for cans in CANS], sizes, ANHOEJ)
    assert found is not None
    scores = (np.array(values) - 347 / 1500) / np.sqrt(347 / 1500 * (1 - 347 / 1500) / 50)
    sigma = np.abs(np.diff(scores)).mean() / 1.128
    assert found.centre[0] == pytest.approx(0.2313, abs=5e-5)
    assert found.centre[0] + (found.upper[0] - found.centre[0]) / sigma == pytest.approx(0.4102, abs=1e-4)
    assert found.centre[0] - (found.centre[0] - found.lower[0]) / sigma == pytest.approx(0.0524, abs=1e-4)


# The same book: nonconformities in 20 samples of five computers; 193 in 100 computers
COMPUTERS = [10, 12, 8, 14, 10, 16, 11, 7, 10, 15, 9, 5, 7, 11, 12, 6, 8, 10, 7, 5]


def test_a_published_u_chart() -> None:
    """Published: centre 1.93, limits 0.07 and 3.79; Laney's as the package uprime 1.2 (Dashlane) has them."""
    values = [each / 5 for each in COMPUTERS]
    found = rate("u", values, values, [float(each) for each in COMPUTERS], [5.0] * 20, ANHOEJ)
    assert found is not None and found.centre[0] == pytest.approx(1.93)
    assert (found.lower[0], found.upper[0]) == pytest.approx((-0.05768197, 3.91768197), abs=1e-7)
    scores = (np.array(values) - 1.93) / np.sqrt(1.93 / 5)
    sigma = np.abs(np.diff(scores)).mean() / 1.128
    assert 1.93 + (found.upper[0] - 1.93) / sigma == pytest.approx(3.79, abs=0.005)
    assert 1.93 - (1.93 - found.lower[0]) / sigma == pytest.approx(0.07, abs=0.005)


counted = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 400)), min_size=8, max_size=30)


@given(counted, st.sampled_from("pu"))
@PURE_LAWS
def test_laney_by_a_second_computation(pairs: list[tuple[int, int]], kind: str) -> None:
    tops = np.array([float(top) for top, _ in pairs])
    sizes = np.array([float(top + more + 1) for top, more in pairs])
    centre = tops.sum() / sizes.sum()
    sigma = np.sqrt((centre * (1 - centre) if kind == "p" else centre) / sizes)
    values = tops / sizes
    found = rate(kind, values.tolist(), values.tolist(), tops.tolist(), sizes.tolist(), WHEELER)
    assert found is not None
    if sigma.max() == 0:
        assert found.track.collapsed
        return
    reach = 2.66 * np.abs(np.diff((values - centre) / sigma)).mean() * sigma
    np.testing.assert_allclose(found.upper, centre + reach)
    np.testing.assert_allclose(found.lower, centre - reach)


def test_limits_are_wider_where_there_is_less_to_count() -> None:
    sizes = [100.0, 400, 100, 400, 100, 400]
    tops = [10.0, 44, 12, 36, 8, 42]
    values = [top / size for top, size in zip(tops, sizes, strict=True)]
    found = rate("p", values, values, tops, sizes, NHS)
    assert found is not None
    wide, narrow = (found.upper[at] - found.centre[at] for at in (0, 1))
    assert wide == pytest.approx(2 * narrow)  # sqrt(400 / 100)


def test_large_denominators_do_not_make_the_limits_far_too_narrow() -> None:
    """280,000 visits a week and 2 % that vary by a tenth: binomial limits are -/+ 0.08 %; Laney's hold the values."""
    values = [0.02, 0.022, 0.019, 0.0215, 0.02, 0.018, 0.021, 0.0195, 0.022, 0.019, 0.0205, 0.0185]
    sizes = [280_000.0 + 1000 * at for at in range(12)]
    found = rate("p", values, values, [v * n for v, n in zip(values, sizes, strict=True)], sizes, NHS)
    assert found is not None and not any(found.track.sides[at] * (v > found.upper[at]) for at, v in enumerate(values))
    assert found.upper[0] - found.centre[0] > 5 * 3 * np.sqrt(0.02 * 0.98 / 280_000)


def test_a_run_chart_has_a_median_and_no_limits() -> None:
    found = run_chart([1, 2, 3, 4, 100, 5], [1, 2, 3, 4, 100, 5])
    assert found is not None and set(found.centre) == {3.5} and found.limits is None
    assert run_chart([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]) is None


# Montgomery: hours between the failures of a valve, and their powers of 0.2777
VALVE = [286, 948, 536, 124, 816, 729, 4, 143, 431, 8, 2837, 596, 81, 227, 603, 492, 1199, 1214, 2831, 96]


def test_t_charts_judge_the_powers_of_gaps() -> None:
    powers = np.array(VALVE, dtype=float) ** (1 / 3.6)
    assert powers[:3] == pytest.approx([4.80986, 6.70903, 5.72650], abs=0.005)  # published, of 0.2777
    average = np.abs(np.diff(powers)).mean()
    found = lines("t", [float(each) for each in VALVE], [float(each) for each in VALVE], WHEELER)
    assert found is not None
    limits = found[1]
    assert limits.centre == pytest.approx(powers.mean() ** 3.6)
    assert limits.upper == pytest.approx((powers.mean() + 2.66 * average) ** 3.6)
    assert limits.lower == 0  # 5.39 - 2.66 x 2.6 lies below zero


def test_g_charts_have_the_limits_of_geometric_counts() -> None:
    gaps = [20.0, 35, 11, 50, 8, 26]  # mean 25: 25 + 3 x sqrt(25 x 26) = 101.5; the median 0.693 x 25 = 17.3
    found = lines("g", gaps, gaps, NHS)
    assert found is not None
    assert (found[1].centre, found[1].lower, found[1].upper) == pytest.approx((17.325, 0, 101.485), abs=1e-3)


# The package qicharts2, data set `cabg`: heart operations, and days, between one death and the next, in 67 gaps
OPERATIONS = [
    23, 39, 15, 34, 1, 49, 98, 29, 27, 13, 45, 7, 10, 27, 24, 14, 20, 38, 44, 11, 10, 3, 113, 183, 3, 47, 18, 18, 33,
    15, 2, 38, 27, 27, 1, 52, 23, 7, 26, 82, 5, 49, 5, 17, 24, 44, 26, 2, 27, 46, 55, 97, 22, 22, 20, 4, 60, 51, 7, 21,
    66, 36, 25, 72, 15, 5, 3,
]  # fmt: skip
DAYS = [
    16, 20, 5, 13, 1, 26, 46, 12, 12, 5, 19, 4, 3, 15, 14, 9, 8, 15, 21, 6, 3, 1, 56, 117, 1, 33, 9, 9, 19, 12, 1, 16,
    13, 18, 1, 35, 16, 5, 21, 38, 3, 25, 3, 11, 13, 20, 9, 3, 8, 21, 24, 38, 8, 13, 9, 1, 30, 23, 3, 7, 22, 19, 11, 31,
    6, 1, 1,
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "gaps", "centre", "lower", "upper"),
    [
        # Provost's centre, 0.693 x 2122 / 67; the others draw the middle value of the gaps, 24, in its place
        ("g", OPERATIONS, 21.9484, 0.0, 128.1749),
        ("t", DAYS, 11.2051, 0.0079, 106.0418),
    ],
)
def test_published_charts_of_rare_events(kind: str, gaps: list[int], centre: float, lower: float, upper: float) -> None:
    """The lines as R has them in the reference results of PowerBI-SPC (AUS-DOH; test/fixtures/golden), and the verdict
    of qicharts2's own documentation: "Deaths number 24 and 25 are unusually far apart", and no other ones.
    """
    values = [float(each) for each in gaps]
    found = lines(kind, values, values, ANHOEJ)
    assert found is not None
    track, limits = found
    assert (limits.centre, limits.lower, limits.upper) == pytest.approx((centre, lower, upper), abs=5e-5)
    assert [at for at, mark in enumerate(marks(track, (OUTSIDE,)), 1) if mark.rule] == [24]


@pytest.mark.parametrize("draw", [lambda values: xmr(values, values, NHS), lambda values: run_chart(values, values)])
def test_fewer_than_six_values_give_no_lines(draw: object) -> None:
    assert draw([1.0, 2, 3, 4, 5]) is None  # type: ignore[operator]
