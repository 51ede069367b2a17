"""Numbers, amounts, durations and dates as readers write them: English, Danish, Norwegian."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpikit.words import formats
from kpikit.words.units import COUNT, DURATION, MONEY, PERCENTAGE_POINTS, RATIO, SCORE, SHARE, Unit

NUMBERS = [  # value, decimals, en, da, nb; "~" stands for a no-break space, "-" for the minus sign
    (0, 0, "0", "0", "0"),
    (1234567, 0, "1,234,567", "1.234.567", "1~234~567"),
    (1234.5, 1, "1,234.5", "1.234,5", "1~234,5"),
    (-1234.5, 1, "-1,234.5", "-1.234,5", "-1~234,5"),
    (0.125, 2, "0.13", "0,13", "0,13"),  # half up, as written; half to even gives 0.12
    (2.675, 2, "2.68", "2,68", "2,68"),  # half up, as written; in binary it is a little less
    (2.5, 0, "3", "3", "3"),
    (-2.5, 0, "-3", "-3", "-3"),  # half up means away from zero, so that a loss rounds as a gain does
    (-0.05, 1, "-0.1", "-0,1", "-0,1"),
    (-0.05, 0, "0", "0", "0"),  # no minus before zero
    (-0.04, 1, "0.0", "0,0", "0,0"),
    (-0.0, 0, "0", "0", "0"),
    (0.995, 2, "1.00", "1,00", "1,00"),
    (Decimal("0.125"), 2, "0.13", "0,13", "0,13"),
    (Decimal("18909744.12"), 2, "18,909,744.12", "18.909.744,12", "18~909~744,12"),
    (1e15, 0, "1" + ",000" * 5, "1" + ".000" * 5, "1" + "~000" * 5),
    (1e30, 0, "1" + ",000" * 10, "1" + ".000" * 10, "1" + "~000" * 10),
    (Decimal("1e30"), 2, "1" + ",000" * 10 + ".00", "1" + ".000" * 10 + ",00", "1" + "~000" * 10 + ",00"),
    (1e-300, 2, "0.00", "0,00", "0,00"),
]


def written(text: str) -> str:
    """An expected text of the tables here, with its real signs."""
    return text.replace("~", "\N{NO-BREAK SPACE}").replace("-", "\N{MINUS SIGN}")


@pytest.mark.parametrize(("value", "decimals", "en", "da", "nb"), NUMBERS)
def test_numbers(value: float, decimals: int, en: str, da: str, nb: str) -> None:
    found = [formats.number(value, language, decimals) for language in ("en", "da", "nb")]
    assert found == [written(en), written(da), written(nb)]


@pytest.mark.parametrize(
    ("value", "en"),
    [(0.9975, "0.99"), (0.99999, "0.99"), (1.0, "1.00"), (-0.996, "-0.99"), (-1.0, "-1.00"), (0.966, "0.97")],
)
def test_a_correlation_is_one_where_it_is_exactly_one(value: float, en: str) -> None:
    assert formats.correlation(value, "en") == written(en)


@pytest.mark.parametrize("value", [None, math.nan, math.inf, -math.inf, Decimal("NaN"), Decimal("Infinity")])
@pytest.mark.parametrize("unit", [SHARE, PERCENTAGE_POINTS, RATIO, COUNT, MONEY, DURATION, SCORE])
@pytest.mark.parametrize("language", ["en", "da", "nb"])
def test_what_is_missing_is_a_dash(value: float | None, unit: Unit, language: str) -> None:
    assert formats.is_missing(value)
    assert formats.number(value, language) == "–"
    assert formats.value_in_unit(value, unit, language, "GBP") == "–"
    assert formats.short(value, unit, language, "GBP") == "–"


@pytest.mark.parametrize(
    ("value", "unit", "en", "da", "nb"),
    [
        (0.8848, SHARE, "88.5%", "88,5~%", "88,5~%"),
        (0.285, SHARE, "28.5%", "28,5~%", "28,5~%"),  # 0.285 * 100 is 28.499999999999996 in binary
        (0.9995, SHARE, "100.0%", "100,0~%", "100,0~%"),  # 99.95, half up
        (0.0995, SHARE, "9.95%", "9,95~%", "9,95~%"),
        (0.09996, SHARE, "10.0%", "10,0~%", "10,0~%"),  # ten, once it is rounded, so it has one decimal
        (0.0252, SHARE, "2.52%", "2,52~%", "2,52~%"),
        (-0.0004, SHARE, "-0.040%", "-0,040~%", "-0,040~%"),  # two significant digits of what is very small
        (1e-9, SHARE, "0.00%", "0,00~%", "0,00~%"),
        (0, SHARE, "0.0%", "0,0~%", "0,0~%"),
        (0.0123, RATIO, "0.012", "0,012", "0,012"),
        (12.5, SHARE, "1,250.0%", "1.250,0~%", "1~250,0~%"),
        (Decimal("0.5"), SHARE, "50.0%", "50,0~%", "50,0~%"),
        (-0.0633, PERCENTAGE_POINTS, "-6.3", "-6,3", "-6,3"),  # `Language.value` adds "pp"
        (12345, COUNT, "12,345", "12.345", "12~345"),
        (3.46, RATIO, "3.46", "3,46", "3,46"),
        (99.994, RATIO, "99.99", "99,99", "99,99"),
        (99.995, RATIO, "100.0", "100,0", "100,0"),  # four digits, once it is rounded
        (999.94, RATIO, "999.9", "999,9", "999,9"),
        (999.95, RATIO, "1,000", "1.000", "1~000"),
        (1234.5, SCORE, "1,235", "1.235", "1~235"),
    ],
)
def test_values_with_their_unit(value: float, unit: Unit, en: str, da: str, nb: str) -> None:
    found = [formats.value_in_unit(value, unit, language) for language in ("en", "da", "nb")]
    assert found == [written(en), written(da), written(nb)]


@pytest.mark.parametrize(
    ("value", "currency", "en", "da", "nb"),
    [
        (450.5, "GBP", "£450.50", "450,50~£", "450,50~£"),
        (-450.5, "GBP", "-£450.50", "-450,50~£", "-450,50~£"),
        (450.5, "DKK", "DKK~450.50", "450,50~kr.", "450,50~DKK"),
        (450.5, "NOK", "NOK~450.50", "450,50~NOK", "450,50~kr"),
        (-450.5, "DKK", "-DKK~450.50", "-450,50~kr.", "-450,50~DKK"),
        (0, "NOK", "NOK~0.00", "0,00~NOK", "0,00~kr"),
        (-0.000004, "GBP", "£0.00", "0,00~£", "0,00~£"),
        (0.0234, "DKK", "DKK~0.023", "0,023~kr.", "0,023~DKK"),  # the cost of one view
        (999.994, "GBP", "£999.99", "999,99~£", "999,99~£"),
        (999.995, "GBP", "£1,000", "1.000~£", "1~000~£"),  # rounds to 1,000.00, and from 1,000 on there are no decimals
        (1234567.5, "DKK", "DKK~1,234,568", "1.234.568~kr.", "1~234~568~DKK"),
        (Decimal("18909744.12"), "GBP", "£18,909,744", "18.909.744~£", "18~909~744~£"),
        (450.5, None, "450.50", "450,50", "450,50"),
        (5, "XYZ", "XYZ~5.00", "5,00~XYZ", "5,00~XYZ"),  # no known currency: its letters
    ],
)
def test_money(value: float, currency: str | None, en: str, da: str, nb: str) -> None:
    found = [formats.value_in_unit(value, MONEY, language, currency) for language in ("en", "da", "nb")]
    assert found == [written(en), written(da), written(nb)]


@pytest.mark.parametrize(
    ("value", "unit", "en", "da", "nb"),
    [
        (0, COUNT, "0", "0", "0"),
        (950, COUNT, "950", "950", "950"),
        (999.4, COUNT, "999", "999", "999"),
        (999.5, COUNT, "1k", "1.000", "1~000"),
        (1000, COUNT, "1k", "1.000", "1~000"),
        (1005, COUNT, "1.01k", "1.005", "1~005"),  # 1.005, half up
        (3599.5, COUNT, "3.6k", "3.600", "3~600"),
        (12345.678, COUNT, "12.3k", "12.346", "12~346"),
        (99_950, COUNT, "100k", "99.950", "99~950"),
        (999_499, COUNT, "999k", "999.499", "999~499"),
        (999_500, COUNT, "1M", "1~mio.", "1~mill."),
        (1_000_000, COUNT, "1M", "1~mio.", "1~mill."),
        (-1_250_000, COUNT, "-1.25M", "-1,25~mio.", "-1,25~mill."),
        (999_499_999, COUNT, "999M", "999~mio.", "999~mill."),
        (999_500_000, COUNT, "1bn", "1~mia.", "1~mrd."),
        (2.5e12, COUNT, "2,500bn", "2.500~mia.", "2~500~mrd."),
        (3.456, RATIO, "3.46", "3,46", "3,46"),
        (9.996, RATIO, "10", "10", "10"),  # three digits, once it is rounded: 10.0
        (99.96, RATIO, "100", "100", "100"),
        (0.5, RATIO, "0.5", "0,5", "0,5"),
        (0.9, SHARE, "90%", "90~%", "90~%"),
        (0.885, SHARE, "88.5%", "88,5~%", "88,5~%"),
        (0.9999, SHARE, "100%", "100~%", "100~%"),
        (-0.0001, SHARE, "-0.01%", "-0,01~%", "-0,01~%"),
        (0.0225, SHARE, "2.25%", "2,25~%", "2,25~%"),
        (0.025, SHARE, "2.5%", "2,5~%", "2,5~%"),
        (0.02, PERCENTAGE_POINTS, "2", "2", "2"),
        (106, DURATION, "1:46", "1:46", "1:46"),
        (Decimal(450000), COUNT, "450k", "450.000", "450~000"),
    ],
)
def test_short(value: float, unit: Unit, en: str, da: str, nb: str) -> None:
    found = [formats.short(value, unit, language) for language in ("en", "da", "nb")]
    assert found == [written(en), written(da), written(nb)]


@pytest.mark.parametrize(
    ("value", "currency", "en", "da", "nb"),
    [
        (450_000, "GBP", "£450k", "450.000~£", "450~000~£"),
        (-450_000, "GBP", "-£450k", "-450.000~£", "-450~000~£"),
        (450_000, "DKK", "DKK~450k", "450.000~kr.", "450~000~DKK"),
        (1_500_000, "NOK", "NOK~1.5M", "1,5~mio.~NOK", "1,5~mill.~kr"),
        (-0.001, "GBP", "-£0.001", "-0,001~£", "-0,001~£"),
        (450_000, None, "450k", "450.000", "450~000"),
    ],
)
def test_short_money(value: float, currency: str | None, en: str, da: str, nb: str) -> None:
    found = [formats.short(value, MONEY, language, currency) for language in ("en", "da", "nb")]
    assert found == [written(en), written(da), written(nb)]


@pytest.mark.parametrize(
    ("seconds", "clock"),
    [
        (0, "0:00"),
        (0.4, "0:00"),
        (-0.4, "0:00"),
        (0.5, "0:01"),
        (-0.5, "-0:01"),
        (59.5, "1:00"),
        (106, "1:46"),
        (3599.4, "59:59"),
        (3599.5, "1:00:00"),
        (3661, "1:01:01"),
        (-3661, "-1:01:01"),
        (360_000, "100:00:00"),
    ],
)
def test_durations(seconds: float, clock: str) -> None:
    assert formats.duration(seconds) == written(clock)
    assert formats.value_in_unit(seconds, DURATION, "da") == written(clock)


@pytest.mark.parametrize(
    ("text", "signed"),
    [
        ("3.4%", "+3.4%"),
        ("0.0%", "0.0%"),
        ("0", "0"),
        ("–", "–"),
        ("\N{MINUS SIGN}3.4%", "\N{MINUS SIGN}3.4%"),
        ("£0.05", "+£0.05"),
    ],
)
def test_a_difference_carries_its_sign(text: str, signed: str) -> None:
    assert formats.plus(text) == signed


@pytest.mark.parametrize(
    ("language", "day", "month", "brief"),
    [
        ("en", "9 December 2011", "December 2011", "Dec 2011"),
        ("da", "9. december 2011", "december 2011", "dec. 2011"),
        ("nb", "9. desember 2011", "desember 2011", "des 2011"),
    ],
)
def test_dates(language: str, day: str, month: str, brief: str) -> None:
    value = date(2011, 12, 9)
    assert formats.day(value, language) == day
    assert formats.month(value, language) == month
    assert formats.month(value, language, brief=True) == brief


FINITE = st.floats(allow_nan=False, allow_infinity=False)


@given(FINITE, st.sampled_from(["en", "da", "nb"]), st.integers(0, 3))
def test_a_number_is_its_rounded_value_in_other_signs(value: float, language: str, decimals: int) -> None:
    text = formats.number(value, language, decimals)
    decimal_mark = "." if language == "en" else ","
    plain = "".join(sign for sign in text if sign.isdigit() or sign == decimal_mark).replace(decimal_mark, ".")
    back = Decimal(plain) * (-1 if text.startswith("\N{MINUS SIGN}") else 1)
    assert abs(back - Decimal(repr(value))) <= Decimal("0.5").scaleb(-decimals)


@given(
    FINITE, st.sampled_from(["en", "da", "nb"]), st.sampled_from([SHARE, PERCENTAGE_POINTS, RATIO, COUNT, MONEY, SCORE])
)
def test_turning_the_sign_turns_the_sign_alone(value: float, language: str, unit: Unit) -> None:
    for write in (formats.value_in_unit, formats.short):
        text, turned = (write(each, unit, language, "GBP").replace("\N{MINUS SIGN}", "") for each in (value, -value))
        assert text == turned


@given(st.floats(min_value=-1e12, max_value=1e12), st.sampled_from([SHARE, RATIO, COUNT, MONEY]))
def test_no_minus_stands_before_zero(value: float, unit: Unit) -> None:
    for text in (formats.value_in_unit(value, unit, "en", "GBP"), formats.short(value, unit, "en", "GBP")):
        assert not text.startswith("\N{MINUS SIGN}") or any(digit in text for digit in "123456789")


@given(st.floats(min_value=0.01, max_value=999e9), st.sampled_from([COUNT, RATIO]))
def test_short_keeps_three_significant_digits_at_most(value: float, unit: Unit) -> None:
    digits = "".join(sign for sign in formats.short(value, unit, "en") if sign.isdigit())
    assert len(digits.lstrip("0")) <= 3


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("minst 70 % i 2026", "minst 70\xa0% i 2026"),
        ("12.000 kr. om måneden", "12.000\xa0kr. om måneden"),
        ("20 kroner, 5 krav", "20 kroner, 5 krav"),
        ("100% and more", "100% and more"),
        ("Orders: 10; target ≥ 30.", "Orders: 10; target ≥\xa030."),
        ("≤ kr. 400 or more", "≤\xa0kr. 400 or more"),
    ],
)
def test_a_number_and_its_sign_stay_on_one_line(written: str, shown: str) -> None:
    assert formats.tied(written) == shown
