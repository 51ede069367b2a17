"""What a notebook shows of an evaluation: each method gives an object that displays itself, in one language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kpikit.charts.bars import bars_picture
from kpikit.charts.events import event_list
from kpikit.charts.figures import figures
from kpikit.charts.markup import Html, heading, joined, paragraphs
from kpikit.charts.picture import Picture
from kpikit.charts.progress import progress_sentence, progress_table
from kpikit.charts.scorecard import scorecard, shown
from kpikit.charts.trend import trend_picture
from kpikit.evaluation.benchmarks.words import few_peers_words
from kpikit.evaluation.facts import Fact
from kpikit.evaluation.reported import revision_sentences, standing, standing_words
from kpikit.evaluation.sentences import attention
from kpikit.evaluation.signals.chance import by_chance
from kpikit.evaluation.signals.profiles import PROFILES
from kpikit.evaluation.signals.words import chance_words
from kpikit.evaluation.summary import MOST_SENTENCES, summary
from kpikit.indicators.card import Card
from kpikit.plans.notes import mark_of
from kpikit.words.texts import N_
from kpikit.workspace.data import gaps, without_value
from kpikit.workspace.data.left_out import zeros, zeros_since
from kpikit.workspace.data.provenance import Provenance
from kpikit.workspace.plan.planning import Planning
from kpikit.workspace.review import comments, experiments
from kpikit.workspace.review.audience import MANAGEMENT, PARTNER, TEAM, shown_to
from kpikit.workspace.review.customers import Customers
from kpikit.workspace.review.origins import conventions, origins, title
from kpikit.workspace.review.reasons import compared, why
from kpikit.workspace.review.sections import agenda, brief, section, texts


@dataclass(frozen=True, repr=False)
class Review(Planning):
    """One client's period, evaluated, in a language. `evaluation` holds the facts that everything here shows."""

    def __repr__(self) -> str:
        return str(self.title())

    def _repr_html_(self) -> str:
        return self.title()._repr_html_()

    def title(self) -> Html:
        """The client, the period, and the day it is seen from."""
        found = self.evaluation
        remarks = [*zeros(found.without_rows, self.say), *zeros_since(found.ended, self.say)]
        remarks += gaps.sentences(found.unmeasured, self.say)
        remarks += without_value.sentences(found.without_value, self.say)
        return title(self.say.own(self.client.label), found, self.say, found.left_out, remarks)

    @property
    def sentences(self) -> list[str]:
        """At most five, the most important first: how it goes, and at last what to do now, if anything.

        For partners, how far each KPI has come.
        """
        names = {fact.key: self.labels(fact) for fact in self.evaluation.facts}
        if self.audience == PARTNER:
            told = summary(self.evaluation, names, self.say, self.plan)[: len(self.kpis) != 1]
            told += [progress_sentence(fact, names[fact.key], self.say) for fact in self.kpis]
            return told[:MOST_SENTENCES]
        told, proposed = summary(self.evaluation, names, self.say, self.plan), self._proposed()
        return [*told[: MOST_SENTENCES - len(proposed)], *proposed]

    def summary(self) -> Html:
        """At most five sentences, the most important first."""
        return paragraphs(self.sentences, "summary")

    @property
    def standing(self) -> str:
        """How far the report has come: "Draft", or what was done last, by whom and when."""
        steps, own = self.settings.reported(self.client.key), {fact.key for fact in self.evaluation.facts}
        if self.audience == PARTNER:  # who do not see all figures that were kept
            steps = tuple(replace(each, figures=tuple(one for one in each.figures if one.key in own)) for each in steps)
        notes = mark_of(self.settings.notes(self.client.key), self.evaluation.period)
        return standing_words(standing(self.evaluation, steps, notes), self.say)

    @property
    def revisions(self) -> list[str]:
        """A sentence for each figure that was sent and is another one now."""
        names = {fact.key: self.labels(fact) for fact in self.evaluation.facts}
        return revision_sentences(self.evaluation, names, self.say)

    def _proposed(self) -> list[str]:
        """What the figures propose for the plan, for the most urgent KPI; empty where they propose nothing."""
        found, urgent = self.redesign, [fact.key for fact in attention(self.kpis)]
        order = {key: at for at, key in enumerate(urgent)}
        those = sorted(found.open(), key=lambda one: order.get(one.fact.key if one.fact else "", len(order)))
        return [self.say("Proposed: {proposal}.", proposal=found.words(each)[0]) for each in those[:1]]

    @shown_to(TEAM, MANAGEMENT)
    def notes(self) -> Html:
        """What people said about the period, but for what stands in the sections of KPIs; and what was reported then.

        Whatever it is about, a note is shown: one on an indicator that is no KPI stands here, under its name.
        """
        own = [note for note in self.comments if comments.home(note, self.kpis) is None]
        within = self.evaluation.period
        named = comments.shown(own, self.say, within, lambda id: self.say(self.indicators[id].label))
        parts = list(self._titled(N_("Reported then, known now"), paragraphs(self.revisions))) if self.revisions else []
        parts += self._titled(N_("Notes"), named) if own else []
        return joined(parts) if parts else Html("", "")

    def _titled(self, title: str, piece: Html) -> tuple[Html, Html]:
        said = self.say(title)
        return heading(said), piece

    def scorecard(self) -> Html:
        """One line for each indicator: the KPIs first; for the team, what drives them; for partners, their progress."""
        found = self.evaluation
        if self.audience == PARTNER:
            return progress_table(found, self.say, self.labels)
        if self.audience == MANAGEMENT:
            return scorecard(replace(found, facts=found.kpis), self.say, self.labels, brief=True)
        card, chance = scorecard(found, self.say, self.labels), chance_words(by_chance(found.facts), self.say)
        return joined([card, paragraphs([chance], "note")]) if chance else card

    @shown_to(TEAM, MANAGEMENT)
    def attention(self) -> Html:
        """A section for each KPI that needs attention, the most urgent first; for management, what is to be decided.

        Without KPIs it is empty, and so are `others` and `drivers`: the summary says that no plan is in force.
        """
        urgent = attention(self.kpis)
        if not urgent:
            return self._if_kpis(self.say("No KPI needs attention in this period."))
        if self.audience != TEAM:
            told = experiments.in_short(self.evaluation.experiments, self.settings, self.say)
            return joined([agenda(self, urgent), *([paragraphs(told)] if told else [])])
        return joined([section(self, fact, self.why(fact.key), self.compared(fact.key)) for fact in urgent])

    @shown_to(TEAM)
    def others(self) -> Html:
        """The KPIs that need no attention, small: each with its history and what is said of it."""
        urgent = attention(self.kpis)
        calm = [fact for fact in self.kpis if fact not in urgent]
        if not calm:
            return self._if_kpis(self.say("There are no other KPIs in the plan."))
        return joined([brief(self, fact) for fact in calm])

    @shown_to(TEAM)
    def experiments(self) -> Html:
        """What the experiments that ran in the period have shown; nothing where there were none."""
        return experiments.shown(self.evaluation.experiments, self.settings, self.say)

    @shown_to(TEAM)
    def drivers(self) -> Html:
        """The PIs of the plan: those with a signal or something to compare with in a section; the rest are named."""
        pis = [fact for fact in self.evaluation.facts if fact.role == "pi"]
        if not pis:
            return self._if_kpis(self.say("The plan names no PIs for these KPIs."))
        told = [fact for fact in pis if fact.signal.rule or self.compared(fact.key).html]
        usual = ", ".join(self.labels(fact) for fact in pis if fact not in told and not fact.signal.reason)
        unknown = ", ".join(self.labels(fact) for fact in pis if fact not in told and fact.signal.reason)
        rest = [self.say("Within their usual range: {names}.", names=usual)] if usual else []
        rest += [self.say("Not judged: {names}.", names=unknown)] if unknown else []
        return joined([*(brief(self, fact) for fact in told), *([paragraphs(rest)] if rest else [])])

    def _if_kpis(self, sentence: str) -> Html:
        return paragraphs([sentence]) if self.kpis else Html("", "")

    def chart(self, key: str) -> Picture:
        """The history of one indicator, by its id."""
        fact = self.evaluation.fact(key)
        return trend_picture(fact, self.say, self.labels(fact))

    def events(self, key: str) -> Html:
        """The events that are numbered in the chart of an indicator, with their days; empty where there are none."""
        return event_list(self.evaluation.fact(key), self.say)

    def figures(self, key: str) -> Html:
        """The box of figures of one indicator, by its id."""
        return figures(self.evaluation.fact(key), self.say)

    def members(self, key: str, dimension: str | None = None) -> Picture:
        """One indicator split by a dimension (the first one it has, unless named), as bars."""
        fact = self.evaluation.fact(key)
        return bars_picture(fact, self.say, self.labels(fact), self.labels.member, dimension)

    def why(self, key: str) -> Html:
        """What the changes of a KPI are made of, by its id: in sentences, and as waterfalls; empty for other facts."""
        names = {fact.key: self.labels(fact) for fact in self.evaluation.facts}
        return why(self.evaluation.fact(key), self.labels, names, self.say) or Html("", "")

    @shown_to(TEAM)
    def customers(self) -> Html:
        """A section about the client's customers, with its heading; nothing where the workspace tells none apart."""
        base = self.base()
        return Customers(base, self.say).section() if base else Html("", "")

    def compared(self, key: str) -> Html:
        """A KPI beside the others of its segment, without their names, and the values that the workspace enters."""
        fact = self.evaluation.fact(key)
        return compared(fact, self.labels(fact), self.say) or Html("", "")

    @property
    def cards(self) -> list[Card]:
        """The definition cards of all indicators in the review."""
        return self._cards(self.evaluation.facts)

    def _cards(self, facts: Sequence[Fact]) -> list[Card]:
        return [self.indicators[id].card(self.say.code, brief=True) for id in dict.fromkeys(f.indicator for f in facts)]

    @shown_to(TEAM, PARTNER)
    def definitions(self) -> Html:
        """The definition cards of the indicators that the scorecard shows."""
        facts = shown(self.evaluation) if self.audience == TEAM else self.kpis
        return joined([Html(card.html(), str(card)) for card in self._cards(facts)])

    @shown_to(TEAM)
    def conventions(self) -> Html:
        """How the figures were judged: the process limits and their rules, the comparisons, rounding."""
        plan = self.plan.profile if self.plan else None
        profile = PROFILES[plan or self.settings.profile]
        found = conventions(self.say, shown(self.evaluation), [profile], self.settings.model.smallest_told)
        few = few_peers_words(self.kpis, self.labels, self.say)
        return joined([found, paragraphs(few)]) if few else found

    def provenance(self) -> Html:
        """Where the figures come from: sources with hashes and attribution, the plan's version, the day seen from."""
        shown = self.sources
        unlisted = len(self.origin.origins) - len(shown.origins)
        return origins(shown, unlisted, self.evaluation, self.say, brief=self.audience != TEAM)

    @property
    def sources(self) -> Provenance:
        """The sources that have something of the client, and those that its indicators are made of."""
        known, model = self.indicators, self.settings.model
        metrics = {name for fact in self.evaluation.facts for name in known[fact.indicator].metrics}
        return self.origin.of(self.client.key, {model.metrics[name].source for name in metrics})

    def texts(self, fact: Fact) -> list[str]:
        """What is said beneath the title of an indicator: goal, how sure it is, signal, outlook, what to try."""
        return texts(self, fact)
