"""A sheet: what the charts draw on in reports. It takes the calls that they make on an `Axes`, and writes small SVG.

matplotlib's drawing of a trend took ten times as long and gave eight times as many bytes. Nothing else differs: the
scales, the measures, the order of what lies above what are matplotlib's, one unit of the page is one of its points, and
a test holds each picture to the one that matplotlib makes of the same calls.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple

from kpikit.charts.look import TEXT, in_page

Place = tuple[float, float]
Dashes = str | tuple[float, Sequence[float]]
"""The dashes of a line as matplotlib has them: "-" for none; or where they begin, which is 0, and their lengths."""

_ANCHORS = {"left": "", "center": "text-anchor:middle", "right": "text-anchor:end"}
_RISE = {"baseline": 0.0, "center_baseline": 0.38}
"""How far the line under a text lies below its place, as a part of its size: letters are about 0.76 of it high."""


class Mark(NamedTuple):
    """Something drawn: at which height, in which style, as which shape, where, and for shapes of a size how large."""

    zorder: float
    style: str
    shape: str
    places: Sequence[Place]
    size: float = 0.0
    text: str = ""


class Sheet:
    """Stands for an `Axes` that fills a picture of ``size``. Both scales go from 0 to 1 until a chart sets them."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.size = size
        self._x, self._y = (0.0, 1.0), (0.0, 1.0)
        self._marks: list[Mark] = []

    def set_axis_off(self) -> None:
        """A sheet has no axes of its own."""

    def set_xlim(self, left: float, right: float) -> None:
        """From where to where the sheet goes, from left to right."""
        self._x = (left, right)

    def set_ylim(self, bottom: float, top: float) -> None:
        """From where to where the sheet goes, from bottom to top."""
        self._y = (bottom, top)

    def get_xlim(self) -> tuple[float, float]:
        """The values at the left and the right edge."""
        return self._x

    def get_ylim(self) -> tuple[float, float]:
        """The values at the bottom and the top."""
        return self._y

    def plot(
        self,
        x: Iterable[float],
        y: Iterable[float],
        marker: str = "",
        *,
        color: str = "",
        lw: float = 1.5,
        ls: Dashes = "-",
        ms: float = 6.0,
        mfc: str | None = None,
        mec: str | None = None,
        mew: float = 1.0,
        zorder: float = 2.0,
        solid_capstyle: str = "projecting",
        clip_on: bool = False,
        label: str = "",
    ) -> None:
        """A line through the places, with a gap where one is missing; or a ``marker`` at each: "o", "D" or "s"."""
        places = list(zip(x, y, strict=True))
        if marker:
            style = _filled(mfc or color, mec or color, mew)
            self._marks += [Mark(zorder, style, marker, [place], ms) for place in places if _is_whole(place)]
            return
        ends = "" if ls != "-" or solid_capstyle == "butt" else "stroke-linecap:square"
        self._marks.append(Mark(zorder, _joined("fill:none", *_stroked(color, lw, ls), ends), "line", places))

    def fill_between(
        self,
        x: Sequence[float],
        lower: Sequence[float],
        upper: Sequence[float],
        *,
        color: str,
        zorder: float = 1.0,
        lw: float = 0.0,
        clip_on: bool = False,
    ) -> None:
        """The area between two lines."""
        around = [*zip(x, lower, strict=True), *reversed(list(zip(x, upper, strict=True)))]
        self._marks.append(Mark(zorder, f"fill:{color}", "area", around))

    def barh(
        self,
        y: Sequence[float],
        width: Sequence[float],
        height: float,
        left: Sequence[float] = (0.0,),
        *,
        fc: str,
        ec: str = "none",
        lw: float = 0.0,
        ls: Dashes = "-",
        zorder: float = 1.0,
        clip_on: bool = False,
    ) -> None:
        """A level bar; its middle stands at ``y``."""
        (middle,), (length,), (start,) = y, width, left
        bottom, top = middle - height / 2, middle + height / 2
        across = (start, start + length, start + length, start)
        self.fill(across, (bottom, bottom, top, top), fc=fc, ec=ec, lw=lw, ls=ls, zorder=zorder)

    def fill(
        self,
        x: Sequence[float],
        y: Sequence[float],
        *,
        fc: str,
        ec: str = "none",
        lw: float = 0.0,
        ls: Dashes = "-",
        zorder: float = 1.0,
        clip_on: bool = False,
    ) -> None:
        """The area within the places."""
        self._marks.append(Mark(zorder, _filled(fc, ec, lw, ls), "area", list(zip(x, y, strict=True))))

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        color: str,
        size: float = TEXT,
        ha: str = "left",
        va: str = "baseline",
        weight: str = "normal",
        zorder: float = 3.0,
    ) -> None:
        """A text whose left end, middle or right end stands at the place."""
        heavy = "font-weight:600" if weight == "bold" else ""
        style = _joined(heavy, f"font-size:{size:g}px", _ANCHORS[ha], f"fill:{color}")
        written = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", text)
        if written and _is_whole((x, y)):
            self._marks.append(Mark(zorder, style, "text", [(x, y)], _RISE[va] * size, written))

    def svg(self) -> str:
        """All marks, from the lowest to the highest; those of one style that follow each other share it."""
        marks = sorted(self._marks, key=lambda mark: mark.zorder)
        return "".join(
            self._group(style, is_path, list(group))
            for (style, is_path), group in groupby(marks, key=lambda mark: (mark.style, mark.shape in ("line", "area")))
        )

    def _group(self, style: str, is_path: bool, marks: Sequence[Mark]) -> str:
        named = in_page(style)
        if is_path:
            lines = "".join(_path(self._on_page(mark.places), mark.shape == "area") for mark in marks)
            return f'<path d="{lines}" style="{named}"/>' if lines else ""
        return f'<g style="{named}">{"".join(self._shape(mark) for mark in marks)}</g>'

    def _shape(self, mark: Mark) -> str:
        ((x, y),) = self._on_page(mark.places)
        if mark.shape == "text":
            return f'<text x="{_number(x)}" y="{_number(y + mark.size)}">{escape(mark.text, quote=False)}</text>'
        half = mark.size / 2
        if mark.shape == "o":
            return f'<circle cx="{_number(x)}" cy="{_number(y)}" r="{half:g}"/>'
        if mark.shape == "D":
            half *= math.sqrt(2)
            return f'<path d="{_path([(x, y - half), (x + half, y), (x, y + half), (x - half, y)], True)}"/>'
        corners = [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)]
        return f'<path d="{_path(corners, True)}"/>'

    def _on_page(self, places: Sequence[Place]) -> list[Place]:
        (left, right), (bottom, top), (width, height) = self._x, self._y, self.size
        across, up = width / (right - left), height / (top - bottom)
        return [((x - left) * across, height - (y - bottom) * up) for x, y in places]


def _is_whole(place: Place) -> bool:
    return math.isfinite(place[0]) and math.isfinite(place[1])


def _joined(*parts: str) -> str:
    return ";".join(filter(None, parts))


def _stroked(color: str, width: float, dashes: Dashes = "-") -> tuple[str, str, str]:
    lengths = "" if isinstance(dashes, str) else ",".join(_number(each * width) for each in dashes[1])
    dash = f"stroke-dasharray:{lengths}" if lengths else ""
    return f"stroke:{color}", "" if width == 1 else f"stroke-width:{width:g}", dash


def _filled(face: str, edge: str, width: float, dashes: Dashes = "-") -> str:
    return _joined(f"fill:{face}", *(_stroked(edge, width, dashes) if width and edge != "none" else ()))


def _path(places: Sequence[Place], closed: bool) -> str:
    """The way through the places, in tenths of a unit, each step told from the one before it; anew after a gap.

    >>> _path([(0, 1), (2.04, 1), (2.06, 3), (math.nan, 0), (5, 5)], False)
    'M0 1h2l.1 2M5 5'
    """
    steps, last = [], None
    for place in places:
        if not _is_whole(place):
            last = None
            continue
        now = (round(place[0] * 10), round(place[1] * 10))
        steps.append(_step(last, now))
        last = now
    return "".join(steps) + ("z" if closed else "")


def _step(last: tuple[int, int] | None, now: tuple[int, int]) -> str:
    if last is None:
        return f"M{_pair(now[0], now[1])}"
    x, y = now[0] - last[0], now[1] - last[1]
    if x and y:
        return f"l{_pair(x, y)}"
    return f"h{_tenths(x)}" if x else f"v{_tenths(y)}"


def _pair(x: int, y: int) -> str:
    return f"{_tenths(x)}{'' if y < 0 else ' '}{_tenths(y)}"


def _number(value: float) -> str:
    return _tenths(round(value * 10))


def _tenths(number: int) -> str:
    """A number of tenths as short as it can be written.

    >>> [_tenths(number) for number in (0, 5, -5, 20, -123)]
    ['0', '.5', '-.5', '2', '-12.3']
    """
    whole, rest = divmod(abs(number), 10)
    return f"{'-' if number < 0 else ''}{whole or ('' if rest else 0)}{f'.{rest}' if rest else ''}"
