"""What a target aims at: texts as people write them, each with the one meaning that it has, or refused."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpikit.plans.aim import Aim, change_example, parse_change, parse_value, range_example, value_example
from kpikit.words.units import COUNT, MONEY, PERCENTAGE_POINTS, RATIO, SCORE, SHARE, UNITS, Unit

FORM = "Numbers have no marks for thousands, and a point before decimals."


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("95 %", SHARE, "0.95"),
        ("95%", SHARE, "0.95"),
        ("95.5 %", SHARE, "0.955"),
        ("95\N{NO-BREAK SPACE}%", SHARE, "0.95"),
        ("0 %", SHARE, "0"),
        ("150 %", SHARE, "1.5"),  # possible for rates such as admissions; the evaluation says where it is not
        ("12000", COUNT, "12000"),
        ("12000.50", MONEY, "12000.50"),
        ("3.5", RATIO, "3.5"),
        ("0.125", RATIO, "0.125"),  # no thousands begin with a nought
        ("12.3450", RATIO, "12.345"),
        ("1234.500", COUNT, "1234.5"),
        ("0", COUNT, "0"),
        ("-50000", MONEY, "-50000"),  # a loss
        ("\N{MINUS SIGN}2.5 %", SHARE, "-0.025"),  # a margin
    ],
)
def test_a_value_to_reach(text: str, unit: Unit, number: str) -> None:
    assert parse_value(text, unit) == Aim("value", Decimal(number))


@pytest.mark.parametrize(
    ("text", "unit", "kind", "number"),
    [
        ("+10 %", COUNT, "relative", "0.1"),
        ("+10%", MONEY, "relative", "0.1"),
        ("-2.5 %", RATIO, "relative", "-0.025"),
        ("\N{MINUS SIGN}20 %", COUNT, "relative", "-0.2"),
        ("+5 % relative", SHARE, "relative", "0.05"),
        ("+10 % relative", MONEY, "relative", "0.1"),
        ("+2 pp", SHARE, "points", "0.02"),
        ("-2pp", SHARE, "points", "-0.02"),
        ("+0.5 pp", PERCENTAGE_POINTS, "points", "0.005"),
    ],
)
def test_a_change_from_the_baseline(text: str, unit: Unit, kind: str, number: str) -> None:
    assert parse_change(text, unit) == Aim(kind, Decimal(number))


@pytest.mark.parametrize(
    ("text", "unit", "sentence"),
    [
        ("95", SHARE, "'95' does not fit the unit: share. Write it as 95 %."),
        # Danes write twelve thousand so, and others twelve.
        ("12.000", COUNT, "'12.000' has two readings. Write it as 12 or as 12000."),
        ("1.250", MONEY, "'1.250' has two readings. Write it as 1.25 or as 1250."),
        ("12.345", COUNT, "'12.345' has two readings. Write it as 12.3450 or as 12345."),
        ("90.000..11000", COUNT, "'90.000..11000': '90.000' has two readings. Write it as 90 or as 90000."),
        (
            "95 %",
            COUNT,
            "'95 %' does not fit the unit: number. Write it as 12000, without a percent sign.",
        ),
        (
            "95 %",
            MONEY,
            "'95 %' does not fit the unit: amount. Write it as 12000, without a percent sign.",
        ),
        ("+10 %", COUNT, "'+10 %' is a change, and 'value' wants what to reach. Write it under 'change'."),
        ("-12.000", MONEY, "'-12.000' has two readings. Write it as -12 or as -12000."),
        ("2 pp", SHARE, "'2 pp' is a change, and 'value' wants what to reach. Write it under 'change'."),
        (
            "10 % relative",
            SHARE,
            "'10 % relative' is a change, and 'value' wants what to reach. Write it under 'change'.",
        ),
        *(
            (text, COUNT, f"'{text}' is not understood. Write it as 12000. {FORM}")
            for text in ("1e3", "12k", "1_000", "٣", "", "x", "12000 GBP", "9" * 16)
        ),
        *(
            (text, unit, f"'{text}' is not understood. Write it as {way}. {FORM}")
            for text, unit, way in (
                ("95,5 %", SHARE, "95.5 %"),
                ("2,2 %", SHARE, "2.2 %"),
                ("350000,50", MONEY, "350000.50"),
                ("4.500.000", MONEY, "4500000"),
                ("-4.500.000,50", MONEY, "-4500000.50"),
                ("4,500,000.5", MONEY, "4500000.5"),
                ("12 000", COUNT, "12000"),
                ("12\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}000", COUNT, "12000000"),
                (">= 95 %", SHARE, "95 %"),
            )
        ),
        ("12,000", COUNT, f"'12,000' has two readings. Write it as 12 or as 12000. {FORM}"),
        ("18,5 %..22 %", SHARE, f"'18,5 %..22 %': '18,5 %' is not understood. Write it as 18.5 %. {FORM}"),
        ("0.95", SHARE, "'0.95' does not fit the unit: share. Write it as 95 % or as 0.95 %."),
        ("2.2", SHARE, "'2.2' does not fit the unit: share. Write it as 2.2 %."),
        ("0", SHARE, "'0' does not fit the unit: share. Write it as 0 %."),
    ],
)
def test_a_value_that_is_none_is_refused(text: str, unit: Unit, sentence: str) -> None:
    with pytest.raises(ValueError) as error:
        parse_value(text, unit)
    assert str(error.value) == sentence


def test_a_value_below_zero_is_a_change_where_the_measure_cannot_be_there() -> None:
    assert parse_value("-300..-50", MONEY) == Aim("range", Decimal(-300), Decimal(-50))
    for text in ("-5", "-5..5", "-0"):
        with pytest.raises(ValueError, match=r"'-[50]' is a change, and 'value' wants what to reach"):
            parse_value(text, COUNT, 0.0)


@pytest.mark.parametrize(
    ("text", "highest", "way"),
    [
        ("31000", 1.0, "A share lies between 0 % and 100 %, and is written as 2.5 %."),
        ("2..31000", 1.0, "Write it as 2 %."),
        ("100", 1.0, "Write it as 100 %."),
        ("150", math.inf, "Write it as 150 %."),  # a growth can be that
    ],
)
def test_more_than_all_of_a_share_is_not_taken_for_per_cent(text: str, highest: float, way: str) -> None:
    with pytest.raises(ValueError) as error:
        parse_value(text, SHARE, 0.0, highest)
    assert str(error.value).endswith(f"does not fit the unit: share. {way}")


def test_numbers_and_units_are_told_in_the_readers_language() -> None:
    own = {"{whole}.{decimals}": "{whole},{decimals}", "amount": "beløb"}

    def say(text: str, /, **values: object) -> str:
        return own.get(text, text).format(**values) if values else own.get(text, text)

    with pytest.raises(ValueError) as error:
        parse_change("+5.5 %", SHARE)
    told = error.value.args[0].said(say)
    assert "'+5.5 % relative' (from 2 % on, +5,5 % gives 2,11 %)" in told and "+5,5 pp gives 7,5 %" in told
    with pytest.raises(ValueError) as error:
        parse_value("95 %", MONEY)
    assert error.value.args[0].said(say).startswith("'95 %' does not fit the unit: beløb.")


@pytest.mark.parametrize(
    ("text", "unit", "sentence"),
    [
        (
            "+5 %",
            SHARE,
            "'+5 %' on a share has two meanings. Write '+5 % relative' (from 2 % on, +5 % gives 2.1 %) "
            "or '+5 pp' (from 2 % on, +5 pp gives 7 %).",
        ),
        (
            "+8 %",  # 2 times 1.08, and 2 plus 8
            SHARE,
            "'+8 %' on a share has two meanings. Write '+8 % relative' (from 2 % on, +8 % gives 2.16 %) "
            "or '+8 pp' (from 2 % on, +8 pp gives 10 %).",
        ),
        (
            "-10%",  # 20 times 0.9, and 20 less 10
            SHARE,
            "'-10%' on a share has two meanings. Write '-10 % relative' (from 20 % on, -10 % gives 18 %) "
            "or '-10 pp' (from 20 % on, -10 pp gives 10 %).",
        ),
        ("+5 pp", MONEY, "'+5 pp': percentage points are for shares, and the unit is amount. Write '+10 %'."),
        ("-5 pp", SCORE, "'-5 pp': percentage points are for shares, and the unit is score. Write '+10 %'."),
        ("5 %", COUNT, "'5 %' is not a change. Write it with its sign, as '+10 %'."),
        ("+500", COUNT, "'+500' is not a change. Write it with its sign, as '+10 %'."),
        ("2 pp", SHARE, "'2 pp' is not a change. Write it with its sign, as '+2 pp' or '+10 % relative'."),
        *(
            (text, SHARE, f"'{text}' is not understood. Write it as +2 pp. {FORM}")
            for text in (
                "+5 pp relative",
                "+ 5 %",
                "+5 %relative",
                "+5 relative",
                "++5 %",
                "+5 %%",
            )
        ),
        ("+5 percent", SHARE, f"'+5 percent' is not understood. Write it as +5 %. {FORM}"),
        ("+0,5 procentpoint", SHARE, f"'+0,5 procentpoint' is not understood. Write it as +0.5 pp. {FORM}"),
        ("+5,5 %", SHARE, f"'+5,5 %' is not understood. Write it as +5.5 %. {FORM}"),
    ],
)
def test_a_change_that_is_none_is_refused(text: str, unit: Unit, sentence: str) -> None:
    with pytest.raises(ValueError) as error:
        parse_change(text, unit)
    assert str(error.value) == sentence


@pytest.mark.parametrize(
    ("aim", "baseline", "value"),
    [
        (Aim("value", Decimal("0.95")), None, 0.95),
        (Aim("value", Decimal("0.95")), 0.5, 0.95),
        (Aim("relative", Decimal("0.1")), 200.0, 220.0),
        (Aim("relative", Decimal("-0.1")), 200.0, 180.0),
        (Aim("relative", Decimal("0.05")), 0.02, 0.021),  # +5 % relative on 2 %
        (Aim("points", Decimal("0.05")), 0.02, 0.07),  # +5 pp on 2 %
        (Aim("points", Decimal("-0.02")), 0.0, -0.02),
        (Aim("relative", Decimal("0.1")), None, None),
        (Aim("points", Decimal("0.1")), None, None),
        (Aim("relative", Decimal("0.1")), 0.0, None),  # 10 % more than nothing is no aim
        (Aim("relative", Decimal("0.1")), -50.0, None),  # and from a loss, "+10 %" would be a larger loss
    ],
)
def test_from_the_baseline_to_the_value(aim: Aim, baseline: float | None, value: float | None) -> None:
    assert aim.apply(baseline) == pytest.approx(value)


@given(st.decimals(0, 10_000, places=2, allow_nan=False), st.sampled_from(["", " ", "\N{NO-BREAK SPACE}"]))
def test_any_plain_number_is_read_exactly(number: Decimal, gap: str) -> None:
    assert parse_value(f"{number}{gap}%", SHARE).number == number / 100
    assert parse_value(f"{number}", COUNT).number == number
    assert parse_change(f"-{number}{gap}pp", SHARE).number == -number / 100


@pytest.mark.parametrize("unit", UNITS.values(), ids=str)
def test_the_examples_are_themselves_understood(unit: Unit) -> None:
    assert parse_value(value_example(unit), unit).kind == "value"
    assert parse_value(range_example(unit), unit).kind == "range"
    assert parse_change(change_example(unit), unit).kind in ("relative", "points")


@given(st.text(max_size=12), st.sampled_from([SHARE, COUNT, MONEY]))
def test_any_text_is_an_aim_or_a_sentence(text: str, unit: Unit) -> None:
    for parse in (parse_value, parse_change):
        try:
            assert parse(text, unit).number.is_finite()
        except ValueError as error:
            assert repr(text)[1:-1] in str(error) or text in str(error)
