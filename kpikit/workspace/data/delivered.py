"""Up to which day the rows of a client go, where they end long before what its source is declared to cover.

Of events a day without rows is 0. A delivery that comes late, or one that was cut, looks the same as a shop that sold
nothing: `ended` finds it by the client's own history.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from kpikit.workspace.data.held import Held

LEAST_SLOTS = 10
"""So many days (weeks, months) with rows a client needs, for its history to say how long it can be without any."""

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
    share = (sum(gaps) + 1) / (sum(length for _, length in before) + 1)
    return last > max(gaps, default=0) and share**last < CHANCE
