"""Expression trees: what an indicator's formula is made of, so that it can be printed, taken apart and computed.

Called with symbols, an indicator's function returns such a tree; called with numbers, Series or arrays it calculates.
Nothing compiled is imported here: values are met by their own operators.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


class Formula:
    """A node of the tree. Arithmetic on nodes makes larger nodes."""

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

    def compute(self, values: Mapping[str, Any]) -> Any:
        """The value of the tree with these values for its symbols."""
        raise TypeError(f"{type(self).__name__} has no value of its own.")

    def symbols(self) -> Iterator[str]:
        """The names in the tree, in the order of their first appearance, each once."""
        return iter(dict.fromkeys(self._names()))

    def _names(self) -> Iterator[str]:
        return iter(())


@dataclass(frozen=True)
class Symbol(Formula):
    """A metric by its role's name."""

    name: str

    def compute(self, values: Mapping[str, Any]) -> Any:
        return values[self.name]

    def _names(self) -> Iterator[str]:
        yield self.name


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

    def _names(self) -> Iterator[str]:
        yield from self.left._names()
        yield from self.right._names()


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
        safe = denominator * 1.0
        safe[safe == 0] = math.nan
        return numerator / safe
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
_WRITTEN = {"+": " + ", "-": " − ", "*": " × ", "/": " / "}
_BINDS = {"+": 1, "-": 1, "*": 2, "/": 2}


def written(formula: Formula, name: Callable[[str], str] = str) -> str:
    """The formula on one line, with each symbol as ``name`` writes it.

    >>> written(divide(Symbol("a") - Symbol("b"), Symbol("a")))
    '(a − b) / a'
    """
    if isinstance(formula, Symbol):
        return name(formula.name)
    if isinstance(formula, Constant):
        return f"{formula.number:.15g}"
    assert isinstance(formula, Operation)
    left, right = written(formula.left, name), written(formula.right, name)
    if _binding(formula.left) < _BINDS[formula.sign]:
        left = f"({left})"
    if _binding(formula.right) < _BINDS[formula.sign] + (formula.sign in "-/"):
        right = f"({right})"
    return f"{left}{_WRITTEN[formula.sign]}{right}"


def _binding(formula: Formula) -> int:
    return _BINDS[formula.sign] if isinstance(formula, Operation) else 3
