"""What a decomposition says: a change, the parts that it is made of, and how it was taken apart."""

from __future__ import annotations

from dataclasses import dataclass

from kpikit.words.periods import Period
from kpikit.words.units import Unit

METHODS = ("identity", "funnel", "formula", "movements", "members", "rate_and_mix")
"""How a change is taken apart; SCHEMA.md describes each."""

EFFECTS = ("factor", "amount", "rate", "mix", "new", "vanished", "rest")
"""What a part is: see SCHEMA.md."""


@dataclass(frozen=True)
class Driver:
    """One part of a change: ``value``, in the unit of the fact; ``before`` and ``after`` are in ``unit``, ``currency``.

    ``kind`` says what ``name`` is: an "indicator", a "metric", or a "member" of the decomposition's dimension. All
    members that are not told are one part, the "rest", without a name.
    """

    kind: str
    name: str | None
    effect: str
    unit: Unit
    before: float | None
    after: float | None
    value: float
    currency: str | None = None


@dataclass(frozen=True)
class Decomposition:
    """The change against a comparison, taken apart by one of `METHODS`; the values of ``drivers`` add up to it.

    ``formula`` is the identity, over indicators' ids or metrics, where it is one; ``dimension`` what members are of.
    Where the change can't be taken apart there are no drivers, and ``reason`` says why.
    """

    against: str
    method: str
    formula: str | None
    dimension: str | None
    change: float | None
    drivers: tuple[Driver, ...]
    reason: str | None

    @property
    def largest(self) -> tuple[Driver, ...]:
        """The drivers that are not zero, the largest first, whichever way they go."""
        moved = [each for each in self.drivers if each.value]
        return tuple(sorted(moved, key=lambda each: -abs(each.value)))


@dataclass(frozen=True)
class Lead:
    """A KPI, or a PI of its goal, that stands out in the period: by which rule, which way, and since when."""

    key: str
    since: Period
    rule: str
    direction: str
