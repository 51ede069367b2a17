"""What is to come, or is missing, in a trend: a dashed line in a hatched band, and where the target is due.

It is drawn from the last judged point on, so that a period which still runs has its forecast around what it has so far.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpikit.charts.look import colour
from kpikit.charts.reading import levels
from kpikit.evaluation.facts import Fact
from kpikit.evaluation.forecast.outlook_words import is_estimate
from kpikit.words.periods import Period

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST, USUAL = 12, 3
"""How many coming periods are drawn: at most, and where no later day is asked for."""

_HATCH = 4
"""How many lines of the hatching a period has."""


@dataclass(frozen=True)
class Coming:
    """A coming period: its place among the points, the middle of what may come, and its 80 % interval."""

    at: int
    period: Period
    middle: float
    lower: float
    upper: float


def coming(fact: Fact) -> list[Coming]:
    """The coming periods that a trend shows: up to the target's day; none where nothing is forecast or asked."""
    outlook = fact.outlook
    if outlook is None or outlook.kind is None or outlook.forecast.model is None or not outlook.window:
        return []
    asked = sum(each.start < outlook.window.end for each in outlook.periods)
    number = min(MOST, len(outlook.periods), max(asked, USUAL) if outlook.kind == "keep" else asked)
    first = sum(point.period.start < outlook.periods[0].start for point in fact.series.points)
    forecast = outlook.forecast
    return [
        Coming(first + step, outlook.periods[step], forecast.value(step + 1), *forecast.interval(step + 1))
        for step in range(number)
    ]


def is_estimated(fact: Fact, one: Coming) -> bool:
    """True of a period that is over and whose figures are missing: what is drawn of it is no forecast."""
    return is_estimate(fact) and one.period.end <= fact.series.points[-1].period.end


def ends(fact: Fact) -> list[float]:
    """The numbers that the scale must have room for."""
    return [end for each in coming(fact) for end in (each.lower, each.upper)]


def columns(fact: Fact) -> int:
    """How many places the coming periods take after the last point."""
    return max([each.at + 1 - len(fact.series.points) for each in coming(fact)] + [0])


def later(fact: Fact) -> list[Period]:
    """The coming periods after the last point."""
    return [each.period for each in coming(fact) if each.at >= len(fact.series.points)]


def step_ends(fact: Fact) -> list[tuple[int, float]]:
    """What the target asks of each period that is shown, where it changes by period: (place, value)."""
    periods = [*(point.period for point in fact.series.points), *later(fact)]
    places = {period.window: at for at, period in enumerate(periods)}
    shown = [each for each in (fact.target.steps if fact.target else ()) if each.period.window in places]
    return [(places[step.period.window], end) for step in shown for end in (step.value, step.upper) if end is not None]


def draw_ahead(fact: Fact, values: list[float], ax: Axes) -> None:
    """The forecast, from the last judged value on, and the target on its day."""
    found = coming(fact)
    if not found:
        return
    start = found[0].at - 1
    at = [start, *(each.at for each in found)]
    lower = [values[start], *(each.lower for each in found)]
    upper = [values[start], *(each.upper for each in found)]
    middle = [values[start], *(each.middle for each in found)]
    _hatched(at, lower, upper, ax)
    for edge in (lower, upper):
        ax.plot(at, edge, color=colour("prior"), lw=0.8, clip_on=False, zorder=1.7)
    ax.plot(at, middle, color=colour("ink"), lw=1.6, ls=(0, (3, 2.5)), clip_on=False, zorder=2.5, label="forecast")
    outlook, target = fact.outlook, fact.target
    due = outlook is not None and outlook.kind == "reach" and outlook.window
    for each in found if due and target else ():
        for level in levels(target) if each.period.window == due else ():
            style = {"ms": 8.0, "mfc": colour("surface"), "mec": colour("target"), "mew": 1.6}
            ax.plot([each.at], [level], "s", clip_on=False, zorder=4, **style)  # type: ignore[arg-type]


def _hatched(at: list[int], lower: list[float], upper: list[float], ax: Axes) -> None:
    """Thin upright lines between the ends of the band: drawn one by one, since a picture holds no patterns."""
    for index in range(1, len(at)):
        for part in range(1, _HATCH + 1):
            share = part / _HATCH
            low = lower[index - 1] + share * (lower[index] - lower[index - 1])
            high = upper[index - 1] + share * (upper[index] - upper[index - 1])
            place = at[index - 1] + share
            ax.plot([place, place], [low, high], color=colour("centre"), lw=0.6, clip_on=False, zorder=1.65)
