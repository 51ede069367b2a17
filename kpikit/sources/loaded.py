"""What came of loading a source: its files, and where in the table each one's rows begin."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from kpikit.sources.declarations import Source
from kpikit.sources.numbering import Numbering
from kpikit.sources.quarantine import BadRow


class Total(NamedTuple):
    """A totals row: where it stands in the file, and what it says of columns of whole and decimal numbers."""

    row: int
    values: Mapping[str, Decimal]


class Read(NamedTuple):
    """What came of reading one file: where its rows stand in it, the bad ones that were left out, and its totals."""

    rows: Numbering
    bad: tuple[BadRow, ...] = ()
    totals: tuple[Total, ...] = ()


@dataclass(frozen=True)
class LoadedFile:
    """A file that was read; ``start`` is the number in the table, from 0, of its first row, ``end`` of the next's.

    ``rows`` says where its rows stand in the file; ``bad`` are those that were left out; ``totals`` are no rows.
    """

    path: Path
    client: str | None
    start: int
    end: int
    rows: Numbering
    bad: tuple[BadRow, ...] = ()
    totals: tuple[Total, ...] = ()


@dataclass(frozen=True)
class Loaded:
    """A source that is a table of the engine now, and its files in the order in which they were read."""

    source: Source
    files: tuple[LoadedFile, ...]

    @property
    def bad(self) -> tuple[BadRow, ...]:
        """The rows of all files that were left out."""
        return tuple(chain.from_iterable(file.bad for file in self.files))

    def place(self, number: int) -> tuple[Path, int]:
        """The file of a row of the table, and its row there as an editor counts (in Parquet, the row's)."""
        filled = [file for file in self.files if file.end > file.start]
        file = filled[bisect_right([each.start for each in filled], number) - 1]
        return file.path, file.rows.row(number - file.start)
