"""`Customers`: what a notebook shows of a client's customers; each method gives an object that displays itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from kpikit.charts import customers as tables
from kpikit.charts.markup import Html, heading, joined, paragraphs
from kpikit.evaluation.customers import sentences
from kpikit.evaluation.customers.analysis import CustomerBase
from kpikit.evaluation.customers.document import document
from kpikit.words.language import Language


@dataclass(frozen=True, repr=False)
class Customers:
    """A client's customers, in a language. ``base`` holds the facts that everything here shows."""

    base: CustomerBase
    say: Language

    def __repr__(self) -> str:
        return str(self.report())

    def _repr_html_(self) -> str:
        return self.report()._repr_html_()

    def report(self) -> Html:
        """All of it, one section after the other."""
        parts = (self.counts, self.cohorts, self.revenue, self.rfm, self.purchases, self.value, self.parameters)
        return joined([part() for part in parts])

    def section(self) -> Html:
        """The short form for a report: who comes back, what is expected, and what it is worth."""
        title = self.say("The customers and their value")
        head = Html(f"<h2>{escape(title)}</h2>", title)
        return joined([head, self.counts(), self.cohorts(), self.purchases(), self.value()], "section")

    def document(self) -> dict[str, Any]:
        """The facts as plain JSON values; kpikit/evaluation/customers/SCHEMA.md describes them."""
        return document(self.base)

    def counts(self) -> Html:
        """How many customers there are, how many come back, and how many are new."""
        return paragraphs(sentences.counts(self.base, self.say))

    def cohorts(self) -> Html:
        """The customers of each month of first purchase: how many bought again in each later month."""
        words = [
            self.say(
                "Share of the new customers of each month who bought again, by the number of months since; the "
                "stronger the colour, the more."
            ),
            *self._notes(),
        ]
        return self._titled(self.say("Who comes back"), *self._if_told(tables.retention(self.base, self.say), words))

    def revenue(self) -> Html:
        """The customers of each month of first purchase: what they bought for, in that month and in each later one."""
        if self.base.currency is None:
            return Html("", "")
        words = [
            self.say("What the new customers of each month bought for, by the number of months since."),
            *self._notes(),
        ]
        return self._titled(self.say("What they bring"), *self._if_told(tables.revenue(self.base, self.say), words))

    def rfm(self) -> Html:
        """The customers by recency, frequency and spend, in fifths."""
        words = [
            self.say(
                "Each customer has a score from 1 to 5: one more than the whole fifths of customers who bought longer "
                "ago, more seldom, or for less. Customers who are alike have the same score."
            )
        ]
        if self.base.rfm.none_told:
            return Html("", "")
        grid = tables.recency_and_frequency(self.base, self.say)
        spend = tables.spend(self.base, self.say) if self.base.currency else Html("", "")
        return self._titled(self.say("Recency, frequency and spend"), joined([grid, spend]), words)

    def purchases(self) -> Html:
        """What the customers are expected to buy, and how good such a prediction was of days it did not know."""
        words = [*sentences.forecast(self.base, self.say), *sentences.holdout(self.base, self.say)]
        groups = tables.held_out(self.base, self.say) if self.base.holdout.groups else Html("", "")
        return self._titled(self.say("What they will buy"), groups, words)

    def value(self) -> Html:
        """What the expected purchases are worth today: the customer lifetime value, and the simple one beside it."""
        shown = self.base.value.worths or self.base.value.textbook
        if not shown and self.base.value.reason == self.base.forecast.fitted.reason:
            return Html("", "")  # the reason is told already
        simple = tables.simple_value(self.base, self.say)
        words = [*sentences.value(self.base, self.say), *([simple] if simple else [])]
        table = tables.values(self.base, self.say) if shown else Html("", "")
        return self._titled(self.say("What they are worth"), table, words)

    def parameters(self) -> Html:
        """The parameters of the models with their standard errors; nothing where none could be fitted."""
        found = tables.parameters(self.base, self.say)
        return self._titled(self.say("The models behind it"), found, []) if found.text else found

    def _if_told(self, cohorts: Html, words: list[str]) -> tuple[Html, list[str]]:
        """The table of the cohorts with its words; or, where no cohort may be told of, that alone."""
        if any(cohort.customers is not None for cohort in self.base.cohorts.cohorts[-tables.SHOWN :]):
            return cohorts, words
        number = self.say.count(self.base.smallest_group)
        few = self.say("Each month has too few new customers to be shown: fewer than {number} persons.", number=number)
        return Html("", ""), [few]

    def _titled(self, title: str, shown: Html, words: Sequence[str]) -> Html:
        said = [paragraphs(words)] if words else []
        return joined([heading(title), *said, *([shown] if shown.text else [])])

    def _notes(self) -> list[str]:
        """What must be known to read the cohorts: what is not told, not over, or not certain."""
        base, notes = self.base, list[str]()
        told = [cell for cohort in base.cohorts.cohorts for cell in cohort.active]
        if None in told:
            number = self.say.count(base.smallest_group)
            notes.append(
                self.say("A dash: fewer than {number} persons, or what would give such a group away.", number=number)
            )
        if any(not cohort.settled for cohort in base.cohorts.cohorts[-tables.SHOWN :]):
            notes.append(self.say("* They may have bought before the data begin."))
        if base.cohorts.partial:
            day = self.say.day(base.window.last_day)
            notes.append(self.say("The last month is known up to {day} only.", day=day))
        return notes
