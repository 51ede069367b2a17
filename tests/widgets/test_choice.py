"""The list to choose from: what is typed into it, and what is chosen then."""

from __future__ import annotations

import pytest

from kpikit.widgets.choice import Choice
from kpikit.words.errors import UsageError

OPTIONS = [("Nørrebro Coffee", "n"), ("Aarhus Coffee", "a"), ("Coffee on the train", "t")]


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [
        ("Aarhus Coffee", "a"),
        ("aar", "a"),
        ("coffee", "t"),  # what begins with it comes before what holds it
        ("hus", "a"),
        ("tea", "n"),  # nothing is called so: what was chosen stays
        ("  ", "n"),
    ],
)
def test_enter_takes_what_was_typed(typed: str, chosen: str) -> None:
    choice = Choice("Client", OPTIONS)
    choice.field.value = typed
    assert choice.value == chosen and choice.field.value.strip() == ""
    assert choice.field.placeholder == {key: text for text, key in OPTIONS}[chosen]


def test_other_options_keep_what_was_chosen_where_it_is_still_there() -> None:
    choice = Choice("Client", OPTIONS)
    choice.value = "a"
    choice.refill(OPTIONS[1:])
    assert choice.value == "a"
    choice.refill(OPTIONS[2:])
    assert (choice.value, choice.field.placeholder) == ("t", "Coffee on the train")


def test_two_of_one_name_are_told_apart() -> None:
    choice = Choice("KPI", [("Clicks", "ads.clicks"), ("Clicks", "seo.clicks")])
    choice.field.value = "Clicks (seo"
    assert choice.value == "seo.clicks"


@pytest.mark.parametrize(
    ("chosen", "most", "near"),
    [
        ("n", 2, ["a", "t"]),
        ("a", 9, ["t", "n"]),  # the next one comes first
        ("t", 1, ["a"]),
        ("t", 0, []),
    ],
)
def test_what_is_near_is_next_to_the_chosen_one(chosen: str, most: int, near: list[str]) -> None:
    choice = Choice("Client", OPTIONS)
    choice.value = chosen
    assert choice.near(most) == near and Choice("Client").near(most) == []


def test_what_is_not_there_is_refused() -> None:
    choice = Choice("Client", OPTIONS)
    with pytest.raises(UsageError, match=r"Client == 'x', must be one of n, a, t\."):
        choice.choose("x")
    with pytest.raises(UsageError, match=r"Client == 'x'"):
        choice.value = "x"
    assert choice.value == "n"
