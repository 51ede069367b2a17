"""The verdict on an experiment: each variant against the control, KPI by KPI, as facts.

- Welch's t-test and interval on the estimates; probabilities are adjusted for the number of comparisons (Holm). Both
  are those of statsmodels.
- Sizes that do not fit the planned shares (chi-squared, p < 0.001) say that units were lost or counted wrongly: then
  nothing is judged.
- Before the last day nothing is judged either: who looks daily and stops at the first difference finds one by chance.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kpikit.evaluation.experiments.estimate import Estimate, estimate
from kpikit.evaluation.experiments.size import SIGNIFICANCE, deviation_at, units_needed
from kpikit.indicators.catalogue import Indicators
from kpikit.indicators.framework import Indicator
from kpikit.metrics.moments import Sample
from kpikit.plans.experiments import Experiment
from kpikit.words.record import Record
from kpikit.words.texts import N_
from kpikit.words.units import SHARE

CONFIDENCE = 0.95
MISMATCH = 0.001
LEAST_UNITS = 30
"""So many units each variant needs before anything is judged."""
LEAST_EVENTS = 5
"""So many units must be expected to do what a share counts, and as many not to, in the smaller of both variants."""

VERDICTS = {
    "better": N_("better"),
    "worse": N_("worse"),
    "different": N_("different"),
    "no_difference": N_("no difference seen"),
    "not_enough": N_("not enough data"),
    "running": N_("still running"),
    "mismatch": N_("not to be trusted"),
}
"""What a comparison says: code -> text."""


@dataclass(frozen=True, repr=False)
class Comparison(Record):
    """One variant against the control in one KPI. ``difference`` is in the KPI's unit, with its 95 % interval.

    ``probability`` is that of a difference at least as large where there is none, ``adjusted`` the same for all
    comparisons of the experiment together. ``needed`` are the units that the variant needs to show the smallest effect
    that matters in four cases of five, at what these comparisons leave of the significance (Bonferroni) and at the
    deviations of both, of a share at the one that it would then have; None where nobody said how small that is.
    """

    kpi: str
    variant: str
    control: Estimate
    treated: Estimate
    difference: float
    lower: float
    upper: float
    probability: float
    adjusted: float
    needed: int | None
    verdict: str

    @property
    def relative(self) -> float | None:
        """The difference as a share of the control's value; None where that is not above zero."""
        return self.difference / self.control.value if self.control.value > 0 else None


@dataclass(frozen=True, repr=False)
class Outcome(Record):
    """What an experiment has shown. ``shares_fit`` is the probability of such sizes under the planned shares.

    ``days_left``: until the planned end, or until the units that the first KPI needs will be there, whichever is later;
    None of typed counts, whose days nobody knows.
    """

    experiment: Experiment
    sample: Sample
    comparisons: tuple[Comparison, ...]
    shares_fit: float | None
    days_left: int | None


def judge(experiment: Experiment, sample: Sample, indicators: Indicators) -> Outcome:
    """Hold each variant against the control, in each KPI."""
    fit = shares_fit(experiment.variants, {name: each.units for name, each in sample.variants.items()})
    found = _compared(experiment, sample, indicators)
    adjusted = holm([each.probability for each in found])
    found = [replace(each, adjusted=p) for each, p in zip(found, adjusted, strict=True)]
    over = sample.until >= experiment.window.last_day
    judged = [replace(each, verdict=_verdict(each, fit, over, indicators)) for each in found]
    left = None if experiment.typed else _days_left(experiment, sample, judged)
    return Outcome(experiment, sample, tuple(judged), fit, left)


def _compared(experiment: Experiment, sample: Sample, indicators: Indicators) -> list[Comparison]:
    control = sample.variants.get(experiment.control)
    found = []
    for kpi in experiment.kpis if control else ():
        base = estimate(indicators[kpi], control) if control else None
        for variant in experiment.variants:
            own = sample.variants.get(variant) if variant != experiment.control else None
            treated = estimate(indicators[kpi], own) if own else None
            if base and treated:
                found.append(_comparison(experiment, indicators[kpi], variant, base, treated))
    return found


def _comparison(
    experiment: Experiment, kpi: Indicator, variant: str, control: Estimate, treated: Estimate
) -> Comparison:
    needed, effect = None, experiment.smallest_effect
    if effect is not None and control.value > 0 and control.deviation > 0:
        share, each = experiment.variants[variant] / experiment.variants[experiment.control], experiment.comparisons
        needed = units_needed(control.value * effect, control.deviation, share, significance=SIGNIFICANCE / each,
                              treated=_deviation_with(effect, kpi, control, treated))  # fmt: skip
    difference = treated.value - control.value
    low, high, probability = _welch(control, treated)
    return Comparison(kpi.id, variant, control, treated, difference, low, high, probability, probability, needed, "")


def _deviation_with(effect: float, kpi: Indicator, control: Estimate, treated: Estimate) -> float:
    """The deviation of a variant with that relative effect: of a share as it would be, of all else as it was seen."""
    share = control.value * (1 + effect * (-1 if kpi.better.sign < 0 else 1))
    if kpi.unit == SHARE and control.value < 1 and 0 <= share <= 1:
        return deviation_at(share, control.deviation, control.value)
    return treated.deviation


def _welch(control: Estimate, treated: Estimate) -> tuple[float, float, float]:
    """The ends of the interval of the difference, and the probability of one at least as large where there is none."""
    difference = treated.value - control.value
    if control.deviation == treated.deviation == 0:
        return difference, difference, 1.0 if difference == 0 else 0.0
    from statsmodels.stats.weightstats import CompareMeans

    pair = CompareMeans(_units_like(treated, difference), _units_like(control, 0.0))
    low, high = pair.tconfint_diff(1 - CONFIDENCE, usevar="unequal")
    return float(low), float(high), float(pair.ttest_ind(usevar="unequal")[1])


def _units_like(each: Estimate, centre: float) -> Any:
    """As many units of the same deviation around a centre, half of them on each side of it: all that Welch asks for."""
    from statsmodels.stats.weightstats import DescrStatsW

    away = each.deviation * math.sqrt((each.units - 1) / each.units)
    return DescrStatsW([centre - away, centre + away], weights=[each.units / 2] * 2)


def _verdict(each: Comparison, fit: float | None, over: bool, indicators: Indicators) -> str:
    if fit is not None and fit < MISMATCH:
        return "mismatch"
    fewest = min(each.control.units, each.treated.units)
    if not over:
        return "running"
    unvaried = 0 in (each.control.error, each.treated.error)  # as without a single conversion
    if fewest < LEAST_UNITS or unvaried or (indicators[each.kpi].unit == SHARE and _is_rare(each)):
        return "not_enough"
    if each.adjusted < 1 - CONFIDENCE:
        way = indicators[each.kpi].better.sign * each.difference
        return "better" if way > 0 else "worse" if way < 0 else "different"
    return "not_enough" if each.needed is not None and each.treated.units < each.needed else "no_difference"


def _is_rare(each: Comparison) -> bool:
    """Too rare in both variants together for a normal interval: then a small one without any looks worse by chance."""
    units = each.control.units, each.treated.units
    pooled = (each.control.value * units[0] + each.treated.value * units[1]) / sum(units)
    return min(pooled, 1 - pooled) * min(units) < LEAST_EVENTS


def _days_left(experiment: Experiment, sample: Sample, found: Sequence[Comparison]) -> int:
    """By the first KPI, which decides; a variant that is decided in it needs no more days for the others."""
    planned = max((experiment.window.last_day - sample.until).days, 0)
    return max([planned, *(days_more(experiment, sample, each) for each in found if each.kpi == experiment.kpis[0])])


def days_more(experiment: Experiment, sample: Sample, one: Comparison) -> int:
    """So many days until the units are there that an undecided comparison needs, as they come; 0 where none are."""
    if one.verdict not in ("running", "not_enough") or one.needed is None or one.needed <= one.treated.units:
        return 0
    passed = (sample.until - experiment.window.start).days + 1
    return math.ceil((one.needed - one.treated.units) * passed / one.treated.units)


def shares_fit(planned: Mapping[str, float], units: Mapping[str, int]) -> float | None:
    """The probability of sizes at least as far from the planned shares; None without units."""
    from scipy.stats import chisquare

    total = sum(units.values())
    if not total:
        return None
    sizes = [units.get(name, 0) for name in planned]
    return float(chisquare(sizes, [share * total for share in planned.values()]).pvalue)


def holm(probabilities: Sequence[float]) -> list[float]:
    """The probabilities, adjusted for their number by Holm's method."""
    if len(probabilities) < 2:
        return list(probabilities)
    from statsmodels.stats.multitest import multipletests

    return [float(each) for each in multipletests(probabilities, method="holm")[1]]
