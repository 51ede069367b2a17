"""What is known of the clients' customers, made once for each client and day; or read from a slice of a workspace."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kpikit.evaluation.customers.analysis import CustomerBase, analyse
from kpikit.evaluation.customers.document import document, read
from kpikit.metrics.coverage import known_on
from kpikit.metrics.histories import entity_tables
from kpikit.words.errors import RequestError
from kpikit.words.message import Message
from kpikit.words.texts import N_
from kpikit.workspace.data.seen import seen_from

if TYPE_CHECKING:
    from kpikit.workspace.workspace import Workspace

FILE = "customers.json"
"""Where a slice has the facts about the customers of its client, and the day before which they are known."""


class Bases:
    """The facts about customers of a workspace's clients: of the first declared entity that a client has any of."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._known: dict[tuple[str, date], CustomerBase | None] = {}

    def of(self, clients: Sequence[str], period: str | None, as_of: str | None) -> dict[str, CustomerBase | None]:
        """The facts at the end of a period, or on the day it is seen from, where that is earlier; None without any."""
        if not self.workspace.settings.model.entities:
            return dict.fromkeys(clients)
        ends = {client: self._end(client, period, as_of) for client in clients}
        if self.workspace.is_slice:
            return {client: self._read(client, end) for client, end in ends.items()}
        missing = {client: end for client, end in ends.items() if (client, end) not in self._known}
        for end in sorted(set(missing.values())):
            self._make([client for client, own in missing.items() if own == end], end)
        return {client: self._known[client, end] for client, end in ends.items()}

    def save(self, folder: Path, client: str, period: str | None, as_of: str | None) -> None:
        """Write a client's facts into the folder of a slice; no file where the workspace declares no entity."""
        base = self.of([client], period, as_of)[client]
        until = str(self._end(client, period, as_of))
        written = {"client": client, "until": until, "base": document(base) if base else None}
        (folder / FILE).unlink(missing_ok=True)
        if self.workspace.settings.model.entities:
            (folder / FILE).write_text(json.dumps(written, ensure_ascii=False), encoding="utf-8")

    def _end(self, client: str, period: str | None, as_of: str | None) -> date:
        """The first day that is not known any more."""
        found, day = self.workspace.period(client, period, as_of)
        return min(found.end, day + timedelta(days=1))

    def _make(self, clients: list[str], end: date) -> None:
        workspace, day = self.workspace, end - timedelta(days=1)
        model = replace(workspace.settings.model, supplied=workspace.data.supplied)
        begun = {name: source for name, source in model.sources.items() if known_on(source, day)}
        model = seen_from(replace(model, sources=begun), day)
        self._known |= {(client, end): None for client in clients}
        for entity in model.entities.values():
            if entity.source not in begun:
                continue
            tables = entity_tables(workspace.engine, model, entity, end, clients)
            for client, own in tables.items():
                self._known[client, end] = analyse(client, entity, own, model.smallest_group)
            clients = [client for client in clients if client not in tables]

    def _read(self, client: str, end: date) -> CustomerBase | None:
        file = self.workspace.folder / FILE
        found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
        if (found.get("client"), found.get("until")) != (client, str(end)):
            told = N_("the customers of client '{client}' before {end} are not known here. Open the whole workspace, "
                      "or ask for the client and period that this slice of it is about.")  # fmt: skip
            raise RequestError(Message(told, client=client, end=end))
        return read(found["base"]) if found["base"] else None
