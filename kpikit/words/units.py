"""What a number is: a share, money, a count. The unit decides how it is written and what its differences are.

Percent and percentage points are two units: a share of 0.95 is "95 %", the difference between two shares is in
percentage points.
"""

from __future__ import annotations

from dataclasses import dataclass

from kpikit.words.texts import N_


@dataclass(frozen=True)
class Unit:
    """A unit of measurement; ``difference`` is the key of the unit in which two such values differ."""

    key: str
    label: str
    difference: str

    def __str__(self) -> str:
        return self.key


SHARE = Unit("share", N_("share"), "percentage_points")
PERCENTAGE_POINTS = Unit("percentage_points", N_("percentage points"), "percentage_points")
RATIO = Unit("ratio", N_("ratio"), "ratio")
COUNT = Unit("count", N_("number"), "count")
MONEY = Unit("money", N_("amount"), "money")
DURATION = Unit("duration", N_("seconds"), "duration")
SECONDS = Unit("seconds", N_("seconds"), "seconds")
DAYS = Unit("days", N_("days"), "days")
MONTHS = Unit("months", N_("months"), "months")
SCORE = Unit("score", N_("score"), "score")

UNITS = {
    unit.key: unit for unit in (SHARE, PERCENTAGE_POINTS, RATIO, COUNT, MONEY, DURATION, SECONDS, DAYS, MONTHS, SCORE)
}


def difference_of(unit: Unit) -> Unit:
    """The unit in which two values of ``unit`` differ: percentage points for shares, else the unit itself."""
    return UNITS[unit.difference]
