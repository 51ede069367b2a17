"""The scorecard, one line for each indicator, and the box of figures for one of them."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from kpikit.charts.alternatives import held_apart
from kpikit.charts.bullet import bullet_picture
from kpikit.charts.icons import assurance_icon, variation_icon
from kpikit.charts.markup import Html, aligned, cell, head_row, joined, paragraphs, sign, small
from kpikit.charts.reading import capital, is_partial, last_sense, target_words
from kpikit.charts.sparkline import spark_picture
from kpikit.evaluation.facts import REASONS, Change, Evaluation, Fact, Value
from kpikit.evaluation.figures import gap, in_words, step_words
from kpikit.evaluation.outlook_words import need_words, probability_words, rounded_ends
from kpikit.evaluation.sentences import now_words, signal_words, status_word
from kpikit.evaluation.signals.words import chart_words
from kpikit.evaluation.usual import usual_range
from kpikit.evaluation.verdicts import ASSURANCES, assurance
from kpikit.indicators.surveys import Interval
from kpikit.words.formats import is_missing
from kpikit.words.language import Language
from kpikit.words.periods import COMPARISONS
from kpikit.words.texts import N_
from kpikit.words.units import SHARE

Labels = Callable[[Fact], str]
"""Gives an indicator's name as it is shown."""

GROUPS = (("kpi", ""), ("pi", N_("What drives it")), ("indicator", N_("Also measured")))
"""The groups of a scorecard in their order: the role of the facts, and the group's heading."""


MOST_OTHERS = 15
"""Of more figures than these that no plan names, those as usual are only counted: a list of everything says nothing."""


def scorecard(evaluation: Evaluation, say: Language, labels: Labels, brief: bool = False) -> Html:
    """One line for each fact: value, target, status, changes, history, signal. KPIs first, what drives them beneath.

    Of more than `MOST_OTHERS` figures that no plan names only those with a signal are shown, and the rest is counted.
    In ``brief`` without the changes.
    """
    against = [] if brief else compared_with(evaluation)
    heads = _heads(evaluation, against, say)
    facts = shown(evaluation)
    groups = [(title, [fact for fact in facts if fact.role == role]) for role, title in GROUPS]
    bodies = "".join(_group(title, facts, against, heads, say, labels) for title, facts in groups if facts)
    kind = "scorecard brief" if brief else "scorecard"
    html = f'<div class="kpikit"><table class="{kind}">{head_row(heads)}{bodies}</table></div>'
    facts = [fact for _, members in groups for fact in members]
    table = Html(html, _plain([text for text, _ in heads], facts, against, say, labels))
    if not (rest := len(evaluation.facts) - len(facts)):
        return table
    told = say.plural(
        "{number} further figure is as usual, or has too short a history to be judged.",
        "{number} further figures are as usual, or have too short a history to be judged.",
        rest,
    )
    return joined([table, paragraphs([told], "note")])


def shown(evaluation: Evaluation) -> list[Fact]:
    """The facts that a scorecard shows: all, but of many that no plan names those with a signal alone."""
    others = [fact for fact in evaluation.facts if fact.role == "indicator"]
    usual = [fact for fact in others if not fact.signal.rule] if len(others) > MOST_OTHERS else []
    return [fact for fact in evaluation.facts if fact not in usual]


def compared_with(evaluation: Evaluation) -> list[str]:
    """The codes of what changes are against; where no fact has anything to compare with, it is left out."""
    changes = [change for fact in evaluation.facts for change in fact.changes]
    return list(dict.fromkeys(each.against for each in changes if each.reason != "base_missing"))


def _heads(evaluation: Evaluation, against: list[str], say: Language) -> list[tuple[str, str]]:
    return [
        (say("Indicator"), "name"),
        (capital(say.period(evaluation.period)), "num"),
        (say("Target"), "num"),
        (say("Status"), ""),
        *[(versus(key, say), "num") for key in against],
        (say("History"), ""),
        (say("Signal"), ""),
    ]


def versus(key: str, say: Language) -> str:
    """What a change is against: "vs same period last year"."""
    return say("vs {reference}", reference=say(COMPARISONS[key].label))


def _group(
    title: str, facts: list[Fact], against: list[str], heads: list[tuple[str, str]], say: Language, labels: Labels
) -> str:
    head = f'<th scope="rowgroup" colspan="{len(heads)}">{escape(say(title))}</th>' if title else ""
    head = f'<tr class="group">{head}</tr>' if title else ""
    lines = "".join(_line(fact, against, [text for text, _ in heads], say, labels(fact)) for fact in facts)
    return f'<tbody class="{facts[0].role}">{head}{lines}</tbody>'


def _line(fact: Fact, against: list[str], heads: list[str], say: Language, label: str) -> str:
    found = {change.against: change for change in fact.changes}
    cells = [
        cell(escape(label), "name", tag="th"),
        cell(value_html(fact, say), "num value", heads[1]),
        cell(*_target(fact, say, label), heads[2]),
        cell(status_html(fact, say), "status" if fact.status else "status none", heads[3]),
        *[cell(*_change(fact, found.get(key), say), versus(key, say)) for key in against],
        cell(spark_picture(fact, say, label).svg, "spark", heads[-2]),
        cell(signal_html(fact, say) if fact.value.value is not None else "", "signal", heads[-1]),
    ]
    return f"<tr>{''.join(cells)}</tr>"


def value_html(fact: Fact, say: Language) -> str:
    """The value, and beneath it why it is missing or must be read with care."""
    return f"<span>{escape(in_words(fact, fact.value.value, say))}</span>{small(care(fact.value, say, fact.interval))}"


def care(value: Value, say: Language, interval: Interval | None = None) -> str:
    """Why a value is missing or must be read with care, as one of few answers; empty for a plain one."""
    few = int(interval.answers) if interval and interval.few else 0
    note = say.plural("only {number} answer", "only {number} answers", few) if few else ""
    return ", ".join(filter(None, [_reason(value, say), note]))


def _reason(value: Value, say: Language) -> str:
    if is_partial(value) and value.reason != "immature":
        covered, expected = say.count(value.covered), say.count(value.expected)
        return say("not complete: {covered} of {expected}", covered=covered, expected=expected)
    return say(REASONS[value.reason]) if value.reason else ""


def status_html(fact: Fact, say: Language) -> str:
    """The status in a word with its sign, and the reason where it can't be judged; empty without a target."""
    if fact.status is None:
        return ""
    reason = say(REASONS[fact.status_reason]) if fact.status_reason else ""
    return f'<span class="{fact.status}">{sign(fact.status)}{escape(status_word(fact, say))}</span>{small(reason)}'


def signal_html(fact: Fact, say: Language) -> str:
    """What the process says, in words, beside the drawings of its two verdicts."""
    how = last_sense(fact)
    verdict, rule = _verdict_and_rule(fact, say)
    icons = "".join(filter(None, [variation_icon(fact, say), assurance_icon(fact, say)]))
    icons = f'<span class="icons">{icons}</span>' if icons else ""
    return f'{icons}<span class="{how or "usual"}">{escape(verdict)}</span>{small(rule)}'


def _target(fact: Fact, say: Language, label: str) -> tuple[str, str]:
    if fact.target is None:
        return "", "num aim none"
    text, note = target_words(fact, say), so_far(fact, say)
    return f"<span>{escape(text)}</span>{bullet_picture(fact, say, label).svg}{small(note)}", "num aim"


def so_far(fact: Fact, say: Language) -> str:
    """What is held against the target where it is not the value: the sum so far, or the period in which it was due."""
    if fact.target is None or not held_apart(fact):
        return ""
    if fact.target.achieved_in is not None:
        return f"{capital(say.period(fact.target.achieved_in))}: {in_words(fact, fact.target.achieved, say)}"
    return say("{value} so far", value=in_words(fact, fact.target.achieved, say))


def _change(fact: Fact, change: Change | None, say: Language) -> tuple[str, str]:
    if change is None:
        return "", "num change none"
    absolute, second = change_texts(fact, change, say)
    return f"<span>{escape(absolute)}</span>{small(second)}", "num change"


def change_texts(fact: Fact, change: Change, say: Language) -> tuple[str, str]:
    """A change with its unit, and the relative change beside it; or a dash, and the reason.

    The change of a share is in percentage points alone: a percentage beside them would be read as one more rate.
    """
    absolute = step_words(fact, change.absolute, say)
    if fact.unit == SHARE and change.absolute is not None:
        return absolute, ""
    if is_missing(change.relative):
        return absolute, _why(fact, change.reason, say)
    return absolute, say.relative(change.relative)


def _why(fact: Fact, code: str | None, say: Language) -> str:
    """The reason in words; empty where it is the value's own, which stands beside the value."""
    return say(REASONS[code]) if code and code != fact.value.reason else ""


def _plain(heads: list[str], facts: list[Fact], against: list[str], say: Language, labels: Labels) -> str:
    kept = [heads[0], heads[1], heads[2], heads[3], *heads[4:-2], heads[-1]]
    lines = []
    for fact in facts:
        found = {change.against: change_texts(fact, change, say)[0] for change in fact.changes}
        status = status_word(fact, say) if fact.status else ""
        value = in_words(fact, fact.value.value, say)
        changes = [found.get(key, "") for key in against]
        aim = target_words(fact, say)
        if fact.target is not None and fact.target.achieved_in is not None:
            aim = f"{aim} ({so_far(fact, say)})"
        lines.append([labels(fact), value, aim, status, *changes, capital(signal_words(fact, say))])
    return aligned([kept, *lines], [1, 2, *range(4, 4 + len(against))])


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


Row = tuple[str, str, str]
"""A line of the box: head, figure, and what is said beneath it."""


def _target_rows(fact: Fact, say: Language) -> list[Row]:
    target = fact.target
    if target is None:
        return []
    ends = "" if target.kind == "keep" else say("by {day}", day=say.day(target.window.last_day))
    wanted = target_words(fact, say) or say.value(None, fact.unit)
    rows = [(say("Target"), wanted, ends or _why(fact, target.reason, say))]
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
        rows.append((say("Outlook"), between, say("8 of 10 outcomes, by {day}", day=say.day(found.window.last_day))))
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
    verdicts = [(say("Signal"), *_verdict_and_rule(fact, say)), *_assured(fact, say), chart]
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


def _verdict_and_rule(fact: Fact, say: Language) -> tuple[str, str]:
    verdict, _, rule = capital(signal_words(fact, say)).partition(": ")
    return verdict, rule


def _coverage_rows(fact: Fact, say: Language) -> list[Row]:
    value = fact.value
    if not value.expected:
        return []
    parts = {"covered": say.count(value.covered), "expected": say.count(value.expected)}
    text = say("complete") if value.complete else say("{covered} of {expected}", **parts)
    return [(say("Coverage"), text, "")]
