"""A change taken apart by the members of a dimension: amounts that add up, or rate and mix of a ratio of such."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from kpikit.evaluation.drivers.mix import Segment, amounts, rate_and_mix
from kpikit.evaluation.drivers.parts import Decomposition, Driver
from kpikit.evaluation.facts import Change
from kpikit.evaluation.values import Reader
from kpikit.indicators.framework import Indicator
from kpikit.metrics.declarations import Metric
from kpikit.metrics.requests import Measurement
from kpikit.words.formula import Formula, adds_up
from kpikit.words.periods import Window
from kpikit.words.units import SHARE

Rows = Mapping[str, Measurement]
"""By metric, its measurement."""


def dimensions(indicator: Indicator, metrics: Mapping[str, Metric]) -> list[str]:
    """The dimensions that all of the indicator's metrics can be split by."""
    first, *others = (metrics[name].dimensions for name in indicator.metrics)
    return [name for name in first if all(name in each for each in others)]


def by_members(indicator: Indicator, reader: Reader, change: Change, now: Window) -> Iterator[Decomposition]:
    """The change by each dimension in turn. Counts that are taken anew for each member (unique ones) do not add up;
    what stands at the end of a time does where its members make up the whole, as the followers of each network do.
    """
    metrics = [reader.metrics[name] for name in indicator.metrics]
    additive = all(metric.adds_over_members for metric in metrics)
    parts = indicator.parts
    method = "rate_and_mix" if parts else "members"
    whole = additive and (adds_up(indicator.formula) if parts is None else all(map(adds_up, parts)))
    for dimension in dimensions(indicator, reader.metrics):
        reason = change.reason if change.absolute is None else (None if whole else "not_split")
        drivers: tuple[Driver, ...] | None = ()
        if reason is None and change.window is not None:
            drivers = _drivers(indicator, reader, dimension, (change.window, now))
            off = (
                drivers and any(each.effect == "rest" for each in drivers) and not all(one.additive for one in metrics)
            )
            reason = "no_denominator" if drivers is None else "not_split" if off else None
            drivers = () if off else drivers
        yield Decomposition(change.against, method, None, dimension, change.absolute, drivers or (), reason)


def _drivers(
    indicator: Indicator, reader: Reader, dimension: str, windows: tuple[Window, Window]
) -> tuple[Driver, ...] | None:
    split = [_members(indicator, reader, dimension, window) for window in windows]
    hidden = {member for members in split for member, rows in members.items() if _suppressed(rows)}
    told = [{name: rows for name, rows in members.items() if name not in hidden} for members in split]
    wholes = [_total(indicator, reader, window) for window in windows]
    if indicator.parts is None:
        before, after = (_with_rest(indicator.formula, *each) for each in zip(told, wholes, strict=True))
        effects = amounts(before, after)
        return tuple(_amount(indicator, *effect, before, after) for effect in effects)
    numerators, denominators = (
        [_with_rest(part, *each) for each in zip(told, wholes, strict=True)] for part in indicator.parts
    )
    old, new = (_segments(*each) for each in zip(numerators, denominators, strict=True))
    found = rate_and_mix(old, new)
    return None if found is None else _rates(indicator, found, old, new)


def _members(indicator: Indicator, reader: Reader, dimension: str, window: Window) -> dict[str, Rows]:
    """The measurements of each member; a member without one of a metric has none of it in the whole, either."""
    found = {name: reader.measurements.members(reader.client, name, window, dimension) for name in indicator.metrics}
    members = dict.fromkeys(member for each in found.values() for member in each)
    return {member: {name: each[member] for name, each in found.items() if member in each} for member in members}


def _suppressed(rows: Rows) -> bool:
    return any(row.suppressed for row in rows.values())


def _total(indicator: Indicator, reader: Reader, window: Window) -> Rows:
    return {name: reader.measurements.get(reader.client, name, window) for name in indicator.metrics}


def _computed(formula: Formula, rows: Rows) -> float:
    values = {name: rows[name].value if name in rows else None for name in formula.names}
    return float(formula.compute({name: value or 0.0 for name, value in values.items()}))


def _with_rest(formula: Formula, told: Mapping[str, Rows], whole: Rows) -> dict[str, float]:
    """The value of each member that is told, and what the whole has beside them, where that is anything."""
    found = {member: _computed(formula, rows) for member, rows in told.items()}
    total = _computed(formula, whole)
    rest = total - math.fsum(found.values())
    size = math.fsum([abs(total), *map(abs, found.values())])
    return found if abs(rest) <= 1e-9 * size else {**found, _REST: rest}


_REST = "\0rest"
"""Stands for the rest among members; no member of a source can be called so."""


def _segments(numerators: Mapping[str, float], denominators: Mapping[str, float]) -> dict[str, Segment]:
    names = dict.fromkeys([*numerators, *denominators])
    return {name: Segment(numerators.get(name, 0.0), denominators.get(name, 0.0)) for name in names}


def _amount(
    indicator: Indicator, name: str, effect: str, value: float, before: Mapping[str, float], after: Mapping[str, float]
) -> Driver:
    if name == _REST:
        return Driver("member", None, "rest", indicator.unit, None, None, value)
    return Driver("member", name, effect, indicator.unit, before.get(name, 0.0), after.get(name, 0.0), value)


def _rates(
    indicator: Indicator,
    effects: list[tuple[str, str, float]],
    before: Mapping[str, Segment],
    after: Mapping[str, Segment],
) -> tuple[Driver, ...]:
    wholes = [math.fsum(each.denominator for each in segments.values()) for segments in (before, after)]
    nothing, drivers = Segment(0.0, 0.0), []
    for name, effect, value in effects:
        old, new = before.get(name, nothing), after.get(name, nothing)
        weights = [each.denominator / whole for each, whole in zip((old, new), wholes, strict=True)]
        if name == _REST:
            continue
        ends = (weights[0], weights[1]) if effect == "mix" else (old.rate, new.rate)
        unit = SHARE if effect == "mix" else indicator.unit
        drivers.append(Driver("member", name, effect, unit, *ends, value))
    if any(name == _REST for name, _, _ in effects):
        rest = math.fsum(value for name, _, value in effects if name == _REST)
        drivers.append(Driver("member", None, "rest", indicator.unit, None, None, rest))
    return tuple(drivers)
