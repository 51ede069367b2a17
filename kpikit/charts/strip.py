"""The strip: a value beside those of others, one line for each, on one scale.

The client's own value is a solid dot; its earlier one is lighter. The others of its segment are a band over their
middle half with a line in it, never single values. What was entered is an outline, as all that is not measured here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpikit.charts.look import TEXT, colour
from kpikit.charts.picture import Picture, drawn
from kpikit.charts.reading import capital
from kpikit.charts.scale import cut, extent, nothing, text_width
from kpikit.evaluation.facts import Fact
from kpikit.evaluation.figures import in_words
from kpikit.plans.benchmarks import KINDS
from kpikit.words.language import Language
from kpikit.words.periods import COMPARISONS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDE, NARROW, ROW = 640, 350, 26


@dataclass(frozen=True)
class Mark:
    """A line of the strip: its name, its value, how it is drawn ("own", "earlier", "peers", "entered"), and a band."""

    name: str
    value: float
    kind: str
    band: tuple[float, float] | None = None


def marks(fact: Fact, say: Language, label: str) -> list[Mark]:
    """The lines as they are drawn; empty where there is nobody to compare with."""
    peers = fact.peers
    others = []
    if peers and peers.middle is not None:
        band = None if peers.low is None or peers.high is None else (peers.low, peers.high)
        name = say("Middle of {number} others", number=say.count(peers.number))
        others.append(Mark(name, peers.middle, "peers", band))
    for each in fact.benchmarks:
        name = f"{say.own(each.benchmark.name)} ({say(KINDS[each.benchmark.kind])})"
        others.append(Mark(name, each.benchmark.value, "entered"))
    if not others or fact.value.value is None:
        return []
    earlier = [
        Mark(capital(say(COMPARISONS[each.against].label)), each.base, "earlier")
        for each in fact.changes
        if each.base is not None and each.absolute is not None
    ]
    return [Mark(label, fact.value.value, "own"), *others, *earlier]


def strip(fact: Fact, ax: Axes, say: Language, label: str) -> Axes:
    """A fact beside others, drawn on ``ax`` in its whole width."""
    lines = marks(fact, say, label)
    if not lines:
        return nothing(ax, say("There are no values to draw."))
    ax.set_axis_off()
    room = _fit(ax, fact, lines, say)
    left, right = ax.get_xlim()
    for row, mark in enumerate(lines):
        strong = "bold" if mark.kind == "own" else "normal"
        name = cut(mark.name, room, strong=mark.kind == "own")
        ax.text(left, row, name, va="center_baseline", color=colour("ink"), size=TEXT, weight=strong)
        _draw(ax, row, mark)
        text = in_words(fact, mark.value, say)
        ax.text(right, row, text, ha="right", va="center_baseline", color=colour("ink"), size=TEXT, weight=strong)
    own = lines[0].value
    ax.plot([own, own], [0, len(lines) - 0.6], color=colour("centre"), lw=0.8, clip_on=False, zorder=1)
    return ax


def _draw(ax: Axes, row: int, mark: Mark) -> None:
    if mark.band:
        low, high = mark.band
        ax.barh([row], [high - low], left=[low], height=0.5, fc=colour("prior"), lw=0, clip_on=False, zorder=1.5)
    if mark.kind == "peers":
        ax.plot([mark.value] * 2, [row - 0.25, row + 0.25], color=colour("ink"), lw=1.8, clip_on=False, zorder=2)
    elif mark.kind == "entered":
        edge = {"mfc": colour("surface"), "mec": colour("target"), "mew": 1.4}
        ax.plot([mark.value], [row], "D", ms=6, clip_on=False, zorder=3, **edge)  # type: ignore[arg-type]
    else:
        role, size = ("ink", 8) if mark.kind == "own" else ("prior", 6)
        ax.plot([mark.value], [row], "o", ms=size, mfc=colour(role), mew=0, clip_on=False, zorder=3)


def _fit(ax: Axes, fact: Fact, lines: Sequence[Mark], say: Language) -> float:
    """Sets the axes so that names, marks and values have their room; gives the room of the names."""
    width, _ = extent(ax)
    before = min(max(text_width(mark.name, strong=mark.kind == "own") for mark in lines) + 18, width * 0.5)
    behind = min(max(text_width(in_words(fact, mark.value, say), strong=True) for mark in lines) + 18, width * 0.3)
    ends = [end for mark in lines for end in (mark.value, *(mark.band or ()))]
    low, high = min(ends), max(ends)
    step = ((high - low) or abs(high) or 1.0) / (width - before - behind)
    ax.set_xlim(low - before * step, low + (width - before) * step)
    ax.set_ylim(len(lines) - 0.5, -0.5)
    return before - 18


def strip_alt(fact: Fact, say: Language, label: str) -> str:
    """The strip in words: each line with its value, and the band of the others."""
    lines = marks(fact, say, label)
    if not lines:
        return say("{label}: there are no values to draw.", label=label)
    return say("{label}: {members}.", label=label, members="; ".join(_told(fact, mark, say) for mark in lines[1:]))


def _told(fact: Fact, mark: Mark, say: Language) -> str:
    text = f"{mark.name} {in_words(fact, mark.value, say)}"
    if mark.band is None:
        return text
    return f"{text} ({' – '.join(in_words(fact, end, say) for end in mark.band)})"


def strip_picture(fact: Fact, say: Language, label: str) -> Picture:
    """The strip as a picture with its text alternative, in a wide and a narrow drawing."""
    height = max(len(marks(fact, say, label)), 2) * ROW
    return drawn((WIDE, height), lambda ax: strip(fact, ax, say, label), strip_alt(fact, say, label), (NARROW, height))
