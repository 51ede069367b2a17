"""Personal columns: hashes that can be counted, keys that are nowhere to be seen, and errors without the ids."""

from __future__ import annotations

import logging
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpikit.sources.declarations import Column, Source
from kpikit.sources.engine import Engine
from kpikit.sources.personal import PersonalKey, hashing, hidden
from kpikit.words.errors import SettingError, SourceError, UsageError
from tests.workspaces import PURE_LAWS

Declare = Callable[..., Source]
SECRET = "a secret of many signs"
COLUMNS = (
    Column("client", "text"),
    Column("day", "date"),
    Column("person", "text", missing=("", "-"), hashed=True),
    Column("value", "integer"),
)
ROWS = "client,day,person,value\na,2024-01-01,ann@x.dk,1\na,2024-01-02,-,2\na,2024-01-03,ann@x.dk,3\nb,2024-01-03,,4\n"


def test_a_hash_is_that_of_the_standard_library() -> None:
    key = blake2b(SECRET.encode()).digest()
    assert hashing(SECRET)("ann@x.dk") == blake2b(b"ann@x.dk", key=key, digest_size=16).hexdigest()


def test_cells_without_a_value_stay_as_they_are() -> None:
    hide = hashing(SECRET)
    assert hidden(["a", "-", "", "a"], ("-",), hide) == [hide("a"), "-", "", hide("a")]


@PURE_LAWS
@given(cells=st.lists(st.text(min_size=1)), key=st.text(min_size=16), other=st.text(min_size=16))
def test_hashes_tell_apart_what_ids_do(cells: list[str], key: str, other: str) -> None:
    hashes = hidden(cells, (), hashing(key))
    assert len(set(hashes)) == len(set(cells))
    assert [hashes.index(each) for each in hashes] == [cells.index(each) for each in cells]
    assert all(len(each) == 32 for each in hashes)
    assert key == other or not cells or hidden(cells, (), hashing(other)) != hashes


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_a_table_holds_hashes_alone(
    tmp_path: Path, declare: Declare, format: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    file, hide = tmp_path / f"t.{format}", hashing(SECRET)
    write(file)
    with Engine() as engine:
        engine.load(declare(file, *COLUMNS, format=format), hide=hide)
        found = [row[2] for row in engine.table("table").fetchall()]
        assert found == [hide("ann@x.dk"), None, hide("ann@x.dk"), None]
        for (name,) in engine.connection.execute("SELECT table_name FROM duckdb_tables()").fetchall():
            assert "ann@" not in str(engine.table(name).fetchall())
    assert "ann@" not in caplog.text and SECRET not in caplog.text


def write(file: Path) -> None:
    """The rows as CSV or as Parquet."""
    text = file.with_suffix(".csv")
    text.write_text(ROWS, encoding="utf-8")
    if file.suffix == ".parquet":
        with Engine() as engine:
            read = f"SELECT * REPLACE (value::BIGINT AS value) FROM read_csv('{text}', all_varchar = true)"
            engine.connection.sql(
                f"SELECT client, day::DATE AS day, coalesce(person, '') AS person, value FROM ({read})"
            ).write_parquet(str(file))


def test_personal_columns_are_not_read_without_a_key(tmp_path: Path, declare: Declare) -> None:
    with Engine() as engine, pytest.raises(UsageError, match="source 'table' has personal columns and cannot be read"):
        engine.load(declare(tmp_path / "t.csv", *COLUMNS))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("a,2024-01-01,,1\n", "t.csv, row 2, column 'person': is empty. If that means that there is no value, list"),
        ("a,2024-01-01,ann@x.dk,x\n", "t.csv, row 2, column 'value', value 'x': is not a number"),
        ("a,2024-01-01,ann@x.dk\n", "t.csv, row 2: the line has 3 fields, and the header has 4"),
        ('a,2024-01-01,ann"@x.dk,1\n', "t.csv, row 2: the line has an odd number of quotes"),
        ('a,2024-01-01,"ann"@x.dk,1\n', 't.csv, row 2: a quote (") stands inside a cell'),
        ("a,2024-01-01,ann\x00@x.dk,1\n", "t.csv, row 2: a NUL character stands in the line"),
        ("a,2024-01-01,ann\r@x.dk,1\n", "t.csv, row 2: a carriage return"),
        ("a,2025-01-01,ann@x.dk,1\n" * 2 + "a,2024-13-01,ann@x.dk,1\n", "t.csv, row 4, column 'day'"),
    ],
)
def test_errors_do_not_tell_who(tmp_path: Path, declare: Declare, rows: str, said: str) -> None:
    (tmp_path / "t.csv").write_text("client,day,person,value\n" + rows, encoding="utf-8", newline="")
    columns = [Column("person", "text", hashed=True) if column.hashed else column for column in COLUMNS]
    with Engine() as engine, pytest.raises(SourceError) as error:
        engine.load(declare(tmp_path / "t.csv", *columns), hide=hashing(SECRET))
    assert said in str(error.value)
    assert "ann" not in str(error.value) and "ann" not in str(vars(error.value))


@PURE_LAWS
@given(person=st.text(st.characters(exclude_characters="x", exclude_categories=("Cs",)), min_size=6, max_size=12))
def test_no_error_tells_who_whatever_the_cell(
    tmp_path_factory: pytest.TempPathFactory, declare: Declare, person: str
) -> None:
    """The file is damaged in another cell of the row, or by the personal cell itself."""
    file = tmp_path_factory.mktemp("any") / "t.csv"
    file.write_text(f"client,day,person,value\na,2024-01-01,{person},x\n", encoding="utf-8", newline="")
    with Engine(threads=1) as engine, pytest.raises(SourceError) as error:
        engine.load(declare(file, *COLUMNS), hide=hashing(SECRET))
    assert person not in str(error.value).replace(str(file), "")


# The key.


def test_a_key_is_read_where_it_is_said_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_KEY", SECRET)
    (tmp_path / "key").write_text(f"{SECRET}\n", encoding="utf-8")
    place = tmp_path / "workspace.yml", 2
    hides = [PersonalKey("A_KEY", None, place).hide(), PersonalKey(None, tmp_path / "key", place).hide()]
    assert {hide("x") for hide in hides} == {hashing(SECRET)("x")}


@pytest.mark.parametrize(
    ("environment", "file", "value", "sentence"),
    [
        ("A_KEY", None, "", "the environment variable A_KEY is not set. Set it to a secret of 16 signs or more, and "
         "keep it: under another one nobody is known again."),
        ("A_KEY", None, "too short", "the key in the variable A_KEY is too short; it must have 16 signs or more."),
        (None, "key", "too short", "the key in the file is too short; it must have 16 signs or more."),
        (None, "nothing", "", "the file of the key cannot be read: No such file or directory."),
    ],
)  # fmt: skip
def test_no_key_no_figures(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    environment: str | None,
    file: str | None,
    value: str,
    sentence: str,
) -> None:
    monkeypatch.setenv("A_KEY", value)
    (tmp_path / "key").write_text(value, encoding="utf-8")
    key = PersonalKey(environment, None if file is None else tmp_path / file, (tmp_path / "workspace.yml", 2))
    with pytest.raises(SettingError) as error:
        key.hide()
    assert str(error.value) == f"{tmp_path}/workspace.yml, line 2, personal_key: {sentence}"
    assert not value or value not in sentence.replace("is too short", "")
    assert error.value.said(lambda template, **values: "said").endswith("personal_key: said")  # in any language
