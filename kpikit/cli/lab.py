"""The command that starts JupyterLab in a workspace, with the notebooks at hand."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import click

from kpikit.cli.shared import WORKSPACE, errors_as_exit_codes

NOTEBOOKS = "notebooks"


@click.command()
@WORKSPACE
@click.option("--port", type=click.IntRange(1, 65535), help="Where it listens, on this machine alone.")
@click.option("--no-browser", is_flag=True, help="Say the address, and open no browser.")
@errors_as_exit_codes
def lab(workspace: Path, port: int | None, no_browser: bool) -> None:
    """Start JupyterLab in a workspace, with the report's notebooks at hand.

    They are copied into the folder notebooks/ of the workspace, with this workspace in their cell of parameters; one that
    is there already stays as it is.
    """
    from kpikit.words.errors import UsageError
    from kpikit.workspace import open

    folder = open(workspace).folder.resolve()
    if find_spec("jupyterlab") is None:
        raise UsageError(f"JupyterLab is not installed here. To install it: {sys.executable} -m pip install jupyterlab")
    for file in laid_out(folder):
        click.echo(f"New: {file.relative_to(folder)}")
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder}", "--ip=127.0.0.1"]
    command += [f"--port={port}", "--ServerApp.port_retries=0"] if port else []
    command += ["--no-browser"] if no_browser else []
    sys.exit(subprocess.run(command, env=os.environ.copy(), check=False).returncode)


def laid_out(folder: Path) -> list[Path]:
    """The notebooks that were put into a workspace's folder: those that it did not have."""
    from kpikit.workspace.shipped import template_path

    place, made = folder / NOTEBOOKS, []
    place.mkdir(exist_ok=True)
    for name in ("01_goal_definition", "02_metric_analysis", "03_redesign", "portfolio"):
        target = place / f"{name}.ipynb"
        if not target.exists():
            shutil.copyfile(template_path(name), target)
            made.append(target)
    return made
