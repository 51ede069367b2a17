"""A picture is SVG with a text alternative, small enough that a page holds fifty of them.

The SVG has no ids at all, so any number of pictures can stand in one page, and the same drawing gives the same bytes. A
picture with a narrow variant holds both drawings; `kpikit.css` shows the one that fits the width of the page, or of the
output that it stands in.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, cast

from kpikit.charts.look import RC, colour, in_page
from kpikit.charts.sheet import Sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Size = tuple[int, int]
"""Width and height, in CSS pixels at full size."""

_PAGE = 700
"""A drawing that is wider than that shrinks too far in a middling window: there, too, the narrow one is shown."""

_TEXTS = 'font-family="var(--kpi-font, system-ui, sans-serif)"'
"""The font of the page, and alone, as an image in JupyterLab, that of the system."""


@dataclass(frozen=True)
class Picture:
    """An SVG drawing and what is seen in it, in words. Shows itself in notebooks and reports.

    ``places``, of a trend: for its wide and its narrow drawing, how far from the left each point lies, as a share.
    """

    svg: str
    alt: str
    places: tuple[tuple[float, ...], ...] = ()

    def __str__(self) -> str:
        return self.alt

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
        return {"image/svg+xml": self.svg, "text/plain": self.alt}, {"image/svg+xml": {"alt": self.alt}}


def drawn(size: Size, draw: Callable[[Axes], object], alt: str, narrow: Size | None = None) -> Picture:
    """The picture that ``draw`` makes on empty axes filling ``size``; drawn a second time for ``narrow`` screens.

    It shrinks with the page, never grows beyond ``size``, and stands on the page's surface, so that it stays readable
    on any background.
    """
    wide = _body(size, draw)
    ground = f'<rect width="100%" height="100%" style="{in_page("fill:" + colour("surface"))}"/>'
    style = f"max-width:min(100%, {size[0]}px);height:auto"
    if narrow is None:
        attributes = f'viewBox="0 0 {size[0]} {size[1]}" style="{style}" {_TEXTS}'
        return Picture(_root(size, alt, attributes, ground + wide), alt)
    small = _body(narrow, draw)
    both = _variant("wide", "inline", size, wide) + _variant("narrow", "none", narrow, small)
    attributes = f'style="{style};--kpi-ratio:{narrow[0]}/{narrow[1]}" {_TEXTS}'
    return Picture(_root(size, alt, attributes, ground + both, "broad" if size[0] > _PAGE else ""), alt)


def inset(size: Size, draw: Callable[[Axes], object], alt: str) -> Picture:
    """A picture for a cell or a line of text: without words, always ``size``, and see-through."""
    return Picture(_root(size, alt, f'viewBox="0 0 {size[0]} {size[1]}"', _body(size, draw)), alt)


def _root(size: Size, alt: str, attributes: str, parts: str, kind: str = "") -> str:
    names = f"kpi-picture {kind}".strip()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{names}" role="img" aria-label="{escape(alt)}" '
        f'width="{size[0]}" height="{size[1]}" {attributes} stroke-linejoin="round">{parts}</svg>\n'
    )


def _variant(name: str, alone: str, size: Size, body: str) -> str:
    """One of two drawings; ``alone`` says whether it shows where no style sheet decides."""
    view = f'<svg viewBox="0 0 {size[0]} {size[1]}" width="100%" height="100%">{body}</svg>'
    return f'<g style="display:var(--kpi-{name}, {alone})">{view}</g>'


def _body(size: Size, draw: Callable[[Axes], object]) -> str:
    """What stands inside the ``<svg>``: the marks, as a sheet writes them."""
    sheet = Sheet(size)
    draw(cast("Axes", sheet))  # charts ask for no more of an `Axes` than a sheet has
    return sheet.svg()


def png(size: Size, draw: Callable[[Axes], object], sharpness: int = 3) -> bytes:
    """What ``draw`` draws as a PNG on the light surface, with ``sharpness`` dots for each CSS pixel of ``size``."""
    import matplotlib
    from matplotlib.figure import Figure

    with matplotlib.rc_context(RC):
        figure = Figure(figsize=(size[0] / 72, size[1] / 72), dpi=72, facecolor=colour("surface"))
        draw(figure.add_axes((0, 0, 1, 1), facecolor="none"))
        file = io.BytesIO()
        figure.savefig(file, format="png", dpi=72 * sharpness, metadata={"Software": None})
    return file.getvalue()
