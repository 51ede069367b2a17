"""Which KPIs say the same: beside a season that all have in common, and of the same part of the whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kpikit.evaluation.proposals.find import proposals
from kpikit.evaluation.proposals.proposal import proposal_words
from kpikit.evaluation.proposals.scene import Scene
from kpikit.words.language import Language
from tests.evaluation.scenes import GOAL, HEAD, ids, keep, staged
from tests.histories import monthly

YEAR = np.array([60, 60, 70, 80, 80, 90, 90, 80, 90, 110, 160, 230])
WAVE = [100.0, 110, 96, 104, 99, 107, 102]


def year_after_year(seed: int, begins: float = 1) -> list[float | None]:
    """Three years with the same Christmas, and 3 % of chance."""
    chance = np.random.default_rng(seed).normal(begins, 0.03, 36)
    return [float(value) for value in np.round(np.tile(YEAR, 3) * chance, 2)]


def both(folder: Path, orders: list[float | None], revenue: list[float | None]) -> Scene:
    kpis = f"{keep(1)}\n      - {keep(1, 'sales.revenue')}"
    text = HEAD.format(begins="2023-06-01") + GOAL.format(kpi=kpis, more="")
    return staged(folder, text, orders=orders, revenue=revenue)


@pytest.mark.parametrize(("seed", "merged"), [(1, True), (2, False)])
def test_a_christmas_that_both_have_does_not_make_them_the_same(tmp_path: Path, seed: int, merged: bool) -> None:
    orders, revenue = year_after_year(1), year_after_year(seed, begins=20)
    if merged:
        revenue = [20 * (value or 0) for value in orders]
    found = both(tmp_path, orders, revenue)
    assert all(fact.series.chart.follows == ("season",) for fact in found.evaluation.kpis)
    assert np.corrcoef(np.diff(np.array(orders, float)), np.diff(np.array(revenue, float)))[0, 1] > 0.95
    assert ("merge:sales.revenue" in ids(found)) is merged
    if merged:  # 36 months, of which 24 have the same one a year before
        assert next(each for each in proposals(found) if each.kind == "merge").counts == {"count": 24}


def test_a_part_is_not_held_against_the_whole_of_something_else(tmp_path: Path) -> None:
    found = both(tmp_path, monthly(*WAVE, months=24), monthly(*(value * 20 for value in WAVE), months=24))
    assert "merge:sales.revenue" in ids(found)
    kpis, web = found.evaluation.kpis, ("channel", "web")
    for members, merged in (((None, web), False), ((web, web), True)):
        of_parts = tuple(replace(fact, member=member) for fact, member in zip(kpis, members, strict=True))
        parts = replace(found, evaluation=replace(found.evaluation, facts=of_parts))
        assert ("merge" in [each.kind for each in proposals(parts)]) is merged


def test_what_is_nearly_one_is_not_written_as_one(tmp_path: Path) -> None:
    """Twenty times the orders, and 10 more in each seventh month: 0.9996, which is not 1."""
    revenue = [value * 20 + (month % 7 == 0) * 10 for month, value in enumerate(WAVE * 4)]
    found = both(tmp_path, monthly(*WAVE, months=28), [float(each) for each in revenue])
    merge = next(each for each in proposals(found) if each.kind == "merge")
    names = {"sales.orders": "Orders", "sales.revenue": "Revenue", "grow": "Grow"}
    assert "(correlation 0.99)" in proposal_words(merge, names, Language("en"))[1]


def test_two_that_have_no_period_in_common_are_not_compared(tmp_path: Path) -> None:
    found = both(tmp_path, [*WAVE, *[None] * 7], [*[None] * 7, *WAVE])
    assert [each for each in ids(found) if each.startswith("merge")] == []
