"""After a test: what an entry of `experiments.yml` has shown, or counts that a person types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from kpikit.charts.markup import Html, Shown
from kpikit.evaluation.experiments.judge import Outcome, judge
from kpikit.indicators.framework import Indicator
from kpikit.metrics.moments import Sample, of_counts
from kpikit.plans.experiments import Experiment, is_plain_share
from kpikit.words.errors import SaidError, UsageError, one_of
from kpikit.words.language import Language
from kpikit.words.periods import Window
from kpikit.workspace.review.experiments import outcomes, shown
from kpikit.workspace.settings import Settings

if TYPE_CHECKING:
    from kpikit.workspace.workspace import Workspace

ANY_SHARE = "web.conversion_rate"
"""What typed counts are called, and which way of it is better, where nobody says what they count."""


@dataclass(frozen=True, repr=False)
class ExperimentReading(Shown):
    """What one experiment has shown so far, as reports have it."""

    outcome: Outcome
    settings: Settings = field(compare=False)
    say: Language = field(compare=False)

    def shown(self) -> Html:
        """The verdict in sentences, then each KPI with its difference and interval."""
        return shown([self.outcome], self.settings, self.say)


def reading(workspace: Workspace, client: str, key: str, say: Language) -> ExperimentReading:
    """See `ClientView.experiment`."""
    known = {each.key: each for each in own(workspace.settings, client)}
    if key not in known:
        raise UsageError(one_of("experiment", key, known))
    until = workspace.settings.last_covered_day
    found = outcomes(workspace, client, known[key].window, until)
    for each in found:
        if each.experiment.key == key:
            return ExperimentReading(each, workspace.settings, say)
    raise SaidError(say("There is nothing of it yet: it begins on {day}.", day=say.day(known[key].window.start)))


def own(settings: Settings, client: str) -> list[Experiment]:
    """The experiments of a client."""
    return [each for each in settings.experiments if each.client == client]


def read_counts(
    workspace: Workspace, client: str, counts: Mapping[str, tuple[int, int]], indicator: str | None,
    smallest_effect: float | None, say: Language,
) -> ExperimentReading:  # fmt: skip
    """See `ClientView.read_counts`."""
    _check(counts, say)
    indicators = workspace.settings.indicators_of(client)
    known = {id: each for id, each in indicators.items() if is_plain_share(each)}
    id = indicator or ANY_SHARE
    if id not in known:
        raise UsageError(one_of("a test's indicator", id, known))
    part, whole = _names(known[id])
    day = workspace.settings.last_covered_day
    total = sum(units for units, _ in counts.values())
    experiment = Experiment(
        key="counts",
        label=say("The counts"),
        client=client,
        source="",
        unit=None,
        variant="",
        control=next(iter(counts)),
        variants={name: units / total for name, (units, _) in counts.items()},  # as seen: nobody says what was planned
        window=Window(day, day + timedelta(days=1)),
        kpis=(id,),
        smallest_effect=smallest_effect,
    )
    seen = {name: of_counts({whole: units, part: successes}, whole) for name, (units, successes) in counts.items()}
    return ExperimentReading(judge(experiment, Sample(day, seen, 0, 0), indicators), workspace.settings, say)


def _names(one: Indicator) -> tuple[str, str]:
    assert one.parts
    (part,), (whole,) = (each.names for each in one.parts)
    return part, whole


def _check(counts: Mapping[str, tuple[int, int]], say: Language) -> None:
    if len(counts) < 2:
        raise SaidError(say("Two variants and more are needed, the control first."))
    for name, (units, successes) in counts.items():
        if units < 1 or not 0 <= successes <= units:
            numbers = {"units": say.count(units), "successes": say.count(successes)}
            told = say("{variant}: {successes} of {units} cannot be; the units come first, then those of them that did "
                       "what is wanted.", variant=name, **numbers)  # fmt: skip
            raise SaidError(told)
