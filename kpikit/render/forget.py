"""Forgetting a client: all that was rendered of it is removed; what people's files still hold of it is only named.

The report over all clients goes with it, since the client's figures are in it; index and manifest are written anew from
what is left. They come last: after a crash on the way the same command finds the rest.
"""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kpikit.render.batch import FORECASTS, PORTFOLIO
from kpikit.render.index import left_page, report_links
from kpikit.render.lock import only_run_in
from kpikit.render.manifest import write_manifest
from kpikit.render.names import folder_names, hashed
from kpikit.render.news import RUN, read_run, without
from kpikit.render.publish import publish
from kpikit.render.run import INDEX
from kpikit.render.work import WORKERS
from kpikit.sources.clients import unknown_client
from kpikit.words.errors import KpikitError, UsageError
from kpikit.words.language import language
from kpikit.workspace import Workspace, open
from kpikit.workspace.reports.rendered import MANIFEST, read_manifest
from kpikit.workspace.reports.traces import Trace, bad_rows_of, mentioned, names_of, traces

Jobs = list[dict[str, Any]]
"""The entries of a manifest, as JSON has them."""


@dataclass(frozen=True)
class Forgotten:
    """What was removed of a client (where ``done`` is False: would be), and what remains of it in people's files."""

    client: str
    done: bool
    removed: tuple[Path, ...]
    rewritten: tuple[Path, ...]
    remains: tuple[Trace, ...]


def forget(path: Path | str, client: str, out: Path | None = None, yes: bool = False) -> Forgotten:
    """Find all that was rendered of a client into ``out`` (the workspace's own by default); with ``yes``, remove it.

    A client that has left the register is still found by what was rendered of it. Raises `UsageError` for one of whom
    there is nothing; `RenderError`, with ``yes``, where a run is going on in the folder.
    """
    workspace = open(path)
    folder = (Path(path) / "out" if out is None else Path(out)).resolve()
    names = names_of(workspace.clients[client]) if client in workspace.clients else frozenset({client})
    remains = (*_rows(workspace, client), *traces(workspace.folder, client, names))
    with only_run_in(folder) if yes and folder.is_dir() else contextlib.nullcontext():
        jobs = read_manifest(folder)
        own = _own(folder, client, workspace, jobs)
        listed = any(job["client"] == client for job in jobs or ())
        if client not in workspace.clients and not own and not listed:
            raise UsageError(unknown_client(client, workspace.clients))
        shared = _shared(folder, jobs) if own or listed or jobs is None else []
        gone = (*own, *shared, *bad_rows_of(workspace.folder, names))
        left = jobs if own or listed else None
        if yes:
            _remove(folder, gone)
            _rewrite(folder, workspace, left, client, names)
    anew = () if left is None else tuple(folder / name for name in (INDEX, MANIFEST, RUN))
    return Forgotten(client, yes, gone, anew, remains)


def _rows(workspace: Workspace, client: str) -> list[Trace]:
    """What the sources hold of the client; or why that is not known."""
    if client not in workspace.clients:
        return [Trace("sources", None, "not looked through: clients.yml says no more how they call the client")]
    try:
        return [Trace(file, None, f"{rows:,} rows") for file, rows in workspace.data.rows_of(client).items()]
    except KpikitError as error:
        return [Trace("sources", None, f"not looked through: {error}")]


def _own(folder: Path, client: str, workspace: Workspace, jobs: Jobs | None) -> list[Path]:
    """The folders and files that are of the client alone."""
    names = folder_names([*workspace.clients, *({client} - set(workspace.clients))])
    others = {name for key, name in names.items() if key != client}
    folders = {folder / name for name in (names[client], hashed(client))}
    work = folder / ".work"
    kept = {each for each in work.glob("*") if each.name.partition(".")[0] == names[client]}
    listed = {folder / output["path"] for job in jobs or () if job["client"] == client for output in job["outputs"]}
    earlier = {
        file
        for notebook in folder.glob("*/*.ipynb")
        if notebook.parent.name not in others and _client_of(notebook) == client
        for file in (notebook, notebook.with_suffix(".html"))
    }
    found = folders | kept | listed | earlier
    return sorted(each for each in found if each.exists() and not found.intersection(each.parents))


def _client_of(notebook: Path) -> str | None:
    """The client for whom a notebook was run: before a key had its own folder, another may have shared it."""
    try:
        metadata = json.loads(notebook.read_text(encoding="utf-8"))["metadata"]
        return str(metadata["papermill"]["parameters"]["client"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _shared(folder: Path, jobs: Jobs | None) -> list[Path]:
    """What tells of all clients, and cannot be written anew without the data: the portfolio, and rests of broken runs.

    Without a manifest the index, too.
    """
    patterns = ["portfolio.*", FORECASTS, ".*.part", ".ipynb_checkpoints", f".work/{PORTFOLIO}.*", f".work/{WORKERS}"]
    patterns += [INDEX, MANIFEST, RUN] if jobs is None else []
    return sorted(each for pattern in patterns for each in folder.glob(pattern))


def _remove(folder: Path, gone: Iterable[Path]) -> None:
    for each in gone:
        if each.is_dir():
            shutil.rmtree(each)
        else:
            each.unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # there is none, or it holds jobs of others
        (folder / ".work").rmdir()


def _rewrite(folder: Path, workspace: Workspace, jobs: Jobs | None, client: str, names: Iterable[str]) -> None:
    """Index and manifest with the reports of the other clients; nothing where there was no manifest."""
    if jobs is None:
        return
    left = [_without(job, tuple(names)) for job in jobs if job["client"] not in (client, None)]
    say = language(workspace.settings.language)
    labels = {key: say.own(each.label) for key, each in workspace.clients.items()}
    page = left_page(say.own(workspace.settings.name), list(report_links(left, labels)), say)
    publish({folder / INDEX: page.encode("utf-8")})
    write_manifest(folder, left)
    publish({folder / RUN: json.dumps(without(read_run(folder), client), indent=1, ensure_ascii=False).encode("utf-8")})


def _without(job: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """The job; its reason left out where it names the client, as lists of clients do."""
    return {**job, "reason": ""} if mentioned(job["reason"] or "", names) else job
