"""`Diagnosis`: what a data doctor says of the sources, of all or of one, and of a client's part in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from kpikit.charts.coverage import coverage_calendar
from kpikit.charts.coverage_strip import Months, coverage_strip, strip_key, together
from kpikit.charts.markup import Html, Shown, heading, joined, paragraphs, small, table
from kpikit.evaluation.tracking.jumps import Jump
from kpikit.plans.events import Event
from kpikit.sources.declarations import Source
from kpikit.sources.quarantine import BadRow, quarantine_file
from kpikit.words.errors import shortened
from kpikit.words.language import Language
from kpikit.words.message import in_language
from kpikit.words.periods import Window
from kpikit.workspace.data.held import Held
from kpikit.workspace.data.without_value import BySource
from kpikit.workspace.paths import file_name, relative
from kpikit.workspace.settings import Settings

MOST = 40
"""How many lines of a table are shown; the others are counted."""
NAMED = 5
"""How many names or gaps stand in a cell; the others are counted."""


Files = Mapping[str, Mapping[str, Sequence[str]]]
"""By source and client, the paths of files."""


@dataclass(frozen=True, repr=False)
class Diagnosis(Shown):
    """``held``: what there is by source and client; ``jumps`` of all; ``bad`` rows by source. It shows itself.

    It tells of one ``source`` or all, and of one ``client`` or all. ``held`` is None while the sources are read, and
    ``jumps`` are None while they are looked for. ``blank`` are the rows that add nothing to a sum, since they have no
    value; ``files`` are those of sources whose files are each of one client.
    """

    settings: Settings
    held: Mapping[str, Mapping[str, Held]] | None
    jumps: tuple[Jump, ...] | None
    bad: Mapping[str, tuple[BadRow, ...]]
    blank: BySource
    files: Files
    source: str | None
    client: str | None
    say: Language

    def __eq__(self, other: object) -> bool:
        """Equal are diagnoses that say the same."""
        return isinstance(other, Diagnosis) and str(self) == str(other)

    @property
    def faults(self) -> tuple[Jump, ...]:
        """The jumps that look like faults of tracking, of what is told of."""
        return tuple(each for each in self._told if each.kind != "ended")

    @property
    def _told(self) -> list[Jump]:
        return [each for each in self.jumps or ()
                if self.source in (None, each.source) and self.client in (None, each.client)]  # fmt: skip

    def shown(self) -> Html:
        """What looks like a fault, then the sources or the clients of one, or its calendar, and the rows left out."""
        if self.held is None:
            return joined(
                self._titled(self.say("Sources"), self._declared(), paragraphs([self.say("They are being read …")]))
            )
        pieces = self._of_faults()
        if self.source is None:
            pieces += self._titled(self.say("Sources"), self._sources())
        elif self.client is None:
            pieces += self._titled(self.source, self._clients(self.source), *self._only(self.source))
        else:
            title = f"{self.source}: {self._name(self.client)}"
            pieces += self._titled(title, self._calendar(self.source, self.client))
        pieces += self._without_value()
        return joined([*pieces, *self._titled(self.say("Rows in quarantine"), self._quarantine())])

    def _of(self, source: str) -> Mapping[str, Held]:
        """What there is of a source, by client; nothing of one about a span."""
        return (self.held or {}).get(source, {})

    def _titled(self, title: str, *body: Html) -> list[Html]:
        return [heading(title), *body]

    def _of_faults(self) -> list[Html]:
        say, title = self.say, self.say("Jumps that look like faults of tracking")
        if self.jumps is None:
            return self._titled(title, paragraphs([say("They are being looked for …")]))
        if not self.faults:
            none = say("None: no source, and no part of one, stops or jumps while all else goes on as before.")
            return [*self._titled(title, paragraphs([none])), *self._ended()]
        heads = [say("Client"), say("Source"), say("What"), say("When"), say("Before"), say("Then"), say("As before")]
        rows = [self._fault(each) for each in self.faults[:MOST]]
        return [*self._titled(title, table(heads, rows, [4, 5])), *self._more(len(self.faults)), *self._ended()]

    def _fault(self, each: Jump) -> list[str]:
        say = self.say
        known = [say.own(event.what) for event in self._events(each)]
        known = [say("in events.yml: {events}", events=", ".join(known))] if known else []
        numbers = [say.number(round(value, 1) if value < 100 else round(value)) for value in (each.before, each.after)]
        when = "; ".join([say.days(Window(each.first, _next(each.last))), *known])
        return [self._name(each.client), each.source, self._what(each), when, *numbers, self._listed(each.held)]

    def _what(self, each: Jump) -> str:
        """What happened to a source: it has no rows, nothing in a column, or another level of it."""
        column = each.column or self.say("rows")
        if each.kind == "fall":
            return self.say("{member}: hardly anything in {column}", member=each.member or "–", column=column)
        if each.kind == "level":
            return self.say("another level of {column}", column=column)
        rows = self._of(each.source)[each.client].rows
        there = any(each.first <= day <= each.last for day in rows)
        return self.say("nothing in {column}", column=column) if there else self.say("no rows")

    def _events(self, each: Jump) -> list[Event]:
        """What began about then, as ``events.yml`` knows: from a week before, and up to four weeks into it."""
        first, end = each.first - timedelta(7), min(each.last + timedelta(1), each.first + timedelta(28))
        own = [event for event in self.settings.events if event.is_of(each.client)]
        return [event for event in own if first <= event.window.start < end]

    def _ended(self) -> list[Html]:
        ended = [f"{self._name(each.client)} ({each.source}, {self.say.day(each.first)})"
                 for each in self._told if each.kind == "ended"]  # fmt: skip
        told = self.say("Without rows up to the end, and from when on: {clients}.", clients=self._listed(ended))
        return [paragraphs([told])] if ended else []

    def _declared(self) -> Html:
        """A line for each source, of what is known without reading it."""
        say, sources = self.say, self.settings.model.sources
        heads = [say("Source"), say("File"), say("Covers up to"), say("Days behind the newest source")]
        told = [self._reaches(name) for name in sources if self.source in (None, name)]
        return table(heads, told, [3])

    def _reaches(self, name: str) -> list[str]:
        """A source, its file, its last day, and how many days before the newest source it ends."""
        sources = self.settings.model.sources
        source, newest = sources[name], max(each.covers.last_day for each in sources.values())
        behind = (newest - source.covers.last_day).days
        late = self.say.count(behind) if behind else "–"
        return [name, self._file(source), self._unbroken(source.covers.last_day), late]

    def _file(self, source: Source) -> str:
        """Of a source of one file for each client that of the client who is looked at; else its name, or pattern."""
        own = self.files.get(source.name, {}).get(self.client or "", ())
        return self._listed(own) if own else file_name(source, self.settings.folder)

    def _unbroken(self, day: date) -> str:
        return self.say.day(day).replace(" ", "\u00a0")

    def _sources(self) -> Html:
        """A line for each source; of those that a client has no rows in, the names alone."""
        say, sources = self.say, self.settings.model.sources
        heads = [
            say("Source"),
            say("File"),
            say("Covers up to"),
            say("Days behind the newest source"),
            say("Last rows"),
        ]
        heads += [] if self.client else [say("Clients with rows")]
        heads.append(say("Coverage"))
        found = {name: [each for key, each in self._of(name).items() if self.client in (None, key)]
                 for name in sources}  # fmt: skip
        rows = [self._source(name, own) for name, own in found.items() if own or not self.client]
        none = [name for name, own in found.items() if not own] if self.client else []
        told = [say("No rows of this client: {sources}.", sources=", ".join(none))] if none else []
        lines = [table(heads, rows, [3] if self.client else [3, 5])] if rows else []
        lines += [strip_key(map(_months, found.values()), say)] if rows else []
        return joined([*lines, paragraphs(told)])

    def _source(self, name: str, own: Sequence[Held]) -> list[str | Html]:
        say, source = self.say, self.settings.model.sources[name]
        last = self._unbroken(max(each.last for each in own)) if own else say("no rows")
        empty = sum(len(each.empty) for each in own)
        slots = self._slots(source, empty) if empty and source.kind != "events" else "–"
        slots = slots if own else say.days(source.covers)
        number = [] if self.client else [say.count(len(own))]
        covered = self._strip(own, slots) if own else slots
        return [*self._reaches(name), last, *number, covered]

    def _strip(self, own: Sequence[Held], gaps: str) -> Html:
        """How much of each month is there, over the gaps in words."""
        strip = coverage_strip(_months(own), self.say)
        return Html(f"{strip.svg}{small(gaps if gaps != '–' else '')}", gaps)

    def _slots(self, source: Source, number: int) -> str:
        if source.every == "day":
            return self.say.plural("{number} day is missing", "{number} days are missing", number)
        if source.every == "week":
            return self.say.plural("{number} week is missing", "{number} weeks are missing", number)
        return self.say.plural("{number} month is missing", "{number} months are missing", number)

    def _clients(self, source: str) -> Html:
        """A line for each client: how much of what is expected it has, up to when, and where rows are missing."""
        say, own = self.say, self._of(source)
        if not own:
            return paragraphs([say("No client has rows of a day in this source.")])
        ranked = sorted(own.values(), key=lambda each: (-len(each.empty), self._name(each.client).casefold()))
        heads = [say("Client"), say("With rows"), say("Expected"), say("Last rows"), say("Coverage")]
        rows: list[list[str | Html]] = [
            [
                *(self._name(each.client), say.count(len(each.expected) - len(each.empty))),
                *(say.count(len(each.expected)), say.day(each.last), self._strip([each], self._gaps(each))),
            ]
            for each in ranked[:MOST]
        ]
        without = [self._name(key) for key in self.settings.clients if key not in own]
        told = [say("No rows of {clients}.", clients=self._listed(without))] if without else []
        key = strip_key((_months([each]) for each in ranked[:MOST]), say)
        return joined([table(heads, rows, [1, 2]), key, *self._more(len(ranked)), paragraphs(told)])

    def _only(self, source: str) -> list[Html]:
        """The calendar of the one client that has rows in a source; none where there are several."""
        own = self._of(source)
        return [self._calendar(source, client) for client in own if len(own) == 1]

    def _calendar(self, source: str, client: str) -> Html:
        own = self._of(source).get(client)
        if own is None:
            return paragraphs([self.say("This client has no rows of a day in this source.")])
        share = {"number": self.say.count(len(own.expected) - len(own.empty)), "all": self.say.count(len(own.expected))}
        told = {
            "day": self.say("Rows on {number} of {all} days.", **share),
            "week": self.say("Rows in {number} of {all} weeks.", **share),
            "month": self.say("Rows in {number} of {all} months.", **share),
        }
        texts = [told[own.source.every]]
        texts += [self.say("Without rows: {days}.", days=self._gaps(own))] if own.empty else []
        picture = coverage_calendar(own.states(), own.source.every, self.say, " ".join(texts))
        html = f'<figure class="kpikit coverage">{picture.svg}</figure>'
        return joined([paragraphs(texts), Html(html, "")])

    def _gaps(self, each: Held) -> str:
        return self._listed([self.say.days(gap) for gap in each.gaps]) if each.empty else "–"

    def _without_value(self) -> list[Html]:
        """A line for each client and sum to which rows add nothing; nothing where there are none."""
        say = self.say
        own = [(name, each) for name, blank in self.blank.items() if self.source in (None, name)
               for each in blank if self.client in (None, each.client)]  # fmt: skip
        if not own:
            return []
        heads = [say("Client"), say("Source"), say("Sum"), say("Rows"), say("Rows without a value")]
        rows = [[self._name(each.client), name, each.metric, *map(say.count, each.within(None))] for name, each in own]
        told = paragraphs([say("The sums count them as nothing, and may be incomplete.")])
        return self._titled(say("Rows without a value"), table(heads, rows[:MOST], [3, 4]), *self._more(len(own)), told)

    def _quarantine(self) -> Html:
        say = self.say
        bad = [(name, each) for name, own in self.bad.items() if self.source in (None, name) for each in own]
        if not bad:
            return paragraphs([say("None: every row can be read.")])
        heads = [say("File"), say("Row"), say("Column"), say("Value"), say("Reason")]
        rows = [self._bad(each) for _, each in bad[:MOST]]
        sources = (self.settings.model.sources[name] for name in dict.fromkeys(name for name, _ in bad))
        places = self._listed([quarantine_file(Path(), source).as_posix() for source in sources])
        kept = say("They are left out of all figures, and kept in {files}.", files=places)
        return joined([table(heads, rows, [1]), *self._more(len(bad)), paragraphs([kept])])

    def _bad(self, each: BadRow) -> list[str]:
        error = each.error
        row = self.say.count(error.row) if error.row else ""
        value = "" if error.value is None else shortened(error.value)
        file, reason = relative(str(error.file), self.settings.folder), str(in_language(error.reason, self.say))
        return [file, row, error.column or "", value, reason]

    def _more(self, number: int) -> list[Html]:
        more = self.say("The first {number} of {all}.", number=self.say.count(MOST), all=self.say.count(number))
        return [paragraphs([more])] if number > MOST else []

    def _name(self, client: str) -> str:
        return self.say.own(self.settings.clients[client].label)

    def _listed(self, names: Sequence[str]) -> str:
        shown, more = ", ".join(names[:NAMED]), self.say.count(len(names) - NAMED)
        return self.say("{names} and {number} more", names=shown, number=more) if len(names) > NAMED else shown


def _months(own: Sequence[Held]) -> Months:
    return together(each.months for each in own)


def _next(day: date) -> date:
    return day + timedelta(1)
