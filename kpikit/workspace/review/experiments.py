"""The experiments of a client in a period: measured once, judged, kept in a slice, and shown."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kpikit.charts.markup import Html, heading, joined, paragraphs, table
from kpikit.evaluation.experiments.judge import Outcome, judge
from kpikit.evaluation.experiments.words import (
    Told,
    adjusted_sentence,
    comparison_words,
    groups_sentence,
    outcome_sentences,
    verdict_word,
)
from kpikit.metrics.moments import Moments, Sample, counted, moments
from kpikit.plans.experiments import Experiment, write_experiments
from kpikit.words.language import Language
from kpikit.words.periods import Window
from kpikit.workspace.settings import EXPERIMENTS, Settings

if TYPE_CHECKING:
    from kpikit.workspace.workspace import Workspace

SAMPLES = "samples.json"


def outcomes(workspace: Workspace, client: str, window: Window, as_of: date) -> tuple[Outcome, ...]:
    """What the experiments that ran in a window have shown, as known on a day; none of those to come."""
    settings = workspace.settings
    own = [each for each in settings.experiments if each.client == client and each.window.overlap(window)]
    begun = [(each, each.window.until(as_of)) for each in own]
    known = _kept(workspace.folder) if workspace.is_slice and begun else {}
    indicators = settings.indicators_of(client)
    return tuple(
        judge(each, known.get(each.key) or _measured(workspace, each, until), indicators)
        for each, until in begun
        if until is not None
    )


def _measured(workspace: Workspace, each: Experiment, window: Window) -> Sample:
    settings = workspace.settings
    indicators = settings.indicators_of(each.client)
    names = dict.fromkeys(name for kpi in each.kpis for name in indicators[kpi].metrics)
    metrics = [settings.model.metrics[name] for name in names]
    within = workspace.engine, settings.model, each.client, each.source
    with workspace.engine.turn:
        if each.unit is None:
            return counted(*within, each.variant, each.variants, metrics, indicators[each.kpis[0]].metrics[-1], window)
        return moments(*within, each.unit, each.variant, each.variants, metrics, window)


def keep(folder: Path, found: Iterable[Outcome]) -> None:
    """Write experiments and what was measured of them into a slice."""
    kept = list(found)
    if kept:
        write_experiments(folder / EXPERIMENTS, [each.experiment for each in kept])
        text = json.dumps({each.experiment.key: _document(each.sample) for each in kept})
        (folder / SAMPLES).write_text(text, encoding="utf-8")


def _document(sample: Sample) -> dict[str, object]:
    variants = {
        name: {
            "units": each.units,
            "means": dict(each.means),
            "covariances": [[one, two, value] for (one, two), value in each.covariances.items()],
        }
        for name, each in sample.variants.items()
    }
    left_out = {"mixed": sample.mixed, "other": sample.other, "unplanned": list(sample.unplanned)}
    return {"until": sample.until.isoformat(), "variants": variants, **left_out}


def _kept(folder: Path) -> Mapping[str, Sample]:
    read = json.loads((folder / SAMPLES).read_text(encoding="utf-8"))
    return {key: _sample(each) for key, each in read.items()}


def _sample(read: Mapping[str, Any]) -> Sample:
    variants = {
        name: Moments(each["units"], each["means"], {(one, two): value for one, two, value in each["covariances"]})
        for name, each in read["variants"].items()
    }
    until = date.fromisoformat(str(read["until"]))
    return Sample(until, variants, read["mixed"], read["other"], tuple(read["unplanned"]))


def shown(found: Sequence[Outcome], settings: Settings, say: Language) -> Html:
    """Each experiment: its verdict in sentences, then the KPIs of each variant beside those of the control."""
    if not found:
        return Html("", "")
    title = say("Experiments")
    told = say("What was tried on some, against the control. A difference is told with its 95% interval.")
    pieces = [_shown(each, settings, say) for each in found]
    return joined([heading(title), paragraphs([told]), *pieces])


def in_short(found: Sequence[Outcome], settings: Settings, say: Language) -> list[str]:
    """What each experiment has shown, in a sentence that begins with its name."""
    told = []
    for each in found:
        sentences = " ".join(outcome_sentences(each, _kpis(each, settings, say), say))
        told.append(f"{say.own(each.experiment.label)}: {sentences}")
    return told


def _shown(each: Outcome, settings: Settings, say: Language) -> Html:
    kpis = _kpis(each, settings, say)
    heads = [say("KPI"), say("Variant"), say("Control"), say("With the variant"), say("Difference"), say("Verdict")]
    rows = [
        [kpis[one.kpi].label, one.variant, *comparison_words(one, kpis[one.kpi], say), verdict_word(one, say)]
        for one in each.comparisons
    ]
    groups = [groups_sentence(each, say)] if each.experiment.source else []  # counts that were typed have no days
    said = [*groups, *outcome_sentences(each, kpis, say)]
    pieces = [heading(say.own(each.experiment.label), 4), paragraphs(said)]
    pieces += [table(heads, rows, [2, 3, 4])] if rows else []
    adjusted = adjusted_sentence(each, say)
    return joined([*pieces, *([paragraphs([adjusted], "note")] if adjusted else [])], "section")


def _kpis(each: Outcome, settings: Settings, say: Language) -> dict[str, Told]:
    known = settings.indicators_of(each.experiment.client)
    return {id: Told(say(known[id].label), known[id].unit, _currency(id, settings)) for id in each.experiment.kpis}


def _currency(kpi: str, settings: Settings) -> str | None:
    metrics = (settings.model.metrics.get(name) for name in settings.indicators[kpi].metrics)
    return next((metric.currency for metric in metrics if metric and metric.currency), None)
