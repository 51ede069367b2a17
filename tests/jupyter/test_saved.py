"""A notebook with widgets: saved, closed, opened again and reloaded in a real JupyterLab; and without a kernel."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

import kpikit
from tests.jupyter.lab import Lab, opened, write_notebook

PATIENCE = 60_000  # milliseconds that a picture may take on a busy machine
NOTEBOOK = "saved.ipynb"
CELLS = (
    "from kpikit.widgets import Explorer, Redesigner",
    'Explorer("coffee", language="en")',
    'Redesigner("coffee", "aarhus", language="en")',
)
CLOSE = """async path => {
    const widget = await jupyterapp.commands.execute('docmanager:open', { path, factory: 'Notebook' });
    await widget.context.save();
    widget.dispose();
}"""
OPEN = """async path => {
    const widget = await jupyterapp.commands.execute('docmanager:open', { path, factory: 'Notebook' });
    await widget.context.ready;
    await widget.context.sessionContext.ready;
    jupyterapp.shell.activateById(widget.id);
}"""
SHUT_DOWN = """async path => {
    const widget = await jupyterapp.commands.execute('docmanager:open', { path, factory: 'Notebook' });
    await widget.context.save();
    await widget.context.sessionContext.shutdown();
    widget.dispose();
}"""


@pytest.fixture(scope="module")
def lab(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    folder = tmp_path_factory.mktemp("saved")
    kpikit.new(folder / "coffee")
    write_notebook(folder / NOTEBOOK, CELLS)
    expect.set_options(timeout=PATIENCE)
    with opened(folder, tmp_path_factory.mktemp("jupyter") / "settings", chromium, saveState=True) as lab:
        lab.run(NOTEBOOK)
        expect(cell(lab, 2)).to_contain_text("It changes no status by itself.")  # which comes after the first view
        yield lab


def cell(lab: Lab, number: int) -> Locator:
    lab.show(NOTEBOOK, number)
    return lab.page.locator(".jp-NotebookPanel:visible .jp-Cell").nth(number).locator(".jp-Cell-outputArea")


def explored(lab: Lab) -> None:
    """What was chosen before is still chosen, and the controls still work."""
    shown = cell(lab, 1)
    expect(shown.get_by_role("heading", level=3)).to_contain_text("Aarhus Coffee: Revenue")
    expect(shown.get_by_label("Client")).to_have_attribute("placeholder", "Aarhus Coffee")
    expect(shown.get_by_label("Your note")).to_have_value("Rain.")


def test_what_was_chosen_and_typed_is_there_again_after_closing_and_reloading(lab: Lab) -> None:
    shown = cell(lab, 1)
    shown.get_by_label("Client").fill("Aarhus Coffee")
    shown.get_by_label("Client").press("Enter")
    shown.get_by_label("Your note").fill("Rain.")
    explored(lab)
    lab.page.evaluate(CLOSE, NOTEBOOK)
    lab.page.evaluate(OPEN, NOTEBOOK)
    explored(lab)
    lab.page.reload()
    lab.page.wait_for_function("window.jupyterapp?.restored.then(() => true)")
    lab.page.evaluate(OPEN, NOTEBOOK)
    explored(lab)
    shown = cell(lab, 1)
    shown.get_by_label("Client").fill("Nørrebro Coffee")
    shown.get_by_label("Client").press("Enter")
    expect(shown.get_by_role("heading", level=3)).to_contain_text("Nørrebro Coffee: Revenue")


def test_the_saved_notebook_shows_the_pictures_where_no_widgets_are(lab: Lab) -> None:
    """The explorer's as its cell ran, the cards with what each would have done, which came after the first view."""
    lab.page.evaluate(CLOSE, NOTEBOOK)
    (explorer,), (cards,) = (each["outputs"] for each in lab.notebook(NOTEBOOK)["cells"][1:])
    html = "".join(explorer["data"]["text/html"])
    assert "<svg" in html and "Nørrebro Coffee: Revenue" in html
    html = "".join(cards["data"]["text/html"])
    assert "It changes no status by itself." in html and "worked out" not in html


def test_with_its_state_saved_the_widget_is_there_without_a_kernel(lab: Lab) -> None:
    """As JupyterLab has it with Settings > Save Widget State Automatically."""
    lab.page.evaluate(SHUT_DOWN, NOTEBOOK)
    lab.page.reload()
    lab.page.wait_for_function("window.jupyterapp?.restored.then(() => true)")
    lab.page.evaluate(OPEN, NOTEBOOK)
    expect(cell(lab, 1)).to_contain_text("Nørrebro Coffee: Revenue")
    expect(cell(lab, 1).get_by_label("Your note")).to_have_value("Rain.")
    expect(cell(lab, 1).locator("svg.kpi-picture").first).to_be_visible()
