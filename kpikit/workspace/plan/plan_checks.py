"""What a plan asks of the workspace: a KPI that cannot be measured in the way that it is meant is refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kpikit.indicators.catalogue import Indicators
from kpikit.metrics.model import Model
from kpikit.plans.places import refusal
from kpikit.plans.plan import Kpi, Plan
from kpikit.words.errors import closest, one_of
from kpikit.words.message import Message, Messages
from kpikit.words.periods import Calendar
from kpikit.words.units import COUNT


@dataclass(frozen=True)
class _Asked:
    """The file that asks, and what there is."""

    file: Path
    model: Model
    indicators: Indicators


def check_plan(plan: Plan, file: Path, model: Model, indicators: Indicators) -> None:
    """Refuse what the workspace cannot measure; a `SettingError` names the file, the indicator and the way out."""
    ask = _Asked(file, model, indicators)
    for indicator in [kpi.indicator for kpi in plan.kpis] + [pi for _, pi in plan.pis]:
        _check_measured(ask, indicator)
    for kpi in plan.kpis:
        for check in (_check_overlaps, _check_adds_up, _check_length, _check_cut, _check_chart, _check_split):
            check(ask, kpi)


def _check_adds_up(ask: _Asked, kpi: Kpi) -> None:
    metrics = [ask.model.metrics[name] for name in ask.indicators[kpi.indicator].metrics]
    counted_anew = [metric.name for metric in metrics if not metric.additive]
    if kpi.target and kpi.target.kind == "cumulative" and counted_anew:
        reason = Message(
            "{name} is counted anew for each period and does not add up; use 'reach' or 'keep'.", name=counted_anew[0]
        )
        raise refusal(ask.file, kpi.indicator, None, reason)


def _check_overlaps(ask: _Asked, kpi: Kpi) -> None:
    """What each member of a dimension counts for itself is no KPI of all of them together."""
    for name in ask.indicators[kpi.indicator].metrics:
        metric = ask.model.metrics[name]
        if not metric.adds_up_over(kpi.member[:1] if kpi.member else ()):
            reason = Message(
                "each {overlaps_by} counts {name} for itself ('overlaps_by'), and what several of them claim would "
                "count twice. Choose one, as 'member: {{{overlaps_by}: ...}}', or hold the orders of the shop "
                "against all spend, as marketing.blended_cost_per_acquisition and marketing.efficiency_ratio do.",
                overlaps_by=metric.overlaps_by,
                name=name,
            )
            raise refusal(ask.file, kpi.indicator, None, reason)


def _check_chart(ask: _Asked, kpi: Kpi) -> None:
    """A chart of shares, rates or rare events needs counted things; all but ``t``, one number by another."""
    indicator, chart = ask.indicators[kpi.indicator], kpi.limits.chart
    counted = all(ask.model.metrics[name].unit == COUNT for name in indicator.metrics)
    fits = counted and (indicator.parts or (chart == "t" and indicator.unit == COUNT))
    if chart in ("p", "u", "g", "t") and not fits:
        counts = Message("a count, or a number of counted things by another")
        needs = counts if chart == "t" else Message("counted things by others")
        reason = Message(
            "chart: {chart} needs {needs}, which {id} is not; use xmr or run, or leave it out.",
            chart=chart,
            needs=needs,
            id=indicator.id,
        )
        raise refusal(ask.file, kpi.indicator, None, reason)


def _check_length(ask: _Asked, kpi: Kpi) -> None:
    """What a source has for single days alone, such as unique visitors, is no KPI of a longer period."""
    for name in ask.indicators[kpi.indicator].metrics:
        metric = ask.model.metrics[name]
        slot, span = ask.model.sources[metric.source].every, ask.model.sources[metric.source].span
        if span:
            reason = Message(
                "{name} is known for {span} as a whole, and for no {cadence} of it.",
                name=name,
                span=span,
                cadence=kpi.cadence,
            )
            raise refusal(ask.file, kpi.indicator, None, reason)
        if metric.aggregate == "value" and kpi.cadence != slot:
            reason = Message(
                "{name} is known for each {slot} alone, which does not add up to a {cadence}. Use 'cadence: {slot}', "
                "or a metric with 'mean: {column}', which is the average {slot}.",
                name=name,
                slot=slot,
                cadence=kpi.cadence,
                column=metric.column,
            )
            raise refusal(ask.file, kpi.indicator, None, reason)


def _check_cut(ask: _Asked, kpi: Kpi) -> None:
    """What a source has once a week or month is no KPI of periods that would cut these in two."""
    over = kpi.target.period if kpi.target and kpi.target.kind == "cumulative" else None
    for name in ask.indicators[kpi.indicator].metrics:
        slot = ask.model.sources[ask.model.metrics[name].source].every
        if (slot == "week" and kpi.cadence != "week") or (slot == "month" and kpi.cadence in ("day", "week")):
            reason = Message(
                "the source of {name} says 'every: {slot}', and 'cadence: {cadence}' would cut such periods in two. "
                "Use 'cadence: {slot}'.",
                name=name,
                slot=slot,
                cadence=kpi.cadence,
            )
            raise refusal(ask.file, kpi.indicator, None, reason)
        slots = Calendar().within(slot, over.window) if over else []
        if over and (slots[0].start, slots[-1].end) != (over.start, over.end):
            reason = Message(
                "the source of {name} says 'every: {slot}', and 'over: {over}' begins or ends within such a period. "
                "Use 'kind: keep' with 'cadence: {slot}', or a source with 'every: day'.",
                name=name,
                slot=slot,
                over=over,
            )
            raise refusal(ask.file, kpi.indicator, None, reason)


def _check_measured(ask: _Asked, indicator: str) -> None:
    lacking = [name for name in ask.indicators[indicator].metrics if name not in ask.model.metrics]
    if lacking:
        alike = _alike(ask, lacking[0])
        bind = f"'bind: {{{lacking[0]}: {alike}}}'"
        meant = Message(
            "If '{alike}' is meant, call it {name}, or say {bind}.", alike=alike, name=lacking[0], bind=bind
        )
        if len(lacking) > 1:
            told = Message("needs the metrics {names}, which workspace.yml does not define.", names=_listed(lacking))
        else:
            told = Message("needs the metric {name}, which workspace.yml does not define.", name=lacking[0])
        raise refusal(ask.file, indicator, None, Messages([told, meant if alike else ""]))


def _listed(names: Sequence[str]) -> str:
    one, *others = names
    return Message("{one} and {other}", one=one, other=_listed(others)) if others else one


def _alike(ask: _Asked, name: str) -> str | None:
    """The metric that may be meant: one of the same unit with a name like it, or the only one with a word in common."""
    unit = next((each.unit for each in ask.indicators.values() if each.metrics == (name,) and not each.change), None)
    names = [each.name for each in ask.model.metrics.values() if unit in (None, each.unit)]
    common = [each for each in names if {*each.split("_")} & {*name.split("_")}]
    return closest(name, names) or (common[0] if len(common) == 1 else None)


def _check_split(ask: _Asked, kpi: Kpi) -> None:
    dimension = kpi.member[0] if kpi.member else None
    metrics = [ask.model.metrics[name] for name in ask.indicators[kpi.indicator].metrics]
    whole = [metric.name for metric in metrics if dimension not in metric.dimensions]
    if dimension is None or not whole:
        return
    reason: str = Message(
        "the metric {names} is not split by it; list it under its 'by' in workspace.yml.", names=_listed(whole)
    )
    if dimension not in ask.model.dimensions:
        reason = one_of("dimension", dimension, ask.model.dimensions)
    raise refusal(ask.file, kpi.indicator, dimension, reason)
