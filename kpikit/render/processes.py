"""Worker processes from outside: the little they may know of this process's environment, and how they are ended.

A worker and all that descends from it carry a mark in their environment. So a kernel, which has a session of its own,
and what a notebook left running are found and ended too, wherever the system shows environments (Linux). Elsewhere the
worker's group is ended, and a kernel ends itself when its worker is gone.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path

MARK = "KPIKIT_WORKER"

PACKAGE_FOLDER = Path(__file__).resolve().parents[2]
"""The folder that the running kpikit was imported from, so that a worker imports the same."""

PASSED = (
    "PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TEMP", "TMP", "TZ", "VIRTUAL_ENV", "CONDA_PREFIX",
    "PYTHONPATH", "LD_LIBRARY_PATH", "MPLCONFIGDIR", "XDG_CACHE_HOME", "SOURCE_DATE_EPOCH", "SYSTEMROOT", "COMSPEC",
    "USERPROFILE", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA",
)  # fmt: skip
"""The variables that a worker gets from this process. All others, secrets among them, stay here."""


def environment(folder: Path, mark: str) -> dict[str, str]:
    """The environment of a worker whose private files lie in ``folder``; it imports the same kpikit as this process."""
    passed = {name: os.environ[name] for name in PASSED if name in os.environ}
    paths = [str(PACKAGE_FOLDER), *filter(None, passed.get("PYTHONPATH", "").split(os.pathsep))]
    own = {name: str(folder / f"{mark}-{name.lower()}") for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR")}
    for private in own.values():
        Path(private).mkdir(mode=0o700, exist_ok=True)
    fixed = {"MPLBACKEND": "Agg", "OPENBLAS_NUM_THREADS": "1", "JUPYTER_PLATFORM_DIRS": "1", "PYTHONSAFEPATH": "1"}
    return {**passed, **fixed, **own, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1", MARK: mark}


def end_group(leader: int | None, mark: str) -> None:
    """End the process group of ``leader``, where it is given, and every process with the mark but this one, at once."""
    if leader is not None and hasattr(os, "killpg"):
        with contextlib.suppress(OSError):
            os.killpg(leader, signal.SIGKILL)
    for _ in range(100):
        found = marked(mark)
        for number in found:
            with contextlib.suppress(OSError):
                os.kill(number, signal.SIGKILL)
        if not found:
            break
        time.sleep(0.02)


def marked(mark: str) -> list[int]:
    """The living processes, other than this one, that carry the mark; none where the system does not show them."""
    wanted = f"{MARK}={mark}\0".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if wanted in (folder / "environ").read_bytes() and int(folder.name) != os.getpid():
                found.append(int(folder.name))
    return found
