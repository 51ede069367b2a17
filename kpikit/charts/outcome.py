"""The outcome of a what-if: a KPI as it is and as it would be, two bars from zero, against the line of its target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpikit.charts.look import NOTE, TEXT, colour
from kpikit.charts.picture import Picture, drawn
from kpikit.charts.scale import extent, text_width
from kpikit.evaluation.facts import Fact
from kpikit.evaluation.figures import in_words
from kpikit.evaluation.targets.usual import Aimed
from kpikit.words.language import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDE, NARROW, ROW = 640, 350, 26


def outcome_rows(fact: Fact, after: float | None, say: Language) -> list[tuple[str, float, str]]:
    """The bars as they are drawn: name, value and value as text; the second one only where something has moved."""
    rows = [(say("Now"), fact.value.value), (say("With these changes"), after)]
    return [(name, value, in_words(fact, value, say)) for name, value in rows if value is not None]


def lines(fact: Fact, aim: Aimed, say: Language) -> list[tuple[float, str]]:
    """The ends of what the target asks for, with what stands on them."""
    found = [end for end in (aim.lower, aim.upper) if end is not None]
    return [(end, say("Target {value}", value=in_words(fact, end, say))) for end in found]


def outcome(fact: Fact, after: float | None, aim: Aimed, ax: Axes, say: Language) -> Axes:
    """The bars with the line of the target through them, drawn on ``ax`` in its whole width."""
    ax.set_axis_off()
    rows, ends = outcome_rows(fact, after, say), lines(fact, aim, say)
    step = _fit(ax, rows, ends)
    for at, (name, value, text) in enumerate(rows):
        moved = at == 1
        face, edge, width = ("none", "target", 1.6) if moved else (colour("ink"), "ink", 0.0)
        dashes = (0, (3.7, 1.6)) if moved else "-"
        ax.barh([at], [value], height=0.54, fc=face, ec=colour(edge), lw=width, ls=dashes, clip_on=False)
        ax.text(ax.get_xlim()[0], at, name, va="center_baseline", color=colour("ink"), size=TEXT)
        start, room = max(value, 0.0) + 6 * step, text_width(text, strong=True) * step
        ax.barh([at], [room], height=16 / ROW, left=[start - step], fc=colour("surface"), lw=0, zorder=3.5)
        ax.text(start, at, text, va="center_baseline", color=colour("ink"), size=TEXT, weight="bold", zorder=4)
    for number, (end, text) in enumerate(ends):
        ax.plot([end, end], [-0.7, len(rows) - 0.4], color=colour("target"), lw=2, clip_on=False, zorder=3)
        left = end > sum(ax.get_xlim()) / 2 or number < len(ends) - 1
        ax.text(end + (-5 if left else 5) * step, -0.95, text, ha="right" if left else "left", va="center_baseline",
                color=colour("target"), size=NOTE)  # fmt: skip
    ax.plot([0, 0], [-0.5, len(rows) - 0.5], color=colour("prior"), lw=1, clip_on=False, zorder=3)
    return ax


def _fit(ax: Axes, rows: list[tuple[str, float, str]], ends: list[tuple[float, str]]) -> float:
    """Sets the axes so that names, bars, values and the line have their room; gives the value of one point."""
    width, _ = extent(ax)
    before = max(text_width(name) for name, _, _ in rows) + 10
    behind = max(text_width(text, strong=True) for _, _, text in rows) + 14
    seen = [value for _, value, _ in rows] + [end for end, _ in ends]
    low, high = min(0.0, *seen), max(0.0, *seen)
    step = ((high - low) or 1.0) / (width - before - behind)
    ax.set_xlim(low - before * step, low + (width - before) * step)
    ax.set_ylim(len(rows) - 0.4, -1.5)
    return step


def outcome_picture(fact: Fact, after: float | None, aim: Aimed, say: Language, label: str) -> Picture:
    """The outcome as a picture with its text alternative, in a wide and a narrow drawing."""
    rows = outcome_rows(fact, after, say)
    told = [f"{name}: {text}" for name, _, text in rows] + [text for _, text in lines(fact, aim, say)]
    height = (len(rows) + 1) * ROW
    alt = say("{label}: {members}.", label=label, members="; ".join(told))
    return drawn((WIDE, height), lambda ax: outcome(fact, after, aim, ax, say), alt, narrow=(NARROW, height))
