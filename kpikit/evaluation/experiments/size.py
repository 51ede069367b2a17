"""How large an experiment must be: before it starts, from what is known today."""

from __future__ import annotations

import math
from functools import cache

POWER, SIGNIFICANCE = 0.8, 0.05
"""A true effect is seen in four cases of five, and one that is not there in one of twenty."""


def units_needed(
    effect: float, deviation: float, share: float = 1.0, power: float = POWER, significance: float = SIGNIFICANCE
) -> int:
    """The units that a variant needs, so that a difference of ``effect`` in a KPI is seen with probability ``power``.

    ``deviation`` is the standard deviation of one unit's value, and ``share`` how many units the variant has for each
    of the control. Two-sided: one that is not there is seen with probability ``significance``.

    >>> units_needed(effect=0.005, deviation=share_deviation(0.05))  # from 5 % to 5.5 %
    29826
    """
    return math.ceil(_of_one_deviation(share, power, significance) * (deviation / effect) ** 2 * share)


@cache
def _of_one_deviation(share: float, power: float, significance: float) -> float:
    """The units of the control that show one standard deviation of difference: half of it takes four times as many."""
    from statsmodels.stats.power import NormalIndPower

    return float(NormalIndPower().solve_power(1.0, alpha=significance, power=power, ratio=share))


def smallest_seen(units: int, deviation: float, share: float = 1.0) -> float:
    """The smallest difference that a variant with so many units shows in four cases of five; see `units_needed`."""
    from statsmodels.stats.power import NormalIndPower

    found = NormalIndPower().solve_power(None, nobs1=units / share, alpha=SIGNIFICANCE, power=POWER, ratio=share)
    return float(found) * deviation


def share_deviation(share: float) -> float:
    """The standard deviation of one unit that is counted (1) or not (0).

    >>> share_deviation(0.5)
    0.5
    """
    return math.sqrt(share * (1 - share))
