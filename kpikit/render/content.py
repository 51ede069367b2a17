"""What a report says, once, from facts and sentences: sheets, slides and mails only lay it out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from kpikit.charts.alternatives import spark_alt, trend_alt
from kpikit.charts.cells import care, so_far, versus
from kpikit.charts.markup import SIGNS
from kpikit.charts.progress import baseline_words, progress_sentence, progress_words
from kpikit.charts.reading import capital, last_sense, target_words
from kpikit.charts.scorecard import GROUPS, compared_with
from kpikit.evaluation.facts import Evaluation, Fact
from kpikit.evaluation.figures import in_words
from kpikit.evaluation.sentences import attention, headline, reason_words, signal_words, status_word
from kpikit.indicators.card import Card
from kpikit.plans.notes import Note
from kpikit.words.language import Language
from kpikit.words.texts import N_
from kpikit.workspace.reports.branding import Branding
from kpikit.workspace.review.audience import PARTNER, TEAM
from kpikit.workspace.review.comments import about, signed
from kpikit.workspace.review.review import Review

_SHAPES = {"exceeded": "●", "met": "●", "on_track": "○", "at_risk": "◇", "missed": "◆", "cannot_be_judged": "⊖",
           "good": "●", "bad": "◆", "neutral": "■"}  # fmt: skip
"""The signs of the look as letters, for formats that draw none: circles are good, diamonds bad."""


@dataclass(frozen=True)
class Line:
    """One indicator of a report, with its words."""

    fact: Fact
    label: str
    say: Language
    texts: tuple[str, ...]
    progress: bool = False
    """Told to partners: how far it has come in the place of the status, and where it began in that of the signal."""

    @property
    def headline(self) -> str:
        """The title that states the message."""
        told = progress_sentence if self.progress else headline
        return told(self.fact, self.label, self.say)

    @property
    def value(self) -> str:
        """The value with its unit."""
        return in_words(self.fact, self.fact.value.value, self.say)

    @property
    def target(self) -> str:
        """The target with the side on which it is kept; empty where there is none."""
        return target_words(self.fact, self.say)

    @property
    def aims(self) -> tuple[str, ...]:
        """The target, and what is held against it where that is not the value: "≥ £4,000", "£1,820 so far"."""
        return tuple(filter(None, [self.target, so_far(self.fact, self.say)]))

    @property
    def status(self) -> str:
        """The status in a word with its sign; empty where the fact is no KPI."""
        if self.progress:
            return progress_words(self.fact, self.say)
        return f"{_SHAPES[self.fact.status]} {status_word(self.fact, self.say)}" if self.fact.status else ""

    @property
    def signal(self) -> str:
        """What the process says of the period, with its sign where it says that something changed."""
        if self.progress:
            return baseline_words(self.fact, self.say)
        if self.fact.value.value is None:
            return ""
        how = last_sense(self.fact)
        return " ".join(filter(None, [_SHAPES[how] if how else "", capital(signal_words(self.fact, self.say))]))

    @property
    def remark(self) -> str:
        """What the figures must be read with, and why there is no verdict."""
        why = reason_words(self.fact.status_reason, self.say)
        said = [care(self.fact.value, self.say, self.fact.interval), so_far(self.fact, self.say), why]
        return "; ".join(dict.fromkeys(filter(None, said)))

    @property
    def picture(self) -> str:
        """The history in words, for those who cannot see its chart; for partners, no verdict is among them."""
        return self.spark if self.progress else trend_alt(self.fact, self.say, self.label)

    @property
    def spark(self) -> str:
        """The same in short, for sparklines."""
        return spark_alt(self.fact, self.say, self.label)

    @property
    def status_role(self) -> str:
        """The role of the status's colour in the look."""
        return SIGNS[self.fact.status][0] if self.fact.status and not self.progress else "ink"

    @property
    def signal_role(self) -> str:
        """The role of the signal's colour."""
        how = last_sense(self.fact)
        return SIGNS[how][0] if how else "muted"


@dataclass(frozen=True)
class Content:
    """All that a report of one client says."""

    review: Review

    @property
    def say(self) -> Language:
        """The language that the report speaks."""
        return self.review.say

    @cached_property
    def evaluation(self) -> Evaluation:
        """The facts behind it, as far as its audience sees them: others than the team, the KPIs alone."""
        found = self.review.evaluation
        if self.review.audience == TEAM:
            return found
        return replace(found, facts=found.kpis)

    @property
    def branding(self) -> Branding:
        """The agency's look."""
        return self.review.settings.branding

    @property
    def logos(self) -> list[tuple[Path, str]]:
        """The pictures that the report wears, the agency's first, each with the name of whose it is."""
        found = [(self.branding.logo, self.agency), (self.review.client.logo, self.client)]
        return [(logo, name) for logo, name in found if logo]

    @property
    def agency(self) -> str:
        """The name of the workspace."""
        return self.say.own(self.review.settings.name)

    @property
    def footer(self) -> str:
        """The agency's text at the end; empty where it has none."""
        return self.say.own(self.branding.footer) if self.branding.footer else ""

    @property
    def client(self) -> str:
        """Whom it is about."""
        return self.say.own(self.review.client.label)

    @property
    def period(self) -> str:
        """When it is about."""
        return capital(self.say.period(self.evaluation.period))

    @property
    def head(self) -> list[str]:
        """Client, period and day, what the figures lack, and how far the report has come."""
        return [*str(self.review.title()).splitlines(), self.review.standing]

    @property
    def sentences(self) -> list[str]:
        """At most five, the most important first; and what was reported then and is known now."""
        return [*self.review.sentences, *self.review.revisions]

    @property
    def verdicts(self) -> tuple[str, str]:
        """What the columns of `Line.status` and `Line.signal` are called."""
        heads = (N_("Progress"), N_("Baseline")) if self.review.audience == PARTNER else (N_("Status"), N_("Signal"))
        return self.say(heads[0]), self.say(heads[1])

    @cached_property
    def lines(self) -> list[Line]:
        """A line for each fact: the KPIs, what drives them, what else is measured."""
        facts = [fact for role, _ in GROUPS for fact in self.evaluation.facts if fact.role == role]
        return [self._line(fact) for fact in facts]

    @property
    def groups(self) -> list[tuple[str, list[Line]]]:
        """The lines under the heading of their group; the KPIs have none."""
        found = [(title, [line for line in self.lines if line.fact.role == role]) for role, title in GROUPS]
        return [(self.say(title) if title else "", lines) for title, lines in found if lines]

    @property
    def kpis(self) -> list[Line]:
        """The lines of the KPIs."""
        return [line for line in self.lines if line.fact.role == "kpi"]

    @property
    def urgent(self) -> list[Line]:
        """Those that need attention, the most urgent first."""
        hidden = self.review.audience == PARTNER
        return [] if hidden else [self._line(fact) for fact in attention(self.evaluation.kpis)]

    @property
    def cards(self) -> list[Card]:
        """The definitions of what it shows."""
        shown = {fact.indicator for fact in self.evaluation.facts}
        return [card for card in self.review.cards if card.indicator.id in shown]

    @property
    def against(self) -> list[tuple[str, str]]:
        """What changes are against: (code, words), in the order of the columns."""
        return [(code, versus(code, self.say)) for code in compared_with(self.evaluation)]

    @property
    def notes(self) -> list[tuple[str, str, str]]:
        """What people said: what it is about (empty: the whole period), the text, who and when."""
        told = () if self.review.audience == PARTNER else self.review.comments
        return [(self._about(note), self.say.own(note.text), signed(note, self.say)) for note in told]

    def _about(self, note: Note) -> str:
        named = self.review.indicators
        return about(note, self.say, self.evaluation.period, lambda id: self.say(named[id].label))

    def _line(self, fact: Fact) -> Line:
        progress = self.review.audience == PARTNER
        texts = () if progress else tuple(self.review.texts(fact))
        return Line(fact, self.review.labels(fact), self.say, texts, progress)
