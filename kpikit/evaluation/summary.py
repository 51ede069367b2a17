"""The summary at the top of a report: at most five sentences, the most important first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kpikit.evaluation.codes import STATUSES
from kpikit.evaluation.facts import Evaluation, Fact
from kpikit.evaluation.forecast.outlook_words import chance_ahead, outlook_sentences, probability_words
from kpikit.evaluation.goals.goals import URGENCY, missed_words
from kpikit.evaluation.sentences import ATTENTION, attention, signal_sentence, verdict
from kpikit.plans.plan import Plan
from kpikit.words.language import Language

MOST_SENTENCES, MOST_GOALS, MOST_DOUBTFUL = 5, 3, 3
DOUBTFUL = 0.2
"""A target that is less likely to be reached is in doubt, though it is on track by now."""


def summary(evaluation: Evaluation, labels: dict[str, str], say: Language, plan: Plan | None = None) -> list[str]:
    """At most five sentences, the most important first. ``labels`` gives each fact's label by its key.

    The first one says how many KPIs are on track, and how the goals of the whole organisation stand by them.
    """
    kpis = evaluation.kpis
    if evaluation.plan_version is None:
        return [say("No plan is in force for this period, so nothing is held against a target.")]
    if not kpis:
        return [say("The plan in force has no KPIs, so nothing is held against a target.")]
    urgent = attention(kpis)
    calm = [fact for fact in kpis if fact not in urgent]
    said = [
        *_overall(kpis, _goals(evaluation, plan, say), say),
        *_doubtful(calm, labels, say),
        *(_in_full(urgent[0], labels[urgent[0].key], say) if urgent else []),
    ]
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


def _doubtful(calm: Sequence[Fact], labels: dict[str, str], say: Language) -> list[str]:
    """What is on track by now, and yet unlikely to be reached: a pace is no forecast."""
    found = [(fact, chance) for fact in calm if (chance := chance_ahead(fact)) is not None and chance < DOUBTFUL]
    found.sort(key=lambda each: each[1])
    named = [
        say("{label} ({chance})", label=labels[fact.key], chance=probability_words(chance, say))
        for fact, chance in found[:MOST_DOUBTFUL]
    ]
    if not named:
        return []
    return [say("On track by now, but unlikely to be reached on the present course: {kpis}.", kpis=", ".join(named))]


def _goals(evaluation: Evaluation, plan: Plan | None, say: Language) -> str:
    """The goals of the organisation, the most urgent first, each with its status; empty where the plan has none."""
    top = {each.key: each.statement for each in plan.goals if each.level == "organisation"} if plan else {}
    found = sorted((each for each in evaluation.goals if each.goal in top), key=lambda one: URGENCY.index(one.status))
    grain, named = evaluation.period.grain, []
    for each in found[:MOST_GOALS]:
        status, missed = say(STATUSES[each.status]).lower(), missed_words(each, grain, say)
        told = f"{status} ({missed})" if missed else status
        named.append(say("“{goal}”: {status}", goal=_first(say.own(top[each.goal])), status=told))
    return "; ".join(named)


def _first(statement: str) -> str:
    """The first sentence of a goal's statement, without its point."""
    return re.split(r"\.\s+(?=[^\W\d_a-zæøåäö])", statement, maxsplit=1)[0].rstrip(".")


def _overall(kpis: Sequence[Fact], goals: str, say: Language) -> list[str]:
    if len(kpis) == 1:
        return []
    counted = _counted(kpis, say)
    return [f"{counted.rstrip('.')} – {goals}." if goals else counted]


def _counted(kpis: Sequence[Fact], say: Language) -> str:
    good, every = (say.count(sum(fact.status not in ATTENTION for fact in kpis)), say.count(len(kpis)))
    unjudged = sum(fact.status == "cannot_be_judged" for fact in kpis)
    if not unjudged:
        return say("{good} of {all} KPIs are on track or better.", good=good, all=every)
    counts = {"good": good, "all": every, "left": say.count(unjudged)}
    return say("{good} of {all} KPIs are on track or better; {left} can't be judged.", **counts)
