"""The first sheet: whom and when it is about, what there is to say, and one line for each indicator."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from kpikit.charts.look import colour
from kpikit.evaluation.facts import Fact
from kpikit.evaluation.figures import gap
from kpikit.render.content import Line
from kpikit.render.sheets.book import Book
from kpikit.render.sheets.kpi import KpiSheet
from kpikit.words.formats import is_missing
from kpikit.words.units import SHARE

LABEL, NOW, AIM, STATUS, GAP, CHANGES = range(6)
"""The first columns; two for each comparison follow, then history, signal and remark."""

LOGO, DOTS = (150, 56), 96
"""The most width and height of a logo, in a sheet's pixels; how many of them make an inch."""

RULE: dict[str, Any] = {"bottom": 1, "bottom_color": colour("line")}
"""The line beneath each indicator."""


def scorecard(book: Book, sheet: Any, sheets: Mapping[str, KpiSheet]) -> None:
    """Fill the sheet; ``sheets`` says where the history of each fact stands."""
    content, say = book.content, book.say
    against = [each for _, each in content.against]
    changes = [head for text in against for head in (text, f"{text}, %")]
    status, signal = content.verdicts
    heads = [say("Indicator"), content.period, say("Target"), status, say("Gap"), *changes, say("History"), signal,
             say("Remark")]  # fmt: skip
    last = CHANGES + len(changes)
    row = _opening(book, sheet)
    _logos(book, sheet, last + 1)
    book.head(sheet, row, heads, [NOW, AIM, *range(GAP, last)])
    _widths(sheet, last, [line for _, lines in content.groups for line in lines])
    for title, lines in content.groups:
        if title:
            row += 1
            book.text(sheet, row, LABEL, title, book.look(bold=True, font_color=colour("muted"), valign="vcenter"))
            sheet.set_row(row, 24)
        for line in lines:
            row += 1
            _line(book, sheet, row, line, last)
            _spark(sheet, row, last, sheets[line.fact.key])
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


def _widths(sheet: Any, last: int, lines: Sequence[Line]) -> None:
    """The first columns are as wide as their longest text: a number that does not fit is shown as "###"."""
    for column, texts, least, most in (
        (LABEL, [line.label for line in lines], 34, 48),
        (NOW, [line.value for line in lines], 13, 30),
        (AIM, [line.target for line in lines], 13, 30),
    ):
        sheet.set_column(column, column, min(max(least, 2 + max(map(len, texts), default=0)), most))
    sheet.set_column(STATUS, STATUS, 18)
    sheet.set_column(GAP, last - 1, 13)
    sheet.set_column(last, last, 18)
    sheet.set_column(last + 1, last + 2, 44)


def _line(book: Book, sheet: Any, row: int, line: Line, last: int) -> None:
    fact, target = line.fact, line.fact.target
    sheet.set_row(row, 30)
    for column in range(last + 3):  # the rule beneath the line, where a cell stays empty, too
        sheet.write_blank(row, column, None, book.look(**RULE))
    book.text(sheet, row, LABEL, line.label, book.look(bold=fact.role == "kpi", **RULE))
    book.number(sheet, row, NOW, fact.value.value, fact, bold=True, **RULE)
    if target is not None:
        side = {1: "≥ ", -1: "≤ ", 0: ""}[fact.better.sign] if target.upper is None else ""
        if target.upper is None or is_missing(target.upper):
            book.number(sheet, row, AIM, target.value, fact, prefix=side, **RULE)
        else:
            book.text(sheet, row, AIM, line.target, book.look(align="right", **RULE))
        book.difference(sheet, row, GAP, gap(fact), fact, **RULE)
    urgent = line.status_role == "bad"
    for column, text, role, strong in (
        (STATUS, line.status, line.status_role, urgent),
        (last + 1, line.signal, line.signal_role, False),
        (last + 2, line.remark, "muted", False),
    ):
        look = book.look(font_color=colour(role), bold=strong, indent=1, text_wrap=column != STATUS, **RULE)
        book.text(sheet, row, column, text, look)
    _changes(book, sheet, row, fact)


def _changes(book: Book, sheet: Any, row: int, fact: Fact) -> None:
    found = {change.against: change for change in fact.changes}
    for number, (code, _) in enumerate(book.content.against):
        if change := found.get(code):
            book.difference(sheet, row, CHANGES + 2 * number, change.absolute, fact, **RULE)
            relative = None if fact.unit == SHARE else change.relative  # it would be read as one more rate
            book.share(sheet, row, CHANGES + 2 * number + 1, relative, signed=True, **RULE)


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
