"""Process limits and signals: the traps by hand, and everything against a second computation by sliding windows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpikit.evaluation.signals.draw import xmr
from kpikit.evaluation.signals.limits import limits
from kpikit.evaluation.signals.lines import Limits
from kpikit.evaluation.signals.profiles import NHS
from kpikit.evaluation.signals.rules import marks
from kpikit.evaluation.signals.track import level
from tests.workspaces import PURE_LAWS

Values = Sequence[float | None]
# Around 10, whose moving ranges are 2 throughout: mean 10, limits 10 -/+ 5.32, "near" beyond 10 -/+ 3.546...
CALM: list[float | None] = [9, 11] * 6


RULES = [rule.code for rule in NHS.rules]


def signals(values: Values, within: Limits | None) -> list[str | None]:
    """The rule that marks each point."""
    return [mark.rule for mark in marks(level(values, within), NHS.rules)] if within else [None] * len(values)


def ways(values: Values, within: Limits) -> list[int]:
    """The way that each point then points."""
    return [mark.way for mark in marks(level(values, within), NHS.rules)]


def marked(values: Values, within: Limits | None = None) -> dict[str, list[int]]:
    """The places that each rule marks."""
    rules = signals(values, within or limits(values))
    return {rule: [at for at, each in enumerate(rules) if each == rule] for rule in RULES if rule in rules}


def fixed(centre: float, reach: float) -> Limits:
    return Limits(centre, centre - reach, centre + reach, 20)


def test_limits_by_hand() -> None:
    found = limits(CALM)
    assert found is not None
    assert (found.centre, found.points, found.trial) == (10, 12, False)
    assert (found.lower, found.upper) == pytest.approx((10 - 2.66 * 2, 10 + 2.66 * 2))


STEADY: list[float | None] = [10, 11] * 15


def test_unusually_large_ranges_are_left_out_once() -> None:
    # Ranges: 29 of 1, then 40 and 41. Mean 110/31 = 3.55; 3.267 x 3.55 = 11.6; without the two the mean is 1.
    found = limits([*STEADY, 51, 10])
    assert found is not None and found.centre == pytest.approx((315 + 61) / 32)
    assert found.upper - found.centre == pytest.approx(2.66)


def test_screening_happens_once_and_not_again() -> None:
    # Ranges: 29 of 1, 5 and 60: mean 94/31 = 3.03, limit 9.9: the 60 goes. Of the rest the mean is 34/30 = 1.13 and
    # 3.267 x 1.13 = 3.7, so a second round would take the 5 too.
    found = limits([*STEADY, 16, 76])
    assert found is not None and found.upper - found.centre == pytest.approx(2.66 * 34 / 30)


def test_a_step_is_screened() -> None:
    # From 10 to 50 half-way: without its one range of 39 the mean range is 1, and all points stand out, as they should.
    found = limits([10, 11] * 3 + [50, 51] * 3)
    assert found is not None and found.upper - found.centre == pytest.approx(2.66)


def test_limits_that_would_fit_nothing_are_not_screened() -> None:
    # Three leaps to 300 and two back: 27 ranges of 1, 3 of 294, 2 of 295. Without the five the limits would be
    # 32.3 -/+ 2.66, with not one point inside. With them the mean range is (27 + 882 + 590) / 32.
    found = limits(([5, 6] * 5 + [300]) * 3)
    assert found is not None and found.upper - found.centre == pytest.approx(2.66 * 1499 / 32)


@pytest.mark.parametrize("at", [0, 1, 12, 22, 23])
def test_one_value_far_away_makes_no_signal_of_all_others(at: int) -> None:
    # 23 values of 95 and 105 in turn, and one of 5,000: the mean is 304. Screened, the limits would be 304 -/+ 27, with
    # not one value inside; with its leaps of 4,900 they are wide.
    values: list[float | None] = [95, 105] * 12
    values[at] = 5000
    found = limits(values)
    assert found is not None and found.lower < 95
    drawn = xmr(values, values, NHS)
    assert drawn is not None
    assert [place for place, mark in enumerate(marks(drawn.track, NHS.rules)) if mark.rule] == [at]


def test_a_row_that_a_few_values_far_away_make_is_none() -> None:
    # Nine values around 10, three of 60, and eight around 10 again: the mean is 17.5, limits 17.5 -/+ 14.4 or so. All
    # others lie under it, on both sides of 10 where the mean lies without the three; a lasting shift is one still.
    spike: list[float | None] = [9, 11, 10, 8, 12, 9, 11, 10, 9, 60, 61, 60, 11, 9, 8, 12, 10, 9, 11, 10]
    shift: list[float | None] = [9.0, 11, 10, 8, 12, 9, 11, 10, 9, 15.0, 16, 14, 15, 17, 16, 15, 14, 16]
    for values, rule in ((spike, None), (shift, True)):
        drawn = xmr(values, values, NHS)
        assert drawn is not None and bool(marks(drawn.track, NHS.rules)[-1].rule) is bool(rule)


def test_two_opposite_outliers_do_not_collapse_the_limits() -> None:
    # The mean of twenty 5s, an 8, twenty 5s, a 2 and a 5 is 5 again, and but for four ranges of 3 all are 0.
    values = [5.0] * 20 + [8] + [5] * 20 + [2, 5]
    found = limits(values)
    assert found is not None and found.upper - found.centre == pytest.approx(2.66 * 12 / 42)
    assert marked(values) == {"outside": [20, 41]}


def test_screening_does_not_collapse_the_limits() -> None:
    # Ranges: 0 x 10 and 1: the 1 is 11 times their mean; without it nothing but zeros would remain.
    values = [1.0] * 11 + [2.0]
    found = limits(values)
    assert found is not None and found.upper > found.lower
    assert found.upper - found.centre == pytest.approx(2.66 / 11)
    assert signals(values, found)[:5] == ["run"] * 5  # a row of eleven points under the mean, and one beyond the limit
    assert signals(values, found)[-1] == "outside"


def test_screening_of_a_step_at_the_end() -> None:
    assert limits([1, 1, 1, 1, 2]) is None  # five points give no limits
    found = limits([1, 1, 1, 1, 1, 2])
    assert found is not None and found.lower < 1 < found.upper


@pytest.mark.parametrize("value", [0.0, 0.1, 1 / 3, -7.0, 1e9])
def test_a_constant_series_is_common_cause(value: float) -> None:
    values = [value] * 20
    assert signals(values, limits(values)) == [None] * 20


@pytest.mark.parametrize(
    ("values", "points"),
    [
        ([], None),
        ([None] * 12, None),
        ([1, 2, 1, 2, 1], None),  # five
        ([1, 2, 1, 2, 1, 2], 6),
        ([1, 2, None, 1, 2, None, 1], None),  # five and gaps
        ([1, 2, None, 1, 2, None, 1, 2], 6),
        ([1, None] * 12, None),  # twelve, but never two in a row: no moving range
    ],
)
def test_the_fewest_points_that_give_limits(values: list[float | None], points: int | None) -> None:
    found = limits(values)
    assert (found.points if found else None) == points
    assert found or signals(values, found) == [None] * len(values)


@pytest.mark.parametrize(("count", "trial"), [(6, True), (11, True), (12, False), (13, False)])
def test_limits_are_trial_limits_under_twelve_points(count: int, trial: bool) -> None:
    found = limits(([1, 2] * 7)[:count])
    assert found is not None and found.trial is trial


def test_missing_points_are_not_zero_and_have_no_range_across_them() -> None:
    full, gaps = limits([9, 11] * 3), limits([9, 11, None, 9, 11, None, None, 9, 11])
    assert full is not None and gaps is not None
    assert (gaps.centre, gaps.lower, gaps.upper) == (full.centre, full.lower, full.upper)


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
