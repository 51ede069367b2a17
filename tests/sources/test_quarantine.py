"""Bad rows that are left out: which, why, how many at most, and the file that keeps them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpikit.sources import quarantine
from kpikit.sources.declarations import PLACE, Column, Source
from kpikit.sources.engine import Engine
from kpikit.sources.loaded import Loaded
from kpikit.sources.patterns import SourceFile
from kpikit.sources.personal import hashing
from kpikit.sources.quarantine import BadRow, keep, quarantine_file
from kpikit.words.errors import SourceError
from kpikit.words.language import language
from kpikit.words.message import Message
from tests.workspaces import PURE_LAWS

Declare = Callable[..., Source]
COLUMNS = (Column("client", "text"), Column("day", "date"), Column("value", "integer"))
GOOD = "a,2024-01-01,1,x\n"


def loaded(file: Path, declare: Declare, text: str, limit: str = "0.5", **change: Any) -> tuple[Loaded, list[Any]]:
    """A file of clients, days, values and a column that is not declared; its rows in the table."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"client,day,value,note\n{text}", encoding="utf-8")
    source = replace(declare(file, *COLUMNS), bad_rows_at_most=Decimal(limit), **change)
    with Engine(threads=1) as engine:
        hide = hashing("a secret of many signs") if any(column.hashed for column in source.columns) else None
        return engine.load(source, hide=hide), engine.table("table").fetchall()


def test_the_other_rows_are_used_and_keep_their_numbers(tmp_path: Path, declare: Declare) -> None:
    text = "a,2024-01-01,1,x\na,2024-01-02,two,x\n,2024-01-03,3,x\nb,3 March,4,x\nb,2024-01-05,x,x\nb,2024-01-06,6,x\n"
    found, rows = loaded(tmp_path / "t.csv", declare, text + GOOD * 2)
    assert [row[2] for row in rows] == [1, 6, 1, 1]
    assert [found.place(number) for number in range(4)] == [(tmp_path / "t.csv", row) for row in (2, 7, 8, 9)]
    assert [(bad.error.row, bad.error.column, bad.client, bad.day) for bad in found.bad] == [
        (3, "value", "a", date(2024, 1, 2)),
        (4, "client", None, date(2024, 1, 3)),
        (5, "day", "b", None),
        (6, "value", "b", date(2024, 1, 5)),
    ]
    assert found.bad[0].line == "a,2024-01-02,two,x"
    assert (found.bad[0].error.value, found.bad[0].error.reason) == ("two", "is not a number.")


@pytest.mark.parametrize(
    ("text", "limit", "sentence"),
    [
        (
            GOOD * 17 + "a,2024-01-02,two,x\n" * 2 + GOOD,
            "0.05",
            ", row 19, column 'value', value 'two': 2 of 20 rows, more than the 5 % that 'bad_rows_at_most' allows, "
            "cannot be read. The first one: is not a number. If it means that there is no value, list 'two' under "
            "`missing:`; else remove what is no part of a number from the file.",
        ),
        ("a,x,1,x\n" + GOOD * 999, "0.0005", ", row 2, column 'day', value 'x': 1 of 1,000 rows, more than the 0.05 %"),
        (GOOD + "a,2024-01-01,1\n", "0.5", ", row 3: the line has 3 fields, and the header has 4."),
        (GOOD + 'a,2024-01-01,"1,x\n', "0.5", ", row 3: the line has an odd number of quotes"),
        (GOOD + "\n", "0.5", ", row 3: the line is empty."),
    ],
)
def test_what_is_refused_nevertheless(tmp_path: Path, declare: Declare, text: str, limit: str, sentence: str) -> None:
    with pytest.raises(SourceError) as error:
        loaded(tmp_path / "t.csv", declare, text, limit)
    assert str(error.value).removeprefix(str(tmp_path / "t.csv")).startswith(sentence)


def test_just_as_many_as_are_allowed(tmp_path: Path, declare: Declare) -> None:
    found, rows = loaded(tmp_path / "t.csv", declare, GOOD * 19 + "a,2024-01-02,two,x\n", "0.05")
    assert (len(rows), len(found.bad)) == (19, 1)


def test_a_file_of_bad_rows_ends_early(tmp_path: Path, declare: Declare, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quarantine, "MOST_BAD", 3)
    with pytest.raises(SourceError, match="row 2, column 'value', value 'x': more than 3 rows cannot be read"):
        loaded(tmp_path / "t.csv", declare, "a,2024-01-02,x,x\n" * 4 + GOOD * 100)


def test_a_file_of_bad_rows_alone_is_not_called_empty(
    tmp_path: Path, declare: Declare, caplog: pytest.LogCaptureFixture
) -> None:
    found, rows = loaded(tmp_path / "t.csv", declare, "a,2024-01-02,two,x\n", "1")
    assert (len(found.files[0].bad), rows, caplog.messages) == (1, [], [])


def test_the_limit_is_of_each_file(tmp_path: Path, declare: Declare) -> None:
    """One file is all wrong, and the other so large that there is less than a tenth of it in both together."""
    files = {"a": GOOD * 100, "b": "a,01/02/2024,1,x\n" * 5}
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(f"client,day,value,note\n{text}", encoding="utf-8")
    source = replace(declare(tmp_path / "?.csv", *COLUMNS), bad_rows_at_most=Decimal("0.1"))
    with Engine() as engine, pytest.raises(SourceError, match=r"b\.csv, row 2.*: 5 of 5 rows, more than the 10 %"):
        engine.load(source, [SourceFile(tmp_path / f"{name}.csv") for name in files])


def test_a_path_tells_the_client_of_a_bad_row(tmp_path: Path, declare: Declare) -> None:
    file = tmp_path / "t.csv"
    file.write_text("day,value\n2024-01-01,1\n2024-01-02,x\n", encoding="utf-8")
    source = replace(declare(file, *COLUMNS[1:]), client=PLACE, bad_rows_at_most=Decimal("0.5"))
    with Engine() as engine:
        (bad,) = engine.load(source, [SourceFile(file, "acme")]).bad
    assert (bad.client, bad.day) == ("acme", date(2024, 1, 2))


def test_what_is_personal_is_not_kept(tmp_path: Path, declare: Declare) -> None:
    """Neither the hashed column nor the dropped one; and the reason of a bad personal cell is without it."""
    file = tmp_path / "t.csv"
    good = 'a,2024-01-01,"bo, b",ann@x.dk,1\n'
    text = 'a,2024-01-02,"bo, b",ann@x.dk,two\na,2024-01-03,"bo, b",,3\n'
    file.write_text(f"client,day,name,mail,value\n{good * 2}{text}", encoding="utf-8")
    columns = (*COLUMNS, Column("mail", "text", hashed=True))
    source = replace(declare(file, *columns), bad_rows_at_most=Decimal("0.5"), dropped=("name",))
    with Engine() as engine:
        found = engine.load(source, hide=hashing("a secret of many signs"))
    assert [bad.line for bad in found.bad] == ["a,2024-01-02,***,***,two", "a,2024-01-03,***,***,3"]
    assert (found.bad[1].error.value, found.bad[1].error.reason) == (None, "is empty.")


def test_a_column_to_drop_must_be_there(tmp_path: Path, declare: Declare) -> None:
    """Else a slip of the pen would show it."""
    with pytest.raises(SourceError, match=r"row 1, column 'note_': there is no such column\. Did you mean 'note'"):
        loaded(tmp_path / "t.csv", declare, GOOD, dropped=("note_",))


@PURE_LAWS
@given(rows=st.lists(st.booleans(), min_size=1, max_size=60))
def test_exactly_the_bad_rows_are_left_out(
    tmp_path_factory: pytest.TempPathFactory, declare: Declare, rows: list[bool]
) -> None:
    """``rows`` says which are good; the value of each is its line."""
    lines = [f"a,2024-01-01,{number}{'' if good else 'x'},n\n" for number, good in enumerate(rows, 2)]
    padding = [f"a,2024-01-01,{number},n\n" for number in range(len(rows) + 2, 2 * len(rows) + 2)]
    found, table = loaded(tmp_path_factory.mktemp("law") / "t.csv", declare, "".join(lines + padding))
    good = [number for number, fine in enumerate(rows, 2) if fine] + list(range(len(rows) + 2, 2 * len(rows) + 2))
    assert [row[2] for row in table] == good == [found.place(number)[1] for number in range(len(table))]
    assert [bad.error.row for bad in found.bad] == [number for number, fine in enumerate(rows, 2) if not fine]
    assert [bad.line + "\n" for bad in found.bad] == [line for line in lines if "x" in line]


# Parquet.

ROWS = """
    ('a', DATE '2024-01-01', 1.0::DOUBLE, 'bo, b', 'ann@x.dk', 'x'),
    ('a', DATE '2024-01-02', 'nan', 'bo', 'ann@x.dk', NULL),
    (NULL, DATE '2024-01-03', 3.0, 'bo', 'ann@x.dk', 'say "x"'), ('b', NULL, 4.0, 'bo', 'ann@x.dk', 'x, y'),
    ('b', DATE '2024-01-05', 6.0, 'bo', NULL, 'x'), ('b', DATE '2024-01-06', 6.0, 'bo', 'ann@x.dk', 'x'),
    ('b', DATE '2024-01-07', 7.0, 'bo', 'ann@x.dk', 'x'), ('b', DATE '2024-01-08', 8.0, 'bo', 'ann@x.dk', 'x')
"""


def parquet(file: Path, declare: Declare, limit: str, **change: Any) -> tuple[Loaded, list[Any]]:
    """A file of clients, days, numbers, names (dropped), mails (hashed), and a column that is not declared."""
    with duckdb.connect() as connection:
        connection.sql(f"SELECT * FROM (VALUES {ROWS}) t(client, day, value, name, mail, bad0)").write_parquet(
            str(file)
        )
    columns = (*COLUMNS[:2], Column("value", "number"), Column("mail", "text", hashed=True))
    source = replace(declare(file, *columns, format="parquet"), bad_rows_at_most=Decimal(limit), dropped=("name",))
    with Engine(threads=1) as engine:
        found = engine.load(replace(source, **change), hide=hashing("a secret of many signs"))
        return found, engine.table("table").fetchall()


def test_the_other_rows_of_parquet_are_used_and_keep_their_numbers(tmp_path: Path, declare: Declare) -> None:
    file = tmp_path / "t.parquet"
    found, rows = parquet(file, declare, "0.5")
    assert [row[2] for row in rows] == [1, 6, 7, 8]
    assert [found.place(number) for number in range(4)] == [(file, row) for row in (1, 6, 7, 8)]
    assert [(bad.error.row, bad.error.column, bad.client, bad.day, bad.line) for bad in found.bad] == [
        (2, "value", "a", date(2024, 1, 2), "a,2024-01-02,nan,***,***,"),
        (3, "client", None, date(2024, 1, 3), ',2024-01-03,3.0,***,***,"say ""x"""'),
        (4, "day", "b", None, 'b,,4.0,***,***,"x, y"'),
        (5, "mail", "b", date(2024, 1, 5), "b,2024-01-05,6.0,***,***,x"),
    ]
    assert [bad.error.reason for bad in found.bad] == ["is not a finite number.", "is null.", "is null.", "is null."]


def test_what_is_the_same_in_all_rows_is_told_of_a_bad_row_of_parquet(tmp_path: Path, declare: Declare) -> None:
    columns = (Column("value", "number"), Column("day", "date", constant="2024-01-01"))
    file = tmp_path / "t.parquet"
    with duckdb.connect() as connection:
        connection.sql("SELECT unnest([1.5::DOUBLE, 'nan']) AS value").write_parquet(str(file))
    source = declare(file, *columns, format="parquet")
    source = replace(source, client=PLACE, bad_rows_at_most=Decimal("0.5"))
    with Engine(threads=1) as engine:
        (bad,) = engine.load(source, [SourceFile(file, "acme")]).bad
    assert (bad.client, bad.day, bad.line) == ("acme", date(2024, 1, 1), "nan")


def test_too_many_bad_rows_of_parquet_are_refused(tmp_path: Path, declare: Declare) -> None:
    sentence = "row 2, column 'value', value 'nan': 4 of 8 rows, more than the 45 % that 'bad_rows_at_most' allows"
    with pytest.raises(SourceError, match=sentence):
        parquet(tmp_path / "t.parquet", declare, "0.45")


# The file that keeps them.


def bad_row(folder: Path, row: int, line: str = 'a,"b",x') -> BadRow:
    error = SourceError(folder.resolve() / "sources/t.csv", "is wrong.", row=row, column="value", way_out="Do this.")
    return BadRow(error, "a", None, line)


def test_bad_rows_are_kept_in_a_file(tmp_path: Path, declare: Declare) -> None:
    source = declare(tmp_path / "sources/t.csv", *COLUMNS, name="till")
    keep(tmp_path, source, [bad_row(tmp_path, 3), bad_row(tmp_path, 7, "=1+1;Å")], language("en"))
    with (tmp_path / "quarantine/till.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [
            ["File", "Row", "Column", "Reason", "Line"],
            ["sources/t.csv", "3", "value", "is wrong. Do this.", 'a,"b",x'],
            ["sources/t.csv", "7", "value", "is wrong. Do this.", "=1+1;Å"],
        ]
    assert [file.name for file in (tmp_path / "quarantine").iterdir()] == ["till.csv"]


def test_the_file_is_in_the_language_and_form_of_its_readers(tmp_path: Path, declare: Declare) -> None:
    source = declare(tmp_path / "t.csv", *COLUMNS)
    error = SourceError(tmp_path.resolve() / "t.csv", Message("is not a file."), row=3, column="value")
    keep(tmp_path, source, [BadRow(error, "a", None, "a;1,5")], language("da"))
    kept = quarantine_file(tmp_path, source)
    # a semicolon in a cell is quoted, a comma is not
    assert kept.read_bytes().startswith(b"\xef\xbb\xbfFil;R\xc3\xa6kke;Kolonne;\xc3\x85rsag;")
    line = 't.csv;3;value;er ikke en fil.;"a;1,5"'
    assert kept.read_text(encoding="utf-8-sig").splitlines()[1:] == [line]
    keep(tmp_path, source, [], language("en"))  # the language was changed, and the rows corrected
    assert not kept.parent.exists()


def test_the_file_is_written_only_when_it_changes_and_goes_when_all_is_fine(tmp_path: Path, declare: Declare) -> None:
    source = declare(tmp_path / "sources/t.csv", *COLUMNS)
    file = quarantine_file(tmp_path, source)
    keep(tmp_path, source, [bad_row(tmp_path, 3)], language("en"))
    before = file.stat().st_ino
    keep(tmp_path, source, [bad_row(tmp_path, 3)], language("en"))
    assert file.stat().st_ino == before
    keep(tmp_path, source, [bad_row(tmp_path, 4)], language("en"))
    assert file.stat().st_ino != before
    keep(tmp_path, source, [], language("en"))
    assert not file.parent.exists()


def test_a_file_of_people_in_its_place_is_not_removed(tmp_path: Path, declare: Declare) -> None:
    source = declare(tmp_path / "sources/t.csv", *COLUMNS)
    file = quarantine_file(tmp_path, source)
    file.parent.mkdir()
    file.write_text("my own notes", encoding="utf-8")
    keep(tmp_path, source, [], language("en"))
    assert file.read_text(encoding="utf-8") == "my own notes"


def test_no_row_is_left_out_without_being_kept(tmp_path: Path, declare: Declare) -> None:
    (tmp_path / "quarantine").write_text("in the way", encoding="utf-8")
    with pytest.raises(SourceError, match=r"table\.csv: cannot be written: .*, and no bad row is left out"):
        keep(tmp_path, declare(tmp_path / "t.csv", *COLUMNS), [bad_row(tmp_path, 3)], language("en"))


@pytest.mark.parametrize(
    ("name", "file"), [("till", "till.csv"), ("Kasse Å-1", "Kasse Å-1.csv"), ("../x", "%2e%2e%2fx.csv")]
)
def test_a_source_may_be_called_anything(tmp_path: Path, declare: Declare, name: str, file: str) -> None:
    assert quarantine_file(tmp_path, declare(tmp_path / "t.csv", name=name)) == tmp_path / "quarantine" / file
