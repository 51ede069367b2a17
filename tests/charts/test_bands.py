"""The usual range in pictures: segments, ranges that differ from point to point, run charts; and the two drawings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from matplotlib.axes import Axes

from kpikit.charts.alternatives import trend_alt
from kpikit.charts.icons import assurance_icon, variation_icon
from kpikit.charts.look import colour
from kpikit.charts.reading import bands
from kpikit.charts.trend import trend
from kpikit.evaluation.facts import Fact
from kpikit.evaluation.signals.chart import Setting, charted
from kpikit.indicators.framework import LOWER
from kpikit.plans.limits import LimitsPlan, Rebase
from kpikit.words.language import language
from tests.charts.samples import CALENDAR, CANCELLATIONS, REVENUE, VISITS, WAITS, keep

Empty = Callable[..., Axes]
SAY = language("en")
PLAN = LimitsPlan(rebases=(Rebase(CALENDAR.parse("2010-12"), date(2011, 1, 5), "Anna", "Triage at the door"),))


def judged(fact: Fact, plan: LimitsPlan) -> Fact:
    return replace(fact, series=charted(fact.series.points, Setting(plan=plan)))


def test_a_level_is_one_band_with_four_corners() -> None:
    (band,) = bands(WAITS)
    limits = WAITS.series.limits
    assert limits is not None and not band.rebased
    assert (band.at, band.lower, band.upper) == ([-0.5, 23.5], [limits.lower] * 2, [limits.upper] * 2)


def test_old_limits_stay_visible_where_limits_begin_anew(empty: Empty) -> None:
    fact = judged(WAITS, PLAN)
    one, two = bands(fact)
    assert (one.at, two.at, one.rebased, two.rebased) == ([-0.5, 11.5], [11.5, 23.5], False, True)
    assert one.centre[0] != two.centre[0]
    assert len(trend(fact, empty(), SAY).collections) == 2
    said = "New limits from December 2010 on: Triage at the door (decided on 5 January 2011 by Anna)."
    assert said in trend_alt(fact, SAY, "Waits")


def test_a_range_that_follows_a_season_goes_from_point_to_point() -> None:
    (band,) = bands(REVENUE)
    assert REVENUE.series.chart.follows == ("season", "trend")
    assert band.at == [-0.5, *range(25), 24.5]
    assert "The usual range follows the season and the trend." in trend_alt(REVENUE, SAY, "Revenue")


def test_a_run_chart_has_its_median_and_no_band(empty: Empty) -> None:
    fact = judged(WAITS, LimitsPlan(chart="run"))
    ax = trend(fact, empty(), SAY)
    assert not ax.collections and "The median" in [text.get_text() for text in ax.texts]
    assert [line.get_ydata()[0] for line in ax.lines if line.get_color() == colour("centre")] == [pytest.approx(0.9245)]
    assert "A run chart has a median and no usual range." in trend_alt(fact, SAY, "Waits")


def test_the_drawings_say_all_in_words_and_shapes() -> None:
    concern, better, calm = (variation_icon(fact, SAY) for fact in (WAITS, CANCELLATIONS, VISITS))
    assert 'aria-label="concern: downwards, where more is better"' in concern
    assert 'aria-label="improvement: downwards, where less is better"' in better
    assert 'aria-label="common cause: varies as usual"' in calm
    assert len({concern, better, calm}) == 3 and "var(--kpi-good)" not in calm + concern
    passing, failing, between = (
        assurance_icon(replace(WAITS, target=keep(target, 0.883)), SAY) for target in (0.8, 0.99, 0.92)
    )
    assert 'role="img"' in passing and len({passing, failing, between}) == 3
    assert assurance_icon(replace(WAITS, target=keep(0.8, 0.883), better=LOWER), SAY) != failing  # the other side
    assert assurance_icon(replace(WAITS, target=None), SAY) == ""
