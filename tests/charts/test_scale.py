"""Scales: ranges, round numbers, dates, labels that keep apart."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some
from matplotlib.font_manager import FontProperties, findfont
from matplotlib.ft2font import FT2Font

from kpikit.charts.scale import apart, dated, span, text_width, ticks
from tests.charts.samples import CALENDAR


@pytest.mark.parametrize(
    ("values", "low", "high"),
    [
        ([0.9, 0.95], 0.896, 0.954),  # 8 % of the range as air
        ([10.0, 100.0], 0.0, 107.2),  # zero is near
        ([-100.0, -10.0], -107.2, 0.0),
        ([-5.0, 5.0], -5.8, 5.8),
        ([7.0, 7.0], 6.3, 7.7),  # constant: a tenth of it
        ([0.0], 0.0, 1.0),
        ([math.nan], 0.0, 1.0),
        ([math.nan, 2.0, 4.0], 1.84, 4.16),
    ],
)
def test_the_range_of_an_axis(values: list[float], low: float, high: float) -> None:
    assert span(values) == pytest.approx((low, high))


@given(some.lists(some.floats(-1e12, 1e12), min_size=1))
def test_every_value_lies_within_the_range(values: list[float]) -> None:
    low, high = span(values)
    assert low <= min(values)
    assert max(values) <= high
    assert low < high


def test_ticks_are_round_and_few() -> None:
    assert ticks(0.87, 0.96, 4) == pytest.approx([0.875, 0.9, 0.925, 0.95])
    assert ticks(0, 964, 4) == [0, 250, 500, 750]
    assert ticks(-6, 6, 4) == [-5, 0, 5]


@pytest.mark.parametrize(
    ("key", "count", "most", "expected"),
    [
        ("2011-11", 24, 4, [5, 11, 17, 23]),  # half a year apart, back from the last
        ("2011-11", 36, 3, [11, 23, 35]),
        ("2011-11", 1, 5, [0]),
        ("2011-W47", 15, 4, [2, 6, 10, 14]),
        ("2011-Q3", 12, 3, [3, 7, 11]),
        ("2011", 20, 1, [19]),
    ],
)
def test_dates_are_evenly_spaced_back_from_the_last(key: str, count: int, most: int, expected: list[int]) -> None:
    assert dated(CALENDAR.ending_with(CALENDAR.parse(key), count), most) == expected


@given(some.lists(some.floats(0, 100), max_size=6))
def test_labels_keep_apart_in_order_and_within_the_range(wanted: list[float]) -> None:
    placed = apart(wanted, 10, 0, 100)
    order = sorted(range(len(wanted)), key=lambda each: wanted[each])
    steps = [placed[after] - placed[before] for before, after in pairwise(order)]
    assert all(step >= 10 - 1e-9 for step in steps)
    assert all(-1e-9 <= place <= 100 + 1e-9 for place in placed)


@pytest.mark.parametrize("weight", ["normal", "bold"])
@pytest.mark.parametrize(
    "text",
    [
        "Utgangspunkt 987_052_DKK", "Udgangspunkt 987.052_kr.", "Mål 1,49_mill._NOK", "Prognose 1,42_mill._DKK",
        "Usual range", "Target ≥ 95.0%", "KUNDER I ØST", "Kantineforsyningen", "Nå 1_234 hittil",
    ],
)  # fmt: skip
def test_a_text_has_the_room_that_the_widest_of_the_usual_fonts_needs(text: str, weight: str) -> None:
    text = text.replace("_", "\N{NO-BREAK SPACE}")
    font = FT2Font(findfont(FontProperties(family="DejaVu Sans", weight=weight)))
    font.set_size(100, 72)
    real = sum(font.load_char(ord(sign)).linearHoriAdvance / 65536 for sign in text) * 12 / 100
    assert real <= text_width(text, 12, weight == "bold") <= real * 1.12
