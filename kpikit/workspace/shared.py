"""Workspaces that several views share, so that each source is read and measured once while nothing has changed."""

from __future__ import annotations

from collections.abc import Iterator
from os import PathLike
from pathlib import Path

from kpikit.sources.patterns import files_of
from kpikit.sources.stamps import Stamps, stamps
from kpikit.words.errors import SourceError
from kpikit.workspace.reports.reported import REPORTED
from kpikit.workspace.settings import PLANS
from kpikit.workspace.workspace import Workspace

_OPENED: dict[Path, tuple[Stamps, Workspace]] = {}


def shared(path: str | PathLike[str]) -> Workspace:
    """The workspace in a folder as it was opened before; opened anew where a file that it reads has changed since."""
    folder = Path(path).resolve()
    before, known = _OPENED.get(folder, ({}, None))
    if known is None or stamps(_files(known)) != before:
        known = Workspace(path)
        _OPENED[folder] = stamps(_files(known)), known
    return known


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
