"""What pictures and tables read out of a fact: values to draw, which way a point stands out, the range to show.

Pictures, their text alternatives and the tables beside them all ask here, so that they cannot disagree.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from kpikit.evaluation.facts import Fact, Point, Target, Value
from kpikit.evaluation.sentences import target_value
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
    """True for a value that stands on only a part of its period, or is still filling: drawn hollow everywhere."""
    unfinished = value.reason in ("incomplete", "immature") or value.covered < value.expected
    return not is_missing(value.value) and unfinished


def sense(fact: Fact, index: int) -> str | None:
    """How the point at ``index`` stands out: "good", "bad" or "neutral"; None where no rule marks it."""
    point = fact.series.points[index]
    if point.signal is None or is_missing(point.value.value):
        return None
    way = point.way * fact.better.sign
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


def judged_span(fact: Fact) -> tuple[float, float]:
    """Where the usual range lies in time: from the first point that takes part in it to the end, counted in points."""
    points = fact.series.points
    first = next((index for index, point in enumerate(points) if point.judged), 0)
    return first - 0.5, len(points) - 0.5


def capital(text: str) -> str:
    """The text with a capital at its beginning, as it stands alone in a cell."""
    return text[:1].upper() + text[1:]


def in_words(fact: Fact, value: float | None, say: Language) -> str:
    """A value of this fact with its unit."""
    return say.value(value, fact.unit, fact.currency)


def in_short(fact: Fact, value: float | None, say: Language) -> str:
    """A value of this fact in as few signs as possible, for labels in pictures."""
    return say.short(value, fact.unit, fact.currency)


def target_words(fact: Fact, say: Language) -> str:
    """The target with the side on which it is kept: "≥ 95.0%"; empty where there is none."""
    if fact.target is None or is_missing(fact.target.value):
        return ""
    side = {1: "≥ ", -1: "≤ ", 0: ""}[fact.better.sign]
    return (side if fact.target.upper is None else "") + target_value(fact, say)
