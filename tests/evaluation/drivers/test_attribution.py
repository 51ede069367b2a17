"""Arithmetic of drivers, against hand calculations, published examples, brute force over all orders, and its laws."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpikit.evaluation.drivers.funnel import step_effects
from kpikit.evaluation.drivers.mix import Segment, amounts, rate_and_mix, total
from kpikit.evaluation.drivers.products import contributions
from kpikit.words.formula import Formula
from kpikit.words.grammar import parse
from tests.workspaces import PURE_LAWS

NAMES = ("a", "b", "c", "d")
FORMULAS = ["a * b", "a * b * c", "a * b * c * d", "a / b", "(a - b) / a", "a + b - c", "a * b / c", "1000 * a / b"]

# (formula, before, after, contributions): by hand
CASES = [
    # price 10 -> 12, volume 100 -> 110 (a price-volume example of every textbook): volume 10 x 10 = 100, price 2 x 100
    # = 200, both together 2 x 10 = 20, of which each has half
    ("a * b", {"a": 10, "b": 100}, {"a": 12, "b": 110}, {"a": 210, "b": 110}),
    # f: 2 x 5 x 10 = 100 -> 3 x 4 x 11 = 132. a: +1 x (5x10/3 + (5x11 + 4x10)/6 + 4x11/3) = 283/6;
    # b: -1 x (2x10/3 + (2x11 + 3x10)/6 + 3x11/3) = -158/6; c: +1 x (2x5/3 + (2x4 + 3x5)/6 + 3x4/3) = 67/6
    ("a * b * c", {"a": 2, "b": 5, "c": 10}, {"a": 3, "b": 4, "c": 11}, {"a": 283 / 6, "b": -158 / 6, "c": 67 / 6}),
    # 20/100 -> 30/120: numerator 10 x (1/100 + 1/120)/2 = 11/120; denominator 25 x (1/120 - 1/100) = -1/24
    ("a / b", {"a": 20, "b": 100}, {"a": 30, "b": 120}, {"a": 11 / 120, "b": -1 / 24}),
    ("a + b - c", {"a": 1, "b": 2, "c": 3}, {"a": 5, "b": 2, "c": 2}, {"a": 4, "b": 0, "c": 1}),
]


@pytest.mark.parametrize(("text", "before", "after", "expected"), CASES)
def test_contributions_by_hand(
    text: str, before: dict[str, float], after: dict[str, float], expected: dict[str, float]
) -> None:
    assert contributions(parse(text, NAMES), before, after) == pytest.approx(expected)


def over_all_orders(formula: Formula, before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, float]:
    """The definition, literally: in each order the names go over one by one; what each moved is averaged."""
    moved: dict[str, list[float]] = {name: [] for name in formula.names}
    for order in permutations(formula.names):
        now = dict(before)
        for name in order:
            old = formula.compute(now)
            now[name] = after[name]
            moved[name].append(formula.compute(now) - old)
    return {name: math.fsum(values) / len(values) for name, values in moved.items()}


numbers = st.floats(0.01, 1e6)
states = st.fixed_dictionaries(dict.fromkeys(NAMES, numbers))


@PURE_LAWS
@given(st.sampled_from(FORMULAS), states, states)
def test_contributions_are_those_of_all_orders_and_add_up(
    text: str, before: dict[str, float], after: dict[str, float]
) -> None:
    formula = parse(text, NAMES)
    found = contributions(formula, before, after)
    assert found is not None
    ends = formula.compute(before), formula.compute(after)
    size = sum(abs(each) for each in found.values()) + abs(ends[0]) + abs(ends[1])
    assert found == pytest.approx(over_all_orders(formula, before, after), rel=1e-9, abs=1e-9 * size)
    assert math.fsum(found.values()) == pytest.approx(ends[1] - ends[0], rel=1e-9, abs=1e-12 * size)
    back = contributions(formula, after, before)
    assert back == pytest.approx({name: -value for name, value in found.items()}, rel=1e-9, abs=1e-12 * size)


def test_without_a_denominator_on_the_way_there_is_nothing_to_say() -> None:
    assert contributions(parse("a / b", NAMES), {"a": 1, "b": 0}, {"a": 1, "b": 2}) is None
    assert contributions(parse("a * b", NAMES), {"a": 1e200, "b": 1e200}, {"a": 1, "b": 2}) is None


# icanexplain's documentation, docs/examples/simple-revenue-funnel.md: impressions, clicks, conversions, revenue in 2018
# and 2019, and what each step contributed to revenue; published in dollars and cents.
FUNNELS = [
    ((1000, 150, 120, 8600), (1000, 120, 160, 9055), (0.00, -1720.00, 4586.67, -2411.67)),
    ((2000, 150, 150, 9400), (2150, 200, 145, 8739), (705.00, 2428.33, -3446.67, -347.67)),
    ((2500, 250, 125, 10750), (2000, 400, 166, 10147), (-2150.00, 8600.00, -2924.00, -4129.00)),
    ((50, 20, 10, 500), (2500, 1000, 500, 50000), (24500.00, 0.00, 0.00, 25000.00)),
    ((2000, 300, 150, 11400), (2150, 323, 145, 10739), (855.00, 19.00, -1254.00, -281.00)),
    ((2500, 250, 125, 8750), (2000, 320, 166, 12147), (-1750.00, 4200.00, 420.00, 527.00)),
]


def factors(counts: tuple[int, ...]) -> list[float]:
    return [counts[0], *(after / before for before, after in pairwise(counts))]


@pytest.mark.parametrize(("before", "after", "published"), FUNNELS)
def test_funnels_as_published(before: tuple[int, ...], after: tuple[int, ...], published: tuple[float, ...]) -> None:
    found = step_effects(factors(before), factors(after))
    assert found == pytest.approx(published, abs=0.0051)
    assert sum(found) == pytest.approx(after[-1] - before[-1])


# icanexplain's test_mean.py, test_claims: mean and number of claims by type. It publishes the effects from the later
# weights and the later whole; from the earlier ones they follow by its own formula with the years exchanged. Ours is
# the mean of the two, which prefers neither year.
CLAIMS = {
    2021: {"Dentist": (122.872, 5), "Psychiatrist": (174.48, 4)},
    2022: {"Dentist": (98.375, 4), "Psychiatrist": (141.28, 2)},
    2023: {"Dentist": (148.365, 20), "Psychiatrist": (222.401, 10)},
    2024: {"Dentist": (97.6825, 8), "Psychiatrist": (148.15875, 8)},
}
PUBLISHED = {
    2022: {"Dentist": (-16.331333, 1.132815), "Psychiatrist": (-11.066667, -6.867037)},
    2023: {"Dentist": (33.326667, 0.0), "Psychiatrist": (27.040333, 0.0)},
    2024: {"Dentist": (-25.341250, -4.240729), "Psychiatrist": (-37.121125, 16.580063)},
}
DIFFERENCES = {2022: -33.132222, 2023: 60.367000, 2024: -50.123042}


def segments(year: int) -> dict[str, Segment]:
    return {name: Segment(mean * count, count) for name, (mean, count) in CLAIMS[year].items()}


def one_sided(before: dict[str, Segment], after: dict[str, Segment]) -> dict[str, tuple[float, float]]:
    """icanexplain's formula: the later weight x change of the mean; change of the weight x distance from a whole."""
    counts = [total(each).denominator for each in (before, after)]
    whole = total(after).rate or math.nan
    found = {}
    for name, old in before.items():
        new, rates = after[name], ((old.rate or 0.0), (after[name].rate or 0.0))
        weights = old.denominator / counts[0], new.denominator / counts[1]
        found[name] = (weights[1] * (rates[1] - rates[0]), (weights[1] - weights[0]) * (rates[0] - whole))
    return found


@pytest.mark.parametrize("year", PUBLISHED)
def test_rate_and_mix_lie_between_what_is_published_and_its_reverse(year: int) -> None:
    before, after = segments(year - 1), segments(year)
    forth = one_sided(before, after)
    for name, published in PUBLISHED[year].items():
        assert forth[name] == pytest.approx(published, abs=1e-5)
    back = one_sided(after, before)
    found = rate_and_mix(before, after)
    assert found is not None
    for name, effect, value in found:
        at = ("rate", "mix").index(effect)
        assert value == pytest.approx((forth[name][at] - back[name][at]) / 2, abs=1e-9)
    assert math.fsum(value for *_, value in found) == pytest.approx(DIFFERENCES[year], abs=1e-5)


def test_a_paradox_is_told_apart() -> None:
    """Both segments get better and the whole gets worse, since the weak one grows (Simpson's paradox), by hand.

    before 80/100 and 20/100, after 85/100 and 90/300: 0.5 -> 0.4375. Rates: 0.375 x 0.05 and 0.625 x 0.1. Weights: 0.5
    -> 0.25 and 0.5 -> 0.75, from the middle 0.46875: -0.25 x (0.825 - 0.46875) and +0.25 x (0.25 - 0.46875).
    """
    found = rate_and_mix({"x": Segment(80, 100), "y": Segment(20, 100)}, {"x": Segment(85, 100), "y": Segment(90, 300)})
    assert found is not None
    values = {(name, effect): value for name, effect, value in found}
    expected = {("x", "rate"): 0.01875, ("x", "mix"): -0.0890625, ("y", "rate"): 0.0625, ("y", "mix"): -0.0546875}
    assert values == pytest.approx(expected)
    assert sum(values.values()) == pytest.approx(0.4375 - 0.5)


parts = st.builds(Segment, st.floats(-1e6, 1e6), st.floats(0.5, 1e6))
members = st.dictionaries(st.sampled_from("pqrst"), parts, min_size=1)


@PURE_LAWS
@given(members, members)
def test_rate_and_mix_add_up_with_new_and_vanished_segments(
    before: dict[str, Segment], after: dict[str, Segment]
) -> None:
    found = rate_and_mix(before, after)
    ends = total(before).rate, total(after).rate
    assert found is not None and ends[0] is not None and ends[1] is not None
    size = sum(abs(value) for *_, value in found) + abs(ends[0]) + abs(ends[1])
    assert math.fsum(value for *_, value in found) == pytest.approx(ends[1] - ends[0], abs=1e-9 * size)
    assert {name for name, effect, _ in found if effect == "new"} == after.keys() - before.keys()
    assert {name for name, effect, _ in found if effect == "vanished"} == before.keys() - after.keys()
    back = rate_and_mix(after, before)
    turned = {"new": "vanished", "vanished": "new"}
    reverse = {(name, turned.get(effect, effect)): -value for name, effect, value in back or []}
    assert {(name, effect): value for name, effect, value in found} == pytest.approx(reverse, abs=1e-9 * size)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"a": Segment(1, 0)}, {"a": Segment(1, 2)}),  # a numerator alone
        ({}, {"a": Segment(1, 2)}),  # nothing before
        ({"a": Segment(1, 2), "b": Segment(1, -2)}, {"a": Segment(1, 2)}),  # the whole is nothing
    ],
)
def test_without_rates_there_is_no_mix(before: dict[str, Segment], after: dict[str, Segment]) -> None:
    assert rate_and_mix(before, after) is None


sums = st.dictionaries(st.sampled_from("pqrst"), st.integers(0, 99))


@PURE_LAWS
@given(sums, sums)
def test_amounts_add_up(before: dict[str, int], after: dict[str, int]) -> None:
    assert sum(value for *_, value in amounts(before, after)) == sum(after.values()) - sum(before.values())
