"""Numbers, amounts and dates as the reader writes them. The only place where numbers are rounded: half up.

Babel knows the locales; shortened numbers have patterns of their own here, because the locales' are uneven
("1,2 mill." beside "1k").
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache

from babel.core import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, get_currency_symbol

from kpikit.words.units import COUNT, DAYS, DURATION, MONEY, MONTHS, PERCENTAGE_POINTS, SECONDS, SHARE, Unit

MISSING = "–"
"""What stands where there is no value. The reason stands beside it, in words."""

MINUS, NBSP = "\N{MINUS SIGN}", "\N{NO-BREAK SPACE}"

_SHORT: dict[str, tuple[tuple[float, str], ...]] = {
    "en": ((1e9, "bn"), (1e6, "M"), (1e3, "k")),
    "da": ((1e9, f"{NBSP}mia."), (1e6, f"{NBSP}mio.")),
    "nb": ((1e9, f"{NBSP}mrd."), (1e6, f"{NBSP}mill.")),
}
_LOCALE = {"en": Locale("en", "GB"), "da": Locale("da", "DK"), "nb": Locale("nb", "NO")}
_POINTS = (SHARE, PERCENTAGE_POINTS)
_MOST = {SECONDS: 2, DAYS: 1, MONTHS: 1}
"""How many decimals times have at most: their zeros at the end are left out."""

_SMALLEST = 1e-5
"""What is smaller still is written as zero."""

_TIED = re.compile(r"(?<=\d) (?=[%‰€$£]|kr\b)|(?<=[≥≤]) (?=\S)")

_PRECISION = 400  # digits: more than the largest float has, so that none is too large to be written


def rounded(value: float | Decimal, decimals: int) -> Decimal:
    """The value with so many decimals, half up, as it was written: 0.125 becomes 0.13, 2.675 becomes 2.68."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    with localcontext(prec=_PRECISION):
        return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def is_missing(value: float | Decimal | None) -> bool:
    """True for None, NaN and the infinities: things that have no place on a page."""
    return value is None or not math.isfinite(value)


def number(value: float | Decimal | None, language: str, decimals: int = 0) -> str:
    """A plain number: ``number(1234.5, "da", 1)`` is "1.234,5"."""
    if value is None or is_missing(value):
        return MISSING
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    with localcontext(prec=_PRECISION):
        return _signed(format_decimal(rounded(value, decimals), pattern, locale=_LOCALE[language]))


def in_full(value: float | Decimal, language: str) -> str:
    """A number with all the decimals that it has, and no more: ``in_full(1000.25, "da")`` is "1.000,25"."""
    exponent = Decimal(str(value)).normalize().as_tuple().exponent
    return number(value, language, max(0, -exponent) if isinstance(exponent, int) else 0)


def correlation(value: float, language: str) -> str:
    """A correlation with two decimals; what is not quite 1 is not written as 1: ``correlation(0.9975, "da")`` is
    "0,99"."""
    most = 0.99 if abs(value) < 1 else 1.0
    return number(min(max(value, -most), most), language, 2)


def decimals_for(values: Iterable[float | Decimal | None], unit: Unit) -> int:
    """How many decimals figures that belong together have: one rule for all of them, by unit and largest size.

    Shares have one from 10 % on and two below; amounts none from 1,000 on and two below; ratios and scores leave four
    significant digits. What is very small has more, so that two significant digits are left.

    >>> decimals_for([0.0252, 0.0257], SHARE), decimals_for([0.0952, 0.1], SHARE), decimals_for([0.0003], SHARE)
    (2, 1, 3)
    """
    if unit in _MOST or unit in (COUNT, DURATION):
        return _MOST.get(unit, 0)
    sizes = [abs(float(value)) for value in values if value is not None and not is_missing(value)]
    largest: float | Decimal = max(sizes, default=0.0)
    if unit in _POINTS:
        largest = _hundredfold(largest)
        decimals = 2 if largest and rounded(largest, 2) < 10 else 1
    elif unit == MONEY:
        decimals = 2 if rounded(largest, 2) < 1000 else 0
    else:
        decimals = decimals_of(largest, 4)
    return max(decimals, _of_small(largest))


def seen(value: float | Decimal, unit: Unit, decimals: int) -> int:
    """So many decimals, or as many more as make what is not zero something else than "0.0"; five at most.

    >>> seen(0.00003, SHARE, 2), seen(0.03, SHARE, 2), seen(0.0, SHARE, 2)  # 0.003 %, 3.00 %, 0.00 %
    (3, 2, 2)
    """
    size = _hundredfold(value) if unit in _POINTS else value
    least = next((more for more in range(decimals, 6) if rounded(size, more)), decimals)
    return max(least, 2) if unit == MONEY and least > decimals else least


def _of_small(size: float | Decimal) -> int:
    """How many decimals leave two significant digits of what is under a tenth; none for all else."""
    return 1 - math.floor(math.log10(size)) if _SMALLEST <= size < 0.1 else 0


def apart(one: float, other: float, unit: Unit, decimals: int) -> float:
    """The difference of two values as their written figures have it, so that a reader who subtracts finds the same.

    >>> apart(0.02524, 0.02566, SHARE, 2), 0.02524 - 0.02566  # 2.52 % is 0.05 points below 2.57 %
    (-0.0005, -0.00042000000000000023)
    """
    places = decimals + 2 if unit == SHARE else decimals
    return float(rounded(one, places) - rounded(other, places))


def value_in_unit(
    value: float | Decimal | None, unit: Unit, language: str, currency: str | None = None, decimals: int | None = None
) -> str:
    """A value with its unit: "88.5%", "£999.50", "12,345"; for percentage points the number alone.

    ``decimals`` are those of the figures that it belongs to; alone it has its own (`decimals_for`). A difference of
    shares alone has one, or more where that would make nothing of it: "0.04".
    """
    if value is None or is_missing(value):
        return MISSING
    if decimals is None:
        decimals = _of_points(value) if unit == PERCENTAGE_POINTS else decimals_for([value], unit)
    if unit in _POINTS:
        return number(_hundredfold(value), language, decimals) + _percent_sign(unit, language)
    if unit == MONEY:
        return _with_currency(number(value, language, decimals), currency, language)
    if unit == DURATION:
        return duration(float(value))
    return _brief(value, language, decimals) if unit in _MOST else number(value, language, decimals)


def _of_points(value: float | Decimal) -> int:
    return seen(value, PERCENTAGE_POINTS, 1)


def short(
    value: float | Decimal | None, unit: Unit, language: str, currency: str | None = None, decimals: int | None = None
) -> str:
    """A value for axes and tight places: "1.2M", "£450k", "88%". Three significant digits are kept; of shares those
    of ``decimals`` that are no zeros at the end.

    Danish and Norwegian have no usual abbreviation of a thousand: such numbers are written out.
    """
    if value is None or is_missing(value):
        return MISSING
    if unit in _POINTS:
        alone = _of_points(value) if unit == PERCENTAGE_POINTS else decimals_for([value], unit)
        most = alone if decimals is None else decimals
        return _brief(_hundredfold(value), language, most) + _percent_sign(unit, language)
    if unit == DURATION:
        return duration(float(value))
    size, suffix = next(((s, t) for s, t in _SHORT[language] if abs(float(value)) >= s * 0.9995), (1.0, ""))
    scaled = float(value) / size
    most = max(decimals_of(scaled, 3), 0 if unit == COUNT else _of_small(abs(scaled)))
    text = _brief(scaled, language, most) + suffix
    return _with_currency(text, currency if unit == MONEY else None, language)


def plus(text: str) -> str:
    """A difference carries its sign: "+" before what is neither negative, zero nor missing."""
    zero = not any(digit in text for digit in "123456789")
    return text if zero or text.startswith((MINUS, MISSING)) else f"+{text}"


def duration(seconds: float) -> str:
    """Seconds as "h:mm:ss" or "m:ss": 106 is "1:46"."""
    whole = int(rounded(abs(seconds), 0))
    hours, rest = divmod(whole, 3600)
    clock = f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"
    return MINUS + clock if seconds < 0 and whole else clock


@lru_cache(1000)
def day(value: date, language: str) -> str:
    """A date in full: "9 December 2011", "9. december 2011"."""
    return str(format_date(value, "d MMMM y" if language == "en" else "d. MMMM y", locale=_LOCALE[language]))


@lru_cache(1000)
def month(value: date, language: str, brief: bool = False) -> str:
    """A month: "November 2011", or brief "Nov 2011"."""
    return str(format_date(value, "LLL y" if brief else "LLLL y", locale=_LOCALE[language]))


def _hundredfold(share: float | Decimal) -> Decimal:
    return Decimal(repr(float(share))) * 100  # as it is written: 0.285 is 28.5, not 28.499999999999996


def _percent_sign(unit: Unit, language: str) -> str:
    if unit != SHARE:
        return ""
    return "%" if language == "en" else f"{NBSP}%"


def _with_currency(text: str, currency: str | None, language: str) -> str:
    """A number's text with the sign of its currency: "−£5", "DKK 5", "5 kr."."""
    if currency is None:
        return text
    symbol = currency_sign(currency, language)
    if language != "en":
        return f"{text}{NBSP}{symbol}"
    minus = MINUS if text.startswith(MINUS) else ""
    return f"{minus}{symbol}{NBSP if symbol[-1].isalpha() else ''}{text.removeprefix(MINUS)}"


def currency_sign(currency: str, language: str) -> str:
    """How a currency is written: "£", "DKK", "kr."."""
    return str(get_currency_symbol(currency, locale=_LOCALE[language]))


def decimals_of(value: float | Decimal, digits: int) -> int:
    """How many decimals leave so many significant digits of the rounded value; two at most."""
    return next((n for n in (2, 1) if abs(rounded(value, n)) < 10 ** (digits - n)), 0)


def _brief(value: float | Decimal, language: str, most: int) -> str:
    """A number with so many decimals at most, without those that are zeros at its end."""
    exponent = rounded(value, most).normalize().as_tuple().exponent
    return number(value, language, max(0, -int(exponent)))


def _signed(text: str) -> str:
    """One minus sign for all languages, and no minus before zero."""
    text = text.replace("-", MINUS)
    return text.replace(MINUS, "") if not any(digit in text for digit in "123456789") else text


def tied(text: str) -> str:
    """A text in which a number and the sign beside it stay on one line: "70 %", "1200 kr.", "≥ 95"."""
    return _TIED.sub(NBSP, text)
