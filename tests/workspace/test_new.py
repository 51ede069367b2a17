"""A first workspace: in each language one that runs as it is; all of it or nothing."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
import yaml

import kpikit
from kpikit.words.errors import UsageError
from kpikit.words.texts import LANGUAGES
from kpikit.workspace import new as module
from kpikit.workspace.new import STARTER, new

FILES = ["clients.yml", "plans/default/1.yml", "workspace.yml"]


def files(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_the_same_in_each_language(tmp_path: Path, language: str) -> None:
    """The same figures in another form: of the first client two KPIs on track or better, of the second none."""
    workspace = kpikit.new(tmp_path / "own", language)
    assert workspace.language == language
    found = list(workspace.evaluate_all().values())
    assert [[fact.status for fact in each.kpis] for each in found] == [
        ["on_track", "met", "at_risk"],
        ["at_risk", "missed", "at_risk"],
    ]
    # February 2026, summed from the lines of the file by hand; see tests/workspace/test_files_page.py
    assert found[0].kpis[0].value.value == pytest.approx(440_025.72)
    assert {each.plan_version for each in found} == {1}


def shape(node: object, path: str = "") -> set[str]:
    """The places of all keys; names of columns and clients, which are in the language, are left out."""
    named = path.endswith((".columns", "clients"))
    if isinstance(node, dict):
        return {each for key, value in node.items() for each in shape(value, f"{path}.{'*' if named else key}")}
    if isinstance(node, list):
        return {each for number, value in enumerate(node) for each in shape(value, f"{path}[{number}]")}
    return {path}


@pytest.mark.parametrize("name", FILES)
def test_the_files_of_all_languages_have_the_same_keys_and_comments(name: str) -> None:
    texts = {code: (STARTER / code / name).read_text(encoding="utf-8") for code in LANGUAGES}
    shapes = {code: shape(yaml.safe_load(text)) - {".sources.till.dialect.thousands"} for code, text in texts.items()}
    assert shapes["da"] == shapes["nb"] == shapes["en"]
    counted = {code: len(re.findall(r"(?:^| )# ", text, re.MULTILINE)) for code, text in texts.items()}
    assert counted["da"] == counted["nb"] > 0 and counted["en"] <= counted["da"]  # one on Excel's encoding


def test_every_language_has_a_starter() -> None:
    assert {folder.name for folder in STARTER.iterdir()} == set(LANGUAGES)
    assert all(sorted(files(STARTER / code)) == FILES for code in LANGUAGES)


@pytest.mark.parametrize(
    ("language", "file", "line"),
    [
        ("en", "till.csv", "2024-01-02,Nørrebro,Café,{orders},{revenue:.2f}"),
        ("da", "kasse.csv", "02-01-2024;Nørrebro;Café;{orders};{thousands}.{rest},{cents}"),
        ("nb", "kasse.csv", "02.01.2024;Grünerløkka;Café;{orders};{thousands}.{rest},{cents}"),
    ],
)
def test_the_data_are_written_in_the_form_of_the_language(tmp_path: Path, language: str, file: str, line: str) -> None:
    with (new(tmp_path / "en", "en") / "sources/till.csv").open(encoding="utf-8-sig", newline="") as opened:
        row = list(csv.DictReader(opened))[4]
    revenue = float(row["revenue"])
    assert 1_000 < revenue < 1_000_000
    parts = {"thousands": int(revenue) // 1000, "rest": f"{int(revenue) % 1000:03}", "cents": row["revenue"][-2:]}
    written = (new(tmp_path / "own", language) / "sources" / file).read_text(encoding="utf-8-sig").splitlines()
    assert written[5] == line.format(orders=row["orders"], revenue=revenue, **parts)
    assert len(written) == 1 + 2 * 2 * (366 + 365 + 31 + 28)  # two shops, two places, 26 months


def test_reports_say_that_the_data_are_made_up(tmp_path: Path) -> None:
    (origin,) = kpikit.new(tmp_path / "own").provenance().origins
    assert origin.attribution == "Example data, made up"


def test_it_is_always_the_same(tmp_path: Path) -> None:
    assert files(new(tmp_path / "a")) == files(new(tmp_path / "b"))


def test_an_empty_folder_is_filled_and_one_that_is_missing_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    expected = files(new(tmp_path / "deep/er/new"))
    assert files(new(tmp_path / "empty")) == expected
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    new(".")
    assert files(Path()) == expected
    assert sorted(each.name for each in tmp_path.iterdir()) == ["deep", "empty", "here"]


@pytest.mark.parametrize("name", ["full", "file"])
def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/own.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    before = files(tmp_path)
    message = rf"^'{re.escape(str(tmp_path / name))}' is not an empty folder; name a new one, or an empty one\.$"
    with pytest.raises(UsageError, match=message):
        new(tmp_path / name)
    assert files(tmp_path) == before


def test_an_unknown_language_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"^language == 'sv', must be one of en, da, nb\.$"):
        new(tmp_path / "own", "sv")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("exists", [False, True])
def test_nothing_is_written_when_something_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exists: bool) -> None:
    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    if exists:
        (tmp_path / "own").mkdir()
    monkeypatch.setattr(module, "_amount", full)
    with pytest.raises(OSError, match="No space left"):
        new(tmp_path / "own")
    assert [each.name for each in tmp_path.rglob("*")] == ["own"] * exists
