"""kpikit: KPI reports from a workspace of sources, clients and plans, told by notebooks.

    import kpikit

    review = kpikit.open(kpikit.samples() / "hospitals").client("RF4").evaluate("2019-03")
    review.scorecard()

What stands here is all that most people need; `open` gives a `kpikit.workspace.workspace.Workspace`, and everything
else is reached from it. Importing kpikit loads none of the heavy packages; they come when they are needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from kpikit.words.errors import KpikitError

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from kpikit.render.run import Run
    from kpikit.widgets.view import View
    from kpikit.workspace import Workspace
    from kpikit.workspace.check import Check
    from kpikit.workspace.client import ClientView

__all__ = ["KpikitError", "check", "interactive", "new", "open", "report", "samples"]


def check(
    path: str | PathLike[str], period: str | None = None, as_of: str | None = None, language: str | None = None
) -> Check:
    """What is wrong in the workspace of a folder, and what is worth a look; also where it cannot be opened.

    Plans are held against ``period`` (default: the last complete one), the age of sources against the day ``as_of``.

    >>> import kpikit, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     kpikit.check(kpikit.new(folder).folder).errors
    []
    """
    from kpikit.workspace.check import check

    return check(path, period, as_of, language)


def interactive(name: str, client: ClientView, period: str | None = None, language: str | None = None) -> View | None:
    """A widget about a client, where a person runs the cell in JupyterLab; None where a program makes a report.

    So the same notebook is worked with and sent. ``name`` is one of `kpikit.widgets`, ``period`` and ``language`` are
    for the widgets that take them. A `kpikit.words.errors.UsageError` names the widgets that there are.

    >>> import kpikit
    >>> kpikit.interactive("Explorer", kpikit.open(kpikit.samples() / "shop").client("norway"))  # no notebook
    """
    from kpikit.workspace.front_end import a_person_runs_it

    if not a_person_runs_it():
        return None
    from kpikit.widgets.offered import make

    return make(name, client.workspace.folder, client=client.key, period=period, language=language)


def new(path: str | Path, language: str = "en") -> Workspace:
    """A first workspace, made in a folder that is empty or not there yet, and opened.

    Its files explain themselves in ``language`` ("en", "da", "nb"); its sales are made up. A
    `kpikit.words.errors.UsageError` refuses a folder that is not empty, and nothing is written then.

    >>> import kpikit, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     kpikit.new(folder, "da").client("norrebro")
    norrebro: Nørrebro Kaffe
    """
    from kpikit.workspace.new import new

    return open(new(path, language))


def open(path: str | PathLike[str]) -> Workspace:
    """The workspace in a folder: its clients, their plans, and what can be measured of them.

    Raises `kpikit.words.errors.SettingError`, with file, line and key, for files that do not say what they must.

    >>> import kpikit
    >>> kpikit.open(kpikit.samples() / "shop")
    Gift-ware web shop: 43 clients, 2009-12-01..2011-12-09
    """
    from kpikit.workspace import Workspace

    return Workspace(path)


def report(
    path: str | PathLike[str],
    clients: Sequence[str] | None = None,
    periods: Sequence[str] = (),
    *,
    as_of: str | None = None,
    language: str | None = None,
    templates: Sequence[str] = (),
    out: str | Path | None = None,
    workers: int | None = None,
    force: bool = False,
    audience: str | None = None,
    executor: Executor | str | None = None,
) -> Run:
    """Render a report for each client (default: all) and period (default: the last complete one), and an index.

    ``templates`` are names (default: the review), ``language`` is each client's own by default, ``out`` the folder
    ``out`` in the workspace. A report that fails is an entry of the run and stops no other; one that would come out as
    it is already is left, unless ``force`` is set. ``audience`` is "team" (the default), "management" (one page) or
    "partner" (the progress alone), from the same figures. ``executor`` makes the reports elsewhere: one of
    `concurrent.futures`, or the address of a Dask cluster, as ``dask://HOST:PORT``; ``out`` may be storage, as
    ``s3://BUCKET/REPORTS``.

    >>> import kpikit, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     run = kpikit.report(kpikit.new(folder).folder, ["aarhus"])
    ...     [entry.page.relative_to(run.out).as_posix() for entry in run.entries]
    ['aarhus/2026-02.en.html', 'portfolio.html']
    """
    from kpikit.render.batch import render
    from kpikit.workspace.reports.rendered import REPORT

    which, names = (path, clients, periods, as_of, language, out, workers), templates or (REPORT,)
    return render(*which, templates=names, force=force, audience=audience, executor=executor)


def samples() -> Path:
    """The folder with the sample workspaces: ``agency``, ``hospitals``, ``publisher`` and ``shop``.

    >>> import kpikit
    >>> (kpikit.samples() / "hospitals" / "workspace.yml").is_file()
    True
    """
    from kpikit.workspace import samples

    return samples()
