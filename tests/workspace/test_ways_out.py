"""Mistakes of people who are new, each told with what to write instead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

import kpikit
from kpikit.cli import main
from kpikit.workspace.check import check
from tests.workspace.checked import change

TOP = """\
schema: 1
name: Butikker
language: {language}
sources:
  salg:
    file: sources/salg.csv
    format: csv
    dialect: {{delimiter: ";"}}
    kind: aggregates
    every: day
    covers: 2025-01-01..2025-12-31
    client: butik
    time: dato
    columns:
      dato: {{type: date, format: "%d-%m-%Y", header: Dato}}
      butik: text
      antal_ordrer: {{type: integer, header: Antal ordrer}}
      besøgende: integer
metrics:
  orders: {{source: salg, sum: antal_ordrer, unit: count}}
"""
FIRST = date(2025, 1, 1)


def rows(form: str, days: list[date], client: str = "Århus") -> str:
    lines = [f"{day:{form}};{client};{number};{number}" for number, day in enumerate(days, 1)]
    return "\n".join(["Dato;butik;Antal ordrer;besøgende", *lines, ""])


def shops(folder: Path, text: str, language: str = "en") -> Path:
    (folder / "sources").mkdir()
    (folder / "workspace.yml").write_text(TOP.format(language=language), encoding="utf-8")
    clients = "schema: 1\nclients:\n  aarhus: {label: Aarhus, value: Århus}\n"
    (folder / "clients.yml").write_text(clients, encoding="utf-8")
    (folder / "sources" / "salg.csv").write_text(text, encoding="utf-8")
    return folder


DAYS = [FIRST + timedelta(number) for number in range(40)]
LOW = [date(2025, month, day) for month in range(1, 13) for day in (3, 9)]
TIMELY = rows("%d-%m-%Y", DAYS)
ONE = "sources/salg.csv, "
CASES: list[tuple[str, Callable[[Path], None], str]] = [
    (
        rows("%m-%d-%Y", DAYS),
        lambda folder: None,
        ONE + "row 14, column 'Dato', value '01-13-2025': does not exist in the calendar. All values of the column fit "
        "'%m-%d-%Y': declare that as its `format:`.",
    ),
    (
        rows("%d-%m-%Y", DAYS, "Aarhus "),
        lambda folder: None,
        ONE + "row 2, column 'butik', value 'Aarhus ': is a client that is not registered. It is spelled otherwise "
        "than 'Århus', which is. If the file always calls it so, write `value: \"Aarhus \"` under that client in "
        "clients.yml; if it has both, correct the file, or say `accounts: NAME` of the source, and list both under the "
        "client's `accounts`.",
    ),
    (
        TIMELY,
        lambda folder: change(folder, "workspace.yml", "salg.csv", "sagl.csv"),
        "sources/sagl.csv: there is no such file. It is declared in workspace.yml, line 6, sources.salg.file. Did you "
        "mean 'salg.csv'?",
    ),
    (
        TIMELY,
        lambda folder: change(folder, "workspace.yml", "salg.csv", "2025.xlsx"),
        "sources/2025.xlsx: there is no such file. It is declared in workspace.yml, line 6, sources.salg.file. Its "
        "folder has salg.csv.",
    ),
    (
        TIMELY,
        lambda folder: change(folder, "workspace.yml", "sum: antal_ordrer", "sum: Antal ordrer"),
        "workspace.yml, line 20, metrics.orders.sum: column == 'Antal ordrer', must be one of dato, butik, "
        "antal_ordrer, besøgende. Did you mean 'antal_ordrer'?",
    ),
    (
        TIMELY,
        lambda folder: change(folder, "workspace.yml", '{delimiter: ";"}', '{delimiter: ";", totals: I alt}'),
        "workspace.yml, line 8, sources.salg.dialect.totals: must say in which column of the file a totals row is told "
        "by what, as 'totals: {Dato: [I alt]}'.",
    ),
    (
        TIMELY,
        lambda folder: change(folder, "workspace.yml", "    covers: 2025-01-01..2025-12-31\n", ""),
        "workspace.yml, line 6, sources.salg.covers: is required. Write it as 'covers: 2026-01-01..2026-01-31'.",
    ),
]


@pytest.mark.parametrize(("text", "mistake", "told"), CASES, ids=range(len(CASES)))
def test_a_mistake_is_told_with_its_way_out(
    tmp_path: Path, text: str, mistake: Callable[[Path], None], told: str
) -> None:
    mistake(shops(tmp_path, text))
    assert check(tmp_path).errors == [told]


def test_each_bad_cell_of_a_row_is_told_and_kept(tmp_path: Path) -> None:
    shops(tmp_path, TIMELY + "10-02-2025;Århus;mange;få\n")
    assert [error.partition(": ")[0] for error in check(tmp_path).errors] == [
        f"{ONE}row 42, column 'Antal ordrer', value 'mange'", f"{ONE}row 42, column 'besøgende', value 'få'",
    ]  # fmt: skip
    change(tmp_path, "workspace.yml", "    kind:", "    on_bad_rows: quarantine\n    kind:")
    assert check(tmp_path).ok
    kept = (tmp_path / "quarantine" / "salg.csv").read_text(encoding="utf-8")
    assert '42,"Antal ordrer, besøgende","Antal ordrer: is not a number.' in kept and "besøgende: is not" in kept


ORDER = "by '%m-%d-%Y' they are in order. If day and month are written so, declare that as the `format` of 'dato'."
PERSONS = "Metric 'visits' adds up 'besøgende' of several days; persons who came on two of them are counted twice."


@pytest.mark.parametrize(
    ("text", "metric", "told", "silent"),
    [
        (rows("%m-%d-%Y", LOW), "", ORDER, PERSONS),
        (rows("%d-%m-%Y", LOW), "", "", ORDER),
        (TIMELY, "  visits: {source: salg, sum: besøgende, unit: count}\n", PERSONS, ORDER),
        (TIMELY, "  visits: {source: salg, mean: besøgende, unit: ratio}\n", "", PERSONS),
    ],
    ids=["other order", "declared order", "persons added up", "persons on average"],
)
def test_what_can_be_read_and_is_suspicious(tmp_path: Path, text: str, metric: str, told: str, silent: str) -> None:
    shops(tmp_path, text)
    with (tmp_path / "workspace.yml").open("a", encoding="utf-8") as file:
        file.write(metric)
    found = check(tmp_path)
    assert found.ok and told in str(found) and silent not in str(found)


def test_a_note_on_a_period_without_figures_is_named(tmp_path: Path) -> None:
    shops(tmp_path, TIMELY)
    client = kpikit.open(tmp_path).client("aarhus")
    client.note("Open.", "2025-02", on="2025-03-01")
    file = tmp_path / "notes" / "aarhus" / "old.yml"
    file.write_text("schema: 1\nperiod: 2019-01\non: 2019-02-01\ntext: Old.\n", encoding="utf-8")
    assert "Notes on periods without figures, which no report shows: aarhus (2019-01)." in str(check(tmp_path))


def test_errors_are_in_the_language_of_the_workspace_or_the_one_asked_for(tmp_path: Path) -> None:
    change(shops(tmp_path, TIMELY, "da"), "workspace.yml", "every: day", "every: dag")
    place = "workspace.yml, {}, sources.salg.every: every == 'dag', {} day, week, month, span. Mente du 'day'?"
    assert check(tmp_path).errors == [place.format("linje 10", "skal være en af")]
    assert check(tmp_path, language="nb").errors == [place.format("linje 10", "må være en av")]
    told = CliRunner().invoke(main, ["triage", str(tmp_path)]).output
    assert told.startswith("Fejl: ") and "skal være en af" in told
    (tmp_path / "empty").mkdir()
    told = CliRunner().invoke(main, ["check", str(tmp_path / "empty"), "--language", "nb"]).output
    assert "mappen inneholder ingen workspace.yml" in told


def test_an_indicator_under_another_domain_is_named() -> None:
    told = CliRunner().invoke(main, ["catalogue", "sales.conversion_rate"]).output
    assert "Write 'web.conversion_rate'." in told
