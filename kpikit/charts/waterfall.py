"""The waterfall: a change and the parts it is made of, each beginning where the one before it ends.

The scale is that of the change, and zero means "as before", so that the bars begin at zero however large the figures
are. Blue parts move the figure the good way and orange ones the bad way; each says its sign. Grey is neither, and the
dark bar beneath is the change itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from kpikit.charts.look import TEXT, colour
from kpikit.charts.picture import Picture, drawn
from kpikit.charts.scale import cut, extent, nothing, text_width
from kpikit.evaluation.drivers.parts import Decomposition
from kpikit.evaluation.drivers.words import Names
from kpikit.evaluation.facts import Fact
from kpikit.evaluation.figures import step_words
from kpikit.words.language import Language
from kpikit.words.periods import COMPARISONS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDE, NARROW, ROW = 640, 350, 26
MOST, LONGEST = 8, 34
"""So many parts have a bar of their own, and so many letters has a name, before the rest is summed up or cut."""


@dataclass(frozen=True)
class Bar:
    """One row: its name, its value as text, from where to where it goes, and the role of its colour."""

    name: str
    text: str
    start: float
    end: float
    role: str


def waterfall_bars(fact: Fact, one: Decomposition, say: Language, names: Names) -> list[Bar]:
    """The bars as they are drawn, the largest part first; empty where the change was not taken apart."""
    parts = one.largest
    if not parts or one.change is None:
        return []
    shown = [(names(one, each), each.value) for each in parts[:MOST]]
    left = parts[MOST:]
    if left:
        title = say.plural("{number} more part", "{number} more parts", len(left))
        shown.append((title, sum(each.value for each in left)))
    ends = list(accumulate(value for _, value in shown))
    bars = [
        Bar(_cut(name), step_words(fact, value, say), end - value, end, _role(fact, value))
        for (name, value), end in zip(shown, ends, strict=True)
    ]
    return [*bars, Bar(say("Change"), step_words(fact, one.change, say), 0.0, one.change, "ink")]


def _role(fact: Fact, value: float) -> str:
    way = value * fact.better.sign
    return "good" if way > 0 else ("bad" if way < 0 else "prior")


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"


def waterfall(fact: Fact, one: Decomposition, ax: Axes, say: Language, names: Names) -> Axes:
    """The change of a fact as a waterfall, drawn on ``ax`` in its whole width."""
    bars = waterfall_bars(fact, one, say, names)
    if not bars:
        return nothing(ax, say("There are no values to draw."))
    ax.set_axis_off()
    step, room = _fit(ax, bars)
    left, last = ax.get_xlim()[0], len(bars) - 1
    ax.plot([0, 0], [-0.5, last + 0.5], color=colour("prior"), lw=1, clip_on=False, zorder=1)
    for row, bar in enumerate(bars):
        low, high = sorted((bar.start, bar.end))
        strong = "bold" if row == last else "normal"
        ax.barh([row], [high - low], left=[low], height=0.54, fc=colour(bar.role), lw=0, clip_on=False, zorder=2)
        if row < last:
            ax.plot([bar.end, bar.end], [row, row + 1], color=colour("centre"), lw=0.8, clip_on=False, zorder=1.5)
        name = cut(bar.name, room, strong=row == last)
        ax.text(left, row, name, va="center_baseline", color=colour("ink"), size=TEXT, weight=strong)
        at = high + 6 * step
        ax.text(at, row, bar.text, va="center_baseline", color=colour("ink"), size=TEXT, weight=strong)
    return ax


def _fit(ax: Axes, bars: Sequence[Bar]) -> tuple[float, float]:
    """Sets the axes so that names, bars and values have their room; gives the value of one point, and names' room."""
    width, _ = extent(ax)
    before = min(max(text_width(bar.name, strong=True) for bar in bars) + 10, width * 0.45)
    behind = min(max(text_width(bar.text, strong=True) for bar in bars) + 10, width * 0.3)
    ends = [end for bar in bars for end in (bar.start, bar.end)]
    low, high = min(0.0, *ends), max(0.0, *ends)
    step = ((high - low) or 1.0) / (width - before - behind)
    ax.set_xlim(low - before * step, low + (width - before) * step)
    ax.set_ylim(len(bars) - 0.5, -0.5)
    return step, before - 10


def waterfall_alt(fact: Fact, one: Decomposition, say: Language, label: str, names: Names) -> str:
    """The waterfall in words: the change, and its bars in the order they are drawn."""
    bars = waterfall_bars(fact, one, say, names)
    if not bars:
        return say("{label}: there are no values to draw.", label=label)
    words = {"label": label, "change": bars[-1].text, "reference": say(COMPARISONS[one.against].label)}
    parts = "; ".join(f"{bar.name} {bar.text}" for bar in bars[:-1])
    return say("{label}, {change} vs {reference}: {parts}.", **words, parts=parts)


def waterfall_picture(fact: Fact, one: Decomposition, say: Language, label: str, names: Names) -> Picture:
    """The waterfall as a picture with its text alternative, in a wide and a narrow drawing."""
    height = max(len(waterfall_bars(fact, one, say, names)), 2) * ROW
    alt = waterfall_alt(fact, one, say, label, names)
    return drawn((WIDE, height), lambda ax: waterfall(fact, one, ax, say, names), alt, narrow=(NARROW, height))
