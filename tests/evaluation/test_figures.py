"""The figures of one KPI: written with the same number of decimals, told apart, and adding up."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpikit.charts.figures import figures
from kpikit.evaluation.facts import Fact, Target, Value
from kpikit.evaluation.figures import decimals, gap, in_words, on_axis, small_step_words, step_words, told_apart
from kpikit.evaluation.sentences import verdict
from kpikit.words.language import Language
from kpikit.words.number_codes import difference_code, number_code
from kpikit.words.units import COUNT, MONEY, RATIO, SCORE, SHARE, Unit
from tests.charts.samples import WAITS, YEAR

EN, DA, NB = (Language(code) for code in ("en", "da", "nb"))


def held(value: float, goal: float, unit: Unit = SHARE, currency: str | None = None) -> Fact:
    target = Target("keep", goal, goal, YEAR, None, None, value, value - goal, None, None)
    status = "met" if value >= goal else "missed"
    fact = replace(WAITS, unit=unit, currency=currency, value=Value(value), target=target, status=status)
    return replace(fact, status_reason=None)


@pytest.mark.parametrize(
    ("value", "goal", "unit", "words"),
    [  # value, target, gap
        (0.883, 0.95, SHARE, ("88.3%", "95.0%", "-6.7 pp")),
        (0.0252, 0.0257, SHARE, ("2.52%", "2.57%", "-0.05 pp")),
        (0.02524, 0.02566123, SHARE, ("2.52%", "2.57%", "-0.05 pp")),  # not -0.04: 2.52 and 0.04 are not 2.57
        (0.031, 0.04, SHARE, ("3.10%", "4.00%", "-0.90 pp")),
        (0.0996, 0.101, SHARE, ("10.0%", "10.1%", "-0.1 pp")),  # the largest of them decides; a tenth is 9.96 %
        (0.00031, 0.0005, SHARE, ("0.031%", "0.050%", "-0.019 pp")),
        (0.992, 0.9995, SHARE, ("99.20%", "99.95%", "-0.75 pp")),  # as exactly as the plan says it; never 100.0 %
        (0.9496, 0.95, SHARE, ("94.96%", "95.00%", "-0.04 pp")),  # told apart
        (0.94999999, 0.95, SHARE, ("95.0%", "95.0%", "0.0 pp")),
        (4.35, 4.5, SCORE, ("4.35", "4.50", "-0.15")),
        (0.0042, 0.005, RATIO, ("0.0042", "0.0050", "-0.0008")),
        (999.5, 1005, MONEY, ("£1,000", "£1,005", "-£5")),  # not £999.50, which £5 less than £1,005 is not
        (45.32, 50, MONEY, ("£45.32", "£50.00", "-£4.68")),
    ],
)
def test_value_target_and_gap_have_the_same_decimals(
    value: float, goal: float, unit: Unit, words: tuple[str, str, str]
) -> None:
    fact = held(value, goal, unit, "GBP" if unit == MONEY else None)
    found = in_words(fact, value, EN), in_words(fact, goal, EN), step_words(fact, gap(fact), EN)
    assert found == tuple(each.replace("-", "\N{MINUS SIGN}") for each in words)


def test_sentences_tables_and_cells_agree() -> None:
    fact = held(0.0252, 0.0257)
    assert verdict(fact, "Conversion", EN) == "Conversion, November 2011: 2.52%, 0.05 pp below target (2.57%)."
    assert "2,52\xa0%, 0,05\xa0%-point under målet (2,57\xa0%)" in verdict(fact, "Konvertering", DA)
    assert "2,52\xa0%, 0,05\xa0%-poeng under målet (2,57\xa0%)" in verdict(fact, "Konvertering", NB)
    box = str(figures(fact, EN))
    assert "2.52%" in box and "2.57%" in box and "\N{MINUS SIGN}0.05 pp" in box
    assert number_code(0.0252, SHARE, EN, decimals=decimals(fact)) == "0.00%"
    assert difference_code(-0.0005, SHARE, EN, decimals=decimals(fact)).startswith('+#,##0.00" pp"')


def test_the_numbers_of_an_axis_are_not_rounded_to_others() -> None:
    fact = held(0.0252, 0.0257)
    assert on_axis(fact, [0.02, 0.0225, 0.025, 0.0275], EN) == ["2%", "2.25%", "2.5%", "2.75%"]
    assert on_axis(held(0.94, 0.95), [0.94, 0.9425, 0.945], EN) == ["94%", "94.25%", "94.5%"]


@given(st.floats(0.0001, 1), st.floats(0.0001, 1))
def test_a_reader_who_subtracts_finds_the_gap(value: float, goal: float) -> None:
    fact = held(value, goal)
    points, shown = [float(in_words(fact, each, EN).rstrip("%")) for each in (value, goal)], gap(fact)
    told = step_words(fact, shown, EN).removesuffix(" pp").replace("\N{MINUS SIGN}", "-")
    assert float(told) == pytest.approx(points[0] - points[1], abs=1e-9)


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ({"target": 4, "low": 0, "high": 3.6}, ["4", "0", "3.6"]),  # not: 4 lies beyond 0 to 4
        ({"target": 5, "low": 0, "high": 3.6}, ["5", "0", "4"]),
        ({"target": 4, "low": 4, "high": 7.4}, ["4", "4", "7"]),  # the same is written the same
        ({"target": 4, "low": 3.6, "best": 3.6}, ["4", "3.6", "3.6"]),
        ({"target": 4, "high": 3.9999}, ["4", "4"]),  # no number of decimals that people read tells them apart
    ],
)
def test_what_is_asked_for_is_told_apart_from_what_there_is(numbers: dict[str, float], words: list[str]) -> None:
    fact = replace(held(4, 4, COUNT), target=None)
    assert list(told_apart(fact, numbers, EN).values()) == words


@pytest.mark.parametrize(
    ("difference", "unit", "words"),
    [  # of a KPI of 0.83 % or of as many pounds or orders
        (0.00003, SHARE, "+0.003 pp"),
        (-0.000012, SHARE, "-0.001 pp"),
        (0.0009, SHARE, "+0.09 pp"),
        (0.0, SHARE, "0.00 pp"),
        (1e-18, SHARE, "0.00 pp"),  # what computing leaves of zero
        (0.3, MONEY, "+£0.30"),
        (12.4, MONEY, "+£12"),
        (0.04, COUNT, "+0.04"),
    ],
)
def test_a_small_step_is_not_written_as_none(difference: float, unit: Unit, words: str) -> None:
    level = 0.0083 if unit == SHARE else 8300
    fact = held(level, level, unit, "GBP" if unit == MONEY else None)
    assert small_step_words(fact, difference, EN) == words.replace("-", "\N{MINUS SIGN}")
