"""The board: a row for each KPI of each client, in the order that was asked for, with its history as a sparkline."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from kpikit.charts.cells import signal_html, so_far, status_html, value_html
from kpikit.charts.clients import URGENCY, shortfall
from kpikit.charts.markup import Html, aligned, cell, small
from kpikit.charts.reading import target_words
from kpikit.charts.sparkline import spark_picture
from kpikit.evaluation.facts import Fact
from kpikit.evaluation.figures import in_words
from kpikit.evaluation.sentences import signal_words, status_word
from kpikit.words.language import Language
from kpikit.words.texts import N_

SORTS = {
    "urgency": N_("most urgent first"),
    "client": N_("by client"),
    "kpi": N_("by KPI"),
    "value": N_("by value"),
    "gap": N_("furthest from the target first"),
    "signal": N_("signals first"),
}
"""The orders that rows can be in, as they are called in a list."""

_COLUMNS = (
    ("client", N_("Client"), "name"),
    ("kpi", N_("KPI"), "name"),
    ("value", N_("Value"), "num"),
    ("gap", N_("Target"), "num"),
    ("urgency", N_("Status"), ""),
    ("history", N_("History"), ""),
    ("signal", N_("Signal"), ""),
)
"""The order that a column stands for, its heading, and the class of its cells."""

_SIGNALS = ("concern", "improvement", "neutral", None)


@dataclass(frozen=True)
class Row:
    """A KPI of a client; ``links`` lead to its report, each a name and an address.

    ``fact`` is None for a client without any, and ``trouble`` says why.
    """

    client: str
    name: str
    fact: Fact | None
    label: str = ""
    trouble: str = ""
    links: tuple[tuple[str, str], ...] = ()

    @property
    def attention(self) -> bool:
        """True where a target is missed or at risk, where the process says that it got worse, and without figures."""
        if self.fact is None:
            return True
        return self.fact.status in ("missed", "at_risk") or self.fact.signal.direction == "concern"


def in_order(rows: Sequence[Row], sort: str) -> list[Row]:
    """The rows in one of the orders of `SORTS`; rows without figures stand first by urgency, and last by value."""
    by_name = sorted(rows, key=lambda row: (row.name.casefold(), row.label.casefold()))
    if sort == "client":
        return by_name
    if sort == "kpi":
        return sorted(by_name, key=lambda row: row.label.casefold())
    if sort == "value":
        return sorted(by_name, key=_largest_first)
    by_gap = sorted(by_name, key=lambda row: -shortfall(row.fact))
    if sort == "gap":
        return by_gap
    if sort == "signal":
        return sorted(by_gap, key=lambda row: _SIGNALS.index(row.fact.signal.direction if row.fact else None))
    return sorted(by_gap, key=lambda row: URGENCY.index(row.fact.status) if row.fact else -1)


def _largest_first(row: Row) -> float:
    value = row.fact.value.value if row.fact else None
    return math.inf if value is None else -value


def board_table(rows: Sequence[Row], sort: str, backwards: bool, say: Language, pressable: bool = False) -> Html:
    """The rows as a table, whose head says by which column they are ordered; its heads are buttons if ``pressable``."""
    heads = "".join(_head(key, say(text), kind, sort, backwards, pressable) for key, text, kind in _COLUMNS)
    titles = [say(text) for _, text, _ in _COLUMNS]
    body = "".join(f"<tr>{_cells(row, titles, say)}</tr>" for row in rows)
    html = f'<table class="board"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'
    return Html(html, aligned([_texts(row, say) for row in rows], [2]) if rows else "")


def _head(key: str, text: str, kind: str, sort: str, backwards: bool, pressable: bool) -> str:
    names, inside, sorted_by = f' class="{kind}"' if kind else "", escape(text), ""
    if key == sort:
        upward = (sort in ("client", "kpi")) != backwards
        way, arrow = ("ascending", "▲") if upward else ("descending", "▼")
        inside, sorted_by = f'{inside} <span aria-hidden="true">{arrow}</span>', f' aria-sort="{way}"'
    if pressable and key in SORTS:
        inside = f'<button type="button" data-sort="{key}">{inside}</button>'
    return f'<th scope="col"{names}{sorted_by}>{inside}</th>'


def _cells(row: Row, heads: Sequence[str], say: Language) -> str:
    links = "".join(f'<a href="{escape(address)}">{escape(name)}</a> ' for name, address in row.links)
    who = cell(f"<span>{escape(row.name)}</span><small>{links}</small>", "name", tag="th")
    if row.fact is None:
        return f'{who}<td colspan="{len(heads) - 1}">{escape(row.trouble)}</td>'
    target = escape(target_words(row.fact, say)) + small(so_far(row.fact, say))
    return (
        who
        + cell(escape(row.label), "name", heads[1])
        + cell(value_html(row.fact, say), "num value", heads[2])
        + cell(target, "num", heads[3])
        + cell(status_html(row.fact, say), "status", heads[4])
        + cell(spark_picture(row.fact, say, row.label).svg, "spark", heads[5])
        + cell(signal_html(row.fact, say), "signal", heads[6])
    )


def _texts(row: Row, say: Language) -> list[str]:
    fact = row.fact
    if fact is None:
        return [row.name, row.trouble, "", "", ""]
    value = in_words(fact, fact.value.value, say)
    return [row.name, row.label, value, status_word(fact, say), signal_words(fact, say)]
