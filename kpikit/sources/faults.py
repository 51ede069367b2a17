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
from kpikit.words.signs import sign_problem

IN_LOCAL_TIME = "Export it in the client's local time, without a zone."
_AS_TEXT = "If it is a code, declare the column as `text`."
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
        return Fault(problem, "Remove it in the file.")
    if not cell.strip():
        return Fault("is blank." if cell else "is empty.", if_empty(cell, needed))
    if cell != cell.strip():
        is_a_sign = not re.search(r"\d", cell)
        way_out = _no_value(cell, "else remove them") if is_a_sign else "Remove them in the file."
        return Fault("has blanks around it.", way_out)
    return _FAULTS[column.type](column, dialect, cell)


def if_empty(cell: str, needed: bool) -> str:
    """What to do about an empty cell, or one of blanks alone."""
    if needed:
        return (
            "Every row needs one: correct the file, or leave the row out, by `totals:` if it is one of totals, else by "
            "`on_bad_rows: quarantine`."
        )
    return f'If that means that there is no value, list "{cell[:20]}" under `missing:`.'


def _no_value(cell: str, means: str) -> str:
    return f"If it means that there is no value, list {shortened(cell)} under `missing:`; {means}."


def _of_boolean(column: Column, dialect: Dialect, cell: str) -> Fault:
    return Fault("is neither true nor false.", _no_value(cell, "else declare the column as `text`"))


def _of_number(column: Column, dialect: Dialect, cell: str) -> Fault:
    bare = _bare(column.affix, cell)
    if bare is None:
        return _of_no_affix(column, cell)
    if may_mean_thousands(column, dialect) and re.fullmatch(TWO_READINGS, bare):
        return _two_readings(bare)
    if re.fullmatch(reading(column, dialect).form, cell, re.ASCII):
        return Fault(f"is too large for a column of type {column.type}.", _AS_TEXT)
    if _NEGATIVE.fullmatch(bare):
        written = "-" + bare.strip(f"()- {MINUSES}")
        return Fault(
            "may be negative, and only a hyphen or a minus sign right before a number says so.",
            f"Write it as {written} in the file.",
        )
    if not re.fullmatch(r"[+-]?\d[\d.,' \xa0\u202f]*", bare, re.ASCII):
        return Fault("is not a number.", _if_no_number(column, cell))
    if re.match(r"[+-]?0\d", bare, re.ASCII):
        return Fault("begins with a zero that a number does not need.", _AS_TEXT)
    without_sign = "number" if column.scale is None else "decimal"
    plain = replace(column, symbol=None, type=without_sign if column.type == "percent" else column.type)
    if column.affix and re.fullmatch(reading(plain, dialect).form, bare, re.ASCII):
        where = "after it" if column.type == "percent" else "before or after it"
        return Fault(f"is not a number with {column.affix!r} {where}.", "Correct it in the file.")
    fraction = re.escape(dialect.decimal) + r"(\d*)"
    found = re.fullmatch(whole_form(dialect) + f"(?:{fraction})?", bare, re.ASCII)
    return _of_fraction(column, found[1] or "") if found else _of_marks(dialect, bare)


def _if_no_number(column: Column, cell: str) -> str:
    """What to do with a cell that is not a number; the likeliest first, where the cell says what it is."""
    if column.affix is None and re.fullmatch(r"-?\d[^%]*%", cell, re.ASCII):
        return "Declare the column as `percent`."
    if column.type != "number" and re.fullmatch(r"-?\d+([.,]\d+)?[eE][+-]?\d+", cell, re.ASCII):
        return "Declare the column as `number`."
    if re.fullmatch(r"\d+(:\d\d)+", cell, re.ASCII):
        return "Declare the column as `duration`."
    sign = _beside(cell)
    if column.affix is None and sign:
        beside = f'Declare what stands beside each number as the column\'s `symbol: "{sign}"`'
        return f"{beside}; if it means that there is no value, list {shortened(cell)} under `missing:`."
    return _no_value(cell, "else remove what is no part of a number from the file")


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
        return Fault("has no percent sign.", _no_value(cell, "of shares such as 0.8, declare the column as `number`"))
    way_out = _no_value(cell, "else correct the file, or the column's `symbol:`")
    return Fault(f"lacks {column.symbol!r}, which is declared to stand beside each number.", way_out)


def _two_readings(cell: str) -> Fault:
    """``1.234`` where nothing says whether its mark divides thousands: one and a bit, or more than a thousand?"""
    mark = cell[-4]
    return Fault(
        f"can be read as {cell.replace(mark, '.')} and as {cell.replace(mark, '')}.",
        "Declare the `decimal:` and `thousands:` marks of the dialect.",
    )


def _of_fraction(column: Column, found: str) -> Fault:
    """A number that is written well, and has another number of digits after its decimal mark than was declared."""
    counted = f"has {len(found)} digit{'s' * (len(found) != 1)} after the decimal mark"
    if column.type == "integer":
        return Fault(f"{counted}, and the column is declared as integer.", "Declare it as `decimal` with its `scale:`.")
    if column.type == "number" or column.scale is None:
        return Fault("ends with its decimal mark.", "Correct it in the file.")
    allowed = f"exactly {column.scale}" if column.fixed else f"at most {column.scale}"
    more = len(found) > (column.scale or 0)
    way_out = f"Declare `scale: {len(found)}`" if more else "Correct it in the file, or leave `fixed:` out"
    return Fault(f"{counted}, and {allowed} are declared.", f"{way_out}.")


def _of_marks(dialect: Dialect, bare: str) -> Fault:
    thousands = "no mark" if dialect.thousands is None else repr(dialect.thousands)
    marks = "the `decimal:` and `thousands:` marks of the dialect"
    if _BY_THOUSANDS.fullmatch(bare) and thousands not in map(repr, BLANKS):
        marks = 'the blank between thousands, `thousands: " "`, and the `decimal:` mark in the dialect'
    return Fault(
        f"is not written as declared, with {dialect.decimal!r} before decimals and {thousands} between thousands.",
        f"Declare {marks}, or correct it in the file.",
    )


def _of_duration(column: Column, dialect: Dialect, cell: str) -> Fault:
    written = column.format or "h:mm:ss"
    if re.fullmatch(r"\d+:[0-5]\d", cell, re.ASCII) and column.format is None:
        hours, minutes = cell.split(":")
        reason = f"can be read as {hours} h {minutes} min and as {hours} min {minutes} s."
        return Fault(reason, "Declare `format: h:mm` or `format: mm:ss`.")
    if re.fullmatch(r"\d+(:\d+)*", cell, re.ASCII):
        way_out = "Declare its `format:`; if it counts seconds, declare the column as `integer`."
        return Fault(f"is not written as {written}, with two digits from 00 to 59 after each colon.", way_out)
    means = "if it counts seconds, declare the column as `number`"
    return Fault(f"is not a duration written as {written}.", _no_value(cell, means))


def _of_moment(column: Column, dialect: Dialect, cell: str) -> Fault:
    if re.fullmatch(reading(column, dialect).form, cell, re.ASCII):
        return Fault("does not exist in the calendar." if column.type == "date" else "is no moment that exists.", "")
    if not re.search(r"\d", cell):
        totals = f"`totals: {{{column.in_file}: [{shortened(cell)}]}}`"
        missing = f"if it means that there is no value, list {shortened(cell)} under `missing:` (not of the `time`)"
        way_out = f"If it stands in a totals row, declare {totals} in the dialect; {missing}."
        return Fault(f"is not a {column.type}.", way_out)
    if column.format is not None:
        return Fault(f"is not written as declared, {column.format!r}.", "Correct it in the file, or the `format:`.")
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
        return Fault(f"can be read as {days[0]} and as {days[1]}.", f"Declare `format: {european}` or {american}.")
    known = american if int(second) > 12 else european
    return Fault(f"is not an ISO {column.type}.", f"Declare its `format:`, such as {known}.")


def _of_undeclared(column: Column, cell: str) -> Fault:
    if _SHORT_YEAR.fullmatch(cell):
        way_out = "Export it with four, or declare its `format:` with %y and its `century_from:`."
        return Fault("has a year of two digits, which can be read in two ways.", way_out)
    if found := _MONTH_OR_WEEK.fullmatch(cell):
        return _of_month_or_week(column, *found.groups(default=""))
    if written := _written(column, cell):
        return Fault(f"is not an ISO {column.type}.", f"Declare its `format:`, such as {written!r}.")
    if _ZONED.fullmatch(cell):
        return Fault("has a time zone, and none is read.", IN_LOCAL_TIME)
    if column.type == "date" and _ISO_TIME.fullmatch(cell):
        return Fault("has a time of day.", "Declare the column as `timestamp`.")
    if column.type == "timestamp" and _ISO_DATE.fullmatch(cell):
        return Fault("has no time of day.", "Declare the column as `date`.")
    example = "2011-11-23" if column.type == "date" else "2011-11-23 08:26"
    return Fault(f"is not an ISO {column.type}, such as {example}.", _no_value(cell, "else declare its `format:`"))


def _of_month_or_week(column: Column, first: str, mark: str, week: str, last: str) -> Fault:
    """``2026-05``: May, or the fifth week? ``2026-W05`` and ``2026-35`` are weeks."""
    number = first if len(first) == 2 else last
    order = "{year}{mark}{week}{part}" if number == last else "{part}{mark}{week}{year}"
    as_week, as_month = (order.format(year=y, mark=mark, week=week, part=p) for y, p in (("%G", "%V"), ("%Y", "%m")))
    if week or int(number) > 12:
        return Fault(f"is not an ISO {column.type}.", f"Declare its `format:`, such as {as_week!r}.")
    return Fault("can be read as a month and as a week.", f"Declare `format: {as_month!r}` or {as_week!r}.")


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
