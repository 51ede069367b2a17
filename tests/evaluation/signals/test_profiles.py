"""The other profiles' rules, by hand, and the constants that each profile states."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest
from scipy.stats import binom

from kpikit.evaluation.signals.limits import limits
from kpikit.evaluation.signals.lines import Limits
from kpikit.evaluation.signals.profiles import ANHOEJ, NHS, PROFILES, WHEELER, Profile
from kpikit.evaluation.signals.rules import fewest_crossings, marks
from kpikit.evaluation.signals.track import level
from kpikit.plans import limits as planned

Values = Sequence[float | None]


def marked(values: Values, reach: float, profile: Profile, range_limit: float = math.inf) -> dict[str, list[int]]:
    """The places that each rule marks, around a centre of 10."""
    found = marks(level(values, Limits(10, 10 - reach, 10 + reach, 20), range_limit), profile.rules)
    rules = dict.fromkeys(mark.rule for mark in found if mark.rule)
    return {rule: [at for at, mark in enumerate(found) if mark.rule == rule] for rule in rules}


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([11] * 7, {}),  # seven are no run here
        ([11] * 8, {"run_of_eight": list(range(8))}),
        ([11] * 4 + [10] + [11] * 4, {}),  # on the average: neither side
        # three of four in the outer half (beyond 12.5); the fourth may lie anywhere, also on the other side
        ([13, 9, 13, 13], {"three_of_four": [0, 2, 3]}),
        ([13, 13, 13, 9], {"three_of_four": [0, 1, 2]}),
        ([13, 13, 9, 9], {}),
        ([13, 13, 12.5, 9], {}),  # on the half-way line is not beyond it
        ([13, 13, None, 13], {}),
        ([16, 13, 13, 9], {"outside": [0], "three_of_four": [1, 2]}),  # one beyond the limit counts, too
        ([7, 9, 7, 7], {"three_of_four": [0, 2, 3]}),
    ],
)
def test_wheeler(values: Values, found: dict[str, list[int]]) -> None:
    assert marked(values, 5, WHEELER) == found


def test_wheeler_marks_a_step_that_is_too_large_even_inside_the_limits() -> None:
    assert marked([8, 13, 10, None, 14], 5, WHEELER, 4) == {"range": [1]}


@pytest.mark.parametrize(
    ("values", "found"),
    [
        # 12 useful points: log2 is 3.58, so 4 + 3 = 7 in a row are the most; at least 3 crossings
        ([11] * 7 + [9, 11, 9, 11, 9], {}),
        ([11] * 8 + [9, 11, 9, 9], {"long_run": list(range(8))}),
        ([11] * 6 + [9] * 3 + [11] * 3, {"crossings": list(range(12))}),  # 2 crossings
        ([11] * 6 + [9] * 2 + [11] * 2 + [9] * 2, {}),  # 3
        # points on the centre are passed over: eight above in a row of 12 useful ones
        ([11] * 4 + [10, 10] + [11] * 4 + [9, 11, 9, 9], {"long_run": [0, 1, 2, 3, 6, 7, 8, 9]}),
        # a missing one ends the row
        ([11] * 4 + [None] + [11] * 4 + [9, 11, 9, 9], {}),
    ],
)
def test_anhoej(values: Values, found: dict[str, list[int]]) -> None:
    assert marked(values, 50, ANHOEJ) == found


@pytest.mark.parametrize("useful", range(6, 61))
def test_the_fewest_crossings_are_the_binomial_points(useful: int) -> None:
    assert fewest_crossings(useful) == binom.ppf(0.05, useful - 1, 0.5)


FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
PAINT = [33.75, 33.05, 34.00, 33.81, 33.46, 34.02, 33.68, 33.27, 33.49, 33.20, 33.62, 33.00, 33.54, 33.12, 33.84]


@pytest.mark.parametrize("profile", PROFILES.values())
@pytest.mark.parametrize(
    ("values", "centre", "lower", "upper", "digits"),
    [
        # NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: 50.81 -/+ 3 x 1.8778 / 1.128
        (FLOW, 50.81, 45.8159, 55.8041, 0.002),
        # D. C. Montgomery, "Introduction to Statistical Quality Control", the viscosity of aircraft primer paint
        (PAINT, 33.52, 32.24, 34.80, 0.006),
    ],
)
def test_published_limits(
    values: list[float], centre: float, lower: float, upper: float, digits: float, profile: Profile
) -> None:
    found = limits(values, profile)
    assert found is not None
    assert (found.centre, found.lower, found.upper) == pytest.approx((centre, lower, upper), abs=digits)


def test_only_nhs_screens() -> None:
    values = [10.0, 11] * 10 + [40, 10]
    mean = (19 * 1 + 29 + 30) / 21  # the moving ranges: 19 of 1, then 29 and 30
    reaches = {each.name: limits(values, each).upper - sum(values) / 22 for each in PROFILES.values()}  # type: ignore[union-attr]
    assert reaches == pytest.approx({"nhs": 2.66, "wheeler": 2.66 * mean, "anhoej": 3 / 1.128 * mean})


def test_profiles_are_those_that_plans_may_name_and_each_states_its_own_constants() -> None:
    assert tuple(PROFILES) == planned.PROFILES
    assert PROFILES[planned.PROFILES[0]] is NHS
    assert "2.66" in NHS.stated and "2.66" in WHEELER.stated and "1.128" in ANHOEJ.stated
    assert str(WHEELER.range_limit) in WHEELER.ruled
