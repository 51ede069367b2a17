"""The shell of a notebook, made before there is a notebook: ipykernel's own application without sockets and threads.

What a cold kernel does at its start is done here once: configuration, shell, matplotlib's backend. Imports run as a
cell of that shell, since pandas takes a terminal's display settings where it is imported outside one.
"""

from __future__ import annotations

import sys
import threading
from types import SimpleNamespace
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from traitlets import Any as AnyTrait
from traitlets import Float, Type
from traitlets.config import Config

from kpikit.render.warm.wire import session

PRELOADED = (
    "kpikit.workspace.review.review", "kpikit.workspace.portfolio.portfolio", "kpikit.workspace.workspace",
    "kpikit.workspace.front_end",
    "numpy", "pandas", "scipy.special", "matplotlib.figure", "tornado.platform.asyncio", "encodings.utf_8_sig",
)  # fmt: skip
"""What our templates use, at once or later, and what own ones draw with."""


class Channel:
    """Stands where a kernel has a socket. ``send`` is put in place when there is somebody to send to."""

    def __init__(self, name: bytes) -> None:
        self.name = name

    def send_multipart(self, parts: list[Any], copy: bool = True, track: bool = False) -> None:
        """Send a message of the protocol, under the channel's name."""
        self.send([self.name, *parts])

    def send(self, frames: list[Any]) -> None:
        """Nobody listens yet."""

    def flush(self, flag: int | None = None) -> None:
        """What is sent is gone at once."""


class WarmKernel(IPythonKernel):
    """ipykernel's kernel; requests are handed to it, and it answers into `Channel`s."""

    shell_stream = AnyTrait()
    _execute_sleep = Float(0.0)  # the cold one waits for its outputs to overtake its reply: here they go one way
    _supports_kernel_subshells = False

    def _abort_queues(self, subshell_id: str | None = None) -> None:
        """After an error nothing waits to be run: the driver asks for one cell at a time."""


class WarmApplication(IPKernelApp):
    """ipykernel's application, but for all that has to do with sockets, threads and signals."""

    kernel_class = Type(WarmKernel)
    iopub_channel, shell_channel = Channel(b"iopub"), Channel(b"shell")

    def init_kernel(self) -> None:
        """Make kernel and shell."""
        self.kernel = WarmKernel.instance(
            parent=self,
            session=self.session,
            shell_stream=self.shell_channel,
            iopub_socket=self.iopub_channel,
            shell_channel_thread=SimpleNamespace(parent_thread=threading.main_thread()),
            log=self.log,
            profile_dir=self.profile_dir,
            user_ns=self.user_ns,
        )

    def init_session(self) -> None:
        """A session for messages that do not leave the machine."""
        self.session = session(self)

    def init_user_code(self) -> None:
        """What `init_code` does, but for its list of all modules: made in a child, it costs a thousand copied pages."""
        app: Any = self
        app._run_startup_files(), app._run_exec_lines(), app._run_exec_files()
        if app.hide_initial_ns:
            app.shell.user_ns_hidden.update(app.shell.user_ns)
        app._run_cmd_line_code(), app._run_module()

    def _nothing(self, *_: Any, **__: Any) -> None:
        """What a cold kernel does here needs a socket, or is done in the child."""

    init_crash_handler = init_blackhole = init_connection_file = init_poller = init_sockets = init_heartbeat = _nothing
    write_connection_file = log_connection_info = init_io = init_signal = init_code = _nothing


def warm_shell() -> Any:
    """The application with its shell, everything imported, and what is made lazily made once."""
    app: Any = WarmApplication.instance(config=Config({"HistoryManager": {"hist_file": ":memory:"}}))
    app.init_session()
    app.initialize([])
    before = set(app.shell.user_ns)
    lines = [*(f"import {name}" for name in PRELOADED), "from kpikit.render.warm import uses", "uses.use_once()"]
    done = app.shell.run_cell("\n".join(lines), store_history=False, silent=True)
    done.raise_error()
    for name in set(app.shell.user_ns) - before:
        del app.shell.user_ns[name]
    app.shell._sys_modules_keys = set(sys.modules)
    app.log.setLevel(app.log_level)  # its handler would not show the rest
    return app
