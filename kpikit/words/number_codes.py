"""How spreadsheets and slides write a number: codes of number formats that show what pages show.

A cell holds the number itself, in the unit that its code writes; the code says how many decimals, which currency and
which word. Decimal marks and marks between thousands are those of the reader's own program.
"""

from __future__ import annotations

import re

from kpikit.words.formats import NBSP, currency_sign, decimals_for, is_missing, rounded
from kpikit.words.language import Language
from kpikit.words.units import (
    DAYS,
    DURATION,
    MONEY,
    MONTHS,
    PERCENTAGE_POINTS,
    SECONDS,
    SHARE,
    Unit,
    difference_of,
)

DAY = 86_400
"""Seconds: spreadsheets count time in days."""

_LANGUAGES = {"en": "809", "da": "406", "nb": "414"}
"""The numbers by which spreadsheets call the languages: British English, Danish, bokmål."""


def cell_number(value: float, unit: Unit) -> float:
    """The number that a cell holds: points for differences of shares, days for durations, else the value itself.

    >>> cell_number(0.063, PERCENTAGE_POINTS), cell_number(43200.0, DURATION), cell_number(0.95, SHARE)
    (6.3, 0.5, 0.95)
    """
    if unit == PERCENTAGE_POINTS:
        return round(value * 100, 10)
    return value / DAY if unit == DURATION and value >= 0 else value


def number_code(
    value: float | None, unit: Unit, say: Language, currency: str | None = None, decimals: int | None = None
) -> str:
    """The code for a value of a unit: as many decimals as a page shows of it, or those of what it belongs to.

    >>> number_code(0.8848, SHARE, Language("en")), number_code(1234.0, MONEY, Language("da"), "DKK")
    ('0.0%', '#,##0"\\xa0kr."')
    >>> number_code(12.5, MONEY, Language("en"), "GBP"), number_code(4000.0, DURATION, Language("en"))
    ('"£"#,##0.00', '[h]:mm:ss')
    """
    known = 0.0 if value is None or is_missing(value) else value
    if decimals is None:
        decimals = 1 if unit == PERCENTAGE_POINTS else decimals_for([known], unit)
    if unit == SHARE:
        return _places(decimals, "0") + ("%" if say.code == "en" else f'"{NBSP}"%')
    if unit == MONEY:
        return _money(_places(decimals), currency, say)
    if unit == DURATION:
        return '0" s"' if known < 0 else "[h]:mm:ss" if known >= 3600 else "[m]:ss"
    if unit in (PERCENTAGE_POINTS, SECONDS, DAYS, MONTHS):
        return _places(decimals) + _word(unit, say)
    return _places(decimals)


def difference_code(
    value: float | None, unit: Unit, say: Language, currency: str | None = None, decimals: int | None = None
) -> str:
    """The code for a difference of two values of ``unit``, with its sign.

    >>> difference_code(0.012, SHARE, Language("en"))
    '+#,##0.0" pp";-#,##0.0" pp";#,##0.0" pp"'
    """
    if unit == DURATION:
        return '+0" s";-0" s";0" s"'
    code = number_code(value, difference_of(unit), say, currency, decimals)
    return signed(code, 0.0 if value is None else difference_number(value, unit), decimals or 0)


def signed(code: str, shown: float, decimals: int) -> str:
    """A number's code with its sign; without one for what is shown as zero.

    >>> signed("0.0%", -0.3, 1), signed("0.0%", -0.03, 1)  # of per cent
    ('+0.0%;-0.0%;0.0%', '0.0%;0.0%;0.0%')
    """
    return f"+{code};-{code};{code}" if rounded(shown, decimals) else f"{code};{code};{code}"


def difference_number(value: float, unit: Unit) -> float:
    """The number that a cell holds for a difference of two values of ``unit``; of durations, which sheets cannot show
    below zero, the seconds.
    """
    return value if unit == DURATION else cell_number(value, difference_of(unit))


def day_code(say: Language, brief: bool = False) -> str:
    """The code for a day, written in the language of the report wherever it is read.

    >>> day_code(Language("da"))
    '[$-406]d. mmmm yyyy'
    """
    day = "mmm yyyy" if brief else "d mmmm yyyy" if say.code == "en" else "d. mmmm yyyy"
    return f"[$-{_LANGUAGES[say.code]}]{day}"


def _money(digits: str, currency: str | None, say: Language) -> str:
    if currency is None:
        return digits
    sign = currency_sign(currency, say.code)
    if say.code != "en":
        return f'{digits}"{NBSP}{sign}"'
    return f'"{sign}{NBSP if sign[-1].isalpha() else ""}"{digits}'


def _places(decimals: int, whole: str = "#,##0") -> str:
    return whole + ("." + "0" * decimals if decimals else "")


def _word(unit: Unit, say: Language) -> str:
    """The unit's word as it stands after a number: " pp", " days"."""
    return f'"{re.sub(r"^[0-9.,]+", "", say.value(2.0, unit))}"'
