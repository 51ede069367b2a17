"""Reads the KPIs of a plan: the indicator, its baseline and its target, and whether the three fit together."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from kpikit.indicators.catalogue import Indicators, unknown
from kpikit.indicators.framework import Indicator
from kpikit.plans.aim import Aim, change_example, parse_change, parse_value, range_example, value_example
from kpikit.plans.limits import read_limits
from kpikit.plans.plan import TARGETS, Baseline, Kpi, TargetPlan
from kpikit.plans.tables import Table, read_table
from kpikit.sources.strict import Section
from kpikit.words.errors import UsageError
from kpikit.words.formula import adds_up
from kpikit.words.message import Message, Messages
from kpikit.words.periods import EXAMPLES, GRAINS, ONE, Calendar, Period
from kpikit.words.texts import N_
from kpikit.words.units import COUNT, MONEY, Unit


def read_kpi(goal: str, section: Section, calendar: Calendar, indicators: Indicators) -> Kpi:
    """The KPI of an entry under a goal's ``kpis``; a `SettingError` names the key that is wrong."""
    indicator = indicators[section.choice("indicator", indicators, unknown=unknown)]
    cadence = section.choice("cadence", GRAINS)
    baseline = _baseline(section, indicator, calendar) if section.knows("baseline") else None
    given = section.section("target", _target_example(indicator)) if section.knows("target") else None
    target = _target(given, indicator, baseline, calendar, cadence) if given else None
    limits = read_limits(section, calendar, cadence)
    kpi = Kpi(goal, indicator.id, _member(section), baseline, target, cadence, limits)
    _check_lengths(section, kpi, indicator)
    section.finish()
    return kpi


def _target_example(one: Indicator) -> str:
    return f"{{kind: keep, value: {(value_example if one.better.sign else range_example)(one.unit)}}}"


def _member(section: Section) -> tuple[str, str] | None:
    if not section.knows("member"):
        return None
    member = section.section("member", "{channel: Google}")
    if len(list(member)) != 1:
        raise section.refuse("member", "must name one member of one dimension, as {channel: Google}.")
    (dimension,) = member
    return dimension, member.text(dimension)


def _baseline(section: Section, indicator: Indicator, calendar: Calendar) -> Baseline:
    if not section.is_section("baseline"):
        return Baseline(_period(section, "baseline", calendar), None)
    given = section.section("baseline")
    aim = _value(given, indicator)
    if aim.kind == "range":
        raise given.refuse("value", "a baseline is one value, not a range.")
    given.finish()
    return Baseline(None, float(aim.number))


def _target(
    section: Section, indicator: Indicator, baseline: Baseline | None, calendar: Calendar, cadence: str
) -> TargetPlan:
    kind = section.choice("kind", TARGETS)
    key = {"keep": None, "reach": "by", "cumulative": "over"}[kind]
    given = section.knows("value") + section.knows("change") + section.knows("values")
    pace = _pace(section, kind)
    period = _period(section, key, calendar) if key else None
    if given != 1:
        one = value_example if indicator.better.sign else range_example
        told = N_("needs either 'value: {value}' or 'change: {change}', or a table of 'values'.")
        raise section.refuse("", told, value=one(indicator.unit), change=change_example(indicator.unit))
    if section.knows("values"):
        table = _table(section, indicator, calendar, cadence, kind, period)
        section.finish()
        return TargetPlan(kind, _summed(table) if kind == "cumulative" else table[-1][1], period, None, table)
    aim = _value(section, indicator) if section.knows("value") else _change(section, indicator.unit)
    if section.knows("change") and baseline is None:
        told = N_("needs a baseline to start from: 'baseline: {example}' beside 'target'.")
        grain = period.grain if kind == "cumulative" and period else cadence
        raise section.refuse("change", told, example=EXAMPLES[grain])
    _check_range(section, indicator, kind, aim, _as_kept(kind, period, cadence))
    section.finish()
    return TargetPlan(kind, aim, period, pace)


def _check_range(section: Section, indicator: Indicator, kind: str, aim: Aim, way: str) -> None:
    """Ranges are kept; and what has no better direction has no other target. ``way`` is how it is kept instead."""
    if aim.kind == "range" and kind != "keep":
        raise section.refuse("value", Messages([Message("a range goes with 'kind: keep'."), way]))
    if not indicator.better.sign and aim.kind != "range":
        example = range_example(indicator.unit)
        told = Message("{id} has no better direction, so its target is a range, as 'value: {example}'.",
                       id=indicator.id, example=example)  # fmt: skip
        raise section.refuse("", Messages([told, way]))


def _as_kept(kind: str, period: Period | None, cadence: str) -> str:
    """How a target of another kind is written as one to keep, in each period of the cadence, or as long as its own."""
    if kind == "keep" or period is None:
        return ""
    if kind == "reach" or period.grain == cadence:
        return Message("Write 'kind: keep', and no '{key}'.", key="by" if kind == "reach" else "over")
    return Message("Write 'kind: keep', and no 'over': with a range for {one}, or with 'cadence: {grain}' and one for "
                   "{whole}, which only reports on {whole} judge.",
                   one=Message(ONE[cadence]), grain=period.grain, whole=Message(ONE[period.grain]))  # fmt: skip


def _pace(section: Section, kind: str) -> str | None:
    """How the way to the target is told, where the plan says it."""
    if not section.knows("pace"):
        return None
    if kind == "keep" or section.knows("values"):
        reason = (
            Message("a target to keep has none") if kind == "keep" else Message("the table of 'values' says it already")
        )
        raise section.refuse(
            "pace", "belongs to 'kind: reach' and 'kind: cumulative' with one value; {reason}.", reason=reason
        )
    return {"even": "linear", "last_year": "last_year"}[section.choice("pace", ("even", "last_year"))]


def _table(
    section: Section, indicator: Indicator, calendar: Calendar, cadence: str, kind: str, period: Period | None
) -> Table:
    if kind == "reach":
        raise section.refuse("values", "a table goes with 'kind: keep' and 'kind: cumulative'.")
    table = read_table(section, indicator, calendar)
    if kind == "keep" and table[0][0].grain != cadence:
        reason = Message("{period} is {grain}, must be {cadence}, as the cadence.",
                         period=table[0][0], grain=Message(ONE[table[0][0].grain]),
                         cadence=Message(ONE[cadence]))  # fmt: skip
        raise section.refuse("values", reason)
    ranges, way = [aim.kind == "range" for _, aim in table], _as_kept(kind, table[0][0], cadence)
    if any(ranges) and (kind == "cumulative" or not all(ranges)):
        told = Message("ranges go with 'kind: keep', and then in each period.")
        raise section.refuse("values", Messages([told, way]))
    if not indicator.better.sign and not all(ranges):
        told = Message("{id} has no better direction: each is a range, as '{example}'.",
                       id=indicator.id, example=range_example(indicator.unit))  # fmt: skip
        raise section.refuse("values", Messages([told, way]))
    if kind == "cumulative" and period:
        ends = table[0][0].start, table[-1][0].end
        gaps = any(one.end != other.start for (one, _), (other, _) in pairwise(table))
        if gaps or ends != (period.start, period.end):
            raise section.refuse(
                "values", "must have each period of {period}, from its first day to its last.", period=period
            )
    return table


def _summed(table: Table) -> Aim:
    return Aim("value", sum((aim.number for _, aim in table), Decimal(0)))


def _value(section: Section, indicator: Indicator) -> Aim:
    try:
        return parse_value(section.text("value"), indicator.unit, *indicator.aims)
    except ValueError as error:
        raise section.refuse("value", error.args[0]) from None


def _change(section: Section, unit: Unit) -> Aim:
    try:
        return parse_change(section.text("change"), unit)
    except ValueError as error:
        raise section.refuse("change", error.args[0]) from None


def _period(section: Section, key: str, calendar: Calendar) -> Period:
    try:
        return calendar.parse(section.text(key))
    except UsageError as error:
        raise section.refuse(key, error.args[0]) from None


def _check_lengths(section: Section, kpi: Kpi, indicator: Indicator) -> None:
    """Counts, amounts and unique customers depend on the length of the period, so baseline and target share it."""
    target, baseline = kpi.target, kpi.baseline
    if target is None:
        return
    if target.kind == "cumulative" and (indicator.unit not in (COUNT, MONEY) or not adds_up(indicator.formula)):
        raise section.refuse(
            "target", "{id} does not add up over time; use 'kind: keep' or 'kind: reach'.", id=indicator.id
        )
    if baseline and baseline.period and target.period and baseline.period.end >= target.period.end:
        raise section.refuse(
            "baseline",
            "{period} does not lie before {period2}, the target's time.",
            period=baseline.period,
            period2=target.period,
        )
    if indicator.change and baseline and baseline.period:
        raise section.refuse("baseline", "{id} is a change; give its baseline as {{value: ...}}.", id=indicator.id)
    wanted = target.period.grain if target.kind == "cumulative" and target.period else kpi.cadence
    if baseline and baseline.period and baseline.period.grain != wanted:
        summed = target.kind == "cumulative"
        what = Message("the time that it is added up over") if summed else Message("the cadence")
        reason = Message(
            "{period} is {grain}, must be {wanted}, as {what}.",
            period=baseline.period,
            grain=Message(ONE[baseline.period.grain]),
            wanted=Message(ONE[wanted]),
            what=what,
        )
        raise section.refuse("baseline", reason)
