"""Workspaces that several views share, so that each source is read and measured once while nothing has changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kpikit.sources.patterns import files_of
from kpikit.words.errors import SourceError
from kpikit.workspace.reports.reported import REPORTED
from kpikit.workspace.settings import PLANS
from kpikit.workspace.workspace import Workspace

State = dict[Path, tuple[int, int]]
"""When each file was written last, in nanoseconds, and its size."""

_OPENED: dict[Path, tuple[State, Workspace]] = {}


def shared(path: str | Path) -> Workspace:
    """The workspace in a folder as it was opened before; opened anew where a file that it reads has changed since."""
    folder = Path(path).resolve()
    state, known = _OPENED.get(folder, ({}, None))
    if known is None or _state(known) != state:
        known = Workspace(path)
        _OPENED[folder] = _state(known), known
    return known


def _state(workspace: Workspace) -> State:
    found = State()
    for file in _files(workspace):
        try:
            told = file.stat()
        except OSError:  # it is gone, and so not the same as before
            continue
        found[file] = told.st_mtime_ns, told.st_size
    return found


def _files(workspace: Workspace) -> Iterator[Path]:
    """The workspace's own files, plans and steps of its reports, and its sources; notes are read when asked for."""
    folder = workspace.folder
    if not folder.is_dir():  # whoever opens it is told
        return
    yield from (file for file in folder.iterdir() if file.is_file() and file.suffix != ".ipynb")
    for place in (PLANS, REPORTED):
        yield from (folder / place).glob("*/*.yml")
    for source in workspace.settings.model.sources.values():
        try:
            yield from (each.path for each in files_of(source, workspace.settings.model.clients))
        except SourceError:  # whoever measures is told
            continue
