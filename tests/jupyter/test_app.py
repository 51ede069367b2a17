"""`kpikit app` in a real browser: the widgets without code, by mouse and by keyboard, from this machine alone."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlparse

import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from playwright.sync_api import Page, expect, sync_playwright

import kpikit
from kpikit.cli import main
from kpikit.render.batch import render
from tests.jupyter.lab import FLAGS, serving

PATIENCE = 60_000  # milliseconds that a picture may take on a busy machine
APP = ["-c", "from kpikit.cli import main; main()", "app"]
FILES = "/voila/static/voila.js"  # it answers before any kernel has run


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A first workspace of two coffee shops."""
    return kpikit.new(tmp_path_factory.mktemp("app") / "kaffe", "da").folder


@pytest.fixture(scope="module")
def app(folder: Path, chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The app in a browser. At the end its console has complained of nothing, and no other host was asked."""
    settings = tmp_path_factory.mktemp("voila")
    with serving([*APP, str(folder), "--no-browser"], settings, FILES) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 1300, "height": 1000})
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        told: list[str] = []
        page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("request", lambda request: told.append(request.url) if _outside(request.url, url) else None)
        page.goto(url)
        page.get_by_role("button", name="Udforsk").click()
        expect(page.get_by_role("heading", level=3)).to_contain_text("Nørrebro Kaffe: Omsætning")
        yield page
        assert told == []
        browser.close()


def _outside(asked: str, url: str) -> bool:
    return urlparse(asked).netloc != urlparse(url).netloc and not asked.startswith(("data:", "blob:"))


def choose(page: Page, label: str, text: str) -> None:
    """Choose in a list as the keyboard does: its first letters, and Enter."""
    control = page.get_by_label(label, exact=True).filter(visible=True)
    control.focus()
    page.keyboard.type(text[:4])
    page.keyboard.press("Enter")
    expect(control).to_have_attribute("placeholder", text)


def test_the_keyboard_explores_another_client(app: Page) -> None:
    choose(app, "Kunde", "Aarhus Kaffe")
    expect(app.get_by_role("heading", level=3)).to_contain_text("Aarhus Kaffe: Omsætning")


def test_the_mouse_opens_another_widget_and_a_goal_becomes_a_plan(app: Page, folder: Path) -> None:
    app.get_by_role("button", name="Sæt et mål").click()
    expect(app.locator("body")).to_contain_text("Skriv først målet i ord.")
    app.get_by_label("Målet i ord").fill("Flere ordrer hver måned")
    expect(app.locator("body")).to_contain_text("Ingen er ansvarlig for målet.")
    app.get_by_label("Ansvarlig").fill("Freja")
    expect(app.locator("body")).not_to_contain_text("Ingen er ansvarlig for målet.")
    app.get_by_role("button", name="Gem planen").click()
    expect(app.get_by_text("Det bliver planens næste version.")).to_be_visible()
    app.get_by_role("button", name="Ja").click()
    expect(app.locator("body")).to_contain_text("plans/norrebro/2.yml")
    assert kpikit.open(folder).plans("norrebro")[-1].goals[-1].owner == "Freja"


def test_the_board_opens_a_report(app: Page, folder: Path) -> None:
    render(folder, clients=["aarhus"], workers=1)
    app.get_by_role("button", name="Alle kunder").click()
    choose(app, "Vis", "alt")
    link = app.get_by_role("link", name="Rapport").first
    with app.context.expect_page() as opened:
        link.click()
    expect(opened.value).to_have_title(re.compile("Aarhus"))
    opened.value.close()
    assert app.get_by_role("link", name="Notebook").count() == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_fault_in_any_widget_by_day_and_by_night(theme: str, app: Page) -> None:
    app.goto(f"{app.url.partition('?')[0]}?theme={theme}")
    app.wait_for_selector(".widget-toggle-buttons")
    for button in app.locator(".widget-toggle-buttons button").all():
        button.click()
        expect(app.get_by_role("heading", level=2)).to_have_text(button.inner_text())
        expect(app.get_by_role("status")).to_have_count(0)
        if pictures := os.environ.get("KPIKIT_PICTURES"):
            app.screenshot(path=Path(pictures) / f"app-{button.inner_text()}-{theme}.png")
        context = {"include": [["#rendered_cells"]]}
        found = Axe().run(app, context=context).response["violations"]
        assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []


@pytest.mark.parametrize(
    ("options", "said"),
    [(["--language", "sv"], "must be one of en, da, nb"), (["--port", "0"], "0 is not in the range")],
)
def test_what_cannot_be_served_is_refused(options: list[str], said: str, folder: Path) -> None:
    result = CliRunner().invoke(main, ["app", str(folder), *options])
    assert result.exit_code == 2 and said in result.output


def test_without_voila_the_command_that_installs_it_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "voila", None)
    result = CliRunner().invoke(main, ["app", str(folder)])
    assert result.exit_code == 2 and "pip install 'kpikit[voila]'" in result.output
