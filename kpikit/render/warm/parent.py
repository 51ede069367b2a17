"""The parent: ``python -m kpikit.render.warm.parent FD [workers]``. It imports, warms up, and forks when it is asked.

Requests come over the control socket FD, a packet of JSON with descriptors:

    {"do": "kernel", "cwd": ..., "env": ...}   a child that runs a notebook; descriptors: status, stream, log
    {"do": "worker"}                           a process that makes reports; descriptors: status, input, output, log

Over ``status`` the parent says ``pid 123``, and at the end ``exit 0`` (as `os.waitstatus_to_exitcode` has it), when all
that the process left behind is gone, too; or a line with the reason why it does not fork. A worker gets a control
socket of its own; when it ends, so do its kernels. When FD ends, everything does.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import selectors
import signal
import socket
import sys
import traceback
from dataclasses import dataclass, field
from typing import Any

from kpikit.render.warm.code import Code
from kpikit.render.warm.linux import (
    adopt_orphans,
    close_all_but,
    die_with_parent,
    end_all_but,
    own_threads,
    use_huge_pages,
)
from kpikit.render.warm.wire import asked, control_pair

STALE = "changed"
"""The reason that begins with this word means: start another parent."""


def reason_not_to_fork(code: Code) -> str:
    """Why this process must not fork now: its code is not what lies on the disk, or it has threads. Else nothing."""
    if changed := code.changed():
        return f"{STALE}: {changed}"
    threads = own_threads()
    return f"threads: {', '.join(threads)}" if threads else ""


@dataclass
class Process:
    """A process that the parent has forked. ``control`` is the socket over which it was asked for."""

    pid: int
    handle: int
    status: int
    control: socket.socket
    rest: list[tuple[int, int]] = field(default_factory=list)


class Parent:
    """Forks on request. It has one thread, and runs nothing of a notebook."""

    def __init__(self, control: socket.socket, shell: Any) -> None:
        self.control, self.shell = control, shell
        self.processes: dict[int, Process] = {}
        self.selector = selectors.DefaultSelector()
        self.selector.register(control, selectors.EVENT_READ, control)
        self.code = Code()

    def serve(self) -> None:
        """Answer requests until nobody can ask any more, and leave no process."""
        while self.control.fileno() >= 0:
            for key, _ in self.selector.select():
                if isinstance(key.data, Process):
                    self._bury(key.data)
                elif key.fileobj in self.selector.get_map():
                    self._answer(key.data)
        end_all_but(())

    def _answer(self, control: socket.socket) -> None:
        found = asked(control)
        if found is None:
            self._close(control)
            return
        request, descriptors = found
        status = descriptors[0]
        reason = reason_not_to_fork(self.code)
        if reason:
            os.write(status, f"{reason}\n".encode())
        else:
            self._fork(control, request, descriptors)
        for each in descriptors[bool(not reason) :]:
            os.close(each)

    def _fork(self, control: socket.socket, request: dict[str, Any], descriptors: list[int]) -> None:
        own, theirs = control_pair() if request["do"] == "worker" else (None, None)
        pipes = [os.pipe(), os.pipe()] if request["do"] == "kernel" else []
        pid = os.fork()
        if pid == 0:
            self._become(request, descriptors, theirs, pipes)
        if own and theirs:
            theirs.close()
            self.selector.register(own, selectors.EVENT_READ, own)
        log = os.dup(descriptors[2]) if pipes else -1
        for _, write in pipes:
            os.close(write)
        process = Process(pid, os.pidfd_open(pid), descriptors[0], own or control, [(read, log) for read, _ in pipes])
        self.processes[pid] = process
        self.selector.register(process.handle, selectors.EVENT_READ, process)
        with contextlib.suppress(OSError):
            os.write(process.status, f"pid {pid}\n".encode())

    def _become(
        self,
        request: dict[str, Any],
        descriptors: list[int],
        control: socket.socket | None,
        pipes: list[tuple[int, int]],
    ) -> None:
        """What the forked process does; it never returns."""
        code = 1
        try:
            os.setsid()
            die_with_parent()
            kept = {0, 1, 2, *descriptors[1:], *(each for pipe in pipes for each in pipe)}
            kept |= {control.fileno()} if control else set()
            close_all_but(kept)
            if control:
                from kpikit.render import worker

                worker.become(descriptors[1:], control)
            else:
                adopt_orphans()
                from kpikit.render.warm import child

                child.run(self.shell, request, descriptors[1:], pipes)
            code = 0
        except SystemExit as error:
            code = error.code if isinstance(error.code, int) else 1
        except BaseException:
            traceback.print_exc()
        finally:
            with contextlib.suppress(Exception):
                sys.stderr.flush()
            os._exit(code)

    def _bury(self, process: Process) -> None:
        """Take note that a process has ended, end what it leaves behind, and say so."""
        self.selector.unregister(process.handle)
        os.close(process.handle)
        self.processes.pop(process.pid)
        _, how = os.waitpid(process.pid, 0)
        for read, log in process.rest:
            _save_rest(read, log)
        for log in {log for _, log in process.rest}:
            os.close(log)
        if process.control is not self.control and not process.rest:
            self._close(process.control)
        end_all_but(self.processes)
        with contextlib.suppress(OSError):
            os.write(process.status, f"exit {os.waitstatus_to_exitcode(how)}\n".encode())
        os.close(process.status)

    def _close(self, control: socket.socket) -> None:
        """A control socket has ended: so do the processes that were asked for over it."""
        if control.fileno() < 0:
            return
        self.selector.unregister(control)
        control.close()
        for process in self.processes.values():
            if process.control is control:
                with contextlib.suppress(OSError):
                    os.kill(process.pid, signal.SIGKILL)


def _save_rest(read: int, log: int) -> None:
    """What a dead kernel wrote and nobody read: its last words, such as why its C library aborted it."""
    os.set_blocking(read, False)
    with contextlib.suppress(OSError):
        os.write(log, os.read(read, 1 << 16))
    os.close(read)


def main() -> None:
    """Warm up, then serve."""
    control = socket.socket(fileno=int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    adopt_orphans()
    from kpikit.render.warm.shell import warm_shell

    shell = warm_shell()
    if "workers" in sys.argv[2:]:
        importlib.import_module("kpikit.render.worker").import_all()
    parent = Parent(control, shell)
    gc.collect()
    gc.freeze()
    use_huge_pages()
    parent.serve()


if __name__ == "__main__":
    main()
