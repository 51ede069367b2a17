"""How the goals ended, as `03_redesign` shows it: what was achieved when, and the target against the process."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kpikit.evaluation.facts import Target
from kpikit.indicators.framework import Direction
from kpikit.words.language import Language
from kpikit.words.periods import Window
from kpikit.words.units import COUNT
from kpikit.workspace.plan.goals import against_process
from tests.charts.samples import PERIOD, YEAR, fact_of, full
from tests.workspaces import Shop, each_day, plan

EN = Language("en")
ORDERS = replace(fact_of([full(9.0), full(11.0)] * 6, unit=COUNT), better=Direction.HIGHER)
"""Nine and eleven in turn: 10 on average, moving by 2 from month to month, so usually 10 ± 2.66 x 2: 4.68 to 15.32."""


@pytest.mark.parametrize(
    ("better", "goal", "window", "words"),
    [
        # over the twelve months of 2011
        (Direction.HIGHER, 12 * 4, YEAR, "reaches the average that is needed all the time"),
        (Direction.HIGHER, 12 * 10, YEAR, "can reach the average that is needed in one period and miss it in another, "
         "by chance"),
        (Direction.HIGHER, 12 * 16, YEAR, "will not reach the average that is needed without a change"),
        (Direction.LOWER, 12 * 16, YEAR, "reaches the average that is needed all the time"),
        (Direction.LOWER, 12 * 4, YEAR, "will not reach the average that is needed without a change"),
        # over the month alone: no average
        (Direction.HIGHER, 4, PERIOD.window, "reaches the target all the time"),
        (Direction.HIGHER, 16, PERIOD.window, "will not reach the target without a change"),
        # over less than a period
        (Direction.HIGHER, 16, Window(PERIOD.start, PERIOD.start.replace(day=8)), "no comparison"),
    ],
)  # fmt: skip
def test_a_sum_against_what_the_process_does_by_itself(
    better: Direction, goal: float, window: Window, words: str
) -> None:
    target = Target("cumulative", goal, goal, window, None, None, 100, 100 - goal, None, None)
    assert against_process(replace(ORDERS, better=better, target=target, status="missed"), EN) == words


def test_a_target_whose_day_is_over_shows_what_was_achieved_on_it() -> None:
    kpi = "{indicator: sales.orders, cadence: month, target: {kind: reach, value: 30, by: 2024-01}}"
    sales = each_day("2024-01-01", "2024-02-29")  # 31 and 29
    with Shop(sales, plans={"default/1": plan(kpi)}).opened() as workspace:
        line = str(workspace.client("a").evaluate("2024-02").outcome()).splitlines()[-1]
    assert line.split() == ["Orders", "Exceeded", "31", "(January", "2024)", "≥", "30", "No", "comparison"]
