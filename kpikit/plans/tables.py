"""A target that changes by period: a table in the plan, or in a CSV file beside it, with columns ``period,value``."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from io import StringIO
from itertools import pairwise
from pathlib import Path

from kpikit.indicators.framework import Indicator
from kpikit.plans.aim import Aim, parse_value, value_example
from kpikit.sources.strict import Section
from kpikit.words.errors import SettingError, UsageError
from kpikit.words.message import Message
from kpikit.words.periods import EXAMPLES, Calendar, Period

HEADER = ["period", "value"]
Table = tuple[tuple[Period, Aim], ...]


def read_table(section: Section, indicator: Indicator, calendar: Calendar) -> Table:
    """The periods under ``values``, oldest first, each with what it asks for; all of one length."""
    inline = section.is_section("values")
    given = section.section("values") if inline else None
    texts = {key: given.text(key) for key in given} if given else _of_file(section)
    if given:
        given.finish()
    found = (_entry(section, key, text, indicator, calendar) for key, text in texts.items())
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


def _entry(section: Section, key: str, text: str, one: Indicator, calendar: Calendar) -> tuple[Period, Aim]:
    try:
        return calendar.parse(key), parse_value(text, one.unit, one.bounds[0])
    except (UsageError, ValueError) as error:
        raise section.refuse("values", "{key}: {error}", key=key, error=error.args[0]) from None


def _of_file(section: Section) -> dict[str, str]:
    try:
        return from_file(section.file, section.text("values"))
    except SettingError as error:
        raise error if error.line else section.refuse("values", error.reason) from None


def from_file(plan: Path, name: str) -> dict[str, str]:
    """The table of a CSV file beside the plan, as texts by period."""
    if Path(name).name != name or not name.endswith(".csv"):
        reason = Message("{name} must be a mapping, or the name of a CSV file beside the plan.", name=repr(name))
        raise SettingError(plan, None, "values", reason)
    file = plan.parent / name
    if not file.is_file():
        raise SettingError(plan, None, "values", Message("there is no file {name} beside the plan.", name=repr(name)))
    rows = _rows(file)
    if not rows or [cell.strip() for cell in rows[0]] != HEADER:
        raise SettingError(file, 1, "", Message("the header must be {names}.", names=",".join(HEADER)))
    found = dict[str, str]()
    for line, row in enumerate(rows[1:], 2):
        if len(row) != len(HEADER):
            reason = Message(
                "has {number} cells, must have {number2}: a period and its value.", number=len(row), number2=len(HEADER)
            )
            raise SettingError(file, line, "", reason)
        period, value = (cell.strip() for cell in row)
        if period in found:
            raise SettingError(file, line, "", Message("{period} stands twice.", period=period))
        found[period] = value
    return found


def _rows(file: Path) -> list[list[str]]:
    try:
        text = file.read_text(encoding="utf-8-sig")
        return [row for row in csv.reader(StringIO(text, newline=""), strict=True) if row]
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
            own["values"] = from_file(plan, str(own["values"]))
        return own
    return [written_out(each, plan) for each in value] if isinstance(value, list) else value
