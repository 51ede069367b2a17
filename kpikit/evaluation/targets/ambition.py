"""A target that asks for more than the average, and lies inside what the process can do; and how a plan writes it."""

from __future__ import annotations

from kpikit.evaluation.facts import Fact
from kpikit.evaluation.targets.usual import usual_range
from kpikit.plans.aim import parse_value
from kpikit.words.formats import decimals_for
from kpikit.words.units import SHARE


def half_way(fact: Fact) -> float:
    """Half-way from the average to the best that is usual, of a fact that has a usual range and a direction."""
    assert fact.series.limits
    return (fact.series.limits.centre + best_usual(fact)) / 2


def best_usual(fact: Fact) -> float:
    """The good end of the usual range. Where the measure ends before the range does, as at 0 or at 100 %, that end says
    nothing of what is usual: then it is as far from the average as two values have been.
    """
    limits, between, sign = fact.series.limits, usual_range(fact), fact.better.sign
    assert limits and between
    natural, end = (limits.upper, between[1]) if sign > 0 else (limits.lower, between[0])
    if end == natural:
        return end
    judged = [(point.value.value, point.centre) for point in fact.series.points if point.judged]
    ways = sorted((value - centre) * sign for value, centre in judged if value is not None and centre is not None)
    seen = limits.centre + sign * max(0.0, *ways[-2:-1])
    return min(seen, end) if sign > 0 else max(seen, end)


def written(value: float, fact: Fact) -> str:
    """The value as a plan writes it, with the digits that a person would write."""
    decimals = decimals_for([value], fact.unit)
    number = round(value * 100 if fact.unit == SHARE else value, decimals) + 0.0  # no nought with a minus
    return f"{number:.{decimals}f}" + (" %" if fact.unit == SHARE else "")


def read_back(text: str, fact: Fact) -> float:
    """The value that a plan's text says."""
    return float(parse_value(text, fact.unit).number)
