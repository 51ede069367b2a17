"""The register of clients: what it gives, and each refusal as a whole sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpikit.sources.clients import Client, read_clients, write_clients
from kpikit.words.errors import SettingError
from kpikit.words.periods import Calendar


def clients(folder: Path, text: str, language: str = "en") -> dict[str, Client]:
    """The clients of a register with this text."""
    file = folder / "clients.yml"
    file.write_text(f"schema: 1\n{text}", encoding="utf-8")
    return read_clients(file, language)


def test_what_is_not_said_of_a_client_is_as_usual(tmp_path: Path) -> None:
    assert clients(tmp_path, "clients: {b: {}, a: {}}\n", "da") == {
        "b": Client(key="b", label="b", value="b", language="da", calendar=Calendar()),
        "a": Client(key="a", label="a", value="a", language="da", calendar=Calendar()),
    }
    assert list(clients(tmp_path, "clients: {b: {}, a: {}}\n")) == ["b", "a"]  # as in the file


def test_a_client_may_differ_from_the_defaults(tmp_path: Path) -> None:
    text = """\
defaults: {language: nb, fiscal_year: {first_month: 4, named_by: end}}
clients:
  NO: {label: {en: Norway, nb: Norge}, value: Norway}
  dk-1: {label: Vejle, language: da, fiscal_year: {first_month: 7}}
"""
    assert clients(tmp_path, text) == {
        "NO": Client("NO", {"en": "Norway", "nb": "Norge"}, "Norway", "nb", Calendar(4, "end")),
        "dk-1": Client("dk-1", "Vejle", "dk-1", "da", Calendar(7, "end")),
    }


@pytest.mark.parametrize("key", ["a", "A", "1", "2011", "NO", "a.b", "a_b-c", "x" * 64])
def test_keys_of_clients(tmp_path: Path, key: str) -> None:
    assert list(clients(tmp_path, f"clients: {{{key}: {{}}}}\n")) == [key]


@pytest.mark.parametrize(
    "key",
    [
        "default",  # the folder of the plans for all others
        "Default",
        "",
        "..",
        ".hidden",
        "../other",
        "a/b",
        "a\\\\b",
        "/etc",
        "a b",
        " a",
        "a\\n",
        "a.",  # some file systems drop the dot, and it would be the folder of client "a"
        "a..",
        "-a",
        "_a",
        "Ærø",
        "CON:",
        "x" * 65,
    ],
)
def test_keys_that_are_no_folders_name_are_refused(tmp_path: Path, key: str) -> None:
    with pytest.raises(SettingError) as error:
        clients(tmp_path, f'clients:\n  "{key}": {{}}\n')
    assert str(error.value).endswith(
        "a client's key is made of at most 64 letters a-z, digits, '-', '_' and '.'; it begins with a letter or digit "
        "and does not end with '.'; 'default' is taken."
    )
    assert error.value.line == 3


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("clients: {}\n", "line 2, clients: lists no client."),
        (
            "name: x\n",
            "line 2, name: unknown key. key == 'name', must be one of schema, defaults, clients, ignored_accounts.",
        ),
        (
            "clients: [a]\n",
            "line 2, clients: must be a mapping of keys to values. Write it as 'clients: {acme: {label: Acme}}'.",
        ),
        (
            "clients: {a: }\n",
            "line 2, clients.a: must be a mapping of keys to values. Write it as 'a: {label: Acme}'.",
        ),
        ("clients: {a: {}, A: {}}\n", "line 2, clients: 'A' and 'a' differ only in upper and lower case."),
        ("clients:\n  a: {}\n  a: {}\n", "line 4, clients.a: stands twice, first on line 3."),
        (
            "clients:\n  a: {value: Norway}\n  b: {value: Norway}\n",
            "line 4, clients.b.value: 'Norway' is the value of client 'a' already.",
        ),
        ("clients:\n  a: {}\n  b: {value: a}\n", "line 4, clients.b.value: 'a' is the value of client 'a' already."),
        (
            "clients:\n  a: {lable: A}\n",
            "line 3, clients.a.lable: unknown key. key == 'lable', must be one of label, value, language, fiscal_year, "
            "accounts, recipients, bind, active, segment, logo. Did you mean 'label'?",
        ),
        (
            "clients:\n  a: {language: no}\n",
            "line 3, clients.a.language: language == 'no', must be one of en, da, nb.",
        ),
        (
            "clients:\n  a: {fiscal_year: {first_month: 13}}\n",
            "line 3, clients.a.fiscal_year.first_month: '13' must be a whole number from 1 to 12.",
        ),
        (
            "clients:\n  a: {fiscal_year: {first_month: April}}\n",
            "line 3, clients.a.fiscal_year.first_month: 'April' must be a whole number from 1 to 12.",
        ),
        (
            "defaults: {currency: GBP}\nclients: {a: {}}\n",
            "line 2, defaults.currency: unknown key. key == 'currency', must be one of language, fiscal_year.",
        ),
    ],
)
def test_what_is_wrong_with_a_register_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(SettingError) as error:
        clients(tmp_path, text)
    assert str(error.value) == f"{tmp_path}/clients.yml, {sentence}"


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=20)
CLIENTS = st.builds(
    Client,
    key=st.sampled_from(["a", "NO", "1e3", "2011", "12-30", "null", "0x1F", "yes"]),
    label=TEXTS | st.dictionaries(st.sampled_from(["en", "da", "nb"]), TEXTS, min_size=1),
    value=TEXTS
    | st.sampled_from(["NO", "12:30", "1e3", "null", "~", "010", "2011-01-01", "*a", "&a", "!a", "- a", " a "]),
    language=st.sampled_from(["en", "da", "nb"]),
    calendar=st.builds(Calendar, st.integers(1, 12), st.sampled_from(["start", "end"])),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(CLIENTS, min_size=1, unique_by=(lambda each: each.key, lambda each: each.value)))
def test_a_register_that_is_written_is_read_unchanged(tmp_path: Path, some: list[Client]) -> None:
    file = tmp_path / "clients.yml"
    write_clients(file, some)
    assert list(read_clients(file, "en").values()) == some
