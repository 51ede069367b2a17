"""How often the last point of a chart is marked although nothing changed, and how many such signals a review expects.

The shares were simulated from independent values (``python -m tests.benchmarks.signals 6000``): no formula tells them,
since limits from few points are themselves uncertain and the rules overlap. Figures that depend on those before them
give more signals.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kpikit.evaluation.facts import Fact

POINTS = (6, 8, 10, 12, 18, 24, 36)
"""For so many points each row of `SHARES` has a share."""

SHARES = {
    ("nhs", "xmr"): (0.0145, 0.0135, 0.0157, 0.0133, 0.0147, 0.0200, 0.0193),
    ("nhs", "p"): (0.0120, 0.0117, 0.0137, 0.0113, 0.0130, 0.0168, 0.0208),
    ("nhs", "u"): (0.0123, 0.0148, 0.0115, 0.0145, 0.0145, 0.0167, 0.0220),
    ("nhs", "t"): (0.0115, 0.0113, 0.0112, 0.0135, 0.0127, 0.0140, 0.0128),
    ("nhs", "g"): (0.0137, 0.0287, 0.0335, 0.0375, 0.0482, 0.0512, 0.0560),
    ("nhs", "run"): (0.0000, 0.0002, 0.0005, 0.0003, 0.0022, 0.0047, 0.0077),
    ("wheeler", "xmr"): (0.0087, 0.0118, 0.0117, 0.0125, 0.0170, 0.0175, 0.0178),
    ("wheeler", "p"): (0.0110, 0.0153, 0.0155, 0.0133, 0.0162, 0.0192, 0.0163),
    ("wheeler", "u"): (0.0080, 0.0122, 0.0133, 0.0153, 0.0147, 0.0168, 0.0175),
    ("wheeler", "t"): (0.0090, 0.0112, 0.0120, 0.0107, 0.0142, 0.0147, 0.0148),
    ("wheeler", "g"): (0.0287, 0.0367, 0.0417, 0.0513, 0.0592, 0.0648, 0.0745),
    ("wheeler", "run"): (0.0000, 0.0000, 0.0000, 0.0000, 0.0003, 0.0022, 0.0027),
    ("anhoej", "xmr"): (0.0070, 0.0065, 0.0130, 0.0183, 0.0195, 0.0378, 0.0418),
    ("anhoej", "p"): (0.0063, 0.0090, 0.0165, 0.0208, 0.0212, 0.0425, 0.0383),
    ("anhoej", "u"): (0.0073, 0.0072, 0.0180, 0.0273, 0.0230, 0.0468, 0.0368),
    ("anhoej", "t"): (0.0050, 0.0073, 0.0135, 0.0203, 0.0175, 0.0390, 0.0333),
    ("anhoej", "g"): (0.0062, 0.0097, 0.0220, 0.0305, 0.0320, 0.0537, 0.0520),
    ("anhoej", "run"): (0.0000, 0.0000, 0.0073, 0.0123, 0.0155, 0.0283, 0.0277),
}
"""By profile and kind of chart: the share of series whose last point is marked."""

SEASONAL = {"nhs": (0.0049, 0.0278), "wheeler": (0.0124, 0.0152), "anhoej": (0.0036, 0.0727)}
"""The same where the limits follow a yearly season, by profile: of less than three years, and of three.

What is left over when a season is taken out of two years is mirrored, so that rows of points say nothing; out of three
years it crosses the centre less often than independent values do. From four years on it does as those do.
"""
YEARLY, ALIKE = 12, 4
"""A season of so many parts and more is one of `SEASONAL`, until so many of them are known."""


@dataclass(frozen=True)
class ByChance:
    """``judged`` charts, ``signals`` of which mark their last point, and how many are ``expected`` to by chance."""

    judged: int
    signals: int
    expected: float


def chance(profile: str, kind: str, points: int, season: int = 0) -> float:
    """How probable it is that the last of so many points is marked when nothing changed; in between by proportion.

    ``season``: how many parts a season has that the limits follow; 0 where they follow none.

    >>> chance("nhs", "xmr", 24), chance("nhs", "xmr", 500), chance("anhoej", "xmr", 36, season=12)
    (0.02, 0.0193, 0.0727)
    """
    if season >= YEARLY and points < ALIKE * season:
        return SEASONAL[profile][points >= 3 * season]
    shares = SHARES[profile, kind]
    within = min(max(points, POINTS[0]), POINTS[-1])
    at = next(place for place in range(1, len(POINTS)) if within <= POINTS[place])
    share = (within - POINTS[at - 1]) / (POINTS[at] - POINTS[at - 1])
    return shares[at - 1] + share * (shares[at] - shares[at - 1])


def by_chance(facts: Iterable[Fact]) -> ByChance:
    """Signals found and expected among these facts, of those whose last point is judged."""
    odds = [(fact.signal.rule is not None, fact.series.chart.chance) for fact in facts if fact.signal.reason is None]
    known = [(found, each) for found, each in odds if each is not None]
    return ByChance(len(known), sum(found for found, _ in known), sum(each for _, each in known))
