"""Customer lifetime value: what the expected purchases earn, month by month, discounted to today.

Of each customer: the purchases expected by BG/NBD in each month ahead, times what it is expected to spend on one by
Gamma-Gamma, times the margin, over ``(1 + discount rate) ** (months / 12)`` at the end of the month. Beside it stands
the textbook's value: what a customer brings a year, divided by the share of customers lost in a year; no discounting.

Source: Fader, Hardie and Lee, "RFM and CLV", Journal of Marketing Research 42(4), 2005, equation 1 (discounted cash
flow), over a stated number of months instead of for ever; textbook: Farris et al., Marketing Metrics, chapter 5.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from kpikit.evaluation.customers import bg_nbd, gamma_gamma
from kpikit.evaluation.customers.bg_nbd import Purchases
from kpikit.evaluation.customers.gamma_gamma import Spends
from kpikit.evaluation.customers.likelihood import Array, Estimate
from kpikit.evaluation.customers.purchases import WEEKS_A_MONTH, Forecast, purchases_of
from kpikit.metrics.histories import History, Tables, Year

HORIZONS = (12, 36)
"""For how many months ahead a value is told."""


@dataclass(frozen=True)
class Worth:
    """The discounted value of the next ``months``: of all customers, of one on average, and of one new customer after
    its first purchase, in the currency."""

    months: int
    total: float
    each: float
    new: float


@dataclass(frozen=True)
class Textbook:
    """``yearly``: earned from a customer of the last twelve months; ``lost``: the share of those of the twelve months
    before who did not come back; ``value``: the one divided by the other, None where nobody was lost."""

    yearly: float
    lost: float
    value: float | None


@dataclass(frozen=True)
class Value:
    """``reason`` says why there are no values: no_spend, few_spends, no_mean, or that of a fit which gave no numbers.

    ``spend`` is what a customer spends on a purchase on average over all, ``correlation`` that of how often and how
    much. ``margin`` None: the values are revenue, not earnings.
    """

    reason: str | None
    margin: Decimal | None
    discount_rate: Decimal
    fitted: Estimate | None = None
    spend: float | None = None
    correlation: float | None = None
    worths: tuple[Worth, ...] = ()
    textbook: Textbook | None = None


def value(
    tables: Tables, forecast: Forecast, margin: Decimal | None, discount_rate: Decimal, textbook: Textbook | None
) -> Value:
    """The value of the customers of one client; ``textbook`` is the simple value that stands beside it."""
    if tables.currency is None:
        return Value("no_spend", margin, discount_rate)
    spent = spends_of(tables.histories)
    fitted = gamma_gamma.fit(spent)
    reason = forecast.fitted.reason or ("few_spends" if fitted.reason == "too_few" else fitted.reason)
    usual = None if fitted.reason else gamma_gamma.mean(fitted.parameters)
    if reason is None and usual is None:
        reason = "no_mean"
    if reason or usual is None:
        return Value(reason, margin, discount_rate, fitted, usual, textbook=textbook)
    bought, share = purchases_of(tables.histories), 1.0 if margin is None else float(margin)
    averages = np.array([each.spend or 0 for each in tables.histories], float)
    counted = np.where(averages > 0, bought.repeats, 0)
    earned = share * gamma_gamma.expected(fitted.parameters, counted, averages)
    worths = []
    for months in HORIZONS:
        own, once = (discounted(forecast.fitted.parameters, of, months, discount_rate) for of in (bought, bg_nbd.NEW))
        total, of_new = float(own @ (earned * bought.customers)), float(once[0]) * share * usual
        worths.append(Worth(months, total, total / len(bought), of_new))
    correlation = gamma_gamma.correlation(spent)
    return Value(None, margin, discount_rate, fitted, usual, correlation, tuple(worths), textbook)


def spends_of(histories: Sequence[History]) -> Spends:
    """What those spend who bought again, and for more than nothing."""
    rows = [(each.repeats, each.spend, each.customers) for each in histories if each.spend]
    return Spends(*np.array(rows, float).reshape(-1, 3).T)


def discounted(
    parameters: Sequence[float] | Array, bought: Purchases, months: int, discount_rate: Decimal | float
) -> Array:
    """The purchases expected in each of the next months, each counted as what it is worth today.

    >>> for rate in (0.0, 0.1):
    ...     print(round(float(discounted((0.25, 4, 0.8, 2.5), bg_nbd.NEW, 12, rate)[0]), 3))
    1.591
    1.525
    """
    found, before = np.zeros(len(bought.repeats)), np.zeros(len(bought.repeats))
    for month in range(1, months + 1):
        by_then = bg_nbd.expected(parameters, bought, month * WEEKS_A_MONTH)
        found, before = found + (by_then - before) / (1 + float(discount_rate)) ** (month / 12), by_then
    return np.asarray(found)


def textbook(year: Year | None, margin: Decimal | None) -> Textbook | None:
    """The simple value from two years of counts; None where there are not two years, or nobody in them."""
    if year is None or not year.customers or not year.before:
        return None
    yearly = float(year.amount * (1 if margin is None else margin) / year.customers)
    lost = 1 - year.kept / year.before
    return Textbook(yearly, lost, yearly / lost if lost else None)
