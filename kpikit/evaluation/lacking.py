"""What the figures of an evaluation lack: rows that can't be read, days without any, rows that end too early."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kpikit.words.periods import Window
from kpikit.words.record import Record


@dataclass(frozen=True, repr=False)
class LeftOut(Record):
    """Rows of a source that can't be read: all that may be of the client, and those that may be of the period."""

    source: str
    rows: int
    in_period: int


@dataclass(frozen=True, repr=False)
class Unmeasured(Record):
    """Days of the period on which a source has no rows, where that does not mean 0."""

    source: str
    days: tuple[Window, ...]


@dataclass(frozen=True, repr=False)
class Ended(Record):
    """A source of events whose rows of the client end before the period does, too early for chance."""

    source: str
    last_day: date
