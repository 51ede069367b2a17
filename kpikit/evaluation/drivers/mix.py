"""Rate and mix: did a ratio change because its segments did, or because their weights in the whole did?

With weights w (a segment's share of the denominator) and rates r, a ratio is the sum of w x r, its change that of

    rate:  mean weight x change of the rate
    mix:   change of the weight x (mean rate of the segment - mean rate of the whole)

The means are those of before and after, so neither period is preferred (Marshall and Edgeworth's midpoint; E. M.
Kitagawa, Components of a Difference Between Two Rates, 1955). Weights add up to 1, so measuring rates from that of the
whole moves nothing in the sum, and says that a segment helps when it grows and is better than the whole. A segment that
is new or has vanished has one rate alone: what it moves is its weight times its distance from the whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Segment:
    """Numerator and denominator of one segment; both 0 where it does not exist."""

    numerator: float
    denominator: float

    @property
    def exists(self) -> bool:
        """True where there is anything to divide by."""
        return self.denominator != 0

    @property
    def rate(self) -> float | None:
        """Numerator by denominator; None where the member does not exist."""
        return self.numerator / self.denominator if self.exists else None


Segments = Mapping[str, Segment]


def total(segments: Segments) -> Segment:
    """All segments together."""
    values = segments.values()
    return Segment(sum(each.numerator for each in values), sum(each.denominator for each in values))


def rate_and_mix(before: Segments, after: Segments) -> list[tuple[str, str, float]] | None:
    """The effects as (segment, effect, value), which add up to the change of the ratio of the sums.

    None where a whole has no denominator, or a segment has a numerator without one: there is no rate to speak of.

    >>> shop = rate_and_mix({"web": Segment(20, 100), "phone": Segment(60, 100)}, {"web": Segment(60, 300)})
    >>> [(name, effect, round(value, 2)) for name, effect, value in shop]
    [('web', 'rate', 0.0), ('web', 'mix', -0.05), ('phone', 'vanished', -0.15)]
    """
    wholes = total(before), total(after)
    everyone = [*before.values(), *after.values()]
    if not all(whole.exists for whole in wholes) or any(each.numerator and not each.exists for each in everyone):
        return None
    middle = sum(whole.rate or 0.0 for whole in wholes) / 2
    nothing = Segment(0.0, 0.0)
    effects: list[tuple[str, str, float]] = []
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name, nothing), after.get(name, nothing)
        weights = old.denominator / wholes[0].denominator, new.denominator / wholes[1].denominator
        effects += [(name, *effect) for effect in _effects(old.rate, new.rate, weights, middle)]
    return effects


def _effects(
    old: float | None, new: float | None, weights: tuple[float, float], middle: float
) -> list[tuple[str, float]]:
    lost, won = weights
    if old is None and new is None:
        return []
    if old is None:
        return [("new", won * ((new or 0.0) - middle))]
    if new is None:
        return [("vanished", -lost * (old - middle))]
    return [("rate", (lost + won) / 2 * (new - old)), ("mix", (won - lost) * ((old + new) / 2 - middle))]


def amounts(before: Mapping[str, float], after: Mapping[str, float]) -> list[tuple[str, str, float]]:
    """The change of each member of a sum, as (member, effect, value); from nothing it is new, to nothing vanished.

    >>> amounts({"web": 5, "phone": 2}, {"web": 6, "shop": 1})
    [('web', 'amount', 1), ('phone', 'vanished', -2), ('shop', 'new', 1)]
    """
    effects = []
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name, 0), after.get(name, 0)
        if old or new:
            effect = "new" if not old else ("vanished" if not new else "amount")
            effects.append((name, effect, new - old))
    return effects
