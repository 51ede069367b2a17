"""Are forecasts as sure as they say? ``python -m tests.benchmarks.forecasts [SERIES]`` draws series whose future is
known, and prints how much of it lay inside the 80 % intervals, how large the errors were against the seasonal naive
forecast's, and how often targets were reached to which a probability had been given.

Seven processes of monthly figures: an even one, one that holds on to what it was, one that wanders, one with a season,
one with season and trend, rare events, and a small share of few; each with 14, 24 and 36 months of history.

Then months that run: of 30 days with so many orders, even or with a level of each month's own, seen after 3 to 27 days.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from kpikit.evaluation.forecast.forecast import Forecast, forecast
from kpikit.evaluation.forecast.history import History
from kpikit.evaluation.forecast.models import MODELS
from kpikit.evaluation.forecast.outlook import whole
from kpikit.words.periods import Calendar
from kpikit.words.units import COUNT, SHARE

AHEAD, LENGTHS = 12, (14, 24, 36)
Chance = np.random.Generator
_LAST = Calendar().parse("2025-12")


def even(chance: Chance, number: int) -> np.ndarray:
    return 100 + chance.normal(0, 8, number)


def held_on(chance: Chance, number: int) -> np.ndarray:
    errors, values = chance.normal(0, 6, number + 30), np.zeros(number + 30)
    for at in range(1, number + 30):
        values[at] = 0.7 * values[at - 1] + errors[at]
    return 100 + values[30:]


def wandering(chance: Chance, number: int) -> np.ndarray:
    return 100 * np.exp(chance.normal(0, 0.05, number).cumsum())


def season(chance: Chance, number: int) -> np.ndarray:
    year = 1 + 0.25 * np.sin(np.arange(number) / 12 * 2 * np.pi) + 0.4 * (np.arange(number) % 12 == 11)
    return 100 * year * np.exp(chance.normal(0, 0.06, number))


def season_and_trend(chance: Chance, number: int) -> np.ndarray:
    return season(chance, number) * 1.01 ** np.arange(number)


def rare(chance: Chance, number: int) -> np.ndarray:
    return chance.poisson(3, number).astype(float)


def small_share(chance: Chance, number: int) -> np.ndarray:
    return chance.binomial(20, 0.1, number) / 20


UNITS = {"small_share": SHARE}
PROCESSES: tuple[Callable[[Chance, int], np.ndarray], ...] = (
    even, held_on, wandering, season, season_and_trend, rare, small_share,
)  # fmt: skip


class Outcome(NamedTuple):
    """One forecast and what came: inside the interval 1, 6 and 12 months ahead and of the year's sum; the errors of the
    model and of the seasonal naive forecast; and (probability given, reached) for targets on a month and on the sum."""

    process: str
    length: int
    model: str | None
    inside: tuple[bool, bool, bool, bool]
    error: float
    naive_error: float
    given: tuple[tuple[float, bool], ...]
    seconds: float


def outcomes(series: int) -> Iterator[Outcome]:
    chance = np.random.default_rng(7)
    for process in PROCESSES:
        for length in LENGTHS:
            for _ in range(series):
                drawn = process(chance, length + AHEAD)
                yield outcome(process.__name__, drawn[:length], drawn[length:], chance)


def outcome(name: str, past: np.ndarray, future: np.ndarray, chance: Chance) -> Outcome:
    begun = time.process_time()
    found = forecast(History(tuple(map(float, past)), UNITS.get(name, COUNT), _LAST), AHEAD)
    seconds = time.process_time() - begun
    ends = [found.interval(ahead) for ahead in (1, 6, 12)]
    sums = found.sums([1.0] * AHEAD)
    inside = [low <= future[at] <= high for (low, high), at in zip(ends, (0, 5, 11), strict=True)]
    inside.append(sums[len(sums) // 10] <= future.sum() <= sums[-len(sums) // 10])
    given = list(_targets(found, sums, past, future, chance))
    middle = np.array([found.value(ahead) for ahead in range(1, AHEAD + 1)])
    there = np.resize(past[-12:] if len(past) >= 24 else past[-1:], AHEAD)
    errors = float(np.abs(future - middle).mean()), float(np.abs(future - there).mean())
    return Outcome(name, len(past), found.model, tuple(map(bool, inside)), *errors, tuple(given), seconds)  # type: ignore[arg-type]


def _targets(
    found: Forecast, sums: list[float], past: np.ndarray, future: np.ndarray, chance: Chance
) -> Iterator[tuple[float, bool]]:
    """Targets as people set them: some per cent above or below what is usual, for the 12th month and for the sum."""
    factor = float(chance.uniform(0.8, 1.25))
    target = factor * float(past[-12:].mean())
    yield found.probability_above(12, target), bool(future[11] >= target)
    target = factor * float(past[-12:].sum())
    yield sum(each >= target for each in sums) / len(sums), bool(future.sum() >= target)


DAYS, SEEN, EACH_MONTH, OWN_LEVEL = 30, (3, 10, 20, 27), (30, 1500), (0.0, 0.1)


def running(series: int) -> Iterator[tuple[int, int, float, bool]]:
    """Orders a month, days that have passed, and for a target near the usual: the probability given, and if it came."""
    chance = np.random.default_rng(8)
    for orders in EACH_MONTH:
        for own in OWN_LEVEL:
            for _ in range(series):
                levels = orders / DAYS * np.exp(chance.normal(0, own, (25, 1)))
                days = chance.poisson(levels, (25, DAYS)).astype(float)
                months = days.sum(axis=1)
                found = forecast(History(tuple(map(float, months[:-1])), COUNT, _LAST), 1)
                target = months[12:24].mean() * chance.uniform(0.85, 1.15)
                for passed in SEEN:
                    ends = whole(found, float(days[-1, :passed].sum()), 1 - passed / DAYS, counted=True)
                    yield orders, passed, sum(each >= target for each in ends) / len(ends), bool(months[-1] >= target)


def _print_running(series: int) -> None:
    found = list(running(series))
    print("months that run, 5 to 20 % given (or 80 to 95 %, from the other side) -> reached")
    both = [*found, *((orders, passed, 1 - said, not came) for orders, passed, said, came in found)]
    for orders in EACH_MONTH:
        for passed in SEEN:
            those = [each[2:] for each in both if each[:2] == (orders, passed) and 0.05 <= each[2] < 0.2]
            said, came = np.mean(those or [(np.nan, np.nan)], axis=0)
            print(f"  {orders:5} a month, day {passed:2}: said {said:4.0%}, reached {came:4.0%}  ({len(those)})")


def main(series: int = 25) -> None:
    found = list(outcomes(series))
    print(f"{len(found)} forecasts, {np.mean([each.seconds for each in found]):.3f} s of processor time each")
    print(f"{'':18} months   inside 80 %: +1   +6  +12  sum   error/naive")
    for name in dict.fromkeys(each.process for each in found):
        for length in LENGTHS:
            own = [each for each in found if (each.process, each.length) == (name, length)]
            shares = "".join(f"{share:5.0%}" for share in np.mean([each.inside for each in own], axis=0))
            ratio = sum(each.error for each in own) / sum(each.naive_error for each in own)
            print(f"{name:18} {length:6} {'':13}{shares} {ratio:10.2f}")
    shares = "".join(f"{share:5.0%}" for share in np.mean([each.inside for each in found], axis=0))
    print(f"{'all':18} {'':20}{shares}")
    chosen = [each.model for each in found]
    print("chosen:", ", ".join(f"{model.key} {chosen.count(model.key) / len(chosen):.0%}" for model in MODELS))
    print("probability given -> reached")
    given = [pair for each in found for pair in each.given]
    for low, high in ((0, 0.05), (0.05, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 0.95), (0.95, 1.001)):
        those = [(said, came) for said, came in given if low <= said < high]
        if those:
            said, came = np.mean(those, axis=0)
            print(f"  {low:4.0%} to {min(high, 1):4.0%}: said {said:4.0%}, reached {came:4.0%}  ({len(those)})")
    _print_running(series)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
