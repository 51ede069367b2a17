"""From an executed notebook to one HTML file: no code, no script, nothing loaded from anywhere, alt texts, landmarks.

What stands before the parameters cell, and the cells tagged ``header``, become the page's header; the cells tagged
``provenance`` its footer.
"""

from __future__ import annotations

import logging
import re
from functools import cache
from html import escape
from itertools import takewhile
from pathlib import Path
from typing import Any

from kpikit.render.check import check_page
from kpikit.render.contents import with_contents
from kpikit.render.job import source, tags
from kpikit.render.outline import outlined
from kpikit.render.shell import head, made_with
from kpikit.render.svg import inline_svg
from kpikit.words.errors import RenderError
from kpikit.words.language import language

log = logging.getLogger(__name__)

SHOWN = ("text/html", "image/svg+xml", "text/markdown")
"""The kinds of output that a page shows, the best first."""

_OWN_STYLE = re.compile(r'<style class="kpikit-style">.*?</style>', re.DOTALL)

_APOSTROPHE = re.compile(r"""<[a-zA-Z](?:[^>"']++|"[^"]*"|'[^']*')*+>|&#x27;""")
"""An apostrophe as `html.escape` writes it, or a tag, in which some may stand."""

_WITHOUT_ALTERNATIVE = re.compile(
    r"""<img\b((?:\s+(?!alt\b)[^\s=>]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*\s*/?)>""", re.IGNORECASE
)
"""An ``<img>`` none of whose attributes is ``alt``."""


def page(notebook: dict[str, Any], title: str, code: str) -> str:
    """The checked page of an executed notebook, in the language ``code``.

    Raises `RenderError` for what must not be published: see `kpikit.render.check.check_page`; for pictures without an
    alternative text; and for outputs that would get lost, such as a PNG picture.
    """
    about = {"language": code, "head": head(title), "made_with": made_with(code)}
    html = _template().render(nb={"cells": _shown_cells(notebook["cells"])}, resources={"page": about})
    html = outlined(_with_alternatives(_with_apostrophes(html), code), title)
    html = with_contents(html, code)
    check_page(html)
    return html


@cache
def _template() -> Any:
    """The page's template with nbconvert's filters.

    It is not rendered by the exporter itself, which copies the notebook three times, validates it twelve times, and
    parses and writes the page once more: that takes four times as long as all else.
    """
    from nbconvert.exporters import HTMLExporter

    folder = str(Path(__file__).parent)
    return HTMLExporter(template_name="page", extra_template_basedirs=[folder], exclude_anchor_links=True).template


def _with_apostrophes(html: str) -> str:
    """The page with apostrophes as they are, so that who searches it finds "can't"; all but those in quotes of them."""
    return _APOSTROPHE.sub(lambda part: part[0] if "'" in part[0] else part[0].replace("&#x27;", "'"), html)


def _with_alternatives(html: str, code: str) -> str:
    """The page with words for those of its pictures that say nothing to who cannot see them."""
    say = language(code)
    words = escape(say("A picture without a description"))
    return _WITHOUT_ALTERNATIVE.sub(lambda picture: f'<img alt="{words}"{picture[1]}>', html)


def _shown_cells(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The cells that a reader sees, each with its ``part`` of the page and with outputs of SHOWN kinds alone."""
    begin = next((at for at, cell in enumerate(cells) if "parameters" in tags(cell)), 0)
    shown = []
    for at, cell in enumerate(cells):
        marks = tags(cell)
        part = "header" if at < begin or "header" in marks else "footer" if "provenance" in marks else "main"
        kept = {**cell, "source": _with_attachments(cell), "metadata": {"part": part}}
        if cell["cell_type"] == "code":
            outputs = [_shown(output, at + 1, f"p{at}-{nth}-") for nth, output in enumerate(cell["outputs"])]
            kept["outputs"] = [output for output in outputs if output]
        shown.append(kept)
    return [each for each in _without_empty_sections(shown) if each["cell_type"] == "markdown" or each.get("outputs")]


def _with_attachments(cell: dict[str, Any]) -> str:
    """The text of a cell, with the pictures that were pasted into it in JupyterLab."""
    text = source(cell)
    for name, kinds in (cell.get("attachments") or {}).items():
        for kind, data in kinds.items():
            text = text.replace(f"(attachment:{name})", f"(data:{kind};base64,{''.join(data).strip()})")
    return text


def _without_empty_sections(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The cells without headings over nothing: those followed by code cells of which none shows anything."""
    kept = []
    for at, cell in enumerate(cells):
        own = list(takewhile(lambda each: each["cell_type"] == "code", cells[at + 1 :]))
        is_empty = own and not any(each.get("outputs") for each in own)
        if cell["cell_type"] != "markdown" or not is_empty or cell["metadata"]["part"] == "header":
            kept.append(cell)
    return kept


def _shown(output: dict[str, Any], number: int, prefix: str) -> dict[str, Any] | None:
    """The output as HTML or markdown; None for an empty one, and (with a line in the log) for texts and warnings."""
    data = {kind: "".join(text) for kind, text in output.get("data", {}).items() if isinstance(text, (str, list))}
    kind = next((kind for kind in SHOWN if kind in data), None)
    if kind is None:
        _refuse_lost(output.get("data", {}), number)
        text = "".join(output.get("text", "")) or data.get("text/plain", "")
        log.warning("cell %d: not shown in the page: %s", number, text.strip()[:500])
        return None
    if kind == "image/svg+xml":
        alt = str(output.get("metadata", {}).get(kind, {}).get("alt", ""))
        kind, data = "text/html", {"text/html": inline_svg(data[kind], alt, prefix)}
    text = _OWN_STYLE.sub("", data[kind])
    return {"output_type": "display_data", "metadata": {}, "data": {kind: text}} if text.strip() else None


def _refuse_lost(data: dict[str, Any], number: int) -> None:
    lost = next((kind for kind in data if kind.startswith(("image/", "application/"))), None)
    if lost:
        raise RenderError(
            "cell {number}: its output of type {kind} cannot stand in a page, only {kinds}. "
            "Show pictures with kpikit's charts.",
            number=number,
            kind=lost,
            kinds=", ".join(SHOWN),
        )
