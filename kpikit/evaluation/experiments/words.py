"""An experiment in words: one or two sentences for the verdict, and the cells of its table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kpikit.evaluation.experiments.judge import VERDICTS, Comparison, Outcome, days_more
from kpikit.metrics.moments import MOST_NAMED, Sample
from kpikit.words.formats import decimals_for
from kpikit.words.language import Language
from kpikit.words.texts import N_
from kpikit.words.units import SHARE, Unit

_SAID = {
    "better": N_("{variant} does better than the control: {kpi}, {treated} against {control} ({difference}; "
                 "95% interval {low} to {high})."),
    "worse": N_("{variant} does worse than the control: {kpi}, {treated} against {control} ({difference}; "
                "95% interval {low} to {high})."),
    "different": N_("{variant} differs from the control by more than chance explains: {kpi}, {treated} against "
                    "{control} ({difference}; 95% interval {low} to {high})."),
}  # fmt: skip


class Told(NamedTuple):
    """How a KPI of an experiment is called, and in what its values are."""

    label: str
    unit: Unit
    currency: str | None


def verdict_word(each: Comparison, say: Language) -> str:
    """The verdict on one comparison."""
    return say(VERDICTS[each.verdict])


def comparison_words(each: Comparison, kpi: Told, say: Language) -> list[str]:
    """The control's value, the variant's, and the difference with its 95 % interval."""
    words = _numbers(each, kpi, say)
    return [words["control"], words["treated"], say("{difference} ({low} to {high})", **words)]


def _numbers(each: Comparison, kpi: Told, say: Language) -> dict[str, str]:
    both = each.control.value, each.treated.value
    decimals = decimals_for(both, kpi.unit)
    control, treated = (say.value(one, kpi.unit, kpi.currency, decimals) for one in both)
    steps = (each.difference, each.lower, each.upper)
    difference, low, high = (say.difference(one, kpi.unit, kpi.currency, decimals) for one in steps)
    return {"control": control, "treated": treated, "difference": difference, "low": low, "high": high}


def groups_sentence(outcome: Outcome, say: Language) -> str:
    """When the experiment runs, until when it is known, and how large its groups are."""
    test, seen = outcome.experiment, outcome.sample
    named = ((name, seen.variants[name].units if name in seen.variants else 0) for name in test.variants)
    groups = ", ".join(f"{name}: {say.count(units)}" for name, units in named)
    if test.typed:
        return say("Sizes of the groups – {groups}.", groups=groups)
    if seen.until < test.window.last_day:
        return say("{span}, known until {day}. Sizes of the groups – {groups}.",
                   span=say.days(test.window), day=say.day(seen.until), groups=groups)  # fmt: skip
    return say("{span}. Sizes of the groups – {groups}.", span=say.days(test.window), groups=groups)


def outcome_sentences(outcome: Outcome, kpis: Mapping[str, Told], say: Language) -> list[str]:
    """What the experiment says, the most important first."""
    verdicts = {each.verdict for each in outcome.comparisons}
    found = []
    if not outcome.comparisons:
        found.append(say("No unit of the control, or of a variant, has been seen yet."))
    elif "mismatch" in verdicts:
        found.append(
            say("The groups do not have the sizes that were planned, which chance does not explain. Units were lost or "
                "counted wrongly, so nothing is concluded; look for the reason first.")
        )  # fmt: skip
    elif "running" in verdicts:
        found += _running(outcome, kpis, say)
    else:
        found += [_said(each, kpis, say) for each in outcome.comparisons if each.verdict in _SAID]
        found += _not_enough(outcome, kpis, say)
        if verdicts == {"no_difference"}:
            found.append(say("No variant differs from the control by more than chance explains."))
    return [*found, *_left_out(outcome.sample, say)]


def _left_out(sample: Sample, say: Language) -> list[str]:
    """The units that count for no variant: those that saw several, and those that saw none of the planned ones."""
    found = []
    if sample.mixed:
        found.append(
            say.plural("{number} unit saw several variants and is left out.",
                       "{number} units saw several variants and are left out.", sample.mixed)
        )  # fmt: skip
    if sample.other:
        names = ", ".join([*sample.unplanned[:MOST_NAMED], *(["…"] if sample.unplanned[MOST_NAMED:] else [])])
        found.append(
            say.plural("{number} unit saw a variant that is not planned ({names}) and is left out.",
                       "{number} units saw variants that are not planned ({names}) and are left out.",
                       sample.other, names=names)
        )  # fmt: skip
    return found


def _not_enough(outcome: Outcome, kpis: Mapping[str, Told], say: Language) -> list[str]:
    """Where the data do not suffice: how much more the first KPI takes, which decides, and which others they are."""
    found, others = [], []
    for each in outcome.comparisons:
        words = {"variant": each.variant, "kpi": kpis[each.kpi].label}
        more = _needs(outcome, each, say) if each.kpi == outcome.experiment.kpis[0] else ""
        if each.verdict == "not_enough" and more:
            text = say("{variant}, {kpi}: not enough data to tell a difference that would matter; it takes {more}.",
                       more=more, **words)  # fmt: skip
            found.append(text)
        elif each.verdict == "not_enough":
            others.append(f"{each.variant}, {words['kpi']}")
    if others:
        named = "; ".join(others)
        found.append(say("Not enough data to tell a difference that would matter – {comparisons}.", comparisons=named))
    return found


def _needs(outcome: Outcome, each: Comparison, say: Language) -> str:
    """How many days, or typed units, more a comparison takes; empty where it is not known."""
    missing = 0 if each.needed is None else each.needed - each.treated.units
    if outcome.experiment.typed and missing > 0:
        return say.plural("{number} more unit of the variant", "{number} more units of the variant", missing)
    days = 0 if outcome.experiment.typed else days_more(outcome.experiment, outcome.sample, each)
    return _more(days, say) if days else ""


def _more(days: int, say: Language) -> str:
    return say.plural("{number} more day", "{number} more days", days)


def _running(outcome: Outcome, kpis: Mapping[str, Told], say: Language) -> list[str]:
    """How long it still runs; and how much longer it would have to, to show the smallest effect that matters."""
    test = outcome.experiment
    planned = (test.window.last_day - outcome.sample.until).days
    found = [say("Not enough data yet: {days}. It is judged after its last day, {day}.",
                 days=_more(planned, say), day=say.day(test.window.last_day))]  # fmt: skip
    first = [each for each in outcome.comparisons if each.kpi == test.kpis[0]]
    longest = max(first, key=lambda each: days_more(test, outcome.sample, each), default=None)
    longer = days_more(test, outcome.sample, longest) - planned if longest else 0
    if longest and longer > 0 and test.smallest_effect is not None:
        effect, kpi = say.short(test.smallest_effect, SHARE), kpis[longest.kpi].label
        found.append(
            say("{variant}, {kpi}: to see a difference of {effect} in four cases of five, it takes {days} after that.",
                variant=longest.variant, kpi=kpi, effect=effect, days=_more(longer, say))
        )  # fmt: skip
    return found


def adjusted_sentence(outcome: Outcome, say: Language) -> str:
    """That each verdict is held to the number of comparisons; empty where there is one alone."""
    if len(outcome.comparisons) < 2:
        return ""
    return say("{number} comparisons: each verdict is adjusted for that (Holm), each interval is not.",
               number=say.count(len(outcome.comparisons)))  # fmt: skip


def _said(each: Comparison, kpis: Mapping[str, Told], say: Language) -> str:
    kpi = kpis[each.kpi]
    return say(_SAID[each.verdict], variant=each.variant, kpi=kpi.label, **_numbers(each, kpi, say))
