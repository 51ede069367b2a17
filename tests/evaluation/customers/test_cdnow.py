"""The CDNOW customers (see CDNOW.md): what the authors of the models published, and what another program makes of them.

The other program is Lifetimes 0.11.3: what it printed for the same data stands here as numbers. R's CLVTools has the
published parameters in its tests as well, with a log-likelihood of -9582.429 for BG/NBD.
"""

from __future__ import annotations

import csv
import gzip
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from kpikit.evaluation.customers import bg_nbd, gamma_gamma
from kpikit.evaluation.customers.bg_nbd import Purchases
from kpikit.evaluation.customers.gamma_gamma import Spends
from kpikit.evaluation.customers.likelihood import Array, Estimate
from tests.evaluation.customers.simulated import CDNOW, CDNOW_SPEND

FILE = Path(__file__).parent / "cdnow.csv.gz"
WEEKS = 38.86
"""How long the first customers of the list have been customers."""


@cache
def columns() -> dict[str, Array]:
    with gzip.open(FILE, "rt", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    return {name: np.array([float(row[name]) for row in rows]) for name in rows[0]}


@cache
def purchases() -> Estimate:
    x, t_x, age = (columns()[name] for name in ("x", "t_x", "T"))
    return bg_nbd.fit(Purchases(x, t_x, age, np.ones(len(x))))


@cache
def spend() -> Estimate:
    again = columns()["x"] > 0
    return gamma_gamma.fit(Spends(columns()["x"][again], columns()["zbar"][again], np.ones(int(again.sum()))))


def histories(*rows: tuple[float, float]) -> Purchases:
    repeats, recency = np.array(rows).T
    return Purchases(repeats, recency, np.full(len(rows), WEEKS), np.ones(len(rows)))


def test_the_purchases_are_fitted_as_published() -> None:
    """r, alpha, a, b and the log-likelihood: Fader, Hardie and Lee (2005), table 2."""
    found = purchases()
    assert (found.customers, found.reason) == (2357, None)
    assert found.parameters == pytest.approx(CDNOW, abs=5e-4)
    assert found.log_likelihood == pytest.approx(-9582.4, abs=0.05)


def test_the_spend_is_fitted_as_published() -> None:
    """p, q, gamma of the 946 who bought again: Fader and Hardie (2013), section 3.

    Gamma is not told to its last digit: the averages in the file are rounded to cents.
    """
    found = spend()
    assert (found.customers, found.reason) == (946, None)
    assert found.parameters[:2] == pytest.approx(CDNOW_SPEND[:2], abs=5e-3)
    assert found.parameters[2] == pytest.approx(CDNOW_SPEND[2], abs=0.01)
    assert found.log_likelihood == pytest.approx(-4055.92, abs=0.01)  # CLVTools: -4055.9177


@pytest.mark.parametrize(
    ("found", "errors"),
    [(purchases, (0.012557, 0.378221, 0.185719, 0.705346)), (spend, (1.189687, 0.290166, 4.159994))],
    ids=["purchases", "spend"],
)
def test_the_standard_errors_are_those_of_another_program(found: object, errors: tuple[float, ...]) -> None:
    assert callable(found)
    assert found().errors == pytest.approx(errors, rel=1e-3)


def test_single_customers_are_expected_to_do_what_was_published() -> None:
    """1.226 purchases of the first customer in 39 weeks: "Implementing the BG/NBD Model in Excel" (2005), figure 3.

    The other customers, and the probabilities of being active, are Lifetimes'.
    """
    bought = histories((2, 30.43), (1, 1.71), (0, 0), (7, 29.43), (1, 5.00), (2, 35.71))
    assert bg_nbd.expected(CDNOW, bought, 39)[0] == pytest.approx(1.226, abs=5e-4)
    own = purchases().parameters
    expected = (1.22591, 0.20325, 0.19478, 3.33724, 0.30160, 1.32410)
    assert bg_nbd.expected(own, bought, 39) == pytest.approx(expected, rel=2e-4)
    alive = (0.72661, 0.21223, 1, 0.64180, 0.31492, 0.78481)
    assert bg_nbd.alive(own, bought) == pytest.approx(alive, rel=2e-4)


def test_single_customers_are_expected_to_spend_what_another_program_expects() -> None:
    """Dollars for each purchase, of customers with so many repeat purchases of such an average."""
    repeats, averages = np.array([2.0, 1, 0, 7, 2]), np.array([22.35, 11.77, np.nan, 73.74, 25.55])
    expected = (24.658616, 18.911480, 35.171002, 71.462851, 27.282408)
    assert gamma_gamma.expected(spend().parameters, repeats, averages) == pytest.approx(expected, rel=1e-6)


def test_the_mean_over_all_customers() -> None:
    """Lifetimes' 35.17 dollars, near the plain average of the file: 35.08."""
    assert gamma_gamma.mean(spend().parameters) == pytest.approx(35.171002, rel=1e-6)
    again = columns()["x"] > 0
    assert columns()["zbar"][again].mean() == pytest.approx(35.0786, abs=1e-4)
    assert gamma_gamma.mean((6.25, 1.0, 15.44)) is None and gamma_gamma.mean((6.25, 0.8, 15.44)) is None
