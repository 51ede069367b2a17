"""Decompositions and leads in words. They say what a change is made of, and what came first; never what caused it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from kpikit.evaluation.codes import REASONS
from kpikit.evaluation.drivers.away import Away
from kpikit.evaluation.drivers.parts import Decomposition, Driver, Lead
from kpikit.evaluation.facts import Fact
from kpikit.evaluation.figures import step_words
from kpikit.words.formats import decimals_for
from kpikit.words.language import Language
from kpikit.words.periods import COMPARISONS
from kpikit.words.texts import N_

MOST_DRIVERS = 3
"""How many drivers a sentence names."""

Names = Callable[[Decomposition, Driver], str]
"""Gives a driver's name as it is shown."""

EFFECTS = {
    "rate": N_("{name}, own figure"),
    "mix": N_("{name}, weight"),
    "new": N_("{name} (new)"),
    "vanished": N_("{name} (gone)"),
    "rest": N_("all others"),
}
"""How a driver is called, by its effect, where it is more than a name."""


def driver_name(name: str, driver: Driver, say: Language) -> str:
    """The name with what the driver is: "Phone, weight"."""
    return say(EFFECTS[driver.effect], name=name) if driver.effect in EFFECTS else name


def driver_key(fact: Fact, one: Decomposition, driver: Driver) -> str:
    """By what its label is found: an indicator's id, ``channel=Google``, ``sales.average_order_value=revenue``."""
    if driver.kind == "indicator":
        return str(driver.name)
    return f"{fact.indicator if driver.kind == 'metric' else one.dimension}={driver.name}"


def counts(text: str) -> bool:
    """False for a difference that rounds to nothing."""
    return any(digit in text for digit in "123456789")


def sentence(fact: Fact, one: Decomposition, names: Names, dimension: str, say: Language) -> str:
    """The change and its three largest drivers; or why it can't be taken apart. Empty where there is no change.

    ``dimension`` is what the dimension of the decomposition is called, where it has one.
    """
    against = say(COMPARISONS[one.against].label)
    if one.change is None:
        return ""
    words = {"reference": against, "change": step_words(fact, one.change, say), "dimension": dimension}
    if one.reason:
        words["reason"] = say(REASONS[one.reason])
        if one.dimension:
            return say("By {dimension}, the change can't be taken apart: {reason}.", **words)
        return say("{change} vs {reference}. It can't be taken apart: {reason}.", **words)
    parts = [*_parts(fact, one, names, say)]
    if not parts:
        return ""
    if one.dimension:
        return say("{change} vs {reference}, by {dimension}: {parts}.", **words, parts="; ".join(parts))
    return say("{change} vs {reference}, made up of: {parts}.", **words, parts="; ".join(parts))


def _parts(fact: Fact, one: Decomposition, names: Names, say: Language) -> Iterator[str]:
    """The largest drivers, and what the others come to, so that a reader can add them up."""
    shown = [each for each in one.largest if counts(step_words(fact, each.value, say))][:MOST_DRIVERS]
    yield from (f"{names(one, each)}{_ends(fact, each, say)} {step_words(fact, each.value, say)}" for each in shown)
    left = [each for each in one.drivers if each not in shown and each.value]
    rest = step_words(fact, sum(each.value for each in left), say)
    if left and counts(rest):
        yield say.plural("{number} more part {value}", "{number} more parts {value}", len(left), value=rest)


def _ends(fact: Fact, driver: Driver, say: Language) -> str:
    """From what to what it went, in brackets, where its part of the change is not that itself."""
    if driver.effect not in ("factor", "rate", "mix"):
        return ""
    ends = (driver.before, driver.after)
    currency, decimals = driver.currency or fact.currency, decimals_for(ends, driver.unit)
    then, now = (say.value(each, driver.unit, currency, decimals) for each in ends)
    return f" ({then} → {now})"


def away_sentence(fact: Fact, away: Away, names: Names, say: Language) -> str:
    """The change of a KPI for the worse, and parts that took it away from its target; empty without any."""
    told = [(one, driver, step_words(fact, driver.value, say)) for one, driver in away]
    parts = [f"{names(one, driver)}{_ends(fact, driver, say)} {step}" for one, driver, step in told if counts(step)]
    if not parts:
        return ""
    change, against = step_words(fact, away[0][0].change, say), say(COMPARISONS[away[0][0].against].label)
    return say(
        "{change} vs {reference}; among what took it away from the target: {parts}.",
        change=change, reference=against, parts="; ".join(parts),
    )  # fmt: skip


def lead_sentence(leads: Sequence[Lead], fact: Fact, labels: Mapping[str, str], say: Language) -> str:
    """Which of a KPI and its PIs began to be unusual first; empty where no PI did."""
    if not leads:
        return ""
    if len({each.since for each in leads}) == 1 and any(each.key == fact.key for each in leads):
        named = "; ".join(labels[each.key] for each in leads)
        return say("Unusual since {period}: {labels}.", period=say.period(leads[0].since), labels=named)
    listed = "; ".join(
        say("{label} since {period}", label=labels[each.key], period=say.period(each.since)) for each in leads
    )
    if any(each.key == fact.key for each in leads):
        return say("Unusual, in the order in which they moved: {leads}.", leads=listed)
    if fact.signal.reason is None:
        return say("{label} is within its usual range; unusual: {leads}.", label=labels[fact.key], leads=listed)
    return say("Unusual: {leads}.", leads=listed)
