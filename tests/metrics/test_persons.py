"""Small groups: what is shown, and that nobody works out what is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpikit.metrics.persons import Groups
from kpikit.words.periods import Window, add_months
from tests.workspaces import PURE_LAWS

BEGIN = date(2024, 1, 1)


def months(first: int, last: int) -> Window:
    """From the first to the last month, both included; 0 is January 2024."""
    return Window(add_months(BEGIN, first), add_months(BEGIN, last + 1))


def groups(total: Sequence[float], members: Mapping[str, Sequence[float]] | None = None, limit: int = 5) -> Groups:
    return Groups([months(at, at) for at in range(len(total))], total, {"ward": members or {}}, limit)


TOTALS = [
    # persons by month, the window asked for, whether its total is shown
    ([7], months(0, 0), True),
    ([4], months(0, 0), False),
    ([0], months(0, 0), True),  # nobody is no small group
    ([7, 3, 8], months(0, 0), True),
    ([7, 3, 8], months(1, 1), False),
    ([7, 3, 8], months(2, 2), False),  # 3 + 8 are one block: with March alone, February would be the rest of a quarter
    ([7, 3, 8], months(1, 2), True),
    ([7, 3, 8], months(0, 2), True),
    ([7, 3, 8], months(0, 1), False),
    ([7, 8, 3], months(1, 1), True),
    ([7, 8, 3], months(0, 2), False),  # the last block is not full: 18 - 15 = 3
    ([7, 8, 3], months(0, 1), True),
    ([7, 2, 0, 2, 1], months(1, 4), True),  # 2 + 0 + 2 + 1 = 5
    ([7, 2, 0, 2, 1], months(1, 3), False),
]


@pytest.mark.parametrize(("total", "window", "shown"), TOTALS)
def test_totals_are_shown_in_whole_blocks(total: list[float], window: Window, shown: bool) -> None:
    assert groups(total).shows(window) is shown


MEMBERS = [
    # persons of each ward in one month, which wards are shown
    ({"a": 6, "b": 9}, {"a", "b"}),
    ({"a": 3, "b": 9, "c": 20}, {"c"}),  # a is small; b, the smallest other, goes with it: 12 persons in two wards
    ({"a": 3, "b": 1, "c": 6, "d": 20}, {"d"}),  # 3 + 1 are still too few
    ({"a": 3, "b": 4, "c": 20}, {"c"}),  # 3 + 4 = 7 in two wards are enough
    ({"a": 3, "b": 0, "c": 20}, {"b"}),  # nobody in b, who hides nobody; c goes with a
    ({"a": 0, "b": 20}, {"a", "b"}),
    ({"a": 1, "b": 1}, set()),  # the total is small itself
]


@pytest.mark.parametrize(("persons", "shown"), MEMBERS)
def test_members_are_shown_that_hide_no_small_one(persons: dict[str, float], shown: set[str]) -> None:
    total = [sum(persons.values())]
    found = groups(total, {ward: [number] for ward, number in persons.items()})
    assert {ward for ward in persons if found.shows(months(0, 0), "ward", ward)} == shown


def test_a_member_that_was_small_in_one_month_is_not_shown_for_the_year() -> None:
    # ward a: 3, then 30 a month; the year less the months that are shown would be the 3
    found = groups([33, 60, 60], {"a": [3, 30, 30], "b": [30, 30, 30]})
    assert not found.shows(months(0, 2), "ward", "a")
    assert found.shows(months(1, 2), "ward", "a")
    assert found.shows(months(0, 2))


WARDS, AGES = ("a", "b", "c"), ("young", "old")


@PURE_LAWS
@given(st.lists(st.lists(st.sampled_from([0, 0, 1, 2, 3, 8, 20]), min_size=6, max_size=6), min_size=1, max_size=5),
       st.sampled_from([3, 5]))  # fmt: skip
def test_no_small_group_is_worked_out_from_all_that_is_shown(counts: list[list[int]], limit: int) -> None:
    """The attacker knows every value that is shown, of every window and by both dimensions, and solves for the rest."""
    cells = {(at, *who): number for at, row in enumerate(counts)
             for who, number in zip(product(WARDS, AGES), row, strict=True)}  # fmt: skip
    number = len(counts)
    found = Groups(
        [months(at, at) for at in range(number)],
        [sum(row) for row in counts],
        {name: {each: [_sum(cells, [at], place, each) for at in range(number)] for each in members}
         for name, place, members in (("ward", 1, WARDS), ("age", 2, AGES))},
        limit,
    )  # fmt: skip
    known, secret = list[list[float]](), list[list[float]]()
    for first in range(number):
        for last in range(first, number):
            for name, place, member in [("", 0, ""), *(("ward", 1, each) for each in WARDS),
                                        *(("age", 2, each) for each in AGES)]:  # fmt: skip
                within = range(first, last + 1)
                row = [float(key[0] in within and (not place or key[place] == member)) for key in cells]
                persons = _sum(cells, within, place, member)
                if found.shows(months(first, last), name, member):
                    assert persons == 0 or persons >= limit
                    known.append(row)
                    if persons == 0:  # then nobody is in any of its cells
                        known += [[float(at == each) for at in range(len(row))] for each, one in enumerate(row) if one]
                elif 0 < persons < limit:
                    secret.append(row)
    rank = np.linalg.matrix_rank(np.array(known)) if known else 0
    assert all(np.linalg.matrix_rank(np.array([*known, row])) > rank for row in secret)


def _sum(cells: Mapping[tuple[int, str, str], int], within: Sequence[int] | range, place: int, member: str) -> int:
    return sum(n for key, n in cells.items() if key[0] in within and (not place or key[place] == member))
