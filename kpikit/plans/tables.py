"""A target that changes by period: a table in the plan, or in a CSV file beside it, with columns ``period,value``."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from kpikit.indicators.framework import Indicator
from kpikit.plans.aim import Aim, parse_value, value_example
from kpikit.sources.strict import Section
from kpikit.words.errors import SettingError, UsageError
from kpikit.words.message import Message
from kpikit.words.periods import EXAMPLES, Calendar, Period

HEADER = ["period", "value"]
Table = tuple[tuple[Period, Aim], ...]


class _Row(NamedTuple):
    """A period and its value, as texts; ``line`` is that of the table's own file, None in the plan itself."""

    period: str
    value: str
    line: int | None = None


def read_table(section: Section, indicator: Indicator, calendar: Calendar) -> Table:
    """The periods under ``values``, oldest first, each with what it asks for; all of one length."""
    rows = _of_plan(section.section("values")) if section.is_section("values") else _of_file(section)
    found = (_entry(section, row, indicator, calendar) for row in rows)
    table = sorted(found, key=lambda one: one[0])
    if not table:
        example = f"{EXAMPLES['month']}: {value_example(indicator.unit)}"
        raise section.refuse("values", "lists no period. Write '{example}'.", example=example)
    for (one, _), (other, _) in pairwise(table):
        if one.grain != other.grain or one.end > other.start:
            raise section.refuse(
                "values",
                "{one} and {other}: its periods must be of one length, each once.",
                one=one,
                other=other,
            )
    return tuple(table)


def _entry(section: Section, row: _Row, one: Indicator, calendar: Calendar) -> tuple[Period, Aim]:
    column, value = HEADER
    try:
        period = calendar.parse(row.period)
        column = value
        return period, parse_value(row.value, one.unit, *one.aims)
    except (UsageError, ValueError) as error:
        raise _refusal(section, row, column, error.args[0]) from None


def _refusal(section: Section, row: _Row, column: str, reason: str) -> SettingError:
    """The error for a cell: where it stands in the table's file, or which period it is of in the plan."""
    if row.line is None:
        return section.refuse("values", "{key}: {error}", key=row.period, error=reason)
    file = section.file.parent / section.text("values")
    return _asked(section, SettingError(file, row.line, Message("column '{column}'", column=column), reason))


def _asked(section: Section, error: SettingError) -> SettingError:
    """An error in the table's file, which belongs to the target that names the file."""
    error.asked = section.refuse("values", error.reason)
    return error


def _of_plan(given: Section) -> list[_Row]:
    rows = [_Row(key, given.text(key)) for key in given]
    given.finish()
    return rows


def _of_file(section: Section) -> list[_Row]:
    try:
        return from_file(section.file, section.text("values"))
    except SettingError as error:
        raise _asked(section, error) if error.line else section.refuse("values", error.reason) from None


def from_file(plan: Path, name: str) -> list[_Row]:
    """The rows of a CSV file beside the plan, each period once."""
    if Path(name).name != name or not name.endswith(".csv"):
        reason = Message("{name} must be a mapping, or the name of a CSV file beside the plan.", name=repr(name))
        raise SettingError(plan, None, "values", reason)
    file = plan.parent / name
    if not file.is_file():
        raise SettingError(plan, None, "values", Message("there is no file {name} beside the plan.", name=repr(name)))
    rows = _rows(file)
    line, header = rows[0] if rows else (1, [])
    if [cell.strip() for cell in header] != HEADER:
        raise SettingError(file, line, "", Message("the header must be {names}.", names=",".join(HEADER)))
    found = dict[str, _Row]()
    for line, row in rows[1:]:
        if len(row) != len(HEADER):
            reason = Message(
                "has {number} cells, must have {number2}: a period and its value.", number=len(row), number2=len(HEADER)
            )
            raise SettingError(file, line, "", reason)
        period, value = (cell.strip() for cell in row)
        if period in found:
            raise SettingError(file, line, "", Message("{period} stands twice.", period=period))
        found[period] = _Row(period, value, line)
    return list(found.values())


def _rows(file: Path) -> list[tuple[int, list[str]]]:
    """Each row with its line; empty ones are passed over."""
    try:
        reader = csv.reader(StringIO(file.read_text(encoding="utf-8-sig"), newline=""), strict=True)
        return [(reader.line_num, row) for row in reader if row]
    except UnicodeDecodeError as error:
        line = file.read_bytes()[: error.start].count(b"\n") + 1
        reason = Message("is not UTF-8. Save the file as 'CSV UTF-8'.")
        raise SettingError(file, line, "", reason) from None
    except (OSError, csv.Error) as error:
        raise SettingError(file, None, "", Message("cannot be read: {error}.", error=error)) from None


def written_out(value: object, plan: Path) -> object:
    """A plan's plain values with each table of a file written into them, so that the plan stands alone."""
    if isinstance(value, Mapping):
        own = {key: written_out(each, plan) for key, each in value.items()}
        if "kind" in own and isinstance(own.get("values"), str):
            own["values"] = {row.period: row.value for row in from_file(plan, str(own["values"]))}
        return own
    return [written_out(each, plan) for each in value] if isinstance(value, list) else value
