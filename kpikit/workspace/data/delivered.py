"""Up to which day the rows of a client go, where they end long before what its source is declared to cover.

Of events a day without rows is 0. A delivery that comes late, or one that was cut, looks the same as a shop that sold
nothing: `ended` finds it by the client's own history.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from itertools import groupby

from kpikit.workspace.data.held import Held

LEAST_SLOTS = 3
"""So many days (weeks, months) with rows a client needs: fewer have no two pauses, which tell how pauses differ."""

CHANCE = 1 / 1000
"""How rare so many slots without rows must be, if they came one by one as often as before."""


def ended(own: Held) -> date | None:
    """The last day with rows of a client in a source of events, where they end too early.

    The slots without any at the end are more than ever followed each other before, and rarer than `CHANCE`.
    """
    if len(own.rows) < LEAST_SLOTS:
        return None
    runs = [(empty, len(list(days))) for empty, days in groupby(own.expected, key=lambda day: day not in own.rows)]
    return own.last if runs and runs[-1][0] and _is_odd(runs[-1][1], runs[:-1]) else None


def _is_odd(last: int, before: Sequence[tuple[bool, int]]) -> bool:
    gaps = [length for empty, length in before if empty]
    slots = sum(length for _, length in before)
    return last > max(gaps, default=0) and _all_empty(last, sum(gaps), slots - 1) < CHANCE


def _all_empty(number: int, empty: int, slots: int) -> float:
    """How likely so many slots to come are all empty, where so many of the known ones were.

    How often slots are empty is known from these alone, the more loosely the fewer they are (Laplace's rule of
    succession, slot by slot). The first slot with rows is not one of them: with it the history begins.
    """
    return math.prod((empty + 1 + at) / (slots + 2 + at) for at in range(number))
