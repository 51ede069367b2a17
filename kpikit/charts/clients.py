"""Many clients in one table: those that need attention first, each with its KPIs, values, targets and signals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from kpikit.charts.cells import Labels, signal_html, so_far, status_html, value_html
from kpikit.charts.markup import Html, aligned, cell, head_row, joined, small
from kpikit.charts.reading import target_words
from kpikit.evaluation.codes import GOOD
from kpikit.evaluation.facts import Evaluation, Fact
from kpikit.evaluation.figures import in_words
from kpikit.evaluation.sentences import signal_words, status_word
from kpikit.words.language import Language
from kpikit.words.texts import N_

GROUPS = (
    (N_("Needs attention"), ("missed", "at_risk")),
    (N_("On track"), GOOD),
    (N_("Can't be judged"), ("cannot_be_judged",)),
    (N_("Without targets"), (None,)),
)
"""Heading and worst statuses of the clients under it, in the order of the page."""

URGENCY = tuple(status for _, statuses in GROUPS for status in statuses)


@dataclass(frozen=True)
class Line:
    """One client: its name, its evaluation, and its reports, each with a name and an address."""

    name: str
    evaluation: Evaluation
    links: tuple[tuple[str, str], ...] = ()


def worst(evaluation: Evaluation) -> str | None:
    """The most urgent status among a client's KPIs; None without targets."""
    return min((fact.status for fact in evaluation.kpis), key=URGENCY.index, default=None)


def clients(lines: Iterable[Line], labels: Labels, say: Language) -> Html:
    """A table for each group that has clients; in a group, the client furthest from its target stands on top."""
    ranked = sorted(lines, key=_urgency)
    groups = [(title, [line for line in ranked if worst(line.evaluation) in statuses]) for title, statuses in GROUPS]
    return joined([_group(say(title), group, labels, say) for title, group in groups if group])


def _urgency(line: Line) -> tuple[int, float, str]:
    facts = line.evaluation.kpis
    first = min(facts, key=lambda fact: URGENCY.index(fact.status), default=None)
    return URGENCY.index(worst(line.evaluation)), -shortfall(first), line.name.casefold()


def shortfall(fact: Fact | None) -> float:
    """How far a KPI is on the wrong side of where it should be, as a share of it, so that units do not matter."""
    if fact is None or fact.target is None or fact.target.gap is None or not fact.target.now:
        return 0.0
    return -fact.target.gap * fact.better.sign / abs(fact.target.now)


def _group(title: str, lines: Sequence[Line], labels: Labels, say: Language) -> Html:
    heads = _heads(say)
    bodies = "".join(_client(line, [text for text, _ in heads], labels, say) for line in lines)
    count = say.plural("{number} client", "{number} clients", len(lines))
    html = (
        f'<section class="kpikit"><h3>{escape(title)}</h3><p>{escape(count)}</p>'
        f'<table class="index">{head_row(heads)}{bodies}</table></section>'
    )
    return Html(html, f"{title}: {count}\n" + _plain(lines, labels, say))


def _heads(say: Language) -> list[tuple[str, str]]:
    return [
        (say("Client"), "name"),
        (say("KPI"), "name"),
        (say("Value"), "num"),
        (say("Target"), "num"),
        (say("Status"), ""),
        (say("Signal"), ""),
    ]


def _client(line: Line, heads: Sequence[str], labels: Labels, say: Language) -> str:
    """The lines of one client: its most urgent KPI first, its name once."""
    facts = sorted(line.evaluation.kpis, key=lambda fact: URGENCY.index(fact.status))
    lines = f' rowspan="{len(facts)}"' if len(facts) > 1 else ""
    name = f'<th scope="rowgroup" class="name"{lines}>{_name(line)}</th>'
    rows = [_cells(fact, heads, labels, say) for fact in facts] or ['<td colspan="5"></td>']
    return "<tbody>" + "".join(f"<tr>{'' if at else name}{row}</tr>" for at, row in enumerate(rows)) + "</tbody>"


def _name(line: Line) -> str:
    """The client's name, which leads to its first report; the others, if any, beneath."""
    if not line.links:
        return escape(line.name)
    (_, first), *others = line.links
    more = " · ".join(_link(address, name) for name, address in others)
    return _link(first, line.name) + (f"<small>{more}</small>" if more else "")


def _link(address: str, text: str) -> str:
    return f'<a href="{escape(address)}">{escape(text)}</a>'


def _cells(fact: Fact, heads: Sequence[str], labels: Labels, say: Language) -> str:
    return (
        cell(escape(labels(fact)), "name", heads[1])
        + cell(value_html(fact, say), "num value", heads[2])
        + cell(escape(target_words(fact, say)) + small(so_far(fact, say)), "num", heads[3])
        + cell(status_html(fact, say), "status", heads[4])
        + cell(signal_html(fact, say), "signal", heads[5])
    )


def _plain(lines: Sequence[Line], labels: Labels, say: Language) -> str:
    rows = [
        [
            *(line.name, labels(fact), in_words(fact, fact.value.value, say)),
            *(status_word(fact, say), signal_words(fact, say)),
        ]
        for line in lines
        for fact in line.evaluation.kpis
    ]
    return aligned(rows, [2]) if rows else ""
