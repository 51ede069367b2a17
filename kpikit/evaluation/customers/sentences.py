"""Sentences from the facts about customers."""

from __future__ import annotations

from collections.abc import Iterator

from kpikit.evaluation.customers.analysis import CustomerBase
from kpikit.words.formats import correlation
from kpikit.words.language import Language
from kpikit.words.texts import N_
from kpikit.words.units import COUNT, MONEY, SHARE

REASONS = {
    "too_few": N_("Too few customers for a model: it needs 50, of whom at least five bought again."),
    "not_converged": N_("The model could not be fitted to these customers, so no figures are given."),
    "at_boundary": N_("These customers' purchases do not determine the model, so no figures are given."),
    "no_spend": N_("The workspace does not say what customers spend, so there are no amounts."),
    "few_spends": N_("Too few customers bought again, and for more than nothing: a model of their spend needs 50."),
    "no_mean": N_("Spend is spread so unevenly that the model has no average for it, so no figures are given."),
}
"""Why there are no figures: code -> text."""


def counts(base: CustomerBase, say: Language) -> list[str]:
    """How many customers there are, how many come back, and how many are new."""
    found, known = base.counts, say.count(base.counts.customers)
    said = [say("{customers} customers up to {day}.", customers=known, day=say.day(base.window.last_day))]
    if found.again is not None:
        share = say.value(found.again / found.customers, SHARE)
        said = [
            say(
                "{customers} customers up to {day}; {share} of them bought on more than one day.",
                customers=known,
                day=say.day(base.window.last_day),
                share=share,
            )
        ]
    if found.active is not None and found.new is not None:
        text = say(
            "In the last twelve months {active} bought: {new} new ones and {returning} who came back.",
            active=say.count(found.active),
            new=say.count(found.new),
            returning=say.count(found.returning or 0),
        )
        said.append(text)
    if found.before and found.kept is not None:
        text = say(
            "Of the {before} customers of the twelve months before, {share} bought again.",
            before=say.count(found.before),
            share=say.value(found.kept / found.before, SHARE),
        )
        said.append(text)
    return said


def forecast(base: CustomerBase, say: Language) -> list[str]:
    """What is expected of the customers, or why nothing is."""
    found = base.forecast
    if found.fitted.reason is not None:
        return [say(REASONS[found.fitted.reason])]
    year, said = found.all[-1], list[str]()
    if found.repeaters and found.active is not None:
        text = say(
            "Of the {repeaters} customers who bought on at least two days, {left} have probably left. Nobody says "
            "goodbye, so this is told from how long each has been silent, held against its pace before.",
            repeaters=say.count(found.repeaters),
            left=say.value(1 - found.active / found.repeaters, SHARE),
        )
        said.append(text)
    text = say(
        "In the next {months} months {purchases} purchases are expected (standard error {error}). The model knows "
        "no season and no campaign.",
        months=say.count(year.months),
        purchases=say.value(year.purchases, COUNT),
        error=say.value(year.error, COUNT),
    )
    return [*said, text]


def holdout(base: CustomerBase, say: Language) -> list[str]:
    """How good the prediction was of days that the model did not see; nothing where it could not be tried."""
    found = base.holdout
    if found.predicted is None or not found.bought:
        return []
    return [
        say(
            "Put to the test: from what was known before, {predicted} purchases were expected in these days: {days}. "
            "There were {bought}, so the prediction was off by {difference}. Each customer's pace until then, simply "
            "carried on, would have given {pace}.",
            predicted=say.value(found.predicted, COUNT),
            days=say.days(found.window),
            bought=say.count(found.bought),
            difference=say.relative(found.predicted / found.bought - 1),
            pace=say.value(found.at_same_pace, COUNT),
        )
    ]


def value(base: CustomerBase, say: Language) -> list[str]:
    """On what the values rest, or why there are none."""
    return list(_value(base, say))


def _value(base: CustomerBase, say: Language) -> Iterator[str]:
    found = base.value
    if found.reason is not None:
        yield say(REASONS[found.reason])
    else:
        rate = say.value(found.discount_rate, SHARE)
        yield say(
            "Expected purchases times expected spend ({spend} a purchase on average), discounted by {rate} a year.",
            spend=say.value(found.spend, MONEY, base.currency),
            rate=rate,
        )
    if found.reason is None or found.textbook is not None:
        if found.margin is None:
            yield say("The values are revenue: the workspace states no margin.")
        else:
            yield say("Of the revenue, {margin} counts as earned.", margin=say.value(found.margin, SHARE))
    if found.correlation is not None and abs(found.correlation) > 0.3:
        yield say(
            "Those who buy often spend differently from others (correlation {number}), which the model rules out: take "
            "the values with care.",
            number=correlation(found.correlation, say.code),
        )
