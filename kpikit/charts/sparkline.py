"""The sparkline: a history in the size of a word, with its usual range as a band and the last point marked."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from kpikit.charts.alternatives import spark_alt
from kpikit.charts.look import colour
from kpikit.charts.picture import Picture, inset, png
from kpikit.charts.reading import bands, is_partial, last_sense, numbers
from kpikit.charts.scale import extent
from kpikit.charts.trend import MARKS
from kpikit.evaluation.facts import Fact
from kpikit.words.language import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SIZE = (120, 32)


def sparkline(fact: Fact, ax: Axes) -> Axes:
    """The history of a fact as one fine line, on the scale of its judged points; nothing where there are no values."""
    ax.set_axis_off()
    values, ranges = numbers(fact.series.points), bands(fact)
    seen = _scaled_by(fact, values)
    if not seen:
        return ax
    seen += [end for band in ranges for end in (*band.lower, *band.upper)]
    _fit(ax, seen, len(values))
    for band in ranges:
        if band.lower:
            ax.fill_between(band.at, band.lower, band.upper, color=colour("band"), lw=0, clip_on=False, zorder=0)
    shown = [value if min(seen) <= value <= max(seen) else math.nan for value in values]
    ax.plot(range(len(values)), shown, color=colour("ink"), lw=1.3, clip_on=False, zorder=1)
    if not math.isnan(values[-1]):
        _last(fact, len(values) - 1, values[-1], ax)
    return ax


def _scaled_by(fact: Fact, values: list[float]) -> list[float]:
    """The judged values and the last one: opening months that are not yet meaningful do not flatten the rest."""
    judged = [value for value, point in zip(values, fact.series.points, strict=True) if point.judged]
    return [value for value in [*(judged or values), *values[-1:]] if not math.isnan(value)]


def _fit(ax: Axes, seen: list[float], count: int) -> None:
    width, height = extent(ax)
    low, high = min(seen), max(seen)
    air = ((high - low) or abs(high) or 1.0) * 5 / (height - 10)
    ax.set_ylim(low - air, high + air)
    step = (width - 8) / count
    ax.set_xlim(-0.5, -0.5 + width / step)


def _last(fact: Fact, at: int, value: float, ax: Axes) -> None:
    marker, role, _ = MARKS.get(last_sense(fact) or "", ("o", "ink", 0))
    hollow = is_partial(fact.series.points[-1].value)
    face = colour("surface") if hollow else colour(role)
    ax.plot([at], [value], marker, ms=5.5, mfc=face, mec=colour(role), mew=1.2, clip_on=False, zorder=2)


def spark_picture(fact: Fact, say: Language, label: str) -> Picture:
    """The sparkline as a picture with its text alternative."""
    return inset(SIZE, lambda ax: sparkline(fact, ax), spark_alt(fact, say, label))


def spark_png(fact: Fact) -> bytes:
    """The sparkline as a PNG on white, for mails: they show no SVG."""
    return png(SIZE, lambda ax: sparkline(fact, ax))
