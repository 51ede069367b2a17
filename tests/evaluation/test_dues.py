"""What is due, late, missed or behind beside the alarms: which of it is told, and what comes first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kpikit.evaluation.dues import Item, is_late, relative_gap
from kpikit.evaluation.facts import Evaluation, Value
from kpikit.evaluation.forecast.forecast import Forecast
from kpikit.evaluation.forecast.outlook import Outlook
from kpikit.evaluation.triage import Triage, triage
from tests.evaluation.scenes import STEADY
from tests.histories import History

PLAN = """\
schema: 1
in_force_from: 2024-01-01
review: half-yearly
goals:
  grow: {statement: Grow., level: organisation, kpis: [{indicator: INDICATOR, cadence: month, target: TARGET}]}
"""
ACCIDENTS: list[float | None] = [
    *[1.0, 0.0] * 6,
    0,
    0,
    1,
    0,
    2,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
]  # of 2024: one in March, two in May


def found_for(folder: Path, indicator: str, target: str, period: str, values: list[float | None]) -> Triage:
    metric = {"sales.cancellations": "cancellations", "ads.spend": "ad_cost", "sales.orders": "orders"}[indicator]
    text = PLAN.replace("INDICATOR", indicator).replace("TARGET", target)
    plan, evaluation = History({metric: values}).under(folder, text, period)
    return triage({"a": evaluation}, {"a": plan}, date(2024, 1, 2))


@pytest.mark.parametrize(
    ("period", "items", "to_call"),
    [
        ("2024-04", [("at_risk", False)], ()),  # one, where 2 x 121 / 366 = 0.66 are due
        ("2024-05", [("limit_passed", True)], ("a",)),  # three, and at most two in all of 2024
        ("2024-06", [("limit_passed", False)], ()),  # as it was in May
        ("2024-11", [("limit_passed", False)], ()),
        ("2024-12", [("target_over", False)], ("a",)),
    ],
)
def test_a_limit_that_is_passed_in_the_middle_of_its_time(
    tmp_path: Path, period: str, items: list[tuple[str, bool]], to_call: tuple[str, ...]
) -> None:
    target = "{kind: cumulative, value: 2, over: 2024}"
    found = found_for(tmp_path, "sales.cancellations", target, period, ACCIDENTS)
    assert [(each.kind, each.is_new) for each in found.items] == items
    assert found.to_call == to_call


@pytest.mark.parametrize(
    ("budget", "last", "kinds", "to_call"),
    [  # usually 87 to 119
        ("90..115", 98, [], ()),
        ("90..115", 160, ["missed"], ("a",)),
        ("90..115", 40, ["missed"], ("a",)),
        ("105..120", 98, ["missed"], ()),  # out of its range, as it often is
        ("30..170", 160, [], ()),  # unusual, and inside its range
        ("170..190", 160, ["missed"], ()),  # unusual, and on its way into the range
    ],
)
def test_a_budget_that_is_kept_in_a_range(
    tmp_path: Path, budget: str, last: float, kinds: list[str], to_call: tuple[str, ...]
) -> None:
    values = [*STEADY[:-1], last]
    found = found_for(tmp_path, "ads.spend", f"{{kind: keep, value: {budget}}}", "2024-12", values)
    assert ([each.kind for each in found.items], found.to_call, found.tested) == (kinds, to_call, 1)


@pytest.mark.parametrize(
    ("goal", "probability", "kind"),
    [
        # 622 in half a year, of which goal x 182 / 366 is due; limits 87.04 to 118.96, so that a month spreads by 5.32
        # and 182 / 30 months by 5.32 x 2.463 = 13.1: up to 26.2 behind is chance
        (1290, None, "by_chance"),  # 641.5 due, 19.5 behind
        (1330, None, "at_risk"),  # 661.4 due, 39.4 behind
        (1290, 0.3, "by_chance"),
        (1290, 0.1, "at_risk"),  # and yet unlikely
    ],
)
def test_what_is_behind_by_chance_is_not_told(tmp_path: Path, goal: int, probability: float | None, kind: str) -> None:
    evaluation = behind(tmp_path, goal, probability)
    assert [each.kind for each in sorted_items(tmp_path, a=evaluation)] == [kind]


def test_the_most_serious_comes_first(tmp_path: Path) -> None:
    """By how likely the target is, in tens of per cent, and then by the size of the gap; unknown is half."""
    goals = {"small": (1400, None), "large": (1600, None), "unlikely": (1350, 0.12), "likely": (1900, 0.7)}
    clients = {name: behind(tmp_path, *given) for name, given in goals.items()}
    items = sorted_items(tmp_path, **clients)
    assert [each.client for each in items] == ["unlikely", "large", "small", "likely"]
    # 1600 x 182 / 366 = 795.6 are due, and 622 are there: 173.6 of 795.6
    assert items[1].fact is not None and relative_gap(items[1].fact) == pytest.approx(0.2182, abs=0.0001)


def behind(folder: Path, goal: int, probability: float | None) -> Evaluation:
    """Half a year of a year's target, with an outlook where a probability is given."""
    target = f"{{kind: cumulative, value: {goal}, over: 2024}}"
    text = PLAN.replace("INDICATOR", "sales.orders").replace("TARGET", target)
    _, evaluation = History({"orders": STEADY}).under(folder, text, "2024-06")
    (fact,) = evaluation.kpis
    outlook = None if probability is None else Outlook(Forecast(24), (), "cumulative", probability=probability)
    return replace(evaluation, facts=(replace(fact, outlook=outlook),))


def sorted_items(folder: Path, **clients: Evaluation) -> tuple[Item, ...]:
    text = PLAN.replace("INDICATOR", "sales.orders").replace("TARGET", "{kind: keep, value: 90}")
    plan, _ = History({"orders": STEADY}).under(folder, text)
    return triage(clients, dict.fromkeys(clients, plan), date(2024, 1, 2)).items


@pytest.mark.parametrize(
    ("as_of", "reason", "covered", "expected", "late"),
    [
        ("2024-12-31", "incomplete", 30, 31, True),  # the month is over
        ("2024-12-15", "incomplete", 15, 31, False),
        ("2024-12-15", "incomplete", 14, 31, False),  # the last day comes tomorrow
        ("2024-12-15", "incomplete", 13, 31, True),
        ("2024-12-15", "uneven", 9, 31, True),
        ("2024-12-15", "incomplete", 11, 22, False),  # from Monday to Friday: 22 x 15 / 31 = 10.6
        ("2024-12-15", "no_data", 0, 4, False),  # weeks: the second ends today
        ("2024-12-24", "no_data", 1, 5, True),  # weeks: 5 x 24 / 31 = 3.9, and two are not there
        ("2024-12-15", "not_covered", 0, 1, False),  # a figure of each month
        ("2024-12-15", "no_file", 0, 31, True),
        ("2024-12-15", "immature", 15, 31, False),
    ],
)
def test_a_running_period_is_late_where_its_source_is_behind(
    tmp_path: Path, as_of: str, reason: str, covered: int, expected: int, late: bool
) -> None:
    evaluation = replace(behind(tmp_path, 1290, None), as_of=date.fromisoformat(as_of))
    evaluation = replace(evaluation, period=History({"orders": STEADY}).calendar.parse("2024-12"))
    fact = replace(evaluation.kpis[0], value=Value(40.0, reason=reason, covered=covered, expected=expected))
    assert is_late(fact, evaluation) is late
