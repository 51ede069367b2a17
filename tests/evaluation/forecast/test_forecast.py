"""A history goes on: within what is possible, by the model that did best, with a spread that can be added up."""

from __future__ import annotations

import math
import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, norm

from kpikit.evaluation.forecast import models
from kpikit.evaluation.forecast.backtest import backtest, naive_error
from kpikit.evaluation.forecast.forecast import Forecast, forecast
from kpikit.evaluation.forecast.history import History, history_of
from kpikit.evaluation.forecast.kept import Kept, key_of
from kpikit.evaluation.forecast.models import Course, Model, seasonal_naive
from kpikit.evaluation.forecast.scales import SCALES
from kpikit.words.periods import Calendar
from kpikit.words.units import COUNT, MONEY, SHARE, Unit
from tests.charts.samples import fact_of, full, partial

LAST = Calendar().parse("2025-12")


def history(values: object, unit: Unit = COUNT) -> History:
    return History(tuple(float(each) for each in values), unit, LAST)  # type: ignore[attr-defined]


def drawn(seed: int, number: int = 30) -> np.ndarray:
    return 100 + np.random.default_rng(seed).normal(0, 8, number)


@pytest.fixture(scope="module")
def known() -> Forecast:
    return forecast(history(drawn(1)), 12)


@pytest.mark.parametrize(
    ("values", "reason"), [(range(1, 12), "too_short"), ([5] * 20, "constant"), ([0] * 20, "constant")]
)
def test_where_there_is_no_forecast_a_reason_stands(values: list[float], reason: str) -> None:
    found = forecast(history(values), 12)
    assert (found.reason, found.model, found.horizon) == (reason, None, 0)


@settings(max_examples=12, derandomize=True)
@given(
    st.lists(st.floats(0, 1), min_size=12, max_size=20).map(lambda values: (values, SHARE, 0.0, 1.0))
    | st.lists(st.integers(0, 9), min_size=12, max_size=20).map(lambda values: (values, COUNT, 0.0, math.inf))
    | st.lists(st.floats(5, 5000), min_size=12, max_size=20).map(lambda values: (values, MONEY, 0.0, math.inf))
)
def test_no_forecast_leaves_what_is_possible(drawn: tuple[list[float], Unit, float, float]) -> None:
    values, unit, least, most = drawn
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = forecast(history(values, unit), 6)
    for ahead in range(1, found.horizon + 1):
        low, high = found.interval(ahead)
        assert least <= low <= found.value(ahead) <= high <= most
        assert low <= high < math.inf


def test_the_last_value_of_a_level_is_not_what_comes() -> None:
    values = np.random.default_rng(119).normal(40, 5, 30)  # the last one is 31.1, and repetition wins the backtest
    trials = {each.key: backtest(each, values, SCALES["plain"], 1) for each in models.MODELS}
    assert min(trials, key=lambda key: trials[key].error) == "seasonal_naive"  # type: ignore[union-attr]
    found = forecast(history(values, MONEY), 12)
    assert found.probability_above(1, 42) == pytest.approx(norm.sf(42, 40, 5), abs=0.1)  # 0.34


@pytest.mark.parametrize("part", [0.05, 0.95])
def test_a_share_of_few_with_none_in_some_months_is_forecast_as_wide_as_it_varies(part: float) -> None:
    # of 20 each, by scipy's binomial: 80 % of months lie in 0..0.10 (or 0.90..1), and all but one in 1,000 in 0..0.25
    least, most = (float(end) / 20 for end in binom.ppf([0.001, 0.999], 20, part))
    for seed in range(6):
        found = forecast(history(np.random.default_rng(seed).binomial(20, part, 24) / 20, SHARE), 6)
        low, high = found.interval(6)
        assert found.scale == "zero_to_one" and least - 0.05 <= low <= part <= high <= most + 0.05
        assert (found.probability_above(6, 0.0), found.probability_above(6, 1.01)) == (1.0, 0.0)


def test_a_share_that_never_was_everything_will_hardly_be() -> None:
    found = forecast(history([0.2 + 0.01 * (at % 7) for at in range(24)], SHARE), 3)
    assert (found.scale, found.probability_above(3, 1.0), found.probability_above(3, 1.5)) == ("log_odds", 0.0, 0.0)


def test_the_naive_forecast_stays_where_nothing_is_better() -> None:
    year = [3.0, 9, 1, 7, 2, 8, 6, 4, 9, 1, 5, 30]
    found = forecast(history([value + 0.01 * index for index, value in enumerate(year * 3)]), 12)
    assert (found.model, found.error) == ("seasonal_naive", found.naive_error)


def test_a_season_and_a_rise_are_better_forecast_by_a_model() -> None:
    months = np.arange(36)
    values = (100 + 30 * np.sin(months / 12 * 2 * math.pi)) * 1.02**months + np.random.default_rng(3).normal(0, 2, 36)
    found = forecast(history(values), 12)
    assert found.model != "seasonal_naive" and found.error is not None and found.naive_error is not None
    assert found.error < found.naive_error


def test_mase_by_hand() -> None:
    # The naive forecast of 0, 1, 0, 1 ... is off by 1 each period, and its backtest too wherever it is held against it:
    # one period ahead by 1, two ahead by 0, and so on; from origins 10, 11, 12, 14, 15, 17 of 18: 3+3+3+2+2+1 of 29
    values = np.array([0.0, 1.0] * 9)
    assert naive_error(values, 1, SCALES["plain"]) == 1.0
    trial = backtest(models.MODELS[0], values, SCALES["plain"], 1)
    assert not isinstance(trial, str)
    held = [min(6, 18 - origin) for origin in (10, 12, 13, 14, 16, 17)]
    assert (trial.held, trial.error) == (sum(held), pytest.approx(sum(-(-each // 2) for each in held) / sum(held)))


def stays(history: np.ndarray, season: int, horizon: int) -> Course:
    """A model that says: as now, give or take 0.1."""
    return Course(np.repeat(history[-1], horizon), np.eye(1, horizon)[0], 0.1, 0.0)


def test_a_step_makes_the_next_value_no_less_sure_than_all_the_history() -> None:
    """Two levels, 100 and 60 per cent of it: forecasts from before the step were far off, which is over."""
    sway = np.random.default_rng(3).normal(0, 0.03, 36)
    values = [float(value) for value in 1000 * np.exp(sway) * np.where(np.arange(36) < 27, 1.0, 0.6)]
    found = forecast(History(tuple(values), MONEY, LAST), 6)
    least, most = found.interval(1)
    assert found.widened > 1 and 0.5 * 600 < least < 600 < most < 1000


def test_a_spread_is_widened_as_far_as_the_backtest_asks() -> None:
    # a rise by 1 a period: off by 1 to 6 from each of four origins, by 1 to 4 and by 1 from the last two; their root
    # mean square, sqrt(395 / 29), is 36.9 times what the model said
    trial = backtest(Model("stays", "stays", stays), np.arange(30.0), SCALES["plain"], 1)
    assert not isinstance(trial, str)
    assert (trial.held, trial.narrow) == (29, pytest.approx(10 * math.sqrt(395 / 29)))


def test_a_single_odd_value_doubles_the_spread_at_most() -> None:
    values = np.where(np.arange(30) == 29, 100.0, np.arange(30) % 2 / 10)
    trial = backtest(Model("stays", "stays", stays), values, SCALES["plain"], 1)
    assert not isinstance(trial, str)
    assert trial.narrow == 2.0


def fails(history: np.ndarray, season: int, horizon: int) -> Course:
    warnings.warn("a library's warning", stacklevel=1)
    raise np.linalg.LinAlgError("singular")


def knows(history: np.ndarray, season: int, horizon: int) -> Course:
    """A model from elsewhere that knows that the series rises by 1."""
    return Course(history[-1] + np.arange(1, horizon + 1), np.ones(horizon), 0.1, 0.0)


def test_a_further_model_enters_the_same_backtest_and_one_that_fails_is_dropped(
    monkeypatch: pytest.MonkeyPatch, recwarn: pytest.WarningsRecorder
) -> None:
    monkeypatch.setattr(
        models, "MODELS", (models.MODELS[0], Model("broken", "broken", fails), Model("own", "own", knows))
    )
    found = forecast(history([-5.0 + index for index in range(20)]), 3)
    assert (found.model, [found.value(ahead) for ahead in (1, 2, 3)]) == ("own", [15, 16, 17])
    assert found.dropped == (("broken", "LinAlgError: singular"),)
    assert not recwarn.list


@given(st.floats(50, 150), st.floats(0, 20), st.integers(1, 12))
@settings(max_examples=60, derandomize=True)
def test_the_higher_the_target_the_less_likely(known: Forecast, target: float, more: float, ahead: int) -> None:
    assert known.probability_above(ahead, target + more) <= known.probability_above(ahead, target) <= 1


def test_value_and_probability_are_each_others_inverse(known: Forecast) -> None:
    for part in (0.1, 0.5, 0.9):
        assert known.probability_above(4, known.value(4, part)) == pytest.approx(1 - part)


@pytest.mark.parametrize(("shared", "weights"), [(0.0, (1.0, 0, 0)), (2.0, (1.0, 0, 0)), (1.0, (1.0, 0.5, 0.25))])
def test_the_spread_of_a_sum(shared: float, weights: tuple[float, ...]) -> None:
    # of three periods: errors e1..e3 of sigma 3 pass on by the weights; the shared one counts three times
    found = Forecast(20, model="own", middle=(10.0, 20.0, 30.0), weights=weights, sigma=3.0, shared=shared)
    passed = [sum(weights[:number]) for number in (3, 2, 1)]
    expected = math.sqrt(9 * sum(each**2 for each in passed) + (3 * shared) ** 2)
    sums = found.sums([1.0, 1.0, 1.0])
    assert (np.mean(sums), np.std(sums)) == (pytest.approx(60, abs=1e-9), pytest.approx(expected, rel=0.05))
    assert np.mean(found.sums([0.5, 1.0])) == pytest.approx(25, abs=1e-9)


def test_a_history_begins_after_the_last_long_gap_and_ends_with_what_is_judged() -> None:
    values = [full(1.0), full(None), full(None), *[full(float(each)) for each in range(20)], partial(3.0)]
    values[10] = full(None)  # between 6 and 8
    found = history_of(fact_of(values))
    assert found is not None
    assert (found.values, found.filled, str(found.last)) == (tuple(map(float, range(20))), 1, "2011-10")


def test_many_gaps_shorten_a_history() -> None:
    values = [full(1.0), full(None), full(2.0), full(None), full(3.0), full(4.0), full(5.0)]
    found = history_of(fact_of(values))
    assert found is not None and found.values == (3, 4, 5)


def test_without_a_judged_point_there_is_no_history() -> None:
    assert history_of(fact_of([full(None), partial(2.0)])) is None


def test_each_history_is_forecast_once_and_kept_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, again, file = Kept(), Kept(), tmp_path / "forecasts.json"
    one, other = history(drawn(1)), history(drawn(2))
    found = kept.of(one, 6)
    kept.of(other, 6)
    kept.write(file, [(one, 6)])
    assert [each.name for each in tmp_path.iterdir()] == [file.name]
    monkeypatch.setattr("kpikit.evaluation.forecast.kept.forecast", None)  # nothing is forecast from here on
    again.read(file)
    assert again.of(one, 6) == found == kept.of(one, 6)
    assert len(again) == 1
    again.read(tmp_path / "none.json")
    kept.write(tmp_path / "all.json")
    again.read(tmp_path / "all.json")
    again.write(tmp_path / "used.json")  # of all that were read, the one that was asked for
    assert len(again) == 2 and (tmp_path / "used.json").read_bytes() == file.read_bytes()
    keys = {key_of(one, 6), key_of(one, 7), key_of(other, 6), key_of(history(drawn(1), MONEY), 6)}
    assert len(keys) == 4


@pytest.mark.parametrize("text", [None, "{", "[]", '{"a": {}}'])
def test_a_damaged_file_of_forecasts_is_no_harm(tmp_path: Path, text: str | None) -> None:
    file, kept = tmp_path / "forecasts.json", Kept()
    if text is not None:
        file.write_text(text, encoding="utf-8")
    kept.read(file)
    assert len(kept) == 0


def test_the_first_model_is_the_one_to_beat() -> None:
    assert models.MODELS[0].fit is seasonal_naive


LEVEL = np.random.default_rng(5).normal(0.0, 0.01, 36)
LEVEL[30] += 0.06  # one odd month, which the errors of repeating the last value see twice


@pytest.mark.parametrize(("steps", "grows"), [(LEVEL, False), (np.cumsum(LEVEL), True)])
def test_what_keeps_to_a_level_does_not_wander_off(steps: np.ndarray, grows: bool) -> None:
    """Two values of it lie 1.414 standard deviations apart: 80 % of them within 1.2816 times that; a walk goes on."""
    found = forecast(history(np.exp(4.6 + steps), MONEY), 12)
    widths = [math.log(high / low) for low, high in map(found.interval, (1, 4, 12))]
    most = 2 * 1.2816 * math.sqrt(2) * float(np.std(steps))
    assert found.scale == "log" and (widths[2] > 1.5 * widths[0]) == grows
    assert grows or max(widths) <= most * 1.001
