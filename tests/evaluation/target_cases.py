"""A KPI in a plan and what is asked of it: cases for the tests of targets, without a workspace."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from kpikit.evaluation.facts import Signal, Target
from kpikit.evaluation.targets.targets import Question, judge
from kpikit.evaluation.values import Reader
from kpikit.indicators.catalogue import find
from kpikit.metrics.declarations import Metric
from kpikit.metrics.requests import Measurement, Measurements
from kpikit.plans.aim import parse_change, parse_value
from kpikit.plans.plan import Baseline, Kpi, TargetPlan
from kpikit.words.periods import Calendar, Window
from kpikit.words.units import COUNT
from tests.workspaces import window

HIGHER, LOWER, SHARE, GROWTH = "sales.orders", "sales.cancellations", "sales.cancellation_rate", "sales.revenue_growth"
REPEAT = "customers.repeat_purchase_rate"
CALENDAR = Calendar(fiscal_first_month=4)
DECADES = window("2000-01-01", "2029-12-31")
CALM = Signal(None, None, None, None)
Numbers = Callable[[Window], float | None]


@dataclass(frozen=True)
class Case:
    """A KPI in a plan, and what is asked of it."""

    kind: str
    aim: str
    by: str | None = None
    period: str = "2024-01"
    baseline: str | float | None = None
    indicator: str = HIGHER
    as_of: str = "2025-12-31"
    cadence: str = "month"
    plan_from: str = "2024-01-01"
    missing: tuple[str, ...] = field(default=())  # periods or windows that are covered in part alone

    @property
    def question(self) -> Question:
        unit = find(self.indicator).unit
        parse = parse_change if self.aim[0] in "+-" else parse_value
        given = self.baseline
        baseline = None
        if given is not None:
            baseline = Baseline(CALENDAR.parse(given), None) if isinstance(given, str) else Baseline(None, given)
        target = TargetPlan(self.kind, parse(self.aim, unit), CALENDAR.parse(self.by) if self.by else None)
        kpi = Kpi("goal", self.indicator, None, baseline, target, self.cadence)
        period, as_of = CALENDAR.parse(self.period), date.fromisoformat(self.as_of)
        return Question(kpi, date.fromisoformat(self.plan_from), period, as_of, CALENDAR)

    def judged(self, numbers: Numbers, signal: Signal = CALM) -> tuple[Target, str, str | None]:
        """The verdict, from measurements of the period and of what the question asks for, and of nothing else.

        The numbers are values of the indicator; a share is measured as so many cancellations of 1,000 orders.
        """
        question, indicator = self.question, find(self.indicator)
        windows = {question.period.window, *question.windows()}
        rows = [row for where in windows for row in self._rows(where, numbers(where))]
        aggregates = {name: "unique" if "customers" in name else "sum" for name in indicator.metrics}
        metrics = {
            name: Metric(name, "sales", aggregate, "column", (), COUNT, None, ())
            for name, aggregate in aggregates.items()
        }
        reader = Reader("a", Measurements(rows), metrics, {}, dict.fromkeys(indicator.metrics, DECADES))
        return judge(question, indicator, reader, reader.value(indicator, question.judged.window), signal)

    def _rows(self, where: Window, number: float | None) -> list[Measurement]:
        covered = where.days - 1 if str(where) in self.missing else where.days
        values = dict.fromkeys(find(self.indicator).metrics, number)
        if self.indicator == SHARE:
            values = {"cancellations": None if number is None else number * 1000, "orders": 1000}
        return [Measurement("a", name, "", where, value, None, covered, where.days) for name, value in values.items()]


def always(number: float | None) -> Numbers:
    return lambda where: number


def daily(numbers: Mapping[int, float]) -> Numbers:
    """So much on each day of a year."""
    return lambda where: where.days * numbers[where.start.year]
