from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kpikit.render.batch import render
from kpikit.render.news import changes, kept, read_run, without
from tests.workspaces import Sale, Shop, plan


def stands(**changed: Any) -> dict[str, Any]:
    return {"failed": False, "statuses": {"k": "met"}, "signals": {}, "late": {}} | changed


SHIFT, BEYOND = {"rule": "shift", "since": "2024-03"}, {"rule": "beyond", "since": "2024-06"}


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (stands(), stands(), []),
        (stands(), stands(statuses={"k": "missed"}), [("status", "k", "met", "missed")]),
        (stands(statuses={"k": None}), stands(), []),  # it could not be judged before: nothing has flipped
        (stands(statuses={}), stands(), []),  # a KPI that is new in the plan
        (stands(), stands(statuses={}), []),  # and one that has left it
        (stands(), stands(signals={"k": SHIFT}), [("signal", "k", None, "shift")]),
        (stands(signals={"k": SHIFT}), stands(signals={"k": SHIFT}), []),  # it was told then
        (stands(signals={"k": SHIFT}), stands(signals={"k": BEYOND}), [("signal", "k", "shift", "beyond")]),
        (stands(), stands(late={"k": "no_data"}), [("late", "k", None, "no_data")]),
        (stands(late={"k": "no_data"}), stands(late={"k": "no_data"}), []),
        (stands(), stands(failed=True), [("failed", None, "ok", "failed")]),
        (stands(failed=True), stands(), []),
        (
            stands(period="2024-05"),
            stands(period="2024-06", statuses={"k": "missed"}),
            [("status", "k", "met", "missed")],
        ),
        (stands(period="2024-06"), stands(period="2024-05", statuses={"k": "missed"}), []),  # an older period
        (stands(period="2024-06"), stands(period="2024-W05", statuses={"k": "missed"}), []),  # of another length
    ],
)
def test_what_counts_as_news(before: Any, now: Any, expected: Any) -> None:
    assert [tuple(each)[1:] for each in changes({"a": before}, {"a": now, "new": now})] == expected


@pytest.mark.parametrize(
    ("old", "found", "left"),
    [
        (None, stands(period="2024-05"), stands(period="2024-05")),
        (stands(period="2024-04"), stands(period="2024-05"), stands(period="2024-05")),
        # an older period, and a failure, leave what was known of the latest one
        (stands(period="2024-05", late={"k": "no_data"}), stands(period="2024-04"),
         stands(period="2024-05", late={"k": "no_data"})),
        (stands(period="2024-05"), stands(statuses={}, failed=True), stands(period="2024-05", failed=True)),
    ],
)  # fmt: skip
def test_what_is_kept_for_the_next_run(old: Any, found: Any, left: Any) -> None:
    assert kept(old, found) == left


def test_a_failure_in_between_hides_no_news_and_makes_none(tmp_path: Path) -> None:
    shop = Shop(sold(3, 3) + sold(4, 3) + sold(5, 2), clients=("a",), plans={"a/1": plan(KEEP)}, covers=
                "2024-01-01..2024-05-31")  # fmt: skip
    shop.at(tmp_path)
    render(tmp_path, periods=["2024-04"], workers=1)
    own = tmp_path / "plans" / "a" / "1.yml"
    good = own.read_text(encoding="utf-8")
    own.write_text("schema: 1\n", encoding="utf-8")
    assert [each.kind for each in render(tmp_path, periods=["2024-04"], workers=1).changes] == ["failed"]
    own.write_text(good, encoding="utf-8")
    assert render(tmp_path, periods=["2024-04"], workers=1).changes == ()
    (change,) = render(tmp_path, periods=["2024-05"], workers=1).changes
    assert (change.before, change.now) == ("met", "missed")


@pytest.mark.parametrize("clients", ['{"a": {}}', '{"a": null}', "[]", '{"a": {"failed": false, "statuses": []}}'])
def test_a_damaged_record_is_none(tmp_path: Path, clients: str) -> None:
    (tmp_path / "run.json").write_text(f'{{"schema": 1, "clients": {clients}}}', encoding="utf-8")
    assert read_run(tmp_path).get("clients", {}) == {}


KEEP = "{indicator: sales.orders, cadence: month, target: {kind: keep, value: 3}}"


def sold(month: int, number: int) -> list[Sale]:
    return [Sale(f"2024-{month:02}-{day + 1:02}") for day in range(number)]


def test_the_index_and_run_json_say_it(tmp_path: Path) -> None:
    """April has three orders, and the target is three; May has two."""
    shop = Shop(sold(3, 3) + sold(4, 3) + sold(5, 2), clients=("a",), plans={"a/1": plan(KEEP)}, covers=
                "2024-01-01..2024-05-31")  # fmt: skip
    shop.at(tmp_path)
    first = render(tmp_path, periods=["2024-04"], workers=1)
    assert first.changes == () and "New since the last run" not in first.index.read_text()
    second = render(tmp_path, periods=["2024-05"], workers=1)
    (change,) = second.changes
    assert change == ("a", "status", "sales.orders", "met", "missed")
    assert "<td" in second.index.read_text() and "Met → Missed" in second.index.read_text()
    told = read_run(second.out)
    assert told["changes"] == [change._asdict()] and told["clients"]["a"]["period"] == "2024-05"
    assert render(tmp_path, periods=["2024-05"], workers=1).changes == ()


def test_a_client_can_be_taken_out() -> None:
    change = {"client": "a", "kind": "failed", "fact": None, "before": "ok", "now": "failed"}
    found = {"schema": 1, "clients": {"a": stands(), "b": stands()}, "changes": [change]}
    left = without(found, "a")
    assert list(left["clients"]) == ["b"] and left["changes"] == []


@pytest.mark.parametrize("text", ["", "{", "[]", '{"schema": 2, "clients": {}}', '{"schema": 1}'])
def test_what_is_no_run_counts_as_none(tmp_path: Path, text: str) -> None:
    assert read_run(tmp_path) == {}
    (tmp_path / "run.json").write_text(text)
    assert read_run(tmp_path) == {}
    assert json.loads(json.dumps(without({}, "a"))) == {"schema": 1, "clients": {}, "changes": []}
