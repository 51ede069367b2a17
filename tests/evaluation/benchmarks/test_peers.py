"""A client among the others: ranks and middles by hand, and the law that no other's value can be worked out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpikit.evaluation.benchmarks.peers import FEWEST, FOR_QUARTERS, Peers, among
from kpikit.evaluation.benchmarks.words import comparison_sentences
from kpikit.indicators.framework import HIGHER, LOWER, NEITHER
from kpikit.words.language import Language
from tests.charts.samples import CANCELLATIONS
from tests.workspaces import PURE_LAWS


def standing(own: float, others: Sequence[float], better: int = 1) -> Peers:
    return among("shops", own, None, others, better)


@pytest.mark.parametrize(
    ("own", "better", "rank", "not_better"),
    [
        (35.0, 1, 4, 0.4),  # 40, 50 and 60 are better
        (35.0, -1, 3, 0.6),  # 10 and 20 are better
        (35.0, 0, 4, 0.4),  # counted from the highest
        (40.0, 1, 3, 0.6),  # the one that has as much is not better
        (99.0, 1, 1, 1.0),
        (1.0, 1, 6, 0.0),
    ],
)
def test_ranks_count_those_that_are_better(own: float, better: int, rank: int, not_better: float) -> None:
    found = standing(own, [10, 20, 40, 50, 60], better)
    assert (found.rank, found.not_better) == (rank, pytest.approx(not_better))


@pytest.mark.parametrize(
    ("own", "better", "ends", "rank"),
    [
        (0.0, 1, (0, 1), None),  # the worst there can be: those who are not better have 0, too
        (0.0004, 1, (0, 1), None),  # looks the same
        (0.0, 1, (0, math.inf), None),
        (1.0, -1, (0, 1), None),
        (0.9997, 1, (0, 1), None),  # the better one has 100 %
        (1.0, 1, (0, 1), 1),  # the best there can be: the others have as much, or less
        (0.0, -1, (0, 1), 1),
        (0.02, 1, (0, 1), 6),
    ],
)
def test_at_the_end_of_what_is_possible_a_rank_would_tell_the_figures_of_others(
    own: float, better: int, ends: tuple[float, float], rank: int | None
) -> None:
    found = among("shops", own, None, [0.3, 0.4, 0.5, 0.6, 1.0], better, ends)
    assert (found.rank, found.reason) == (rank, None if rank else "at_an_end")


@pytest.mark.parametrize(
    ("others", "low", "middle", "high"),
    [
        (range(1, 6), None, 3, None),  # 2, 3, 4
        (range(1, 7), None, 3.5, None),  # 2, 3, 4, 5: the middle two, and one on each side
        ([0, 0, 6, 12, 99], None, 6, None),
        (range(1, 12), None, 6, None),
        (range(1, 13), 3, 6.5, 10),  # 2 to 4; 5 to 8; 9 to 11
        (range(1, 14), 4, 7, 10),
        ([1234.56, 2345.67, 3456.78, 4567.89, 5678.9], None, 3460, None),
        ([1, 7, 7, 7, 9], None, None, None),  # the mean of three equal values is each of them
        ([0.1, 0.95001, 0.95002, 0.95003, 1], None, None, None),  # and so it is of three that are nearly so
    ],
)
def test_what_is_told_of_the_others(
    others: Sequence[float], low: float | None, middle: float | None, high: float | None
) -> None:
    found = standing(5.5, list(others))
    assert (found.low, found.middle, found.high) == (low, middle, high)


def test_nothing_is_told_of_few_others_or_without_a_value() -> None:
    few = standing(3.0, [1.0] * (FEWEST - 1))
    assert few == Peers("shops", 4, None, None, None, None, None, "few_peers")
    without = among("shops", 3.0, "incomplete", [1.0, 2.0, 3.0, 4.0, 5.0], 1)
    assert (without.rank, without.middle, without.reason) == (None, None, "incomplete")
    assert among("shops", None, None, [1.0] * 9, 1).reason == "no_data"


steps = st.lists(st.integers(2, 1000), min_size=FEWEST, max_size=30)


@PURE_LAWS
@given(steps, st.data())
def test_no_value_of_another_can_be_worked_out(gaps: list[int], data: st.DataObject) -> None:
    """For each other client there are figures that would be told in the same way and in which its value is another."""
    others = [float(sum(gaps[: at + 1])) for at in range(len(gaps))]
    own = data.draw(st.sampled_from(others)) + data.draw(st.sampled_from([-1.0, 1.0]))
    told = standing(own, others)
    for at in range(len(others)):
        assert any(told == standing(own, other) for other in variants(others, at)), (others, own, at)


def variants(others: list[float], at: int) -> list[list[float]]:
    """The same figures with the value at a place moved by a little, alone or with a neighbour that makes up for it."""
    found = []
    for way in (0.5, -0.5):
        alone = list(others)
        alone[at] += way
        found.append(alone)
        for neighbour in {at - 2, at - 1, at + 1, at + 2} & {*range(len(others))}:
            both = list(alone)
            both[neighbour] -= way
            found.append(both)
    return found


@pytest.mark.parametrize("number", range(FEWEST, 40))
def test_each_figure_stands_on_three_values_or_more_and_no_value_on_two_figures(number: int) -> None:
    """Pushed one at a time, a value moves one figure at most, and each figure is moved by three or four of them."""
    others = [1000.0 * at for at in range(number)]
    told = standing(0.5, others)
    names = ["low", "middle", "high"] if number >= FOR_QUARTERS else ["middle"]
    moved: dict[str, int] = dict.fromkeys(names, 0)
    for at in range(number):
        new = standing(0.5, [*others[:at], others[at] + 900, *others[at + 1 :]])
        changed = [name for name in names if getattr(new, name) != getattr(told, name)]
        assert len(changed) <= 1
        moved |= {name: moved[name] + 1 for name in changed}
    assert {*moved.values()} <= {3, 4}


def test_the_lowest_and_the_highest_are_in_no_figure() -> None:
    for number in range(FEWEST, 40):
        others = [float(each) for each in range(1, number + 1)]
        wild = [-1e9, *others[1:-1], 1e9]
        assert standing(0.5, others).middle == standing(0.5, wild).middle
        assert (standing(0.5, others).low, standing(0.5, others).high) == (
            standing(0.5, wild).low,
            standing(0.5, wild).high,
        )


@pytest.mark.parametrize(
    ("own", "told"),
    [
        (15.0, "Number 8 of 9 in the segment shops; 1 of the 8 others is not better."),
        (5.0, "Number 9 of 9 in the segment shops; 0 of the 8 others are not better."),
        (25.0, "Number 7 of 9 in the segment shops; 2 of the 8 others are not better."),
        (99.0, "In the segment shops none of the 8 others is better."),
    ],
)
def test_so_many_others_are_not_better(own: float, told: str) -> None:
    """Others at 10, 20 ... 80: their number, and no share of so few."""
    fact = replace(CANCELLATIONS, better=HIGHER, peers=standing(own, [10.0 * at for at in range(1, 9)]))
    assert comparison_sentences(fact, Language("en"))[0] == told


def test_the_rank_of_an_amount_that_grows_with_size_is_high_or_low() -> None:
    """Of costs of 10, 20 ... 80 two are higher than 65: the third highest, whoever spends less."""
    peers = replace(standing(65.0, [10.0 * at for at in range(1, 9)], better=0), sized=True)
    for better in (HIGHER, LOWER, NEITHER):
        assert comparison_sentences(replace(CANCELLATIONS, better=better, peers=peers), Language("en"))[0] == (
            "Number 3 of 9 in the segment shops, counted from the highest value: an amount that grows with size, of "
            "which no rank is better than another."
        )
