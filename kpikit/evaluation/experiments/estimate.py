"""One KPI of one variant: its value and the standard error of that, from moments of the units.

A sum is taken for each unit; a ratio of sums has the error of the delta method: with r = mean(x) / mean(y) it is
sqrt((var(x) - 2 r cov(x, y) + r^2 var(y)) / n) / mean(y). For a share of the units (y = 1) that is the usual one.
Source: A. Deng, U. Knoblich, J. Lu (2018), "Applying the Delta Method in Metric Analytics", KDD, section 2.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from kpikit.indicators.framework import Indicator
from kpikit.metrics.moments import Moments
from kpikit.plans.experiments import ratio
from kpikit.words.formula import Formula


class Estimate(NamedTuple):
    """``value`` of a variant with ``units``; ``deviation`` is the standard deviation of one unit's part in it."""

    value: float
    deviation: float
    units: int

    @property
    def error(self) -> float:
        """The standard error of the value."""
        return self.deviation / math.sqrt(self.units)


def estimate(indicator: Indicator, moments: Moments) -> Estimate | None:
    """The KPI of a variant; None where there is nothing to divide by, and for a single unit."""
    if moments.units < 2:
        return None
    above, *below = [_weights(part) for part in ratio(indicator)]
    x = _mean(above, moments)
    if not below:
        return Estimate(x, math.sqrt(_covariance(above, above, moments)), moments.units)
    y = _mean(below[0], moments)
    if y == 0:
        return None
    r = x / y
    off = {name: above.get(name, 0.0) - r * below[0].get(name, 0.0) for name in above | below[0]}
    return Estimate(r, math.sqrt(_covariance(off, off, moments)) / abs(y), moments.units)


def _weights(formula: Formula) -> dict[str, float]:
    """How often each metric is in a sum: {"orders": 1, "returns": -1}."""
    nothing = dict.fromkeys(formula.names, 0.0)
    return {name: float(formula.compute(nothing | {name: 1.0})) for name in formula.names}


def _mean(weights: Mapping[str, float], moments: Moments) -> float:
    return sum(weight * moments.means[name] for name, weight in weights.items())


def _covariance(some: Mapping[str, float], others: Mapping[str, float], moments: Moments) -> float:
    """Of two weighted sums of the metrics; never below zero by rounding for the variance of one."""
    total = sum(
        a * b * moments.covariances[(one, two) if (one, two) in moments.covariances else (two, one)]
        for one, a in some.items()
        for two, b in others.items()
    )
    return max(total, 0.0)
