"""Parquet files: the declared columns, whose types in the file must fit the declared ones without any loss."""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

import duckdb

from kpikit.sources.columns import SHOWN, quoted, sql_type
from kpikit.sources.csv_file import PERSONAL
from kpikit.sources.csv_line import no_such_column
from kpikit.sources.date_faults import IN_LOCAL_TIME
from kpikit.sources.declarations import Column, Source
from kpikit.sources.faults import if_empty
from kpikit.sources.lines import no_such_file
from kpikit.sources.loaded import Read
from kpikit.sources.numbering import Numbering
from kpikit.sources.personal import Hide
from kpikit.sources.quarantine import MOST_BAD, BadRow, check_limit
from kpikit.words.errors import SourceError, shortened
from kpikit.words.message import Message
from kpikit.words.signs import sign_problem

_INTEGERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT")

FITTING = {
    "text": ("VARCHAR",),
    "integer": _INTEGERS,
    "decimal": ("DECIMAL", *_INTEGERS),
    "number": ("FLOAT", "DOUBLE"),
    "percent": (),  # how numbers are written in a text
    "duration": (),
    "boolean": ("BOOLEAN",),
    "date": ("DATE",),
    "timestamp": ("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"),
}
"""Type of a column -> the types that it may have in a Parquet file, as DuckDB calls them."""

_HASH = "hash_of_an_id"
_FILE = "read_parquet($file, hive_partitioning = false)"


class _Values(NamedTuple):
    """SQL for a column of the file: its value, NULL where it is missing, and whether it is bad."""

    value: str
    bad: str


def load(connection: duckdb.DuckDBPyConnection, source: Source, hide: Hide | None = None) -> Read:
    """Insert the rows of a Parquet file into the source's table, which exists; they are numbered from 1.

    Raises `SourceError` where the file is damaged, lacks a column, has one of another type, or where a value is null
    (unless `missing` lists ""), not finite, or larger or finer than its column's type. With ``bad_rows_at_most`` rows
    with such a value are left out, and no more of them than that.
    """
    given: dict[str, Any] = {"file": _escaped(str(source.file))}
    if not source.file.is_file():
        raise SourceError(source.file, Message("is not a file.")) if source.file.exists() else no_such_file(source)
    try:
        found = {str(row[0]): str(row[1]) for row in connection.execute(f"DESCRIBE FROM {_FILE}", given).fetchall()}
        _check_names(connection, source, given)
        for column in source.read:
            _check_type(source, column, found)
        for name in source.dropped:
            if name not in found:
                raise SourceError(source.file, no_such_column(name, list(found)), column=name)
        values = {column.name: _values(column, found[column.in_file], f"missing{i}")
                  for i, column in enumerate(source.read)}  # fmt: skip
        texts = {i: column for i, column in enumerate(source.read) if column.type == "text"}
        given |= {f"missing{i}": list(column.missing) for i, column in texts.items()}
        bad = _bad_rows(connection, source, values, list(found), given)
        constants = {f"constant{i}": column for i, column in enumerate(source.columns) if column.constant is not None}
        selected = {column.name: f"${name}::VARCHAR::{sql_type(column)}" for name, column in constants.items()}
        selected |= {name: each.value for name, each in values.items()}
        listed = ", ".join(selected[column.name] for column in source.columns)
        given |= {name: column.constant for name, column in constants.items()}
        good = f" WHERE NOT ({' OR '.join(each.bad for each in values.values())})" if bad else ""
        insert = f"INSERT INTO {quoted(source.name)} SELECT {listed} FROM {_FILE}{good}"
        with _hashing(connection, hide):
            ((rows,),) = connection.execute(insert, given).fetchall()
    except (duckdb.Error, UnicodeDecodeError) as error:
        what = str(error).splitlines()[0]
        raise SourceError(source.file, f"cannot be read as Parquet: {shortened(what, 200)}.") from None
    check_limit(source, bad, rows + len(bad))
    return Read(_numbering(bad, rows + len(bad)), tuple(bad))


def _numbering(bad: list[BadRow], rows: int) -> Numbering:
    """The numbers of the rows that are left."""
    out = [0, *(each.error.row or 0 for each in bad), rows + 1]
    return Numbering(range(one + 1, other) for one, other in pairwise(out))


@contextlib.contextmanager
def _hashing(connection: duckdb.DuckDBPyConnection, hide: Hide | None) -> Iterator[None]:
    """With the function of SQL that hashes ids; it ends with the reading, and no table holds what it was given."""
    if hide is None:
        yield
        return
    connection.create_function(_HASH, hide, ["VARCHAR"], "VARCHAR")
    try:
        yield
    finally:
        with contextlib.suppress(duckdb.Error):  # the first error is the one to tell
            connection.remove_function(_HASH)


def _escaped(path: str) -> str:
    """The path as a pattern that only this one file fits."""
    return re.sub(r"[*?\[]", r"[\g<0>]", path)


def _check_names(connection: duckdb.DuckDBPyConnection, source: Source, given: dict[str, Any]) -> None:
    """Refuse a file that has a column twice, of which DuckDB would take the first; to it "A" and "a" are the same."""
    names, inside = list[str](), 0
    schema = "SELECT lower(name), coalesce(num_children, 0) FROM parquet_schema($file) OFFSET 1"
    for name, children in connection.execute(schema, given).fetchall():
        names += [] if inside else [name]
        inside += children - (inside > 0)
    for name in [*source.dropped, *(column.in_file for column in source.read)]:
        if names.count(name.lower()) > 1:
            reason = "the name stands twice; upper and lower case make no difference."
            raise SourceError(source.file, reason, column=name, way_out="Rename one of the columns in the file.")


def _check_type(source: Source, column: Column, found: dict[str, str]) -> None:
    if column.in_file not in found:
        raise SourceError(source.file, no_such_column(column.in_file, list(found)), column=column.in_file)
    there = found[column.in_file]
    kind = re.sub(r"\(.*\)", "", there)
    if kind not in FITTING[column.type]:
        fitting = next((name for name, kinds in FITTING.items() if kind in kinds), None)
        reason = Message("is {there} in the file, and {type} is declared.", there=there, type=column.type)
        way_out: str = Message("Write the file with another type for it.")
        if fitting:
            way_out = Message("Declare it as `{fitting}`.", fitting=fitting)
        if there.endswith("TIME ZONE"):
            way_out = IN_LOCAL_TIME
        raise SourceError(source.file, reason, column=column.in_file, way_out=way_out)
    scale = int(there[there.index(",") + 1 : -1]) if kind == "DECIMAL" else 0
    if scale > (column.scale or 0):
        reason = Message(
            "is {there} in the file, and at most {scale} decimals are declared.", there=there, scale=column.scale
        )
        raise SourceError(
            source.file, reason, column=column.in_file, way_out=Message("Declare `scale: {number}`.", number=scale)
        )


def _values(column: Column, found: str, missing: str) -> _Values:
    cell, kind = quoted(column.in_file), sql_type(column)
    absent = f"{cell} IS NULL" if "" in column.missing else "false"
    value = f"TRY_CAST({cell} AS {kind})"
    fine = f"{value} IS NOT NULL"
    if column.type == "text":
        absent = f"list_contains(${missing}::VARCHAR[], coalesce({cell}, ''))"
        shown = f"{_HASH}({cell})" if column.hashed else cell
        value, fine = f"CASE WHEN NOT {absent} THEN {shown} END", f"{cell} <> ''"
        fine = fine if column.hashed else f"regexp_full_match({cell}, '{SHOWN}')"
    if column.type == "number":
        fine = f"isfinite({cell})"
    if found == "TIMESTAMP_NS":
        fine = f"CAST({value} AS TIMESTAMP_NS) = {cell}"
    return _Values(value, f"NOT ({absent} OR coalesce({fine}, false))")


def _bad_rows(
    connection: duckdb.DuckDBPyConnection,
    source: Source,
    values: dict[str, _Values],
    names: list[str],
    given: dict[str, Any],
) -> list[BadRow]:
    """The rows with a bad cell, if the source says that they are left out; else the first one is refused."""
    kept = source.bad_rows_at_most is not None
    shown = names if kept else [column.in_file for column in source.read]
    bad = ", ".join(f"{each.bad} AS bad{i}" for i, each in enumerate(values.values()))
    cells = ", ".join(f"CAST({quoted(name)} AS VARCHAR) AS cell{i}" for i, name in enumerate(shown))
    client, time = (values[name].value if name in values else "NULL" for name in (source.client, source.time))
    anything = " OR ".join(f"bad{i}" for i in range(len(values)))
    statement = (
        f"SELECT * FROM (SELECT row_number() OVER () AS row, {bad}, {cells}, {client} AS client, {time}::DATE AS day"
        f" FROM {_FILE}) WHERE {anything} ORDER BY row LIMIT {MOST_BAD + 1 if kept else 1}"
    )
    found = list[BadRow]()
    for row, *rest, name, day in connection.execute(statement, given).fetchall():
        there = dict(zip(shown, rest[len(values) :], strict=True))
        wrong = [column for column, is_bad in zip(source.read, rest, strict=False) if is_bad]
        first, *others = (_error(source, column, row, there) for column in wrong)
        if not kept:
            raise first
        told = _told(source, source.client, name), _day(source, day), _line(source, there)
        found.append(BadRow(first, *told, tuple(others)))
    if found:
        check_limit(source, found, None)
    return found


def _error(source: Source, column: Column, row: int, cells: dict[str, str | None]) -> SourceError:
    cell = cells[column.in_file]
    way_out = "" if cell else if_empty("", False)
    if not cell and source.needs(column):
        way_out = "Every row needs one: correct the file, or leave such rows out by `on_bad_rows: quarantine`."
    return SourceError(source.file, _reason(column, cell), row=row, column=column.in_file, value=cell, way_out=way_out)


def _told(source: Source, name: str, value: Any) -> Any:
    """What a row says, or what is the same in all of them."""
    column = source.column(name)
    return value if column is None or column.constant is None else column.constant


def _day(source: Source, value: date | None) -> date | None:
    told = _told(source, source.time, value)
    return date.fromisoformat(told) if isinstance(told, str) else told


def _line(source: Source, cells: dict[str, str | None]) -> str:
    """A row as a line of CSV, without what is personal."""
    personal = {*source.dropped, *(column.in_file for column in source.read if column.hashed)}
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(PERSONAL if name in personal else each for name, each in cells.items())
    return line.getvalue()


def _reason(column: Column, cell: str | None) -> str:
    if not cell:
        return Message("is null.") if cell is None else Message("is empty.")
    if column.type == "text":
        return sign_problem(cell, "\t") or ""
    if column.type == "number":
        return "is not a finite number."
    if column.type == "timestamp":
        return "is finer than a microsecond, or out of range."
    return f"is too large for {sql_type(column)}."
