"""The KPI tree with its figures: what a KPI is made of, what each part is now and was before, and what it brought.

The tree is that of the identities that are declared (`tree`), and else of the metrics in the KPI's own formula. The
ends of the tree are its drivers: `what_if` moves them, and calculates the KPI by the very same formula.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kpikit.evaluation.drivers.tree import Branch
from kpikit.evaluation.drivers.why import Why, adds_up, by_formula, made_of, read
from kpikit.evaluation.facts import Change, Fact
from kpikit.indicators.framework import Indicator
from kpikit.metrics.declarations import Metric
from kpikit.words.formula import Formula
from kpikit.words.periods import Window
from kpikit.words.units import Unit


@dataclass(frozen=True)
class Node:
    """A part of a KPI. ``value`` is its own in the period, ``before`` in the earlier one, both in ``unit``.

    ``kind`` says what ``name`` is, an "indicator" or a "metric". ``effect`` is what it contributes to the change of the
    KPI, in the KPI's unit; that of a part is the sum of what stands ``under`` it. None where one is not known.
    ``low`` and ``high``: between which values it can be.
    """

    name: str
    kind: str
    unit: Unit
    currency: str | None
    value: float | None
    before: float | None
    effect: float | None
    low: float | None
    high: float | None
    formula: Formula | None = None
    under: tuple[Node, ...] = ()

    def all(self) -> Iterator[Node]:
        """The node itself and all under it, each before what it is made of."""
        yield self
        for each in self.under:
            yield from each.all()

    def holds(self, value: float) -> bool:
        """True for a value that it can have."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


@dataclass(frozen=True)
class KpiTree:
    """``root`` is the KPI; ``formula`` gives it from its ``drivers``, taken apart by ``method``, one of `METHODS`.

    ``change`` is that of the KPI, None without anything to compare with. ``reason`` says why nothing can be calculated
    with the tree: a part has no value, or in these figures the parts do not make up the whole.
    """

    indicator: Indicator
    root: Node
    formula: Formula
    method: str
    change: Change | None
    reason: str | None

    @property
    def drivers(self) -> dict[str, Node]:
        """The ends of the tree by name, in the order of the formula."""
        ends = {node.name: node for node in self.root.all() if not node.under}
        return {name: ends[name] for name in self.formula.names}

    @property
    def values(self) -> dict[str, float]:
        """The drivers' values as they are; empty where nothing can be calculated."""
        return {} if self.reason else {name: node.value or 0.0 for name, node in self.drivers.items()}

    def value(self, values: Mapping[str, float]) -> float | None:
        """The KPI with these values of its drivers; None where there is none, or where it cannot be.

        With the drivers as they are it is the KPI's value to the last digit.
        """
        if values == self.values:
            return self.root.value
        if self.method == "formula" and self.indicator.impossible(values):
            return None
        found = computed(self.formula, values)
        return found if found is not None and self.root.holds(found) else None


def kpi_tree(why: Why, fact: Fact, window: Window, change: Change | None, now: Window) -> KpiTree | None:
    """The tree of a fact in its period's ``window``; None where nothing is known of what it is made of.

    ``now`` is the part of the period that ``change`` is about.
    """
    found = made_of(why)
    if found is None:
        return None
    branch, method = found
    names = list(dict.fromkeys(each.name for each in _all(branch) if each is not branch))
    values = read(why, method, names, window)
    base = change.window if change and change.absolute is not None else None
    before = {name: each.value for name, each in read(why, method, names, base).items()} if base else {}
    parts = by_formula(why, change, now, branch.flat, method).drivers if change else ()
    effects = {str(each.name): each.value for each in parts}
    figures = _Figures({name: each.value for name, each in values.items()}, before, effects)
    under = tuple(_node(each, why, method, figures) for each in branch.under)
    root = replace(
        _plain(why.indicator, fact.currency), value=fact.value.value, before=change.base if change else None,
        effect=change.absolute if change else None, formula=branch.formula, under=under,
    )  # fmt: skip
    missing = (each.reason or "no_data" for each in [fact.value, *values.values()] if each.value is None)
    tree = KpiTree(why.indicator, root, branch.flat, method, change, next(missing, None))
    return tree if tree.reason or _makes_up(tree) else replace(tree, reason="identity_off")


def computed(formula: Formula, values: Mapping[str, float]) -> float | None:
    """The value of a formula; None where there is nothing to divide by, or it is larger than a number can be."""
    try:
        found = float(formula.compute(values))
    except OverflowError:
        return None
    return found if math.isfinite(found) else None


@dataclass(frozen=True)
class _Figures:
    """By name: the values of the period, those of the earlier one, and the effects of the drivers."""

    values: Mapping[str, float | None]
    before: Mapping[str, float | None]
    effects: Mapping[str, float]


def _all(branch: Branch) -> Iterator[Branch]:
    yield branch
    for each in branch.under:
        yield from _all(each)


def _node(branch: Branch, why: Why, method: str, figures: _Figures) -> Node:
    under = tuple(_node(each, why, method, figures) for each in branch.under)
    if method == "formula":
        bare = _of_metric(branch.name, why.reader.metrics[branch.name], why.indicator)
    else:
        one = why.known[branch.name]
        bare = _plain(one, why.reader.currency(one))
    own = [figures.effects.get(branch.name)] if not under else [each.effect for each in under]
    known = [each for each in own if each is not None]
    return replace(
        bare, value=figures.values[branch.name], before=figures.before.get(branch.name),
        effect=math.fsum(known) if len(known) == len(own) else None, formula=branch.formula, under=under,
    )  # fmt: skip


def _plain(one: Indicator, currency: str | None) -> Node:
    """An indicator without its figures."""
    low, high = map(_end, one.aims)
    return Node(one.id, "indicator", one.unit, currency, None, None, None, low, high)


def _of_metric(name: str, metric: Metric, one: Indicator) -> Node:
    """A metric without its figures."""
    low, high = map(_end, one.ranges[name][:2])
    return Node(name, "metric", metric.unit, metric.currency, None, None, None, low, high)


def _end(number: float) -> float | None:
    return number if math.isfinite(number) else None


def _makes_up(tree: KpiTree) -> bool:
    """True where the parts make up the whole, at the root and at each place above the ends."""
    inner = [node for node in tree.root.all() if node.formula is not None]
    pairs = [(node.value, computed(node.formula, _values(node)), node) for node in inner if node.formula]
    return all(made is not None and adds_up([made], value or 0.0, 0.0) for value, made, _ in pairs)


def _values(node: Node) -> dict[str, float]:
    return {each.name: each.value or 0.0 for each in node.under}
