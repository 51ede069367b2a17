"""Triage: which KPIs are alarms over all clients, and what is late, missing or due."""

from __future__ import annotations

import math
import random
from datetime import date
from pathlib import Path
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kpikit.evaluation.facts import Evaluation
from kpikit.evaluation.triage import Alarm, Triage, fewest_false, triage, worse_by_chance
from kpikit.plans.plan import Plan
from kpikit.plans.read import read_plans
from tests.histories import CALENDAR, History, monthly, save
from tests.workspaces import PURE_LAWS

PLAN = """\
schema: 1
in_force_from: 2024-10-01
goals:
  grow:
    statement: Grow.
    level: organisation
    actions: [{what: {en: Train.}, who: Bo, due: 2024-11-30}, {what: Ask., who: Al, due: 2024-11-30, done: 2024-11-02}]
    kpis: [{indicator: sales.orders, cadence: month, baseline: 2023-12, target: TARGET}]
"""
KEEP, REACH = "{kind: keep, value: 90}", "{kind: reach, value: 130, by: 2024-12}"
STEADY = monthly(100, 110, 104, 98, months=24)


def under(folder: Path, target: str, orders: list[float | None]) -> tuple[Evaluation, Plan]:
    """Two years of orders under the plan."""
    save(folder, a_1=PLAN.replace("TARGET", target))
    (plan,) = read_plans(folder, "a", CALENDAR)
    return History({"orders": orders}).evaluate(plan), plan


def gone_through(folder: Path, target: str = KEEP, **clients: list[float | None]) -> Triage:
    found = {name: under(folder, target, orders) for name, orders in clients.items()}
    return triage({name: one for name, (one, _) in found.items()}, {name: plan for name, (_, plan) in found.items()})


def test_a_signal_of_concern_is_an_alarm_and_usual_noise_is_none(tmp_path: Path) -> None:
    found = gone_through(tmp_path, calm=STEADY, fallen=[*STEADY[:-1], 60], risen=[*STEADY[:-1], 150])
    assert (found.clients, found.tested, found.to_call) == (3, 3, ("fallen",))
    (alarm,) = found.alarms
    assert alarm.is_new
    # before: 23 values, mean 2374 / 23 = 103.217; the widest ranges are those over two months, 4 and 12 in turn, 21
    # of them: 164 / 21 = 7.8095 (over one: 10, 6, 6, 2; over three: 2, 10, 6, 6), so the spread is 6.9233;
    # 60 lies 43.217 below: t = 43.217 / (6.9233 * sqrt(24 / 23)) = 6.1108 with 0.62 * 22 = 13.64
    assert alarm.probability == pytest.approx(stats.t.sf(6.1108, 13.64), rel=0.001)


SEASON = [100 + 60 * math.cos(math.pi * at / 6) + (-4, 3, 5, -2, 0)[at % 5] for at in range(36)]


def test_a_season_is_no_news_and_hides_none(tmp_path: Path) -> None:
    """Orders of about 40 in June and 160 in January: 110 is low for a December, and more than the average of all."""
    usual = [round(each) for each in SEASON]
    low = [*usual[:-1], 110]
    assert (worse_by_chance(low, better=1) or 0.0) > 0.5  # as if there were no season
    found = gone_through(tmp_path, usual=usual, low=low)
    assert [(alarm.client, alarm.is_new) for alarm in found.alarms] == [("low", True)]


@given(st.lists(st.integers(50, 150), min_size=12, max_size=30).filter(lambda values: len(set(values)) > 1))
@PURE_LAWS
def test_with_one_pair_of_limits_it_is_the_test_of_the_values(values: list[int]) -> None:
    """Distances from the centre in steps of the limits are a straight line of the values, which moves no t."""
    centre, reach = fmean(values), 7.0
    steps = [(value - centre) / reach for value in values]
    assert worse_by_chance(steps, 1) == pytest.approx(worse_by_chance(values, 1), rel=1e-6, abs=1e-12)


@pytest.mark.parametrize(("low", "new"), [(7, True), (8, False)])
def test_a_row_of_seven_is_news_with_its_seventh_point(tmp_path: Path, low: int, new: bool) -> None:
    evaluation, _ = under(tmp_path, KEEP, [*STEADY[: 23 - low], 110, *[94.0] * low])
    (fact,) = evaluation.kpis
    first = CALENDAR.shift(CALENDAR.parse("2024-12"), 1 - low)
    assert (fact.signal.rule, fact.signal.since) == ("run", first)
    assert Alarm("a", fact, 0.01).is_new == new


def test_what_has_been_bad_for_months_needs_no_call_today(tmp_path: Path) -> None:
    found = gone_through(tmp_path, fallen=[*STEADY[:-3], 60, 62, 61])
    assert ([alarm.is_new for alarm in found.alarms], found.to_call) == ([False], ())


@pytest.mark.parametrize(
    ("target", "orders", "kinds"),
    [
        (KEEP, STEADY, ["action_overdue"]),
        (KEEP, [*STEADY[:-1], None], ["late", "action_overdue"]),
        (REACH, STEADY, ["target_over", "action_overdue"]),
        (REACH, [*STEADY[:-1], 131], ["action_overdue"]),
    ],
)
def test_what_is_late_missing_or_due(tmp_path: Path, target: str, orders: list[float | None], kinds: list[str]) -> None:
    assert [item.kind for item in gone_through(tmp_path, target, a=orders).items] == kinds


def test_a_review_and_an_action_have_their_days(tmp_path: Path) -> None:
    save(tmp_path, a_1=PLAN.replace("TARGET", KEEP).replace("2024-10-01", "2024-05-01\nreview: quarterly"))
    (plan,) = read_plans(tmp_path, "a", CALENDAR)
    items = triage({"a": History({"orders": STEADY}).evaluate(plan)}, {"a": plan}).items
    assert [(item.kind, item.day, item.what) for item in items] == [
        ("review_due", date(2024, 8, 1), ""),
        ("action_overdue", date(2024, 11, 30), "Train. (Bo)"),
    ]


def test_a_client_without_a_plan() -> None:
    found = triage({"a": History({"orders": STEADY}).evaluate(None)}, {"a": None})
    assert ([item.kind for item in found.items], found.tested) == (["no_plan"], 0)


def test_the_published_example_of_benjamini_and_hochberg() -> None:
    # Benjamini & Hochberg (1995), section 4: 15 hypotheses at q = 0.05, of which the first four are rejected.
    published = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
    published += [0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000]
    assert fewest_false(published, 0.05) == 4


@PURE_LAWS
@given(st.lists(st.floats(0, 1), min_size=1, max_size=40).map(sorted))
def test_the_choice_is_that_of_scipy(probabilities: list[float]) -> None:
    adjusted = stats.false_discovery_control(probabilities)
    assert fewest_false(probabilities, 0.1) == sum(adjusted <= 0.1 + 1e-12)


@pytest.mark.parametrize("better", [1, -1])
def test_of_a_process_without_change_the_probabilities_are_even(better: int) -> None:
    """Of 3,000 series of 24 normal values a little less than 5 % (standard error 0.4 %) are called worse at 5 %."""
    draw = random.Random(better)
    found = [worse_by_chance([draw.gauss(100, 10) for _ in range(24)], better) for _ in range(3000)]
    assert 0.025 < fmean(each <= 0.05 for each in found) < 0.055
    assert 0.06 < fmean(each <= 0.10 for each in found) < 0.105


def dependent(draw: random.Random, correlation: float) -> list[float]:
    """Twenty-four values of which each is correlated so far with the one before it, with a spread of 1."""
    values = [draw.gauss(0, 1)]
    while len(values) < 24:
        values.append(correlation * values[-1] + math.sqrt(1 - correlation**2) * draw.gauss(0, 1))
    return values


@pytest.mark.parametrize("correlation", [0.0, 0.3, 0.5])
@pytest.mark.parametrize("fallen", [0, 12])
def test_over_a_whole_portfolio_at_most_a_tenth_of_the_alarms_is_false(correlation: float, fallen: int) -> None:
    """Forty clients with six KPIs, twelve of which fell by five standard deviations: 80 such portfolios each.

    Moving ranges alone gave 20 % at a correlation of 0.3, and 37 % at 0.5.
    """
    draw, false, found = random.Random(fallen), [], []
    for _ in range(80):
        odds = []
        for at in range(240):
            *before, last = dependent(draw, correlation)
            odds.append((worse_by_chance([*before, last - 5 * (at < fallen)], 1) or 0.0, at < fallen))
        kept = sorted(odds)[: fewest_false(sorted(each for each, _ in odds), 0.1)]
        false.append(sum(not true for _, true in kept) / max(len(kept), 1))
        found.append(sum(true for _, true in kept))
    error = math.sqrt(max(fmean(each**2 for each in false) - fmean(false) ** 2, 0.0) / len(false))
    assert fmean(false) <= 0.1 + 2 * error
    assert fmean(found) >= 0.85 * fallen


@pytest.mark.parametrize(
    ("values", "expected"),
    [([5.0] * 11, None), ([5.0] * 12, 1.0), ([5.0] * 11 + [4.9], 0.0), ([5.0] * 11 + [5.1], 1.0)],
)
def test_a_constant_history(values: list[float], expected: float | None) -> None:
    assert worse_by_chance(values, 1) == expected
