"""What if a driver of a KPI moves: what becomes of the KPI, what one step of each does, and what it would take.

All of it is arithmetic on the KPI's own formula: one figure moves, and the others stay as they are set. Whether they
would stay in life is not known here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, floor, inf, isclose

import numpy as np
from numpy.polynomial import polynomial

from kpikit.evaluation.drivers.kpi_tree import KpiTree, Node, computed
from kpikit.evaluation.targets.targets import TOLERANCE
from kpikit.evaluation.targets.usual import Aimed
from kpikit.plans.aim import parse_change, parse_value
from kpikit.words.formula import Constant, Formula, Operation, Symbol
from kpikit.words.message import Message
from kpikit.words.rewritten import in_prose
from kpikit.words.texts import N_
from kpikit.words.units import COUNT, SHARE

NEEDS = {
    "met": N_("the target is met with it as it is"),
    "impossible": N_("not by it alone: it would have to be {value}"),
    "never": N_("not by it alone, whatever it is"),
}
"""Why nothing is needed of a driver, or why it can't be had: code -> text."""

STEP = 0.01
"""A step of a driver: one per cent of it, whatever its unit is, so that steps can be compared."""
_EXACT = 1e-9


Fraction = tuple[np.ndarray, np.ndarray]
"""The coefficients of a numerator and of a denominator, the constants first."""


@dataclass(frozen=True)
class Need:
    """What a driver alone would have to be for the KPI to meet its target; or why not, one of `NEEDS`.

    Where it is "impossible", ``value`` is what it would have to be nevertheless: a share of 134 %.
    """

    value: float | None
    reason: str | None


@dataclass(frozen=True)
class WhatIf:
    """The KPI with drivers ``moved``: its ``value``, None where it would be impossible; ``values`` of all in the tree.

    By name of driver: ``steps``, what one `STEP` more of it adds to the KPI (None where that is impossible), and
    ``needs``, what it would take of it while all others stay as they are set; empty without a target for the period.
    """

    moved: Mapping[str, float]
    values: Mapping[str, float | None]
    value: float | None
    steps: Mapping[str, float | None]
    needs: Mapping[str, Need]


def what_if(tree: KpiTree, moved: Mapping[str, float], aim: Aimed | None) -> WhatIf:
    """What becomes of the KPI of a tree with drivers at other values. The tree must have figures: no ``reason``."""
    values = {**tree.values, **moved}
    value = tree.value(values)
    steps = {name: _step(tree, node, values, value) for name, node in tree.drivers.items()}
    needs = {name: need(tree, node, values, aim) for name, node in tree.drivers.items()} if aim else {}
    return WhatIf(dict(moved), _inner(tree.root, values) | {tree.root.name: value}, value, steps, needs)


def _inner(node: Node, values: Mapping[str, float]) -> dict[str, float | None]:
    """The values of a node and of all under it, from those of the drivers."""
    found: dict[str, float | None] = {}
    for each in node.under:
        found |= _inner(each, values)
    if node.formula is None:
        return {node.name: values[node.name]}
    known = {each.name: value for each in node.under if (value := found[each.name]) is not None}
    whole = len(known) == len({each.name for each in node.under})
    return found | {node.name: computed(node.formula, known) if whole else None}


def position(node: Node, text: str) -> float:
    """The value that a driver is moved to by "+5 %", "+0.5 pp" or "12000". A `ValueError` says what is wrong."""
    if text.strip().startswith(("+", "-", "\N{MINUS SIGN}")):
        found = parse_change(text, node.unit).apply(node.value)
        if found is None:
            raise ValueError(
                Message("'{text}': a change in per cent needs a value above zero. Write what it is to be.", text=text)
            )
    else:
        aim = parse_value(text, node.unit, highest=inf if node.high is None else node.high)
        if aim.kind == "range":
            raise ValueError(Message("'{text}' is a range; write one value.", text=text))
        found = float(aim.number)
    if not node.holds(found):
        below = node.low is not None and found < node.low
        end = node.low if below else node.high
        shown = "100 %" if node.unit == SHARE and end == 1 else in_prose(f"{end:g}")
        told = N_("'{text}' would put it below {end}, which cannot be.")
        if not below:
            told = N_("'{text}' would put it above {end}, which cannot be.")
        raise ValueError(Message(told, text=text, end=shown))
    return found


def _stepped(value: float) -> float:
    """One step more of a value."""
    return value + abs(value) * STEP


def _step(tree: KpiTree, node: Node, values: Mapping[str, float], value: float | None) -> float | None:
    at = _stepped(values[node.name])
    if value is None or not node.holds(at):
        return None
    after = tree.value({**values, node.name: at})
    return None if after is None else after - value


def need(tree: KpiTree, node: Node, values: Mapping[str, float], aim: Aimed) -> Need:
    """What one driver would have to be: of several such values the one that lies nearest to where it is.

    A count is a whole number, on that side of the exact one on which the target is met.
    """
    value, here = tree.value(values), values[node.name]
    if value is not None and meets(value, aim):
        return Need(None, "met")
    ends = [end for end in (aim.lower, aim.upper) if end is not None]
    found = sorted((at for end in ends for at in solved(tree.formula, node.name, values, end)),
                   key=lambda at: abs(at - here))  # fmt: skip
    can = [at for at in found if node.holds(at) and tree.value({**values, node.name: at}) is not None]
    if not can:
        return Need(found[0], "impossible") if found else Need(None, "never")
    whole = float(ceil(can[0]) if can[0] > here else floor(can[0]))
    after = tree.value({**values, node.name: whole}) if node.unit == COUNT and node.holds(whole) else None
    return Need(whole if after is not None and meets(after, aim) else can[0], None)


def meets(value: float, aim: Aimed) -> bool:
    """True for a value that the target asks for, as far as numbers of its size are exact."""
    return aim.holds(value) or any(isclose(value, end, rel_tol=TOLERANCE) for end in (aim.lower, aim.upper) if end)


def solved(formula: Formula, name: str, values: Mapping[str, float], goal: float) -> list[float]:
    """All values of one name that give the formula this value, while the other names keep theirs.

    As a function of one name the formula is a polynomial over a polynomial: ``p / q = goal`` has the solutions of
    ``p - goal * q = 0``, but for those at which there is nothing to divide by.

    >>> from kpikit.words.grammar import parse
    >>> solved(parse("a * b", ("a", "b")), "a", {"a": 4, "b": 5}, 30)
    [6.0]
    """
    scale = abs(values[name]) or 1.0  # so that the coefficients can be held against each other
    top, bottom = _fraction(formula, name, values, scale)
    left = polynomial.polytrim(polynomial.polysub(top, goal * bottom), _EXACT * float(np.abs(top).max()) * 1e-6)
    if len(left) < 2:
        return []
    roots = [float(each.real) for each in polynomial.polyroots(left) if abs(each.imag) <= _EXACT * abs(each)]
    found = [(each * scale, computed(formula, {**values, name: each * scale})) for each in roots]
    return [at for at, value in found if value is not None and isclose(value, goal, rel_tol=1e-6, abs_tol=1e-12)]


def _fraction(formula: Formula, name: str, values: Mapping[str, float], scale: float) -> Fraction:
    """The formula as a function of one name, counted in ``scale``."""
    one = np.array([1.0])
    if isinstance(formula, Symbol):
        return (np.array([0.0, scale]) if formula.name == name else np.array([float(values[formula.name])])), one
    if isinstance(formula, Constant):
        return np.array([float(formula.number)]), one
    assert isinstance(formula, Operation)
    (a, b), (c, d) = (_fraction(side, name, values, scale) for side in (formula.left, formula.right))
    if formula.sign == "*":
        return polynomial.polymul(a, c), polynomial.polymul(b, d)
    if formula.sign == "/":
        return polynomial.polymul(a, d), polynomial.polymul(b, c)
    add = polynomial.polyadd if formula.sign == "+" else polynomial.polysub
    return add(polynomial.polymul(a, d), polynomial.polymul(c, b)), polynomial.polymul(b, d)
