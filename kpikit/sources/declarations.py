"""What ``workspace.yml`` says of a source: its file, its dialect, its columns, and what it covers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from kpikit.words.message import Message
from kpikit.words.periods import Window

EXACT = ("integer", "decimal")
"""The types whose sums are exact."""
NUMBERS = ("integer", "decimal", "number", "percent", "duration")
"""The types whose values are numbers: of percent a share (``80 %`` is 0.8), of duration its seconds."""

FORMATS = ("csv", "parquet")
SLOTS = ("day", "week", "month", "span")
"""How often a row is due; of a span once, for all that is covered: its file has no column of the time."""

KINDS = ("events", "snapshots", "aggregates")
PLACE = "{client}"
"""Where a pattern of files has the client's name; also the column of the client that such files are read with."""

TIME = "{time}"
"""The column of the time that a source of a span is read with, as it has none: the first day, in every row."""

SAVE_AS_CSV = Message("Of a workbook of Excel, save each sheet that is needed as a file of its own: as 'CSV UTF-8'.")
"""The way out where a file is none of the formats."""

CURRENCY = "{currency}"
"""Where the header of a column of amounts says their currency."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Dialect:
    """How a CSV file is written. Nothing of it is guessed: what differs from these defaults is declared.

    ``marks_declared`` says whether a decimal or thousands mark was declared. Where none was, ``1.234`` in a column of
    numbers is refused (unless its scale is fixed): it could be one and a bit, or more than a thousand.

    ``skip`` is the number of lines above the header, and ``comment`` how lines begin that are no rows. ``totals`` says
    of columns of the file what stands there in a totals row, which is none either. ``missing`` lists cells that mean
    "no value" in every column but the client's and the time's.
    """

    delimiter: str = ","
    quote: str = '"'
    decimal: str = "."
    thousands: str | None = None
    encoding: str = "utf-8"
    marks_declared: bool = False
    skip: int = 0
    comment: str | None = None
    totals: tuple[tuple[str, tuple[str, ...]], ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """One column that is read. ``scale``: digits after the decimal mark, at most; with ``fixed``, exactly.

    ``format`` is how dates and timestamps are written (``%d-%m-%Y``; ISO by default), and durations (``h:mm:ss`` by
    default). ``century_from``: the first of the hundred years that ``%y`` can mean. ``symbol``: what stands before or
    after each number (``$``). ``missing`` lists the cells that mean "no value"; an empty cell means it only where the
    list has "". ``header`` is the column's name in the file, where it is another one, and ``currency`` what it says of
    that. A column with a ``constant`` is not in the file: each row has this text. ``hashed``: its cells tell persons
    apart, and become hashes when read.
    """

    name: str
    type: str
    scale: int | None = None
    fixed: bool = False
    format: str | None = None
    century_from: int | None = None
    symbol: str | None = None
    missing: tuple[str, ...] = ()
    header: str | None = None
    constant: str | None = None
    currency: str | None = None
    hashed: bool = False

    @property
    def in_file(self) -> str:
        """What the column is called in the file."""
        return self.header or self.name

    @property
    def affix(self) -> str | None:
        """What stands beside each number: the declared symbol, or a percent sign."""
        return "%" if self.type == "percent" else self.symbol


@dataclass(frozen=True)
class Source:
    """A declared source. ``every`` is its slot: a day, week or month; ``open`` the weekdays on which rows are expected.
    With ``every: span`` each row is about all days of ``span`` together; ``covers`` is what of them is known.

    ``kind``: of ``events``, no row on a covered day means 0; of ``snapshots`` and ``aggregates`` it means missing.
    A source of many files has a ``pattern``, relative to the folder ``root``; ``client`` is `PLACE` where the path
    alone says whose rows they are. With ``accounts`` the column of the client has accounts of that other system.
    ``dropped`` are the columns of the file that are personal and never read. Of ``bad_rows_at_most`` of a file's rows
    (a share) those with a cell that can't be read are left out; None: a single one is refused. ``same_rows`` is True
    where rows of events may be the same, in one file or two: different events, and no slip or overlap. The last
    ``immature_days`` of what is covered are still filling: figures that belong to them keep arriving. ``declared`` is
    the file, line and key that name its file.
    """

    name: str
    file: Path
    format: str
    dialect: Dialect
    columns: tuple[Column, ...]
    client: str
    time: str
    every: str
    kind: str
    open: tuple[int, ...]
    covers: Window
    attribution: str | None = None
    root: Path = Path()
    pattern: str | None = None
    accounts: str | None = None
    span: Window | None = None
    dropped: tuple[str, ...] = ()
    bad_rows_at_most: Decimal | None = None
    same_rows: bool = False
    immature_days: int = 0
    declared: str = field(default="", compare=False)

    @property
    def matures(self) -> date:
        """The first day that is still filling; the day after all that is covered where none is."""
        return self.covers.end - timedelta(self.immature_days)

    @property
    def cut(self) -> str:
        """What a day of its rows is cut to, to give the slot: SQL's word for it."""
        return "day" if self.every == "span" else self.every

    def of_file(self, path: Path, client: str | None) -> Source:
        """The source of one of its files alone, with columns for a client and a time that are not in the file."""
        told = [Column(PLACE, "text", constant=client or "")] if self.client == PLACE else []
        told += [Column(TIME, "date", constant=str(self.span.start))] if self.span else []
        return replace(self, file=path, columns=(*self.columns, *told))

    @property
    def whose(self) -> str | None:
        """How it calls the one client that all of its rows are of, where that is declared as a constant."""
        client = self.column(self.client)
        return client.constant if client else None

    @property
    def read(self) -> tuple[Column, ...]:
        """The columns that are in the file."""
        return tuple(column for column in self.columns if column.constant is None)

    def missing(self, column: Column) -> tuple[str, ...]:
        """The cells of a column that mean "no value"."""
        return column.missing + (() if self.needs(column) else self.dialect.missing)

    def needs(self, column: Column) -> bool:
        """True for a column without which a row cannot be counted: the client's and the time's."""
        return column.name in (self.client, self.time)

    def column(self, name: str) -> Column | None:
        """The declared column of a name, or None."""
        return next((column for column in self.columns if column.name == name), None)
