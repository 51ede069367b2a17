"""What stood out of late, though the last point does not: a level that was left again and again leaves a sentence."""

from __future__ import annotations

from kpikit.evaluation.facts import Fact
from kpikit.words.language import Language

LAST, MANY = 5, 3
"""So many of the last points must be signals the same way: of series of 24 independent values 7 in 1000 (``nhs``)."""


def lately(fact: Fact) -> int:
    """How many of the last five judged points stand out the same way, by whatever rule: below zero downwards.

    0 where fewer than three do, and where the last point is a signal itself or is not judged.
    """
    judged = [point for point in fact.series.points if point.judged][-LAST:]
    if fact.signal.rule or fact.signal.reason or len(judged) < LAST:
        return 0
    ways = [point.way for point in judged if point.signal is not None]
    most = max((1, -1), key=ways.count)
    return ways.count(most) * most if ways.count(most) >= MANY else 0


def usual_words(fact: Fact, label: str, say: Language) -> str:
    """The sentence on a last point that is no signal: usual now, and how often of late it was not."""
    number = lately(fact)
    if not number:
        return say("{label}: within its usual range.", label=label)
    values = {"label": label, "number": say.count(abs(number)), "all": say.count(LAST)}
    if number > 0:
        return say("{label}: within its usual range in the last period, but unusually high in {number} of the last "
                   "{all}.", **values)  # fmt: skip
    return say("{label}: within its usual range in the last period, but unusually low in {number} of the last {all}.",
               **values)  # fmt: skip
