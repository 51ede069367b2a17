"""Customers as the models suppose them: simulated purchase by purchase, from a seed."""

from __future__ import annotations

import numpy as np

from kpikit.evaluation.customers.bg_nbd import Purchases
from kpikit.evaluation.customers.gamma_gamma import Spends
from kpikit.evaluation.customers.likelihood import Array

CDNOW = (0.243, 4.414, 0.793, 2.426)
"""r, alpha, a, b of the 2,357 CDNOW customers: Fader, Hardie and Lee (2005), table 2."""

CDNOW_SPEND = (6.25, 3.74, 15.44)
"""p, q, gamma of the 946 CDNOW customers who bought again: Fader and Hardie (2013), section 3."""


def buyers(
    number: int, parameters: tuple[float, ...], weeks: float, seed: int, ahead: float = 0.0
) -> tuple[Purchases, Array]:
    """Customers who first bought in the first half of so many weeks; and what each buys in the weeks ``ahead``."""
    r, alpha, a, b = parameters
    chance = np.random.default_rng(seed)
    age = chance.uniform(weeks / 2, weeks, number)
    rate, leaving = chance.gamma(r, 1 / alpha, number), chance.beta(a, b, number)
    repeats, recency, later, now = (np.zeros(number) for _ in range(4))
    active = np.ones(number, bool)
    while active.any():
        now = now + chance.exponential(1, number) / np.maximum(rate, 1e-300)
        seen = active & (now <= age)
        repeats, recency = repeats + seen, np.where(seen, now, recency)
        coming = active & (now > age) & (now <= age + ahead)
        later = later + coming
        active = (seen | coming) & (chance.uniform(size=number) > leaving)
    return Purchases(repeats, recency, age, np.ones(number)), later


def spenders(number: int, parameters: tuple[float, ...], seed: int) -> tuple[Spends, Array]:
    """Customers with 1 to 20 repeat purchases, the average of each; and the average that it tends to."""
    p, q, gamma = parameters
    chance = np.random.default_rng(seed)
    repeats = chance.geometric(0.3, number).clip(1, 20).astype(float)
    scale = chance.gamma(q, 1 / gamma, number)
    spend = chance.gamma(p * repeats, 1 / (repeats * scale))
    return Spends(repeats, spend, np.ones(number)), p / scale
