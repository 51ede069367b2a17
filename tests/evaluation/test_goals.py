"""How goals stand: by their KPIs, the most urgent deciding, or by the goals below them, counted and never averaged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpikit.evaluation.codes import GOOD, STATUSES
from kpikit.evaluation.facts import Fact, GoalStatus, Series, Signal, Target, Value
from kpikit.evaluation.goals.goals import URGENCY, goal_statuses
from kpikit.indicators.framework import HIGHER
from kpikit.plans.plan import Goal, Plan
from kpikit.words.language import Language
from kpikit.words.units import COUNT
from kpikit.workspace.plan.goals import standing
from tests.charts.samples import PERIOD, WAITS, YEAR


def plan(**parents: str | None) -> Plan:
    """A plan of goals, each with the goal above it."""
    return Plan(1, date(2024, 1, 1), None, "quarterly", tuple(map(_goal, parents, parents.values())), ())


def _goal(key: str, parent: str | None) -> Goal:
    return Goal(key, key, "organisation", parent, None, None, None, None, (), None, (), (), ())


def fact(goal: str | None, status: str | None, role: str = "kpi", name: str = "sales.orders") -> Fact:
    """A fact of a goal, of which only the status matters here."""
    calm, series = Signal(None, None, None, None), Series((), None, "nhs")
    return Fact(name, None, role, goal, COUNT, None, HIGHER, Value(1.0), (), None, status, None, calm, series, ())


def stands(found: Iterable[GoalStatus]) -> dict[str, tuple[str, int, int]]:
    """Goal -> status, how many parts are good, of how many."""
    return {each.goal: (each.status, each.good, each.all) for each in found}


@pytest.mark.parametrize(
    ("kpis", "expected"),
    [
        (["exceeded"], ("exceeded", 1, 1)),
        (["met", "exceeded"], ("met", 2, 2)),
        (["on_track", "met", "exceeded"], ("on_track", 3, 3)),
        (["on_track", "cannot_be_judged"], ("on_track", 1, 2)),  # what can't be judged yet says nothing
        (["missed", "cannot_be_judged"], ("missed", 0, 2)),
        (["cannot_be_judged", "cannot_be_judged"], ("cannot_be_judged", 0, 2)),
        (["cannot_be_judged", "at_risk", "exceeded"], ("at_risk", 1, 3)),
        (["exceeded", "exceeded", "missed", "at_risk"], ("missed", 2, 4)),  # two exceeded do not make up for one missed
        ([None], ("cannot_be_judged", 0, 1)),
    ],
)
def test_a_goal_is_as_its_most_urgent_kpi(kpis: list[str | None], expected: tuple[str, int, int]) -> None:
    facts = [fact("grow", status) for status in kpis]
    assert stands(goal_statuses(plan(grow=None), facts)) == {"grow": expected}


def test_only_its_own_kpis_count() -> None:
    facts = [fact("grow", "met"), fact("loyal", "missed"), fact("grow", "missed", "pi"), fact(None, "missed", "kpi")]
    assert stands(goal_statuses(plan(grow=None), facts)) == {"grow": ("met", 1, 1)}


def test_a_goal_with_kpis_of_its_own_is_not_seen_through_the_goals_below() -> None:
    facts = [fact("grow", "met", name="sales.revenue"), fact("loyal", "missed")]
    found = goal_statuses(plan(grow=None, loyal="grow"), facts)
    assert found == (
        GoalStatus("grow", "met", 1, 1, ("sales.revenue",), ()),
        GoalStatus("loyal", "missed", 0, 1, ("sales.orders",), ()),
    )


def test_two_of_three_are_counted_and_not_averaged() -> None:
    facts = [fact("material", "exceeded"), fact("food", "missed"), fact("paper", "on_track")]
    found = goal_statuses(
        plan(sustainable=None, material="sustainable", food="sustainable", paper="sustainable"), facts
    )
    assert found[0] == GoalStatus("sustainable", "missed", 2, 3, (), ("material", "food", "paper"))
    assert standing(found[0], "month", Language("en")) == "Missed (2 of 3 on track)"


def test_how_a_goal_stands_in_words() -> None:
    cases = {("met", 1, 1): "Met", ("missed", 0, 1): "Missed", ("met", 3, 3): "Met (all 3)"}
    cases |= {("on_track", 2, 2): "On track (all 2)", ("at_risk", 1, 2): "At risk (1 of 2 on track)"}
    for (status, good, all), words in cases.items():
        assert standing(GoalStatus("grow", status, good, all, (), ()), "month", Language("en")) == words


def test_two_levels_deep() -> None:
    # organisation: department (campaign at risk, campaign met) and department met. The department counts as one part.
    goals = plan(top=None, sales="top", letter="sales", ads="sales", service="top")
    facts = [fact("letter", "at_risk"), fact("ads", "met"), fact("service", "met")]
    assert stands(goal_statuses(goals, facts)) == {
        "top": ("at_risk", 1, 2),
        "sales": ("at_risk", 1, 2),
        "letter": ("at_risk", 0, 1),
        "ads": ("met", 1, 1),
        "service": ("met", 1, 1),
    }


def test_a_goal_without_anything_cannot_be_judged() -> None:
    (found,) = goal_statuses(plan(grow=None), [])
    assert found == GoalStatus("grow", "cannot_be_judged", 0, 0, (), ())
    assert standing(found, "month", Language("en")) == "Can't be judged"


def test_a_goal_above_one_without_anything_is_seen_through_the_others() -> None:
    found = goal_statuses(plan(top=None, empty="top", full="top"), [fact("full", "met")])
    assert stands(found)["top"] == ("met", 1, 2)


@pytest.mark.parametrize(
    ("kpis", "until", "expected"),
    [  # kind and status of each KPI, seen at the end of November 2011; the year's targets are due in December
        ([("cumulative", "on_track"), ("keep", "missed")], None, ("at_risk", 1)),
        ([("keep", "missed"), ("keep", "missed")], "2012-06-30", ("at_risk", 2)),
        ([("keep", "missed"), ("keep", "met")], None, ("missed", 0)),  # it has no day
        ([("keep", "missed"), ("keep", "met")], "2011-11-30", ("missed", 0)),  # its day is here
        ([("cumulative", "missed"), ("keep", "met")], "2012-06-30", ("missed", 0)),  # a limit that is passed
        ([("cumulative", "on_track"), ("keep", "missed")], "2011-10-31", ("missed", 0)),
    ],
)
def test_before_its_day_a_goal_is_not_missed_for_one_period(
    kpis: list[tuple[str, str]], until: str | None, expected: tuple[str, int]
) -> None:
    facts = [replace(WAITS, goal="grow", status=status, target=_target(kind)) for kind, status in kpis]
    goals = plan(grow=None)
    day = date.fromisoformat(until) if until else None
    goals = replace(goals, goals=(replace(goals.goals[0], until=day),))
    (found,) = goal_statuses(goals, facts)
    assert (found.status, found.missed) == expected


def _target(kind: str) -> Target:
    window = PERIOD.window if kind == "keep" else YEAR
    return Target(kind, 1.0, 1.0, window, None, None, 1.0, 0.0, None, None)


@pytest.mark.parametrize(
    ("missed", "all", "language", "words"),
    [
        (0, 3, "en", "At risk (1 of 3 on track)"),
        (1, 3, "en", "At risk (1 of 3 on track; 1 of its 3 KPIs was missed this month)"),
        (2, 3, "en", "At risk (1 of 3 on track; 2 of its 3 KPIs were missed this month)"),
        (1, 1, "en", "At risk (its KPI was missed this month)"),
    ],
)
def test_it_is_said_how_many_were_missed(missed: int, all: int, language: str, words: str) -> None:
    status = GoalStatus("grow", "at_risk", min(1, all - missed), all, (), (), missed)
    assert standing(status, "month", Language(language)) == words


def test_a_goal_that_is_missed_for_good_is_not_so_for_this_month() -> None:
    status = GoalStatus("grow", "missed", 1, 3, (), (), 1)
    assert standing(status, "month", Language("en")) == "Missed (1 of 3 on track)"


def test_without_a_plan_there_are_no_goals() -> None:
    assert goal_statuses(None, [fact("grow", "met")]) == ()


def test_every_status_has_its_place_among_the_urgent_ones() -> None:
    assert sorted(URGENCY) == sorted(STATUSES)
    assert URGENCY[-len(GOOD) :] == GOOD


@given(st.lists(st.sampled_from(URGENCY), min_size=1, max_size=6))
def test_the_goals_above_see_what_a_goal_sees_in_kpis(statuses: list[str]) -> None:
    facts = [fact("own", status) for status in statuses]
    facts += [fact(f"below{at}", status) for at, status in enumerate(statuses)]
    below = {f"below{at}": "top" for at in range(len(statuses))}
    found = stands(goal_statuses(plan(own=None, top=None, **below), facts))
    assert found["own"] == found["top"]
    assert found["own"][0] in statuses
