"""The sheet of one indicator: its message, a chart of its history that stays a chart, and the numbers behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kpikit.charts.cells import care
from kpikit.charts.look import colour
from kpikit.charts.reading import is_partial
from kpikit.render.content import Line
from kpikit.render.history import DASHED, DOTTED, SOLID, Track, axis, code, tracks
from kpikit.render.sheets.book import Book

PERIOD, BEGINS, VALUES = 0, 1, 2
"""The first columns of the history: from the third on there is one for each line of the chart."""

WIDTHS = {"period": 18, "value": 14, "remark": 40}
"""The widths of columns, in signs of the sheet's font."""

CHART_ROWS, CHART_SIZE = 17, {"width": 860, "height": 330}
_DASHES = {SOLID: "solid", DASHED: "dash", DOTTED: "round_dot"}


@dataclass(frozen=True)
class KpiSheet:
    """Where the history of an indicator stands: its sheet, first and last row, and the column of its values (from 0).

    ``values`` is None where there are none.
    """

    name: str
    first: int
    last: int
    values: int | None

    def cells(self, column: int) -> list[Any]:
        """The cells of a column, as charts name them."""
        return [self.name, self.first, column, self.last, column]


def kpi_sheet(book: Book, line: Line) -> KpiSheet:
    """A new sheet with the indicator of a line."""
    sheet, lines = book.sheet(line.label), tracks(line.fact, book.say)
    sheet.set_portrait()
    book.text(sheet, 0, 0, line.headline, book.title)
    width = 2 * WIDTHS["period"] + len(lines) * WIDTHS["value"] + WIDTHS["remark"]
    for row, text in enumerate(line.texts, 1):
        book.across(sheet, row, VALUES + len(lines), width, text)
    top = len(line.texts) + 2
    first = top + 1 + (CHART_ROWS if lines else 0)
    solid = next((VALUES + at for at, each in enumerate(lines) if each.role == "ink"), None)
    place = KpiSheet(sheet.get_name(), first, first + len(line.fact.series.points) - 1, solid)
    _history(book, sheet, place, line, lines)
    if lines:
        drawn = _chart(book, place, line, lines)
        sheet.insert_chart(top, 0, drawn, {"description": line.picture, "object_position": 2})
    return place


def _history(book: Book, sheet: Any, place: KpiSheet, line: Line, lines: list[Track]) -> None:
    fact, say, remark = line.fact, book.say, VALUES + len(lines)
    sheet.set_column(PERIOD, BEGINS, WIDTHS["period"])
    sheet.set_column(VALUES, max(remark - 1, VALUES), WIDTHS["value"])
    sheet.set_column(remark, remark, WIDTHS["remark"])
    heads = [say("Period"), say("Begins"), *(each.name for each in lines), say("Remark")]
    book.head(sheet, place.first - 1, heads, range(VALUES, remark))
    number = code(fact, say)
    for at, point in enumerate(fact.series.points):
        row = place.first + at
        book.text(sheet, row, PERIOD, say.period(point.period, brief=True))
        book.day(sheet, row, BEGINS, point.period.start)
        for column, each in enumerate(lines, VALUES):
            quiet = {"italic": True} if is_partial(point.value) and column == place.values else {}
            ink = colour(each.role) if each.mark or each.role == "ink" else colour("muted")
            book.plain(sheet, row, column, each.values[at], number, font_color=ink, bold=bool(each.mark), **quiet)
        book.text(sheet, row, remark, care(point.value, say), book.look(font_color=colour("muted"), indent=1))


def _chart(book: Book, place: KpiSheet, line: Line, lines: list[Track]) -> Any:
    chart = book.file.add_chart({"type": "line"})
    for column, each in enumerate(lines, VALUES):
        cells = {"name": each.name, "categories": place.cells(PERIOD), "values": place.cells(column)}
        chart.add_series({**cells, **_look(each)})
    font = {"name": book.font, "size": 9, "color": colour("muted")}
    low, high = axis(line.fact, book.say)
    grid = {"visible": True, "line": {"color": colour("line"), "width": 0.75}}
    value = {"num_format": code(line.fact, book.say), "num_font": font, "major_gridlines": grid, "line": {"none": True}}
    chart.set_y_axis({**value, "min": low, "max": high})
    every = max(1, -(-len(line.fact.series.points) // 9))
    periods = {"num_font": font, "line": {"color": colour("prior")}, "interval_unit": every}
    chart.set_x_axis({**periods, "label_position": "low"})  # also beneath values below zero
    chart.set_legend({"position": "bottom", "font": font})
    chart.set_title({"none": True})
    chart.set_chartarea({"border": {"none": True}})
    chart.set_size(CHART_SIZE)
    chart.show_blanks_as("gap")
    return chart


def _look(track: Track) -> dict[str, Any]:
    fill = {"color": colour(track.role)}
    if track.mark:
        marker = {"type": track.mark, "size": 7, "fill": fill, "border": {"color": "#ffffff"}}
        return {"line": {"none": True}, "marker": marker}
    dots = {"marker": {"type": "circle", "size": 4, "fill": fill, "border": {"none": True}}} if track.lonely else {}
    return {"line": {"color": colour(track.role), "width": track.width, "dash_type": _DASHES[track.dash]}, **dots}
