"""Types of columns: for each one how a good cell looks, and how DuckDB turns such cells into values.

`READINGS` is the table. A form is a regular expression that a cell must match as a whole, and the SQL beside it only
ever meets cells that do. What is wrong with a cell that does not is told by `kpikit.sources.faults`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kpikit.sources.declarations import Column, Dialect
from kpikit.sources.months import MONTH, with_month
from kpikit.words.signs import ODD

DIRECTIVES = {
    "%Y": r"[1-9]\d{3}",
    "%y": r"\d\d",
    "%m": r"\d\d",
    "%b": MONTH + r"\.?",
    "%G": r"[1-9]\d{3}",
    "%V": r"\d\d",
    "%-V": r"\d{1,2}",
    "%d": r"\d\d",
    "%-m": r"\d{1,2}",
    "%-d": r"\d{1,2}",
    "%H": r"\d\d",
    "%-H": r"\d{1,2}",
    "%M": r"\d\d",
    "%S": r"\d\d",
    "%f": r"\d{1,6}",
}
"""What a ``format`` is made of, and what each takes. ``%-d`` and its like take one digit or two, ``%b`` a month's name
with or without a dot. ``%G`` and ``%V`` are the year and number of an ISO week, which is told by its Monday."""

DURATIONS = {"h:mm:ss": (3600, 60, 1), "h:mm": (3600, 60), "mm:ss": (60, 1)}
"""How durations are written, and the seconds that each of the numbers counts."""

BLANKS = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
"""Blanks, which look alike: one of these, or nothing, may stand between a number and its sign, and each of them between
thousands where one is declared."""

MINUS = "\N{MINUS SIGN}"
"""How typesetters, and many Norwegian programs, write what is a hyphen elsewhere: it means the same."""

SIGN = f"[-{MINUS}]?"
"""The pattern of a number's sign."""

MINUSES = "\u2010\u2011\u2012\u2013\u2014\ufe63\uff0d"
"""What else people and programs write for a minus; it is not read as one."""

SHOWN = f"[^{ODD}]+"
"""The pattern of a text: what can be shown, in one line."""

TWO_READINGS = SIGN + "[1-9][0-9]?[0-9]?[.,][0-9][0-9][0-9]"
"""A number such as 1.234 or 1,234: with a decimal mark, or with one between thousands?"""


@dataclass(frozen=True)
class Reading:
    """How the cells of a column become values of ``sql_type``.

    ``form`` is the pattern (RE2) of a whole good cell. ``value`` is SQL over ``{cell}`` and the names of ``given``,
    texts to be bound; it gives NULL for a cell that has the form and yet no value, such as 30 February.
    """

    sql_type: str
    form: str
    value: str
    given: Mapping[str, str] = field(default_factory=dict)


def reading(column: Column, dialect: Dialect) -> Reading:
    """How to read a column of a CSV file with this dialect."""
    return READINGS[column.type](column, dialect)


def sql_type(column: Column) -> str:
    """DuckDB's type of the column's values, whatever file they come from."""
    return reading(column, Dialect()).sql_type


def quoted(name: str) -> str:
    """A name as an SQL identifier; the only way in which a user's text enters a statement.

    >>> quoted('net "value"')
    '"net ""value""\"'
    """
    return '"' + name.replace('"', '""') + '"'


def whole_form(dialect: Dialect) -> str:
    """The pattern of a number's whole part: grouped by threes throughout, or not at all; no superfluous zeros."""
    return SIGN + _digits(dialect)


def _digits(dialect: Dialect) -> str:
    if dialect.thousands is None:
        return r"(?:0|[1-9]\d*)"
    return rf"(?:0|[1-9]\d*|[1-9]\d{{0,2}}(?:[{re.escape(between_thousands(dialect))}]\d{{3}})+)"


def between_thousands(dialect: Dialect) -> str:
    """The signs that may stand between thousands: of a blank all kinds, as nobody can see which one it is."""
    mark = dialect.thousands or ""
    return BLANKS if mark and mark in BLANKS else mark


def may_mean_thousands(column: Column, dialect: Dialect) -> bool:
    """True where nothing declares what the mark in ``1.234`` means: neither the dialect nor a fixed scale."""
    return not (dialect.marks_declared or column.fixed)


def _text(column: Column, dialect: Dialect) -> Reading:
    return Reading("VARCHAR", SHOWN, "{cell}")


def _integer(column: Column, dialect: Dialect) -> Reading:
    return _of_number("BIGINT", _digits(dialect), column, dialect)


def _decimal(column: Column, dialect: Dialect) -> Reading:
    scale = column.scale or 0
    sql_type = f"DECIMAL({18 if scale <= 6 else 38}, {scale})"
    return _of_number(sql_type, _digits(dialect) + _fraction(scale, column.fixed, dialect), column, dialect)


def _fraction(scale: int, fixed: bool, dialect: Dialect) -> str:
    number_of_digits, optional = (f"{scale}", "") if fixed else (f"1,{scale}", "?")
    return rf"(?:{re.escape(dialect.decimal)}\d{{{number_of_digits}}}){optional}" if scale else ""


def _percent(column: Column, dialect: Dialect) -> Reading:
    if column.scale is None:
        return _number(column, dialect)
    return _of_number("DOUBLE", _digits(dialect) + _fraction(column.scale, column.fixed, dialect), column, dialect)


def _number(column: Column, dialect: Dialect) -> Reading:
    form = _digits(dialect) + rf"(?:{re.escape(dialect.decimal)}\d+)?"
    exponent = "" if column.affix else r"(?:[eE][+-]?\d+)?"
    return _of_number("DOUBLE", form + exponent, column, dialect)


def _of_number(sql_type: str, digits: str, column: Column, dialect: Dialect) -> Reading:
    """A number whose unsigned form is ``digits``; from between an affix and a minus they are taken out."""
    number, given = "{cell}", {"marks": dialect.decimal + MINUS + between_thousands(dialect)}
    if column.affix:
        sign = f"CASE WHEN contains({{cell}}, '-') OR contains({{cell}}, '{MINUS}') THEN '-' ELSE '' END"
        number = f"{sign} || regexp_extract({{cell}}, {{digits}})"
        given["digits"] = r"\d(?:.*\d)?"
    power = " || 'e-2'" if column.type == "percent" else ""
    value = f"TRY_CAST(translate({number}, {{marks}}, '.-'){power} AS {sql_type})"  # the others vanish
    good = [f"isfinite({value})"] if sql_type == "DOUBLE" else []
    if may_mean_thousands(column, dialect) and sql_type != "BIGINT" and (column.scale is None or column.scale >= 3):
        good.append(f"NOT regexp_full_match({number}, {{two_readings}})")
        given["two_readings"] = TWO_READINGS
    checked = f"CASE WHEN {' AND '.join(good)} THEN {value} END" if good else value
    return Reading(sql_type, _beside(column, digits), checked, given)


def _beside(column: Column, digits: str) -> str:
    """The pattern of a number with its minus and with what stands before or after it."""
    if column.affix is None:
        return f"{SIGN}{digits}"
    affix, blank = re.escape(column.affix), f"[{BLANKS}]?"
    after = f"{SIGN}{digits}{blank}{affix}"
    return after if column.type == "percent" else f"(?:{SIGN}{affix}{blank}|{affix}{blank}[-{MINUS}]){digits}|{after}"


def _duration(column: Column, dialect: Dialect) -> Reading:
    weights = DURATIONS[column.format or "h:mm:ss"]
    parts = (f"{weight} * TRY_CAST(split_part({{cell}}, ':', {n}) AS BIGINT)" for n, weight in enumerate(weights, 1))
    return Reading("BIGINT", r"\d{1,6}" + ":[0-5]\\d" * (len(weights) - 1), " + ".join(parts))


def _boolean(column: Column, dialect: Dialect) -> Reading:
    return Reading("BOOLEAN", "true|True|TRUE|false|False|FALSE", "TRY_CAST({cell} AS BOOLEAN)")


def _date(column: Column, dialect: Dialect) -> Reading:
    return _moment("DATE", column.format or "%Y-%m-%d", column.century_from)


def _timestamp(column: Column, dialect: Dialect) -> Reading:
    if column.format is not None:
        return _moment("TIMESTAMP", column.format, column.century_from)
    form = r"[1-9]\d{3}-\d\d-\d\d[ T](?:[01]\d|2[0-3]):\d\d(?::\d\d(?:\.\d{1,6})?)?"
    return Reading("TIMESTAMP", form, "TRY_CAST({cell} AS TIMESTAMP)")


def _moment(sql_type: str, written: str, century_from: int | None) -> Reading:
    pieces = re.split(r"(%-?.)", written)
    if "%G" in pieces:
        return _week(sql_type, pieces)
    cell, given = "{cell}", dict[str, str]()
    if "%b" in pieces:
        at = pieces.index("%b")
        before, after = _form(pieces[:at]), _form(pieces[at + 1 :])
        cell, pieces[at] = with_month(), "%m"
        given["around_month"] = rf"^({before})({MONTH})\.?({after})$"
    if "%y" in pieces and century_from is not None:
        given["parts"] = f"({_form(pieces[: pieces.index('%y')])})(\\d\\d.*)"
        cell = _with_century(century_from).replace("{cell}", f"({cell})")
    given["format"] = "".join(pieces).replace("%y", "%Y")
    form = _form(re.split(r"(%-?.)", written))
    return Reading(sql_type, form, f"TRY_CAST(try_strptime({cell}, {{format}}) AS {sql_type})", given)


def _week(sql_type: str, pieces: list[str]) -> Reading:
    """A week by its Monday; NULL for a 53rd one of a year that has none."""
    at = next(place for place, piece in enumerate(pieces) if piece in ("%V", "%-V"))
    around = rf"^{_form(pieces[:at])}({DIRECTIVES[pieces[at]]}){_form(pieces[at + 1 :])}$"
    given = {"format": "".join(pieces).replace("%-V", "%V") + " %u", "around_week": around}
    monday = "try_strptime({cell} || ' 1', {format})"
    value = f"CASE WHEN week({monday}) = regexp_extract({{cell}}, {{around_week}}, 1)::INTEGER THEN {monday} END"
    return Reading(sql_type, _form(pieces), f"TRY_CAST({value} AS {sql_type})", given)


def _form(pieces: list[str]) -> str:
    """The pattern of a part of a ``format``: its directives, and what stands between them."""
    return "".join(DIRECTIVES.get(piece) or re.escape(piece) for piece in pieces)


def _with_century(century_from: int) -> str:
    """SQL for the cell with a year of four digits; ``parts`` takes what stands before the year, and the rest."""
    before, rest = (f"regexp_extract({{cell}}, {{parts}}, {part})" for part in (1, 2))
    century, year = divmod(century_from, 100)
    return f"{before} || CASE WHEN left({rest}, 2) >= '{year:02}' THEN '{century}' ELSE '{century + 1}' END || {rest}"


READINGS: dict[str, Callable[[Column, Dialect], Reading]] = {
    "text": _text,
    "integer": _integer,
    "decimal": _decimal,
    "number": _number,
    "percent": _percent,
    "duration": _duration,
    "boolean": _boolean,
    "date": _date,
    "timestamp": _timestamp,
}
"""Type of a column -> how its cells in a CSV file are read."""
