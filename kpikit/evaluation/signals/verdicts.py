"""The two verdicts of "Making Data Count", from a fact: does it vary as usual, and does the usual meet the target?"""

from __future__ import annotations

from kpikit.evaluation.facts import Fact
from kpikit.evaluation.targets.usual import ALWAYS, NEVER, PARTLY, met_by_itself
from kpikit.words.texts import N_

VARIATIONS = {
    "common_cause": N_("common cause: varies as usual"),
    "improvement_high": N_("improvement: upwards, where more is better"),
    "improvement_low": N_("improvement: downwards, where less is better"),
    "concern_high": N_("concern: upwards, where less is better"),
    "concern_low": N_("concern: downwards, where more is better"),
    "neutral_high": N_("unusual, upwards: neither good nor bad"),
    "neutral_low": N_("unusual, downwards: neither good nor bad"),
}
"""How the last point varies: code -> text."""

ASSURANCES = {
    "consistently_passing": N_("met reliably: all of the usual range meets the target"),
    "hit_and_miss": N_("hit or miss: the usual range lies on both sides of the target"),
    "consistently_failing": N_("missed reliably: nothing in the usual range meets the target"),
}
"""What the process, as it is, makes of the latest target: code -> text."""


def variation(fact: Fact) -> str | None:
    """How the last point varies, a key of `VARIATIONS`; None where the process says nothing."""
    signal = fact.signal
    if signal.reason:
        return None
    if signal.rule is None:
        return "common_cause"
    return f"{signal.direction}_{'high' if fact.series.points[-1].way > 0 else 'low'}"


def assurance(fact: Fact) -> str | None:
    """Whether the last limits meet the latest target, a key of `ASSURANCES`; None without one of the two."""
    if fact.series.limits is None or fact.signal.reason:
        return None
    found = {ALWAYS: "consistently_passing", PARTLY: "hit_and_miss", NEVER: "consistently_failing"}
    return found.get(met_by_itself(fact) or "")
