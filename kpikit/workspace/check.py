"""`Check`: what was found in a workspace, as it shows itself in a notebook and in a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from kpikit.charts.markup import Html, joined, paragraphs, table
from kpikit.evaluation.smart import FINDINGS, LETTERS, Finding, finding_words
from kpikit.indicators.catalogue import metric_called
from kpikit.sources.quarantine import quarantine_file
from kpikit.words.language import Language
from kpikit.words.periods import Period, Window, parse_day
from kpikit.workspace import check_document
from kpikit.workspace.examine import CheckedClient, CheckedPlan, CheckedSource, Examined, examine
from kpikit.workspace.explain import ORIGINS, Flags, Setting, explain
from kpikit.workspace.labels import Labels
from kpikit.workspace.paths import file_name, relative
from kpikit.workspace.same_errors import together

MOST = 5
"""How many of the clients, gaps or values that are alike are named; the others are counted."""

Plans = Mapping[str, CheckedPlan]
"""A version of a plan for each of some clients, by the client's key."""

Alike = list[tuple[str, Finding]]
"""The same finding of several clients, each with the client's key."""


def check(path: str | Path, period: str | None = None, as_of: str | None = None, language: str | None = None) -> Check:
    """The check of the workspace in a folder, whether or not it can be opened; see `Check`."""
    found = examine(Path(path), period, parse_day(as_of, "as_of") if as_of else None)
    code = language or (found.workspace.language if found.workspace else "en")
    return Check(found, Language(code), {"period": period, "as_of": as_of, "language": language})


@dataclass(frozen=True, repr=False)
class Check:
    """All of a workspace read and validated: `errors`, and what is worth a look. It shows itself.

    ``found`` holds everything as data; `document` gives it as plain values, `settings` says where each one comes from.
    """

    found: Examined
    say: Language
    flags: Flags = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """True where no file says anything wrong. Findings of plans, gaps and old data are not wrong."""
        return not self.found.errors

    @property
    def errors(self) -> list[str]:
        """What is wrong: the text of each error, with files named from the workspace's folder."""
        return [relative(str(error), self.found.folder) for error in self.found.errors]

    @property
    def settings(self) -> list[Setting]:
        """The value of each setting, and where it comes from."""
        return explain(self.found, self.flags)

    def __str__(self) -> str:
        return str(self._page())

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return self._page()._repr_html_()

    def document(self) -> dict[str, Any]:
        """The check as plain values, ready for JSON; ``kpikit/workspace/CHECK.md`` describes them."""
        return check_document.document(self.found, self.settings, self.say)

    def explanation(self) -> Html:
        """The settings as a table; what is the same for all clients, or another for each, stands in one line."""
        heads = [self.say("Setting"), self.say("Value"), self.say("From"), self.say("Clients")]
        values = dict[tuple[str, str], set[str]]()
        for each in self.settings:
            values.setdefault((each.name, each.origin), set()).add(each.value)
        together = dict[tuple[str, str, str], list[str]]()
        for each in self.settings:
            many = len(values[each.name, each.origin])
            value = each.value if many <= MOST else self.say("{number} values", number=self.say.count(many))
            together.setdefault((each.name, value, each.origin), []).extend([each.client] if each.client else [])
        rows = [
            [name, value, self.say(ORIGINS[origin]), self._clients(clients) if clients else self.say("all")]
            for (name, value, origin), clients in together.items()
        ]
        return self._section(self.say("Settings"), table(heads, rows))

    def _page(self) -> Html:
        pieces = [self._verdict()]
        if self.found.workspace:
            pieces += [*self._sources(), *self._remarks(), *self._plans(), self._indicators()]
        return joined(pieces)

    def _section(self, title: str, body: Html) -> Html:
        return Html(f'<div class="kpikit"><h3>{escape(title)}</h3>{body.html}</div>', f"{title.upper()}\n{body}")

    def _verdict(self) -> Html:
        if self.ok:
            return paragraphs([self.say("Nothing is wrong.")])
        errors = together(self.found.errors, self.found.folder, self.say)
        told = self.say.plural("{number} thing is wrong:", "{number} things are wrong:", len(errors))
        lines = "".join(f"<li>{escape(error)}</li>" for error in errors)
        texts = "\n".join(f"  - {error}" for error in errors)
        return Html(f'<div class="kpikit"><p>{escape(told)}</p><ul>{lines}</ul></div>', f"{told}\n{texts}")

    def _sources(self) -> list[Html]:
        heads = [
            *(self.say("Source"), self.say("File"), self.say("Rows"), self.say("Covers"), self.say("Days with rows")),
            self.say("Days old"),
        ]
        rows = [self._source(each) for each in self.found.sources]
        return [self._section(self.say("Sources"), table(heads, rows, [2, 5]))] if rows else []

    def _source(self, each: CheckedSource) -> list[str]:
        clients = each.profile.clients.values()
        days = f"{min(c.first for c in clients)}..{max(c.last for c in clients)}" if clients else "–"
        days = str(each.source.span) if clients and each.source.span else days
        rows, old = self.say.count(each.profile.rows), self.say.count(each.days_old)
        return [each.source.name, file_name(each.source, self.found.folder), rows, str(each.source.covers), days, old]

    def _remarks(self) -> list[Html]:
        """What is worth a look in the sources, in sentences; nothing where there is nothing."""
        texts = [f"{each.source.name}: {text}" for each in self.found.sources for text in self._of_source(each)]
        return [self._section(self.say("Worth a look"), paragraphs(texts))] if texts else []

    def _of_source(self, each: CheckedSource) -> Iterator[str]:
        say, rows = self.say, each.profile
        if not rows.rows:
            yield say("The file holds a header and no rows.")
            return
        if each.unregistered:
            listed = self._listed([f"{name} ({say.count(number)})" for name, number in each.unregistered.items()])
            yield say("Rows of clients that clients.yml does not list: {clients}.", clients=listed)
        if each.left_out:
            yield say.plural(
                "{number} row can't be read and is left out; it is kept in {file}.",
                "{number} rows can't be read and are left out; they are kept in {file}.",
                each.left_out,
                file=quarantine_file(Path(), each.source).as_posix(),
            )
        if each.lacking:
            lacking = self._clients(each.lacking)
            yield say("No file or account of {clients}: their figures are missing.", clients=lacking)
        absent = [key for key, number in each.rows.items() if not number and key not in each.lacking]
        if absent:
            yield say("No rows of {clients}.", clients=self._clients(absent))
        if each.silent:
            days = ", ".join(each.silent)
            yield say("Never a row on {days}. Closed then? Say so under the source's `open`.", days=days)
        if each.gaps:
            gaps = self._listed([_range(gap) for gap in each.gaps])
            zero = each.source.kind == "events"
            yield say("No rows, which counts as 0: {days}.", days=gaps) if zero else say("No rows: {days}.", days=gaps)
        if each.missing:
            listed = self._listed([f"{key} ({say.count(number)})" for key, number in each.missing.items()])
            yield say("Clients that lack rows, and of how many days, weeks or months: {clients}.", clients=listed)
        if rows.repeated:
            yield say.plural(
                "{number} row repeats another one, such as: {places}.",
                "{number} rows repeat another one, such as: {places}.",
                rows.repeated,
                places="; ".join(self._place(*place) for place in each.repeats),
            )
        if rows.closed:
            yield say.plural(
                "{number} row is of a day that is not open.",
                "{number} rows are of days that are not open.",
                rows.closed,
            )

    def _place(self, file: Path, row: int) -> str:
        return self.say("{file}, row {row}", file=relative(str(file), self.found.folder), row=row)

    def _plans(self) -> list[Html]:
        """The plans in force, and those that begin later, each with what the SMART check finds in them."""
        if not self._judged:
            return []
        now = {each.key: each.in_force for each in self._judged if each.in_force}
        later = {each.key: each.later for each in self._judged if each.later}
        pieces = [*self._checked(list(self._in_force()), now), *self._checked(list(self._later()), later)]
        body = Html("".join(each.html for each in pieces), "\n".join(map(str, pieces)))
        return [self._section(self.say("Plans"), body)]

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
            yield self.say("There is no plan for {clients}.", clients=self._clients(without))

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
                clients=self._clients(keys),
                day=self.say.day(day),
            )

    def _version(self, number: int, period: Period, keys: Sequence[str]) -> str:
        say, clients = self.say, self._clients(keys)
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
        return [finding.goal, letter, words, way_out, self._clients([key for key, _ in alike])]

    def _labels(self) -> Labels:
        assert self.found.workspace
        return self.found.workspace.settings.labels(self.say)

    def _indicators(self) -> Html:
        found, say = self.found, self.say
        ids = ", ".join(found.computed)
        texts = [
            say.plural(
                "{number} indicator can be computed: {ids}.",
                "{number} indicators can be computed: {ids}.",
                len(found.computed),
                ids=ids,
            )
        ]
        if found.unused:
            unused = ", ".join(self._unused(name) for name in found.unused)
            texts.append(say("Metrics that no indicator uses: {metrics}.", metrics=unused))
        return self._section(say("Indicators"), paragraphs(texts))

    def _unused(self, name: str) -> str:
        """A metric that no indicator uses, with the one that it may be meant for, which the workspace lacks."""
        assert self.found.workspace
        metrics = self.found.workspace.settings.model.metrics
        meant = metric_called(name)
        if meant is None or meant in metrics:
            return name
        return self.say("{metric} (did you mean {name}?)", metric=name, name=meant)

    def _clients(self, keys: Sequence[str]) -> str:
        assert self.found.workspace
        whole = len(keys) == len(self.found.workspace.clients) > 1
        return self.say("all clients ({number})", number=self.say.count(len(keys))) if whole else self._listed(keys)

    def _listed(self, names: Sequence[str]) -> str:
        shown = ", ".join(names[:MOST])
        more = self.say.count(len(names) - MOST)
        return self.say("{names} and {number} more", names=shown, number=more) if len(names) > MOST else shown


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


def _range(window: Window) -> str:
    return str(window.start) if window.days == 1 else str(window)
