"""`Points`: a page with a picture in it whose points can be picked, by mouse and by keyboard.

The picture is the one that reports show; a button lies over each of its points. The tabulator comes to one of them,
arrows go on from there, Enter picks. The browser's part, ``points.js``, comes with the widget and asks no host.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget
import traitlets

from kpikit.workspace.explore.explore import Exploration

HERE = Path(__file__).parent


class Points(anywidget.AnyWidget):
    """``value`` is the HTML of the page, ``picked`` the key of a point, ``details`` the HTML of what is behind it."""

    _esm = HERE / "points.js"
    _css = HERE / "points.css"

    value = traitlets.Unicode().tag(sync=True)
    details = traitlets.Unicode().tag(sync=True)
    picked = traitlets.Unicode().tag(sync=True)
    label = traitlets.Unicode().tag(sync=True)
    points: Any = traitlets.List().tag(sync=True)

    def __init__(self, label: str) -> None:
        super().__init__(label=label)
        self._drawn: tuple[Exploration | None, str] = (None, "")

    def draw(self, shown: Exploration) -> None:
        """Show an exploration, with its points to pick from; nothing is done where it is shown already."""
        if self._drawn[0] is shown and self._drawn[1] == self.value:
            return
        wide, narrow = shown.trend.places or ((), ())
        named = zip(shown.fact.series.points, wide, narrow, strict=bool(wide))
        self.points = [
            {"key": point.period.key, "text": shown.point_words(point), "wide": at, "narrow": small}
            for point, at, small in named
        ]
        self.value = shown.shown().html
        self._drawn = shown, self.value
