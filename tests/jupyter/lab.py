"""A real JupyterLab, driven in a headless browser as a person would: open a notebook, run all cells, save."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
QUIET = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}
START = 60  # seconds that the server, and each notebook, may take
OPEN = """async path => {
    const widget = await jupyterapp.commands.execute('docmanager:open', { path, factory: 'Notebook' });
    await widget.context.ready;
    await widget.context.sessionContext.ready;
}"""
RUN = """async path => {
    const widget = await jupyterapp.commands.execute('docmanager:open', { path, factory: 'Notebook' });
    jupyterapp.shell.activateById(widget.id);
    await widget.context.sessionContext.session.kernel.info;
    await jupyterapp.commands.execute('notebook:run-all-cells');
    await widget.context.save();
}"""

SHOW = """async ([path, cell]) => {
    const widget = await jupyterapp.commands.execute('docmanager:open', { path, factory: 'Notebook' });
    jupyterapp.shell.activateById(widget.id);
    await widget.content.scrollToItem(cell, 'start');
}"""


@dataclass(frozen=True)
class Lab:
    """JupyterLab over a folder, open in a browser's page; what its console complains of, and all that it asked for."""

    folder: Path
    page: Page
    complaints: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def run(self, *names: str) -> None:
        """Run all cells of these notebooks of the folder, and save them; their kernels start at the same time."""
        self.page.evaluate(f"paths => Promise.all(paths.map({OPEN}))", list(names))
        for name in names:
            self.page.evaluate(RUN, name)

    def show(self, name: str, cell: int) -> None:
        """Bring a notebook to the front, and one of its cells to the top of the screen."""
        self.page.evaluate(SHOW, [name, cell])

    def notebook(self, name: str) -> dict[str, Any]:
        """A notebook as it was saved last."""
        found: dict[str, Any] = json.loads((self.folder / name).read_text(encoding="utf-8"))
        return found


def write_notebook(file: Path, cells: Sequence[str]) -> None:
    """A notebook with these cells of code, none of which has run."""
    code = [{"cell_type": "code", "execution_count": None, "id": f"cell-{at}", "metadata": {}, "outputs": [],
             "source": source} for at, source in enumerate(cells)]  # fmt: skip
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    notebook = {"cells": code, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    file.write_text(json.dumps(notebook), encoding="utf-8")


@contextlib.contextmanager
def opened(folder: Path, settings: Path, chromium: str, **chosen: object) -> Iterator[Lab]:
    """JupyterLab over ``folder``, with a server of its own on this machine alone, which ends with the context.

    ``chosen`` are settings of its widgets, such as ``saveState=True``.
    """
    with _server(folder, settings, chosen) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.set_default_timeout(START * 1000)
        lab = Lab(folder, page)
        page.on("console", lambda message: lab.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: lab.complaints.append(str(error)))
        page.on("request", lambda request: lab.asked.append(request.url))
        page.goto(f"{url}/lab/workspaces/test?reset")
        page.wait_for_function("window.jupyterapp?.restored.then(() => true)")
        yield lab
        browser.close()


@contextlib.contextmanager
def _server(folder: Path, settings: Path, chosen: Mapping[str, object]) -> Iterator[str]:
    """The address of a Jupyter server over the folder."""
    settings.mkdir(parents=True)
    overrides = QUIET | {"@jupyter-widgets/jupyterlab-manager:plugin": dict(chosen)}
    (settings / "overrides.json").write_text(json.dumps(overrides), encoding="utf-8")
    options = [
        "--no-browser", "--allow-root", "--ip=127.0.0.1", "--ServerApp.port_retries=0",
        "--IdentityProvider.token=", f"--ServerApp.root_dir={folder}", "--expose-app-in-browser",
        f"--LabApp.app_settings_dir={settings}", "--LabApp.extension_manager=readonly",
    ]  # fmt: skip
    with serving(["-m", "jupyterlab", *options], settings, "/api") as url:
        yield url


@contextlib.contextmanager
def serving(command: list[str], settings: Path, path: str) -> Iterator[str]:
    """The address of a server that is a program of Python, without the settings, data and extensions of this machine.

    It is there once ``path`` is answered; its log, in the folder of settings, is the error where that does not happen.
    """
    empty = {f"JUPYTER_{name}_DIR": str(settings / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    url = f"http://127.0.0.1:{_free_port()}"
    start = [sys.executable, *command, f"--port={url.rpartition(':')[2]}"]
    with (settings / "log").open("wb") as log:
        server = subprocess.Popen(start, env=os.environ | empty, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait(url + path, server, settings / "log")
        yield url
    finally:
        server.terminate()  # it ends its kernels, too
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(START)
        server.kill()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START
    while time.monotonic() < end and server.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=5):
            return
        time.sleep(0.1)
    raise RuntimeError(f"the Jupyter server did not start:\n{log.read_text(encoding='utf-8')}")
