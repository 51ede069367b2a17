"""Where the figures come from: each source's files with their hashes, what it covers, and whom to thank for it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from kpikit.words.periods import Window
from kpikit.workspace.data.gaps import Gap
from kpikit.workspace.data.left_out import BadRows
from kpikit.workspace.data.without_value import Blank

FILE = "provenance.json"


@dataclass(frozen=True)
class OriginFile:
    """A file: its path in the workspace, its sha256, its size in bytes, and the clients that it has rows of.

    Only those clients are named that the provenance is about; a source that is one file is of all of them.
    """

    file: str
    sha256: str
    bytes: int
    clients: tuple[str, ...]


@dataclass(frozen=True)
class Origin:
    """One source: the files with rows of the clients that it is about, and the days it covers.

    ``left_out`` are the rows that are left out, of these clients and of those that can't be told. ``without_rows`` are
    the clients of whom a source of events has not one row, ``gaps`` the days without rows in all other sources.
    ``ended`` is the last day with rows of those whose rows of events end too early: see `delivered`.
    ``without_value`` are the rows of events that add nothing to a sum.
    """

    source: str
    files: tuple[OriginFile, ...]
    covers: str
    attribution: str | None
    left_out: tuple[BadRows, ...] = ()
    without_rows: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()
    ended: Mapping[str, str] = field(default_factory=dict)
    without_value: tuple[Blank, ...] = ()

    def has(self, client: str) -> bool:
        """False where the source has no file or account of the client, so that its figures are missing."""
        return any(client in file.clients for file in self.files)

    def has_rows(self, client: str) -> bool:
        """False where the source has nothing of the client, or, of a source of events, not one row."""
        return self.has(client) and client not in self.without_rows

    @property
    def window(self) -> Window:
        """The days that the source covers."""
        first, _, last = self.covers.partition("..")
        return Window(date.fromisoformat(first), date.fromisoformat(last) + timedelta(days=1))


@dataclass(frozen=True)
class Provenance:
    """The origins of all sources of a workspace."""

    origins: tuple[Origin, ...]

    @staticmethod
    def read(folder: Path) -> Provenance:
        """The provenance that `write` wrote into a folder."""
        found = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return Provenance(tuple(_origin(each) for each in found))

    @property
    def left_out(self) -> dict[str, tuple[BadRows, ...]]:
        """The rows that are left out, by source."""
        return {origin.source: origin.left_out for origin in self.origins}

    @property
    def without_rows(self) -> dict[str, tuple[str, ...]]:
        """The clients of whom there is not one row, by source of events."""
        return {origin.source: origin.without_rows for origin in self.origins}

    @property
    def gaps(self) -> dict[str, tuple[Gap, ...]]:
        """The days without rows, by source in which no row means that nothing was measured."""
        return {origin.source: origin.gaps for origin in self.origins}

    @property
    def ended(self) -> dict[str, dict[str, date]]:
        """The last day with rows of clients whose rows end too early, by source."""
        return {
            origin.source: {key: date.fromisoformat(day) for key, day in origin.ended.items()}
            for origin in self.origins
        }

    @property
    def without_value(self) -> dict[str, tuple[Blank, ...]]:
        """The rows of events that add nothing to a sum, by source."""
        return {origin.source: origin.without_value for origin in self.origins}

    def of(self, client: str, used: Collection[str]) -> Provenance:
        """The origins with rows of the client, and those of the sources that are ``used``."""
        return Provenance(tuple(each for each in self.origins if each.source in used or each.has_rows(client)))

    def write(self, folder: Path) -> None:
        """Write the provenance into a folder, for a slice that has no sources."""
        text = json.dumps([asdict(origin) for origin in self.origins], indent=1, ensure_ascii=False)
        (folder / FILE).write_text(text + "\n", encoding="utf-8")


def origin_file(folder: Path, path: Path, clients: tuple[str, ...]) -> OriginFile:
    """A file of the workspace in the folder, read to take its hash, with rows of these clients."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
            size += len(block)
    return OriginFile(path.relative_to(folder.resolve()).as_posix(), digest.hexdigest(), size, clients)


def _blank(client: str, metric: str, days: Mapping[str, list[int]]) -> Blank:
    return Blank(client, metric, {day: (rows, without) for day, (rows, without) in days.items()})


def _origin(written: dict[str, Any]) -> Origin:
    files = (OriginFile(**{**each, "clients": tuple(each["clients"])}) for each in written["files"])
    left_out = (BadRows(**each) for each in written["left_out"])
    gaps = (Gap(**each) for each in written["gaps"])
    without_rows = tuple(written["without_rows"])
    blank = tuple(_blank(**each) for each in written["without_value"])
    lists = {"files": tuple(files), "left_out": tuple(left_out), "without_rows": without_rows, "gaps": tuple(gaps)}
    return Origin(**{**written, **lists, "without_value": blank})
