"""What may come of few counted things: whole numbers, and none below zero.

Counts of independent events have Poisson's distribution, and those that vary more the negative binomial one of the same
mean and variance. What varies much less is planned rather than left to chance: those are whole numbers about the mean.
Source: Cameron and Trivedi, "Regression Analysis of Count Data" (2013), chapters 2 and 3.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]

PLANNED, LEAST, FAR = 0.5, 1e-9, 40
"""Under ``PLANNED`` of Poisson's variance counts are planned. No mean is smaller than ``LEAST``, and what lies ``FAR``
spreads above it does not come."""


def quantile(mean: float, spread: float, part: ArrayLike) -> Numbers:
    """The smallest whole number that at least ``part`` of what may come does not exceed.

    >>> float(quantile(1.3, 1.14, 0.5)), float(quantile(0.1, 0.3, 0.9))
    (1.0, 0.0)
    """
    return np.asarray(np.searchsorted(_up_to(mean, spread), part), dtype=float)


def at_least(mean: float, spread: float, value: float) -> float:
    """How likely a count is ``value`` or more.

    >>> round(at_least(1.3, 1.14, 2), 3)  # 1 - exp(-1.3) * (1 + 1.3)
    0.373
    """
    least, known = math.ceil(value), _up_to(mean, spread)
    if least <= 0:
        return 1.0
    return float(1 - known[least - 1]) if least <= len(known) else 0.0


def _up_to(mean: float, spread: float) -> Numbers:
    """How likely a count is 0 at most, 1 at most, and so on."""
    from scipy.special import betainc, ndtr, pdtr

    mean = max(mean, LEAST)
    counts, ratio = np.arange(math.ceil(mean + FAR * (spread + 1))), spread**2 / mean
    if ratio < PLANNED:
        found = ndtr((counts + 0.5 - mean) / spread)
    elif ratio <= 1 + LEAST:
        found = pdtr(counts, mean)
    else:
        found = betainc(mean / (ratio - 1), counts + 1.0, 1 / ratio)
    return np.asarray(found, dtype=float)
