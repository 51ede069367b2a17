"""A job: one template for one client and period. Preparing it fills a folder with all that the notebook may see."""

from __future__ import annotations

import ast
import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kpikit.render.letterhead import Letterhead
from kpikit.render.limits import Limits
from kpikit.render.translate import translated_notebook
from kpikit.words.errors import RenderError
from kpikit.words.language import language
from kpikit.words.message import Message
from kpikit.workspace.settings import NOTES
from kpikit.workspace.shipped import is_shipped

if TYPE_CHECKING:
    from kpikit.workspace import Workspace

TEMPLATE, EXECUTED = "template.ipynb", "executed.ipynb"
"""Files of a job's folder: the cleaned template, and the notebook that ran."""

CELLS = ("code", "markdown", "raw")
"""The kinds of cells that there are."""

Order = dict[str, Any]
"""A job as JSON, for workers: ``folder``, ``parameters`` of its notebook, ``title``, ``language``, ``formats``,
``letterhead``, ``limits``, ``back``; ``ran`` where its executed notebook is there already."""


def output(folder: Path, format: str) -> Path:
    """The file of a job's folder that holds what a worker made in a format."""
    return folder / f"report.{format}"


@dataclass(frozen=True)
class Job:
    """One report to make. ``client`` is None for the portfolio; ``name`` is a safe file name, unique in its run.
    ``audience`` is whom it is for, None for what the template says.

    ``formats`` are names in `kpikit.render.formats`; ``back`` leads from its published files to the workspace
    (`kpikit.render.way_back`); ``figures`` stands for the figures that it shows.
    """

    template: Path
    client: str | None
    period: str
    as_of: str
    language: str
    folder: Path
    name: str
    title: str
    formats: tuple[str, ...] = ("html",)
    letterhead: Letterhead = Letterhead()  # noqa: RUF009 (it cannot be changed)
    limits: Limits = Limits()  # noqa: RUF009 (it is frozen)
    audience: str | None = None
    figures: str | None = None
    back: str = "."

    @property
    def order(self) -> Order:
        """What a worker is told of the job."""
        return {
            "folder": str(self.folder),
            "parameters": self.parameters,
            "title": self.title,
            "language": self.language,
            "formats": sorted(self.formats),
            "letterhead": list(self.letterhead),
            "limits": asdict(self.limits),
            "back": self.back,
        }

    @property
    def parameters(self) -> dict[str, str]:
        """What is handed to the notebook: plain text only."""
        given = {"workspace": ".", "period": self.period, "as_of": self.as_of, "language": self.language}
        given |= {"audience": self.audience} if self.audience else {}
        return given if self.client is None else {**given, "client": self.client}


def prepare(job: Job, workspace: Workspace, clients: Sequence[str]) -> None:
    """Fill the job's folder afresh: the cleaned template in the job's language, and the data of ``clients`` alone.

    Our own portfolio shows no notes and gets none, so that a note on one client does not make it anew.
    Raises `RenderError` for a template that cannot be run with the job's parameters.
    """
    notebook = read_notebook(job.template)
    check_cells(job.template, notebook)
    notebook = cleaned(notebook)
    check_parameters(job.template, notebook, job.parameters)
    shutil.rmtree(job.folder, ignore_errors=True)
    job.folder.mkdir(mode=0o700, parents=True)
    workspace.save_slice(job.folder, clients, job.period, job.as_of)
    if job.client is None and is_shipped(job.template):
        shutil.rmtree(job.folder / NOTES, ignore_errors=True)
    said = translated_notebook(notebook, language(job.language))
    (job.folder / TEMPLATE).write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")


def read_notebook(path: Path) -> dict[str, Any]:
    """A notebook file as JSON has it; a `RenderError` for anything else than notebook format 4."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RenderError("{path}: cannot be read as a notebook: {error}.", path=path, error=error) from error
    if not isinstance(notebook, dict) or notebook.get("nbformat") != 4 or not isinstance(notebook.get("cells"), list):
        raise RenderError("{path}: is not a notebook of format 4. Save it once with JupyterLab.", path=path)
    return notebook


def check_cells(template: Path, notebook: dict[str, Any]) -> None:
    """Raise a `RenderError` for a template in another language than Python, or with a cell that is none."""
    metadata = _mapping(notebook, "metadata")
    kernel, info = _mapping(metadata, "kernelspec"), _mapping(metadata, "language_info")
    named = str(kernel.get("language") or info.get("name") or "python")
    if named.lower() != "python":
        raise RenderError("{path}: is written in {named}, and reports run in Python.", path=template, named=named)
    for number, cell in enumerate(notebook["cells"], 1):
        if not isinstance(cell, dict) or cell.get("cell_type") not in CELLS or not _is_text(cell.get("source")):
            raise RenderError(
                "{path}: cell {number} is none of {kinds} with a text. Save it once with JupyterLab.",
                path=template,
                number=number,
                kinds=", ".join(CELLS),
            )


def _is_text(source: object) -> bool:
    return isinstance(source, str) or (isinstance(source, list) and all(isinstance(line, str) for line in source))


def cleaned(notebook: dict[str, Any]) -> dict[str, Any]:
    """The notebook without what an earlier run left in it: outputs, counts, widgets, papermill's marks and cells."""
    cells = [_cleaned_cell(cell) for cell in notebook["cells"] if "injected-parameters" not in tags(cell)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {**notebook, "cells": cells, "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}}}


def _cleaned_cell(cell: dict[str, Any]) -> dict[str, Any]:
    cell = {**cell, "metadata": {"tags": tags(cell)}}
    return {**cell, "outputs": [], "execution_count": None} if cell["cell_type"] == "code" else cell


def tags(cell: dict[str, Any]) -> list[str]:
    """The tags of a cell, none where it has none."""
    found = _mapping(cell, "metadata").get("tags")
    return [tag for tag in found if isinstance(tag, str)] if isinstance(found, list) else []


def _mapping(holder: dict[str, Any], key: str) -> dict[str, Any]:
    """What a notebook holds under a key; nothing where it holds null, as some programs write, or no mapping."""
    found = holder.get(key)
    return found if isinstance(found, dict) else {}


def source(cell: dict[str, Any]) -> str:
    """The text of a cell, which JSON may hold as lines."""
    return "".join(cell["source"])


def check_parameters(template: Path, notebook: dict[str, Any], parameters: dict[str, str]) -> None:
    """Raise a `RenderError` unless the template's one parameters cell assigns every name, and all values are plain."""
    marked = [cell for cell in notebook["cells"] if "parameters" in tags(cell) and cell["cell_type"] == "code"]
    if len(marked) != 1:
        raise RenderError(
            "{path}: {number} code cells are tagged 'parameters', must be exactly 1.", path=template, number=len(marked)
        )
    known = _assigned(template, source(marked[0]))
    for name, value in parameters.items():
        if name not in known:
            raise RenderError(
                "{path}: parameter '{name}' is not assigned in its parameters cell, which has {known}.",
                path=template,
                name=name,
                known=", ".join(known) or Message("none"),
            )
        if not isinstance(value, str) or not value.isprintable():
            raise RenderError(
                "{path}: parameter '{name}' == {value}, must be plain text on one line.",
                path=template,
                name=name,
                value=repr(value),
            )


def _assigned(template: Path, code: str) -> list[str]:
    try:
        statements = ast.parse(code).body
    except SyntaxError as error:
        raise RenderError("{path}: its parameters cell is not Python: {error}.", path=template, error=error) from error
    targets = [target for each in statements if isinstance(each, ast.Assign) for target in each.targets]
    targets += [each.target for each in statements if isinstance(each, ast.AnnAssign)]
    return [target.id for target in targets if isinstance(target, ast.Name)]
