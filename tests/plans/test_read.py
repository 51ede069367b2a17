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
from kpikit.words.periods import Calendar, Window

CALENDAR = Calendar()
BY_APRIL = Calendar(4)
IDS = ", ".join(CATALOGUE)
SAMPLES = Path(__file__).resolve().parents[2] / "data"

PLAN = """\
schema: 1
in_force_from: 2011-01-01
goals:
  grow:
    statement: Grow.
    level: organisation
    kpis:
      - indicator: sales.revenue
        cadence: month
        baseline: 2010-12
        target: {kind: keep, value: 12000}
    pis: [sales.orders]
"""


def write(folder: Path, client: str, **versions: str) -> None:
    """Write the versions of a client's plan; ``_1`` is the version 1."""
    (folder / client).mkdir(parents=True, exist_ok=True)
    for name, text in versions.items():
        (folder / client / f"{name.removeprefix('_')}.yml").write_text(text, encoding="utf-8")


def read_one(folder: Path, text: str, calendar: Calendar = CALENDAR) -> Plan:
    """The plan of a text."""
    write(folder, "default", _1=text)
    (plan,) = read_plans(folder, "a", calendar)
    return plan


def with_kpi(**keys: str) -> str:
    """The plan with other keys of its KPI; an empty text leaves a key out."""
    lines = {
        "indicator": "sales.revenue",
        "cadence": "month",
        "baseline": "2010-12",
        "target": "{kind: keep, value: 12000}",
    }
    kpi = "\n        ".join(f"{key}: {value}" for key, value in (lines | keys).items() if value)
    before, _, after = PLAN.partition("- indicator")
    return f"{before}- {kpi}\n    pis{after.partition('    pis')[2]}"


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


def test_fiscal_years_are_the_clients_own(tmp_path: Path) -> None:
    text = with_kpi(baseline="FY2010", target="{kind: cumulative, change: +10 %, over: FY2011}")
    (kpi,) = read_one(tmp_path, text, BY_APRIL).kpis
    assert kpi.target is not None and kpi.target.period is not None
    assert kpi.target.period.window == Window(date(2011, 4, 1), date(2012, 4, 1))


REACH_TEXT = "needs either 'value: 95 %' or 'change: +10 %'."
PERIOD_FORMS = (
    "must be a day (2011-11-23), ISO week (2011-W47), month (2011-11), quarter (2011-Q3), year (2011) "
    "or fiscal year (FY2011) that exists, from 1800 to 2999."
)
KPIS = [  # other keys of the KPI, and what is said
    (
        {"indicator": "sales.revenu"},
        f"line 8, goals.grow.kpis[1].indicator: indicator == 'sales.revenu', must be one of {IDS}. "
        "Did you mean 'sales.revenue'?",
    ),
    (
        {"cadence": "monthly"},
        "line 9, goals.grow.kpis[1].cadence: cadence == 'monthly', must be one of "
        "day, week, month, quarter, year, fiscal_year. Did you mean 'month'?",
    ),
    ({"cadence": ""}, "line 8, goals.grow.kpis[1].cadence: is required."),
    ({"baseline": "2010-13"}, f"line 10, goals.grow.kpis[1].baseline: period == '2010-13', {PERIOD_FORMS}"),
    ({"baseline": "12000"}, f"line 10, goals.grow.kpis[1].baseline: period == '12000', {PERIOD_FORMS}"),
    (
        {"baseline": "2010"},
        "line 10, goals.grow.kpis[1].baseline: 2010 is a year, must be a month, as the cadence.",
    ),
    (
        {"baseline": "2010-12", "target": "{kind: cumulative, change: +10 %, over: 2011}"},
        "line 10, goals.grow.kpis[1].baseline: 2010-12 is a month, must be a year, as the time "
        "that it is added up over.",
    ),
    (
        {"baseline": "{value: 20 %}"},
        "line 10, goals.grow.kpis[1].baseline.value: '20 %' does not fit the unit, which is money. "
        "Write it as 12000, without a percent sign.",
    ),
    ({"baseline": "{from: 2010}"}, "line 10, goals.grow.kpis[1].baseline.value: is required."),
    (
        {"baseline": "{value: 5, from: 2010}"},
        "line 10, goals.grow.kpis[1].baseline.from: unknown key. key == 'from', must be one of value.",
    ),
    ({"target": "12000"}, "line 11, goals.grow.kpis[1].target: must be a mapping of keys to values."),
    ({"target": "{value: 12000}"}, "line 11, goals.grow.kpis[1].target.kind: is required."),
    (
        {"target": "{kind: kept, value: 12000}"},
        "line 11, goals.grow.kpis[1].target.kind: kind == 'kept', must be one of keep, reach, cumulative. "
        "Did you mean 'keep'?",
    ),
    ({"target": "{kind: keep}"}, f"line 11, goals.grow.kpis[1].target: {REACH_TEXT}"),
    ({"target": "{kind: keep, value: 5, change: +10 %}"}, f"line 11, goals.grow.kpis[1].target: {REACH_TEXT}"),
    (
        {"target": "{kind: keep, value: 95 %}"},
        "line 11, goals.grow.kpis[1].target.value: '95 %' does not fit the unit, which is money. "
        "Write it as 12000, without a percent sign.",
    ),
    (
        {"target": "{kind: keep, change: +2 pp}"},
        "line 11, goals.grow.kpis[1].target.change: '+2 pp': percentage points are for shares, and the unit is money. "
        "Write '+10 %'.",
    ),
    (
        {"indicator": "sales.cancellation_rate", "target": "{kind: keep, change: +5 %}"},
        "line 11, goals.grow.kpis[1].target.change: '+5 %' on a share has two meanings. Write '+5 % relative' "
        "(from 2.0 % on, +5 % gives 2.1 %) or '+5 pp' (from 2 % on, +5 pp gives 7 %).",
    ),
    (
        {"baseline": "", "target": "{kind: keep, change: +10 %}"},
        "line 10, goals.grow.kpis[1].target.change: needs a baseline to start from: 'baseline: 2010' beside 'target'.",
    ),
    ({"target": "{kind: reach, value: 5}"}, "line 11, goals.grow.kpis[1].target.by: is required."),
    ({"target": "{kind: cumulative, value: 5}"}, "line 11, goals.grow.kpis[1].target.over: is required."),
    (
        {"target": "{kind: reach, value: 5, by: soon}"},
        f"line 11, goals.grow.kpis[1].target.by: period == 'soon', {PERIOD_FORMS}",
    ),
    (
        {"target": "{kind: keep, value: 5, by: 2011-12}"},
        "line 11, goals.grow.kpis[1].target.by: unknown key. key == 'by', must be one of kind, value, change.",
    ),
    (
        {"indicator": "sales.cancellation_rate", "target": "{kind: cumulative, value: 2 %, over: 2011}"},
        "line 11, goals.grow.kpis[1].target: sales.cancellation_rate does not add up over time; "
        "use 'kind: keep' or 'kind: reach'.",
    ),
    (
        {"indicator": "sales.average_order_value", "target": "{kind: cumulative, value: 5, over: 2011}"},
        "line 11, goals.grow.kpis[1].target: sales.average_order_value does not add up over time; "
        "use 'kind: keep' or 'kind: reach'.",
    ),
    (
        {"indicator": "sales.revenue_growth", "target": "{kind: cumulative, value: 5 %, over: 2011}"},
        "line 11, goals.grow.kpis[1].target: sales.revenue_growth does not add up over time; "
        "use 'kind: keep' or 'kind: reach'.",
    ),
    (
        {"indicator": "emergency.attendances"},
        "line 11, goals.grow.kpis[1].target: emergency.attendances has no better direction, "
        "so its target is a range, as 'value: 18 %..22 %'.",
    ),
    (
        {"member": "{channel: Google, country: DK}"},
        "line 12, goals.grow.kpis[1].member: must name one member of one dimension, as {channel: Google}.",
    ),
    (
        {"member": "{}"},
        "line 12, goals.grow.kpis[1].member: must name one member of one dimension, as {channel: Google}.",
    ),
    ({"member": "Google"}, "line 12, goals.grow.kpis[1].member: must be a mapping of keys to values."),
    ({"member": "{channel: }"}, "line 12, goals.grow.kpis[1].member.channel: is empty."),
    (
        {"tagret": "{}"},
        "line 12, goals.grow.kpis[1].tagret: unknown key. key == 'tagret', must be one of indicator, cadence, "
        "baseline, target, member. Did you mean 'target'?",
    ),
]


def refusal(folder: Path, name: str = "1") -> str:
    """What is said of a version of the default plan that is refused, without its folder."""
    with pytest.raises(SettingError) as error:
        read_plans(folder, "a", CALENDAR)
    return str(error.value).removeprefix(f"{folder}/default/{name}.yml, ")


@pytest.mark.parametrize(("keys", "sentence"), KPIS)
def test_what_is_wrong_with_a_kpi_is_refused(tmp_path: Path, keys: dict[str, str], sentence: str) -> None:
    write(tmp_path, "default", _1=with_kpi(**keys))
    assert refusal(tmp_path) == sentence


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
            "goals:",
            "owner: x\ngoals:",
            "line 3, owner: unknown key. key == 'owner', must be one of schema, extends, in_force_from, vision, "
            "review, goals, decisions.",
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
            f"line 12, goals.grow.pis: indicator == 'sales.order', must be one of {IDS}. Did you mean 'sales.orders'?",
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
    write(tmp_path, "default", _1=PLAN.replace(written, instead))
    assert refusal(tmp_path) == sentence


def plan_from(day: str) -> str:
    """The plan, in force from another day."""
    return PLAN.replace("2011-01-01", day)


def test_a_clients_own_plan_comes_before_the_default_one(tmp_path: Path) -> None:
    write(tmp_path, "default", _1=plan_from("2011-01-01"))
    write(tmp_path, "a", _1=plan_from("2011-06-01"))
    assert [plan.in_force_from for plan in read_plans(tmp_path, "a", CALENDAR)] == [date(2011, 6, 1)]
    assert [plan.in_force_from for plan in read_plans(tmp_path, "b", CALENDAR)] == [date(2011, 1, 1)]


def test_without_a_plan_there_is_none(tmp_path: Path) -> None:
    assert read_plans(tmp_path, "a", CALENDAR) == ()
    assert read_plans(tmp_path / "plans", "a", CALENDAR) == ()


def test_versions_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    write(tmp_path, "default", **{f"_{number}": plan_from(f"2011-{number:02}-01") for number in range(1, 12)})
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
    write(tmp_path, "default", **{version: plan_from(day) for version, day in versions.items()})
    expected = f"{tmp_path}/default/{name}.yml: {sentence}" if sentence.startswith("version") else sentence
    assert refusal(tmp_path, name) == expected


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
    write(tmp_path, "default", _1=plan_from("2011-01-01"), _2=plan_from("2011-06-15"))
    found = in_force(read_plans(tmp_path, "a", CALENDAR), CALENDAR.parse(month).window)
    assert (found.version if found else None) == version


@pytest.mark.parametrize(
    ("sample", "calendar", "kpis"),
    [
        ("hospitals", BY_APRIL, ["emergency.share_within_four_hours"]),
        ("shop", CALENDAR, ["sales.revenue", "customers.repeat_purchase_rate", "sales.cancellation_rate"]),
    ],
)
def test_the_samples_are_read(sample: str, calendar: Calendar, kpis: list[str]) -> None:
    (plan,) = read_plans(SAMPLES / sample / "plans", "anyone", calendar)
    assert [kpi.indicator for kpi in plan.kpis] == kpis
