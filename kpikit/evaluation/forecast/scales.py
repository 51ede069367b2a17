"""The scale on which a measure is forecast, so that no forecast leaves what is possible.

Shares are forecast as log odds, and stay between 0 and 1. What is always above zero is forecast as its logarithm: its
ups and downs are then proportions. What comes near an end (a small share of few cases, of which some months have none)
keeps its own scale, and its spread ends there: as log odds or a logarithm the step to the end would be larger than all
others together. Few counted things (under 20 a period, on average) are forecast by their mean, and come as whole
numbers.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kpikit.words.units import COUNT, SCORE, SHARE, Unit

_NEAR = 0.05
"""A series that comes closer to an end than this part of its median's distance is too close for a logarithm."""

COUNTS, FEW = "counts", 20
"""Counts of under ``FEW`` on average have the scale ``COUNTS``: see `kpikit.evaluation.forecast.counts`."""


@dataclass(frozen=True)
class Scale:
    """``there`` turns a value into a number without bounds, ``back`` turns it into a value again."""

    key: str
    there: Callable[[float], float]
    back: Callable[[float], float]


def _same(value: float) -> float:
    return value


def _log_odds(share: float) -> float:
    return math.log(share / (1 - share)) if share < 1 else math.inf


def _share(odds: float) -> float:
    return 1 / (1 + math.exp(-odds)) if odds > -700 else 0.0


def _exp(number: float) -> float:
    return math.exp(min(number, 700.0))


SCALES = {
    scale.key: scale
    for scale in (
        Scale("plain", _same, _same),
        Scale("from_zero", _same, lambda number: max(number, 0.0)),
        Scale("zero_to_one", _same, lambda number: min(max(number, 0.0), 1.0)),
        Scale(COUNTS, _same, lambda number: max(number, 0.0)),
        Scale("log", math.log, _exp),
        Scale("log_odds", _log_odds, _share),
    )
}


def scale_of(values: Sequence[float], unit: Unit) -> Scale:
    """The scale for a series of this unit.

    >>> from kpikit.words.units import COUNT, MONEY
    >>> known = ([0.2, 0.3], SHARE), ([90, 120], COUNT), ([0, 2], COUNT), ([-5, 9], MONEY)
    >>> [scale_of(values, unit).key for values, unit in known]
    ['log_odds', 'log', 'counts', 'plain']
    """
    low, high, median = min(values), max(values), sorted(values)[len(values) // 2]
    if low < 0:
        return SCALES["plain"]
    if unit == COUNT and sum(values) < FEW * len(values) and all(value == int(value) for value in values):
        return SCALES[COUNTS]
    near_zero = low <= _NEAR * median
    if unit == SHARE and high <= 1:
        near = near_zero or 1 - high <= _NEAR * (1 - median)
        return SCALES["zero_to_one" if near else "log_odds"]
    if unit == SCORE or near_zero:
        return SCALES["from_zero"]
    return SCALES["log"]
