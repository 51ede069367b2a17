"""The histories of members: a line for each, all on one scale, and the same in words."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import pytest
from matplotlib.axes import Axes

from kpikit.charts.facets import facets, facets_picture
from kpikit.evaluation.facts import Part, Value
from kpikit.words.language import Language
from tests.charts.samples import WAITS

SAY = Language("en")
LAST = {"Web": 0.5, "Phone": 0.25}
SPLIT = replace(WAITS, parts=tuple(Part("channel", name, Value(value)) for name, value in LAST.items()))
COUNT = len(WAITS.series.points)
LINES = {"Web": [*[0.4] * (COUNT - 1), 0.5], "Phone": [*[math.nan] * (COUNT - 2), 0.75, 0.25]}


@pytest.mark.parametrize("width", [640, 350])
def test_all_members_are_drawn_on_one_scale(width: int, empty: Callable[..., Axes]) -> None:
    ax = empty(width, 200)
    assert facets(SPLIT, LINES, ax, SAY, "channel") is ax
    drawn = {text.get_text() for text in ax.texts}
    assert {"Web", "Phone", "50%", "25%"} <= drawn
    web, phone = (line.get_ydata() for line in ax.lines if len(line.get_xdata()) == COUNT)
    assert web[-1] < web[0] and phone[-1] > web[0]  # down on the page is less: 50 % above 40 %, 25 % below it


def test_the_histories_are_told_in_words_and_a_member_without_one_is_left_out() -> None:
    picture = facets_picture(SPLIT, LINES | {"Mail": [math.nan] * COUNT}, SAY, "Waits", "channel")
    assert "Web 40% to 50%, last 50%; Phone 25% to 75%, last 25%." in picture.alt
    assert picture.alt.startswith("Waits, ") and "Mail" not in picture.alt
    assert facets_picture(SPLIT, {}, SAY, "Waits", "channel").alt == "There are no values to draw."


def test_a_name_that_has_no_room_beside_its_value_has_a_line_of_its_own(empty: Callable[..., Axes]) -> None:
    long = "Kantineforsyningen i Vest"
    renamed = replace(SPLIT, parts=(SPLIT.parts[0], replace(SPLIT.parts[1], member=long)))
    ax = empty(350, 200)
    facets(renamed, {"Web": LINES["Web"], long: LINES["Phone"]}, ax, SAY, "channel")
    places = {text.get_text(): text.get_position() for text in ax.texts}
    assert places[long][1] < places["25%"][1] and places[long][0] == places["25%"][0]
    assert places["Web"][1] == places[long][1] and places["50%"][1] == places["25%"][1]  # all cells alike
    svg = facets_picture(renamed, {"Web": LINES["Web"], long: LINES["Phone"]}, SAY, "Waits", "channel").svg
    assert 'viewBox="0 0 640 92"' in svg and 'viewBox="0 0 350 108"' in svg  # a wide one has room in one line
