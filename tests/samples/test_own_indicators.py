"""The samples' own indicators say as much of themselves as those of the catalogue do, in three languages."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from kpikit.indicators.catalogue import CATALOGUE, search
from kpikit.indicators.framework import Indicator
from kpikit.words.language import language
from kpikit.words.texts import LANGUAGES
from tests.workspaces import sample

OWN = {
    (name, id): one
    for name in ("agency", "hospitals", "publisher", "shop")
    for id, one in sample(name).settings.indicators.items()
    if id not in CATALOGUE
}
TEXTS = ("label", "description", "low", "high", "mind")


def test_the_agency_and_the_publisher_have_indicators_of_their_own() -> None:
    assert {name for name, _ in OWN} == {"agency", "publisher"}


@pytest.mark.parametrize("own", OWN, ids=".".join)
def test_nothing_is_lacking(own: tuple[str, str]) -> None:
    one, known = OWN[own], sample(own[0]).settings.indicators
    assert one.usual
    assert re.fullmatch(r"[^.]\S.*, \S.*[^.]", one.source)  # a title and its section
    for text in (getattr(one, name) for name in TEXTS):
        assert not isinstance(text, str)
        assert set(text) == set(LANGUAGES) and text["en"] not in (text["da"], text["nb"])
    for code in LANGUAGES:
        assert all(len(language(code)(getattr(one, name)).split()) >= 8 for name in TEXTS[2:])
        assert one.synonyms[code] and all(search(name, known)[0] is one for name in one.synonyms[code])


def test_no_two_say_the_same() -> None:
    def advice(one: Indicator) -> list[str]:
        return [language("en")(getattr(one, name)) for name in TEXTS[1:]]

    said = Counter(text for one in (*CATALOGUE.values(), *OWN.values()) for text in advice(one))
    assert [text for text, times in said.items() if times > 1] == []
