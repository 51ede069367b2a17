"""All clients of a workspace in one view: how many are where, and who needs attention, the most urgent first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kpikit.charts.clients import Line, clients, worst
from kpikit.charts.funnel import funnel_picture
from kpikit.charts.markup import Html, heading, joined, paragraphs
from kpikit.charts.picture import Picture
from kpikit.evaluation.benchmarks.funnel import funnel
from kpikit.evaluation.codes import STATUSES
from kpikit.evaluation.facts import Evaluation, Fact
from kpikit.evaluation.lacking import WithoutValue
from kpikit.evaluation.signals.chance import by_chance
from kpikit.evaluation.signals.profiles import PROFILES
from kpikit.evaluation.signals.words import chance_words
from kpikit.evaluation.triage import triage
from kpikit.plans.plan import Plan, in_force
from kpikit.words.language import Language
from kpikit.words.units import SHARE
from kpikit.workspace.data import without_value
from kpikit.workspace.data.left_out import left_out, zeros_of_many, zeros_since_of_many
from kpikit.workspace.data.provenance import Provenance
from kpikit.workspace.data.without_value import lacking_values
from kpikit.workspace.portfolio.triage import TriageView
from kpikit.workspace.review.origins import conventions, origins, title
from kpikit.workspace.settings import Settings


@dataclass(frozen=True, repr=False)
class Portfolio:
    """The evaluations of all clients, by key, in a language; each method gives an object that displays itself."""

    settings: Settings
    evaluations: Mapping[str, Evaluation]
    say: Language
    origin: Provenance

    @property
    def latest(self) -> Evaluation:
        """The evaluation with the latest period, which stands for all where something is said once."""
        return max(self.evaluations.values(), key=lambda each: each.period)

    def __repr__(self) -> str:
        return str(self.title())

    def _repr_html_(self) -> str:
        return self.title()._repr_html_()

    def title(self) -> Html:
        """The workspace's name, the period, and the day it is seen from."""
        lacking = left_out(self.origin.left_out, None, self.latest.period.window, self.latest.as_of)
        named = {key: self.say.own(client.label) for key, client in self.settings.clients.items()}
        without = {source: [named[key] for key in keys] for source, keys in self.origin.without_rows.items()}
        ended = dict[str, dict[str, date]]()
        for key, evaluation in self.evaluations.items():
            for each in evaluation.ended:
                ended.setdefault(each.source, {})[named[key]] = each.last_day
        remarks = [*zeros_of_many(without, self.say), *zeros_since_of_many(ended, self.say)]
        remarks += without_value.sentences(self._without_value(), self.say)
        return title(self.say.own(self.settings.name), self.latest, self.say, lacking, remarks)

    def _without_value(self) -> tuple[WithoutValue, ...]:
        """The rows of all clients that add nothing to the sums that are told of."""
        blank, model = self.origin.without_value, self.settings.model
        uses = {each.metric: each.indicators for own in self.evaluations.values()
                for each in own.without_value if each.metric}  # fmt: skip
        return lacking_values(blank, model, uses, None, self.latest.period.window, self.latest.as_of)

    def summary(self) -> Html:
        """How many clients are in which state, by their most urgent KPI."""
        found = Counter(worst(each) for each in self.evaluations.values())
        total = self.say.plural("{number} client", "{number} clients", len(self.evaluations))
        names = {code: self.say(text) for code, text in STATUSES.items()} | {None: self.say("Without targets")}
        states = [
            self.say("{status}: {number}", status=name, number=self.say.count(found[code]))
            for code, name in names.items()
            if found[code]
        ]
        first = self.say("{clients}, each counted by its most urgent KPI.", clients=total)
        found_signals = by_chance(fact for each in self.evaluations.values() for fact in each.kpis)
        said = [first, " · ".join(states), chance_words(found_signals, self.say)]
        return paragraphs([text for text in said if text], "summary")

    def triage(self) -> Html:
        """Who needs a call, what is still worse than usual, and what is late, missing or due."""
        return TriageView(self.settings, triage(self.evaluations, self._plans()), self.say).shown()

    def _plans(self) -> dict[str, Plan | None]:
        """The plan that each client is under."""
        return {key: in_force(self.settings.plans(key), each.period.window) for key, each in self.evaluations.items()}

    def funnel(self, key: str) -> Html:
        """A share of the clients by its size, between limits for each size, segment by segment.

        A sentence where it is no such share.
        """
        found = self._funnels({client: each.fact(key) for client, each in self.evaluations.items()})
        needs = self.say("A funnel plot needs a share, and at least ten in a segment that have one.")
        return joined(found) if found else paragraphs([needs])

    def funnels(self) -> Html:
        """The funnel plots of each KPI that is a share of at least ten clients of a segment; empty where none is."""
        shared: dict[str, dict[str, Fact]] = {}
        for client, each in self.evaluations.items():
            for fact in each.kpis:
                shared.setdefault(fact.key, {})[client] = fact
        pieces = [piece for facts in shared.values() for piece in self._funnels(facts)]
        return joined(pieces) if pieces else Html("", "")

    def _funnels(self, facts: Mapping[str, Fact]) -> list[Html]:
        """Like is held against like: each segment has a funnel of its own, and so have the clients without one."""
        segments: dict[str | None, dict[str, Fact]] = {}
        for client, fact in facts.items():
            segments.setdefault(self.settings.clients[client].segment, {})[client] = fact
        pieces = []
        for segment, own in segments.items():
            if picture := self._funnel(own):
                label = self.settings.labels(self.say)(next(iter(own.values())))
                pieces.append(heading(f"{label}, {segment}" if segment else label))
                pieces.append(Html(f'<figure class="kpikit">{picture.svg}</figure>', ""))
                pieces.append(paragraphs([str(picture)]))
        return pieces

    def _funnel(self, facts: Mapping[str, Fact]) -> Picture | None:
        """The funnel of whole figures: what lacks days, or still fills, is not held against the others."""
        whole = {client: fact.value for client, fact in facts.items() if fact.value.reason is None}
        parts = {client: (value.numerator, value.denominator) for client, value in whole.items()}
        known = {client: (top, bottom) for client, (top, bottom) in parts.items() if top is not None and bottom}
        one = next(iter(facts.values()))
        found = funnel(known) if one.unit == SHARE else None
        if found is None:
            return None
        return funnel_picture(found, one, self.say, lambda client: self.say.own(self.settings.clients[client].label))

    def clients(self) -> Html:
        """A table for each group of clients: attention first."""
        names = {key: self.say.own(client.label) for key, client in self.settings.clients.items()}
        lines = [Line(names[key], evaluation) for key, evaluation in self.evaluations.items()]
        return clients(lines, self.settings.labels(self.say), self.say)

    def definitions(self) -> Html:
        """The definition cards of the KPIs."""
        ids = dict.fromkeys(fact.indicator for each in self.evaluations.values() for fact in each.kpis)
        cards = [self.settings.indicators[id].card(self.say.code) for id in ids]
        return joined([Html(card.html(), str(card)) for card in cards])

    def conventions(self) -> Html:
        """How the figures were judged, by each profile that a client's plan or the workspace names."""
        facts = [fact for each in self.evaluations.values() for fact in each.kpis]
        own = [(plan and plan.profile) or self.settings.profile for plan in self._plans().values()]
        profiles = [PROFILES[name] for name in dict.fromkeys(own)]
        return conventions(self.say, facts, profiles, self.settings.model.smallest_told)

    def provenance(self) -> Html:
        """Where the figures come from."""
        return origins(self.origin, 0, self.latest, self.say)
