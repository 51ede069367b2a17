"""A page's table of contents: a link to each part, made from the headings that stand in the page."""

from __future__ import annotations

import re
from html import escape

from kpikit.words.language import language

FEWEST = 3
"""A page with fewer parts is seen at a glance, and needs no table of contents."""

_PART = re.compile(r"""<h2(\s(?:[^>"']|"[^"]*"|'[^']*')*)?>(.*?)</h2>""", re.DOTALL | re.IGNORECASE)


def with_contents(html: str, code: str) -> str:
    """The page with a table of contents before its main part, and a name for each heading that it leads to.

    >>> page = "<main><h2>One</h2><h2>Two</h2></main><footer><h2>Three <em>more</em></h2></footer>"
    >>> print(with_contents(page, "en"))
    <nav class="kpikit contents" aria-label="Contents">
    <ul><li><a href="#part-1">One</a></li><li><a href="#part-2">Two</a></li><li><a href="#part-3">Three more</a></li></ul>
    </nav>
    <main><h2 id="part-1">One</h2><h2 id="part-2">Two</h2></main><footer><h2 id="part-3">Three <em>more</em></h2></footer>
    """  # noqa: E501
    before, main, parts = html.partition("<main")
    found: list[str] = []
    say = language(code)

    def named(match: re.Match[str]) -> str:
        found.append(re.sub(r"<[^>]*>", "", match[2]).strip())
        return f'<h2{match[1] or ""} id="part-{len(found)}">{match[2]}</h2>'

    rest = _PART.sub(named, parts)
    if len(found) < FEWEST:
        return html
    links = "".join(f'<li><a href="#part-{number}">{text}</a></li>' for number, text in enumerate(found, 1))
    head = f'<nav class="kpikit contents" aria-label="{escape(say("Contents"))}">'
    return f"{before}{head}\n<ul>{links}</ul>\n</nav>\n{main}{rest}"
