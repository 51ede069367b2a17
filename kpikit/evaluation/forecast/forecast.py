"""The forecast of a history: by the model that did best in the backtest, with its interval and how far to trust it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist
from typing import TYPE_CHECKING

from kpikit.evaluation.forecast.history import LEAST_POINTS, History
from kpikit.evaluation.forecast.scales import COUNTS, SCALES, Scale, scale_of

if TYPE_CHECKING:
    from kpikit.evaluation.forecast.backtest import Trial
    from kpikit.evaluation.forecast.models import Course, Numbers

AHEAD = {"day": 28, "week": 13, "month": 12, "quarter": 4}
"""How many periods are forecast, at least; of years two."""

INTERVAL = 0.8
"""The share of what may come that the interval holds."""

_DRAWS, _SEED = 4000, 20_061
_NORMAL = NormalDist()


@dataclass(frozen=True)
class Forecast:
    """What is to come, period by period. ``middle``, ``weights``, ``sigma`` and ``shared`` are those of a
    `kpikit.evaluation.forecast.models.Course`, on the scale ``scale``.

    ``model`` is the one that was chosen; ``error`` and ``naive_error`` are its error (by ``measure``) and that of the
    seasonal naive forecast in the backtest; ``inside`` of ``held`` values lay in its 80 % interval there, and
    ``widened`` is the factor by which its spread was widened for it. ``ends`` are those of a score's scale, which no
    value passes. ``dropped`` says which models failed, and why. Without a forecast, ``reason`` says why:
    ``too_short``, ``constant`` or ``few_cases``.
    """

    points: int
    season: int = 1
    filled: int = 0
    model: str | None = None
    scale: str = "plain"
    middle: tuple[float, ...] = ()
    weights: tuple[float, ...] = ()
    sigma: float = 0.0
    shared: float = 0.0
    error: float | None = None
    naive_error: float | None = None
    inside: int = 0
    held: int = 0
    widened: float = 1.0
    dropped: tuple[tuple[str, str], ...] = ()
    reason: str | None = None
    ends: tuple[float, float] | None = None

    @property
    def horizon(self) -> int:
        """How many periods are forecast."""
        return len(self.middle)

    @property
    def measure(self) -> str:
        """What the errors of the backtest are: RMSSE for few counted things, else MASE."""
        return "RMSSE" if self.scale == COUNTS else "MASE"

    def value(self, ahead: int, part: float = 0.5) -> float:
        """The value that ``part`` of what may come lies under, ``ahead`` periods on (from 1); 0.5 gives the median."""
        if self.scale == COUNTS:
            return float(self._counts(ahead, part))
        at = self.middle[ahead - 1] + _NORMAL.inv_cdf(part) * self._spread(ahead)
        value, (least, most) = SCALES[self.scale].back(at), self.ends or (-math.inf, math.inf)
        return min(max(value, least), most)

    def interval(self, ahead: int) -> tuple[float, float]:
        """The lower and the upper end of the 80 % interval."""
        return self.value(ahead, (1 - INTERVAL) / 2), self.value(ahead, (1 + INTERVAL) / 2)

    def probability_above(self, ahead: int, value: float) -> float:
        """How likely the value of a period is at least ``value``."""
        if self.scale == COUNTS:
            from kpikit.evaluation.forecast.counts import at_least

            return at_least(max(self.middle[ahead - 1], 0.0), self._spread(ahead), value)
        scale, (least, most) = SCALES[self.scale], self.ends or (-math.inf, math.inf)
        if value <= least or value > most:
            return 1.0 if value <= least else 0.0
        if self.scale != "plain" and value <= 0:
            return 1.0
        if self.scale == "zero_to_one" and value > 1:
            return 0.0
        return 1 - _NORMAL.cdf((scale.there(value) - self.middle[ahead - 1]) / self._spread(ahead))

    def sums(self, parts: Sequence[float], varying: float | None = None) -> list[float]:
        """Draws of the sum of the coming periods, of each of which ``parts`` says the part that counts, in order.

        The days of a period are taken as independent, so that the variance of a part is its part of the variance;
        ``varying`` is that of the first period, where it is another one. The draws are the same ones each time.
        """
        import numpy as np

        number = len(parts)
        half = np.random.default_rng(_SEED).standard_normal((_DRAWS // 2, self.horizon + 1))
        chance = np.vstack([half, -half])
        ago = np.subtract.outer(np.arange(number), np.arange(number))
        passed_on = np.where(ago >= 0, np.asarray(self.weights)[np.maximum(ago, 0)], 0.0)
        errors = chance[:, 1 : number + 1] @ passed_on.T * self.sigma + chance[:, :1] * self.shared
        spreads = [parts[0] if varying is None else varying, *parts[1:]]
        each = enumerate(zip(parts, spreads, strict=True))
        drawn = (self._drawn(step + 1, errors[:, step], *part) for step, part in each)
        return [float(each) for each in np.sort(np.sum(list(drawn), axis=0))]

    def _drawn(self, ahead: int, errors: Numbers, part: float, varying: float) -> Numbers:
        """Values of a part of the period ``ahead``, from errors of the whole period on the forecast's scale."""
        import numpy as np

        if self.scale == COUNTS:
            from scipy.special import ndtr

            return self._counts(ahead, ndtr(errors / self._spread(ahead)), part)
        back = SCALES[self.scale].back
        middle = back(self.middle[ahead - 1])
        whole = np.vectorize(back)(self.middle[ahead - 1] + errors)
        some = part * middle + math.sqrt(varying) * (whole - middle)
        return np.asarray(some if self.scale == "plain" else np.maximum(some, 0.0))

    def _counts(self, ahead: int, below: float | Numbers, part: float = 1.0) -> Numbers:
        from kpikit.evaluation.forecast.counts import quantile

        return quantile(part * max(self.middle[ahead - 1], 0.0), math.sqrt(part) * self._spread(ahead), below)

    def _spread(self, ahead: int) -> float:
        own = self.sigma**2 * sum(weight**2 for weight in self.weights[:ahead])
        return max(math.sqrt(own + self.shared**2), 1e-300)


def forecast(history: History, ahead: int) -> Forecast:
    """The forecast of a history for ``ahead`` periods."""
    known = Forecast(len(history.values), history.season, history.filled, ends=history.ends)
    if len(history.values) < LEAST_POINTS:
        return replace(known, reason="too_short")
    if max(history.values) - min(history.values) <= 1e-12 * max(abs(each) for each in history.values):
        return replace(known, reason="constant")
    import numpy as np

    from kpikit.evaluation.forecast.models import MODELS, drifts, shows_season

    scale = scale_of(history.values, history.unit)
    there = np.array([scale.there(value) for value in history.values])
    season = history.season if shows_season(there, history.season) else 1
    trials, courses, failed = _contest(np.asarray(history.values), there, scale, season, ahead)
    lasting = drifts(there)
    best = _best([trials[key] for key in courses], repeats=lasting or season > 1)
    course = courses[best.model]
    widened = _widened(best.narrow, math.hypot(course.sigma, course.shared), float(there.std()))
    found = replace(
        known,
        season=season,
        model=best.model,
        scale=scale.key,
        middle=tuple(map(float, course.middle)),
        weights=tuple(map(float, course.weights)),
        sigma=course.sigma * widened,
        shared=course.shared * widened,
        error=best.error,
        naive_error=trials[MODELS[0].key].error,
        inside=best.inside,
        held=best.held,
        widened=widened,
        dropped=tuple(sorted(failed.items())),
    )
    if lasting:
        return found
    return _counts_on_a_level(found) if scale.key == COUNTS else _on_a_level(found, float(there.std()))


def _on_a_level(known: Forecast, usual: float) -> Forecast:
    """The forecast of a history that keeps to a level, with a standard deviation of ``usual``: no wider than that asks.

    Two values of it lie as far apart a year on as a month on, by the root of 2 times that; a repetition of the last one
    would have it wander off, twice as far in four periods. As much as the value to come may be off its level, the
    forecast may be, for all periods alike.
    """
    most, first = math.sqrt(2) * usual, known._spread(1)
    if known._spread(known.horizon) <= most:
        return known
    kept = min(1.0, most / first)
    each, weights = kept * first / math.sqrt(2), (1.0, *[0.0] * (known.horizon - 1))
    return replace(known, sigma=each, shared=each, weights=weights, widened=max(1.0, kept * known.widened))


def _counts_on_a_level(known: Forecast) -> Forecast:
    """The forecast of few counted things that keep to a level: each period is chance, and the level is not known.

    A level that is smoothed by ``a`` from values with a variance of v has itself one of v a / (2 - a), so that of the
    variance of the next value's error the part a / 2 is the level's, which all periods share, and the rest each
    period's own. Passed on from period to period instead, as in what wanders, it would widen a year's sum by a fifth.
    Source: R. G. Brown, "Smoothing, Forecasting and Prediction of Discrete Time Series" (1963), chapter 7.
    """
    part = min(max(known.weights[1], 0.0), 1.0) / 2 if known.horizon > 1 else 0.0
    if not part:
        return known
    each, level = known.sigma * math.sqrt(1 - part), known.sigma * math.sqrt(part)
    weights = (1.0, *[0.0] * (known.horizon - 1))
    return replace(known, sigma=each, shared=math.hypot(level, known.shared), weights=weights)


def _contest(
    values: Numbers, there: Numbers, scale: Scale, season: int, ahead: int
) -> tuple[dict[str, Trial], dict[str, Course], dict[str, str]]:
    """How each model did in the backtest, what it says of the time to come, and why those failed that failed."""
    from kpikit.evaluation.forecast.backtest import backtest, fitted
    from kpikit.evaluation.forecast.models import MODELS

    tried = {model.key: backtest(model, values, scale, season) for model in MODELS}
    trials = {key: each for key, each in tried.items() if not isinstance(each, str)}
    found = {model.key: fitted(model, there, season, ahead) for model in MODELS if model.key in trials}
    courses = {key: each for key, each in found.items() if not isinstance(each, str)}
    return trials, courses, {key: each for key, each in {**tried, **found}.items() if isinstance(each, str)}


def _best(trials: Sequence[Trial], repeats: bool) -> Trial:
    """The trial with the smallest error; that of plain repetition only where there is something to repeat.

    Where a history keeps to a level, its last value says little of the next one, and wins by chance: of 150 simulated
    histories of 30 values in 6.
    """
    from kpikit.evaluation.forecast.models import MODELS

    others = [trial for trial in trials if repeats or trial.model != MODELS[0].key]
    return min(others or trials, key=lambda trial: trial.error)


def _widened(narrow: float, spread: float, usual: float) -> float:
    """The factor for a spread that the backtest found too narrow: more than 2 only up to the spread of the history.

    A lasting step makes every forecast wrong that was made before it, and says little of what comes after it.
    """
    return min(narrow, max(2.0, usual / max(spread, 1e-300)))
