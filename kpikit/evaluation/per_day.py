"""The change per day between periods of unequal length: a February has three days less than the January before it."""

from __future__ import annotations

from kpikit.evaluation.facts import Change, Fact
from kpikit.words.language import Language
from kpikit.words.periods import COMPARISONS

APART = 0.5
"""A change per day is told where it has another sign than the whole one, or differs from it by more than this part of
the larger of both."""


def per_day(fact: Fact, change: Change) -> float | None:
    """The relative change of what a day brings, as a share, where it tells something else than that of the whole.

    None for what does not add up, for periods that are as long or not over, and without a base above zero.
    """
    window, now = change.window, fact.series.points[-1].period.window
    if not fact.adds_up or fact.value.reason or window is None or change.relative is None or window.days == now.days:
        return None
    whole, daily = change.relative, (1 + change.relative) * window.days / now.days - 1
    differ = abs(daily - whole) > APART * max(abs(daily), abs(whole))
    return daily if differ or daily * whole < 0 else None


def per_day_sentences(fact: Fact, say: Language) -> list[str]:
    """A sentence for each change that reads otherwise per day: "Vs previous period, −9.7% in all and 0.0% per day"."""
    return [text for each in fact.changes if (text := _sentence(fact, each, say))]


def _sentence(fact: Fact, change: Change, say: Language) -> str:
    daily = per_day(fact, change)
    if daily is None or change.relative is None or change.window is None:
        return ""
    return say(
        "Vs {reference}: {whole} in all, but {daily} per day, since it has {days} days and the other {before}.",
        reference=say(COMPARISONS[change.against].label),
        whole=say.relative(change.relative),
        daily=say.relative(daily),
        days=say.count(fact.series.points[-1].period.window.days),
        before=say.count(change.window.days),
    )
