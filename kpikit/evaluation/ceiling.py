"""Sums that have a limit, such as accidents in a year or the costs of a month: what has been added up stays so."""

from __future__ import annotations

from kpikit.evaluation.facts import Fact


def limit_of(fact: Fact) -> float | None:
    """The most that a sum may come to by its target, the upper end of a range among them; None where there is none."""
    target = fact.target
    if target is None or not fact.adds_up or target.kind == "reach":
        return None
    return target.upper if target.upper is not None else target.value if fact.better.sign < 0 else None


def is_passed(fact: Fact) -> bool:
    """True where more has been added up than the limit before its time is over: it cannot be kept any more.

    A result that may lie below zero can still come back, and is not missed yet.
    """
    target, limit = fact.target, limit_of(fact)
    if target is None or limit is None or target.pace is None or target.achieved is None:
        return False
    return fact.status == "missed" and target.achieved > limit
