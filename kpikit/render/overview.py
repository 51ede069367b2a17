"""What a run says about all its reports: the index, and ``run.json``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kpikit.evaluation.facts import Evaluation
from kpikit.render.index import index_page
from kpikit.render.letterhead import Letterhead
from kpikit.render.news import Change, Record, changes, record, write_run
from kpikit.render.publish import publish
from kpikit.render.run import INDEX, Entry
from kpikit.render.svg import with_shared_drawings
from kpikit.words.language import Language
from kpikit.workspace import Workspace


def in_order(entries: Iterable[Entry], clients: Iterable[str], templates: Sequence[str]) -> list[Entry]:
    """By client as in the register (the portfolio last), the latest period first, and template as asked for."""
    places = {key: at for at, key in enumerate(clients)}
    kinds = {name: at for at, name in enumerate(templates)}
    found = sorted(entries, key=lambda entry: kinds.get(entry.template, len(kinds)))
    found.sort(key=lambda entry: entry.period or "", reverse=True)
    return sorted(found, key=lambda entry: places.get(entry.client or "", len(places)))


@dataclass(frozen=True)
class Overview:
    """The entries of a run, in their order, with each client's latest evaluation."""

    out: Path
    workspace: Workspace
    entries: Sequence[Entry]
    latest: Mapping[str, Evaluation]
    say: Language
    begun: datetime

    def write(self, last: Mapping[str, Record], letterhead: Letterhead) -> list[Change]:
        """Publish index and ``run.json``; what changed since the ``last`` run, by client."""
        failed = {entry.client for entry in self.entries if entry.reason is not None}
        clients = dict.fromkeys(entry.client for entry in self.entries if entry.client is not None)
        now = {key: record(self.latest.get(key), key in failed) for key in clients}
        found = list(changes(last, now))
        settings = self.workspace.settings
        name, labels = self.say.own(settings.name), settings.labels(self.say)
        page = index_page(name, self.out, self.entries, self.latest, labels, self.say, found)
        publish({self.out / INDEX: with_shared_drawings(letterhead.on(page)).encode("utf-8")})
        write_run(self.out, self._about(), {**last, **now}, found)
        return found

    def _about(self) -> dict[str, object]:
        good = [entry for entry in self.entries if entry.reason is None]
        return {
            "begun": self.begun.isoformat(timespec="seconds"),
            "seconds": round((datetime.now(UTC) - self.begun).total_seconds(), 1),
            "rendered": sum(entry.fresh for entry in good),
            "unchanged": sum(not entry.fresh for entry in good),
            "failed": len(self.entries) - len(good),
        }
