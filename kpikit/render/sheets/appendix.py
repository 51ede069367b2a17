"""The last sheets: what each indicator means, and how much of the data there is."""

from __future__ import annotations

from typing import Any

from kpikit.evaluation.lacking import WithoutValue
from kpikit.render.sheets.book import Book
from kpikit.words.language import Language
from kpikit.workspace.data.without_value import lacking_of

WIDTH = 30
"""The width of the columns of the definitions, in letters."""
TOLD = 40
"""The width of the columns of what is told of sources."""


def definitions(book: Book) -> None:
    """A line for each indicator, with what its definition card says."""
    say, sheet = book.say, book.sheet(book.say("Definitions"))
    cards = [(say(card.indicator.label), dict(card.rows())) for card in book.content.cards]
    heads = list(dict.fromkeys(head for _, rows in cards for head in rows))
    book.text(sheet, 0, 0, say("Definitions"), book.title)
    book.head(sheet, 2, [say("Indicator"), *heads])
    sheet.set_column(0, len(heads), WIDTH)
    sheet.freeze_panes(3, 1)
    for row, (label, rows) in enumerate(cards, 3):
        book.text(sheet, row, 0, label, book.look(bold=True, text_wrap=True, valign="top"))
        book.high(sheet, row, dict.fromkeys((label, *rows.values()), WIDTH))
        for column, head in enumerate(heads, 1):
            book.text(sheet, row, column, rows.get(head, ""), book.wrapped)


def coverage(book: Book) -> None:
    """How much of the period each figure covers, what its sums lack, and from which files all figures come."""
    say, sheet = book.say, book.sheet(book.say("Coverage"))
    book.text(sheet, 0, 0, say("Coverage"), book.title)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 3, 18)
    sheet.set_column(4, 6, TOLD)
    lacking = [[_lacking(each, say) for each in lacking_of(book.content.review.evaluation, line.fact)]
               for line in book.content.lines]  # fmt: skip
    heads = [say("Indicator"), say("Covered"), say("Expected"), say("Share")]
    heads += [say("Rows without a value")] if any(lacking) else []
    book.head(sheet, 2, heads, (1, 2, 3))
    row = 3
    for line, told in zip(book.content.lines, lacking, strict=True):
        value = line.fact.value
        if value.expected:
            book.text(sheet, row, 0, line.label)
            sheet.write_number(row, 1, value.covered, book.look(num_format="#,##0"))
            sheet.write_number(row, 2, value.expected, book.look(num_format="#,##0"))
            book.share(sheet, row, 3, value.covered / value.expected)
            book.text(sheet, row, 4, "; ".join(told))
            row += 1
    _sources(book, sheet, row + 1)


def _lacking(each: WithoutValue, say: Language) -> str:
    """How many rows add nothing to a sum, as far as that may be told."""
    if each.rows is None or each.all is None:
        return each.source
    share = say("{number} of {all}", number=say.count(each.rows), all=say.count(each.all))
    return f"{each.metric}: {share}"


def _sources(book: Book, sheet: Any, row: int) -> None:
    say = book.say
    heads = [say("Source"), say("Covered from"), say("Covered to"), say("Left out"), say("Attribution"), say("File"),
             say("SHA-256")]  # fmt: skip
    book.head(sheet, row, heads, (3,))
    for origin in book.content.review.sources.origins:
        row += 1
        book.text(sheet, row, 0, origin.source)
        book.day(sheet, row, 1, origin.window.start)
        book.day(sheet, row, 2, origin.window.last_day)
        left_out = sum(each.rows for each in origin.left_out)
        sheet.write_number(row, 3, left_out, book.look(num_format="#,##0"))
        told = origin.attribution or ""
        book.text(sheet, row, 4, told, book.wrapped)
        for file in origin.files:
            book.text(sheet, row, 5, file.file, book.wrapped)
            book.text(sheet, row, 6, file.sha256, book.wrapped)
            book.high(sheet, row, dict.fromkeys((told, file.file, file.sha256), TOLD))
            row, told = row + 1, ""
        row -= bool(origin.files)
