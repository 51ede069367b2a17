"""The sources that ``workspace.yml`` declares."""

from __future__ import annotations

import os
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from kpikit.sources.declarations import FORMATS, KINDS, PLACE, SAVE_AS_CSV, SLOTS, TIME, WEEKDAYS, Source
from kpikit.sources.layout import read_columns, read_dialect, read_dropped
from kpikit.sources.patterns import is_pattern, pattern_problem
from kpikit.sources.quarantine import LARGEST_LIMIT, USUAL_LIMIT
from kpikit.sources.strict import Section
from kpikit.words.errors import either, one_of
from kpikit.words.message import Message, Messages
from kpikit.words.periods import Calendar

MOST_IMMATURE = 366
"""How many of the last days of a source may still be filling, at most."""


def read_sources(top: Section, folder: Path) -> dict[str, Source]:
    """The sources of ``workspace.yml``, by name. Their files are not opened yet."""
    return {
        name: _source(name, section, folder)
        for name, section in top.sections("sources", "sales: {file: sources/sales.csv, format: csv, ...}").items()
    }


def _source(name: str, section: Section, folder: Path) -> Source:
    place, every, covers = _file(section, folder), section.choice("every", SLOTS), section.window("covers")
    if "columns" not in section:
        raise section.refuse("columns", Messages([Message("is required."), section.typo_of("columns")]))
    columns = read_columns(section.section("columns", "{date: date, orders: integer}"))
    weekdays = section.texts("open", WEEKDAYS)
    if not weekdays or any(day not in WEEKDAYS for day in weekdays):
        raise section.refuse("open", "must be a list of weekdays out of {names}.", names=", ".join(WEEKDAYS))
    source = Source(
        name=name,
        **place,
        declared=section.place("file"),
        format=section.choice("format", FORMATS, unknown=_no_format),
        dialect=read_dialect(section.section("dialect")),
        columns=columns,
        client=section.text("client", PLACE if PLACE in section.text("file") else None, "shop"),
        time=TIME if every == "span" else section.text("time", example="date"),
        every=every,
        kind=section.choice("kind", KINDS),
        open=tuple(WEEKDAYS.index(day) for day in weekdays),
        covers=covers,
        span=covers if every == "span" else None,
        attribution=section.optional("attribution"),
        accounts=section.optional("accounts"),
        dropped=read_dropped(section.section("columns")),
        bad_rows_at_most=_bad_rows(section),
        immature_days=section.integer("immature_days", 0, MOST_IMMATURE, 0),
        same_rows=section.choice("same_rows", ("refuse", "count"), "refuse") == "count",
    )
    _check_roles(source, section)
    section.finish()
    return source


def _no_format(key: str, value: object, allowed: Iterable[str]) -> str:
    return Messages([one_of(key, value, allowed), SAVE_AS_CSV])


def _bad_rows(section: Section) -> Decimal | None:
    """The share of a file's rows that may be left out because they can't be read; None where none may."""
    kept = section.choice("on_bad_rows", ("refuse", "quarantine"), "refuse") == "quarantine"
    if not kept and section.knows("bad_rows_at_most"):
        raise section.refuse("bad_rows_at_most", "belongs to sources with 'on_bad_rows: quarantine'.")
    if not kept:
        return None
    limit = section.decimal("bad_rows_at_most", USUAL_LIMIT)
    if not 0 < limit <= LARGEST_LIMIT:
        raise section.refuse(
            "bad_rows_at_most",
            "{limit} must be a share above 0 and up to {largest_limit}.",
            limit=limit,
            largest_limit=LARGEST_LIMIT,
        )
    return limit


def _file(section: Section, folder: Path) -> dict[str, Any]:
    """The file of a source, or the pattern that its files fit and the folder that it begins in."""
    text, root = section.text("file", example="sources/sales.csv"), folder.resolve()
    if is_pattern(text):
        problem = pattern_problem(text)
        if problem is not None:
            raise section.refuse("file", problem)
        return {"file": root / text, "root": root, "pattern": text}
    file = Path(os.path.realpath(root / text))  # which goes on where links lead in a circle
    if not file.is_relative_to(root):
        raise section.refuse("file", "lies outside the workspace's folder.")
    return {"file": file}


def _check_roles(source: Source, section: Section) -> None:
    for key, types in (("client", ("text",)), ("time", ("date", "timestamp"))):
        if key == "client" and key not in section and source.client == PLACE:
            continue  # the path says it
        if key == "time" and source.time == TIME:
            if section.knows("time"):
                raise section.refuse("time", "does not go with 'every: span': each row is about all days of 'covers'.")
            continue
        column = source.column(section.text(key))
        if column is None or column.type not in types:
            raise section.refuse(key, "must name a column that is declared as {names}.", names=either(types))
        if column.hashed:
            raise section.refuse(
                key, "column '{name}' may not be 'personal': every row is told by it.", name=column.name
            )
        if column.missing:
            raise section.refuse(
                key, "column '{name}' may have no 'missing': a row needs it to be counted.", name=column.name
            )
    if source.accounts and source.client == PLACE:
        raise section.refuse("accounts", "belongs to a source with a column of accounts, named under 'client'.")
    if source.format != "csv" and "dialect" in section:
        raise section.refuse("dialect", "belongs to sources with 'format: csv'.")
    if source.same_rows and source.kind != "events" and PLACE not in (source.pattern or ""):
        raise section.refuse("same_rows", "belongs to sources with 'kind: events', or with {client} in 'file'.")
    if source.every != "day" and "open" in section:
        raise section.refuse("open", "belongs to sources with 'every: day'.")
    if not source.span and _is_cut(source):
        reason = Message(
            "{covers} cuts a {every} in two, and every row is of a whole one.", covers=source.covers, every=source.every
        )
        raise section.refuse("covers", reason)


def _is_cut(source: Source) -> bool:
    """True where the covered days begin or end within a slot."""
    first, last = (Calendar().period_of(source.every, day) for day in (source.covers.start, source.covers.last_day))
    return (first.start, last.end) != (source.covers.start, source.covers.end)
