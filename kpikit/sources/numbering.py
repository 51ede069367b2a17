"""Where rows stand in their file, which may have lines between them that are no rows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence


class Numbering:
    """The number in its file of each row that was read; in memory one entry for each run of neighbours.

    >>> lines = Numbering([range(8, 10), [12, 14]])
    >>> [lines.row(place) for place in range(4)]
    [8, 9, 12, 14]
    """

    def __init__(self, rows: Iterable[Sequence[int]] = ()) -> None:
        self._count, self._places, self._rows = 0, list[int](), list[int]()
        for each in rows:
            self.add(each)

    def __len__(self) -> int:
        return self._count

    def add(self, rows: Sequence[int]) -> None:
        """More rows, in the order in which they were read."""
        if isinstance(rows, range):
            if rows:
                self._begin(rows.start)
            self._count += len(rows)
            return
        for row in rows:
            self._begin(row)
            self._count += 1

    def row(self, place: int) -> int:
        """The number in the file of the row at a place, from 0."""
        run = bisect_right(self._places, place) - 1
        return self._rows[run] + place - self._places[run]

    def _begin(self, row: int) -> None:
        if not self._rows or row - self._rows[-1] != self._count - self._places[-1]:
            self._places.append(self._count)
            self._rows.append(row)
