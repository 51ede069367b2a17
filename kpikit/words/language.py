"""One object that speaks a language: texts, numbers and dates, as every table, chart and sentence needs them."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache

from kpikit.words import formats, texts
from kpikit.words.periods import Period, Window
from kpikit.words.texts import N_
from kpikit.words.units import DAYS, MONTHS, PERCENTAGE_POINTS, SECONDS, SHARE, Unit, difference_of

log = logging.getLogger(__name__)

Number = float | Decimal | None
Wording = str | dict[str, str]
"""A text of the user's: one wording for all languages, or one for each language ("en", "da", "nb")."""

_WORDS = {
    PERCENTAGE_POINTS.key: (N_("{number} pp"), N_("{number} pp")),
    SECONDS.key: (N_("{number} second"), N_("{number} seconds")),
    DAYS.key: (N_("{number} day"), N_("{number} days")),
    MONTHS.key: (N_("{number} month"), N_("{number} months")),
}
"""Units whose word stands after the number: for one, and for all else."""


class Language:
    """Speaks ``code`` ("en", "da" or "nb").

    >>> say = Language("da")
    >>> say.value(0.8848, SHARE)
    '88,5\\xa0%'
    """

    def __init__(self, code: str) -> None:
        self.code = texts.checked_language(code)

    def __call__(self, text: Wording, /, **values: object) -> str:
        """The text in this language, with its values put in. Without a translation it stays English; that is logged.

        A text that a user gave for each language is taken as it is, see `own`.
        """
        if isinstance(text, dict):
            return self.own(text)
        found = texts.translated(text, self.code)
        if found is None:
            log.warning("no %s translation of %r", self.code, text)
        return _filled(found or text, values) if values else (found or text)

    def plural(self, singular: str, several: str, number: int, **values: object) -> str:
        """The form of the text for ``number`` things, which the text itself calls ``{number}``."""
        return _filled(texts.plural(singular, several, number, self.code), {"number": self.count(number), **values})

    def own(self, wording: Wording) -> str:
        """A user's own text in this language: English, or else the first one given, where this language is missing."""
        if isinstance(wording, str):
            return wording
        return wording.get(self.code) or wording.get("en") or next(iter(wording.values()))

    def count(self, number: int) -> str:
        """A whole number: "1,234"."""
        return formats.number(number, self.code)

    def number(self, number: float) -> str:
        """A number with all its decimals: "0.25", "1,000"."""
        return formats.in_full(number, self.code)

    @property
    def cell_mark(self) -> str:
        """What parts the cells of a CSV file for spreadsheets: a semicolon where the comma is the decimal mark.

        >>> Language("en").cell_mark, Language("da").cell_mark
        (',', ';')
        """
        return ";" if "," in self.number(0.5) else ","

    def value(self, value: Number, unit: Unit, currency: str | None = None, decimals: int | None = None) -> str:
        """A value with its unit, as it stands in a table or a sentence; ``decimals``: those of what it belongs to."""
        return self._with_word(formats.value_in_unit(value, unit, self.code, currency, decimals), unit)

    def short(self, value: Number, unit: Unit, currency: str | None = None, decimals: int | None = None) -> str:
        """A value in as few signs as an axis or a label needs."""
        return self._with_word(formats.short(value, unit, self.code, currency, decimals), unit)

    def _with_word(self, text: str, unit: Unit) -> str:
        if unit.key not in _WORDS or text == formats.MISSING:
            return text
        one, several = _WORDS[unit.key]
        return self(one if text == "1" else several, number=text)

    def difference(self, value: Number, unit: Unit, currency: str | None = None, decimals: int | None = None) -> str:
        """The difference of two values of ``unit``, with its sign: "+1.2 pp" for shares."""
        return formats.plus(self.value(value, difference_of(unit), currency, decimals))

    def relative(self, value: Number) -> str:
        """A relative change, with its sign and one decimal, or more where that is none: "+3.4%", "+0.02%"."""
        decimals = 1 if value is None or formats.is_missing(value) else formats.seen(value, SHARE, 1)
        return formats.plus(formats.value_in_unit(value, SHARE, self.code, decimals=decimals))

    def day(self, value: date) -> str:
        """A date in full."""
        return formats.day(value, self.code)

    def days(self, window: Window) -> str:
        """The first and last day of a window: "1 December 2011 – 9 December 2011"; a day alone stands alone."""
        first, last = self.day(window.start), self.day(window.last_day)
        return first if first == last else f"{first} – {last}"

    def period(self, period: Period, brief: bool = False) -> str:
        """A period as people write it: "November 2011", "week 47, 2011", "Q3 2011", "2011", "2018/19"."""
        if period.grain == "month":
            return formats.month(period.start, self.code, brief)
        if period.grain == "day":
            return self.day(period.start)
        year, _, part = period.key.partition("-")
        if period.grain == "week":
            return self("week {week}, {year}", week=int(part[1:]), year=year)
        if period.grain == "quarter":
            return self("Q{quarter} {year}", quarter=part[1:], year=year)
        last = period.window.last_day
        if period.grain == "fiscal_year" and last.year != period.start.year:
            return f"{period.start.year}/{last.year % 100:02}"
        return str(period.start.year)


def _filled(text: str, values: Mapping[str, object]) -> str:
    """The text with its values put in; one that ends with a full stop of its own, as "5 kr.", brings no second one."""
    filled = text.format(**values)
    for value in values.values():
        if isinstance(value, str) and value.endswith("."):
            filled = filled.replace(f"{value}.", value)
    return filled


@cache
def language(code: str) -> Language:
    """The one `Language` for a code; see `kpikit.words.texts.LANGUAGES`."""
    return Language(code)
