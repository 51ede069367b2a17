"""The review board, driven as a kernel sees it."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path

import pytest

import kpikit
from kpikit.render.batch import render
from kpikit.render.way_back import HERE, way_back
from kpikit.widgets import ReviewBoard
from kpikit.widgets.view import BREATH
from tests.widgets.cells import run
from tests.workspaces import Sale, Shop, plan

CLIENTS = [f"c{number:02}" for number in range(30)]
PLAN = plan("{indicator: sales.orders, cadence: month, target: {kind: keep, value: 5}}")


@pytest.fixture
def board(tmp_path: Path) -> ReviewBoard:
    """Thirty clients with two sales a month, where five are wanted; one of them has six."""
    days = [day for month in range(1, 7) for day in (f"2024-{month:02}-05", f"2024-{month:02}-20")]
    sales = [Sale(day, client=key) for key in CLIENTS for day in days * (3 if key == "c07" else 1)]
    plans = {f"{key}/1": PLAN for key in CLIENTS}
    shop = Shop(sales=sales, covers="2024-01-01..2024-06-30", plans=plans, clients=CLIENTS)
    return ReviewBoard(shop.at(tmp_path / "shop").folder, language="en")


def test_it_begins_with_what_needs_attention_and_turns_its_pages(board: ReviewBoard) -> None:
    assert board.value is not None and all(row.attention for row in board.value.rows)
    assert "aria-sort" in board.shown.value and board.shown.value.count("<tr>") == 26
    assert board.back.disabled and not board.next.disabled
    first = board.value.shown_rows
    board.next.click()
    assert board.value.page == 2 and not board.back.disabled and first[0] not in board.value.shown_rows
    assert len(board.value.shown_rows) == 4 and board.next.disabled  # 29 = 25 + 4
    assert "page=2" in board.code and run(board.code) == board.value
    board.sort.value = "client"  # another order begins on its first page
    assert board.value.page == 1 and run(board.code) == board.value


def test_heads_sort_and_turn_the_order_round_and_are_buttons_in_the_widget_alone(board: ReviewBoard) -> None:
    assert 'aria-sort="descending"><button type="button" data-sort="urgency">Status ' in board.shown.value
    assert board.shown.value.count("<button") == 6 and ">History</th>" in board.shown.value  # it has no order
    assert "<button" not in board._picture() and "<button" not in board.workspace.board("2024-06").shown().html
    board.next.click()
    heads = board.children[-2]
    heads._handle_custom_msg({"sort": "client"}, [])
    assert (board.sort.value, board.way.value, board.page) == ("client", False, 1)
    assert 'aria-sort="ascending"><button type="button" data-sort="client">' in board.shown.value
    heads._handle_custom_msg({"sort": "client"}, [])
    assert board.way.value and board.value.rows[0].client == "c29" and run(board.code) == board.value
    heads._handle_custom_msg({"sort": "value"}, [])
    assert (board.sort.value, board.way.value) == ("value", False)


def test_each_choice_is_in_the_code(board: ReviewBoard) -> None:
    assert len(board.value.rows) == 29
    board.show.value, board.sort.value, board.way.value = False, "value", True
    board.search.value, board.period.value = "C07", "2024-05"
    assert [(row.client, row.fact.value.value) for row in board.value.rows] == [("c07", 6)]
    for part in ("'2024-05'", "search='C07'", "sort='value'", "backwards=True", "language='en'"):
        assert part in board.code
    assert "attention=" not in board.code and run(board.code) == board.value
    board.kpi.value, board.search.value = "sales.orders", ""
    assert len(board.value.rows) == 30 and "kpi='sales.orders'" in board.code


def test_segments_are_offered_where_there_are_any(board: ReviewBoard) -> None:
    assert board.segment not in board.children[1].children
    register = board.workspace.folder / "clients.yml"
    text = register.read_text(encoding="utf-8").replace("{label: Client C03}", "{label: Client C03, segment: north}")
    register.write_text(text, encoding="utf-8")
    danish = ReviewBoard(board.workspace.folder, language="da")
    assert danish.segment in danish.children[1].children and "kræver opmærksomhed" in danish.shown.value
    danish.segment.value = "north"
    assert [row.client for row in danish.value.rows] == ["c03"] and "segment='north'" in danish.code


def test_an_error_stands_in_the_place_of_the_table(board: ReviewBoard) -> None:
    folder = board.workspace.folder
    (folder / "plans/c03/1.yml").write_text("schema: 1\n", encoding="utf-8")
    board.period.value = "2024-04"
    assert board.value.rows[0].client == "c03" and "plans/c03/1.yml" in board.shown.value  # one stops no other
    assert len(board.value.rows) == 29
    (folder / "sales.csv").write_text("nothing\n", encoding="utf-8")
    fresh = ReviewBoard(folder, language="en")
    assert fresh.value is None and 'role="alert"' in fresh.shown.value and "sales.csv" in fresh.shown.value
    assert "Traceback" not in fresh.shown.value


def test_a_page_without_widgets_shows_the_table(board: ReviewBoard) -> None:
    assert "<table" in board._repr_mimebundle_()["text/html"]


def test_the_first_clients_are_there_at_once_and_the_others_follow(board: ReviewBoard) -> None:
    said: list[str] = []

    async def cell() -> None:
        fresh = ReviewBoard(board.workspace.folder, language="en")
        fresh.show.value = False
        fresh.settle()
        said.append(fresh.shown.value)
        assert fresh._value.waiting == len(CLIENTS) - 1
        fresh.kpi.value = "sales.orders"  # chosen while the others are still to come
        while fresh._value is None or fresh._value.waiting:
            await asyncio.sleep(BREATH)
        said.append(fresh.shown.value)
        assert fresh.kpi.value == "sales.orders" and fresh.value == run(fresh.code)

    asyncio.run(cell())
    assert "29 clients are still to come …" in said[0] and said[0].count("<tr>") == 2
    assert "still to come" not in said[1] and said[1].count("<tr>") == 26  # a page, and its head


def test_the_notebook_that_a_row_opens_runs_where_it_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = kpikit.new(tmp_path / "kaffe og te", "en").folder
    render(folder, clients=["aarhus"], workers=1)
    monkeypatch.chdir(folder)
    board = ReviewBoard(folder)
    board.show.value = False
    address = re.search(r'href="([^"]+\.ipynb)"', board.shown.value)
    assert address
    file = folder / address[1]
    text = file.read_text(encoding="utf-8")
    assert str(tmp_path) not in text
    cells = [each for each in json.loads(text)["cells"] if each["cell_type"] == "code"]
    monkeypatch.chdir(file.parent)  # as JupyterLab runs it
    known: dict[str, object] = {}
    for cell in cells[:5]:
        exec("".join(cell["source"]), known)
    assert known["workspace"] == "../.." and "Aarhus Coffee" in str(known["review"].title())  # type: ignore[attr-defined]
    portfolio = (folder / "out" / "portfolio.ipynb").read_text(encoding="utf-8")
    assert r"workspace = \"..\"" in portfolio


def test_the_way_back_to_a_workspace_names_no_folder_above_it(tmp_path: Path) -> None:
    shop = tmp_path / "shop"
    assert way_back(shop / "out" / "c01", shop) == "../.." and way_back(tmp_path / "reports", shop) == "../shop"
    assert way_back(tmp_path.parent / "reports", shop) == HERE and way_back(Path("/srv/reports"), Path("/shop")) == HERE
