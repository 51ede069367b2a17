"""Dates whose day and month stand in the other order than declared: where only that order makes sense of all of them.

``04-03-2025`` fits both orders, so that a file that is read by the wrong one may be read without an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from kpikit.sources.columns import reading
from kpikit.sources.csv_file import records
from kpikit.sources.declarations import Column, Source
from kpikit.words.errors import SourceError
from kpikit.words.message import Message

_OTHER = {"%d": "%m", "%m": "%d", "%-d": "%-m", "%-m": "%-d"}


def other_order(column: Column) -> str | None:
    """The column's format with day and month in each other's place; None where it has not both of them as numbers.

    >>> other_order(Column("day", "date", format="%d-%m-%Y"))
    '%m-%d-%Y'
    """
    pieces = re.split(r"(%-?.)", column.format or "")
    swapped = [_OTHER.get(piece, piece) for piece in pieces]
    return "".join(swapped) if sum(piece in _OTHER for piece in pieces) == 2 else None


def with_other_order(source: Source, error: SourceError) -> SourceError:
    """The error; with the other order as its way out, where a date does not fit and all of its file fit that one."""
    column = next((each for each in source.read if each.in_file == error.column), None)
    other = other_order(column) if column else None
    if column is None or other is None or not _all_fit(replace(source, file=Path(error.file)), column, other):
        return error
    way_out = Message("All values of the column fit {format}: declare that as its `format:`.", format=repr(other))
    return SourceError(error.file, error.reason, row=error.row, column=error.column, value=error.value, way_out=way_out)


def _all_fit(source: Source, column: Column, form: str) -> bool:
    pattern = reading(replace(column, format=form), source.dialect).form
    try:
        for cell in set(_cells(source, column)).difference(source.missing(column)):
            if not re.fullmatch(pattern, cell, re.ASCII):
                return False
            datetime.strptime(cell, form.replace("%-", "%"))
    except (ValueError, SourceError):
        return False
    return True


def _cells(source: Source, column: Column) -> Iterator[str]:
    for batch in records(replace(source, columns=(column,))):
        yield from batch.columns[0]
