"""The outlook in words: between what and what, how likely the target is, from what that is known, what it takes.

Nothing is told more exactly than it is known. The ends of a range are rounded to a tenth of its width, and a
probability to tens of per cent; near its ends it is only "under 5 %" and "over 95 %", never certain.
"""

from __future__ import annotations

import math

from kpikit.evaluation.ceiling import is_passed
from kpikit.evaluation.codes import REASONS
from kpikit.evaluation.facts import Fact
from kpikit.evaluation.figures import in_short, in_words, small_step_words
from kpikit.evaluation.forecast.against_trend import trend_sentences
from kpikit.evaluation.forecast.forecast import Forecast
from kpikit.evaluation.forecast.history import LEAST_POINTS
from kpikit.evaluation.forecast.models import MODELS
from kpikit.evaluation.forecast.outlook import Outlook
from kpikit.evaluation.signals.season import SEASONS
from kpikit.evaluation.targets.required import EACH, GROWTH
from kpikit.words.language import Language
from kpikit.words.periods import GRAINS
from kpikit.words.units import RATIO, SHARE


def probability_words(probability: float, say: Language) -> str:
    """How likely, as exactly as it is known: "about 30%", "under 5%", "over 95%"."""
    if probability < 0.05:
        return say("under {share}", share=_whole(0.05, say))
    if probability > 0.95:
        return say("over {share}", share=_whole(0.95, say))
    tens = min(9, max(1, math.floor(probability * 10 + 0.5)))
    return say("about {share}", share=_whole(tens / 10, say))


def likely(fact: Fact, say: Language) -> str:
    """How likely a target that is still ahead is reached, in short; empty for all else."""
    chance = chance_ahead(fact)
    return "" if chance is None else say("target: {chance} likely", chance=probability_words(chance, say))


def chance_ahead(fact: Fact) -> float | None:
    """The probability of a target that is still ahead; None for those that are due, kept in each period, or unknown,
    and for a limit that is passed already."""
    target, found = fact.target, fact.outlook
    if target is None or target.kind == "keep" or found is None or found.over or is_passed(fact):
        return None
    return found.probability


def _whole(share: float, say: Language) -> str:
    return say.short(share, SHARE)


def rounded_ends(low: float, high: float) -> tuple[float, float]:
    """The ends of a range, rounded to a tenth of its width at most.

    >>> rounded_ends(11_843.2, 14_219.9)
    (11800.0, 14200.0)
    """
    width = high - low
    if width <= 0 or not math.isfinite(width):
        return low, high
    digits = 1 - math.floor(math.log10(width))
    return round(low, digits), round(high, digits)


def outlook_sentences(fact: Fact, label: str, say: Language) -> list[str]:
    """What is to come, and what it takes; or why there is no forecast. Empty where nothing was forecast or asked."""
    found = fact.outlook
    if found is None or found.kind is None:
        return []
    if found.reason or found.probability is None:
        return [_no_outlook(found, label, say)]
    return [_course(fact, found, label, say), *trend_sentences(fact, say), *needed(fact, say)]


def _no_outlook(found: Outlook, label: str, say: Language) -> str:
    if found.forecast.reason == "too_short":
        given = {"least": say.count(LEAST_POINTS), "points": say.count(found.forecast.points)}
        return say("{label}: no forecast yet. It takes {least} periods in a row, and {points} are there.",
                   label=label, **given)  # fmt: skip
    reason = say(REASONS[found.reason]) if found.reason else ""
    return say("{label}: no probability of reaching the target; {reason}.", label=label, reason=reason)


def _course(fact: Fact, found: Outlook, label: str, say: Language) -> str:
    assert found.lower is not None and found.upper is not None and found.window and found.probability is not None
    low, high = rounded_ends(found.lower, found.upper)
    values = {
        "label": label,
        "low": in_words(fact, low, say),
        "high": in_words(fact, high, say),
        "span": say.days(found.window),
        "chance": probability_words(found.probability, say),
    }
    if is_passed(fact) and not found.over:
        return say("{label}, on the present course: between {low} and {high} over {span}; "
                   "the limit has been passed, and can no longer be kept.", **values)  # fmt: skip
    if found.kind == "cumulative" and not found.over:
        if fact.better.sign < 0:
            return say("{label}, on the present course: between {low} and {high} over {span}; "
                       "the probability of staying within the target is {chance}.", **values)  # fmt: skip
        return say("{label}, on the present course: between {low} and {high} over {span}; "
                   "the probability of reaching the target is {chance}.", **values)  # fmt: skip
    values["period"] = next((say.period(each) for each in found.periods if each.window == found.window), values["span"])
    values["last"] = say.period(fact.series.points[-1].period)
    if is_estimate(fact):
        return say("{label}, {period}, estimated since figures are missing: between {low} and {high}; "
                   "the probability that the target was met is {chance}.", **values)  # fmt: skip
    if found.over:
        return say("{label}, {period}, seen from {last}: between {low} and {high}; "
                   "the probability of meeting the target was {chance}.", **values)  # fmt: skip
    if found.kind == "keep":
        return say("{label}, {period}, on the present course: between {low} and {high}; "
                   "the probability of meeting the target then is {chance}.", **values)  # fmt: skip
    return say("{label}, {period}, on the present course: between {low} and {high}; "
               "the probability of reaching the target by then is {chance}.", **values)  # fmt: skip


def is_estimate(fact: Fact) -> bool:
    """True where the outlook is about the evaluation's own time, which is over, and not about what came after it."""
    found = fact.outlook
    return bool(found and found.over and found.window and found.window.end <= fact.series.points[-1].period.end)


def needed(fact: Fact, say: Language) -> list[str]:
    """What it takes to reach the target in time, in a sentence; none where nothing is needed, or all is known."""
    need = fact.required
    if need is None:
        return []
    value, each = need_words(fact, say)
    if need.kind == EACH:
        return [say("To reach the target, what is left of the time must bring {value} {each}, on average.",
                    value=value, each=each)]  # fmt: skip
    if need.against:
        return [say("To reach the target in time takes {value} {each}, since the values follow a season.",
                    value=value, each=each)]  # fmt: skip
    return [say("To reach the target in time takes {value} {each} from here.", value=value, each=each)]


def need_words(fact: Fact, say: Language) -> tuple[str, str]:
    """How much is needed, and how often, or on what: ("+2.3%", "each month"); empty texts where nothing is."""
    need = fact.required
    if need is None:
        return "", ""
    each = say(GRAINS[fact.series.points[-1].period.grain])
    if need.against:
        each = say("compared with {period}", period=say.period(need.against))
    if need.kind == EACH:
        return in_short(fact, need.value, say), each
    relative = need.kind == GROWTH
    return (say.relative(need.value) if relative else small_step_words(fact, need.value, say)), each


def basis(fact: Fact, say: Language) -> str:
    """How the forecast was made, how it did in its backtest, and what is not in it; empty where none is told."""
    if fact.outlook is None or fact.outlook.probability is None:
        return ""
    forecast = fact.outlook.forecast
    error, naive = forecast.error or 0.0, forecast.naive_error or 0.0
    digits = next((each for each in (2, 3, 4) if round(error, each) != round(naive, each)), 2)
    values = {
        "model": say(next(model for model in MODELS if model.key == forecast.model).label),
        "points": say.count(forecast.points),
        "measure": forecast.measure,
        "error": say.value(error, RATIO, decimals=digits),
        "naive": say.value(naive, RATIO, decimals=digits),
    }
    if forecast.model != MODELS[0].key and error > naive:
        made = say("Forecast by {model} from {points} periods ({measure} {error}). Plain repetition did better "
                   "({naive}), which is taken for chance, as the history keeps to a level.", **values)  # fmt: skip
    elif forecast.model != MODELS[0].key:
        made = say("Forecast by {model} from {points} periods ({measure} {error}, plain repetition {naive}).", **values)
    elif forecast.season > 1:
        made = say("Forecast from {points} periods as a repetition of the season before, as no model did better "
                   "({measure} {error}).", **values)  # fmt: skip
    else:
        made = say("Forecast from {points} periods as a repetition of the last one, as no model did better "
                   "({measure} {error}).", **values)  # fmt: skip
    tried = _backtest(forecast, say)
    season, grain = [], fact.series.points[-1].period.grain
    if grain in ("week", "month", "quarter") and forecast.points < 2 * SEASONS[grain]:
        season = [say("It knows no yearly season: the history is less than two years.")]
    if fact.outlook.weekdays:
        season.append(say("What is left of the period that runs is told by what its weekdays usually bring."))
    return " ".join([made, tried, *season, say("What is planned and not yet in the figures is not in it.")])


def _backtest(forecast: Forecast, say: Language) -> str:
    values = {"inside": say.count(forecast.inside), "held": say.count(forecast.held)}
    if round(forecast.widened, 1) > 1:
        return say("In the backtest {inside} of {held} values lay in its 80% range; what is shown is {times} times as "
                   "wide, by the size of the errors there.", times=say.number(round(forecast.widened, 1)),
                   **values)  # fmt: skip
    return say("In the backtest {inside} of {held} values lay in its 80% range.", **values)
