"""Gamma-Gamma: what a customer spends on a purchase, from what it spent so far and what all others spend.

A customer's purchases vary around an average of its own (gamma, shape ``p``); the averages are spread over the
customers (``q``, ``gamma``). Who bought twice tells less than who bought twenty times, and is drawn further to the
average of all. The model takes for granted that how often somebody buys says nothing of how much it spends;
`correlation` tells how far that holds.

Source: Fader and Hardie, "The Gamma-Gamma Model of Monetary Value", 2013, equations 1a, 3 and 5; after Fader, Hardie
and Lee, "RFM and CLV: Using Iso-Value Curves for Customer Base Analysis", Journal of Marketing Research 42(4), 2005.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kpikit.evaluation.customers.bg_nbd import FEWEST
from kpikit.evaluation.customers.likelihood import Array, Estimate, maximise


@dataclass(frozen=True)
class Spends:
    """What customers spend: arrays of one length. ``spend`` is the average of their ``repeats`` purchases, above 0."""

    repeats: Array
    spend: Array
    customers: Array

    def __len__(self) -> int:
        return int(self.customers.sum())


def fit(spent: Spends) -> Estimate:
    """The parameters (p, q, gamma), gamma in the currency, with standard errors; or the reason why there are none.

    >>> fit(Spends(*np.ones((3, 10)))).reason
    'too_few'
    """
    total = len(spent)
    if total < FEWEST:
        return Estimate(total, "too_few")
    # In units of the average, so that amounts in kroner and in millions are alike to the search.
    unit = float((spent.spend * spent.customers).sum() / total)
    scaled = Spends(spent.repeats, spent.spend / unit, spent.customers)
    starts = [(p, q, (q - 1) / p) for p, q in ((6.0, 4.0), (2.0, 2.5), (1.0, 1.5))]
    found = maximise(lambda parameters: log_likelihood(parameters, scaled), starts, total)
    if found.reason is not None:
        return found
    (p, q, gamma), (of_p, of_q, of_gamma) = found.parameters, found.errors
    at = log_likelihood((p, q, gamma * unit), spent)[0]
    return Estimate(total, None, (p, q, gamma * unit), (of_p, of_q, of_gamma * unit), found.covariance, at)


def log_likelihood(parameters: Sequence[float] | Array, spent: Spends) -> tuple[float, Array]:
    """The log-likelihood of the averages, and its derivative by p, q and gamma."""
    from scipy.special import gammaln, psi

    p, q, gamma = parameters
    x, z, weights = spent.repeats, spent.spend, spent.customers
    whole = gamma + x * z
    value = (
        gammaln(p * x + q) - gammaln(p * x) - gammaln(q)
        + q * np.log(gamma) + (p * x - 1) * np.log(z) + p * x * np.log(x) - (p * x + q) * np.log(whole)
    )  # fmt: skip
    by_p = x * (psi(p * x + q) - psi(p * x) + np.log(z) + np.log(x) - np.log(whole))
    by_q = psi(p * x + q) - psi(q) + np.log(gamma) - np.log(whole)
    by_gamma = q / gamma - (p * x + q) / whole
    return float(value @ weights), np.array([each @ weights for each in (by_p, by_q, by_gamma)])


def mean(parameters: Sequence[float] | Array) -> float | None:
    """What a customer spends on a purchase, on average over all of them; None where ``q`` is 1 or less: no mean exists.

    >>> round(mean((6.25, 3.74, 15.44)), 2)  # CDNOW, in dollars
    35.22
    """
    p, q, gamma = parameters
    return float(p * gamma / (q - 1)) if q > 1 else None


def expected(parameters: Sequence[float] | Array, repeats: Array, spend: Array) -> Array:
    """What customers with these averages are expected to spend on a purchase; without a repeat one the mean of all."""
    p, q, gamma = parameters
    return np.asarray(p * (gamma + repeats * np.where(repeats > 0, spend, 0)) / (p * repeats + q - 1))


def correlation(spent: Spends) -> float | None:
    """Pearson's correlation of the number of repeat purchases with their average; None where either never varies."""
    weights = spent.customers / spent.customers.sum()
    x, z = (each - each @ weights for each in (spent.repeats, spent.spend))
    spread = np.sqrt((x**2 @ weights) * (z**2 @ weights))
    return float((x * z) @ weights / spread) if spread > 0 else None
