"""The figures of a fact as they are written: all of one KPI with the same number of decimals, so that they add up.

Sentences, tables, pictures, workbooks and slides all ask here, so that they cannot disagree.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from kpikit.evaluation.facts import Fact
from kpikit.words.formats import apart, decimals_for, is_missing, rounded, seen
from kpikit.words.language import Language
from kpikit.words.units import RATIO, SCORE, SHARE


def decimals(fact: Fact) -> int:
    """How many decimals all figures of a fact have: by the largest of its value and what it is held against.

    Up to two more where the plan's own target has them, as 99.95 %; and one more where the gap to it would be written
    as nothing, as that of 94.96 % to 95 %.
    """
    target = fact.target
    held = () if target is None else (target.achieved, target.now, target.value, target.upper)
    found = [each for each in (fact.value.value, *held) if not is_missing(each)]
    found = found or [point.value.value for point in fact.series.points if not is_missing(point.value.value)]
    usual = decimals_for(found, fact.unit)
    if target is None or fact.unit not in (SHARE, RATIO, SCORE):
        return usual
    percent = 2 if fact.unit == SHARE else 0
    ends = [each for each in (target.value, target.upper) if each is not None]
    exact = (usual + more for more in range(3) if all(_is_written(end, usual + more + percent) for end in ends))
    usual = next(exact, usual)
    size = target.gap or 0.0
    return usual + bool(not rounded(size, usual + percent) and rounded(size, usual + 1 + percent))


def _is_written(value: float, places: int) -> bool:
    return math.isclose(value, float(rounded(value, places)), rel_tol=1e-9)


def gap(fact: Fact) -> float | None:
    """How far from where it should be, by the written figures where they do not have it; None where it is not known."""
    target = fact.target
    if target is None or target.gap is None or target.achieved is None or target.now is None:
        return None
    places = decimals(fact)
    shown = apart(target.achieved, target.now, fact.unit, places)
    return target.gap if math.isclose(apart(target.gap, 0.0, fact.unit, places), shown, abs_tol=1e-12) else shown


def in_words(fact: Fact, value: float | None, say: Language) -> str:
    """A value of this fact with its unit."""
    return say.value(value, fact.unit, fact.currency, decimals(fact))


ASKED = ("target", "lower", "upper", "proposed")
"""What numbers are called that a plan asks for, beside those that the process gives."""


def told_apart(fact: Fact, numbers: Mapping[str, float], say: Language) -> dict[str, str]:
    """Numbers of one sentence, with up to two decimals more where what is asked for would be written as what there is
    and is not the same: "4 lies beyond what is usual, 0 to 4" says nothing.
    """
    asked = [value for name, value in numbers.items() if name in ASKED]
    others = [value for name, value in numbers.items() if name not in ASKED]
    pairs = [(one, other) for one in asked for other in others if not math.isclose(one, other, rel_tol=1e-9)]

    usual, percent = decimals(fact), 2 if fact.unit == SHARE else 0

    def written(value: float, more: int) -> str:
        return say.value(value, fact.unit, fact.currency, usual + more)

    fits = (more for more in range(3) if all(written(one, more) != written(other, more) for one, other in pairs))
    more = next(fits, 0)
    whole = {name for name, value in numbers.items() if _is_written(value, usual + percent)}
    return {name: written(value, 0 if name in whole else more) for name, value in numbers.items()}


def in_short(fact: Fact, value: float | None, say: Language) -> str:
    """A value of this fact in as few signs as possible, for labels in pictures."""
    return say.short(value, fact.unit, fact.currency, decimals(fact))


def on_axis(fact: Fact, marks: Sequence[float], say: Language) -> list[str]:
    """The numbers of an axis: as short as tells them apart, and none of them rounded to another."""
    finest = 4 if fact.unit == SHARE else None
    written = [say.short(each, fact.unit, fact.currency, finest) for each in marks]
    return written if len(set(written)) == len(written) else [in_words(fact, each, say) for each in marks]


def step_words(fact: Fact, difference: float | None, say: Language) -> str:
    """A difference of two values of this fact, with its sign: "+1.2 pp" for shares."""
    return say.difference(difference, fact.unit, fact.currency, decimals(fact))


def small_step_words(fact: Fact, difference: float, say: Language) -> str:
    """A difference that is told by itself: with more decimals where it would be written as nothing, and is not."""
    return say.difference(difference, fact.unit, fact.currency, seen(difference, fact.unit, decimals(fact)))
