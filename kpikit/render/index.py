"""The page over all clients of a run: what could not be made, who needs attention, and a link to each report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path

from kpikit.charts.cells import Labels
from kpikit.charts.clients import Line, clients
from kpikit.charts.markup import Html, table
from kpikit.charts.reading import capital
from kpikit.evaluation.facts import Evaluation
from kpikit.render.news import Change, news
from kpikit.render.run import Entry
from kpikit.render.shell import shell
from kpikit.words.language import Language


def index_page(
    name: str,
    out: Path,
    entries: Sequence[Entry],
    evaluations: Mapping[str, Evaluation],
    labels: Labels,
    say: Language,
    changes: Sequence[Change] = (),
) -> str:
    """The HTML of ``index.html`` of the workspace ``name``, for the folder ``out``; ``evaluations`` by client key."""
    lines = [
        Line(label, evaluations[client], tuple(_links(out, entries, client)))
        for client, label in {entry.client: entry.label for entry in entries if entry.page is not None}.items()
        if client is not None
    ]
    parts = [_failed([entry for entry in entries if entry.reason is not None], say)]
    names = {str(entry.client): entry.label for entry in entries}
    parts.append(news(changes, evaluations, names, labels, say))
    if lines:
        parts.append(
            f"<section>\n<h2>{escape(say('The clients'))}</h2>\n{clients(lines, labels, say).html}\n</section>"
        )
    return shell(name, say.code, _header(name, out, entries, evaluations, say), "\n".join(filter(None, parts)))


def left_page(name: str, links: Sequence[tuple[str, str, str]], say: Language) -> str:
    """The HTML of ``index.html`` after a client was removed: the reports that are left, as (client, text, address).

    How the clients stand is said again by the next run.
    """
    rows: list[list[str | Html]] = [
        [client, Html(f'<a href="{escape(address)}">{escape(text)}</a>', text)] for client, text, address in links
    ]
    told = say("These reports are left after a client was removed. The next run shows again how the clients stand.")
    count = say.plural("{number} report", "{number} reports", len(links))
    header = "\n".join([f"<h1>{escape(name)}</h1>", f"<p>{escape(told)}</p>", f"<p>{escape(count)}</p>"])
    return shell(name, say.code, header, table([say("Client"), say("Report")], rows).html if rows else "")


def _links(out: Path, entries: Sequence[Entry], client: str) -> Iterator[tuple[str, str]]:
    """The client's reports: period and template, and the address of the page."""
    for entry in entries:
        if entry.client == client and entry.page is not None:
            named = [entry.period, entry.template, entry.audience]
            yield ", ".join(filter(None, named)), entry.page.relative_to(out).as_posix()


def _header(
    name: str, out: Path, entries: Sequence[Entry], evaluations: Mapping[str, Evaluation], say: Language
) -> str:
    """The name, the periods and the days they are seen from, how many reports there are, the way to the portfolio."""
    times = {(each.period, each.as_of) for each in evaluations.values()}
    texts = [
        capital(say("{period}, as of {day}", period=say.period(period), day=say.day(day)))
        for period, day in sorted(times, key=lambda time: (time[0].key, time[1]))
    ]
    made = [entry for entry in entries if entry.page is not None]
    texts.append(say.plural("{number} report", "{number} reports", sum(entry.client is not None for entry in made)))
    links = [
        f'<p><a href="{escape(entry.page.relative_to(out).as_posix())}">{escape(entry.label)}</a></p>'
        for entry in made
        if entry.client is None and entry.page is not None
    ]
    return "\n".join([f"<h1>{escape(name)}</h1>", *[f"<p>{escape(text)}</p>" for text in texts], *links])


def _failed(entries: Sequence[Entry], say: Language) -> str:
    """What failed, and why; empty where nothing did."""
    if not entries:
        return ""
    rows = table([say("Client"), say("Reason")], [[entry.label, entry.reason or ""] for entry in entries])
    return f"<section>\n<h2>{escape(say('Could not be made'))}</h2>\n{rows.html}\n</section>"
