"""A funnel: a number that passes step after step, each of which lets a share of it through.

Its steps have an order in time, and so they are substituted in that order: what an earlier step lost can't be won by a
later one. Each step is credited with the change that it makes to the end of the funnel, the steps before it as they
are now and those after it as they were.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import prod


def step_effects(before: Sequence[float], after: Sequence[float]) -> list[float]:
    """What each factor contributes to the change of their product, substituted from the first to the last.

    >>> step_effects([1000, 0.1, 0.5], [1200, 0.1, 0.4])
    [10.0, 0.0, -12.0]
    """
    products = [prod([*after[:count], *before[count:]]) for count in range(len(before) + 1)]
    return [new - old for old, new in pairwise(products)]
