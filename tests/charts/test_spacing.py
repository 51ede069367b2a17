"""Rare events drawn by what lies between them: bars, their band, what stands out, and the words of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from matplotlib.axes import Axes

from kpikit.charts.look import colour
from kpikit.charts.spacing import spacing, spacing_picture
from kpikit.evaluation.facts import Fact
from kpikit.evaluation.signals.chart import Setting, charted
from kpikit.plans.limits import LimitsPlan, Rebase
from kpikit.words.language import Language
from kpikit.words.units import COUNT
from tests.charts.samples import CANCELLATIONS, WAITS, full, series_of

SAY = Language("en")
EVERY_THIRD = [full(float(at % 3 == 1)) for at in range(24)]


def rare(values: list[object]) -> Fact:
    points = series_of(values).points  # type: ignore[arg-type]
    return replace(CANCELLATIONS, unit=COUNT, series=charted(points, Setting(unit=COUNT, counted=True)))


def test_each_gap_is_a_bar_and_an_open_one_is_hollow(empty: Callable[..., Axes]) -> None:
    # Events in the 2nd, 5th, ... 23rd of 24 months up to November 2011: seven gaps of three months, and one month open.
    ax, fact = empty(), rare([*EVERY_THIRD])
    found = fact.series.chart.spacing
    assert found is not None and found.limits is not None
    spacing(fact, found, ax, SAY)
    heights = [max(place[1] for place in patch.get_xy()) for patch in ax.patches]  # type: ignore[attr-defined]
    assert heights == [gap.value for gap in found.gaps] and len(heights) == 8
    assert heights[:2] == [89.0, 92.0]  # from the end of January 2010 to that of April: 28 + 31 + 30; then 31 + 30 + 31
    hollow = [patch.get_linewidth() > 0 for patch in ax.patches]
    assert hollow == [False] * 7 + [True]
    texts = [text.get_text() for text in ax.texts]
    assert "Days between events" in texts and "Trial range" in texts and "Nov 2011" in texts


def test_a_gap_that_stands_out_has_the_mark_of_its_point(empty: Callable[..., Axes]) -> None:
    values = [full(float(at % 2)) for at in range(16)] + [full(0.0)] * 24
    ax, fact = empty(), rare([*values])
    found = fact.series.chart.spacing
    assert found is not None and fact.series.points[-1].signal == "outside"  # two years without one, after one each two
    spacing(fact, found, ax, SAY)
    marks = [line for line in ax.lines if line.get_marker() == "o"]
    assert [line.get_markerfacecolor() for line in marks] == [colour("good")]  # fewer cancellations are good


@pytest.mark.parametrize("fact", [WAITS, rare([full(0.0)] * 24)])
def test_nothing_is_drawn_of_other_charts_and_without_gaps(fact: Fact) -> None:
    assert spacing_picture(fact, SAY) is None


def test_the_gaps_in_words() -> None:
    picture = spacing_picture(rare([*EVERY_THIRD]), SAY)
    assert picture is not None
    assert str(picture).startswith("Days between events: usually ") and "(89, 92, 92" in str(picture)


def test_old_limits_stay_beside_a_line_where_they_begin_anew(empty: Callable[..., Axes]) -> None:
    """Eight gaps of three months in 26 months, then twelve of two, each with their own band; between them is none."""
    values = [full(float(at % 3 == 1 if at < 26 else at % 2)) for at in range(52)]
    start = series_of(values).points[26].period
    plan = LimitsPlan(rebases=(Rebase(start, date(2011, 12, 1), "Anna", "A new process"),))
    setting = Setting(unit=COUNT, counted=True, plan=replace(plan, chart="t"))
    fact = replace(CANCELLATIONS, unit=COUNT, series=charted(series_of(values).points, setting))
    found, ax = fact.series.chart.spacing, empty()
    assert found is not None and len(found.gaps) == 20
    spacing(fact, found, ax, SAY)
    one, two = (each.limits for each in fact.series.chart.segments)
    assert one is not None and two is not None and one.centre > 85 > two.centre
    lines = [
        (list(line.get_xdata()), list(line.get_ydata())) for line in ax.lines if not line.get_marker().strip("None")
    ]
    assert ([-0.5, 7.5], [one.centre] * 2) in lines and ([7.5, 19.5], [two.centre] * 2) in lines
    assert ([7.5, 7.5], [0.0, ax.get_ylim()[1]]) in lines
    assert len(ax.collections) == 2
