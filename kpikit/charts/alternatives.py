"""What is seen in each picture, in words: the text alternatives, from the same facts as the pictures."""

from __future__ import annotations

import math
from collections.abc import Callable

from kpikit.charts.ahead import coming, is_estimated
from kpikit.charts.reading import capital, drawn_events, is_partial, levels, numbers, sense, target_words
from kpikit.evaluation.codes import REASONS
from kpikit.evaluation.facts import Fact, Part, Point
from kpikit.evaluation.figures import in_words
from kpikit.evaluation.forecast.outlook_words import rounded_ends
from kpikit.evaluation.sentences import event_words, judged_label, signal_words, status_word
from kpikit.evaluation.signals.words import judged_words
from kpikit.evaluation.targets.usual import usual_range
from kpikit.words.formats import is_missing
from kpikit.words.language import Language

Names = Callable[[Part], str]
"""Gives a member's name as it is shown."""


def trend_alt(fact: Fact, say: Language, label: str) -> str:
    """The trend in words: its span, its range, the last value, the usual range and its signal, the target, events."""
    points, values = fact.series.points, [each for each in numbers(fact.series.points) if not math.isnan(each)]
    if not values:
        return say("{label}: there are no values to draw.", label=label)
    said = [
        say(
            "{label}, {first} to {last}: between {low} and {high}.",
            label=label,
            first=say.period(points[0].period),
            last=say.period(points[-1].period),
            low=in_words(fact, min(values), say),
            high=in_words(fact, max(values), say),
        ),
        last_words(fact, points[-1], say),
        *_usual_words(fact, say),
        *_target_words(fact, say),
        *_ahead_words(fact, say),
        *_event_words(fact, say),
    ]
    return " ".join(said)


def spark_alt(fact: Fact, say: Language, label: str) -> str:
    """The sparkline in words, shorter: its length, the last value, the signal."""
    points = fact.series.points
    if all(math.isnan(value) for value in numbers(points)):
        return say("{label}: there are no values to draw.", label=label)
    span = say("{label}, {first} to {last}.", label=label, first=_brief(points[0], say), last=_brief(points[-1], say))
    signal = f"{capital(signal_words(fact, say))}." if fact.series.limits else ""
    return " ".join(filter(None, [span, last_words(fact, points[-1], say), signal]))


def bullet_alt(fact: Fact, say: Language, label: str) -> str:
    """The bullet graph in words: the value, the target, the verdict."""
    value = in_words(fact, bullet_value(fact), say)
    if not target_words(fact, say):
        return say("{label}: {value}, no target.", label=label, value=value)
    label = judged_label(fact, label, say)
    texts = {"label": label, "value": value, "target": target_words(fact, say), "status": status_word(fact, say)}
    return say("{label}: {value}, target {target}. {status}.", **texts)


def member_name(part: Part) -> str:
    """The member as the data call it."""
    return part.member


def bars_alt(fact: Fact, parts: tuple[Part, ...], say: Language, label: str, names: Names = member_name) -> str:
    """The bars in words: each member with its value, in the order they are drawn."""
    if not parts:
        return say("{label}: there are no values to draw.", label=label)
    members = "; ".join(f"{names(part)} {in_words(fact, part.value.value, say)}" for part in parts)
    said = say("{label}: {members}.", label=label, members=members)
    return " ".join(filter(None, [said, rest_words(fact, parts, say)]))


def rest_words(fact: Fact, shown: tuple[Part, ...], say: Language) -> str:
    """What bars leave out; empty where every member has its bar."""
    everyone = sum(part.dimension == shown[0].dimension for part in fact.parts) if shown else 0
    if everyone == len(shown):
        return ""
    return say("The {shown} largest of {all} are shown.", shown=say.count(len(shown)), all=say.count(everyone))


def bullet_value(fact: Fact) -> float | None:
    """What the bar of a bullet graph shows: the figure that is held against the target; without one, the value."""
    return fact.target.achieved if fact.target and held_apart(fact) else fact.value.value


def held_apart(fact: Fact) -> bool:
    """True where another figure than the value is held against the target: a sum, or the value on the target's day."""
    return fact.target is not None and (fact.target.kind == "cumulative" or fact.target.achieved_in is not None)


def last_words(fact: Fact, point: Point, say: Language) -> str:
    """The last point in a sentence."""
    period, value = say.period(point.period), in_words(fact, point.value.value, say)
    if is_missing(point.value.value):
        reason = say(REASONS.get(point.value.reason or "", REASONS["no_data"]))
        return say("No value for {period}: {reason}.", period=period, reason=reason)
    if is_partial(point.value):
        return say("{period}, not complete yet: {value}.", period=period, value=value)
    return say("Last value, {period}: {value}.", period=period, value=value)


def _usual_words(fact: Fact, say: Language) -> list[str]:
    between = usual_range(fact)
    if not fact.series.is_charted:
        few = fact.series.chart.chosen == "few_cases"
        why = say("Too few cases for a usual range.") if few else say("Too few points for a usual range.")
        return [why, *judged_words(fact, say)]
    marked = sum(sense(fact, index) is not None for index in range(len(fact.series.points)))
    several = say.plural("{number} point stands out.", "{number} points stand out.", marked)
    low, high = (in_words(fact, each, say) for each in between) if between else ("", "")
    said = [say("Usual range {low} to {high}.", low=low, high=high)] if between else []
    return [*said, *judged_words(fact, say), f"{capital(signal_words(fact, say))}.", *([several] if marked else [])]


def _target_words(fact: Fact, say: Language) -> list[str]:
    if not levels(fact.target):
        return []
    return [say("Target {target}: {status}.", target=target_words(fact, say), status=status_word(fact, say))]


def _ahead_words(fact: Fact, say: Language) -> list[str]:
    shown = coming(fact)
    if not shown:
        return []
    low, high = (in_words(fact, end, say) for end in rounded_ends(shown[-1].lower, shown[-1].upper))
    period = say.period(shown[-1].period)
    if is_estimated(fact, shown[-1]):
        return [say("Estimate for {period}: {low} to {high}.", period=period, low=low, high=high)]
    return [say("Forecast for {period}: {low} to {high}.", period=period, low=low, high=high)]


def _event_words(fact: Fact, say: Language) -> list[str]:
    numbered = [f"{number} {event_words(each, say)}" for number, each in enumerate(drawn_events(fact), 1)]
    return [say("Events: {events}.", events="; ".join(numbered))] if numbered else []


def _brief(point: Point, say: Language) -> str:
    return say.period(point.period, brief=True)
