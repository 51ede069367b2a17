"""All clients and their KPIs in a table: those that need attention first, and the way to each client's report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from os import PathLike
from typing import Any

import ipywidgets as widgets

from kpikit.charts.board import SORTS
from kpikit.widgets.as_code import called, opened
from kpikit.widgets.choice import Choice
from kpikit.widgets.controls import button, field, line, rows
from kpikit.widgets.heads import Heads
from kpikit.widgets.view import View
from kpikit.words.language import Language
from kpikit.words.texts import N_
from kpikit.workspace.portfolio.board import Asked, Board, growing
from kpikit.workspace.shared import shared

PERIODS = 24
"""How many periods back can be picked."""


class Linked(widgets.Output):  # type: ignore[misc]
    """Shows HTML as a cell's output shows it: JupyterLab opens its links to files, which it does of no other widget."""

    @property
    def value(self) -> str:
        """The HTML that is shown."""
        shown: Any = self.outputs
        return "".join(each["data"]["text/html"] for each in shown)

    @value.setter
    def value(self, html: str) -> None:
        self.outputs = ({"output_type": "display_data", "data": {"text/html": html}, "metadata": {}},)


class ReviewBoard(View):
    """Lists to choose from, over a table whose heads sort it. ``value`` is the `Board` shown, None where there is none.

    ``workspace`` is its folder, or it is opened; ``language`` is "en", "da" or "nb", by default the workspace's own.
    ``out`` is the folder of the reports that the rows lead to (default: out/ in the workspace), ``served`` its address
    where a server gives their pages (default: JupyterLab opens the files).
    """

    heading = N_("All clients")
    value: Board | None

    def __init__(
        self,
        workspace: str | PathLike[str],
        *,
        language: str | None = None,
        out: str | None = None,
        served: str | None = None,
    ) -> None:
        self.path, self.workspace, self.language, self.out = workspace, shared(workspace), language, out
        self.served = served
        super().__init__(Language(language or self.workspace.language))
        say, self.shown, self.page = self.say, Linked(), 1
        self._growing: dict[str, tuple[Board, Iterator[Board]]] = {}
        self._kpis: dict[str, str] = {}
        self.period = Choice(say("Period"), self._periods())
        self.show = Choice(say("Show"), [(say("what needs attention"), True), (say("everything"), False)])
        self.segment = Choice(say("Segment"), [(say("all"), ""), *self._segments()])
        self.kpi = Choice(say("KPI"), [(say("all"), "")])
        self.search = field(say("Search"), hint=say("a client, or a KPI"))
        self.sort = Choice(say("Order"), [(say(text), key) for key, text in SORTS.items()])
        self.way = Choice(say("Direction"), [(say("as usual"), False), (say("the other way round"), True)])
        self.back, self.next = button(say("Rows before")), button(say("Rows after"))
        self.back.on_click(lambda _: self._turn(-1))
        self.next.on_click(lambda _: self._turn(1))
        controls = [self.period, self.show, self.segment, self.kpi, self.search, self.sort, self.way]
        for each in controls:
            each.observe(self._from_the_top, names="value")
        self._follow(*controls)
        if len(self.segment.options) == 1:
            controls.remove(self.segment)
        self._arranged(rows(*controls), self.shown, line(self.back, self.next), Heads(self.sort_by))

    def sort_by(self, column: str) -> None:
        """Order the rows by a column, as a press on its head does; by the one they are ordered by, the other way."""
        same = column == self.sort.value
        self._refilled(lambda: self.sort.choose(column), lambda: self.way.choose(same and not self.way.value))

    def _periods(self) -> list[tuple[str, str]]:
        """The periods of the first client's calendar, the last complete one first."""
        key, grain = next(iter(self.workspace.clients)), self.workspace.settings.grain
        calendar, (last, _) = self.workspace.clients[key].calendar, self.workspace.period(key)
        found = [last, *reversed(calendar.ending_with(last, PERIODS)[:-1])]
        begins = self.workspace.settings.begins
        return [(self.say.period(each), each.key) for each in found if each.grain == grain and each.end > begins]

    def _segments(self) -> list[tuple[str, str]]:
        found = {each.segment for each in self.workspace.clients.values() if each.segment}
        return [(name, name) for name in sorted(found)]

    def _from_the_top(self, change: Any) -> None:
        self.page = 1

    def _turn(self, pages: int) -> None:
        self.page += pages
        self._changed()

    def _made(self) -> Board:
        """What is chosen of the period's rows, as far as they are there; they are evaluated once."""
        self.back.disabled = self.next.disabled = True
        period = self.period.value
        if period not in self._growing:
            boards = growing(self.workspace, period, None, self.say.code, self.out)
            self._growing[period] = next(boards), boards
        board, _ = self._growing[period]
        self._fill_kpis(board)
        found = replace(board.asking(Asked(**{**self._chosen(), "page": self.page})), served=self.served)
        self.page = found.page
        self.back.disabled, self.next.disabled = self.page == 1, self.page == found.pages
        return found

    def _rest(self) -> Iterator[None]:
        """More clients, until all are there."""
        if self._value is None:
            return
        period = self.period.value
        board, boards = self._growing[period]
        if board.waiting:
            yield from self.workspace._reading()
        for board in boards:
            self._growing[period] = board, boards
            self._value = self._made()
            self._show()
            yield

    def _fill_kpis(self, board: Board) -> None:
        before, self._quiet = self._quiet, True
        self._kpis = self._kpis | board.kpis if board.waiting else board.kpis
        self.kpi.refill([(self.say("all"), ""), *((label, key) for key, label in self._kpis.items())])
        self._quiet = before

    def _chosen(self) -> dict[str, Any]:
        """What differs from a board of which nothing is asked."""
        chosen = {
            "attention": self.show.value,
            "segment": self.segment.value,
            "kpi": self.kpi.value,
            "search": self.search.value.strip(),
            "sort": self.sort.value if self.sort.value != "urgency" else None,
            "backwards": self.way.value,
            "page": self.page if self.page > 1 else None,
        }
        return {name: value for name, value in chosen.items() if value}

    def _html(self, value: Board) -> str:
        """The table with buttons for heads."""
        return replace(value, pressable=True).shown().html

    def _picture(self) -> str:
        """The table without them: on a page without widgets nobody hears a button."""
        return super()._picture() if self._value is None else self._value.shown().html

    def _call(self) -> str:
        said = self._chosen() | {"language": self.language, "out": self.out}
        return called(f"{opened(self.path)}.board", self.period.value, **said)
