"""Slices: what a report's folder holds, and that it says the same as the whole workspace."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import kpikit
from kpikit.evaluation.document import document
from kpikit.metrics.requests import Request
from kpikit.words.errors import RequestError, UsageError
from kpikit.workspace import Workspace
from tests.workspaces import Sale, Shop, plan, sample, window

CASES = [
    ("shop", "united-kingdom", None, None),
    ("shop", "united-kingdom", "2011-12", None),  # a month that runs
    ("shop", "united-kingdom", "2011", None),
    ("shop", "norway", "2011-11", "2011-11-30"),
    ("shop", "bahrain", "2010-03", None),  # before the plan, in the opening months
    ("hospitals", "RF4", None, None),
    ("hospitals", "RF4", "FY2018", None),
    ("hospitals", "RQQ", "2019-03", None),  # without rows in that month
]


def sliced(folder: Path, name: str, client: str, period: str | None, as_of: str | None) -> Workspace:
    sample(name).save_slice(folder, [client], period, as_of)
    return kpikit.open(folder)


@pytest.mark.parametrize(("name", "client", "period", "as_of"), CASES)
def test_a_slice_says_the_same_as_the_whole(
    tmp_path: Path, name: str, client: str, period: str | None, as_of: str | None
) -> None:
    own = sliced(tmp_path, name, client, period, as_of)
    assert own.is_slice and not sample(name).is_slice
    assert own.evaluate(client, period, as_of) == sample(name).evaluate(client, period, as_of)
    assert document(own.evaluate(client, period, as_of)) == document(sample(name).evaluate(client, period, as_of))
    assert own.clients == {client: sample(name).clients[client]}
    assert own.provenance() == sample(name).provenance([client])


def test_a_slice_shows_the_same_page(tmp_path: Path) -> None:
    own = sliced(tmp_path, "shop", "norway", None, None)
    pages = [each.client("norway").evaluate() for each in (own, sample("shop"))]
    for part in ("title", "summary", "scorecard", "attention", "others", "drivers", "definitions", "provenance"):
        one, other = (getattr(page, part)() for page in pages)
        assert one == other and str(one)


def texts(folder: Path) -> dict[str, str]:
    return {file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8") for file in folder.rglob("*.*")}


@pytest.mark.parametrize(("name", "client", "period", "as_of"), CASES[:1] + CASES[3:6])
def test_a_slice_holds_nothing_of_any_other_client(
    tmp_path: Path, name: str, client: str, period: str | None, as_of: str | None
) -> None:
    sliced(tmp_path, name, client, period, as_of)
    found = texts(tmp_path)
    known = {"shop": {"customers.json"}, "hospitals": {"peers.json"}}.get(name, set())
    assert set(found) == known | {
        "workspace.yml",
        "clients.yml",
        f"plans/{client}/1.yml",
        "measurements.csv",
        "provenance.json",
        "forecasts.json",
    }
    # The declarations and the plan are the same for all clients; what is of this client alone is in the others.
    own = found["clients.yml"] + found["measurements.csv"] + found.get("customers.json", "")
    for key, other in sample(name).clients.items():
        labels = set(other.label.values()) if isinstance(other.label, dict) else {other.label}
        if key != client:
            for word in {key, other.value, *labels}:
                assert not re.search(rf"\b{re.escape(word)}\b", own), word
    with (tmp_path / "measurements.csv").open(encoding="utf-8") as file:
        assert {line.split(",")[0] for line in file} == {"client", client}


def test_the_figures_of_others_are_not_in_a_slice(tmp_path: Path) -> None:
    """Each client's amounts are odd numbers of its own, which must not turn up, added to others or alone."""
    rows = [Sale("2024-01-04", "1000.01"), Sale("2024-01-04", "7777.77", client="b", channel="secret", customer=9)]
    plans = {"default/1": plan(), "a/1": plan("{indicator: sales.orders, cadence: month}"), "b/1": plan()}
    Shop(rows, plans=plans).at(tmp_path / "whole").save_slice(tmp_path / "own", ["a"], "2024-01", None)
    found = " ".join(texts(tmp_path / "own").values())
    assert "1000.01" in found
    assert not any(word in found for word in ("7777", "8777", "secret", "Client B"))
    assert not (tmp_path / "own" / "plans" / "b").exists()


def test_a_slice_is_the_same_whoever_else_is_evaluated(tmp_path: Path) -> None:
    """Clients of the agency have plans, and so metrics, of their own: each slice holds what its client needs."""
    for name, clients in (("one", ["kvartal"]), ("all", ["brynje", "kvartal"])):
        workspace = kpikit.open(sample("agency").folder)
        workspace.evaluate_all(clients, "2026-02", None)
        workspace.save_slice(tmp_path / name, ["kvartal"], "2026-02", None)
    files = sorted(each.relative_to(tmp_path / "one") for each in (tmp_path / "one").rglob("*") if each.is_file())
    assert [(tmp_path / "all" / each).read_bytes() == (tmp_path / "one" / each).read_bytes() for each in files] == [
        True
    ] * len(files)


def test_the_clients_own_settings_go_with_it(tmp_path: Path) -> None:
    (tmp_path / "whole").mkdir()
    Shop([Sale("2024-01-04")]).at(tmp_path / "whole")
    (tmp_path / "whole" / "clients.yml").write_text(
        "schema: 1\nclients:\n  a: {label: {en: One, nb: Én}, language: nb, fiscal_year: {first_month: 4, named_by: "
        "end}}\n  b: {}\n",
        encoding="utf-8",
    )
    whole = Workspace(tmp_path / "whole")
    whole.save_slice(tmp_path / "own", ["a"], "FY2024", None)
    own = Workspace(tmp_path / "own")
    assert own.clients["a"] == whole.clients["a"]
    assert own.evaluate("a", "FY2024").period.window == window("2023-04-01", "2024-03-31")


def test_several_clients_in_one_slice(tmp_path: Path) -> None:
    keys = ["norway", "denmark"]
    sample("shop").save_slice(tmp_path, keys, "2011-11", None)
    own = Workspace(tmp_path)
    assert list(own.clients) == keys
    assert own.evaluate_all(period="2011-11") == sample("shop").evaluate_all(keys, "2011-11")


@pytest.mark.parametrize(
    ("ask", "names"),
    [
        (lambda own: own.evaluate("norway", "2011-10"), r"\w+ of client 'norway' in 20\d\d-\d\d-\d\d\.\."),
        (lambda own: own.evaluate("norway", "2011-12"), r"\w+ of client 'norway' in 2011-12-01\.\.2011-12-\d\d"),
        (lambda own: own.client("norway").evaluate("2011-W40"), r"\w+ of client 'norway' in 20\d\d-"),
    ],
)
def test_a_slice_cannot_tell_of_another_period(tmp_path: Path, ask: Callable[[Workspace], object], names: str) -> None:
    own = sliced(tmp_path, "shop", "norway", "2011-11", None)
    with pytest.raises(RequestError, match=names + ".* was not measured. Open the whole workspace to measure it"):
        ask(own)


def test_a_slice_does_not_know_other_clients(tmp_path: Path) -> None:
    own = sliced(tmp_path, "shop", "norway", "2011-11", None)
    with pytest.raises(UsageError, match="client == 'denmark', must be one of norway"):
        own.client("denmark")


def test_a_slice_measures_only_what_it_holds(tmp_path: Path) -> None:
    own = sliced(tmp_path, "shop", "norway", "2011-11", None)
    november, day = window("2011-11-01", "2011-11-30"), window("2011-11-02")
    found = own.measure([Request("orders", (november,))])
    assert found.get("norway", "orders", november).value is not None
    with pytest.raises(RequestError, match=r"orders of client 'norway' in 2011-11-02\.\.2011-11-02 was not measured"):
        own.measure([Request("orders", (day,))]).get("norway", "orders", day)


@pytest.mark.parametrize(
    ("name", "sha256", "size"),
    [
        ("shop", "56cd4461475ed36983cbaaa69bdba5f18e01b3093e9c5b12b755df452889d4c5", 820_861),
        ("hospitals", "59c030b5f2650aa59084a3ef638c9a80b333cf711ad2e2d9590262a96f0361f0", 107_234),
    ],
)
def test_where_the_figures_come_from(tmp_path: Path, name: str, sha256: str, size: int) -> None:
    """The hashes are those that the data sets' SOURCE.md states; a slice, which has no sources, keeps them."""
    client = next(iter(sample(name).clients))
    (whole,) = sample(name).provenance([client]).origins
    (own,) = sliced(tmp_path, name, client, None, None).provenance().origins
    (kept,) = whole.files
    file = kpikit.samples() / name / kept.file
    assert whole == own
    assert (kept.sha256, kept.bytes) == (sha256, size) == (hashlib.sha256(file.read_bytes()).hexdigest(), size)
    assert json.loads((tmp_path / "provenance.json").read_text(encoding="utf-8"))[0]["files"][0]["sha256"] == sha256
    assert str(tmp_path) not in (tmp_path / "provenance.json").read_text(encoding="utf-8")
    assert whole.attribution


def test_a_slice_is_saved_again_over_an_older_one(tmp_path: Path) -> None:
    for period in ("2011-10", "2011-11"):
        own = sliced(tmp_path, "shop", "norway", period, None)
        assert own.evaluate("norway", period).period.key == period
    with pytest.raises(RequestError):
        Workspace(tmp_path).evaluate("norway", "2011-10")


def test_the_source_that_slices_are_made_of_stays_as_it_is(tmp_path: Path) -> None:
    shop = Shop([Sale("2024-01-04")], plans={"default/1": plan()})
    whole = shop.at(tmp_path / "whole")
    before = texts(tmp_path / "whole")
    whole.save_slice(tmp_path / "own", ["a"], "2024-01", None)
    assert texts(tmp_path / "whole") == before
    assert whole.provenance(["a"]) == Workspace(tmp_path / "own").provenance()
