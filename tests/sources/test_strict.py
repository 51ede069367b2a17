"""YAML read strictly: as written, or refused with its file, line and key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kpikit.sources.strict import Section, read
from kpikit.sources.yaml_file import MAX_BYTES, MAX_DEPTH
from kpikit.words.errors import SettingError
from kpikit.words.periods import Window

Taker = Callable[[Section], object]


def section(folder: Path, text: str | bytes) -> Section:
    """The top of a file that begins with the schema and goes on with a text."""
    file = folder / "settings.yml"
    file.write_bytes(text if isinstance(text, bytes) else f"schema: 1\n{text}".encode())
    return read(file)


def refusal(folder: Path, text: str | bytes, take: Taker = lambda top: top.finish()) -> str:
    """What is said of a file that is refused, without the file's folder."""
    with pytest.raises(SettingError) as error:
        take(section(folder, text))
    return str(error.value).removeprefix(f"{folder}/")


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


NO_ALIASES = "aliases (*), anchors (&) and tags (!) are not allowed; write it out."
START_SIGN = (
    "is not valid YAML: found character that cannot start any token. "
    "Put a text that begins with such a sign in quotes; indent with spaces, not with tabs."
)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a: &x 1\nb: *x\n", f"line 2: {NO_ALIASES}"),
        ("a: 1\nb: *x\n", f"line 3: {NO_ALIASES}"),
        ("&x a: 1\n", f"line 2: {NO_ALIASES}"),
        ("a: !!int 3\n", f"line 2: {NO_ALIASES}"),
        ("a: !!python/object/apply:os.system [ls]\n", f"line 2: {NO_ALIASES}"),
        ("? [a, b]\n: 1\n", "line 2: a key must be plain text."),
        ("a: %d-%m-%Y\n", f"line 2: {START_SIGN}"),
        ("a: @home\n", f"line 2: {START_SIGN}"),
        ("a:\n\tb: 1\n", f"line 3: {START_SIGN}"),
        (
            "a: |\n x\n\ty\n",
            "line 4: is not valid YAML: found a tab character where an indentation space is expected. "
            "Put a text that begins with such a sign in quotes; indent with spaces, not with tabs.",
        ),
        (
            "name: Vejle: Vest\n",
            "line 2: is not valid YAML: mapping values are not allowed in this context. "
            "A text that holds ': ' or ' #' stands in quotes.",
        ),
        ("a: [1, 2\n", "line 3: is not valid YAML: did not find expected ',' or ']'."),
        ("a: 'x\n", "line 3: is not valid YAML: found unexpected end of stream."),
        ("a: 1\n---\nb: 2\n", "line 3: is not valid YAML: but found another document."),
    ],
)
def test_what_is_no_plain_yaml_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    assert refusal(tmp_path, text) == f"settings.yml, {sentence}"


MAPPING = "must be a mapping of keys to values, beginning with 'schema: 1'."


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", f"settings.yml, line 1: {MAPPING}"),
        (b"# nothing yet\n", f"settings.yml, line 1: {MAPPING}"),
        (b"- schema: 1\n", f"settings.yml, line 1: {MAPPING}"),
        (b"schema\n", f"settings.yml, line 1: {MAPPING}"),
        (b"name: x\n", "settings.yml, line 1, schema: is required."),
        (b"schema: 2\n", "settings.yml, line 1, schema: '2' is not known here; a newer kpikit is needed."),
        (b"schema: 0\n", "settings.yml, line 1, schema: '0' is not known here; it must be 1."),
        (b"schema: 1.0\n", "settings.yml, line 1, schema: '1.0' is not known here; it must be 1."),
        ("schema: ²\n".encode(), "settings.yml, line 1, schema: '²' is not known here; it must be 1."),
        (b"schema: [1]\n", "settings.yml, line 1, schema: must be a text."),
        (b"schema: 1\nname: \xe6r\xf8\n", "settings.yml, line 2: is not UTF-8; save it as UTF-8."),
        ("schema: 1\n".encode("utf-16"), "settings.yml, line 1: is not UTF-8; save it as UTF-8."),
        (b"schema: 1 #" + b"x" * MAX_BYTES, "settings.yml: is larger than 5,000,000 bytes."),
        (b"schema: 1\na: \x07\n", "settings.yml, line 2: the line holds the sign U+0007, which cannot be shown."),
        (b'schema: 1\na: "\\e[1m"\n', "settings.yml, line 2: a text holds the sign U+001B, which cannot be shown."),
        (b'schema: 1\n"a\\0": b\n', "settings.yml, line 2: a text holds the sign U+0000, which cannot be shown."),
    ],
)
def test_what_is_no_such_file_is_refused(tmp_path: Path, data: bytes, sentence: str) -> None:
    assert refusal(tmp_path, data) == sentence


def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    for path, reason in (
        (tmp_path / "none.yml", "there is no such file."),
        (tmp_path, "cannot be read: Is a directory."),
    ):
        with pytest.raises(SettingError) as error:
            read(path)
        assert str(error.value) == f"{path}: {reason}"


@pytest.mark.parametrize("data", [b"\xef\xbb\xbfschema: 1\n", b"schema: 1\r\nname: x\r\n", b"---\nschema: 1\n...\n"])
def test_marks_and_line_ends_of_other_systems(tmp_path: Path, data: bytes) -> None:
    assert section(tmp_path, data).text("schema") == "1"


@pytest.mark.parametrize(
    ("nested", "line"),
    [
        ("a: " + "[" * 100_000 + "]" * 100_000, 2),  # without a limit this ends the process: the parser is C
        ("a: " + "{b: " * 50_000, 2),
        ("a:\n " + "- " * 100_000 + "x", 3),
        ("a:\n" + "".join(" " * depth + "k:\n" for depth in range(1, 100)), 22),
    ],
)
def test_deep_nesting_is_refused(tmp_path: Path, nested: str, line: int) -> None:
    assert refusal(tmp_path, nested) == f"settings.yml, line {line}: is nested more than {MAX_DEPTH} deep."


def test_nesting_that_people_write_is_read(tmp_path: Path) -> None:
    depth = MAX_DEPTH - 1
    top = section(tmp_path, "a: " + "{a: " * depth + "x" + "}" * depth)
    for _ in range(depth):
        top = top.section("a")
    assert top.text("a") == "x"


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(b"schema: 1\n? \n: \n")
@example(b"%YAML 1.3\n---\nschema: 1\n")
@given(st.one_of(st.binary(max_size=60), st.text(alphabet=" \n\t:-[]{}'\"|>#&*!%@`?,ab1", max_size=60).map(str.encode)))
def test_any_bytes_give_a_section_or_a_refusal(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "any.yml"
    file.write_bytes(b"schema: 1\n" + data)
    try:
        top = read(file)
        for key in top:
            top.texts(key) if top.is_list(key) else top.wording(key)
        top.finish()
    except SettingError as error:
        assert str(file) in str(error)
