"""The definition card of an indicator: as HTML in notebooks and reports, as text in terminals."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from kpikit.indicators.surveys import few_words
from kpikit.words.language import Language
from kpikit.words.texts import N_
from kpikit.words.units import SHARE

if TYPE_CHECKING:
    from kpikit.indicators.framework import Indicator

DIRECTIONS = {
    "higher": N_("higher is better"),
    "lower": N_("lower is better"),
    "inside": N_("best inside a range"),
    "neither": N_("no direction"),
}
LEVELS = {
    "organisation": N_("the whole organisation"),
    "department": N_("department"),
    "campaign": N_("campaign"),
    "individual": N_("one person's work"),
}
"""The levels of goals, from high to low: code -> text."""
TIMINGS = {"leading": N_("leading: it warns early"), "lagging": N_("lagging: it shows the result")}


@dataclass(frozen=True, repr=False)
class Card:
    """What an indicator means, for people; ``brief`` leaves out what to make of its values, as reports do."""

    indicator: Indicator
    say: Language
    brief: bool = False

    def rows(self) -> list[tuple[str, str]]:
        """The lines of the card: (heading, text). What an indicator does not say has no line."""
        one, say = self.indicator, self.say
        rows = [
            (say("Meaning"), say(one.description) if one.description else ""),
            (say("Formula"), one.written(say)),
            (say("Unit"), say(one.unit.label)),
            *([] if self.brief else [(say("Possible values"), self._possible())]),
            (say("Direction"), say(DIRECTIONS[one.better.value])),
            *([] if self.brief else self._use()),
            (say("Mind"), say(one.mind) if one.mind else ""),
            (say("Answers"), self._answers() if one.survey else ""),
            (say("Source"), one.source or say("Own definition")),
            (say("Name"), one.id),
        ]
        return [(head, text) for head, text in rows if text]

    def _possible(self) -> str:
        """Between what its values lie, where that is not plain: a count or an amount of money says nothing."""
        one, say = self.indicator, self.say
        low, high = one.bounds
        if one.unit == SHARE and high == math.inf:
            return say("0% and up; it can pass 100%") if low == 0 else say("also below 0% and above 100%")
        ends = {"low": self._end(low), "high": self._end(high)}
        if math.isfinite(low) and math.isfinite(high):
            return say("from {low} to {high}", **ends)
        if math.isfinite(high):
            return say("at most {high}", **ends)
        return say("at least {low}", **ends) if low > 0 else ""

    def _end(self, number: float) -> str:
        if not math.isfinite(number):
            return ""
        return self.say.value(number, SHARE, decimals=0) if self.indicator.unit == SHARE else self.say.number(number)

    def _answers(self) -> str:
        return f"{self.say('The figure comes with a 95% confidence interval.')} {few_words(self.say)}"

    def _use(self) -> list[tuple[str, str]]:
        one, say = self.indicator, self.say
        own = say(one.label).lower()
        usual = [one.usual.role, say(LEVELS[one.usual.level]), say(TIMINGS[one.usual.timing])] if one.usual else []
        return [
            (say("If low"), say(one.low) if one.low else ""),
            (say("If high"), say(one.high) if one.high else ""),
            (say("Usual use"), "; ".join(usual)),
            (say("Also called"), ", ".join(name for name in one.synonyms.get(say.code, ()) if name != own)),
        ]

    def __str__(self) -> str:
        lines = [self.say(self.indicator.label)] + [f"  {head}: {text}" for head, text in self.rows()]
        return "\n".join(lines)

    __repr__ = __str__

    def html(self) -> str:
        """The card as a piece of a page."""
        rows = "".join(f"<dt>{escape(head)}</dt><dd>{escape(text)}</dd>" for head, text in self.rows())
        return (
            f'<section class="kpikit card"><h3>{escape(self.say(self.indicator.label))}</h3><dl>{rows}</dl></section>'
        )

    def _repr_html_(self) -> str:
        return self.html()
