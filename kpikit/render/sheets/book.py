"""A workbook of a report: its sheets, the looks of its cells, and the writing of texts and numbers into them."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date, datetime, time
from itertools import chain, count
from types import TracebackType
from typing import Any

from kpikit.charts.look import colour
from kpikit.evaluation.facts import Fact
from kpikit.evaluation.figures import decimals
from kpikit.render.content import Content
from kpikit.words.formats import is_missing
from kpikit.words.number_codes import cell_number, day_code, difference_code, difference_number, number_code
from kpikit.words.units import SHARE

FONT = "Calibri"
"""The font where the branding names none: what spreadsheets have by themselves."""

LONGEST_NAME = 31
"""The signs that a sheet's name may have."""


class Book:
    """A workbook that is written into ``stream`` when the ``with`` ends."""

    def __init__(self, stream: io.BytesIO, content: Content) -> None:
        import xlsxwriter

        asked = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.content, self.say = content, content.say
        self.file: Any = xlsxwriter.Workbook(stream, asked)
        self._looks: dict[tuple[tuple[str, object], ...], Any] = {}
        self._names: set[str] = set()
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
        sheet = self.file.add_worksheet(self._free(name))
        sheet.hide_gridlines(2)
        sheet.set_row(0, 28)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        footer = f"{self.content.client} · {self.content.period}".replace("&", "&&")
        sheet.set_footer(f"&L&8{footer[:120]}&R&8&P / &N")
        return sheet

    def _free(self, name: str) -> str:
        plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", name).strip(" '") or "–"
        marks = chain([""], (f" ({number})" for number in count(2)))
        names = (_cut(plain, LONGEST_NAME - len(mark)).rstrip(" '") + mark for mark in marks)
        found = next(name for name in names if name.casefold() not in {*self._names, "history"})
        self._names.add(found.casefold())
        return found

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
        self.plain(sheet, row, column, value, f"+{code};-{code};{code}" if look.pop("signed", False) else code, **look)

    def day(self, sheet: Any, row: int, column: int, day: date) -> None:
        """A day as a date."""
        look = self.look(num_format=day_code(self.say), align="left", indent=1)
        sheet.write_datetime(row, column, datetime.combine(day, time()), look)


def _cut(name: str, length: int) -> str:
    """A name of at most so many signs, cut at a word and before a bracket that would stay open.

    >>> _cut("Markedsføringens effektivitet (MER)", 31), _cut("Share within four hours, all types", 31)
    ('Markedsføringens effektivitet', 'Share within four hours, all')
    """
    if len(name) <= length:
        return name
    words = name[: length + 1].rpartition(" ")[0]
    found = words if len(words) > length // 2 else name[:length]
    return found if found.count("(") <= found.count(")") else found.rpartition("(")[0].strip() or found
