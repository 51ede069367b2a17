"""What goes wrong before a widget is made and while it is open: it is said in words, and nothing is raised or empty."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import kpikit
from kpikit.widgets import Explorer, GoalBuilder, Redesigner, ReviewBoard
from kpikit.widgets.app import App
from kpikit.widgets.offered import make, offered
from kpikit.words import texts


@pytest.fixture
def coffee(tmp_path: Path) -> Path:
    kpikit.new(tmp_path / "coffee")
    return tmp_path / "coffee"


def no_folder(coffee: Path) -> str:
    shutil.rmtree(coffee)
    return coffee.name


def no_source(coffee: Path) -> str:
    (coffee / "sources/till.csv").unlink()
    return "till.csv"


def broken_register(coffee: Path) -> str:
    (coffee / "clients.yml").write_text("schema: 1\nclient: {}\n", encoding="utf-8")
    return "clients.yml"


@pytest.mark.parametrize("fault", [no_folder, no_source, broken_register])
@pytest.mark.parametrize("name", offered())
def test_a_widget_over_a_broken_workspace_says_what_is_wrong(
    name: str, fault: Callable[[Path], str], coffee: Path
) -> None:
    if (name, fault) == ("Calculator", no_source):
        return  # it calculates with what a person sets
    named = fault(coffee)
    found = make(name, coffee, language="da")
    assert found.value is None and 'role="alert"' in found.shown.value and named in found.shown.value
    assert named in found._repr_mimebundle_()["text/html"] and "kpikit.open(" in found.code


def test_what_is_wrong_is_said_in_the_workspaces_language_as_far_as_that_can_be_read(tmp_path: Path) -> None:
    kpikit.new(tmp_path / "kaffe", language="nb")
    broken_register(tmp_path / "kaffe")
    assert Explorer(tmp_path / "kaffe").say.code == GoalBuilder(tmp_path / "kaffe").say.code == "nb"
    assert Explorer(tmp_path / "nowhere").say.code == "en"


def test_what_is_repaired_is_made_anew_in_the_app(coffee: Path) -> None:
    register = coffee / "clients.yml"
    app, text = App(coffee, language="nb"), register.read_text(encoding="utf-8")
    broken_register(coffee)
    app.section.value = "GoalBuilder"
    assert "clients.yml" in app.shown.shown.value
    register.write_text(text, encoding="utf-8")
    app.section.value = "Explorer"
    app.section.value = "GoalBuilder"
    assert "clients.yml" not in app.shown.shown.value and not app.shown.failed


def test_a_plan_that_breaks_while_a_goal_is_typed_is_told(coffee: Path) -> None:
    builder = GoalBuilder(coffee, language="da")
    (coffee / "plans/default/1.yml").write_text("schema: 1\nin_force_from: soon\n", encoding="utf-8")
    builder.words.statement.value = "Flere ordrer"
    assert builder.value is None and "plans/default/1.yml" in builder.shown.value


def test_a_note_that_cannot_be_written_says_why(coffee: Path) -> None:
    explorer = Explorer(coffee, language="nb")
    (coffee / "notes").write_text("no folder", encoding="utf-8")
    explorer.note.value = "Regn hele sommeren."
    explorer.add.click()
    assert "kan verken leses eller skrives: det står en fil der det trengs en mappe." in explorer.noted.value
    assert explorer.note.value == "Regn hele sommeren."  # what was typed is not lost


def test_a_board_without_a_readable_plan_names_it(coffee: Path) -> None:
    (coffee / "plans/default/1.yml").write_text("schema: 1\n", encoding="utf-8")
    board = ReviewBoard(coffee, language="da")
    assert "2 kunder." in board.shown.value and ">, 2" not in board.shown.value
    assert "plans/default/1.yml" in board.shown.value


def test_a_card_without_a_reason_names_its_proposal(coffee: Path) -> None:
    cards = Redesigner(coffee, "aarhus", language="da")
    card = cards.cards[0]
    cards.by.value, card.answer.value = "Ann", "declined"
    assert cards.value is None and ": Skriv hvorfor" in cards.shown.value and card.proposal.id not in cards.shown.value
    card.why.value = "Ikke nu."
    assert cards.value is not None


@pytest.mark.parametrize("name", ["DriverTree", "GoalBuilder", "Redesigner"])
def test_a_period_that_is_none_is_refused_in_the_readers_language(
    name: str, coffee: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = texts.translated
    monkeypatch.setattr(texts, "translated", lambda text, code: "{text} findes ikke." if "must be a day (2011" in text
                        else known(text, code))  # fmt: skip
    found = make(name, coffee, period="2025-13", language="da")
    assert found.value is None and "2025-13&#x27; findes ikke." in found.shown.value
    assert "must be" not in found.shown.value and 'lang="en"' not in found.shown.value
