"""Values that could be set as targets: what they stand for, and that more is never more likely."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from kpikit.evaluation.facts import Fact
from kpikit.evaluation.forecast.kept import Kept
from kpikit.evaluation.forecast.outlook import asked, with_outlooks
from kpikit.evaluation.targets.choices import Choice, choices
from kpikit.words.language import Language
from kpikit.workspace.plan.goals import ambition
from tests.histories import CALENDAR, History, label, monthly
from tests.workspaces import plan

ORDERS = History({"orders": monthly(100, 104, 97, 102, 96, 101, 99, months=18)})  # January 2023 to June 2024
REACH = "{indicator: sales.orders, cadence: month, target: {kind: reach, value: 107, by: 2024-12}}"
SUM = "{indicator: sales.orders, cadence: month, target: {kind: cumulative, value: 1212, over: 2024}}"


def seen(folder: Path, text: str | None, history: History = ORDERS) -> list[Fact]:
    evaluation = history.under(folder, plan(text))[1] if text else history.evaluate(None)
    return asked(with_outlooks(evaluation, CALENDAR, Kept()))


def of(fact: Fact) -> dict[str, Choice]:
    return {each.kind: each for each in choices(fact, CALENDAR, ORDERS.covers.last_day)}


def test_the_choices_of_a_target_to_reach(tmp_path: Path) -> None:
    (fact,) = seen(tmp_path, REACH)
    found = of(fact)
    assert list(found) == ["average", "best", "half_way", "planned", "best_usual"]
    assert found["average"].value == pytest.approx(1801 / 18)  # 14 months of 699 twice, and 403
    assert (found["best"].value, found["planned"].value) == (104, 107)
    assert {each.window for each in found.values()} == {CALENDAR.parse("2024-12").window}
    assert fact.outlook is not None and found["planned"].probability == fact.outlook.probability
    chances = [each.probability for each in found.values()]
    assert all(one > other for one, other in pairwise(chances)) and 0.4 < chances[0] < 0.6


def test_those_of_a_sum_are_sums(tmp_path: Path) -> None:
    (fact,) = seen(tmp_path, SUM)
    found = of(fact)
    assert list(found) == ["average", "best", "planned", "half_way", "best_usual"]
    assert found["average"].value == pytest.approx(12 * 1801 / 18)
    assert found["best"].value == 1201  # of July 2023 to June 2024: 99, 699 in seven months, 100, 104, 97 and 102
    ranges = 4, 7, 5, 6, 5, 2, 1  # of a cycle; 17 in all are two cycles, 4, 7 and 5
    moving = (2 * sum(ranges) + 4 + 7 + 5) / 17
    assert found["best_usual"].value == pytest.approx(12 * 1801 / 18 + 2.66 * moving * 12**0.5)
    assert found["best_usual"].probability < found["average"].probability


def test_without_a_plan_they_are_about_next_year(tmp_path: Path) -> None:
    (fact,) = seen(tmp_path, None)
    assert {each.window for each in of(fact).values()} == {CALENDAR.parse("2025-06").window}
    assert "planned" not in of(fact)


def test_a_short_history_and_a_range_have_none(tmp_path: Path) -> None:
    short = History({"orders": monthly(100, 104, months=8)}, "2023-11")
    within = REACH.replace("{kind: reach, value: 107, by: 2024-12}", "{kind: keep, value: 90..110}")
    for fact in [*seen(tmp_path / "a", REACH, short), *seen(tmp_path / "b", within)]:
        assert choices(fact, CALENDAR, ORDERS.covers.last_day) == []
    page = ambition([], CALENDAR, ORDERS.covers.last_day, label, Language("en"))
    assert str(page) == "There is too little history to say how likely a target is."


def test_the_table(tmp_path: Path) -> None:
    page = str(ambition(seen(tmp_path, REACH), CALENDAR, ORDERS.covers.last_day, label, Language("da")))
    line = next(each for each in page.splitlines() if "Planens mål" in each)
    assert line.split("  ")[0] == "" and line.rstrip().endswith("Mindre end 5\xa0%") and "31. december 2024" in line
