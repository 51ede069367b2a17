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
    known = set(clients)
    for value in engine.values(source.name, source.client):
        if value not in known:
            way_out = "List it in clients.yml; where its key is another one, with 'value'."
            reason = "rows of a client that is not registered."
            raise SourceError(source.file, reason, column=source.client, value=value, way_out=way_out)
    first, last = engine.ends(source.name, source.time)
    for day in (first, last):
        if day is not None and not source.covers.start <= day < source.covers.end:
            reason = f"a row of this day, and the source is declared to cover {source.covers}."
            way_out = "Correct 'covers' in workspace.yml, or the file."
            raise SourceError(source.file, reason, column=source.time, value=day.isoformat(), way_out=way_out)
