"""How far KPIs have come: what a partner or an investor sees of an evaluation, and how much of the way is behind."""

from __future__ import annotations

from dataclasses import replace

from kpikit.evaluation.facts import Evaluation, Fact, Point, Series, Signal, Value
from kpikit.evaluation.signals.lines import Chart
from kpikit.evaluation.targets.usual import asked_of

LOOKED_BACK = 12
"""Of so many periods at most it is counted how many kept a target."""


def progress_alone(evaluation: Evaluation) -> Evaluation:
    """The evaluation with its KPIs alone, and of each where it began, where it is and where it is to go.

    What they are made of, what drives them, what the process says, what is to come, others to compare with, events,
    experiments and what was reported before are gone: nothing that is made of it can give them away.
    """
    facts = tuple(_bare(fact) for fact in evaluation.kpis)
    lacking = (each.bare({fact.indicator for fact in facts}) for each in evaluation.without_value)
    known = tuple(each for each in lacking if each.indicators)
    return replace(evaluation, facts=facts, events=(), revisions=(), experiments=(), without_value=known)


def _bare(fact: Fact) -> Fact:
    return replace(
        fact, value=_whole(fact.value), signal=Signal(None, None, None, "not_shown"), series=_plain(fact.series),
        parts=(), events=(), drivers=(), leads=(), single=None, required=None, outlook=None, peers=None, benchmarks=(),
    )  # fmt: skip


def _whole(value: Value) -> Value:
    """The value without what it is divided from and by."""
    return replace(value, numerator=None, denominator=None)


def _plain(series: Series) -> Series:
    """The history without the lines that it is held against, and what they mark."""
    points = (Point(point.period, _whole(point.value), point.judged) for point in series.points)
    return Series(tuple(points), None, series.profile, Chart())


def way(fact: Fact) -> float | None:
    """The share of the way to its target that a KPI has come: from its baseline, or of a sum from nothing.

    Below 0 where it has moved away; None for targets that are kept in each period, for ranges, and without a baseline.
    """
    target = fact.target
    if target is None or target.value is None or target.achieved is None or target.kind == "keep" or target.upper:
        return None
    start = 0.0 if target.kind == "cumulative" else target.baseline
    if start is None or start == target.value:
        return None
    return (target.achieved - start) / (target.value - start)


def kept(fact: Fact) -> tuple[int, int] | None:
    """Of how many of the last periods a target that is kept in each was met, and how many these are: those since the
    plan asks for it, at most `LOOKED_BACK`, each by what was asked of it.
    """
    target = fact.target
    if target is None or target.kind != "keep":
        return None
    since = [point for point in fact.series.points if point.judged and point.period.start >= target.since]
    asked = [(asked_of(fact, point.period), point.value.value) for point in since[-LOOKED_BACK:]]
    held = [each.holds(value) for each, value in asked if each and value is not None]
    return (sum(held), len(held)) if held else None
