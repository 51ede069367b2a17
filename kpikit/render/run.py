"""What a run has made: one entry for each job, and the manifest that keeps them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kpikit.render.publish import Published, publish
from kpikit.render.shell import kpikit_version

INDEX, MANIFEST = "index.html", "manifest.json"
"""What a run writes beside its reports."""


@dataclass(frozen=True)
class Entry:
    """How one job went. ``client`` is None for the portfolio; ``reason`` says why it failed, None where it did not.

    ``kept`` is the folder of a failed job, left for a look until the next run. ``seconds`` is the time from the job's
    start to its published files.
    """

    client: str | None
    label: str
    period: str | None
    as_of: str | None
    template: str
    language: str | None = None
    seconds: float = 0.0
    outputs: tuple[Published, ...] = ()
    reason: str | None = None
    kept: Path | None = None

    @property
    def state(self) -> str:
        """``ok`` or ``failed``."""
        return "ok" if self.reason is None else "failed"

    @property
    def page(self) -> Path | None:
        """The published HTML file, or None."""
        return next((each.path for each in self.outputs if each.path.suffix == ".html"), None)


@dataclass(frozen=True)
class Run:
    """A finished run: where its files are, and how each job went.

    ``lacking``: the formats that were asked for and cannot be made here, each with the command that changes it.
    """

    out: Path
    entries: tuple[Entry, ...]
    lacking: Mapping[str, str] = field(default_factory=dict)

    @property
    def failed(self) -> tuple[Entry, ...]:
        """The entries that failed; empty where all went well."""
        return tuple(entry for entry in self.entries if entry.reason is not None)

    @property
    def kept(self) -> tuple[Path, ...]:
        """The folders of failed jobs, which stay until the next run."""
        return tuple(entry.kept for entry in self.entries if entry.kept is not None)

    @property
    def index(self) -> Path:
        """The page over all clients of the run."""
        return self.out / INDEX


def save_manifest(out: Path, entries: Sequence[Entry]) -> None:
    """Publish ``manifest.json`` in the folder: schema 1, one object for each job, paths relative to the folder."""
    publish({out / MANIFEST: manifest_bytes([_as_json(entry, out) for entry in entries])})


def manifest_bytes(jobs: Sequence[dict[str, object]]) -> bytes:
    """The content of a manifest with these jobs."""
    document = {"schema": 1, "kpikit": kpikit_version(), "jobs": jobs}
    return json.dumps(document, indent=1, ensure_ascii=False).encode("utf-8")


def _as_json(entry: Entry, out: Path) -> dict[str, object]:
    outputs = [
        {"path": each.path.relative_to(out).as_posix(), "sha256": each.sha256, "bytes": each.bytes}
        for each in entry.outputs
    ]
    return {
        "client": entry.client,
        "period": entry.period,
        "as_of": entry.as_of,
        "language": entry.language,
        "template": entry.template,
        "state": entry.state,
        "seconds": round(entry.seconds, 3),
        "outputs": outputs,
        "reason": entry.reason,
    }
