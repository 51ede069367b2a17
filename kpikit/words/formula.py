"""Expression trees: what a formula is made of, so that it can be printed, taken apart and computed.

Called with symbols, an indicator's function returns such a tree; called with numbers, Series or arrays it calculates.
A formula in a file becomes the same tree by `kpikit.words.grammar`. Nothing compiled is imported here: values are met
by their own operators.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

PLAIN_NAME = r"[^\W\d]\w*(?:\.[^\W\d]\w*)*"
"""A name that a formula needs not quote: words of letters, digits and ``_``, joined by dots."""


class Formula:
    """A node of the tree. Arithmetic on nodes makes larger nodes; as text it is `written`."""

    def __str__(self) -> str:
        return written(self)

    def __add__(self, other: Any) -> Formula:
        return Operation("+", self, as_formula(other))

    def __radd__(self, other: Any) -> Formula:
        return Operation("+", as_formula(other), self)

    def __sub__(self, other: Any) -> Formula:
        return Operation("-", self, as_formula(other))

    def __rsub__(self, other: Any) -> Formula:
        return Operation("-", as_formula(other), self)

    def __mul__(self, other: Any) -> Formula:
        return Operation("*", self, as_formula(other))

    def __rmul__(self, other: Any) -> Formula:
        return Operation("*", as_formula(other), self)

    def __neg__(self) -> Formula:
        return Operation("-", Constant(0), self)

    def compute(self, values: Mapping[str, Any]) -> Any:
        """The value of the tree with these values for its symbols."""
        raise TypeError(f"{type(self).__name__} has no value of its own.")

    def nodes(self) -> Iterator[Formula]:
        """The node itself and all under it, from left to right as they are written."""
        waiting: list[Formula] = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += [node.right, node.left] if isinstance(node, Operation) else []

    def replaced(self, trees: Mapping[str, Formula]) -> Formula:
        """The tree with other trees in the place of these names; other names stay as they are."""
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the tree's symbols, in the order of their first appearance, each once."""
        return tuple(dict.fromkeys(node.name for node in self.nodes() if isinstance(node, Symbol)))


@dataclass(frozen=True)
class Symbol(Formula):
    """Something that has a value, by its name: a metric's role, a column."""

    name: str

    def compute(self, values: Mapping[str, Any]) -> Any:
        return values[self.name]

    def replaced(self, trees: Mapping[str, Formula]) -> Formula:
        return trees.get(self.name, self)


@dataclass(frozen=True)
class Constant(Formula):
    """A plain number."""

    number: float

    def compute(self, values: Mapping[str, Any]) -> Any:
        return self.number


@dataclass(frozen=True)
class Operation(Formula):
    """Two nodes and what joins them: ``+``, ``-``, ``*`` or ``/``."""

    sign: str
    left: Formula
    right: Formula

    def compute(self, values: Mapping[str, Any]) -> Any:
        return _COMPUTE[self.sign](self.left.compute(values), self.right.compute(values))

    def replaced(self, trees: Mapping[str, Formula]) -> Formula:
        return replace(self, left=self.left.replaced(trees), right=self.right.replaced(trees))


def as_formula(value: Any) -> Formula:
    """A node as it is, a number as a constant."""
    return value if isinstance(value, Formula) else Constant(value)


def divide(numerator: Any, denominator: Any) -> Any:
    """``numerator / denominator``; missing (NaN), never infinite, where the denominator is zero or missing.

    Takes numbers, pandas Series (the index is kept), numpy arrays, and formulas (which gives a formula).
    Inputs stay as they were.

    >>> divide(3, 4), divide(1, 0)
    (0.75, nan)
    """
    if isinstance(numerator, Formula) or isinstance(denominator, Formula):
        return Operation("/", as_formula(numerator), as_formula(denominator))
    if hasattr(denominator, "where"):  # a Series, whose own rule keeps the index
        return numerator / denominator.where(denominator != 0)
    if hasattr(denominator, "__array__") and getattr(denominator, "ndim", False):
        zeros = denominator == 0
        if zeros.any():
            denominator = denominator * 1.0
            denominator[zeros] = math.nan
        return numerator / denominator
    missing = denominator is None or numerator is None or denominator == 0
    return (
        numerator * math.nan
        if missing and hasattr(numerator, "__array__")
        else (math.nan if missing else numerator / denominator)
    )


_COMPUTE: dict[str, Callable[[Any, Any], Any]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": divide,
}


def adds_up(formula: Formula) -> bool:
    """True for a sum or difference of names, each at most times a number: the sum of its values is its value of sums.

    >>> adds_up(Symbol("a") - 2 * Symbol("b")), adds_up(Symbol("a") * Symbol("b")), adds_up(Symbol("a") + 1)
    (True, False, False)
    """
    if not isinstance(formula, Operation):
        return isinstance(formula, Symbol) or formula == Constant(0)
    left, right = formula.left, formula.right
    if formula.sign in "+-":
        return adds_up(left) and adds_up(right)
    if formula.sign == "*":
        return adds_up(left if right.names == () else right) and not (left.names and right.names)
    return adds_up(left) and not right.names


def degree(formula: Formula) -> int | None:
    """How the value grows with all that it is made of: 0 for a rate, 1 for a sum; None where it depends on the size.

    >>> degree(1 - divide(Symbol("a"), Symbol("b"))), degree(Symbol("a") * 2), degree(Symbol("a") + 2)
    (0, 1, None)
    """
    if not isinstance(formula, Operation):
        return 1 if isinstance(formula, Symbol) else 0
    left, right = degree(formula.left), degree(formula.right)
    if formula.sign in "+-" and Constant(0) in (formula.left, formula.right):
        return right if formula.left == Constant(0) else left
    if left is None or right is None:
        return None
    if formula.sign in "+-":
        return left if left == right else None
    return left + right if formula.sign == "*" else left - right


_WRITTEN = {"+": " + ", "-": " − ", "*": " × ", "/": " / "}
_BINDS = {"+": 1, "-": 1, "*": 2, "/": 2}
_BINDS_MINUS, _BINDS_NAME = 3, 4


def quoted(name: str) -> str:
    """A name as it stands in a formula: between backquotes, unless it is plain.

    >>> quoted("orders"), quoted("Order date")
    ('orders', '`Order date`')
    """
    return name if re.fullmatch(PLAIN_NAME, name) else f"`{name}`"


def positional(number: float) -> str:
    """A number in full, without an exponent and without superfluous zeros."""
    text = format(Decimal(str(number)), "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")


def written(formula: Formula, name: Callable[[str], str] = quoted, number: Callable[[float], str] = positional) -> str:
    """The formula on one line, with each symbol as ``name`` writes it and each constant as ``number`` does.

    As written by default, `kpikit.words.grammar.parse` gives back the same tree.

    >>> written(divide(Symbol("a") - Symbol("b"), Symbol("a")))
    '(a − b) / a'
    """
    if isinstance(formula, Symbol):
        return name(formula.name)
    if isinstance(formula, Constant):
        return number(formula.number)
    assert isinstance(formula, Operation)
    left, right = written(formula.left, name, number), written(formula.right, name, number)
    if _negated(formula):
        return f"−{right}" if _binding(formula.right) >= _BINDS_MINUS else f"−({right})"
    if _binding(formula.left) < _BINDS[formula.sign]:
        left = f"({left})"
    if _binding(formula.right) <= _BINDS[formula.sign] or _binding(formula.right) == _BINDS_MINUS:
        right = f"({right})"
    return f"{left}{_WRITTEN[formula.sign]}{right}"


def _negated(formula: Operation) -> bool:
    """True for ``0 − x``, which is written ``−x``. With a number it is written in full: ``−5`` is a constant."""
    return formula.sign == "-" and formula.left == Constant(0) and not isinstance(formula.right, Constant)


def _binding(formula: Formula) -> int:
    if isinstance(formula, Operation):
        return _BINDS_MINUS if _negated(formula) else _BINDS[formula.sign]
    return _BINDS_MINUS if isinstance(formula, Constant) and formula.number < 0 else _BINDS_NAME
