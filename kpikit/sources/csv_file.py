"""CSV files, read so that damage never shifts, merges or drops a row: what has no single reading is a `SourceError`.

A file is bytes, then text, then lines, then fields, and each step checks its own: the encoding is decoded strictly; all
lines end alike; every line has an even number of quotes, so that no record spans lines; every record has as many fields
as the header. The first two steps are the business of `kpikit.sources.lines`. Cells stay text here;
`kpikit.sources.columns` gives them types.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from kpikit.sources.declarations import Dialect, Source
from kpikit.sources.lines import lines_of
from kpikit.words.errors import SourceError, shortened


class Batch(NamedTuple):
    """Rows that follow each other in the file: the first one's row, and the cells of each column that is read."""

    first_row: int
    columns: tuple[tuple[str, ...], ...]


def records(source: Source) -> Iterator[Batch]:
    """The rows of a CSV file, in batches, as text; a file with a header alone gives none.

    Raises `SourceError` at the first thing that cannot be read in exactly one way. Batches before it have been given
    by then: a caller keeps nothing of a file that it could not read to its end.
    """
    width, places = 0, list[int]()
    for first_row, lines in lines_of(source):
        rows = _rows(source, first_row, lines)
        if first_row == 1:
            width, places = len(rows[0]), _places(source, rows[0])
        for row, fields in enumerate(rows, first_row):
            if len(fields) != width:
                raise _uneven(source, row, len(fields), width)
        if first_row == 1:
            first_row, rows = 2, rows[1:]
        if rows:
            columns = list(zip(*rows, strict=True))
            yield Batch(first_row, tuple(columns[place] for place in places))
    if not width:
        raise SourceError(source.file, "is empty.", way_out="Its first line must be the header.")


def fields(line: str, dialect: Dialect) -> list[str]:
    """The cells of one line, without their quotes; a `ValueError` says what is wrong with the quotes.

    >>> fields('a,"b, c","5"" pipe"', Dialect())
    ['a', 'b, c', '5" pipe']
    """
    quote, delimiter = dialect.quote, dialect.delimiter
    if quote not in line:
        return line.split(delimiter)
    if line.count(quote) % 2:
        raise ValueError(f"the line has an odd number of quotes ({quote}).")
    cells, open_cell = list[str](), list[str]()
    for piece in line.split(delimiter):
        open_cell.append(piece)
        cell = delimiter.join(open_cell) if len(open_cell) > 1 else piece
        if cell.count(quote) % 2 == 0:
            cells.append(_unquoted(cell, quote))
            open_cell.clear()
    return cells


def _unquoted(cell: str, quote: str) -> str:
    if quote not in cell:
        return cell
    inner = cell[1:-1].replace(quote * 2, "")
    if not (cell.startswith(quote) and cell.endswith(quote)) or quote in inner:
        raise ValueError(f"a quote ({quote}) stands inside a cell; it must enclose the cell, or be doubled within one.")
    return cell[1:-1].replace(quote * 2, quote)


def _rows(source: Source, first_row: int, lines: list[str]) -> list[list[str]]:
    rows = list[list[str]]()
    for row, line in enumerate(lines, first_row):
        if not line:
            raise SourceError(source.file, "the line is empty.", row=row, way_out="Remove it.")
        try:
            rows.append(fields(line, source.dialect))
        except ValueError as error:
            way_out = "Records must not span lines; declare the `quote:` that the file uses."
            raise SourceError(source.file, str(error), row=row, way_out=way_out) from None
    return rows


def _places(source: Source, names: list[str]) -> list[int]:
    twice = next((name for name, number in Counter(names).items() if number > 1), None)
    if twice is not None:
        raise SourceError(source.file, f"the name {shortened(twice)} stands twice in the header.", row=1)
    for column in source.read:
        if column.in_file not in names:
            way_out = "Declare the `delimiter:` that the file uses." if len(names) == 1 else ""
            reason = no_such_column(column.in_file, names)
            raise SourceError(source.file, reason, row=1, column=column.in_file, way_out=way_out)
    return [names.index(column.in_file) for column in source.read]


def no_such_column(name: str, names: list[str]) -> str:
    """The reason to refuse a file without a declared column, with the nearest name that the file has."""
    nearest = difflib.get_close_matches(name, [each[:60] for each in names[:500]], n=1)
    hint = f"Did you mean '{nearest[0]}'?" if nearest else f"The file has {shortened(', '.join(names[:500]), 200)}."
    return f"there is no such column. {hint}"


def _uneven(source: Source, row: int, found: int, width: int) -> SourceError:
    reason = f"the line has {found} field{'s' * (found != 1)}, and the header has {width}."
    way_out = f"Quote cells that hold the delimiter ({source.dialect.delimiter!r}); remove title and total lines."
    return SourceError(source.file, reason, row=row, way_out=way_out)
