"""Shares of clients of unequal size, compared fairly: the funnel plot, with overdispersion.

A small client's share varies more by chance than a large one's, so that a table of ranks puts small ones at both ends.
The funnel's limits are as wide as each size asks for. Where clients differ by more than chance, as hospitals do for
all kinds of reasons, limits of chance alone would mark nearly all: the usual differences between clients are
estimated, with the extreme tenth on each side pulled in, and added. Shares are compared as arcsine of their root, whose
variance does not depend on the share: 1 / (4 n).
Source: D. J. Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in Medicine 24 (2005);
the additive model as in the R package FunnelPlotR (data_type "PR", od_adjust, winsorised).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from statistics import NormalDist

LEAST = 10
"""From so few clients the usual differences between them cannot be told."""
WINSORISED = 0.1
WARNING, ALARM = 0.95, 0.998
"""The shares of clients inside of the two pairs of limits while nothing but chance and usual differences is at work."""


@dataclass(frozen=True)
class Place:
    """One client: its share of ``size``, and ``outside``: +1 above, -1 below the limits of `ALARM`, 0 inside."""

    client: str
    size: float
    share: float
    outside: int


@dataclass(frozen=True)
class Funnel:
    """``centre`` is the share of all together; ``spread`` the standard deviation of the usual differences, by arcsine.

    ``dispersion`` is how many times the variance of chance the clients vary; 1 and less is chance alone. ``by_chance``
    is the probability of clients that vary at least as much, where nothing but chance is at work (chi-squared).
    """

    centre: float
    spread: float
    dispersion: float
    by_chance: float
    places: tuple[Place, ...]

    def limits(self, size: float, inside: float = ALARM) -> tuple[float, float]:
        """The limits for a client of a size: so that the share ``inside`` of such clients lies between them."""
        reach = NormalDist().inv_cdf((1 + inside) / 2) * math.hypot(self.spread, 0.5 / math.sqrt(size))
        middle = _angle(self.centre)
        low, high = max(middle - reach, 0.0), min(middle + reach, math.pi / 2)
        return math.sin(low) ** 2, math.sin(high) ** 2


def funnel(shares: Mapping[str, tuple[float, float]]) -> Funnel | None:
    """The funnel of clients with (part, whole); those without a whole are left out.

    None for fewer than ten, and where a part is larger than its whole: that is no share.
    """
    known = {client: (part, whole) for client, (part, whole) in shares.items() if whole > 0}
    if len(known) < LEAST or any(not 0 <= part <= whole for part, whole in known.values()):
        return None
    centre = math.fsum(part for part, _ in known.values()) / math.fsum(whole for _, whole in known.values())
    sizes = [whole for _, whole in known.values()]
    scores = [2 * math.sqrt(whole) * (_angle(part / whole) - _angle(centre)) for part, whole in known.values()]
    dispersion = math.fsum(score**2 for score in _winsorised(scores)) / len(scores)
    spread = math.sqrt(_between(dispersion, [4 * size for size in sizes]))
    found = Funnel(centre, spread, dispersion, _by_chance(scores), ())
    places = tuple(_place(found, client, part / whole, whole) for client, (part, whole) in known.items())
    return replace(found, places=places)


def _place(found: Funnel, client: str, share: float, size: float) -> Place:
    low, high = found.limits(size)
    return Place(client, size, share, (share > high) - (share < low))


def _angle(share: float) -> float:
    return math.asin(math.sqrt(share))


def _by_chance(scores: list[float]) -> float:
    from scipy.special import chdtrc

    return float(chdtrc(len(scores) - 1, math.fsum(score**2 for score in scores)))


def _winsorised(scores: list[float]) -> list[float]:
    """The scores with those beyond the outer tenths pulled in to them."""
    ordered = sorted(scores)
    low, high = (ordered[round(share * (len(ordered) - 1))] for share in (WINSORISED, 1 - WINSORISED))
    return [min(max(score, low), high) for score in scores]


def _between(dispersion: float, weights: list[float]) -> float:
    """The variance between clients, by moments (DerSimonian and Laird); 0 where chance explains all."""
    count, whole = len(weights), math.fsum(weights)
    rest = whole - math.fsum(weight**2 for weight in weights) / whole
    return max((count * dispersion - (count - 1)) / rest, 0.0) if rest > 0 else 0.0
