"""A client's history in monthly figures, evaluated under a plan: for tests that need numbers, and no rows of files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kpikit.evaluation.evaluate import evaluate, requests
from kpikit.evaluation.facts import Evaluation, Fact
from kpikit.evaluation.scope import Scope
from kpikit.indicators.catalogue import find
from kpikit.metrics.declarations import Metric
from kpikit.metrics.requests import Measurement, Measurements
from kpikit.plans.plan import Plan
from kpikit.plans.read import read_plans
from kpikit.words.language import Language
from kpikit.words.periods import Calendar, Window
from kpikit.words.units import COUNT

CALENDAR = Calendar()


def save(plans: Path, **files: str) -> None:
    """Write plan files; ``a_1`` is version 1 of client a."""
    for name, text in files.items():
        client, _, version = name.rpartition("_")
        (plans / client).mkdir(parents=True, exist_ok=True)
        (plans / client / f"{version}.yml").write_text(text, encoding="utf-8")


def label(fact: Fact, language: str = "en") -> str:
    """An indicator's label, as the pages call it."""
    return Language(language)(find(fact.indicator).label)


@dataclass(frozen=True)
class History:
    """By metric one figure for each month from ``begins`` on, None where a month is missing; all add up over months."""

    figures: Mapping[str, Sequence[float | None]]
    begins: str = "2023-01"
    calendar: Calendar = CALENDAR

    @property
    def covers(self) -> Window:
        """The months for which there are figures."""
        first, length = CALENDAR.parse(self.begins), max(len(each) for each in self.figures.values())
        return Window(first.start, CALENDAR.shift(first, length).start)

    def evaluate(self, plan: Plan | None, period: str | None = None) -> Evaluation:
        """The evaluation of a period (default: the last month), seen from the last day."""
        as_of = self.covers.last_day
        metrics = {name: Metric(name, "source", "sum", name, (), COUNT, None, ()) for name in self.figures}
        found = self.calendar.parse(period) if period else CALENDAR.period_of("month", as_of)
        scope = Scope("a", self.calendar, found, as_of, plan, (), metrics, {}, dict.fromkeys(metrics, self.covers))
        rows = [row for each in requests(scope) for window in each.windows for row in self._rows(each.metric, window)]
        return evaluate(scope, Measurements(rows))

    def under(self, folder: Path, text: str, period: str | None = None) -> tuple[Plan, Evaluation]:
        """The plan of a text, read from its file, and the evaluation under it."""
        save(folder, a_1=text)
        (plan,) = read_plans(folder, "a", self.calendar)
        return plan, self.evaluate(plan, period)

    def _rows(self, metric: str, window: Window) -> Iterator[Measurement]:
        months = [month.window for month in CALENDAR.within("month", window)]
        known = [self._figure(metric, month) for month in months]
        there = [figure for figure in known if figure is not None]
        yield Measurement("a", metric, "", window, sum(there) if there else None, None, len(there), len(months))

    def _figure(self, metric: str, month: Window) -> float | None:
        covered = self.covers.overlap(month)
        if covered is None:
            return None
        return self.figures[metric][len(CALENDAR.within("month", Window(self.covers.start, month.end))) - 1]


def monthly(*pattern: float, months: int) -> list[float | None]:
    """A pattern, repeated over so many months."""
    return [pattern[month % len(pattern)] for month in range(months)]
