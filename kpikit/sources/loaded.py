"""What came of loading a source: its files, and where in the table each one's rows begin."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path

from kpikit.sources.declarations import Source
from kpikit.sources.numbering import Numbering


@dataclass(frozen=True)
class LoadedFile:
    """A file that was read; ``start`` is the number in the table, from 0, of its first row, ``end`` of the next's.

    ``rows`` says where its rows stand in the file.
    """

    path: Path
    client: str | None
    start: int
    end: int
    rows: Numbering


@dataclass(frozen=True)
class Loaded:
    """A source that is a table of the engine now, and its files in the order in which they were read."""

    source: Source
    files: tuple[LoadedFile, ...]

    def place(self, number: int) -> tuple[Path, int]:
        """The file of a row of the table, and its row there as an editor counts (in Parquet, the row's)."""
        filled = [file for file in self.files if file.end > file.start]
        file = filled[bisect_right([each.start for each in filled], number) - 1]
        return file.path, file.rows.row(number - file.start)

