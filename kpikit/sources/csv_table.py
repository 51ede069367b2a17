"""From the cells of a CSV file to a table of the engine: each batch is staged, checked, and inserted.

A bad cell is refused, or, where the source says so, its row is left out and handed back.
"""

from __future__ import annotations

from typing import Any

import duckdb

from kpikit.sources.columns import quoted, reading, sql_type
from kpikit.sources.csv_file import Batch, records
from kpikit.sources.date_faults import Fault
from kpikit.sources.day_order import with_other_order
from kpikit.sources.declarations import EXACT, Source
from kpikit.sources.faults import fault, if_empty
from kpikit.sources.loaded import Read, Total
from kpikit.sources.numbering import Numbering
from kpikit.sources.personal import Hide, hidden
from kpikit.sources.quarantine import BadRow, check_limit
from kpikit.words.errors import SourceError

_STAGED = quoted("rows being read")


def load(connection: duckdb.DuckDBPyConnection, source: Source, hide: Hide | None = None) -> Read:
    """Insert the rows of a CSV file into the source's table, which exists; `SourceError` at the first bad cell.

    With ``bad_rows_at_most`` rows with a bad cell are left out, and no more of them than that.
    """
    stage, values = _staging(source)
    values_read = [f"value{i}" for i in range(len(source.columns))]
    insert = f"INSERT INTO {quoted(source.name)} SELECT {', '.join(values_read)} FROM {_STAGED}"
    numbering, bad, totals = Numbering(), list[BadRow](), list[Batch]()
    for batch in records(source, totals):
        connection.execute(stage, values | _cells(source, batch, hide) | {"rows": len(batch.rows)})
        first = _first_bad(connection, source, batch)
        if first is None:
            connection.execute(insert)
            numbering.add(batch.rows)
        elif source.bad_rows_at_most is None:
            raise with_other_order(source, first)
        else:
            found = _all_bad(connection, source, batch)
            connection.execute(f"{insert} WHERE NOT list_contains($bad::BIGINT[], place)", {"bad": list(found)})
            numbering.add([row for place, row in enumerate(batch.rows) if place not in found])
            bad += found.values()
            check_limit(source, bad, None)
    said = tuple(total for batch in totals for total in _totals(connection, source, batch))
    connection.execute(f"DROP TABLE IF EXISTS {_STAGED}")
    check_limit(source, bad, len(numbering) + len(bad))
    return Read(numbering, tuple(bad), said)


def _totals(connection: duckdb.DuckDBPyConnection, source: Source, batch: Batch) -> list[Total]:
    """What totals rows say of columns of exact numbers, read as other rows are; nothing of a cell that is none."""
    stage, values = _staging(source)
    connection.execute(stage, values | _cells(source, batch, None) | {"rows": len(batch.rows)})
    names = {f"value{i}": column.name for i, column in enumerate(source.columns) if column.type in EXACT}
    cells = ", ".join(f"{value}::DECIMAL(38, 9)" for value in names) or "NULL"
    found = connection.execute(f"SELECT {cells} FROM {_STAGED} ORDER BY place").fetchall()
    known = (
        {name: value for name, value in zip(names.values(), row, strict=False) if value is not None} for row in found
    )
    return [Total(row, values) for row, values in zip(batch.rows, known, strict=True)]


def _cells(source: Source, batch: Batch, hide: Hide | None) -> dict[str, str]:
    """The cells of each column in one text, by lines: no cell has a line's end. Personal ones as hashes."""
    bound = dict[str, str]()
    for i, cells in zip(_read(source), batch.columns, strict=True):
        column, shown = source.columns[i], cells
        if column.hashed and hide is not None:
            shown = tuple(hidden(cells, source.missing(column), hide))
        bound[f"cells{i}"] = "\n".join(shown)
    return bound


def _read(source: Source) -> list[int]:
    """The places, among all columns, of those that are in the file."""
    return [place for place, column in enumerate(source.columns) if column.constant is None]


def _staging(source: Source) -> tuple[str, dict[str, Any]]:
    """The statement that holds a batch beside what its cells mean, and what to bind to it apart from the cells."""
    cells, parts, bound = ["unnest(range($rows)) AS place"], ["place"], dict[str, Any]()
    for i, column in enumerate(source.columns):
        if column.constant is not None:
            parts.append(f"$constant{i}::VARCHAR::{sql_type(column)} AS value{i}")
            bound[f"constant{i}"] = column.constant
            continue
        read = reading(column, source.dialect)
        cells.append(f"unnest(string_split($cells{i}::VARCHAR, chr(10))) AS cell{i}")
        missing = f"list_contains($missing{i}::VARCHAR[], cell{i})"
        value = read.value.format(cell=f"cell{i}", **{name: f"${name}{i}::VARCHAR" for name in read.given})
        fine = f"regexp_full_match(cell{i}, $form{i}::VARCHAR)"
        parts.append(f"cell{i}, {missing} AS missing{i}")
        parts.append(f"CASE WHEN NOT {missing} AND {fine} THEN {value} END AS value{i}")
        bound |= {f"missing{i}": list(source.missing(column)), f"form{i}": read.form}
        bound |= {f"{name}{i}": text for name, text in read.given.items()}
    inner = f"SELECT {', '.join(cells)}"
    return f"CREATE OR REPLACE TEMP TABLE {_STAGED} AS SELECT {', '.join(parts)} FROM ({inner})", bound


def _first_bad(connection: duckdb.DuckDBPyConnection, source: Source, batch: Batch) -> SourceError | None:
    bad = [f"min(place) FILTER ({_is_bad(i)})" for i in _read(source)]
    found = connection.execute(f"SELECT {', '.join(bad)} FROM {_STAGED}").fetchall()[0]
    places = [(place, i) for i, place in enumerate(found) if place is not None]
    return _error(source, batch, *min(places)) if places else None


def _all_bad(connection: duckdb.DuckDBPyConnection, source: Source, batch: Batch) -> dict[int, BadRow]:
    """The bad rows of the batch by their places in it, each with all of its bad cells."""
    flags = [_is_bad(i) for i in _read(source)]
    names = [column.name for column in source.columns]
    client, day = f"value{names.index(source.client)}", f"value{names.index(source.time)}::DATE"
    statement = f"SELECT place, {client}, {day}, [{', '.join(flags)}] FROM {_STAGED} WHERE {' OR '.join(flags)}"
    found = {}
    for place, name, at, bad in connection.execute(f"{statement} ORDER BY place").fetchall():
        first, *others = (_error(source, batch, place, i) for i, is_bad in enumerate(bad) if is_bad)
        found[int(place)] = BadRow(first, name, at, batch.text(batch.rows[place]), tuple(others))
    return found


def _is_bad(column: int) -> str:
    return f"(value{column} IS NULL AND NOT missing{column})"


def _error(source: Source, batch: Batch, place: int, column: int) -> SourceError:
    """What is wrong with a cell; of a personal column, without the cell."""
    declared, cell = source.read[column], batch.columns[column][place]
    needed = source.needs(declared)
    reason, way_out = _PERSONAL if declared.hashed else fault(declared, source.dialect, cell, needed)
    value = None if declared.hashed else cell
    row = batch.rows[place]
    return SourceError(source.file, reason, row=row, column=declared.in_file, value=value, way_out=way_out)


_PERSONAL = Fault("is empty.", if_empty("", False))
"""The only thing that a cell which becomes a hash can be: it is a text, and any other text is good."""
