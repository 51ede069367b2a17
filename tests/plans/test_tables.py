"""Targets that change by period: tables in the plan and in a file beside it, and each refusal."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from kpikit.plans.aim import Aim
from kpikit.plans.plan import Kpi
from kpikit.plans.read import read_plans, whole
from kpikit.sources.every_error import every_error
from kpikit.words.errors import SettingError
from tests.histories import CALENDAR, save
from tests.workspaces import plan


def read(folder: Path, target: str, indicator: str = "sales.orders") -> Kpi:
    save(folder, a_1=plan(f"{{indicator: {indicator}, cadence: month, target: {target}}}"))
    return read_plans(folder, "a", CALENDAR)[0].kpis[0]


def test_a_table_in_the_plan(tmp_path: Path) -> None:
    kpi = read(tmp_path, "{kind: keep, values: {2024-02: 96 %, 2024-01: 95 %}}", "sales.cancellation_rate")
    assert kpi.target is not None
    assert [(period.key, aim) for period, aim in kpi.target.table] == [
        ("2024-01", Aim("value", Decimal("0.95"))),
        ("2024-02", Aim("value", Decimal("0.96"))),
    ]
    january = kpi.in_period(CALENDAR.parse("2024-01")).target
    assert january is not None and january.aim == Aim("value", Decimal("0.95"))
    assert kpi.in_period(CALENDAR.parse("2024-03")).target is None


def test_a_table_in_a_file_is_written_into_a_plan_that_goes_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    rows = ["\ufeffperiod,value", "2024-Q1, 300", "2024-Q2,400", "2024-Q3,500", "2024-Q4,600", ""]
    (tmp_path / "a" / "aims.csv").write_text("\n".join(rows), encoding="utf-8")
    kpi = read(tmp_path, "{kind: cumulative, over: 2024, values: aims.csv}")
    assert kpi.target is not None and kpi.target.aim == Aim("value", Decimal(1800))
    goals = whole(tmp_path / "a" / "1.yml")["goals"]
    target = goals["goal"]["kpis"][0]["target"]  # type: ignore[index]
    assert target["values"] == {"2024-Q1": "300", "2024-Q2": "400", "2024-Q3": "500", "2024-Q4": "600"}


YEAR = "must have each period of 2024, from its first day to its last."


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("{kind: keep, values: {}}", "lists no period. Write '2011-11: 12000'."),
        ("{kind: keep, values: {2024-13: 5}}", "2024-13: period == '2024-13', must be a day"),
        ("{kind: keep, values: {2024-01: '+5 %'}}", "2024-01: '+5 %' is a change"),
        ("{kind: keep, values: {2024-Q1: 5}}", "2024-Q1 is a quarter, must be a month, as the cadence."),
        ("{kind: keep, values: {2024-01: 5, 2024-Q2: 6}}", "2024-01 and 2024-Q2: its periods must be of one length"),
        ("{kind: keep, values: {2024-01: 5, 2024-02: 5..6}}", "ranges go with 'kind: keep', and then in each period."),
        ("{kind: reach, by: 2024-12, values: {2024-12: 5}}", "a table goes with 'kind: keep' and 'kind: cumulative'."),
        ("{kind: cumulative, over: 2024, values: {2024-Q1: 5, 2024-Q2: 6}}", YEAR),
        ("{kind: cumulative, over: 2024, values: {2024-01: 5, 2024-12: 6}}", YEAR),
        ("{kind: keep, value: 5, values: {2024-01: 5}}", "or a table of 'values'."),
        ("{kind: cumulative, over: 2024, values: {2024: 5}, pace: even}", "the table of 'values' says it already"),
        ("{kind: keep, value: 5, pace: even}", "a target to keep has none"),
        ("{kind: reach, value: 5, by: 2024-12, pace: slow}", "must be one of even, last_year."),
        ("{kind: keep, values: ../aims.csv}", "must be a mapping, or the name of a CSV file beside the plan."),
        (
            "{kind: keep, values: none.csv}",
            "line 8, goals.goal.kpis[1].target.values: there is no file 'none.csv'",
        ),
        ("{kind: keep, values: head.csv}", "the header must be period,value."),
        ("{kind: keep, values: short.csv}", "line 2: has 1 cells, must have 2"),
        ("{kind: keep, values: twice.csv}", "line 3: 2024-01 stands twice."),
        ("{kind: keep, values: cell.csv}", "/a/cell.csv, line 4, column 'value': 'abc' is not understood."),
        ("{kind: keep, values: range.csv}", "/a/range.csv, line 2, column 'value': '5..' is not understood."),
        ("{kind: keep, values: month.csv}", "/a/month.csv, line 2, column 'period': period == '2024-13', must be a"),
        ("{kind: keep, values: excel.csv}", "excel.csv, line 2: is not UTF-8. Save the file as 'CSV UTF-8'."),
    ],
)
def test_what_is_wrong_with_a_table_is_refused(tmp_path: Path, target: str, sentence: str) -> None:
    (tmp_path / "a").mkdir()
    files = {"head": "month,value\n", "short": "period,value\n2024-01\n"}
    files["twice"] = "period,value\n2024-01,1\n2024-01,2\n"
    files |= {"cell": "period,value\n2024-01,1\n\n2024-02,abc\n", "range": "period,value\n2024-01,5..\n"}
    files["month"] = "period,value\n2024-13,1\n"
    for name, text in files.items():
        (tmp_path / "a" / f"{name}.csv").write_text(text, encoding="utf-8")
    (tmp_path / "a" / "excel.csv").write_bytes("period,value\n2024-01,3\N{NO-BREAK SPACE}800\n".encode("windows-1252"))
    with pytest.raises(SettingError) as error:
        read(tmp_path, target)
    assert sentence in str(error.value)


def test_what_is_wrong_in_a_file_does_not_hide_what_is_wrong_in_the_plan(tmp_path: Path) -> None:
    own = plan("{indicator: sales.orders, cadence: month, target: {kind: keep, values: aims.csv}}")
    _, goals, goal = own.partition("  goal:")
    save(tmp_path, a_1=own + goals.replace("goal", "other") + goal.replace("values: aims.csv", "value: abc"))
    (tmp_path / "a" / "aims.csv").write_text("period,value\n2024-01,abc\n", encoding="utf-8")
    first, second = every_error(lambda: read_plans(tmp_path, "a", CALENDAR))
    assert (Path(first.file).name, first.line, first.key) == ("aims.csv", 2, "column 'value'")
    assert (Path(second.file).name, second.key) == ("1.yml", "goals.other.kpis[1].target.value")
