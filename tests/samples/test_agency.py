"""The synthetic agency: its files are what its script writes, its reports and the indicators that it shows."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

import pytest

from kpikit.indicators.catalogue import CATALOGUE
from kpikit.render.run import Run
from tests.samples.agency import FOLDER, data, february
from tests.workspaces import sample

# The files.


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All files, made anew."""
    place = tmp_path_factory.mktemp("agency")
    subprocess.run([sys.executable, "-B", str(FOLDER / "make.py"), str(place)], check=True)
    return place


def files(folder: Path) -> dict[str, Path]:
    found = [*folder.glob("sources/**/*.*"), folder / "answers.yml"]
    return {file.relative_to(folder).as_posix(): file for file in found}


def test_the_script_writes_the_files_that_are_here(made: Path) -> None:
    here, anew = files(FOLDER), files(made)
    assert list(here) == list(anew) or set(here) == set(anew)
    assert [name for name, file in anew.items() if data(file) != data(here[name])] == []


def test_the_files_are_small(made: Path) -> None:
    assert sum(len(gzip.compress(file.read_bytes(), 6)) for file in files(FOLDER).values()) < 3_000_000


def test_it_says_everywhere_that_it_is_synthetic() -> None:
    settings = sample("agency").settings
    words = [settings.name, *(client.label for client in settings.clients.values())]
    for wording in words:
        assert not isinstance(wording, str)
        assert all("synteti" in text or "syntheti" in text for text in wording.values())
    for source in settings.model.sources.values():
        assert "Synthetic data" in (source.attribution or "")


def test_each_client_has_its_currency_and_language() -> None:
    opened = sample("agency")
    in_money = dict.fromkeys(("brynje", "maskegarn", "kvartal", "rugmark"), "sales.revenue")
    in_money |= {"fjordvik": "service.cost_per_case", "kysthjelpen": "ads.spend"}
    money = {key: february()[key].fact(id).currency for key, id in in_money.items()}
    assert money == dict.fromkeys(in_money, "DKK") | {"fjordvik": "NOK", "kysthjelpen": "NOK"}
    assert [client.language for client in opened.clients.values()] == ["da", "en", "en", "nb", "da", "nb"]


# Reports.


@pytest.mark.parametrize("client", ["kvartal", "kysthjelpen"])
def test_what_needs_attention_is_told_by_the_clients_own_metrics(client: str) -> None:
    review = sample("agency").client(client).evaluate("2026-02")
    assert len(str(review.attention())) > 200
    assert str(review.title()).startswith(review.say.own(review.client.label))


def test_a_norwegian_report_is_rendered(agency: Run) -> None:
    page = next(entry.page for entry in agency.entries if entry.client == "fjordvik")
    assert page is not None
    text = page.read_text(encoding="utf-8")
    assert 'lang="nb"' in text and "syntetisk" in text and "Synthetic data" in text


# Every indicator.


def test_every_indicator_of_the_catalogue_has_a_value_in_a_sample() -> None:
    computed = {fact.indicator for found in february().values() for fact in found.facts if fact.value.value is not None}
    hospital = sample("hospitals").evaluate("RF4", "2019-03")
    computed |= {fact.indicator for fact in hospital.facts if fact.value.value is not None}
    assert sorted(set(CATALOGUE) - computed) == []
