"""The changes of one fact taken apart: by what its indicator is made of, and by the members of its dimensions."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kpikit.evaluation.drivers.funnel import step_effects
from kpikit.evaluation.drivers.parts import Decomposition, Driver
from kpikit.evaluation.drivers.products import contributions
from kpikit.evaluation.drivers.segments import by_members
from kpikit.evaluation.drivers.tree import steps, tree
from kpikit.evaluation.facts import Change, Value
from kpikit.evaluation.values import Reader
from kpikit.indicators.catalogue import Indicators
from kpikit.indicators.framework import Indicator
from kpikit.metrics.requests import TOTAL, Measurement, slice_members
from kpikit.words.formula import Formula, written
from kpikit.words.periods import Window


@dataclass(frozen=True)
class Why:
    """What is asked of one indicator: of which member, which others are known, and which of them the plan names."""

    indicator: Indicator
    slice: str
    known: Indicators
    named: Collection[str]
    reader: Reader


def decompositions(why: Why, changes: Sequence[Change], now: Window) -> tuple[Decomposition, ...]:
    """Each change taken apart in all ways that there are: first by its identity or formula, then by each dimension."""
    return tuple(found for change in changes for found in _of_one(why, change, now))


def _of_one(why: Why, change: Change, now: Window) -> Iterator[Decomposition]:
    known = _splittable(why)
    identity = tree(why.indicator, known, why.named)
    if identity is not None:
        method = "funnel" if steps(identity, known) else "identity"
        yield _by_formula(why, change, now, identity, method)
    elif len(why.indicator.metrics) > 1:
        yield _by_formula(why, change, now, why.indicator.formula, "formula")
    if why.slice == TOTAL:
        yield from by_members(why.indicator, why.reader, change, now)


def _splittable(why: Why) -> Indicators:
    """The indicators that have a value where this one has: of a member, those that are split by its dimension."""
    dimensions, metrics = {*slice_members(why.slice)}, why.reader.metrics
    return {
        id: each
        for id, each in why.known.items()
        if all(dimensions <= {*metrics[name].dimensions} for name in each.metrics)
    }


def _by_formula(why: Why, change: Change, now: Window, formula: Formula, method: str) -> Decomposition:
    text = written(formula)
    if change.absolute is None or change.window is None:
        return Decomposition(change.against, method, text, None, None, (), change.reason)
    read = _metrics if method == "formula" else _indicators
    then, later = (read(why, formula.names, window) for window in (change.window, now))
    reason = next((each.reason for each in [*then.values(), *later.values()] if each.reason), None)
    if reason:
        return Decomposition(change.against, method, text, None, change.absolute, (), reason)
    before, after = ({name: each.value or 0.0 for name, each in values.items()} for values in (then, later))
    effects = _effects(formula, method, before, after)
    if effects is None:
        return Decomposition(change.against, method, text, None, change.absolute, (), "no_denominator")
    if not _adds_up(effects.values(), change.absolute, change.base or 0.0):
        return Decomposition(change.against, method, text, None, change.absolute, (), "identity_off")
    drivers = tuple(_driver(why, name, method, before[name], after[name], value) for name, value in effects.items())
    return Decomposition(change.against, method, text, None, change.absolute, drivers, None)


def _effects(
    formula: Formula, method: str, before: Mapping[str, float], after: Mapping[str, float]
) -> dict[str, float] | None:
    if method != "funnel":
        return contributions(formula, before, after)
    found = step_effects([before[name] for name in formula.names], [after[name] for name in formula.names])
    return dict(zip(formula.names, found, strict=True))


def _adds_up(effects: Collection[float], change: float, base: float) -> bool:
    """True where the effects are the change, as far as numbers of this size are exact."""
    size = abs(base) + abs(base + change)
    return math.isclose(math.fsum(effects), change, rel_tol=1e-6, abs_tol=1e-9 * size)


def _indicators(why: Why, names: Sequence[str], window: Window) -> dict[str, Value]:
    return {name: why.reader.value(why.known[name], window, why.slice) for name in names}


def _metrics(why: Why, names: Sequence[str], window: Window) -> dict[str, Value]:
    """The metrics of a formula. The change is known, and so are they: only a member may be without rows of one."""
    found = {name: _measured(why, name, window) for name in names}
    return {name: Value(row.value if row else None, None, None if row else "no_data") for name, row in found.items()}


def _measured(why: Why, name: str, window: Window) -> Measurement | None:
    client, measurements = why.reader.client, why.reader.measurements
    if why.slice == TOTAL:
        return measurements.get(client, name, window)
    ((dimension, member),) = slice_members(why.slice).items()
    return measurements.members(client, name, window, dimension).get(member)


def _driver(why: Why, name: str, method: str, before: float, after: float, value: float) -> Driver:
    if method == "formula":
        return Driver("metric", name, "factor", why.reader.metrics[name].unit, before, after, value)
    return Driver("indicator", name, "factor", why.known[name].unit, before, after, value)
