"""The trend and the sparkline: lines, markers, bands, labels and scale, by looking at what was drawn."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from numpy import isnan

from kpikit.charts.alternatives import spark_alt, trend_alt
from kpikit.charts.look import colour
from kpikit.charts.sparkline import sparkline
from kpikit.charts.trend import on_scale, trend
from kpikit.evaluation.facts import Fact
from kpikit.indicators.framework import NEITHER
from kpikit.words.language import language
from kpikit.words.units import COUNT, MONEY, SHARE
from tests.charts.samples import (
    ADMISSIONS,
    CANCELLATIONS,
    EVALUATION,
    NEW_CUSTOMERS,
    REPEAT,
    REVENUE,
    VISITS,
    WAITS,
    fact_of,
    full,
    partial,
)

Empty = Callable[..., Axes]
SAY = language("en")


def texts(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.texts]


def lines(ax: Axes, role: str) -> list[Line2D]:
    return [line for line in ax.lines if line.get_marker() == "None" and line.get_color() == colour(role)]


def markers(ax: Axes) -> list[tuple[str, str, bool]]:
    """Marker, role of its colour and whether it is hollow, for each marked point from left to right."""
    roles = {colour(role): role for role in ("ink", "good", "bad", "muted", "prior")}
    found = [line for line in ax.lines if line.get_marker() != "None"]
    return [(str(line.get_marker()), roles[_own_colour(line)], _is_hollow(line)) for line in found]


def _is_hollow(line: Line2D) -> bool:
    return bool(line.get_markerfacecolor() == colour("surface"))


def _own_colour(line: Line2D) -> str:
    return str(line.get_markeredgecolor() if _is_hollow(line) else line.get_markerfacecolor())


def test_trend_takes_an_ax_and_gives_it_back(empty: Empty) -> None:
    ax = empty()
    assert trend(WAITS, ax, SAY) is ax
    assert sparkline(WAITS, ax) is ax


def test_the_line_is_dark_and_holds_every_point(empty: Empty) -> None:
    [line] = lines(trend(WAITS, empty(), SAY), "ink")
    assert list(line.get_ydata()) == [point.value.value for point in WAITS.series.points]


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (WAITS, [("D", "bad", False)]),  # the last month, worse
        (CANCELLATIONS, [("o", "good", False)] * 7),  # falling, and less is better
        (ADMISSIONS, [("o", "ink", False)]),  # as usual: only the last point
        (VISITS, [("o", "ink", False)]),
        (REPEAT, []),  # the last month is missing
        (fact_of([full(4.0), full(9.0)] * 9 + [full(30.0)], COUNT, NEITHER), [("s", "muted", False)]),  # no direction
        (fact_of([full(5.0), full(6.0), partial(2.0)], COUNT), [("o", "ink", True)]),  # not complete
    ],
)
def test_only_points_that_say_something_are_marked(fact: Fact, expected: list[object], empty: Empty) -> None:
    assert markers(trend(fact, empty(), SAY)) == expected


def test_a_constant_series_has_only_its_last_point_marked(empty: Empty) -> None:
    assert len(markers(trend(fact_of([full(5.0)] * 12, COUNT), empty(), SAY))) == 1


def test_the_usual_range_is_a_band_with_its_middle(empty: Empty) -> None:
    ax = trend(WAITS, empty(), SAY)
    [band], limits = ax.collections, WAITS.series.limits
    assert limits
    corners = band.get_paths()[0].vertices[:, 1]
    assert (corners.min(), corners.max()) == (limits.lower, limits.upper)
    assert [line.get_ydata()[0] for line in lines(ax, "centre")] == [limits.centre]
    assert "Usual range" in texts(ax)


def test_few_points_have_a_trial_range_and_fewer_none(empty: Empty) -> None:
    assert "Trial range" in texts(trend(VISITS, empty(), SAY))
    assert not trend(REPEAT, empty(), SAY).collections


def test_the_plan_is_drawn_as_lines_with_labels(empty: Empty) -> None:
    ax = trend(CANCELLATIONS, empty(), SAY)
    assert [line.get_ydata()[0] for line in lines(ax, "target")] == [0.04]
    assert [line.get_ydata()[0] for line in lines(ax, "baseline")] == [0.05]
    assert {"Target 4%", "Baseline 5%", "3.1%"} <= set(texts(ax))


def test_a_sum_over_a_year_is_no_line_among_months(empty: Empty) -> None:
    ax = trend(REVENUE, empty(), SAY)
    assert not lines(ax, "target") + lines(ax, "baseline")


def test_labels_at_the_right_keep_apart(empty: Empty) -> None:
    ax = trend(CANCELLATIONS, empty(), SAY)
    right = [text for text in ax.texts if text.get_position()[0] > len(CANCELLATIONS.series.points) - 0.5]
    heights = sorted(ax.transData.transform(text.get_position())[1] for text in right)
    assert len(heights) == 4
    assert min(after - before for before, after in pairwise(heights)) > 15


def test_a_partial_month_is_hollow_light_and_said_to_be_so_far(empty: Empty) -> None:
    ax = trend(REVENUE, empty(), SAY)
    assert markers(ax)[-1] == ("o", "ink", True)
    assert isnan(lines(ax, "ink")[0].get_ydata()[-1])
    assert "£310k so far" in texts(ax)


def test_missing_months_leave_a_gap_and_lone_points_a_dot(empty: Empty) -> None:
    [line] = lines(trend(VISITS, empty(), SAY), "ink")
    assert [index for index, value in enumerate(line.get_ydata()) if isnan(value)] == [3]
    lone = trend(fact_of([full(1.0), full(None), full(2.0), full(None), full(None)], COUNT), empty(), SAY)
    assert markers(lone) == [("o", "ink", False)] * 2


def test_opening_months_are_light_and_do_not_flatten_the_rest(empty: Empty) -> None:
    values, off = on_scale(NEW_CUSTOMERS)
    ax = trend(NEW_CUSTOMERS, empty(), SAY)
    assert off == [955]
    assert isnan(values[0])
    assert "Off the scale: 955" in texts(ax)
    assert [isnan(value) for value in lines(ax, "ink")[0].get_ydata()[:4]] == [True, True, True, False]
    assert ax.get_ylim()[1] < 600
    [band] = ax.collections
    assert band.get_paths()[0].vertices[:, 0].min() == 2.5  # the usual range begins with the fourth month


def test_what_is_off_the_scale_is_named_from_end_to_end(empty: Empty) -> None:
    measured_before = [full(value, "history_too_short") for value in (0.01, 0.004, 0.4)]
    fact = fact_of([*measured_before, *(full(0.80 + month / 200) for month in range(12))])
    assert any(text.endswith("Off the scale: 0.4% – 40%") for text in texts(trend(fact, empty(), SAY)))


@pytest.mark.parametrize(("fact", "said"), [(WAITS, True), (REVENUE, False), (NEW_CUSTOMERS, False)])
def test_the_axis_says_where_it_does_not_start_at_zero(fact: Fact, said: bool, empty: Empty) -> None:
    assert ("The axis does not start at zero." in " ".join(texts(trend(fact, empty(), SAY)))) == said


@pytest.mark.parametrize(
    ("values", "unit", "expected"),
    [
        ([], COUNT, ["There are no values to draw."]),
        ([None, None], COUNT, ["There are no values to draw."]),
        ([7.0], COUNT, ["7"]),
        ([-3e5, -2e5, -4e5], MONEY, ["−£400k", "−£300k"]),
        ([2.5e12, 2.6e12], MONEY, ["£2,600bn"]),
        ([1.2, 1.35, 1.1], SHARE, ["110%", "130%"]),
        ([0.0, 0.0, 0.0], SHARE, ["0%"]),
        ([1234.1, 1234.2, 1234.15], COUNT, ["1,234"]),
    ],
)
@pytest.mark.parametrize("width", [640, 350, 120])
def test_unusual_series_are_drawn_too(
    values: list[float | None], unit: object, expected: list[str], width: int, empty: Empty
) -> None:
    fact = fact_of([full(value) for value in values], unit, currency="GBP" if unit == MONEY else None)  # type: ignore[arg-type]
    ax = trend(fact, empty(width), SAY)
    ax.figure.canvas.draw()
    assert set(expected) <= set(texts(ax))
    assert sparkline(fact, empty(120, 32))


def test_the_sparkline_is_one_line_a_band_and_the_last_point(empty: Empty) -> None:
    ax = sparkline(WAITS, empty(120, 32))
    assert (len(lines(ax, "ink")), len(ax.collections), markers(ax), texts(ax)) == (1, 1, [("D", "bad", False)], [])
    assert markers(sparkline(REVENUE, empty(120, 32))) == [("o", "ink", True)]
    assert markers(sparkline(REPEAT, empty(120, 32))) == []


def test_texts_say_what_is_seen() -> None:
    said = trend_alt(WAITS, SAY, "Waits")
    assert said.startswith("Waits, December 2009 to November 2011: between 88.3% and 93.8%. ")
    for part in ("Last value, November 2011: 88.3%.", "Usual range 90.0% to 94.6%.", "1 point stands out.",
                 "Target ≥ 95.0%: Missed."):  # fmt: skip
        assert part in said
    assert "November 2011, not complete yet: £310,000." in trend_alt(REVENUE, SAY, "Revenue")
    assert "No value for November 2011: no data in this period." in trend_alt(REPEAT, SAY, "Repeat")
    assert trend_alt(fact_of([]), SAY, "Nothing") == "Nothing: there are no values to draw."
    assert spark_alt(WAITS, SAY, "Waits").startswith("Waits, Dec 2009 to Nov 2011. Last value, November 2011: 88.3%.")


@pytest.mark.parametrize("code", ["en", "da", "nb"])
def test_every_language_draws_every_sample(code: str, empty: Empty) -> None:
    for fact in EVALUATION.facts:
        assert texts(trend(fact, empty(), language(code)))
        assert trend_alt(fact, language(code), "A")
