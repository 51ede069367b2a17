"""The grammar of formulas in files: names, numbers, ``+ - * /``, parentheses and a minus in front. Nothing else.

    formula = product  { ("+" | "-") product }
    product = factor   { ("*" | "/") factor }
    factor  = name | number | "-" factor | "(" formula ")"

A name that is not made of letters, digits, ``_`` and dots stands between backquotes: ```Order value` / orders``.
``×`` and ``−`` are read as ``*`` and ``-``, since formulas are shown with them. No text is ever run as code.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from kpikit.words.errors import FormulaError, one_of, shortened
from kpikit.words.formula import PLAIN_NAME, Constant, Formula, Operation, Symbol
from kpikit.words.message import Message

LONGEST = 500
"""The most characters of a formula."""
DEEPEST = 20
"""The most parentheses and minus signs that stand inside each other."""
MOST_DIGITS = 15
"""The most digits of a number: as many as a binary number keeps exactly."""

_TOKEN = re.compile(rf"\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<name>{PLAIN_NAME}|`[^`]+`)|(?P<sign>\S))")
_SAME = {"×": "*", "−": "-"}
_END = ""


def parse(text: str, names: Collection[str]) -> Formula:
    """The tree of a formula over these names. Numbers without a point are whole.

    A `FormulaError` says at which character what is wrong, and what may stand there.

    >>> parse("(visits - bounces) / visits", ["visits", "bounces"]).names
    ('visits', 'bounces')
    """
    if len(text) > LONGEST:
        reason = Message("has {number} characters, at most {most} are allowed.", number=len(text), most=LONGEST)
        raise FormulaError(text, LONGEST + 1, reason)
    parser = _Parser(text, names)
    formula = parser.formula(0)
    if parser.token != _END:
        raise parser.refuse(Message("+, -, *, / or the end"))
    return formula


class _Parser:
    """Reads a text from left to right; ``token`` is the piece that is next, and empty at the end."""

    def __init__(self, text: str, names: Collection[str]) -> None:
        self.text, self.names = text, names
        self.token, self.kind, self.place, self.after = _END, "", 0, 0
        self.next()

    def next(self) -> str:
        """Go on to the next piece; gives the one that was passed."""
        passed, found = self.token, _TOKEN.match(self.text, self.after)
        if found is None:
            self.token, self.kind, self.place = _END, "end", len(self.text)
        else:
            self.kind = found.lastgroup or ""
            self.token, self.place, self.after = found[self.kind], found.start(self.kind), found.end()
            self.token = _SAME.get(self.token, self.token)
        return passed

    def formula(self, depth: int) -> Formula:
        """A sum of products."""
        left = self.product(depth)
        while self.token in ("+", "-"):
            left = Operation(self.next(), left, self.product(depth))
        return left

    def product(self, depth: int) -> Formula:
        """A product of factors."""
        left = self.factor(depth)
        while self.token in ("*", "/"):
            left = Operation(self.next(), left, self.factor(depth))
        return left

    def factor(self, depth: int) -> Formula:
        """A name, a number, or what stands after a minus or between parentheses."""
        if self.kind == "name":
            return self.symbol()
        if self.kind == "number":
            return Constant(self.number())
        if self.token not in ("-", "("):
            raise self.refuse(Message("a name, a number, - or ("))
        if depth == DEEPEST:
            raise self.error(Message("more than {most} parentheses and minus signs inside each other.", most=DEEPEST))
        return self.negative(depth + 1) if self.next() == "-" else self.inside(depth + 1)

    def symbol(self) -> Formula:
        """An allowed name."""
        name = self.token.strip("`")
        if name not in self.names:
            raise self.error(one_of("name", name, self.names))
        self.next()
        return Symbol(name)

    def number(self) -> float:
        """A number: whole, or with a point."""
        digits = len(self.token.replace(".", ""))
        if digits > MOST_DIGITS:
            raise self.error(
                Message("a number of {number} digits, at most {most} are allowed.", number=digits, most=MOST_DIGITS)
            )
        token = self.next()
        return float(token) if "." in token else int(token)

    def negative(self, depth: int) -> Formula:
        """What stands after a minus: a number below zero, or a factor taken from zero."""
        return Constant(-self.number()) if self.kind == "number" else -self.factor(depth)

    def inside(self, depth: int) -> Formula:
        """What stands between parentheses."""
        formula = self.formula(depth)
        if self.token != ")":
            raise self.refuse(Message("+, -, *, / or )"))
        self.next()
        return formula

    def refuse(self, wanted: str) -> FormulaError:
        """The error for a piece that must not stand where it does."""
        if self.token == _END:
            return self.error(Message("ends here, where {wanted} is needed.", wanted=wanted))
        return self.error(
            Message("found {token}, where {wanted} is needed.", token=shortened(self.token), wanted=wanted)
        )

    def error(self, reason: str) -> FormulaError:
        """The error at the piece that is next."""
        return FormulaError(self.text, self.place + 1, reason)
