"""YAML files: what is no plain YAML, or no such file, is refused with its line; any bytes are read or refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kpikit.sources.strict import read
from kpikit.sources.yaml_file import MAX_BYTES, MAX_DEPTH
from kpikit.words.errors import SettingError
from tests.sources.strictly import refusal, section

NO_ALIASES = "aliases (*), anchors (&) and tags (!) are not allowed; write it out."
TAB = "is not valid YAML: a line is indented with a tab. Indent with spaces."
SIGN = (
    "is not valid YAML: a text begins with a sign that means something else here (@ ` % and the like). "
    "Put it in quotes."
)
COLON = (
    "is not valid YAML: a ': ' where no key can be. A text that holds one stands in quotes, and a key is indented as "
    "its neighbours."
)
KEY = "is not valid YAML: a key has no ': ' after it, as in 'name: Vejle'; a blank after the colon is needed."
INDENT = (
    "is not valid YAML: the line does not go on with what stands above it: indent it as its neighbours, and close "
    "each quote once."
)
QUOTE = "is not valid YAML: a quote is opened and never closed, or stands within a text in the same quotes."
OPEN = "is not valid YAML: a bracket is opened and not closed, or a comma is missing between its entries."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a: &x 1\nb: *x\n", f"line 2: {NO_ALIASES}"),
        ("a: 1\nb: *x\n", f"line 3: {NO_ALIASES}"),
        ("&x a: 1\n", f"line 2: {NO_ALIASES}"),
        ("a: !!int 3\n", f"line 2: {NO_ALIASES}"),
        ("a: !!python/object/apply:os.system [ls]\n", f"line 2: {NO_ALIASES}"),
        ("? [a, b]\n: 1\n", "line 2: a key must be plain text."),
        ("a: %d-%m-%Y\n", f"line 2: {SIGN}"),
        ("a: @home\n", f"line 2: {SIGN}"),
        ("a:\n\tb: 1\n", f"line 3: {TAB}"),
        (
            "a: |\n x\n\ty\n",
            f"line 4: {TAB}",
        ),
        (
            "name: Vejle: Vest\n",
            f"line 2: {COLON}",
        ),
        ("a: [1, 2\nb: 3\n", f"line 2: {OPEN}"),
        ("a: {b: 1\nc: 2\n", f"line 2: {OPEN}"),
        ("a: 'x\nb: 1\n", f"line 2: {QUOTE}"),
        ("a: 'it's'\nb: 1\n", f"line 2: {INDENT}"),
        ("a: 1\nb 2\nc: 3\n", f"line 3: {KEY}"),
        ("a: 1\nb:2\nc: 3\n", f"line 3: {KEY}"),
        ("a: 1\n  b: 2\n", f"line 3: {COLON}"),
        ("a:\n    b: 1\n  c: 2\n", f"line 4: {INDENT}"),
        ("a: {b: 1,, c: 2}\n", "line 2: is not valid YAML: a comma or a bracket stands where an entry is expected."),
        (
            'a: "c:\\q"\n',
            "line 2: is not valid YAML: a backslash in double quotes has a meaning of its own. Put the text in single "
            "quotes.",
        ),
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
        (b"name: x\n", "settings.yml, line 1, schema: is required. Write it as 'schema: 1'."),
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
