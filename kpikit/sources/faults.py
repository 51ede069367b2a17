"""What is wrong with a cell that cannot be read, in words: the reason, and what to declare or to correct.

Nothing here decides whether a cell is good; `kpikit.sources.columns` does, and only the cells it refuses come here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from kpikit.sources.columns import (
    BLANKS,
    MINUS,
    MINUSES,
    TWO_READINGS,
    may_mean_thousands,
    reading,
    whole_form,
)
from kpikit.sources.date_faults import Fault, no_value, of_moment
from kpikit.sources.declarations import Column, Dialect
from kpikit.sources.layout import SYMBOL
from kpikit.words.errors import shortened
from kpikit.words.message import Message
from kpikit.words.signs import sign_problem

_AS_TEXT = Message("If it is a code, declare the column as `text`.")
_NUMBER = re.compile(rf"\d(?:[\d.,'{BLANKS}]*\d)?", re.ASCII)
_BY_THOUSANDS = re.compile(rf"-?\d{{1,3}}(?:[{BLANKS}]\d{{3}})+(?:[.,]\d*)?", re.ASCII)
_DIGITS = r"\d[\d., \xa0\u202f]*"
_NEGATIVE = re.compile(rf"\(-?{_DIGITS}\)|- {_DIGITS}|[{MINUSES}] ?{_DIGITS}|{_DIGITS}[-{MINUSES}]", re.ASCII)


def fault(column: Column, dialect: Dialect, cell: str, needed: bool = False) -> Fault:
    """What is wrong with a cell that does not fit its column; numbers and dates are told apart by the column's type.

    ``needed``: a row without it cannot be counted.
    """
    if problem := sign_problem(cell, "\t"):
        return Fault(problem, Message("Remove it in the file."))
    if not cell.strip():
        return Fault(Message("is blank.") if cell else Message("is empty."), if_empty(cell, needed))
    if cell != cell.strip():
        is_a_sign = not re.search(r"\d", cell)
        way_out = no_value(cell, Message("else remove them")) if is_a_sign else Message("Remove them in the file.")
        return Fault(Message("has blanks around it."), way_out)
    return _FAULTS[column.type](column, dialect, cell)


def if_empty(cell: str, needed: bool) -> str:
    """What to do about an empty cell, or one of blanks alone."""
    if needed:
        return Message(
            "Every row needs one: correct the file, or leave the row out, by `totals:` if it is one of totals, else by "
            "`on_bad_rows: quarantine`."
        )
    return Message('If that means that there is no value, list "{cell}" under `missing:`.', cell=cell[:20])


def _of_boolean(column: Column, dialect: Dialect, cell: str) -> Fault:
    return Fault(Message("is neither true nor false."), no_value(cell, Message("else declare the column as `text`")))


def _of_number(column: Column, dialect: Dialect, cell: str) -> Fault:
    bare = _bare(column.affix, cell)
    if bare is None:
        return _of_no_affix(column, cell)
    if may_mean_thousands(column, dialect) and re.fullmatch(TWO_READINGS, bare):
        return _two_readings(bare)
    if re.fullmatch(reading(column, dialect).form, cell, re.ASCII):
        return Fault(Message("is too large for a column of type {type}.", type=column.type), _AS_TEXT)
    if _NEGATIVE.fullmatch(bare):
        written = "-" + bare.strip(f"()- {MINUSES}")
        return Fault(
            Message("may be negative, and only a hyphen or a minus sign right before a number says so."),
            Message("Write it as {written} in the file.", written=written),
        )
    if not re.fullmatch(r"[+-]?\d[\d.,' \xa0\u202f]*", bare, re.ASCII):
        return Fault(Message("is not a number."), _if_no_number(column, cell))
    if re.match(r"[+-]?0\d", bare, re.ASCII):
        return Fault(Message("begins with a zero that a number does not need."), _AS_TEXT)
    without_sign = "number" if column.scale is None else "decimal"
    plain = replace(column, symbol=None, type=without_sign if column.type == "percent" else column.type)
    if column.affix and re.fullmatch(reading(plain, dialect).form, bare, re.ASCII):
        where = Message("after it") if column.type == "percent" else Message("before or after it")
        return Fault(
            Message("is not a number with {affix} {where}.", affix=repr(column.affix), where=where),
            Message("Correct it in the file."),
        )
    fraction = re.escape(dialect.decimal) + r"(\d*)"
    found = re.fullmatch(whole_form(dialect) + f"(?:{fraction})?", bare, re.ASCII)
    return _of_fraction(column, found[1] or "") if found else _of_marks(dialect, bare)


def _if_no_number(column: Column, cell: str) -> str:
    """What to do with a cell that is not a number; the likeliest first, where the cell says what it is."""
    if column.affix is None and re.fullmatch(r"-?\d[^%]*%", cell, re.ASCII):
        return Message("Declare the column as `percent`.")
    if column.type != "number" and re.fullmatch(r"-?\d+([.,]\d+)?[eE][+-]?\d+", cell, re.ASCII):
        return Message("Declare the column as `number`.")
    if re.fullmatch(r"\d+(:\d\d)+", cell, re.ASCII):
        return Message("Declare the column as `duration`.")
    sign = _beside(cell)
    if column.affix is None and sign:
        return Message(
            'Declare what stands beside each number as the column\'s `symbol: "{sign}"`; if it means that there is no '
            "value, list {cell} under `missing:`.",
            sign=sign,
            cell=shortened(cell),
        )
    return no_value(cell, Message("else remove what is no part of a number from the file"))


def _beside(cell: str) -> str | None:
    """What stands before or after the digits of a cell, where it can be declared as a symbol."""
    digits = _NUMBER.search(cell)
    around = (cell[: digits.start()], cell[digits.end() :]) if digits else ()
    found = [text for text in (each.strip(BLANKS + MINUS + "-") for each in around) if text]
    return found[0] if len(found) == 1 and SYMBOL.fullmatch(found[0]) else None


def _bare(affix: str | None, cell: str) -> str | None:
    """The number without what stands beside it, its minus as a hyphen; None where that is not there."""
    cell = cell.replace(MINUS, "-")
    if affix is None:
        return cell
    if affix not in cell:
        return None
    rest = cell.replace(affix, "", 1)
    return "-" * ("-" in rest) + rest.replace("-", "", 1).strip(BLANKS)


def _of_no_affix(column: Column, cell: str) -> Fault:
    if column.type == "percent":
        return Fault(
            Message("has no percent sign."),
            no_value(cell, Message("of shares such as 0.8, declare the column as `number`")),
        )
    way_out = no_value(cell, Message("else correct the file, or the column's `symbol:`"))
    return Fault(
        Message("lacks {symbol}, which is declared to stand beside each number.", symbol=repr(column.symbol)), way_out
    )


def _two_readings(cell: str) -> Fault:
    """``1.234`` where nothing says whether its mark divides thousands: one and a bit, or more than a thousand?"""
    mark = cell[-4]
    return Fault(
        Message("can be read as {one} and as {other}.", one=cell.replace(mark, "."), other=cell.replace(mark, "")),
        Message("Declare the `decimal:` and `thousands:` marks of the dialect."),
    )


def _of_fraction(column: Column, found: str) -> Fault:
    """A number that is written well, and has another number of digits after its decimal mark than was declared."""
    if column.type == "integer":
        return Fault(
            Message("has decimals, and the column is declared as integer."),
            Message("Declare it as `decimal` with its `scale:`."),
        )
    if column.type == "number" or column.scale is None:
        return Fault(Message("ends with its decimal mark."), Message("Correct it in the file."))
    more = len(found) > (column.scale or 0)
    way_out = Message("Declare `scale: {number}`.", number=len(found))
    counted = {"number": len(found), "scale": column.scale}
    exactly = Message("has another number of decimals ({number}) than the {scale} that are declared.", **counted)
    at_most = Message("has more decimals ({number}) than the {scale} that are declared.", **counted)
    correct = Message("Correct it in the file, or leave `fixed:` out.")
    return Fault(exactly if column.fixed else at_most, way_out if more else correct)


def _of_marks(dialect: Dialect, bare: str) -> Fault:
    thousands = Message("no mark") if dialect.thousands is None else repr(dialect.thousands)
    marks = Message("the `decimal:` and `thousands:` marks of the dialect")
    if _BY_THOUSANDS.fullmatch(bare) and thousands not in map(repr, BLANKS):
        marks = Message('the blank between thousands, `thousands: " "`, and the `decimal:` mark in the dialect')
    return Fault(
        Message(
            "is not written as declared, with {decimal} before decimals and {thousands} between thousands.",
            decimal=repr(dialect.decimal),
            thousands=thousands,
        ),
        Message("Declare {marks}, or correct it in the file.", marks=marks),
    )


def _of_duration(column: Column, dialect: Dialect, cell: str) -> Fault:
    written = column.format or "h:mm:ss"
    if re.fullmatch(r"\d+:[0-5]\d", cell, re.ASCII) and column.format is None:
        hours, minutes = cell.split(":")
        reason = Message(
            "can be read as {hours} h {minutes} min and as {hours} min {minutes} s.", hours=hours, minutes=minutes
        )
        return Fault(reason, Message("Declare `format: h:mm` or `format: mm:ss`."))
    if re.fullmatch(r"\d+(:\d+)*", cell, re.ASCII):
        way_out = Message("Declare its `format:`; if it counts seconds, declare the column as `integer`.")
        return Fault(
            Message("is not written as {written}, with two digits from 00 to 59 after each colon.", written=written),
            way_out,
        )
    means = Message("if it counts seconds, declare the column as `number`")
    return Fault(Message("is not a duration written as {written}.", written=written), no_value(cell, means))


_FAULTS: dict[str, Callable[[Column, Dialect, str], Fault]] = {
    "integer": _of_number,
    "decimal": _of_number,
    "number": _of_number,
    "percent": _of_number,
    "duration": _of_duration,
    "boolean": _of_boolean,
    "date": of_moment,
    "timestamp": of_moment,
}
