"""Events in a trend: where their lines stand, which numbers they have, and that no number touches another text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Text

from kpikit.charts.alternatives import trend_alt
from kpikit.charts.events import event_list, grouped
from kpikit.charts.look import NOTE, colour
from kpikit.charts.scale import Frame, text_width
from kpikit.charts.trend import NARROW, WIDE, trend
from kpikit.evaluation.facts import Fact
from kpikit.plans.events import Event
from kpikit.words.language import language
from tests.charts.samples import WAITS, fact_of, full
from tests.workspaces import PURE_LAWS, window

Empty = Callable[..., Axes]
SAY = language("en")


def with_events(*days: str | tuple[str, str], fact: Fact = WAITS) -> Fact:
    """The fact with events on these days, or from one to another; they are called A, B, C, ..."""
    spans = [(each, each) if isinstance(each, str) else each for each in days]
    events = [Event(window(*span), chr(65 + at), "other") for at, span in enumerate(spans)]
    return replace(fact, events=tuple(events))


def upright(ax: Axes) -> list[float]:
    """The places of the upright lines of events."""
    return [_x(line)[0] for line in ax.lines if _is_event(line) and _x(line)[0] == _x(line)[1]]


def bars(ax: Axes) -> list[list[float]]:
    return [_x(line) for line in ax.lines if line.get_color() == colour("prior") and line.get_linewidth() == 2.2]


def _is_event(line: Line2D) -> bool:
    return line.get_color() == colour("prior") and line.get_linewidth() == 0.9


def _x(line: Line2D) -> list[float]:
    return [float(each) for each in line.get_xdata()]


# WAITS has 24 months, December 2009 to November 2011: places 0 to 23, each of them half a step to both sides.


@pytest.mark.parametrize(
    ("days", "lines", "spans"),
    [
        ("2011-11-16", [23.016667], []),  # the middle of the 16th of 30 days: 22.5 + 15.5 / 30
        ("2009-12-01", [-0.483871], []),  # -0.5 + 0.5 / 31
        (("2011-06-01", "2011-06-30"), [17.5, 18.5], [[17.5, 18.5]]),  # June 2011 is the 19th month
        (("2011-10-01", "2012-03-31"), [21.5], [[21.5, 23.5]]),  # goes on beyond the picture
        (("2009-01-01", "2009-12-31"), [0.5], [[-0.5, 0.5]]),  # began before it
        (("2011-06-15", "2011-06-16"), [18.0], []),  # 17.5 + 14 / 30 to 17.5 + 16 / 30: too short for two lines
    ],
)
def test_lines_stand_where_the_days_are(
    days: str | tuple[str, str], lines: list[float], spans: list[list[float]], empty: Empty
) -> None:
    ax = trend(with_events(days), empty(), SAY)
    assert upright(ax) == pytest.approx(lines, abs=1e-6)
    assert bars(ax) == [pytest.approx(span) for span in spans]


def test_without_events_nothing_changes(empty: Empty) -> None:
    plain, other = trend(WAITS, empty(), SAY), trend(with_events("2011-06-15"), empty(), SAY)
    assert upright(plain) == [] and event_list(WAITS, SAY).html == ""
    assert plain.get_ylim()[0] > other.get_ylim()[0] and plain.get_ylim()[1] < other.get_ylim()[1]


@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize(
    "days",
    [
        ["2010-01-04", ("2010-11-01", "2010-12-23"), "2011-03-14"],
        [f"2011-11-{day:02}" for day in range(1, 31)],
        ["2009-12-01", "2009-12-02", "2011-11-29", "2011-11-30"],
        [f"{year}-{month:02}-{day:02}" for year in (2010, 2011) for month in range(1, 12) for day in (1, 11, 21)],
    ],
)
def test_no_number_touches_another_text(days: list[str | tuple[str, str]], size: tuple[int, int], empty: Empty) -> None:
    ax = trend(with_events(*days), empty(*size), SAY)
    boxes = [box(text, ax) for text in ax.texts if text.get_text()]
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            assert not touch(one, other), (one, other)


Box = tuple[str, float, float, float, float]


def box(text: Text, ax: Axes) -> Box:
    """What a text says, and its left, right, bottom and top in points; letters reach up to 0.75 of their size."""
    x, y = (float(each) for each in ax.transData.transform(text.get_position()))
    width, size = text_width(text.get_text(), text.get_fontsize(), text.get_fontweight() == "bold"), text.get_fontsize()
    left = x - width / 2 if text.get_ha() == "center" else x
    return text.get_text(), left, left + width, y, y + 0.75 * size


def touch(one: Box, other: Box) -> bool:
    return one[1] < other[2] and other[1] < one[2] and one[3] < other[4] and other[3] < one[4]


def test_numbers_count_the_events_and_close_ones_are_one(empty: Empty) -> None:
    days = ["2010-01-04", ("2010-11-01", "2010-12-23"), "2011-10-01", "2011-10-11", "2011-10-20"]
    ax = trend(with_events(*days), empty(), SAY)
    numbers = [text.get_text() for text in ax.texts if text.get_position()[1] > max(WAITS_VALUES) and text.get_text()]
    assert [each for each in numbers if each[0].isdigit() and "%" not in each] == ["1", "2", "3–5"]


WAITS_VALUES = [point.value.value or 0.0 for point in WAITS.series.points]


@PURE_LAWS
@given(
    places=st.lists(st.floats(-0.5, 23.5), min_size=1, max_size=60).map(sorted),
    step=st.floats(1, 40),
)
def test_each_event_has_its_number_once_and_numbers_keep_apart(places: list[float], step: float) -> None:
    frame = Frame(0.0, 1.0, [], [], step, 1.0, 23.5, 38.0)
    groups = grouped(places, frame)
    covered = [range(int(text.split("–")[0]), int(text.split("–")[-1]) + 1) for _, text in groups]
    assert [number for group in covered for number in group] == list(range(1, len(places) + 1))
    ends = [(at * step - text_width(text, NOTE) / 2, at * step + text_width(text, NOTE) / 2) for at, text in groups]
    assert all(one[1] < other[0] for one, other in pairwise(ends))


def test_the_list_says_what_the_numbers_stand_for() -> None:
    fact = with_events("2011-06-15", ("2011-07-01", "2011-07-14"))
    fact = replace(fact, events=(fact.events[0], replace(fact.events[1], what="<b> & Co", note="<script>x</script>")))
    listed = event_list(fact, SAY)
    assert str(listed) == "Events:\n1. A, 15 June 2011\n2. <b> & Co, 1 July 2011 – 14 July 2011"
    assert listed.html == (
        '<ol class="events" aria-label="Events"><li>A<small>15 June 2011</small></li><li>&lt;b&gt; &amp; Co<small>'
        "1 July 2011 – 14 July 2011 · &lt;script&gt;x&lt;/script&gt;</small></li></ol>"
    )


def test_the_text_alternative_names_them() -> None:
    said = trend_alt(with_events("2011-06-15", ("2011-07-01", "2011-07-14")), SAY, "Waits")
    assert said.endswith(" Events: 1 A, 15 June 2011; 2 B, 1 July 2011 – 14 July 2011.")


def test_without_values_there_are_no_events(empty: Empty) -> None:
    fact = with_events("2011-06-15", fact=fact_of([full(None)]))
    assert upright(trend(fact, empty(), SAY)) == []
    assert "Events" not in trend_alt(fact, SAY, "Waits") + str(event_list(fact, SAY))
