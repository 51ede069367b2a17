"""The scorecard: one line for each indicator, in groups."""

from __future__ import annotations

from collections import Counter
from html import escape

from kpikit.charts.bullet import bullet_picture
from kpikit.charts.cells import Labels, change_texts, signal_html, so_far, status_html, value_html, versus
from kpikit.charts.markup import Html, aligned, cell, head_row, joined, paragraphs, small
from kpikit.charts.reading import capital, target_words
from kpikit.charts.sparkline import spark_picture
from kpikit.evaluation.codes import REASONS
from kpikit.evaluation.facts import Change, Evaluation, Fact
from kpikit.evaluation.figures import in_words
from kpikit.evaluation.forecast.outlook_words import likely
from kpikit.evaluation.sentences import signal_words, status_word
from kpikit.words.language import Language
from kpikit.words.texts import N_

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
    told = _not_shown([fact for fact in evaluation.facts if fact not in facts], say)
    return joined([table, paragraphs(told, "note")]) if told else table


def _not_shown(rest: list[Fact], say: Language) -> list[str]:
    """How many further figures are as usual, and how many are missing, with the reasons."""
    missing = Counter(fact.value.reason for fact in rest if fact.value.reason)
    usual, told = len(rest) - missing.total(), list[str]()
    if usual:
        told.append(say.plural(
            "{number} further figure is as usual, or has too short a history to be judged.",
            "{number} further figures are as usual, or have too short a history to be judged.",
            usual,
        ))  # fmt: skip
    if missing:
        why = "; ".join(f"{say(REASONS[reason])} ({say.count(number)})" for reason, number in missing.most_common())
        told.append(say.plural(
            "{number} further figure is missing or not complete: {reasons}.",
            "{number} further figures are missing or not complete: {reasons}.",
            missing.total(),
            reasons=why,
        ))  # fmt: skip
    return told


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


def _target(fact: Fact, say: Language, label: str) -> tuple[str, str]:
    if fact.target is None:
        return "", "num aim none"
    text, note = target_words(fact, say), so_far(fact, say)
    kind = "num aim range" if fact.target and fact.target.upper is not None else "num aim"
    return f"<span>{escape(text)}</span>{bullet_picture(fact, say, label).svg}{small(note)}", kind


def _change(fact: Fact, change: Change | None, say: Language) -> tuple[str, str]:
    if change is None:
        return "", "num change none"
    absolute, second = change_texts(fact, change, say)
    return f"<span>{escape(absolute)}</span>{small(second)}", "num change"


def _plain(heads: list[str], facts: list[Fact], against: list[str], say: Language, labels: Labels) -> str:
    kept = [heads[0], heads[1], heads[2], heads[3], *heads[4:-2], heads[-1]]
    lines = []
    for fact in facts:
        found = {change.against: change_texts(fact, change, say)[0] for change in fact.changes}
        status, chance = (status_word(fact, say) if fact.status else ""), likely(fact, say)
        status = f"{status} ({chance})" if chance else status
        value = in_words(fact, fact.value.value, say)
        changes = [found.get(key, "") for key in against]
        aim, apart = target_words(fact, say), so_far(fact, say)
        aim = f"{aim} ({apart})" if apart else aim
        lines.append([labels(fact), value, aim, status, *changes, capital(signal_words(fact, say))])
    return aligned([kept, *lines], [1, 2, *range(4, 4 + len(against))])
