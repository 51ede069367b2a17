"""`Behind`: what is behind one point of a history: the figures that it is made of, their coverage, rows and notes.

client.explore("sales.average_order_value", "2011-Q3").at("2011-Q2").behind
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING

from kpikit.charts.cells import care
from kpikit.charts.markup import Html, Shown, joined, small, table
from kpikit.charts.reading import capital
from kpikit.evaluation.facts import Evaluation, Fact, Point
from kpikit.evaluation.figures import in_words
from kpikit.evaluation.sentences import event_words
from kpikit.evaluation.signals.words import rule_words
from kpikit.indicators.framework import Indicator
from kpikit.metrics.declarations import Metric
from kpikit.metrics.measure import measure
from kpikit.metrics.requests import Measurement, Request
from kpikit.plans.events import Event
from kpikit.plans.notes import Note
from kpikit.words.errors import UsageError, one_of
from kpikit.words.language import Language
from kpikit.words.periods import Window
from kpikit.words.texts import N_
from kpikit.words.units import COUNT
from kpikit.workspace.data.seen import seen_from
from kpikit.workspace.plan.goals import card
from kpikit.workspace.review import comments

if TYPE_CHECKING:
    from kpikit.workspace.workspace import Workspace

COVERED = {
    "day": N_("{covered} of {expected} days"),
    "week": N_("{covered} of {expected} weeks"),
    "month": N_("{covered} of {expected} months"),
}
"""How much of a period a source covers, by what it has figures for."""

ROWS = "rows of a source"


@dataclass(frozen=True)
class Ingredient:
    """One of the metrics that a value is made of; ``rows`` are all of its source and client, None where not known."""

    metric: Metric
    label: str
    every: str
    measured: Measurement
    rows: int | None


@dataclass(frozen=True, repr=False)
class Behind(Shown):
    """``point`` is what is looked at, of ``fact``; ``ingredients`` are what its formula, ``written``, is made of."""

    fact: Fact
    point: Point
    written: str
    ingredients: tuple[Ingredient, ...]
    events: tuple[Event, ...]
    notes: tuple[Note, ...]
    say: Language

    def shown(self) -> Html:
        """The point, then the figures behind it, and what was noted of its time."""
        say, point = self.say, self.point
        rows = [(say("Value"), self._value()), (say("Formula"), self.written)]
        if point.lower is not None and point.upper is not None:
            low, high = (in_words(self.fact, end, say) for end in (point.lower, point.upper))
            rows.append((say("Usual range"), f"{low} – {high}"))
        if point.signal:
            rows.append((say("Signal"), capital(rule_words(point.signal, self.fact.series.chart, say))))
        rows += [(say("Events"), "; ".join(event_words(each, say) for each in self.events))] if self.events else []
        pieces = [card(capital(say.period(point.period)), rows), self._figures()]
        return joined([*pieces, *([comments.shown(self.notes, say, within=point.period)] if self.notes else [])])

    def _value(self) -> str:
        why = care(self.point.value, self.say)
        value = in_words(self.fact, self.point.value.value, self.say)
        return f"{value} ({why})" if why else value

    def _figures(self) -> Html:
        say = self.say
        heads = [say("Figure"), say("Value"), say("Coverage"), say("Rows"), say("Source")]
        return table(heads, [self._figure(each) for each in self.ingredients], [1, 2, 3])

    def _figure(self, each: Ingredient) -> list[str | Html]:
        say, found, metric = self.say, each.measured, each.metric
        value = say("too few persons to be shown") if found.suppressed else ""
        value = value or say.value(found.value, metric.unit, metric.currency)
        given = {"covered": say.count(found.covered), "expected": say.count(found.expected)}
        label = capital(each.label)
        name = Html(f"{escape(label)} {small(metric.name)}", f"{label} ({metric.name})")
        rows = "–" if each.rows is None else say.count(each.rows)
        return [name, value, say(COVERED[each.every], **given), rows, metric.source]


def behind(workspace: Workspace, evaluation: Evaluation, fact: Fact, say: Language, period: str) -> Behind:
    """What is behind the point of a period, by its key; a `UsageError` names the periods that the history has."""
    points = {point.period.key: point for point in fact.series.points}
    if period not in points:
        raise UsageError(one_of("period", period, points))
    point, client, settings = points[period], evaluation.client, workspace.settings
    one = settings.indicators_of(client)[fact.indicator]
    notes = [note for note in workspace.notes(client, point.period) if note.indicator in (None, fact.indicator)]
    events = tuple(each for each in fact.events if each.window.overlap(point.period.window))
    made_of = _ingredients(workspace, evaluation, one, point.period.window, say)
    return Behind(fact, point, one.written(say), made_of, events, tuple(notes), say)


def _ingredients(
    workspace: Workspace, evaluation: Evaluation, one: Indicator, window: Window, say: Language
) -> tuple[Ingredient, ...]:
    model, client = workspace.settings.model, evaluation.client
    asked = [Request(name, (window,)) for name in one.metrics]
    found = workspace._measure_few(asked, [client], evaluation.as_of)
    sources = {name: model.metrics[name].source for name in one.metrics}
    rows = {source: _rows(workspace, evaluation, source, window) for source in set(sources.values())}
    made = []
    for name, source in sources.items():
        every, label = model.sources[source].every, say(one.roles[name])
        made.append(Ingredient(model.metrics[name], label, every, found.get(client, name, window), rows[source]))
    return tuple(made)


def _rows(workspace: Workspace, evaluation: Evaluation, source: str, window: Window) -> int | None:
    """How many rows a source has of a client in a window, whatever a metric counts of them.

    None where rows are of persons, of whom it would tell how few they are; and in a slice, which has none.
    """
    metrics = workspace.settings.model.metrics.values()
    if workspace.is_slice or any(each.source == source and each.persons for each in metrics):
        return None
    data = workspace._data_of([source])
    counted = Metric(ROWS, source, "count", None, (), COUNT, None, ())
    model = replace(seen_from(workspace.settings.model, evaluation.as_of), metrics={ROWS: counted})
    model, asked = replace(model, supplied=data.supplied), [Request(ROWS, (window,))]
    value = measure(data.engine, model, asked, [evaluation.client]).get(evaluation.client, ROWS, window).value
    return None if value is None else int(value)
