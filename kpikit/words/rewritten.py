"""Numbers and days as people write them elsewhere, each rewritten as kpikit reads it.

In a file what is written in another form is refused, and the sentence says how to write it there. What a person types
into a field (`typed_number`, `typed_day`) is taken where it has one reading alone; what has two is refused as well.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from itertools import product

from kpikit.words.message import Message

_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<whole>[0-9]{1,15}|[1-9][0-9]{0,2}(?:(?P<mark>[.,' ])[0-9]{3})(?:(?P=mark)[0-9]{3}){0,4})"
    r"(?P<decimals>[.,][0-9]{1,15})?(?P<after>(?: ?(?:%|pp))?(?: relative)?| [A-Z]{3})"
)
_WORDS = {
    r"procentpoint|prosentpoeng|(?:%|pct\.?)[- ]?po(?:i?nt|eng)|percentage points?": " pp",
    r"% relativt?": " % relative",
    r"procent|prosent|per ?cent|pct\.?": " %",
    r"kroner|kr\.?|[€$£]": "",
}
"""What people write behind a number, and what a plan has there: of an amount nothing, as its currency is known."""
_POINTS = {"da": " %-point", "nb": " %-poeng"}
"""What stands for " pp" where people write in another language."""
_YEAR = "(1[89][0-9]{2}|2[0-9]{3})"
_DAY_FIRST = re.compile(rf"([0-9]{{1,2}})([-./ ])([0-9]{{1,2}})\2{_YEAR}")
_DOTTED = re.compile(rf"([0-9]{{1,2}})\. ?([0-9]{{1,2}})\. ?{_YEAR}")
_YEAR_FIRST = re.compile(rf"{_YEAR}([-./ ]?)([0-9]{{1,2}})\2([0-9]{{1,2}})")


def numbers(text: str) -> list[str]:
    """The number, or the range, of a text as a plan writes it: twice where it can be read in two ways.

    Empty where the text is no number in any land's form.

    >>> numbers("2,2 %"), numbers("4.500.000,50"), numbers("350,000"), numbers("18,5 %..22 %"), numbers("many")
    (['2.2 %'], ['4500000.50'], ['350', '350000'], ['18.5 %..22 %'], [])
    >>> numbers("+0,5 procentpoint"), numbers("12 pct."), numbers("32.000.000 kr.")
    (['+0.5 pp'], ['12 %'], ['32000000'])
    """
    return ["..".join(ends) for ends in product(*(_one_number(end.strip()) for end in text.split("..")))]


def way_out(ways: list[str], example: str = "") -> str:
    """How to write a text instead, each of its ways named; the example where it has none.

    >>> way_out(["350", "350000"]), way_out([], "12000")
    ('Write it as 350 or as 350000.', 'Write it as 12000.')
    """
    one, *others = ways or [example]
    return (
        Message("Write it as {one} or as {other}.", one=one, other=others[0])
        if others
        else Message("Write it as {one}.", one=one)
    )


def in_prose(number: str) -> str:
    """A plan's number as a part of a sentence, which each language writes with its own mark of decimals.

    >>> in_prose("+0.5"), in_prose("7")
    ('+0.5', '7')
    """
    whole, point, decimals = number.partition(".")
    return Message("{whole}.{decimals}", whole=whole, decimals=decimals) if point else number


def _one_number(text: str) -> list[str]:
    plain = text.replace("\N{MINUS SIGN}", "-")
    match = _NUMBER.fullmatch(_with_signs(re.sub("[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]", " ", plain)))
    if match is None or (match["decimals"] and match["decimals"][0] == match["mark"]):
        return []
    whole, decimals = re.sub(r"\D", "", match["whole"]), (match["decimals"] or "").replace(",", ".")
    found = [whole + decimals]
    alone = match["mark"] is None and len(decimals) == 4 and re.fullmatch("[1-9][0-9]{0,2}", whole)
    if alone or (not decimals and match["mark"] in (".", ",") and len(whole) <= 6):
        digits = whole + decimals[1:]
        found = [_with_decimals(digits[:-3], digits[-3:]), digits]
    return [match["sign"] + each + match["after"] for each in found]


def _with_signs(text: str) -> str:
    """The text with a plan's sign for a word or currency at its end."""
    for words, sign in _WORDS.items():
        if match := re.fullmatch(rf"(.*[0-9]) ?(?:{words})", text, re.IGNORECASE):
            return match[1] + sign
    return text


def _with_decimals(whole: str, decimals: str) -> str:
    """Three decimals as what they cannot be taken for thousands in: fewer without noughts at the end, else four."""
    return f"{whole}.{decimals}".rstrip("0").rstrip(".") if decimals.endswith("0") else f"{whole}.{decimals}0"


def days(text: str) -> list[str]:
    """The day of a text as 2025-12-31: twice where day and month may stand in either order; empty where it is none.

    >>> days("31.12.2025"), days("03-04-2025"), days("2025/1/5"), days("31.2.2025")
    (['2025-12-31'], ['2025-04-03', '2025-03-04'], ['2025-01-05'], [])
    """
    if match := _YEAR_FIRST.fullmatch(text):
        orders = [(match[1], match[3], match[4])]
    elif match := _DAY_FIRST.fullmatch(text):
        orders = [(match[4], match[3], match[1]), (match[4], match[1], match[3])]
    else:
        return []
    found = dict[str, None]()
    for year, month, day in orders:
        with suppress(ValueError):  # there is no such month, or it has no such day
            found[date(int(year), int(month), int(day)).isoformat()] = None
    return list(found)


def typed_number(text: str) -> str:
    """A typed number or range as a plan writes it, where it has one reading; any other text as it is.

    >>> typed_number("12,5 %"), typed_number("1.234,5"), typed_number("1.234"), typed_number("soon")
    ('12.5 %', '1234.5', '1.234', 'soon')
    """
    ways = numbers(text.strip())
    return ways[0] if len(ways) == 1 else text.strip()


def as_typed(text: str, language: str) -> str:
    """A number of a plan as people type it: `typed_number` gives the plan's form again.

    >>> as_typed("12.5 %", "en"), as_typed("12.5 %", "da"), as_typed("+0.5 pp", "da"), as_typed("+5 % relative", "nb")
    ('12.5 %', '12,5 %', '+0,5 %-point', '+5 % relativt')
    """
    if language not in _POINTS:
        return text
    return text.replace(".", ",").replace(" pp", _POINTS[language]).replace("relative", "relativt")


def typed_day(text: str, language: str) -> str:
    """A typed day as 2025-12-31, where it has one reading; any other text as it is.

    With full stops between its parts a Danish or Norwegian day begins with the day of the month.

    >>> typed_day("31.12.2025", "en"), typed_day("3.4.2025", "da"), typed_day("3.4.2025", "en"), typed_day("May", "nb")
    ('2025-12-31', '2025-04-03', '3.4.2025', 'May')
    """
    text = text.strip()
    dotted = _DOTTED.fullmatch(text) if language in ("da", "nb") else None
    ways = days("-".join([dotted[3], dotted[2], dotted[1]]) if dotted else text)
    return ways[0] if len(ways) == 1 else text


def day_as_typed(day: date, language: str) -> str:
    """A day as people type it in a language: `typed_day` gives it in a plan's form again.

    >>> day_as_typed(date(2026, 3, 1), "en"), day_as_typed(date(2026, 3, 1), "da")
    ('2026-03-01', '01.03.2026')
    """
    return f"{day:%d.%m.%Y}" if language in ("da", "nb") else day.isoformat()
