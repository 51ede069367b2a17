"""How a report's kernel is started: this interpreter's own, whatever kernels are registered on the machine."""

from __future__ import annotations

import os
import sys
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from traitlets import default

HAS_UNIX_SOCKETS = sys.platform != "win32"


class OwnKernel(AsyncKernelManager):
    """Starts ipykernel with the running interpreter, and talks to it over Unix sockets where there are any.

    The sockets lie in the working folder under relative names: no port race, and no path too long for a socket. The
    connection file lies there too, so that nothing is left elsewhere when a kernel is killed.
    """

    @property
    def kernel_spec(self) -> KernelSpec:
        """The running interpreter's ipykernel."""
        command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=command, display_name="Python 3", language="python")

    @default("connection_file")
    def _connection_file_default(self) -> str:
        return os.path.abspath("kernel.json")

    @default("transport")
    def _transport_default(self) -> str:
        return "ipc" if HAS_UNIX_SOCKETS else "tcp"

    @default("ip")
    def _ip_default(self) -> Any:
        return "kernel" if HAS_UNIX_SOCKETS else super()._ip_default()
