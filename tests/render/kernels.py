"""Kernels started cold, and warm by the project's provisioner, as Jupyter's own programs start them."""

from __future__ import annotations

import importlib.metadata
import json
import os
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client import BlockingKernelClient, KernelManager
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import KernelProvisionerFactory
from nbclient import NotebookClient

from kpikit.render import provisioner
from kpikit.render.provisioner import LAUNCHER, NAME

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0  # seconds
(TARGET,) = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"][
    KernelProvisionerFactory.GROUP_NAME
].values()
KernelProvisionerFactory.provisioners[NAME] = importlib.metadata.EntryPoint(
    NAME, TARGET, KernelProvisionerFactory.GROUP_NAME
)


def spec(warm: bool) -> KernelSpec:
    """This interpreter's ipykernel, which says by whom it is to be started."""
    stanza = {"kernel_provisioner": {"provisioner_name": NAME if warm else "local-provisioner"}}
    return KernelSpec(argv=[*LAUNCHER, "-f", "{connection_file}"], language="python", metadata=stanza)


class Warm(KernelManager):
    kernel_spec = spec(True)


class Cold(KernelManager):
    kernel_spec = spec(False)


class AsyncWarm(AsyncKernelManager):
    kernel_spec = spec(True)


class AsyncCold(AsyncKernelManager):
    kernel_spec = spec(False)


def let_go() -> None:
    """End the warm parents of this process, whose kernels have ended."""
    for each in provisioner._parents:
        each.close()
    provisioner._parents.clear()


class Kernel:
    """A kernel with a client, in a ``with``."""

    def __init__(self, kind: type[KernelManager] = Warm, **given: Any) -> None:
        self.manager = kind()
        self.manager.start_kernel(**given)
        self.client: BlockingKernelClient = self.manager.client()

    def __enter__(self) -> Kernel:
        self.client.start_channels()
        self.client.wait_for_ready(timeout=PATIENCE)
        return self

    def __exit__(self, *_: object) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel()

    @property
    def pid(self) -> int:
        found: Any = self.manager.provisioner
        return int(found.pid)

    def run(self, source: str) -> str:
        """What a cell prints, or the name of its error."""
        said: list[str] = []

        def hook(message: dict[str, Any]) -> None:
            said.append(message["content"].get("text") or message["content"].get("ename") or "")

        self.client.execute_interactive(source, timeout=PATIENCE, output_hook=hook)
        return "".join(said)

    def restart(self, now: bool = False) -> None:
        self.manager.restart_kernel(now=now)
        self.client.wait_for_ready(timeout=PATIENCE)


def parent() -> int:
    """The number of the warm parent."""
    process = provisioner._parents[-1].process
    assert process
    return process.pid


def gone(pid: int) -> bool:
    """Whether a process ends soon, or has; a zombie has."""
    return until(lambda: not Path(f"/proc/{pid}").exists() or ") Z " in Path(f"/proc/{pid}/stat").read_text())


def until(holds: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if holds():
                return True
        except FileNotFoundError:
            pass
        time.sleep(0.02)
    return False


def descriptors(pid: int | str = "self") -> int:
    return len(os.listdir(f"/proc/{pid}/fd"))


def executed(kind: type[AsyncKernelManager], folder: Path, content: dict[str, Any]) -> dict[str, Any]:
    """The notebook as nbclient leaves it; a cold kernel loses a message now and then, and then it runs again."""
    folder.mkdir(exist_ok=True)
    for _ in range(3):
        found = nbformat.from_dict(content)
        paths = {"metadata": {"path": str(folder)}}
        client = NotebookClient(found, timeout=PATIENCE, resources=paths, kernel_manager_class=kind)
        try:
            client.execute()
        except Exception as error:
            if "timeout" in type(error).__name__.lower():
                continue
        saved: dict[str, Any] = json.loads(nbformat.writes(found))
        return saved
    raise AssertionError("the notebook did not come to an end")
