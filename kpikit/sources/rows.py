"""Checks a loaded source against the register and its own declaration: every row has a client and a covered day."""

from __future__ import annotations

from collections.abc import Collection

from kpikit.sources.declarations import Source
from kpikit.sources.engine import Engine
from kpikit.words.errors import SourceError


def check_rows(engine: Engine, source: Source, clients: Collection[str]) -> None:
    """Refuse a loaded source that has rows of a client not in the register, or of a day outside what it covers.

    ``clients`` are the values by which the sources call the registered clients.
    """
    found = engine.first_outside(source, clients)
    if found is None:
        return
    row, column, value = found
    if column == source.client:
        reason = "is a client that is not registered."
        way_out = "List it in clients.yml; under another key, with 'value'."
    else:
        reason = f"lies outside {source.covers}, which the source is declared to cover."
        value, way_out = value.isoformat(), "Correct 'covers' in workspace.yml, or the file."
    raise SourceError(source.file, reason, row=row, column=column, value=value, way_out=way_out)
