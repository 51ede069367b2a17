"""What is wrong with a cell that cannot be read, in words: the reason, and what to declare or to correct.

Nothing here decides whether a cell is good; `kpikit.sources.columns` does, and only the cells it refuses come here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from kpikit.sources.columns import (
    BLANKS,
    MINUS,
    MINUSES,
    TWO_READINGS,
    format_problem,
    may_mean_thousands,
    reading,
    whole_form,
)
from kpikit.sources.declarations import Column, Dialect
from kpikit.sources.layout import SYMBOL
from kpikit.sources.months import MONTH
from kpikit.words.errors import shortened
from kpikit.words.message import Message
from kpikit.words.signs import sign_problem

IN_LOCAL_TIME = Message("Export it in the client's local time, without a zone.")
_AS_TEXT = Message("If it is a code, declare the column as `text`.")
_SHORT_DATE = re.compile(r"(\d{1,2})([./ -])(\d{1,2})\2(\d{4})(?:[ T](\d\d:\d\d)(:\d\d)?)?", re.ASCII)
_SHORT_YEAR = re.compile(
    rf"\d{{1,2}}([./ -])\d{{1,2}}\1\d{{2}}(?!\d).*|(?:\d{{1,2}}\.?[ -])?{MONTH}\.?[ -]\d\d", re.ASCII
)
_MONTH_OR_WEEK = re.compile(r"((?:19|20)\d\d|\d\d(?=[-./ ]\d{4}))([-./ ]?)([Ww]?)((?:19|20)\d\d|\d\d)", re.ASCII)
_NUMBER = re.compile(rf"\d(?:[\d.,'{BLANKS}]*\d)?", re.ASCII)
_BY_THOUSANDS = re.compile(rf"-?\d{{1,3}}(?:[{BLANKS}]\d{{3}})+(?:[.,]\d*)?", re.ASCII)
_DIGITS = r"\d[\d., \xa0\u202f]*"
_NEGATIVE = re.compile(rf"\(-?{_DIGITS}\)|- {_DIGITS}|[{MINUSES}] ?{_DIGITS}|{_DIGITS}[-{MINUSES}]", re.ASCII)
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_ISO_TIME = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d[\d:.]*", re.ASCII)
_ZONED = re.compile(_ISO_TIME.pattern + r" ?(?:Z|UTC|[+-]\d\d:?(?:\d\d)?)", re.ASCII)


class Fault(NamedTuple):
    """Two sentences for a `SourceError`; the second one may be empty."""

    reason: str
    way_out: str


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
        way_out = _no_value(cell, Message("else remove them")) if is_a_sign else Message("Remove them in the file.")
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


def _no_value(cell: str, means: str) -> str:
    return Message(
        "If it means that there is no value, list {cell} under `missing:`; {means}.", cell=shortened(cell), means=means
    )


def _of_boolean(column: Column, dialect: Dialect, cell: str) -> Fault:
    return Fault(Message("is neither true nor false."), _no_value(cell, Message("else declare the column as `text`")))


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
    return _no_value(cell, Message("else remove what is no part of a number from the file"))


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
            _no_value(cell, Message("of shares such as 0.8, declare the column as `number`")),
        )
    way_out = _no_value(cell, Message("else correct the file, or the column's `symbol:`"))
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
    return Fault(Message("is not a duration written as {written}.", written=written), _no_value(cell, means))


def _of_moment(column: Column, dialect: Dialect, cell: str) -> Fault:
    if re.fullmatch(reading(column, dialect).form, cell, re.ASCII):
        return Fault(
            Message("does not exist in the calendar.")
            if column.type == "date"
            else Message("is no moment that exists."),
            "",
        )
    if not re.search(r"\d", cell):
        totals = f"`totals: {{{column.in_file}: [{shortened(cell)}]}}`"
        way_out = Message(
            "If it stands in a totals row, declare {totals} in the dialect; if it means that there is no value, list "
            "{cell} under `missing:` (not of the `time`).",
            totals=totals,
            cell=shortened(cell),
        )
        return Fault(Message("is not a {type}.", type=column.type), way_out)
    if column.format is not None:
        return Fault(
            Message("is not written as declared, {format}.", format=repr(column.format)),
            Message("Correct it in the file, or the `format:`."),
        )
    found = _SHORT_DATE.fullmatch(cell)
    return _of_short_date(column, found) if found else _of_undeclared(column, cell)


def _of_short_date(column: Column, found: re.Match[str]) -> Fault:
    """``03/04/2024``: with the order of day and month undeclared, 3 April or 4 March."""
    first, mark, second, year, clock, seconds = found.groups()
    padded = "" if len(first) == len(second) == 2 else "-"
    rest = (" %H:%M" if clock else "") + (":%S" if seconds else "")
    european = f"'%{padded}d{mark}%{padded}m{mark}%Y{rest}'"
    american = f"'%{padded}m{mark}%{padded}d{mark}%Y{rest}'"
    days = [f"{year}-{month:0>2}-{day:0>2}" for day, month in ((first, second), (second, first)) if int(month) <= 12]
    if len(set(days)) == 2:
        return Fault(
            Message("can be read as {one} and as {other}.", one=days[0], other=days[1]),
            Message("Declare `format: {european}` or {american}.", european=european, american=american),
        )
    known = american if int(second) > 12 else european
    return Fault(
        Message("is not an ISO {type}.", type=column.type),
        Message("Declare its `format:`, such as {known}.", known=known),
    )


def _of_undeclared(column: Column, cell: str) -> Fault:
    if _SHORT_YEAR.fullmatch(cell):
        way_out = Message("Export it with four, or declare its `format:` with %y and its `century_from:`.")
        return Fault(Message("has a year of two digits, which can be read in two ways."), way_out)
    if found := _MONTH_OR_WEEK.fullmatch(cell):
        return _of_month_or_week(column, *found.groups(default=""))
    if written := _written(column, cell):
        return Fault(
            Message("is not an ISO {type}.", type=column.type),
            Message("Declare its `format:`, such as {written}.", written=repr(written)),
        )
    if _ZONED.fullmatch(cell):
        return Fault(Message("has a time zone, and none is read."), IN_LOCAL_TIME)
    if column.type == "date" and _ISO_TIME.fullmatch(cell):
        return Fault(Message("has a time of day."), Message("Declare the column as `timestamp`."))
    if column.type == "timestamp" and _ISO_DATE.fullmatch(cell):
        return Fault(Message("has no time of day."), Message("Declare the column as `date`."))
    example = "2011-11-23" if column.type == "date" else "2011-11-23 08:26"
    return Fault(
        Message("is not an ISO {type}, such as {example}.", type=column.type, example=example),
        _no_value(cell, Message("else declare its `format:`")),
    )


def _of_month_or_week(column: Column, first: str, mark: str, week: str, last: str) -> Fault:
    """``2026-05``: May, or the fifth week? ``2026-W05`` and ``2026-35`` are weeks."""
    number = first if len(first) == 2 else last
    order = "{year}{mark}{week}{part}" if number == last else "{part}{mark}{week}{year}"
    as_week, as_month = (order.format(year=y, mark=mark, week=week, part=p) for y, p in (("%G", "%V"), ("%Y", "%m")))
    if week or int(number) > 12:
        return Fault(
            Message("is not an ISO {type}.", type=column.type),
            Message("Declare its `format:`, such as {as_week}.", as_week=repr(as_week)),
        )
    return Fault(
        Message("can be read as a month and as a week."),
        Message("Declare `format: {as_month}` or {as_week}.", as_month=repr(as_month), as_week=repr(as_week)),
    )


def _written(column: Column, cell: str) -> str | None:
    """How a day or a moment without two readings is written, as a ``format``; None where that can't be told."""
    found = re.sub(MONTH + r"\.?(?![a-z])", "%b", cell, count=1)
    named = found != cell
    found = re.sub(r"(\d\d)(:\d\d)(:\d\d)?$", lambda clock: "%H:%M" + (":%S" if clock[3] else ""), found)
    found = re.sub(r"(?<!\d)(19|20)\d\d(?!\d)", "%Y", found, count=1)
    if named:
        found = re.sub(r"(?<!\d)\d{1,2}(?!\d)", lambda day: "%d" if len(day[0]) == 2 else "%-d", found, count=1)
    found = re.sub(r"^(19|20)\d{6}(?!\d)", "%Y%m%d", found)
    found = re.sub(r"^%Y([./])\d\d\1\d\d(?!\d)", r"%Y\1%m\1%d", found)
    form = replace(column, format=found)
    return found if "%" in found and format_problem(form) is None and _fits(form, cell) else None


def _fits(column: Column, cell: str) -> bool:
    return re.fullmatch(reading(column, Dialect()).form, cell, re.ASCII) is not None


_FAULTS: dict[str, Callable[[Column, Dialect, str], Fault]] = {
    "integer": _of_number,
    "decimal": _of_number,
    "number": _of_number,
    "percent": _of_number,
    "duration": _of_duration,
    "boolean": _of_boolean,
    "date": _of_moment,
    "timestamp": _of_moment,
}
