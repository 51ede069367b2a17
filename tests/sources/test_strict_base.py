"""A mapping that extends another: what it says wins, what it leaves out is read there, and errors know the file."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from kpikit.sources.strict import Section, read
from kpikit.words.errors import SettingError

BASE = """\
schema: 1
name: Base
size: 1.5
label: {en: Old, da: Gammel}
names: [a, b, c]
items:
  - {key: one}
  - {key: two}
shop:
  city: Aarhus
  door: {width: 80, colour: red}
"""


def extended(folder: Path, own: str, base: str = BASE) -> Section:
    """The top of own.yml over base.yml."""
    (folder / "base.yml").write_text(base, encoding="utf-8")
    (folder / "own.yml").write_text(f"schema: 1\n{own}", encoding="utf-8")
    return read(folder / "own.yml", read(folder / "base.yml"))


TAKES: list[tuple[str, str, Callable[[Section], object], object]] = [
    ("a text of the base", "", lambda top: top.text("name"), "Base"),
    ("its own text", "name: Own", lambda top: top.text("name"), "Own"),
    ("the base's before a default", "", lambda top: top.text("name", "none"), "Base"),
    ("a number of the base", "", lambda top: top.decimal("size"), Decimal("1.5")),
    ("its own number", "size: 2", lambda top: top.decimal("size"), Decimal(2)),
    ("a wording of the base", "", lambda top: top.wording("label"), {"en": "Old", "da": "Gammel"}),
    # A wording is one text in several languages: the new English must not stand beside the old Danish.
    ("its own wording as a whole", "label: {en: New}", lambda top: top.wording("label"), {"en": "New"}),
    ("its own wording as a text", "label: New", lambda top: top.wording("label"), "New"),
    ("a wording over a text", "name: {da: Min}", lambda top: top.wording("name"), {"da": "Min"}),
    ("a list of the base", "", lambda top: top.texts("names"), ("a", "b", "c")),
    ("its own list alone", "names: [d]", lambda top: top.texts("names"), ("d",)),
    ("an empty list", "names: []", lambda top: top.texts("names"), ()),
    (
        "the base's mappings in a list",
        "",
        lambda top: [each.text("key") for each in top.items("items")],
        ["one", "two"],
    ),
    (
        "its own mappings in a list",
        "items:\n  - {key: three}",
        lambda top: [each.text("key") for each in top.items("items")],
        ["three"],
    ),
    ("a mapping of the base", "", lambda top: top.section("shop").text("city"), "Aarhus"),
    (
        "a mapping merged",
        "shop: {city: Odense}",
        lambda top: (top.section("shop").text("city"), top.section("shop").section("door").text("width")),
        ("Odense", "80"),
    ),
    (
        "a mapping in a mapping merged",
        "shop: {door: {colour: blue}}",
        lambda top: [top.section("shop").section("door").text(key) for key in ("width", "colour")],
        ["80", "blue"],
    ),
    ("a mapping over a text", "name: {first: Ann}", lambda top: top.section("name").text("first"), "Ann"),
    ("the keys of both", "more: x", lambda top: list(top)[-2:], ["shop", "more"]),
    (
        "mappings by name",
        "shop: {roof: {colour: grey}}",
        lambda top: list(top.section("shop")),
        ["city", "door", "roof"],
    ),
    ("whose key it is", "size: 2", lambda top: [top.own("size"), top.own("name"), "name" in top], [True, False, True]),
    ("a text over a mapping", "shop: none", lambda top: (top.is_section("shop"), top.text("shop")), (False, "none")),
]


@pytest.mark.parametrize(("own", "take", "value"), [row[1:] for row in TAKES], ids=[row[0] for row in TAKES])
def test_what_is_read(tmp_path: Path, own: str, take: Callable[[Section], object], value: object) -> None:
    assert take(extended(tmp_path, own)) == value


def test_a_base_may_extend_another(tmp_path: Path) -> None:
    middle = extended(tmp_path, "size: 2\nshop: {city: Odense}")
    (tmp_path / "top.yml").write_text("schema: 1\nname: Top\n", encoding="utf-8")
    top = read(tmp_path / "top.yml", middle)
    assert (top.text("name"), top.text("size"), top.section("shop").text("city")) == ("Top", "2", "Odense")
    assert top.section("shop").section("door").text("width") == "80"


REFUSALS: list[tuple[str, Callable[[Section], object], str]] = [
    ("", lambda top: top.decimal("name"), "base.yml, line 2, name: 'Base' must be a number such as 12.5."),
    ("name: Own", lambda top: top.decimal("name"), "own.yml, line 2, name: 'Own' must be a number such as 12.5."),
    (
        "",
        lambda top: top.section("shop").day("city"),
        "base.yml, line 10, shop.city: 'Aarhus' must be a date that exists, as 2011-11-23, from 1800 to 2999.",
    ),
    (
        "shop:\n  door:\n    colour: blue",
        lambda top: top.section("shop").section("door").decimal("colour"),
        "own.yml, line 4, shop.door.colour: 'blue' must be a number such as 12.5.",
    ),
    (
        "shop:\n  door:\n    colour: blue",
        lambda top: top.section("shop").section("door").flag("width"),
        "base.yml, line 11, shop.door.width: width == '80', must be one of true, false.",
    ),
    (
        "",
        lambda top: [each.decimal("key") for each in top.items("items")],
        "base.yml, line 7, items[1].key: 'one' must be a number such as 12.5.",
    ),
    (
        "",
        lambda top: top.wording("shop"),
        "base.yml, line 10, shop.city: unknown key. key == 'city', must be one of en, da, nb.",
    ),
    ("", lambda top: top.texts("shop"), "base.yml, line 9, shop: must be a list of texts, as [a, b]."),
    ("", lambda top: top.section("name"), "base.yml, line 2, name: must be a mapping of keys to values."),
    ("shop: x", lambda top: top.section("shop"), "own.yml, line 2, shop: must be a mapping of keys to values."),
    # What neither says is missing where it would be written: in the file that extends.
    ("x: y", lambda top: top.text("colour"), "own.yml, line 1, colour: is required."),
    ("x: y", lambda top: top.section("garden").text("size"), "own.yml, line 1, garden.size: is required."),
    ("shop: {city: X}", lambda top: top.section("shop").text("zip"), "own.yml, line 2, shop.zip: is required."),
]


@pytest.mark.parametrize(("own", "take", "sentence"), REFUSALS)
def test_an_error_names_the_file_in_which_the_key_was_written(
    tmp_path: Path, own: str, take: Callable[[Section], object], sentence: str
) -> None:
    top = extended(tmp_path, own)
    with pytest.raises(SettingError) as error:
        take(top)
    assert str(error.value).removeprefix(f"{tmp_path}/") == sentence


@pytest.mark.parametrize(
    ("own", "base", "sentence"),
    [
        ("", "", None),
        ("name: Own", "name: Base", None),
        (
            "nmae: Own",
            "name: Base",
            "own.yml, line 2, nmae: unknown key. key == 'nmae', must be one of schema, name, "
            "shop. Did you mean 'name'?",
        ),
        (
            "name: Own",
            "nmae: Base",
            "base.yml, line 2, nmae: unknown key. key == 'nmae', must be one of schema, name, "
            "shop. Did you mean 'name'?",
        ),
        (
            "shop: {city: X}",
            "shop: {cty: X}",
            "base.yml, line 2, shop.cty: unknown key. key == 'cty', must be one of city. Did you mean 'city'?",
        ),
    ],
)
def test_unknown_keys_are_refused_in_both(tmp_path: Path, own: str, base: str, sentence: str | None) -> None:
    top = extended(tmp_path, own, f"schema: 1\n{base}\n")
    top.text("name", "none")
    shop = top.section("shop")
    shop.text("city", "none")
    said = None
    try:
        top.finish()
        shop.finish()
    except SettingError as error:
        said = str(error).removeprefix(f"{tmp_path}/")
    assert said == sentence


def test_the_base_must_say_its_schema_and_the_extending_file_too(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"base\.yml, line 1, schema: is required\. Write it as 'schema: 1'\.$"):
        extended(tmp_path, "", "name: Base\n")
    (tmp_path / "base.yml").write_text(BASE, encoding="utf-8")
    (tmp_path / "own.yml").write_text("name: Own\n", encoding="utf-8")
    with pytest.raises(SettingError, match=r"own\.yml, line 1, schema: is required\. Write it as 'schema: 1'\.$"):
        read(tmp_path / "own.yml", read(tmp_path / "base.yml"))


def test_plain_writes_out_what_is_extended(tmp_path: Path) -> None:
    own = "name: {da: Min}\nlabel: {en: New}\nnames: [d]\nshop: {door: {colour: blue}, floors: 2}\nmore: x\n"
    assert extended(tmp_path, own).plain() == {
        "schema": "1",
        "name": {"da": "Min"},
        "size": "1.5",
        "label": {"en": "New"},
        "names": ["d"],
        "items": [{"key": "one"}, {"key": "two"}],
        "shop": {"city": "Aarhus", "door": {"width": "80", "colour": "blue"}, "floors": "2"},
        "more": "x",
    }


def test_plain_of_nothing_new_is_the_base(tmp_path: Path) -> None:
    assert extended(tmp_path, "").plain() == read(tmp_path / "base.yml").plain()
    assert extended(tmp_path, "shop: {}").plain() == read(tmp_path / "base.yml").plain()
