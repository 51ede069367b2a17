"""What may go into an indicator: counts are not negative, and a part is not larger than its whole.

A number that breaks this is refused with a sentence that names it. In a Series or an array the rows that break it have
no value, and a warning says how many. Whole columns are looked at once, before any row is.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from numbers import Number
from typing import Any

from kpikit.words.errors import UsageError, shortened
from kpikit.words.formula import Formula, Operation, Symbol, as_formula, divide, written

log = logging.getLogger(__name__)


class Amount(str):
    """The name, in a domain's ``METRICS``, of what is counted in money, and so may be below zero, as a profit may.

    All other metrics of the catalogue are counts or durations, which may not.
    """

    __slots__ = ()


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


def impossible(formula: Formula, values: Mapping[str, Any], amounts: frozenset[str]) -> str | None:
    """Why these single numbers cannot be, as a sentence; None where they can."""
    if any(value is None for value in values.values()):
        return None
    for name, value in values.items():
        if name not in amounts and value < 0:
            return f"{name} == {value}, must not be negative."
    if isinstance(formula, Share):
        part, whole = formula.left.compute(values), formula.right.compute(values)
        if part > whole or part < 0:
            return f"{written(formula.left)} == {part} is no part of {written(formula.right)} == {whole}."
    return None


def without_impossible(
    id: str, formula: Formula, values: Mapping[str, Any], amounts: frozenset[str], result: Any
) -> Any:
    """A Series or an array of results, with NaN in the rows whose numbers cannot be; the result itself if all can."""
    wrong = None
    for rows in _rows_that_break(formula, values, amounts, result):
        if rows.any():
            wrong = rows if wrong is None else wrong | rows
    if wrong is None:
        return result
    log.warning("%s: %d of %d rows hold impossible numbers; they have no value.", id, wrong.sum(), len(wrong))
    if hasattr(result, "where"):
        return result.where(~wrong)
    cleared = result * 1.0
    cleared[wrong] = math.nan
    return cleared


def _rows_that_break(
    formula: Formula, values: Mapping[str, Any], amounts: frozenset[str], result: Any
) -> Iterator[Any]:
    for name, value in values.items():
        if name not in amounts and has_rows(value):
            yield _plain(value) < 0
    if isinstance(formula, Share):
        yield _plain(result) > 1
        if not isinstance(formula.left, Symbol):  # a difference, which may be negative where its counts are not
            yield _plain(result) < 0


def _plain(values: Any) -> Any:
    """The numbers alone: comparing them costs a tenth of what comparing Series does."""
    if not hasattr(values, "to_numpy"):
        return values
    return values.to_numpy() if values.dtype.kind in "if" else values.to_numpy(dtype=float, na_value=math.nan)


def as_numbers(id: str, name: str, value: Any) -> Any:
    """What a calculator was given, fit to be calculated with: missing values as NaN, columns of objects as numbers.

    A `UsageError` names what is no number, such as a text; a text that looks like one is none either.
    """
    dtype = getattr(value, "dtype", None)
    if getattr(dtype, "kind", "") == "O" and has_rows(value):
        numbers = [as_numbers(id, name, each) for each in value.tolist()]
        if hasattr(value, "index"):
            return type(value)(numbers, index=value.index, name=value.name, dtype=float)
        cleaned = value.copy()
        cleaned[:] = numbers
        return cleaned.astype(float)
    if getattr(dtype, "kind", "") in tuple("biuf"):
        return _wide(value) if has_rows(value) else value.item()
    if value is None or type(value).__name__ == "NAType":
        return math.nan
    if not isinstance(value, Number):
        found = shortened(value) if isinstance(value, str) else f"a {type(value).__name__}"
        raise UsageError(f"{id}: {name} is {found}, must be a number, or a Series or an array of numbers.")
    return value


def _wide(column: Any) -> Any:
    """A column with room for products and differences: 32 bits overflow in silence, and unsigned numbers wrap."""
    name = str(column.dtype)
    if name.lower() in ("int64", "float64"):
        return column
    wide = "int64" if column.dtype.kind in "bi" else "float64"
    return column.astype(wide.capitalize() if name[0].isupper() or name == "boolean" else wide)


def as_arrays(given: Mapping[str, Any]) -> tuple[Mapping[str, Any], Callable[[Any], Any]]:
    """Plain Series over one index as their arrays, which cost half as much, and what makes such a Series of the result.

    All else stays as it is.
    """
    columns = [value for value in given.values() if has_rows(value)]
    first = columns[0]
    plain = all(hasattr(each, "index") and str(each.dtype) in ("int64", "float64") for each in columns)
    if len(given) == 1 or not plain or not all(each.index.equals(first.index) for each in columns):
        return given, lambda result: result
    name = first.name if all(each.name == first.name for each in columns) else None
    arrays = {role: value.to_numpy() if has_rows(value) else value for role, value in given.items()}
    return arrays, lambda result: type(first)(result, index=first.index, name=name, copy=False)


def has_rows(value: Any) -> bool:
    """True for a Series or an array, False for a number."""
    return bool(getattr(value, "ndim", 0))
