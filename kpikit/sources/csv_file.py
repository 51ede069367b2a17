"""CSV files, read so that damage never shifts, merges or drops a row: what has no single reading is a `SourceError`.

A file is bytes, then text, then lines, then fields, and each step checks its own: the encoding is decoded strictly; all
lines end alike; every line has an even number of quotes, so that no record spans lines; every record has as many fields
as the header. The first two steps are the business of `kpikit.sources.lines`. Cells stay text here;
`kpikit.sources.columns` gives them types.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple, TypeVar

from kpikit.sources.csv_line import check_width, fields, names_of, place_of, wrong_quotes
from kpikit.sources.declarations import Source
from kpikit.sources.lines import lines_of
from kpikit.sources.meant_header import with_meant_header
from kpikit.words.errors import SourceError, shortened
from kpikit.words.message import Message

PERSONAL = "***"
"""What is shown in the place of a personal cell."""

T = TypeVar("T")


class Batch(NamedTuple):
    """Rows of the file: the line of each one, as an editor counts, and the cells of each column that is read.

    ``text`` gives the text of a line by its number, without the cells that are personal.
    """

    rows: Sequence[int]
    columns: tuple[tuple[str, ...], ...]
    text: Callable[[int], str] = str


def records(source: Source, totals: list[Batch] | None = None) -> Iterator[Batch]:
    """The rows of a CSV file, in batches, as text; a file with a header alone gives none. ``totals`` takes the totals
    rows, where it has any.

    Raises `SourceError` at the first thing that cannot be read in exactly one way. Batches before it have been given
    by then: a caller keeps nothing of a file that it could not read to its end.
    """
    table, empty = _Table(source), True
    for first_row, lines in lines_of(source):
        empty = False
        batch = table.batch(first_row, lines)
        if batch is not None:
            yield batch
    if empty:
        raise SourceError(source.file, Message("is empty."), way_out=Message("Its first line must be the header."))
    table.finish()
    if totals is not None and table.totals.left:
        numbers, rows = zip(*table.totals.left, strict=True)
        totals.append(table.cut(numbers, rows))


def header(source: Source) -> tuple[int, list[str]]:
    """The row of the header in a CSV file, and its names; nothing below it is read."""
    table = _Table(replace(source, columns=(), dialect=replace(source.dialect, totals=())))
    for first_row, lines in lines_of(source):
        for row, line in enumerate(lines, first_row):
            table.batch(row, [line])
            if table.width:
                return row, table.names
    raise SourceError(source.file, Message("has no header."))


class _Table:
    """What is known of a file so far: its header, once that has come, and its totals rows."""

    def __init__(self, source: Source) -> None:
        self.source, self.dialect = source, source.dialect
        self.width, self.names, self.places, self.totals = 0, list[str](), list[int](), _Totals(source)
        self.personal, self.latest, self.seen = set[int](), list[list[str]](), 0

    def batch(self, first_row: int, lines: list[str]) -> Batch | None:
        """The rows in some lines; None where they have none."""
        above = 0 if self.width else self._above(first_row, lines)
        self.seen += len(lines)
        numbers: Sequence[int] = range(first_row + above, first_row + len(lines))
        whole, lines = lines, lines[above:] if above else lines
        comment = self.dialect.comment
        if comment is not None and any(line.startswith(comment) for line in lines):
            numbers, lines = _kept(numbers, lines, self._is_no_comment)
        rows = self._rows(numbers, lines)
        if self.totals.told:
            numbers, rows = _kept(numbers, rows, self.totals.leave)
        if not rows:
            return None
        self.latest = rows  # let go when the next ones are there: new memory would cost a third of the time
        return self.cut(numbers, rows, partial(self._text, first_row, whole))

    def cut(self, numbers: Sequence[int], rows: Sequence[list[str]], text: Callable[[int], str] = str) -> Batch:
        """Rows as a batch of the columns that are read."""
        columns = list(zip(*rows, strict=True))
        return Batch(numbers, tuple(columns[place] for place in self.places), text)

    def _text(self, first_row: int, lines: Sequence[str], row: int) -> str:
        line = lines[row - first_row]
        if not self.personal:
            return line
        cells = fields(line, self.dialect)
        shown = (PERSONAL if place in self.personal else cell for place, cell in enumerate(cells))
        return self.dialect.delimiter.join(shown)

    def finish(self) -> None:
        """Refuse a file that lacks its header, or the totals row that was declared."""
        if not self.width:
            way_out = Message("Correct `skip:` and `comment:` in the dialect.")
            if self.dialect.skip >= self.seen:
                way_out = Message(
                    "The file has no more lines than `skip: {skip}` leaves out: say how many stand above the header.",
                    skip=self.dialect.skip,
                )
            raise SourceError(
                self.source.file, Message("has no header: all of its lines are left out."), way_out=way_out
            )
        self.totals.finish()

    def _begin(self, row: int, names: list[str]) -> None:
        self.width, self.names, self.places = (
            len(names),
            names,
            [place_of(self.source, row, names, column.in_file) for column in self.source.read],
        )
        hashed = [column.in_file for column in self.source.read if column.hashed]
        self.personal = {place_of(self.source, row, names, name) for name in (*self.source.dropped, *hashed)}
        self.totals.begin(row, names)

    def _above(self, first_row: int, lines: list[str]) -> int:
        """How many of these lines are not below the header: all, or those down to the header, which is read."""
        dialect = self.dialect
        for count, line in enumerate(lines):
            row = first_row + count
            is_comment = dialect.comment is not None and (not line or line.startswith(dialect.comment))
            if row > dialect.skip and not is_comment:
                try:
                    self._begin(row, names_of(self.source, row, line))
                except SourceError as error:
                    raise with_meant_header(self.source, error, first_row, lines) from None
                return count + 1
        return len(lines)

    def _rows(self, numbers: Sequence[int], lines: list[str]) -> list[list[str]]:
        rows, dialect = list[list[str]](), self.dialect
        for number, line in zip(numbers, lines, strict=True):
            try:
                rows.append(fields(line, dialect))
            except ValueError as error:
                raise wrong_quotes(self.source, number, error) from None
        if not all(lines) or {*map(len, rows)} - {self.width}:
            for number, line, cells in zip(numbers, lines, rows, strict=True):
                check_width(self.source, number, line, len(cells), self.width)
        return rows

    def _is_no_comment(self, row: int, line: str) -> bool:
        """False for a comment below the header, which has fewer cells than a row.

        So no row can be taken for a comment, nor get lost behind one.
        """
        comment = self.dialect.comment
        if comment is None or not line.startswith(comment):
            return True
        if line.count(self.dialect.delimiter) >= self.width - 1:
            reason = Message(
                "the line begins as a comment ({comment}), and has as many cells as a row.", comment=comment
            )
            raise SourceError(
                self.source.file, reason, row=row, way_out=Message("Put its first cell in quotes, or remove it.")
            )
        return False


def _kept(numbers: Sequence[int], lines: list[T], is_kept: Callable[[int, T], bool]) -> tuple[Sequence[int], list[T]]:
    """The lines that are kept, with their numbers."""
    kept = [each for each in zip(numbers, lines, strict=True) if is_kept(*each)]
    if len(kept) == len(lines):
        return numbers, lines
    return [number for number, _ in kept], [line for _, line in kept]


class _Totals:
    """The totals rows: right below the header or at the end, each once, and at least one where they are declared."""

    def __init__(self, source: Source) -> None:
        self.source, self.told = source, list[tuple[int, Sequence[str]]]()
        self.seen, self.rows = dict[tuple[str, ...], int](), False
        self.closing: tuple[str, ...] | None = None
        self.left = list[tuple[int, list[str]]]()

    def begin(self, row: int, names: list[str]) -> None:
        """Find the columns by which totals rows are told."""
        totals = self.source.dialect.totals
        self.told = [(place_of(self.source, row, names, name), texts) for name, texts in totals]

    def leave(self, row: int, cells: list[str]) -> bool:
        """False for a totals row."""
        if any(cells[place] not in texts for place, texts in self.told):
            self.rows = True
            if self.closing is not None:
                raise self._refusal(self.seen[self.closing], self.closing, Message("stands between rows."))
            return True
        found = tuple(cells[place] for place, _ in self.told)
        first = self.seen.setdefault(found, row)
        if first != row:
            raise self._refusal(row, found, Message("is the second one after row {first}.", first=first))
        self.closing = found if self.rows else None
        self.left.append((row, cells))
        return False

    def finish(self) -> None:
        """Refuse a file with rows and without a totals row: its end may have got lost."""
        if self.told and self.rows and not self.seen:
            way_out = Message("Get it again, if it was cut short; else leave `totals:` out.")
            raise SourceError(self.source.file, Message("has no totals row, and one is declared."), way_out=way_out)

    def _refusal(self, row: int, found: tuple[str, ...], reason: str) -> SourceError:
        listed = ", ".join(shortened(text) for text in found)
        way_out = Message("Declare by `totals:` what stands in no other row.")
        return SourceError(
            self.source.file,
            Message("the totals row ({listed}) {reason}", listed=listed, reason=reason),
            row=row,
            way_out=way_out,
        )
