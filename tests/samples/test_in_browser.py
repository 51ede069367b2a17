"""The pages in a real browser: nothing is loaded, nothing runs off the side, dark mode is a design of its own."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from kpikit.render.run import Run
from tests.jupyter.lab import FLAGS


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_pages_fit_the_screen_and_load_nothing(width: int, browser: Browser, hospitals: Run, shops: Run) -> None:
    entries = [*hospitals.entries, *shops.entries]
    files = [hospitals.index, shops.index, *(entry.page for entry in entries if entry.page)]
    page = browser.new_page(viewport={"width": width, "height": 900})
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for file in files:
        page.goto(file.as_uri())
        widest = page.evaluate("document.documentElement.scrollWidth")
        assert widest <= width, f"{file.name} is {widest} wide on a screen of {width}"
    assert asked == [file.as_uri() for file in files] and said == []
    page.close()


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (390, "dark"), (1200, "light"), (1200, "dark")])
def test_axe_finds_nothing_to_complain_about(
    width: int, scheme: str, browser: Browser, hospitals: Run, shops: Run
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
        bypass_csp=True,  # the pages' own policy would let no script in, axe's neither
    )
    page = context.new_page()
    for file in (hospitals.index, *(each.page for each in [*hospitals.entries[:1], *shops.entries[2:]] if each.page)):
        page.goto(file.as_uri())
        found = Axe().run(page)
        assert len(found.response["passes"]) > 10  # it has looked
        assert [(each["id"], each["nodes"][0]["html"]) for each in found.response["violations"]] == []
    context.close()


def test_the_contents_lead_to_the_parts(browser: Browser, shops: Run) -> None:
    page = browser.new_page()
    page.goto(next(each.page for each in shops.entries if each.client == "denmark" and each.page).as_uri())
    links = page.locator("nav a")
    assert links.all_inner_texts() == page.locator("h2").all_inner_texts()
    links.last.click()
    assert page.evaluate("document.querySelector(location.hash).innerText") == links.last.inner_text()
    page.close()


def test_headings_come_in_order(browser: Browser, hospitals: Run) -> None:
    page = browser.new_page()
    for entry in hospitals.entries:
        assert entry.page
        page.goto(entry.page.as_uri())
        levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(each => +each.tagName[1])")
        assert levels[0] == 1 and levels.count(1) == 1
        assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    page.close()


def test_dark_mode_turns_the_page_and_its_pictures(browser: Browser, hospitals: Run) -> None:
    shown = {}
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(next(each.page for each in hospitals.entries if each.client == "RF4" and each.page).as_uri())
        ground = "getComputedStyle(document.body).backgroundColor"
        line = "getComputedStyle(document.querySelector('figure svg path[style*=stroke]')).stroke"
        shown[scheme] = (page.evaluate(ground), page.evaluate(line))
        page.close()
    assert shown["light"][0] != shown["dark"][0] and shown["light"][1] != shown["dark"][1]
