"""The triage of a workspace: in words, as JSON, on the portfolio's page, and with a client whose plan is broken."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

import kpikit
from kpikit.cli import main
from kpikit.evaluation.triage import Item
from tests.workspaces import Sale, Shop, each_day, plan

KEEP = "{indicator: sales.orders, cadence: month, target: {kind: keep, value: 10}}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Client a falls from 20 or 22 orders a month to 9 in December 2024; b does not."""
    found = []
    for client, last in (("a", 9), ("b", 21)):
        for month in range(1, 13):
            number = last if month == 12 else 20 + month % 2 * 2
            found += [Sale(str(date(2024, month, 1) + timedelta(days=at)), client=client) for at in range(number)]
    return Shop(sales=found, plans={"default/1": plan(KEEP)}).at(tmp_path).folder


def test_who_needs_a_call(folder: Path) -> None:
    shown = str(kpikit.open(folder).triage("2024-12"))
    assert shown.splitlines()[0] == "1 of 2 clients need a call today. Seen from 31 December 2024."
    assert kpikit.open(folder).triage("2024-12").document()["as_of"] == "2024-12-31"
    (line,) = [line for line in shown.splitlines() if line.startswith("Client A  ")]
    assert "worse than usual: outside its natural limits, since December 2024" in line
    assert line.endswith("; sales has no rows after 9 December 2024, which may be late")
    assert "Reviews due: 2" in shown
    assert str(kpikit.open(folder).portfolio("2024-12").triage()) == shown


@pytest.mark.parametrize(("clients", "words"), [(1, "0 of 1 client needs a call today."), (2, "0 of 2 clients need")])
def test_one_client_needs_and_two_need(folder: Path, clients: int, words: str) -> None:
    view = kpikit.open(folder).triage("2024-12")
    none = replace(view, found=replace(view.found, alarms=(), items=(), clients=clients))
    assert str(none).startswith(words)
    alone = str(replace(view, found=replace(view.found, alarms=(), items=(), tested=1)))
    assert "One KPI was held against its own history, which explains it." in alone


def test_a_sum_stands_beside_the_target_that_it_missed_and_not_the_last_month(folder: Path) -> None:
    year = KEEP.replace("kind: keep, value: 10", "kind: cumulative, value: 300, over: 2024")
    (folder / "plans" / "default" / "1.yml").write_text(plan(year), encoding="utf-8")
    view = kpikit.open(folder).triage("2024-12")
    lines = [line.split("  ") for line in str(view).splitlines() if "missed on" in line]
    told = [[cell.strip() for cell in line if cell.strip()] for line in lines]
    # 6 x 22 in odd months and 5 x 20 in even ones, and 9 (a) or 21 (b) in December: 241 and 253
    assert [(cells[0], cells[2], cells[3]) for cells in told] == [
        ("Client A", "241 (2024)", "target ≥ 300 missed on 31 December 2024: 59 below target"),
        ("Client B", "253 (2024)", "target ≥ 300 missed on 31 December 2024: 47 below target"),
    ]
    assert [(item["kind"], item["value"], item["gap"]) for item in view.document()["items"][:1]] == [  # type: ignore[index]
        ("target_over", 241, -59)
    ]


def test_a_source_of_other_figures_is_not_named_beside_an_alarm(folder: Path) -> None:
    view = kpikit.open(folder).triage("2024-12")
    others = (*(replace(item, what="visits") for item in view.found.items), Item("b", "ended", what="sales"))
    assert "may be late" not in str(replace(view, found=replace(view.found, items=others)))


def test_as_json(folder: Path) -> None:
    result = CliRunner().invoke(main, ["triage", str(folder), "--period", "2024-12", "--json"])
    found = json.loads(result.output)
    assert (found["schema"], found["clients"], found["tested"], found["to_call"]) == (1, 2, 2, ["a"])
    (alarm,) = found["alarms"]
    assert (alarm["kpi"], alarm["value"], alarm["since"], alarm["new"]) == ("sales.orders", 9, "2024-12", True)
    assert [(item["client"], item["kind"], item["day"]) for item in found["items"]] == [
        ("a", "ended", "2024-12-09"),
        ("a", "review_due", "2024-07-01"),
        ("b", "review_due", "2024-07-01"),
    ]


@pytest.mark.parametrize(
    ("language", "alarms", "words"),
    [
        ("en", 1, "1 is worse than it explains. Of such alarms at most a tenth is expected to be false."),
        ("en", 0, "0 are worse than it explains."),
        (
            "da",
            1,
            "1 er dårligere, end historikken kan forklare. "
            "Af den slags alarmer ventes højst en tiendedel at være falske.",
        ),
        ("nb", 0, "0 er dårligere enn historikken kan forklare."),
    ],
)
def test_how_many_alarms_are_false_is_said_where_there_are_any(
    folder: Path, language: str, alarms: int, words: str
) -> None:
    view = kpikit.open(folder).triage("2024-12", language=language)
    view = replace(view, found=replace(view.found, alarms=view.found.alarms[:alarms]))
    assert str(view).splitlines()[1].endswith(f": {words}")


def test_what_is_due_longest_comes_first(folder: Path) -> None:
    view = kpikit.open(folder).triage("2024-12")
    items = (Item("a", "review_due", day=date(2024, 7, 1)), Item("b", "review_due", day=date(2024, 1, 1)))
    lines = str(replace(view, found=replace(view.found, items=items))).splitlines()
    assert lines[-2:] == ["  Client B · 1 January 2024", "  Client A · 1 July 2024"]


@pytest.mark.parametrize(("clients", "listed", "more"), [(12, 12, ""), (13, 12, "1"), (1012, 12, "1.000")])
def test_of_many_clients_a_terminal_lists_a_dozen_and_the_others_are_in_the_json(
    folder: Path, clients: int, listed: int, more: str
) -> None:
    """Whom to call stays complete, on a page all is."""
    view = kpikit.open(folder).triage("2024-12", language="da")
    due = replace(view.found, items=tuple(Item("b", "review_due", day=date(2024, 7, 1)) for _ in range(clients)))
    many = replace(view, found=due)
    lines = [line for line in str(many).splitlines() if line.startswith("  Client B")]
    told = [line.strip() for line in str(many).splitlines() if "--json" in line]
    assert (len(lines), told) == (listed, [f"og {more} til; alle står i kpikit triage --json"] if more else [])
    assert many.shown().html.count("<li>") == clients == len(many.document()["items"])  # type: ignore[arg-type]
    assert "Client A  " in str(many)


@pytest.mark.parametrize(
    ("today", "behind", "reviews"),
    [
        ("2024-12-31", [], 2),
        ("2025-01-30", [], 2),  # December is the last month that is over
        ("2025-01-31", [("sales", date(2024, 12, 31))], 2),  # and now January, of which there is nothing
        ("2024-06-15", [], 0),  # reviews are due on 1 July
    ],
)
def test_on_a_later_day_than_the_last_figures(
    folder: Path, today: str, behind: list[tuple[str, date]], reviews: int
) -> None:
    found = kpikit.open(folder).triage(as_of=today).found
    assert [(each.what, each.day, each.client) for each in found.items if each.kind == "behind"] == [
        (*each, "") for each in behind
    ]
    assert sum(each.kind == "review_due" for each in found.items) == reviews
    result = CliRunner().invoke(main, ["triage", str(folder), "--as-of", today])
    assert result.exit_code == 0 and ("sales · 31 December 2024" in result.output) == bool(behind)


def test_a_client_whose_plan_is_broken_stops_no_other(folder: Path) -> None:
    (folder / "plans" / "b").mkdir()
    (folder / "plans" / "b" / "1.yml").write_text("schema: 1\n", encoding="utf-8")
    found = kpikit.open(folder).triage("2024-12").found
    assert (found.clients, found.to_call) == (2, ("a",))
    assert [(item.client, item.kind) for item in found.items] == [
        ("b", "unreadable"),
        ("a", "ended"),
        ("a", "review_due"),
    ]
    assert "in_force_from: is required" in found.items[0].what


def test_where_nobody_has_a_plan_no_history_is_called_too_short(tmp_path: Path) -> None:
    Shop([Sale("2024-01-10")]).at(tmp_path)
    lines = str(kpikit.open(tmp_path).triage("2024-02")).splitlines()
    assert lines[:2] == [
        "0 of 2 clients need a call today. Seen from 31 December 2024.",
        "No client has a plan, and what is no KPI is not looked at here.",
    ]


def test_of_a_period_that_runs_no_history_is_called_too_short(tmp_path: Path) -> None:
    """Fourteen months of sales each day, and half of the fifteenth, of two clients: 11 whole months and more."""
    shop = Shop(each_day("2024-01-01", "2025-03-15"), covers="2024-01-01..2025-03-15", plans={"default/1": plan(KEEP)})
    workspace = shop.at(tmp_path).folder
    runs = kpikit.open(workspace).triage("2025-03")
    assert (runs.found.tested, runs.found.early) == (0, 2)
    assert str(runs).splitlines()[1] == (
        "No KPI has a whole figure of this period that could be held against its history."
    )
    young = kpikit.open(workspace).triage("2024-06")
    assert (young.found.tested, young.found.early) == (0, 0)
    assert str(young).splitlines()[1].startswith("No KPI has a history that is long enough")


def test_how_likely_a_target_behind_is_stands_beside_it(tmp_path: Path) -> None:
    """A sale a day, in two years with 366 and 365 days: 900 in a third one are out of reach, and 181 by June behind."""
    year = KEEP.replace("kind: keep, value: 10", "kind: cumulative, value: 900, over: 2025")
    sold = each_day("2023-01-01", "2025-06-30")
    shop = Shop(sold, covers="2023-01-01..2025-06-30", plans={"default/1": plan(year)})
    view = kpikit.open(shop.at(tmp_path).folder).triage("2025-06")
    (line,) = [line for line in str(view).splitlines() if "Client A" in line and "behind where" in line]
    assert "under 5% likely" in line
    (item,) = [each for each in view.document()["items"] if (each["client"], each["kind"]) == ("a", "at_risk")]  # type: ignore[index, attr-defined]
    assert 0 <= item["probability"] < 0.05
