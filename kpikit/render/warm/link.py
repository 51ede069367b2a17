"""The driver's side: one parent for this process, a child for each notebook, and the limits that a child is held to."""

from __future__ import annotations

import contextlib
import logging
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Mapping
from pathlib import Path

from kpikit.render.limits import Limits
from kpikit.render.warm.linux import has_more_than
from kpikit.render.warm.parent import STALE
from kpikit.render.warm.wire import Unpacker, ask, control_pair, packed
from kpikit.words.errors import RenderError

log = logging.getLogger(__name__)

LOOK, GRACE = 0.25, 2.0
"""Seconds between two looks at a child's memory, and how long it may take after an interrupt."""

OUTPUT_LIMIT = 200_000_000
"""Bytes that a notebook may send; an endless ``print`` ends here."""

SHAPING = ("PYTHON", "MPL", "LANG", "LC_", "TZ", "OPENBLAS", "OMP_", "MKL_", "IPYTHON", "JUPYTER", "HOME", "LD_")
"""Beginnings of the names of variables that say what imports do: another value needs another parent."""


class CannotForkError(RenderError):
    """No child is to be had, for the reason given; the stock engine can do the work."""


class Kernel:
    """A child that runs a notebook, as the driver sees it. In a ``with``: at its end the child and its own are gone."""

    def __init__(self, limits: Limits) -> None:
        self.limits, self.reason, self.kind = limits, "", "DeadKernelError"
        self.begun = time.monotonic()
        self.cell_begun: float | None = None
        self._interrupted: float | None = None
        self._unpacker, self._received, self._looked = Unpacker(), 0, self.begun
        self._messages: dict[bytes, deque[list[bytes]]] = {b"iopub": deque(), b"shell": deque()}
        self._log = os.memfd_create("kpikit-log")
        self._status = b""
        self.stream, self.status, self.pid = _forked(self._log)

    def __enter__(self) -> Kernel:
        return self

    def __exit__(self, *_: object) -> None:
        self.stream.close()
        self._kill()
        until = time.monotonic() + 10
        while not self.ended and time.monotonic() < until:
            if select.select([self.status], [], [], 0.1)[0]:
                self._read_status()
        os.close(self.status)
        os.close(self._log)

    @property
    def ended(self) -> bool:
        """True when the child and all that it left behind are gone."""
        return b"exit" in self._status or self._status.endswith(b"\0")

    def cell_begin(self) -> None:
        """From now on the seconds of a cell are counted anew."""
        self.cell_begun = time.monotonic()

    def send(self, frames: list[bytes]) -> None:
        """Send a message of the protocol; a dead child is noticed when its answer is read."""
        with contextlib.suppress(OSError):
            self.stream.sendall(packed(frames))

    def read(self, channel: bytes) -> list[bytes]:
        """The next message of a channel. Raises `RenderError` with the reason when the child has ended."""
        while not self._messages[channel]:
            if self.ended:
                raise RenderError(self.reason or self._death())
            self._wait()
            self._check_limits()
        return self._messages[channel].popleft()

    def _wait(self) -> None:
        ready, _, _ = select.select([self.stream.fileno(), self.status], [], [], LOOK)
        if self.stream.fileno() in ready and not self._take(self.stream.recv(1 << 18)):
            select.select([self.status], [], [], 10)
        if self.status in ready or select.select([self.status], [], [], 0)[0]:
            self._read_status()
            if self.ended:
                self._drain()

    def _take(self, data: bytes) -> bool:
        self._received += len(data)
        for channel, *frames in self._unpacker.feed(data):
            self._messages[channel].append(frames)
        return bool(data)

    def _drain(self) -> None:
        self.stream.setblocking(False)
        with contextlib.suppress(OSError):
            while self._take(self.stream.recv(1 << 18)):
                pass

    def _read_status(self) -> None:
        data = os.read(self.status, 4096)
        self._status += data or b"\0"

    def _check_limits(self) -> None:
        """Interrupt what takes too long, and kill it where it goes on; kill what takes too much memory."""
        now, limits = time.monotonic(), self.limits
        if self._interrupted is not None:
            if now > self._interrupted + GRACE:
                self._kill()
        elif limits.seconds and now > self.begun + limits.seconds:
            self._interrupt(f"the report took longer than {limits.seconds:g} seconds.")
        elif limits.cell_seconds and self.cell_begun and now > self.cell_begun + limits.cell_seconds:
            self._interrupt(f"it took longer than {limits.cell_seconds:g} seconds.")
        if self._received > OUTPUT_LIMIT:
            self._stop(f"its outputs are larger than {OUTPUT_LIMIT / 1e6:,.0f} MB.")
        if limits.memory and now > self._looked + LOOK:
            self._looked = now
            if has_more_than(limits.memory, self.pid):
                self._stop(f"it used more than {limits.memory / 1e6:,.0f} MB of memory.")

    def _interrupt(self, reason: str) -> None:
        self.reason, self.kind, self._interrupted = reason, "CellTimeoutError", time.monotonic()
        with contextlib.suppress(OSError):
            os.kill(self.pid, signal.SIGINT)

    def _stop(self, reason: str) -> None:
        self.reason, self.kind = reason, "MemoryError"
        self._kill()

    def _kill(self) -> None:
        if not self.ended:
            with contextlib.suppress(OSError):
                os.kill(self.pid, signal.SIGKILL)

    def _death(self) -> str:
        _, found, code = self._status.rpartition(b"exit ")
        if not found:
            if not _control().own:  # it is the parent of both: a worker dies with it, and takes no order in between
                os.kill(os.getpid(), signal.SIGKILL)
            return "the warm process that it came from was killed."
        number = int(code)
        how = f"ended with exit code {number}"
        if number < 0:
            name = signal.Signals(-number).name
            how = f"was killed by signal {-number} ({name})"
        return f"its process {how}."

    def last_words(self) -> list[str]:
        """What the child wrote when it crashed, line by line."""
        size = os.fstat(self._log).st_size
        return os.pread(self._log, 1 << 16, max(0, size - (1 << 16))).decode(errors="replace").splitlines()


class Control:
    """The way to a parent: a socket for requests, and for whom it was made."""

    def __init__(
        self,
        control: socket.socket,
        process: subprocess.Popen[bytes] | None = None,
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        self.control, self.process = control, process
        self.shape = shape(environment)

    @property
    def own(self) -> bool:
        """True for a parent that this process has started, and may start anew."""
        return self.process is not None

    @property
    def is_gone(self) -> bool:
        """True where this process has started the parent, and it has ended."""
        return self.process is not None and self.process.poll() is not None

    def close(self) -> None:
        """Let go of the parent, which then ends with all that it has forked."""
        self.control.close()
        if self.process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(10)
            self.process.kill()
            self.process.wait()


_FOR_PARENT = {"OPENBLAS_NUM_THREADS": "1", "PYTHONSAFEPATH": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
"""No threads from numpy's import, no modules from the folder where it is started, no words about frozen modules."""

_lock = threading.Lock()
_known: list[Control] = []


def use(control: Control) -> None:
    """Ask this parent from now on: the one that this process was forked from."""
    _known[:] = [control]


def started(
    workers: bool = False, environment: dict[str, str] | None = None, log: int | None = None, cwd: Path | None = None
) -> Control:
    """A new parent; with ``workers`` one that forks workers, too. It ends when the control is closed, or we do."""
    ours, theirs = control_pair()
    command = [sys.executable, "-m", "kpikit.render.warm.parent", str(theirs.fileno())]
    with theirs:
        process = subprocess.Popen(
            [*command, "workers"] if workers else command,
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=log if log is not None else subprocess.DEVNULL,
            stderr=log,
            env={**(os.environ if environment is None else environment), **_FOR_PARENT},
            cwd=cwd,
            start_new_session=True,
        )
    return Control(ours, process)


def shape(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The variables that say what imports do."""
    return {name: value for name, value in environment.items() if name.startswith(SHAPING)}


def _control() -> Control:
    with _lock:
        if _known and _known[0].own and (_known[0].shape != shape() or _known[0].is_gone):
            _known.pop().close()
        if not _known:
            _known.append(started())
        return _known[0]


def refusal(word: str, rest: str) -> str:
    """Why the parent of a batch does not fork, in a sentence."""
    if word.startswith(STALE):
        return f"kpikit's code was changed while the run went on ({rest}); run again."
    return f"the warm process has threads: {rest}." if word else "the warm process was killed."


def _forget(control: Control) -> None:
    with _lock:
        if control in _known:
            _known.remove(control)
            control.close()


def _forked(log: int) -> tuple[socket.socket, int, int]:
    """A new child: the socket to it, the descriptor of its status, and its number."""
    for _ in range(3):
        control = _control()
        ours, theirs = socket.socketpair()
        status, told = os.pipe()
        request = {"do": "kernel", "cwd": str(Path.cwd()), "env": dict(os.environ)}
        with theirs, contextlib.suppress(OSError):
            ask(control.control, request, [told, theirs.fileno(), log])
        os.close(told)
        answer = b""
        while not answer.endswith(b"\n") and (data := os.read(status, 4096)):
            answer += data
        word, _, rest = answer.decode().strip().partition(" ")
        if word == "pid":
            return ours, status, int(rest)
        ours.close()
        os.close(status)
        if not control.own:
            raise RenderError(refusal(word, rest))
        if word.startswith("threads"):
            raise CannotForkError(refusal(word, rest))
        _forget(control)
    raise CannotForkError("no warm process could be started.")
