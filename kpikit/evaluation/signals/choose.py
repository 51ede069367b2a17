"""Which chart fits the data, and why: chosen by what the figures are, unless the plan says it."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean, median

from kpikit.evaluation.facts import Point
from kpikit.words.texts import N_
from kpikit.words.units import COUNT, MONEY, SHARE, Unit

UNEVEN = 0.25
"""Sizes that differ by more than this share from their mean ask for limits of their own (Montgomery, section 7.3)."""

CHOSEN = {
    "planned": N_("the plan says so"),
    "rare": N_("more than half of the periods have no event, so what lies between events is judged"),
    "few_cases": N_("each period has too few cases to tell signal from noise, fewer than 5 in most"),
    "sizes_vary": N_("what it is a share or rate of varies by more than 25% from its average"),
    "sizes_alike": N_("what it is a share or rate of is about the same in all periods"),
    "follows": N_("its limits follow a season, a trend or the steps"),
    "values": N_("single values, one for each period"),
}
"""Why a chart was chosen: code -> text."""

KINDS = {
    "xmr": N_("XmR chart"),
    "p": N_("p′ chart (Laney)"),
    "u": N_("u′ chart (Laney)"),
    "t": N_("t chart"),
    "g": N_("g chart"),
    "run": N_("run chart"),
}
"""The kinds of charts: code -> what they are called."""


FEW_CASES = 5
"""An average or share of fewer cases says nothing of its process: one large order more or less makes it.

Textbooks ask for more before limits are those of the binomial: n p and n (1 - p) of 4 or 5 at least, which fewer than 8
cases never have (R. F. Hart and M. K. Hart, "Statistical Process Control for Health Care", 2002). Limits of p' and XmR
charts come from how the values vary, so that only what no such rule would let pass is left out here.
"""


def choose(
    points: Sequence[Point], unit: Unit, counted: bool, planned: str | None = None, sized: bool = False
) -> tuple[str, str]:
    """The kind of chart and why: a key of `KINDS` and one of `CHOSEN`.

    ``counted``: the value is a count, or a number of counted things by another; ``sized``: what it is divided by is
    counted. A kind that the plan names is taken where the data can be judged by it; a share or rate needs its parts.
    Amounts that are zero in most periods are events, too.
    """
    values = [point.value for point in points if point.judged and point.value.value is not None]
    parts = counted and bool(values) and all(value.denominator for value in values)
    if planned and (parts or planned not in ("p", "u", "g")):
        return planned, "planned"
    events = [(value.numerator if parts else value.value) or 0.0 for value in values]
    seldom = any(events) and min(events) >= 0 and events.count(0.0) * 2 > len(events)
    if seldom and (parts or unit in (COUNT, MONEY)):
        return ("g" if parts else "t"), "rare"
    if (sized or parts) and values and median(value.denominator or 0.0 for value in values) < FEW_CASES:
        return "xmr", "few_cases"
    if not parts:
        return "xmr", "values"
    sizes = [value.denominator or 0.0 for value in values]
    average = fmean(sizes)
    if max(abs(size - average) for size in sizes) <= UNEVEN * average:
        return "xmr", "sizes_alike"
    within = all((value.numerator or 0.0) <= (value.denominator or 0.0) for value in values)
    return ("p" if unit == SHARE and within else "u"), "sizes_vary"
