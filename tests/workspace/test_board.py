"""The board: which rows it has, in which order, and the way to the reports."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import kpikit
from kpikit.charts.board import SORTS
from kpikit.words.errors import UsageError
from kpikit.workspace import Workspace
from kpikit.workspace.portfolio.board import PAGE, Asked
from tests.workspaces import Shop, each_day, plan

TEN = "{indicator: sales.orders, cadence: month, target: {kind: keep, value: 30}}"
FEW = "{indicator: sales.orders, cadence: month, target: {kind: keep, value: 40}}"


@pytest.fixture
def shop(tmp_path: Path) -> Workspace:
    """In December 2024, a day, a has one sale and b two; a plan of c cannot be read, and d has none."""
    sales = [*each_day("2024-01-01", "2024-12-31"), *each_day("2024-01-01", "2024-12-31", client="b") * 2]
    plans = {"a/1": plan(FEW), "b/1": plan(TEN), "c/1": "schema: 1\n"}
    return Shop(sales=sales, plans=plans, clients=("a", "b", "c", "d")).at(tmp_path / "shop")


def test_a_row_for_each_kpi_the_most_urgent_first(shop: Workspace) -> None:
    board = shop.board("2024-12", language="en")
    # 31 orders are fewer than 40, 62 more than 30. Who has no figures stands on top.
    assert [row.client for row in board.rows] == ["c", "d", "a", "b"]
    assert [row.fact and row.fact.status for row in board.rows] == [None, None, "missed", "met"]
    assert "plans/c/1.yml" in str(board) and "no plan with one is in force" in str(board)
    assert "December 2024, 4 clients. KPIs that need attention: 1 of 2." in str(board)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"sort": "client"}, "abcd"),
        ({"sort": "client", "backwards": True}, "dcba"),
        ({"sort": "value"}, "bacd"),  # 62, then 31, then those without
        ({"sort": "gap"}, "acdb"),  # a is 9 below its target, b above
        ({"attention": True}, "cda"),
        ({"attention": True, "kpi": "sales.orders"}, "a"),
        ({"search": "client B"}, "b"),
        ({"search": "ORDERS"}, "ab"),
        ({"search": "nobody"}, ""),
    ],
)
def test_what_is_asked_of_it(asked: dict[str, object], expected: str, shop: Workspace) -> None:
    board = shop.board("2024-12", **asked)  # type: ignore[arg-type]
    assert "".join(row.client for row in board.rows) == expected
    assert ("None of them is what you look for" in str(board)) == (not expected)


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"sort": "size"}, "sort == 'size', must be one of urgency, client, kpi, value, gap, signal."),
        ({"segment": "x"}, "segment == 'x'"),
        ({"kpi": "sales.order"}, "kpi == 'sales.order'"),
    ],
)
def test_what_does_not_exist_is_named(asked: dict[str, str], error: str, shop: Workspace) -> None:
    with pytest.raises(UsageError) as raised:
        shop.board("2024-12", **asked)  # type: ignore[arg-type]
    assert error in str(raised.value)


def test_the_order_stands_in_the_head(shop: Workspace) -> None:
    for sort, way in {"client": "ascending", "value": "descending", "urgency": "descending"}.items():
        assert shop.board("2024-12", sort=sort).shown().html.count(f'aria-sort="{way}"') == 1
    assert 'aria-sort="descending"' in shop.board("2024-12", sort="client", backwards=True).shown().html


def test_hundreds_of_rows_are_shown_page_by_page() -> None:
    board, seen = kpikit.open(kpikit.samples() / "hospitals").board("2019-03", sort="value"), list[str]()
    for page in range(1, 12):  # 274 = 10 * 25 + 24
        board = board.asking(Asked(sort="value", page=page))
        seen += [row.client for row in board.shown_rows]
    assert (board.page, board.pages, len(board.shown_rows)) == (11, 11, 274 - 10 * PAGE)
    assert sorted(seen) == sorted(board.clients)
    assert board.asking(Asked(page=99)).page == 11
    assert {sort for sort in SORTS if len(board.asking(Asked(sort=sort)).rows) == 274} == set(SORTS)


def test_the_way_to_a_report_is_there_once_it_is(shop: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shop.folder.parent)
    before = shop.board("2024-12", language="en").shown()
    assert "kpikit report" in before.text and "--period 2024-12" in before.text and "<a " not in before.html
    page = shop.folder / "out/a/2024-12.en.html"
    page.parent.mkdir(parents=True)
    page.write_text("", encoding="utf-8")
    job = {"client": "a", "period": "2024-12", "language": "en", "template": "02_metric_analysis", "state": "ok",
           "outputs": [{"path": "a/2024-12.en.html"}, {"path": "a/gone.ipynb"}]}  # fmt: skip
    lines = [{"schema": 1}, job, job | {"client": "b", "period": "2024-11"}]
    (shop.folder / "out/manifest.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    board = shop.board("2024-12", language="en")
    assert {row.client: row.links for row in board.shown_rows if row.links} == {
        "a": (("Report", "shop/out/a/2024-12.en.html"),)
    }
    assert '<a href="shop/out/a/2024-12.en.html">Report</a>' in board.shown().html
    elsewhere = shop.board("2024-12", language="en", out=str(shop.folder / "elsewhere")).shown().text
    assert "--out" in elsewhere
