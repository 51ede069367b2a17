"""Checks a loaded source against the register and its own declaration: whose its rows are, and of which day.

Of several files, those whose rows can only be in two of them by mistake are refused.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path

from kpikit.sources.declarations import PLACE, Source
from kpikit.sources.engine import Engine
from kpikit.sources.loaded import Loaded, LoadedFile
from kpikit.words.errors import SourceError, shortened, spelled
from kpikit.words.message import Message, Messages
from kpikit.words.periods import Window

Values = Mapping[str, Sequence[str]]
"""Key of a client -> how the rows of a source call it: once, by several accounts, or not at all."""


def check_rows(
    engine: Engine,
    loaded: Loaded,
    clients: Values,
    ignored: Sequence[str] = (),
    active: Mapping[str, Window] | None = None,
) -> None:
    """Refuse a loaded source that has rows of a client not in the register, or of a day outside what it covers.

    Also refused: rows in a file of another client; the same file twice; of snapshots and aggregates, rows of the same
    client and day (or week, month) in two files; and of events, the same rows of a client's day in two files.
    ``ignored`` are accounts of no client, whose rows do not matter; ``active`` says of some clients on which days they
    are any.
    """
    for file in loaded.files:
        if file.client is not None and loaded.source.client != PLACE:
            _check_owner(engine, loaded, file, clients.get(file.client, ()))
    _check_inside(engine, loaded, [*chain.from_iterable(clients.values()), *ignored])
    for key, window in (active or {}).items():
        _check_active(engine, loaded, clients.get(key, ()), window)
    if len(loaded.files) > 1:
        _check_copies(loaded)
        _check_overlap(engine, loaded)
        _check_repeated(engine, loaded)


def _check_inside(engine: Engine, loaded: Loaded, values: Sequence[str]) -> None:
    source, found = loaded.source, engine.first_outside(loaded.source, values)
    if found is None:
        return
    number, column, value = found
    file, row = loaded.place(number)
    if column == source.client:
        reason, way_out = _not_registered(source, value, values)
    else:
        reason = Message("lies outside {covers}, which the source is declared to cover.", covers=source.covers)
        value, way_out = value.isoformat(), Message("Correct 'covers' in workspace.yml, or the file.")
    raise SourceError(file, reason, row=row, column=column, value=value, way_out=way_out)


def _check_active(engine: Engine, loaded: Loaded, values: Sequence[str], window: Window) -> None:
    source = loaded.source
    found = None if source.span else engine.first_day_outside(source, values, window)
    if found is not None:
        number, day = found
        file, row = loaded.place(number)
        reason = Message("is a day on which the client is not active.")
        way_out = Message("Correct its 'active' in clients.yml, or the file.")
        raise SourceError(file, reason, row=row, column=source.time, value=day.isoformat(), way_out=way_out)


def _not_registered(source: Source, value: str, values: Sequence[str]) -> tuple[str, str]:
    meant = next((each for each in values if spelled(each) == spelled(value)), None)
    if source.accounts is None:
        reason = Message("is a client that is not registered.")
        if meant is None:
            return reason, Message("List it in clients.yml; under another key, with 'value'.")
        told = Message("It is spelled otherwise than {meant}, which is.", meant=shortened(meant))
        return Messages([reason, told]), Message(
            "If the file always calls it so, write `value: {value}` under that client in clients.yml; if it has both, "
            "correct the file, or say `accounts: NAME` of the source, and list both under the client's `accounts`.",
            value=json.dumps(value, ensure_ascii=False),
        )
    way_out = Message(
        "In clients.yml, list it under its client's 'accounts: {{{accounts}: [...]}}', or, if it is nobody's, under "
        "'ignored_accounts'.",
        accounts=source.accounts,
    )
    return Message("is an account of no client."), way_out


def _check_owner(engine: Engine, loaded: Loaded, file: LoadedFile, values: Sequence[str]) -> None:
    found = engine.first_of_another(loaded.source, file, values)
    if found is not None:
        number, value = found
        path, row = loaded.place(number)
        reason = Message("is not '{client}', whose file this is by its path.", client=file.client)
        way_out = Message("Move the row to its own client's file, or correct it.")
        raise SourceError(path, reason, row=row, column=loaded.source.client, value=value, way_out=way_out)


def _check_copies(loaded: Loaded) -> None:
    """Refuse two files with rows that are the same, byte for byte; only those of one size are read again.

    Two clients may have the same, such as zeros alone, where the source says so.
    """
    seen: dict[tuple[int, str], LoadedFile] = {}
    sizes = [file.path.stat().st_size for file in loaded.files]
    for file, size in zip(loaded.files, sizes, strict=True):
        if file.end > file.start and sizes.count(size) > 1:
            twin = seen.setdefault((size, _digest(file.path)), file)
            of_others = twin.client != file.client
            if twin is not file and not (of_others and loaded.source.same_rows):
                reason = Message("is the same as {file}, byte for byte.", file=_named(loaded.source, twin.path))
                hint = Message("If each client has just this, write 'same_rows: count' under the source.")
                way_out = Messages([Message("Remove one of the two."), hint if of_others else ""])
                raise SourceError(file.path, reason, way_out=way_out)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check_overlap(engine: Engine, loaded: Loaded) -> None:
    source = loaded.source
    found = None if source.kind == "events" else engine.first_overlap(loaded)
    if found is None:
        return
    one, other, client = found
    (first, first_row), (second, row) = loaded.place(one), loaded.place(other)
    reason = Message(
        "has a row of client '{client}' and of a {every} of which {file} has one, too, in row {row}.",
        client=client,
        every=source.every,
        file=_named(source, first),
        row=first_row,
    )
    way_out = Message(
        "In {kind} each {every} of a client stands in one file; remove it from one of the two.",
        kind=source.kind,
        every=source.every,
    )
    raise SourceError(second, reason, row=row, way_out=way_out)


def _check_repeated(engine: Engine, loaded: Loaded) -> None:
    """Of events: refuse a file that has all rows of a client's day which another one has; else they count twice."""
    source = loaded.source
    found = None if source.kind != "events" or source.same_rows else engine.first_repeated(loaded)
    if found is None:
        return
    one, other, client = found
    (first, first_row), (second, row) = loaded.place(one), loaded.place(other)
    reason = Message(
        "has the same rows of client '{client}' and a {every} as {file}, there from row {row} on, so that they would "
        "be counted twice.",
        client=client,
        every=source.every,
        file=_named(source, first),
        row=first_row,
    )
    way_out = Message(
        "If the exports overlap, remove the days from one of the two; if these are other events that look the same, "
        "write 'same_rows: count' under the source."
    )
    raise SourceError(second, reason, row=row, way_out=way_out)


def _named(source: Source, path: Path) -> str:
    return path.relative_to(source.root).as_posix()
