"""What is wrong with a cell of a date or timestamp that cannot be read, in words; see `kpikit.sources.faults`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from kpikit.sources.columns import reading
from kpikit.sources.date_formats import format_problem
from kpikit.sources.declarations import Column, Dialect
from kpikit.sources.months import MONTH
from kpikit.words.errors import shortened
from kpikit.words.message import Message

IN_LOCAL_TIME = Message("Export it in the client's local time, without a zone.")
_SHORT_DATE = re.compile(r"(\d{1,2})([./ -])(\d{1,2})\2(\d{4})(?:[ T](\d\d:\d\d)(:\d\d)?)?", re.ASCII)
_MONTH_OR_WEEK = re.compile(r"((?:19|20)\d\d|\d\d(?=[-./ ]\d{4}))([-./ ]?)([Ww]?)((?:19|20)\d\d|\d\d)", re.ASCII)
_SHORT_YEAR = re.compile(
    rf"\d{{1,2}}([./ -])\d{{1,2}}\1\d{{2}}(?!\d).*|(?:\d{{1,2}}\.?[ -])?{MONTH}\.?[ -]\d\d", re.ASCII
)
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_ISO_TIME = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d[\d:.]*", re.ASCII)
_ZONED = re.compile(_ISO_TIME.pattern + r" ?(?:Z|UTC|[+-]\d\d:?(?:\d\d)?)", re.ASCII)


class Fault(NamedTuple):
    """Two sentences for a `SourceError`; the second one may be empty."""

    reason: str
    way_out: str


def no_value(cell: str, means: str) -> str:
    return Message(
        "If it means that there is no value, list {cell} under `missing:`; {means}.", cell=shortened(cell), means=means
    )


def of_moment(column: Column, dialect: Dialect, cell: str) -> Fault:
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
        no_value(cell, Message("else declare its `format:`")),
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
