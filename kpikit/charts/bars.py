"""Bars of members: what each member of a dimension contributed in the period, top to bottom, from zero."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from kpikit.charts.alternatives import Names, bars_alt, member_name, rest_words
from kpikit.charts.look import NOTE, TEXT, colour
from kpikit.charts.picture import Picture, drawn
from kpikit.charts.reading import is_partial, number
from kpikit.charts.scale import extent, nothing, text_width
from kpikit.evaluation.codes import REASONS
from kpikit.evaluation.facts import Fact, Part
from kpikit.evaluation.figures import in_short
from kpikit.words.language import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDE, NARROW, ROW = 640, 350, 26
MOST, LONGEST = 12, 30
"""So many bars, and so many letters of a member's name, before the rest is summed up or cut."""


def members(fact: Fact, dimension: str | None = None) -> tuple[Part, ...]:
    """The parts of one dimension (the first, unless named) as they are drawn: the largest ones, from the top."""
    name = dimension or (fact.parts[0].dimension if fact.parts else None)
    parts = (part for part in fact.parts if part.dimension == name)
    return tuple(sorted(parts, key=_size, reverse=True)[:MOST])


def _size(part: Part) -> float:
    value = number(part.value.value)
    return -math.inf if math.isnan(value) else value


def bars(fact: Fact, ax: Axes, say: Language, names: Names = member_name, dimension: str | None = None) -> Axes:
    """One bar for each member of a dimension, with its name before it and its value behind it."""
    parts = members(fact, dimension)
    values = [number(part.value.value) for part in parts]
    if not parts:
        return nothing(ax, say("There are no values to draw."))
    ax.set_axis_off()
    texts = [_written(fact, part, say) for part in parts]
    called = [_cut(names(part)) for part in parts]
    step = _fit(ax, values, called, texts)
    for row, (part, name, value, text) in enumerate(zip(parts, called, values, texts, strict=True)):
        size = 0.0 if math.isnan(value) else value
        hollow = is_partial(part.value)
        face = colour("surface") if hollow else colour("ink")
        ax.barh([row], [size], height=0.54, fc=face, ec=colour("ink"), lw=1 if hollow else 0, clip_on=False)
        ax.text(ax.get_xlim()[0], row, name, va="center_baseline", color=colour("ink"), size=TEXT)
        quiet = math.isnan(value)
        ax.text(
            max(size, 0.0) + 6 * step,
            row,
            text,
            va="center_baseline",
            color=colour("muted" if quiet else "ink"),
            size=NOTE if quiet else TEXT,
        )
    ax.plot([0, 0], [-0.5, len(parts) - 0.5], color=colour("prior"), lw=1, clip_on=False, zorder=3)
    if rest := rest_words(fact, parts, say):
        ax.set_ylim(len(parts) + 0.5, -0.5)
        ax.text(ax.get_xlim()[0], len(parts), rest, va="center_baseline", color=colour("muted"), size=NOTE)
    return ax


def _written(fact: Fact, part: Part, say: Language) -> str:
    if math.isnan(number(part.value.value)):
        return say(REASONS.get(part.value.reason or "", REASONS["no_data"]))
    return in_short(fact, part.value.value, say)


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"


def _fit(ax: Axes, values: list[float], names: list[str], texts: list[str]) -> float:
    """Sets the axes so that names, bars and values have their room; gives the value of one point on the page."""
    width, _ = extent(ax)
    before = min(max(text_width(name) for name in names) + 10, width * 0.45)
    behind = min(max(text_width(text) for text in texts) + 10, width * 0.4)
    seen = [value for value in values if not math.isnan(value)] or [0.0]
    low, high = min(0.0, *seen), max(0.0, *seen)
    step = ((high - low) or 1.0) / (width - before - behind)
    ax.set_xlim(low - before * step, low + (width - before) * step)
    ax.set_ylim(len(values) - 0.5, -0.5)
    return step


def bars_picture(
    fact: Fact, say: Language, label: str, names: Names = member_name, dimension: str | None = None
) -> Picture:
    """The bars as a picture with its text alternative, in a wide and a narrow drawing."""
    parts = members(fact, dimension)
    height = (max(len(parts), 2) + bool(rest_words(fact, parts, say))) * ROW
    alt = bars_alt(fact, parts, say, label, names)
    return drawn((WIDE, height), lambda ax: bars(fact, ax, say, names, dimension), alt, narrow=(NARROW, height))
