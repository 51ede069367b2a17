"""`Exploration`: one indicator of one client, looked at from a side that a person picks; what `Explorer` shows.

client.explore("sales.revenue", "2011-Q3", against="previous_period", by="channel", profile="wheeler")
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from html import escape
from typing import TYPE_CHECKING

from kpikit.charts.bars import bars_picture
from kpikit.charts.cells import care, change_texts, versus
from kpikit.charts.facets import Histories, facets_picture
from kpikit.charts.figures import focus
from kpikit.charts.markup import Html, Shown, heading, joined
from kpikit.charts.picture import Picture
from kpikit.charts.reading import capital
from kpikit.charts.trend import trend_picture
from kpikit.evaluation.codes import REASONS
from kpikit.evaluation.facts import Change, Evaluation, Fact, Point
from kpikit.evaluation.figures import in_words
from kpikit.evaluation.forecast.outlook_words import outlook_sentences
from kpikit.evaluation.per_day import per_day_sentences
from kpikit.evaluation.scope import Scope
from kpikit.evaluation.sentences import interval_sentence, signal_sentence, verdict
from kpikit.evaluation.signals.words import rule_words
from kpikit.plans.notes import Note
from kpikit.sources.clients import Client
from kpikit.words.errors import UsageError, one_of
from kpikit.words.language import Language
from kpikit.words.message import Messages
from kpikit.workspace.explore.behind import Behind, behind
from kpikit.workspace.explore.narrow import evaluate_few, histories, measured, narrowed
from kpikit.workspace.review import comments
from kpikit.workspace.review.labels import Labels

if TYPE_CHECKING:
    from kpikit.workspace.workspace import Workspace


def explored(
    workspace: Workspace,
    client: str,
    indicator: str,
    period: str | None,
    against: str | None,
    by: str | None,
    profile: str | None,
    as_of: str | None,
    language: str | None,
) -> Exploration:
    """The exploration of one indicator; see `ClientView.explore`. A `UsageError` names what does not exist."""
    scope = _scope(workspace, client, indicator, period, against, profile, as_of)
    found = evaluate_few(workspace, scope)
    fact = found.fact(indicator)
    dimensions = list(dict.fromkeys(part.dimension for part in fact.parts))
    if by is not None and by not in dimensions:
        raise UsageError(Messages([indicator, one_of("dimension", by, dimensions)], ": "))
    notes = tuple(note for note in workspace.notes(client, found.period) if note.indicator in (None, indicator))
    setting, say = workspace.clients[client], Language(language or workspace.clients[client].language)
    labels, details = workspace.settings.labels(say, client), partial(behind, workspace, found, fact, say)
    lines = histories(workspace, scope, fact.indicator, by) if by else {}
    return Exploration(setting, found, fact, say, labels, details, by, lines, notes)


def learned(
    workspace: Workspace,
    client: str,
    indicator: str,
    period: str,
    against: str | None,
    by: str | None,
    profile: str | None,
) -> Iterator[None]:
    """Get to know, in short steps, what `explored` would need: whoever asks for it then waits for no source."""
    model, metrics = workspace.settings.model, workspace.settings.indicators_of(client)[indicator].metrics
    split = [kpi.member[0] for plan in workspace.settings.plans(client) for kpi in plan.kpis if kpi.member]
    of_members = [(model.dimensions[dimension].source,) for dimension in split]
    for sources in [*of_members, *map(model.sources_of, metrics)]:
        workspace._data_of(sources)
        yield
    scope = _scope(workspace, client, indicator, period, against, profile)
    measured(workspace, [scope])
    yield
    found = evaluate_few(workspace, scope)
    if by:
        yield
        histories(workspace, scope, found.fact(indicator).indicator, by)


def _scope(
    workspace: Workspace,
    client: str,
    indicator: str,
    period: str | None,
    against: str | None,
    profile: str | None,
    as_of: str | None = None,
) -> Scope:
    comparisons = None if against is None else (against,)
    return narrowed(workspace, client, [indicator], period, as_of, comparisons=comparisons, profile=profile)


@dataclass(frozen=True, repr=False)
class Exploration(Shown):
    """``fact`` is what is shown; ``by`` the dimension that it is split by, if any, and ``lines`` the history of
    each of its members; ``notes`` are what people said of the period.

    ``behind`` is what is behind one of its points, once `at` has picked it; ``details`` finds that by a period's key.
    """

    client: Client
    evaluation: Evaluation
    fact: Fact
    say: Language
    labels: Labels
    details: Callable[[str], Behind]
    by: str | None = None
    lines: Histories = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    behind: Behind | None = None

    def __eq__(self, other: object) -> bool:
        """Equal are explorations that show the same facts in the same words."""
        return isinstance(other, Exploration) and (self.fact, str(self)) == (other.fact, str(other))

    @property
    def label(self) -> str:
        """What the indicator is called."""
        return self.labels(self.fact)

    def at(self, period: str) -> Exploration:
        """The same with what is behind the point of a period: the figures of its formula, coverage, rows and notes.

        >>> import kpikit
        >>> norway = kpikit.open(kpikit.samples() / "shop").client("norway")
        >>> picked = norway.explore("sales.orders", "2011-Q3", language="en").at("2011-Q2").behind
        >>> [(each.metric.name, each.measured.value, each.rows) for each in picked.ingredients]
        [('orders', 4.0, 4)]
        """
        return replace(self, behind=self.details(period))

    @cached_property
    def trend(self) -> Picture:
        """The history as a picture."""
        return trend_picture(self.fact, self.say, self.label)

    def point_words(self, point: Point) -> str:
        """A point of the history in words: "March 2011: £1,200"."""
        say, value = self.say, in_words(self.fact, point.value.value, self.say)
        rule = rule_words(point.signal, self.fact.series.chart, say) if point.signal else ""
        why = ", ".join(filter(None, [care(point.value, say), rule]))
        told = f"{capital(say.period(point.period))}: {value}"
        return f"{told} ({why})" if why else told

    def sentences(self) -> list[str]:
        """What the figures say, the most important first: the value and its changes, the verdict, signal, outlook."""
        fact, say = self.fact, self.say
        summed = fact.target is not None and fact.target.kind == "cumulative"
        told = [verdict(fact, self.label, say)] if fact.target else []
        texts = [*told, *([] if told and not summed else [self._value()]), self._changes()]
        texts += per_day_sentences(fact, say)
        texts += [signal_sentence(fact, self.label, say), interval_sentence(fact, say)]
        return [text for text in [*texts, *outlook_sentences(fact, self.label, say)] if text]

    def shown(self) -> Html:
        """Sentences over the picture, the figures beside them, the parts beneath, and the notes."""
        fact, say = self.fact, self.say
        title = f"{say.own(self.client.label)}: {self.label}"
        pieces = [heading(title), focus(fact, self.trend, self.sentences(), say)]
        pieces += [self._split(self.by)] if self.by else []
        pieces += [comments.shown(self.notes, say, within=self.evaluation.period)] if self.notes else []
        pieces += [self.behind.shown()] if self.behind else []
        return joined(pieces)

    def _value(self) -> str:
        """The value, or the reason why there is none: "Revenue, March 2011: £1,200"."""
        fact, say = self.fact, self.say
        given = {"label": self.label, "period": say.period(self.evaluation.period)}
        if fact.value.value is None:
            return say("{label}, {period}: {reason}.", reason=say(REASONS[fact.value.reason or "no_data"]), **given)
        value = in_words(fact, fact.value.value, say)
        return say("{label}, {period}: {value}", value=value, **given)

    def _changes(self) -> str:
        """What the value is against earlier ones: "Vs previous period: +£100 (+9.1%)"; empty without any."""
        told = [self._change(each) for each in self.fact.changes if each.absolute is not None]
        return capital("; ".join(text[:1].lower() + text[1:] for text in told))

    def _change(self, change: Change) -> str:
        absolute, relative = change_texts(self.fact, change, self.say)
        both = f"{absolute} ({relative})" if change.relative is not None and relative else absolute
        return f"{versus(change.against, self.say)}: {both}"

    def _split(self, by: str) -> Html:
        title = self.say("By {dimension}", dimension=self.labels.dimension(by))
        names = self.labels.member
        picture = bars_picture(self.fact, self.say, self.label, names, by)
        lines = facets_picture(self.fact, self.lines, self.say, self.label, by, names)
        drawn = "".join(f'<figure class="kpikit bars">{each.svg}</figure>' for each in (picture, lines))
        return Html(f"<h4>{escape(title)}</h4>{drawn}", f"{title}\n{picture}\n{lines}")
