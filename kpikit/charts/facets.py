"""Histories of members: a small line for each member of a dimension, all on one scale, so that they can be compared."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kpikit.charts.alternatives import Names, member_name
from kpikit.charts.bars import members
from kpikit.charts.look import NOTE, TEXT, colour
from kpikit.charts.picture import Picture, drawn
from kpikit.charts.reading import capital
from kpikit.charts.scale import cut, extent, nothing, span, text_width
from kpikit.evaluation.facts import Fact, Part
from kpikit.evaluation.figures import in_short
from kpikit.words.language import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDE, NARROW = 640, 350
LEAST, HEAD, MORE, LINE, AIR = 165, 18, 16, 40, 16
"""The least width of a cell; the height of its text, of a second line of it, of its line, and of the air around it."""

Histories = Mapping[str, Sequence[float]]
"""Member -> its values, as many as the fact's series has points; NaN where there is none."""


def facets(
    fact: Fact, histories: Histories, ax: Axes, say: Language, dimension: str, names: Names = member_name
) -> Axes:
    """A cell for each member: its name, its last value, and its line over the periods of the fact's series."""
    width, height = extent(ax)
    ax.set_axis_off()
    ax.set_xlim(0, width)
    ax.set_ylim(height, 0)
    parts = _drawn(fact, histories, dimension)
    if not parts:
        return nothing(ax, say("There are no values to draw."))
    scale = _scale(parts, histories)
    columns, room, head = _columns(width), _room(width), _head(fact, parts, width, names, say)
    for at, part in enumerate(parts):
        row, column = divmod(at, columns)
        x, y = column * (room + AIR), row * (head + LINE + AIR)
        _texts(fact, part, ax, (x, y), room, head, names, say)
        _line(histories[part.member], ax, (x, y + head), room, scale)
    ax.text(0, height - 4, _note(fact, scale, say), va="baseline", color=colour("muted"), size=NOTE)
    return ax


def facets_picture(
    fact: Fact, histories: Histories, say: Language, label: str, dimension: str, names: Names = member_name
) -> Picture:
    """The histories as a picture with its text alternative, in a wide and a narrow drawing."""
    parts = _drawn(fact, histories, dimension)
    rows = {width: max(-(-len(parts) // _columns(width)), 1) for width in (WIDE, NARROW)}
    sizes = [(width, number * (_head(fact, parts, width, names, say) + LINE + AIR) + HEAD)
             for width, number in rows.items()]  # fmt: skip
    alt = facets_alt(fact, histories, say, label, dimension, names)
    return drawn(sizes[0], lambda ax: facets(fact, histories, ax, say, dimension, names), alt, narrow=sizes[1])


def facets_alt(
    fact: Fact, histories: Histories, say: Language, label: str, dimension: str, names: Names = member_name
) -> str:
    """The histories in words: of each member the lowest, the highest and the last value."""
    parts = _drawn(fact, histories, dimension)
    if not parts:
        return say("There are no values to draw.")
    told = [_told(fact, part, histories[part.member], names, say) for part in parts]
    return say("{label}: {members}.", label=f"{label}, {_span(fact, say)}", members="; ".join(told))


def _drawn(fact: Fact, histories: Histories, dimension: str) -> list[Part]:
    """The members that bars show, too, as far as they have a history."""
    return [part for part in members(fact, dimension) if any(map(math.isfinite, histories.get(part.member, ())))]


def _columns(width: float) -> int:
    return max(int((width + AIR) // (LEAST + AIR)), 1)


def _room(width: float) -> float:
    """The width of a cell."""
    columns = _columns(width)
    return (width - AIR * (columns - 1)) / columns


def _head(fact: Fact, parts: Sequence[Part], width: float, names: Names, say: Language) -> int:
    """The height of the cells' texts: two lines where a name has no room beside its value."""
    needed = (text_width(names(part)) + text_width(_value(fact, part, say), strong=True) + 8 for part in parts)
    return HEAD + MORE * (max(needed, default=0.0) > _room(width))


def _value(fact: Fact, part: Part, say: Language) -> str:
    return in_short(fact, part.value.value, say)


def _scale(parts: Sequence[Part], histories: Histories) -> tuple[float, float]:
    return span([value for part in parts for value in histories[part.member]])


def _span(fact: Fact, say: Language) -> str:
    first, last = (fact.series.points[at].period for at in (0, -1))
    return f"{capital(say.period(first))} – {say.period(last)}"


def _note(fact: Fact, scale: tuple[float, float], say: Language) -> str:
    low, high = (in_short(fact, end, say) for end in scale)
    return say("{span}; each line from {low} at the bottom to {high} at the top", span=_span(fact, say), low=low,
               high=high)  # fmt: skip


def _told(fact: Fact, part: Part, values: Sequence[float], names: Names, say: Language) -> str:
    seen = [value for value in values if math.isfinite(value)]
    low, high, last = (in_short(fact, value, say) for value in (min(seen), max(seen), seen[-1]))
    return say("{member} {low} to {high}, last {value}", member=names(part), low=low, high=high, value=last)


def _texts(
    fact: Fact, part: Part, ax: Axes, place: tuple[float, float], room: float, head: int, names: Names, say: Language
) -> None:
    """A member's name, and its last value beside it, or beneath it where all have two lines."""
    x, y = place
    value, two = _value(fact, part, say), head > HEAD
    ax.text(x, y + 12, cut(names(part), room), va="baseline", color=colour("ink"), size=TEXT)
    at, side = (x, "left") if two else (x + room, "right")
    ax.text(at, y + head - 6, value, ha=side, va="baseline", color=colour("ink"), size=TEXT, weight="bold")


def _line(
    values: Sequence[float], ax: Axes, place: tuple[float, float], room: float, scale: tuple[float, float]
) -> None:
    """A member's values from left to right; one with none beside it is a dot."""
    (x, y), (low, high) = place, scale
    down = [y + LINE * (1 - (each - low) / ((high - low) or 1.0)) for each in values]
    across = [x + room * (at + 0.5) / len(values) for at in range(len(values))]
    ax.plot([x, x + room], [y + LINE] * 2, color=colour("line"), lw=1, zorder=0)
    ax.plot(across, down, color=colour("ink"), lw=1.3, zorder=1)
    for at, each in enumerate(down):
        alone = all(math.isnan(near) for near in down[max(at - 1, 0) : at] + down[at + 1 : at + 2])
        if not math.isnan(each) and (alone or at == len(down) - 1):
            ax.plot([across[at]], [each], "o", ms=4, mew=0, color=colour("ink"), zorder=2)
