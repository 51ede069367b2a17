"""A standing and benchmarks in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kpikit.evaluation.benchmarks.entered import Held
from kpikit.evaluation.codes import REASONS
from kpikit.evaluation.facts import Fact
from kpikit.evaluation.figures import in_words, step_words
from kpikit.plans.benchmarks import KINDS
from kpikit.words.language import Language


def few_peers_words(facts: Iterable[Fact], labels: Callable[[Fact], str], say: Language) -> list[str]:
    """Which facts are not compared with their segment, since it is too small for that; said once for all of them."""
    few = [fact for fact in facts if fact.peers and fact.peers.reason == "few_peers"]
    if not few or few[0].peers is None:
        return []
    named = ", ".join(labels(fact) for fact in few)
    return [
        say(
            "Not compared with the segment {segment}, in which too few others have a value: {names}.",
            segment=few[0].peers.segment,
            names=named,
        )
    ]


def comparison_sentences(fact: Fact, say: Language) -> list[str]:
    """What is known of a fact in comparison with others, a sentence for each; empty where there is nothing.

    That too few others have a value is said once for all, by `few_peers_words`.
    """
    return [*_standing(fact, say), *(held_sentence(fact, each, say) for each in fact.benchmarks)]


def _standing(fact: Fact, say: Language) -> list[str]:
    peers = fact.peers
    if peers is None or peers.reason == "few_peers":
        return []
    words = {"segment": peers.segment, "number": say.count(peers.number), "all": say.count(peers.number + 1)}
    if peers.rank is None:
        reason = say(REASONS[peers.reason or "no_data"])
        return [say("Not compared with the segment {segment}: {reason}.", **words, reason=reason)]
    words["rank"] = say.count(peers.rank)
    if peers.sized:
        text = say("Number {rank} of {all} in the segment {segment}, counted from the highest value: an amount that "
                   "grows with size, of which no rank is better than another.", **words)  # fmt: skip
    elif fact.better.sign:
        text = _rank(peers.rank, peers.number, say, words)
    else:
        text = say("Number {rank} of {all} in the segment {segment}, counted from the highest value.", **words)
    if peers.middle is None:
        return [text]
    middle = in_words(fact, peers.middle, say)
    if peers.low is None or peers.high is None:
        return [text, say("The middle of the others is at about {middle}.", middle=middle)]
    low, high = (in_words(fact, each, say) for each in (peers.low, peers.high))
    told = say(
        "The middle of the others is at about {middle}, their middle half from {low} to {high}.",
        middle=middle,
        low=low,
        high=high,
    )
    return [text, told]


def _rank(rank: int, others: int, say: Language, words: dict[str, str]) -> str:
    """The rank, and how many of the others are not better: a share of eight would look more exact than it is.

    Where nobody is better, others may be as good, which is not told: then there is no number.
    """
    if rank == 1:
        return say("In the segment {segment} none of the {number} others is better.", **words)
    given, not_better = {name: words[name] for name in ("rank", "all", "segment")}, others + 1 - rank
    return say.plural(
        "Number {rank} of {all} in the segment {segment}; {number} of the {others} others is not better.",
        "Number {rank} of {all} in the segment {segment}; {number} of the {others} others are not better.",
        not_better, others=words["number"], **given,
    )  # fmt: skip


def held_sentence(fact: Fact, one: Held, say: Language) -> str:
    """The value of others with its source and date, and how far the fact is from it."""
    entry = one.benchmark
    words = {
        "name": say.own(entry.name),
        "kind": say(KINDS[entry.kind]),
        "value": in_words(fact, entry.value, say),
        "source": say.own(entry.source),
        "day": say.day(entry.on),
    }
    if one.gap is None:
        return say("{name} ({kind}): {value}. Source: {source}, {day}.", **words)
    gap = step_words(fact, one.gap, say)
    return say("{gap} vs {name} ({kind}): {value}. Source: {source}, {day}.", **words, gap=gap)
