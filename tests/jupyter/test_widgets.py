"""The widgets in a real JupyterLab, driven by keyboard alone.

No console error, no request to an outside host, no fault for axe.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlparse

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, expect

import kpikit
from tests.jupyter.lab import Lab, opened, write_notebook

PATIENCE = 60  # seconds that a picture may take on a busy machine
NOTEBOOK = "widgets.ipynb"
CELLS = (
    "from kpikit.widgets import Explorer, GoalBuilder, Redesigner",
    'Explorer("coffee", language="en")',
    'GoalBuilder("coffee", "norrebro", language="en")',
    'Redesigner("coffee", "aarhus", language="en")',
)


@pytest.fixture(scope="module")
def lab(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """JupyterLab over a first workspace and a notebook with one widget in a cell, after all cells have run."""
    folder = tmp_path_factory.mktemp("widgets")
    kpikit.new(folder / "coffee")
    write_notebook(folder / NOTEBOOK, CELLS)
    expect.set_options(timeout=PATIENCE * 1000)
    with opened(folder, tmp_path_factory.mktemp("jupyter") / "settings", chromium) as lab:
        lab.run(NOTEBOOK)
        yield lab


def output(lab: Lab, cell: int) -> Locator:
    """What a cell shows, brought onto the screen."""
    lab.show(NOTEBOOK, cell)
    return lab.page.locator(".jp-NotebookPanel:visible .jp-Cell").nth(cell).locator(".jp-Cell-outputArea")


def picture(lab: Lab, name: str) -> None:
    """A look at it, kept where KPIKIT_PICTURES names a folder."""
    if folder := os.environ.get("KPIKIT_PICTURES"):
        lab.page.screenshot(path=str(Path(folder) / f"{name}.png"))


def faults(lab: Lab, shown: Locator) -> list[str]:
    """What axe-core calls serious or critical in a part of the page; the rest is looked at by itself."""
    lab.page.evaluate("document.querySelectorAll('[data-axe]').forEach(each => each.removeAttribute('data-axe'))")
    shown.first.evaluate("node => node.setAttribute('data-axe', '')")
    context = {"include": [["[data-axe]"]]}
    found = Axe().run(lab.page, context=context).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found
            if each["impact"] in ("serious", "critical")]  # fmt: skip


def choose(lab: Lab, control: Locator, text: str) -> None:
    """Choose in a list as the keyboard does: its first letters, and Enter."""
    control.focus()
    lab.page.keyboard.type(text.removesuffix(" period"))
    lab.page.keyboard.press("Enter")
    expect(control).to_have_attribute("placeholder", text)


def test_the_explorer_follows_the_keyboard(lab: Lab) -> None:
    shown = output(lab, 1)
    expect(shown.get_by_role("heading", level=3)).to_contain_text("Revenue")
    choose(lab, shown.get_by_label("Client"), "Aarhus Coffee")
    expect(shown.get_by_role("heading", level=3)).to_contain_text("Aarhus")
    choose(lab, shown.get_by_label("Length of period"), "Quarters")
    choose(lab, shown.get_by_label("Period", exact=True), "Q3 2025")
    expect(shown).to_contain_text("Q3 2025")
    choose(lab, shown.get_by_label("Compared with"), "previous period")
    expect(shown).to_contain_text("Vs previous period")
    expect(shown).not_to_contain_text("Vs same period last year")
    shown.get_by_label("Your note").focus()
    lab.page.keyboard.type("Rain all summer.")
    lab.page.keyboard.press("Tab")
    expect(shown.get_by_label("Date or period")).to_have_value("Q3 2025")
    lab.page.keyboard.press("Tab")
    lab.page.keyboard.type("Ann")
    lab.page.keyboard.press("Tab")
    lab.page.keyboard.press("Enter")
    expect(shown.locator("aside.note")).to_contain_text("Rain all summer.")
    assert (lab.folder / "coffee/notes/aarhus/2025-Q3.001.yml").is_file()
    picture(lab, "explorer")


def test_a_point_is_picked_by_keyboard_and_by_mouse(lab: Lab) -> None:
    shown = output(lab, 1)
    points = shown.get_by_role("group", name="Points of the history").get_by_role("button")
    last, before, third = points.nth(-1), points.nth(-2), points.nth(2)
    shown.get_by_role("combobox", name="Usual range").focus()
    for _ in range(20):  # the tabulator comes to one of the points
        lab.page.keyboard.press("Tab")
        if last.evaluate("button => button === document.activeElement"):
            break
    expect(last).to_be_focused()
    lab.page.keyboard.press("ArrowLeft")
    expect(before).to_be_focused()
    lab.page.keyboard.press("Enter")
    behind = shown.locator("[aria-live=polite]")
    expect(behind).to_contain_text("days")
    expect(behind.get_by_role("table")).to_contain_text("Rows")
    expect(before).to_have_attribute("aria-pressed", "true")
    picture(lab, "explorer-point")
    assert faults(lab, shown) == []
    third.click()
    expect(third).to_have_attribute("aria-pressed", "true")
    period = (third.get_attribute("aria-label") or "").partition(":")[0]
    expect(behind.get_by_role("heading")).to_have_text(period)
    expect(shown.get_by_label("Date or period")).not_to_have_value("Q3 2025")
    lab.page.keyboard.press("Escape")
    expect(behind).to_be_empty()
    assert lab.page.locator(".jp-NotebookPanel:visible .jp-Cell").count() == len(CELLS)  # no key reached the cells


def test_the_goal_builder_writes_a_plan_by_keyboard(lab: Lab) -> None:
    shown = output(lab, 2)
    expect(shown).to_contain_text("Write down the goal in words first.")
    shown.get_by_label("Goal in words").focus()
    lab.page.keyboard.type("More orders in every month", delay=20)
    expect(shown).to_contain_text("Nobody answers for it.")
    expect(shown.get_by_label("KPI", exact=True)).to_have_attribute("placeholder", "Orders (sales.orders)")  # their KPI
    choose(lab, shown.get_by_label("Target", exact=True), "reach it by a period")
    expect(shown).to_contain_text("the probability of reaching the target by then")
    aim = shown.get_by_label("What to reach")
    before = aim.input_value()
    shown.get_by_role("slider").focus()
    for _ in range(3):
        lab.page.keyboard.press("ArrowRight")
    expect(aim).not_to_have_value(before)
    shown.get_by_label("Owner").focus()
    lab.page.keyboard.type("Ann")
    expect(shown).not_to_contain_text("Nobody answers for it.")
    picture(lab, "builder")
    shown.get_by_role("button", name="Write the plan").focus()
    lab.page.keyboard.press("Enter")
    shown.get_by_role("button", name="Yes, write it").press("Enter")
    expect(shown).to_contain_text("Written as plans/norrebro/2.yml.")
    assert [goal.owner for goal in kpikit.open(lab.folder / "coffee").plans("norrebro")[-1].goals][-1] == "Ann"


def test_a_proposal_is_decided_by_keyboard(lab: Lab) -> None:
    shown = output(lab, 3)
    expect(shown).to_contain_text("Nothing is decided yet")
    choose(lab, shown.get_by_label("Decision").first, "decline")
    shown.get_by_label("Why").first.focus()
    lab.page.keyboard.type("Not now.")
    shown.get_by_label("Who decides").focus()
    lab.page.keyboard.type("Ann")
    expect(shown).to_contain_text("In force from")
    shown.get_by_role("button", name="Write the next version").focus()
    lab.page.keyboard.press("Enter")
    shown.get_by_role("button", name="Yes, write it").press("Enter")
    expect(shown).to_contain_text("Written as plans/aarhus/2.yml.")


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_no_fault_by_day_and_by_night(theme: str, lab: Lab) -> None:
    lab.page.evaluate("theme => jupyterapp.commands.execute('apputils:change-theme', { theme })", theme)
    lab.page.wait_for_function(f"document.body.dataset.jpThemeName === '{theme}'")
    for cell, name in ((1, "explorer"), (2, "builder"), (3, "cards")):
        shown = output(lab, cell)
        picture(lab, f"{name}-{theme.rpartition(' ')[2].lower()}")
        assert faults(lab, shown) == []


def test_a_narrow_output_of_a_wide_window_shows_the_narrow_drawing(lab: Lab) -> None:
    """Beside the file browser an output of this window is half as wide; letters stay readable, and points in place."""
    wide = "picture => getComputedStyle(picture.querySelector('g')).display !== 'none'"
    drawing = output(lab, 1).locator("figure svg.kpi-picture").first
    assert drawing.evaluate(wide)
    lab.page.set_viewport_size({"width": 700, "height": 1000})
    for cell, name in ((1, "explorer"), (2, "builder")):
        drawing = output(lab, cell).locator("figure svg.kpi-picture").first
        expect(drawing.locator("text:visible").first).to_be_visible()
        picture(lab, f"{name}-narrow-output")
        assert not drawing.evaluate(wide)
        shrunk = "picture => picture.getBoundingClientRect().width / 350"  # what it is drawn at
        assert 0.8 < drawing.evaluate(shrunk) <= 1.2
    last = output(lab, 1).get_by_role("group", name="Points of the history").get_by_role("button").nth(-1)
    ends = "button => [button.getBoundingClientRect().left, button.getBoundingClientRect().right]"
    marks = """svg => [...svg.querySelectorAll('circle')].map(each => each.getBoundingClientRect())
        .map(box => box.x + box.width / 2)"""
    left, right = last.evaluate(ends)
    at = max(output(lab, 1).locator("figure svg.kpi-picture").first.evaluate(marks))
    assert abs(at - (left + right) / 2) < 2  # the last point has a mark
    lab.page.set_viewport_size({"width": 1400, "height": 1000})


def test_nothing_is_asked_of_an_outside_host_and_the_console_is_quiet(lab: Lab) -> None:
    assert {urlparse(url).hostname for url in lab.asked if not url.startswith(("data:", "blob:"))} == {"127.0.0.1"}
    assert [text for text in lab.complaints if "favicon" not in text] == []
