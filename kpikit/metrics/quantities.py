"""What is measured in each row: a column, or a formula over columns (``users * sessions_per_user``).

A row in which one of the columns has no value has none; nor has one in which something is divided by 0. Sums,
differences and products of whole numbers and decimals are exact, as long as they have at most 38 digits; all else
is a binary number.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

import narwhals as nw

from kpikit.metrics.conditions import column_of, unknown_column
from kpikit.sources.columns import sql_type
from kpikit.sources.declarations import NUMBERS, Column, Source
from kpikit.sources.strict import Section
from kpikit.words.errors import FormulaError, spelled
from kpikit.words.formula import Constant, Formula, Operation, Symbol
from kpikit.words.grammar import parse

MOST_DIGITS = 38
_ONE_NAME = re.compile(r"[^-−+*×/()`\s\d][^-−+*×/()`]*")
"""A text without a sign of formulas: several words are the name of one column."""
_DECIMAL = re.compile(r"DECIMAL\((\d+), ?(\d+)\)")


@dataclass(frozen=True)
class Quantity:
    """An expression over the rows. ``digits`` and ``scale`` are those of a decimal; a binary number has none."""

    value: nw.Expr
    digits: int | None
    scale: int = 0

    @property
    def binary(self) -> nw.Expr:
        """The value as a binary number."""
        return self.value.cast(nw.Float64)


def quantity(text: str, source: Source) -> Quantity:
    """What a text that `read_quantity` has let through means in the rows of its source."""
    if source.column(text):
        return replace(_of_column(source, text), value=nw.col(text))
    return _of(parse(text, [column.name for column in source.columns]), source)


def read_quantity(section: Section, key: str, source: Source) -> str:
    """The column or formula that is written under a key, checked."""
    text = section.text(key)
    if source.column(text) or _ONE_NAME.fullmatch(text):
        return column_of(section, key, source, NUMBERS)
    try:
        formula = parse(text, [column.name for column in source.columns])
    except FormulaError as error:
        if spelled(text) in {spelled(name) for each in source.columns for name in (each.name, each.in_file)}:
            raise section.refuse(key, unknown_column(text, source)) from None
        raise section.refuse(key, error.args[0]) from None
    if not formula.names:
        raise section.refuse(key, "names no column.")
    for name in formula.names:
        column_of(section, key, source, NUMBERS, name)
    return text


def columns_of(text: str, source: Source) -> list[Column]:
    """The columns that a text which `read_quantity` has let through is made of."""
    names = [text] if source.column(text) else parse(text, [column.name for column in source.columns]).names
    return [column for column in source.columns if column.name in names]


def currency_of(text: str, section: Section, source: Source) -> str | None:
    """The currency that the headers of the columns say; columns in two currencies are refused."""
    said = {each.currency: each for each in columns_of(text, source) if each.currency}
    if len(said) > 1:
        listed = " and ".join(f"'{each.in_file}'" for each in said.values())
        raise section.refuse("currency", "{listed} are in different currencies, which do not add up.", listed=listed)
    return next(iter(said), None)


def is_exact(text: str, source: Source) -> bool:
    """True where no value is a binary number."""
    return quantity(text, source).digits is not None


_DIGITS = 12


def settled(number: float | Decimal, size: float | None = None) -> float:
    """A sum of binary numbers to twelve digits, of itself or of ``size``: those behind differ with the order in which a
    computer's cores add them up.

    >>> settled(3898.2999999997), settled(0.1 + 0.2), settled(1e-17, size=2.0)
    (3898.3, 0.3, 0.0)
    """
    whole = abs(float(number)) if size is None else abs(size)
    if not whole or not math.isfinite(whole) or not math.isfinite(number):
        return float(number)
    return round(float(number), _DIGITS - 1 - math.floor(math.log10(whole)))


def _of(formula: Formula, source: Source) -> Quantity:
    if isinstance(formula, Symbol):
        return _of_column(source, formula.name)
    if isinstance(formula, Constant):
        return _of_number(formula.number)
    assert isinstance(formula, Operation)
    left, right = _of(formula.left, source), _of(formula.right, source)
    if formula.sign == "/":
        return Quantity(nw.when(right.binary != 0).then(left.binary / right.binary), None)
    sizes = list(_size(formula.sign, left, right))
    exact = bool(sizes) and sizes[0] <= MOST_DIGITS
    one, other = (left.value, right.value) if exact else (left.binary, right.binary)
    value = one + other if formula.sign == "+" else one - other if formula.sign == "-" else one * other
    return Quantity(value, *sizes) if exact else Quantity(value, None)


def _size(sign: str, left: Quantity, right: Quantity) -> Iterator[int]:
    """The most digits that a result can have, and how many of them lie after the point; nothing for binary numbers."""
    if left.digits is None or right.digits is None:
        return
    scale = left.scale + right.scale if sign == "*" else max(left.scale, right.scale)
    whole = left.digits - left.scale, right.digits - right.scale
    yield (sum(whole) if sign == "*" else max(whole) + 1) + scale
    yield scale


def _of_column(source: Source, name: str) -> Quantity:
    column = source.column(name)
    assert column
    kind = sql_type(column)
    if kind == "BIGINT":
        return Quantity(nw.col(name).cast(nw.Decimal(19, 0)), 19)
    found = _DECIMAL.fullmatch(kind)
    return Quantity(nw.col(name), int(found[1]), int(found[2])) if found else Quantity(nw.col(name), None)


def _of_number(number: float) -> Quantity:
    exact = Decimal(str(number))
    scale = max(0, -int(exact.as_tuple().exponent))
    digits = max(len(exact.as_tuple().digits), scale + 1)
    return Quantity(nw.lit(exact).cast(nw.Decimal(digits, scale)), digits, scale)
