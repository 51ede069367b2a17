"""`App` without a browser: all widgets about a workspace, made when they are looked at, each error in its place."""

from __future__ import annotations

from pathlib import Path

import pytest

import kpikit
from kpikit.widgets import GoalBuilder
from kpikit.widgets.app import App
from kpikit.widgets.offered import make, offered
from kpikit.words.errors import UsageError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A first workspace of two coffee shops."""
    return kpikit.new(tmp_path / "kaffe", "da").folder


def test_the_app_offers_every_widget_about_a_workspace_in_its_language(folder: Path) -> None:
    app = App(folder)
    texts, names = zip(*app.section.options, strict=True)
    assert list(names) == list(offered()) and "Calculator" not in names
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


def test_an_error_stands_in_words_where_the_widget_would(folder: Path) -> None:
    app = App(folder, language="en")
    app.section.value = "Explorer"
    (folder / "clients.yml").write_text("schema: 1\nclients: {norrebro: {lable: x}}\n", encoding="utf-8")
    app.section.value = "Redesigner"
    assert "lable" in app.shown.shown.value and 'role="alert"' in app.shown.shown.value


def test_an_unknown_widget_is_refused_with_those_that_there_are(folder: Path) -> None:
    with pytest.raises(UsageError, match=r"widget == 'Explorers', must be one of .*Did you mean 'Explorer'\?"):
        make("Explorers", folder)
