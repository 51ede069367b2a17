"""Who runs a notebook: a person, in a program that can show widgets, or a program that makes a report."""

from __future__ import annotations

import sys
from typing import Any


def a_person_runs_it() -> bool:
    """Whether the running cell was run in JupyterLab, Notebook or the like.

    Their requests to run a cell name it (``cellId``, by which Jupyter's kernel knows the cell), as the part of a page
    where its output goes. papermill, nbclient, nbconvert, Voila and kpikit's own engine have no such part, and name
    none, wherever they are started; nor is there a request outside a notebook.
    """
    ipython = sys.modules.get("IPython")
    shell: Any = ipython.get_ipython() if ipython else None
    request: dict[str, Any] = shell.get_parent() if hasattr(shell, "get_parent") else {}
    return bool(request.get("metadata", {}).get("cellId"))
