"""What a calculator is given, as numbers or as arrays, and what it gives back.

What is no number is refused by a `UsageError` that names it, and so is what does not go together. Rows that cannot be
(see `kpikit.indicators.inputs`) have no value, and a warning says how many. Whole columns are looked at once, by their
smallest and their largest number, before any row is. numpy is imported only where a column is, so it is there already.
"""

from __future__ import annotations

import logging
import math
import sys
from collections.abc import Iterator, Mapping
from decimal import Decimal
from numbers import Integral, Real
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from kpikit.indicators.inputs import SLACK, WHOLE, Range, Share
from kpikit.words.errors import UsageError, shortened
from kpikit.words.formula import Constant, Formula, Operation, Symbol
from kpikit.words.message import Message, Messages
from kpikit.words.texts import N_

if TYPE_CHECKING:
    from kpikit.indicators.framework import Indicator

log = logging.getLogger(__name__)


def calculated(one: Indicator, given: Mapping[str, Any]) -> Any:
    """The formula's value: a number, or a Series or an array with NaN in the rows that have none."""
    if any(map(has_rows, given.values())):
        return _of_columns(one, given)
    return _value(one, single(one, given))


def single(one: Indicator, given: Mapping[str, Any]) -> dict[str, Any]:
    """Single numbers, missing ones as NaN; a `UsageError` where one is none, or where they cannot be.

    Decimals stay exact; beside a binary number, and where a quotient is calculated with, all are binary.
    """
    values = {name: _number(one.id, name, value) for name, value in given.items()}
    kinds = set(map(type, values.values()))
    if Decimal in kinds and (float in kinds or not _keeps_exact(one.formula)):
        values = {name: float(value) for name, value in values.items()}
    try:
        reason = one.impossible(values)
    except ArithmeticError:  # the value of what must lie in a range
        reason = _TOO_LARGE
    if reason:
        raise UsageError(Message("{id}: {reason}", id=one.id, reason=reason))
    return values


def _keeps_exact(formula: Formula) -> bool:
    _, *under = formula.nodes()
    divided = any(isinstance(node, Operation) and node.sign == "/" for node in under)
    return not divided and all(isinstance(node.number, int) for node in under if isinstance(node, Constant))


_TOO_LARGE = Message("the value is larger than a number can be.")


def _value(one: Indicator, values: Mapping[str, Any]) -> Any:
    try:
        value = one.formula.compute(values)
        if math.isinf(value):
            raise OverflowError
    except ArithmeticError:
        raise UsageError(Message("{id}: {reason}", id=one.id, reason=_TOO_LARGE)) from None
    return one.limits.cut(value)


def has_rows(value: Any) -> bool:
    """True for a Series or an array, False for a number."""
    return bool(getattr(value, "ndim", 0)) and hasattr(value, "dtype")


def _number(id: str, name: str, value: Any) -> int | float | Decimal:
    """A number as one of Python's own: a missing one is NaN, True is 1."""
    kind = getattr(getattr(value, "dtype", None), "kind", "")
    if has_rows(value) or kind in ("m", "M"):
        raise _refused(id, name, value)
    if kind:
        value = value.item()
    if value is None or type(value).__name__ == "NAType" or (isinstance(value, Decimal) and value.is_nan()):
        return math.nan
    if not isinstance(value, (Real, Decimal)):
        raise _refused(id, name, value)
    if value in (math.inf, -math.inf):
        raise UsageError(Message("{id}: {name} == {value}, must be finite.", id=id, name=name, value=value))
    if abs(value) > _MOST:  # type: ignore[operator]
        raise UsageError(Message("{id}: {name} is larger than a number can be.", id=id, name=name))
    if isinstance(value, Decimal):
        return value
    return int(value) if isinstance(value, Integral) else float(value)


_MOST = sys.float_info.max


def _refused(id: str, name: str, value: Any) -> UsageError:
    told = N_("{id}: {name} is {found}, must be a number, or a Series or an array of numbers.")
    return UsageError(Message(told, id=id, name=name, found=_what(value)))


def _what(value: Any) -> str:
    """What was given in the place of a number."""
    if isinstance(value, (str, bytes)):
        return shortened(value)
    kind, plain = type(value).__name__, has_rows(value) and not hasattr(value, "columns")
    if plain and value.ndim > 1:
        return Message("a {kind} of {number} dimensions", kind=kind, number=value.ndim)
    return Message("a {kind} of {type}", kind=kind, type=value.dtype) if plain else Message("a {kind}", kind=kind)


def _of_columns(one: Indicator, given: Mapping[str, Any]) -> Any:
    import numpy as np

    given = _together(one.id, given)
    columns = {name: _array(one.id, name, value) for name, value in given.items() if has_rows(value)}
    others = {name: np.float64(_number(one.id, name, each)) for name, each in given.items() if name not in columns}
    for name, value in others.items():
        if refusal := one.ranges[name].refusal(value):
            told = Message("{what} == {value}, {refusal}", what=name, value=f"{value:g}", refusal=refusal)
            raise UsageError(Message("{id}: {reason}", id=one.id, reason=told))
    ends = {name: _ends(each) for name, each in columns.items()}
    if _size(one.formula, {name: max(-low, high, 0) for name, (low, high) in ends.items()}) > LARGEST:
        columns = {name: each.astype(float, copy=False) for name, each in columns.items()}
    wrong = [rows for name, each in columns.items() for rows in _outside(one.ranges[name], each, *ends[name])]
    with np.errstate(all="ignore"):
        found = _computed(one.formula, {**columns, **others}, wrong)
    if any(found is each for each in columns.values()):
        found = found.copy()  # what goes in stays as it was
    return _as_given(given, _settled(one, found, wrong))


LARGEST = 2**62
"""As far as sums of whole numbers of 64 bits go; larger ones are calculated in binary numbers."""


def _size(node: Formula, sizes: Mapping[str, float]) -> float:
    """How large the numbers of a formula get at most on the way."""
    if not isinstance(node, Operation):
        return sizes.get(node.name, 0) if isinstance(node, Symbol) else abs(node.compute({}))
    left, right = _size(node.left, sizes), _size(node.right, sizes)
    return {"+": left + right, "-": left + right, "*": left * right, "/": max(left, right)}[node.sign]


def _computed(node: Formula, rows: Mapping[str, Any], wrong: list[Any]) -> Any:
    """What `Formula.compute` gives, where arrays that were made on the way are used again.

    The rows whose part is no part of its whole are added to ``wrong``.
    """
    import numpy as np

    if not isinstance(node, Operation):
        return node.compute(rows)
    left, right = (_computed(each, rows, wrong) for each in (node.left, node.right))
    dtype = float if node.sign == "/" else np.result_type(left, right)
    made = [(left, node.left), *([] if node.sign == "/" else [(right, node.right)])]  # a divisor is looked at again
    reused = (each for each, side in made if isinstance(side, Operation) and has_rows(each) and each.dtype == dtype)
    out = next(reused, None)
    found = _UFUNCS[node.sign](np)(left, right, out=out)
    if node.sign != "/":
        return found
    low, high = _ends(found)
    if isinstance(node, Share) and not (_ends(right)[0] >= 0 <= low and high <= 1):
        wrong += _no_parts(*(_computed(each, rows, []) for each in (node.left, node.right)))
    if math.inf in (-low, high):  # else zeros were divided by zeros alone, which is NaN already
        found = np.asarray(found)
        np.copyto(found, math.nan, where=right == 0)
    return found


_UFUNCS = {"+": attrgetter("add"), "-": attrgetter("subtract"), "*": attrgetter("multiply"), "/": attrgetter("divide")}


def _settled(one: Indicator, found: Any, wrong: list[Any]) -> Any:
    """The values, but for those of rows that cannot be; and without what values at the ends of a range are off."""
    import numpy as np

    if isinstance(one.formula, Share) and not wrong and one.limits[:2] == WHOLE[:2]:
        return found  # as all its parts are parts
    low, high = _ends(found)
    wrong = [rows for rows in [*wrong, *_outside(one.limits, found, low, high, SLACK)] if rows.any()]
    if low < one.limits.lowest or high > one.limits.highest:
        found = found.clip(*one.limits[:2])
    if not wrong:
        return found
    marked = np.logical_or.reduce([np.broadcast_to(rows, found.shape) for rows in wrong])
    log.warning("%s: %d of %d rows hold impossible numbers; they have no value.", one.id, marked.sum(), len(marked))
    found = found.astype(float, copy=False)
    found[marked] = math.nan
    return found


def _no_parts(part: Any, whole: Any) -> list[Any]:
    """The rows where a part is negative, or larger than its whole."""
    over = part > whole
    if over.any():
        over &= part > whole * (1 + SLACK)
    under = part < 0
    if under.any():
        under &= part < -SLACK * abs(whole)
    return [over, under]


def _outside(range: Range, values: Any, low: float, high: float, slack: float = 0.0) -> Iterator[Any]:
    lowest, highest = range.ends(slack)
    if low < lowest or high > highest or math.inf in (-low, high):
        yield (values < lowest) | (values > highest) | (abs(values) == math.inf)


def _ends(values: Any) -> tuple[float, float]:
    """The smallest and the largest number; NaN where there is none."""
    import numpy as np

    if not np.size(values):
        return math.nan, math.nan
    return np.fmin.reduce(values, axis=None).item(), np.fmax.reduce(values, axis=None).item()


def _array(id: str, name: str, column: Any) -> Any:
    """A column as a plain array with room for sums: whole numbers of 64 bits or binary ones, missing ones as NaN."""
    import numpy as np

    kind = getattr(column.dtype, "kind", "")
    if kind == "O":
        return np.array([float(_number(id, name, each)) for each in column.tolist()], dtype=float)
    if not kind or kind not in "biuf":
        raise _refused(id, name, column)
    if hasattr(column, "filled"):  # a masked array
        return column.astype(float).filled(math.nan)
    if hasattr(column, "to_numpy") and not isinstance(column.dtype, np.dtype):
        return column.to_numpy(dtype=float, na_value=math.nan)
    return np.asarray(column).astype("int64" if kind in "bi" else "float64", copy=False)


def _together(id: str, given: Mapping[str, Any]) -> Mapping[str, Any]:
    """What was given, Series with different indexes by their labels; refused where rows have no counterpart."""
    columns = {name: value for name, value in given.items() if has_rows(value)}
    for name, value in columns.items():
        if value.ndim != 1:
            raise _refused(id, name, value)
    series = {name: value for name, value in columns.items() if hasattr(value, "index")}
    first = next(iter(series.values()), None)
    if first is not None and not all(each.index.equals(first.index) for each in series.values()):
        if len(series) < len(columns):
            told = N_("{id}: {names} have different indexes, so an array has no place in them.")
            raise UsageError(Message(told, id=id, names=_named(series)))
        return {**given, **_aligned(id, series)}
    if len({len(each) for each in columns.values()}) > 1:
        sizes = [Message("{name} has {number} rows", name=name, number=len(each)) for name, each in columns.items()]
        raise UsageError(Message("{id}: {sizes}; they must have as many.", id=id, sizes=Messages(sizes, ", ")))
    return given


def _aligned(id: str, series: Mapping[str, Any]) -> dict[str, Any]:
    if not all(each.index.is_unique for each in series.values()):
        told = N_("{id}: {names} have different indexes, in which labels stand twice.")
        raise UsageError(Message(told, id=id, names=_named(series)))
    index, *others = common, *_ = [each.index for each in series.values()]
    try:
        for each in others:
            index, common = index.union(each, sort=True), common.intersection(each)
    except (TypeError, ValueError, NotImplementedError) as error:
        told = N_("{id}: {names} have indexes that do not go together: {error}")
        raise UsageError(Message(told, id=id, names=_named(series), error=error)) from None
    if common.empty and all(map(len, series.values())):
        told = N_("{id}: {names} have no label of their indexes in common.")
        raise UsageError(Message(told, id=id, names=_named(series)))
    return {name: each.reindex(index) for name, each in series.items()}


def _named(series: Mapping[str, Any]) -> str:
    *names, last = series
    return Message("{one} and {other}", one=", ".join(names), other=last)


def _as_given(given: Mapping[str, Any], found: Any) -> Any:
    """The array, or a Series if one was given: with its index, and its name if all have it."""
    series = [value for value in given.values() if has_rows(value) and hasattr(value, "index")]
    if not series:
        return found
    first = series[0]
    name = first.name if all(each.name is first.name or each.name == first.name for each in series) else None
    return type(first)(found, index=first.index, name=name, copy=False)
