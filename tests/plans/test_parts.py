"""The parts of a plan: each key, what a plan takes from one that it extends, and each refusal as a whole sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from kpikit.plans.aim import Aim
from kpikit.plans.plan import Action, Agreement, Decision, Goal, Plan, TargetPlan
from kpikit.plans.read import read_plans, whole
from kpikit.words.errors import SettingError
from kpikit.words.periods import Calendar
from kpikit.workspace import Workspace
from tests.histories import save

CALENDAR = Calendar()

PLAN = """\
schema: 1
in_force_from: 2011-01-01
goals:
  grow:
    statement: Grow.
    level: organisation
    kpis:
      - {indicator: sales.revenue, cadence: month, target: {kind: keep, value: 12000}}
"""

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


def read_one(folder: Path, text: str) -> Plan:
    """The plan of a text, as version 1 of client a."""
    save(folder, a_1=text)
    (plan,) = read_plans(folder, "a", CALENDAR)
    return plan


def refusal(folder: Path, text: str, **others: str) -> str:
    """What is said of a text that is refused, without the folder of the plans."""
    save(folder, a_1=text, **others)
    with pytest.raises(SettingError) as error:
        read_plans(folder, "a", CALENDAR)
    return str(error.value).removeprefix(f"{folder}/")


def with_goal(keys: str) -> str:
    """The plan with another key of its goal, on line 7."""
    return PLAN.replace("    kpis:", f"    {keys}\n    kpis:")


def with_kpi(kpi: str) -> str:
    """The plan with another KPI, on line 8."""
    return PLAN.partition("      - ")[0] + f"      - {{{kpi}}}\n"


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
    assert read_one(tmp_path, PLAN.replace("goals:", f"{review}goals:")).review_due == due


def test_decisions(tmp_path: Path) -> None:
    text = PLAN + "decisions:\n  - {on: 2010-12-01, by: Ann, what: {da: Mere.}, why: It pays.}\n"
    assert read_one(tmp_path, text).decisions == (Decision(date(2010, 12, 1), "Ann", {"da": "Mere."}, "It pays."),)


def test_goals_below_a_goal(tmp_path: Path) -> None:
    plan = read_one(tmp_path, BASE)
    assert [goal.key for goal in plan.children("grow")] == ["loyal"]
    assert plan.children("loyal") == ()


@pytest.mark.parametrize(
    ("indicator", "value", "aim"),
    [
        ("sales.cancellation_rate", "18 %..22 %", Aim("range", Decimal("0.18"), Decimal("0.22"))),
        ("sales.cancellation_rate", "18 % .. 22 %", Aim("range", Decimal("0.18"), Decimal("0.22"))),
        ("sales.orders", "90..110.5", Aim("range", Decimal(90), Decimal("110.5"))),
        # An indicator without a better direction can be kept inside a range, and has no other target.
        ("sales.average_price_per_unit", "1.5..2", Aim("range", Decimal("1.5"), Decimal(2))),
    ],
)
def test_a_range_to_keep(tmp_path: Path, indicator: str, value: str, aim: Aim) -> None:
    text = with_kpi(f"indicator: {indicator}, cadence: month, target: {{kind: keep, value: {value}}}")
    (kpi,) = read_one(tmp_path, text).kpis
    assert kpi.target == TargetPlan("keep", aim, None)


PARENTS = "\n  b: {statement: B., level: department, parent: %s}\n  c: {statement: C., level: campaign, parent: %s}\n"
ACTION = "line 7, goals.grow.actions[1]"
REFUSED = [
    (
        PLAN.replace("goals:", "review: yearly\ngoals:"),
        "line 3, review: review == 'yearly', must be one of quarterly, half-yearly. Did you mean 'half-yearly'?",
    ),
    (with_goal("parent: shrink"), "line 7, goals.grow.parent: goal == 'shrink', must be one of grow."),
    (with_goal("parent: grow"), "line 7, goals.grow.parent: a goal cannot stand above itself."),
    (
        PLAN.rstrip() + PARENTS % ("c", "b"),
        "line 9, goals.b.parent: a goal cannot stand above itself.",
    ),
    (  # the goal in the middle names one that does not exist
        PLAN.rstrip() + PARENTS % ("c", "d"),
        "line 10, goals.c.parent: goal == 'd', must be one of grow, b, c.",
    ),
    (with_goal("agreed: {on: 2010-12-24}"), "line 7, goals.grow.agreed.by: must be a list of texts, as [a, b]."),
    (with_goal("agreed: {by: [], on: 2010-12-24}"), "line 7, goals.grow.agreed.by: names nobody."),
    (with_goal("agreed: {by: [Ann]}"), "line 7, goals.grow.agreed.on: is required."),
    (
        with_goal("agreed: {by: [Ann], on: 2010-12-24, in: Aarhus}"),
        "line 7, goals.grow.agreed.in: unknown key. key == 'in', must be one of by, on.",
    ),
    (with_goal("agreed: Ann"), "line 7, goals.grow.agreed: must be a mapping of keys to values."),
    (
        with_goal("until: 2011"),
        "line 7, goals.grow.until: '2011' must be a date that exists, as 2011-11-23, from 1800 to 2999.",
    ),
    (with_goal("stakeholders: management"), "line 7, goals.grow.stakeholders: must be a list of texts, as [a, b]."),
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
            "1,200 DKK",
            "1200.555 DKK",
            "-5 DKK",
            "1200 kr",
            "1200  DKK",
            "١ DKK",
        )
    ),
    (
        with_goal("actions: [{what: Ask., who: Ann, by: 2011-03-01}]"),
        f"{ACTION}.by: unknown key. key == 'by', must be one of what, who, due, cost.",
    ),
    (
        f"{PLAN}decisions:\n  - {{on: 2010-12-01, by: Ann, what: More.}}\n",
        "line 10, decisions[1].why: is required.",
    ),
    (
        f"{PLAN}decisions:\n  - {{on: soon, by: Ann, what: More., why: It pays.}}\n",
        "line 10, decisions[1].on: 'soon' must be a date that exists, as 2011-11-23, from 1800 to 2999.",
    ),
    (
        f"{PLAN}decisions:\n  - {{on: 2010-12-01, by: Ann, what: More., why: It pays., cost: 1}}\n",
        "line 10, decisions[1].cost: unknown key. key == 'cost', must be one of on, by, what, why.",
    ),
    (
        f"{PLAN}decision: []\n",
        "line 9, decision: unknown key. key == 'decision', must be one of schema, extends, in_force_from, vision, "
        "review, goals, decisions. Did you mean 'decisions'?",
    ),
    (
        with_goal("owns: Ann"),
        "line 7, goals.grow.owns: unknown key. key == 'owns', must be one of statement, level, parent, owner, serves, "
        "means, until, stakeholders, agreed, kpis, pis, actions. Did you mean 'owner'?",
    ),
]


@pytest.mark.parametrize(("text", "sentence"), REFUSED)
def test_what_is_wrong_with_a_part_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    assert refusal(tmp_path, text) == f"a/1.yml, {sentence}"


TARGETS = [
    (
        "sales.cancellation_rate",
        "kind: keep, value: 22 %..18 %",
        "value: '22 %..18 %' is empty; a range goes from its lower to its upper end.",
    ),
    (
        "sales.cancellation_rate",
        "kind: keep, value: 18 %..18 %",
        "value: '18 %..18 %' is empty; a range goes from its lower to its upper end.",
    ),
    (
        "sales.cancellation_rate",
        "kind: keep, value: 18..22 %",
        "value: '18..22 %': '18' does not fit the unit, which is share. Write it as 95 %.",
    ),
    *(
        (
            "sales.cancellation_rate",
            f"kind: keep, value: '{text}'",
            f"value: '{text}' is not understood. Write a range with both its ends, as '18 %..22 %'.",
        )
        for text in ("..", "18 %..", "..22 %", "1 %..2 %..3 %")
    ),
    (
        "sales.cancellation_rate",
        "kind: keep, change: +1 pp..+2 pp",
        "change: '+1 pp..+2 pp' is not understood. Write it as '+10 %', with a decimal point.",
    ),
    (
        "sales.cancellation_rate",
        "kind: reach, value: 18 %..22 %, by: 2011-12",
        "value: a range goes with 'kind: keep'.",
    ),
    ("sales.orders", "kind: cumulative, value: 5..9, over: 2011", "value: a range goes with 'kind: keep'."),
    *(
        (
            "sales.average_price_per_unit",
            target,
            "sales.average_price_per_unit has no better direction, so its target is a range, as 'value: 18 %..22 %'.",
        )
        for target in ("kind: keep, value: 2", "kind: reach, value: 2, by: 2011-12", "kind: keep, change: +5 %")
    ),
]


@pytest.mark.parametrize(("indicator", "target", "sentence"), TARGETS)
def test_what_is_wrong_with_a_target_is_refused(tmp_path: Path, indicator: str, target: str, sentence: str) -> None:
    text = with_kpi(f"indicator: {indicator}, cadence: month, baseline: 2010-12, target: {{{target}}}")
    gap = "." if sentence.startswith(("value", "change")) else ": "
    assert refusal(tmp_path, text) == f"a/1.yml, line 8, goals.grow.kpis[1].target{gap}{sentence}"


def test_a_baseline_is_no_range(tmp_path: Path) -> None:
    text = with_kpi("indicator: sales.orders, cadence: month, baseline: {value: 5..9}")
    sentence = "a/1.yml, line 8, goals.grow.kpis[1].baseline.value: a baseline is one value, not a range."
    assert refusal(tmp_path, text) == sentence


# --- a plan that extends another ---


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


def test_a_new_version_extends_the_one_before_or_another_clients(tmp_path: Path) -> None:
    second = "schema: 1\nextends: a/1\nin_force_from: 2011-09-01\nreview: half-yearly\n"
    other = "schema: 1\nextends: a/2\nin_force_from: 2012-01-01\ngoals: {loyal: {owner: Ann}}\n"
    save(tmp_path, default_1=BASE, a_1=OWN, a_2=second, b_1=other)
    first, later = read_plans(tmp_path, "a", CALENDAR)
    assert (later.version, later.review, later.goals) == (2, "half-yearly", first.goals)
    (third,) = read_plans(tmp_path, "b", CALENDAR)
    assert (third.goals[0], third.goals[1].owner, third.review) == (first.goals[0], "Ann", "half-yearly")


def test_an_agreement_is_merged(tmp_path: Path) -> None:
    save(tmp_path, default_1=BASE)
    text = OWN.replace("    kpis:", "    agreed: {on: 2011-05-01}\n    kpis:")
    assert read_one(tmp_path, text).goals[0].agreed == Agreement(("Ann", "Bo"), date(2011, 5, 1))


EXTENDS = [
    ("default/2", "line 2, extends: there is no plan 'default/2'."),
    ("nobody/1", "line 2, extends: there is no plan 'nobody/1'."),
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
    assert refusal(tmp_path, text, default_1=BASE) == f"a/1.yml, {sentence}"


def test_plans_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    base = BASE.replace("schema: 1\n", "schema: 1\nextends: b/1\n")
    third = "schema: 1\nextends: a/1\nin_force_from: 2011-01-01\n"
    sentence = "b/1.yml, line 2, extends: 'a/1' extends this plan in turn."
    assert refusal(tmp_path, OWN, default_1=base, b_1=third) == sentence


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
            "a/1.yml, line 6, goals.growth.level: is required.",
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
        (OWN, BASE.replace("schema: 1\n", ""), "default/1.yml, line 1, schema: is required."),
    ],
)
def test_what_is_wrong_is_refused_in_the_file_that_says_it(tmp_path: Path, own: str, base: str, sentence: str) -> None:
    assert refusal(tmp_path, own, default_1=base) == sentence


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
