"""Where a client stands among the others of its segment, told so that no other's figure can be worked out.

What is told of the others, and why it gives none of them away:

- nothing, unless `FEWEST` others have a value;
- the rank, which says only how many are better. Ties are not told: the share of others that are not better follows
  from the rank. At the end of what is possible, or so near that the figures look alike, there is no rank: whoever is
  not better than the worst there can be is as bad, and whoever is better than 99.99 % has 100 %;
- the middle of the others, and from `FOR_QUARTERS` others on, their lower and upper quarter. A plain quantile of few
  values is one of them; so each of these is the mean of `TOGETHER` or more neighbouring values around the quantile, and
  no value takes part in two of them. Move one of the values up and another down, and nothing that is told changes;
- rounded to three digits, so that no decimals are a fingerprint; and not told where the values behind it are the same
  to that many digits, since their mean would then be each of them.

No name, no lowest and no highest value leaves the workspace.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

FEWEST, FOR_QUARTERS, TOGETHER = 5, 12, 3
"""How many others there must be, how many for their quarters, and how many values stand behind each that is told."""

DIGITS = 3
NEAR = 0.0005
"""So small a part of its scale is not seen in a figure."""


@dataclass(frozen=True)
class Peers:
    """A client among the others of its segment.

    ``number`` of them have a value. ``rank`` counts from the best, or from the highest where no way is good;
    ``not_better`` is the share of others that are not better (higher). ``low``, ``middle`` and ``high`` are the lower
    quarter, the middle and the upper quarter of the others, in the fact's unit. ``reason`` says why there is no rank.
    ``sized``: the value is an amount that grows with the size of a client, so that no rank is good or bad.
    """

    segment: str
    number: int
    rank: int | None
    not_better: float | None
    low: float | None
    middle: float | None
    high: float | None
    reason: str | None
    sized: bool = False


def among(
    segment: str,
    own: float | None,
    reason: str | None,
    others: Sequence[float],
    better: int,
    ends: tuple[float, float] = (-math.inf, math.inf),
) -> Peers:
    """The standing of a value among the others', where ``better`` is +1 for more, -1 for less, 0 for neither.

    ``ends`` are those of what is possible.

    >>> among("shops", 30.0, None, [10.0, 20.0, 40.0, 50.0, 60.0], 1)
    Peers(segment='shops', number=5, rank=4, not_better=0.4, low=None, middle=36.7, high=None, reason=None, sized=False)
    """
    number = len(others)
    if own is None or reason:
        return Peers(segment, number, None, None, None, None, None, reason or "no_data")
    if number < FEWEST:
        return Peers(segment, number, None, None, None, None, None, "few_peers")
    if _at_an_end(own, better, ends):
        return Peers(segment, number, None, None, None, None, None, "at_an_end")
    ahead = sum((each - own) * (better or 1) > 0 for each in others)
    ordered = sorted(others)
    quarters = number >= FOR_QUARTERS
    low, high = ((_told(ordered, at) if quarters else None) for at in (0.25, 0.75))
    return Peers(segment, number, ahead + 1, 1 - ahead / number, low, _told(ordered, 0.5), high, None)


def _at_an_end(own: float, better: int, ends: tuple[float, float]) -> bool:
    """True where the rank would tell others' figures; the very best there can be is the first, which tells nothing."""
    low, high = ends
    if own == (low if better < 0 else high):
        return False
    near = NEAR * (high - low) if math.isfinite(high - low) else 0.0
    return own - low <= near or high - own <= near


def _told(ordered: Sequence[float], level: float) -> float | None:
    """The mean of the values around a quantile, rounded; None where they are all the same."""
    place = level * (len(ordered) - 1)
    first = math.ceil(place - (TOGETHER - 1) / 2 - 1e-9)
    last = math.floor(place + (TOGETHER - 1) / 2 + 1e-9)
    if last - first + 1 < TOGETHER:  # between two places: one more away from the middle, around the middle two
        first, last = first - (level <= 0.5), last + (level >= 0.5)
    values = ordered[first : last + 1]
    return None if rounded(values[0]) == rounded(values[-1]) else rounded(math.fsum(values) / len(values))


def rounded(value: float) -> float:
    """The value to three digits.

    >>> rounded(0.82568), rounded(27129.0), rounded(0.0)
    (0.826, 27100.0, 0.0)
    """
    return float(f"{value:.{DIGITS - 1}e}")
