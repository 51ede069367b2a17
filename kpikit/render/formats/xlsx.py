"""XLSX: the scorecard, a sheet with a native chart for each KPI, the definitions and the data's coverage.

Numbers are numbers, with formats that show what the page shows; texts are texts, whatever sign they begin with. The
same report gives the same bytes: nothing in the file has a date of its making but the day that it is seen from.
"""

from __future__ import annotations

import io
import zipfile

from kpikit.render.content import Content
from kpikit.render.formats.format import Format, Ran
from kpikit.render.sheets.appendix import coverage, definitions
from kpikit.render.sheets.book import Book
from kpikit.render.sheets.kpi import kpi_sheet
from kpikit.render.sheets.scorecard import scorecard
from kpikit.words.errors import RenderError


def make(ran: Ran) -> bytes:
    """The report of a client as a workbook."""
    return workbook(Content(ran.review))


def workbook(content: Content) -> bytes:
    """The workbook of a report."""
    stream = io.BytesIO()
    with Book(stream, content) as book:
        front, sheets = book.sheet(content.say("Scorecard")), {}
        for line in content.lines:
            sheets[line.fact.key] = kpi_sheet(book, line)
        scorecard(book, front, sheets)
        definitions(book)
        coverage(book)
    return stream.getvalue()


def _check(content: bytes) -> None:
    try:
        broken = zipfile.ZipFile(io.BytesIO(content)).testzip()
    except zipfile.BadZipFile as error:
        raise RenderError("what was made is no whole workbook: {reason}.", reason=error) from None
    if broken:
        raise RenderError("what was made is no whole workbook: {reason}.", reason=broken)


FORMAT = Format(make, _check)
