"""Formulas taken apart symmetrically: what each name contributes to the change of the value.

The names go over from their old to their new values one after the other, and each is credited with what the value does
at its turn. That depends on the order, so it is averaged over all orders: Shapley's value, the only split that adds up,
treats names alike and gives nothing to a name without influence (L. S. Shapley, A Value for n-Person Games, 1953). Of a
product of two it is the change of the one times the mean of the other; of a ratio it is the midpoint; of a sum it is
the change of each term.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import combinations

from kpikit.words.formula import Formula

MOST_NAMES = 8
"""So many names are 256 values of the formula; no declared identity comes near."""


def contributions(formula: Formula, before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, float] | None:
    """What each name of the formula contributes, in its order; None where a value on the way has no denominator.

    The contributions add up to ``formula(after) - formula(before)``.

    >>> from kpikit.words.grammar import parse
    >>> formula = parse("orders * value", ("orders", "value"))
    >>> contributions(formula, {"orders": 10, "value": 5}, {"orders": 12, "value": 6})
    {'orders': 11.0, 'value': 11.0}
    """
    names = formula.names
    if len(names) > MOST_NAMES:
        return None
    values = {
        moved: _value(formula, {name: (after if name in moved else before)[name] for name in names})
        for size in range(len(names) + 1)
        for moved in map(frozenset, combinations(names, size))
    }
    if not all(map(math.isfinite, values.values())):
        return None
    return {name: _shapley(name, names, values) for name in names}


def _value(formula: Formula, numbers: Mapping[str, float]) -> float:
    try:
        return float(formula.compute(numbers))
    except OverflowError:
        return math.nan


def _shapley(name: str, names: tuple[str, ...], values: Mapping[frozenset[str], float]) -> float:
    """The mean, over all orders, of what the value does at the turn of ``name``."""
    count = len(names)
    weights = [math.factorial(size) * math.factorial(count - size - 1) for size in range(count)]
    steps = (
        weights[len(moved)] * (values[moved | {name}] - value) for moved, value in values.items() if name not in moved
    )
    return math.fsum(steps) / math.factorial(count)
