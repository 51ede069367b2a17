"""The Explorer in a real Notebook 7: its cell is run, and the widget driven, by keyboard."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlparse

from playwright.sync_api import expect, sync_playwright

import kpikit
from tests.jupyter.lab import FLAGS, serving

PATIENCE = 60_000  # milliseconds
READY = """async () => {
    await jupyterapp.restored;
    const widget = jupyterapp.shell.currentWidget;
    await widget.context.sessionContext.ready;
    await widget.context.sessionContext.session.kernel.info;
}"""


def test_the_explorer_runs_in_notebook_7(chromium: str, tmp_path: Path) -> None:
    folder, settings = tmp_path / "notebooks", tmp_path / "settings"
    kpikit.new(folder / "coffee")
    settings.mkdir()
    code = 'from kpikit.widgets import Explorer\n\nExplorer("coffee", language="en")'
    new = {"cell_type": "code", "id": "explorer", "metadata": {}, "execution_count": None, "outputs": []}
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    notebook = {"cells": [{**new, "source": code}], "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    (folder / "explore.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    options = ["--no-browser", "--allow-root", "--ip=127.0.0.1", "--IdentityProvider.token="]
    command = ["-m", "notebook", *options, f"--ServerApp.root_dir={folder}", "--expose-app-in-browser"]
    told: list[str] = []
    with serving(command, settings, "/api") as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page()
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: told.append(str(error)))
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{url}/notebooks/explore.ipynb")
        page.wait_for_function("window.jupyterapp?.shell.currentWidget?.content?.widgets")
        page.evaluate(READY)
        told.clear()  # what Notebook itself complains of while it starts
        page.locator(".jp-Cell .cm-content").click()
        page.keyboard.press("Shift+Enter")
        shown = page.locator(".jp-Cell").first.locator(".jp-Cell-outputArea")
        expect(shown.get_by_role("heading", level=3)).to_contain_text("Nørrebro Coffee: Revenue")
        shown.get_by_label("Client").focus()
        page.keyboard.type("Aarhus")
        page.keyboard.press("Enter")
        expect(shown.get_by_role("heading", level=3)).to_contain_text("Aarhus Coffee: Revenue")
        browser.close()
    assert {urlparse(each).hostname for each in asked if each.startswith("http")} == {"127.0.0.1"}
    assert [text for text in told if "favicon" not in text] == []
