"""Jupyter's own kernels, started warm: with ``JUPYTER_DEFAULT_PROVISIONER_NAME=kpikit``, in whatever program runs them.

A kernel of this interpreter is forked from a process that has imported what notebooks use; the first one starts that
process (`kpikit.render.warm.sessions`), which ends with this one. Any other kernel, and one that cannot be forked, is
started as ever, and the log says so.
"""

from __future__ import annotations

import asyncio
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from kpikit.render.warm import CAN_FORK
from kpikit.render.warm.link import CannotForkError, Control, shape
from kpikit.render.warm.parent import STALE
from kpikit.render.warm.wire import READY, ask, control_pair

NAME, BY_DEFAULT = "kpikit", "JUPYTER_DEFAULT_PROVISIONER_NAME"
"""The provisioner's name, and the variable by which Jupyter is told of it."""

PATIENCE = 60.0
"""Seconds that the imports may take."""

LAUNCHER = [sys.executable, "-m", "ipykernel_launcher"]
"""How a kernel of this interpreter is started."""


class WarmProvisioner(LocalProvisioner):
    """What Jupyter asks to start a kernel, and to signal and end it."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork the kernel where that is to be had, else start it."""
        try:
            process: Any = await _forked(cmd, kwargs)
        except CannotForkError as error:
            self.log.warning("a cold kernel starts: %s", error)
            return await super().launch_kernel(cmd, **kwargs)
        self.process, self.pid, self.pgid = process, process.pid, process.pid
        self.cwd = kwargs.get("cwd", Path.cwd())
        return self.connection_info


class Session:
    """A forked kernel, with what `LocalProvisioner` asks of a process. A handle never means another process."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, handle: int) -> None:
        self.pid, self._handle, self._ended = pid, handle, select.poll()
        self._ended.register(handle, select.POLLIN)

    def poll(self) -> int | None:
        """None while it runs, then 0: how it ended is not known here, and nobody asks."""
        return 0 if self._handle < 0 or self._ended.poll(0) else None

    def wait(self) -> int:
        """Wait for its end, and forget it."""
        if self._handle >= 0:
            self._ended.poll()
            os.close(self._handle)
            self._handle = -1
        return 0

    def send_signal(self, number: int) -> None:
        """Send a signal, if only to what still runs."""
        if self.poll() is None:
            signal.pidfd_send_signal(self._handle, number)


_lock = threading.Lock()
_parents: list[Control] = []  # the last one is asked; the others end when all that they forked has ended


async def _forked(command: list[str], given: dict[str, Any]) -> Session:
    """A fork of this process's warm parent, which is started where there is none, or where its code was changed."""
    if reason := _hindrance(command, given):
        raise CannotForkError(reason)
    environment = given["env"] | {"JPY_PARENT_PID": str(os.getpid())}
    folder = os.path.abspath(given.get("cwd") or os.curdir)
    request = {"arguments": command[len(LAUNCHER) :], "cwd": folder, "env": environment}
    outputs = [_descriptor(given.get(name), own) for own, name in enumerate(("stdout", "stderr"), 1)]
    for _ in range(2):
        parent = await asyncio.to_thread(_parent, environment)
        answer, handles = _asked(parent, request, outputs)
        word, _, rest = answer.partition(" ")
        if word == "pid":
            return Session(int(rest), handles[0])
        if not word.startswith(STALE):
            raise CannotForkError(f"{answer}." if word else "the warm process did not answer.")
        parent.control.close()
    raise CannotForkError("its code is being changed.")


def _hindrance(command: list[str], given: dict[str, Any]) -> str:
    """Why a kernel cannot be a fork; nothing where it can."""
    if not CAN_FORK:
        return "this system cannot fork a warm one."
    if command[: len(LAUNCHER)] != LAUNCHER:
        return "it is not this interpreter's own."
    if odd := sorted(set(given) - {"env", "cwd", "stdout", "stderr", "kernel_id", "extra_arguments"}):
        return f"a fork cannot be given {', '.join(odd)}."
    if not all(map(os.path.isabs, filter(None, given["env"].get("PYTHONPATH", "").split(os.pathsep)))):
        return "PYTHONPATH has a folder that is another one for each kernel."
    return ""


def _descriptor(given: Any, own: int) -> int:
    """The descriptor of an output as `subprocess` takes it. Raises `CannotForkError` for a pipe that it would make."""
    found = own if given is None else given if isinstance(given, int) else int(given.fileno())
    if found < 0:
        raise CannotForkError("a fork cannot be given a new pipe.")
    return found


def _parent(environment: dict[str, str]) -> Control:
    """The warm parent, when it is ready; it is for kernels of one shape, that of the first."""
    with _lock:
        for each in [each for each in _parents if each.is_gone]:
            each.control.close()
            _parents.remove(each)
        if not _parents or _parents[-1].control.fileno() < 0:
            _parents.append(_started(environment))
        parent = _parents[-1]
    if parent.shape != shape(environment):
        raise CannotForkError("its environment is another one than the first kernel's.")
    return parent


def _started(environment: dict[str, str]) -> Control:
    """A new warm parent, which has imported all that it will."""
    ours, theirs = control_pair()
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", "kpikit.render.warm.sessions", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            env=environment | {"OPENBLAS_NUM_THREADS": "1"},
            cwd="/",
            start_new_session=True,
        )
    ours.settimeout(PATIENCE)
    parent = Control(ours, process, environment)
    try:
        is_ready = ours.recv(len(READY)) == READY
    except OSError:
        is_ready = False
    if not is_ready:
        process.kill()
        parent.close()
        raise CannotForkError("the warm process did not start.")
    return parent


def _asked(parent: Control, request: dict[str, Any], outputs: list[int]) -> tuple[str, list[int]]:
    """What the parent answers, and the handle that comes with it; nothing where it has ended."""
    ours, theirs = control_pair()
    with ours:
        try:
            with theirs:
                ask(parent.control, request, [theirs.fileno(), *outputs])
            ours.settimeout(PATIENCE)
            answer, handles, _, _ = socket.recv_fds(ours, 4096, 1)
        except OSError:
            return "", []
    return answer.decode(), handles
