"""The box of figures of one indicator, alone or beside its history."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from kpikit.charts.cells import care, change_texts, status_html, value_html, verdict_and_rule, versus, why
from kpikit.charts.events import event_list
from kpikit.charts.markup import Html, aligned, beside, joined, paragraphs, small
from kpikit.charts.picture import Picture
from kpikit.charts.reading import capital, target_words
from kpikit.evaluation.codes import REASONS
from kpikit.evaluation.facts import Change, Fact
from kpikit.evaluation.figures import gap, in_words, step_words
from kpikit.evaluation.forecast.outlook_words import basis, is_estimate, need_words, probability_words, rounded_ends
from kpikit.evaluation.sentences import now_words
from kpikit.evaluation.signals.verdicts import ASSURANCES, assurance
from kpikit.evaluation.signals.words import chart_words
from kpikit.evaluation.targets.usual import usual_range
from kpikit.words.formats import is_missing
from kpikit.words.language import Language

Row = tuple[str, str, str]
"""A line of the box: head, figure, and what is said beneath it."""


def figures(fact: Fact, say: Language) -> Html:
    """The box of figures of one indicator: value, status, target, gap, changes, usual range, coverage."""
    made = (_target_rows, _ahead_rows, _change_rows, _process_rows, _coverage_rows)
    rows = [row for rows_of in made for row in rows_of(fact, say)]
    period = capital(say.period(fact.series.points[-1].period)) if fact.series.points else ""
    top = f'<p class="value">{value_html(fact, say)}</p><p class="when">{escape(period)}</p>'
    top += f'<p class="status">{status_html(fact, say)}</p>' if fact.status else ""
    lines = "".join(
        f"<div><dt>{escape(head)}</dt><dd>{escape(text)}{small(second)}</dd></div>" for head, text, second in rows
    )
    plain = aligned([(in_words(fact, fact.value.value, say), period, care(fact.value, say, fact.interval)), *rows], [1])
    return Html(f'<div class="kpikit figures">{top}<dl>{lines}</dl></div>', plain)


def focus(fact: Fact, history: Picture, told: Sequence[str], say: Language) -> Html:
    """Sentences over a history, its events and how its forecast was made beneath it, and the box of figures beside."""
    small_print = small(made := basis(fact, say))
    explained = Html(f'<div class="kpikit words">{small_print}</div>', made) if made else Html("", "")
    pieces = [paragraphs(told), Html(history.svg, str(history)), event_list(fact, say), explained]
    return beside(joined([piece for piece in pieces if piece.text]), figures(fact, say))


def _target_rows(fact: Fact, say: Language) -> list[Row]:
    target = fact.target
    if target is None:
        return []
    ends = "" if target.kind == "keep" else say("by {day}", day=say.day(target.window.last_day))
    wanted = target_words(fact, say) or say.value(None, fact.unit)
    rows = [(say("Target"), wanted, ends or why(fact, target.reason, say))]
    if target.kind == "cumulative":
        rows.append((say("Achieved so far"), in_words(fact, target.achieved, say), ""))
    if target.achieved_in is not None:
        rows.append((say("Achieved"), in_words(fact, target.achieved, say), say.period(target.achieved_in)))
    if target.now is not None and target.now != target.value:
        rows.append((say("Plan to date"), now_words(fact, say), ""))
    if target.gap is not None:
        rows.append((say("Gap"), step_words(fact, gap(fact), say), ""))
    if target.baseline is not None:
        when = say.period(target.baseline_period) if target.baseline_period else ""
        rows.append((say("Baseline"), in_words(fact, target.baseline, say), when))
    return rows


def _ahead_rows(fact: Fact, say: Language) -> list[Row]:
    """What is needed from here, what is to come, and how likely the target is."""
    rows, found = [], fact.outlook
    if fact.required:
        rows.append((say("Needed"), *need_words(fact, say)))
    if found and found.window and found.lower is not None and found.upper is not None:
        between = " – ".join(in_words(fact, end, say) for end in rounded_ends(found.lower, found.upper))
        head = say("Outlook then") if found.over else say("Outlook")
        note = say("8 of 10 outcomes, by {day}", day=say.day(found.window.last_day))
        own = is_estimate(fact)
        rows.append((say("Estimate"), between, say("8 of 10 outcomes")) if own else (head, between, note))
    if found and found.probability is not None:
        rows.append((say("Probability"), capital(probability_words(found.probability, say)), ""))
    return rows


def _change_rows(fact: Fact, say: Language) -> list[Row]:
    texts = [(change, change_texts(fact, change, say)) for change in fact.changes]
    return [(versus(change.against, say), *_in_one(change, *text)) for change, text in texts]


def _in_one(change: Change, absolute: str, second: str) -> tuple[str, str]:
    return (absolute, second) if is_missing(change.relative) or not second else (f"{absolute} ({second})", "")


def _process_rows(fact: Fact, say: Language) -> list[Row]:
    between, limits = usual_range(fact), fact.series.limits
    chart = (say("Chart"), *chart_words(fact.series.chart, say))
    if not fact.series.is_charted:
        return [(say("Usual range"), say.value(None, fact.unit), _uncharted(fact, say)), chart]
    verdicts = [(say("Signal"), *verdict_and_rule(fact, say)), *_assured(fact, say), chart]
    if between is None or limits is None:
        return verdicts
    text = " – ".join(in_words(fact, each, say) for each in between)
    points = say.plural("from {number} point", "from {number} points", limits.points)
    head = say("Trial range") if limits.trial else say("Usual range")
    return [(head, text, points), *verdicts]


def _uncharted(fact: Fact, say: Language) -> str:
    """Why there is no usual range; empty where the line of the chart says it."""
    return "" if fact.series.chart.chosen == "few_cases" else say(REASONS["history_too_short"])


def _assured(fact: Fact, say: Language) -> list[Row]:
    code = assurance(fact)
    if code is None:
        return []
    verdict, _, what = capital(say(ASSURANCES[code])).partition(": ")
    return [(say("Assurance"), verdict, what)]


def _coverage_rows(fact: Fact, say: Language) -> list[Row]:
    value = fact.value
    if not value.expected:
        return []
    parts = {"covered": say.count(value.covered), "expected": say.count(value.expected)}
    text = say("complete") if value.complete else say("{covered} of {expected}", **parts)
    return [(say("Coverage"), text, "")]
