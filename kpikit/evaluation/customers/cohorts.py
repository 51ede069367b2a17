"""Cohorts: the customers of each month of first purchase, how many of them came back in each later month, and for what.

Small groups are not told: neither a cohort or a cell of too few persons, nor one whose rest is of too few, nor what
would give them away as the difference to all customers of the same calendar month.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kpikit.metrics.histories import Activity, Tables
from kpikit.metrics.persons import small_group
from kpikit.words.periods import add_months


@dataclass(frozen=True)
class Cohort:
    """The customers whose first purchase lies in a month; ``settled`` is False where they may be older customers.

    ``active`` and ``amounts`` have an entry for each month since, the first one being the month itself: how many
    bought, and for what. None is not told, as it is of too few persons.
    """

    month: date
    settled: bool
    customers: int | None
    active: tuple[int | None, ...]
    amounts: tuple[Decimal | None, ...]

    def share(self, since: int) -> float | None:
        """The share of the cohort that bought so many months later; None where that is not told, or not yet known."""
        bought = self.active[since] if since < len(self.active) else None
        return None if bought is None or not self.customers else bought / self.customers


@dataclass(frozen=True)
class Triangle:
    """The cohorts, oldest first. ``partial``: the last month, and so each cohort's last entry, is not over yet."""

    cohorts: tuple[Cohort, ...]
    partial: bool


def triangle(tables: Tables, limit: int) -> Triangle:
    """The cohorts of one client; groups of fewer than ``limit`` persons are not told."""
    found = {(each.cohort, each.month): each for each in tables.activity}
    first, last = min(cohort for cohort, _ in found), tables.window.last_day.replace(day=1)
    months = [first]
    while months[-1] < last:
        months.append(add_months(months[-1], 1))
    sizes = {month: found[month, month].customers for month in months if (month, month) in found}
    hidden = _hidden(found, sizes, months, limit)
    cohorts = []
    for month in sizes:
        cells = [(month, later) for later in months if later >= month]
        active = [None if cell in hidden else _customers(found, cell) for cell in cells]
        amounts = [None if cell in hidden else _amount(found, cell) for cell in cells]
        settled = month >= tables.settled_from
        cohorts.append(Cohort(month, settled, active[0], tuple(active), tuple(amounts)))
    return Triangle(tuple(cohorts), tables.window.end < add_months(last, 1))


Cell = tuple[date, date]


def _hidden(
    found: Mapping[Cell, Activity], sizes: Mapping[date, int], months: Collection[date], limit: int
) -> set[Cell]:
    rows, hidden = small_group(sizes, limit), set[Cell]()
    while True:
        for month in months:
            cells = {cohort: _customers(found, (cohort, month)) for cohort in sizes if cohort <= month}
            rests = {cohort for cohort, bought in cells.items() if 0 < sizes[cohort] - bought < limit}
            small = small_group(cells, limit, rows | rests) | (rows & cells.keys())
            hidden |= {(cohort, month) for cohort in small}
        # A size that is not told in its own month is told nowhere; alone among the sizes it would be given away.
        wider = small_group(sizes, limit, {cohort for cohort, month in hidden if cohort == month})
        if wider <= rows:
            return hidden
        rows |= wider


def _customers(found: Mapping[Cell, Activity], cell: Cell) -> int:
    return found[cell].customers if cell in found else 0


def _amount(found: Mapping[Cell, Activity], cell: Cell) -> Decimal:
    return found[cell].amount if cell in found else Decimal(0)
