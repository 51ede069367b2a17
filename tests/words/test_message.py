"""Texts of errors, which are English where they are compared, and said in the reader's language."""

from __future__ import annotations

import copy
import json
import pickle

import pytest

from kpikit.words.errors import KpikitError, SettingError, SourceError, closest, one_of
from kpikit.words.language import Language
from kpikit.words.message import Message, Messages, as_json, from_json, in_language

DA = Language("da")
ERRORS: list[tuple[KpikitError, str, str]] = [
    (
        SettingError("workspace.yml", 3, "grain", one_of("grain", "mont", ["day", "month"])),
        "workspace.yml, line 3, grain: grain == 'mont', must be one of day, month. Did you mean 'month'?",
        "workspace.yml, linje 3, grain: grain == 'mont', skal være en af day, month. Mente du 'month'?",
    ),
    (
        SourceError("a.csv", Message("is empty."), row=2, column="x", value="", way_out=Message("Remove it.")),
        "a.csv, row 2, column 'x', value '': is empty. Remove it.",
        "a.csv, række 2, kolonnen 'x', værdien '': er tomt. Fjern den.",
    ),
    (KpikitError("said as it is"), "said as it is", "said as it is"),
]


@pytest.mark.parametrize(("error", "english", "danish"), ERRORS)
def test_an_error_in_two_languages(error: KpikitError, english: str, danish: str) -> None:
    assert (str(error), error.said(Language("en")), error.said(DA)) == (english, english, danish)


def test_values_are_said_too_and_texts_stay_what_they_are() -> None:
    told = Messages([Message("the line {problem}", problem=Message("is empty.")), "", "x"])
    assert (told, in_language(told, DA), in_language("x", DA)) == ("the line is empty. x", "linjen er tomt. x", "x")
    for again in (copy.deepcopy(told), pickle.loads(pickle.dumps(told))):
        assert (again, in_language(again, DA)) == (told, "linjen er tomt. x")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Aarhus", "Århus"),
        ("Naestved ", "Næstved"),
        ("norrebro", "Nørrebro"),  # only like it
        ("NOERREBRO", "Nørrebro"),
        ("antal ordrer", "antal_ordrer"),
        ("ordrer_antal", "antal_ordrer"),  # and not "ordrer_i_alt", of which it begins alike
    ],
)
def test_a_name_that_is_spelled_otherwise_is_the_closest(text: str, name: str) -> None:
    names = ["Århus", "Næstved", "Nørrebro", "antal_ordrer", "ordrer_i_alt"]
    assert closest(text, names) == name


@pytest.mark.parametrize(
    "text",
    [
        "said as it is {x}",
        Message("row {row}", row=2),
        Messages([Message("the line {problem}", problem=Message("is empty.")), "x"], ": "),
    ],
)
def test_what_went_through_json_is_said_as_before(text: str) -> None:
    again = from_json(json.loads(json.dumps(as_json(text))))
    assert (type(again), again, in_language(again, DA)) == (type(text), text, in_language(text, DA))
