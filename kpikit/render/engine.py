"""Our papermill engine: ``papermill --engine kpikit`` forks a warm process for each notebook, and holds it to limits.

Where that is not to be had, papermill's stock engine does the work, and the log says so. papermill imports the engines
of all packages when it is itself imported, so this module is light, and imports papermill when a notebook is run.
"""

from __future__ import annotations

import logging
from typing import Any

log = logging.getLogger(__name__)

NAME = "kpikit"
"""The engine's name, as in ``papermill --engine kpikit``."""


class KpikitEngine:
    """What papermill expects of an engine.

    ``execution_timeout`` is the seconds for a cell, as with the stock engine; ``time_limit`` those for the whole
    notebook, ``memory_limit`` the bytes of private memory. None of them is set by default.
    """

    @classmethod
    def execute_notebook(cls, nb: Any, kernel_name: str, **options: Any) -> Any:
        """Run all cells of the notebook, and give it back with outputs and papermill's metadata."""
        from papermill.engines import Engine, NBClientEngine

        class Warm(Engine):  # type: ignore[misc]
            @classmethod
            def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> None:
                reason = _run_warm(nb_man, kernel_name, dict(options))
                if reason:
                    log.warning("a cold kernel runs the notebook: %s", reason)
                    kept = {name: value for name, value in options.items() if name not in OWN}
                    NBClientEngine.execute_managed_notebook(nb_man, kernel_name, **kept)

        return Warm.execute_notebook(nb, kernel_name, **options)

    @classmethod
    def nb_kernel_name(cls, nb: Any, name: str | None = None) -> str:
        """The name of the notebook's kernel."""
        from papermill.utils import nb_kernel_name

        return str(nb_kernel_name(nb, name))

    @classmethod
    def nb_language(cls, nb: Any, language: str | None = None) -> str:
        """The language of the notebook."""
        from papermill.utils import nb_language

        return str(nb_language(nb, language))


OWN = ("time_limit", "memory_limit")
"""The options that the stock engine does not know."""


def _run_warm(nb_man: Any, kernel_name: str, options: dict[str, Any]) -> str | None:
    """Run the notebook in a forked child; or the reason why that cannot be."""
    from kpikit.render.limits import Limits
    from kpikit.render.warm import CAN_FORK

    if not CAN_FORK:
        return "this system cannot fork a warm one."
    from kpikit.render.warm.client import WarmClient, hindrances
    from kpikit.render.warm.link import CannotForkError

    if reason := next(hindrances(kernel_name, "kernel_manager_class" in options), None):
        return f"{reason}."
    limits = Limits(options.get("time_limit"), options.get("execution_timeout"), options.get("memory_limit"))
    passed = {name: options[name] for name in ("log_output", "stdout_file", "stderr_file") if name in options}
    try:
        WarmClient(nb_man, **passed).run(limits)
    except CannotForkError as error:
        return str(error)
    return None
