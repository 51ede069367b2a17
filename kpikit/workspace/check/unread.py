"""A source that cannot be read: what else is wrong with it, beside the first error, for a check."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kpikit.sources.declarations import Source
from kpikit.sources.engine import Engine
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
        for each in loaded.bad:
            cells.setdefault((each.error.file, each.error.column), each.error)
        found: list[SourceError | SettingError] = [*cells.values()]
        try:
            check_source(engine, settings, loaded)
        except (SourceError, SettingError) as error:
            found.append(error)
    return found or [first]
