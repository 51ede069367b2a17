"""Declared metrics, the dimensions they are split by, and entities such as customers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kpikit.metrics.conditions import Condition
from kpikit.words.language import Wording
from kpikit.words.units import COUNT, DAYS, DURATION, MONEY, MONTHS, SCORE, SECONDS, SHARE, Unit

AGGREGATES = ("sum", "count", "unique", "mean", "median", "quantile", "min", "max", "first", "last", "value")
"""What a metric may be of its rows; the keys of ``workspace.yml``. "entities" is declared by ``entity``.

Sums, row counts and new entities add up over time. All else is taken anew from the rows of each window:
- ``mean``: of events, over the rows; else over the slots (days) that have a value, of what each has in all.
- ``mean`` with a ``weight``: the sum of the products over the sum of the weights, over the rows that have both.
- ``median``, ``quantile``: over the rows; between two values in proportion.
- ``first``, ``last``: what the rows of the first or last moment add up to, of each thing (``per``) on its own.
- ``value``: as the file has it, for one slot and one row alone; what it would be for a longer time is not known.
"""


@dataclass(frozen=True)
class Dimension:
    """A column that values may be split by, with the labels of its members."""

    name: str
    source: str
    column: str
    label: Wording
    members: Mapping[str, Wording]


@dataclass(frozen=True)
class Entity:
    """Things with a history over many rows, such as customers. Before ``settled_from`` new and old look alike.

    ``spend`` is the metric that says what a row is worth, and ``margin`` the share of it that is earned, where known;
    ``discount_rate``, a year, makes later earnings worth less today.
    """

    name: str
    source: str
    key: str
    where: tuple[Condition, ...]
    settled_from: date
    spend: str | None = None
    margin: Decimal | None = None
    discount_rate: Decimal = Decimal("0.1")


@dataclass(frozen=True)
class Metric:
    """A declared metric: an aggregate (see `AGGREGATES`) of ``column`` over the rows that meet ``where``.

    ``column`` and ``weight`` may be formulas over columns (`kpikit.metrics.quantities`). Of "entities", ``column`` is
    "new" or "repeat", counted over ``entity``. ``weight`` makes a mean a weighted one; ``level`` is that of a quantile;
    ``per`` is the column of the things (accounts, shelves) of which each has a first or last value. ``persons`` is
    the metric that counts the persons behind a value, itself or another one: of too few it is not told. ``part_of``
    counts all of whom it counts some. ``label`` is what it is called in formulas, where that is declared. Metrics with
    the same word under ``overlaps`` count the same things, each for itself, so that they do not add up; the members
    of the dimension ``overlaps_by`` do so, and what is not split by it has no value. ``scale`` has the lowest and the
    highest score that can be given. ``signed``: a number that may be below zero, as a net change.
    """

    name: str
    source: str
    aggregate: str
    column: str | None
    where: tuple[Condition, ...]
    unit: Unit
    currency: str | None
    dimensions: tuple[str, ...]
    entity: str | None = None
    weight: str | None = None
    level: Decimal | None = None
    per: str | None = None
    persons: str | None = None
    part_of: str | None = None
    label: Wording | None = field(default=None, hash=False)
    overlaps: str | None = None
    overlaps_by: str | None = None
    scale: tuple[Decimal, Decimal] | None = None
    signed: bool = False

    @property
    def additive(self) -> bool:
        """True where the value of a window is the sum of the values of its days."""
        return self.aggregate in ("sum", "count") or (self.aggregate == "entities" and self.column == "new")

    @property
    def adds_over_members(self) -> bool:
        """True where that of a whole may be the sum of its members': also of what stands at the end of a time."""
        return self.additive or self.aggregate in ("first", "last")

    @property
    def has_spread(self) -> bool:
        """True for a mean score over rows, of which each may be an answer: it comes with how far they differ."""
        return self.aggregate == "mean" and self.unit == SCORE and self.weight is None

    @property
    def has_largest(self) -> bool:
        """True for a sum of money, which one row may carry; where it is about persons, none of them is told alone."""
        return self.aggregate == "sum" and self.column is not None and self.unit == MONEY and self.persons is None

    @property
    def is_mean_of_rates(self) -> bool:
        """True for a mean of shares that none of them weighs in: it is not the share of all."""
        return self.aggregate == "mean" and self.unit == SHARE and self.weight is None

    @property
    def counts(self) -> bool:
        """True where it can't be below zero: rows and things that are counted, and numbers and times of them."""
        counted = self.aggregate in ("count", "unique", "entities")
        return counted or (self.unit in (COUNT, DURATION, SECONDS, DAYS, MONTHS) and not self.signed)

    def adds_up_over(self, dimensions: Collection[str]) -> bool:
        """False where members overlap, and these dimensions do not keep them apart."""
        return self.overlaps_by is None or self.overlaps_by in dimensions

    @property
    def of_any_length(self) -> bool:
        """True for an average: it means the same in a month and in a year."""
        return self.aggregate == "mean"

    @property
    def zero_without_rows(self) -> bool:
        """True where nothing happened means 0, as for counts and sums; of an average it means that there is none."""
        return self.aggregate in ("sum", "count", "unique", "entities")
