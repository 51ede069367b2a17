"""Events and notes in rendered pages: shown in both templates, as text, and in no page of another client."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

import kpikit
from kpikit.render.batch import render
from tests.workspaces import Sale, Shop, plan

SALES = [Sale(f"2024-{month:02}-01", "10.00", client=client) for month in range(1, 7) for client in "ab"]
KPI = "{indicator: sales.orders, cadence: month, target: {kind: keep, value: 1}}"
EVENTS = """schema: 1
events:
  - {on: 2024-02-10, what: {en: Prices raised, da: Priserne sat op}, kind: price}
  - {from: 2024-04-01, to: 2024-05-15, what: Campaign of A, kind: campaign, budget: 1200 DKK, clients: [a]}
  - {on: 2024-05-20, what: Secret of B, clients: [b]}
"""
NOTE = "<script>alert(1)</script> & 👩‍💻\nto linjer\n\nnyt afsnit"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], str]:
    """The Danish pages of two clients, by client and template."""
    folder = tmp_path_factory.mktemp("pages") / "shop"
    Shop(SALES, covers="2024-01-01..2024-06-30", plans={"default/1": plan(KPI)}).at(folder)
    (folder / "events.yml").write_text(EVENTS, encoding="utf-8")
    shop = kpikit.open(folder)
    shop.client("a").note(NOTE, "2024-06", "sales.orders", "Mette Sørensen", "2024-07-02")
    shop.client("a").note("Om hele måneden", "2024-06", on="2024-07-03")
    shop.client("b").note("Noget om B", "2024-06", on="2024-07-03")
    shop.client("a").note("Om maj", "2024-05", on="2024-07-03")
    run = render(folder, language="da", workers=2, templates=("02_metric_analysis", "03_redesign"))
    assert not run.failed
    return {
        (each.client, each.template): Path(each.page).read_text(encoding="utf-8")
        for each in run.entries
        if each.client and each.page
    }


class Texts(HTMLParser):
    """The texts of a page, as a reader sees them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.found += [data.strip()] if data.strip() else []


@pytest.mark.parametrize("template", ["02_metric_analysis", "03_redesign"])
def test_a_page_shows_its_clients_events_and_notes(pages: dict[tuple[str, str], str], template: str) -> None:
    page = pages["a", template]
    texts = Texts(page).found
    note = texts.index("<script>alert(1)</script> & 👩‍💻")
    assert texts[note : note + 4] == [texts[note], "to linjer", "nyt afsnit", "Mette Sørensen, 2. juli 2024"]
    assert texts[texts.index("Bemærkninger") + 1 :][:2] == ["Om hele måneden", "3. juli 2024"]
    listed = texts.index("Priserne sat op")
    assert texts[listed + 1] == "10. februar 2024 · prisændring"
    assert texts[listed + 2 : listed + 4] == ["Campaign of A", "1. april 2024 – 15. maj 2024 · kampagne · 1.200\xa0kr."]
    assert "Hændelser: 1 Priserne sat op, 10. februar 2024; 2 Campaign of A, 1. april 2024 – 15. maj 2024." in page
    assert texts.index("Bemærkninger") < listed < note  # at the top; in the section of the KPI, beneath its chart
    assert "<script" not in page and "Om maj" not in page


@pytest.mark.parametrize("template", ["02_metric_analysis", "03_redesign"])
def test_no_page_shows_those_of_another_client(pages: dict[tuple[str, str], str], template: str) -> None:
    a, b = pages["a", template], pages["b", template]
    assert not [words for words in ("Secret of B", "Noget om B") if words in a]
    assert not [words for words in ("Campaign of A", "Om hele", "Mette", "afsnit") if words in b]
    assert "Secret of B" in b and "Noget om B" in b and "Priserne sat op" in b
