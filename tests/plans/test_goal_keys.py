"""The goals of a plan and what stands beside them: each key, and each refusal as a whole sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kpikit.plans.plan import Action, Agreement, Decision, Goal
from tests.plans.texts import SHORT, read_one, refusal


def with_goal(keys: str) -> str:
    """The plan with another key of its goal, on line 7."""
    return SHORT.replace("    kpis:", f"    {keys}\n    kpis:")


GOAL_KEYS: list[tuple[str, Callable[[Goal], object], object]] = [
    ("parent: grow_less", lambda goal: goal.parent, "grow_less"),
    ("owner: {da: Salgschef}", lambda goal: goal.owner, {"da": "Salgschef"}),
    ("serves: The vision.", lambda goal: goal.serves, "The vision."),
    ("means: {en: Two people.}", lambda goal: goal.means, {"en": "Two people."}),
    ("until: 2011-12-31", lambda goal: goal.until, date(2011, 12, 31)),
    ("stakeholders: [management, team]", lambda goal: goal.stakeholders, ("management", "team")),
    ("agreed: {by: [Ann, Bo], on: 2010-12-24}", lambda goal: goal.agreed, Agreement(("Ann", "Bo"), date(2010, 12, 24))),
    (
        "actions: [{what: {en: Train.}, who: Bo, due: 2011-03-01, cost: 1200.50 DKK}, {what: Ask., who: Ann}]",
        lambda goal: goal.actions,
        (
            Action({"en": "Train."}, "Bo", date(2011, 3, 1), (Decimal("1200.50"), "DKK")),
            Action("Ask.", "Ann", None, None),
        ),
    ),
    ("actions: [{what: Ask., who: Ann, cost: 0 EUR}]", lambda goal: goal.actions[0].cost, (Decimal(0), "EUR")),
]


@pytest.mark.parametrize(("keys", "take", "value"), GOAL_KEYS)
def test_the_keys_of_a_goal(tmp_path: Path, keys: str, take: Callable[[Goal], object], value: object) -> None:
    other = "  grow_less: {statement: Less., level: organisation}\n"
    assert take(read_one(tmp_path, with_goal(keys) + other).goals[0]) == value


def test_a_goal_that_says_little(tmp_path: Path) -> None:
    plan = read_one(tmp_path, "schema: 1\nin_force_from: 2011-01-01\ngoals: {a: {statement: A., level: individual}}\n")
    none: tuple[None, ...] = (None,) * 5
    assert plan.goals == (Goal("a", "A.", "individual", *none, (), None, (), (), ()),)
    assert (plan.vision, plan.review, plan.decisions) == (None, "half-yearly", ())


@pytest.mark.parametrize(
    ("review", "due"),
    [("", date(2011, 7, 1)), ("review: half-yearly\n", date(2011, 7, 1)), ("review: quarterly\n", date(2011, 4, 1))],
)
def test_when_a_plan_is_reviewed(tmp_path: Path, review: str, due: date) -> None:
    assert read_one(tmp_path, SHORT.replace("goals:", f"{review}goals:")).review_due == due


def test_decisions(tmp_path: Path) -> None:
    text = SHORT + "decisions:\n  - {on: 2010-12-01, by: Ann, what: {da: Mere.}, why: It pays.}\n"
    assert read_one(tmp_path, text).decisions == (Decision(date(2010, 12, 1), "Ann", {"da": "Mere."}, "It pays."),)


def test_goals_below_a_goal(tmp_path: Path) -> None:
    plan = read_one(tmp_path, SHORT + "  loyal: {statement: Loyal., level: department, parent: grow}\n")
    assert [goal.key for goal in plan.children("grow")] == ["loyal"]
    assert plan.children("loyal") == ()


PARENTS = "\n  b: {statement: B., level: department, parent: %s}\n  c: {statement: C., level: campaign, parent: %s}\n"
ACTION = "line 7, goals.grow.actions[1]"
REFUSED = [
    (
        SHORT.replace("goals:", "review: yearly\ngoals:"),
        "line 3, review: review == 'yearly', must be one of quarterly, half-yearly. Did you mean 'half-yearly'?",
    ),
    (with_goal("parent: shrink"), "line 7, goals.grow.parent: goal == 'shrink', must be one of grow."),
    (with_goal("parent: grow"), "line 7, goals.grow.parent: a goal cannot stand above itself."),
    (
        SHORT.rstrip() + PARENTS % ("c", "b"),
        "line 9, goals.b.parent: a goal cannot stand above itself.",
    ),
    (  # the goal in the middle names one that does not exist
        SHORT.rstrip() + PARENTS % ("c", "d"),
        "line 10, goals.c.parent: goal == 'd', must be one of grow, b, c.",
    ),
    (with_goal("agreed: {on: 2010-12-24}"), "line 7, goals.grow.agreed.by: must be a list of texts, as [a, b]."),
    (with_goal("agreed: {by: [], on: 2010-12-24}"), "line 7, goals.grow.agreed.by: names nobody."),
    (with_goal("agreed: {by: [Ann]}"), "line 7, goals.grow.agreed.on: is required. Write it as 'on: 2026-01-31'."),
    (
        with_goal("agreed: {by: [Ann], on: 2010-12-24, in: Aarhus}"),
        "line 7, goals.grow.agreed.in: unknown key. key == 'in', must be one of by, on.",
    ),
    (
        with_goal("agreed: Ann"),
        "line 7, goals.grow.agreed: must be a mapping of keys to values. "
        "Write it as 'agreed: {by: [Ann], on: 2026-01-31}'.",
    ),
    (
        with_goal("until: 2011"),
        "line 7, goals.grow.until: '2011' must be a date that exists, as 2011-11-23, from 1800 to 2999.",
    ),
    (
        with_goal("stakeholders: management"),
        "line 7, goals.grow.stakeholders: must be a list of texts, as [management].",
    ),
    (with_goal("actions: {what: Ask.}"), "line 7, goals.grow.actions: must be a list."),
    (with_goal("actions: [Ask.]"), f"{ACTION}: must be a mapping of keys to values."),
    (with_goal("actions: [{who: Ann}]"), f"{ACTION}.what: is required."),
    (with_goal("actions: [{what: Ask.}]"), f"{ACTION}.who: is required."),
    *(
        (
            with_goal(f"actions: [{{what: Ask., who: Ann, cost: '{cost}'}}]"),
            f"{ACTION}.cost: '{cost}' must be an amount and a currency, as 1200 DKK.",
        )
        for cost in (
            "1200",
            "DKK 1200",
            "1200DKK",
            "1200.555 DKK",
            "-5 DKK",
            "1200 kr",
            "1200  DKK",
            "١ DKK",
        )
    ),
    (
        with_goal("actions: [{what: Ask., who: Ann, cost: '1.200,50 DKK'}]"),
        f"{ACTION}.cost: '1.200,50 DKK' must be an amount and a currency, as 1200 DKK. Write it as 1200.50 DKK.",
    ),
    (
        with_goal("actions: [{what: Ask., who: Ann, by: 2011-03-01}]"),
        f"{ACTION}.by: unknown key. key == 'by', must be one of what, who, due, cost, done.",
    ),
    (
        f"{SHORT}decisions:\n  - {{on: 2010-12-01, by: Ann, what: More.}}\n",
        "line 10, decisions[1].why: is required.",
    ),
    (
        f"{SHORT}decisions:\n  - {{on: soon, by: Ann, what: More., why: It pays.}}\n",
        "line 10, decisions[1].on: 'soon' must be a date that exists, as 2011-11-23, from 1800 to 2999.",
    ),
    (
        f"{SHORT}decisions:\n  - {{on: 2010-12-01, by: Ann, what: More., why: It pays., cost: 1}}\n",
        "line 10, decisions[1].cost: unknown key. key == 'cost', must be one of on, by, what, why, proposal, answer.",
    ),
    (
        f"{SHORT}decision: []\n",
        "line 9, decision: unknown key. key == 'decision', must be one of schema, extends, in_force_from, vision, "
        "review, goals, decisions, profile. Did you mean 'decisions'?",
    ),
    (
        with_goal("owns: Ann"),
        "line 7, goals.grow.owns: unknown key. key == 'owns', must be one of statement, level, parent, owner, serves, "
        "means, until, stakeholders, agreed, kpis, pis, actions. Did you mean 'owner'?",
    ),
]


@pytest.mark.parametrize(("text", "sentence"), REFUSED)
def test_what_is_wrong_with_a_part_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    assert refusal(tmp_path, a_1=text) == f"a/1.yml, {sentence}"
