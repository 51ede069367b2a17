"""One KPI of one variant: its value and the standard error of that, from moments of the units.

The KPI's own formula is computed with the means of its metrics as uncertain, correlated numbers. The library
``uncertainties`` carries their errors through it to first order, which is the delta method: for a ratio of sums that of
A. Deng, U. Knoblich, J. Lu (2018), "Applying the Delta Method in Metric Analytics", KDD, section 2.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from kpikit.indicators.framework import Indicator
from kpikit.metrics.moments import Moments

ROUNDING = 1e-6
"""An error below this share of the value is one of computing: all units have the same."""


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
    from uncertainties import nominal_value, std_dev

    try:
        found = indicator.formula.compute(_means(indicator.formula.names, moments))
    except ZeroDivisionError:  # of a mean that is zero by chance
        return None
    value, deviation = float(nominal_value(found)), float(std_dev(found)) * math.sqrt(moments.units)
    if math.isnan(value):  # nothing at all to divide by
        return None
    return Estimate(value, deviation if deviation > ROUNDING * abs(value) else 0.0, moments.units)


def _means(names: tuple[str, ...], moments: Moments) -> dict[str, Any]:
    """The mean of each metric, with the errors and correlations that means of so many units have."""
    from uncertainties import correlated_values

    covariances = [[_covariance(moments, one, other) / moments.units for other in names] for one in names]
    return dict(zip(names, correlated_values([moments.means[name] for name in names], covariances), strict=True))


def _covariance(moments: Moments, one: str, other: str) -> float:
    return moments.covariances[(one, other) if (one, other) in moments.covariances else (other, one)]
