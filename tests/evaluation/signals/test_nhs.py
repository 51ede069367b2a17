"""Signals by the NHS's rules: each rule by hand, and all against a second computation by sliding windows."""

from __future__ import annotations

import math
from itertools import accumulate

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpikit.evaluation.signals.limits import limits
from kpikit.evaluation.signals.lines import Limits
from tests.evaluation.signals.marked import RULES, Values, fixed, marked, signals, ways
from tests.workspaces import PURE_LAWS


@pytest.mark.parametrize(
    ("values", "within", "found"),
    [
        # outside: strictly beyond a limit
        ([10, 15, 10], fixed(10, 5), {}),
        ([10, 15.1, 10, 4.9], fixed(10, 5), {"outside": [1, 3]}),
        # run: seven on one side, all of them marked; six are none
        ([11] * 6 + [9], fixed(10, 5), {}),
        ([9] + [11] * 7 + [9], fixed(10, 5), {"run": [1, 2, 3, 4, 5, 6, 7]}),
        ([9] * 8, fixed(10, 5), {"run": list(range(8))}),
        # a point on the centre line belongs to neither side and ends a run
        ([11, 11, 11, 10, 11, 11, 11, 11], fixed(10, 5), {}),
        # a missing one too
        ([11, 11, 11, None, 11, 11, 11, 11], fixed(10, 5), {}),
        ([11] * 7 + [None] + [11] * 3, fixed(10, 5), {"run": list(range(7))}),
        # trend: seven points are six steps
        ([7, 8, 9, 10, 11, 12], fixed(10, 9), {}),
        ([7, 8, 9, 10, 11, 12, 13], fixed(10, 9), {"trend": list(range(7))}),
        ([13, 12, 11, 10, 9, 8, 7], fixed(10, 9), {"trend": list(range(7))}),
        ([12, 7, 8, 9, 10, 11, 12, 13, 8], fixed(10, 9), {"trend": list(range(1, 8))}),
        # a tie ends a trend, and so does a missing point
        ([7, 8, 9, 9, 10, 11, 12, 13], fixed(10, 9), {}),
        ([7, 8, 9, None, 10, 11, 12, 13, 13.5], fixed(10, 9), {}),
        # up, then down, with one peak that belongs to both
        ([7, 8, 9, 10, 11, 12, 13, 12.5, 11.5, 10.5, 9.5, 8.5, 7.5], fixed(10, 9), {"trend": list(range(13))}),
        # two of three beyond two thirds of the way, all three on the same side; only the near ones are marked
        ([14, 11, 14, 9], fixed(10, 5), {"two_of_three": [0, 2]}),
        ([11, 14, 14, 9], fixed(10, 5), {"two_of_three": [1, 2]}),
        ([14, 9, 14], fixed(10, 5), {}),  # one on the other side
        ([14, 10, 14], fixed(10, 5), {}),  # one on the centre
        ([14, None, 14, 14], fixed(10, 5), {}),  # two points are not three
        ([14, 11, 11, 14], fixed(10, 5), {}),  # two of four
        # a point outside is no near one
        ([14, 11, 16], fixed(10, 5), {"outside": [2]}),
        ([14, 14, 16], fixed(10, 5), {"two_of_three": [0, 1], "outside": [2]}),
        # two thirds of the way is not beyond it: 10 + 2/3 x 6 = 14
        ([14, 11, 14], fixed(10, 6), {}),
        # priority: outside, trend, two of three, run
        ([11, 11, 11, 11, 11, 11, 16], fixed(10, 5), {"run": [0, 1, 2, 3, 4, 5], "outside": [6]}),
        ([11, 11, 11, 11, 11, 14, 14], fixed(10, 5), {"run": [0, 1, 2, 3, 4], "two_of_three": [5, 6]}),
        ([10.5, 11, 11.5, 12, 12.5, 14, 14.5], fixed(10, 5), {"trend": list(range(7))}),
    ],
)
def test_signals(values: Values, within: Limits, found: dict[str, list[int]]) -> None:
    assert marked(values, within) == found


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([10, 16, 10, 4], [0, 1, 0, -1]),
        ([9] * 7, [-1] * 7),
        ([14, 11, 14], [1, 0, 1]),
        # a rising trend points up on both sides of the centre, from its first point on, after a fall as well
        ([12, 7, 8, 9, 10, 11, 12, 13], [0, 1, 1, 1, 1, 1, 1, 1]),
        # the peak that two trends share belongs to the later one
        ([7, 8, 9, 10, 11, 12, 13, 12, 11, 10, 9, 8, 7], [1] * 6 + [-1] * 7),
    ],
)
def test_which_way_signals_point(values: Values, found: list[int]) -> None:
    within = fixed(10, 5)
    assert ways(values, within) == found


def reference_limits(values: Values) -> tuple[float, float, float] | None:
    """The limits from the rules of Making Data Count, and our guard on the screening, with pandas."""
    series = pd.Series(list(values), dtype=float)
    ranges = series.diff().abs()
    if series.count() < 6 or ranges.count() == 0:
        return None
    reach = 2.66 * ranges[ranges < 3.267 * ranges.mean()].mean()
    inside = series.dropna().between(series.mean() - reach, series.mean() + reach)
    if not reach > 0 or (~inside).mean() > 1 / 3:
        reach = 2.66 * ranges.mean()
    return series.mean(), series.mean() - reach, series.mean() + reach


def reference_signals(values: Values, centre: float, lower: float, upper: float) -> list[str | None]:
    """The labels, by looking through a window of three or seven points at every place."""
    series = np.array([math.nan if value is None else value for value in values], dtype=float)
    if lower == upper:
        return [None] * len(series)
    marks = {rule: np.zeros(len(series), dtype=bool) for rule in RULES}
    marks["outside"] = (series > upper) | (series < lower)
    near_above = (series > centre + (upper - centre) * 2 / 3) & (series <= upper)
    near_below = (series < centre - (centre - lower) * 2 / 3) & (series >= lower)
    for at in range(len(series) - 6):
        seven = series[at : at + 7]
        if (seven > centre).all() or (seven < centre).all():
            marks["run"][at : at + 7] = True
        if (np.diff(seven) > 0).all() or (np.diff(seven) < 0).all():
            marks["trend"][at : at + 7] = True
    for at in range(len(series) - 2):
        three = slice(at, at + 3)
        for side, near in ((series > centre, near_above), (series < centre, near_below)):
            if side[three].all() and near[three].sum() >= 2:
                marks["two_of_three"][three] |= near[three]
    order = ("outside", "trend", "two_of_three", "run")
    return [next((rule for rule in order if marks[rule][at]), None) for at in range(len(series))]


points = st.none() | st.integers(-3, 3).map(float) | st.integers(0, 60).map(float)
walks = st.lists(st.integers(-1, 3), max_size=40).map(lambda steps: [float(each) for each in accumulate(steps)])
"""Series that drift upwards, in which trends are long."""


@given(st.lists(points, max_size=40) | st.lists(st.integers(0, 2).map(float), max_size=30) | walks)
@PURE_LAWS
def test_a_second_computation_agrees(values: list[float | None]) -> None:
    found, expected = limits(values), reference_limits(values)
    if found is None or expected is None:
        assert found is expected is None
        return
    assert (found.centre, found.lower, found.upper) == pytest.approx(expected)
    assert signals(values, found) == reference_signals(values, found.centre, found.lower, found.upper)


@given(st.lists(st.integers(0, 60).map(float), min_size=6, max_size=30), st.floats(0.5, 64), st.integers(-1000, 1000))
@PURE_LAWS
def test_scale_and_shift_of_a_series_do_not_change_its_signals(values: list[float], factor: float, shift: int) -> None:
    """Limits move and stretch with the values, so long as no point lies on a line within the noise of rounding."""
    within = limits(values)
    assert within is not None
    reach = within.upper - within.centre
    lines = (within.centre, within.lower, within.upper, within.centre + reach * 2 / 3, within.centre - reach * 2 / 3)
    if any(abs(value - line) < 1e-6 for value in values for line in lines):
        return
    again = [value * factor + shift for value in values]
    assert signals(again, limits(again)) == signals(values, within)


@given(st.lists(points, max_size=30))
@PURE_LAWS
def test_a_series_and_its_mirror_have_the_same_signals_the_other_way(values: list[float | None]) -> None:
    mirror = [None if value is None else -value for value in values]
    one, other = limits(values), limits(mirror)
    assert signals(values, one) == signals(mirror, other)
    if one is not None and other is not None:
        assert ways(mirror, other) == [-way for way in ways(values, one)]
