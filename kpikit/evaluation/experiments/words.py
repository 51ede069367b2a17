"""An experiment in words: one or two sentences for the verdict, and the cells of its table."""

from __future__ import annotations

from collections.abc import Mapping

from kpikit.evaluation.experiments.judge import VERDICTS, Comparison, Outcome
from kpikit.indicators.framework import Indicator
from kpikit.words.formats import decimals_for
from kpikit.words.language import Language
from kpikit.words.texts import N_

_SAID = {
    "better": N_("{variant} does better than the control: {kpi}."),
    "worse": N_("{variant} does worse than the control: {kpi}."),
    "different": N_("{variant} differs from the control by more than chance explains: {kpi}."),
}


def verdict_word(each: Comparison, say: Language) -> str:
    """The verdict on one comparison."""
    return say(VERDICTS[each.verdict])


def comparison_words(each: Comparison, indicator: Indicator, currency: str | None, say: Language) -> list[str]:
    """The control's value, the variant's, and the difference with its 95 % interval."""
    unit, both = indicator.unit, (each.control.value, each.treated.value)
    decimals = decimals_for(both, unit)
    values = [say.value(one, unit, currency, decimals) for one in both]
    ends = [say.difference(end, unit, currency, decimals) for end in (each.difference, each.lower, each.upper)]
    return [*values, say("{difference} ({low} to {high})", difference=ends[0], low=ends[1], high=ends[2])]


def outcome_sentences(outcome: Outcome, labels: Mapping[str, str], say: Language) -> list[str]:
    """What the experiment says, the most important first."""
    days = say.plural("{number} more day", "{number} more days", outcome.days_left)
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
        found.append(say("Not enough data yet: {days}. It is judged after its last day.", days=days))
    else:
        found += [_said(each, labels, say) for each in outcome.comparisons if each.verdict in _SAID]
        if "not_enough" in verdicts:
            text = say("Not enough data to tell a difference that would matter: {days}.", days=days)
            found.append(text if outcome.days_left else say("Not enough data to tell a difference that would matter."))
        if verdicts == {"no_difference"}:
            found.append(say("No variant differs from the control by more than chance explains."))
    if outcome.sample.mixed:
        found.append(
            say.plural("{number} unit saw several variants and is left out.",
                       "{number} units saw several variants and are left out.", outcome.sample.mixed)
        )  # fmt: skip
    return found


def _said(each: Comparison, labels: Mapping[str, str], say: Language) -> str:
    values = {"variant": each.variant, "kpi": labels[each.kpi]}
    return say(_SAID[each.verdict], **values)
