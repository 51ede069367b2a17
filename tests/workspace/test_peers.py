"""Clients of one segment, compared: in the whole workspace, in the slice of a report, in words and pictures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import kpikit
from kpikit.evaluation.benchmarks.peers import Peers
from kpikit.evaluation.document import document
from kpikit.workspace import Workspace
from tests.workspaces import Sale, Shop, plan

ORDERS = "{indicator: sales.orders, cadence: month, target: {kind: keep, value: 30}}"
WEB = "{indicator: sales.orders, member: {channel: web}, cadence: month}"
GROWTH = "{indicator: sales.revenue_growth, cadence: month}"
ENTRIES = """
benchmarks:
  - {indicator: sales.average_order_value, kind: industry, name: The trade, value: 12.5, source: Survey, on: 2024-02-01}
  - {indicator: sales.orders, kind: competitor, name: Next door, value: 40, per: month, source: Report, on: 2024-01-31}
  - {indicator: sales.orders, kind: competitor, name: Next door, value: 44, per: month, source: Report, on: 2024-02-20}
  - {indicator: sales.orders, kind: competitor, name: Next door, value: 48, per: month, source: Report, on: 2024-03-01}
  - {indicator: sales.orders, kind: standard, name: Bar, value: 9, per: month, source: L, on: 2024-01-31, segment: bars}
"""
COUNTS = {"ann": 17, "bea": 21, "cis": 23, "dot": 29, "eva": 31, "fay": 37, "guy": 41, "hal": 3}
"""Orders of each client in February; hal is a bar, all others are cafés."""


def town(folder: Path, counts: dict[str, int] = COUNTS) -> Workspace:
    placed = [(key, at) for key, count in counts.items() for at in range(count)]
    sales = [Sale(f"2024-02-{1 + at % 29:02}", client=key, customer=at) for key, at in placed]
    sales += [Sale("2024-01-05", client=key) for key in counts]
    plans = {"default/1": plan(ORDERS, WEB, GROWTH, pis="[sales.average_order_value]")}
    Shop(sales, covers="2024-01-01..2024-02-29", plans=plans, clients=list(counts)).at(folder)
    text = (folder / "clients.yml").read_text(encoding="utf-8")
    for key in counts:
        segment = "bars" if key == "hal" else "cafés"
        text = text.replace(f"  {key}: {{label", f"  {key}: {{segment: {segment}, label")
    (folder / "clients.yml").write_text(text, encoding="utf-8")
    with (folder / "workspace.yml").open("a", encoding="utf-8") as file:
        file.write(ENTRIES)
    return kpikit.open(folder)


def test_a_client_stands_among_those_of_its_segment(tmp_path: Path) -> None:
    workspace = town(tmp_path)
    whole, web, growth = workspace.evaluate("dot", "2024-02").kpis
    # 31, 37 and 41 are better than 29; the middle of 17, 21, 23, 31, 37, 41: the mean of 21, 23, 31 and 37
    assert whole.peers == Peers("cafés", 6, 4, 0.5, None, 28.0, None, None, sized=True)
    assert (web.peers, growth.peers) == (None, None)
    everyone = workspace.evaluate_all(None, "2024-02")
    assert everyone["dot"].kpis[0].peers == whole.peers
    bar = everyone["hal"].kpis[0].peers
    assert bar is not None and (bar.number, bar.rank, bar.middle, bar.reason) == (0, None, None, "few_peers")


def test_values_that_are_missing_or_incomplete_do_not_count(tmp_path: Path) -> None:
    workspace = town(tmp_path)
    half = workspace.evaluate("dot", "2024-02", "2024-02-14").kpis[0].peers
    assert half is not None and (half.number, half.rank, half.reason) == (0, None, "incomplete")


def test_the_values_that_are_entered(tmp_path: Path) -> None:
    evaluation = town(tmp_path).evaluate("dot", "2024-02")
    found = {fact.key: [(str(each.benchmark.name), each.benchmark.value, each.gap) for each in fact.benchmarks]
             for fact in evaluation.facts if fact.benchmarks}  # fmt: skip
    assert found == {
        "sales.orders": [("Next door", 44.0, -15.0)],  # the newest that was known; not those for bars
        "sales.average_order_value": [("The trade", 12.5, -2.5)],
    }


def test_a_slice_holds_anonymous_statistics_alone_and_says_the_same(tmp_path: Path) -> None:
    workspace = town(tmp_path / "whole")
    workspace.save_slice(tmp_path / "own", ["dot"], "2024-02", None)
    own = kpikit.open(tmp_path / "own")
    assert own.evaluate("dot", "2024-02") == workspace.evaluate("dot", "2024-02")
    kept = json.loads((tmp_path / "own" / "peers.json").read_text(encoding="utf-8"))
    assert [(each["client"], sorted(each["peers"])) for each in kept] == [("dot", ["sales.orders"])]
    files = [file for file in (tmp_path / "own").rglob("*.*") if file.name != "workspace.yml"]  # what is of all clients
    text = " ".join(file.read_text(encoding="utf-8") for file in files)
    assert not [key for key in COUNTS if key != "dot" and (f'"{key}"' in text or f"Client {key.upper()}" in text)]
    numbers = set(kept[0]["peers"]["sales.orders"].values()) - {"cafés", None}
    assert not numbers & {float(count) for key, count in COUNTS.items() if key != "dot"}
    page = str(own.client("dot").evaluate("2024-02").attention())
    assert page == str(workspace.client("dot").evaluate("2024-02").attention())


def test_two_worlds_in_which_another_client_differs_give_the_same_slice(tmp_path: Path) -> None:
    """Each other client could have another value: two of those behind the middle move against each other, or one that
    is behind nothing moves alone, and dot's report is the same to the last byte."""
    changes = [{"bea": 20, "cis": 24}, {"eva": 32, "fay": 36}, {"ann": 15}, {"guy": 50}]
    told = set()
    for at, change in enumerate([{}, *changes]):
        town(tmp_path / f"{at}", counts=COUNTS | change).save_slice(tmp_path / f"own{at}", ["dot"], "2024-02", None)
        files = sorted((tmp_path / f"own{at}").rglob("*.*"))
        told.add("".join(file.read_text(encoding="utf-8") for file in files if file.name != "provenance.json"))
    assert len(told) == 1


def test_it_is_said_and_drawn(tmp_path: Path) -> None:
    workspace = town(tmp_path)
    text = str(workspace.client("dot").evaluate("2024-02").compared("sales.orders"))
    assert text.splitlines() == [
        "Compared with others",
        "",
        "Number 4 of 7 in the segment cafés, counted from the highest value: an amount that grows with size, of which "
        "no rank is better than another.",
        "The middle of the others is at about 28.",
        "−15 vs Next door (competitor): 44. Source: Report, 20 February 2024.",
        "",
        "Orders: Middle of 6 others 28; Next door (competitor) 44; Previous period 1.",
    ]
    hal = str(workspace.client("hal").evaluate("2024-02", language="da").compared("sales.orders"))
    assert "Ikke sammenlignet" not in hal  # it is said once, for all KPIs, where the page says how it was judged
    told = str(workspace.client("hal").evaluate("2024-02", language="da").conventions())
    text = "Ikke sammenlignet med segmentet bars, hvor for få andre har en værdi: Antal ordrer."
    assert told.count("segmentet bars") == 1 and text in told
    assert "Sammenlignet med andre" in hal and "Number" not in hal
    review = workspace.client("dot").evaluate("2024-02")
    assert "Next door" in str(review.attention()) and "The trade" in str(review.drivers())
    facts = {fact["indicator"]: fact for fact in document(review.evaluation)["facts"] if not fact["member"]}
    assert facts["sales.orders"]["peers"]["rank"] == 4
    assert facts["sales.orders"]["benchmarks"][0]["on"] == "2024-02-20"


def test_without_segments_and_entries_nothing_is_said(tmp_path: Path) -> None:
    review = Shop([Sale("2024-02-01")], plans={"default/1": plan(ORDERS)}).at(tmp_path).client("a").evaluate("2024-02")
    assert review.evaluation.kpis[0].peers is None
    assert review.compared("sales.orders").html == ""


@pytest.mark.parametrize("keys", [["dot", "hal"], ["ann", "bea", "cis"]])
def test_a_slice_of_several_clients_keeps_each_standing(keys: list[str], tmp_path: Path) -> None:
    workspace = town(tmp_path / "whole")
    workspace.save_slice(tmp_path / "own", keys, "2024-02", None)
    assert kpikit.open(tmp_path / "own").evaluate_all(keys, "2024-02") == workspace.evaluate_all(keys, "2024-02")
