"""What took a KPI away from where it should be: the largest parts of a change that went the wrong way."""

from __future__ import annotations

from kpikit.evaluation.drivers.parts import Decomposition, Driver
from kpikit.evaluation.facts import Fact

MOST = 3
"""So many parts are named at most: one of each way in which the change is taken apart."""

LEAST = 0.1
"""A part that is less than this share of what is missing to the target gives no direction."""

OFFSET = 1.5
"""The two numbers of a ratio grow together with what they count. One whose part is more than so many times the change
is mostly taken back by the other."""

Away = tuple[tuple[Decomposition, Driver], ...]
"""Parts of a change, each with the decomposition that it is of."""


def away(fact: Fact) -> Away:
    """The largest part that went the wrong way, of each way in which a change is taken apart.

    The change is the first one that went the wrong way and has such a part. Nothing where none has, and where the
    target is held against another period than the changes are of.
    """
    wrong = _wrong_way(fact)
    pairs = [(one, _largest(fact, one, wrong)) for one in fact.drivers if _went(one, wrong)]
    found = [(one, driver) for one, driver in pairs if driver is not None and _counts(fact, one, driver)]
    first = [each for each in found if each[0].against == found[0][0].against]
    others = [each for each in first if each[0].method != "formula"]  # what is counted says less of where to begin
    return tuple(others or first)[:MOST]


def _wrong_way(fact: Fact) -> int:
    """The way that is worse: 1 up, -1 down; of a range the one on which it was left. 0 where neither is."""
    target = fact.target
    if target is None or target.gap is None or target.achieved_in is not None:
        return 0
    return -fact.way if fact.way else (target.gap > 0) - (target.gap < 0)


def _went(one: Decomposition, way: int) -> bool:
    return one.reason is None and (one.change or 0.0) * way > 0


def _largest(fact: Fact, one: Decomposition, way: int) -> Driver | None:
    """The part with a name that went furthest this way; not what a ratio is divided by, which is how much there was."""
    whole = fact.value.denominator if one.method == "formula" else None
    named = (each for each in one.largest if each.name and (whole is None or each.after != whole))
    return next((each for each in named if each.value * way > 0), None)


def _counts(fact: Fact, one: Decomposition, driver: Driver) -> bool:
    """True of a part that is large beside what is missing, and is not one side of a ratio that moves with the other."""
    missing = fact.target.gap if fact.target else None
    offset = one.method == "formula" and abs(driver.value) > OFFSET * abs(one.change or 0.0)
    return not offset and abs(driver.value) >= LEAST * abs(missing or 0.0)
