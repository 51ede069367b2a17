"""Expected purchases: BG/NBD fitted to the customers whose first purchase is known, and held against what came then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kpikit.evaluation.customers import bg_nbd
from kpikit.evaluation.customers.bg_nbd import Purchases
from kpikit.evaluation.customers.likelihood import Array, Estimate, error_of
from kpikit.metrics.histories import History, Tables
from kpikit.metrics.persons import small_group
from kpikit.words.periods import Window

WEEKS_A_MONTH = 365.25 / 12 / 7
HORIZONS = (3, 12)
"""For how many months purchases are expected."""

MANY = 4
"""In the check of the prediction, those with so many repeat purchases and more are one group."""


@dataclass(frozen=True)
class Expected:
    """The purchases that all customers together are expected to make in the next ``months``, with a standard error."""

    months: int
    purchases: float
    error: float


@dataclass(frozen=True)
class Forecast:
    """What the model says. Only customers whose first purchase is known are fitted; all are predicted.

    ``repeaters`` bought at least twice, and ``active`` of them are expected to be active still. ``of_new`` is what one
    new customer is expected to buy after the first time. Without a fit, all but ``fitted`` is empty.
    """

    fitted: Estimate
    repeaters: int | None = None
    active: float | None = None
    all: tuple[Expected, ...] = ()
    of_new: tuple[Expected, ...] = ()


@dataclass(frozen=True)
class Held:
    """Customers with ``repeats`` repeat purchases before the held-out days (the last group: or more), and what came."""

    repeats: int
    customers: int | None
    bought: int | None
    predicted: float | None


@dataclass(frozen=True)
class Holdout:
    """How good a prediction would have been: fitted on what came before ``window``, and held against what came in it.

    ``at_same_pace`` is a rule of thumb beside it: that each customer goes on as before. Without a fit, only ``fitted``
    and ``window`` are there.
    """

    window: Window
    fitted: Estimate
    bought: int | None = None
    predicted: float | None = None
    at_same_pace: float | None = None
    groups: tuple[Held, ...] = ()


def purchases_of(histories: Sequence[History]) -> Purchases:
    """The histories as the model wants them, in weeks."""
    rows = [(each.repeats, each.recency / 7, each.age / 7, each.customers) for each in histories]
    return Purchases(*np.array(rows, float).reshape(-1, 4).T)


def _fit(histories: Sequence[History], tables: Tables) -> Estimate:
    return bg_nbd.fit(purchases_of([each for each in histories if each.first >= tables.settled_from]))


def forecast(tables: Tables) -> Forecast:
    """What the customers of one client are expected to buy, from all that is known of them."""
    fitted, bought = _fit(tables.histories, tables), purchases_of(tables.histories)
    if fitted.reason is not None:
        return Forecast(fitted)
    again = bought.repeats > 0
    alive = bg_nbd.alive(fitted.parameters, bought)
    return Forecast(
        fitted,
        int(bought.customers[again].sum()),
        float(alive[again] @ bought.customers[again]),
        tuple(_expected(fitted, bought, months) for months in HORIZONS),
        tuple(_expected(fitted, bg_nbd.NEW, months) for months in HORIZONS),
    )


def _expected(fitted: Estimate, bought: Purchases, months: int) -> Expected:
    def together(parameters: Sequence[float] | Array) -> float:
        return float(bg_nbd.expected(parameters, bought, months * WEEKS_A_MONTH) @ bought.customers)

    return Expected(months, together(fitted.parameters), error_of(together, fitted))


def holdout(tables: Tables, limit: int) -> Holdout:
    """How good a prediction of the last third of the time would have been; small groups are not told."""
    fitted, bought = _fit(tables.held, tables), purchases_of(tables.held)
    if fitted.reason is not None:
        return Holdout(tables.holdout, fitted)
    weeks = tables.holdout.days / 7
    later = np.array([each.later for each in tables.held])
    predicted = bg_nbd.expected(fitted.parameters, bought, weeks) * bought.customers
    pace = bought.repeats / np.maximum(bought.age, 1 / 7) * weeks * bought.customers
    by = np.minimum(bought.repeats, MANY).astype(int)
    sizes = {number: int(bought.customers[by == number].sum()) for number in range(MANY + 1)}
    hidden = small_group(sizes, limit)
    groups = [
        Held(number, None, None, None)
        if number in hidden
        else Held(number, size, int(later[by == number].sum()), float(predicted[by == number].sum()))
        for number, size in sizes.items()
    ]
    return Holdout(tables.holdout, fitted, int(later.sum()), float(predicted.sum()), float(pace.sum()), tuple(groups))
