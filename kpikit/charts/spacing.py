"""Rare events by what lies between them (t and g charts): a bar for each gap, where the event was that ended it.

Longer bars are fewer events. The band is their usual range and the line its centre; both begin anew, at a thin line,
where the plan says so. A hollow bar is still open: nothing has happened since. Bars that stand out have the colours and
marks of the trend above.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpikit.charts.look import NOTE, TEXT, colour
from kpikit.charts.picture import Picture, drawn
from kpikit.charts.reading import sense
from kpikit.charts.scale import extent, text_width, ticks
from kpikit.charts.trend import AIR, MARKS
from kpikit.evaluation.facts import Fact
from kpikit.evaluation.signals.lines import Spacing
from kpikit.evaluation.signals.words import spaced_words, unit_between
from kpikit.words.language import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDE, NARROW = (640, 180), (350, 170)
TOP, BOTTOM, BAR = 22.0, 24.0, 0.56


def spacing(fact: Fact, found: Spacing, ax: Axes, say: Language) -> Axes:
    """The gaps on ``ax`` in its whole width, oldest first."""
    ax.set_axis_off()
    width, height = extent(ax)
    limits, values = found.limits, [gap.value for gap in found.gaps]
    tops = [each.limits.upper for each in fact.series.chart.segments if each.limits]
    high = max([*values, *tops, 1.0]) * 1.08
    marks = ticks(0, high, 4)
    written = [say.number(each) for each in marks]
    name = "" if limits is None else say("Trial range") if limits.trial else say("Usual range")
    right = 2 * AIR + text_width(name)
    left = max(text_width(each, NOTE) for each in written) + AIR
    step = (width - left - right) / len(values)
    per_point = high / (height - TOP - BOTTOM)
    ax.set_xlim(-0.5 - left / step, len(values) - 0.5 + right / step)
    ax.set_ylim(-BOTTOM * per_point, high + TOP * per_point)
    ends = [-0.5, len(values) - 0.5]
    for at, text in zip(marks, written, strict=True):
        ax.plot(ends, [at, at], color=colour("line" if at else "prior"), lw=0.8, zorder=0.7)
        ax.text(ends[0] - AIR / 2 / step, at, text, ha="right", va="center_baseline", color=colour("muted"), size=NOTE)
    _bands(fact, found, ax)
    if limits:
        ax.text(ends[1] + AIR / step, limits.centre, name, va="center_baseline", color=colour("muted"), size=TEXT)
    ax.text(ends[0], high + (TOP - 14) * per_point, unit_between(found, say), color=colour("muted"), size=NOTE)
    _bars(fact, found, ax)
    _dates(found, ax, step, per_point, say)
    return ax


def _bands(fact: Fact, found: Spacing, ax: Axes) -> None:
    """The usual range of each segment's gaps, and a thin line where the limits begin anew."""
    left = -0.5
    for segment in fact.series.chart.segments:
        right = left + sum(segment.start.start <= gap.period.start <= segment.end.start for gap in found.gaps)
        if segment.rebase:
            ends = [0.0, ax.get_ylim()[1]]
            ax.plot([left] * 2, ends, color=colour("prior"), lw=0.8, ls=(0, (2, 2)), clip_on=False, zorder=0.9)
        if limits := segment.limits:
            ends = [left, right]
            ax.fill_between(ends, [limits.lower] * 2, [limits.upper] * 2, color=colour("band"), lw=0, zorder=0.5)
            ax.plot(ends, [limits.centre] * 2, color=colour("centre"), lw=1, zorder=1)
        left = right


def _bars(fact: Fact, found: Spacing, ax: Axes) -> None:
    places = {point.period: at for at, point in enumerate(fact.series.points)}
    for at, gap in enumerate(found.gaps):
        how = sense(fact, places[gap.period])
        face = colour("surface" if gap.open else MARKS[how][1] if how else "centre")
        across = (at - BAR / 2, at + BAR / 2, at + BAR / 2, at - BAR / 2)
        edge = colour("ink") if gap.open else "none"
        ax.fill(across, (0, 0, gap.value, gap.value), fc=face, ec=edge, lw=float(gap.open), zorder=2)
        if how:
            marker, role, size = MARKS[how]
            ax.plot([at], [gap.value], marker, ms=size, mfc=colour(role), mec=colour("surface"), zorder=3)


def _dates(found: Spacing, ax: Axes, step: float, per_point: float, say: Language) -> None:
    texts = [say.period(gap.period, brief=True) for gap in found.gaps]
    room = max(text_width(text, NOTE) for text in texts) + AIR
    most = max(1, int(len(texts) * step / room))
    every = -(-len(texts) // most)
    for at in range(len(texts) - 1, -1, -every):
        ax.text(at, -15 * per_point, texts[at], ha="center", color=colour("muted"), size=NOTE)


def spacing_picture(fact: Fact, say: Language) -> Picture | None:
    """The gaps as a picture with its text alternative; None for all but rare events, and where there are no gaps."""
    found = fact.series.chart.spacing
    if found is None or not found.gaps:
        return None
    listed = ", ".join(say.number(gap.value) for gap in found.gaps)
    alt = f"{spaced_words(found, say)} ({listed})"
    return drawn(WIDE, lambda ax: spacing(fact, found, ax, say), alt, narrow=NARROW)
