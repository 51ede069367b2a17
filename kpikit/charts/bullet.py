"""The bullet graph: how much of the target is reached. The value is a solid bar, the target an outline from zero.

For a target that adds up over a span, the bar is what was achieved so far, and a tick marks where it should be today.
After the day of a target, the bar is the value of the period in which it was due.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from kpikit.charts.alternatives import bullet_alt, bullet_value, held_apart
from kpikit.charts.look import colour
from kpikit.charts.picture import Picture, inset
from kpikit.charts.reading import is_partial, number
from kpikit.charts.scale import extent
from kpikit.evaluation.facts import Fact
from kpikit.words.language import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SIZE = (120, 22)


def bullet(fact: Fact, ax: Axes) -> Axes:
    """The value of a fact against its target, both from zero; only the outline where there is no value."""
    ax.set_axis_off()
    value = number(bullet_value(fact))
    target = number(fact.target.value if fact.target else None)
    now = number(fact.target.now if fact.target else None)
    seen = [each for each in (value, target, now) if not math.isnan(each)]
    if not seen:
        return ax
    _fit(ax, min(0.0, *seen), max(0.0, *seen))
    if not math.isnan(target):
        ax.barh([0], [target], height=0.78, fc="none", ec=colour("target"), lw=1, clip_on=False, zorder=1)
    if not math.isnan(value):
        hollow = is_partial(fact.value) and not held_apart(fact)
        face = colour("surface") if hollow else colour("ink")
        ax.barh([0], [value], height=0.36, fc=face, ec=colour("ink"), lw=1 if hollow else 0, clip_on=False, zorder=2)
    goal = target if math.isnan(now) else now
    if not math.isnan(goal):
        ax.plot([goal, goal], [-0.5, 0.5], color=colour("target"), lw=2, solid_capstyle="butt", clip_on=False, zorder=3)
    return ax


def _fit(ax: Axes, low: float, high: float) -> None:
    width, _ = extent(ax)
    air = ((high - low) or 1.0) * 2 / (width - 4)
    ax.set_xlim(low - air, high + air if high > low else 1.0)
    ax.set_ylim(-0.62, 0.62)


def bullet_picture(fact: Fact, say: Language, label: str) -> Picture:
    """The bullet graph as a picture with its text alternative."""
    return inset(SIZE, lambda ax: bullet(fact, ax), bullet_alt(fact, say, label))
