"""The check: all that is wrong at once, what is worth a look, where settings come from, and its JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import kpikit
from kpikit.cli import main
from kpikit.words.errors import UsageError
from kpikit.words.texts import LANGUAGES
from kpikit.workspace import check_document
from kpikit.workspace.check import Check, check
from kpikit.workspace.explain import ORIGINS
from tests.workspaces import WEEKDAYS, Sale, Shop, plan

KPI = "{indicator: sales.orders, cadence: month, baseline: 2023-12, target: {kind: keep, value: 3}}"


def shop(folder: Path, *rows: Sale, **options: Any) -> Path:
    """A folder with a shop of two clients, a and b; covered is 2024-01-01..2024-01-10 unless told otherwise."""
    options = {"covers": "2024-01-01..2024-01-10", "grain": "day"} | options
    Shop(rows, **options).at(folder)
    return folder


def change(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_new_workspace_is_fine(tmp_path: Path) -> None:
    kpikit.new(tmp_path / "coffee")
    found = kpikit.open(tmp_path / "coffee").check()
    assert (found.ok, found.errors) == (True, [])
    assert (
        str(found)
        == """Nothing is wrong.

SOURCES
Source  File               Rows  Covers                  Days with rows          Days old
till    sources/till.csv  3,160  2024-01-01..2026-02-28  2024-01-01..2026-02-28         0

PLANS
Plan of all clients (2) for February 2026: version 1.
Every goal is SMART.

INDICATORS
4 indicators can be computed: sales.revenue, sales.revenue_growth, sales.orders, """
        + ("sales.average_order_value.")
    )


# What is wrong.


def break_clients(folder: Path) -> None:
    change(folder, "clients.yml", "a: {label: Client A}", "a: {lable: Client A}")


def break_workspace(folder: Path) -> None:
    change(folder, "workspace.yml", "grain: day", "grain: fortnight")


def break_rows(folder: Path) -> None:
    change(folder, "sales.csv", "10.00", "ten")


def break_plan(folder: Path) -> None:
    change(folder, "plans/default/1.yml", "sales.orders", "sales.ordres")


def lose_file(folder: Path) -> None:
    (folder / "sales.csv").unlink()


def register_one(folder: Path) -> None:
    change(folder, "clients.yml", "  b: {label: Client B}\n", "")


CLIENTS = "clients.yml, line 4, clients.a.lable: unknown key."
GRAIN = "workspace.yml, line 3, grain: grain == 'fortnight', must be one of day, week, month, quarter, year"
ROWS = "sales.csv, row 2, column 'value', value 'ten': is not a number."
PLAN = "plans/default/1.yml, line 8, goals.goal.kpis[1].indicator: indicator == 'sales.ordres', must be one of"
MEMBER = "plans/default/1.yml, sales.orders, channel: channel == 'post', must be one of phone, web."
OWN = "plans/b/1.yml, line 1, schema: '2' is not known here; a newer kpikit is needed."


def unknown_member(folder: Path) -> None:
    change(folder, "plans/default/1.yml", "cadence", "member: {channel: post}, cadence")


def newer_plan(folder: Path) -> None:
    change(folder, "plans/b/1.yml", "schema: 1", "schema: 2")


def bad_event(folder: Path) -> None:
    (folder / "events.yml").write_text("schema: 1\nevents:\n  - {what: a}\n", encoding="utf-8")


def bad_notes(folder: Path) -> None:
    for client in "ab":
        file = folder / "notes" / client / "x.yml"
        file.parent.mkdir(parents=True)
        file.write_text("schema: 1\nperiod: January\n", encoding="utf-8")


EVENT = "events.yml, line 3, events[1]: needs either 'on: 2026-03-01', or"
NOTE = "notes/{}/x.yml, line 2, period: period == 'January', must be"
NOTES = [NOTE.format(client) for client in "ab"]

BROKEN: list[tuple[list[Callable[[Path], None]], list[str]]] = [
    ([], []),
    ([break_clients], [CLIENTS]),
    ([break_workspace], [GRAIN]),
    ([break_rows], [ROWS]),
    ([break_plan], [PLAN]),
    ([unknown_member], [MEMBER]),
    ([unknown_member, break_rows], [ROWS]),  # what members there are is not known then
    ([lose_file], ["sales.csv: there is no such file."]),
    ([register_one], ["plans/b: no client has this key."]),
    ([break_workspace, break_clients, break_plan, newer_plan], [GRAIN, CLIENTS, OWN, PLAN]),
    ([break_rows, break_plan, newer_plan], [ROWS, PLAN, OWN]),
    ([bad_event, break_plan], [EVENT, PLAN]),
    ([bad_notes], NOTES),
    ([break_rows, break_plan, bad_notes], [ROWS, PLAN, *NOTES]),
]


@pytest.mark.parametrize(("breaks", "messages"), BROKEN, ids=range(len(BROKEN)))
def test_one_thing_that_is_wrong_does_not_hide_another(
    tmp_path: Path, breaks: list[Callable[[Path], None]], messages: list[str]
) -> None:
    """Each error once, though both clients have the plan in common; with its file, as seen from the workspace."""
    plans = {"default/1": plan(KPI), "b/1": plan(KPI)}
    shop(tmp_path, Sale("2024-01-02"), Sale("2024-01-03", client="b"), plans=plans)
    for each in breaks:
        each(tmp_path)
    found = check(tmp_path)
    assert found.ok == (not breaks)
    assert len(found.errors) == len(messages), found.errors
    assert all(error.startswith(message) for error, message in zip(found.errors, messages, strict=True)), found.errors
    number = f"{len(messages)} thing{'s are' if len(messages) > 1 else ' is'} wrong:\n  - "
    assert str(found).startswith(number if messages else "Nothing is wrong.")


def test_each_column_of_a_source_and_each_note_tells_its_first_error(tmp_path: Path) -> None:
    sales = [Sale("2024-01-02", "ten"), Sale("2 January"), Sale("2024-01-03", "eleven"), Sale("2024-01-04", client="c")]
    shop(tmp_path, *sales, plans={"default/1": plan(KPI)})
    folder = tmp_path / "notes/a"
    folder.mkdir(parents=True)
    for name, text in (("x", "period: January\n"), ("y", "period: 2024-01-02\non: 2024-13-01\n")):
        (folder / f"{name}.yml").write_text(f"schema: 1\n{text}", encoding="utf-8")
    found = check(tmp_path).errors
    assert [error.partition(": ")[0] for error in found] == [
        "sales.csv, row 2, column 'value', value 'ten'",
        "sales.csv, row 3, column 'day', value '2 January'",
        "sales.csv, row 5, column 'client', value 'c'",
        "notes/a/x.yml, line 2, period",
        "notes/a/y.yml, line 3, on",
    ]


def test_a_metric_that_is_called_nearly_so_is_named(tmp_path: Path) -> None:
    shop(tmp_path, Sale("2024-01-02"), plans={"default/1": plan(KPI)})
    change(tmp_path, "workspace.yml", "  orders: {", "  ordres: {")
    assert [error.partition(": ")[2] for error in check(tmp_path).errors] == [
        "needs the metric orders, which workspace.yml does not define. There is 'ordres': call it orders, or say "
        "'bind: {orders: ordres}'."
    ]


@pytest.mark.parametrize(("breaks", "code"), [([], 0), ([break_plan], 1)])
def test_the_exit_code_says_whether_anything_is_wrong(
    tmp_path: Path, breaks: list[Callable[[Path], None]], code: int
) -> None:
    shop(tmp_path, Sale("2024-01-02"), plans={"default/1": plan(KPI)})
    for each in breaks:
        each(tmp_path)
    assert CliRunner().invoke(main, ["check", str(tmp_path)]).exit_code == code


def test_a_plan_with_the_workspaces_own_indicator_is_not_wrong_where_something_else_is(tmp_path: Path) -> None:
    more = "indicators: {a.b: {label: B, description: C., formula: orders, unit: count, better: higher}}\n"
    plans = {"default/1": plan(pis="[a.b]")}
    shop(tmp_path, Sale("2024-01-02"), Sale("2024-01-03", client="b"), more=more, plans=plans)
    assert check(tmp_path).ok
    break_workspace(tmp_path)
    assert [error.partition(",")[0] for error in check(tmp_path).errors] == ["workspace.yml"]


def test_a_source_with_a_stranger_is_wrong_and_says_who_they_are(tmp_path: Path) -> None:
    rows = [Sale("2024-01-02", client=name) for name in ("a", "kiosk", "kiosk", "bar")]
    found = check(shop(tmp_path, *rows))
    assert found.errors == [
        "sales.csv, row 3, column 'client', value 'kiosk': is a client that is not registered. List it in clients.yml; "
        "under another key, with 'value'."
    ]
    assert "sales: Rows of clients that clients.yml does not list: bar (1), kiosk (2)." in str(found)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nowhere", r"there is no such folder\."),
        ("file", r"there is no such folder\."),
        ("empty", r"the folder holds no workspace\.yml; 'kpikit new' makes a first workspace\."),
    ],
)
@pytest.mark.parametrize("use", [kpikit.check, kpikit.open])
def test_what_is_no_workspace_is_misuse(tmp_path: Path, name: str, reason: str, use: Callable[[Path], object]) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match=f"^workspace '.*{name}': {reason}$"):
        use(tmp_path / name)


def test_a_period_that_is_none_is_misuse(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="period == '2024-13', must be"):
        check(shop(tmp_path, Sale("2024-01-02")), period="2024-13")


def test_sources_without_a_day_in_common_are_wrong(tmp_path: Path) -> None:
    text = (shop(tmp_path, Sale("2024-01-02")) / "workspace.yml").read_text(encoding="utf-8")
    source = re.findall(r"^  sales:\n(?:    .*\n)+", text, re.MULTILINE)[0]
    later = source.replace("sales", "later", 1).replace("2024-01-01..2024-01-10", "2025-01-01..2025-01-10")
    later = later.replace("sales.csv", "later.csv")
    metric = "  later_orders: {source: later, count: rows}\n"
    (tmp_path / "workspace.yml").write_text(text.replace(source, source + later) + metric, encoding="utf-8")
    header = (tmp_path / "sales.csv").read_text(encoding="utf-8").splitlines()[0]
    (tmp_path / "later.csv").write_text(header + "\n", encoding="utf-8")
    found = check(tmp_path)
    assert len(found.errors) == 1 and "source 'later' begins on 2025-01-01" in found.errors[0]
    assert "later: The file holds a header and no rows." in str(found)


# What is worth a look.

LOOK = [
    # events: 2 rows on the 2nd, none from the 3rd to the 10th, nor on the 1st
    ({}, [Sale("2024-01-02"), Sale("2024-01-02", client="b")],
     ["No rows, which counts as 0: 2024-01-01, 2024-01-03..2024-01-10."]),
    # Saturday and Sunday, 6 and 7 January, are closed: they are no gap, and cut none in two
    ({"open": WEEKDAYS}, [Sale(f"2024-01-{day:02}", client=key) for day in (1, 2, 3, 4, 9, 10) for key in "ab"],
     ["No rows, which counts as 0: 2024-01-05..2024-01-08."]),
    ({"open": WEEKDAYS},
     [Sale(f"2024-01-{day:02}", client=key) for day in range(1, 11) for key in "ab"],
     ["4 rows are of days that are not open."]),
    ({}, [Sale(f"2024-01-{day:02}", client=key) for day in range(1, 11) for key in "abb"],
     ["10 rows repeat another one."]),
    ({}, [Sale(f"2024-01-{day:02}") for day in range(1, 11)], ["No rows of b."]),
    ({}, [], ["The file holds a header and no rows."]),
    # snapshots: b has its first row on the 5th, and 3 of the 6 days from then on
    ({"kind": "snapshots"},
     [*(Sale(f"2024-01-{day:02}") for day in range(1, 11)),
      *(Sale(f"2024-01-{day:02}", client="b") for day in (5, 6, 9))],
     ["Clients that lack rows, and of how many days, weeks or months: b (3)."]),
    ({"kind": "snapshots"}, [Sale(f"2024-01-{day:02}", client=key) for day in (1, 2, 10) for key in "ab"],
     ["No rows: 2024-01-03..2024-01-09.",
      "Clients that lack rows, and of how many days, weeks or months: a (7), b (7)."]),
    ({}, [Sale(f"2024-01-{day:02}", client=key) for day in range(1, 11) for key in "ab"], []),
    # four weeks, in which nobody sold on a Sunday (7, 14, 21, 28), nor on the 10th
    ({"covers": "2024-01-01..2024-01-28"},
     [Sale(f"2024-01-{day:02}", client=key) for day in range(1, 29) if day % 7 and day != 10 for key in "ab"],
     ["Never a row on sun. Closed then? Say so under the source's `open`.",
      "No rows, which counts as 0: 2024-01-10."]),
]  # fmt: skip


@pytest.mark.parametrize(("options", "rows", "texts"), LOOK, ids=range(len(LOOK)))
def test_what_is_worth_a_look_is_told_and_not_wrong(
    tmp_path: Path, options: dict[str, Any], rows: list[Sale], texts: list[str]
) -> None:
    found = check(shop(tmp_path, *rows, **options))
    assert found.ok
    assert re.findall("^sales: (.*)$", str(found), re.MULTILINE) == texts


def test_what_is_old_is_told(tmp_path: Path) -> None:
    found = check(shop(tmp_path, Sale("2024-01-02")), as_of="2024-01-31")
    assert found.document()["sources"][0]["days_old"] == 21  # covered up to the 10th
    assert found.document()["clients"][0]["period"] == "2024-01-10"


def test_metrics_that_no_indicator_uses_are_named(tmp_path: Path) -> None:
    change(shop(tmp_path, Sale("2024-01-02")), "workspace.yml", "  revenue:", "  revnue:")
    assert "Metrics that no indicator uses: revnue." in str(check(tmp_path))


# Plans.


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


# Where settings come from.


def settings(found: Check) -> dict[tuple[str, str | None], tuple[str, str]]:
    return {(each.name, each.client): (each.value, each.origin) for each in found.settings}


def test_each_setting_says_where_it_comes_from(tmp_path: Path) -> None:
    plans = {"default/1": plan(), "b/1": "extends: default/1\nreview: quarterly\n" + plan()}
    folder = shop(tmp_path, Sale("2024-01-02"), plans=plans)
    change(folder, "workspace.yml", "name: Sample", "name: Sample\nlanguage: nb")
    change(folder, "clients.yml", "a: {label: Client A}", "a: {label: Client A, language: da}")
    found = settings(check(folder))
    expected = {
        ("grain", None): ("day", "workspace"),
        ("comparisons", None): ("same_period_last_year, previous_period", "workspace"),
        ("as_of", None): ("2024-01-10", "default"),
        ("language", "a"): ("da", "client"),
        ("language", "b"): ("nb", "workspace"),
        ("label", "a"): ("Client A", "client"),
        ("value", "b"): ("b", "default"),
        ("fiscal_year.first_month", "a"): ("1", "register"),
        ("fiscal_year.named_by", "b"): ("start", "default"),
        ("period", "a"): ("2024-01-10", "default"),
        ("period", "b"): ("2024-01-10", "default"),
        ("plan", "a"): ("plans/default/1.yml", "default"),
        ("plan", "b"): ("plans/b/1.yml", "client"),
        ("review", "a"): ("half-yearly", "default"),
        ("review", "b"): ("quarterly", "plan"),
        ("smallest_group", None): ("5", "default"),
        ("bind", None): ("–", "default"),
        ("personal_key.environment", None): ("–", "default"),
        ("sources.sales.on_bad_rows", None): ("refuse", "default"),
        ("sources.sales.open", None): ("mon, tue, wed, thu, fri, sat, sun", "workspace"),
        ("sources.sales.dialect.encoding", None): ("utf-8", "default"),
        ("sources.sales.columns.value.missing", None): ("–", "workspace"),
        ("filters.order.where.cancelled", None): ("false", "workspace"),
        ("metrics.revenue.currency", None): ("GBP", "workspace"),
        ("metrics.revenue.persons", None): ("false", "default"),
    }
    assert {key: found[key] for key in expected} == expected


def test_settings_that_are_written_are_told_as_written(tmp_path: Path) -> None:
    folder = shop(tmp_path, Sale("2024-01-02"))
    change(folder, "workspace.yml", "    format: csv", "    format: csv\n    on_bad_rows: quarantine")
    more = "smallest_group: 8\npersonal_key: {environment: KEY}\n"
    more += "bind: {conversions: orders, email: {email_revenue: revenue}}\n"
    with (folder / "workspace.yml").open("a", encoding="utf-8") as file:
        file.write(more)
    found = settings(check(folder))
    assert found["smallest_group", None] == ("8", "workspace")
    assert found["personal_key.environment", None] == ("KEY", "workspace")
    assert (found["bind.conversions", None], found["bind.email.email_revenue", None]) == (
        ("orders", "workspace"),
        ("revenue", "workspace"),
    )
    assert ("bind", None) not in found
    assert found["sources.sales.on_bad_rows", None] == ("quarantine", "workspace")
    assert found["sources.sales.bad_rows_at_most", None] == ("0.05", "default")


def test_flags_and_the_registers_defaults_win_over_the_workspace(tmp_path: Path) -> None:
    folder = shop(tmp_path, Sale("2024-01-02"))
    change(folder, "clients.yml", "{fiscal_year: {first_month: 1}}", "{language: da}")
    assert settings(check(folder))["language", "a"] == ("da", "register")
    assert settings(check(folder))["fiscal_year.first_month", "a"] == ("1", "default")
    asked = settings(check(folder, period="2024-01-03", as_of="2024-01-05", language="nb"))
    assert asked["language", "a"] == ("nb", "flag")
    assert asked["period", "a"] == ("2024-01-03", "flag")
    assert asked["as_of", None] == ("2024-01-05", "flag")
    assert {origin for _, origin in asked.values()} <= set(ORIGINS)


def test_the_table_of_settings_puts_equal_ones_together(tmp_path: Path) -> None:
    kpikit.new(tmp_path / "coffee")
    shown = CliRunner().invoke(main, ["check", str(tmp_path / "coffee"), "--explain"]).output
    lines = [re.split("  +", line.strip()) for line in shown.partition("SETTINGS\n")[2].splitlines()]
    assert ["language", "en", "all, in workspace.yml", "all clients (2)"] in lines
    assert ["grain", "month", "default", "all"] in lines
    shown = str(check(kpikit.samples() / "shop").explanation())
    assert re.search("label +43 values +the client's own +", shown)


# The JSON.

TEXT = (Path(check_document.__file__).parent / "CHECK.md").read_text(encoding="utf-8")
PLACES = {"Error": "errors", "Source": "sources", "Client": "clients", "Finding": "findings", "Setting": "settings"}


def fields() -> dict[str, set[str]]:
    """The fields that the page describes, by the list in which their objects stand; "" for the whole."""
    found: dict[str, set[str]] = {}
    place = ""
    for line in TEXT.splitlines():
        if line.startswith("## "):
            place = PLACES[line.removeprefix("## ")]
        elif line.startswith("| `"):
            found.setdefault(place, set()).update(re.findall("`(\\w+)`", line.split("|")[1]))
    return found


def test_the_json_has_the_fields_that_its_page_describes(tmp_path: Path) -> None:
    folder = shop(tmp_path, Sale("2024-01-02"), plans={"a/1": plan(KPI), "b/1": plan("{}")})
    shown = CliRunner().invoke(main, ["check", str(folder), "--json", "--explain"])
    document = json.loads(shown.output)
    assert shown.exit_code == 1 and document["schema"] == check_document.SCHEMA == 1
    assert (document["ok"], document["as_of"], document["indicators"][0]) == (False, "2024-01-10", "sales.revenue")
    assert document["errors"][0]["file"] == "plans/b/1.yml" and document["errors"][0]["line"] == 8
    found = {"": set(document), "findings": set[str]()}
    fine = check(shop(tmp_path / "fine", Sale("2024-01-02"), plans={"a/1": plan(KPI)})).document()
    for each in ("errors", "sources", "clients", "settings"):
        found[each] = {name for entry in [*document[each], *fine[each]] for name in entry}
    found["findings"] = {name for client in fine["clients"] for entry in client["findings"] for name in entry}
    assert found == fields()


def test_what_an_indicator_lacks_is_told(tmp_path: Path) -> None:
    kpikit.new(tmp_path / "coffee")
    document = kpikit.check(tmp_path / "coffee").document()
    assert document["lacking"]["customers.average_spend_per_customer"] == ["known_revenue", "customers"]
    assert not document["lacking"].keys() & set(document["indicators"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_each_language_and_shows_the_same_in_a_notebook(tmp_path: Path, language: str) -> None:
    folder = shop(tmp_path, Sale("2024-01-02"), Sale("2024-01-02"), plans={"default/1": plan(KPI)})
    found = check(folder, language=language)
    words = {"en": "No rows of b.", "da": "Ingen rækker for b.", "nb": "Ingen rader for b."}
    assert words[language] in str(found) and words[language] in found._repr_html_()
    assert "<table>" in found._repr_html_() and str(tmp_path) not in found._repr_html_()
