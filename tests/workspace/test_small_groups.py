"""A workspace that counts persons: small groups are in no output, and no sum or difference gives them away."""

from __future__ import annotations

import csv
from itertools import chain
from pathlib import Path

import pytest

from kpikit.evaluation.document import document
from kpikit.metrics.requests import Request
from kpikit.words.errors import RequestError, SettingError
from kpikit.words.periods import Calendar
from kpikit.workspace import Workspace
from tests.workspaces import Sale, Shop

PERSONS = {
    "count: rows, by: [channel]}\n  cancellations": "count: rows, by: [channel], persons: true}\n  cancellations",
    "revenue: {source": "revenue: {persons: orders, source",
    "unique: customer, by: [channel]}": "unique: customer, by: [channel], persons: true}",
}
"""What is changed in the shop's metrics: orders and customers count persons, revenue is told of enough orders."""


def visits(month: int, **channels: int) -> list[Sale]:
    """So many orders on the first days of a month by channel, each of another customer."""
    each = chain.from_iterable([name] * number for name, number in channels.items())
    return [Sale(f"2024-{month:02}-01", customer=number, channel=name) for number, name in enumerate(each)]


def clinic(folder: Path, sales: list[Sale]) -> Workspace:
    Shop(sales, clients=["a"]).at(folder)
    file = folder / "workspace.yml"
    text = file.read_text(encoding="utf-8")
    for old, new in PERSONS.items():
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
    return Workspace(folder)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    # web 20 and phone 3 in January; 12 and 9 in February; only 4 on the web in March
    return clinic(tmp_path, visits(1, web=20, phone=3) + visits(2, web=12, phone=9) + visits(3, web=4))


def told(workspace: Workspace, metric: str, period: str, by: tuple[str, ...] = ()) -> dict[str, float | None]:
    found = workspace.measure([Request(metric, (Calendar().parse(period).window,), by)])
    return {row.slice: row.value for row in found}


def test_a_small_member_takes_the_smallest_other_with_it(workspace: Workspace) -> None:
    assert told(workspace, "orders", "2024-01", ("channel",)) == {"channel=phone": None, "channel=web": None}
    assert told(workspace, "orders", "2024-01") == {"": 23}
    assert told(workspace, "orders", "2024-02", ("channel",)) == {"channel=phone": 9, "channel=web": 12}


def test_a_small_month_is_not_the_rest_of_a_quarter(workspace: Workspace) -> None:
    # March has 4 orders and its block is not full: 48 - 23 - 21 would tell them
    assert told(workspace, "orders", "2024-03") == {"": None}
    assert told(workspace, "orders", "2024-Q1") == {"": None}
    assert told(workspace, "orders", "2024") == {"": None}


def test_what_stands_for_few_persons_is_not_told_either(workspace: Workspace) -> None:
    assert told(workspace, "revenue", "2024-03") == {"": None}
    assert told(workspace, "revenue", "2024-02") == {"": 210}
    assert told(workspace, "customers", "2024-03") == {"": None}
    assert told(workspace, "customers", "2024-Q1") == {"": 23}  # counted anew: no sum of months tells March's


def test_no_output_has_the_small_numbers(workspace: Workspace, tmp_path: Path) -> None:
    evaluation = workspace.evaluate("a", "2024-01")
    facts = {fact["indicator"]: fact for fact in document(evaluation)["facts"]}
    assert facts["sales.orders"]["value"] == 23
    assert {part["reason"] for part in facts["sales.orders"]["parts"]} == {"suppressed"}
    assert {part["value"] for part in facts["sales.orders"]["parts"]} == {None}
    workspace.save_slice(tmp_path / "slice", ["a"], "2024-03", None)
    with (tmp_path / "slice" / "measurements.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["metric"] in ("orders", "revenue", "customers")]
    assert {row["start"] for row in rows if row["suppressed"] == "True"} >= {"2024-03-01"}
    assert all(row["value"] == row["amount"] == "" for row in rows if row["suppressed"] == "True")
    assert not {float(row["value"]) for row in rows if row["value"]} & {3.0, 4.0, 30.0, 40.0}
    assert Workspace(tmp_path / "slice").evaluate("a", "2024-03") == workspace.evaluate("a", "2024-03")
    table = workspace.table().frame()
    assert not set(table[table.metric == "orders"].value.dropna()) & {3.0, 4.0}


def test_a_report_says_that_small_groups_are_left_out(workspace: Workspace) -> None:
    review = workspace.client("a").evaluate("2024-03")
    assert "Groups of fewer than 5 persons are not shown" in str(review.conventions())
    assert "Too few persons to be shown" in str(review.scorecard())
    assert "færre end 5 personer" in str(workspace.client("a").evaluate("2024-03", language="da").conventions())


def test_a_workspace_without_persons_says_nothing_of_them(tmp_path: Path) -> None:
    plain = Shop(visits(1, web=3), clients=["a"]).at(tmp_path)
    assert "persons" not in str(plain.client("a").evaluate("2024-01").conventions())
    assert told(plain, "orders", "2024-01") == {"": 3}


def test_the_rest_of_a_whole_is_a_group_too(tmp_path: Path) -> None:
    # 23 orders in January, 20 of them cancelled: who knows both knows of the 3 that were not
    sales = visits(1, web=20) + visits(2, web=20, phone=20)
    done = [Sale("2024-01-02", customer=99, cancelled=True) for _ in range(17)]
    clinic(tmp_path, sales + done + [Sale("2024-02-02", cancelled=True) for _ in range(9)])
    file = tmp_path / "workspace.yml"
    text = file.read_text(encoding="utf-8")
    part = "filter: cancellation, count: rows, persons: true, part_of: orders, by: [channel]}"
    text = text.replace("filter: cancellation, count: rows, by: [channel]}", part)
    file.write_text(text, encoding="utf-8")
    workspace = Workspace(tmp_path)
    assert told(workspace, "orders", "2024-01") == {"": 20}
    assert told(workspace, "cancellations", "2024-01") == {"": None}  # 20 - 17 = 3
    assert told(workspace, "cancellations", "2024-02") == {"": None}  # in one block with January: 3 + 31 = 34
    assert told(workspace, "cancellations", "2024") == {"": 26}


def test_persons_are_split_by_one_dimension_at_a_time(workspace: Workspace) -> None:
    with pytest.raises(RequestError) as error:
        told(workspace, "orders", "2024-01", ("channel", "channel"))
    reason = "orders counts persons, which are split by one dimension at a time: groups of two soon are small."
    assert str(error.value) == reason


def test_the_smallest_group_is_never_below_three(tmp_path: Path) -> None:
    Shop(visits(1, web=3), clients=["a"]).at(tmp_path)
    file = tmp_path / "workspace.yml"
    file.write_text(file.read_text(encoding="utf-8") + "smallest_group: 2\n", encoding="utf-8")
    with pytest.raises(SettingError, match="smallest_group: '2' must be a whole number from 3 to 1000"):
        Workspace(tmp_path)


def test_who_counts_some_of_the_persons_of_another_says_so(tmp_path: Path) -> None:
    # 40 customers and 39 of them on the web: the one on the phone would be their difference
    Shop(visits(1, web=39, phone=1), clients=["a"]).at(tmp_path)
    file = tmp_path / "workspace.yml"
    text = file.read_text(encoding="utf-8")
    text = text.replace("unique: customer, by: [channel]}", "unique: customer, persons: true}")
    some = "  of_web: {source: sales, filter: order, where: {channel: web}, unique: customer, persons: true}\n"
    file.write_text(text + some, encoding="utf-8")
    with pytest.raises(SettingError) as error:
        Workspace(tmp_path)
    reason = "'customers' counts the same persons and more; whoever knows both knows the rest."
    assert str(error.value).endswith(f"metrics.of_web.persons: {reason} Write 'part_of: customers'.")
    file.write_text(text + some.replace("persons: true}", "persons: true, part_of: customers}"), encoding="utf-8")
    assert told(Workspace(tmp_path), "of_web", "2024-01") == {"": None}
    assert told(Workspace(tmp_path), "customers", "2024-01") == {"": 40}
