"""The history that a forecast goes on from: the judged points of a series, without gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kpikit.evaluation.facts import Fact
from kpikit.evaluation.signals.season import SEASONS
from kpikit.words.periods import Period
from kpikit.words.units import Unit

LEAST_POINTS = 12
"""Under so many points there is no forecast: what chance does and what the process does cannot be told apart."""

FILLED_AT_MOST = 0.1
"""The share of single missing points that may be filled in."""


@dataclass(frozen=True)
class History:
    """Values of periods that follow each other, oldest first, up to ``last``. ``filled`` of them were missing, alone
    between two others, and lie half-way between these. ``ends`` are those of a score's scale."""

    values: tuple[float, ...]
    unit: Unit
    last: Period
    filled: int = 0
    ends: tuple[float, float] | None = None

    @property
    def season(self) -> int:
        """The length of a season: 1 where there is none, or not two of them."""
        length = SEASONS.get(self.last.grain, 1)
        return length if len(self.values) >= 2 * length else 1


def history_of(fact: Fact) -> History | None:
    """The history of a fact: what follows the last gap of two periods or more; None without any judged point.

    The end is the last judged point: a period that still runs, or matures, is itself to be forecast.
    """
    known = fact.series.known
    judged = [index for index, point in enumerate(known) if point.judged]
    if not judged:
        return None
    points = known[: judged[-1] + 1]
    values = [point.value.value if point.judged else None for point in points]
    whole, filled = _without_gaps(values)
    return History(tuple(whole), fact.unit, points[-1].period, filled, fact.ends)


def _without_gaps(values: Sequence[float | None]) -> tuple[list[float], int]:
    """The longest end of the values without a gap of two, in which at most a tenth is filled in."""
    begins = 0
    for index, value in enumerate(values):
        if value is None and (index == 0 or values[index - 1] is None):
            begins = index + 1
    rest = list(values[begins:])
    while rest.count(None) > FILLED_AT_MOST * len(rest):
        rest = rest[rest.index(None) + 1 :]
    return [_filled(rest, index) for index in range(len(rest))], rest.count(None)


def _filled(values: Sequence[float | None], index: int) -> float:
    value = values[index]
    if value is not None:
        return value
    before, after = values[index - 1], values[index + 1]
    assert before is not None and after is not None
    return (before + after) / 2
