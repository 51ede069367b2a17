"""What is told of a chart: the share that comes by chance, the two verdicts, and what a history is too short for."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from kpikit.evaluation.facts import Point, Series, Value
from kpikit.evaluation.signals.chance import by_chance, chance
from kpikit.evaluation.signals.chart import Setting, charted
from kpikit.evaluation.signals.profiles import NHS, PROFILES
from kpikit.evaluation.signals.verdicts import assurance, variation
from kpikit.evaluation.signals.words import conventions_words, judged_words
from kpikit.evaluation.targets.usual import usual_range
from kpikit.indicators.framework import LOWER
from kpikit.plans.limits import LimitsPlan, Rebase
from kpikit.words.language import Language
from kpikit.words.units import COUNT
from tests.benchmarks.signals import last_marked, seasonal
from tests.charts.samples import CANCELLATIONS, EVALUATION, VISITS, WAITS, keep
from tests.evaluation.signals.points import CALENDAR, FEW, UNEVEN, points

# --- by chance ---


@pytest.mark.parametrize(("kind", "count"), [("xmr", 24), ("p", 12), ("g", 24)])
def test_the_shares_of_false_alarms_come_out_again(kind: str, count: int) -> None:
    runs = 1500
    share = last_marked(kind, count, NHS, runs, np.random.default_rng(3))
    known = chance("nhs", kind, count)
    assert abs(share - known) < 4 * (known * (1 - known) / runs) ** 0.5


@pytest.mark.parametrize(("name", "years"), [("nhs", 2), ("nhs", 3), ("anhoej", 2), ("anhoej", 3)])
def test_what_comes_by_chance_with_a_season_in_the_limits(name: str, years: int) -> None:
    """Series with a season and nothing else: of 600 the share that is marked is known to about 0.03 (four errors)."""
    found = seasonal(years, PROFILES[name], 600, np.random.default_rng(21))
    assert chance(name, "xmr", 12 * years, season=12) == pytest.approx(found, abs=0.035)
    assert chance(name, "xmr", 48, season=12) == chance(name, "xmr", 48)


def test_signals_and_what_comes_by_chance_are_counted_where_the_last_point_is_judged() -> None:
    found = by_chance([WAITS, CANCELLATIONS, VISITS])
    assert (found.judged, found.signals) == (3, 2)
    assert found.expected == pytest.approx(2 * chance("nhs", "xmr", 24) + chance("nhs", "xmr", 7))
    assert by_chance(EVALUATION.facts).judged == 5  # revenue is not complete, the repeat rate is missing


# --- the two verdicts ---


def test_variation_says_which_way_and_whether_that_is_good() -> None:
    assert (variation(WAITS), variation(CANCELLATIONS), variation(VISITS)) == (
        "concern_low",
        "improvement_low",
        "common_cause",
    )


@pytest.mark.parametrize(("target", "verdict"), [(0.80, "passing"), (0.92, "miss"), (0.99, "failing")])
def test_assurance_holds_the_last_limits_against_the_latest_target(target: float, verdict: str) -> None:
    fact = replace(WAITS, target=keep(target, 0.883))
    low, high = usual_range(fact) or (0.0, 0.0)
    assert low > 0.80 and low < 0.92 < high < 0.99
    assert (assurance(fact) or "").endswith(verdict)
    opposite = {"passing": "failing", "failing": "passing", "miss": "miss"}[verdict]
    assert (assurance(replace(fact, better=LOWER)) or "").endswith(opposite)


def test_without_target_or_limits_there_is_no_assurance() -> None:
    assert assurance(replace(WAITS, target=None)) is None
    assert assurance(replace(WAITS, target=keep(0.9, 0.883), series=Series(WAITS.series.points, None, "nhs"))) is None


@pytest.mark.parametrize("planned", [None, "run"])
def test_of_a_history_that_is_too_short_no_range_is_told(planned: str | None) -> None:
    for count, told in ((5, False), (6, True)):
        series = charted(points(FEW[:count], UNEVEN[:count]), Setting(counted=True, plan=LimitsPlan(planned)))
        assert bool(judged_words(replace(WAITS, series=series), Language("en"))) == told


@pytest.mark.parametrize(("months", "told"), [(23, True), (24, False)])
def test_a_signal_in_less_than_two_years_may_be_the_season(months: int, told: bool) -> None:
    values = [float(10 + at % 3) for at in range(months)]
    fact = replace(WAITS, series=charted(points(values, [1.0] * months), Setting()))
    assert fact.signal.rule
    words = "The history is less than two years: a yearly season could look like this, too."
    assert (words in judged_words(fact, Language("en"))) is told


def weeks(number: int) -> list[Point]:
    """Orders of so many weeks, the last of them in high summer, with a year that sways by a third up and down."""
    chance = np.random.default_rng(5)
    found = []
    for at, week in enumerate(CALENDAR.ending_with(CALENDAR.parse("2024-W27"), 156)[-number:], 156 - number):
        level = 1000 * math.exp(0.3 * math.sin(2 * math.pi * (at - 142) / 52) + 0.03 * chance.standard_normal())
        found.append(Point(week, Value(float(round(level))), True))
    return found


def by_week(number: int) -> Series:
    """The series of so many weeks, of which 36 are shown."""
    return charted(weeks(number)[-36:], Setting(unit=COUNT), weeks(number)[:-36])


def test_two_years_of_weeks_tell_a_yearly_season() -> None:
    """A summer as every summer is no signal once two of them are known; of 36 weeks it is the highest there was."""
    assert by_week(36).points[-1].signal and not by_week(36).chart.follows
    for number in (104, 156):
        series = by_week(number)
        assert len(series.points) == 36 and len(series.earlier) == number - 36
        assert series.chart.follows == ("season",) and series.limits and series.limits.points == number
        assert series.points[-1].signal is None and series.chart.segments[0].start == series.points[0].period


def test_limits_that_follow_no_season_are_those_of_the_weeks_that_are_shown() -> None:
    """Weeks before them that lie elsewhere do not move the limits, and weeks before a rebase tell no season."""
    level = [replace(each, value=Value(500.0 + at % 5)) for at, each in enumerate(weeks(156))]
    alone = charted(level[-36:], Setting(unit=COUNT))
    far = [replace(each, value=Value(900.0 + at % 7)) for at, each in enumerate(level[:-36])]
    assert charted(level[-36:], Setting(unit=COUNT), far) == replace(alone, earlier=tuple(far))
    anew = LimitsPlan(rebases=(Rebase(weeks(60)[0].period, date(2024, 7, 8), "Anna", "A new shop"),))
    assert not charted(weeks(156)[-36:], Setting(unit=COUNT, plan=anew), weeks(156)[:-36]).chart.follows


def test_reports_by_week_say_where_they_know_no_yearly_season() -> None:
    say = Language("en")
    of = {"36": by_week(36), "156": by_week(156), "months": charted(points([float(100 + at % 3) for at in range(36)]))}
    told = {name: " ".join(conventions_words([replace(WAITS, series=each)], say)) for name, each in of.items()}
    assert "A yearly season of weeks is told from two years" in told["36"]
    assert all("yearly season" not in told[name] for name in ("156", "months"))
