"""A target that asks for more than the average, and lies inside what the process can do; and how a plan writes it."""

from __future__ import annotations

from kpikit.evaluation.facts import Fact
from kpikit.evaluation.targets.usual import usual_range
from kpikit.plans.aim import parse_value
from kpikit.words.formats import decimals_for
from kpikit.words.units import SHARE


def half_way(fact: Fact) -> float:
    """Half-way from the average to the good end of the usual range, of a fact that has one and a direction."""
    limits, between = fact.series.limits, usual_range(fact)
    assert limits and between
    return (limits.centre + between[1 if fact.better.sign > 0 else 0]) / 2


def written(value: float, fact: Fact) -> str:
    """The value as a plan writes it, with the digits that a person would write."""
    decimals = decimals_for([value], fact.unit)
    number = round(value * 100 if fact.unit == SHARE else value, decimals) + 0.0  # no nought with a minus
    return f"{number:.{decimals}f}" + (" %" if fact.unit == SHARE else "")


def read_back(text: str, fact: Fact) -> float:
    """The value that a plan's text says."""
    return float(parse_value(text, fact.unit).number)
