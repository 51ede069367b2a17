"""The ``format`` of a date, timestamp or duration: what is wrong with one that is declared."""

from __future__ import annotations

import re

from kpikit.sources.columns import DIRECTIVES, DURATIONS
from kpikit.sources.declarations import Column, Source
from kpikit.words.errors import SourceError, one_of
from kpikit.words.message import Message

_DIRECTIVE = re.compile("%-?.?")
_DATE_PARTS, _TIME_PARTS = {"Y", "m"}, {"Y", "m", "d", "H", "M"}
_OF_TIME = set("HMSf")
_MEANT = {"y": "Y", "b": "m"}
_OF_WEEK = {"G", "V"}


def format_problem(column: Column) -> str | None:
    """What is wrong with the ``format`` of a date, timestamp or duration, as a sentence; None where nothing is."""
    if column.format is None or (column.type == "duration" and column.format in DURATIONS):
        return None
    if column.type == "duration":
        return one_of("format", column.format, DURATIONS)
    used = _DIRECTIVE.findall(column.format)
    parts = [directive[-1] for directive in used]
    unknown = next((directive for directive in used if directive not in DIRECTIVES), None)
    if unknown is not None:
        return Message(
            "{format} has {unknown}, must be one of {names}.",
            format=repr(column.format),
            unknown=repr(unknown),
            names=", ".join(DIRECTIVES),
        )
    if len({_MEANT.get(part, part) for part in parts}) < len(parts):
        return Message("{format} names a part of the date twice.", format=repr(column.format))
    if re.search(r"(%-.|%f)[%\d]", column.format):
        return Message(
            "{format} has nothing between a part of one or two digits and the next one.", format=repr(column.format)
        )
    return _parts_problem(column, set(parts))


def _parts_problem(column: Column, parts: set[str]) -> str | None:
    if parts & _OF_WEEK:
        alone = column.type == "date" and parts == _OF_WEEK
        return (
            None
            if alone
            else Message("{format}: a week is a date of %G and %V, without another part.", format=repr(column.format))
        )
    needed = _DATE_PARTS if column.type == "date" else _TIME_PARTS
    lacking = needed - {_MEANT.get(part, part) for part in parts}
    if lacking:
        missing = ", ".join(f"%{part}" for part in "YmdHM" if part in lacking)
        return Message("{format} lacks {missing}, which a {type} needs.", format=repr(column.format), missing=missing,
                       type=column.type)  # fmt: skip
    if column.type == "date" and parts & _OF_TIME:
        return Message(
            "{format} has a time of day, which a date has not; declare the column as timestamp.",
            format=repr(column.format),
        )
    if "y" in parts and column.century_from is None:
        way_out = Message("declare the first year that it can mean, as 'century_from: 1970' for 1970 to 2069")
        return Message(
            "{format} has a year of two digits ({part}), which can be read in two ways; {way_out}.",
            part="%y",
            format=repr(column.format),
            way_out=way_out,
        )
    return None


def check_columns(source: Source) -> None:
    """Refuse columns whose names differ in upper and lower case alone, and formats that cannot be read."""
    folded: dict[str, str] = {}
    for column in source.columns:
        twin = folded.setdefault(column.name.lower(), column.name)
        if twin != column.name:
            raise SourceError(
                source.file,
                Message("differs from '{twin}' only in upper and lower case.", twin=twin),
                column=column.name,
            )
        problem = format_problem(column)
        if problem is not None:
            raise SourceError(source.file, Message("the format {problem}", problem=problem), column=column.name)
