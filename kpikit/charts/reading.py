"""What pictures and tables read out of a fact: values to draw, which way a point stands out, the range to show.

Pictures, their text alternatives and the tables beside them all ask here, so that they cannot disagree.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain

from kpikit.evaluation.facts import Fact, Point, Target, Value
from kpikit.evaluation.sentences import target_value
from kpikit.evaluation.targets.usual import usual_ranges
from kpikit.evaluation.values import PARTLY_KNOWN
from kpikit.plans.events import Event
from kpikit.words.formats import is_missing
from kpikit.words.language import Language

GOOD, BAD, NEUTRAL = "good", "bad", "neutral"
"""How a point that stands out is meant: better, worse, or only different."""


def number(value: float | None) -> float:
    """The number to draw: NaN where there is none, so that lines leave a gap."""
    return math.nan if value is None or is_missing(value) else float(value)


def numbers(points: Sequence[Point]) -> list[float]:
    """The values of the points in their order; NaN where one is missing."""
    return [number(point.value.value) for point in points]


def drawn_events(fact: Fact) -> tuple[Event, ...]:
    """The events that a trend shows: none where it has no values."""
    return fact.events if any(not math.isnan(each) for each in numbers(fact.series.points)) else ()


def is_partial(value: Value) -> bool:
    """True for a value that stands on only a part of its period, is still filling, or was not measured soundly: drawn
    hollow everywhere."""
    unfinished = value.reason in PARTLY_KNOWN or value.covered < value.expected
    return not is_missing(value.value) and unfinished


def sense(fact: Fact, index: int) -> str | None:
    """How the point at ``index`` stands out: "good", "bad" or "neutral"; None where no rule marks it."""
    point = fact.series.points[index]
    if point.signal is None or is_missing(point.value.value):
        return None
    way = point.way * fact.way
    return GOOD if way > 0 else (BAD if way < 0 else NEUTRAL)


def last_sense(fact: Fact) -> str | None:
    """How the period itself stands out; None where it is as usual, or has no points."""
    return sense(fact, len(fact.series.points) - 1) if fact.series.points else None


def levels(target: Target | None) -> list[float]:
    """The target as lines among single periods: one, or the two ends of a range.

    Empty for a sum over a longer span, which is not comparable with a period, and for one that changes by period.
    """
    if target is None or target.kind == "cumulative" or target.steps:
        return []
    return [each for each in (target.value, target.upper) if each is not None and not is_missing(each)]


def start_level(target: Target | None) -> float | None:
    """The baseline as a line among single periods; None where there is none to draw."""
    return None if target is None or target.kind == "cumulative" or is_missing(target.baseline) else target.baseline


@dataclass
class Band:
    """A part of the usual range without a gap, as the corners of its lines; ``at`` is counted in points.

    ``lower`` and ``upper`` are empty on a run chart; ``rebased``: the plan lets limits begin anew here.
    """

    rebased: bool
    at: list[float] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    centre: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)

    def add(self, at: float, between: tuple[float, float] | None, centre: float) -> None:
        """One more corner; a level that goes on has no corners in between."""
        low, high = between or (None, None)
        for each, line in ((self.at, at), (self.centre, centre), (self.lower, low), (self.upper, high)):
            if line is not None:
                each.append(line)
        if len(self.at) > 2 and all(len(set(line[-3:])) <= 1 for line in (self.lower, self.centre, self.upper)):
            for each in (self.at, self.centre, self.lower, self.upper):
                del each[-2:-1]


def bands(fact: Fact) -> list[Band]:
    """The usual range in time: a band for each segment, and a further one after a gap.

    It is a level around each point; where it follows a season or trend, a line from point to point.
    """
    chart, ranges, points = fact.series.chart, usual_ranges(fact), fact.series.points
    starts = {segment.start: bool(segment.rebase) for segment in chart.segments}
    lined = [at for at, point in enumerate(points) if point.centre is not None]
    found: list[Band] = []
    for at in lined:
        first = at - 1 not in lined or points[at].period in starts
        last = at + 1 not in lined or points[at + 1].period in starts
        if first:
            found.append(Band(starts.get(points[at].period, False)))
        ends = [-0.5] * (first or not chart.follows), [0.0] * bool(chart.follows), [0.5] * (last or not chart.follows)
        for off in chain(*ends):
            found[-1].add(at + off, ranges[at], points[at].centre or 0.0)
    return found


def capital(text: str) -> str:
    """The text with a capital at its beginning, as it stands alone in a cell."""
    return text[:1].upper() + text[1:]


def target_words(fact: Fact, say: Language) -> str:
    """The target with the side on which it is kept: "≥ 95.0%"; empty where there is none."""
    if fact.target is None or is_missing(fact.target.value):
        return ""
    side = {1: "≥ ", -1: "≤ ", 0: ""}[fact.better.sign]
    return (side if fact.target.upper is None else "") + target_value(fact, say)
