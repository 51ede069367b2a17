"""Parquet files: what fits which type, and the whole sentence for what does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from kpikit.sources.declarations import Column, Source
from kpikit.sources.engine import Engine
from kpikit.words.errors import SourceError

Declare = Callable[..., Source]


def write(file: Path, query: str) -> None:
    with duckdb.connect() as connection:
        connection.sql(query).write_parquet(str(file))


def column(type: str, **more: object) -> Column:
    return Column("x", type, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Engine(threads=1) as engine:
        yield engine


def load(engine: Engine, source: Source) -> list[tuple[object, ...]]:
    engine.load(source)
    rows = engine.table(source.name).fetchall()
    engine.connection.execute('DROP TABLE "table"')
    return rows


@pytest.mark.parametrize(
    ("declared", "sql", "expected"),
    [
        (column("text"), "'å'", "å"),
        (column("text", missing=("", "N/A")), "'N/A'", None),
        (column("text", missing=("",)), "NULL::VARCHAR", None),
        (column("text", missing=("",)), "''", None),
        (column("integer"), "(-5)::TINYINT", -5),
        (column("integer"), "4294967295::UINTEGER", 4294967295),
        (column("integer"), "9223372036854775807::UBIGINT", 9223372036854775807),
        (column("integer", missing=("",)), "NULL::INTEGER", None),
        (column("decimal", scale=3), "1.25::DECIMAL(10, 2)", Decimal("1.25")),
        (column("decimal", scale=2), "7::SMALLINT", Decimal(7)),
        (column("decimal", scale=9), "99999999999999999999.5::DECIMAL(38, 9)", Decimal("99999999999999999999.5")),
        (column("number"), "0.5::FLOAT", 0.5),
        (column("number"), "0.1::DOUBLE", 0.1),
        (column("boolean"), "true", True),
        (column("date"), "DATE '2024-02-29'", date(2024, 2, 29)),
        (column("timestamp"), "TIMESTAMP '2024-02-29 08:26:00'", datetime(2024, 2, 29, 8, 26)),
        (column("timestamp"), "'2024-02-29 08:26:00.5'::TIMESTAMP_MS", datetime(2024, 2, 29, 8, 26, 0, 500000)),
        (column("timestamp"), "'2024-02-29 08:26:00.000001'::TIMESTAMP_NS", datetime(2024, 2, 29, 8, 26, 0, 1)),
    ],
)
def test_good_values(
    tmp_path: Path, declare: Declare, engine: Engine, declared: Column, sql: str, expected: object
) -> None:
    file = tmp_path / "good.parquet"
    write(file, f"SELECT 1 AS other, {sql} AS x")
    assert load(engine, declare(file, declared, format="parquet")) == [(expected,)]


NULL = 'is null. If that means that there is no value, list "" under `missing:`.'


@pytest.mark.parametrize(
    ("declared", "sql", "message"),
    [
        *(
            (column(kind, scale=2), f"NULL::{sql}", f", row 1, column 'x': {NULL}")
            for kind, sql in [
                ("text", "VARCHAR"),
                ("integer", "INTEGER"),
                ("decimal", "DECIMAL(9, 2)"),
                ("number", "DOUBLE"),
                ("boolean", "BOOLEAN"),
                ("date", "DATE"),
                ("timestamp", "TIMESTAMP"),
                ("timestamp", "TIMESTAMP_NS"),
            ]
        ),
        (
            column("text"),
            "''",
            ", row 1, column 'x', value '': is empty. "
            'If that means that there is no value, list "" under `missing:`.',
        ),
        (
            column("integer"),
            "9223372036854775808::UBIGINT",
            ", row 1, column 'x', value '9223372036854775808': is too large for BIGINT.",
        ),
        (
            column("decimal", scale=6),
            "1234567890123::BIGINT",
            ", row 1, column 'x', value '1234567890123': is too large for DECIMAL(18, 6).",
        ),
        (column("number"), "'inf'::DOUBLE", ", row 1, column 'x', value 'inf': is not a finite number."),
        (column("number"), "'nan'::FLOAT", ", row 1, column 'x', value 'nan': is not a finite number."),
        (
            column("timestamp"),
            "'2024-02-29 08:26:00.000000001'::TIMESTAMP_NS",
            ", row 1, column 'x', value '2024-02-29 08:26:00.000000001': is finer than a microsecond, or out of range.",
        ),
        (
            column("percent"),
            "0.5::DOUBLE",
            ", column 'x': is DOUBLE in the file, and percent is declared. Declare it as `number`.",
        ),
        (
            column("decimal", scale=2),
            "1.5::DOUBLE",
            ", column 'x': is DOUBLE in the file, and decimal is declared. Declare it as `number`.",
        ),
        (
            column("decimal", scale=2),
            "1.555::DECIMAL(9, 3)",
            ", column 'x': is DECIMAL(9,3) in the file, and at most 2 decimals are declared. Declare `scale: 3`.",
        ),
        (
            column("integer"),
            "'1'",
            ", column 'x': is VARCHAR in the file, and integer is declared. Declare it as `text`.",
        ),
        (
            column("date"),
            "TIMESTAMP '2024-02-29 00:00:00'",
            ", column 'x': is TIMESTAMP in the file, and date is declared. Declare it as `timestamp`.",
        ),
        (
            column("timestamp"),
            "TIMESTAMPTZ '2024-02-29 00:00:00+00'",
            ", column 'x': is TIMESTAMP WITH TIME ZONE in the file, and timestamp is declared. "
            "Export it in the client's local time, without a zone.",
        ),
        (
            column("text"),
            "'a\tb' || chr(10)",
            ", row 1, column 'x', value 'a\\tb\\n': holds the sign U+000A, which cannot be shown.",
        ),
        (
            column("text"),
            "[1, 2]",
            ", column 'x': is INTEGER[] in the file, and text is declared. Write the file with another type for it.",
        ),
        (
            Column("X", "integer"),
            "1",
            ", column 'X': there is no such column. Did you mean 'x'?",
        ),
        (
            Column("othr", "integer"),
            "1",
            ", column 'othr': there is no such column. Did you mean 'other'?",
        ),
    ],
)
def test_bad_values(tmp_path: Path, declare: Declare, engine: Engine, declared: Column, sql: str, message: str) -> None:
    file = tmp_path / "bad.parquet"
    write(file, f"SELECT 1 AS other, {sql} AS x")
    with pytest.raises(SourceError) as caught:
        load(engine, declare(file, declared, format="parquet"))
    assert str(caught.value) == f"{file}{message}"


def test_the_first_bad_row_of_many_is_named(tmp_path: Path, declare: Declare, engine: Engine) -> None:
    """Of 300,000 rows, in several row groups, every one from 250,001 on is null."""
    file = tmp_path / "long.parquet"
    write(file, "SELECT CASE WHEN i < 250_000 THEN i END AS x, i AS row, i AS bad0 FROM range(300_000) t(i)")
    columns = (Column("row", "integer"), Column("bad0", "integer"), column("integer"))
    with pytest.raises(SourceError) as caught:
        load(engine, declare(file, *columns, format="parquet"))
    assert str(caught.value) == f"{file}, row 250001, column 'x': {NULL}"


def test_a_name_is_never_a_pattern(tmp_path: Path, declare: Declare, engine: Engine) -> None:
    folder = tmp_path / "client=a"
    folder.mkdir()
    write(folder / "[ab]*.parquet", "SELECT 'mine' AS x")
    write(folder / "a1.parquet", "SELECT 'theirs' AS x")
    source = declare(folder / "[ab]*.parquet", column("text"), format="parquet")
    assert load(engine, source) == [("mine",)]
    with pytest.raises(SourceError, match="there is no such column"):  # the folder's name is no column
        load(engine, declare(folder / "a1.parquet", Column("client", "text"), format="parquet"))


@pytest.mark.parametrize("twin", [b"x", b"X"])
def test_a_name_that_stands_twice(tmp_path: Path, declare: Declare, engine: Engine, twin: bytes) -> None:
    """DuckDB writes no such file, so a name of the same length is overwritten."""
    file = tmp_path / "twice.parquet"
    write(file, "SELECT {'x': 0} AS nested, 1 AS x, 2 AS y")
    assert load(engine, declare(file, column("integer"), format="parquet")) == [(1,)]
    file.write_bytes(file.read_bytes().replace(b"\x18\x01y", b"\x18\x01" + twin))
    with pytest.raises(SourceError) as caught:
        load(engine, declare(file, column("integer"), format="parquet"))
    assert str(caught.value) == (
        f"{file}, column 'x': the name stands twice; upper and lower case make no difference. "
        "Rename one of the columns in the file."
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "cannot be read as Parquet: "), (b"x,y\n1,2\n" * 50, "cannot be read as Parquet: ")],
)
def test_what_is_no_parquet(tmp_path: Path, declare: Declare, engine: Engine, content: bytes, reason: str) -> None:
    file = tmp_path / "bad.parquet"
    file.write_bytes(content)
    with pytest.raises(SourceError, match=reason):
        load(engine, declare(file, column("text"), format="parquet"))


def test_files_that_are_cut_short_or_absent(tmp_path: Path, declare: Declare, engine: Engine) -> None:
    file = tmp_path / "cut.parquet"
    write(file, "SELECT i AS x FROM range(100) t(i)")
    content = file.read_bytes()
    for size in range(0, len(content), 7):
        file.write_bytes(content[:size])
        with pytest.raises(SourceError, match="cannot be read as Parquet: "):
            load(engine, declare(file, column("integer"), format="parquet"))
    file.unlink()
    for path, reason in ((file, "there is no such file. Its folder is empty."), (tmp_path, "is not a file.")):
        with pytest.raises(SourceError) as caught:
            load(engine, declare(path, column("integer"), format="parquet"))
        assert str(caught.value) == f"{path}: {reason}"


def test_check_figures_of_online_retail(declare: Declare, engine: Engine, shared_data: Callable[[str], Path]) -> None:
    """SOURCE.md: 541,909 rows, 25,900 invoices, 135,080 without a customer, 2010-12-01 08:26 .. 2011-12-09 12:50."""
    columns = (
        Column("InvoiceNo", "text"),
        Column("InvoiceDate", "timestamp"),
        Column("CustomerID", "integer", missing=("",)),
        Column("UnitPrice", "number"),
    )
    file = shared_data("online_retail_ii") / "year_2010_2011.parquet"
    engine.load(declare(file, *columns, format="parquet", name="lines"))
    found = engine.connection.sql(
        'SELECT count(*), count(DISTINCT "InvoiceNo"), count(*) - count("CustomerID"), '
        'min("InvoiceDate"), max("InvoiceDate") FROM lines'
    ).fetchall()
    first, last = datetime(2010, 12, 1, 8, 26), datetime(2011, 12, 9, 12, 50)
    assert found == [(541_909, 25_900, 135_080, first, last)]
