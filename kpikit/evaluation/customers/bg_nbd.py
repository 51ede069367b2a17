"""BG/NBD: how often customers without a contract will still buy, and how many of them are still there.

While a customer is active, purchases come at random at a rate of its own; after each purchase, it leaves for good with
a probability of its own. The rates are spread over the customers by a gamma distribution (shape ``r``, rate ``alpha``),
the probabilities by a beta distribution (``a``, ``b``). Of each customer three numbers are needed: ``repeats``, the
number of purchases after the first; ``recency``, the time from the first to the last; ``age``, from the first until
today; all times in weeks.

Source: Fader, Hardie and Lee, "'Counting Your Customers' the Easy Way: An Alternative to the Pareto/NBD Model",
Marketing Science 24(2), 2005, equations 6, 8, 9 and 10; the probability of being active from Fader, Hardie and Lee,
"Computing P(alive) Using the BG/NBD Model", 2008.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kpikit.evaluation.customers.likelihood import Array, Estimate, maximise

FEWEST = 50
"""Of fewer customers, or where fewer than a tenth of these bought again, nothing is fitted."""


@dataclass(frozen=True)
class Purchases:
    """The repeat purchases of customers: arrays of one length. ``customers`` says how many have each combination."""

    repeats: Array
    recency: Array
    age: Array
    customers: Array

    def __len__(self) -> int:
        return int(self.customers.sum())


NEW = Purchases(np.zeros(1), np.zeros(1), np.zeros(1), np.ones(1))
"""One customer who has just bought for the first time."""


def fit(bought: Purchases) -> Estimate:
    """The parameters (r, alpha, a, b), alpha in weeks, with standard errors; or the reason why there are none.

    >>> fit(Purchases(*np.ones((4, 10)))).reason
    'too_few'
    """
    total, again = len(bought), float(bought.customers[bought.repeats > 0].sum())
    if total < FEWEST or again < FEWEST / 10:
        return Estimate(total, "too_few")
    rate = float((bought.repeats * bought.customers).sum() / (bought.age * bought.customers).sum())
    starts = [(r, r / rate, a, b) for r, a, b in ((0.5, 0.8, 2.5), (1.5, 0.3, 3.0), (0.3, 2.0, 2.0))]
    return maximise(lambda parameters: log_likelihood(parameters, bought), starts, total)


def log_likelihood(parameters: Sequence[float] | Array, bought: Purchases) -> tuple[float, Array]:
    """The log-likelihood of the purchases, and its derivative by r, alpha, a and b."""
    value, slopes = _each(parameters, bought)
    return float(value @ bought.customers), np.array([slope @ bought.customers for slope in slopes])


def _each(parameters: Sequence[float] | Array, bought: Purchases) -> tuple[Array, list[Array]]:
    from scipy.special import gammaln, psi

    r, alpha, a, b = parameters
    x, recency, age = bought.repeats, bought.recency, bought.age
    rests = np.maximum(b + x - 1, 1e-300)
    stayed = -(r + x) * np.log(alpha + age)
    left = np.where(x > 0, np.log(a) - np.log(np.where(x > 0, rests, 1)) - (r + x) * np.log(alpha + recency), -np.inf)
    either = np.logaddexp(stayed, left)
    stays, leaves = np.exp(stayed - either), np.exp(left - either)
    value = (
        gammaln(r + x) - gammaln(r) + r * np.log(alpha)
        + gammaln(a + b) + gammaln(b + x) - gammaln(b) - gammaln(a + b + x) + either
    )  # fmt: skip
    by_r = psi(r + x) - psi(r) + np.log(alpha) - stays * np.log(alpha + age) - leaves * np.log(alpha + recency)
    by_alpha = r / alpha - (r + x) * (stays / (alpha + age) + leaves / (alpha + recency))
    by_a = psi(a + b) - psi(a + b + x) + leaves / a
    by_b = psi(a + b) + psi(b + x) - psi(b) - psi(a + b + x) - leaves / np.where(x > 0, rests, np.inf)
    return value, [by_r, by_alpha, by_a, by_b]


def alive(parameters: Sequence[float] | Array, bought: Purchases) -> Array:
    """The probability that a customer is still active; in this model it is 1 for those who bought only once."""
    from scipy.special import expit

    r, alpha, a, b = parameters
    x, again = bought.repeats, bought.repeats > 0
    silence = (r + x) * np.log((alpha + bought.age) / (alpha + bought.recency))
    odds = np.where(again, np.log(a) - np.log(np.where(again, b + x - 1, 1)) + silence, -np.inf)
    return np.asarray(expit(-odds))


def expected(parameters: Sequence[float] | Array, bought: Purchases, weeks: float) -> Array:
    """The number of purchases that a customer with this history is expected to make in the next so many weeks.

    Equation 10, with the hypergeometric function transformed by Euler's (1-z)^(c-a-b) F(c-a, c-b; c; z), so that its
    arguments stay small for those who bought hundreds of times.
    """
    from scipy.special import hyp2f1

    r, alpha, a, b = parameters
    if min(abs(a - 1), abs(r - a - round(r - a))) < 1e-7:
        a = a + 2e-7  # the limit exists, but as 0 / 0: here, or within the hypergeometric function
    x, z = bought.repeats, weeks / (alpha + bought.age + weeks)
    falls = (1 - z) ** (a - 1) * hyp2f1(a + b - 1 - r, a - 1, a + b + x - 1, z)
    return np.asarray((a + b + x - 1) / (a - 1) * (1 - falls) * alive(parameters, bought))
