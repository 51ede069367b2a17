"""Bars of members and the bullet graph: from zero, with direct labels, hollow where a period is not complete."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from kpikit.charts.alternatives import bars_alt, bullet_alt, bullet_value
from kpikit.charts.bars import LONGEST, MOST, bars, bars_picture, members
from kpikit.charts.bullet import bullet
from kpikit.charts.look import colour
from kpikit.evaluation.facts import Fact, Part, Target, Value
from kpikit.words.language import language
from kpikit.words.units import COUNT
from tests.charts.samples import CANCELLATIONS, OVER, REPEAT, REVENUE, VISITS, WAITS, YEAR, fact_of, full, partial

Empty = Callable[..., Axes]
SAY = language("en")


def boxes(ax: Axes, hollow: bool = False) -> list[Rectangle]:
    """The solid bars, or the ones without their own colour."""
    found = [patch for patch in ax.patches if isinstance(patch, Rectangle)]
    return [box for box in found if (to_hex(box.get_facecolor()) == colour("ink")) != hollow]


def texts(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.texts]


def parted(values: dict[str, Value]) -> Fact:
    return fact_of([full(1.0)], COUNT, parts=tuple(Part("channel", name, value) for name, value in values.items()))


def test_bars_start_at_zero_and_carry_their_values(empty: Empty) -> None:
    ax = bars(REVENUE, empty(), SAY)
    assert {box.get_x() for box in boxes(ax)} == {0.0}
    assert [box.get_width() for box in boxes(ax)] == [268e3, 19.4e3, 14.2e3, -1.1e3]
    assert texts(ax) == ["United Kingdom", "£268k", "Germany", "£19.4k", "EIRE", "£14.2k", "France", "−£1.1k"]
    assert ax.get_ylim() == (3.5, -0.5)  # the first member on top


def test_a_partial_member_is_hollow_and_a_missing_one_says_why(empty: Empty) -> None:
    ax = bars(parted({"a": full(4.0), "b": partial(2.0), "c": full(None)}), empty(), SAY)
    assert [box.get_width() for box in boxes(ax, hollow=True)] == [2.0]
    assert texts(ax) == ["a", "4", "b", "2", "c", "no data in this period"]


def test_many_members_are_the_largest_ones() -> None:
    several = {f"m{number}": full(float(number)) for number in range(20)} | {"none": full(None)}
    assert [part.member for part in members(parted(several))] == [f"m{number}" for number in range(19, 19 - MOST, -1)]


def test_the_rest_of_many_members_is_said(empty: Empty) -> None:
    fact = parted({f"m{number}": full(float(number)) for number in range(20)})
    assert "The 12 largest of 20 are shown." in bars_picture(fact, SAY, "A").alt
    assert texts(bars(fact, empty(), SAY))[-1] == "The 12 largest of 20 are shown."


def test_long_names_are_cut(empty: Empty) -> None:
    shown = texts(bars(parted({"x" * 80: full(1.0)}), empty(), SAY))[0]
    assert (len(shown), shown[-1]) == (LONGEST, "…")


def test_one_dimension_is_drawn_at_a_time() -> None:
    fact = parted({"a": full(1.0)})
    both = replace(fact, parts=(*fact.parts, Part("country", "DK", full(2.0))))
    assert [part.member for part in members(both)] == ["a"]
    assert [part.member for part in members(both, "country")] == ["DK"]


@pytest.mark.parametrize("values", [{"a": full(0.0)}, {"a": full(None)}, {"a": full(-5.0)}, {"a": full(1e15)}])
def test_unusual_bars_are_drawn_too(values: dict[str, Value], empty: Empty) -> None:
    assert texts(bars(parted(values), empty(), SAY))[0] == "a"


def test_no_members_give_a_sentence(empty: Empty) -> None:
    assert texts(bars(VISITS, empty(), SAY)) == ["There are no values to draw."]


def test_members_are_called_as_the_reader_calls_them(empty: Empty) -> None:
    def named(part: Part) -> str:
        return part.member.upper()

    assert texts(bars(WAITS, empty(), SAY, named))[0] == "MINOR INJURY UNIT"
    assert bars_picture(WAITS, SAY, "Waits", named).alt.startswith("Waits: MINOR INJURY UNIT 99.6%; ")


def test_bars_in_words() -> None:
    said = bars_alt(WAITS, members(WAITS), SAY, "Waits")
    assert said == "Waits: Minor injury unit 99.6%; Single specialty 98.2%; Major A&E 82.5%."


def test_the_bullet_holds_the_value_against_an_outline(empty: Empty) -> None:
    ax = bullet(WAITS, empty(120, 22))
    assert [box.get_width() for box in boxes(ax)] == [0.883]
    assert [box.get_width() for box in boxes(ax, hollow=True)] == [0.95]
    assert [list(line.get_xdata()) for line in ax.lines] == [[0.95, 0.95]]


def test_the_bullet_of_a_sum_shows_what_is_achieved_and_where_to_be(empty: Empty) -> None:
    ax = bullet(REVENUE, empty(120, 22))
    assert [box.get_width() for box in boxes(ax)] == [8.4e6]
    assert [box.get_width() for box in boxes(ax, hollow=True)] == [9.9e6]
    assert list(ax.lines[0].get_xdata()) == [9.1e6, 9.1e6]


@pytest.mark.parametrize(
    ("target", "values", "solid", "outlines"),
    [
        (REPEAT.target, [full(None)], [], [0.25]),  # nothing measured
        (None, [full(0.3)], [0.3], []),  # no target
        (None, [full(None)], [], []),
        (Target("keep", -2.0, -2.0, YEAR, None, None, -3.0, -1.0, None, None), [full(-3.0)], [-3.0], [-2.0]),
        (Target("keep", 0.0, 0.0, YEAR, None, None, 0.0, 0.0, None, None), [full(0.0)], [0.0], [0.0]),
        (Target("keep", 1.0, 1.0, YEAR, None, None, 9e12, 9e12, None, None), [full(9e12)], [9e12], [1.0]),
        (Target("keep", 5.0, 5.0, YEAR, None, None, 2.0, None, None, "incomplete"), [partial(2.0)], [], [5.0, 2.0]),
    ],
)
def test_unusual_bullets(
    target: Target | None, values: list[Value], solid: list[float], outlines: list[float], empty: Empty
) -> None:
    ax = bullet(fact_of(values, target=target, status="missed" if target else None), empty(120, 22))
    assert [box.get_width() for box in boxes(ax)] == solid
    assert [box.get_width() for box in boxes(ax, hollow=True)] == outlines


def test_bullets_in_words() -> None:
    assert bullet_alt(CANCELLATIONS, SAY, "Cancellations") == "Cancellations: 3.10%, target ≤ 4.00%. Exceeded."
    assert bullet_alt(REVENUE, SAY, "Revenue") == "Revenue: £8,400,000, target ≥ £9,900,000. At risk."
    assert bullet_alt(VISITS, SAY, "Visits") == "Visits: 8,333, no target."
    assert bullet_alt(OVER, SAY, "Wait") == "Wait, October 2011: 96.0%, target ≥ 95.0%. Exceeded."
    assert bullet_value(OVER) == 0.96
