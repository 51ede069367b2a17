"""Where the figures come from: each source's file with its hash, what it covers, and whom to thank for it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

from kpikit.sources.declarations import Source
from kpikit.words.periods import Window

FILE = "provenance.json"


@dataclass(frozen=True)
class Origin:
    """One source: its file in the workspace, the file's sha256 and size in bytes, and the days it covers."""

    source: str
    file: str
    sha256: str
    bytes: int
    covers: str
    attribution: str | None

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
    def of(folder: Path, sources: Mapping[str, Source]) -> Provenance:
        """Read the files of these sources and take their hashes."""
        return Provenance(tuple(_origin(folder, source) for source in sources.values()))

    @staticmethod
    def read(folder: Path) -> Provenance:
        """The provenance that `write` wrote into a folder."""
        return Provenance(tuple(Origin(**each) for each in json.loads((folder / FILE).read_text(encoding="utf-8"))))

    def write(self, folder: Path) -> None:
        """Write the provenance into a folder, for a slice that has no sources."""
        text = json.dumps([asdict(origin) for origin in self.origins], indent=1, ensure_ascii=False)
        (folder / FILE).write_text(text + "\n", encoding="utf-8")


def _origin(folder: Path, source: Source) -> Origin:
    digest, size = hashlib.sha256(), 0
    with source.file.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
            size += len(block)
    name = source.file.relative_to(folder.resolve()).as_posix()
    return Origin(source.name, name, digest.hexdigest(), size, str(source.covers), source.attribution)
