"""The embedded engine: one DuckDB database in memory, into which the sources are loaded, and which is then locked."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from threading import RLock
from typing import Any

import duckdb

from kpikit.sources import csv_table, parquet_file
from kpikit.sources.columns import quoted, sql_type
from kpikit.sources.date_formats import check_columns
from kpikit.sources.declarations import Source
from kpikit.sources.loaded import Loaded, LoadedFile, Read
from kpikit.sources.patterns import SourceFile
from kpikit.sources.personal import Hide
from kpikit.words.errors import SourceError, UsageError
from kpikit.words.message import Message
from kpikit.words.periods import Window

log = logging.getLogger(__name__)

SQL_TYPES = ("VARCHAR", "BIGINT", "DOUBLE", "DECIMAL(38,9)", "BOOLEAN", "DATE", "TIMESTAMP")
"""What the columns of a table that is added from Python may be."""

_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,  # nothing is fetched from elsewhere
    "autoload_known_extensions": False,
    "python_enable_replacements": False,  # a table's name never means a variable of Python
    "temp_directory": "",  # clients' rows are never spilled to a disk
}


class Engine:
    """A database in memory. Load the sources, `lock` it, then ask; sources that are not loaded are out of reach.

    ``threads``: how many DuckDB may use; by default one for each core. Close it, or use it in a ``with`` statement.
    It answers one thread at a time: whoever builds a question of several parts takes the ``turn`` for all of them.
    """

    def __init__(self, threads: int | None = None) -> None:
        settings = _SETTINGS | ({} if threads is None else {"threads": threads})
        self.connection = duckdb.connect(":memory:", config=settings)
        self.turn = RLock()
        self._added = dict[str, tuple[Mapping[str, str], Sequence[Sequence[object]]]]()

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of all tables and their memory."""
        self.connection.close()

    def lock(self) -> None:
        """From now on nothing but the loaded tables can be read, no file written, and none of this undone."""
        self.connection.execute("SET enable_external_access = false")
        self.connection.execute("SET lock_configuration = true")

    def load(self, source: Source, files: Sequence[SourceFile] = (), hide: Hide | None = None) -> Loaded:
        """A table named as the source, with its columns and all rows of its files; or none, and a `SourceError`.

        ``files`` are those of a source with a pattern, as `kpikit.sources.patterns.files_of` finds them. ``hide`` turns
        the cells of personal columns into hashes; a source that has any cannot be loaded without it.
        """
        check_columns(source)
        if hide is None and any(column.hashed for column in source.columns):
            raise UsageError(
                Message("source '{name}' has personal columns and cannot be read without a key.", name=source.name)
            )
        found = list[LoadedFile]()
        with self._all_or_nothing():
            columns = source.of_file(source.file, None).columns
            self._create(source.name, {column.name: sql_type(column) for column in columns})
            for file in files or [SourceFile(source.file)]:
                before = _state(file.path)
                rows, bad, totals = _READERS[source.format](
                    self.connection, source.of_file(file.path, file.client), hide
                )
                if _state(file.path) != before:
                    raise SourceError(
                        file.path,
                        Message("changed while it was read."),
                        way_out=Message("Begin again when it is whole."),
                    )
                if not len(rows) and not bad:
                    log.warning("%s has a header and no row", file.path)
                start = found[-1].end if found else 0
                found.append(LoadedFile(file.path, file.client, start, start + len(rows), rows, bad, totals))
                log.info("read %s from %s", source.name, file.path)
            _check_any(source, found)
        return Loaded(source, tuple(found))

    def add(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> None:
        """A small table from Python's rows, in the place of an earlier one; ``columns``: names with `SQL_TYPES`.

        Where the same rows are there already, nothing is done: who asks many sources asks all for the same days.
        """
        rows = tuple(rows)
        if self._added.get(name) == (columns, rows):
            return
        wrong = next((kind for kind in columns.values() if kind not in SQL_TYPES), None)
        if wrong is not None:
            raise UsageError(
                Message("type == {wrong}, must be one of {names}.", wrong=repr(wrong), names=", ".join(SQL_TYPES))
            )
        lists = [list(cells) for cells in zip(*rows, strict=True)] or [[] for _ in columns]
        cells = (f"unnest(${i}::{kind}[]) AS {quoted(column)}" for i, (column, kind) in enumerate(columns.items(), 1))
        create = "CREATE OR REPLACE TABLE" if name in self._added else "CREATE TABLE"  # a source is never replaced
        with _told_if_there(name):
            self.connection.execute(f"{create} {quoted(name)} AS SELECT {', '.join(cells)}", lists)
        self._added[name] = columns, rows

    def rows(self, statement: str, bound: object = None) -> list[tuple[Any, ...]]:
        """The rows that a statement gives."""
        with self.turn:
            return self.connection.execute(statement, bound).fetchall()

    def table(self, name: str) -> duckdb.DuckDBPyRelation:
        """A loaded table, lazily: nothing is computed before its rows are asked for."""
        return self.connection.table(quoted(name))

    def first_outside(self, source: Source, clients: Collection[str]) -> tuple[int, str, Any] | None:
        """The first row that is of none of these clients, or of a day that the source does not cover.

        Gives its number in the table, from 0, the column that is to blame, and its value.
        """
        client, day = quoted(source.client), f"{quoted(source.time)}::DATE"
        unknown = f"NOT list_contains($known::VARCHAR[], {client})"
        uncovered = f"NOT ({day} >= $start AND {day} < $end)"
        statement = (
            f"SELECT rowid, {unknown}, {client}, {day} FROM {quoted(source.name)} "
            f"WHERE {unknown} OR {uncovered} ORDER BY rowid LIMIT 1"
        )
        bound = {"known": list(clients), "start": source.covers.start, "end": source.covers.end}
        found = self.rows(statement, bound)
        if not found:
            return None
        ((row, is_unknown, value, at),) = found
        return (row, source.client, value) if is_unknown else (row, source.time, at)

    def first_day_outside(self, source: Source, values: Collection[str], window: Window) -> tuple[int, date] | None:
        """The first row of a client, called by these values, on a day outside a window: its number, and the day."""
        client, day = quoted(source.client), f"{quoted(source.time)}::DATE"
        statement = (
            f"SELECT rowid, {day} FROM {quoted(source.name)} WHERE list_contains($values::VARCHAR[], {client}) "
            f"AND NOT ({day} >= $start AND {day} < $end) ORDER BY rowid LIMIT 1"
        )
        bound = {"values": list(values), "start": window.start, "end": window.end}
        found = self.rows(statement, bound)
        return (found[0][0], found[0][1]) if found else None

    def first_of_another(self, source: Source, file: LoadedFile, values: Collection[str]) -> tuple[int, Any] | None:
        """The first row of a file whose client is none of these values: its number in the table, and its value."""
        client = quoted(source.client)
        statement = (
            f"SELECT rowid, {client} FROM {quoted(source.name)} WHERE rowid >= $start AND rowid < $end "
            f"AND NOT list_contains($values::VARCHAR[], {client}) ORDER BY rowid LIMIT 1"
        )
        bound = {"values": list(values), "start": file.start, "end": file.end}
        found = self.rows(statement, bound)
        return (found[0][0], found[0][1]) if found else None

    def first_overlap(self, loaded: Loaded) -> tuple[int, int, Any] | None:
        """Rows of the same client and slot in two files: the number in the table of one in each, and the client.

        The first in the order of the files; None where every client's day, week or month is in one file alone.
        """
        source, (rows, bound) = loaded.source, _with_files(loaded)
        client, slot = f"rows.{quoted(source.client)}", f"date_trunc('{source.cut}', rows.{quoted(source.time)})"
        by_file = f"SELECT {client} AS client, {slot} AS slot, file, min(rows.rowid) AS first FROM {rows} GROUP BY ALL"
        statement = (
            f"SELECT firsts[1], firsts[2], client FROM (SELECT client, list(first ORDER BY first) AS firsts "
            f"FROM ({by_file}) GROUP BY client, slot HAVING count(*) > 1) ORDER BY firsts[2] LIMIT 1"
        )
        found = self.rows(statement, bound)
        return (found[0][0], found[0][1], found[0][2]) if found else None

    def first_repeated(self, loaded: Loaded) -> tuple[int, int, Any] | None:
        """Two files of which one holds all rows that the other has of a client and slot: a row in each, and the client.

        The first in the order of the files; None where there is no such thing.
        """
        source, (rows, bound) = loaded.source, _with_files(loaded)
        client, slot = f"rows.{quoted(source.client)}", f"date_trunc('{source.cut}', rows.{quoted(source.time)})"
        cells = ", ".join(f"rows.{quoted(column.name)}" for column in source.columns)
        statement = f"""
            WITH known AS (SELECT {client} AS client, {slot} AS slot, file, row({cells}) AS cells, rows.rowid AS number
                FROM {rows}),
            shared AS (SELECT client, slot FROM known GROUP BY ALL HAVING count(DISTINCT file) > 1),
            own AS (SELECT client, slot, file, cells, count(*) AS times, min(number) AS number
                FROM known SEMI JOIN shared USING (client, slot) GROUP BY ALL),
            whole AS (SELECT client, slot, file, sum(times) AS times FROM own GROUP BY ALL),
            pairs AS (SELECT client, slot, a.file AS one, b.file AS other, sum(least(a.times, b.times)) AS times,
                min(a.number) AS first, min(b.number) AS second
                FROM own AS a JOIN own AS b USING (client, slot, cells) WHERE a.file < b.file GROUP BY ALL)
            SELECT first, second, pairs.client FROM pairs
                JOIN whole AS c ON (c.client, c.slot, c.file) = (pairs.client, pairs.slot, one)
                JOIN whole AS d ON (d.client, d.slot, d.file) = (pairs.client, pairs.slot, other)
            WHERE pairs.times = least(c.times, d.times) ORDER BY second LIMIT 1"""
        found = self.rows(statement, bound)
        return (found[0][0], found[0][1], found[0][2]) if found else None

    def clients_by_file(self, loaded: Loaded) -> list[set[str]]:
        """For each file, how its rows call their clients; empty for a file without rows."""
        rows, bound = _with_files(loaded)
        found = [set[str]() for _ in loaded.files]
        statement = f"SELECT DISTINCT file, rows.{quoted(loaded.source.client)} FROM {rows}"
        for number, value in self.rows(statement, bound):
            found[number].add(value)
        return found

    def rows_by_file(self, loaded: Loaded, values: Collection[str]) -> list[int]:
        """For each file, how many of its rows have one of these values as their client."""
        rows, bound = _with_files(loaded)
        own = f"list_contains($values::VARCHAR[], rows.{quoted(loaded.source.client)})"
        statement = f"SELECT file, count(*) FROM {rows} WHERE {own} GROUP BY file"
        found = dict(self.rows(statement, {**bound, "values": list(values)}))
        return [found.get(number, 0) for number in range(len(loaded.files))]

    def texts(self, name: str, column: str) -> list[str]:
        """The different texts in a column of a table, in their order; rows without one are left out."""
        ask = f"SELECT DISTINCT {quoted(column)} FROM {quoted(name)} WHERE {quoted(column)} IS NOT NULL ORDER BY 1"
        return [text for (text,) in self.rows(ask)]

    def save(self, name: str, file: Path) -> None:
        """Write a table to a Parquet file. A locked engine writes nothing."""
        self.table(name).write_parquet(str(file))

    def _create(self, name: str, columns: Mapping[str, str]) -> None:
        listed = ", ".join(f"{quoted(column)} {kind}" for column, kind in columns.items())
        with _told_if_there(name):
            self.connection.execute(f"CREATE TABLE {quoted(name)} ({listed})")

    @contextlib.contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        self.connection.begin()
        try:
            yield
        except BaseException:
            with contextlib.suppress(duckdb.Error):  # the first error is the one to tell
                self.connection.rollback()
            raise
        self.connection.commit()


def _state(path: Path) -> tuple[int, int] | None:
    """What is another when a file was written to; None where there is none."""
    with contextlib.suppress(OSError):
        found = path.stat()
        return found.st_size, found.st_mtime_ns
    return None


@contextlib.contextmanager
def _told_if_there(name: str) -> Iterator[None]:
    """A `UsageError` where there is a table of that name."""
    try:
        yield
    except duckdb.CatalogException:
        raise UsageError(Message("there is a table '{name}' already.", name=name)) from None


def _with_files(loaded: Loaded) -> tuple[str, dict[str, Any]]:
    """SQL for the rows of a source beside the number of their ``file``, and what to bind to it."""
    filled = [(file.start, number) for number, file in enumerate(loaded.files) if file.end > file.start]
    files = "(SELECT unnest($starts::BIGINT[]) AS start, unnest($numbers::BIGINT[]) AS file)"
    rows = f"{quoted(loaded.source.name)} AS rows ASOF JOIN {files} AS files ON rows.rowid >= files.start"
    return rows, {"starts": [start for start, _ in filled], "numbers": [number for _, number in filled]}


def _check_any(source: Source, files: Sequence[LoadedFile]) -> None:
    """Refuse a source without any row, unless it is of events: of those there may be none."""
    if files[-1].end or source.kind == "events":
        return
    reason = Message("has no row, and {kind} have one for each {every}.", kind=source.kind, every=source.every)
    way_out = Message("It may be broken; get it again. Only a source of 'kind: events' may have none.")
    raise SourceError(files[0].path, reason, way_out=way_out)


_READERS: dict[str, Callable[[duckdb.DuckDBPyConnection, Source, Hide | None], Read]] = {
    "csv": csv_table.load,
    "parquet": parquet_file.load,
}
