"""The check of plans: which versions are checked, and what is told of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kpikit
from kpikit.workspace.check import check
from tests.workspace.checked import KPI, change, shop
from tests.workspaces import Sale, plan


def test_findings_that_clients_share_stand_in_one_line_and_goals_together(tmp_path: Path) -> None:
    rows = [Sale(f"2024-01-{day:02}", client=key) for day in range(1, 11) for key in "ab"]
    found = check(shop(tmp_path, *rows, plans={"default/1": plan(KPI), "b/1": plan()}))
    lines = [line.strip() for line in str(found).partition("PLANS\n")[2].splitlines()]
    assert lines[0] == "Plan of all clients (2) for 10 January 2024: version 1."
    assert "goal, Specific: Nobody answers for it. Name one owner. (all clients (2))" in lines
    assert not any("has no baseline" in line for line in lines)
    assert any(line.startswith("goal, Specific: It has neither a KPI nor") and line.endswith("(b)") for line in lines)
    letters = [line.partition(":")[0] for line in lines[1:] if line.startswith("goal, ")]
    order = ["goal, Specific", "goal, Measurable", "goal, Attainable", "goal, Relevant", "goal, Time-bound"]
    assert letters == sorted(letters, key=order.index) and len(set(letters)) >= 4


def test_clients_without_a_plan_are_named(tmp_path: Path) -> None:
    plans = {"a/1": plan(), "b/1": plan(in_force_from="2025-01-01")}
    found = check(shop(tmp_path, Sale("2024-01-02"), plans=plans))
    assert "Plan of a for 10 January 2024: version 1." in str(found)
    assert "Version 1 of the plan of b begins on 1 January 2025; it is held against the same period." in str(found)
    assert "There is no plan for all clients (2)." in str(check(shop(tmp_path / "none", Sale("2024-01-02"))))


KEEP = "{{indicator: sales.orders, cadence: day, baseline: {{value: 1}}, target: {{kind: keep, value: {}}}}}"


@pytest.mark.parametrize(
    ("begins", "versions", "too_big"),
    [
        # the last complete period is 10 January: version 2 begins after it, and is checked beside version 1
        ("2024-01-11", (1, 2), (False, True)),  # 1 to 3 orders a day; 900 lie beyond that
        ("2024-01-10", (2, None), (True, False)),  # it is in force on that very day
        ("2024-01-05", (2, None), (True, False)),
    ],
)
def test_the_newest_version_that_begins_later_is_checked_too(
    tmp_path: Path, begins: str, versions: tuple[int, int | None], too_big: tuple[bool, bool]
) -> None:
    days = [day for day in range(1, 11) for _ in range(1 + day % 3)]
    rows = [Sale(f"2024-01-{day:02}", client=key) for day in days for key in "ab"]
    plans = {
        "default/1": plan(KEEP.format(2), in_force_from="2024-01-01"),
        "default/2": plan(KEEP.format(900), in_force_from=begins),
    }
    found = check(shop(tmp_path, *rows, plans=plans))
    for client in found.document()["clients"]:
        assert (client["plan_version"], client["later_version"]) == versions
        codes = [[each["code"] for each in client[name]] for name in ("findings", "later_findings")]
        assert tuple("too_big" in each for each in codes) == too_big
    now, _, later = str(found).partition("Version 2 of the plan of all clients (2) begins on ")
    assert f"Plan of all clients (2) for 10 January 2024: version {versions[0]}." in now
    assert later.startswith("11 January 2024; it is held against the same period.\n  goal, ") == bool(versions[1])
    text = "goal, Attainable: Orders: 900 lies beyond what the process does"
    assert (text in now, text in later) == too_big


def test_each_version_says_for_itself_that_it_is_smart(tmp_path: Path) -> None:
    """The first workspace's plan is SMART; a version 2 with one goal that nobody answers for is not."""
    kpikit.new(tmp_path / "coffee")
    text = plan(in_force_from="2026-03-01")
    (tmp_path / "coffee/plans/default/2.yml").write_text(text, encoding="utf-8")
    plans = str(check(tmp_path / "coffee")).partition("PLANS\n")[2].splitlines()
    assert plans[:4] == [
        "Plan of all clients (2) for February 2026: version 1.",
        "Every goal is SMART.",
        "Version 2 of the plan of all clients (2) begins on 1 March 2026; it is held against the same period.",
        "  goal, Specific: It has neither a KPI nor a goal below it. Name the KPI that shows whether it is reached, or "
        "break it down into goals. (all clients (2))",
    ]
    (tmp_path / "coffee/plans/default/2.yml").write_text(
        (tmp_path / "coffee/plans/default/1.yml")
        .read_text(encoding="utf-8")
        .replace("in_force_from: 2026-01-01", "in_force_from: 2026-03-01"),
        encoding="utf-8",
    )
    assert str(check(tmp_path / "coffee")).count("Every goal is SMART.") == 2


def test_all_that_is_wrong_in_a_file_is_told_from_top_to_bottom_and_nothing_that_comes_of_it(tmp_path: Path) -> None:
    folder = shop(tmp_path, Sale("2024-01-02"), plans={"a/1": plan(KPI).replace("level: org", "level: gro")})
    change(folder, "workspace.yml", "grain: day", "grain: fortnight")
    change(folder, "workspace.yml", "kind: events", "kind: evnts")
    change(folder, "workspace.yml", "    every:", "    opne: [mon]\n    every:")
    change(folder, "workspace.yml", "sum: value,", "sum: valeu,")  # what uses the metric is not wrong
    change(folder, "workspace.yml", "{entity: customer, count: new}", "{entity: customer, count: nwe}")
    change(folder, "clients.yml", "a: {label: Client A}", "a: {lable: Client A, language: dk}")
    change(folder, "clients.yml", "b: {label: Client B}", "b: {lable: Client B}")
    with (folder / "workspace.yml").open("a", encoding="utf-8") as file:
        file.write("smallest_group: 2\nindicators:\n  a.b: {formula: revenue, unit: money}\n")
    told = [re.sub(" == .*", "", error) for error in check(folder).errors]
    assert told == [
        "workspace.yml, line 3, grain: grain",
        "workspace.yml, line 9, sources.sales.kind: kind",
        "workspace.yml, line 10, sources.sales.opne: unknown key. key",
        "workspace.yml, line 31, metrics.revenue.sum: column",
        "workspace.yml, line 36, metrics.new_customers.count: count",
        "workspace.yml, line 38, smallest_group: '2' must be a whole number from 3 to 1000.",
        "clients.yml, line 4, clients.a.language: language",
        "clients.yml, line 4, clients.a.lable: unknown key. key",
        "clients.yml, line 5, clients.b.lable: unknown key. key",
        "plans/a/1.yml, line 6, goals.goal.level: level",
    ]


def test_a_version_that_extends_a_wrong_goal_lacks_nothing_of_its_own(tmp_path: Path) -> None:
    bad = plan("{indicator: sales.orders, cadence: day, target: {kind: keep, value: many}}")
    later = "schema: 1\nextends: a/1\nin_force_from: 2024-01-05\ngoals:\n  goal: {statement: Do best}\n"
    shop(tmp_path, Sale("2024-01-02"), plans={"a/1": bad, "a/2": later})
    (error,) = check(tmp_path).errors
    assert error.startswith("plans/a/1.yml, line 8, goals.goal.kpis[1].target.value: 'many' ")
