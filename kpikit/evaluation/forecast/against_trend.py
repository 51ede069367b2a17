"""Where a forecast and the trend that the usual range follows do not go the same way, and why, in a sentence."""

from __future__ import annotations

from kpikit.evaluation.facts import Fact
from kpikit.evaluation.forecast.models import MODELS
from kpikit.evaluation.forecast.outlook import Outlook
from kpikit.evaluation.signals.season import SEASONS
from kpikit.words.language import Language

STILL = 1e-6
"""What moves by less than this part of its value stands still."""


def against_trend(fact: Fact) -> bool:
    """True where the usual range rises or falls with the values, and the forecast stands still or goes the other way.

    Both are compared over whole seasons, where the usual range follows one.
    """
    found = fact.outlook
    if found is None or found.forecast.model is None or not fact.series.chart.goes_on:
        return False
    length = SEASONS.get(fact.series.points[-1].period.grain, 1) if "season" in fact.series.chart.follows else 1
    line, ahead = _line(fact, length), _ahead(fact, found, length)
    return line is not None and ahead is not None and line * ahead <= 0


def _line(fact: Fact, length: int) -> float | None:
    """How far the centre has gone, over as many whole seasons as there are."""
    centres = [point.centre for point in fact.series.points if point.centre is not None]
    back = (len(centres) - 1) // length * length
    return centres[-1] - centres[-1 - back] if back else None


def _ahead(fact: Fact, found: Outlook, length: int) -> float | None:
    """How far the forecast goes: from its first period to its last, or from a season's values to those a season on."""
    forecast = found.forecast
    if length == 1:
        first, last = forecast.value(1), forecast.value(forecast.horizon)
        return _moved(first, last) if forecast.horizon > 1 else None
    values = {point.period: point.value.value for point in fact.series.known if point.judged}
    known = [*values][-length:]
    if len(known) < length or forecast.horizon < length:
        return None
    before = sum(values[period] or 0.0 for period in known)
    return _moved(before, sum(forecast.value(step) for step in range(1, length + 1)))


def _moved(before: float, after: float) -> float:
    return 0.0 if abs(after - before) <= STILL * max(abs(before), abs(after)) else after - before


def trend_sentences(fact: Fact, say: Language) -> list[str]:
    """Why the forecast does not go the way of the trend; empty where it does, or where there is none."""
    if fact.outlook is None or fact.outlook.probability is None or not against_trend(fact):
        return []
    label = next(model.label for model in MODELS if model.key == fact.outlook.forecast.model)
    return [say("The forecast does not go the way of the trend that the usual range follows: the model that did best "
                "in the backtest ({model}) does not draw that line on.", model=say(label))]  # fmt: skip
