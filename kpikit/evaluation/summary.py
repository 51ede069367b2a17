"""The summary at the top of a report: at most five sentences, the most important first."""

from __future__ import annotations

from collections.abc import Sequence

from kpikit.evaluation.facts import Evaluation, Fact
from kpikit.evaluation.outlook_words import outlook_sentences
from kpikit.evaluation.sentences import ATTENTION, attention, signal_sentence, verdict
from kpikit.words.language import Language

MOST_SENTENCES = 5


def summary(evaluation: Evaluation, labels: dict[str, str], say: Language) -> list[str]:
    """At most five sentences, the most important first. ``labels`` gives each fact's label by its key."""
    kpis = evaluation.kpis
    if not kpis:
        return [say("No plan is in force for this period, so nothing is held against a target.")]
    urgent = attention(kpis)
    calm = [fact for fact in kpis if fact not in urgent]
    said = [*_overall(kpis, say), *(_in_full(urgent[0], labels[urgent[0].key], say) if urgent else [])]
    said += [verdict(fact, labels[fact.key], say) for fact in urgent[1:]]
    said += _signals([fact for fact in [*urgent[1:], *calm] if fact.signal.direction == "concern"], labels, say)
    said += [verdict(fact, labels[fact.key], say) for fact in calm]
    said += _signals([fact for fact in [*urgent[1:], *calm] if fact.signal.direction != "concern"], labels, say)
    return said[:MOST_SENTENCES]


def _in_full(fact: Fact, label: str, say: Language) -> list[str]:
    """The most urgent KPI: where it is, whether that is a signal, and whether the target will be reached."""
    signals = [signal_sentence(fact, label, say)] if fact.signal.rule else []
    known = fact.outlook is not None and fact.outlook.probability is not None  # why there is none is told further down
    return [verdict(fact, label, say), *signals, *(outlook_sentences(fact, label, say)[:1] if known else [])]


def _signals(facts: Sequence[Fact], labels: dict[str, str], say: Language) -> list[str]:
    return [signal_sentence(fact, labels[fact.key], say) for fact in facts if fact.signal.rule]


def _overall(kpis: Sequence[Fact], say: Language) -> list[str]:
    if len(kpis) == 1:
        return []
    good, every = (say.count(sum(fact.status not in ATTENTION for fact in kpis)), say.count(len(kpis)))
    unjudged = sum(fact.status == "cannot_be_judged" for fact in kpis)
    if not unjudged:
        return [say("{good} of {all} KPIs are on track or better.", good=good, all=every)]
    counts = {"good": good, "all": every, "left": say.count(unjudged)}
    return [say("{good} of {all} KPIs are on track or better; {left} can't be judged.", **counts)]
