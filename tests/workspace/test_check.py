"""The check: all that is wrong at once, and what is worth a look."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import kpikit
from kpikit.cli import main
from kpikit.words.errors import UsageError
from kpikit.workspace.check import check
from tests.workspace.checked import KPI, change, shop
from tests.workspaces import WEEKDAYS, Sale, plan


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
MEMBER = "plans/default/1.yml, line 8, sales.orders, channel: channel == 'post', must be one of phone, web."
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


MAIL = """  mail:
    {file: mail.csv, format: csv, kind: events, every: day, covers: 2024-01-01..2024-01-10, client: hvem, time: dato,
     columns: {dato: {type: date, format: "%Q"}, hvem: text, antal: integer}}
"""


def test_a_metric_of_a_source_that_is_wrong_is_not_read_as_if_it_were_of_another_one(tmp_path: Path) -> None:
    """It has columns of its own, which the first source lacks."""
    shop(tmp_path, Sale("2024-01-02"))
    change(tmp_path, "workspace.yml", "dimensions:", f"{MAIL}dimensions:")
    more = "  sent: {source: mail, sum: antal, unit: count}\n  twice: {source: mail, sum: antal * 2, unit: count}\n"
    change(tmp_path, "workspace.yml", "metrics:\n", f"metrics:\n{more}")
    (error,) = check(tmp_path).errors
    assert "sources.mail.columns.dato.format: '%Q' has '%Q'" in error


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
        "needs the metric orders, which workspace.yml does not define. If 'ordres' is meant, call it orders, or say "
        "'bind: {orders: ordres}'."
    ]


@pytest.mark.parametrize(
    ("name", "unit", "told"),
    [
        ("ad_cost", "money, currency: GBP", " If 'ad_cost' is meant, call it marketing_cost, or say"),
        ("marketing_count", "count", ""),  # no amount of money, however alike its name is
    ],
)
def test_only_a_metric_of_the_same_unit_may_be_meant(tmp_path: Path, name: str, unit: str, told: str) -> None:
    shop(tmp_path, Sale("2024-01-02"), plans={"default/1": plan("{indicator: marketing.cost, cadence: month}")})
    with (tmp_path / "workspace.yml").open("a", encoding="utf-8") as file:
        file.write(f"  {name}: {{source: sales, sum: value, unit: {unit}}}\n")
    (error,) = check(tmp_path).errors
    reason, _, meant = error.partition("which workspace.yml does not define.")
    assert reason.endswith("needs the metric marketing_cost, ") and meant.startswith(told) and bool(meant) == bool(told)


def test_a_workspace_that_cannot_be_opened_is_checked_in_its_language(tmp_path: Path) -> None:
    kpikit.new(tmp_path / "kaffe", language="da")
    change(tmp_path / "kaffe", "workspace.yml", "every: day", "every: dag")
    assert str(check(tmp_path / "kaffe")).startswith("1 fejl:")
    change(tmp_path / "kaffe", "workspace.yml", "language: da", "language: dk")
    assert str(check(tmp_path / "kaffe")).startswith("2 things are wrong:")


@pytest.mark.parametrize(("breaks", "code"), [([], 0), ([break_plan], 1)])
def test_the_exit_code_says_whether_anything_is_wrong(
    tmp_path: Path, breaks: list[Callable[[Path], None]], code: int
) -> None:
    shop(tmp_path, Sale("2024-01-02"), plans={"default/1": plan(KPI)})
    for each in breaks:
        each(tmp_path)
    assert CliRunner().invoke(main, ["check", str(tmp_path)]).exit_code == code


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("grain: day", "grain: fortnight"),
        ("indicators:", "indicatrs:"),
        ("{a.b: {label: B,", "{a.b: {label: [B,"),
        ("indicators: {", "indicators: 'is no mapping' #"),
    ],
)
def test_a_plan_with_the_workspaces_own_indicator_is_not_wrong_where_something_else_is(
    tmp_path: Path, old: str, new: str
) -> None:
    more = "indicators: {a.b: {label: B, description: C., formula: orders, unit: count, better: higher}}\n"
    plans = {"default/1": plan(pis="[a.b]")}
    shop(tmp_path, Sale("2024-01-02"), Sale("2024-01-03", client="b"), more=more, plans=plans)
    assert check(tmp_path).ok
    change(tmp_path, "workspace.yml", old, new)
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
     ["10 rows repeat another one, such as: sales.csv, row 4; sales.csv, row 7; sales.csv, row 10. "
      "Are these other events, as equal answers are? Say `same_rows: count` of the source."]),
    ({}, [Sale(f"2024-01-{day:02}") for day in range(1, 11)], ["No rows of b."]),
    ({}, [Sale(f"2024-01-{day:02}", "" if day < 3 else "5.00", client=key) for day in range(1, 11) for key in "ab"],
     ["4 rows have no value in 'value': they add nothing to 'revenue', and their other figures count. If they are not "
      "known, don't declare them as `missing`, and leave out such rows: `on_bad_rows: quarantine`."]),
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
     ["Rows on some weekdays alone. Closed on the others? Then say `open: [mon, tue, wed, thu, fri, sat]` of the "
      "source.",
      "No rows, which counts as 0: 2024-01-10."]),
    # from the 1st to the 20th of January each day, and none to the 31st: 1/21 to the power of 11
    ({"covers": "2024-01-01..2024-01-31"},
     [Sale(f"2024-01-{day:02}", client=key) for day in range(1, 21) for key in "ab"],
     ["The last row is of 2024-01-20, and `covers` goes on to 2024-01-31: what lies between counts as 0. If it is not "
      "delivered yet, end `covers` on 2024-01-20."]),
    ({"covers": "2024-01-01..2024-01-31"},
     [Sale(f"2024-01-{day:02}", client=key) for key, last in (("a", 31), ("b", 20)) for day in range(1, last + 1)],
     ["Without rows since, which counts as 0: b (2024-01-20). If they are to have none any more, say so under the "
      "client's `active`."]),
]  # fmt: skip


ADS = """\
  ads: {{file: ads.csv, format: csv, kind: events, every: day, covers: {covers}, client: client, time: day,
    columns: {{client: text, day: date, cost: {{type: decimal, scale: 2}}}}}}
"""
TOGETHER = "marketing.blended_cost_per_acquisition, marketing.efficiency_ratio: "


@pytest.mark.parametrize(
    ("covers", "clients", "expected"),
    [
        ("2024-01-01..2024-01-10", "ab", []),
        ("2024-01-01..2024-01-10", "a", ["of b, not all of sales, ads have rows; none count as 0."]),
        (
            "2024-01-05..2024-01-31",
            "ab",
            ["no value outside of 2024-01-05..2024-01-10, which all of sales, ads cover."],
        ),
        ("2024-02-01..2024-02-10", "ab", ["no value at all, as sales, ads have no day in common."]),
    ],
)
def test_indicators_of_sources_that_do_not_belong_together(
    tmp_path: Path, covers: str, clients: str, expected: list[str]
) -> None:
    shop(tmp_path, Sale("2024-01-06"), Sale("2024-01-06", client="b"))
    top = tmp_path / "workspace.yml"
    text = top.read_text(encoding="utf-8").replace("dimensions:\n", ADS.format(covers=covers) + "dimensions:\n", 1)
    text += "  marketing_cost: {source: ads, sum: cost, unit: money, currency: GBP}\n"
    top.write_text(text, encoding="utf-8")
    day = covers.partition("..")[0]
    lines = ["client,day,cost", *(f"{key},{day},1.00" for key in clients)]
    (tmp_path / "ads.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = check(tmp_path)
    told = [line for line in str(found).splitlines() if line.startswith("marketing.")]
    assert told == [TOGETHER + text for text in expected]
    assert len(found.document()["across_sources"]) == len(expected)


def test_a_totals_row_that_the_rows_do_not_add_up_to(tmp_path: Path) -> None:
    """5 and 2.50 are 7.50, and the totals row says 10: in the document and in words."""
    shop(tmp_path, Sale("2024-01-02", "5.00"), Sale("2024-01-03", "2.50"))
    top = tmp_path / "workspace.yml"
    text = top.read_text(encoding="utf-8").replace(
        "    kind: events\n", "    kind: events\n    dialect: {totals: {client: [All]}}\n"
    )
    top.write_text(text, encoding="utf-8")
    with (tmp_path / "sales.csv").open("a", encoding="utf-8") as file:
        file.write("All,,,,10.00,false\n")
    found = check(tmp_path, language="da")
    off = {"file": "sales.csv", "row": 4, "column": "value", "said": "10", "found": "7.5"}
    assert found.document()["sources"][0]["totals_that_differ"] == [off]  # type: ignore[index]
    assert "sales.csv, række 4, kolonnen 'value': totalrækken siger 10, og rækkerne giver 7,5 tilsammen." in str(found)


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
    assert "Metrics that no indicator uses: revnue (did you mean revenue?)." in str(check(tmp_path))
