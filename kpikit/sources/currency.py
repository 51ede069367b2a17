"""The currency of amounts, where the header of the file says it: ``Amount spent (EGP)``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from kpikit.sources.csv_file import header
from kpikit.sources.csv_line import no_such_column
from kpikit.sources.declarations import CURRENCY, Column, Source
from kpikit.sources.strict import Section
from kpikit.words.errors import SourceError
from kpikit.words.message import Message

Said = Mapping[str, str]
"""The currency of each column whose header says it, by ``source.column``."""


def said_by(sources: Iterable[Source]) -> dict[str, str]:
    """The currencies that the headers of these sources say."""
    return {f"{each.name}.{column.name}": column.currency for each in sources for column in each.columns
            if column.currency}  # fmt: skip


def with_currencies(top: Section, source: Source, files: Callable[[Source], Iterable[Path]], known: Said) -> Source:
    """The source with the currencies that its headers say, out of ``known`` or read in its ``files``.

    A `SettingError` names the header whose currency can't be read, or that says several.
    """
    return replace(source, columns=tuple(_told(top, source, column, files, known) for column in source.columns))


def _told(
    top: Section, source: Source, column: Column, files: Callable[[Source], Iterable[Path]], known: Said
) -> Column:
    if CURRENCY not in (column.header or ""):
        return column
    section = top.section("sources").section(source.name).section("columns").section(column.name)
    if source.format != "csv":
        raise section.refuse("header", "'{currency}' belongs to sources with 'format: csv'.", currency=CURRENCY)
    try:
        currency = known.get(f"{source.name}.{column.name}") or _read(source, column, files(source))
    except SourceError as error:
        raise section.refuse("header", "the currency cannot be read. {error}", error=error) from None
    return replace(column, header=column.in_file.replace(CURRENCY, currency), currency=currency)


def _read(source: Source, column: Column, files: Iterable[Path]) -> str:
    """The currency that all files say."""
    found: dict[str, Path] = {}
    for file in files:
        row, names = header(replace(source, file=file))
        form = re.escape(column.in_file).replace(re.escape(CURRENCY), "([A-Z]{3})")
        fitting = list(filter(None, (re.fullmatch(form, name) for name in names)))
        if len(fitting) != 1:
            reason = Message("fits several names in the header.") if fitting else no_such_column(column.in_file, names)
            raise SourceError(file, reason, row=row, column=column.in_file)
        found.setdefault(fitting[0][1], file)
        if len(found) > 1:
            (one, first), (other, _) = found.items()
            reason = Message("is in {other}, and in {one} in {first}.", other=other, one=one, first=first)
            raise SourceError(
                file, reason, row=row, column=column.in_file, way_out=Message("Make a source of each currency.")
            )
    return next(iter(found))
