from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpikit.render.names import folder_names, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("United Kingdom", "united-kingdom"),
        ("RF4", "rf4"),
        ("Sørlandet sykehus HF", "sorlandet-sykehus-hf"),
        ("Århus & Ærø", "arhus-aero"),
        ("../x", "x"),
        ("<script>", "script"),
        ("🙂", ""),
        ("a" * 50, "a" * 40),
    ],
)
def test_a_slug_is_plain(text: str, expected: str) -> None:
    assert slug(text) == expected


@pytest.mark.parametrize(
    ("keys", "hashed"),
    [
        (["A", "a"], 2),  # one folder on a disk that folds case
        (["../x", "x"], 2),
        (["CON", "lpt1", "portfolio"], 3),  # names that are taken
        (["🙂", "🙃", ""], 3),
        (["A", "a", "a-559aead0"], 3),  # the name that "A" gets is a client's own key
        (["EIRE", "United Kingdom"], 0),
    ],
)
def test_a_hash_stands_where_it_is_needed(keys: list[str], hashed: int) -> None:
    names = folder_names(keys)
    assert sum(bool(re.search("-[0-9a-f]{8}$", name)) for name in names.values()) == hashed
    assert len(set(names.values())) == len(keys)


@given(st.sets(st.text(max_size=12)))
def test_names_are_safe_and_never_shared(keys: set[str]) -> None:
    names = folder_names(keys)
    assert len(set(names.values())) == len(keys)
    assert all(re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", name) for name in names.values())
