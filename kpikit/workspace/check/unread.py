"""A source that cannot be read: what else is wrong with it, beside the first error, for a check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from kpikit.sources.day_order import with_other_order
from kpikit.sources.declarations import Source
from kpikit.sources.engine import Engine
from kpikit.sources.quarantine import BadRow
from kpikit.words.errors import SettingError, SourceError
from kpikit.workspace.data.data import check_source, load_source
from kpikit.workspace.settings import Settings

_ALL = Decimal(1)


def errors_of(settings: Settings, source: Source, first: SourceError) -> list[SourceError | SettingError]:
    """The first bad cell of each column of each file, and what the rows without one are refused for.

    Alone the first error, where it is of a file as a whole, or where a file has more bad rows than are kept.
    """
    if first.column is None or source.bad_rows_at_most is not None:
        return [first]
    with Engine() as engine:
        try:
            loaded = load_source(engine, settings, replace(source, bad_rows_at_most=_ALL))
        except (SourceError, SettingError):
            return [first]
        cells = dict[tuple[str, str | None], SourceError]()
        for error in (error for each in loaded.bad for error in _told(source, each)):
            cells.setdefault((error.file, error.column), error)
        found: list[SourceError | SettingError] = [with_other_order(source, error) for error in cells.values()]
        try:
            check_source(engine, settings, loaded)
        except (SourceError, SettingError) as odd:
            found.append(odd)
    return found or [first]


def _told(source: Source, bad: BadRow) -> Sequence[SourceError]:
    """What is wrong in a row; where its time is a word, as "Total", that alone: it is none of the rows."""
    time = source.column(source.time)
    words = [each for each in bad.errors if time and each.column == time.in_file and str(each.value).isalpha()]
    return words or bad.errors
