"""`Board`: the KPIs of all clients in one table, of those that need attention or all, in an order that one picks.

workspace.board("2019-03", attention=True, sort="gap")
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from kpikit.charts.board import SORTS, Row, board_table, in_order
from kpikit.charts.markup import Html, Shown, joined, paragraphs
from kpikit.charts.reading import capital
from kpikit.evaluation.facts import Evaluation
from kpikit.sources.clients import Client
from kpikit.sources.personal import OUT
from kpikit.words.errors import UsageError, one_of
from kpikit.words.language import Language
from kpikit.words.periods import Period
from kpikit.workspace.explore.narrow import kpis_alone
from kpikit.workspace.portfolio.triage import readable
from kpikit.workspace.reports.rendered import read_manifest, report_files

if TYPE_CHECKING:
    from kpikit.workspace.workspace import Workspace

PAGE = 25
"""How many rows are shown at once."""
AT_ONCE = 64
"""So many clients at most are added in one step, between which a person can choose something."""
SHORT = 0.4
"""Seconds below which a step is short, so that the next one takes more clients."""


@dataclass(frozen=True)
class Asked:
    """What is asked of a board: which rows, in which order, and which page of them, from 1."""

    attention: bool = False
    segment: str | None = None
    kpi: str | None = None
    search: str | None = None
    sort: str = "urgency"
    backwards: bool = False
    page: int = 1


@dataclass(frozen=True, repr=False)
class Board(Shown):
    """``every`` row that there is, and what is ``asked`` of them. It shows itself.

    ``clients`` is the register; ``period`` that of most clients, ``folder`` the workspace's, and ``out`` that of its
    reports. So many clients are ``waiting``: their rows are still to come. ``served`` is the address under which a
    server gives the pages in ``out``, where files can't be opened; "" where none does. The heads of a ``pressable``
    one are buttons, which `ReviewBoard` hears.
    """

    every: tuple[Row, ...]
    asked: Asked
    clients: Mapping[str, Client]
    period: Period | None
    folder: Path
    out: Path
    say: Language
    waiting: int = 0
    served: str | None = None
    pressable: bool = False

    def __eq__(self, other: object) -> bool:
        """Equal are boards with the same rows, of which the same is asked in the same language."""
        mine = self.every, self.asked, self.say.code
        return isinstance(other, Board) and mine == (other.every, other.asked, other.say.code)

    def asking(self, asked: Asked) -> Board:
        """The same rows, of which something else is asked. A `UsageError` names what does not exist."""
        known = {
            "sort": SORTS,
            "segment": {each.segment for each in self.clients.values() if each.segment},
            "kpi": [*self.kpis, *([asked.kpi] if self.waiting else [])],  # whose rows may be still to come
        }
        for name, values in known.items():
            value = getattr(asked, name)
            if value is not None and value not in values:
                raise UsageError(one_of(name, value, values))
        return replace(self, asked=asked)

    @property
    def kpis(self) -> dict[str, str]:
        """The KPIs that there are, each with its label."""
        return {row.fact.key: row.label for row in self.every if row.fact}

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """All rows that are asked for, in their order."""
        found = in_order([row for row in self.every if self._wanted(row)], self.asked.sort)
        return tuple(reversed(found) if self.asked.backwards else found)

    def _wanted(self, row: Row) -> bool:
        asked, text = self.asked, (self.asked.search or "").strip().casefold()
        return (
            (not asked.attention or row.attention)
            and asked.segment in (None, self.clients[row.client].segment)
            and (asked.kpi is None or (row.fact is not None and row.fact.key == asked.kpi))
            and (not text or text in f"{row.client} {row.name} {row.label}".casefold())
        )

    @property
    def page(self) -> int:
        """The page that is shown: the one asked for, or the nearest that there is."""
        return min(max(self.asked.page, 1), self.pages)

    @property
    def pages(self) -> int:
        """How many pages there are; one where there is no row."""
        return max(-(-len(self.rows) // PAGE), 1)

    @property
    def shown_rows(self) -> tuple[Row, ...]:
        """The rows of the page, with links to those reports that are rendered."""
        first = (self.page - 1) * PAGE
        lines = read_manifest(self.out) or []
        period = self.period.key if self.period else ""
        return tuple(
            replace(row, links=self._links(report_files(self.out, lines, row.client, period, self.say.code)))
            for row in self.rows[first : first + PAGE]
        )

    def _links(self, files: tuple[Path, ...]) -> tuple[tuple[str, str], ...]:
        """A name and an address for each file that can be opened, seen from the notebook or page that shows them."""
        names = {".html": self.say("Report"), ".ipynb": self.say("Notebook")}
        if self.served is None:
            return tuple((names[file.suffix], quote(_from_here(file))) for file in files)
        pages = [file for file in files if file.suffix == ".html" and self.served]
        return tuple((names[page.suffix], f"{self.served}/{quote(page.relative_to(self.out).as_posix())}")
                     for page in pages)  # fmt: skip

    def shown(self) -> Html:
        """How many there are, the rows of the page, and how to make the reports that are not there."""
        rows = self.shown_rows
        pieces = [paragraphs(self._counted(len(rows)))]
        if rows:
            pieces.append(self._table(rows))
            pieces += self._to_render(rows)
        return joined(pieces)

    def _table(self, rows: tuple[Row, ...]) -> Html:
        return board_table(rows, self.asked.sort, self.asked.backwards, self.say, self.pressable)

    def _counted(self, shown: int) -> list[str]:
        say = self.say
        facts = [row for row in self.every if row.fact]
        clients = say.plural("{number} client", "{number} clients", len(self.clients))
        number, all = say.count(sum(row.attention for row in facts)), say.count(len(facts))
        if self.period is None:
            return [f"{clients}."]
        told = say("{period}, {clients}. KPIs that need attention: {number} of {all}.",
                   period=capital(say.period(self.period)), clients=clients, number=number, all=all)  # fmt: skip
        if self.waiting:
            told += " " + say.plural("{number} client is still to come …", "{number} clients are still to come …",
                                     self.waiting)  # fmt: skip
        if not self.rows:
            none = say("None of them is what you look for: choose more, or empty the field of the search.")
            return [told] if self.waiting else [told, none]
        first = (self.page - 1) * PAGE + 1
        numbers = {"first": say.count(first), "last": say.count(first + shown - 1), "all": say.count(len(self.rows))}
        return [told, say("Shown: {first} to {last} of {all}.", **numbers)]

    def _to_render(self, rows: tuple[Row, ...]) -> list[Html]:
        """The command that makes reports, where some of the page are not there."""
        missing = [row.client for row in rows if row.fact and not row.links]
        if not missing or self.period is None:
            return []
        told = self.say("Reports of {period} that are not rendered yet are made by this command:",
                        period=self.say.period(self.period))  # fmt: skip
        command = f"kpikit report {_quoted(self.folder)} --period {self.period.key}"
        if self.out != self.folder / OUT:
            command += f" --out {_quoted(self.out)}"
        html = f'<div class="kpikit words"><p>{escape(told)} <code>{escape(command)}</code></p></div>'
        return [Html(html, f"{told} {command}")]


def board(
    workspace: Workspace, period: str | None, asked: Asked, as_of: str | None, language: str | None, out: str | None
) -> Board:
    """The board of a workspace; see `Workspace.board`. A `UsageError` names what does not exist."""
    (found,) = growing(workspace, period, as_of, language, out, at_once=len(workspace.clients))
    return found.asking(asked)


def growing(
    workspace: Workspace, period: str | None, as_of: str | None, language: str | None, out: str | None, at_once: int = 1
) -> Iterator[Board]:
    """The board, with ever more clients in it: first so many, then more at once while that is quick, up to `AT_ONCE`.

    Of clients that share their sources many cost as much as a few do; of those with sources of their own each costs.
    """
    say, keys = Language(language or workspace.language), list(workspace.clients)
    rows, periods = list[Row](), Counter[Period]()
    while keys:
        begun, few, keys = time.monotonic(), keys[:at_once], keys[at_once:]
        able, unreadable = readable(workspace, few)
        evaluations = kpis_alone(workspace, able, period, as_of)
        told = {key: _rows(workspace, each, say) for key, each in evaluations.items()}
        for item in unreadable:
            label = say.own(workspace.clients[item.client].label)
            told[item.client] = [Row(item.client, label, None, trouble=item.what)]
        rows += [row for key in few for row in told[key]]
        periods.update(each.period for each in evaluations.values())
        most = next((each for each, _ in periods.most_common(1)), None)
        place = Path(out) if out else workspace.folder / OUT
        if time.monotonic() - begun < SHORT:
            at_once = min(8 * at_once, AT_ONCE)
        yield Board(tuple(rows), Asked(), workspace.clients, most, workspace.folder, place, say, len(keys))


def _rows(workspace: Workspace, evaluation: Evaluation, say: Language) -> list[Row]:
    key, name = evaluation.client, say.own(workspace.clients[evaluation.client].label)
    labels = workspace.settings.labels(say, key)
    if not evaluation.kpis:
        return [Row(key, name, None, trouble=say("There is no KPI: no plan with one is in force in this period."))]
    return [Row(key, name, fact, labels(fact)) for fact in evaluation.kpis]


def _from_here(file: Path) -> str:
    try:
        return Path(os.path.relpath(file)).as_posix()
    except ValueError:  # another drive
        return file.as_posix()


def _quoted(folder: Path) -> str:
    text = str(folder)
    return f'"{text}"' if " " in text else text
