"""Pictures as part of a page: an SVG drawing that stands in HTML, with its alternative text."""

from __future__ import annotations

import re
from html import escape

from kpikit.words.errors import RenderError


def inline_svg(drawing: str, alt: str, prefix: str) -> str:
    """The drawing as a part of HTML: without prolog and metadata, named by ``alt``, its ids unique by ``prefix``.

    Raises `RenderError` where the alternative text is missing, or the drawing is no SVG.
    """
    if not alt.strip():
        raise RenderError("a picture has no alternative text; show it with kpikit's charts, or give its output "
                          'metadata {"image/svg+xml": {"alt": "..."}}.')  # fmt: skip
    found = re.search(r"<svg\b([^>]*)>(.*</svg>)", drawing, re.DOTALL)
    if found is None:
        raise RenderError("a picture of type image/svg+xml holds no <svg> element.")
    attributes = re.sub(r'\s(?:role|aria-label|aria-hidden)="[^"]*"', "", found[1])
    inner = re.sub(r"<metadata\b.*?</metadata>", "", found[2], flags=re.DOTALL)
    return f'<svg role="img" aria-label="{escape(alt)}"{_unique(attributes, prefix)}>{_unique(inner, prefix)}'


def _unique(part: str, prefix: str) -> str:
    """The part with the prefix before each id, and before each reference to one."""
    return re.sub(r"""(\sid=["']|\burl\(["']?#|\bhref=["']#)""", rf"\g<1>{prefix}", part)
