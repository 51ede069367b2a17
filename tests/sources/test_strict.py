"""YAML read strictly: as written, or refused with its file, line and key."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kpikit.sources.strict import Section
from kpikit.words.periods import Window
from tests.sources.strictly import Taker, refusal, section

AS_WRITTEN = [
    "NO",
    "no",
    "off",
    "12:30",
    "1e3",
    "2011-01-01",
    "0x1F",
    "010",
    "1_000",
    "null",
    "~",
    "true",
    ".5",
    "+10 %",
]


@pytest.mark.parametrize("text", [*AS_WRITTEN, "95 %", "Ærø & Sæby", "a#b", "a - b"])
def test_a_text_arrives_as_written(tmp_path: Path, text: str) -> None:
    assert section(tmp_path, f"name: {text}\n").text("name") == text
    assert section(tmp_path, f"names: [{text}]\n").texts("names") == (text,)
    assert list(section(tmp_path, f"names: {{{text}: x}}\n").section("names")) == [text]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("'NO'", "NO"),
        ('"tab\\there"', "tab\there"),
        ("'it''s'", "it's"),
        (">-\n  folded\n  text", "folded text"),
        ("|\n  kept\n  lines", "kept\nlines\n"),
        ("'  '", "  "),
        ("x # a remark", "x"),
        ("'*'", "*"),
        ("'%d-%m-%Y'", "%d-%m-%Y"),
    ],
)
def test_the_forms_of_a_text(tmp_path: Path, written: str, text: str) -> None:
    assert section(tmp_path, f"name: {written}\n").text("name") == text


@pytest.mark.parametrize(
    ("take", "value"),
    [
        (lambda top: top.text("text"), "a"),
        (lambda top: top.text("absent", "b"), "b"),
        (lambda top: top.optional("text"), "a"),
        (lambda top: top.optional("absent"), None),
        (lambda top: top.choice("text", ["a", "b"]), "a"),
        (lambda top: top.choice("absent", ["a", "b"], "b"), "b"),
        (lambda top: top.integer("whole", 7, 10), 7),
        (lambda top: top.integer("whole", 0, 7), 7),
        (lambda top: top.integer("absent", 0, 10, 3), 3),
        (lambda top: top.decimal("exact"), Decimal("-12.50")),
        (lambda top: top.decimal("whole"), Decimal(7)),
        (lambda top: top.flag("flag"), True),
        (lambda top: top.flag("absent", False), False),
        (lambda top: top.day("day"), date(2012, 2, 29)),
        (lambda top: top.window("window"), Window(date(2009, 12, 1), date(2011, 12, 10))),
        (lambda top: top.window("spaced"), Window(date(2009, 12, 1), date(2009, 12, 2))),
        (lambda top: top.wording("text"), "a"),
        (lambda top: top.wording("wording"), {"en": "A", "nb": "N"}),
        (lambda top: top.wording("absent", "c"), "c"),
        (lambda top: top.texts("list"), ("a", "")),
        (lambda top: top.texts("absent", ("c",)), ("c",)),
        (lambda top: list(top.section("absent")), []),
        (lambda top: {key: each.text("x") for key, each in top.sections("named").items()}, {"b": "1", "a": "2"}),
        (lambda top: [each.text("x") for each in top.items("items")], ["1", "2"]),
        (lambda top: list(top.items("absent")), []),
        (lambda top: (top.is_section("named"), top.is_section("list"), top.is_section("absent")), (True, False, False)),
        (lambda top: (top.is_list("list"), top.is_list("named"), top.is_list("absent")), (True, False, False)),
        (lambda top: ("text" in top, "absent" in top), (True, False)),
    ],
)
def test_readers(tmp_path: Path, take: Taker, value: object) -> None:
    text = """\
text: a
whole: 7
exact: -12.50
flag: true
day: 2012-02-29
window: 2009-12-01..2011-12-09
spaced: 2009-12-01 .. 2009-12-01
wording: {en: A, nb: N}
list: [a, ""]
named: {b: {x: 1}, a: {x: 2}}
items:
  - x: 1
  - {x: 2}
"""
    assert take(section(tmp_path, text)) == value


REFUSED: list[tuple[str, Taker, str]] = [
    ("a: 1\n", lambda top: top.text("name"), "line 1, name: is required."),
    ("name:\n", lambda top: top.text("name"), "line 2, name: is empty."),
    ("name: ''\n", lambda top: top.text("name"), "line 2, name: is empty."),
    ("name: {a: b}\n", lambda top: top.text("name"), "line 2, name: must be a text."),
    ("name: [a]\n", lambda top: top.wording("name"), "line 2, name: must be a text."),
    (
        "kind: event\n",
        lambda top: top.choice("kind", ["events", "snapshots"]),
        "line 2, kind: kind == 'event', must be one of events, snapshots. Did you mean 'events'?",
    ),
    *(
        (
            f"n: {text}\n",
            lambda top: top.integer("n", 0, 10),
            f"line 2, n: '{text}' must be a whole number from 0 to 10.",
        )
        for text in ("11", "-1", "1.0", "1e1", "٣", "²", "9" * 50, "x")
    ),
    *(
        (f"n: {text}\n", lambda top: top.decimal("n"), f"line 2, n: '{text}' must be a number such as 12.5.")
        for text in ("1_000", "1e3", "nan", "Infinity", ".5", "٣", "x")
    ),
    *(
        (
            f"flag: {text}\n",
            lambda top: top.flag("flag"),
            f"line 2, flag: flag == '{text}', must be one of true, false.{hint}",
        )
        for text, hint in (("yes", ""), ("True", " Did you mean 'true'?"), ("1", ""))
    ),
    *(
        (
            f"day: {text}\n",
            lambda top: top.day("day"),
            f"line 2, day: '{text}' must be a date that exists, as 2011-11-23, from 1800 to 2999.",
        )
        for text in ("2011-02-29", "2011-W47-3", "2011-11", "9999-12-31")
    ),
    *(
        (
            f"day: {text}\n",
            lambda top: top.day("day"),
            f"line 2, day: '{text}' must be a date as 2011-11-23. Write it as {way}.",
        )
        for text, way in (("23-11-2011", "2011-11-23"), ("20111123", "2011-11-23"), ("2011-1-1", "2011-01-01"))
    ),
    *(
        (
            f"goal: {{{key}: {text}, by: 2026}}\n",
            lambda top: top.section("goal").text("value"),
            f"line 2, goal.value: '{text}' is cut at its comma, as any text within braces. Write it as {way}.",
        )
        for key, text, way in (
            ("value", "2,2 %", "2.2 %"),
            ("value", "350000,50", "350000.50"),
            ("value", "4,500,000", "4500000"),
            ("value", "18,5 %..22,5 %", "18.5 %..22.5 %"),
            ("value", "350,000", "350 or as 350000"),
        )
    ),
    *(
        (
            f"n: {text}\n",
            lambda top: top.decimal("n"),
            f"line 2, n: '{text}' must be a number such as 12.5. Write it as {way}.",
        )
        for text, way in (("12,5", "12.5"), ("1 000", "1000"))
    ),
    (
        "w: 2009-12-01\n",
        lambda top: top.window("w"),
        "line 2, w: '2009-12-01' must be two dates, as 2009-12-01..2011-12-09.",
    ),
    (
        "w: 2009-12-02..2009-12-01\n",
        lambda top: top.window("w"),
        "line 2, w: '2009-12-02..2009-12-01' ends before it begins.",
    ),
    (
        "w: 2009-12-01..9999-12-31\n",
        lambda top: top.window("w"),
        "line 2, w: '9999-12-31' must be a date that exists, as 2011-11-23, from 1800 to 2999.",
    ),
    (
        "name: {en: A, de: B}\n",
        lambda top: top.wording("name"),
        "line 2, name.de: unknown key. key == 'de', must be one of en, da, nb.",
    ),
    (
        "name: {en: Hot, cold: and more}\n",
        lambda top: top.wording("name"),
        "line 2, name.cold: unknown key. key == 'cold', must be one of en, da, nb.",
    ),
    (
        "name: {en: Hot, cold and more}\n",
        lambda top: top.wording("name"),
        "line 2, name.cold and more: unknown key. key == 'cold and more', must be one of en, da, nb. "
        "Or is it a part of the text before it? Within braces, a text with a comma needs quotes.",
    ),
    ("name: {}\n", lambda top: top.wording("name"), "line 2, name: is empty; give a text, or texts for en, da, nb."),
    ("name: {en: }\n", lambda top: top.wording("name"), "line 2, name.en: is empty."),
    ("names: a\n", lambda top: top.texts("names"), "line 2, names: must be a list of texts, as [a, b]."),
    ("a: 1\n", lambda top: top.texts("names"), "line 1, names: must be a list of texts, as [a, b]."),
    ("names: [[a]]\n", lambda top: top.texts("names"), "line 2, names: every entry of the list must be a text."),
    ("part: a\n", lambda top: top.section("part"), "line 2, part: must be a mapping of keys to values."),
    ("part:\n", lambda top: top.section("part"), "line 2, part: must be a mapping of keys to values."),
    ("parts: [a]\n", lambda top: top.sections("parts"), "line 2, parts: must be a mapping of keys to values."),
    ("parts: {a: b}\n", lambda top: top.sections("parts"), "line 2, parts.a: must be a mapping of keys to values."),
    ("parts: {a: b}\n", lambda top: list(top.items("parts")), "line 2, parts: must be a list."),
    ("parts: [a]\n", lambda top: list(top.items("parts")), "line 2, parts[1]: must be a mapping of keys to values."),
]


@pytest.mark.parametrize(("text", "take", "sentence"), REFUSED)
def test_a_wrong_value_is_refused(tmp_path: Path, text: str, take: Taker, sentence: str) -> None:
    assert refusal(tmp_path, text, take) == f"settings.yml, {sentence}"


def test_an_unknown_key_is_refused_with_the_nearest_one(tmp_path: Path) -> None:
    def take(top: Section) -> None:
        each = top.section("goals").section("grow")
        each.text("statement")
        each.optional("owner")
        each.finish()

    text = "goals:\n  grow:\n    statement: Grow.\n    ownr: Ulrik\n"
    expected = "settings.yml, line 5, goals.grow.ownr: unknown key. key == 'ownr', must be one of statement, owner. "
    assert refusal(tmp_path, text, take) == expected + "Did you mean 'owner'?"


def test_a_merge_key_is_a_key_like_any_other(tmp_path: Path) -> None:
    assert refusal(tmp_path, "<<: {name: x}\n") == (
        "settings.yml, line 2, <<: unknown key. key == '<<', must be one of schema."
    )


@pytest.mark.parametrize(
    ("text", "take", "sentence"),
    [
        ("name: a\nother: b\nname: c\n", lambda top: top, "line 4, name: stands twice, first on line 2."),
        ("schema: 1\n", lambda top: top, "line 2, schema: stands twice, first on line 1."),
        ("'name': a\n\"name\": b\n", lambda top: top, "line 3, name: stands twice, first on line 2."),
        ("p: {a: 1, a: 2}\n", lambda top: top.section("p"), "line 2, p.a: stands twice, first on line 2."),
        ("p:\n - x: 1\n   x: 2\n", lambda top: list(top.items("p")), "line 4, p[1].x: stands twice, first on line 3."),
        ("w: {en: a, en: b}\n", lambda top: top.wording("w"), "line 2, w.en: stands twice, first on line 2."),
    ],
)
def test_a_key_that_stands_twice_is_refused(tmp_path: Path, text: str, take: Taker, sentence: str) -> None:
    assert refusal(tmp_path, text, take) == f"settings.yml, {sentence}"
