"""Which clients need a call today, and why; held so that few of the alarms over all clients are false.

A KPI is an alarm when its process chart calls it worse than usual, and its last value is worse than the periods before
it explain. With hundreds of KPIs some are that by chance, whatever the limit for each alone. So the alarms are chosen
together: ordered by their probability under the process as it was, and kept as long as at most a tenth of those that
are kept is expected to be false. Source: Y. Benjamini, Y. Hochberg (1995), "Controlling the false discovery rate",
J. R. Stat. Soc. B 57, 289-300.

Both are held against the same lines: what follows a season or a trend, is wider for small sizes, or begins anew with a
decision, does so in the probability as in the chart.

A target that is missed as usual is no news; one whose time has just run out is (`kpikit.evaluation.dues`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from kpikit.evaluation.dues import Item, dues, is_range, urgency
from kpikit.evaluation.facts import Evaluation, Fact, Point
from kpikit.evaluation.signals.profiles import PROFILES
from kpikit.evaluation.signals.rules import Near, Run, Trend
from kpikit.evaluation.targets.usual import judged_values
from kpikit.plans.plan import Plan

FALSE_SHARE = 0.1
"""The share of false ones among the alarms that is expected at most."""
LAGS = (1, 2, 3)
"""Over so many periods it is asked how far values differ by chance."""
LEAST_BEFORE = 11
"""So many periods before the last are needed to say what is usual: with it, twelve."""

_NEEDED = {
    rule.code: rule.several if isinstance(rule, Near) else rule.points
    for profile in PROFILES.values()
    for rule in profile.rules
    if isinstance(rule, (Near, Run, Trend))
}
"""How many points in a row it takes, by rule; all others mark one alone."""


@dataclass(frozen=True)
class Alarm:
    """A KPI of a client that got worse. ``probability``: that the process as it was gives a value at least that bad."""

    client: str
    fact: Fact
    probability: float

    @property
    def is_new(self) -> bool:
        """True where the last period is the one with which it became a signal: the seventh of a row of seven."""
        signal, points = self.fact.signal, self.fact.series.points
        row = sum(signal.since is not None and point.period >= signal.since for point in points)
        return 0 < row <= _NEEDED.get(signal.rule or "", 1)


@dataclass(frozen=True)
class Triage:
    """All clients at once. ``tested`` is how many KPIs could be held against their own history; ``early``, how many
    others have one that is long enough, and no whole figure of the period: it still runs, or lacks figures. ``as_of``
    is the day that all is seen from."""

    clients: int
    tested: int
    alarms: tuple[Alarm, ...]
    items: tuple[Item, ...]
    early: int = 0
    as_of: date | None = None

    @property
    def to_call(self) -> tuple[str, ...]:
        """The clients with a new alarm, a target that was missed when its time ran out, or a limit that has just been
        passed; the clearest first."""
        new = [alarm.client for alarm in self.alarms if alarm.is_new]
        return tuple(dict.fromkeys([*new, *(each.client for each in self.items if each.is_call)]))


def triage(
    evaluations: Mapping[str, Evaluation], plans: Mapping[str, Plan | None], today: date | None = None
) -> Triage:
    """Go through the evaluations of all clients, with the plan that each is under.

    What is due is due ``today`` (default: the day that each is seen from), which may lie after the last figures.
    """
    found = [
        Alarm(client, fact, probability)
        for client, evaluation in evaluations.items()
        for fact in evaluation.kpis
        if (probability := _last(fact)) is not None
    ]
    items = [item for key, each in evaluations.items() for item in dues(key, each, plans.get(key), today or each.as_of)]
    early = sum(_is_early(fact) for each in evaluations.values() for fact in each.kpis)
    day = today or max((each.as_of for each in evaluations.values()), default=None)
    return Triage(len(evaluations), len(found), tuple(_alarms(found)), tuple(sorted(items, key=urgency)), early, day)


def _is_early(fact: Fact) -> bool:
    """True where the history would do, and the last value is none to be judged."""
    last = fact.series.points[-1]
    return not last.judged and len(judged_values(fact)) >= LEAST_BEFORE


def _alarms(found: Sequence[Alarm]) -> list[Alarm]:
    """The signals of concern among those of which at most `FALSE_SHARE` is expected to be false, the clearest first."""
    ordered = sorted(found, key=lambda each: each.probability)
    kept = ordered[: fewest_false([each.probability for each in ordered], FALSE_SHARE)]
    return [alarm for alarm in kept if _is_concern(alarm.fact)]


def _is_concern(fact: Fact) -> bool:
    """True for a signal of getting worse; of a range, for one that points out of it on the side where the value is."""
    if not is_range(fact) or fact.target is None:
        return fact.signal.direction == "concern"
    return fact.status == "missed" and fact.series.points[-1].way * (fact.target.gap or 0.0) > 0


def fewest_false(probabilities: Sequence[float], share: float) -> int:
    """How many of these probabilities, smallest first, are kept so that at most ``share`` of them is expected false.

    >>> fewest_false([0.01, 0.02, 0.9], share=0.05)  # 0.01 <= 0.05 / 3, 0.02 <= 2 * 0.05 / 3, and 0.9 is not
    2
    """
    held = [number for number, each in enumerate(probabilities, 1) if each <= share * number / len(probabilities)]
    return max(held, default=0)


def _last(fact: Fact) -> float | None:
    """The probability of the last value; None without a direction, and where the last value is not judged.

    In a range, such as a media budget, no way is better: both ways count, so that the probability is twice as large.
    """
    last = fact.series.points[-1]
    if not last.judged or last.value.value is None:
        return None
    if not is_range(fact):
        return worse_by_chance(from_centre(fact), fact.better.sign) if fact.better.sign else None
    found = [worse_by_chance(from_centre(fact), way) for way in (1, -1)]
    return min(1.0, 2 * min(each for each in found if each is not None)) if None not in found else None


def from_centre(fact: Fact) -> list[float]:
    """The judged values, each as its distance from its own centre in steps of the limit on that side.

    `worse_by_chance` tells the same of them as of the values themselves where all have the same lines on both sides. So
    the values are given as they are where some have no lines (rare events, run charts), or lines of no width.
    """
    known = [point for point in fact.series.points if point.judged and point.value.value is not None]
    steps = [_steps(point) for point in known]
    return [step for step in steps if step is not None] if None not in steps else judged_values(fact)


def _steps(point: Point) -> float | None:
    lower, centre, upper, value = point.lower, point.centre, point.upper, point.value.value
    if value is None or lower is None or centre is None or upper is None or not lower < centre < upper:
        return None
    return (value - centre) / (upper - centre if value > centre else centre - lower)


def worse_by_chance(values: Sequence[float], better: int) -> float | None:
    """The probability that the process of the earlier values gives one at least as bad as the last.

    By Student's t: the spread is the mean moving range / 1.128, which knows as much as 0.62 (n - 1) free values would
    (D. J. Wheeler, "Advanced Topics in SPC", table of degrees of freedom); the earlier values' mean has an error too.
    Where a value is like the one before it, neighbours differ too little: the widest of the mean ranges over one, two
    and three periods counts, which a single shift of the level hardly moves. By simulation (tests/evaluation) at most a
    tenth of the alarms is false then, too, up to a correlation of about 0.5 from one period to the next.
    None where there are fewer than `LEAST_BEFORE` of them. ``better`` is +1 where more is better, -1 where less is.
    """
    *before, last = values
    if len(before) < LEAST_BEFORE:
        return None
    spread = max(fmean(abs(b - a) for a, b in zip(before, before[lag:], strict=False)) for lag in LAGS) / 1.128
    worse = (fmean(before) - last) * better
    if spread == 0:
        return 0.0 if worse > 0 else 1.0
    from scipy.special import stdtr

    return float(stdtr(0.62 * (len(before) - 1), -worse / (spread * (1 + 1 / len(before)) ** 0.5)))
