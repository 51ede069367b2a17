"""One object speaks a language: texts, numbers and periods."""

from __future__ import annotations

import logging
import math
from datetime import date

import pytest

from kpikit.words import texts
from kpikit.words.errors import UsageError
from kpikit.words.language import Language, Wording, language
from kpikit.words.periods import Calendar, Window
from kpikit.words.units import COUNT, DAYS, MONEY, MONTHS, PERCENTAGE_POINTS, SECONDS, SHARE, UNITS, Unit, difference_of

CALENDAR = Calendar()


def written(text: str) -> str:
    """An expected text of the tables here, with its real signs."""
    return text.replace("~", "\N{NO-BREAK SPACE}").replace("-", "\N{MINUS SIGN}")


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(UsageError) as error:
        Language("no")
    assert str(error.value) == "language == 'no', must be one of en, da, nb."


def test_there_is_one_object_for_a_language() -> None:
    assert language("da") is language("da")
    assert language("da").code == "da"


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("It is {a}.", "5 kr.", "It is 5 kr."),
        ("{a}. Then {a}.", "5 kr.", "5 kr. Then 5 kr."),
        ("It is {a}.", "5 kr", "It is 5 kr."),
        ("{a}: {a}, ({a})", "5 kr.", "5 kr.: 5 kr., (5 kr.)"),
        ("It covers {a}.", "2024-01-01..2024-01-31", "It covers 2024-01-01..2024-01-31."),
    ],
)
def test_a_value_that_ends_a_sentence_brings_one_full_stop(text: str, value: str, expected: str) -> None:
    assert Language("en")(text, a=value) == expected
    assert Language("en").plural(text, text, 1, a=value) == expected


def test_a_text_takes_its_values() -> None:
    assert Language("en")("{a} of {b}", a="{b}", b=2) == "{b} of 2"  # what is put in is never read as a pattern
    assert Language("en")("100 {braces}") == "100 {braces}"  # and without values nothing is


def test_a_text_without_translation_stays_english_and_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "kpikit"):
        assert Language("da")("Nobody wrote {what}.", what="this") == "Nobody wrote this."
    assert [record.getMessage() for record in caplog.records] == ["no da translation of 'Nobody wrote {what}.'"]


def test_a_text_of_the_users_is_taken_as_it_is(caplog: pytest.LogCaptureFixture) -> None:
    assert Language("da")({"en": "Revenue {now}", "da": "Omsætning {nu}"}) == "Omsætning {nu}"
    assert Language("nb")({"en": "Revenue", "da": "Omsætning"}, x=1) == "Revenue"
    assert caplog.records == []


@pytest.mark.parametrize(
    ("number", "english", "danish"),
    [
        (1000, "1,000", "1.000"),
        (0.25, "0.25", "0,25"),
        (-1234567.125, "-1,234,567.125", "-1.234.567,125"),
        (2.0, "2", "2"),
        (1e-7, "0.0000001", "0,0000001"),
        (0, "0", "0"),
    ],
)
def test_a_number_in_full(number: float, english: str, danish: str) -> None:
    assert (Language("en").number(number), Language("da").number(number)) == (written(english), written(danish))


def test_a_translated_text(monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = {"{n} of {all}": ("{n} af {all}",), "{number} row": ("{number} række", "{number} rækker")}
    monkeypatch.setattr(texts, "catalogue", lambda code: catalogue if code == "da" else {})
    say = Language("da")
    assert say("{n} of {all}", n=1, all=2) == "1 af 2"
    assert say.plural("{number} row", "{number} rows", 1) == "1 række"
    assert say.plural("{number} row", "{number} rows", 1234) == "1.234 rækker"


@pytest.mark.parametrize(
    ("code", "number", "text"),
    [
        ("en", 0, "0 rows in a"),
        ("en", 1, "1 row in a"),
        ("en", 2, "2 rows in a"),
        ("en", 1234, "1,234 rows in a"),
        ("en", -1, "\N{MINUS SIGN}1 rows in a"),
    ],
)
def test_plurals(code: str, number: int, text: str) -> None:
    assert Language(code).plural("{number} row in {place}", "{number} rows in {place}", number, place="a") == text


@pytest.mark.parametrize(
    ("wording", "en", "da", "nb"),
    [
        ("Ulrik", "Ulrik", "Ulrik", "Ulrik"),
        ({"en": "Head", "da": "Chef", "nb": "Sjef"}, "Head", "Chef", "Sjef"),
        ({"en": "Head", "da": "Chef"}, "Head", "Chef", "Head"),  # English where a language is missing
        ({"nb": "Sjef", "da": "Chef"}, "Sjef", "Chef", "Sjef"),  # else the first
    ],
)
def test_a_users_own_text(wording: Wording, en: str, da: str, nb: str) -> None:
    assert [Language(code).own(wording) for code in ("en", "da", "nb")] == [en, da, nb]


@pytest.mark.parametrize(
    ("value", "unit", "shown", "short", "difference"),
    [
        (0.8848, SHARE, "88.5%", "88.5%", "+88.5 pp"),
        (-0.0633, SHARE, "-6.33%", "-6.33%", "-6.3 pp"),
        (0.0, SHARE, "0.0%", "0%", "0.0 pp"),
        (0.00003, SHARE, "0.0030%", "0.003%", "+0.003 pp"),
        (-0.0633, PERCENTAGE_POINTS, "-6.3 pp", "-6.3 pp", "-6.3 pp"),  # never "%": that is another unit
        (0.02, PERCENTAGE_POINTS, "2.0 pp", "2 pp", "+2.0 pp"),
        (2.414, SECONDS, "2.41 seconds", "2.41 seconds", "+2.41 seconds"),
        (0.2, SECONDS, "0.2 seconds", "0.2 seconds", "+0.2 seconds"),
        (1, SECONDS, "1 second", "1 second", "+1 second"),
        (12.34, DAYS, "12.3 days", "12.3 days", "+12.3 days"),
        (1, DAYS, "1 day", "1 day", "+1 day"),
        (18, MONTHS, "18 months", "18 months", "+18 months"),
        (1, MONTHS, "1 month", "1 month", "+1 month"),
        (None, PERCENTAGE_POINTS, "–", "–", "–"),
        (None, DAYS, "–", "–", "–"),
        (math.nan, SHARE, "–", "–", "–"),
        (1234, COUNT, "1,234", "1.23k", "+1,234"),
        (-1234, COUNT, "-1,234", "-1.23k", "-1,234"),
        (450_000, MONEY, "£450,000", "£450k", "+£450,000"),
        (-0.5, MONEY, "-£0.50", "-£0.5", "-£0.50"),
    ],
)
def test_values_and_their_differences(value: float | None, unit: Unit, shown: str, short: str, difference: str) -> None:
    say = Language("en")
    assert say.value(value, unit, "GBP") == written(shown)
    assert say.short(value, unit, "GBP") == written(short)
    assert say.difference(value, unit, "GBP") == written(difference)


@pytest.mark.parametrize(
    ("value", "en", "da"),
    [
        (0.034, "+3.4%", "+3,4~%"),
        (-0.5, "-50.0%", "-50,0~%"),
        (0, "0.0%", "0,0~%"),
        (None, "–", "–"),
        (0.0004, "+0.04%", "+0,04~%"),
        (-0.00042, "-0.04%", "-0,04~%"),
        (0.00003, "+0.003%", "+0,003~%"),
        (1e-16, "0.0%", "0,0~%"),
        (math.nan, "–", "–"),  # what computing leaves of zero is zero
    ],
)
def test_relative_changes(value: float | None, en: str, da: str) -> None:
    assert [Language(code).relative(value) for code in ("en", "da")] == [written(en), written(da)]


def test_percent_and_percentage_points_are_two_units() -> None:
    assert difference_of(SHARE) == PERCENTAGE_POINTS
    assert {unit.key: difference_of(unit).key for unit in UNITS.values() if unit != SHARE} == {
        key: key for key in UNITS if key != "share"
    }
    assert str(MONEY) == "money"


@pytest.mark.parametrize(
    ("name", "shown", "brief"),
    [
        ("2011-11-23", "23 November 2011", "23 November 2011"),
        ("2011-11", "November 2011", "Nov 2011"),
        ("2011-W05", "week 5, 2011", "week 5, 2011"),
        ("2020-W53", "week 53, 2020", "week 53, 2020"),  # its last days lie in 2021
        ("2011-Q3", "Q3 2011", "Q3 2011"),
        ("2011", "2011", "2011"),
    ],
)
def test_periods(name: str, shown: str, brief: str) -> None:
    say = Language("en")
    assert say.period(CALENDAR.parse(name)) == shown
    assert say.period(CALENDAR.parse(name), brief=True) == brief


@pytest.mark.parametrize(
    ("first_month", "named_by", "name", "shown"),
    [
        (1, "start", "FY2018", "2018"),
        (1, "end", "FY2018", "2018"),  # it starts and ends in 2018
        (4, "start", "FY2018", "2018/19"),
        (4, "end", "FY2018", "2017/18"),
        (7, "start", "FY1999", "1999/00"),
    ],
)
def test_fiscal_years_show_both_their_years(first_month: int, named_by: str, name: str, shown: str) -> None:
    assert Language("en").period(Calendar(first_month, named_by).parse(name)) == shown


@pytest.mark.parametrize(
    ("end", "shown"),
    [(date(2011, 12, 10), "1 December 2011 – 9 December 2011"), (date(2011, 12, 2), "1 December 2011")],
)
def test_days_of_a_window(end: date, shown: str) -> None:
    assert Language("en").days(Window(date(2011, 12, 1), end)) == shown
