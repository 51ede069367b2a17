from __future__ import annotations

import logging
from html.parser import HTMLParser
from typing import Any

import pytest

from kpikit.render.check import POLICY, check_page
from kpikit.render.page import page
from kpikit.render.shell import shell
from kpikit.render.svg import inline_svg
from kpikit.words.errors import RenderError
from tests.render.notebooks import code, notebook, text

INSIDE = '<metadata><a/></metadata><path id="x" fill="url(#x)"/>'
DRAWING = f'<?xml version="1.0"?>\n<svg width="9" aria-label="old">{INSIDE}</svg>'


def shown(data: dict[str, str], *tags: str, **metadata: Any) -> dict[str, Any]:
    output = {"output_type": "display_data", "data": data, "metadata": metadata}
    return code("secret_code()", *tags) | {"outputs": [output], "execution_count": 1}


def report(*cells: dict[str, Any]) -> str:
    return page(notebook(text("# Title\n\nThe question"), code("p", "parameters"), *cells), "A & B", "en")


class Parts(HTMLParser):
    """The text of a page by the landmark that it stands in."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.inside, self.text = "", dict.fromkeys(("title", "header", "main", "footer"), "")
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.inside = tag if tag in self.text else self.inside

    def handle_endtag(self, tag: str) -> None:
        self.inside = "" if tag == self.inside else self.inside

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.text[self.inside] += data.strip()


def test_a_page_has_its_parts_and_no_code() -> None:
    html = report(
        shown({"text/html": "<p>Figures</p>"}), text("Words"), shown({"text/html": "<p>Sources</p>"}, "provenance")
    )
    parts = Parts(html).text
    assert (parts["title"], parts["header"], parts["main"]) == ("A & B", "TitleThe question", "FiguresWords")
    assert parts["footer"].startswith("Sources")
    assert 'lang="en"' in html and POLICY in html.replace("&#x27;", "'")
    assert "secret_code" not in html and "kpikit-page" in html


def test_the_look_stands_in_a_page_once() -> None:
    style = '<style class="kpikit-style">.kpikit { }</style>'
    html = report(shown({"text/html": f"{style}<p>1</p>"}), shown({"text/html": f"{style}<p>2</p>"}))
    assert html.count("<style") == 1 and "<p>1</p>" in html and "<p>2</p>" in html


def test_pictures_stand_inline_with_their_alternative_text() -> None:
    picture = shown({"image/svg+xml": DRAWING, "text/plain": "x"}, **{"image/svg+xml": {"alt": 'Rises to "9"'}})
    html = report(picture, picture)
    assert html.count("aria-label='Rises to \"9\"'") + html.count('aria-label="Rises to &quot;9&quot;"') == 2
    assert html.count('role="img"') == 2 and "<metadata" not in html and "<?xml" not in html
    ids = [part.partition('"')[0] for part in html.split(' id="')[1:]]
    assert len(ids) == len(set(ids)) == 2
    assert all(f"url(#{each})" in html for each in ids)


def test_a_picture_that_was_pasted_into_a_text_stands_inline() -> None:
    pasted = text("![Our shop](attachment:image.png)") | {"attachments": {"image.png": {"image/png": ["AA", "BB\n"]}}}
    assert '<img src="data:image/png;base64,AABB" alt="Our shop" />' in report(pasted)


def test_a_picture_needs_its_alternative_text() -> None:
    with pytest.raises(RenderError, match="no alternative text"):
        report(shown({"image/svg+xml": DRAWING}))
    with pytest.raises(RenderError, match="no <svg> element"):
        inline_svg("<html>", "alt", "p")


def test_the_richest_kind_is_shown_and_plain_text_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    both = shown({"text/html": "<p>rich</p>", "text/plain": "plain"})
    warning = code("x") | {"outputs": [{"output_type": "stream", "name": "stderr", "text": "FutureWarning: soon"}]}
    with caplog.at_level(logging.WARNING):
        html = report(both, shown({"text/markdown": "**bold**"}), warning)
    assert "rich" in html and "<strong>bold</strong>" in html and "plain" not in html and "FutureWarning" not in html
    assert caplog.messages == ["cell 5: not shown in the page: FutureWarning: soon"]


@pytest.mark.parametrize("kind", ["image/png", "application/vnd.jupyter.widget-view+json", "application/javascript"])
def test_an_output_that_would_get_lost_is_refused(kind: str) -> None:
    with pytest.raises(
        RenderError, match=f"cell 3: its output of type {kind.replace('+', '.')} cannot stand in a page"
    ):
        report(shown({kind: "x", "text/plain": "Figure"}))


REFUSED = [
    "<script>alert(1)</script>",
    "<ScRiPt src=x>",
    "<p onclick=alert(1)>x</p>",
    "<svg/onload=alert(1)></svg>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" java&#10;script:alert(1)">x</a>',
    '<a href="data:text/html,x">x</a>',
    '<a href="//elsewhere.example/x">x</a>',
    '<img src="https://elsewhere.example/x.png" alt="">',
    '<img src="x.png" alt="">',
    '<img srcset="x.png" src="data:image/png;base64,AA" alt="">',
    '<img src="data:text/html,x" alt="">',
    '<link rel="stylesheet" href="x.css">',
    "<style>@import 'x.css';</style>",
    "<style>p { background: url(https://elsewhere.example/x) }</style>",
    '<p style="background: u\\72l(//elsewhere.example)">x</p>',
    '<p style="background: URL( &quot;https://elsewhere.example&quot; )">x</p>',
    '<svg><image href="https://elsewhere.example/x.png"></image></svg>',
    '<svg><use xlink:href="x.svg#a"></use></svg>',
    '<svg><rect fill="url(https://elsewhere.example#x)"></rect></svg>',
    '<svg><a xlink:href="#"><animate attributeName="href" to="javascript:alert(1)"></animate></a></svg>',
    "<iframe></iframe>",
    "<object data=x></object>",
    "<embed src=x>",
    '<base href="https://elsewhere.example/">',
    '<meta http-equiv="refresh" content="0;url=x">',
    '<form action="x"><input></form>',
    # a browser sees an element in these, where a parser that is less patient sees text
    "<img src=x onerror=alert(1)",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!-- x --!><img src=x onerror=alert(1)> -->",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<style></style x><img src=x onerror=alert(1)></style>",
    "<svg><![CDATA[><img src=x onerror=alert(1)>]]></svg>",
]
ALLOWED = [
    '<a href="https://data.example/set?a=1&amp;b=2">Source</a>',
    '<a href="rf4/2019-03.en.html">RF4</a>',
    '<a href="#top">x</a>',
    '<a href="mailto:a@agency.example">x</a>',
    '<img src="data:image/png;base64,AAAA" alt="x">',
    '<svg><rect fill="url(#x)"></rect><use xlink:href="#a"></use></svg>',
    "<p>javascript: and &lt;script&gt; as words, url(https://x.example) too</p>",
    "<style>p { color: red }</style>",
    "<style>@media (400px <= width) { p { color: red } }</style>",
    "<p>1 < 2 and AT&T &lt;b&gt; I <3 it<!-- seen --></p>",
]


@pytest.mark.parametrize("part", REFUSED)
def test_what_runs_or_loads_is_not_published(part: str) -> None:
    with pytest.raises(RenderError, match=r"must not be published|loads something from outside"):
        check_page(shell("Title", "en", "", part))


@pytest.mark.parametrize("part", ALLOWED)
def test_what_only_shows_is_published(part: str) -> None:
    check_page(shell("Title", "en", "", part))


def test_apostrophes_stand_as_they_are_but_in_quotes_of_them() -> None:
    html = report(
        shown({"text/html": """<p title="a>b &#x27;x&#x27;">can&#x27;t</p><p title='a>b &#x27;x'>won&#x27;t</p>"""})
    )
    assert """<p title="a>b 'x'">can't</p><p title='a>b &#x27;x'>won't</p>""" in html


WORDS = 'alt="Et billede uden beskrivelse"'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<img src='{}' title=\"a>b, alt='c'\">", f"<img {WORDS} src='{{}}' title=\"a>b, alt='c'\">"),
        ("<IMG\nsrc={}\n/>", f"<img {WORDS}\nsrc={{}}\n/>"),
        ('<img src="{}" data-alt="x">', f'<img {WORDS} src="{{}}" data-alt="x">'),
        ('<img src="{}" alt="">', '<img src="{}" alt="">'),
        ('<img src="{}"alt="x">', '<img src="{}"alt="x">'),
    ],
)
def test_a_picture_of_html_has_words_at_least(before: str, after: str) -> None:
    pixel = "data:image/png;base64,AAAA"
    cells = notebook(code("p", "parameters"), shown({"text/html": before.format(pixel)}))
    assert after.format(pixel) in page(cells, "A", "da")


@pytest.mark.parametrize("part", REFUSED[:3])
def test_a_notebook_with_it_makes_no_page(part: str) -> None:
    with pytest.raises(RenderError, match="must not be published"):
        report(shown({"text/html": part}))


@pytest.mark.parametrize(
    ("remove", "lacks"),
    [
        ('lang="en"', "a language"),
        ("<title>Title</title>", "a title"),
        ("default-src 'none'", "the content security policy"),
        ("<main", "a main part"),
    ],
)
def test_a_page_is_complete(remove: str, lacks: str) -> None:
    with pytest.raises(RenderError) as error:
        check_page(shell("Title", "en", "", "<p>x</p>").replace(remove, "<p" if remove == "<main" else "", 1))
    assert str(error.value) == f"the page is incomplete: it lacks {lacks}."
