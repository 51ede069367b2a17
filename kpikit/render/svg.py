"""Pictures as part of a page: an SVG drawing that stands in HTML, with its alternative text."""

from __future__ import annotations

import re
from collections import Counter
from html import escape

from kpikit.words.errors import RenderError
from kpikit.words.message import Message

_DRAWING = re.compile(r"""(<svg\b(?:[^>"']|"[^"]*"|'[^']*')*>)(.*?)</svg>""", re.DOTALL)

_MARK = re.compile(r"<(?:circle|g|line|path|rect|text|tspan)\b[^<>]*>")
"""A tag of a drawing's part, which says by ``style`` alone how it looks."""

_STYLE = re.compile(r' style="([^"&{}]*)"')

SHARED = 3
"""A drawing, or the style of its parts, that stands in a page this many times is written once."""


def inline_svg(drawing: str, alt: str, prefix: str) -> str:
    """The drawing as a part of HTML: without prolog and metadata, named by ``alt``, its ids unique by ``prefix``.

    Raises `RenderError` where the alternative text is missing, or the drawing is no SVG.
    """
    if not alt.strip():
        raise RenderError(
            "a picture has no alternative text; show it with kpikit's charts, or give its output metadata {metadata}.",
            metadata='{"image/svg+xml": {"alt": "..."}}',
        )
    found = re.search(r"<svg\b([^>]*)>(.*</svg>)", drawing, re.DOTALL)
    if found is None:
        raise RenderError(Message("a picture of type image/svg+xml holds no <svg> element."))
    attributes = re.sub(r'\s(?:role|aria-label|aria-hidden)="[^"]*"', "", found[1])
    inner = re.sub(r"<metadata\b.*?</metadata>", "", found[2], flags=re.DOTALL)
    return f'<svg role="img" aria-label="{escape(alt)}"{_unique(attributes, prefix)}>{_unique(inner, prefix)}'


def _unique(part: str, prefix: str) -> str:
    """The part with the prefix before each id, and before each reference to one."""
    return re.sub(r"""(\sid=["']|\burl\(["']?#|\bhref=["']#)""", rf"\g<1>{prefix}", part)


def with_shared_drawings(page: str) -> str:
    """The page with each drawing that stands in it several times, such as a sign in every line, written once.

    >>> sign = '<svg aria-label="up"><path d="M6 0 12 6"/></svg>'
    >>> print(with_shared_drawings(f"<body><p>{sign}</p><p>{sign}{sign}</p></body>"))
    <body><svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs><g id="d-1"><path d="M6 0 12 6"/></g></defs></svg><p><svg aria-label="up"><use href="#d-1"/></svg></p><p><svg aria-label="up"><use href="#d-1"/></svg><svg aria-label="up"><use href="#d-1"/></svg></p></body>
    """  # noqa: E501
    found = Counter(match[2] for match in _DRAWING.finditer(page))
    often = [drawing for drawing, times in found.items() if times >= SHARED and not re.search(r"\sid=|<svg", drawing)]
    names = {drawing: f"d-{number}" for number, drawing in enumerate(often, 1)}
    if not names:
        return page

    def referring(match: re.Match[str]) -> str:
        return f'{match[1]}<use href="#{names[match[2]]}"/></svg>' if match[2] in names else match[0]

    parts = "".join(f'<g id="{name}">{drawing}</g>' for drawing, name in names.items())
    drawn = f'<svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs>{parts}</defs></svg>'
    return re.sub(r"<body\b[^>]*>", lambda body: body[0] + drawn, _DRAWING.sub(referring, page), count=1)


def with_shared_styles(page: str) -> str:
    """The page with each style that several parts of drawings have, such as a thin grey line, written once.

    >>> line = '<path style="stroke:grey" d="M6 0"/>'
    >>> print(with_shared_styles(f"<head></head><svg>{line}{line}{line}</svg>"))
    <head><style>.kpi1{stroke:grey}</style></head><svg><path class="kpi1" d="M6 0"/><path class="kpi1" d="M6 0"/><path class="kpi1" d="M6 0"/></svg>
    """  # noqa: E501
    marks = (mark[0] for mark in _MARK.finditer(page) if " class=" not in mark[0])
    found = Counter(style[1] for mark in marks if (style := _STYLE.search(mark)))
    often = [style for style, times in found.items() if times >= SHARED]
    names = {style: f"kpi{number}" for number, style in enumerate(often, 1)}

    def named(mark: re.Match[str]) -> str:
        style = _STYLE.search(mark[0])
        if style is None or style[1] not in names or " class=" in mark[0]:
            return mark[0]
        return mark[0].replace(style[0], f' class="{names[style[1]]}"', 1)

    rules = "".join(f".{name}{{{style}}}" for style, name in names.items())
    return _MARK.sub(named, page).replace("</head>", f"<style>{rules}</style></head>" if rules else "</head>", 1)
