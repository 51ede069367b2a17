"""The child: it runs one notebook in the shell that its parent has made, and speaks to the driver over a socket."""

from __future__ import annotations

import asyncio
import faulthandler
import gc
import os
import socket
import sys
import threading
import uuid
from typing import Any

import zmq
from ipykernel.iostream import IOPubThread, OutStream
from jupyter_client.session import json_packer
from tornado.ioloop import IOLoop

from kpikit.render.warm.shell import Channel
from kpikit.render.warm.wire import Unpacker, packed


def run(app: Any, request: dict[str, Any], descriptors: list[int], pipes: list[tuple[int, int]]) -> None:
    """Answer what the driver asks until it asks no more. ``descriptors``: the stream, and a log for last words.

    What is written to the descriptors 1 and 2, by whatever program, goes through ``pipes`` into the notebook.
    """
    stream, log = socket.socket(fileno=descriptors[0]), descriptors[1]
    faulthandler.enable(log)
    _be_first_to_go()
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"])
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    _stand_alone(app)
    wire = _Wire(stream)
    app.iopub_channel.send = app.shell_channel.send = wire.send
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.stdout, sys.stderr = (
        Stream(app, name, log, pipe) for name, pipe in zip(("stdout", "stderr"), pipes, strict=True)
    )
    app.kernel._stdout, app.kernel._stderr = sys.stdout, sys.stderr
    app.shell.init_environment()
    app.init_user_code()  # the user's own start-up files, which may do anything
    asyncio.run(_answer(app, wire))


def _be_first_to_go() -> None:
    """When the machine runs out of memory, the notebook is ended, not who waits for it."""
    try:
        with open("/proc/self/oom_score_adj", "w") as file:
            file.write("1000")
    except OSError:
        pass


def _stand_alone(app: Any) -> None:
    """What a process of its own has of its own: an identity, chance, and a collector with little to look through."""
    app.session.session = uuid.uuid4().hex
    app.kernel.ident = str(uuid.uuid4())
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    gc.set_threshold(100_000, 20, 100)


async def _answer(app: Any, wire: _Wire) -> None:
    """Hand each request to the kernel, in the order they come; meanwhile the loop is the notebook's own."""
    kernel, loop = app.kernel, asyncio.get_running_loop()
    kernel.io_loop = IOLoop.current()
    requests: asyncio.Queue[list[bytes] | None] = asyncio.Queue()
    loop.add_reader(wire.stream, wire.receive, requests)
    while (frames := await requests.get()) is not None:
        await kernel.dispatch_shell([zmq.Message(frame) for frame in frames])
        if app.shell.exit_now:
            break


BUSY = json_packer({"execution_state": "busy"})
"""Said before a request is looked at: what it was, or that it is done, comes next. As a reply comes before "idle"."""


class _Wire:
    """The socket to the driver. Several threads may send."""

    def __init__(self, stream: socket.socket) -> None:
        self.stream = stream
        self._lock, self._unpacker, self._held = threading.Lock(), Unpacker(), b""

    def send(self, frames: list[Any]) -> None:
        """Send a message; wait where the driver is busy. What another follows at once goes with that one."""
        frames = [bytes(frame) for frame in frames]
        with self._lock:
            self._held += packed(frames)
            if frames[0] != b"shell" and BUSY not in frames:
                data, self._held = self._held, b""
                self.stream.sendall(data)

    def receive(self, requests: asyncio.Queue[list[bytes] | None]) -> None:
        """Take in what has come; None at its end."""
        data = self.stream.recv(1 << 16, socket.MSG_DONTWAIT)
        if not data:
            asyncio.get_running_loop().remove_reader(self.stream)
            requests.put_nowait(None)
        for message in self._unpacker.feed(data):
            requests.put_nowait(message)


class _Publisher(IOPubThread):
    """Stands where an `OutStream` expects a thread with a socket: sends at once, and calls back from a timer."""

    def __init__(self, channel: Channel) -> None:
        self.thread = None  # type: ignore[assignment]
        self.io_loop = self  # type: ignore[assignment]
        self.send_multipart = channel.send_multipart  # type: ignore[method-assign]

    def schedule(self, f: Any) -> None:
        """Do it now."""
        f()

    def call_later(self, seconds: float, f: Any) -> None:
        """Do it later, in another thread."""
        timer = threading.Timer(seconds, f)
        timer.daemon = True
        timer.start()


class Stream(OutStream):
    """ipykernel's own stream, but that its pipe is made by the parent, which saves what is left in it after a crash."""

    def __init__(self, app: Any, name: str, log: int, pipe: tuple[int, int]) -> None:
        self._pipe, self._log, self._sending = pipe, log, threading.RLock()
        super().__init__(app.session, _Publisher(app.iopub_channel), name, watchfd="force")  # type: ignore[no-untyped-call]

    def _setup_stream_redirects(self, name: str) -> None:
        self._fid, write = self._pipe
        self._original_stdstream_fd = {"stdout": 1, "stderr": 2}[name]
        self._original_stdstream_copy = os.dup(self._log)
        os.dup2(write, self._original_stdstream_fd)
        os.close(write)
        self._exc = None
        self.watch_fd_thread = threading.Thread(target=self._watch_pipe_fd, daemon=True)
        self.watch_fd_thread.start()

    def _watch_pipe_fd(self) -> None:
        while data := os.read(self._pipe[0], 1000):
            self.write(data.decode(errors="replace"))

    def write(self, string: str) -> int:
        """Half a sign, which could not be sent, is written as its code, as on standard error anywhere."""
        if isinstance(string, str) and not string.isascii():
            string = string.encode(errors="backslashreplace").decode()
        return super().write(string) or 0

    def _flush(self) -> None:
        with self._sending:
            super()._flush()  # type: ignore[no-untyped-call]
