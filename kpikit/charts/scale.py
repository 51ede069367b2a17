"""Scales and labels of charts: which range an axis shows, which numbers and dates stand on it, what avoids what."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpikit.charts.look import STRONG, TEXT, colour
from kpikit.charts.sheet import Sheet
from kpikit.words.periods import Period

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WIDTHS = {
    sign: width
    for signs, width in {
        " .,:;'|ijlIJ/\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}": 0.34,
        "!()[]-frt": 0.42,
        "csxyvkzFL": 0.6,
        "ABCKRVXZÅÄ": 0.7,
        "DGHNOQUØÖ&": 0.79,
        "w+−=<>≤≥±×→": 0.84,
        "%mMW@æÆœ…—": 1.0,
    }.items()
    for sign in signs
}
"""How wide signs are in DejaVu Sans, the widest of the usual fonts, for one unit of their size; others: `_WIDTH`."""
_WIDTH = 0.64
_ROUND = (1, 2, 2.5, 5)
_STEPS = {"day": (1, 7, 14, 28), "week": (1, 2, 4, 13, 26, 52), "month": (1, 2, 3, 6, 12, 24), "quarter": (1, 2, 4, 8)}


def span(values: Sequence[float]) -> tuple[float, float]:
    """The lowest and highest number an axis shows so that all values fit with some air; missing values are left out.

    It includes zero where zero is near, and does not cross zero or 100 % for the air alone.
    """
    seen = [value for value in values if not math.isnan(value)] or [0.0]
    low, high = min(seen), max(seen)
    air = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
    bottom, top = low - air, high + air
    if low >= 0 and low < (high - low) * 0.4:
        bottom = 0.0
    if high <= 0 and -high < (high - low) * 0.4:
        top = 0.0
    return (max(bottom, 0.0) if low >= 0 else bottom), (min(top, 0.0) if high <= 0 and low < high else top)


def ticks(low: float, high: float, most: int) -> list[float]:
    """Round numbers within the range: as many as there are with at most ``most`` steps in it, or the fewest beyond one.

    >>> ticks(0, 87, 5), ticks(0.913, 0.988, 5), ticks(0.4, 1.3, 1)
    ([0.0, 20.0, 40.0, 60.0, 80.0], [0.92, 0.94, 0.96, 0.98], [0.5, 1.0])
    """
    wanted = (high - low) / most
    if not 0 < wanted < math.inf:
        return []
    power = math.floor(math.log10(wanted))
    steps = [(digits, exponent) for exponent in (power - 1, power, power + 1) for digits in _ROUND]
    large = next(at for at, step in enumerate(steps) if _times(1, *step) >= wanted * (1 - 1e-9))
    found: list[float] = []
    for step in reversed(steps[: large + 1]):
        size, air = _times(1, *step), (high - low) * 1e-10
        first, last = math.ceil((low - air) / size), math.floor((high + air) / size)
        found = [_times(number, *step) for number in range(first, last + 1)]
        if len(found) > 1:
            break
    return found


def _times(number: int, digits: float, exponent: int) -> float:
    """So many steps, with no more error than a float must have: 3 of 0.1 are 0.3."""
    return number * digits * 10.0**exponent if exponent >= 0 else number * digits / 10.0**-exponent


def dated(periods: Sequence[Period], most: int) -> list[int]:
    """The positions that carry a date: evenly spaced back from the last one, at most so many."""
    steps = _STEPS.get(periods[-1].grain, (1, 2, 5, 10)) if periods else (1,)
    step = next((each for each in steps if math.ceil(len(periods) / each) <= most), max(len(periods), 1))
    return list(range(len(periods) - 1, -1, -step))[::-1]


@dataclass(frozen=True)
class Frame:
    """Where things lie: the axis' range and ticks; a point's step and the room above, in points on the page."""

    low: float
    high: float
    ticks: list[float]
    written: list[str]
    step: float
    per_point: float
    right: float
    top: float


@dataclass(frozen=True)
class Label:
    """A text beside the value it belongs to."""

    at: float
    text: str
    role: str
    strong: bool = False

    @property
    def size(self) -> float:
        return STRONG if self.strong else TEXT


def apart(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Positions as near to the wanted ones as may be, in the same order, at least ``gap`` apart, within the range.

    >>> apart([10, 12, 40], 10, 0, 100)
    [6.0, 16.0, 40.0]
    """
    order = sorted(range(len(wanted)), key=lambda each: wanted[each])
    groups: list[list[float]] = []  # [middle of the group, number of labels in it]
    for each in order:
        groups.append([min(max(wanted[each], low), high), 1])
        while len(groups) > 1 and _touch(groups[-2], groups[-1], gap):
            (upper, several), (lower, some) = groups.pop(), groups.pop()
            both = several + some
            middle = (upper * several + lower * some) / both
            half = (both - 1) * gap / 2
            groups.append([max(min(middle, high - half), low + half), both])
    placed = [middle + gap * (number - (count - 1) / 2) for middle, count in groups for number in range(int(count))]
    return [place for _, place in sorted(zip(order, placed, strict=True))]


def _touch(below: list[float], above: list[float], gap: float) -> bool:
    return above[0] - below[0] < gap * (below[1] + above[1]) / 2


def text_width(text: str, size: float = TEXT, strong: bool = False) -> float:
    """About how wide a text is, in the units of its size; on the safe side for the usual fonts."""
    size = size * 1.12 if strong else size
    return sum(_WIDTHS.get(sign, _WIDTH) for sign in text) * size


def cut(text: str, room: float, size: float = TEXT, strong: bool = False) -> str:
    """The text, or as much of it as fits into so much room, with an ellipsis.

    >>> cut("Single specialty, weight", 100), cut("Other", 100)
    ('Single specia…', 'Other')
    """
    if text_width(text, size, strong) <= room:
        return text
    while text and text_width(f"{text}…", size, strong) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def extent(ax: Axes) -> tuple[float, float]:
    """Width and height of the axes in points."""
    if isinstance(ax, Sheet):
        return ax.size
    box, dpi = ax.get_window_extent(), ax.get_figure(root=True).dpi  # type: ignore[union-attr]
    return box.width * 72 / dpi, box.height * 72 / dpi


def nothing(ax: Axes, text: str) -> Axes:
    """The axes with one quiet sentence in the middle, where there is nothing to draw."""
    ax.set_axis_off()
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1)
    ax.text(0.5, 0.5, text, ha="center", va="center_baseline", color=colour("muted"), size=TEXT)
    return ax
