"""Small pieces of HTML: escaped text, signs with a shape, tables. What shows a table also gives it as plain text."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from kpikit.charts.look import css
from kpikit.charts.picture import Picture
from kpikit.words.formats import tied

SIGNS = {
    "exceeded": ("good", "M1 6a5 5 0 1 0 10 0a5 5 0 1 0-10 0z", "M3.6 7.2 6 4.8l2.4 2.4"),
    "met": ("good", "M1 6a5 5 0 1 0 10 0a5 5 0 1 0-10 0z", "M3.6 6.2 5.3 7.9 8.5 4.5"),
    "on_track": ("good", "", "M1.7 6a4.3 4.3 0 1 0 8.6 0a4.3 4.3 0 1 0-8.6 0zM4.2 6.1 5.5 7.4 7.9 4.8"),
    "at_risk": ("bad", "", "M6 1 11 6 6 11 1 6zM6 3.8v2.4M6 8v.2"),
    "missed": ("bad", "M6 0 12 6 6 12 0 6z", "M4.4 4.4l3.2 3.2M7.6 4.4 4.4 7.6"),
    "cannot_be_judged": ("muted", "", "M1.7 6a4.3 4.3 0 1 0 8.6 0a4.3 4.3 0 1 0-8.6 0zM4.4 6h3.2"),
    "good": ("good", "M2 6a4 4 0 1 0 8 0a4 4 0 1 0-8 0z", ""),
    "bad": ("bad", "M6 1.4 10.6 6 6 10.6 1.4 6z", ""),
    "neutral": ("muted", "M2.4 2.4h7.2v7.2H2.4z", ""),
}
"""Sign -> role of its colour, what is filled, what is drawn over it (in the surface's colour) or as an outline."""


@dataclass(frozen=True, repr=False)
class Html:
    """A piece of a page: as HTML in notebooks and reports, as text in terminals. Its texts are escaped already."""

    html: str
    text: str

    def __str__(self) -> str:
        return self.text

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return f'<style class="kpikit-style">{css()}</style>\n{self.html}' if self.html else ""


class Shown(ABC):
    """What a cell may end with and that is made anew from its facts: it displays itself as what `shown` gives."""

    @abstractmethod
    def shown(self) -> Html:
        """All of it, in pieces of a page."""

    def __repr__(self) -> str:
        return str(self.shown())

    def _repr_html_(self) -> str:
        return self.shown()._repr_html_()


def sign(kind: str) -> str:
    """A small sign whose shape and colour say the same: circles are good, diamonds bad. A word stands beside it."""
    role, filled, drawn = SIGNS[kind]
    over = f"var(--kpi-{'surface' if filled else role})"
    shape = f'<path d="{filled}" fill="var(--kpi-{role})"/>' if filled else ""
    if drawn:
        shape += f'<path d="{drawn}" fill="none" stroke="{over}" stroke-width="1.5" stroke-linecap="round"/>'
    return f'<svg class="sign" viewBox="0 0 12 12" aria-hidden="true">{shape}</svg>'


def cell(content: str, kind: str = "", head: str = "", tag: str = "td") -> str:
    """A table cell with HTML in it; ``head`` is repeated before it where a narrow screen stacks the cells."""
    names = f' class="{kind}"' if kind else ""
    heads = f' data-head="{escape(head)}"' if head else ""
    scope = ' scope="row"' if tag == "th" else ""
    return f"<{tag}{scope}{names}{heads}>{content}</{tag}>"


def head_row(heads: Sequence[tuple[str, str]]) -> str:
    """The head of a table from (text, class) pairs."""
    return f"<thead><tr>{''.join(_head(text, kind) for text, kind in heads)}</tr></thead>"


def _head(text: str, kind: str) -> str:
    names = f' class="{kind}"' if kind else ""
    return f'<th scope="col"{names}>{escape(text)}</th>'


def small(text: str, kind: str = "") -> str:
    """A second line in a cell, in quiet letters, of a class where one is named; nothing for an empty text."""
    named = f' class="{kind}"' if kind else ""
    return f"<small{named}>{escape(text)}</small>" if text else ""


def table(heads: Sequence[str], rows: Sequence[Sequence[str | Html | Picture]], numeric: Sequence[int] = ()) -> Html:
    """A plain table: the first cell of a row is its head, the columns ``numeric`` (from 0) stand right-aligned.

    Texts are escaped; `Html` and `Picture` cells are put in as they are.
    """
    kinds = ["num" if column in numeric else "" for column in range(len(heads))]
    lines = "".join(
        f"<tr>{''.join(_cell(each, column, kinds, heads) for column, each in enumerate(row))}</tr>" for row in rows
    )
    head = head_row(list(zip(heads, kinds, strict=True)))
    html = f'<div class="kpikit"><table>{head}<tbody>{lines}</tbody></table></div>'
    return Html(html, aligned([heads, *[[str(each) for each in row] for row in rows]], numeric))


def _cell(content: str | Html | Picture, column: int, kinds: Sequence[str], heads: Sequence[str]) -> str:
    kind = "spark" if isinstance(content, Picture) else kinds[column]
    return cell(inner_html(content), kind, heads[column], "td" if column else "th")


def inner_html(content: str | Html | Picture) -> str:
    """What stands between tags: pieces and pictures as they are, texts escaped."""
    if isinstance(content, Html):
        return content.html
    return content.svg if isinstance(content, Picture) else escape(content)


def aligned(rows: Sequence[Sequence[str]], numeric: Sequence[int] = ()) -> str:
    """Rows of texts as lines with aligned columns, for terminals."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(
            text.rjust(width) if column in numeric else text.ljust(width)
            for column, (text, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
    return "\n".join(line.rstrip() for line in lines)


def beside(picture: Picture | Html, box: Html, beneath: Html | None = None) -> Html:
    """A picture with its box of figures beside it (on narrow screens beneath it), and what explains it ``beneath``."""
    beneath = beneath or Html("", "")
    html = f'<div class="kpikit focus"><figure>{inner_html(picture)}{beneath.html}</figure>{box.html}</div>'
    return Html(html, "\n\n".join(filter(None, [str(picture), beneath.text, box.text])))


def joined(pieces: Sequence[Html], tag: str = "div") -> Html:
    """Pieces one after the other, in one element."""
    return Html(f'<{tag} class="kpikit">{"".join(each.html for each in pieces)}</{tag}>', "\n\n".join(map(str, pieces)))


def heading(text: str, level: int = 3) -> Html:
    """A heading over what follows."""
    return Html(f"<h{level}>{escape(text)}</h{level}>", text)


def paragraphs(sentences: Sequence[str], kind: str = "words") -> Html:
    """A paragraph for each sentence."""
    html = "".join(f"<p>{escape(tied(sentence))}</p>" for sentence in sentences)
    return Html(f'<div class="kpikit {kind}">{html}</div>', "\n".join(sentences))


def file_text(text: str) -> Html:
    """The text of a file, as it is written."""
    return Html(f'<div class="kpikit"><pre>{escape(text)}</pre></div>', text)
