"""Charts from points: which kind and why, segments, frozen baselines, rare events and shifts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpikit.evaluation.evaluate import signal
from kpikit.evaluation.facts import Point
from kpikit.evaluation.signals.chance import SHARES
from kpikit.evaluation.signals.chart import Setting, charted
from kpikit.evaluation.signals.choose import KINDS, choose
from kpikit.evaluation.signals.profiles import PROFILES
from kpikit.plans.limits import CHARTS, LimitsPlan
from kpikit.words.periods import Window
from kpikit.words.units import COUNT, MONEY, RATIO, SHARE
from tests.evaluation.signals.points import EVEN, FEW, UNEVEN, points, rebased
from tests.workspaces import PURE_LAWS


def test_kinds_are_those_that_a_plan_may_name() -> None:
    assert tuple(KINDS) == CHARTS and {kind for _, kind in SHARES} == set(KINDS)


RARE: list[float | None] = [0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0]


@pytest.mark.parametrize(
    ("given_", "unit", "counted", "planned", "found"),
    [
        (points(FEW), COUNT, True, None, ("xmr", "values")),
        (points(FEW, EVEN), SHARE, True, None, ("xmr", "sizes_alike")),
        (points(FEW, UNEVEN), SHARE, True, None, ("p", "sizes_vary")),
        (points(FEW, UNEVEN), RATIO, True, None, ("u", "sizes_vary")),
        (points([each * 20 for each in FEW], UNEVEN), SHARE, True, None, ("u", "sizes_vary")),  # more than its whole
        (points(FEW, UNEVEN), SHARE, False, None, ("xmr", "values")),  # a share of money
        (points(RARE), COUNT, True, None, ("t", "rare")),
        (points(RARE, EVEN), SHARE, True, None, ("g", "rare")),
        (points(RARE), MONEY, False, None, ("t", "rare")),  # amounts: of 12 months nine have none
        (points([-1.0, 0, 0, 0, 0, 0, 0, 3]), MONEY, False, None, ("xmr", "values")),  # a balance is no event
        (points([0.0] * 12), COUNT, True, None, ("xmr", "values")),  # nothing ever happened
        (points(FEW, UNEVEN), SHARE, True, "xmr", ("xmr", "planned")),
        (points(FEW, EVEN), SHARE, True, "run", ("run", "planned")),
        ([], SHARE, True, None, ("xmr", "values")),
    ],
)
def test_the_data_choose_the_chart(
    given_: list[Point], unit: object, counted: bool, planned: str | None, found: tuple[str, str]
) -> None:
    assert choose(given_, unit, counted, planned) == found  # type: ignore[arg-type]


TWO_OR_THREE = [2.0, 3] * 6


@pytest.mark.parametrize(
    ("sizes", "sized", "counted", "planned", "few"),
    [
        (TWO_OR_THREE, True, False, None, True),  # an average of two orders or three
        (TWO_OR_THREE, False, True, None, True),  # a share of so few customers
        (TWO_OR_THREE, False, False, None, False),  # by an amount, which is not counted
        (TWO_OR_THREE, True, False, "xmr", False),  # the plan wants it
        ([5.0] * 12, True, False, None, False),
    ],
)
def test_averages_and_shares_of_a_few_cases_are_not_judged(
    sizes: list[float], sized: bool, counted: bool, planned: str | None, few: bool
) -> None:
    setting = Setting(unit=MONEY, counted=counted, sized=sized, plan=LimitsPlan(chart=planned))
    found = charted(points(FEW, sizes), setting)
    assert (found.chart.chosen == "few_cases") is few
    assert found.is_charted is not few
    assert signal(found, 1).reason == ("few_cases" if few else None)


def test_old_limits_stay_and_rows_of_points_end_where_limits_begin_anew() -> None:
    values: list[float | None] = [10, 11] * 8 + [20, 21] * 8
    plain = charted(points(values))
    assert plain.points[-1].signal and plain.chart.shift is not None
    found = charted(points(values), Setting(plan=rebased("2023-09")))  # the 17th of 32 months that end in December 2024
    one, two = found.chart.segments
    assert (one.start.key, one.end.key, two.start.key, two.end.key) == ("2022-05", "2023-08", "2023-09", "2024-12")
    assert one.limits is not None and two.limits is not None and found.limits == two.limits
    assert (one.limits.centre, two.limits.centre) == (10.5, 20.5)
    assert {point.centre for point in found.points} == {10.5, 20.5}
    assert two.rebase is not None and two.rebase.by == "Anna" and one.rebase is None
    assert not any(point.signal for point in found.points)


def test_a_shift_is_proposed_with_its_figures_and_applied_by_nobody() -> None:
    found = charted(points([10, 11] * 8 + [20, 21] * 8))
    shift = found.chart.shift
    assert shift is not None and (shift.start.key, shift.points) == ("2023-09", 16)
    assert (shift.before, shift.after) == (10.5, 20.5)
    assert len(found.chart.segments) == 1
    drifting = charted(points([10.0, 11] * 8 + [float(12 + 3 * at) for at in range(16)]))
    assert drifting.chart.shift is None  # what came since is not stable by itself


def test_a_segment_that_is_too_short_has_no_limits_and_says_nothing() -> None:
    found = charted(points([10, 11] * 8 + [20, 21]), Setting(plan=rebased("2024-11")))
    assert found.limits is None and not found.is_charted
    assert [point.signal for point in found.points[-2:]] == [None, None]
    assert found.points[0].centre == 10.5  # the old limits stay


def test_a_frozen_baseline_makes_the_limits_alone() -> None:
    values: list[float | None] = [10, 11] * 6 + [30.0] * 12
    frozen = LimitsPlan(frozen=Window(date(2023, 1, 1), date(2024, 1, 1)))
    found = charted(points(values), Setting(plan=frozen))
    assert found.limits is not None
    assert (found.limits.centre, found.limits.points, found.limits.upper) == (10.5, 12, pytest.approx(10.5 + 2.66))
    assert all(point.signal == "outside" for point in found.points[12:])


# 24 months up to December 2024, of which the first 12 are frozen; after a rebase, or of 2 months alone, none is.
@pytest.mark.parametrize(
    ("count", "rebase", "told"), [(24, None, True), (24, "2023-07", True), (24, "2024-01", False), (2, None, False)]
)
def test_a_frozen_baseline_is_told_where_it_makes_the_limits(count: int, rebase: str | None, told: bool) -> None:
    frozen = Window(date(2023, 1, 1), date(2024, 1, 1))
    limits = replace(rebased(rebase) if rebase else LimitsPlan(), frozen=frozen)
    found = charted(points(([10, 11] * 12)[:count]), Setting(plan=limits))
    assert found.chart.frozen == ((frozen.start, frozen.last_day) if told else None)


def test_limits_are_as_wide_as_each_denominator_asks_for() -> None:
    found = charted(points(FEW, UNEVEN), Setting(unit=SHARE, counted=True))
    widths = [round((point.upper or 0) - (point.centre or 0), 9) for point in found.points]
    assert found.chart.kind == "p" and widths[0] == pytest.approx(widths[1] * 2**0.5)


def test_rare_events_are_judged_by_what_lies_between_them() -> None:
    values: list[float | None] = [0.0] * 36
    for at in (1, 4, 7, 10, 13, 16, 19, 22):
        values[at] = 1
    found = charted(points(values), Setting(unit=COUNT, counted=True))
    spacing = found.chart.spacing
    assert found.chart.kind == "t" and spacing is not None and spacing.limits is not None
    assert [gap.value for gap in spacing.gaps[:2]] == [92, 92]  # the ends of February, May and August 2022, in days
    assert spacing.gaps[-1].open and spacing.gaps[-1].value == 397  # from the end of November 2023
    assert (found.points[-1].signal, found.points[-1].way) == ("outside", -1)  # unusually long: fewer events
    assert found.limits is None and found.is_charted


def test_two_rare_events_do_not_tell_what_is_usual() -> None:
    values: list[float | None] = [0.0] * 18
    values[4] = values[11] = 1
    found = charted(points(values), Setting(unit=COUNT, counted=True))
    assert not found.is_charted and not any(point.signal for point in found.points)


def test_a_run_chart_has_a_median_and_marks_runs() -> None:
    found = charted(points([10, 11, 9] * 4 + [12] * 8), Setting(plan=LimitsPlan(chart="run")))
    assert found.limits is None and found.is_charted and found.points[-1].signal == "run"
    assert {point.centre for point in found.points} == {11} and {point.upper for point in found.points} == {None}


def test_a_plan_that_says_xmr_has_limits_that_follow_nothing() -> None:
    values = (50 + 8 * np.sin(np.arange(36) * np.pi / 6) + np.random.default_rng(1).normal(0, 1, 36)).tolist()
    assert charted(points(values)).chart.follows == ("season",)
    assert charted(points(values), Setting(plan=LimitsPlan(chart="xmr"))).chart.follows == ()


series = st.lists(st.none() | st.integers(0, 30).map(float), min_size=1, max_size=36)


@given(series, st.sampled_from(list(PROFILES.values())), st.booleans())
@PURE_LAWS
def test_missing_points_have_no_signal_and_a_series_keeps_its_points(
    values: list[float | None], profile: object, counted: bool
) -> None:
    before = points(values)
    found = charted(before, Setting(profile=profile, unit=COUNT, counted=counted))  # type: ignore[arg-type]
    bare = {"signal": None, "way": 0, "since": None, "lower": None, "centre": None, "upper": None}
    assert [replace(point, **bare) for point in found.points] == before  # type: ignore[arg-type]
    assert not any(point.signal for point in found.points if not point.judged)
    for point in found.points:
        assert (point.signal is None) == (point.way == 0)
        if point.lower is not None and point.centre is not None and point.upper is not None:
            assert point.lower <= point.centre <= point.upper
