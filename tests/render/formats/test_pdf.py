"""PDF: A4 pages with their footer, contents and bookmarks, the same bytes each time; and what happens without Pango."""

from __future__ import annotations

import re
import subprocess
import zlib
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kpikit.charts.picture import drawn
from kpikit.render.contents import with_contents
from kpikit.render.formats import FORMATS, pdf, possible
from kpikit.render.letterhead import Letterhead
from kpikit.render.shell import shell
from kpikit.words.errors import RenderError, UsageError

LONG = "".join(f"<p>Sætning {number}: æøå.</p>" for number in range(60))
PICTURE = drawn((640, 270), lambda ax: ax.plot([0, 1], [0, 1]), "A line.", narrow=(350, 250)).svg


def ran(*parts: str, title: str = "Kaffe & <Co> – november 2011") -> Any:
    """Stands for a job that ran: a Danish page of these parts."""
    main = "".join(f"<h2>{part}</h2>{PICTURE}{LONG}" for part in parts)
    page = with_contents(shell(title, "da", "<h1>Kaffe</h1>", main), "da")
    return SimpleNamespace(page=page, title=title, letterhead=Letterhead(standing="Udkast"))


@pytest.fixture(scope="module")
def made() -> bytes:
    return pdf.make(ran("Første del", "Anden del", "Tredje del"))


@pytest.fixture
def texts(made: bytes, tmp_path: Path, needs_system: Callable[..., str]) -> list[str]:
    """The text of each page."""
    (tmp_path / "made.pdf").write_bytes(made)
    done = subprocess.run([needs_system("pdftotext"), "-layout", tmp_path / "made.pdf", "-"], capture_output=True)
    return done.stdout.decode().rstrip("\f").split("\f")


def objects(content: bytes) -> str:
    """All that a PDF says of itself, its packed streams unpacked."""
    found = [content]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        try:
            found.append(zlib.decompress(stream))
        except zlib.error:
            found.append(stream)
    return b"\n".join(found).decode("latin-1")


def test_each_page_says_whom_and_when_it_is_about(texts: list[str]) -> None:
    assert len(texts) > 3
    for number, text in enumerate(texts, 1):
        assert re.search(rf"\b{number} ?/ ?{len(texts)}\s*$", text)
        assert "Kaffe & <Co> · november 2011 · Udkast" in text


def test_the_contents_give_the_pages_of_the_parts(texts: list[str]) -> None:
    for part in ("Første del", "Anden del", "Tredje del"):
        page = next(number for number, text in enumerate(texts, 1) if f"{part}\n" in text)
        assert re.search(rf"{part}\W+{page}\n", texts[0])


def test_the_first_part_which_is_the_message_comes_before_the_contents() -> None:
    parts = "".join(f'<div class="words">\n<h2>{name}</h2>\n</div>\n<p>{name}!</p>' for name in ("One", "Two", "Three"))
    page = with_contents(shell("Title", "en", "<h1>Title</h1>", parts), "en")
    paper = pdf.on_paper(page, "")
    places = [paper.index(text) for text in ("<main", "<p>One!</p>", "<nav", "</nav>", ">Two</h2>", "<p>Three!</p>")]
    assert places == sorted(places) and page.index("<nav") < page.index("<main")
    assert sorted(paper.partition("<body")[2]) == sorted(page.partition("<body")[2])  # nothing is lost


def test_it_has_a_language_a_title_bookmarks_and_tags(made: bytes) -> None:
    said = objects(made)
    assert "/Lang (da" in said and "/Outlines" in said and "/StructTreeRoot" in said
    for text in ("Kaffe & <Co> – november 2011", "Første del"):
        assert any(
            sign in said
            for sign in (f"({text})", text.encode("utf-16-be").hex(), f"<feff{text.encode('utf-16-be').hex()}>")
        )


def test_the_same_page_gives_the_same_bytes(made: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert pdf.make(ran("Første del", "Anden del", "Tredje del")) == made


def test_pictures_are_drawn_once_and_in_the_colours_of_paper() -> None:
    page = pdf.on_paper(ran("One").page, "")
    body = page.partition("</head>")[2]
    assert "var(--" not in body and body.count("<path") == PICTURE.count("<path") // 2
    assert 'viewBox="0 0 640 270"' in body


def test_a_page_that_asks_for_something_is_refused_it() -> None:
    with pytest.raises(RenderError, match="asks for 'file:///etc/passwd', and a report loads nothing"):
        pdf._nothing("file:///etc/passwd")
    pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
    logo = Letterhead(top=f'<img class="logo" src="data:image/png;base64,{pixel}" alt="Us">')
    one = ran("One")
    assert b"/Image" in pdf.make(SimpleNamespace(page=logo.on(one.page), title=one.title, letterhead=logo))


def test_without_weasyprint_chromium_prints(monkeypatch: pytest.MonkeyPatch, chromium: str) -> None:
    monkeypatch.setattr(pdf, "_weasyprint", lambda: False)
    monkeypatch.setattr(pdf, "_browser", lambda: chromium)
    made = pdf.make(ran("Første del"))
    FORMATS["pdf"].check(made)
    assert "/Lang (da" in objects(made) and "/Outlines" in objects(made)


def test_without_both_it_is_left_out_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_weasyprint", lambda: False)
    monkeypatch.setattr(pdf, "_browser", lambda: None)
    able, lacking = possible(["html,pdf"])
    assert able == ("html",) and lacking["pdf"].startswith("pip install 'kpikit[pdf]'")
    with pytest.raises(RenderError, match="a PDF cannot be made here"):
        pdf.make(ran("One"))


def test_an_unknown_format_is_named_with_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"format == 'pfd', must be one of html, pdf.*Did you mean 'pdf'"):
        possible(["html", "pfd"])


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\ncut short", b"<html>"])
def test_half_a_pdf_is_not_published(content: bytes) -> None:
    with pytest.raises(RenderError, match="no whole PDF"):
        FORMATS["pdf"].check(content)


WIDE = "DKK\xa03,500,000 – DKK\xa07,000,000"
CELLS = (f'<td class="num value"><span>{WIDE[:13]}</span></td>', f'<td class="num aim">{WIDE}</td>',
         '<td class="status"><span class="missed">Missed</span></td>')  # fmt: skip
CHANGE = '<td class="num change"><span>+DKK\xa011,513,300</span><small>+45.1%</small></td>'
INDEX = (
    '<table class="index"><thead><tr><th class="name">Client</th><th class="name">KPI</th><th class="num">Value</th>'
    '<th class="num">Target</th><th>Status</th><th>Signal</th></tr></thead><tbody><tr><th class="name">Kaffe</th>'
    f'<td class="name">Revenue</td>{"".join(CELLS)}<td class="signal">Within its usual range</td></tr></tbody></table>'
)
SCORECARD = (
    f'<table class="scorecard"><thead><tr>{"<th>Head</th>" * 8}</tr></thead><tbody><tr><th class="name">Revenue</th>'
    f'{"".join(CELLS)}{CHANGE}{CHANGE}<td class="spark"></td><td class="signal">Within its usual range</td>'
    "</tr></tbody></table>"
)
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')


@pytest.mark.parametrize("table", [INDEX, SCORECARD], ids=["index", "scorecard"])
def test_long_numbers_of_tables_wrap_and_do_not_run_over_what_is_beside_them(
    table: str, tmp_path: Path, needs_system: Callable[..., str]
) -> None:
    page = shell("Kaffe", "en", "<h1>Kaffe</h1>", f'<h2>One</h2><div class="kpikit">{table}</div>')
    (tmp_path / "made.pdf").write_bytes(pdf.make(SimpleNamespace(page=page, title="Kaffe", letterhead=Letterhead())))
    done = subprocess.run([needs_system("pdftotext"), "-bbox", tmp_path / "made.pdf", "-"], capture_output=True)
    words = [(*map(float, each[:4]), each[4]) for each in WORD.findall(done.stdout.decode())]
    assert {"3,500,000", "+DKK" if table is SCORECARD else "7,000,000"} <= {word[4] for word in words}
    assert [pair for pair in combinations(words, 2) if _overlap(*pair)] == []


def _overlap(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    """Whether the boxes of two words lie over each other by more than two points across and three down."""
    return all(min(one[at + 2], other[at + 2]) - max(one[at], other[at]) > least for at, least in ((0, 2), (1, 3)))
