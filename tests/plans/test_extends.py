"""A plan that extends another: what it takes from it, what it replaces, and each refusal as a whole sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from kpikit.plans.aim import Aim
from kpikit.plans.plan import Agreement, TargetPlan
from kpikit.plans.read import read_plans, whole
from kpikit.workspace import Workspace
from tests.histories import CALENDAR, save
from tests.plans.texts import read_one, refusal

BASE = """\
schema: 1
in_force_from: 2011-01-01
vision: {en: Best shop, da: Bedste butik}
review: quarterly
goals:
  grow:
    statement: {en: Grow., da: Voks.}
    level: organisation
    owner: Head of sales
    agreed: {by: [Ann, Bo], on: 2010-12-01}
    kpis:
      - {indicator: sales.revenue, cadence: month, target: {kind: keep, value: 12000}}
    pis: [sales.orders]
  loyal:
    statement: Loyal.
    level: department
    parent: grow
    kpis:
      - {indicator: customers.repeat_purchase_rate, cadence: month, target: {kind: keep, value: 25 %}}
decisions:
  - {on: 2010-12-01, by: Ann, what: Begin., why: It is time.}
"""

OWN = """\
schema: 1
extends: default/1
in_force_from: 2011-06-01
goals:
  grow:
    statement: {en: Grow more.}
    kpis:
      - {indicator: sales.revenue, cadence: month, target: {kind: keep, value: 15000}}
      - {indicator: sales.orders, cadence: month, target: {kind: keep, value: 100}}
"""


def test_an_extending_plan_says_only_what_differs(tmp_path: Path) -> None:
    save(tmp_path, default_1=BASE)
    plan, base = read_one(tmp_path, OWN), read_plans(tmp_path, "b", CALENDAR)[0]
    grow, loyal = plan.goals
    assert (plan.version, plan.in_force_from) == (1, date(2011, 6, 1))
    assert (plan.vision, plan.review) == (base.vision, "quarterly")
    assert plan.decisions == ()  # what was decided on the base was not decided here
    assert [(kpi.indicator, kpi.target.aim.number) for kpi in grow.kpis if kpi.target] == [
        ("sales.revenue", 15000),
        ("sales.orders", 100),
    ]
    assert grow.statement == {"en": "Grow more."}  # not beside the Danish "Voks."
    assert (grow.owner, grow.pis, grow.agreed) == ("Head of sales", ("sales.orders",), base.goals[0].agreed)
    assert loyal == base.goals[1]


def test_the_base_stays_as_it_was(tmp_path: Path) -> None:
    save(tmp_path, default_1=BASE)
    before = read_plans(tmp_path, "b", CALENDAR)
    read_one(tmp_path, OWN)
    assert read_plans(tmp_path, "b", CALENDAR) == before
    assert before[0].goals[0].kpis[0].target == TargetPlan("keep", Aim("value", Decimal(12000)), None)


def test_a_new_version_extends_the_one_before(tmp_path: Path) -> None:
    second = "schema: 1\nextends: a/1\nin_force_from: 2011-09-01\nreview: half-yearly\n"
    third = "schema: 1\nextends: a/2\nin_force_from: 2012-01-01\ngoals: {loyal: {owner: Ann}}\n"
    save(tmp_path, default_1=BASE, a_1=OWN, a_2=second, a_3=third)
    first, later, last = read_plans(tmp_path, "a", CALENDAR)
    assert (later.version, later.review, later.goals) == (2, "half-yearly", first.goals)
    assert (last.goals[0], last.goals[1].owner, last.review) == (first.goals[0], "Ann", "half-yearly")


def test_a_version_of_the_default_plan_extends_the_one_before(tmp_path: Path) -> None:
    second = "schema: 1\nextends: default/1\nin_force_from: 2011-09-01\n"
    save(tmp_path, default_1=BASE, default_2=second)
    first, later = read_plans(tmp_path, "a", CALENDAR)
    assert later.goals == first.goals


def test_an_agreement_is_merged(tmp_path: Path) -> None:
    save(tmp_path, default_1=BASE)
    text = OWN.replace("    kpis:", "    agreed: {on: 2011-05-01}\n    kpis:")
    assert read_one(tmp_path, text).goals[0].agreed == Agreement(("Ann", "Bo"), date(2011, 5, 1))


EXTENDS = [
    ("default/2", "line 2, extends: there is no plan 'default/2'."),
    ("a/2", "line 2, extends: there is no plan 'a/2'."),
    *(  # whether there is one or not
        (
            f"{other}/1",
            f"line 2, extends: '{other}/1' is another client's plan. A plan extends the default one, as default/1, "
            "or a version of its own, as a/1.",
        )
        for other in ("b", "nobody", "A")
    ),
    ("a/1", "line 2, extends: 'a/1' extends this plan in turn."),
    *(
        (name, f"line 2, extends: {name!r} must name a client's folder and a version, as default/1.")
        for name in (
            "default",
            "1",
            "default/1.yml",
            "default/01",
            "default/0",
            "../plans/default/1",
            "/default/1",
            "a b/1",
        )
    ),
]


@pytest.mark.parametrize(("name", "sentence"), EXTENDS)
def test_what_cannot_be_extended_is_refused(tmp_path: Path, name: str, sentence: str) -> None:
    text = OWN.replace("default/1", name)
    assert refusal(tmp_path, a_1=text, default_1=BASE, b_1=BASE) == f"a/1.yml, {sentence}"


def test_plans_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    first = OWN.replace("default/1", "a/2")
    second = "schema: 1\nextends: a/1\nin_force_from: 2011-09-01\n"
    sentence = "a/2.yml, line 2, extends: 'a/1' extends this plan in turn."
    assert refusal(tmp_path, a_1=first, a_2=second) == sentence


def test_the_default_plan_extends_no_clients(tmp_path: Path) -> None:
    base = BASE.replace("schema: 1\n", "schema: 1\nextends: b/1\n")
    sentence = "default/1.yml, line 2, extends: 'b/1' is another client's plan. A plan extends the default one, as "
    assert refusal(tmp_path, a_1=OWN, default_1=base, b_1=BASE) == sentence + "default/1."


@pytest.mark.parametrize(
    ("own", "base", "sentence"),
    [
        (
            OWN.replace("in_force_from: 2011-06-01\n", ""),
            BASE,
            "a/1.yml, line 1, in_force_from: is required in each version.",
        ),
        (
            OWN,
            BASE.replace("level: department", "level: team"),
            "default/1.yml, line 16, goals.loyal.level: level == 'team', must be one of organisation, department, "
            "campaign, individual.",
        ),
        (
            OWN.replace("  grow:", "  growth:"),
            BASE,
            "a/1.yml, line 6, goals.growth.level: is required, one of organisation, department, campaign, individual.",
        ),
        (
            OWN + "  loyal: {parent: groww}\n",
            BASE,
            "a/1.yml, line 10, goals.loyal.parent: goal == 'groww', must be one of grow, loyal. Did you mean 'grow'?",
        ),
        (
            OWN,
            BASE.replace("owner:", "ownr:"),
            "default/1.yml, line 9, goals.grow.ownr: unknown key. key == 'ownr', must be one of statement, level, "
            "parent, owner, serves, means, until, stakeholders, agreed, kpis, pis, actions. Did you mean 'owner'?",
        ),
        (
            OWN,
            BASE.replace("review: quarterly", "review: weekly"),
            "default/1.yml, line 4, review: review == 'weekly', must be one of quarterly, half-yearly.",
        ),
        (
            OWN + "review: weekly\n",
            BASE,
            "a/1.yml, line 10, review: review == 'weekly', must be one of quarterly, half-yearly.",
        ),
        (OWN, BASE.replace("schema: 1\n", ""), "default/1.yml, line 1, schema: is required. Write it as 'schema: 1'."),
    ],
)
def test_what_is_wrong_is_refused_in_the_file_that_says_it(tmp_path: Path, own: str, base: str, sentence: str) -> None:
    assert refusal(tmp_path, a_1=own, default_1=base) == sentence


def test_the_whole_of_an_extending_plan_reads_as_the_same_plan(tmp_path: Path) -> None:
    save(tmp_path, default_1=BASE, a_1=OWN)
    save(tmp_path, c_1=yaml.safe_dump(whole(tmp_path / "a" / "1.yml"), allow_unicode=True))
    (tmp_path / "default" / "1.yml").unlink()  # nothing of it is needed any more
    (found,) = read_plans(tmp_path, "c", CALENDAR)
    save(tmp_path, default_1=BASE)
    (plan,) = read_plans(tmp_path, "a", CALENDAR)
    by_key = {goal.key: goal for goal in plan.goals}
    assert {goal.key: goal for goal in found.goals} == by_key
    assert replace(found, goals=plan.goals) == plan
    assert "extends" not in whole(tmp_path / "a" / "1.yml")


@pytest.mark.parametrize("own", [OWN, OWN + "decisions:\n  - {on: 2011-05-01, by: Bo, what: More., why: It pays.}\n"])
def test_a_slice_holds_the_same_plan_and_not_the_one_it_extends(
    tmp_path: Path, write_shop: Callable[..., Workspace], own: str
) -> None:
    workspace = write_shop(tmp_path / "all", plans={"a_1": own, "default_1": BASE}, clients=("a", "b"), years=(2011,))
    workspace.save_slice(tmp_path / "slice", ["a"], "2011-07", None)
    slice = Workspace(tmp_path / "slice")
    assert slice.settings.plans("a") == workspace.settings.plans("a")
    assert slice.evaluate("a", "2011-07") == workspace.evaluate("a", "2011-07")
    assert [file.relative_to(slice.folder / "plans").as_posix() for file in slice.folder.glob("plans/*/*")] == [
        "a/1.yml"
    ]
