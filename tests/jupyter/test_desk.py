"""Board, data doctor and planner in a real JupyterLab, by keyboard and by mouse, on the shop and the agency."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Locator, expect

import kpikit
from tests.jupyter.lab import Lab, opened, write_notebook
from tests.jupyter.test_widgets import faults

PATIENCE = 90  # seconds that a table may take on a busy machine
NOTEBOOK = "desk.ipynb"


@pytest.fixture(scope="module")
def lab(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """JupyterLab over a workspace with a report, and a notebook with one widget in a cell, after all cells have run."""
    folder = tmp_path_factory.mktemp("desk")
    kpikit.report(kpikit.new(folder / "coffee").folder, ["aarhus"])
    shop, agency = (str(kpikit.samples() / name) for name in ("shop", "agency"))
    codes = (
        "from kpikit.widgets import Calculator, DataDoctor, ExperimentPlanner, Explorer, GoalBuilder, ReviewBoard",
        f'ReviewBoard({shop!r}, language="en")',
        f'DataDoctor({agency!r}, language="en")',
        'ReviewBoard("coffee", language="da")',
        f'ExperimentPlanner({agency!r}, "kvartal", language="en")',
        f'split = Explorer({shop!r}, "norway", language="nb"); split.by.value = split.by.options[-1][1]; split',
        f'GoalBuilder({shop!r}, "norway", language="da")',
        f'Calculator({shop!r}, language="nb")',
        'DataDoctor("coffee", source="till", language="da")',
    )
    write_notebook(folder / NOTEBOOK, codes)
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


@pytest.mark.parametrize(("theme", "width"), [("JupyterLab Dark", 700), ("JupyterLab Dark", 1400),
                                              ("JupyterLab Light", 1400)])  # fmt: skip
def test_axe_finds_no_fault_by_day_by_night_and_in_a_narrow_window(theme: str, width: int, lab: Lab) -> None:
    lab.page.set_viewport_size({"width": width, "height": 1000})
    lab.page.evaluate("theme => jupyterapp.commands.execute('apputils:change-theme', { theme })", theme)
    lab.page.wait_for_function(f"document.body.dataset.jpThemeName === '{theme}'")
    for cell in range(1, 9):
        assert faults(lab, output(lab, cell)) == []


def test_a_row_leads_to_the_report_by_mouse(lab: Lab) -> None:
    output(lab, 3).get_by_role("link", name="Rapport").first.click()
    lab.page.wait_for_function("jupyterapp.shell.currentWidget?.title.label === '2026-02.en.html'")


def test_the_console_is_quiet_and_no_outside_host_is_asked(lab: Lab) -> None:
    assert {urlparse(url).hostname for url in lab.asked if not url.startswith(("data:", "blob:"))} == {"127.0.0.1"}
    assert [text for text in lab.complaints if "favicon" not in text] == []
