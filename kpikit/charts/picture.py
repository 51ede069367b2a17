"""A picture is SVG with a text alternative. Here matplotlib's drawing becomes small, tidy SVG that fits a page.

The SVG has no ids at all, so any number of pictures can stand in one page, and the same drawing gives the same bytes. A
picture with a narrow variant holds both drawings; `kpikit.css` shows the one that fits the page's width.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kpikit.charts.look import FONT, RC, colour, in_page

Size = tuple[int, int]
"""Width and height, in CSS pixels at full size."""


@dataclass(frozen=True)
class Picture:
    """An SVG drawing and what is seen in it, in words. Shows itself in notebooks and reports."""

    svg: str
    alt: str

    def __str__(self) -> str:
        return self.alt

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
        return {"image/svg+xml": self.svg, "text/plain": self.alt}, {"image/svg+xml": {"alt": self.alt}}


def drawn(size: Size, draw: Callable[[Axes], object], alt: str, narrow: Size | None = None) -> Picture:
    """The picture that ``draw`` makes on an empty `Axes` filling ``size``; drawn a second time for ``narrow`` screens.

    It shrinks with the page, never grows beyond ``size``, and stands on the page's surface, so that it stays readable
    on any background.
    """
    wide = _body(size, draw)
    ground = f'<rect width="100%" height="100%" style="{in_page("fill:" + colour("surface"))}"/>'
    style = f"max-width:min(100%, {size[0]}px);height:auto"
    if narrow is None:
        return Picture(_root(size, alt, f'viewBox="0 0 {size[0]} {size[1]}" style="{style}"', ground + wide), alt)
    small = _body(narrow, draw)
    both = _variant("wide", "inline", size, wide) + _variant("narrow", "none", narrow, small)
    return Picture(_root(size, alt, f'style="{style};--kpi-ratio:{narrow[0]}/{narrow[1]}"', ground + both), alt)


def inset(size: Size, draw: Callable[[Axes], object], alt: str) -> Picture:
    """A picture for a cell or a line of text: always ``size``, and see-through."""
    return Picture(_root(size, alt, f'viewBox="0 0 {size[0]} {size[1]}"', _body(size, draw)), alt)


def _root(size: Size, alt: str, attributes: str, parts: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="kpi-picture" role="img" aria-label="{escape(alt)}" '
        f'width="{size[0]}" height="{size[1]}" {attributes} font-family="{FONT}" '
        f'stroke-linejoin="round">{parts}</svg>\n'
    )


def _variant(name: str, alone: str, size: Size, body: str) -> str:
    """One of two drawings; ``alone`` says whether it shows where no style sheet decides."""
    view = f'<svg viewBox="0 0 {size[0]} {size[1]}" width="100%" height="100%">{body}</svg>'
    return f'<g style="display:var(--kpi-{name}, {alone})">{view}</g>'


def _body(size: Size, draw: Callable[[Axes], object]) -> str:
    """What stands inside the ``<svg>`` that matplotlib saves, made tidy."""
    with matplotlib.rc_context(RC), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")  # the page's own fonts will have it
        ax = _stock.pop() if _stock else _empty()
        figure: Figure = ax.figure  # type: ignore[assignment]
        figure.set_size_inches(size[0] / 72, size[1] / 72)
        draw(ax)
        file = io.BytesIO()
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return tidy(file.getvalue().decode())


def _empty() -> Axes:
    return Figure(dpi=72, facecolor="none").add_axes((0, 0, 1, 1), facecolor="none")


_stock: list[Axes] = []


def stock_up(number: int) -> None:
    """Make empty axes for so many drawings. They take a third of a drawing's time, and a forked process has them then.
    """
    with matplotlib.rc_context(RC):
        _stock.extend(_empty() for _ in range(number))


def png(size: Size, draw: Callable[[Axes], object], sharpness: int = 3) -> bytes:
    """What ``draw`` draws as a PNG on the light surface, with ``sharpness`` dots for each CSS pixel of ``size``."""
    with matplotlib.rc_context(RC):
        figure = Figure(figsize=(size[0] / 72, size[1] / 72), dpi=72, facecolor=colour("surface"))
        draw(figure.add_axes((0, 0, 1, 1), facecolor="none"))
        file = io.BytesIO()
        figure.savefig(file, format="png", dpi=72 * sharpness, metadata={"Software": None})
    return file.getvalue()


def tidy(svg: str) -> str:
    """The marks and texts of a matplotlib SVG: no ids, groups or definitions; rounded numbers; colours as variables."""
    markers = dict(re.findall(r'<path id="(m\w+)" d="([^"]*)"', svg))
    body = svg.partition("<svg")[2].partition(">")[2].rpartition("</svg>")[0]
    body = re.sub(r"<defs>.*?</defs>|</?g\b[^>]*>|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", body, flags=re.DOTALL)
    body = re.sub(r">\s+<", "><", body.strip())
    return re.sub(r"<[^/!][^>]*>", lambda tag: _tidy_tag(tag[0], markers), body)


def _tidy_tag(tag: str, markers: dict[str, str]) -> str:
    use = re.match(r'<use xlink:href="#(\w+)" x="([^"]*)" y="([^"]*)" (style="[^"]*")', tag)
    if use:
        tag = f'<path d="{markers[use[1]]}" transform="translate({use[2]} {use[3]})" {use[4]}/>'
    tag = re.sub(r' transform="rotate\(-0 [^"]*"| clip-path="[^"]*"', "", tag)
    tag = re.sub(r' (d|x|y|transform)="([^"]*)"', lambda match: f' {match[1]}="{_numbers(match[2])}"', tag)
    return re.sub(r'style="([^"]*)"', lambda match: f'style="{_style(match[1])}"', tag)


def _numbers(text: str) -> str:
    short = re.sub(r"-?\d+\.\d+", lambda number: f"{round(float(number[0]), 2):g}", text)
    return re.sub(r"\s*\n\s*|(?<=[A-Za-z]) | (?=[A-Za-z])", lambda gap: "", short) if "M" in text else short


def _style(style: str) -> str:
    kept = [part.strip() for part in style.split(";")]
    kept = [part for part in kept if not part.startswith(("font-family", "stroke-linejoin", "text-anchor: start"))]
    return in_page(";".join(kept).replace(": ", ":").replace("font-weight:700", "font-weight:600"))
