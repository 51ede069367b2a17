"""From a plan and a period to the requests that must be measured, and from the measurements to the evaluation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import takewhile

from kpikit.evaluation.drivers.leads import with_leads
from kpikit.evaluation.drivers.parts import Decomposition
from kpikit.evaluation.drivers.segments import dimensions
from kpikit.evaluation.drivers.single import carried_by
from kpikit.evaluation.drivers.why import Why, decompositions, movements, since
from kpikit.evaluation.facts import Change, Evaluation, Fact, Part, Point, Series, Signal, Target, Value
from kpikit.evaluation.forecast.weekdays import share_left
from kpikit.evaluation.goals.goals import goal_statuses
from kpikit.evaluation.scope import Scope
from kpikit.evaluation.signals.chart import Setting, charted
from kpikit.evaluation.signals.profiles import PROFILES
from kpikit.evaluation.targets.required import required
from kpikit.evaluation.targets.targets import judge, slice_of
from kpikit.evaluation.values import Reader, change, elapsed, relative_value, sums
from kpikit.indicators.framework import Indicator
from kpikit.metrics.declarations import Metric
from kpikit.metrics.requests import TOTAL, Measurements, Request
from kpikit.plans.apart import apart
from kpikit.plans.events import Event
from kpikit.plans.limits import LimitsPlan
from kpikit.plans.plan import Kpi
from kpikit.words.periods import Period, Window
from kpikit.words.units import COUNT


def requests(scope: Scope) -> Iterator[Request]:
    """Everything that `evaluate` will read, as requests."""
    windows = tuple(sorted({window for window in _windows(scope) if window}))
    kpis, known = scope.plan.kpis if scope.plan else (), {each.id: each for each in scope.indicators()}
    split = {kpi.member[0] for kpi in kpis if kpi.member}
    explained = {name for kpi in kpis if not kpi.member for name in known[kpi.indicator].metrics}
    held = tuple(sorted({scope.period.window, *_held(scope)}))
    for name in dict.fromkeys(name for indicator in scope.indicators() for name in indicator.metrics):
        yield Request(name, windows)
        for dimension in scope.metrics[name].dimensions:
            few = held if name in explained else (scope.period.window,)
            yield Request(name, windows if dimension in split else few, (dimension,))
    yield from _weekdays(scope, known)
    yield from _movements(scope, known)


def _weekdays(scope: Scope, known: Mapping[str, Indicator]) -> Iterator[Request]:
    """The days that tell what is left of a period that runs, for the KPIs whose sum is to be told."""
    days = scope.days_before()
    for kpi in scope.plan.kpis if scope.plan and days else ():
        if summed(kpi, known[kpi.indicator], scope.metrics):
            for name in known[kpi.indicator].metrics:
                yield Request(name, days)
                if kpi.member:
                    yield Request(name, days, (kpi.member[0],))


def _movements(scope: Scope, known: Mapping[str, Indicator]) -> Iterator[Request]:
    """What has moved the KPIs that are levels since the earlier windows that they are held against."""
    now = elapsed(scope.period, scope.as_of)
    earlier = filter(None, scope.compared(scope.period, scope.comparisons).values())
    windows = tuple(sorted({since(each, now) for each in earlier if each.end < now.end}))
    for kpi in scope.plan.kpis if scope.plan and windows else ():
        formula = None if kpi.member else movements(known[kpi.indicator], known)
        for name in formula.names if formula else ():
            yield from (Request(metric, windows) for metric in known[name].metrics)


def summed(kpi: Kpi, indicator: Indicator, metrics: Mapping[str, Metric]) -> bool:
    """True for a KPI that adds up, and has a target to add up or to keep in each period."""
    kind = kpi.target.kind if kpi.target else None
    return kind in ("keep", "cumulative") and sums(indicator, metrics)


def _held(scope: Scope) -> Iterator[Window]:
    """The period so far, and the earlier windows that it is held against."""
    yield elapsed(scope.period, scope.as_of)
    yield from filter(None, scope.compared(scope.period, scope.comparisons).values())


def _windows(scope: Scope) -> Iterator[Window | None]:
    """The periods of the series, what they are held against (for change indicators, each of them), and the targets'."""
    changes = {each.change for each in scope.indicators() if each.change}
    for period in dict.fromkeys([*scope.history(), *(question.judged for question in scope.questions())]):
        yield period.window
        yield elapsed(period, scope.as_of)
        names = {*changes, *scope.comparisons} if period == scope.period else changes
        yield from scope.compared(period, sorted(names)).values()
    for question in scope.questions():
        yield from question.windows()


def evaluate(scope: Scope, measurements: Measurements) -> Evaluation:
    """Hold the measurements against the plan: KPIs first, then PIs, then all else that the workspace measures."""
    reader = reader_of(scope, measurements)
    known = {indicator.id: indicator for indicator in scope.indicators()}
    kpis = [kpi.in_period(scope.period) for kpi in scope.plan.kpis] if scope.plan else ()
    marks = apart(scope.plan) if scope.plan else ()
    facts = [
        replace(_fact(scope, reader, known[kpi.indicator], "kpi", kpi.goal, kpi), apart=mark)
        for kpi, mark in zip(kpis, marks, strict=True)
    ]
    taken = {fact.name for fact in facts}  # a KPI on one member does not take the place of the whole
    for goal, pi in scope.plan.pis if scope.plan else ():
        if pi not in taken:
            facts.append(_fact(scope, reader, known[pi], "pi", goal, None))
            taken.add(pi)
    facts += [_fact(scope, reader, each, "indicator", None, None) for id, each in known.items() if id not in taken]
    facts = with_leads(scope.plan, facts)
    version = scope.plan.version if scope.plan else None
    goals = goal_statuses(scope.plan, facts)
    return Evaluation(scope.client, scope.period, scope.as_of, version, tuple(facts), goals, scope.known_events())


def reader_of(scope: Scope, measurements: Measurements) -> Reader:
    """Reads the measurements of the scope's client."""
    known = scope.metrics, scope.settled, scope.covers, scope.absent, scope.matures
    return Reader(scope.client, measurements, *known, scope.outages)


def _fact(scope: Scope, reader: Reader, indicator: Indicator, role: str, goal: str | None, kpi: Kpi | None) -> Fact:
    member, slice = (kpi.member, slice_of(kpi)) if kpi else (None, TOTAL)
    value = _value(scope, reader, indicator, scope.period, slice)
    series, signal = series_of(scope, reader, indicator, kpi)
    target, status, reason = held_against(scope, reader, indicator, kpi, signal) if kpi else (None, None, None)
    changes = _changes(scope, reader, indicator, slice)
    lines = (series.points[-1].centre, series.points[-1].upper) if signal.rule else (None, None)
    need = (scope.period, scope.as_of, scope.calendar, series)
    return Fact(
        indicator=indicator.id,
        member=member,
        role=role,
        goal=goal,
        unit=indicator.unit,
        currency=reader.currency(indicator),
        better=indicator.better,
        value=value,
        changes=changes,
        target=target,
        status=status,
        status_reason=reason,
        signal=signal,
        series=series,
        parts=() if member else _parts(scope, reader, indicator),
        events=_events(scope, indicator, series),
        signed=indicator.signed,
        adds_up=reader.adds_up(indicator),
        ends=indicator.scale,
        interval=reader.interval(indicator, scope.period.window, slice),
        drivers=_drivers(scope, reader, indicator, slice, changes) if kpi else (),
        single=carried_by(indicator, reader.row(indicator, scope.period.window, slice), *lines),
        required=required(target, indicator.unit, indicator.better.sign, *need) if target else None,
        left=_left(scope, reader, indicator, kpi, value) if kpi else None,
    )


def _left(scope: Scope, reader: Reader, indicator: Indicator, kpi: Kpi, value: Value) -> float | None:
    """What share of a period that runs its days to come bring, by their weekdays; None where that is told evenly."""
    before = scope.days_before()
    if not before or not summed(kpi, indicator, scope.metrics):
        return None
    days = {window.start: reader.value(indicator, window, slice_of(kpi)) for window in before}
    return share_left(days, scope.period.window, value)


def held_against(
    scope: Scope, reader: Reader, indicator: Indicator, kpi: Kpi, signal: Signal
) -> tuple[Target | None, str, str | None]:
    """A KPI against its target in the scope's period: the target as it stands, the status, and why there is none."""
    if kpi.target is None:
        planned = scope.plan and any(each.target and replace(each, target=None) == kpi for each in scope.plan.kpis)
        return None, "cannot_be_judged", "outside_table" if planned else "no_target"
    question = scope.question(kpi)
    held = _value(scope, reader, indicator, question.judged, slice_of(kpi))
    return judge(question, indicator, reader, held, signal)


def _value(scope: Scope, reader: Reader, indicator: Indicator, period: Period, slice: str) -> Value:
    value = reader.value(indicator, period.window, slice)
    if indicator.change is None:
        return value
    return relative_value(_change(scope, reader, indicator, period, slice, indicator.change), value)


def _change(scope: Scope, reader: Reader, indicator: Indicator, period: Period, slice: str, against: str) -> Change:
    window = scope.compared(period, [against])[against]
    base = reader.value(indicator, window, slice) if window else None
    return change(reader.value(indicator, elapsed(period, scope.as_of), slice), base, window, against)


def _changes(scope: Scope, reader: Reader, indicator: Indicator, slice: str) -> tuple[Change, ...]:
    """The changes against the workspace's comparisons; a change indicator is a change already."""
    if indicator.change:
        return ()
    return tuple(_change(scope, reader, indicator, scope.period, slice, name) for name in scope.comparisons)


def _drivers(
    scope: Scope, reader: Reader, indicator: Indicator, slice: str, changes: tuple[Change, ...]
) -> tuple[Decomposition, ...]:
    """The changes of a KPI taken apart."""
    return decompositions(why_of(scope, reader, indicator, slice), changes, elapsed(scope.period, scope.as_of))


def why_of(scope: Scope, reader: Reader, indicator: Indicator, slice: str) -> Why:
    """What an indicator is explained by: by those that the plan names as PIs, where an identity has them."""
    known = {each.id: each for each in scope.indicators()}
    return Why(indicator, slice, known, [pi for _, pi in scope.plan.pis] if scope.plan else [], reader)


def series_of(scope: Scope, reader: Reader, indicator: Indicator, kpi: Kpi | None = None) -> tuple[Series, Signal]:
    """The history of an indicator, or of the member that a KPI is about, up to the period, and what it says of that."""
    slice, limits = (slice_of(kpi), kpi.limits) if kpi else (TOTAL, LimitsPlan())
    periods, shown = scope.history(), len(scope.periods())
    values = [_value(scope, reader, indicator, period, slice) for period in periods]
    while len(values) > 1 and values[0].value is None:
        periods, values = periods[1:], values[1:]
    alike = scope.measured_alike_from(indicator)
    judged = [
        value.value if value.reason is None and period.start >= alike else None
        for period, value in zip(periods, values, strict=True)
    ]
    points = [
        Point(period, value, known is not None) for period, value, known in zip(periods, values, judged, strict=True)
    ]
    counted = all(scope.metrics[name].unit == COUNT for name in indicator.metrics)
    sized = indicator.parts is not None and all(scope.metrics[name].unit == COUNT for name in indicator.parts[1].names)
    setting = Setting(PROFILES[scope.profile], indicator.unit, counted, sized, limits)
    series = charted(points[-shown:], setting, points[:-shown])
    in_range = kpi is not None and kpi.target is not None and kpi.target.aim.upper is not None
    return series, signal(series, 0 if in_range else indicator.better.sign)


def _events(scope: Scope, indicator: Indicator, series: Series) -> tuple[Event, ...]:
    """The events that concern the indicator, in the time of its series."""
    span = Window(series.points[0].period.start, series.points[-1].period.end)
    own = [each for each in scope.known_events() if each.concerns(indicator.id, indicator.metrics)]
    return tuple(each for each in own if each.window.overlap(span))


def signal(series: Series, better: int) -> Signal:
    """What the process says of the last point: the rule, which way, and since when this rule has marked the points."""
    last = series.points[-1]
    if not last.judged:
        return Signal(None, None, None, last.value.reason or "measured_anew")
    if not series.is_charted:
        few = series.chart.chosen == "few_cases"
        return Signal(None, None, None, "few_cases" if few else "history_too_short")
    if last.signal is None:
        return Signal(None, None, None, None)
    direction = {1: "improvement", -1: "concern", 0: "neutral"}[last.way * better]
    return Signal(last.signal, direction, last.since, None, _began(series))


def _began(series: Series) -> Period | None:
    """When the points began to stand out as the last one does, without a break, by whatever rule.

    New limits are a break. Of rare events only the periods that end a gap can stand out, so that no other one is.
    """
    last, chart = series.points[-1], series.chart
    ends = {gap.period for gap in chart.spacing.gaps} if chart.spacing else {each.period for each in series.points}
    first = chart.segments[-1].start if chart.segments else series.points[0].period
    able = [each for each in series.points if each.period in ends and each.period >= first]
    row = [*takewhile(lambda each: each.signal is not None and each.way == last.way, reversed(able))]
    found = min((each.since for each in row if each.since is not None), default=None)
    return max(found, row[-1].period) if found else None  # a trend up begins at its lowest point, which was no good one


def _parts(scope: Scope, reader: Reader, indicator: Indicator) -> tuple[Part, ...]:
    """The value of each member, for the dimensions that all of the indicator's metrics can be split by."""
    if indicator.change:
        return ()
    return tuple(
        Part(dimension, member, value)
        for dimension in dimensions(indicator, scope.metrics)
        for member, value in reader.parts(indicator, scope.period.window, dimension).items()
    )
