"""Will we make it? The outlook of a KPI: its forecast, and how likely its target is reached on the present course.

The present course is the history going on as it did. What is planned and not yet seen in it is not in the forecast.

- ``reach``: the value of the period in which the target's day lies.
- ``cumulative``: what has been added up so far, and the forecast of the days that are left, of which a period that is
  cut has its part by days, or by its weekdays (`kpikit.evaluation.forecast.weekdays`).
- ``keep``: the next period; the evaluation's own where that still runs, or has no figure. What adds up is then told
  from what there is so far, and the forecast of what is left: the month end of a media budget. So it is where the time
  is over, and its last days are still filling: from what there was up to the last day that is settled.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import NormalDist
from typing import NamedTuple

from kpikit.evaluation.facts import Evaluation, Fact, Target
from kpikit.evaluation.forecast.forecast import AHEAD, INTERVAL, Forecast
from kpikit.evaluation.forecast.history import History, history_of
from kpikit.evaluation.forecast.kept import Kept
from kpikit.evaluation.forecast.scales import COUNTS
from kpikit.evaluation.goals.draft import MOST_GOALS, candidates
from kpikit.evaluation.targets.usual import Aimed, aimed, asked_of
from kpikit.indicators.catalogue import CATALOGUE, Indicators
from kpikit.words.periods import Calendar, Period, Window
from kpikit.words.units import COUNT


@dataclass(frozen=True)
class Outlook:
    """``periods`` are the coming ones of the forecast. What the target asks of, a period or a sum over ``window``, will
    lie between ``lower`` and ``upper`` (80 %), and reach the target with ``probability``; ``reason`` says why there is
    none. ``over``: on the evaluation's day that period is over: its figures are missing or still arriving, or came
    after the evaluation's own period, from which it is looked at. Where the target is due, or there is none,
    there is only the forecast. ``weekdays``: what is left of a period that runs was told by its weekdays."""

    forecast: Forecast
    periods: tuple[Period, ...]
    kind: str | None = None
    window: Window | None = None
    lower: float | None = None
    middle: float | None = None
    upper: float | None = None
    probability: float | None = None
    reason: str | None = None
    over: bool = False
    weekdays: bool = False


def with_outlooks(
    evaluation: Evaluation, calendar: Calendar, kept: Kept, indicators: Indicators = CATALOGUE
) -> Evaluation:
    """The evaluation with an outlook for each KPI; without a plan, for what a first one would be about."""
    those = {id(fact) for fact in asked(evaluation, indicators)}
    facts = tuple(
        replace(fact, outlook=outlook(fact, calendar, evaluation.as_of, kept)) if id(fact) in those else fact
        for fact in evaluation.facts
    )
    return replace(evaluation, facts=facts)


def asked(evaluation: Evaluation, indicators: Indicators = CATALOGUE) -> list[Fact]:
    """The facts that have an outlook."""
    return list(evaluation.kpis) or candidates(evaluation, indicators)[:MOST_GOALS]


def histories(evaluation: Evaluation, calendar: Calendar) -> Iterator[tuple[History, int]]:
    """What the outlooks of an evaluation are made of: each history, and how far ahead it is forecast."""
    for fact in evaluation.facts:
        history = history_of(fact) if fact.outlook else None
        if history:
            yield history, ahead_of(fact, history, calendar)


def ahead_of(fact: Fact, history: History, calendar: Calendar) -> int:
    """How many periods are forecast: up to the target, and no further than the history is long."""
    usual = AHEAD.get(history.last.grain, 2)
    wanted = len(_coming(fact, history, calendar)) if fact.target else 0
    return max(1, min(max(usual, wanted), len(history.values)))


def outlook(fact: Fact, calendar: Calendar, as_of: date, kept: Kept) -> Outlook | None:
    """The outlook of one fact; None where its history has no judged point."""
    found = _outlook(fact, calendar, as_of, kept)
    known = found and found.probability is not None and found.window
    return replace(found, over=known.last_day <= as_of) if found and known else found


def _outlook(fact: Fact, calendar: Calendar, as_of: date, kept: Kept) -> Outlook | None:
    history = history_of(fact)
    if history is None:
        return None
    few = fact.series.chart.chosen == "few_cases"  # a next value would say as little as those before it
    none = Forecast(len(history.values), reason="few_cases")
    found = none if few else kept.of(history, ahead_of(fact, history, calendar))
    periods = tuple(calendar.shift(history.last, step) for step in range(1, found.horizon + 1))
    known = Outlook(found, periods)
    target, asks = fact.target, aimed(fact)
    if target is None or (target.kind != "keep" and not _coming(fact, history, calendar)):
        return known
    known = replace(known, kind=target.kind, window=target.window)
    if target.value is None or asks is None:
        return replace(known, reason=target.reason or "other_cadence")
    if found.reason:
        return replace(known, reason={"too_short": "history_too_short"}.get(found.reason, found.reason))
    if target.kind == "cumulative":
        return _of_sum(known, target, fact, as_of)
    if target.kind == "keep" and (_runs(fact, periods) or _fills(fact, periods)):
        return _of_the_rest(known, asks, fact)
    own = fact.series.points[-1].period
    before = sum(each.start < own.start for each in periods)  # missing, and not asked about
    if fact.adds_up and fact.value.reason == "immature":  # of what is filling more is there than its forecast knows
        before = sum(each.start <= own.start for each in periods)
    step = before + 1 if target.kind == "keep" else len(_coming(fact, history, calendar))
    if target.kind == "keep" and step <= len(periods):
        asks = asked_of(fact, periods[step - 1])
    return replace(known, reason="no_target_then") if asks is None else _of_period(known, asks, step)


def _coming(fact: Fact, history: History, calendar: Calendar) -> list[Period]:
    """The periods after the history, up to the one in which the target's day lies."""
    assert fact.target
    last = calendar.period_of(history.last.grain, fact.target.window.last_day)
    if last.end <= history.last.end:
        return []
    return calendar.within(history.last.grain, Window(history.last.end, last.end))


def _of_period(known: Outlook, asks: Aimed, step: int) -> Outlook:
    if step > known.forecast.horizon:
        return replace(known, reason="too_far")
    low, high = known.forecast.interval(step)
    return replace(
        known,
        window=known.periods[step - 1].window,
        lower=low,
        middle=known.forecast.value(step),
        upper=high,
        probability=probability(known.forecast, asks, step),
    )


def _runs(fact: Fact, periods: tuple[Period, ...]) -> bool:
    """True where the first coming period is the fact's own, of which a part is there, and the rest will add to it."""
    value = fact.value
    there = value.reason == "incomplete" and value.value is not None and 0 < value.covered < value.expected
    return fact.adds_up and there and periods[0] == fact.series.points[-1].period


def _fills(fact: Fact, periods: tuple[Period, ...]) -> bool:
    """True where the first coming period is the fact's own, which is over, and of which it is known what is settled."""
    return bool(fact.target and fact.target.settled and periods[0] == fact.series.points[-1].period)


def _of_the_rest(known: Outlook, asks: Aimed, fact: Fact) -> Outlook:
    """The end of a period that runs, or fills: what is there, and the forecast of what is left of it."""
    value, target = fact.value, fact.target
    assert value.value is not None and target is not None
    there, part, shaped = value.value, 1 - value.covered / value.expected, fact.left is not None
    if fact.left is not None:
        part = fact.left
    if target.until and target.achieved is not None:
        there, part, shaped = target.achieved, 1 - target.passed, False
    if target.settled:
        there, part, shaped = target.settled.value, 1 - target.settled.share, False
    totals = whole(known.forecast, there, part, fact.unit == COUNT)
    low, middle, high = _quantiles(totals)
    chance = sum(asks.holds(each) for each in totals) / len(totals)
    told = replace(known, window=known.periods[0].window, weekdays=shaped)
    return replace(told, lower=low, middle=middle, upper=high, probability=chance)


def whole(forecast: Forecast, there: float, part: float, counted: bool) -> list[float]:
    """Draws of what a period comes to of which ``there`` is what came, and ``part`` is left."""
    rest = _rest(forecast, there, part, counted)
    return [there + each for each in forecast.sums([rest.part], rest.varying)]


class Rest(NamedTuple):
    """What is still to come, as a part of a usual period, and its variance as a part of that of one."""

    part: float
    varying: float


def _rest(forecast: Forecast, there: float, part: float, counted: bool) -> Rest:
    """What is still to come in a period of which ``there`` is what came, and ``part`` is left.

    What came says how high the period is, the more the more of it is over: the rest comes at the level of what is there
    and the forecast of the rest together. That came closer to what followed than the forecast alone in 40 of 43 series
    of days (of the shop, a publisher, incidents and the agency). Of few counted things too little is there to tell.

    What came is chance, too, which the rest takes over by its ``weight``: of a share (1 - part) of the period, it adds
    (part * weight) ** 2 / (1 - part) to the variance of the rest, which is ``part``.
    """
    usual = forecast.value(1)
    if forecast.scale == COUNTS or usual <= 0 or there <= 0:
        return Rest(part, part)
    over = 1 - part
    weight = min(over, _counted_weight(forecast, usual, over)) if counted else over
    rest = part * (1 + weight * (there / over / usual - 1))
    return Rest(rest, rest * (1 + part * weight**2 / over))


def _counted_weight(forecast: Forecast, usual: float, over: float) -> float:
    """How much the level of a period moves with the part that is ``over``, where things are counted.

    Counts vary by Poisson's variance at least; only what the forecast varies beyond that can be the level's. By Bayes'
    rule for normal distributions it moves by the level's part of the variance of both.
    """
    low, high = forecast.interval(1)
    spread = (high - low) / 2 / NormalDist().inv_cdf((1 + INTERVAL) / 2)
    level = max(0.0, spread**2 - usual)
    return level / (level + usual / over)


def _quantiles(totals: list[float]) -> tuple[float, float, float]:
    low, middle, high = (totals[int(end * (len(totals) - 1))] for end in ((1 - INTERVAL) / 2, 0.5, (1 + INTERVAL) / 2))
    return low, middle, high


def probability(forecast: Forecast, asks: Aimed, step: int) -> float:
    """How likely the value of the period ``step`` ahead meets what is asked."""
    above = 1.0 if asks.lower is None else forecast.probability_above(step, asks.lower)
    beyond = 0.0 if asks.upper is None else forecast.probability_above(step, math.nextafter(asks.upper, math.inf))
    return max(0.0, above - beyond)


def _of_sum(known: Outlook, target: Target, fact: Fact, as_of: date) -> Outlook:
    last = target.until or min(fact.series.points[-1].period.window.last_day, as_of)
    achieved, reached = target.achieved, last + timedelta(1)
    if target.settled:
        achieved, reached = target.settled.value, target.settled.last_day + timedelta(1)
    elif target.reason == "not_started":  # all of it is still to come
        achieved, reached = 0.0, max(reached, target.window.start)
    elif achieved is None or target.reason:
        return replace(known, reason=target.reason or "no_data")
    parts = _parts(known.periods, Window(reached, target.window.end)) if reached < target.window.end else []
    varying = None
    if parts and not target.until and not target.settled and target.reason is None and _runs(fact, known.periods):
        known = replace(known, weekdays=fact.left is not None)
        left = parts[0] if fact.left is None else fact.left
        parts[0], varying = _rest(known.forecast, fact.value.value or 0.0, left, fact.unit == COUNT)
    if not parts or known.periods[-1].end < target.window.end:
        return replace(known, reason="too_far")
    totals = [achieved + each for each in known.forecast.sums(parts, varying)]
    low, middle, high = _quantiles(totals)
    assert target.value is not None
    if fact.better.sign > 0:
        chance = 1 - bisect_left(totals, target.value) / len(totals)
    else:
        chance = bisect_right(totals, target.value) / len(totals)
    return replace(known, lower=low, middle=middle, upper=high, probability=chance)


def _parts(periods: tuple[Period, ...], left: Window) -> list[float]:
    """What part of each coming period lies in the days that are left."""
    shared = [period.window.overlap(left) for period in periods]
    parts = [each.days / period.window.days if each else 0.0 for each, period in zip(shared, periods, strict=True)]
    while parts and not parts[-1]:
        parts.pop()
    return parts
