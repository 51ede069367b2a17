"""Board, data doctor and planner in a real JupyterLab, by keyboard and by mouse, on the shop and the agency."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import urlparse

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, expect

import kpikit
from tests.jupyter.lab import Lab, opened

PATIENCE = 90  # seconds that a table may take on a busy machine
NOTEBOOK = "desk.ipynb"


@pytest.fixture(scope="module")
def lab(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """JupyterLab over a workspace with a report, and a notebook with one widget in a cell, after all cells have run."""
    folder = tmp_path_factory.mktemp("desk")
    kpikit.report(kpikit.new(folder / "coffee").folder, ["aarhus"])
    shop, agency = (str(kpikit.samples() / name) for name in ("shop", "agency"))
    codes = (
        "from kpikit.widgets import DataDoctor, ExperimentPlanner, ReviewBoard",
        f'ReviewBoard({shop!r}, language="en")',
        f'DataDoctor({agency!r}, language="en")',
        'ReviewBoard("coffee", language="da")',
        f'ExperimentPlanner({agency!r}, "kvartal", language="en")',
    )
    cells = [{"cell_type": "code", "execution_count": None, "id": f"cell-{at}", "metadata": {}, "outputs": [],
              "source": source} for at, source in enumerate(codes)]  # fmt: skip
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    notebook = {"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    (folder / NOTEBOOK).write_text(json.dumps(notebook), encoding="utf-8")
    expect.set_options(timeout=PATIENCE * 1000)
    with opened(folder, tmp_path_factory.mktemp("jupyter") / "settings", chromium) as lab:
        lab.run(NOTEBOOK)
        yield lab


def output(lab: Lab, cell: int) -> Locator:
    """What a cell shows, brought onto the screen."""
    lab.show(NOTEBOOK, cell)
    return lab.page.locator(".jp-NotebookPanel:visible .jp-Cell").nth(cell).locator(".jp-Cell-outputArea").first


def choose(lab: Lab, control: Locator, text: str) -> None:
    """Choose in a list as the keyboard does."""
    control.focus()
    lab.page.keyboard.type(text)
    lab.page.keyboard.press("Enter")
    expect(control).to_have_attribute("placeholder", text)


def test_the_board_is_ordered_searched_and_paged_by_keyboard(lab: Lab) -> None:
    shown = output(lab, 1)
    expect(shown).to_contain_text("43 clients. KPIs that need attention: ")
    choose(lab, shown.get_by_label("Show"), "everything")
    expect(shown).to_contain_text("Shown: 1 to 25 of 129.")
    shown.get_by_role("button", name="Rows after").focus()
    lab.page.keyboard.press("Enter")
    expect(shown).to_contain_text("Shown: 26 to 50 of 129.")
    choose(lab, shown.get_by_label("Order"), "by client")
    expect(shown.locator("th[aria-sort=ascending]")).to_contain_text("Client")
    head = shown.get_by_role("columnheader").get_by_role("button", name="Client")
    head.focus()
    lab.page.keyboard.press("Enter")
    expect(shown.locator("th[aria-sort=descending]")).to_contain_text("Client")
    expect(head).to_be_focused()  # the table is a new one, and the next press goes on from there
    lab.page.keyboard.press(" ")
    expect(shown.locator("th[aria-sort=ascending]")).to_contain_text("Client")
    shown.get_by_role("columnheader").get_by_role("button", name="Value").click()
    expect(shown.locator("th[aria-sort=descending]")).to_contain_text("Value")
    assert lab.page.locator(".jp-mod-editMode.jp-Notebook").count() == 0  # no key reached the cells
    shown.get_by_label("Search").focus()
    lab.page.keyboard.type("norw")
    expect(shown).to_contain_text("Shown: 1 to 3 of 3.")


def test_the_doctor_leads_to_the_days_that_are_missing(lab: Lab) -> None:
    shown = output(lab, 2)
    expect(shown).to_contain_text("8 September 2025 – 14 September 2025")
    choose(lab, shown.get_by_label("Source"), "ga4")
    choose(lab, shown.get_by_label("Client"), "Kysthjelpen, charity (synthetic)")
    expect(shown.get_by_role("img", name="Rows on 783 of 790 days.")).to_be_visible()


def test_a_test_is_planned_and_read_by_keyboard(lab: Lab) -> None:
    shown = output(lab, 4)
    choose(lab, shown.get_by_label("KPI"), "Bounce rate")
    expect(shown).to_contain_text("Bounce rate is")
    choose(lab, shown.get_by_label("Variants"), "3")
    expect(shown).to_contain_text("each of 3 variants needs")
    choose(lab, shown.get_by_label("Test", exact=True), "The page on which trials begin")
    expect(shown).to_contain_text("B does better than the control")


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_no_fault_by_day_and_by_night(theme: str, lab: Lab) -> None:
    lab.page.evaluate("theme => jupyterapp.commands.execute('apputils:change-theme', { theme })", theme)
    lab.page.wait_for_function(f"document.body.dataset.jpThemeName === '{theme}'")
    for cell in (1, 2, 3, 4):
        output(lab, cell)
        found = Axe().run(lab.page, context=".jp-NotebookPanel .jp-OutputArea-output").response["violations"]
        assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []


def test_a_row_leads_to_the_report_by_mouse(lab: Lab) -> None:
    output(lab, 3).get_by_role("link", name="Rapport").first.click()
    lab.page.wait_for_function("jupyterapp.shell.currentWidget?.title.label === '2026-02.en.html'")


def test_the_console_is_quiet_and_no_outside_host_is_asked(lab: Lab) -> None:
    assert {urlparse(url).hostname for url in lab.asked if not url.startswith(("data:", "blob:"))} == {"127.0.0.1"}
    assert [text for text in lab.complaints if "favicon" not in text] == []
