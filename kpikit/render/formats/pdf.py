"""PDF: the report's own page on A4, by WeasyPrint; where that cannot run, by a headless Chromium.

The page is made ready for paper first: each colour by day, each picture in its wide drawing, and the rules for wide
screens as rules for print. Both printers then read the same text. WeasyPrint gives the same bytes for the same page.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from kpikit.charts.look import COLOURS
from kpikit.render.formats.format import Format, Ran
from kpikit.words.errors import RenderError
from kpikit.words.message import Message

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
"""The names under which a browser that can print is looked for."""

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
)  # fmt: skip
_PICTURE = re.compile(r'<svg [^>]*class="kpi-picture"[^>]*>')
_WIDE = re.compile(r'<g style="display:var\(--kpi-wide, inline\)"><svg [^>]*>(.*?)</svg></g>', re.DOTALL)
"""A picture with two drawings, where each says its own measures; and the one for wide pages."""

_CONTENTS = re.compile(
    r'(<nav class="kpikit contents".*?</nav>\n)(<main.*?)(?=<div class="words">\s*<h2[^>]* id="part-2")', re.DOTALL
)
"""The table of contents, and the first part of a page, which is its message: on paper that comes first."""

_NUMBER = re.compile(r'<td class="num.*?</td>', re.DOTALL)
_UNIT = re.compile(r"(?<=\d)\xa0(?=[^\W\d])|(?<=[^\W\d])\xa0(?=\d)|(?<=[a-z]\.)\xa0(?=\d)")
"""The cell of a number; and the blank between a number and its unit, at which it may wrap where a column is narrow."""

LIMIT = 120.0
"""Seconds that a browser may take for one report."""

_PAPER = """
@page {
  size: A4; margin: 17mm 15mm 19mm;
  @bottom-left { content: %s; font: 8pt sans-serif; color: %s; width: 70%%; }
  @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: %s; }
}
@media print {
  .kpikit-page nav.contents { display: block; margin: 18pt 0; font-size: 9.5pt; }
  .kpikit-page nav.contents ul { display: block; }
  .kpikit-page nav.contents li { margin: 0; }
  .kpikit-page nav.contents a { display: block; padding: 1.5pt 0; color: inherit; }
  .kpikit-page nav.contents a::after { content: leader(".") target-counter(attr(href), page); }
  .kpikit.card dl { grid-template-columns: 26mm minmax(0, 1fr); font-size: 8.5pt; }
  .kpikit.card + .kpikit.card { margin-top: 12pt; }
  .kpikit table.scorecard { table-layout: fixed; }
  .kpikit table.scorecard :is(th, td) { padding: 4.5pt 3.5pt; }
  .kpikit table.scorecard tbody th { hyphens: auto; hyphenate-limit-chars: 12 5 4; }
  .kpikit table.scorecard thead th:nth-child(1) { width: 12%%; }
  .kpikit table.scorecard thead th:nth-child(2) { width: 12.5%%; }
  .kpikit table.scorecard thead th:nth-child(3) { width: 13.5%%; }
  .kpikit table.scorecard thead th:nth-child(4) { width: 9.5%%; }
  .kpikit table.scorecard thead th:nth-last-child(2) { width: 8%%; }
  .kpikit table.scorecard thead th:last-child { width: 12%%; }
  .kpikit table.scorecard.brief thead th:nth-child(1) { width: 22%%; }
  .kpikit table.scorecard.brief thead th:nth-child(3) { width: 16%%; }
  .kpikit table.scorecard.brief thead th:last-child { width: 16%%; }
  .kpikit table.scorecard td.spark svg, .kpikit table.scorecard td.aim svg { width: 100%% !important; }
  .kpikit table.scorecard td.status span { white-space: normal; }
  .kpikit table.scorecard td.value span { font-size: 9pt !important; }
  .kpikit table.scorecard td.change span { font-size: 8pt; }
  .kpikit table.scorecard :is(td.value, td.aim, td.change) { overflow-wrap: anywhere; }
  .kpikit table:is(.scorecard:not(.brief), .index) td.num { white-space: normal; overflow-wrap: anywhere; }
  .kpikit table.index thead th:first-child { width: 15%%; }
  .kpikit table.index thead th.name + th.name { width: 17%%; }
  .kpikit table.index thead th.num { width: 13%%; }
}
"""


def missing() -> str | None:
    """The command that makes PDFs possible here; None where they are."""
    if _weasyprint() or _browser():
        return None
    return "pip install 'kpikit[pdf]' (it needs Pango: apt-get install libpango-1.0-0 libpangoft2-1.0-0), or Chromium"


def make(ran: Ran) -> bytes:
    """The page of a report as a PDF of A4 pages: page numbers, client, period and standing in the footer."""
    footer = " · ".join(filter(None, [ran.title.replace(" – ", " · "), ran.letterhead.standing]))
    page = on_paper(ran.page, paper(footer))
    if _weasyprint():
        with _without_a_clock():
            return _weasyprinted(page)
    return _printed(page)


def paper(footer: str) -> str:
    """The style sheet of the paper, with this text at the foot of each page.

    >>> 'content: "A \\\\22  \\\\3c /style>' in paper('A " </style>')
    True
    """
    text = re.sub(r'[\\"<\n\r\f]', lambda sign: f"\\{ord(sign[0]):x} ", footer)
    return _PAPER % (f'"{text}"', COLOURS["muted"].light, COLOURS["muted"].light)


def on_paper(html: str, style: str) -> str:
    """The page, with one more style, for printers that know neither variables in pictures nor the width of a screen.

    >>> on_paper('<style>@media print, (min-width: 9px) {}</style></head><svg><path fill="var(--kpi-ink)"/>', "p {}")
    '<style>@media print {}</style><style>p {}</style></head><svg><path fill="#1f2a37"/>'
    """
    head, end, body = html.partition("</head>")
    head = re.sub(r"@media print, \(min-width: \d+px\)", "@media print", head) + f"<style>{style}</style>"
    body = _CONTENTS.sub(r"\2\1", body, count=1)
    body = re.sub(r'<g style="display:var\(--kpi-narrow, none\)">.*?</svg></g>', "", body, flags=re.DOTALL)
    body = _WIDE.sub(r"\1", _PICTURE.sub(_measured, body))
    body = _NUMBER.sub(lambda cell: _UNIT.sub(" ", cell[0]), body)
    return head + end + re.sub(r"var\(--kpi-([a-z]+)(?:, ?([^()]*))?\)", _plain, body)


def _measured(picture: re.Match[str]) -> str:
    """The picture with the ratio of its sides: WeasyPrint takes a height of "auto" in its own style for none."""
    tag = re.sub(r' style="[^"]*"', "", picture[0])
    if "viewbox=" in tag.lower():
        return tag
    sides = dict(re.findall(r' (width|height)="(\d+)"', tag))
    return f'{tag[:-1]} viewBox="0 0 {sides["width"]} {sides["height"]}">'


def _plain(variable: re.Match[str]) -> str:
    role = COLOURS.get(variable[1])
    return role.light if role else variable[2] or "inherit"


@cache
def _weasyprint() -> bool:
    """Whether WeasyPrint is there, and the libraries that it draws with."""
    try:
        import weasyprint
    except (ImportError, OSError):
        return False
    return bool(weasyprint)


def _browser() -> str | None:
    return next(filter(None, map(shutil.which, CHROMIUM)), None)


def _weasyprinted(page: str) -> bytes:
    import weasyprint

    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # it tells each rule of the page that is for screens
    document = weasyprint.HTML(string=page, url_fetcher=_nothing, base_url="")
    return bytes(document.write_pdf(pdf_tags=True))


def _nothing(url: str, *_: object, **__: object) -> object:
    """A page loads nothing: only what it carries itself, as data, is read."""
    if url.startswith("data:"):
        from weasyprint.urls import URLFetcher

        return URLFetcher().fetch(url)
    raise RenderError("the page asks for {address}, and a report loads nothing.", address=repr(url[:80]))


@contextlib.contextmanager
def _without_a_clock() -> Iterator[None]:
    """A document has no date of its own making: the same report gives the same bytes tomorrow."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


def _printed(page: str) -> bytes:
    """The page as a browser prints it, in a profile of its own that is gone afterwards."""
    browser = _browser()
    if browser is None:
        raise RenderError("a PDF cannot be made here. To enable it: {command}.", command=missing())
    with tempfile.TemporaryDirectory(prefix="kpikit-pdf-", ignore_cleanup_errors=True) as folder:
        source, target = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_text(page, encoding="utf-8")
        order = [browser, *FLAGS, f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}", source.as_uri()]
        try:
            done = subprocess.run(order, capture_output=True, timeout=LIMIT, check=False)
        except subprocess.TimeoutExpired:
            raise RenderError(
                "{program} took longer than {seconds} seconds for a PDF.", program=browser, seconds=f"{LIMIT:g}"
            ) from None
        if not target.is_file():
            said = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
            reason = f"exit code {done.returncode}: {' '.join(said)}"
            raise RenderError("{program} made no PDF ({reason})", program=browser, reason=reason)
        return target.read_bytes()


def _check(content: bytes) -> None:
    if not (content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF")):
        raise RenderError(Message("what was made is no whole PDF."))


FORMAT = Format(make, _check, of_all=True, missing=missing)
