"""Driver tree and re-design in a real JupyterLab: by mouse and by keyboard alone, on the shop and on the agency."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Locator, expect

import kpikit
from tests.jupyter.lab import Lab, opened, write_notebook
from tests.jupyter.test_widgets import PATIENCE, choose, faults, picture

CELLS = (
    "from kpikit.widgets import DriverTree, Redesigner",
    f'DriverTree({str(kpikit.samples() / "shop")!r}, "united-kingdom")',
    f'DriverTree({str(kpikit.samples() / "agency")!r}, "brynje", language="en")',
    f'DriverTree({str(kpikit.samples() / "agency")!r}, "rugmark", "production.oee", language="da")',
    'Redesigner("agency", "kvartal", "2026-02", language="en")',
)
NOTEBOOK = "trees.ipynb"


@pytest.fixture(scope="module")
def lab(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """JupyterLab over a notebook with one tree in a cell, after all cells have run."""
    folder = tmp_path_factory.mktemp("trees")
    shutil.copytree(kpikit.samples() / "agency", folder / "agency")  # its plan is written
    write_notebook(folder / NOTEBOOK, CELLS)
    expect.set_options(timeout=PATIENCE * 1000)
    with opened(folder, tmp_path_factory.mktemp("jupyter") / "settings", chromium) as lab:
        lab.run(NOTEBOOK)
        yield lab


def output(lab: Lab, cell: int) -> Locator:
    """What a cell shows, brought onto the screen."""
    lab.show(NOTEBOOK, cell)
    return lab.page.locator(".jp-NotebookPanel:visible .jp-Cell").nth(cell).locator(".jp-Cell-outputArea")


def test_a_driver_is_moved_by_keyboard_alone(lab: Lab) -> None:
    shown = output(lab, 1)
    expect(shown).to_contain_text("Revenue = Orders × Average order value")
    shown.get_by_role("textbox", name="Orders", exact=True).focus()
    lab.page.keyboard.type("+10 %", delay=20)
    expect(shown).to_contain_text("With Orders 2,739 (+10.0%), Revenue would be £1,457,881 (+£132,535).")
    lab.page.keyboard.press("Tab")  # on to the slider
    before = shown.get_by_role("textbox", name="Orders", exact=True).input_value()
    lab.page.keyboard.press("ArrowLeft")
    expect(shown.get_by_role("textbox", name="Orders", exact=True)).not_to_have_value(before)
    shown.get_by_role("textbox", name="Orders", exact=True).fill("lots")
    expect(shown.get_by_role("alert")).to_contain_text("is not understood")
    shown.get_by_role("button", name="Back to the figures as they are").focus()
    lab.page.keyboard.press("Enter")
    expect(shown).not_to_contain_text("Revenue would be")
    expect(shown.get_by_role("textbox", name="Orders", exact=True)).to_have_value("")
    choose(lab, shown.get_by_label("KPI"), "Repeat purchase rate")
    expect(shown.get_by_role("heading", level=3)).to_contain_text("Repeat purchase rate")
    picture(lab, "tree-shop")


def test_a_driver_is_moved_by_mouse(lab: Lab) -> None:
    shown = output(lab, 2)
    handle = shown.get_by_role("slider", name="Units per order")
    expect(handle).to_be_visible()
    box = handle.bounding_box()
    assert box is not None
    lab.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    lab.page.mouse.down()
    lab.page.mouse.move(box["x"] + 40, box["y"] + box["height"] / 2, steps=5)
    lab.page.mouse.up()
    expect(shown).to_contain_text("With Units per order")
    expect(shown.get_by_role("textbox", name="Units per order")).not_to_have_value("")
    picture(lab, "tree-agency")


def test_a_card_shows_another_target_against_the_past_by_keyboard(lab: Lab) -> None:
    shown = output(lab, 4)
    table = shown.get_by_role("group", name="If it had been in force").first
    expect(table.get_by_role("img")).to_have_count(24)
    # Deals won by partners in data/agency: two or more in six of these twelve months, four in none.
    expect(shown).to_contain_text("Met or on track in 0 of the last 12 periods as it is, in 6 of them with this.")
    choose(lab, shown.get_by_label("Decision").first, "change")
    shown.get_by_label("Another target").first.focus()
    lab.page.keyboard.type("90", delay=20)
    expect(shown).to_contain_text("It would have changed none of the last 12 statuses.")
    shown.get_by_label("Why").first.focus()
    lab.page.keyboard.type("They can.")
    shown.get_by_label("Who decides").focus()
    lab.page.keyboard.type("Ann")
    expect(shown).to_contain_text("90 in each period")
    picture(lab, "cards-agency")


def test_actions_are_begun_with_decisions_by_keyboard_and_by_mouse_and_stand_in_the_next_plan(lab: Lab) -> None:
    """The first card is decided in the test above; the fields of an action come one after the other by tabulator."""
    shown = output(lab, 4)
    card, other = shown.locator(".kpi-card").first, shown.locator(".kpi-card").filter(has_text="Begin an action").first
    card.get_by_role("button", name="Add an action").focus()
    lab.page.keyboard.press("Enter")
    expect(card.get_by_label("What")).to_be_visible()
    for text in ("Visit the partners", "Bo", "2026-04-30", "1200 DKK"):
        lab.page.keyboard.press("Tab")
        lab.page.keyboard.type(text, delay=20)
    expect(shown).to_contain_text("Visit the partners")
    other.get_by_label("Decision").click()
    lab.page.keyboard.type("accept")
    lab.page.keyboard.press("Enter")
    other.get_by_label("Why").fill("It is far behind.")
    other.get_by_role("button", name="Add an action").click()
    other.get_by_label("What").fill("Call every lead")
    expect(shown.get_by_role("alert")).to_contain_text("Write down what is to be done, and who does it.")
    other.get_by_label("Who").fill("Emil")
    expect(shown).to_contain_text("Call every lead")
    expect(shown.get_by_role("alert")).to_have_count(0)
    before = kpikit.open(lab.folder / "agency").plans("kvartal")
    shown.get_by_role("button", name="Write the next version").click()
    expect(shown.get_by_text("This becomes the plan's next version.")).to_be_visible()
    picture(lab, "cards-actions")
    assert len(kpikit.open(lab.folder / "agency").plans("kvartal")) == len(before)
    shown.get_by_role("button", name="Yes, write it").click()
    expect(shown).to_contain_text(f"Written as plans/kvartal/{before[-1].version + 1}.yml.")
    begun = [each for goal in kpikit.open(lab.folder / "agency").plans("kvartal")[-1].goals for each in goal.actions]
    begun = [each for each in begun if each not in [old for goal in before[-1].goals for old in goal.actions]]
    assert {(each.what, each.who, each.due, each.cost) for each in begun} == {
        ("Visit the partners", "Bo", date(2026, 4, 30), (Decimal(1200), "DKK")),
        ("Call every lead", "Emil", None, None),
    }


@pytest.mark.parametrize(("theme", "width"), [("JupyterLab Light", 1400), ("JupyterLab Dark", 1400),
                                              ("JupyterLab Light", 500)])  # fmt: skip
def test_axe_finds_no_fault_by_day_by_night_and_in_a_narrow_window(theme: str, width: int, lab: Lab) -> None:
    lab.page.set_viewport_size({"width": width, "height": 1000})
    if width < 1000:
        lab.page.evaluate("jupyterapp.commands.execute('application:toggle-left-area')")
    lab.page.evaluate("theme => jupyterapp.commands.execute('apputils:change-theme', { theme })", theme)
    lab.page.wait_for_function(f"document.body.dataset.jpThemeName === '{theme}'")
    for cell, name in ((1, "shop"), (2, "agency"), (3, "danish"), (4, "cards")):
        shown = output(lab, cell)
        expect(shown.locator("svg.kpi-picture, table.statuses").first).to_be_visible()
        picture(lab, f"tree-{name}-{theme.rpartition(' ')[2].lower()}-{width}")
        assert faults(lab, shown) == []


def test_nothing_is_asked_of_an_outside_host_and_the_console_is_quiet(lab: Lab) -> None:
    assert {urlparse(url).hostname for url in lab.asked if not url.startswith(("data:", "blob:"))} == {"127.0.0.1"}
    assert [text for text in lab.complaints if "favicon" not in text] == []
