"""A parent of Jupyter's own kernels: ``python -m kpikit.render.warm.sessions FD``. It imports, and forks when asked.

Requests come over the control socket FD, with three descriptors: one for the answer, standard output and error.

    {"arguments": ["-f", ...], "cwd": ..., "env": ...}

The answer is ``pid 123`` with a handle of the process, or a line with the reason why it does not fork. What is forked
becomes ipykernel as it is started anywhere, with its own sockets and threads. It needs this process no more: it ends
when Jupyter ends it, or is gone. This process ends when nobody can ask any more, and all that it forked is gone.
"""

from __future__ import annotations

import builtins
import contextlib
import gc
import importlib
import os
import select
import signal
import socket
import sys
import threading
from types import SimpleNamespace
from typing import Any

import ipykernel_launcher
from ipykernel.kernelapp import IPKernelApp

from kpikit.render.warm.code import Code
from kpikit.render.warm.linux import close_all_but, use_all_cores, use_huge_pages
from kpikit.render.warm.parent import reason_not_to_fork
from kpikit.render.warm.shell import PRELOADED
from kpikit.render.warm.wire import READY, asked

ALSO = ("matplotlib.pyplot", "kpikit.widgets")
"""What notebooks that people write begin with, and our templates do not."""


def import_all() -> None:
    """Import what notebooks use, as if in a kernel: pandas and matplotlib look where they are."""
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    vars(builtins)["get_ipython"] = lambda: SimpleNamespace(kernel=True)
    for name in (*PRELOADED, *ALSO):
        importlib.import_module(name)
    del vars(builtins)["get_ipython"]


def serve(control: socket.socket, jupyter: int) -> tuple[dict[str, Any], list[int]] | None:
    """Fork for each request. In what is forked, the request; None where nobody asks any more."""
    code, told = Code(), select.poll()
    told.register(control, select.POLLIN)
    told.register(jupyter, select.POLLIN)
    control.send(READY)
    while jupyter not in dict(told.poll()) and (found := asked(control)):
        request, descriptors = found
        if reason := reason_not_to_fork(code) or shadowed(request["cwd"]):
            os.write(descriptors[0], reason.encode())
        elif os.fork() == 0:
            control.close()
            return found
        for each in descriptors:
            os.close(each)
    return None


def shadowed(folder: str) -> str:
    """Which file in a kernel's folder a cold one would import in place of what is loaded; nothing where none is."""
    try:
        names = os.listdir(folder)
    except OSError as error:
        return f"no folder: {error}"
    for name in names:
        module = name.removesuffix(".py")
        path = os.path.join(folder, name) if module != name else os.path.join(folder, name, "__init__.py")
        loaded = getattr(sys.modules.get(module), "__file__", None) or ""
        if module in sys.stdlib_module_names or not loaded or not os.path.isfile(path):
            continue
        if not os.path.samefile(path, loaded):
            return f"shadowed: {path}"
    return ""


def become(request: dict[str, Any], descriptors: list[int], jupyter: int) -> None:
    """Be the kernel that was asked for, until it ends."""
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    answer, *outputs = descriptors
    for number, each in enumerate(outputs, 1):
        os.dup2(each, number)
    close_all_but({0, 1, 2, answer, jupyter})
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"])
    sys.modules["numpy"].random.seed()
    use_all_cores()
    with socket.socket(fileno=answer) as told:
        socket.send_fds(told, [f"pid {os.getpid()}".encode()], [own := os.pidfd_open(os.getpid())])
        os.close(own)
    sys.argv = [ipykernel_launcher.__file__, *request["arguments"]]
    app: Any = IPKernelApp.instance(parent_handle=int(request["env"]["JPY_PARENT_PID"]))
    app.initialize()
    sys.modules["ipywidgets"].register_comm_target()  # done at its import where there is a kernel
    app.poller = threading.Thread(target=end_with, args=[jupyter], daemon=True)  # its own would watch our parent
    app.start()


def end_with(process: int) -> None:
    """End at once when a process has ended, given by a handle."""
    select.select([process], [], [])
    os._exit(1)


def main() -> None:
    """Import, then serve; what is forked comes back from there, too, so that it ends like any program."""
    control, jupyter = socket.socket(fileno=int(sys.argv[1])), os.pidfd_open(os.getppid())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # what is forked is nobody's business once it has ended
    if not sys.flags.safe_path:
        del sys.path[0]  # the folder where it was started
    import_all()
    gc.collect()
    gc.freeze()
    use_huge_pages()
    if found := serve(control, jupyter):
        become(*found, jupyter)
    control.close()
    with contextlib.suppress(ChildProcessError):
        os.wait()


if __name__ == "__main__":
    main()
