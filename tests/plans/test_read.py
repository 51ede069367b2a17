"""Plans: what a file gives, which version is in force, and each refusal as a whole sentence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kpikit.indicators.catalogue import CATALOGUE
from kpikit.plans.aim import Aim
from kpikit.plans.plan import Baseline, Goal, Kpi, Plan, TargetPlan, in_force
from kpikit.plans.read import read_plans
from kpikit.words.errors import SettingError
from kpikit.words.periods import Calendar
from tests.histories import CALENDAR, save
from tests.plans.texts import PLAN, read_one, refusal

SAMPLES = Path(__file__).resolve().parents[2] / "data"
UNKNOWN = (
    f"indicator == 'sales.order', must be one of the {len(CATALOGUE)} that there are. "
    "Did you mean 'sales.orders'? 'kpikit catalogue' lists them all."
)


def test_a_plan(tmp_path: Path) -> None:
    text = """\
schema: 1
in_force_from: 2011-01-01
vision: {en: Best shop, da: Bedste butik}
goals:
  grow:
    statement: {en: Grow., nb: Voks.}
    level: organisation
    owner: Head of sales
    kpis:
      - indicator: sales.revenue
        cadence: month
        baseline: 2010
        target: {kind: cumulative, change: +10 %, over: 2011}
      - {indicator: sales.orders, cadence: week, member: {channel: NO}}
      - {indicator: sales.orders, cadence: month, baseline: {value: 100}, target: {kind: keep, change: -5 %}}
    pis: [sales.units, customers.customers]
  loyal:
    statement: Loyal.
    level: department
    kpis:
      - indicator: customers.repeat_purchase_rate
        cadence: month
        baseline: {value: 20 %}
        target: {kind: reach, change: +2 pp, by: 2011-12}
"""
    assert read_one(tmp_path, text) == Plan(
        version=1,
        in_force_from=date(2011, 1, 1),
        vision={"en": "Best shop", "da": "Bedste butik"},
        review="half-yearly",
        goals=(
            Goal(
                key="grow",
                statement={"en": "Grow.", "nb": "Voks."},
                level="organisation",
                parent=None,
                owner="Head of sales",
                serves=None,
                means=None,
                until=None,
                stakeholders=(),
                agreed=None,
                kpis=(
                    Kpi(
                        "grow",
                        "sales.revenue",
                        None,
                        Baseline(CALENDAR.parse("2010"), None),
                        TargetPlan("cumulative", Aim("relative", Decimal("0.1")), CALENDAR.parse("2011")),
                        "month",
                    ),
                    Kpi("grow", "sales.orders", ("channel", "NO"), None, None, "week"),
                    Kpi(
                        "grow",
                        "sales.orders",
                        None,
                        Baseline(None, 100.0),
                        TargetPlan("keep", Aim("relative", Decimal("-0.05")), None),
                        "month",
                    ),
                ),
                pis=("sales.units", "customers.customers"),
                actions=(),
            ),
            Goal(
                key="loyal",
                statement="Loyal.",
                level="department",
                parent=None,
                owner=None,
                serves=None,
                means=None,
                until=None,
                stakeholders=(),
                agreed=None,
                kpis=(
                    Kpi(
                        "loyal",
                        "customers.repeat_purchase_rate",
                        None,
                        Baseline(None, 0.2),
                        TargetPlan("reach", Aim("points", Decimal("0.02")), CALENDAR.parse("2011-12")),
                        "month",
                    ),
                ),
                pis=(),
                actions=(),
            ),
        ),
        decisions=(),
    )


def test_all_kpis_and_pis_of_a_plan(tmp_path: Path) -> None:
    plan = read_one(tmp_path, PLAN)
    assert [kpi.indicator for kpi in plan.kpis] == ["sales.revenue"]
    assert plan.pis == (("grow", "sales.orders"),)


@pytest.mark.parametrize(
    ("written", "instead", "sentence"),
    [
        ("schema: 1", "schema: 2", "line 1, schema: '2' is not known here; a newer kpikit is needed."),
        (
            "in_force_from: 2011-01-01",
            "in_force_from: 2011-01",
            "line 2, in_force_from: '2011-01' must be a date that exists, as 2011-11-23, from 1800 to 2999.",
        ),
        ("in_force_from: 2011-01-01\n", "", "line 1, in_force_from: is required in each version."),
        (
            "in_force_from",
            "in_force_form",
            "line 1, in_force_from: is required in each version. There is 'in_force_form', which is no known key.",
        ),
        ("schema", "schemaa", "line 1, schema: is required. There is 'schemaa', which is no known key."),
        (
            "goals:",
            "owner: x\ngoals:",
            "line 3, owner: unknown key. key == 'owner', must be one of schema, extends, in_force_from, vision, "
            "review, goals, decisions, profile.",
        ),
        ("    statement: Grow.\n", "", "line 5, goals.grow.statement: is required."),
        (
            "level: organisation",
            "level: team",
            "line 6, goals.grow.level: level == 'team', must be one of organisation, department, campaign, individual.",
        ),
        (
            "pis: [sales.orders]",
            "pis: [sales.order]",
            f"line 12, goals.grow.pis: {UNKNOWN}",
        ),
        ("pis: [sales.orders]", "pis:", "line 12, goals.grow.pis: must be a list of texts, as [a, b]."),
        (
            "pis: [sales.orders]",
            "pi: [sales.orders]",
            "line 12, goals.grow.pi: unknown key. key == 'pi', must be one of statement, level, parent, owner, "
            "serves, means, until, stakeholders, agreed, kpis, pis, actions. "
            "Did you mean 'pis'?",
        ),
    ],
)
def test_what_is_wrong_with_a_plan_is_refused(tmp_path: Path, written: str, instead: str, sentence: str) -> None:
    assert written in PLAN
    assert refusal(tmp_path, a_1=PLAN.replace(written, instead)) == f"a/1.yml, {sentence}"


def plan_from(day: str) -> str:
    """The plan, in force from another day."""
    return PLAN.replace("2011-01-01", day)


def test_a_clients_own_plan_comes_before_the_default_one(tmp_path: Path) -> None:
    save(tmp_path, default_1=plan_from("2011-01-01"))
    save(tmp_path, a_1=plan_from("2011-06-01"))
    assert [plan.in_force_from for plan in read_plans(tmp_path, "a", CALENDAR)] == [date(2011, 6, 1)]
    assert [plan.in_force_from for plan in read_plans(tmp_path, "b", CALENDAR)] == [date(2011, 1, 1)]


def test_without_a_plan_there_is_none(tmp_path: Path) -> None:
    assert read_plans(tmp_path, "a", CALENDAR) == ()
    assert read_plans(tmp_path / "plans", "a", CALENDAR) == ()


@pytest.mark.parametrize(
    ("folder", "then"),
    [("a", "a has the one in plans/default."), ("default", "no client has one by default.")],
)
def test_a_folder_without_a_plan_is_refused(tmp_path: Path, folder: str, then: str) -> None:
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "README.md").write_text("To be agreed on.", encoding="utf-8")
    assert refusal(tmp_path) == f"{folder}: holds no plan. Write 1.yml there, or remove the folder, and {then}"


def test_versions_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    save(tmp_path, **{f"default_{number}": plan_from(f"2011-{number:02}-01") for number in range(1, 12)})
    (tmp_path / "default" / "README.md").write_text("Why we changed the plan.", encoding="utf-8")
    plans = read_plans(tmp_path, "a", CALENDAR)
    assert [plan.version for plan in plans] == list(range(1, 12))  # 10 after 9, not after 1
    assert plans[9].in_force_from == date(2011, 10, 1)


@pytest.mark.parametrize(
    ("versions", "name", "sentence"),
    [
        (
            {"_1": "2011-01-01", "_3": "2011-03-01"},
            "3",
            "version 2 is missing; they are numbered 1, 2, 3 without a gap.",
        ),
        ({"_2": "2011-01-01"}, "2", "version 1 is missing; they are numbered 1, 2, 3 without a gap."),
        (
            {"_1": "2011-03-01", "_2": "2011-03-01"},
            "2",
            "in_force_from: must lie after 2011-03-01, when version 1 came into force.",
        ),
        (
            {"_1": "2011-01-01", "_2": "2011-03-01", "_3": "2011-02-01"},
            "3",
            "in_force_from: must lie after 2011-03-01, when version 2 came into force.",
        ),
    ],
)
def test_versions_follow_one_another(tmp_path: Path, versions: dict[str, str], name: str, sentence: str) -> None:
    files = {f"default{version}": plan_from(day) for version, day in versions.items()}
    gap = ": " if sentence.startswith("version") else ", line 2, "
    assert refusal(tmp_path, **files) == f"default/{name}.yml{gap}{sentence}"


@pytest.mark.parametrize(
    "name", ["plan.yml", "1.yaml", "1.YML", "01.yml", "0.yml", "1b.yml", "-1.yml", "²·.yml", "._1.yml"]
)
def test_a_file_that_is_no_version_is_refused_and_never_overlooked(tmp_path: Path, name: str) -> None:
    (tmp_path / "default").mkdir()
    (tmp_path / "default" / name).write_text(PLAN, encoding="utf-8")
    with pytest.raises(SettingError) as error:
        read_plans(tmp_path, "a", CALENDAR)
    assert str(error.value) == f"{tmp_path}/default/{name}: a plan is named by its version, as 1.yml."


@pytest.mark.parametrize(
    ("month", "version"),
    [("2010-12", None), ("2011-01", 1), ("2011-05", 1), ("2011-06", 1), ("2011-07", 2), ("2012-01", 2)],
)
def test_the_version_in_force(tmp_path: Path, month: str, version: int | None) -> None:
    # Version 2 begins in the middle of June, so June still belongs to version 1.
    save(tmp_path, default_1=plan_from("2011-01-01"), default_2=plan_from("2011-06-15"))
    found = in_force(read_plans(tmp_path, "a", CALENDAR), CALENDAR.parse(month).window)
    assert (found.version if found else None) == version


@pytest.mark.parametrize(
    ("sample", "calendar", "kpis"),
    [
        ("hospitals", Calendar(4), ["emergency.share_within_four_hours"]),
        ("shop", CALENDAR, ["sales.revenue", "customers.repeat_purchase_rate", "sales.cancellation_rate"]),
    ],
)
def test_the_samples_are_read(sample: str, calendar: Calendar, kpis: list[str]) -> None:
    (plan,) = read_plans(SAMPLES / sample / "plans", "anyone", calendar)
    assert [kpi.indicator for kpi in plan.kpis] == kpis
