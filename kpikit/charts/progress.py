"""The progress of KPIs, in words and as a table: where each began, where it is, how much of the way is behind it."""

from __future__ import annotations

from collections.abc import Sequence

from kpikit.charts.cells import Labels, care, so_far
from kpikit.charts.markup import Html, table
from kpikit.charts.picture import Picture
from kpikit.charts.reading import capital, target_words
from kpikit.charts.sparkline import spark_picture
from kpikit.evaluation.facts import Evaluation, Fact
from kpikit.evaluation.figures import in_words
from kpikit.evaluation.targets.progress import kept, way
from kpikit.words.language import Language
from kpikit.words.texts import N_
from kpikit.words.units import SHARE

_SO_FAR = {
    ("cumulative", False): N_("{share} of the target, which is due by {day}"),
    ("cumulative", True): N_("{share} of the target, which was due by {day}"),
    ("reach", False): N_("{share} of the way to the target, which is due by {day}"),
    ("reach", True): N_("{share} of the way to the target, which was due by {day}"),
}
"""What of a target is behind a KPI, by its kind, and by whether its day is over."""


def progress_table(evaluation: Evaluation, say: Language, labels: Labels) -> Html:
    """One line for each KPI: where it began, its value, its target, how far it has come, its history."""
    heads = [say("Indicator"), say("Baseline"), capital(say.period(evaluation.period)), say("Target"), say("Progress"),
             say("History")]  # fmt: skip
    return table(heads, [_line(fact, labels(fact), say) for fact in evaluation.kpis], [1, 2, 3])


def _line(fact: Fact, label: str, say: Language) -> Sequence[str | Html | Picture]:
    told = [in_words(fact, fact.value.value, say), care(fact.value, say, fact.interval), so_far(fact, say)]
    value = " · ".join(filter(None, told))
    picture = spark_picture(fact, say, label)
    return [label, baseline_words(fact, say), value, target_words(fact, say), progress_words(fact, say), picture]


def baseline_words(fact: Fact, say: Language) -> str:
    """Where it began: "DKK 1,048,730 (December 2025)"; empty without a baseline."""
    target = fact.target
    if target is None or target.baseline is None:
        return ""
    when = f" ({say.period(target.baseline_period)})" if target.baseline_period else ""
    return f"{in_words(fact, target.baseline, say)}{when}"


def progress_words(fact: Fact, say: Language) -> str:
    """How much of the way is behind it, or how often the target was kept; empty where neither can be told."""
    share, times, target = way(fact), kept(fact), fact.target
    if times is not None:
        met, number = times
        return say.plural("Met in {met} of {number} period", "Met in {met} of the last {number} periods", number,
                          met=say.count(met))  # fmt: skip
    if share is None or target is None:
        return ""
    words = {"share": say.value(share, SHARE, decimals=0), "day": say.day(target.window.last_day)}
    if target.kind == "cumulative" and fact.better.sign < 0:  # what it must not pass is never reached
        return say("{share} of the ceiling for the time until {day}", **words)
    over = target.window.end <= fact.series.points[-1].period.end
    if share >= 1 and (over or target.kind == "cumulative"):
        return say("Reached")
    if share >= 1:
        return say("At the target, which is due by {day}", **words)
    if share <= 0:
        return say("No nearer to the target than at the baseline")
    return say(_SO_FAR[target.kind, over], **words)


def progress_sentence(fact: Fact, label: str, say: Language) -> str:
    """A KPI, its value and its target, and how far it has come: "Leads: 307; target ≥ 1,900. 16% of the ..."."""
    achieved = fact.target.achieved if fact.target and fact.target.achieved is not None else fact.value.value
    words = {"label": label, "value": in_words(fact, achieved, say), "target": target_words(fact, say)}
    said = say("{label}: {value}; target {target}.", **words) if words["target"] else f"{label}: {words['value']}."
    progress = progress_words(fact, say)
    return f"{said} {progress}." if progress else said
