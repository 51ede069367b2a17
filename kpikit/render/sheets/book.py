"""A workbook of a report: its sheets, the looks of its cells, and the writing of texts and numbers into them."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from types import TracebackType
from typing import Any

from kpikit.charts.look import colour
from kpikit.evaluation.facts import Fact
from kpikit.evaluation.figures import decimals
from kpikit.render.content import Content
from kpikit.render.sheets.names import free_name
from kpikit.words.formats import is_missing
from kpikit.words.number_codes import cell_number, day_code, difference_code, difference_number, number_code, signed
from kpikit.words.units import SHARE

FONT = "Calibri"
"""The font where the branding names none: what spreadsheets have by themselves."""

LINE = 13.5
"""The height of a line of words, in points."""

LONGEST_FOOTER = 110
"""The signs of a footer that are told: with each of them doubled, 255 hold it all."""


class Book:
    """A workbook that is written into ``stream`` when the ``with`` ends."""

    def __init__(self, stream: io.BytesIO, content: Content) -> None:
        import xlsxwriter

        asked = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.content, self.say = content, content.say
        self.file: Any = xlsxwriter.Workbook(stream, asked)
        self._looks: dict[tuple[tuple[str, object], ...], Any] = {}
        self._names: set[str] = set()
        self._labels = [line.label for line in content.lines]
        made = datetime.combine(content.evaluation.as_of, time())
        title = f"{content.client} – {content.period}"
        self.file.set_properties({"title": title, "author": content.agency, "created": made})
        self.file.formats[0].set_font_name(self.font)
        self.file.formats[0].set_font_size(10)

    def __enter__(self) -> Book:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            self.file.close()

    @property
    def font(self) -> str:
        """The font of everything but titles."""
        return self.content.branding.text_font or FONT

    @property
    def accent(self) -> str:
        """The colour of titles and heads of tables."""
        return self.content.branding.accent.light if self.content.branding.accent else colour("ink")

    def sheet(self, name: str) -> Any:
        """A new sheet without gridlines, printed on A4 across; its name made such that it may be one."""
        found = free_name(name, self._labels, self._names)
        self._names.add(found.casefold())
        sheet = self.file.add_worksheet(found)
        sheet.hide_gridlines(2)
        sheet.set_row(0, 28)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        footer = f"{self.content.client} · {self.content.period}"[:LONGEST_FOOTER].replace("&", "&&")
        sheet.set_footer(f"&L&8 {footer}&R&8&P / &N")  # without the blank, a name's digits were read as the size's
        return sheet

    def look(self, **properties: object) -> Any:
        """The look of a cell; each is made once."""
        found = {"font_name": self.font, "font_size": 10, "font_color": colour("ink"),
                 "valign": "top", **properties}  # fmt: skip
        key = tuple(sorted(found.items()))
        if key not in self._looks:
            self._looks[key] = self.file.add_format(found)
        return self._looks[key]

    @property
    def title(self) -> Any:
        """The look of a sheet's title, whose row is higher."""
        font = self.content.branding.heading_font or self.font
        return self.look(font_name=font, font_size=18, bold=True, font_color=self.accent)

    @property
    def quiet(self) -> Any:
        """The look of what explains."""
        return self.look(font_color=colour("muted"))

    @property
    def wrapped(self) -> Any:
        """The look of a text that may be long."""
        return self.look(text_wrap=True)

    def head(self, sheet: Any, row: int, texts: Sequence[str], numeric: Sequence[int] = ()) -> None:
        """The head of a table."""
        sheet.set_row(row, 42)
        for column, text in enumerate(texts):
            align = "right" if column in numeric else "left"
            look = self.look(bold=True, font_color="#ffffff", bg_color=self.accent, text_wrap=True, align=align,
                             valign="vcenter", indent=0 if column in numeric else 1 if column else 0)  # fmt: skip
            sheet.write_string(row, column, text, look)

    def plain(self, sheet: Any, row: int, column: int, value: float | None, code: str, **look: object) -> None:
        """A number as it stands in a cell, shown as ``code`` says; nothing where there is none."""
        if value is not None:
            sheet.write_number(row, column, value, self.look(num_format=code, **look))

    def text(self, sheet: Any, row: int, column: int, text: str, look: Any = None) -> None:
        """A text as a text; nothing for an empty one."""
        if text:
            sheet.write_string(row, column, text, look or self.look())

    def across(self, sheet: Any, row: int, last: int, width: int, text: str) -> None:
        """A sentence over the columns from the first to the ``last``, which are ``width`` signs wide together; its row
        becomes as high as it needs."""
        sheet.merge_range(row, 0, row, last, "", self.wrapped)
        self.high(sheet, row, {text: width})
        self.text(sheet, row, 0, text, self.wrapped)

    def high(self, sheet: Any, row: int, texts: Mapping[str, int]) -> None:
        """A row as high as its texts need, each in a column of so many signs: not all programs find that themselves."""
        sheet.set_row(row, LINE * max(len(textwrap.wrap(text, width)) or 1 for text, width in texts.items()))

    def number(self, sheet: Any, row: int, column: int, value: float | None, fact: Fact, **look: object) -> None:
        """A value of a fact as a number, in its unit; nothing where there is none."""
        if value is None or is_missing(value):
            return
        prefix = str(look.pop("prefix", ""))
        code = number_code(value, fact.unit, self.say, fact.currency, decimals(fact))
        code = f'"{prefix}"{code}' if prefix else code
        self.plain(sheet, row, column, cell_number(value, fact.unit), code, **look)

    def difference(self, sheet: Any, row: int, column: int, value: float | None, fact: Fact, **look: object) -> None:
        """A difference of two values of a fact as a number."""
        if value is None or is_missing(value):
            return
        code = difference_code(value, fact.unit, self.say, fact.currency, decimals(fact))
        self.plain(sheet, row, column, difference_number(value, fact.unit), code, **look)

    def share(self, sheet: Any, row: int, column: int, value: float | None, **look: object) -> None:
        """A share or a relative change as a number: 0.034 is shown as 3.4%, or as +3.4% where it is ``signed``."""
        if value is None or is_missing(value):
            return
        code = number_code(value, SHARE, self.say, decimals=1)
        code = signed(code, 100 * value, 1) if look.pop("signed", False) else code
        self.plain(sheet, row, column, value, code, **look)

    def day(self, sheet: Any, row: int, column: int, day: date) -> None:
        """A day as a date."""
        look = self.look(num_format=day_code(self.say), align="left", indent=1)
        sheet.write_datetime(row, column, datetime.combine(day, time()), look)
