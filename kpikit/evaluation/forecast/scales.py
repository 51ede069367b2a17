"""The scale on which a measure is forecast, so that no forecast leaves what is possible.

Shares are forecast as log odds, and stay between 0 and 1. What is always above zero is forecast as its logarithm: its
ups and downs are then proportions. What comes near zero keeps its own scale, and its spread ends at zero.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kpikit.words.units import SCORE, SHARE, Unit

_NEAR_ZERO = 0.05
"""A series that falls under this part of its median is too close to zero for a logarithm."""

_EDGE = 1e-4
"""How far from 0 and 1 a share of exactly 0 or 1 is put, as log odds have no end: one in ten thousand."""


@dataclass(frozen=True)
class Scale:
    """``there`` turns a value into a number without bounds, ``back`` turns it into a value again."""

    key: str
    there: Callable[[float], float]
    back: Callable[[float], float]


def _same(value: float) -> float:
    return value


def _log_odds(share: float) -> float:
    inside = min(max(share, _EDGE), 1 - _EDGE)
    return math.log(inside / (1 - inside))


def _share(odds: float) -> float:
    return 1 / (1 + math.exp(-odds)) if odds > -700 else 0.0


def _exp(number: float) -> float:
    return math.exp(min(number, 700.0))


SCALES = {
    scale.key: scale
    for scale in (
        Scale("plain", _same, _same),
        Scale("from_zero", _same, lambda number: max(number, 0.0)),
        Scale("log", math.log, _exp),
        Scale("log_odds", _log_odds, _share),
    )
}


def scale_of(values: Sequence[float], unit: Unit) -> Scale:
    """The scale for a series of this unit.

    >>> from kpikit.words.units import COUNT, MONEY
    >>> [scale_of(values, unit).key for values, unit in (([0.2, 0.3], SHARE), ([90, 120], COUNT), ([-5, 9], MONEY))]
    ['log_odds', 'log', 'plain']
    """
    low, high = min(values), max(values)
    if low < 0:
        return SCALES["plain"]
    if unit == SHARE and high <= 1:
        return SCALES["log_odds"]
    median = sorted(values)[len(values) // 2]
    if unit == SCORE or low <= _NEAR_ZERO * median:
        return SCALES["from_zero"]
    return SCALES["log"]
