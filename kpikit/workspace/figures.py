"""`Figures`: what the sources of an opened folder say, measured; without any plan or verdict."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from os import PathLike, fspath
from pathlib import Path

from kpikit.metrics.measure import measure
from kpikit.metrics.requests import Measurements, Request
from kpikit.sources.clients import Client, unknown_client
from kpikit.sources.engine import Engine
from kpikit.words.errors import UnknownError, UsageError
from kpikit.words.message import Message
from kpikit.words.periods import ONE, Calendar, Period, Window
from kpikit.words.texts import N_
from kpikit.workspace.data.data import Data, load, loading
from kpikit.workspace.data.provenance import Provenance
from kpikit.workspace.data.seen import day_seen_from, seen_from
from kpikit.workspace.data.supplied import lacking
from kpikit.workspace.settings import MEASUREMENTS, WORKSPACE, Settings, read_settings
from kpikit.workspace.slices import read_slice


class Figures:
    """The part of a `Workspace` that measures. Its files are read at once; its sources when something is asked of them.

    What a slice measures stands in it already: it answers from that, and has no sources.
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        path, self.folder = fspath(path), Path(path)
        if not self.folder.is_dir():
            raise UnknownError(
                "workspace", path, (), Message("workspace {path}: there is no such folder.", path=repr(path))
            )
        if not (self.folder / WORKSPACE).exists():
            reason = Message(
                "the folder holds no {workspace}; 'kpikit new' makes a first workspace.", workspace=WORKSPACE
            )
            raise UsageError(Message("workspace {path}: {reason}", path=repr(path), reason=reason))
        self.settings: Settings = read_settings(self.folder)
        self.answers: dict[tuple[str, date, tuple[Request, ...]], Measurements] = {}
        self._data: Data | None = None
        self._few: list[Data] = []
        self._lacking: dict[str, list[str]] | None = None
        self._members: dict[str, list[str]] = {}

    @property
    def clients(self) -> Mapping[str, Client]:
        """The register of clients, by key."""
        return self.settings.clients

    @property
    def language(self) -> str:
        """The language of what is about all clients: the portfolio and the index."""
        return self.settings.language

    @property
    def is_slice(self) -> bool:
        """True for a report's slice, which holds measurements instead of sources."""
        return (self.folder / MEASUREMENTS).is_file()

    @property
    def data(self) -> Data:
        """The sources, in a locked engine; they are read when they are first asked for."""
        if self._data is None:
            for _ in self._reading():
                pass
        assert self._data is not None
        return self._data

    @property
    def _is_read(self) -> bool:
        """True once all sources are read."""
        return self._data is not None

    def _reading(self) -> Iterator[None]:
        """Read the sources in steps, where they are not read yet: who has more to do does it in between."""
        for found in [] if self._is_read else loading(self.settings):
            if found is not None:
                self._data = found
                self._few.clear()
            yield

    def _data_of(self, sources: Collection[str]) -> Data:
        """Some sources alone, in a locked engine of their own, where no other has them: what a person waits for."""
        found = self._read_of(sources)
        if found is None:
            found = load(self.settings, sources)
            self._few.append(found)
        return found

    def _read_of(self, sources: Collection[str]) -> Data | None:
        """What is read already and holds all of these sources; None where they are still to be read."""
        known = self._few if self._data is None else [self._data]
        return next((each for each in known if each.loaded.keys() >= set(sources)), None)

    @property
    def engine(self) -> Engine:
        """The locked engine with all sources in it."""
        return self.data.engine

    def period(self, client: str, period: str | None = None, as_of: str | None = None) -> tuple[Period, date]:
        """The period of a name, by the client's calendar, and the day it is seen from.

        Without a name: the last period that was complete on ``as_of``; without ``as_of``: the last day that all sources
        cover. A day after that one is refused, and a period before the first day that any source covers.

        >>> import kpikit
        >>> period, as_of = kpikit.open(kpikit.samples() / "shop").period("denmark")
        >>> print(period, as_of)
        2011-11 2011-12-09
        """
        day = day_seen_from(as_of, self.settings)
        calendar = self.clients[client].calendar
        found = calendar.parse(period) if period else calendar.last_complete(self.settings.grain, day)
        begins = self.settings.begins
        if found.start > day:
            told = N_("period {period} has not begun on {day}, the day it is seen from.")
            raise UsageError(Message(told, period=found, day=day))
        if found.end <= begins <= day and period:
            told = N_("period {period} lies before {begins}, the first day that the sources cover.")
            raise UsageError(Message(told, period=found, begins=begins))
        if found.end <= begins <= day:
            grain, runs = self.settings.grain, calendar.period_of(self.settings.grain, day)
            told = N_(
                "from {begins}, the first day that the sources cover, to {day} there is no whole period ({grain})."
            )
            reason = Message(told, grain=Message(ONE[grain]), begins=begins, day=day)
            told = N_("{reason} Name one that is still running, such as {runs}, or a shorter one.")
            raise UsageError(Message(told, reason=reason, runs=runs))
        return found, day

    def measure(
        self, requests: Iterable[Request], clients: Sequence[str] | None = None, as_of: date | None = None
    ) -> Measurements:
        """Measure requests for these clients (default: all), as they were known on ``as_of``.

        >>> import kpikit
        >>> from kpikit.metrics.requests import Request
        >>> hospitals = kpikit.open(kpikit.samples() / "hospitals")
        >>> march = hospitals.period("RF4", "2019-03")[0].window
        >>> measured = hospitals.measure([Request("attendances", (march,))], ["RF4"])
        >>> measured.get("RF4", "attendances", march).value
        27129.0
        """
        keys = list(self.clients) if clients is None else list(clients)
        self._check_clients(keys)
        if self.is_slice:
            return read_slice(self.folder)
        return self._measured(self.data, requests, keys, as_of)

    def _measure_few(self, requests: Iterable[Request], clients: Sequence[str], as_of: date) -> Measurements:
        """Requests answered for these clients as `measure` does, of the sources alone that they are about.

        Those that are not read yet are read together: an engine for each of them would cost more than its rows.
        """
        if self.is_slice:
            return read_slice(self.folder)
        asked = [(request, self.settings.model.sources_of(request.metric)) for request in requests]
        unread = {source for _, few in asked if self._read_of(few) is None for source in few}
        if unread:
            self._data_of(unread)
        own = dict[int, tuple[Data, list[Request]]]()
        for request, few in asked:
            data = self._data_of(few)
            own.setdefault(id(data), (data, []))[1].append(request)
        found = (self._measured(data, each, clients, as_of) for data, each in own.values())
        return Measurements(row for each in found for row in each)

    def _measured(
        self, data: Data, requests: Iterable[Request], clients: Sequence[str], as_of: date | None
    ) -> Measurements:
        model = seen_from(self.settings.model, as_of or self.settings.last_covered_day)
        return measure(data.engine, replace(model, supplied=data.supplied), requests, clients)

    def table(self, as_of: str | None = None) -> Measurements:
        """All metrics of all clients over every period of the workspace's grain, in total and by each dimension.

        The periods are those by the calendar year that the sources cover at least in part, as known on ``as_of``. What
        is about a span as a whole is measured over that.

        >>> import kpikit
        >>> table = kpikit.open(kpikit.samples() / "shop").table().frame()
        >>> table[table.metric == "invoiced"].amount.sum()  # of all invoices in the file, in pounds
        Decimal('18909744.118')
        """
        settings, day = self.settings, day_seen_from(as_of, self.settings)
        periods = Calendar().within(settings.grain, Window(settings.begins, day + timedelta(days=1)))
        windows = tuple(period.window for period in periods)
        asked = []
        for metric in settings.model.metrics.values():
            span = settings.model.sources[metric.source].span
            splits = [(), *((name,) for name in metric.dimensions)]
            asked += [Request(metric.name, (span,) if span else windows, by) for by in splits]
        return self.measure(asked, as_of=day)

    def provenance(self, clients: Sequence[str] | None = None) -> Provenance:
        """Where the figures of these clients (default: all) come from: their files, with hashes and attribution.

        >>> import kpikit
        >>> (origin,) = kpikit.open(kpikit.samples() / "shop").provenance(["norway"]).origins
        >>> [file.file for file in origin.files]
        ['sources/invoices_derived.csv.gz']
        """
        if self.is_slice:
            return Provenance.read(self.folder)
        return self.data.provenance(list(self.clients) if clients is None else clients)

    def lacking(self) -> dict[str, list[str]]:
        """By source, the keys of the clients that have no file or account in it; sources that lack none are left out.

        Their figures are missing, not 0. The sources' folders are looked at, their files are not read.

        >>> import kpikit
        >>> kpikit.open(kpikit.samples() / "shop").lacking()
        {}
        """
        if self._lacking is None:
            self._lacking = lacking(self.settings)
        return self._lacking

    def _check_clients(self, keys: Iterable[str]) -> None:
        for key in keys:
            if key not in self.clients:
                raise UnknownError("client", key, self.clients, unknown_client(key, self.clients))

    def _members_of(self, dimension: str) -> list[str]:
        """The members of a dimension that a source has, or that the workspace names."""
        if dimension not in self._members:
            declared = self.settings.model.dimensions[dimension]
            there = self._data_of([declared.source]).engine.texts(declared.source, declared.column)
            self._members[dimension] = sorted({*there, *declared.members})
        return self._members[dimension]
