"""What the figures of an evaluation lack: rows that can't be read, days or cells without any, ends too early."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
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


@dataclass(frozen=True, repr=False)
class WithoutValue(Record):
    """Rows of the period without a value in the ``column`` (or formula) that a metric adds up, of ``all`` that it has.

    They add nothing, so that the sum may be incomplete, and the ``indicators`` that are made of it. How many they
    are is None of a sum over persons, of whom few could be known by it; to partners, what is added up is None, too.
    """

    source: str
    metric: str | None
    column: str | None
    rows: int | None
    all: int | None
    indicators: tuple[str, ...]

    def bare(self, indicators: Collection[str]) -> WithoutValue:
        """What may be told to those who see these indicators alone, and not what they are made of."""
        seen = tuple(each for each in self.indicators if each in indicators)
        return replace(self, metric=None, column=None, rows=None, all=None, indicators=seen)
