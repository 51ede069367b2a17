"""RFM: customers by how lately and how often they bought, and how much they spent.

Each customer has a score from 1 to 5 for each of the three: one more than the whole fifths of customers that are worse.

Source: Hughes, Strategic Database Marketing (1994), chapter on recency, frequency and monetary value; there the fifths
are cut through customers who are alike, here these stay together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kpikit.metrics.histories import Tables
from kpikit.metrics.persons import small_group

SCORES = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Group:
    """Customers with the same scores, and what they spent in all; None is not told, as it is of too few persons."""

    customers: int | None
    amount: Decimal | None


@dataclass(frozen=True)
class Rfm:
    """``grid[r - 1][f - 1]`` are the customers with recency score r and frequency score f; ``spend`` those by spend."""

    grid: tuple[tuple[Group, ...], ...]
    spend: tuple[Group, ...]

    @property
    def none_told(self) -> bool:
        """True where each group with anybody in it is too small."""
        return not any(group.customers for row in (*self.grid, self.spend) for group in row)


def rfm(tables: Tables, limit: int) -> Rfm:
    """The customers of one client by their scores; groups of fewer than ``limit`` persons are not told."""
    both, spend = defaultdict[int, list[tuple[int, Decimal]]](list), defaultdict[int, list[tuple[int, Decimal]]](list)
    for each in tables.fifths:
        both[10 * each.recency + each.frequency].append((each.customers, each.amount))
        spend[each.spend].append((each.customers, each.amount))
    grid, by_spend = _groups(both, limit), _groups(spend, limit)
    nobody = Group(0, Decimal(0))
    return Rfm(
        tuple(tuple(grid.get(10 * r + f, nobody) for f in SCORES) for r in SCORES),
        tuple(by_spend.get(m, nobody) for m in SCORES),
    )


def _groups(found: Mapping[int, list[tuple[int, Decimal]]], limit: int) -> dict[int, Group]:
    persons = {key: sum(customers for customers, _ in own) for key, own in found.items()}
    hidden = small_group(persons, limit)
    return {
        key: Group(None, None) if key in hidden else Group(persons[key], sum((amount for _, amount in own), Decimal(0)))
        for key, own in found.items()
    }
