"""Experiments whose units are counted, and what is judged of them."""

from __future__ import annotations

from datetime import date

from kpikit.evaluation.experiments.judge import Outcome, judge
from kpikit.indicators.catalogue import CATALOGUE
from kpikit.metrics.moments import Moments, Sample
from kpikit.plans.experiments import Experiment
from tests.workspaces import window

SHARE, SUM, RATIO = "web.conversion_rate", "sales.orders", "sales.average_order_value"
TEN_DAYS = window("2026-03-01", "2026-03-10")


def counted(successes: int, units: int) -> Moments:
    """Units of which some have a conversion."""
    rate = successes / units
    spread = rate * (1 - rate) * units / (units - 1)
    pairs = {("conversions", "conversions"): spread, ("conversions", "visitors"): 0.0, ("visitors", "visitors"): 0.0}
    return Moments(units, {"conversions": rate, "visitors": 1.0}, pairs)


def experiment(*kpis: str, effect: float | None = None, **variants: float) -> Experiment:
    shares = variants or {"old": 0.5, "new": 0.5}
    return Experiment("test", "Test", "a", "s", "unit", "variant", next(iter(shares)), shares, TEN_DAYS, kpis, effect)


def outcome(each: Experiment, until: date = TEN_DAYS.last_day, **variants: Moments) -> Outcome:
    return judge(each, Sample(until, variants, 0, 0), CATALOGUE)
