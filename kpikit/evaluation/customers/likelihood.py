"""Maximum likelihood for parameters that are all above 0, with standard errors, or the reason why there are none.

The search runs over the logarithms of the parameters by BFGS with the exact gradient, on the mean log-likelihood of a
customer, so that it behaves alike for a hundred customers and a hundred thousand; where it fails from one point it
begins at the next. What it ends at counts as the maximum only where the gradient is zero, no parameter has run off to
0 or infinity, and the curvature is that of a peak. The standard errors come from that curvature (the observed
information).

Looked at and not used: ``lifetimes`` (archived, last release 2020), ``btyd`` (its successor, abandoned as a beta in
2022), ``pymc-marketing`` (maintained; samples posteriors with PyMC, a large dependency, in minutes instead of seconds).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Likelihood = Callable[[Array], tuple[float, Array]]
"""Parameters -> the log-likelihood of all customers, and its derivative by each parameter."""

FLAT = 1e-5
"""The largest slope of the mean log-likelihood, by the logarithm of a parameter, that counts as the top of a hill."""

FURTHEST = 8.0
"""A logarithm beyond this has run off: e^8 is almost 3,000, where neighbouring values describe the same customers."""


@dataclass(frozen=True)
class Estimate:
    """What a fit found. ``reason`` says why there are no numbers: too_few, not_converged, at_boundary; else None.

    ``customers`` are those that it is from; None is not told. ``errors`` are the standard errors of the ``parameters``,
    ``covariance`` that of their logarithms.
    """

    customers: int | None
    reason: str | None = None
    parameters: tuple[float, ...] = ()
    errors: tuple[float, ...] = ()
    covariance: tuple[tuple[float, ...], ...] = ()
    log_likelihood: float | None = None


def maximise(likelihood: Likelihood, starts: Sequence[Sequence[float]], customers: int) -> Estimate:
    """The parameters with the largest likelihood of these customers; ``starts`` are points to begin at, in turn."""
    from scipy.optimize import minimize

    def falling(logs: Array) -> tuple[float, Array]:
        parameters = np.exp(np.clip(logs, -FURTHEST - 3, FURTHEST + 3))
        value, slope = likelihood(parameters)
        return -value / customers, -slope * parameters / customers

    found, options = Estimate(customers, "not_converged"), {"gtol": FLAT / 10, "maxiter": 500}
    with np.errstate(all="ignore"):
        for start in starts:
            ended = minimize(falling, np.log(start), jac=True, method="BFGS", options=options)
            found = _checked(falling, np.asarray(ended.x, float), customers)
            if found.reason is None:
                break
    return found


def _checked(falling: Callable[[Array], tuple[float, Array]], logs: Array, customers: int) -> Estimate:
    value, slope = falling(logs)
    if not np.isfinite(value):
        return Estimate(customers, "not_converged")
    if np.any(np.abs(logs) > FURTHEST):
        return Estimate(customers, "at_boundary")
    if not np.all(np.abs(slope) < FLAT):
        return Estimate(customers, "not_converged")
    information = customers * curvature(lambda at: falling(at)[1], logs)
    if not np.all(np.isfinite(information)) or np.linalg.eigvalsh(information)[0] <= 1e-9 * customers:
        return Estimate(customers, "at_boundary")  # flat in some direction: the data do not tell the parameters apart
    covariance, parameters = np.linalg.inv(information), np.exp(logs)
    return Estimate(
        customers,
        None,
        tuple(map(float, parameters)),
        tuple(map(float, parameters * np.sqrt(np.diag(covariance)))),
        tuple(tuple(map(float, row)) for row in covariance),
        float(-value * customers),
    )


def curvature(slope: Callable[[Array], Array], at: Array, step: float = 1e-4) -> Array:
    """The matrix of second derivatives, from differences of the exact first ones on both sides."""
    sides = [(slope(at + step * unit) - slope(at - step * unit)) / (2 * step) for unit in np.eye(len(at))]
    found = np.array(sides)
    return np.asarray((found + found.T) / 2)


def error_of(value: Callable[[Array], float], estimate: Estimate, step: float = 1e-4) -> float:
    """The standard error of a number that is made of the parameters, by the delta method."""
    logs, covariance = np.log(estimate.parameters), np.array(estimate.covariance)
    sides = ((value(np.exp(logs + step * unit)), value(np.exp(logs - step * unit))) for unit in np.eye(len(logs)))
    rises = np.array([(higher - lower) / (2 * step) for higher, lower in sides])
    return float(np.sqrt(rises @ covariance @ rises))
