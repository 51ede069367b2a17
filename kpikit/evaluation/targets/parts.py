"""The part of a target's time of which the figures are known, where it runs, or where its last days still fill."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from kpikit.evaluation.values import Reader
from kpikit.indicators.framework import Indicator

if TYPE_CHECKING:
    from kpikit.evaluation.targets.targets import Question


class Part(NamedTuple):
    """What there is of a time that is not all known, up to ``last_day``, and what share of its days (weeks, months)
    that is.
    """

    value: float
    share: float
    last_day: date


def running(question: Question, indicator: Indicator, reader: Reader, slice: str) -> Part | None:
    """The part so far of what adds up and is kept in each period; None where the period is over, or it is not known."""
    period, so_far = question.period, question.so_far
    if question.target.kind != "keep" or so_far in (None, period.window) or not reader.adds_up(indicator):
        return None
    assert so_far is not None
    there, whole = (reader.value(indicator, window, slice) for window in (so_far, period.window))
    known = there.value is not None and there.reason is None and whole.reason == "incomplete"
    return Part(there.value or 0.0, there.expected / whole.expected, so_far.last_day) if known else None


def settled(question: Question, indicator: Indicator, reader: Reader, slice: str) -> Part | None:
    """What adds up and is over, up to the last day that is settled; None where all of it is, or nothing is known."""
    window = question.settled_part
    if window is None or not reader.adds_up(indicator):
        return None
    there, whole = (reader.value(indicator, each, slice) for each in (window, question.span))
    if there.value is None or there.reason is not None or whole.reason not in ("immature", "incomplete"):
        return None
    return Part(there.value, there.expected / whole.expected, window.last_day)
