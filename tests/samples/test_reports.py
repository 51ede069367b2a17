"""What a client gets: every page whole, in its language, with where its figures come from, and nobody else's."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kpikit.evaluation.document import document
from kpikit.render.run import Run
from kpikit.words.language import Language
from kpikit.words.texts import LANGUAGES, translated
from tests.texts import shown_texts
from tests.workspaces import sample

SHA256 = {
    "hospitals": "59c030b5f2650aa59084a3ef638c9a80b333cf711ad2e2d9590262a96f0361f0",
    "shop": "56cd4461475ed36983cbaaa69bdba5f18e01b3093e9c5b12b755df452889d4c5",
    "publisher": "a1646d5b5d196fc4373f2b85364ffa58c207769a3172f562455eb6dc9af0fa07",
}
"""As the data's own description gives them."""


class Page(HTMLParser):
    """A page's words, its headings, and what its pictures are called."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._skipped = 0
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._skipped += tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._skipped -= tag == "style"

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@pytest.fixture
def run(which: str, request: pytest.FixtureRequest) -> Run:
    """The rendered sample of a name."""
    found: Run = request.getfixturevalue({"shop": "shops"}.get(which, which))
    return found


def pages(run: Run) -> dict[str, Path]:
    return {str(entry.client): entry.page for entry in run.entries if entry.client and entry.page}


def test_every_report_is_made(hospitals: Run, shops: Run) -> None:
    for run, clients in ((hospitals, 5), (shops, 5)):
        assert [entry.reason for entry in run.entries] == [None] * (clients + 1)  # and the portfolio
        assert run.index.is_file()


@pytest.mark.parametrize("which", SHA256)
def test_each_page_stands_alone(run: Run) -> None:
    for client, path in {**pages(run), "index": run.index}.items():
        page, source = Page(path), path.read_text(encoding="utf-8")
        root = next(attributes for tag, attributes in page.tags if tag == "html")
        assert root["lang"] == {"denmark": "da", "norway": "nb"}.get(client, "en")
        assert not [tag for tag, _ in page.tags if tag in ("script", "link", "iframe", "img", "object")]
        assert not re.search(r"""(?:src|href)\s*=\s*["']?https?:|url\(\s*["']?http|@import""", source)
        assert "review." not in page.text and "kpikit.open" not in page.text  # no code
        pictures = [attributes for tag, attributes in page.tags if tag == "svg" and "kpi-picture" in str(attributes)]
        assert all(attributes.get("aria-label") for attributes in pictures)
        assert bool(pictures) == (client != "index")


@pytest.mark.parametrize("which", [*SHA256, "agency"])
def test_every_page_can_be_sent_by_mail(run: Run) -> None:
    """Those of the agency hold sixty indicators and more, in three languages."""
    made = {entry.client: entry.page for entry in run.entries}
    sizes = {client: page.stat().st_size for client, page in [*made.items(), ("index", run.index)] if page}
    assert len(sizes) == len(run.entries) + 1 and max(sizes.values()) < 300_000, sizes


@pytest.mark.parametrize("which", SHA256)
def test_each_page_says_where_its_figures_come_from(which: str, run: Run) -> None:
    licences = {"hospitals": "Open Government Licence v3.0", "shop": "Daqing Chen", "publisher": "CC BY 4.0, https://c"}
    attribution = licences[which]
    for path in pages(run).values():
        text = Page(path).text
        assert SHA256[which] in text and attribution in text
        assert {"hospitals": "31", "shop": "9", "publisher": "30"}[which] in text  # the day it is seen from
        assert "kpikit" in text


def test_a_page_defines_what_it_shows(hospitals: Run) -> None:
    text = Page(pages(hospitals)["RF4"]).text
    assert "(attendances − breaches) / attendances" in text
    assert "admitted, transferred or discharged within four hours of arrival" in text


def test_the_index_links_every_report(hospitals: Run) -> None:
    links = [attributes.get("href") for tag, attributes in Page(hospitals.index).tags if tag == "a"]
    assert {str(link) for link in links} >= {
        path.relative_to(hospitals.out).as_posix() for path in pages(hospitals).values()
    }
    assert all((hospitals.out / str(link)).is_file() for link in links)


def test_the_manifest_is_what_lies_there(hospitals: Run) -> None:
    import hashlib

    lines = (hospitals.out / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    first, *jobs = map(json.loads, lines)
    assert first["schema"] == 1 and len(jobs) == 6
    for job in jobs:
        for output in job["outputs"]:
            data = (hospitals.out / output["path"]).read_bytes()
            assert (hashlib.sha256(data).hexdigest(), len(data)) == (output["sha256"], output["bytes"])


@pytest.mark.parametrize("which", ["hospitals", "shop"])
def test_no_report_holds_another_clients_identity_or_figures(which: str, run: Run) -> None:
    """Over all pairs, in the page and in the decoded notebook: rendered at the same time by two workers."""
    workspace = sample(which)
    signs = {client: _signs(workspace.evaluate(client), workspace.clients[client].label) for client in pages(run)}
    for one, path in pages(run).items():
        notebook = json.loads(path.with_suffix(".ipynb").read_text(encoding="utf-8"))
        text = Page(path).text + json.dumps(notebook, ensure_ascii=False)
        for other in signs.keys() - {one}:
            found = [sign for sign in signs[other] - signs[one] if sign in text]
            leaked = [sign for sign in found if re.search(rf"(?<![\w.]){re.escape(sign)}(?![\w.])", text)]
            assert not leaked, f"{one} holds {leaked[:3]} of {other}"


def _signs(evaluation: object, label: object) -> set[str]:
    """What gives a client away: its key, its names, and its large numbers as pages of any language write them."""
    facts = document(evaluation)["facts"]  # type: ignore[arg-type]
    values = [point["value"] for fact in facts for point in fact["series"] if point["value"] is not None]
    names = {label} if isinstance(label, str) else set(label.values())  # type: ignore[attr-defined]
    numbers = {Language(code).count(round(value)) for code in LANGUAGES for value in values if value >= 10_000}
    return {document(evaluation)["client"], *names, *numbers}  # type: ignore[arg-type]


def test_a_danish_page_is_danish(danish_hospital: Path) -> None:
    text = Page(danish_hospital).text
    assert "marts 2019" in text and "82,6 %" in text
    english = [shown for shown in shown_texts() if isinstance(shown, str) and "{" not in shown and len(shown) > 14]
    left = [shown for shown in english if translated(shown, "da") != shown and shown in text]
    assert not left


def test_a_client_without_data_says_so(hospitals: Run) -> None:
    text = Page(pages(hospitals)["NDA56"]).text
    assert "Share within four hours can't be judged: no data in this period." in text


def test_a_report_is_made_in_all_formats_at_once(danish_hospital: Path) -> None:
    made = sorted(file.name for file in danish_hospital.parent.iterdir())
    assert made == [f"2019-03.da.{kind}" for kind in ("eml", "html", "ipynb", "json", "pdf", "pptx", "xlsx")]
    portfolio = sorted(file.name for file in danish_hospital.parents[1].glob("portfolio.*"))
    assert portfolio == [f"portfolio.{kind}" for kind in ("html", "ipynb", "json", "pdf")]
    found = json.loads(danish_hospital.with_suffix(".json").read_text(encoding="utf-8"))
    evaluation = sample("hospitals").evaluate("RF4")
    known = [(fact.indicator, fact.value.value, fact.status) for fact in evaluation.facts]
    assert [(fact["indicator"], fact["value"], fact["status"]) for fact in found["facts"]] == known
