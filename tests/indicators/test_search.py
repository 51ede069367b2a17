"""Search finds an indicator by each of its names, by the words of the source documents, and by what marketers type."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kpikit.indicators.catalogue import CATALOGUE, find, search
from kpikit.indicators.framework import Indicator
from tests.indicators.named import ELSEWHERE, OTHERWISE, TABLE, TERMS, names
from tests.indicators.typed import TYPED

DOCUMENTS = Path(__file__).resolve().parents[3] / "shared"
ROW = re.compile(r"(?m)^\| (?!domain|English|-)(.+?) \|$")
NEAR = 5
"""Where several rows of the table name the same thing of their own, as a conversion rate, each is among so many."""


def rows(page: str, heading: str) -> list[list[str]]:
    """The cells of a document's table, beneath a heading; the test is skipped where the document is absent."""
    path = DOCUMENTS / page
    if not path.is_file():
        pytest.skip(f"{page} does not lie beside this checkout; what it names is in tests/indicators/named.py")
    return [line.split(" | ") for line in ROW.findall(path.read_text(encoding="utf-8").partition(heading)[2])]


def listed(cell: str) -> list[str]:
    """What a cell of the table names, without brackets and the numbers of the documents."""
    plain = re.sub(r"\(.*?\)|\[.*?\]", "", cell)
    found = (re.sub(r"^the ", "", name.strip()) for name in re.split(r"[,;]| and the ", plain))
    return [name for name in found if name]


def words(cell: str) -> list[str]:
    """The words of a cell of terms.md; what stands in brackets is one of its own."""
    return [word.strip() for word in re.split(r"[;,()]", cell.replace("*", "")) if word.strip()]


@pytest.mark.parametrize("one", CATALOGUE.values(), ids=lambda one: one.id)
def test_search_finds_an_indicator_first_by_each_of_its_names(one: Indicator) -> None:
    for name in names(one):
        assert search(name)[0] is one
    assert search(f" {one.id.upper()} ")[0] is one


def test_the_list_of_names_is_that_of_the_documents() -> None:
    table = rows("concepts.md", "## The KPIs that the documents name")
    found = {listed(domain)[0]: listed(cell) for domain, cell in table}
    assert found == {domain: list(named) for domain, named in TABLE.items()}


@pytest.mark.parametrize(("domain", "name"), [(domain, name) for domain, named in TABLE.items() for name in named])
def test_what_the_table_of_the_documents_names_is_found(domain: str, name: str) -> None:
    meant = {named[name] for named in TABLE.values() if name in named}
    found = [one.id for one in search(name)[: NEAR if len(meant) > 1 else 1]]
    assert TABLE[domain][name] in found


@pytest.mark.parametrize(("name", "id"), ELSEWHERE.items())
def test_what_the_documents_name_elsewhere_is_found_first(name: str, id: str) -> None:
    assert search(name)[0] is find(id)


def test_the_terms_are_found_in_every_language() -> None:
    table = {cells[0]: cells for cells in rows("reference/terms.md", "# Terms") if cells[0] != "KPI"}
    assert list(table) == list(TERMS)
    for english, cells in table.items():
        for word in (word for cell in cells for word in words(cell)):
            first, *others = (one.id for one in search(word))
            assert first == OTHERWISE.get(word, TERMS[english]), word
            assert TERMS[english] in (first, *others[:1]), word


@pytest.mark.parametrize("code", TYPED)
def test_what_marketers_type_is_found_first(code: str) -> None:
    typed = {word: id for id, words in TYPED[code].items() for word in words.split(", ")}
    assert len(typed) > 140
    found = {word: search(word)[0].id for word in typed if search(word)}
    assert found == typed


def test_search_in_parts_of_names_and_in_descriptions() -> None:
    assert search("genkøb") and all("genkøb" in " ".join(names(one)).casefold() for one in search("genkøb"))
    assert [one.id for one in search("booked cancellations value")] == [
        *["sales.net_revenue", "sales.cancelled_value", "sales.cancelled_share"]
    ]
    assert search("no such words") == search("") == search(" ") == []
