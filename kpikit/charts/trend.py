"""The trend: an indicator's history, held against its usual range and its target.

Solid and dark is what was measured; lighter, points that take no part in the usual range; hollow, a period that is not
complete; dashed in a hatched band, what is to come on the present course, or is missing. A blue circle is a point that
stands out for the better, an orange diamond one for the worse, a grey square one that is neither. The value axis is
chosen by the usual range and says where it does not start at zero.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from kpikit.charts.ahead import columns, coming, draw_ahead, ends, is_estimated, later, step_ends
from kpikit.charts.alternatives import trend_alt
from kpikit.charts.events import LANE, mark_events
from kpikit.charts.look import NOTE, colour
from kpikit.charts.picture import Picture, drawn
from kpikit.charts.reading import (
    BAD,
    GOOD,
    NEUTRAL,
    bands,
    drawn_events,
    is_partial,
    levels,
    numbers,
    sense,
    start_level,
)
from kpikit.charts.scale import Frame, Label, apart, dated, extent, nothing, span, text_width, ticks
from kpikit.evaluation.facts import Fact
from kpikit.evaluation.figures import in_short, on_axis
from kpikit.evaluation.targets.usual import usual_ranges
from kpikit.words.language import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDE, NARROW = (640, 270), (350, 250)
TOP, BOTTOM, AIR = 22.0, 26.0, 8.0
"""What the texts above and below the lines take (without events), and the air beside them, in points."""

MARKS = {GOOD: ("o", "good", 6.5), BAD: ("D", "bad", 6.0), NEUTRAL: ("s", "muted", 6.0)}
"""How a point stands out: marker, role of its colour, size in points."""


def trend(fact: Fact, ax: Axes, say: Language) -> Axes:
    """The history of a fact, drawn on ``ax`` in its whole width; texts and numbers as ``say`` writes them."""
    values, off = on_scale(fact)
    if all(math.isnan(value) for value in values):
        return nothing(ax, say("There are no values to draw."))
    ax.set_axis_off()
    frame = _framed(fact, values, ax, say)
    _grid(fact, ax, frame, say)
    _note(fact, off, ax, frame, say)
    _usual(fact, ax)
    mark_events(fact, ax, frame)
    _lines_of_the_plan(fact, ax, frame)
    draw_ahead(fact, values, ax)
    _history(fact, values, ax)
    _marks(fact, values, ax)
    _labels(fact, values, ax, frame, say)
    return ax


def on_scale(fact: Fact) -> tuple[list[float], list[float]]:
    """The values to draw, and those left out: not judged, and so far off that they would flatten all the others."""
    values = numbers(fact.series.points)
    judged = [point.judged for point in fact.series.points]
    kept = [value for value, counts in zip(values, judged, strict=True) if counts and not math.isnan(value)]
    if not kept:
        return values, []
    kept += values[-1:] if not math.isnan(values[-1]) else []
    low, high = 2 * min(kept) - max(kept), 2 * max(kept) - min(kept)
    far = [not counts and not low <= value <= high for value, counts in zip(values, judged, strict=True)]
    off = [value for value, out in zip(values, far, strict=True) if out and not math.isnan(value)]
    return [math.nan if out else value for value, out in zip(values, far, strict=True)], off


def _framed(fact: Fact, values: list[float], ax: Axes, say: Language) -> Frame:
    width, height = extent(ax)
    usual = (end for each in usual_ranges(fact) for end in each or ())
    shown = [*values, *usual, *_plan_levels(fact), *ends(fact)]
    shown += [end for _, end in step_ends(fact)]
    low, high = span(shown)
    marks = ticks(low, high, 5)
    written = on_axis(fact, marks, say)
    left = max(text_width(each) for each in [*written, ""]) + AIR
    labels = _wanted(fact, values, say)
    right = AIR + max((text_width(each.text, each.size, each.strong) for each in labels), default=0.0)
    places = len(values) + columns(fact)
    step = max(width - left - right, width / 4) / places
    ax.set_xlim(-0.5 - left / step, -0.5 + (width - left) / step)
    top = TOP + (LANE if drawn_events(fact) else 0)
    per_point = (high - low) / (height - top - BOTTOM)
    ax.set_ylim(low - BOTTOM * per_point, high + top * per_point)
    return Frame(low, high, marks, written, step, per_point, places - 0.5, top)


def _plan_levels(fact: Fact) -> list[float]:
    start = start_level(fact.target)
    return levels(fact.target) + ([] if start is None else [start])


def _grid(fact: Fact, ax: Axes, frame: Frame, say: Language) -> None:
    left = ax.get_xlim()[0]
    for at, text in zip(frame.ticks, frame.written, strict=True):
        role = "line" if at else "prior"
        ax.plot([left, frame.right], [at, at], color=colour(role), lw=0.8, clip_on=False, zorder=0.7)
        ax.text(left, at + 3.5 * frame.per_point, text, va="baseline", color=colour("muted"), size=NOTE)
    periods = [*(point.period for point in fact.series.points), *later(fact)]
    texts = [say.period(period, brief=True) for period in periods]
    room = max(text_width(text, NOTE) for text in texts) + 3 * AIR
    for index in dated(periods, max(1, int(len(periods) * frame.step / room))):
        at = max(index, left + (room / 2 - 1.5 * AIR) / frame.step)
        base = frame.low - 17 * frame.per_point
        ax.text(at, base, texts[index], ha="center", va="baseline", color=colour("muted"), size=NOTE)
        tick = [frame.low, frame.low - 4 * frame.per_point]
        ax.plot([index, index], tick, color=colour("prior"), lw=0.8, clip_on=False)


def _note(fact: Fact, off: list[float], ax: Axes, frame: Frame, say: Language) -> None:
    """What the scale leaves out, said above the lines."""
    notes = [say("The axis does not start at zero.")] if frame.low > 0 or frame.high < 0 else []
    if off:
        ends = dict.fromkeys(in_short(fact, end, say) for end in (min(off), max(off)))
        notes.append(say("Off the scale: {value}", value=" – ".join(ends)))
    at = frame.high + (frame.top - 12) * frame.per_point
    ax.text(-0.5, at, " ".join(notes), va="baseline", color=colour("muted"), size=NOTE)


def _usual(fact: Fact, ax: Axes) -> None:
    """The band of the usual range and its centre, which may differ from point to point; a thin line where they begin
    anew."""
    for band in bands(fact):
        if band.lower:
            ax.fill_between(band.at, band.lower, band.upper, color=colour("band"), lw=0, clip_on=False, zorder=0.5)
        ax.plot(band.at, band.centre, color=colour("centre"), lw=1, clip_on=False, zorder=1)
        if band.rebased:
            ends = list(ax.get_ylim())
            ax.plot([band.at[0]] * 2, ends, color=colour("prior"), lw=0.8, ls=(0, (2, 2)), clip_on=False, zorder=0.9)


def _lines_of_the_plan(fact: Fact, ax: Axes, frame: Frame) -> None:
    baseline = start_level(fact.target)
    ends = [-0.5, frame.right]
    if baseline is not None:
        ax.plot(ends, [baseline] * 2, color=colour("baseline"), lw=1, ls=(0, (1, 3)), clip_on=False, zorder=1.5)
    for at, target in step_ends(fact):
        ax.plot([at - 0.5, at + 0.5], [target] * 2, color=colour("target"), lw=1.3, clip_on=False, zorder=1.6)
    for target in levels(fact.target):
        ax.plot(ends, [target] * 2, color=colour("target"), lw=1.3, ls=(0, (6, 3)), clip_on=False, zorder=1.6)


def _history(fact: Fact, values: list[float], ax: Axes) -> None:
    """All points in a light line, and over it those that count in a dark one; a lone point becomes a dot."""
    solid = _solid(fact, values)
    if any(math.isnan(dark) != math.isnan(value) for dark, value in zip(solid, values, strict=True)):
        ax.plot(range(len(values)), values, color=colour("prior"), lw=1.3, clip_on=False, zorder=2, label="all")
    ax.plot(range(len(values)), solid, color=colour("ink"), lw=1.8, clip_on=False, zorder=3, label="judged")
    for index, value in enumerate(values):
        lone = all(math.isnan(each) for each in values[max(index - 1, 0) : index] + values[index + 1 : index + 2])
        if lone and not math.isnan(value):
            role = "prior" if math.isnan(solid[index]) else "ink"
            ax.plot([index], [value], "o", ms=4, mew=0, color=colour(role), clip_on=False, zorder=3)


def _solid(fact: Fact, values: list[float]) -> list[float]:
    """The values that are drawn dark: complete, and judged (where any point is)."""
    points = fact.series.points
    anyone = any(point.judged for point in points)
    counts = [(point.judged or not anyone) and not is_partial(point.value) for point in points]
    return [value if count else math.nan for value, count in zip(values, counts, strict=True)]


def _marks(fact: Fact, values: list[float], ax: Axes) -> None:
    """Markers only where there is something to say: points that stand out, hollow ones, and the last one."""
    for index, point in enumerate(fact.series.points):
        how, last = sense(fact, index), index == len(values) - 1
        if math.isnan(values[index]) or not (how or last or is_partial(point.value)):
            continue
        marker, role, size = MARKS[how] if how else ("o", "ink", 6.0)
        hollow = is_partial(point.value)
        face, edge = (colour("surface"), colour(role)) if hollow else (colour(role), colour("surface"))
        style = {"ms": size + 1.5 * last, "mfc": face, "mec": edge, "mew": 1.6 if hollow else 1.2}
        ax.plot([index], [values[index]], marker, clip_on=False, zorder=4, **style)  # type: ignore[arg-type]


def _wanted(fact: Fact, values: list[float], say: Language) -> list[Label]:
    """The texts at the right end of the lines."""
    baseline, limits = start_level(fact.target), fact.series.limits
    labels = []
    if not math.isnan(values[-1]):
        text = in_short(fact, values[-1], say)
        text = say("{value} so far", value=text) if is_partial(fact.series.points[-1].value) else text
        text = say("Now {value}", value=text) if columns(fact) else text
        how = sense(fact, len(values) - 1)
        labels.append(Label(values[-1], text, MARKS[how][1] if how else "ink", strong=True))
    targets = [*levels(fact.target), *(target for _, target in step_ends(fact)[-1:])]
    for last in coming(fact)[-1:]:
        text = say("Estimate {value}") if is_estimated(fact, last) else say("Forecast {value}")
        labels.append(Label(last.middle, text.format(value=in_short(fact, last.middle, say)), "muted"))
    labels += [Label(each, say("Target {value}", value=in_short(fact, each, say)), "target") for each in targets]
    if baseline is not None:
        labels.append(Label(baseline, say("Baseline {value}", value=in_short(fact, baseline, say)), "baseline"))
    if limits is not None:
        text = say("Trial range") if limits.trial else say("Usual range")
        labels.append(Label(limits.centre, text, "muted"))
    centre = fact.series.points[-1].centre
    if fact.series.chart.kind == "run" and centre is not None:
        labels.append(Label(centre, say("The median"), "muted"))
    return labels


def _labels(fact: Fact, values: list[float], ax: Axes, frame: Frame, say: Language) -> None:
    labels = _wanted(fact, values, say)
    places = apart([label.at for label in labels], 15.5 * frame.per_point, frame.low, frame.high)
    for label, place in zip(labels, places, strict=True):
        ax.text(
            frame.right + AIR / frame.step,
            place - 4.2 * frame.per_point,
            label.text,
            va="baseline",
            color=colour(label.role),
            size=label.size,
            weight="bold" if label.strong else "normal",
        )


def trend_picture(fact: Fact, say: Language, label: str) -> Picture:
    """The trend as a picture with its text alternative, in a wide and a narrow drawing."""
    places = list[tuple[float, ...]]()

    def draw(ax: Axes) -> None:
        left, right = trend(fact, ax, say).get_xlim()
        places.append(tuple(round((at - left) / (right - left), 4) for at in range(len(fact.series.points))))

    picture = drawn(WIDE, draw, trend_alt(fact, say, label), narrow=NARROW)
    has_points = any(not math.isnan(value) for value in numbers(fact.series.points))
    return replace(picture, places=tuple(places) if has_points else ())
