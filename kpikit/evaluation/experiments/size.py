"""How large an experiment must be: before it starts, from what is known today."""

from __future__ import annotations

import math
from functools import cache

POWER, SIGNIFICANCE = 0.8, 0.05
"""A true effect is seen in four cases of five, and one that is not there in one of twenty."""


def units_needed(
    effect: float,
    deviation: float,
    share: float = 1.0,
    power: float = POWER,
    significance: float = SIGNIFICANCE,
    treated: float | None = None,
) -> int:
    """The units that a variant needs, so that a difference of ``effect`` in a KPI is seen with probability ``power``.

    ``deviation`` is the standard deviation of one unit's value, and ``treated`` that in the variant, where it differs:
    a share that changes has another one. ``share`` is how many units the variant has for each of the control.
    Two-sided: one that is not there is seen with probability ``significance``.

    >>> units_needed(effect=0.005, deviation=share_deviation(0.05), treated=share_deviation(0.055))  # 5 % to 5.5 %
    31231
    """
    both = deviation if treated is None else _of_both(deviation, treated, share)
    return math.ceil(_of_one_deviation(share, power, significance) * (both / effect) ** 2 * share)


def _of_both(deviation: float, treated: float, share: float) -> float:
    """The deviation that, as that of both, gives their difference the error that it has with their own ones."""
    return math.sqrt((share * deviation**2 + treated**2) / (share + 1))


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


def smallest_rise(units: int, today: float, share: float = 1.0) -> float:
    """The smallest rise of a share from ``today`` that is seen so; NaN where even one to 1 would not be.

    >>> round(smallest_rise(31_231, 0.05), 4)
    0.005
    """
    from scipy.optimize import brentq

    def missing(rise: float) -> float:
        both = _of_both(share_deviation(today), share_deviation(min(today + rise, 1.0)), share)
        return smallest_seen(units, both, share) - rise

    most = 1 - today
    return math.nan if missing(most) > 0 else float(brentq(missing, 0, most))


def deviation_at(share: float, deviation: float, today: float) -> float:
    """The standard deviation of one unit once a share is no longer that of ``today``, which comes with ``deviation``.

    >>> round(deviation_at(0.5, deviation=0.3, today=0.1), 9)
    0.5
    """
    return deviation * share_deviation(share) / share_deviation(today)


def share_deviation(share: float) -> float:
    """The standard deviation of one unit that is counted (1) or not (0).

    >>> share_deviation(0.5)
    0.5
    """
    return math.sqrt(share * (1 - share))
