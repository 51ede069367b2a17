"""Targets: where to be by now, the gap with its sign, and the status; by cases worked out by hand."""

from __future__ import annotations

import pytest

from kpikit.evaluation.facts import Signal
from kpikit.words.periods import Window
from tests.evaluation.target_cases import (
    CALENDAR,
    HIGHER,
    LOWER,
    SHARE,
    Case,
    always,
    daily,
)
from tests.workspaces import window


@pytest.mark.parametrize(
    ("indicator", "value", "direction", "status", "gap"),
    [
        (HIGHER, 101, None, "met", 1),  # "exceeded" is for targets with a day on which they are due
        (HIGHER, 100, None, "met", 0),
        (HIGHER, 99, None, "missed", -1),
        (HIGHER, 101, "concern", "at_risk", 1),
        (HIGHER, 100, "concern", "at_risk", 0),
        (HIGHER, 99, "concern", "missed", -1),
        (HIGHER, 99, "improvement", "missed", -1),
        (HIGHER, 101, "improvement", "met", 1),
        (LOWER, 99, None, "met", -1),
        (LOWER, 100, None, "met", 0),
        (LOWER, 101, None, "missed", 1),
        (LOWER, 99, "concern", "at_risk", -1),
    ],
)
def test_keep(indicator: str, value: float, direction: str | None, status: str, gap: float) -> None:
    target, found, reason = Case("keep", "100", indicator=indicator).judged(
        always(value), Signal("run" if direction else None, direction, None, None)
    )
    assert (found, reason, target.gap) == (status, None, gap)
    assert (target.value, target.now, target.pace, target.achieved) == (100, 100, None, value)
    assert target.window == window("2024-01-01", "2024-01-31")  # the period itself


@pytest.mark.parametrize(
    ("began", "baseline", "status"),
    [("2023-11", "2023-12", "met"), ("2024-01", "2023-12", "at_risk"), ("2023-11", None, "met")],
)
def test_a_signal_that_was_known_when_the_target_was_set_does_not_put_it_at_risk(
    began: str, baseline: str | None, status: str
) -> None:
    start = CALENDAR.parse(began)
    case = Case("keep", "100", indicator=HIGHER, baseline=baseline)
    assert case.judged(always(101), Signal("run", "concern", start, None, start))[1] == status


def test_the_noise_of_binary_numbers_misses_no_target() -> None:
    # 0.3 aimed at, 0.1 + 0.2 = 0.30000000000000004 cancelled; and from 0.28 - 0.08 = 0.2 (0.20000000000000004)
    assert Case("keep", "30 %", indicator=SHARE).judged(always(0.1 + 0.2))[1] == "met"
    assert Case("keep", "-8 pp", indicator=SHARE, baseline=0.28).judged(always(0.2))[1] == "met"


# From 100 in December 2023 to 220 in December 2024: a year of 366 days. At the end of January 31 have passed:
# 100 + 120 x 31/366 = 110.16; for less is better, from 100 to 40: 100 - 60 x 31/366 = 94.92.
REACH = {HIGHER: ("220", 100 + 120 * 31 / 366), LOWER: ("40", 100 - 60 * 31 / 366)}


@pytest.mark.parametrize(
    ("indicator", "period", "value", "status"),
    [
        (HIGHER, "2024-01", 111, "on_track"),
        (HIGHER, "2024-01", 300, "on_track"),  # not exceeded before its day
        (HIGHER, "2024-01", 110, "at_risk"),
        (HIGHER, "2024-12", 221, "exceeded"),
        (HIGHER, "2024-12", 220, "met"),
        (HIGHER, "2024-12", 219, "missed"),
        (HIGHER, "2025-03", 221, "exceeded"),  # after its day
        (HIGHER, "2025-03", 219, "missed"),
        (LOWER, "2024-01", 94, "on_track"),
        (LOWER, "2024-01", 95, "at_risk"),
        (LOWER, "2024-12", 39, "exceeded"),
        (LOWER, "2024-12", 40, "met"),
        (LOWER, "2024-12", 41, "missed"),
    ],
)
def test_reach(indicator: str, period: str, value: float, status: str) -> None:
    goal, january = REACH[indicator]
    case = Case("reach", goal, "2024-12", period, "2023-12", indicator)
    base = window("2023-12-01", "2023-12-31")
    target, found, reason = case.judged(lambda where: 100 if where == base else value)
    due = january if period == "2024-01" else float(goal)
    assert (found, reason) == (status, None)
    assert (target.value, target.baseline, target.baseline_period) == (float(goal), 100, CALENDAR.parse("2023-12"))
    assert target.now == pytest.approx(due) and target.gap == pytest.approx(value - due)
    assert target.pace == ("linear" if period == "2024-01" else None)
    assert target.window == window("2024-12-01", "2024-12-31")


@pytest.mark.parametrize(
    ("baseline", "plan_from", "period", "due"),
    [
        (100.0, "2024-03-01", "2024-03", 100 + 120 * 31 / 306),  # a plain value starts with the plan: 306 days left
        (100.0, "2024-12-01", "2024-11", 100),  # before the way begins: the baseline
        ("2024-06", "2024-01-01", "2024-05", 100),
        ("2024-06", "2024-01-01", "2024-07", 100 + 120 * 31 / 184),  # a baseline's period ends first: 184 days left
        ("2024-11", "2024-01-01", "2024-12", 220),
    ],
)
def test_where_the_way_to_a_target_begins(baseline: str | float, plan_from: str, period: str, due: float) -> None:
    case = Case("reach", "220", "2024-12", period, baseline, plan_from=plan_from)
    assert case.judged(always(100))[0].now == pytest.approx(due)


@pytest.mark.parametrize(
    ("aim", "value", "goal"),
    [
        ("+10 %", 100, 110),
        ("-10 %", 100, 90),
        ("220", 100, 220),
    ],
)
def test_what_an_aim_makes_of_its_baseline(aim: str, value: float, goal: float) -> None:
    target, _, _ = Case("reach", aim, "2024-12", "2024-12", value).judged(always(value))
    assert target.value == pytest.approx(goal)


@pytest.mark.parametrize(
    ("by", "cadence", "period", "as_of", "held", "status"),
    [
        # 31 days in January, 29 in February 2024; ten a day, of which 300 are the target: 310 exceed it, 290 miss it
        ("2024-01", "month", "2024-01", "2025-12-31", "2024-01", "exceeded"),
        ("2024-01", "month", "2024-02", "2025-12-31", "2024-01", "exceeded"),  # February's 290 change nothing
        ("2024-02", "month", "2024-03", "2025-12-31", "2024-02", "missed"),  # nor do March's 310
        ("2024-02", "month", "2025-07", "2025-12-31", "2024-02", "missed"),
        ("2024-02", "month", "2024-03", "2024-03-05", "2024-02", "missed"),  # while March runs
        # seen in longer and shorter periods
        ("2024-01", "month", "2024-Q1", "2025-12-31", "2024-01", "exceeded"),
        ("2024-01", "month", "2024-Q1", "2024-02-03", "2024-01", "exceeded"),
        ("2024-02", "month", "2024", "2025-12-31", "2024-02", "missed"),
        ("2024-01", "month", "2024-W10", "2025-12-31", "2024-01", "exceeded"),
        # due with a longer or a shorter period: held against the period of the KPI's own length at that day
        ("2023-Q1", "month", "2024-02", "2025-12-31", "2023-03", "exceeded"),
        ("2023-Q1", "month", "2023-Q1", "2025-12-31", "2023-03", "exceeded"),
        ("2023", "month", "2024-02", "2025-12-31", "2023-12", "exceeded"),
        ("FY2023", "month", "2024-04", "2025-12-31", "2024-03", "exceeded"),  # to the end of March 2024
        ("2024-01", "quarter", "2024-Q1", "2025-12-31", "2024-Q1", "exceeded"),  # 91 days
        ("2024-01", "quarter", "2024-Q3", "2025-12-31", "2024-Q1", "exceeded"),
        ("2024-01", "week", "2024-W20", "2025-12-31", "2024-W05", "missed"),  # 29 January to 4 February: 70
    ],
)
def test_after_its_day_a_target_keeps_its_verdict(
    by: str, cadence: str, period: str, as_of: str, held: str, status: str
) -> None:
    case = Case("reach", "300", by, period, as_of=as_of, cadence=cadence)
    target, found, reason = case.judged(lambda where: where.days * 10)
    window = CALENDAR.parse(held).window
    assert (found, reason, target.achieved) == (status, None, window.days * 10)
    assert (target.now, target.gap) == (300, window.days * 10 - 300)
    assert target.achieved_in == (None if held == period else CALENDAR.parse(held))
    assert target.window == CALENDAR.parse(by).window


def test_before_its_day_a_target_is_held_against_the_period_itself() -> None:
    for period, as_of in [("2023-12", "2025-12-31"), ("2024-01", "2024-01-30"), ("2024-Q1", "2024-01-30")]:
        question = Case("reach", "300", "2024-01", period, as_of=as_of).question
        assert question.judged == question.period and not list(question.windows())


def test_the_window_of_its_day_is_asked_for() -> None:
    assert list(Case("reach", "300", "2024-01", "2024-03").question.windows()) == [window("2024-01-01", "2024-01-31")]
    for kind, by in (("keep", None), ("cumulative", "2024-01")):
        assert Case(kind, "300", by, "2024-03").question.judged == CALENDAR.parse("2024-03")


YEAR_BEFORE = {2023: 10.0}
"""Ten a day in 2023: 3,650 in all, and so 4,015 aimed at in 2024 (+10 %). Of 2023, 590 by the end of February."""


@pytest.mark.parametrize(
    ("indicator", "aim", "period", "per_day", "status", "now"),
    [
        # by the end of February 4,015 x 590/3,650 = 649; 60 days of 11 are 660, of 10.8 are 648
        (HIGHER, "+10 %", "2024-02", 11, "on_track", 649),
        (HIGHER, "+10 %", "2024-02", 10.8, "at_risk", 649),
        (HIGHER, "+10 %", "2024-02", 100, "on_track", 649),  # 6,000: past the goal, and not exceeded before its day
        (HIGHER, "+10 %", "2024-12", 4015 / 366, "met", 4015),
        (HIGHER, "+10 %", "2024-12", 4016 / 366, "exceeded", 4015),
        (HIGHER, "+10 %", "2024-12", 4014 / 366, "missed", 4015),
        (HIGHER, "+10 %", "2024-Q4", 4014 / 366, "missed", 4015),  # seen in a quarter or a year
        (HIGHER, "+10 %", "2024", 4016 / 366, "exceeded", 4015),
        (HIGHER, "+10 %", "2025-01", 4016 / 366, "exceeded", 4015),  # afterwards: the year that was
        # less is better: 3,285 at most; by the end of February 3,285 x 590/3,650 = 531
        (LOWER, "-10 %", "2024-02", 8, "on_track", 531),
        (LOWER, "-10 %", "2024-02", 9, "at_risk", 531),
        (LOWER, "-10 %", "2024-02", 55, "missed", 531),  # 3,300: over it for good, ten months before its day
        (LOWER, "-10 %", "2024-12", 3284 / 366, "exceeded", 3285),
        (LOWER, "-10 %", "2024-12", 3286 / 366, "missed", 3285),
    ],
)
def test_cumulative(indicator: str, aim: str, period: str, per_day: float, status: str, now: float) -> None:
    case = Case("cumulative", aim, "2024", period, "2023", indicator)
    target, found, reason = case.judged(daily({**YEAR_BEFORE, 2024: per_day, 2025: 0}))
    assert (found, reason) == (status, None)
    assert target.now == pytest.approx(now)
    assert target.pace == ("baseline_shape" if period == "2024-02" else None)
    assert target.achieved == pytest.approx(per_day * (60 if period == "2024-02" else 366))
    assert target.gap == pytest.approx((target.achieved or 0) - now)


def test_a_cumulative_target_follows_the_season_of_its_baseline() -> None:
    # Of 1,200 in 2023, 900 came by the end of November. Of the 2,400 aimed at 1,800 are due by then, and not 11/12.
    case = Case("cumulative", "2400", "2024", "2024-11", "2023")
    numbers = {"2023-01-01..2023-12-31": 1200, "2023-01-01..2023-11-30": 900, "2024-11-01..2024-11-30": 5}
    found = case.judged(lambda where: numbers.get(str(where), 1800))
    assert (found[0].now, found[0].achieved, found[1]) == (1800, 1800, "on_track")


def test_a_cumulative_target_without_a_shape_is_due_evenly_by_days() -> None:
    # 60 of 366 days: 3,660 x 60/366 = 600
    target, status, _ = Case("cumulative", "3660", "2024", "2024-02", 3000.0).judged(daily({2024: 10}))
    assert (target.now, target.pace, status) == (600, "linear", "on_track")
    assert Case("cumulative", "3660", "2024", "2024-02").judged(daily({2024: 9.9}))[1] == "at_risk"


def test_a_cumulative_target_is_not_judged_before_its_last_day() -> None:
    """On 9 December, December is not over, and neither is the year."""
    case = Case("cumulative", "+10 %", "2024", "2024-12", "2023", as_of="2024-12-09")
    target, status, _ = case.judged(daily({**YEAR_BEFORE, 2024: 10.0}))
    # 4,015 x 3,430/3,650: 343 days of 2023, 344 of 2024
    assert target.now == pytest.approx(3773) and target.achieved == 3440
    assert (status, target.pace) == ("at_risk", "baseline_shape")
    early = Case("cumulative", "+10 %", "2024", "2024-12", "2023", as_of="2024-12-30")
    assert early.judged(daily({**YEAR_BEFORE, 2024: 12.0}))[1] == "on_track"  # 4,380 of 4,015, with a day to go


@pytest.mark.parametrize(
    ("span", "baseline", "as_of", "part"),
    [
        ("2024", "2023", "2024-03-31", window("2023-01-01", "2023-03-31")),
        ("2024", "2023", "2024-02-29", window("2023-01-01", "2023-02-28")),  # 29 February -> 28 February
        ("2024", "2023", "2024-02-28", window("2023-01-01", "2023-02-28")),
        ("2024", "2023", "2024-02-27", window("2023-01-01", "2023-02-27")),
        ("2025", "2024", "2025-02-28", window("2024-01-01", "2024-02-29")),  # the end of a month for the end of one
        ("2025", "2024", "2025-02-27", window("2024-01-01", "2024-02-27")),
        ("2024", "2023", "2024-01-01", window("2023-01-01", "2023-01-01")),
        ("2024", "2023", "2024-12-30", window("2023-01-01", "2023-12-30")),
        ("2024", "2023", "2024-12-31", window("2023-01-01", "2023-12-31")),
        ("2024-Q2", "2024-Q1", "2024-04-30", window("2024-01-01", "2024-01-31")),
        ("2024-Q2", "2024-Q1", "2024-05-31", window("2024-01-01", "2024-02-29")),
        ("2024-Q2", "2024-Q1", "2024-06-30", window("2024-01-01", "2024-03-31")),
        ("FY2024", "FY2023", "2025-02-28", window("2023-04-01", "2024-02-29")),
        ("2024-W10", "2024-W09", "2024-03-04", window("2024-02-26", "2024-02-26")),  # a Monday for a Monday
        ("2024-W10", "2023-W10", "2024-03-06", window("2023-03-06", "2023-03-08")),
        ("2024-03", "2024-02", "2024-03-30", window("2024-02-01", "2024-02-29")),
    ],
)
def test_the_same_part_of_the_baseline(span: str, baseline: str, as_of: str, part: Window) -> None:
    case = Case("cumulative", "100", span, period=span, baseline=baseline, as_of=as_of)
    assert case.question.baseline_so_far() == part
