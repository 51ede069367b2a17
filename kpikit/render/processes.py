"""Worker processes from outside: the little they may know of this process's environment, and how they are ended.

A worker and all that descends from it carry a mark in their environment. So a kernel, which has a session of its own,
and what a notebook left running are found and ended too, wherever the system shows environments (Linux). Elsewhere the
worker's group is ended, and a kernel ends itself when its worker is gone.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, Protocol

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
    fixed = {"OPENBLAS_NUM_THREADS": "1", "JUPYTER_PLATFORM_DIRS": "1", "PYTHONSAFEPATH": "1"}
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


class Process(Protocol):
    """A worker's process: orders go into ``input``, answers come out of ``output``."""

    input: IO[str]
    output: IO[str]

    @property
    def pid(self) -> int | None:
        """Its number; None before there is one."""

    @property
    def is_orphan(self) -> bool:
        """True where it has ended because what it was forked from was killed."""

    def poll(self) -> int | None:
        """The exit code, negative for a signal; None while the process runs."""

    def wait(self) -> int:
        """The exit code, when it has ended."""

    def end(self) -> None:
        """End it at once, with all that descends from it."""


class Spawned:
    """A worker with an interpreter of its own, where there is no warm one to be forked."""

    is_orphan = False

    def __init__(self, folder: Path, log: Path) -> None:
        self._mark = log.stem
        with log.open("wb") as file:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "kpikit.render.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=file,
                cwd=folder,
                env=environment(folder, self._mark),
                start_new_session=True,
                encoding="utf-8",
            )
        assert self._process.stdin and self._process.stdout
        self.input, self.output = self._process.stdin, self._process.stdout
        self.pid, self.poll, self.wait = self._process.pid, self._process.poll, self._process.wait

    def end(self) -> None:
        """End it at once, with its kernels and all that they started."""
        alive = self.poll() is None
        end_group(self.pid if alive else None, self._mark)
        if alive:
            self._process.kill()
            self._process.wait()
