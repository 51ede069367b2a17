"""Process limits by hand: what is screened of them and what is not, and the fewest points that give any."""

from __future__ import annotations

import pytest

from kpikit.evaluation.signals.draw import xmr
from kpikit.evaluation.signals.limits import limits
from kpikit.evaluation.signals.profiles import NHS
from kpikit.evaluation.signals.rules import marks
from tests.evaluation.signals.marked import marked, signals

# Around 10, whose moving ranges are 2 throughout: mean 10, limits 10 -/+ 5.32, "near" beyond 10 -/+ 3.546...
CALM: list[float | None] = [9, 11] * 6


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
