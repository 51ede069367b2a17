"""Seasons and trends: where limits follow one, where they must not, and the fit against statsmodels."""

from __future__ import annotations

import calendar

import numpy as np
import pytest
import statsmodels.api as sm

from kpikit.evaluation.signals.draw import Drawn
from kpikit.evaluation.signals.profiles import NHS, WHEELER
from kpikit.evaluation.signals.rules import Outside, Trend, marks
from kpikit.evaluation.signals.season import following, season_effects
from kpikit.evaluation.signals.track import Track, ranges

# Box and Jenkins, series G: airline passengers in thousands, January 1949 to December 1951
PASSENGERS = [
    *[112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149, 170, 170, 158, 133],
    *[114, 140, 145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166],
]


def followed(values: list[float], grain: str = "month", percent: bool = False) -> Drawn | None:
    return following(values, values, grain, percent, WHEELER)


def test_a_season_and_a_trend_are_those_of_least_squares() -> None:
    values = np.exp(3 + 0.02 * MONTHS + SEASON / 20 + NOISE / 30)[:36]
    found = followed(values.tolist(), percent=True)
    assert found is not None and found.follows == ("season", "trend")
    y, at = np.log(values), np.arange(36)
    design = np.column_stack([(at % 12)[:, None] == np.arange(12), at]).astype(float)
    fit = sm.OLS(y, design).fit()
    np.testing.assert_allclose(np.log(found.centre), fit.fittedvalues, atol=1e-9)
    reach = 2.66 * np.abs(np.diff(fit.resid)).mean() * np.sqrt(36 / (36 - 13))  # 12 months and the slope
    np.testing.assert_allclose(np.log(found.upper) - np.log(found.centre), reach, rtol=1e-9)


def test_growth_that_bends_is_held_by_its_steps() -> None:
    """The passengers grew unevenly: what a line leaves drifts, so that each month is held against the one before."""
    found = followed(PASSENGERS, percent=True)
    assert found is not None and found.follows == ("season", "walk")
    effects = season_effects(np.arange(36), np.log(PASSENGERS), 12)
    assert effects is not None
    calm = np.log(PASSENGERS) - np.resize(effects, 36)
    steps = np.diff(calm)
    np.testing.assert_allclose(np.log(found.centre[1:]), np.log(PASSENGERS)[1:] - steps + steps.mean(), atol=1e-9)


GROWS = np.cumsum(3 + np.random.default_rng(1).normal(0, 3, 30)) + 100


def test_what_grows_and_wanders_is_held_against_the_value_before_and_the_average_step() -> None:
    found = followed(GROWS.tolist())
    assert found is not None and found.follows == ("walk",)
    step = (GROWS[29] - GROWS[0]) / 29
    np.testing.assert_allclose(found.centre, [GROWS[0], *(GROWS[:-1] + step)])
    off = np.concatenate([[0], np.diff(GROWS) - step])
    reach = 2.66 * np.abs(np.diff(off)).mean() * np.sqrt(30 / (30 - 2))  # the first value and the step
    np.testing.assert_allclose(np.array(found.upper) - found.centre, reach)
    assert sum(map(abs, Outside("outside", "").ways(found.track))) <= 1


def test_a_gap_and_a_late_beginning_of_what_wanders() -> None:
    values: list[float | None] = [None, None, *GROWS.tolist()]
    values[10] = values[11] = None
    found = following(values, values, "month", False, WHEELER)
    assert found is not None and found.follows == ("walk",)
    step = (GROWS[29] - GROWS[0]) / 29
    assert found.centre[2] == pytest.approx(GROWS[0])
    assert found.centre[12] == pytest.approx(GROWS[7] + 3 * step)  # three steps after the last value known


def test_a_frozen_baseline_says_what_step_is_usual() -> None:
    """Twenty months grow by 3, ten by 20: each of these is held against the one before it and the steps of before."""
    values = [*GROWS[:20].tolist(), *(GROWS[19] + 20 * np.arange(1, 11)).tolist()]
    base = [*values[:20], *[None] * 10]
    found = following(values, base, "month", False, WHEELER)
    assert found is not None and found.follows == ("walk",)
    step = (GROWS[19] - GROWS[0]) / 19
    np.testing.assert_allclose(found.centre[20:], [value + step for value in values[19:29]])
    assert Outside("outside", "").ways(found.track)[20:] == [1] * 10


def test_effects_are_those_of_a_fit_beside_the_line() -> None:
    y = np.log(PASSENGERS)
    found = season_effects(np.arange(36), y, 12)
    design = np.column_stack([(np.arange(36) % 12)[:, None] == np.arange(12), np.arange(36)]).astype(float)
    months = sm.OLS(y, design).fit().params[:12]
    assert found is not None and found.sum() == pytest.approx(0, abs=1e-12)
    np.testing.assert_allclose(found, months - months.mean())


NOISE = np.random.default_rng(7).normal(0, 1, 60)
MONTHS = np.arange(60)
SEASON = 4 * np.sin(MONTHS * np.pi / 6)


@pytest.mark.parametrize(
    ("values", "count", "grain", "follows"),
    [
        (NOISE, 36, "month", None),
        (NOISE + SEASON, 36, "month", ("season",)),
        (NOISE + SEASON, 23, "month", None),  # not two full seasons
        (NOISE + SEASON, 36, "week", None),  # a year of weeks would need 104
        (NOISE + 4 * (MONTHS % 7 > 4), 36, "day", ("season",)),  # weekends
        (NOISE + 0.3 * MONTHS, 36, "month", ("trend",)),
        (NOISE + 0.5 * MONTHS, 16, "quarter", ("trend",)),  # four years
        (NOISE + 0.5 * MONTHS, 16, "month", ("trend",)),
        (NOISE + 0.5 * MONTHS, 15, "quarter", None),
        (NOISE + 6 * (MONTHS >= 8), 16, "quarter", None),  # a step
        (NOISE + 6 * (MONTHS >= 18), 36, "month", None),  # a step is a change and no trend
        (NOISE + 6 * (MONTHS >= 12), 24, "month", None),  # at the turn of the year, too: it is no season either
        (np.cumsum(NOISE), 36, "month", ("walk",)),  # wandering is no trend
        (NOISE * 0 + 5, 36, "month", None),  # constant
        (MONTHS * 1.0, 36, "month", None),  # without anything left over the limits would collapse
        (MONTHS % 12 * 1.0, 36, "month", None),
    ],
)
def test_what_limits_follow(values: np.ndarray, count: int, grain: str, follows: tuple[str, ...] | None) -> None:  # type: ignore[type-arg]
    found = followed(values[:count].tolist(), grain)
    assert (found.follows if found else None) == follows


def test_so_many_a_day_are_no_season_of_months() -> None:
    """1,000 visitors on each day: but for one 29 February, months would follow a season without an error."""
    days = [calendar.monthrange(2023 + at // 12, at % 12 + 1)[1] for at in range(1, 37)]
    assert days[0] == days[24] == 28 and days[12] == 29
    assert followed([1000.0 * number for number in days], percent=True) is None


def test_gaps_do_not_shift_the_season() -> None:
    values: list[float | None] = (20 + NOISE + SEASON)[:36].tolist()
    whole = following(values, values, "month", False, WHEELER)
    values[7] = values[20] = None
    gaps = following(values, values, "month", False, WHEELER)
    assert whole is not None and gaps is not None
    np.testing.assert_allclose(gaps.centre, whole.centre, atol=1)


def test_percent_is_for_values_above_zero_alone() -> None:
    values = (3 + NOISE + SEASON)[:36]
    assert values.min() < 0
    plain, percent = followed(values.tolist()), followed(values.tolist(), percent=True)
    assert plain is not None and percent is not None and plain.upper == percent.upper


def test_limits_do_not_hang_on_the_last_digits() -> None:
    # As sums differ with the number of threads: every value a step of binary arithmetic further up.
    values = NOISE + SEASON
    lines = []
    for numbers in (values, np.nextafter(values, np.inf)):
        found = following([*map(float, numbers)], [*map(float, numbers)], "month", False, WHEELER)
        assert found is not None and found.follows == ("season",)
        lines.append((found.lower, found.centre, found.upper))
    assert lines[0] == lines[1]


FALL_AND_RISE = [50, 44, 41, 34, 30, 26, 29, 38, 46, 60, 64, 66]
"""A year of visits in thousands that fall from January to June, and rise until December."""


@pytest.mark.parametrize(
    ("later", "season", "marked"),
    [
        ([58, 50, 46, 39, 36, 32], 12, 0),  # December to June: six steps, of which last year's five went down, to 26
        ([58, 50, 46, 39, 36, 26], 12, 0),  # as far as last year
        ([58, 50, 46, 39, 36, 25], 12, 7),  # further
        ([58, 50, 46, 39, 36, 32], 0, 7),  # days of a month, say, have no season
        ([58, 50, 46, 39, 36, 32, 28, 22], 12, 9),  # it goes on where it rose last year
        ([67, 68, 69, 70], 12, 10),  # June to April: from January on it fell last year
    ],
)
def test_what_the_season_did_a_year_ago_is_no_trend(later: list[int], season: int, marked: int) -> None:
    values = [*map(float, FALL_AND_RISE), *map(float, later)]
    flat = [0.0] * len(values)
    track = Track(values, flat, flat, flat, values, ranges(values), season=season)
    ways = Trend("trend", "", 7).ways(track)
    assert sum(way != 0 for way in ways[-marked:]) == marked if marked else not any(ways[-6:])


def test_half_of_the_steps_must_be_known_from_the_season_before() -> None:
    """Seven months from December on; of fourteen, two of the six steps have a step a year before them."""
    for first, known in ((7, False), (2, True)):
        values = [*map(float, FALL_AND_RISE[first:]), 58.0, 50.0, 46.0, 39.0, 36.0, 32.0]
        flat = [0.0] * len(values)
        track = Track(values, flat, flat, flat, values, ranges(values), season=12)
        assert (Trend("trend", "", 7).ways(track)[-1] == 0) is known


def test_a_season_of_two_years_tells_no_rows_on_one_side() -> None:
    """What the one year leaves over mirrors the other, so that seven below would be seven above a year later."""
    chance, months = np.random.default_rng(5), 6 * np.sin(np.arange(24) * np.pi / 6)
    marked = followed_by_season = 0
    for _ in range(40):
        values = (50 + months + chance.normal(0, 1, 24)).tolist()
        found = followed(values)
        if found is not None and "season" in found.follows:
            followed_by_season += 1
            marked += sum(bool(mark.rule) for mark in marks(found.track, NHS.rules))
    assert followed_by_season > 30 and marked / (24 * followed_by_season) < 0.02
    three = followed([*(50 + np.tile(months[:12], 3) + chance.normal(0, 1, 36))])
    assert three is not None and not three.track.mirrored
