"""Types of columns: for each one how a good cell looks, and how DuckDB turns such cells into values.

`READINGS` is the table. A form is a regular expression that a cell must match as a whole, and the SQL beside it only
ever meets cells that do. What is wrong with a cell that does not is told by `kpikit.sources.faults`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from kpikit.sources.declarations import Column, Dialect

DIRECTIVES = {
    "%Y": r"[1-9]\d{3}",
    "%m": r"\d\d",
    "%d": r"\d\d",
    "%-m": r"\d{1,2}",
    "%-d": r"\d{1,2}",
    "%H": r"\d\d",
    "%-H": r"\d{1,2}",
    "%M": r"\d\d",
    "%S": r"\d\d",
    "%f": r"\d{1,6}",
}
"""What a ``format`` is made of, and the digits each takes. ``%-d`` and its like take one digit or two."""

TWO_READINGS = "-?[1-9][0-9]?[0-9]?[.,][0-9][0-9][0-9]"
"""A number such as 1.234 or 1,234: with a decimal mark, or with one between thousands?"""

_DIRECTIVE = re.compile("%-?.?")
_DATE_PARTS, _TIME_PARTS = {"Y", "m"}, {"Y", "m", "d", "H", "M"}
_OF_TIME = set("HMSf")


@dataclass(frozen=True)
class Reading:
    """How the cells of a column become values of ``sql_type``.

    ``form`` is the pattern (RE2) of a whole good cell. ``value`` is SQL over ``{cell}`` and ``{given}``, which gives
    NULL for a cell that has the form and yet no value, such as 30 February; ``given`` is a text to be bound.
    """

    sql_type: str
    form: str
    value: str
    given: str | None = None


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


def format_problem(column: Column) -> str | None:
    """What is wrong with the ``format`` of a date or timestamp column, as a sentence; None where nothing is."""
    if column.format is None:
        return None
    used = _DIRECTIVE.findall(column.format)
    parts = [directive[-1] for directive in used]
    if "y" in parts:
        return f"{column.format!r} has a year of two digits (%y), which can be read in two ways; %Y takes four."
    unknown = next((directive for directive in used if directive not in DIRECTIVES), None)
    if unknown is not None:
        return f"{column.format!r} has {unknown!r}, must be one of {', '.join(DIRECTIVES)}."
    if len(set(parts)) < len(parts):
        return f"{column.format!r} names a part of the date twice."
    if re.search(r"(%-.|%f)[%\d]", column.format):
        return f"{column.format!r} has nothing between a part of one or two digits and the next one."
    return _parts_problem(column, set(parts))


def _parts_problem(column: Column, parts: set[str]) -> str | None:
    needed = _DATE_PARTS if column.type == "date" else _TIME_PARTS
    if needed - parts:
        missing = ", ".join(f"%{part}" for part in "YmdHM" if part in needed - parts)
        return f"{column.format!r} lacks {missing}, which a {column.type} needs."
    if column.type == "date" and parts & _OF_TIME:
        return f"{column.format!r} has a time of day, which a date has not; declare the column as timestamp."
    return None


def whole_form(dialect: Dialect) -> str:
    """The pattern of a number's whole part: grouped by threes throughout, or not at all; no superfluous zeros."""
    if dialect.thousands is None:
        return r"-?(?:0|[1-9]\d*)"
    return rf"-?(?:0|[1-9]\d*|[1-9]\d{{0,2}}(?:{re.escape(dialect.thousands)}\d{{3}})+)"


def may_mean_thousands(column: Column, dialect: Dialect) -> bool:
    """True where nothing declares what the mark in ``1.234`` means: neither the dialect nor a fixed scale."""
    return not (dialect.marks_declared or column.fixed)


def _text(column: Column, dialect: Dialect) -> Reading:
    return Reading("VARCHAR", ".+", "{cell}")


def _integer(column: Column, dialect: Dialect) -> Reading:
    return _number_of("BIGINT", whole_form(dialect), dialect)


def _decimal(column: Column, dialect: Dialect) -> Reading:
    scale = column.scale or 0
    number_of_digits, optional = (f"{scale}", "") if column.fixed else (f"1,{scale}", "?")
    fraction = rf"(?:{re.escape(dialect.decimal)}\d{{{number_of_digits}}}){optional}" if scale else ""
    found = _number_of(f"DECIMAL({18 if scale <= 6 else 38}, {scale})", whole_form(dialect) + fraction, dialect)
    return found if scale < 3 else _in_one_reading(column, dialect, found)


def _number(column: Column, dialect: Dialect) -> Reading:
    form = whole_form(dialect) + rf"(?:{re.escape(dialect.decimal)}\d+)?(?:[eE][+-]?\d+)?"
    found = _number_of("DOUBLE", form, dialect)
    finite = f"CASE WHEN isfinite({found.value}) THEN {found.value} END"
    return _in_one_reading(column, dialect, replace(found, value=finite))


def _in_one_reading(column: Column, dialect: Dialect, found: Reading) -> Reading:
    if not may_mean_thousands(column, dialect):
        return found
    ambiguous = f"regexp_full_match({{cell}}, '{TWO_READINGS}')"
    return replace(found, value=f"CASE WHEN NOT {ambiguous} THEN {found.value} END")


def _number_of(sql_type: str, form: str, dialect: Dialect) -> Reading:
    marks = dialect.decimal + (dialect.thousands or "")  # the first becomes ".", the second goes
    return Reading(sql_type, form, f"TRY_CAST(translate({{cell}}, {{given}}, '.') AS {sql_type})", marks)


def _boolean(column: Column, dialect: Dialect) -> Reading:
    return Reading("BOOLEAN", "true|True|TRUE|false|False|FALSE", "TRY_CAST({cell} AS BOOLEAN)")


def _date(column: Column, dialect: Dialect) -> Reading:
    return _moment("DATE", column.format or "%Y-%m-%d")


def _timestamp(column: Column, dialect: Dialect) -> Reading:
    if column.format is not None:
        return _moment("TIMESTAMP", column.format)
    form = r"[1-9]\d{3}-\d\d-\d\d[ T](?:[01]\d|2[0-3]):\d\d(?::\d\d(?:\.\d{1,6})?)?"
    return Reading("TIMESTAMP", form, "TRY_CAST({cell} AS TIMESTAMP)")


def _moment(sql_type: str, written: str) -> Reading:
    pieces = re.split(r"(%-?.)", written)
    form = "".join(DIRECTIVES.get(piece) or re.escape(piece) for piece in pieces)
    return Reading(sql_type, form, f"TRY_CAST(try_strptime({{cell}}, {{given}}) AS {sql_type})", written)


READINGS: dict[str, Callable[[Column, Dialect], Reading]] = {
    "text": _text,
    "integer": _integer,
    "decimal": _decimal,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "timestamp": _timestamp,
}
"""Type of a column -> how its cells in a CSV file are read."""
