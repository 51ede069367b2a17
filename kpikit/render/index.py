"""The page over all clients of a run: what could not be made, who needs attention, and a link to each report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path

from kpikit.charts.cells import Labels
from kpikit.charts.clients import Line as Told
from kpikit.charts.clients import clients
from kpikit.charts.markup import Html, joined, table
from kpikit.charts.reading import capital
from kpikit.evaluation.facts import Evaluation
from kpikit.render.news import Change, news
from kpikit.render.run import Entry
from kpikit.render.shell import shell
from kpikit.words.language import Language
from kpikit.words.message import in_language
from kpikit.workspace.reports.rendered import Line

Link = tuple[str, str, str]
"""A report: whose it is, what it is called, and its address."""


def index_page(
    name: str,
    out: Path,
    entries: Sequence[Entry],
    evaluations: Mapping[str, Evaluation],
    labels: Labels,
    say: Language,
    changes: Sequence[Change] = (),
    others: Sequence[Link] = (),
) -> str:
    """The HTML of ``index.html`` of the workspace ``name``, for the folder ``out``; ``evaluations`` by client key.

    ``others`` are the reports of earlier runs that this one had nothing to do with.
    """
    lines = [
        Told(label, evaluations[client], tuple(_links(out, entries, client)))
        for client, label in {entry.client: entry.label for entry in entries if entry.page is not None}.items()
        if client is not None
    ]
    parts = [_failed(out, [entry for entry in entries if entry.reason is not None], say)]
    names = {str(entry.client): entry.label for entry in entries}
    parts.append(news(changes, evaluations, names, labels, say))
    if lines:
        parts.append(
            f"<section>\n<h2>{escape(say('The clients'))}</h2>\n{clients(lines, labels, say).html}\n</section>"
        )
    parts.append(_others(others, say))
    return shell(name, say.code, _header(name, out, entries, evaluations, say), "\n".join(filter(None, parts)))


def left_page(name: str, links: Sequence[Link], say: Language) -> str:
    """The HTML of ``index.html`` after a client was removed: the reports that are left.

    How the clients stand is said again by the next run.
    """
    told = say("These reports are left after a client was removed. The next run shows again how the clients stand.")
    count = say.plural("{number} report", "{number} reports", len(links))
    header = "\n".join([f"<h1>{escape(name)}</h1>", f"<p>{escape(told)}</p>", f"<p>{escape(count)}</p>"])
    return shell(name, say.code, header, _table(links, say) if links else "")


def report_links(lines: Iterable[Line], labels: Mapping[str, str]) -> Iterator[Link]:
    """A link to each report of a manifest: to its page, or to what there is in another format."""
    for line in lines:
        paths = [each["path"] for each in line["outputs"] if not each["path"].endswith(".ipynb")]
        if paths:
            key = str(line["client"])
            named = [line["period"], line["template"], line.get("audience")]
            first = next((path for path in paths if path.endswith(".html")), paths[0])
            yield labels.get(key, key), ", ".join(filter(None, named)), first


def _table(links: Sequence[Link], say: Language) -> str:
    rows: list[list[str | Html]] = [[client, _anchor(address, text)] for client, text, address in links]
    return table([say("Client"), say("Report")], rows).html


def _anchor(address: str, text: str) -> Html:
    return Html(f'<a href="{escape(address)}">{escape(text)}</a>', text)


def _others(links: Sequence[Link], say: Language) -> str:
    """Reports of earlier runs that this one had nothing to do with; empty where there are none."""
    if not links:
        return ""
    told = say("A run over all clients says again how these stand.")
    head = f"<h2>{escape(say('Reports of earlier runs'))}</h2>\n<p>{escape(told)}</p>"
    return f"<section>\n{head}\n{_table(links, say)}\n</section>"


def _links(out: Path, entries: Sequence[Entry], client: str) -> Iterator[tuple[str, str]]:
    """The client's reports: period and template, and the address of the page; then its other formats."""
    for entry in entries:
        if entry.client == client and entry.page is not None:
            yield entry.name, entry.page.relative_to(out).as_posix()
            for file in entry.files:
                if file != entry.page:
                    yield file.suffix[1:].upper(), file.relative_to(out).as_posix()


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


def _failed(out: Path, entries: Sequence[Entry], say: Language) -> str:
    """What failed, why, and the last report of it that is still there; empty where nothing did."""
    if not entries:
        return ""
    rows: list[list[str | Html]] = [
        [
            entry.label,
            entry.name,
            in_language(entry.reason or "", say),
            joined([_older(out, each.path) for each in entry.older[:1]]),
        ]
        for entry in entries
    ]
    heads = [say("Client"), say("Report"), say("Reason"), say("As it was made before")]
    return f"<section>\n<h2>{escape(say('Could not be made'))}</h2>\n{table(heads, rows).html}\n</section>"


def _older(out: Path, file: Path) -> Html:
    return _anchor(file.relative_to(out).as_posix(), file.name)
