"""The header that a CSV file has, where its declaration leads to another line, or cuts it by another sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kpikit.sources.csv_line import fields
from kpikit.sources.declarations import Dialect, Source
from kpikit.words.errors import SourceError
from kpikit.words.message import Message

_DELIMITERS = {",": ",", ";": ";", "\t": "\\t", "|": "|"}
"""The signs that usually stand between cells, as a dialect writes them."""

_LOOKED_AT = 50
"""How many lines from the first are looked at: exports have no longer heads."""


def with_meant_header(source: Source, error: SourceError, first_row: int, lines: Sequence[str]) -> SourceError:
    """The error of a header that lacks a column; its way out is the line that has all of them, where there is one."""
    if error.column is None or error.row is None or _is_comment(lines[error.row - first_row], source.dialect):
        return error
    wanted = {column.in_file for column in source.read} | {name for name, _ in source.dialect.totals}
    signs = [source.dialect.delimiter, *(sign for sign in _DELIMITERS if sign != source.dialect.delimiter)]
    for sign in signs:
        dialect = replace(source.dialect, delimiter=sign)
        for row, line in enumerate(lines[:_LOOKED_AT], first_row):
            if wanted and wanted <= _cells(line, dialect):
                return SourceError(error.file, error.reason, row=error.row, column=error.column,
                                   way_out=_declared(source.dialect, row, sign))  # fmt: skip
    return error


def _is_comment(line: str, dialect: Dialect) -> bool:
    """Whether it seems to be one, so that it is to be declared as such."""
    return line.startswith("#") and dialect.comment is None


def _cells(line: str, dialect: Dialect) -> set[str]:
    try:
        return set(fields(line, dialect))
    except ValueError:
        return set()


def _declared(dialect: Dialect, row: int, sign: str) -> str:
    written, skip = _DELIMITERS.get(sign, sign), row - 1
    if sign == dialect.delimiter:
        return Message("Row {row} has all columns that are declared: write `skip: {skip}`.", row=row, skip=skip)
    if skip == dialect.skip:
        return Message(
            'With "{sign}" between its cells it has all columns that are declared: write `delimiter: "{sign}"`.',
            sign=written,
        )
    return Message(
        'Row {row} has all columns that are declared, with "{sign}" between its cells: write `skip: {skip}` and '
        '`delimiter: "{sign}"`.',
        row=row,
        sign=written,
        skip=skip,
    )
