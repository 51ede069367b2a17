"""Real figures judged twice: by the kit, and by numpy, pandas and statsmodels from the files of the samples alone."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from statsmodels.tsa.forecasting.theta import ThetaModel

import kpikit
from kpikit.evaluation.benchmarks.funnel import funnel
from kpikit.evaluation.facts import Fact
from kpikit.evaluation.forecast.models import ets, shows_season, theta
from kpikit.workspace import Workspace
from kpikit.workspace.explore.narrow import evaluate_few, narrowed

WITHIN = "emergency.share_within_four_hours"
PARTS = ("numerator", "denominator")
COUNTRIES = {"germany": "Germany", "france": "France", "ireland": "EIRE", "belgium": "Belgium", "spain": "Spain"}
LARGE = ("RF4", "R1H", "RQM", "RJ1", "RR8")


@cache
def workspace(name: str) -> Workspace:
    return kpikit.open(kpikit.samples() / name)


@cache
def hospitals() -> pd.DataFrame:
    """Attendances and breaches of each organisation and month, all departments together."""
    rows = pd.read_csv(kpikit.samples() / "hospitals" / "sources" / "ae_attendances.csv.gz")
    return rows.groupby(["org_code", "period"])[["attendances", "breaches"]].sum()


@cache
def months_of(country: str) -> pd.Series:
    """The value of a country's orders, by month, of those in the file as a whole."""
    rows = pd.read_csv(kpikit.samples() / "shop" / "sources" / "invoices_derived.csv.gz", parse_dates=["invoice_date"])
    orders = rows[~rows.is_cancellation & (rows.value_gbp > 0) & ~rows.invoice.astype(str).str.startswith("A")]
    own = orders[orders.country == country]
    return own.groupby(own.invoice_date.dt.to_period("M")).value_gbp.sum()[:"2011-11"]  # type: ignore[misc]


def fact_of(name: str, client: str, indicator: str, period: str, profile: str) -> Fact:
    """The one fact of a client, whose limits are those of a school."""
    own = workspace(name)
    return evaluate_few(own, narrowed(own, client, [indicator], period, profile=profile)).facts[0]


def levels(facts: Iterable[Fact], kind: str) -> list[Fact]:
    """Those with this kind of chart whose limits follow nothing."""
    return [fact for fact in facts if fact.series.chart.kind == kind and not fact.series.chart.follows]


def test_xmr_limits_of_real_months() -> None:
    """Wheeler: the mean -/+ 2.66 times the mean moving range; of hospitals whose sizes keep, and of the shop."""
    facts = [fact_of("hospitals", code, WITHIN, "2019-03", "wheeler") for code in LARGE]
    for fact, code in zip(facts, LARGE, strict=True):
        rows = hospitals().loc[code]
        shares = (1 - rows.breaches / rows.attendances).to_numpy()
        assert [point.value.value for point in fact.series.points] == pytest.approx(shares)
    facts += [fact_of("shop", key, "sales.revenue", "2011-11", "wheeler") for key in COUNTRIES]
    for fact, country in zip(facts[len(LARGE) :], COUNTRIES.values(), strict=True):
        assert [point.value.value for point in fact.series.points] == pytest.approx(months_of(country).to_numpy())
    kept = levels(facts, "xmr")
    assert len(kept) >= 5
    for fact in kept:
        values = np.array([point.value.value for point in fact.series.points])
        reach = 2.66 * np.abs(np.diff(values)).mean()
        limits = fact.series.limits
        assert limits is not None
        assert (limits.lower, limits.centre, limits.upper) == pytest.approx(
            (values.mean() - reach, values.mean(), values.mean() + reach)
        )
        outside = [point.signal == "outside" for point in fact.series.points]
        assert outside == (np.abs(values - values.mean()) > reach).tolist()


def test_laneys_limits_of_real_shares() -> None:
    """Laney (2002): z-scores of each month by its own size; their moving range / 1.128 widens the binomial limits."""
    rows = hospitals()[hospitals().breaches > 0]
    codes = rows.groupby("org_code").attendances.agg(["size", "mean", "std"])
    uneven = codes[(codes["size"] == 36) & (codes["std"] > 0.2 * codes["mean"])].index
    kept = levels((fact_of("hospitals", code, WITHIN, "2019-03", "anhoej") for code in uneven), "p")
    assert len(kept) >= 3
    for fact in kept:
        tops, sizes = (np.array([getattr(point.value, name) for point in fact.series.points]) for name in PARTS)
        centre = tops.sum() / sizes.sum()
        step = np.sqrt(centre * (1 - centre) / sizes)
        widened = np.abs(np.diff((tops / sizes - centre) / step)).mean() / 1.128
        assert [point.upper for point in fact.series.points] == pytest.approx(centre + 3 * step * widened)
        assert [point.lower for point in fact.series.points] == pytest.approx(centre - 3 * step * widened)


def test_the_funnel_of_all_hospitals() -> None:
    """Spiegelhalter (2005), with the outer tenths pulled in: March 2019, by numpy."""
    rows = hospitals().xs("2019-03-01", level="period")
    n, within = rows.attendances.to_numpy(float), (rows.attendances - rows.breaches).to_numpy(float)
    found = funnel(
        {code: (part, whole) for code, part, whole in zip(rows.index, within.tolist(), n.tolist(), strict=True)}
    )
    scores = 2 * np.sqrt(n) * (np.arcsin(np.sqrt(within / n)) - np.arcsin(np.sqrt(within.sum() / n.sum())))
    ends = np.quantile(scores, [0.1, 0.9], method="nearest")
    phi, weights = (np.clip(scores, *ends) ** 2).mean(), 4 * n
    tau = (len(n) * phi - (len(n) - 1)) / (weights.sum() - (weights**2).sum() / weights.sum())
    assert found is not None and len(found.places) > 200
    assert (found.dispersion, found.spread**2) == pytest.approx((phi, tau), rel=0.01)
    reach = norm.isf(0.001) * np.sqrt(found.spread**2 + 1 / weights)
    middle = np.arcsin(np.sqrt(within.sum() / n.sum()))
    outside = np.sign(scores) * (np.abs(scores) / np.sqrt(weights) > reach)
    inside = (middle + reach < np.pi / 2) & (middle - reach > 0)
    assert [place.outside for place in found.places] == pytest.approx(np.where(inside | (outside < 0), outside, 0))


@pytest.mark.parametrize("code", LARGE)
def test_forecasts_of_real_attendances(code: str) -> None:
    """ThetaModel, and the state space form of exponential smoothing by maximum likelihood, fitted by statsmodels."""
    history = np.log(hospitals().loc[code].attendances.to_numpy(float))
    season = 12 if shows_season(history, 12) else 1
    other = ThetaModel(history, period=season, deseasonalize=season > 1, use_test=False, method="additive").fit()
    assert theta(history, 12, 6).middle == pytest.approx(np.asarray(other.forecast(6, theta=2)), abs=0.02)
    shapes = [{}, {"trend": "add", "damped_trend": True}, {"seasonal": "add", "seasonal_periods": 12}]
    fits = [ETSModel(pd.Series(history), **shape).fit(disp=False) for shape in shapes]  # type: ignore[arg-type]
    nearest = min(np.abs(ets(history, 12, 6).middle - np.asarray(each.forecast(6))).max() for each in fits)
    assert nearest < 0.05


def test_the_parts_of_a_real_change() -> None:
    """Kitagawa's rate and mix effects of the department types, March 2019 against March 2018, by pandas."""
    rows = pd.read_csv(kpikit.samples() / "hospitals" / "sources" / "ae_attendances.csv.gz")
    checked = 0
    for code in LARGE:
        own = rows[rows.org_code == code].set_index(["period", "type"])
        then, now = (own.loc[f"{year}-03-01"] for year in (2018, 2019))
        rate = [1 - each.breaches / each.attendances for each in (then, now)]
        weight = [each.attendances / each.attendances.sum() for each in (then, now)]
        total = [(a * b).sum() for a, b in zip(rate, weight, strict=True)]
        within = (weight[0] + weight[1]) / 2 * (rate[1] - rate[0])
        between = (weight[1] - weight[0]) * ((rate[0] + rate[1]) / 2 - sum(total) / 2)
        scope = narrowed(workspace("hospitals"), code, [WITHIN], "2019-03")
        (found,) = [
            one
            for fact in evaluate_few(workspace("hospitals"), scope).facts
            for one in fact.drivers
            if one.method == "rate_and_mix" and one.against == "same_period_last_year"
        ]
        told = {(each.name, each.effect): each.value for each in found.drivers if each.effect in ("rate", "mix")}
        expected = {(name, "rate"): value for name, value in within.items()}
        expected |= {(name, "mix"): value for name, value in between.items()}
        assert told == pytest.approx(expected)
        assert sum(told.values()) == pytest.approx(total[1] - total[0])
        checked += len(told)
    assert checked >= 10
