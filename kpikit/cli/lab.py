"""The command that starts JupyterLab in a workspace, with notebooks at hand."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import click

from kpikit.cli.shared import WORKSPACE, errors_as_exit_codes

NOTEBOOKS, WIDGETS, TOUR = "notebooks", "00_explore", "00_start_here"
TEMPLATES = ("01_goal_definition", "02_metric_analysis", "03_redesign", "portfolio")
QUIET = ("--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate")
"""JupyterLab asks no other host for news or newer versions, and no person whether it may."""
ENCRYPTED = "--KernelManager.transport_encryption=auto"
"""Other people of the machine cannot listen to what the page and the kernel say to each other."""
_NONE_YET = 'workspace = ""'
_TEXT = (
    "# Explore\n\nEach cell shows a view of this workspace to pick, type and move things in. `.value` of a view "
    "is what it shows, and `.code` the cell that shows it without the view."
)


@click.command(context_settings={"ignore_unknown_options": True})
@WORKSPACE
@click.option("--warm", is_flag=True, help="Kernels that have kpikit and pandas imported from the start (Linux).")
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
@errors_as_exit_codes
def lab(workspace: Path, warm: bool, options: tuple[str, ...]) -> None:
    """Start JupyterLab in a workspace, with notebooks at hand.

    OPTIONS are JupyterLab's own, such as --no-browser. With --warm all kernels of this Python but the first start in
    half a second, imports included. The notebooks of the reports, and one with the widgets, are put
    into the folder notebooks/ of the workspace, where they open this workspace; so are the tour and the notebooks for
    each task, which run on the sample workspaces. One that is there stays as it is. The tour is opened, unless OPTIONS
    say otherwise, and JupyterLab asks no other host for news or newer versions.
    """
    from kpikit.words.errors import UsageError
    from kpikit.words.language import language
    from kpikit.workspace import open

    opened = open(workspace)
    folder, say = opened.folder.resolve(), language(opened.language)
    if find_spec("jupyterlab") is None:
        raise UsageError("JupyterLab is not installed here. To install it: pip install jupyterlab")
    for file in laid_out(folder):
        click.echo(say("New: {file}", file=file.relative_to(folder)))
    if warm:
        from kpikit.render.provisioner import BY_DEFAULT, NAME

        os.environ[BY_DEFAULT] = NAME
    first = [f"--LabApp.default_url=/lab/tree/{NOTEBOOKS}/{TOUR}.ipynb", *QUIET, ENCRYPTED]
    own = [each for each in first if not any(option.startswith(f"{each.partition('=')[0]}=") for option in options)]
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder}", "--ip=127.0.0.1", *own, *options]
    if os.name == "posix":  # in this process' place, so that Ctrl+C and a signal to end reach JupyterLab itself
        sys.stdout.flush()
        os.execv(sys.executable, command)
    sys.exit(subprocess.run(command, check=False).returncode)


def laid_out(folder: Path) -> list[Path]:
    """The notebooks that were put into a workspace's folder: those that it did not have."""
    from kpikit.workspace.shipped import notebooks

    place, made = folder / NOTEBOOKS, []
    place.mkdir(exist_ok=True)
    for name in (WIDGETS, *TEMPLATES):
        target = place / f"{name}.ipynb"
        if not target.exists():
            notebook = _with_widgets() if name == WIDGETS else _about_this(name, folder)
            target.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
            made.append(target)
    for file in notebooks():
        target = place / file.name
        if not target.exists():
            shutil.copyfile(file, target)
            made.append(target)
    return made


def _about_this(name: str, folder: Path) -> dict[str, object]:
    """A template, the workspace's own where it has one, with the folder above it as its workspace."""
    from kpikit.render.job import tags
    from kpikit.workspace.shipped import template_path

    notebook: dict[str, object] = json.loads(template_path(name, folder).read_text(encoding="utf-8"))
    cells = notebook["cells"]
    assert isinstance(cells, list)
    for cell in cells:
        if "parameters" in tags(cell):
            cell["source"] = "".join(cell["source"]).replace(_NONE_YET, 'workspace = ".."', 1)
    return notebook


def _with_widgets() -> dict[str, object]:
    """A notebook with a cell for each widget that there is."""
    from kpikit.widgets.offered import offered

    names = list(offered())
    codes = [f"from kpikit.widgets import {', '.join(names)}", *(f'{name}("..")' for name in names)]
    cells: list[dict[str, object]] = [{"cell_type": "markdown", "id": "cell-0", "metadata": {}, "source": _TEXT}]
    new: dict[str, object] = {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": []}
    cells += [{**new, "id": f"cell-{at}", "source": code} for at, code in enumerate(codes, 1)]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
