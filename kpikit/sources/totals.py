"""Totals rows held against the rows: where they differ, rows may have got lost on the way, or be there twice."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal
from math import sqrt
from pathlib import Path
from typing import NamedTuple

from kpikit.sources.columns import quoted
from kpikit.sources.declarations import EXACT, Column
from kpikit.sources.engine import Engine
from kpikit.sources.loaded import Loaded, LoadedFile


class Difference(NamedTuple):
    """A column of a file of which a totals row says something else than its rows add up to."""

    file: Path
    row: int
    column: str
    said: Decimal
    found: Decimal


def differences(engine: Engine, loaded: Loaded, columns: Collection[str]) -> Iterator[Difference]:
    """Where none of a file's totals rows says what its rows add up to, in these columns, whose sums mean something.

    Of several totals rows some may be of a part. Files of which bad rows are left out cannot add up, and are passed by.
    """
    exact = [column for column in loaded.source.columns if column.name in columns and column.type in EXACT]
    for file in loaded.files:
        for column in exact if not file.bad else ():
            said = [(each.row, each.values[column.name]) for each in file.totals if column.name in each.values]
            found = _sum(engine, loaded, file, column) if said else Decimal(0)
            off = min(said, key=lambda each: abs(each[1] - found), default=None)
            if off is not None and abs(off[1] - found) > _rounding(column, file.end - file.start):
                yield Difference(file.path, off[0], column.in_file, off[1], found)


def _sum(engine: Engine, loaded: Loaded, file: LoadedFile, column: Column) -> Decimal:
    total = f"SELECT sum({quoted(column.name)})::DECIMAL(38, 9) FROM {quoted(loaded.source.name)}"
    ((found,),) = engine.rows(f"{total} WHERE rowid >= $start AND rowid < $end", {"start": file.start, "end": file.end})
    return found or Decimal(0)


def _rounding(column: Column, rows: int) -> Decimal:
    """How far a total may be off because each row was rounded for itself: of whole numbers nothing.

    Errors of rounding are even between half a last digit less and more, with a deviation of 1/sqrt(12) of it; four
    deviations of their sum, and the total's own error, are hardly ever passed.
    """
    return Decimal(f"{(4 * sqrt(rows / 12) + 1):.3f}").scaleb(-column.scale) if column.scale else Decimal(0)
