"""The rolling backtest: each model forecasts the recent past from what came before, and is held against what came.

Up to six origins lie evenly in the newer part of the history; from each, up to six periods are forecast. The error of
a model is its mean absolute error, scaled as MASE: by the mean absolute error of the seasonal naive forecast one
period (or season) ahead, over the history. Source: Hyndman and Koehler, "Another look at measures of forecast accuracy"
(2006). Few counted things are held by the root of the mean squared errors, scaled alike (RMSSE), as in the M5
competition: the absolute error would choose the median, which is 0 for what is rare.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kpikit.evaluation.forecast.models import Course, Model, Numbers
from kpikit.evaluation.forecast.scales import COUNTS, Scale

ORIGINS, AHEAD = 6, 6
LEAST_TRAINING = 10
Z80 = 1.2815515655446004
"""Of a normal distribution, 80 % lie within so many standard deviations."""


@dataclass(frozen=True)
class Trial:
    """How a model did: its ``error`` (MASE or RMSSE), how many of ``held`` values lay ``inside`` its 80 % interval, and
    by what factor its spread was too narrow (1: it was not)."""

    model: str
    error: float
    inside: int
    held: int
    narrow: float


def backtest(model: Model, values: Numbers, scale: Scale, season: int) -> Trial | str:
    """The trial of a model on a history in its own unit; a text says why it failed."""
    there = np.array([scale.there(value) for value in values])
    errors: list[float] = []
    strayed: list[float] = []
    for origin in origins(len(values), season):
        ahead = min(AHEAD, len(values) - origin)
        course = fitted(model, there[:origin], season, ahead)
        if isinstance(course, str):
            return course
        spread = np.maximum(course.spread, 1e-12)
        strayed += list((there[origin : origin + ahead] - course.middle) / spread)
        middle = np.array([scale.back(each) for each in course.middle])
        errors += list(values[origin : origin + ahead] - middle)
    inside = sum(bool(abs(each) <= Z80) for each in strayed)
    error = _size(np.array(errors), scale) / naive_error(values, season, scale)
    return Trial(model.key, error, inside, len(strayed), _narrow(np.abs(strayed)))


def _narrow(strayed: Numbers) -> float:
    """By what factor the spread was too narrow, from the errors in multiples of it.

    A single odd period must not widen all that is to come: the factor is at most 2, or what 80 % of the errors need.
    """
    needed = float(np.quantile(strayed, 0.8)) / Z80
    return max(1.0, min(math.sqrt(float(np.mean(np.square(strayed)))), max(2.0, needed)))


def fitted(model: Model, values: Numbers, season: int, horizon: int) -> Course | str:
    """What a model says, or why it says nothing. Whatever a library raises or warns of stays here."""
    season = season if len(values) > season else 1
    try:
        import statsmodels.tools.sm_exceptions  # noqa: F401 (its import turns warnings on, so it comes first)

        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            course = model.fit(values, season, horizon)
    except Exception as error:  # a model is a guest: its errors are of any kind, and drop it alone
        return f"{type(error).__name__}: {error}"
    if not (np.isfinite(course.middle).all() and np.isfinite(course.weights).all() and math.isfinite(course.sigma)):
        return "no finite forecast"
    return course


def origins(length: int, season: int) -> list[int]:
    """How many points come before each origin: evenly over the newer half, the last origin one period before the end.

    Where it can be, two seasons come before the first, so that a season can be told there too.

    >>> origins(36, 12), origins(24, 1)
    ([24, 26, 28, 31, 33, 35], [12, 14, 16, 19, 21, 23])
    """
    first = max(LEAST_TRAINING, length // 2, min(2 * season, length - AHEAD))
    return sorted({round(each) for each in np.linspace(first, length - 1, ORIGINS)})


def naive_error(values: Sequence[float] | Numbers, season: int, scale: Scale) -> float:
    """The error of the seasonal naive forecast over a history; a tiny number for a constant one."""
    numbers = np.asarray(values, dtype=float)
    return max(_size(numbers[season:] - numbers[:-season], scale), 1e-300)


def _size(errors: Numbers, scale: Scale) -> float:
    squared = scale.key == COUNTS
    return math.sqrt(float(np.mean(errors**2))) if squared else float(np.mean(np.abs(errors)))
