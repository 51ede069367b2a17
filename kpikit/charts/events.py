"""Events in a trend: quiet upright lines with numbers above them, and the list that says what the numbers stand for.

An event of one day is one line; a longer one has a line where it begins and where it ends, and a bar between them.
Numbers that would touch are written as one, "3–5".
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import TYPE_CHECKING

from kpikit.charts.look import NOTE, colour
from kpikit.charts.markup import Html, small
from kpikit.charts.reading import drawn_events
from kpikit.charts.scale import Frame, text_width
from kpikit.evaluation.facts import Fact, Point
from kpikit.evaluation.sentences import event_details, event_words
from kpikit.plans.events import Event
from kpikit.words.language import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LANE = 16.0
"""The height of the numbers above the lines, in points."""

_BAR, _NUMBER, _GAP, _THIN = 2.5, 6.5, 4.0, 3.0


def mark_events(fact: Fact, ax: Axes, frame: Frame) -> None:
    """The lines, bars and numbers of the fact's events."""
    spans = [_span(event, fact.series.points) for event in drawn_events(fact)]
    top = frame.high + _BAR * frame.per_point
    for left, right in spans:
        short = (right - left) * frame.step < _THIN
        inside = [each for each in (left, right) if -0.5 < each < frame.right]
        for at in [(left + right) / 2] if short else inside:
            style = {"color": colour("prior"), "lw": 0.9, "ls": (0, (2, 2))}
            ax.plot([at, at], [frame.low, top], clip_on=False, zorder=0.6, **style)  # type: ignore[arg-type]
        if not short:
            ax.plot([left, right], [top, top], color=colour("prior"), lw=2.2, clip_on=False, zorder=0.6)
    for middle, text in grouped([left for left, _ in spans], frame):
        at = frame.high + _NUMBER * frame.per_point
        ax.text(middle, at, text, ha="center", va="baseline", color=colour("muted"), size=NOTE)


def _span(event: Event, points: Sequence[Point]) -> tuple[float, float]:
    """Where an event begins and ends among the points, each of which takes the step around its place.

    An event of one day is a place, in the middle of its day.
    """
    left, right = _place(event.window.start, points), _place(event.window.end, points)
    return ((left + right) / 2,) * 2 if event.window.days == 1 else (left, right)


def _place(day: date, points: Sequence[Point]) -> float:
    for index, point in enumerate(points):
        if day < point.period.end:
            return index - 0.5 + max((day - point.period.start).days, 0) / point.period.window.days
    return len(points) - 0.5


def grouped(places: Sequence[float], frame: Frame) -> list[tuple[float, str]]:
    """The numbers from 1 on at these places, with those that would touch written as one: (middle, text)."""
    groups: list[tuple[int, int]] = []
    for number in range(len(places)):
        groups.append((number, number))
        while len(groups) > 1 and _ends(groups[-2], places, frame)[1] > _ends(groups[-1], places, frame)[0]:
            last, before = groups.pop(), groups.pop()
            groups.append((before[0], last[1]))
    return [(sum(_ends(group, places, frame)) / 2, _text(group)) for group in groups]


def _ends(group: tuple[int, int], places: Sequence[float], frame: Frame) -> tuple[float, float]:
    """Where the text of a group begins and ends, with some air, inside the plot."""
    half = (text_width(_text(group), NOTE) + _GAP) / 2 / frame.step
    middle = (places[group[0]] + places[group[1]]) / 2
    middle = min(max(middle, half - 0.5), frame.right - half)
    return middle - half, middle + half


def _text(group: tuple[int, int]) -> str:
    first, last = (each + 1 for each in group)
    return str(first) if first == last else f"{first}–{last}"


def event_list(fact: Fact, say: Language) -> Html:
    """The events that the numbers in the picture stand for, with their days; empty where it has none."""
    events = drawn_events(fact)
    if not events:
        return Html("", "")
    lines = "".join(f"<li>{escape(say.own(each.what))}{small(event_details(each, say))}</li>" for each in events)
    texts = [f"{number}. {event_words(each, say)}" for number, each in enumerate(events, 1)]
    html = f'<ol class="events" aria-label="{escape(say("Events"))}">{lines}</ol>'
    return Html(html, "\n".join([f"{say('Events')}:", *texts]))
