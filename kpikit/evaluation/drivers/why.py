"""The changes of one fact taken apart: by what its indicator is made of or moved by, and by members of dimensions."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kpikit.evaluation.drivers.funnel import step_effects
from kpikit.evaluation.drivers.parts import Decomposition, Driver
from kpikit.evaluation.drivers.products import contributions
from kpikit.evaluation.drivers.segments import by_members
from kpikit.evaluation.drivers.tree import Branch, steps, tree
from kpikit.evaluation.facts import Change, Value
from kpikit.evaluation.values import Reader
from kpikit.indicators.catalogue import Indicators, identities
from kpikit.indicators.framework import Indicator
from kpikit.metrics.requests import TOTAL, Measurement, slice_members
from kpikit.words.formula import Formula, written
from kpikit.words.periods import Window

MOVEMENTS = "movements"


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


def made_of(why: Why) -> tuple[Branch, str] | None:
    """The tree under the indicator, and the method by which its changes are taken apart; None where it has one part.

    Its ends are other indicators where an identity is declared, and else the metrics of its formula.
    """
    if why.indicator.change is not None:
        return None
    known = _splittable(why)
    found = tree(why.indicator, known, why.named)
    if found is not None:
        return found, "funnel" if steps(found.flat, known) else "identity"
    if len(why.indicator.metrics) > 1:
        parts = tuple(map(Branch, why.indicator.formula.names))
        return Branch(why.indicator.id, why.indicator.formula, parts), "formula"
    return None


def _of_one(why: Why, change: Change, now: Window) -> Iterator[Decomposition]:
    found = made_of(why)
    if found is not None:
        yield by_formula(why, change, now, found[0].flat, found[1])
    moved = movements(why.indicator, why.known) if why.slice == TOTAL else None
    if moved is not None:
        yield by_formula(why, change, now, moved, MOVEMENTS)
    if why.slice == TOTAL:
        yield from by_members(why.indicator, why.reader, change, now)


def movements(one: Indicator, known: Indicators) -> Formula | None:
    """What moves a level, as a formula over other indicators; None where not all of them are known."""
    moving = known.get(one.moved_by or "")
    found = next(identities(moving), None) if moving else None
    return found if found is not None and all(name in known for name in found.names) else None


def since(earlier: Window, now: Window) -> Window:
    """The time in which a level moved from its value at the end of the one window to that at the end of the other."""
    return Window(earlier.end, now.end)


def _splittable(why: Why) -> Indicators:
    """The indicators that have a value where this one has: of a member, those that are split by its dimension."""
    dimensions, metrics = {*slice_members(why.slice)}, why.reader.metrics
    return {
        id: each
        for id, each in why.known.items()
        if all(dimensions <= {*metrics[name].dimensions} for name in each.metrics)
    }


def by_formula(why: Why, change: Change, now: Window, formula: Formula, method: str) -> Decomposition:
    """The change taken apart by a formula over the ends of a tree; or the reason why it can't be."""
    text = written(formula)
    if change.absolute is None or change.window is None:
        return Decomposition(change.against, method, text, None, None, (), change.reason)
    if method == MOVEMENTS:
        then, later = {}, read(why, method, formula.names, since(change.window, now))
    else:
        then, later = (read(why, method, formula.names, window) for window in (change.window, now))
    reason = next((each.reason for each in [*then.values(), *later.values()] if each.reason), None)
    if reason:
        return Decomposition(change.against, method, text, None, change.absolute, (), reason)
    before = {name: then[name].value or 0.0 if name in then else 0.0 for name in later}
    after = {name: each.value or 0.0 for name, each in later.items()}
    effects = _effects(formula, method, before, after)
    if effects is None:
        return Decomposition(change.against, method, text, None, change.absolute, (), "no_denominator")
    if not adds_up(effects.values(), change.absolute, change.base or 0.0):
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


def adds_up(effects: Collection[float], change: float, base: float) -> bool:
    """True where the effects are the change, as far as numbers of this size are exact."""
    size = abs(base) + abs(base + change)
    return math.isclose(math.fsum(effects), change, rel_tol=1e-6, abs_tol=1e-9 * size)


def read(why: Why, method: str, names: Sequence[str], window: Window) -> dict[str, Value]:
    """The values of these names in a window: of metrics where the method is "formula", else of indicators."""
    if method == "formula":
        return _metrics(why, names, window)
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
    reader, ends = why.reader, (before, after, value)
    if method == "formula":
        metric = reader.metrics[name]
        return Driver("metric", name, "factor", metric.unit, *ends, metric.currency)
    indicator = why.known[name]
    if method == MOVEMENTS:
        return Driver("indicator", name, "amount", indicator.unit, None, after, value, reader.currency(indicator))
    return Driver("indicator", name, "factor", indicator.unit, *ends, reader.currency(indicator))
