"""The catalogues have every shown text in Danish and Norwegian: whole, with the same values put in, and no English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from string import Formatter

import pytest
from babel.messages.catalog import Catalog

from tests.texts import Text, read, shown_texts

SAME = {
    **dict.fromkeys(("Leads", "leads"), "the word that Danes and Norwegians use"),
    **dict.fromkeys(("Downloads", "downloads", "likes", "Backlinks"), "the word that Danes use"),
    "Relevant": "the same word",
    "Model": "the word that Danes use",
    "Notebook": "the word that Danes use",
    "Parameter": "the same word",
    "KPI": "the abbreviation that Danes and Norwegians use",
    "SHA-256": "a name",
    "Segment": "the same word",
    "Share of voice": "the word that Danes and Norwegians use",
    "Signal": "the same word",
    "Sum": "the same word",
    "Status": "the same word",
    "Variant": "the same word",
    "Vision": "the same word in Danish",
    "standard": "the same word",
    "score": "the word that surveys use",
}
"""Texts that are written as in English, and why. Texts without words, such as "{label}: {value}", need no entry."""

ENGLISH = re.compile(r"\b(the|of|and|with)\b", re.IGNORECASE)
"""Words that are neither Danish nor Norwegian, so that a text with one was not translated to its end."""


@pytest.mark.parametrize("language", ["da", "nb"])
def test_every_shown_text_is_well_translated(language: str) -> None:
    assert list(faults(shown_texts(), read(language))) == []


def test_every_exception_is_written_as_in_english_somewhere() -> None:
    same = {key for language in ("da", "nb") for key in SAME if _says(read(language), key) == key}
    assert same == set(SAME)


@pytest.mark.parametrize(
    ("text", "translation", "fault"),
    [
        ("Target", "Mål", None),
        ("Target", "", "not translated"),
        ("Target", "Target", "as in English"),
        ("Status", "Status", None),  # an exception
        ("{label}: {value}", "{label}: {value}", None),  # no words
        ("{label}: {value}", "{label}: {values}", "other values"),
        ("Target {value}", "Mål", "other values"),
        ("Target {value}", "{value} mål", None),
        ("Number of units", "Antal of enheder", "English words"),
        ("The target", "the mål", "English words"),
        ("Target", "Målet: offentlig andel", None),  # "of" and "and" only as parts of words
        ("up to 100%", "op til 100%", "percent without a space"),
        ("up to 100%", "op til 100\N{NO-BREAK SPACE}%", None),
        (("{number} report", "{number} reports"), ("{number} rapport", "{number} rapporter"), None),
        (("{number} report", "{number} reports"), ("{number} rapport", ""), "not translated"),
        (("{number} report", "{number} reports"), ("{number} rapport",), "not translated"),
        (("{number} report", "{number} reports"), ("{number} rapport", "rapporter"), "other values"),
        (("{number} report", "{number} reports"), ("{number} rapport", "{number} reports"), "as in English"),
    ],
)
def test_what_is_wrong_with_a_translation(text: Text, translation: Text, fault: str | None) -> None:
    made_up = Catalog(locale="da")
    made_up.add(text, translation)
    assert list(faults([text], made_up)) == ([f"{fault}: {text!r}"] if fault else [])


def test_texts_and_catalogue_must_be_the_same() -> None:
    made_up = Catalog(locale="da")
    made_up.add("gone", "væk")
    made_up.add("report", "rapport")
    shown: list[Text] = ["new", ("report", "reports")]
    assert list(faults(shown, made_up)) == [
        "not in the catalogue: 'new'",
        "not in the catalogue: ('report', 'reports')",
        "not shown any more: 'gone'",
        "not shown any more: 'report'",
    ]


def faults(shown: Iterable[Text], catalogue: Catalog) -> Iterator[str]:
    """What is wrong with a catalogue, one line for each text; ``shown`` are the texts that it must have, no others."""
    found = {message.id: message.string for message in catalogue if message.id}
    expected = list(shown)
    for text in expected:
        fault = _fault(_forms(text), _forms(found[text] or "")) if text in found else "not in the catalogue"
        if fault:
            yield f"{fault}: {text!r}"
    yield from (f"not shown any more: {text!r}" for text in found if text not in expected)


def _fault(forms: tuple[str, ...], said: tuple[str, ...]) -> str | None:
    """The first thing that is wrong with the forms of a translation."""
    if len(said) != len(forms) or not all(said):
        return "not translated"
    pairs = list(zip(forms, said, strict=True))
    if any(_values(form) != _values(other) for form, other in pairs):
        return "other values"
    if any(form == other and _has_words(form) and form not in SAME for form, other in pairs):
        return "as in English"
    if any(ENGLISH.search(other) and other not in SAME for other in said):
        return "English words"
    return "percent without a space" if any(re.search(r"\S%", other) for other in said) else None


def _values(text: str) -> set[str | None]:
    """The names of the values that are put into a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _has_words(text: str) -> bool:
    return any(sign.isalpha() for literal, *_ in Formatter().parse(text) for sign in literal)


def _forms(text: Text | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _says(catalogue: Catalog, key: str) -> object:
    message = catalogue.get(key)
    return message.string if message else None
