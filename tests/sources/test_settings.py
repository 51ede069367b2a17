"""The sources of workspace.yml: what is read of their declarations."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kpikit.sources.clients import read_clients
from kpikit.sources.declarations import TIME, Column, Dialect, Source
from kpikit.sources.settings import read_sources
from kpikit.sources.strict import read
from kpikit.words.periods import Window
from tests.sources.declared import SOURCE, sources

SAMPLES = Path(__file__).resolve().parents[2] / "data"


def test_a_source_with_nothing_but_what_is_required(tmp_path: Path) -> None:
    assert sources(tmp_path, SOURCE) == {
        "orders": Source(
            name="orders",
            file=tmp_path.resolve() / "sources" / "orders.csv",
            format="csv",
            dialect=Dialect(delimiter=",", quote='"', decimal=".", thousands=None, encoding="utf-8"),
            columns=(Column("country", "text"), Column("day", "date")),
            client="country",
            time="day",
            every="day",
            kind="events",
            open=(0, 1, 2, 3, 4, 5, 6),
            covers=Window(date(2009, 12, 1), date(2011, 12, 10)),
            attribution=None,
        )
    }


def test_a_source_with_all_that_may_be_said(tmp_path: Path) -> None:
    text = SOURCE.replace("every: day", "every: day\n    open: [mon, sun]\n    attribution: The shop").replace(
        "      day: date\n",
        """\
      day: {type: timestamp, format: "%d-%m-%Y %H:%M"}
      value: {type: decimal, scale: 2, fixed: true, missing: ["", NO, 0]}
      empty: {type: text}
      share: {type: percent, header: Share (%), scale: 1, fixed: true}
      time: {type: duration, format: mm:ss}
      cost: {type: decimal, scale: 2, symbol: kr.}
      start: {type: date, format: "%d.%m.%y", century_from: 1970}
      channel: {type: text, constant: E-mail}
    dialect: {delimiter: ;, quote: "'", decimal: ",", thousands: ".", encoding: windows-1252}
""",
    )
    source = sources(tmp_path, text)["orders"]
    assert source.columns[1:] == (
        Column("day", "timestamp", format="%d-%m-%Y %H:%M"),
        Column("value", "decimal", scale=2, fixed=True, missing=("", "NO", "0")),
        Column("empty", "text"),
        Column("share", "percent", scale=1, fixed=True, header="Share (%)"),
        Column("time", "duration", format="mm:ss"),
        Column("cost", "decimal", scale=2, symbol="kr."),
        Column("start", "date", format="%d.%m.%y", century_from=1970),
        Column("channel", "text", constant="E-mail"),
    )
    assert [column.in_file for column in source.read[3:]] == ["empty", "Share (%)", "time", "cost", "start"]
    assert source.dialect == Dialect(";", "'", ",", ".", "windows-1252", marks_declared=True)
    assert (source.open, source.attribution) == ((0, 6), "The shop")
    assert source.column("value") == source.columns[2]
    assert source.column("Value") is None


@pytest.mark.parametrize(
    ("dialect", "expected"),
    [
        (r"{delimiter: \t}", Dialect(delimiter="\t")),
        (r'{delimiter: "\t"}', Dialect(delimiter="\t")),
        ("{delimiter: '|'}", Dialect(delimiter="|")),
        ('{thousands: " "}', Dialect(thousands=" ", marks_declared=True)),
        (
            r'{thousands: "\u00a0", decimal: ","}',
            Dialect(thousands="\N{NO-BREAK SPACE}", decimal=",", marks_declared=True),
        ),
        ("{encoding: utf-16}", Dialect(encoding="utf-16")),
        ('{skip: 2, comment: "#"}', Dialect(skip=2, comment="#")),
        (
            '{totals: {Day: [Total, I alt], Note: [""]}}',
            Dialect(totals=(("Day", ("Total", "I alt")), ("Note", ("",)))),
        ),
        ('{missing: ["", N/A, --]}', Dialect(missing=("", "N/A", "--"))),
        ("{}", Dialect()),
    ],
)
def test_dialects(tmp_path: Path, dialect: str, expected: Dialect) -> None:
    assert sources(tmp_path, f"{SOURCE}    dialect: {dialect}\n")["orders"].dialect == expected


def test_a_source_without_a_time_is_about_all_that_it_covers(tmp_path: Path) -> None:
    text = SOURCE.replace("every: day", "every: span").replace("    time: day\n", "").replace("      day: date\n", "")
    source = sources(tmp_path, text)["orders"]
    assert (source.time, source.span) == (TIME, source.covers)
    assert source.of_file(source.file, None).columns[-1] == Column(TIME, "date", constant="2009-12-01")
    assert source.read == (Column("country", "text"),)


def test_what_means_no_value_in_all_columns_means_none_of_the_client_and_the_time(tmp_path: Path) -> None:
    text = SOURCE.replace("day: date\n", "day: date\n      visits: {type: integer, missing: ['']}\n      note: text\n")
    source = sources(tmp_path, f"{text}    dialect: {{missing: [--]}}\n")["orders"]
    assert [source.missing(column) for column in source.columns] == [(), (), ("", "--"), ("--",)]


SAMPLED = [("hospitals", 274, 4), ("shop", 43, 1), ("publisher", 1, 1)]


@pytest.mark.parametrize(("sample", "number", "fiscal_month"), SAMPLED)
def test_the_samples_are_read(sample: str, number: int, fiscal_month: int) -> None:
    folder = SAMPLES / sample
    found = read_clients(folder / "clients.yml", "en")
    assert len(found) == number
    assert {client.calendar.fiscal_first_month for client in found.values()} == {fiscal_month}
    for source in read_sources(read(folder / "workspace.yml"), folder).values():
        assert source.file.is_file()
