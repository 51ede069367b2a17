"""Errors name the thing, show the value, say why, and give the way out. Whole sentences are compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpikit.words.errors import KpikitError, SettingError, SourceError, UsageError, one_of, shortened

NAMES = [f"client{number:02}" for number in range(1, 44)]


@pytest.mark.parametrize(
    ("name", "value", "allowed", "sentence"),
    [
        ("grain", "mont", ["day", "month"], "grain == 'mont', must be one of day, month. Did you mean 'month'?"),
        ("grain", "zzz", ["day", "month"], "grain == 'zzz', must be one of day, month."),
        ("size", 3, (1, 2), "size == 3, must be one of 1, 2."),
        ("entity", "customer", [], "entity == 'customer', but no entity is defined."),
        ("grain", "", ["day"], "grain == '', must be one of day."),
        ("key", "x" * 500, ["day"], f"key == '{'x' * 58}…, must be one of day."),
        ("client", "zzz", NAMES, f"client == 'zzz', must be one of {', '.join(NAMES[:25])} and 18 more."),
        (
            "client",
            "client50",
            NAMES,
            "client == 'client50', must be one of the 43 that there are. Did you mean 'client40'?",
        ),
    ],
)
def test_a_value_outside_its_list(name: str, value: object, allowed: list[object], sentence: str) -> None:
    assert one_of(name, value, allowed) == sentence


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a", "'a'"),
        (12.5, "12.5"),
        ("line\nbreak", r"'line\nbreak'"),
        ("x" * 58, f"'{'x' * 58}'"),  # 58 and the two quotes are 60
        ("x" * 59, f"'{'x' * 58}…"),
    ],
)
def test_a_value_in_a_sentence_is_quoted_and_cut(value: object, text: str) -> None:
    assert shortened(value) == text
    assert len(shortened(value)) <= 60


@pytest.mark.parametrize(
    ("line", "key", "text"),
    [
        (3, "sources.orders", "workspace.yml, line 3, sources.orders: is required."),
        (None, "sources.orders", "workspace.yml, sources.orders: is required."),
        (3, "", "workspace.yml, line 3: is required."),
        (None, "", "workspace.yml: is required."),
    ],
)
def test_a_setting_error_names_what_is_known(line: int | None, key: str, text: str) -> None:
    error = SettingError(Path("workspace.yml"), line, key, "is required.")
    assert str(error) == text
    assert (error.file, error.line, error.key, error.reason) == ("workspace.yml", line, key, "is required.")


@pytest.mark.parametrize(
    ("known", "text"),
    [
        ({}, "a.csv: is bad."),
        ({"row": 0}, "a.csv, row 0: is bad."),
        ({"row": 7, "column": "day"}, "a.csv, row 7, column 'day': is bad."),
        ({"column": ""}, "a.csv, column '': is bad."),
        ({"value": ""}, "a.csv, value '': is bad."),
        ({"value": 0}, "a.csv, value 0: is bad."),
        (
            {"row": 7, "column": "day", "value": "03/04/24", "way_out": "Declare its format."},
            "a.csv, row 7, column 'day', value '03/04/24': is bad. Declare its format.",
        ),
    ],
)
def test_a_source_error_names_what_is_known(known: dict[str, object], text: str) -> None:
    assert str(SourceError("a.csv", "is bad.", **known)) == text


def test_all_errors_are_caught_as_one() -> None:
    for error in (UsageError("x"), SettingError("f", None, "", "x"), SourceError("f", "x")):
        assert isinstance(error, KpikitError)
