"""The models that a forecast may come from: one list, `MODELS`. A further one is one more entry there.

A model is a function of a history (numbers on an unbounded scale, oldest first, without gaps), the length of its
season (1 where there is none) and a horizon. It gives a `Course`: the middle of what is to come, and how errors pass
on. Every model here is linear in its errors, so that the error of a forecast ``h`` periods ahead is
``e[h] + w[1] e[h-1] + ... + w[h-1] e[1]`` with independent errors ``e``, and one more error that all periods share:
the middle itself is not known for certain. Both give the spread of single periods and of sums alike. Source: Hyndman,
Koehler, Ord and Snyder, "Forecasting with Exponential Smoothing" (2008), chapter 6.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kpikit.words.texts import N_

Numbers = NDArray[np.float64]
_SEASON_P = 0.025
"""How unlikely the differences between the parts of a season must be by chance, before it is used."""


@dataclass(frozen=True)
class Course:
    """``middle``: the median of each of the coming periods. ``weights``: how an error passes on, from ``w[0] = 1``.
    ``sigma``: the standard deviation of one period's error; ``shared``: that of the error which all periods share. All
    on the scale of the history."""

    middle: Numbers
    weights: Numbers
    sigma: float
    shared: float

    @property
    def spread(self) -> Numbers:
        """The standard deviation of each period's forecast error."""
        return np.asarray(np.sqrt(self.sigma**2 * np.cumsum(self.weights**2) + self.shared**2))


@dataclass(frozen=True)
class Model:
    """A way to go on from a history; ``fit`` may raise any error, and the model is then left out with that reason."""

    key: str
    label: str
    fit: Callable[[Numbers, int, int], Course]


def prepare() -> None:
    """Import what the models fit with: more than a second, which nobody should wait for at a first picture."""
    import statsmodels.tools.sm_exceptions  # its import turns warnings on, so it comes first
    import statsmodels.tsa.holtwinters
    import statsmodels.tsa.seasonal  # noqa: F401


def seasonal_naive(history: Numbers, season: int, horizon: int) -> Course:
    """What was a season ago comes again; without a season, the last value stays. What every model must beat.

    How far it was off on average, as in a history that grows, is an error that all coming periods share.
    """
    last = history[-season:]
    middle = np.resize(last, horizon)
    errors = history[season:] - history[:-season]
    weights = (np.arange(horizon) % season == 0).astype(float)
    off = float(errors.mean())
    return Course(middle, weights, _sigma(errors - off, 1), abs(off))


def ets(history: Numbers, season: int, horizon: int) -> Course:
    """Exponential smoothing with additive errors: a level, with or without a damped trend or a season.

    The variant with the lowest AICc is taken, as R's forecast::ets does. statsmodels smooths, from the usual heuristic
    beginning. (By SLSQP: its default solver is many times slower where the processor is shared.)
    """
    fitted = min(_variants(history, season), key=_aicc)
    found, model = fitted.params, fitted.model
    alpha = float(found["smoothing_level"])
    weights = np.concatenate([[1.0], np.full(horizon - 1, alpha)])
    ahead = np.arange(1, horizon)
    if model.has_trend:  # its own smoothing works on changes of the level, of which an error makes alpha
        weights[1:] += alpha * float(found["smoothing_trend"]) * np.cumsum(float(found["damping_trend"]) ** ahead)
    if model.has_seasonal:
        weights[1:] += float(found["smoothing_seasonal"]) * (ahead % season == 0)
    sigma = _sigma(np.asarray(fitted.resid), _parameters(model) - 1)
    return Course(np.asarray(fitted.forecast(horizon), dtype=float), weights, sigma, sigma / math.sqrt(len(history)))


def _variants(history: Numbers, season: int) -> Iterator[Any]:
    from statsmodels.tsa.holtwinters import ExponentialSmoothing

    shapes: list[dict[str, Any]] = [{}, {"trend": "add", "damped_trend": True}]
    if shows_season(history, season):
        shapes.append({"seasonal": "add", "seasonal_periods": season})
    for shape in shapes:
        model = ExponentialSmoothing(history, initialization_method="heuristic", **shape)
        yield model.fit(method="SLSQP", use_brute=False)


def _parameters(model: Any) -> int:
    """How many numbers are fitted: the smoothing, the states at the beginning, and the size of the errors."""
    season = int(model.seasonal_periods) if model.has_seasonal else 0
    return 3 + 3 * bool(model.has_trend) + season


def _aicc(fitted: Any) -> float:
    errors = np.asarray(fitted.resid)
    n, k = len(errors), _parameters(fitted.model)
    if n - k - 1 <= 0:
        return math.inf
    squares = max(float(np.mean(errors**2)), 1e-300)
    return float(n * math.log(squares) + 2 * k + 2 * k * (k + 1) / (n - k - 1))


def theta(history: Numbers, season: int, horizon: int) -> Course:
    """The Theta method of Assimakopoulos and Nikolopoulos (2000), with theta 2, and an additive season where one shows.

    It is simple exponential smoothing and half of the straight line's slope (Hyndman and Billah 2003), from which the
    spread follows. statsmodels' ThetaModel gives the same, slower.
    """
    from statsmodels.tsa.holtwinters import SimpleExpSmoothing

    pattern = _pattern(history, season) if shows_season(history, season) else np.zeros(1)
    plain = history - np.resize(pattern, len(history))
    slope = float(np.polyfit(np.arange(len(plain)), plain, 1)[0])
    smoothing = SimpleExpSmoothing(plain, initialization_method="known", initial_level=plain[0])
    fitted = smoothing.fit(method="SLSQP", use_brute=False)
    alpha = max(float(fitted.params["smoothing_level"]), 1e-6)
    behind = (1 - (1 - alpha) ** len(plain)) / alpha
    line = float(fitted.forecast(1)[0]) + slope / 2 * (np.arange(horizon) + behind)
    coming = pattern[np.arange(len(history), len(history) + horizon) % len(pattern)]
    sigma = _sigma(_smoothing_errors(plain, alpha, slope / 2), 1 + len(pattern))
    weights = np.concatenate([[1.0], np.full(horizon - 1, alpha)])
    return Course(line + coming, weights, sigma, sigma / math.sqrt(len(history)))


def _pattern(history: Numbers, season: int) -> Numbers:
    """What each part of a season adds, from its first one on; all together nothing. By classical decomposition."""
    from statsmodels.tsa.seasonal import seasonal_decompose

    found = seasonal_decompose(history, model="additive", period=season)
    return np.asarray(found.seasonal, dtype=float)[:season]


def _smoothing_errors(history: Numbers, alpha: float, drift: float) -> Numbers:
    """The errors one period ahead of simple exponential smoothing with a drift."""
    level, errors = history[0], []
    for value in history[1:]:
        error = value - level - drift
        errors.append(error)
        level = level + drift + alpha * error
    return np.asarray(errors)


DRIFT = 0.4
"""From this lag-1 autocorrelation on a history is taken to wander, and not to keep to a level."""


def drifts(values: Numbers) -> bool:
    """True where each value is much like the one before it; ``values`` are not all the same."""
    apart = values - values.mean()
    return float(apart[1:] @ apart[:-1]) >= DRIFT * float(apart @ apart)


def shows_season(history: Numbers, season: int) -> bool:
    """True where two whole seasons are there, and its parts differ by more than chance makes them.

    An F test of equal means of the months (weekdays, quarters), without the straight line of the history or, for one
    that wanders, on its steps; each at 2.5 %.
    """
    if season < 2 or len(history) < 2 * season:
        return False
    ahead = np.arange(len(history))
    flat = history - np.polyval(np.polyfit(ahead, history, 1), ahead)
    return any(_differ(each, season) for each in (flat, np.diff(history)))


def _differ(values: Numbers, season: int) -> bool:
    from scipy.stats import f

    part = np.arange(len(values)) % season
    means = np.array([values[part == each].mean() for each in range(season)])
    whole, within = float(np.sum((values - values.mean()) ** 2)), float(np.sum((values - means[part]) ** 2))
    if whole <= 1e-12 * max(1.0, float(values @ values)):
        return False
    free = len(values) - season
    ratio = (whole - within) / (season - 1) / max(within / free, 1e-300)
    return bool(f.sf(ratio, season - 1, free) < _SEASON_P)


def _sigma(errors: Numbers, parameters: int) -> float:
    """The standard deviation of errors around zero, with the degrees of freedom that the parameters leave."""
    free = max(len(errors) - parameters, len(errors) / 2, 1.0)
    return math.sqrt(float(errors @ errors) / free)


MODELS = (
    Model("seasonal_naive", N_("seasonal naive"), seasonal_naive),
    Model("ets", N_("exponential smoothing (ETS)"), ets),
    Model("theta", N_("the Theta method"), theta),
)
"""The set, the one to beat first. Each history chooses among them by its own backtest."""
