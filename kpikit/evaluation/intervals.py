"""Between what a survey's figure may lie: from the counts of its answers, or from how far its scores differ.

A mean of scores has Student's interval, the mean -/+ t times the standard deviation of the answers by the square root
of how many they are (Student, Biometrika 6, 1908), cut at the ends of its scale. Where all
answers are alike, or there is one alone, they do not tell how far others would differ, and there are no ends.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from kpikit.indicators.framework import Indicator
from kpikit.indicators.surveys import CONFIDENCE, Interval
from kpikit.metrics.requests import Measurement
from kpikit.words.formula import Symbol


def interval_of(indicator: Indicator, rows: Mapping[str, Measurement]) -> Interval | None:
    """The interval of a survey's indicator from the measurements of its metrics; None where it can have none."""
    if isinstance(indicator.formula, Symbol):
        name = indicator.formula.name
        return mean_interval(rows[name], *indicator.ranges[name][:2])
    return indicator.interval(**{name: float(row.value or 0) for name, row in rows.items()})


def mean_interval(row: Measurement, lowest: float = -math.inf, highest: float = math.inf) -> Interval | None:
    """The interval of a mean score; None where it is not known of how many answers it is the mean."""
    if row.answers is None or row.value is None:
        return None
    if not row.deviation:
        return Interval(None, None, row.answers)
    from scipy.special import stdtrit

    reach = stdtrit(row.answers - 1, (1 + CONFIDENCE) / 2) * row.deviation / math.sqrt(row.answers)
    return Interval(max(row.value - reach, lowest), min(row.value + reach, highest), row.answers)
