"""What a check shows of the plans: whose they are, and what the SMART check finds in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from kpikit.charts.markup import Html, paragraphs, table
from kpikit.evaluation.goals.smart import FINDINGS, LETTERS, Finding, finding_words
from kpikit.words.periods import Period
from kpikit.workspace.check.examined import CheckedClient, CheckedPlan
from kpikit.workspace.check.part import Part, section
from kpikit.workspace.review.labels import Labels

Plans = Mapping[str, CheckedPlan]
"""A version of a plan for each of some clients, by the client's key."""

Alike = list[tuple[str, Finding]]
"""The same finding of several clients, each with the client's key."""


class PlansPart(Part):
    """The plans of a check."""

    def pieces(self) -> list[Html]:
        """The plans in force, and those that begin later, each with what the SMART check finds in them."""
        if not self._judged:
            return []
        now = {each.key: each.in_force for each in self._judged if each.in_force}
        later = {each.key: each.later for each in self._judged if each.later}
        pieces = [*self._checked(list(self._in_force()), now), *self._checked(list(self._later()), later)]
        body = Html("".join(each.html for each in pieces), "\n".join(map(str, pieces)))
        return [section(self.say("Plans"), body)]

    def _checked(self, texts: Sequence[str], plans: Plans) -> Iterator[Html]:
        """Whose plans they are, and what is found in them, the same findings together."""
        say, found = self.say, [self._found(alike) for alike in _alike(plans).values()]
        if texts:
            yield paragraphs(texts)
        if found:
            heads = [say("Goal"), say("SMART"), say("Finding"), say("Way out"), say("Clients")]
            lines = [f"  {goal}, {letter}: {words} {out} ({who})" for goal, letter, words, out, who in found]
            yield Html(table(heads, found).html, "\n".join(lines))
        elif plans:
            yield paragraphs([say("Every goal is SMART.")])

    @property
    def _judged(self) -> list[CheckedClient]:
        return [each for each in self.found.clients if each.evaluation]

    def _in_force(self) -> Iterator[str]:
        """One sentence for each version of a plan and period, and one for those without a plan."""
        plans = dict[tuple[int, Period], list[str]]()
        for each in self._judged:
            if each.in_force and each.evaluation:
                plans.setdefault((each.in_force.plan.version, each.evaluation.period), []).append(each.key)
        yield from (self._version(number, period, keys) for (number, period), keys in plans.items())
        without = [each.key for each in self._judged if not each.versions]
        if without:
            yield self.say("There is no plan for {clients}.", clients=self.clients(without))

    def _later(self) -> Iterator[str]:
        """One sentence for each version that begins later, and its first day."""
        plans = dict[tuple[int, date], list[str]]()
        for each in self._judged:
            if each.later:
                plans.setdefault((each.later.plan.version, each.later.plan.in_force_from), []).append(each.key)
        for (number, day), keys in plans.items():
            yield self.say(
                "Version {number} of the plan of {clients} begins on {day}; it is held against the same period.",
                number=number,
                clients=self.clients(keys),
                day=self.say.day(day),
            )

    def _version(self, number: int, period: Period, keys: Sequence[str]) -> str:
        say, clients = self.say, self.clients(keys)
        when = say.period(period)
        return say("Plan of {clients} for {period}: version {number}.", clients=clients, period=when, number=number)

    def _found(self, alike: Alike) -> list[str]:
        """One line for a finding that several clients share; its numbers are those of the first."""
        client, finding = alike[0]
        labels = self._labels()
        words, way_out = finding_words(finding, labels(finding.fact) if finding.fact else "", self.say)
        letter = self.say(LETTERS[finding.letter])
        if finding.numbers and len(alike) > 1:
            words = self.say("{finding} (Figures of {client}.)", finding=words, client=client)
        return [finding.goal, letter, words, way_out, self.clients([key for key, _ in alike])]

    def _labels(self) -> Labels:
        assert self.found.workspace
        return self.found.workspace.settings.labels(self.say)


def _alike(plans: Plans) -> dict[tuple[str, str, str], Alike]:
    """The findings that say the same of a goal, goal by goal, in the order of the letters."""
    together = dict[tuple[str, str, str], Alike]()
    for client, checked in plans.items():
        for each in checked.findings:
            fact = each.fact.key if each.fact else ""
            together.setdefault((each.goal, each.code, fact), []).append((client, each))
    goals, letters = list(dict.fromkeys(goal for goal, _, _ in together)), list(LETTERS)
    order = sorted(together, key=lambda key: (goals.index(key[0]), letters.index(FINDINGS[key[1]][0])))
    return {key: together[key] for key in order}
