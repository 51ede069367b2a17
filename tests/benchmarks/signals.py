"""False alarms of process charts, by simulation: ``python -m tests.benchmarks.signals`` prints the figures.

Series in which nothing changes, of independent values: normal ones for XmR and run charts, binomial shares and Poisson
rates of unequal sizes for p' and u', exponential gaps for t and geometric ones for g. The figures are the share of
series whose last point is marked: what `kpikit.evaluation.signals.chance` holds. Further lines tell how often a rule
marks any point of a series, how often a season or trend is followed where there is none, and where there is one.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from kpikit.evaluation.signals.draw import Drawn, rate, run_chart, xmr
from kpikit.evaluation.signals.profiles import NHS, PROFILES, Profile
from kpikit.evaluation.signals.rare import lines
from kpikit.evaluation.signals.rules import Mark, marks
from kpikit.evaluation.signals.season import following
from kpikit.evaluation.signals.track import Values

POINTS = (6, 8, 10, 12, 18, 24, 36)
Chance = np.random.Generator


def charts(kind: str, points: int, profile: Profile, chance: Chance) -> list[Mark]:
    """The marks of one series of a kind of chart in which nothing changes."""
    if kind in ("t", "g"):
        gaps = chance.exponential(30, points) + 0.01 if kind == "t" else chance.geometric(0.02, points)
        found = lines(kind, gaps.astype(float).tolist(), gaps.astype(float).tolist(), profile)
        assert found is not None
        return marks(found[0], profile.rules)
    drawn = _drawn(kind, points, profile, chance)
    assert drawn is not None
    return marks(drawn.track, profile.rules)


def _drawn(kind: str, points: int, profile: Profile, chance: Chance) -> Drawn | None:
    if kind in ("p", "u"):
        sizes = chance.integers(200, 2000, points)
        tops = chance.binomial(sizes, 0.1) if kind == "p" else chance.poisson(sizes * 0.1)
        values = (tops / sizes).tolist()
        return rate(kind, values, values, tops.tolist(), sizes.tolist(), profile)
    values = chance.normal(0, 1, points).tolist()
    return run_chart(values, values) if kind == "run" else xmr(values, values, profile)


def last_marked(kind: str, points: int, profile: Profile, runs: int, chance: Chance) -> float:
    """The share of series whose last point is marked."""
    return sum(charts(kind, points, profile, chance)[-1].rule is not None for _ in range(runs)) / runs


def any_marked(points: int, profile: Profile, runs: int, chance: Chance) -> dict[str, float]:
    """For each rule the share of series in which it marks a point, and of those in which any does."""
    found: Counter[str] = Counter()
    for _ in range(runs):
        rules = {mark.rule for mark in charts("xmr", points, profile, chance)} - {None}
        found.update([*(rule for rule in rules if rule), *(["any"] if rules else [])])
    return {rule: found[rule] / runs for rule in [*(each.code for each in profile.rules), "any"]}


def wandering(points: int, chance: Chance) -> Values:
    """An autoregressive series, each value 0.7 of the one before and something new."""
    steps, values = chance.normal(0, 1, points), [0.0]
    for step in steps[1:]:
        values.append(0.7 * values[-1] + step)
    return values


SHAPES: dict[str, Callable[[int, Chance], Values]] = {
    "noise": lambda points, chance: chance.normal(0, 1, points).tolist(),
    "autocorrelated 0.7": wandering,
    "random walk": lambda points, chance: np.cumsum(chance.normal(0, 1, points)).tolist(),
    "step of 4 sigma half-way": lambda points, chance: (
        chance.normal(0, 1, points) + 4 * (np.arange(points) >= points // 2)
    ).tolist(),
    "line, 0.2 sigma a month": lambda points, chance: (chance.normal(0, 1, points) + 0.2 * np.arange(points)).tolist(),
    "season, amplitude 2 sigma": lambda points, chance: (
        chance.normal(0, 1, points) + 2 * np.sin(np.arange(points) * np.pi / 6)
    ).tolist(),
}


def followed(shape: str, points: int, runs: int, chance: Chance) -> dict[str, float]:
    """How often the limits of a shape follow a season, a trend and a walk."""
    found: Counter[str] = Counter()
    for _ in range(runs):
        values = SHAPES[shape](points, chance)
        drawn = following(values, values, "month", False, NHS)
        found.update(drawn.follows if drawn else ())
    return {what: found[what] / runs for what in ("season", "trend", "walk")}


def seasonal(years: float, profile: Profile, runs: int, chance: Chance) -> float:
    """The share of monthly series with a season, and nothing else, whose last point is marked."""
    found = []
    for _ in range(runs):
        at = np.arange(round(12 * years))
        values = (chance.normal(0, 1, len(at)) + 5 * np.sin(at * np.pi / 6 + 0.4)).tolist()
        drawn = following(values, values, "month", False, profile)
        if drawn is not None and "season" in drawn.follows:
            found.append(marks(drawn.track, profile.rules)[-1].rule is not None)
    return sum(found) / max(len(found), 1)


def figures(runs: int, points: Sequence[int] = POINTS) -> Iterator[str]:
    """All figures as lines of text."""
    chance = np.random.default_rng(1)
    yield f"the last point is marked, of {runs} series of {', '.join(map(str, points))} points"
    for name, profile in PROFILES.items():
        for kind in ("xmr", "p", "u", "t", "g", "run"):
            shares = [last_marked(kind, each, profile, runs, chance) for each in points]
            yield f'    ("{name}", "{kind}"): ({", ".join(f"{share:.4f}" for share in shares)}),'
    for name, profile in PROFILES.items():
        found = any_marked(24, profile, runs, chance)
        yield f"any point of 24 is marked, {name}: " + ", ".join(f"{rule} {share:.1%}" for rule, share in found.items())
    for name, profile in PROFILES.items():
        shares = [seasonal(years, profile, runs, chance) for years in (2, 2.5, 3, 4)]
        yield f"the last point is marked, with a season of 2, 2.5, 3 and 4 years, {name}: {shares}"
    for shape in SHAPES:
        for count in (24, 36):
            shares = followed(shape, count, max(runs // 20, 1), chance)
            yield f"followed, {shape}, {count} months: " + ", ".join(
                f"{what} {share:.1%}" for what, share in shares.items()
            )


if __name__ == "__main__":
    for line in figures(int(sys.argv[1]) if len(sys.argv) > 1 else 2000):
        sys.stdout.write(f"{line}\n")
