"""Verdicts in words, built from the facts. No word says more than its figures: only a signal is called unusual."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from kpikit.evaluation.ceiling import limit_of
from kpikit.evaluation.codes import REASONS, STATUSES
from kpikit.evaluation.facts import Fact, Target
from kpikit.evaluation.figures import gap, in_words, step_words
from kpikit.evaluation.signals.lately import usual_words
from kpikit.evaluation.signals.words import rule_words
from kpikit.indicators.surveys import Interval
from kpikit.plans.events import KINDS, Event
from kpikit.words.language import Language
from kpikit.words.periods import Window
from kpikit.words.texts import N_
from kpikit.words.units import COUNT, MONEY, RATIO, SCORE, SHARE

ATTENTION = ("missed", "at_risk", "cannot_be_judged")
"""Statuses that ask for attention, the most urgent first."""

_DIRECTIONS = {
    "improvement": {
        "level": N_("better than usual"),
        "season": N_("better than usual for the season"),
        "trend": N_("better than its trend"),
        "walk": N_("better than its usual steps"),
    },
    "concern": {
        "level": N_("worse than usual"),
        "season": N_("worse than usual for the season"),
        "trend": N_("worse than its trend"),
        "walk": N_("worse than its usual steps"),
    },
    "neutral": {
        "level": N_("unusual"),
        "season": N_("unusual for the season"),
        "trend": N_("off its trend"),
        "walk": N_("an unusual step"),
    },
}
"""A signal's direction in words, by what the usual range follows: what lies under its trend may be the best so far."""

MOST_EVENTS = 2
"""How many events a sentence names."""


def status_word(fact: Fact, say: Language) -> str:
    """The status in a word; empty where the fact is not a KPI."""
    return say(STATUSES[fact.status]) if fact.status else ""


def reason_words(code: str | None, say: Language) -> str:
    """Why something is missing; empty where nothing is."""
    return say(REASONS[code]) if code else ""


def signal_words(fact: Fact, say: Language) -> str:
    """What the process says of the last point: usual, unusual and by which rule since when, or why it says nothing."""
    signal = fact.signal
    if signal.reason:
        return reason_words(signal.reason, say)
    if signal.rule is None or signal.direction is None or signal.since is None:
        return say("within its usual range")
    chart = fact.series.chart
    verdict = say(_DIRECTIONS[signal.direction][("level", *chart.follows)[-1]])
    rule = rule_words(signal.rule, chart, say)
    words = {"verdict": verdict, "rule": rule, "period": say.period(signal.since)}
    if signal.began and signal.began != signal.since:
        return say(
            "{verdict}: {rule}, since {period} (standing out since {began})", began=say.period(signal.began), **words
        )
    return say("{verdict}: {rule}, since {period}", **words)


def judged_label(fact: Fact, label: str, say: Language) -> str:
    """The label, with the period that is held against the target where it is another than the fact's own."""
    period = fact.target.achieved_in if fact.target else None
    return label if period is None else f"{label}, {say.period(period)}"


def headline(fact: Fact, label: str, say: Language) -> str:
    """The title that states the message of a KPI's section."""
    label = judged_label(fact, label, say)
    if fact.status == "cannot_be_judged":
        return say("{label} can't be judged: {reason}", label=label, reason=reason_words(fact.status_reason, say))
    if fact.target is None or fact.target.gap is None:
        return say("{label}: {value}", label=label, value=in_words(fact, fact.value.value, say))
    value = in_words(fact, fact.target.achieved, say)
    if fact.target.kind != "reach" and fact.target.pace:
        value = say("{value} so far", value=value)
    values = {"label": label, "value": value, "distance": distance_words(fact, say)}
    if _bare(fact):
        return say("{label}: {value}; {distance}", **values)
    return say("{label}: {value}, {distance}", **values)


def _bare(fact: Fact) -> bool:
    """True for numbers without a sign of their unit: "1,234, 766 below target" is hard to read."""
    return fact.unit in (COUNT, RATIO, SCORE)


def distance_words(fact: Fact, say: Language) -> str:
    """How far from where it should be, with the sign in words: "6.3 pp below target"."""
    target = fact.target
    if target is None or target.gap is None:
        return ""
    size = step_words(fact, abs(gap(fact) or 0.0), say).lstrip("+")
    if not any(digit in size for digit in "123456789"):
        return _nearly(fact, target, say)
    if target.pace is None:
        return say("{size} above target", size=size) if target.gap > 0 else say("{size} below target", size=size)
    if not fact.better.sign or target.upper is not None:
        more = target.gap > 0
        text = say("{size} more than is due by now", size=size)
        return text if more else say("{size} less than is due by now", size=size)
    if _is_limit(fact):
        return say("{size} above the plan", size=size) if target.gap > 0 else say("{size} below the plan", size=size)
    if target.gap * fact.better.sign > 0:
        return say("{size} ahead of where it should be by now", size=size)
    return say("{size} behind where it should be by now", size=size)


def _is_limit(fact: Fact) -> bool:
    """True for a sum that is to stay under its target: a limit, which nobody is "behind"."""
    return limit_of(fact) is not None and fact.better.sign < 0


def _nearly(fact: Fact, target: Target, say: Language) -> str:
    """The words for a distance that rounds to nothing: a KPI that just misses its target is not on it."""
    short = fact.status in ("missed", "at_risk") and (target.gap or 0) * fact.better.sign < 0
    if target.pace is None:
        return say("just short of the target") if short else say("on the target")
    if short and _is_limit(fact):
        return say("just above the plan")
    return say("just short of where it should be by now") if short else say("where it should be by now")


def verdict(fact: Fact, label: str, say: Language) -> str:
    """One sentence on a KPI: where it is, what the target asks, and how far off it is."""
    target = fact.target
    if fact.status == "cannot_be_judged" or target is None or target.gap is None:
        label = judged_label(fact, label, say)
        return say("{label} can't be judged: {reason}.", label=label, reason=reason_words(fact.status_reason, say))
    values = {
        "label": label,
        "value": in_words(fact, target.achieved, say),
        "target": target_value(fact, say),
        "now": now_words(fact, say),
        "distance": distance_words(fact, say),
        "span": say.days(target.window),
        "due": say.day(target.window.last_day),
        "period": say.period(target.achieved_in or fact.series.points[-1].period),
    }
    return _verdicts(fact, target, say, values)


def target_value(fact: Fact, say: Language) -> str:
    """What the target asks for: a value, or the two ends of a range."""
    target = fact.target
    return "" if target is None else _ends(fact, target, 1.0, say)


def now_words(fact: Fact, say: Language) -> str:
    """Where to be by now: a value, or the two ends of what is due of a range that is kept in a period that runs."""
    target = fact.target
    if target is None or target.upper is None or target.passed == 1:
        return in_words(fact, target.now if target else None, say)
    return _ends(fact, target, target.passed, say)


def _ends(fact: Fact, target: Target, part: float, say: Language) -> str:
    ends = [each * part for each in (target.value, target.upper) if each is not None]
    return " – ".join(in_words(fact, each, say) for each in ends)


def _verdicts(fact: Fact, target: Target, say: Language, values: dict[str, str]) -> str:
    bare = _bare(fact)
    if target.kind != "reach" and target.pace and _is_limit(fact) and target.upper is None:
        return say("{label}: {value} so far, {distance} ({now}); the limit is at most {target} by {due}.", **values)
    if target.kind != "reach" and target.pace:
        return say("{label}: {value} so far, {distance} ({now}); the target is {target} by {due}.", **values)
    if target.kind == "cumulative":
        return say("{label}: {value} over {span}, {distance} ({target}).", **values)
    if target.pace and bare:
        return say("{label}, {period}: {value}; {distance} ({now}); the target is {target} by {due}.", **values)
    if target.pace:
        return say("{label}, {period}: {value}, {distance} ({now}); the target is {target} by {due}.", **values)
    if bare:
        return say("{label}, {period}: {value}; {distance} ({target}).", **values)
    return say("{label}, {period}: {value}, {distance} ({target}).", **values)


def signal_sentence(fact: Fact, label: str, say: Language) -> str:
    """A sentence on signal or noise, and on events in the time of a signal; empty where the process says nothing."""
    if fact.signal.reason:
        return ""
    if fact.signal.rule is None:
        return usual_words(fact, label, say)
    words, events = {"label": label, "signal": signal_words(fact, say)}, coinciding(fact)
    if not events:
        told = say("{label} – {signal}.", **words)
    else:
        told = say("{label} – {signal}; at the same time (a coincidence, no proof of a cause): {events}.",
                   events=_named(events, say), **words)  # fmt: skip
    return " ".join(filter(None, [told, _single(fact, say)]))


def _single(fact: Fact, say: Language) -> str:
    """That one row carries the value; empty where none does."""
    if fact.single is None:
        return ""
    return say("One entry of {value} makes {share} of it: without that one, it would not be above its usual range.",
               value=in_words(fact, fact.single.value, say), share=say.value(fact.single.share, SHARE))  # fmt: skip


def until_sentence(fact: Fact, say: Language) -> str:
    """Up to which day a sum is held against its target, where later ones are still filling; empty for all else."""
    until = fact.target.until if fact.target else None
    if until is None:
        return ""
    return say("Held against the target up to {day}: figures of later days are still arriving.", day=say.day(until))


def interval_sentence(fact: Fact, say: Language) -> str:
    """How sure the figure of a survey is, whether the answers are few, and whether the target is in doubt; empty for
    all else."""
    if fact.interval is None:
        return ""
    told = fact.interval.told(say, lambda end: in_words(fact, end, say))
    return f"{told} {say(_IN_DOUBT)}" if _is_in_doubt(fact.target, fact.interval) else told


_IN_DOUBT = N_("The target lies in between: on which side of it the figure is may be chance.")


def _is_in_doubt(target: Target | None, interval: Interval) -> bool:
    if target is None or target.now is None or target.achieved_in or interval.lower is None or interval.upper is None:
        return False
    return interval.lower < target.now < interval.upper


def coinciding(fact: Fact) -> list[Event]:
    """The events near a beginning, of the signal or of its rule: in its first period, or half a period before it."""
    signal = fact.signal
    if signal.rule is None or signal.since is None:
        return []
    firsts = [each.window for each in dict.fromkeys([signal.began or signal.since, signal.since])]
    times = [Window(each.start - timedelta(max(each.days // 2, 1)), each.end) for each in firsts]
    return [each for each in fact.events if any(map(each.window.overlap, times))]


def _named(events: Sequence[Event], say: Language) -> str:
    named = [event_words(each, say) for each in events[:MOST_EVENTS]]
    if len(events) > MOST_EVENTS:
        named.append(say.plural("{number} more event", "{number} more events", len(events) - MOST_EVENTS))
    return "; ".join(named)


def event_words(event: Event, say: Language) -> str:
    """An event with its days: "Spring sale, 1 March 2026 – 14 March 2026"."""
    return f"{say.own(event.what)}, {say.days(event.window)}"


def event_details(event: Event, say: Language) -> str:
    """The days of an event, its kind, channel, budget and note, as far as they are known."""
    known = [
        say.days(event.window),
        say(KINDS[event.kind]) if KINDS[event.kind] else "",
        say.own(event.channel) if event.channel else "",
        say.value(event.budget[0], MONEY, event.budget[1]) if event.budget else "",
        say.own(event.note) if event.note else "",
    ]
    return " · ".join(filter(None, known))


def attention(facts: Sequence[Fact]) -> list[Fact]:
    """The KPIs that need attention, the most urgent first: by status, then those with a signal of getting worse."""
    urgent = [fact for fact in facts if fact.status in ATTENTION]
    return sorted(urgent, key=lambda fact: (ATTENTION.index(fact.status or ""), fact.signal.direction != "concern"))
