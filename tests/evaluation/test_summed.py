"""Targets that are added up, held against what the process does in as long a time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kpikit.evaluation.facts import Fact
from kpikit.evaluation.targets.summed import as_long, best_run, met_in_all, runs
from kpikit.evaluation.targets.usual import ALWAYS, NEVER, PARTLY, met_by_itself, usual_range
from tests.histories import CALENDAR, History
from tests.workspaces import plan

YEAR = np.array([60, 60, 70, 80, 80, 90, 90, 80, 90, 110, 160, 230])  # 1,200 orders, of which 500 before Christmas
NOISE = np.random.default_rng(3).normal(1, 0.03, 36)
CHRISTMAS = History({"orders": [float(value) for value in np.round(np.tile(YEAR, 3) * NOISE)]}, "2021-01")


def aiming(folder: Path, target: str, history: History = CHRISTMAS, period: str | None = None) -> Fact:
    text = plan(f"{{indicator: sales.orders, cadence: month, target: {{kind: cumulative, {target}}}}}")
    return history.under(folder, text, period)[1].fact("sales.orders")


def test_a_quarter_has_the_average_and_the_spread_of_its_months(tmp_path: Path) -> None:
    fact = aiming(tmp_path, "value: 500, over: 2023-Q4")
    limits, between = fact.series.limits, usual_range(fact)
    assert fact.series.chart.follows == ("season",) and limits and between
    assert as_long(limits.centre, fact) == pytest.approx(500, rel=0.03)
    first = CALENDAR.parse("2024-Q1").window
    assert as_long(limits.centre, fact, first) == pytest.approx(190, rel=0.03)
    of_three = [(p.upper - p.centre) for p in fact.series.points[-3:] if p.upper and p.centre]  # October to December
    wide = as_long(between[1], fact) - as_long(limits.centre, fact)
    assert wide == pytest.approx(sum(each**2 for each in of_three) ** 0.5) and 0 < wide < sum(of_three)


@pytest.mark.parametrize(
    ("value", "each", "together"),
    [
        (900, ALWAYS, ALWAYS),
        (1150, PARTLY, ALWAYS),
        (1260, PARTLY, PARTLY),
        (1420, PARTLY, PARTLY),
        (1900, NEVER, NEVER),
    ],
)
def test_a_sum_keeps_closer_to_its_average_than_its_parts(value: int, each: str, together: str, tmp_path: Path) -> None:
    # 100 and 110 in turn: 105 -/+ 26.6 in a month, 1,260 -/+ 92.1 in a year
    orders = History({"orders": [100.0, 110.0] * 9})
    fact = aiming(tmp_path, f"value: {value}, over: 2024", orders)
    assert (met_by_itself(fact), met_in_all(fact)) == (each, together)


def test_the_best_run_is_of_as_many_periods(tmp_path: Path) -> None:
    orders = History({"orders": [100.0, 110.0, 120.0, 90.0, 95.0, 100.0, 90.0, 80.0]})
    fact = aiming(tmp_path, "value: 320, over: 2023-Q3", orders)
    assert runs(fact) == [330, 320, 305, 285, 285, 270] and best_run(fact) == 330
    assert best_run(aiming(tmp_path / "y", "value: 1200, over: 2023", orders)) == 785 * 12 / 8  # in step with eight
