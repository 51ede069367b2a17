"""Which points the NHS's rules mark, and which way these point."""

from __future__ import annotations

from collections.abc import Sequence

from kpikit.evaluation.signals.limits import limits
from kpikit.evaluation.signals.lines import Limits
from kpikit.evaluation.signals.profiles import NHS
from kpikit.evaluation.signals.rules import marks
from kpikit.evaluation.signals.track import level

Values = Sequence[float | None]
RULES = [rule.code for rule in NHS.rules]


def signals(values: Values, within: Limits | None) -> list[str | None]:
    """The rule that marks each point."""
    return [mark.rule for mark in marks(level(values, within), NHS.rules)] if within else [None] * len(values)


def ways(values: Values, within: Limits) -> list[int]:
    """The way that each point then points."""
    return [mark.way for mark in marks(level(values, within), NHS.rules)]


def marked(values: Values, within: Limits | None = None) -> dict[str, list[int]]:
    """The places that each rule marks."""
    rules = signals(values, within or limits(values))
    return {rule: [at for at, each in enumerate(rules) if each == rule] for rule in RULES if rule in rules}


def fixed(centre: float, reach: float) -> Limits:
    return Limits(centre, centre - reach, centre + reach, 20)
