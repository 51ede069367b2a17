"""How ambitious may a target be? Values that could be set as one, and how likely each is on the present course."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from kpikit.evaluation.facts import Fact, Target
from kpikit.evaluation.forecast.forecast import Forecast
from kpikit.evaluation.forecast.history import History
from kpikit.evaluation.forecast.kept import Kept
from kpikit.evaluation.forecast.outlook import outlook
from kpikit.evaluation.targets.ambition import best_usual, half_way, read_back, written
from kpikit.evaluation.targets.summed import added_up, as_long, best_run
from kpikit.evaluation.targets.usual import judged_values, usual_range
from kpikit.words.periods import Calendar, Window
from kpikit.words.texts import N_

CHOICES = {
    "planned": N_("the target of the plan"),
    "average": N_("the average so far"),
    "level": N_("the level that it has by now"),
    "half_way": N_("half-way from the average to the best that is usual"),
    "half_way_from_level": N_("half-way from that level to the best that is usual"),
    "best_usual": N_("the best that is usual"),
    "best": N_("the best so far"),
}
"""What a value that could be a target stands for: code -> text."""


@dataclass(frozen=True)
class Choice:
    """A value that could be a target, due at the end of ``window``; of a target that is added up, the sum."""

    kind: str
    value: float
    window: Window
    probability: float


def choices(fact: Fact, calendar: Calendar, as_of: date) -> list[Choice]:
    """The choices for a fact, the least ambitious first; none without a forecast, a usual range and a direction.

    Without a target of its own they are about the same period of the next year.
    """
    found = fact.outlook
    if found is None or found.forecast.model is None or not fact.better.sign or usual_range(fact) is None:
        return []
    target = fact.target or _in_a_year(fact, calendar)
    if target.upper is not None or target.reason in ("other_cadence", "impossible_target"):
        return []
    own = (_choice(kind, value, fact, target, calendar, as_of) for kind, value in _values(fact, target))
    return sorted((each for each in own if each), key=lambda each: each.value * fact.better.sign)


def _values(fact: Fact, target: Target) -> Iterator[tuple[str, float]]:
    limits = fact.series.limits
    assert limits
    asked = replace(fact, target=target)
    if fact.target and target.value is not None:
        yield "planned", target.value
    chart = fact.series.chart
    moves = bool(chart.follows) or len(chart.segments) > 1  # the centre is that of the last points, not of all
    yield "level" if moves else "average", as_long(limits.centre, asked)
    half = read_back(written(as_long(half_way(fact), asked), fact), fact)
    yield "half_way_from_level" if moves else "half_way", half
    yield "best_usual", as_long(best_usual(fact), asked)
    if added_up(asked) == 1 or len(judged_values(fact)) >= added_up(asked):
        yield "best", best_run(asked)


def _choice(kind: str, value: float, fact: Fact, target: Target, calendar: Calendar, as_of: date) -> Choice | None:
    asked = replace(fact, target=replace(target, value=value, reason=None, steps=()))
    assert fact.outlook
    found = outlook(asked, calendar, as_of, _Known(fact.outlook.forecast))
    if found is None or found.probability is None or found.window is None:
        return None
    return Choice(kind, value, found.window, found.probability)


def _in_a_year(fact: Fact, calendar: Calendar) -> Target:
    period = fact.series.points[-1].period
    steps = {"day": 28, "week": 13, "month": 12, "quarter": 4}.get(period.grain, 1)
    window = calendar.shift(period, steps).window
    return Target("reach", None, None, window, None, None, fact.value.value, None, None, None)


class _Known(Kept):
    """The forecast of the fact itself: none is made anew."""

    def __init__(self, forecast: Forecast) -> None:
        super().__init__()
        self._own = forecast

    def of(self, history: History, ahead: int) -> Forecast:
        return self._own
