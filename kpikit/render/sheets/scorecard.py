"""The first sheet: whom and when it is about, what there is to say, and one line for each indicator."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kpikit.charts.look import colour
from kpikit.evaluation.facts import Fact
from kpikit.evaluation.figures import gap
from kpikit.render.content import Line
from kpikit.render.sheets.book import Book
from kpikit.render.sheets.kpi import KpiSheet
from kpikit.words.formats import is_missing
from kpikit.words.units import SHARE

LABEL, NOW, AIM = range(3)
"""The first columns. Those of `Columns` follow."""

LOGO, DOTS = (150, 56), 96
"""The most width and height of a logo, in a sheet's pixels; how many of them make an inch."""


@dataclass(frozen=True)
class Columns:
    """The columns after the first: where a target is a range, its end; status and gap; two for each comparison.

    History, signal and remark come last.
    """

    ranged: bool
    changes: int

    @property
    def status(self) -> int:
        """The status."""
        return AIM + 1 + self.ranged

    @property
    def gap(self) -> int:
        """The gap to the target."""
        return self.status + 1

    @property
    def first(self) -> int:
        """The first change."""
        return self.gap + 1

    @property
    def last(self) -> int:
        """The history, the first after the changes."""
        return self.first + self.changes


RULE: dict[str, Any] = {"bottom": 1, "bottom_color": colour("line")}
"""The line beneath each indicator."""


def scorecard(book: Book, sheet: Any, sheets: Mapping[str, KpiSheet]) -> None:
    """Fill the sheet; ``sheets`` says where the history of each fact stands."""
    content, say = book.content, book.say
    lines = [line for _, group in content.groups for line in group]
    changes = [head for _, text in content.against for head in (text, f"{text}, %")]
    at = Columns(any(map(_ranged, lines)), len(changes))
    status, signal = content.verdicts
    aims = [say("Target"), say("Target to")] if at.ranged else [say("Target")]
    heads = [say("Indicator"), content.period, *aims, status, say("Gap"), *changes, say("History"), signal,
             say("Remark")]  # fmt: skip
    row = _opening(book, sheet)
    _logos(book, sheet, at.last + 1)
    book.head(sheet, row, heads, [*range(NOW, at.status), *range(at.gap, at.last)])
    sheet.repeat_rows(row)
    _widths(sheet, at, lines)
    for title, lines in content.groups:
        if title:
            row += 1
            book.text(sheet, row, LABEL, title, book.look(bold=True, font_color=colour("muted"), valign="vcenter"))
            sheet.set_row(row, 24)
        for line in lines:
            row += 1
            _line(book, sheet, row, line, at)
            _spark(sheet, row, at.last, sheets[line.fact.key])
    row = _notes(book, sheet, row + 2)
    book.text(sheet, row + 1, LABEL, content.footer, book.quiet)


def _opening(book: Book, sheet: Any) -> int:
    """Title, day and sentences; the row after them."""
    content = book.content
    book.text(sheet, 0, 0, content.head[0], book.title)
    for row, text in enumerate(content.head[1:], 1):
        book.text(sheet, row, 0, text, book.quiet)
    row = len(content.head) + 1
    for text in content.sentences:
        book.text(sheet, row, 0, text, book.look(font_size=11))
        row += 1
    return row + 1


def _logos(book: Book, sheet: Any, column: int) -> None:
    """The logos beside the title, one after the other, each no larger than LOGO."""
    from xlsxwriter.image import Image

    left = 0.0
    for logo, name in book.content.logos:
        picture = Image(logo)
        width, height = picture.width * DOTS / picture.x_dpi, picture.height * DOTS / picture.y_dpi
        scale = min(LOGO[0] / width, LOGO[1] / height, 1.0)
        place = {"x_offset": left, "y_offset": 4, "x_scale": scale, "y_scale": scale, "object_position": 3}
        content = io.BytesIO(logo.read_bytes())
        sheet.insert_image(0, column, logo.name, {"image_data": content, "description": name, **place})
        left += width * scale + 16


def _ranged(line: Line) -> bool:
    """Whether the target of a line is a range."""
    target = line.fact.target
    return target is not None and target.upper is not None and not is_missing(target.upper)


def _widths(sheet: Any, at: Columns, lines: Sequence[Line]) -> None:
    """The first columns are as wide as their longest text: a number that does not fit is shown as "###"."""
    aims = [end for line in lines for end in line.target.split(" – ")]
    for first, last, texts, least, most in (
        (LABEL, LABEL, [line.label for line in lines], 34, 48),
        (NOW, NOW, [line.value for line in lines], 13, 30),
        (AIM, at.status - 1, aims, 13, 30),
    ):
        sheet.set_column(first, last, min(max(least, 2 + max(map(len, texts), default=0)), most))
    sheet.set_column(at.status, at.status, 18)
    sheet.set_column(at.gap, at.last - 1, 13)
    sheet.set_column(at.last, at.last, 18)
    sheet.set_column(at.last + 1, at.last + 2, 44)


def _line(book: Book, sheet: Any, row: int, line: Line, at: Columns) -> None:
    sheet.set_row(row, 30)
    for column in range(at.last + 3):  # the rule beneath the line, where a cell stays empty, too
        sheet.write_blank(row, column, None, book.look(**RULE))
    book.text(sheet, row, LABEL, line.label, book.look(bold=line.fact.role == "kpi", **RULE))
    book.number(sheet, row, NOW, line.fact.value.value, line.fact, bold=True, **RULE)
    _target(book, sheet, row, line, at)
    for column, text, role, strong in (
        (at.status, line.status, line.status_role, line.status_role == "bad"),
        (at.last + 1, line.signal, line.signal_role, False),
        (at.last + 2, line.remark, "muted", False),
    ):
        look = book.look(font_color=colour(role), bold=strong, indent=1, text_wrap=column != at.status, **RULE)
        book.text(sheet, row, column, text, look)
    _changes(book, sheet, row, line.fact, at.first)


def _target(book: Book, sheet: Any, row: int, line: Line, at: Columns) -> None:
    """The target as a number with the side on which it is kept, a range as two numbers; and the gap to it."""
    fact, target = line.fact, line.fact.target
    if target is None:
        return
    side = {1: "≥ ", -1: "≤ ", 0: ""}[fact.better.sign] if target.upper is None else ""
    book.number(sheet, row, AIM, target.value, fact, prefix=side, **RULE)
    if _ranged(line):
        book.number(sheet, row, AIM + 1, target.upper, fact, **RULE)
    book.difference(sheet, row, at.gap, gap(fact), fact, **RULE)


def _changes(book: Book, sheet: Any, row: int, fact: Fact, first: int) -> None:
    found = {change.against: change for change in fact.changes}
    for number, (code, _) in enumerate(book.content.against):
        if change := found.get(code):
            book.difference(sheet, row, first + 2 * number, change.absolute, fact, **RULE)
            relative = None if fact.unit == SHARE else change.relative  # it would be read as one more rate
            book.share(sheet, row, first + 2 * number + 1, relative, signed=True, **RULE)


def _spark(sheet: Any, row: int, column: int, place: KpiSheet) -> None:
    if place.values is None:
        return
    name = place.name.replace("'", "''")
    letter = chr(ord("A") + place.values)
    sheet.add_sparkline(row, column, {
        "range": f"'{name}'!{letter}{place.first + 1}:{letter}{place.last + 1}", "series_color": colour("ink"),
        "last_point": True, "last_color": colour("ink"), "weight": 1.25, "show_hidden": True,
    })  # fmt: skip


def _notes(book: Book, sheet: Any, row: int) -> int:
    """What people said, beneath the table; the row after it."""
    if book.content.notes:
        book.text(sheet, row, LABEL, book.say("Notes"), book.look(bold=True, font_size=12))
    for about, text, who in book.content.notes:
        for part in filter(None, [about, *text.splitlines(), f"– {who}"]):
            row += 1
            book.text(sheet, row, LABEL, part)
        row += 1
    return row
