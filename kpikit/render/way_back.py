"""The way from a published notebook to the workspace that it was rendered from, so that it can be run again."""

from __future__ import annotations

import json
import os
from pathlib import Path

from kpikit.render.job import read_notebook, source, tags

HERE = "."
"""The workspace of a notebook while it is rendered: the folder that it runs in."""


def way_back(place: Path, workspace: Path) -> str:
    """The workspace as it is seen from the folder of a published notebook: "../..".

    It is written where the reports lie in the workspace or beside it. From elsewhere the way would tell readers the
    folders of this machine, so that it is left to whoever runs the notebook.
    """
    place, workspace = place.resolve(), workspace.resolve()
    beside = workspace.parent
    known = place.is_relative_to(workspace) or (place.is_relative_to(beside) and beside != beside.parent)
    return Path(os.path.relpath(workspace, place)).as_posix() if known else HERE


def lead_back(file: Path, back: str) -> None:
    """Write the way back into an executed notebook, where its parameters were put in."""
    notebook = read_notebook(file)
    for cell in notebook["cells"]:
        if "injected-parameters" in tags(cell):
            cell["source"] = source(cell).replace(_assigned(HERE), _assigned(back), 1)
    given = notebook.get("metadata", {}).get("papermill", {}).get("parameters", {})
    if "workspace" in given:
        given["workspace"] = back
    file.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _assigned(workspace: str) -> str:
    return f"\nworkspace = {json.dumps(workspace, ensure_ascii=False)}\n"
