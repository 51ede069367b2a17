"""Notes in the explorer: about the period or the point that is picked, and what is said of those that are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

import kpikit
from kpikit.charts.markup import Html
from kpikit.widgets import ExperimentPlanner, Explorer, GoalBuilder, Redesigner
from kpikit.widgets.trouble import trouble
from kpikit.words.errors import UsageError
from kpikit.words.language import Language
from kpikit.workspace.explore.explore import Exploration
from tests.widgets.cells import run
from tests.widgets.shops import shop_with_phone


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return shop_with_phone(tmp_path)


def test_a_note_is_kept_and_shown(shop: Path) -> None:
    explorer = Explorer(shop, language="en", indicator="sales.orders")
    explorer.add.click()
    assert "Write down the note first." in explorer.noted.value.replace("&#x27;", "'")
    explorer.note.value, explorer.by_whom.value = "The phone was <down>.", "Ann"
    explorer.add.click()
    assert "The phone was &lt;down&gt;." in explorer.shown.value and explorer.note.value == ""
    assert "notes/a/2024-12.001.yml" in explorer.noted.value
    explorer.add.click()  # a second press
    assert "notes/a/2024-12.001.yml" in explorer.noted.value
    (note,) = kpikit.open(shop).client("a").evaluate("2024-12").comments
    assert (note.by, note.indicator) == ("Ann", "sales.orders")
    assert run(explorer.code) == explorer.value


def test_a_point_shows_what_is_behind_it_and_the_note_is_about_it(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    explorer = Explorer(shop, language="en", indicator="sales.orders")
    drawn: list[str] = []
    monkeypatch.setattr(Exploration, "shown", lambda self: drawn.append("") or Html("<p>again</p>", "again"))
    page, points = explorer.shown.value, explorer.shown.points
    assert [point["key"] for point in points] == [f"2024-{month:02}" for month in range(1, 13)]
    assert points[2]["text"] == "March 2024: 42"  # 31 by web and 11 by phone
    assert points[0]["wide"] < points[1]["wide"] < points[-1]["wide"] < 1
    explorer.shown.picked = "2024-03"
    assert (explorer.value.behind.point.period.key, explorer.note_on.value) == ("2024-03", "March 2024")
    assert "31 of 31 days" in explorer.shown.details
    assert explorer.shown.value == page and drawn == []  # the picture is not drawn again
    monkeypatch.undo()
    assert explorer.code.endswith(".at('2024-03')") and run(explorer.code) == explorer.value
    explorer.note.value, explorer.note_on.value = "Rain.", "2024-03-05"
    explorer.add.click()
    assert "notes/a/2024-03-05.001.yml" in explorer.noted.value and "Rain." in explorer.shown.details
    explorer.shown.picked = ""
    assert explorer.shown.details == "" and explorer.value.behind is None
    assert explorer.note_on.value == "December 2024"
    explorer.note.value = "Snow."
    explorer.add.click()
    assert "notes/a/2024-12.001.yml" in explorer.noted.value
    explorer.note.value, explorer.note_on.value = "When?", "some day"
    explorer.add.click()
    assert "some day" in explorer.noted.value


def test_dates_stand_in_the_fields_as_the_language_writes_them(shop: Path) -> None:
    explorer = Explorer(shop, language="nb", indicator="sales.orders")
    assert explorer.note_on.placeholder == "For eksempel 31.12.2026, 2026-12"
    for typed, file in (("november 2024", "2024-11"), ("05.03.2024", "2024-03-05"), ("2024-Q1", "2024-Q1")):
        explorer.note.value, explorer.note_on.value = "Regn.", typed
        explorer.add.click()
        assert f"notes/a/{file}.001.yml" in explorer.noted.value


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("da", "notens forfatter indeholder tegnet U+0009, som ikke kan vises."),
        ("nb", "notatets forfatter inneholder tegnet U+0009, som ikke kan vises."),
    ],
)
def test_a_refusal_is_in_the_language_and_one_in_english_stands_in_a_sentence_of_it(
    language: str, said: str, shop: Path
) -> None:
    explorer = Explorer(shop, language=language, indicator="sales.orders")
    explorer.note.value, explorer.note_on.value, explorer.by_whom.value = "Rain", "2024-12", "Ann\tBo"
    explorer.add.click()
    assert said in explorer.noted.value and 'lang="en"' not in explorer.noted.value
    asking = GoalBuilder(shop, language=language)
    assert asking.value is None and 'lang="en"' not in asking.shown.value
    say = Language(language)
    framed = say("This cannot be shown as it stands. Choose or write something else, or repair what is named:")
    shown = trouble(UsageError("words of another library"), say)
    assert framed in shown and '<span lang="en">words of another library' in shown


@pytest.mark.parametrize("language", ["da", "nb"])
def test_what_is_not_there_is_said_in_the_language(language: str, shop: Path) -> None:
    explorer = Explorer(shop, language=language, indicator="sales.orders")
    explorer.note.value = "Rain"
    for typed in ("32.13.2025", "2999", "2001-05"):
        explorer.note_on.value = typed
        explorer.add.click()
        assert f"{typed}" in explorer.noted.value and 'lang="en"' not in explorer.noted.value
    explorer.shown.picked = "2024-03"
    explorer.settle()
    assert explorer.noted.value == ""  # it was about another point
    for wrong in ({"client": "zz"}, {"indicator": "sales.order"}, {"workspace": shop / "nowhere"}):
        found = Explorer(**({"workspace": shop} | wrong), language=language)
        assert found.failed and 'lang="en"' not in found.shown.value and 'role="alert"' in found.shown.value
    for kind in (GoalBuilder, Redesigner, ExperimentPlanner):
        assert "zz" in kind(shop, "zz", language=language).shown.value
