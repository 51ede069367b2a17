"""What stands in one cell: the value, target, status, change or signal of a fact, as HTML or in words."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from kpikit.charts.alternatives import held_apart
from kpikit.charts.icons import assurance_icon, variation_icon
from kpikit.charts.markup import sign, small
from kpikit.charts.reading import capital, is_partial, last_sense
from kpikit.evaluation.codes import REASONS
from kpikit.evaluation.facts import Change, Fact, Value
from kpikit.evaluation.figures import in_words, step_words
from kpikit.evaluation.forecast.outlook_words import likely
from kpikit.evaluation.sentences import signal_words, status_word
from kpikit.indicators.surveys import Interval
from kpikit.words.formats import is_missing
from kpikit.words.language import Language
from kpikit.words.periods import COMPARISONS
from kpikit.words.units import SCORE, SHARE

Labels = Callable[[Fact], str]
"""Gives an indicator's name as it is shown."""


def value_html(fact: Fact, say: Language) -> str:
    """The value, and beneath it why it is missing or must be read with care."""
    return f"<span>{escape(in_words(fact, fact.value.value, say))}</span>{small(care(fact.value, say, fact.interval))}"


def care(value: Value, say: Language, interval: Interval | None = None) -> str:
    """Why a value is missing or must be read with care, as one of few answers; empty for a plain one."""
    few = int(interval.answers) if interval and interval.few else 0
    note = say.plural("only {number} answer", "only {number} answers", few) if few else ""
    return ", ".join(filter(None, [_reason(value, say), note]))


def _reason(value: Value, say: Language) -> str:
    if is_partial(value) and value.reason not in ("immature", "outage"):
        covered, expected = say.count(value.covered), say.count(value.expected)
        return say("not complete: {covered} of {expected}", covered=covered, expected=expected)
    return say(REASONS[value.reason]) if value.reason else ""


def status_html(fact: Fact, say: Language) -> str:
    """The status in a word with its sign, and beneath it the reason where it can't be judged, or how likely a target
    that is still ahead is; empty without a target."""
    if fact.status is None:
        return ""
    note, chance = say(REASONS[fact.status_reason]) if fact.status_reason else "", likely(fact, say)
    word = f'<span class="{fact.status}">{sign(fact.status)}{escape(status_word(fact, say))}</span>'
    return f"{word}{small(note)}{small(chance, 'chance') if not note else ''}"


def signal_html(fact: Fact, say: Language) -> str:
    """What the process says, in words, beside the drawings of its two verdicts."""
    how = last_sense(fact)
    verdict, rule = verdict_and_rule(fact, say)
    icons = "".join(filter(None, [variation_icon(fact, say), assurance_icon(fact, say)]))
    icons = f'<span class="icons">{icons}</span>' if icons else ""
    return f'{icons}<span class="{how or "usual"}">{escape(verdict)}</span>{small(rule)}'


def verdict_and_rule(fact: Fact, say: Language) -> tuple[str, str]:
    """What the process says of the value, in a word or two, and the rule that says so."""
    verdict, _, rule = capital(signal_words(fact, say)).partition(": ")
    return verdict, rule


def so_far(fact: Fact, say: Language) -> str:
    """What is held against the target where it is not the value: the sum so far, or the period in which it was due."""
    if fact.target is None or not held_apart(fact):
        return ""
    if fact.target.achieved_in is not None:
        return f"{capital(say.period(fact.target.achieved_in))}: {in_words(fact, fact.target.achieved, say)}"
    return say("{value} so far", value=in_words(fact, fact.target.achieved, say))


def versus(key: str, say: Language) -> str:
    """What a change is against: "vs same period last year"."""
    return say("vs {reference}", reference=say(COMPARISONS[key].label))


def change_texts(fact: Fact, change: Change, say: Language) -> tuple[str, str]:
    """A change with its unit, and the relative change beside it; or a dash, and the reason.

    The change of a share is in percentage points alone: a percentage beside them would be read as one more rate. That
    of a score is in its points: its zero is no "nothing", so that a percentage of it means none.
    """
    absolute = step_words(fact, change.absolute, say)
    if fact.unit in (SHARE, SCORE) and change.absolute is not None:
        return absolute, ""
    if is_missing(change.relative):
        return absolute, why(fact, change.reason, say)
    return absolute, say.relative(change.relative)


def why(fact: Fact, code: str | None, say: Language) -> str:
    """The reason in words; empty where it is the value's own, which stands beside the value, and where the change from
    zero, or from below it, has no percentage: the difference says it all."""
    return say(REASONS[code]) if code and code not in (fact.value.reason, "base_not_positive") else ""
