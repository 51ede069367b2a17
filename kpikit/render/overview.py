"""What a run says about all its reports: the index, and ``run.json``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kpikit.evaluation.facts import Evaluation
from kpikit.render.index import index_page, report_links
from kpikit.render.letterhead import Letterhead
from kpikit.render.news import Change, Record, changes, kept, record, write_run
from kpikit.render.publish import publish
from kpikit.render.run import INDEX, Entry
from kpikit.render.svg import with_shared_drawings
from kpikit.words.language import Language
from kpikit.workspace import Workspace
from kpikit.workspace.reports.rendered import Line, identity


def in_order(entries: Iterable[Entry], clients: Iterable[str], templates: Sequence[str]) -> list[Entry]:
    """By client as in the register (the portfolio last), the latest period first, and template as asked for."""
    places = {key: at for at, key in enumerate(clients)}
    kinds = {name: at for at, name in enumerate(templates)}
    found = sorted(entries, key=lambda entry: kinds.get(entry.template, len(kinds)))
    found.sort(key=lambda entry: entry.period or "", reverse=True)
    return sorted(found, key=lambda entry: places.get(entry.client or "", len(places)))


@dataclass(frozen=True)
class Overview:
    """The entries of a run, in their order, with each client's latest evaluation; ``before``: those of earlier runs."""

    out: Path
    workspace: Workspace
    entries: Sequence[Entry]
    latest: Mapping[str, Evaluation]
    say: Language
    begun: datetime
    before: Sequence[Line] = ()

    def write(self, last: Mapping[str, Record], letterhead: Letterhead) -> list[Change]:
        """Publish index and ``run.json``; what changed since the ``last`` run, by client."""
        failed = {entry.client for entry in self.entries if entry.reason is not None}
        clients = dict.fromkeys(entry.client for entry in self.entries if entry.client is not None)
        now = {key: record(self.latest.get(key), key in failed) for key in clients}
        found = list(changes(last, now))
        settings = self.workspace.settings
        name, labels = self.say.own(settings.name), settings.labels(self.say)
        links = list(report_links(self._others(), self._names()))
        page = index_page(name, self.out, self.entries, self.latest, labels, self.say, found, links)
        publish({self.out / INDEX: with_shared_drawings(letterhead.on(page)).encode("utf-8")})
        stand = {key: kept(last.get(key), each) for key, each in now.items()}
        write_run(self.out, self._about(), {**last, **stand}, found)
        return found

    def _others(self) -> list[Line]:
        """Reports of earlier runs: of clients that this one was not about, or of its own periods in another way."""
        done = {identity(entry.line(self.out)) for entry in self.entries}
        clients, periods = ({getattr(entry, name) for entry in self.entries} for name in ("client", "period"))
        left = [line for line in self.before if identity(line) not in done]
        near = [line for line in left if line["client"] not in clients or line["period"] in periods]
        return [line for line in near if any((self.out / each["path"]).exists() for each in line["outputs"])]

    def _names(self) -> dict[str, str]:
        names = {key: self.say.own(each.label) for key, each in self.workspace.clients.items()}
        return names | {str(None): self.say("All clients")}

    def _about(self) -> dict[str, object]:
        good = [entry for entry in self.entries if entry.reason is None]
        return {
            "begun": self.begun.isoformat(timespec="seconds"),
            "seconds": round((datetime.now(UTC) - self.begun).total_seconds(), 1),
            "rendered": sum(entry.fresh for entry in good),
            "executed": sum(entry.executed for entry in good),
            "unchanged": sum(not entry.fresh for entry in good),
            "failed": len(self.entries) - len(good),
        }
