"""Patterns of files: which files they stand for, whose these are, and each refusal as a whole sentence."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kpikit.sources.declarations import Source
from kpikit.sources.patterns import files_of, is_pattern, pattern_problem
from kpikit.words.errors import SourceError

Declare = Callable[..., Source]
CLIENTS = {"acme": "Acme Ltd", "acme_dk": "acme_dk", "beta": "beta", "norrebro": "Nørrebro å"}


@pytest.fixture
def found(tmp_path: Path, declare: Declare) -> Callable[..., dict[str, str | None]]:
    """A function: a pattern, and files to make -> the files that it stands for, each with its client."""
    root = tmp_path.resolve() / "workspace"

    def find(pattern: str, *files: str) -> dict[str, str | None]:
        for name in files:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).touch()
        source = replace(declare(root / pattern), root=root, pattern=pattern)
        return {each.path.relative_to(root).as_posix(): each.client for each in files_of(source, CLIENTS)}

    return find


Find = Callable[..., dict[str, str | None]]


@pytest.mark.parametrize(
    ("pattern", "files", "expected"),
    [
        ("s/*.csv", ["s/b.csv", "s/a.csv", "s/c.txt", "s/t/d.csv"], {"s/a.csv": None, "s/b.csv": None}),
        ("s/day?.csv", ["s/day1.csv", "s/day10.csv", "s/day.csv"], {"s/day1.csv": None}),
        ("*/x.csv", ["a/x.csv", "a/b/x.csv"], {"a/x.csv": None}),
        ("{client}/ga4_*.csv", ["acme/ga4_1.csv", "acme/ads.csv", "beta/ga4_.csv"],
         {"acme/ga4_1.csv": "acme", "beta/ga4_.csv": "beta"}),
        ("s/{client}.csv", ["s/Acme Ltd.csv", "s/beta.csv"], {"s/Acme Ltd.csv": "acme", "s/beta.csv": "beta"}),
        ("{client}/*.csv", ["acme/1.csv", "Acme Ltd/2.csv"], {"Acme Ltd/2.csv": "acme", "acme/1.csv": "acme"}),
        ("{client}/{client}_1.csv", ["acme/acme_1.csv", "acme/beta_2.csv"], {"acme/acme_1.csv": "acme"}),
        ("ga4_{client}_??.csv", ["ga4_acme_dk_01.csv", "ga4_acme_01.csv"],
         {"ga4_acme_01.csv": "acme", "ga4_acme_dk_01.csv": "acme_dk"}),
        ("{client}/x[1].csv", ["acme/x[1].csv", "acme/x1.csv"], {"acme/x[1].csv": "acme"}),
        # What programs leave behind is no match; a folder of nobody in which nothing fits is left alone.
        ("*/*.csv", ["a/~$x.csv", "a/.x.csv", "a/._x.csv", ".git/x.csv", "a/x.csv"], {"a/x.csv": None}),
        ("{client}/*.csv", ["acme/.DS_Store", "acme/a.csv", "nobody/readme.txt"], {"acme/a.csv": "acme"}),
    ],
)  # fmt: skip
def test_the_files_of_a_pattern(found: Find, pattern: str, files: list[str], expected: dict[str, str | None]) -> None:
    assert list(found(pattern, *files).items()) == list(expected.items())


def test_how_a_letter_with_an_accent_is_stored_makes_no_difference(found: Find) -> None:
    """A disk of a Mac gives names taken apart: the ring of the å stands alone."""
    name = unicodedata.normalize("NFD", "Nørrebro å")
    assert name != "Nørrebro å"
    assert found("{client}/å*.csv", f"{name}/{unicodedata.normalize('NFD', 'å1')}.csv") == {
        f"{name}/{unicodedata.normalize('NFD', 'å1')}.csv": "norrebro"
    }


@pytest.mark.parametrize(
    ("pattern", "files", "sentence"),
    [
        ("{client}/*.csv", [],
         "{client}/*.csv: no file fits the pattern. Big and small letters differ; '*' stands for any signs of one "
         "name, {client} for a key or a value."),
        ("S/*.csv", ["s/a.csv"],
         "S/*.csv: no file fits the pattern. Big and small letters differ; '*' stands for any signs of one name, "
         "{client} for a key or a value."),
        ("{client}/*.csv", ["acmee/a.csv", "beta/a.csv"],
         "acmee/a.csv: no client has the key or value 'acmee'. Did you mean 'acme'? List it in clients.yml, or move "
         "the file to where the pattern does not fit."),
        ("{client}/*.csv", ["Beta/a.csv"],
         "Beta/a.csv: no client has the key or value 'Beta'. Did you mean 'beta'? List it in clients.yml, or move "
         "the file to where the pattern does not fit."),
        ("{client}.csv", ["zzz.csv"],
         "zzz.csv: no client has the key or value 'zzz'. List it in clients.yml, or move the file to where the pattern "
         "does not fit."),
        ("{client}/{client}_1.csv", ["acme/beta_1.csv"],
         "acme/beta_1.csv: has different names in the places of {client}. Move or rename it."),
        ("ga4_{client}_*.csv", ["ga4_acme_dk_2026.csv"],
         "ga4_acme_dk_2026.csv: can be of client 'acme' and of client 'acme_dk'. Give {client} a folder of its own in "
         "the pattern."),
    ],
)  # fmt: skip
def test_files_that_are_refused(found: Find, pattern: str, files: list[str], sentence: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError) as error:
        found(pattern, *files)
    assert str(error.value).removeprefix(f"{tmp_path.resolve()}/workspace/") == sentence


def test_a_name_that_is_of_two_clients(tmp_path: Path, declare: Declare) -> None:
    """The key of the one is the value of the other."""
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "x.csv").touch()
    source = replace(declare(tmp_path / "p"), root=tmp_path.resolve(), pattern="{client}/x.csv")
    with pytest.raises(SourceError, match=r"b/x\.csv: can be of client 'a' and of client 'b'"):
        files_of(source, {"a": "b", "b": "c"})


@pytest.mark.parametrize("link", ["s/link.csv", "link"])
def test_links_that_lead_out_of_the_workspace(found: Find, tmp_path: Path, link: str) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "x.csv").touch()
    (tmp_path / "workspace" / "s").mkdir(parents=True)
    there = tmp_path / "outside" / "x.csv" if link.endswith(".csv") else tmp_path / "outside"
    (tmp_path / "workspace" / link).symlink_to(there)
    with pytest.raises(SourceError, match=f"{link}: is a link that leads out of the workspace, or nowhere. Put the"):
        found("*/*.csv", "s/a.csv")


def test_a_link_to_nothing_and_one_within(found: Find, tmp_path: Path) -> None:
    (tmp_path / "workspace" / "s").mkdir(parents=True)
    (tmp_path / "workspace" / "t").symlink_to(tmp_path / "workspace" / "s")
    assert list(found("*/a.csv", "s/a.csv")) == ["s/a.csv", "t/a.csv"]
    (tmp_path / "workspace" / "s" / "b.csv").symlink_to(tmp_path / "nothing")
    with pytest.raises(SourceError, match=r"b\.csv: is a link that leads out of the workspace, or nowhere"):
        found("s/*.csv")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{client}/ga4_*.csv", None),
        ("{Client}/a.csv", "place == '{Client}', must be one of {client}. Did you mean '{client}'?"),
        ("{client/a.csv", "place == '{client/a.csv', must be one of {client}. Did you mean '{client}'?"),
        ("a}.csv", "place == '}', must be one of {client}."),
        ("**/a.csv", "'**' is not known; write '*' once for each folder."),
        (r"s\*.csv", r"has a '\'; folders are separated by '/'."),
        ("../*.csv", "lies outside the workspace's folder."),
        ("s/../../*.csv", "lies outside the workspace's folder."),
        ("/etc/*", "lies outside the workspace's folder."),
        ("s//*.csv", "has an empty name between two '/'."),
    ],
)
def test_what_a_pattern_may_be(text: str, problem: str | None) -> None:
    assert is_pattern(text)
    assert pattern_problem(text) == problem


def test_the_name_of_one_file_is_no_pattern(tmp_path: Path, declare: Declare) -> None:
    assert not is_pattern("sources/ga4 [1] (copy)~.csv")
    (file,) = files_of(declare(tmp_path / "not there.csv"), CLIENTS)
    assert (file.path, file.client) == (tmp_path / "not there.csv", None)
