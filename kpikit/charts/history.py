"""Statuses in time: a line for each target, a sign for each period."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from kpikit.charts.markup import Html, aligned, cell, head_row, sign
from kpikit.evaluation.codes import REASONS, STATUSES
from kpikit.evaluation.targets.judged import Judged
from kpikit.words.language import Language


def statuses(rows: Sequence[tuple[str, Sequence[Judged]]], title: str, say: Language) -> Html:
    """A table of signs, oldest period first, each with its status in words for whoever points at it or listens.

    It scrolls by itself where a screen is narrow. All rows are about the same periods.
    """
    periods = [say.period(each.period, brief=True) for each in rows[0][1]]
    heads = head_row([(say("Status"), ""), *((name, "") for name in periods)])
    body = "".join(f"<tr>{cell(escape(name), tag='th')}{''.join(_cell(each, say) for each in found)}</tr>"
                   for name, found in rows)  # fmt: skip
    seen = dict.fromkeys(each.status for _, found in rows for each in found)
    legend = "".join(f"<span>{sign(each)}{escape(say(STATUSES[each]))}</span>" for each in STATUSES if each in seen)
    table = f'<table class="heat statuses">{heads}<tbody>{body}</tbody></table>'
    scrolls = f'<div class="kpikit scrolls" tabindex="0" role="group" aria-label="{escape(title)}">{table}</div>'
    lines = [[name, *(words(each, say) for each in found)] for name, found in rows]
    text = aligned([[say("Status"), *periods], *lines])
    return Html(f'{scrolls}<p class="kpikit legend" aria-hidden="true">{legend}</p>', text)


def words(one: Judged, say: Language) -> str:
    """A status in words, with the reason where there is none."""
    told = say(STATUSES[one.status])
    return f"{told} ({say(REASONS[one.reason])})" if one.reason else told


def _cell(one: Judged, say: Language) -> str:
    told = escape(words(one, say))
    return cell(f'<span role="img" aria-label="{told}" title="{told}">{sign(one.status)}</span>')
