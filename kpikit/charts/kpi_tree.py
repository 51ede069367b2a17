"""The KPI tree: a box for the KPI and for each part of it, joined by branches that say what the part brought.

In a box stand the name, the value, how it changed, and what that did to the KPI. The branch is the thicker the more it
did: blue where it moved the KPI the good way, orange the bad way, and the sign says which. A driver that a person has
moved has a dashed box with its other value, and so has all that follows from it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kpikit.charts.kpi_boxes import GAP, INDENT, LINE, NARROW, PAD, Box, Scene, boxes, lines_of, role_of
from kpikit.charts.look import TEXT, colour
from kpikit.charts.picture import Picture, Size, drawn
from kpikit.charts.scale import extent
from kpikit.evaluation.drivers.kpi_tree import Node

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROUNDING, THINNEST, THICKEST = 4, 1.0, 5.0


def kpi_tree(scene: Scene, ax: Axes) -> Axes:
    """The tree on ``ax``: from left to right, or one part beneath the other where there is no room for that."""
    width, height = extent(ax)
    ax.set_axis_off()
    ax.set_xlim(0, width)
    ax.set_ylim(height, 0)
    placed = boxes(scene, narrow=width <= NARROW)
    most = max((abs(box.node.effect or 0.0) for box in placed if box.above), default=0.0)
    for box in placed:
        if box.above:
            _branch(box, box.above, _thickness(box.node, most), scene, ax)
    for box in placed:
        _draw(box, ax)
    return ax


def kpi_tree_picture(scene: Scene) -> Picture:
    """The tree as a picture with its text alternative, in a wide and a narrow drawing."""
    wide, narrow = (_size(boxes(scene, each)) for each in (False, True))
    return drawn(wide, lambda ax: kpi_tree(scene, ax), kpi_tree_alt(scene), narrow)


def kpi_tree_alt(scene: Scene) -> str:
    """The tree in words: each part with its value, how it changed, and what that did to the KPI."""
    kpi, *parts = (_told(node, scene) for node in scene.tree.root.all())
    return scene.say("{label}: {members}.", label=kpi, members="; ".join(parts))


def _told(node: Node, scene: Scene) -> str:
    name, value, *rest = (line.text for line in lines_of(node, scene, math.inf))
    return ", ".join([f"{name} {value}", *rest])


def _size(placed: list[Box]) -> Size:
    return round(max(box.x + box.width for box in placed) + 1), round(max(box.y + box.height for box in placed) + 1)


def _thickness(node: Node, most: float) -> float:
    return THINNEST + (THICKEST - THINNEST) * abs(node.effect or 0.0) / (most or 1.0)


def _branch(box: Box, above: Box, thickness: float, scene: Scene, ax: Axes) -> None:
    """The way from a box to the one above it, with the sign of the formula on it."""
    beside = box.x > above.x + above.width
    end = box.y + box.height / 2
    if beside:
        start, turn = above.y + above.height / 2, above.x + above.width + GAP * 0.4
        ax.plot([above.x + above.width, turn, turn], [start, start, end], color=colour("centre"), lw=1, zorder=1)
    else:
        start, turn = above.y + above.height, above.x + INDENT * 0.4
        ax.plot([turn, turn], [start, end], color=colour("centre"), lw=1, zorder=1)
    role = role_of(box.node, scene)
    shade = colour("centre" if role == "muted" else role)
    ax.plot([turn, box.x], [end, end], color=shade, lw=thickness, solid_capstyle="butt", zorder=1.5)
    if box.sign:
        ax.text(box.x - 4, end - 8, box.sign, ha="right", va="baseline", color=colour("ink"), size=TEXT, zorder=3)


def _draw(box: Box, ax: Axes) -> None:
    edge, width, dashes = ("target", 1.6, (0, (4, 2))) if box.moved else ("prior", 1.0, "-")
    if box.above is None and not box.moved:
        edge, width = "ink", 1.6
    across, down = zip(*_round_corners(box), strict=True)
    ax.fill(across, down, fc=colour("surface"), ec=colour(edge), lw=width, ls=dashes, clip_on=False, zorder=2)
    top = box.y + (box.height - len(box.lines) * LINE) / 2
    for at, line in enumerate(box.lines):
        y = top + (at + 0.5) * LINE
        weight = "bold" if line.strong else "normal"
        ax.text(box.x + PAD, y, line.text, va="center_baseline", color=colour(line.role), size=line.size, weight=weight,
                zorder=3)  # fmt: skip


def _round_corners(box: Box) -> Iterator[tuple[float, float]]:
    """The way around a box, with a few steps at each corner."""
    for quarter, (right, low) in enumerate([(True, True), (False, True), (False, False), (True, False)]):
        x = box.x + (box.width - ROUNDING if right else ROUNDING)
        y = box.y + (box.height - ROUNDING if low else ROUNDING)
        for step in range(5):
            angle = (quarter + step / 4) * math.pi / 2
            yield x + ROUNDING * math.cos(angle), y + ROUNDING * math.sin(angle)
