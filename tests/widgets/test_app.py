"""`App` without a browser: all widgets about a workspace, made when they are looked at, each error in its place."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import kpikit
from kpikit.charts.markup import Html, paragraphs
from kpikit.cli.app import _pages, _served
from kpikit.widgets import GoalBuilder
from kpikit.widgets.app import App
from kpikit.widgets.offered import make, offered
from kpikit.widgets.view import BREATH, View
from kpikit.words.errors import UsageError
from kpikit.words.language import Language


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A first workspace of two coffee shops."""
    return kpikit.new(tmp_path / "kaffe", "da").folder


def test_the_app_offers_every_widget_about_a_workspace_in_its_language(folder: Path) -> None:
    app = App(folder)
    texts, names = zip(*app.section.options, strict=True)
    assert list(names) == list(offered()) and "Calculator" in names
    assert "Udforsk" in texts and len(set(texts)) == len(texts)


def test_a_widget_is_made_when_it_is_first_looked_at_and_kept(folder: Path) -> None:
    app = App(folder, language="en")
    assert [type(each) for each in app.kept.values()] == [type(app.shown)]
    app.section.value = "GoalBuilder"
    first = app.shown
    assert isinstance(first, GoalBuilder) and first.key == "norrebro" and len(app.kept) == 2
    app.section.value = "Explorer"
    app.section.value = "GoalBuilder"
    assert app.shown is first


def test_what_nobody_looks_at_is_not_worked_on(folder: Path) -> None:
    steps: list[str] = []

    class Slow(View):
        def __init__(self, name: str, *, language: str | None = None) -> None:
            self.name = name
            super().__init__(Language(language or "en"))
            self._arranged()

        def _made(self) -> Html:
            return paragraphs([self.name])

        def _html(self, value: Html) -> str:
            return value.html

        def _call(self) -> str:
            return repr(self.name)

        def _ahead(self) -> Iterator[None]:
            while True:
                steps.append(self.name)
                yield

    async def cell() -> None:
        app = App(folder, language="en")
        app.kept = {("GoalBuilder", "norrebro"): Slow("goals"), ("DriverTree", "norrebro"): Slow("drivers")}
        for section, name in (("GoalBuilder", "goals"), ("DriverTree", "drivers"), ("GoalBuilder", "goals")):
            app.section.value = section
            await asyncio.sleep(BREATH)
            steps.clear()
            await asyncio.sleep(5 * BREATH)
            assert set(steps) == {name}

    asyncio.run(cell())


def test_the_list_of_clients_stands_where_the_widget_has_none_of_its_own(folder: Path) -> None:
    app = App(folder)
    app.section.value = "Explorer"
    assert app.client.layout.display == "none"
    app.section.value = "GoalBuilder"
    assert app.client.layout.display == ""
    app.client.value = "aarhus"
    assert isinstance(app.shown, GoalBuilder) and app.shown.key == "aarhus"


def test_every_widget_that_is_offered_can_be_made(folder: Path) -> None:
    for name, kind in offered().items():
        assert isinstance(make(name, folder, client="aarhus", language="nb"), kind)


@pytest.mark.parametrize("name", offered())
def test_an_opened_workspace_is_taken_as_its_folder_is(name: str, folder: Path) -> None:
    found, same = make(name, kpikit.open(folder), language="nb"), make(name, folder, language="nb")
    assert not found.failed and found.code == same.code and found.value == same.value


def test_an_error_stands_in_words_where_the_widget_would(folder: Path) -> None:
    app = App(folder, language="en")
    app.section.value = "Explorer"
    (folder / "clients.yml").write_text("schema: 1\nclients: {norrebro: {lable: x}}\n", encoding="utf-8")
    app.section.value = "Redesigner"
    assert "lable" in app.shown.shown.value and 'role="alert"' in app.shown.shown.value


def test_an_unknown_widget_is_refused_with_those_that_there_are(folder: Path) -> None:
    with pytest.raises(UsageError, match=r"widget == 'Explorers', must be one of .*Did you mean 'Explorer'\?"):
        make("Explorers", folder)


def test_the_board_links_what_the_server_gives_and_nothing_else(folder: Path) -> None:
    place = folder / "out" / "aarhus"
    place.mkdir(parents=True)
    names = ["2026-02.da.html", "2026-02.da.ipynb"]
    for name in names:
        (place / name).write_text("", encoding="utf-8")
    job = {"client": "aarhus", "period": "2026-02", "language": "da", "template": "02_metric_analysis", "state": "ok",
           "outputs": [{"path": f"aarhus/{name}"} for name in names]}  # fmt: skip
    lines = "\n".join(map(json.dumps, [{"schema": 1}, job]))
    (folder / "out" / "manifest.jsonl").write_text(lines, encoding="utf-8")
    for served, links in [("", []), ("voila/files/out", ["voila/files/out/aarhus/2026-02.da.html"])]:
        app = App(folder, served=served)
        app.section.value = "ReviewBoard"
        app.shown.show.value = False
        assert re.findall('href="(.*?)"', app.shown.shown.value)[:1] == links


def test_pages_of_reports_alone_are_served(tmp_path: Path) -> None:
    folder = tmp_path / "min butik (1)"
    root, pattern = (option.partition("=")[2] for option in _pages(folder))
    place = (folder / "out").relative_to(root).as_posix()
    for path in ("index.html", "aarhus/2026-02.da.html"):
        assert re.fullmatch(pattern, f"{place}/{path}")
    for path in ("../x.html", "a/../../x.html", ".work/report.html", "aarhus/2026-02.da.ipynb", "manifest.jsonl"):
        assert not re.fullmatch(pattern, f"{place}/{path}")
    assert _served(folder).endswith("/min%20butik%20%281%29/out")
