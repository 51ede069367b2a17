"""Where people's files speak of a client. They are never changed here: what is found is named by file and line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

from kpikit.sources.clients import Client
from kpikit.sources.quarantine import FOLDER
from kpikit.workspace.reports.reported import REPORTED
from kpikit.workspace.settings import CLIENTS, EVENTS, NOTES, PLANS, WORKSPACE

OWN = {PLANS: "plan", NOTES: "note", REPORTED: "report, as it was kept"}
"""The folders in which each client has one of its own, and what lies there."""


@dataclass(frozen=True)
class Trace:
    """A place that speaks of a client: a line of a file, or (without a line) ``what`` of the file as a whole."""

    file: str
    line: int | None
    what: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.what}" if self.line else f"{self.file}: {self.what}"


def names_of(client: Client) -> frozenset[str]:
    """All that a client is called in the workspace: its key, its labels, how the sources call it, its accounts."""
    labels = [client.label] if isinstance(client.label, str) else client.label.values()
    return frozenset({client.key, client.value, *labels, *chain.from_iterable(client.accounts.values())})


def mentioned(line: str, names: Collection[str]) -> str | None:
    """The first of the names that stands in a line as a word of its own; a short one only where it stands alone."""
    return next((name for name in sorted(names) if _pattern(name).search(line)), None)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """``a`` is a word of English, too: so short a key must be an entry of a list, a key or a value by itself."""
    word = re.escape(name)
    if len(name) > 3:
        return re.compile(rf"(?<!\w){word}(?!\w)", re.IGNORECASE)
    return re.compile(rf"""(?:^|[-\[{{,;:"'])\s*{word}\s*(?:$|[]}},;:"'#])""")


def traces(folder: Path, key: str, names: Collection[str]) -> list[Trace]:
    """Each line of the declarations, plans, events and notes that names the client, and its own files."""
    found = []
    for file in _files(folder):
        name = file.relative_to(folder).as_posix()
        if file.parent.name == key and file.parent.parent.name in OWN:
            found.append(Trace(name, None, f"the client's own {OWN[file.parent.parent.name]}"))
        else:
            found += [Trace(name, line, f"names '{said}'") for line, said in _lines(file, names)]
    return found


def bad_rows_of(folder: Path, names: Collection[str]) -> list[Path]:
    """The files with rows that could not be read, where one of them names the client. Reading writes them anew."""
    return [file for file in sorted((folder / FOLDER).glob("*.csv")) if _lines(file, names)]


def _files(folder: Path) -> Iterator[Path]:
    yield from (folder / name for name in (WORKSPACE, CLIENTS, EVENTS) if (folder / name).is_file())
    for place in OWN:
        yield from sorted(file for file in (folder / place).rglob("*.*") if file.suffix in (".yml", ".json"))


def _lines(file: Path, names: Collection[str]) -> list[tuple[int, str]]:
    """The numbers of the lines on which a name stands, comments too, and the name."""
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    found = ((number, mentioned(line, names)) for number, line in enumerate(lines, 1))
    return [(number, name) for number, name in found if name]
