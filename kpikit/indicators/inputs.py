"""What figures can be: a count is not negative, a score keeps to its scale, and a part is not larger than its whole.

It is declared once: by what a metric is called (`Figure`, in a domain's ``METRICS``), by `share`, and by an indicator's
``between``. Calculators refuse a number that breaks it, a column has no value in such rows, a measured value has the
reason "impossible"; the definition card says it, and sliders end there.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

from kpikit.words.formula import Formula, Operation, Symbol, as_formula, divide, positional
from kpikit.words.language import Wording
from kpikit.words.message import Message

SLACK = 1e-14


class Range(NamedTuple):
    """Between what a figure lies, both ends included, as of a count by default.

    ``usual`` is up to where most such figures go, for sliders; ``money``: it is an amount.
    """

    lowest: float = 0.0
    highest: float = math.inf
    usual: float = 1000.0
    money: bool = False

    def ends(self, slack: float = 0.0) -> tuple[float, float]:
        """The lowest and the highest number, and so far beyond as binary numbers are off: a mean of 7.000000000000001.

        ``slack`` is what a value that was calculated may be off beside a zero: 0.3 - 0.1 - 0.2 is below it.
        """
        return self.lowest - max(SLACK * abs(self.lowest), slack), self.highest + max(SLACK * abs(self.highest), slack)

    def cut(self, value: Any) -> Any:
        """A number in the range as it is, one at its ends without what it is off."""
        if value < self.lowest:
            return self.lowest
        return min(value, self.highest)

    def refusal(self, value: Any, slack: float = 0.0) -> Message | None:
        """What a number must be that it is not; None for one in the range, and for a missing one."""
        if value in (math.inf, -math.inf):
            return Message("must be finite.")
        lowest, highest = self.ends(slack)
        if not value < lowest and not value > highest:
            return None
        if self.highest == math.inf:
            least = Message("must be at least {low}.", low=positional(self.lowest))
            return least if self.lowest else Message("must not be negative.")
        if self.lowest == -math.inf:
            return Message("must be at most {high}.", high=positional(self.highest))
        ends = {"low": positional(self.lowest), "high": positional(self.highest)}
        return Message("must lie between {low} and {high}.", **ends)


ANY = Range(-math.inf)
WHOLE = Range(0.0, 1.0)
"""What any number is, and what a part of a whole is."""


class Figure(str):
    """The name of a metric in a formula, which knows its `Range`; a plain text is the name of a count or a duration."""

    range: Range

    def __new__(cls, name: str, lowest: float = 0.0, highest: float = math.inf, usual: float = Range().usual) -> Self:
        figure = super().__new__(cls, name)
        figure.range = Range(lowest, highest, min(usual, highest))
        return figure


class Amount(Figure):
    """The name of what is counted in money, and so may be below zero, as a profit may; costs say ``lowest=0``."""

    def __new__(cls, name: str, lowest: float = -math.inf) -> Self:
        amount = super().__new__(cls, name, lowest)
        amount.range = amount.range._replace(money=True)
        return amount


def range_of(name: Wording) -> Range:
    """What a metric of this name can be."""
    return name.range if isinstance(name, Figure) else Range()


@dataclass(frozen=True)
class Share(Operation):
    """A division of a part by its whole: its value lies between 0 and 1."""


def share(part: Any, whole: Any) -> Any:
    """``part / whole``, as `divide`, for a part that is counted among the whole, so that more than all is impossible.

    >>> share(3, 4)
    0.75
    """
    if isinstance(part, Formula) or isinstance(whole, Formula):
        return Share("/", as_formula(part), as_formula(whole))
    return divide(part, whole)


def shares(formula: Formula) -> Iterator[Share]:
    """The parts and their wholes, wherever they stand in the formula."""
    return (node for node in formula.nodes() if isinstance(node, Share))


def impossible(
    formula: Formula, values: Mapping[str, Any], ranges: Mapping[str, Range], between: Range
) -> Message | None:
    """Why these single numbers cannot be, as a sentence; None where they can, and where one is missing."""
    if any(value is None for value in values.values()):
        return None
    for name, value in values.items():
        if refusal := ranges[name].refusal(value):
            return _refused(Symbol(name), value, refusal)
    for node in shares(formula):
        part, whole = node.left.compute(values), node.right.compute(values)
        slack = SLACK * abs(whole) if isinstance(whole, float) else 0
        if part > whole + slack or part < -slack:
            return Message("{part} == {size} is no part of {whole} == {all}.", part=node.left, size=_shown(part),
                           whole=node.right, all=_shown(whole))  # fmt: skip
    if between[:2] == ANY[:2]:
        return None
    value = formula.compute(values)
    refusal = between.refusal(value, SLACK)
    return refusal and _refused(formula, value, refusal)


def _refused(what: Formula, value: Any, refusal: Message) -> Message:
    return Message("{what} == {value}, {refusal}", what=what, value=_shown(value), refusal=refusal)


def _shown(value: Any) -> str:
    return text if len(text := str(value)) < 30 else f"{value:.6g}"
