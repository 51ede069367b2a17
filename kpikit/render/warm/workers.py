"""Workers that are forked: the warm parent of a pool, and its children as the pool sees them."""

from __future__ import annotations

import contextlib
import os
import secrets
import select
import signal
import socket
import threading
from pathlib import Path
from typing import IO

from kpikit.render.processes import end_group, environment
from kpikit.render.warm.link import refusal, started
from kpikit.render.warm.wire import ask
from kpikit.words.errors import RenderError


class WarmParent:
    """A warm parent that forks workers, and their kernels. Its private files lie in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.mark = f"warm-{secrets.token_hex(6)}"
        self.log = folder / f"{self.mark}.log"
        self.is_lost = False  # True once it has let go of a worker without a word, or was not heard in time
        with self.log.open("wb") as log:
            self._control = started(True, environment(folder, self.mark), log.fileno(), folder)

    @property
    def is_gone(self) -> bool:
        """True where the process has ended, or is about to."""
        return self.is_lost or self._control.is_gone

    def fork(self, log: Path) -> Forked:
        """A new worker, which writes into the log."""
        ours, theirs = socket.socketpair()
        status, told = os.pipe()
        with theirs, log.open("wb") as file:
            with contextlib.suppress(OSError):
                descriptors = [told, theirs.fileno(), theirs.fileno(), file.fileno()]
                ask(self._control.control, {"do": "worker"}, descriptors)
            os.close(told)
        return Forked(ours, status, self)

    def last_words(self) -> str:
        """What the process said last; how it ended, where it said nothing."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return lines[-1] if lines else "it was killed"

    def close(self) -> None:
        """End the process, and all that descends from it."""
        self._control.close()
        end_group(None, self.mark)


class Forked:
    """A forked worker's process; its number is known when it runs."""

    def __init__(self, stream: socket.socket, status: int, parent: WarmParent) -> None:
        self.input: IO[str] = stream.makefile("w", encoding="utf-8")
        self.output: IO[str] = stream.makefile("r", encoding="utf-8")
        stream.close()  # in name only: it is closed when both files are
        self._stream, self._status, self._parent = stream, status, parent
        self._told, self._lock = b"", threading.Lock()

    @property
    def pid(self) -> int | None:
        """The number of the process; None before there is one."""
        self._read(0)
        line = self._told.partition(b"\n")[0]
        return int(line[4:]) if line.startswith(b"pid ") else None

    @property
    def is_orphan(self) -> bool:
        """True where it has ended because its parent was killed, which told nobody how."""
        return self._told.startswith(b"pid ") and self._told.endswith(b"\0")

    def poll(self) -> int | None:
        """The exit code, negative for a signal; None while the process runs."""
        self._read(0)
        _, found, code = self._told.rpartition(b"exit ")
        if found:
            return int(code)
        return -signal.SIGKILL if self._told.endswith(b"\0") else None

    def wait(self, timeout: float = 20.0) -> int:
        """The exit code, when the process and its kernels are gone. Raises `RenderError` where it never was one."""
        while (code := self.poll()) is None:
            if not self._read(timeout):
                return -signal.SIGKILL
        if self.pid is None:
            word, _, rest = self._told.rstrip(b"\n\0").decode().partition(" ")
            reason = refusal(word, rest) if word else f"the warm process has ended: {self._parent.last_words()}."
            raise RenderError(reason)
        return code

    def end(self) -> None:
        """Kill the process, and wait until its kernels are gone, too."""
        if not self._told and self.pid is None:
            self._parent.is_lost = True  # it is stopped, or hangs
        if self.pid is not None and self.poll() is None:
            with contextlib.suppress(OSError):
                os.kill(self.pid, signal.SIGKILL)
            self.wait()
        with contextlib.suppress(OSError):
            self._stream.shutdown(socket.SHUT_RDWR)

    def _read(self, timeout: float) -> bool:
        """Take in what the parent has told; False where it says nothing."""
        with self._lock:
            if self._told.endswith(b"\0") or b"exit" in self._told:
                return True
            if not select.select([self._status], [], [], timeout)[0]:
                return False
            data = os.read(self._status, 4096)
            self._parent.is_lost = self._parent.is_lost or not data
            self._told += data or b"\0"
            if self._told.endswith(b"\0") or b"exit" in self._told:
                os.close(self._status)
            return True
