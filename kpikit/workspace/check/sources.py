"""What a check shows of the sources: a table of them, and what is worth a look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from kpikit.charts.markup import Html, paragraphs, table
from kpikit.metrics.quantities import columns_of
from kpikit.metrics.without_value import may_lack
from kpikit.sources.declarations import WEEKDAYS
from kpikit.sources.quarantine import quarantine_file
from kpikit.words.periods import Window
from kpikit.workspace.check.examined import CheckedSource
from kpikit.workspace.check.part import Part, section
from kpikit.workspace.paths import file_name, relative

PERSONS = {"visitors", "users", "uniques", "besøgende", "brugere", "besøkende", "brukere"}
"""Words in the names of columns that count persons, who are not added up over days."""

ADDED = {"new", "nye", "first"}
"""Words beside them that say that each person is counted once: new users add up."""


class SourcesPart(Part):
    """The sources of a check."""

    def pieces(self) -> list[Html]:
        """A table of the sources that could be read, and what is worth a look in them; nothing where there are none."""
        return [*self._table(), *self._remarks()]

    def _table(self) -> list[Html]:
        say = self.say
        heads = [say("Source"), say("File"), say("Rows"), say("Covers"), say("Days with rows"), say("Days old")]
        rows = [self._source(each) for each in self.found.sources]
        return [section(say("Sources"), table(heads, rows, [2, 5]))] if rows else []

    def _source(self, each: CheckedSource) -> list[str]:
        clients = each.profile.clients.values()
        days = f"{min(c.first for c in clients)}..{max(c.last for c in clients)}" if clients else "–"
        days = str(each.source.span) if clients and each.source.span else days
        rows, old = self.say.count(each.profile.rows), self.say.count(each.days_old)
        return [each.source.name, file_name(each.source, self.found.folder), rows, str(each.source.covers), days, old]

    def _remarks(self) -> list[Html]:
        """What is worth a look in the sources, in sentences; nothing where there is nothing."""
        texts = [f"{each.source.name}: {text}" for each in self.found.sources for text in self._of_source(each)]
        if self.found.silent_notes:
            notes = self.listed([f"{client} ({period})" for client, period in self.found.silent_notes])
            texts.append(self.say("Notes on periods without figures, which no report shows: {notes}.", notes=notes))
        return [section(self.say("Worth a look"), paragraphs(texts))] if texts else []

    def _of_source(self, each: CheckedSource) -> Iterator[str]:
        if each.profile.rows:
            yield from (*self._whose(each), *self._when(each), *self._odd(each))
        else:
            yield self.say("The file holds a header and no rows.")

    def _whose(self, each: CheckedSource) -> Iterator[str]:
        """Rows that count for no client, and clients without rows."""
        say = self.say
        if each.unregistered:
            listed = self.listed([self._unregistered(each, name) for name in each.unregistered])
            yield say("Rows of clients that clients.yml does not list: {clients}.", clients=listed)
        if each.left_out:
            yield say.plural(
                "{number} row can't be read and is left out; it is kept in {file}.",
                "{number} rows can't be read and are left out; they are kept in {file}.",
                each.left_out,
                file=quarantine_file(Path(), each.source).as_posix(),
            )
        if each.lacking and each.source.whose is None:  # else it is declared whose they are
            lacking = self.clients(each.lacking)
            yield say("No file or account of {clients}: their figures are missing.", clients=lacking)
        absent = [key for key, number in each.rows.items() if not number and key not in each.lacking]
        if absent:
            yield say("No rows of {clients}.", clients=self.clients(absent))

    def _unregistered(self, each: CheckedSource, name: str) -> str:
        """What rows call a client that is not registered, with their number, and the client that is spelled alike."""
        counted = f"{name} ({self.say.count(each.unregistered[name])})"
        meant = each.meant.get(name)
        return self.say("{metric} (did you mean {name}?)", metric=counted, name=meant) if meant else counted

    def _when(self, each: CheckedSource) -> Iterator[str]:
        """Days without rows."""
        say = self.say
        if each.silent:
            days = ", ".join(day for day in WEEKDAYS if day not in each.silent)
            yield say(
                "Rows on some weekdays alone. Closed on the others? Then say `open: [{days}]` of the source.", days=days
            )
        late = bool(each.ended and each.gaps and each.gaps[-1].end == each.source.covers.end)
        yield from self._ended(each, late)
        gaps = self.listed([_range(gap) for gap in (each.gaps[:-1] if late else each.gaps)])
        if gaps:
            zero = each.source.kind == "events"
            yield say("No rows, which counts as 0: {days}.", days=gaps) if zero else say("No rows: {days}.", days=gaps)
        if each.missing:
            listed = self.listed([f"{key} ({say.count(number)})" for key, number in each.missing.items()])
            yield say("Clients that lack rows, and of how many days, weeks or months: {clients}.", clients=listed)

    def _ended(self, each: CheckedSource, late: bool) -> Iterator[str]:
        """Rows that end too early: of everybody, where a delivery is ``late``, or of some clients."""
        last = max(rows.last for rows in each.profile.clients.values())
        if late:
            yield self.say(
                "The last row is of {day}, and `covers` goes on to {end}: what lies between counts as 0. If it is not "
                "delivered yet, end `covers` on {day}.",
                day=str(last),
                end=str(each.source.covers.last_day),
            )
        until = (
            last - timedelta(7) if late else last
        )  # who has rows on weekdays alone, or now and then, is late with all
        ended = [f"{key} ({day})" for key, day in each.ended.items() if day < until or not late]
        if ended:
            yield self.say(
                "Without rows since, which counts as 0: {clients}. If they are to have none any more, say so under the "
                "client's `active`.",
                clients=self.listed(ended),
            )

    def _odd(self, each: CheckedSource) -> Iterator[str]:
        """Rows that may be wrong, though they can be read."""
        say, rows = self.say, each.profile
        if rows.repeated and not each.source.same_rows:
            told = say.plural(
                "{number} row repeats another one, such as: {places}.",
                "{number} rows repeat another one, such as: {places}.",
                rows.repeated,
                places="; ".join(self._place(*place) for place in each.repeats),
            )
            others = say("Are these other events, as equal answers are? Say `same_rows: count` of the source.")
            yield f"{told} {others}" if each.source.kind == "events" else told
        for off in rows.totals:
            yield say(
                "{place}, column '{column}': the totals row says {said}, and the rows add up to {found}. Rows may be "
                "missing, or be there twice.",
                place=self._place(off.file, off.row),
                column=off.column,
                said=say.number(float(off.said)),
                found=say.number(float(off.found)),
            )
        if rows.other_order:
            yield say(
                "Read as declared, the rows are not in the order of time, and no day is above 12; by {format} they "
                "are in order. If day and month are written so, declare that as the `format` of '{column}'.",
                format=repr(rows.other_order),
                column=each.source.time,
            )
        yield from (*self._persons(each), *self._empty(each))
        if rows.closed:
            yield say.plural(
                "{number} row is of a day that is not open.",
                "{number} rows are of days that are not open.",
                rows.closed,
            )

    def _persons(self, each: CheckedSource) -> Iterator[str]:
        """Sums of ready-made counts of persons: whoever came on two days is in both."""
        assert self.found.workspace
        for metric in self.found.workspace.settings.model.metrics.values():
            column = each.source.column(metric.column or "") if metric.source == each.source.name else None
            words = set(re.split(r"[\W_]+", f"{column.name} {column.in_file}".casefold())) if column else set[str]()
            if each.source.kind == "events" or metric.aggregate != "sum" or not words & PERSONS or words & ADDED:
                continue
            yield self.say(
                "Metric '{metric}' adds up '{column}' of several days; persons who came on two of them are counted "
                "twice. Say `value: {column}` where each figure stands alone, `mean: {column}` for the average, or "
                "`unique:` of a column of ids.",
                metric=metric.name,
                column=metric.column,
            )

    def _empty(self, each: CheckedSource) -> Iterator[str]:
        """Rows of events without a value in a column that is summed: they add nothing, and all else of them counts."""
        assert self.found.workspace
        metrics = self.found.workspace.settings.model.metrics.values()
        sums = [metric for metric in metrics if metric.source == each.source.name and may_lack(metric, each.source)]
        summed = dict[str, str]()
        for metric in sums:
            for column in columns_of(metric.column or "", each.source):
                summed.setdefault(column.name, metric.name)
        for name, sum_of in summed.items():
            if name not in each.profile.empty:
                continue
            yield self.say.plural(
                "{number} row has no value in '{column}': it adds nothing to '{metric}', and its other figures count. "
                "If it is not known, don't declare it as `missing`, and leave out such rows: `on_bad_rows: "
                "quarantine`.",
                "{number} rows have no value in '{column}': they add nothing to '{metric}', and their other figures "
                "count. If they are not known, don't declare them as `missing`, and leave out such rows: "
                "`on_bad_rows: quarantine`.",
                each.profile.empty[name], column=name, metric=sum_of,
            )  # fmt: skip

    def _place(self, file: Path, row: int) -> str:
        return self.say("{file}, row {row}", file=relative(str(file), self.found.folder), row=row)


def _range(window: Window) -> str:
    return str(window.start) if window.days == 1 else str(window)
