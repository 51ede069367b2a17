"""The one seam to papermill: a prepared job folder goes in, an executed notebook comes out, or an error says why not.

papermill takes some broken runs for good ones (``sys.exit(0)``, a killed kernel, skipped cells), so the executed
notebook is checked here, cell by cell, whatever papermill says.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kpikit.render.engine import NAME, KpikitEngine
from kpikit.render.job import EXECUTED, TEMPLATE, read_notebook, source, tags
from kpikit.render.limits import NO_LIMITS, Limits
from kpikit.words.errors import RenderError
from kpikit.words.message import Message

_ADDED = {"injected-parameters", "papermill-error-cell-tag"}


def execute(folder: Path, parameters: Mapping[str, str], limits: Limits = NO_LIMITS) -> Path:
    """The executed notebook of a folder that `kpikit.render.job.prepare` filled; the kernel works in that folder.

    It is a child of a warm process where there can be one, else a cold kernel; `kpikit.render.engine` decides.

    Changes the process's working folder while it runs, so it is for one thread only. Raises `RenderError` with the
    number, the first line and the reason of the cell that did not run to its end.
    """
    executed = folder / EXECUTED
    executed.unlink(missing_ok=True)
    failure = _run(folder, dict(parameters), limits)
    if executed.exists():
        check_ran(read_notebook(executed), failure)
    if failure is not None:
        raise RenderError("the notebook could not be run: {reason}", reason=_reason(failure)) from failure
    return executed


def _run(folder: Path, parameters: dict[str, str], limits: Limits) -> Exception | None:
    """papermill's own complaint, if any. Paths are relative, as papermill would fill in ``{...}`` in longer ones."""
    import papermill

    from kpikit.render.kernel import OwnKernel

    papermill.engines.papermill_engines.register(NAME, KpikitEngine)  # also where kpikit is not installed
    with contextlib.chdir(folder):
        try:
            papermill.execute_notebook(
                TEMPLATE,
                EXECUTED,
                parameters=parameters,
                engine_name=NAME,
                progress_bar=False,
                request_save_on_cell_execute=False,
                autosave_cell_every=0,
                kernel_manager_class=OwnKernel,
                time_limit=limits.seconds,
                execution_timeout=limits.cell_seconds,
                memory_limit=limits.memory,
            )
        except Exception as error:
            return error
    return None


def check_ran(notebook: dict[str, Any], failure: Exception | None = None) -> None:
    """Raise a `RenderError` for the first code cell that did not run to its end. ``failure`` is why the run stopped."""
    cells = [cell for cell in notebook["cells"] if not _ADDED & set(tags(cell))]
    for number, cell in enumerate(cells, 1):
        if cell["cell_type"] != "code" or not source(cell).strip():
            continue
        if reason := _unfinished(cell, failure if _is_last_started(cells, cell) else None):
            line = repr(source(cell).strip().splitlines()[0][:80])
            raise RenderError(
                "cell {number} ({line}) did not run to its end: {reason}", number=number, line=line, reason=reason
            ) from failure


def _unfinished(cell: dict[str, Any], failure: Exception | None) -> str | None:
    """Why a cell is not done, or None where it is."""
    errors = [output for output in cell["outputs"] if output["output_type"] == "error"]
    if errors:
        return f"{errors[0]['ename']}: {errors[0]['evalue']}"
    if failure is not None and not type(failure).__name__.startswith("PapermillExecution"):
        return _reason(failure)
    if cell["execution_count"] is None or cell["metadata"].get("papermill", {}).get("exception"):
        return Message("it was skipped, or its kernel ended before it.")
    return None


def _is_last_started(cells: list[dict[str, Any]], cell: dict[str, Any]) -> bool:
    started = [each for each in cells if each["metadata"].get("papermill", {}).get("start_time")]
    return bool(started) and started[-1] is cell


def _reason(failure: Exception) -> str:
    lines = str(failure).strip().splitlines()
    return f"{type(failure).__name__}: {lines[0] if lines else ''}"
