"""Days, and how a figure goes through them: level, growth, season, weekday, and noise that has a memory.

Everything is drawn from generators that are seeded by name, so that each file is the same on every run, and no file
changes because another one does.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

FIRST, LAST = date(2024, 1, 1), date(2026, 2, 28)
DAYS = [FIRST + timedelta(days=count) for count in range((LAST - FIRST).days + 1)]
MONTHS = [day for day in DAYS if day.day == 1]

EVEN_YEAR = (1.0,) * 12
EVEN_WEEK = (1.0,) * 7
OFFICE_WEEK = (1.15, 1.12, 1.08, 1.05, 0.85, 0.0, 0.0)
HOLIDAYS = {
    date(year, month, day) for year in (2024, 2025, 2026) for month, day in ((1, 1), (12, 24), (12, 25), (12, 26))
}
HOLIDAYS |= {
    date(2024, 3, 28),
    date(2024, 3, 29),
    date(2024, 4, 1),
    date(2025, 4, 17),
    date(2025, 4, 18),
    date(2025, 4, 21),
}


def chance(*names: str) -> Random:
    """A generator of its own for each thing, by name."""
    return Random("/".join(names))


def days_of(month: date) -> list[date]:
    """The days of a month, given by its first."""
    return [day for day in DAYS if (day.year, day.month) == (month.year, month.month)]


def years_since_first(day: date) -> float:
    return (day - FIRST).days / 365.25


@dataclass(frozen=True)
class Shape:
    """What a figure is expected to be on a day. ``growth`` is that of a year; ``year`` and ``week`` are factors."""

    level: float
    growth: float = 0.0
    year: Sequence[float] = EVEN_YEAR
    week: Sequence[float] = EVEN_WEEK
    noise: float = 0.05

    def at(self, day: date) -> float:
        """Without noise; the season goes from the middle of one month to the middle of the next."""
        place = day.month - 1 + (day.day - 15) / 30
        month = math.floor(place)
        season = self.year[month % 12] * (1 - place + month) + self.year[(month + 1) % 12] * (place - month)
        return self.level * (1 + self.growth) ** years_since_first(day) * season * self.week[day.weekday()]

    def through(self, *names: str) -> dict[date, float]:
        """With noise, of which a part is still there on the next day; seeded by name."""
        random, drift, found = chance(*names), 0.0, {}
        for day in DAYS:
            drift = 0.6 * drift + random.gauss(0, self.noise)
            found[day] = max(0.0, self.at(day) * (1 + drift))
        return found


def count(random: Random, mean: float) -> int:
    """How often something happens that is expected ``mean`` times: Poisson, and for many its normal form."""
    if mean <= 0:
        return 0
    if mean > 40:
        return max(0, round(random.gauss(mean, math.sqrt(mean))))
    limit, product, found = math.exp(-mean), random.random(), 0
    while product > limit:
        product *= random.random()
        found += 1
    return found


def part(random: Random, whole: int, share: float) -> int:
    """How many of ``whole`` it happens to, each with this chance; never more than all."""
    share = min(max(share, 0.0), 1.0)
    if whole > 60:
        spread = math.sqrt(whole * share * (1 - share))
        return min(whole, max(0, round(random.gauss(whole * share, spread))))
    return sum(random.random() < share for _ in range(whole))
