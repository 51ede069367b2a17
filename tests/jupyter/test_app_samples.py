"""The app on the shop and on the agency, in Norwegian: each widget's main task, by keyboard and by mouse."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright

import kpikit
from kpikit.widgets.offered import heading
from kpikit.words.language import Language
from tests.jupyter.lab import FLAGS, serving
from tests.jupyter.test_app import APP, FILES

PATIENCE = 90_000  # milliseconds that a view may take on a busy machine
say = Language("nb")


@pytest.fixture(scope="module", params=["shop", "agency"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample, into which plans may be written."""
    place = tmp_path_factory.mktemp("app") / request.param
    shutil.copytree(kpikit.samples() / request.param, place, ignore=shutil.ignore_patterns("out"))
    return place


@pytest.fixture(scope="module")
def app(folder: Path, chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The app in a browser, which complains of nothing."""
    settings = tmp_path_factory.mktemp("voila")
    command = [*APP, str(folder), "--no-browser", "--language", "nb"]
    with serving(command, settings, FILES) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 1300, "height": 1100})
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        told: list[str] = []
        page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: told.append(str(error)))
        page.goto(url)
        page.wait_for_selector(".widget-toggle-buttons button")
        yield page
        assert told == []
        browser.close()


def opened(app: Page, name: str, by_mouse: bool = False) -> Locator:
    """The page with a widget on it, once it is there."""
    title = heading(name, say)
    button = app.get_by_role("button", name=title, exact=True)
    if by_mouse:
        button.click()
    else:
        button.focus()
        app.keyboard.press("Enter")
    expect(app.get_by_role("heading", level=2)).to_have_text(title)
    expect(app.get_by_role("status")).to_have_count(0)
    return app.locator("#rendered_cells")


def choose(app: Page, label: str, text: str) -> None:
    """Choose in a list as the keyboard does."""
    control = app.get_by_label(say(label), exact=True).filter(visible=True).first
    control.focus()
    app.keyboard.type(text)
    app.keyboard.press("Enter")
    expect(control).to_have_attribute("placeholder", text)


def picture(app: Page, name: str) -> None:
    """What it looks like by day, by night and in a narrow window, kept where KPIKIT_PICTURES names a folder."""
    if folder := os.environ.get("KPIKIT_PICTURES"):
        for width in (1300, 500):
            app.set_viewport_size({"width": width, "height": 1100})
            app.screenshot(path=Path(folder) / f"nb-{name}-{width}.png", full_page=True)
        app.set_viewport_size({"width": 1300, "height": 1100})


def test_the_explorer_by_keyboard_and_its_points_by_mouse(app: Page, folder: Path) -> None:
    shown = opened(app, "Explorer", by_mouse=True)
    title = shown.get_by_role("heading", level=3).first
    before = title.inner_text()
    names = [say.own(each.label) for each in kpikit.open(folder).clients.values()]
    choose(app, "Client", names[1])
    expect(title).not_to_have_text(before)
    shown.locator(".kpi-points button").nth(-2).click()
    expect(shown.locator("[aria-live=polite]").get_by_role("table")).to_contain_text(say("Rows"))
    picture(app, f"{folder.name}-explorer")


def test_the_board_is_searched_and_sorted(app: Page, folder: Path) -> None:
    shown = opened(app, "ReviewBoard")
    expect(shown).not_to_contain_text("på vei …")
    last = say.own(list(kpikit.open(folder).clients.values())[-1].label)
    choose(app, "Show", say("everything"))
    app.get_by_label(say("Search"), exact=True).fill(last)
    names = shown.locator("table.board tbody th")
    expect(names.first).to_contain_text(last)
    expect(names.filter(has_not_text=last)).to_have_count(0)
    choose(app, "Order", say("by value"))
    expect(shown.locator("th[aria-sort]")).to_contain_text(say("Value"))
    picture(app, f"{folder.name}-board")


def test_a_driver_is_moved(app: Page, folder: Path) -> None:
    shown = opened(app, "DriverTree")
    expect(shown.locator("svg").first).to_be_visible()
    before = shown.inner_text()
    shown.get_by_role("slider").first.focus()
    for _ in range(5):
        app.keyboard.press("ArrowRight")
    app.wait_for_function("text => document.querySelector('#rendered_cells').innerText !== text", arg=before)
    expect(shown.get_by_role("alert")).to_have_count(0)
    picture(app, f"{folder.name}-tree")


def test_a_proposal_is_decided(app: Page, folder: Path) -> None:
    shown = opened(app, "Redesigner")
    expect(shown.locator("section.card").first).to_be_visible()
    choose(app, "Decision", say("decline"))
    app.get_by_label(say("Why")).first.fill("Ikke nå.")
    app.get_by_label(say("Who decides")).fill("Kari")
    expect(shown).not_to_contain_text(say("Nothing is decided yet: choose what to do with one of the proposals."))
    picture(app, f"{folder.name}-cards")


def test_a_goal_is_written_after_a_look_at_the_changes(app: Page, folder: Path) -> None:
    plans = len(list((folder / "plans").rglob("*.yml")))
    shown = opened(app, "GoalBuilder", by_mouse=True)
    app.get_by_label(say("Goal in words")).fill("Flere ordrer hver måned")
    app.get_by_label(say("Owner")).fill("Kari")
    expect(shown).not_to_contain_text(say("Nobody answers for it."))
    app.get_by_role("button", name=say("Write the plan")).click()
    expect(app.get_by_text(say("This becomes the plan's next version."))).to_be_visible()
    assert len(list((folder / "plans").rglob("*.yml"))) == plans
    picture(app, f"{folder.name}-goal")
    app.get_by_role("button", name=say("Yes, write it")).press("Enter")
    expect(shown).to_contain_text("plans/")
    expect(shown.locator(".widget-html").filter(has_text=".yml.").last).to_be_visible()
    assert len(list((folder / "plans").rglob("*.yml"))) > plans  # the default plan becomes a first one of their own


def test_typed_counts_are_judged(app: Page, folder: Path) -> None:
    shown = opened(app, "ExperimentPlanner")
    picture(app, f"{folder.name}-planner")
    choose(app, "Test", say("counts that I type"))
    app.get_by_label(say("Counts")).fill("gammel: 4000, 160\nny: 4000, 210")
    expect(shown.get_by_role("table")).to_contain_text(say("better"))
    picture(app, f"{folder.name}-counts")


def test_a_source_is_looked_into(app: Page, folder: Path) -> None:
    shown = opened(app, "DataDoctor")
    source = next(iter(kpikit.open(folder).settings.model.sources))
    choose(app, "Source", source)
    expect(shown.get_by_role("heading", name=source).first).to_be_visible()
    picture(app, f"{folder.name}-doctor")
