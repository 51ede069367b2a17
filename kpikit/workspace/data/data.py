"""The data of a workspace: its sources, read into an engine, with whose rows each file has."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from kpikit.sources.declarations import Source
from kpikit.sources.engine import Engine
from kpikit.sources.loaded import Loaded
from kpikit.sources.patterns import files_of
from kpikit.sources.quarantine import keep
from kpikit.sources.rows import check_rows
from kpikit.words.language import language
from kpikit.workspace.data.delivered import ended
from kpikit.workspace.data.gaps import Gap
from kpikit.workspace.data.held import held_in
from kpikit.workspace.data.left_out import BadRows, counted, of_clients
from kpikit.workspace.data.provenance import Origin, OriginFile, Provenance, origin_file
from kpikit.workspace.data.supplied import ignored, values_of
from kpikit.workspace.data.without_value import Blank, blanks
from kpikit.workspace.settings import Settings


@dataclass(frozen=True)
class Data:
    """The sources, loaded; ``supplied`` says by source and key of a client how the rows call it."""

    settings: Settings
    engine: Engine
    loaded: Mapping[str, Loaded]
    supplied: Mapping[str, Mapping[str, Sequence[str]]]

    def provenance(self, clients: Collection[str]) -> Provenance:
        """The sources with those files that have rows of these clients, or, where a source is one file, that file."""
        return Provenance(tuple(self._origin(each, clients) for each in self.loaded.values()))

    def rows_of(self, client: str) -> dict[str, int]:
        """By file, how many rows of a client there are; with no rows only where the file's path names the client."""
        found = dict[str, int]()
        for loaded in self.loaded.values():
            values = values_of(self.settings, loaded.source, loaded.files).get(client, ())
            for file, rows in zip(loaded.files, self.engine.rows_by_file(loaded, values), strict=True):
                if rows or file.client == client:
                    name = file.path.relative_to(self.settings.folder.resolve()).as_posix()
                    found[name] = max(rows, found.get(name, 0))  # two sources may read one file
        return found

    def _origin(self, loaded: Loaded, clients: Collection[str]) -> Origin:
        source = loaded.source
        own = (replace(file, clients=_both(file.clients, clients)) for file in self._files[source.name])
        files = tuple(file for file in own if file.clients)
        bad = of_clients(self.left_out[source.name], clients)
        without = _both(self.without_rows[source.name], clients)
        gaps = tuple(each for each in self.gaps[source.name] if each.client in clients)
        last = {key: str(day) for key, day in self.ended[source.name].items() if key in clients}
        blank = tuple(each for each in self.without_value[source.name] if each.client in clients)
        return Origin(source.name, files, str(source.covers), source.attribution, bad, without, gaps, last, blank)

    @cached_property
    def without_rows(self) -> dict[str, tuple[str, ...]]:
        """By source, the clients that have a file or account in it and not one row; only of events, where that is 0."""
        return {name: self._without_rows(loaded.source) for name, loaded in self.loaded.items()}

    def _without_rows(self, source: Source) -> tuple[str, ...]:
        if source.kind != "events":
            return ()
        there = set(self.engine.texts(source.name, source.client))
        return tuple(key for key, values in self.supplied[source.name].items() if values and there.isdisjoint(values))

    @cached_property
    def gaps(self) -> dict[str, tuple[Gap, ...]]:
        """By source, the days on which nothing was measured of a client that it has rows of before."""
        return {name: self._gaps(loaded) for name, loaded in self.loaded.items()}

    def _gaps(self, loaded: Loaded) -> tuple[Gap, ...]:
        if loaded.source.kind == "events":
            return ()
        found = held_in(self.engine, self.settings, loaded, ())
        return tuple(Gap(key, str(gap.start), str(gap.last_day)) for key, own in found.items() for gap in own.gaps)

    @cached_property
    def ended(self) -> dict[str, dict[str, date]]:
        """By source and client, the last day with rows, where they end too early: see `delivered`."""
        return {name: ended_early(self.settings, self.engine, loaded) for name, loaded in self.loaded.items()}

    @cached_property
    def left_out(self) -> dict[str, tuple[BadRows, ...]]:
        """The rows that are left out because they can't be read, by source."""
        return {name: self._left_out(loaded) for name, loaded in self.loaded.items()}

    def _left_out(self, loaded: Loaded) -> tuple[BadRows, ...]:
        return counted(loaded.source, loaded.bad, self._keys(loaded))

    def _keys(self, loaded: Loaded) -> dict[str, str]:
        """The key of each client by what the rows of a source call it."""
        values = values_of(self.settings, loaded.source, loaded.files)
        return {value: key for key, own in values.items() for value in own}

    @cached_property
    def without_value(self) -> dict[str, tuple[Blank, ...]]:
        """The rows of events that add nothing to a sum, since they have no value, by source."""
        model = self.settings.model
        return {name: blanks(self.engine, model, loaded, self._keys(loaded)) for name, loaded in self.loaded.items()}

    @cached_property
    def files_of(self) -> dict[str, dict[str, list[str]]]:
        """By source and client, the files that are the client's by their path."""
        found, folder = dict[str, dict[str, list[str]]](), self.settings.folder.resolve()
        for name, loaded in self.loaded.items():
            for file in loaded.files:
                if file.client:
                    own = found.setdefault(name, {}).setdefault(file.client, [])
                    own.append(file.path.relative_to(folder).as_posix())
        return found

    @cached_property
    def _files(self) -> dict[str, list[OriginFile]]:
        """The files of each source, with the clients that they have something of."""
        folder, found = self.settings.folder, dict[str, list[OriginFile]]()
        for name, loaded in self.loaded.items():
            files = zip(loaded.files, self._owners(loaded), strict=True)
            found[name] = [origin_file(folder, file.path, _both(self.settings.clients, own)) for file, own in files]
        return found

    def _owners(self, loaded: Loaded) -> list[set[str]]:
        """For each file of a source, the keys of the clients that it has something of."""
        if loaded.source.pattern is None:
            return [set(values_of(self.settings, loaded.source, loaded.files))]
        keys = self._keys(loaded)
        found = self.engine.clients_by_file(loaded)
        named = ({file.client} if file.client else set[str]() for file in loaded.files)
        return [own | {keys[value] for value in each if value in keys} for own, each in zip(named, found, strict=True)]


def _both(some: Iterable[str], others: Collection[str]) -> tuple[str, ...]:
    return tuple(each for each in some if each in others)


def load(settings: Settings, few: Collection[str] | None = None) -> Data:
    """The sources of a workspace (default: all), read and checked.

    A `SourceError` names what cannot be read in one way only.
    """
    *_, whole = loading(settings, few)
    assert whole is not None
    return whole


def loading(settings: Settings, few: Collection[str] | None = None) -> Iterator[Data | None]:
    """The same in steps, a source in each, and all of them in the last: who has more to do does it in between."""
    engine, loaded = Engine(), dict[str, Loaded]()
    for name, source in settings.model.sources.items():
        if few is None or name in few:
            loaded[name] = load_source(engine, settings, source)
            check_source(engine, settings, loaded[name])
            yield None
    engine.lock()
    for each in loaded.values():
        keep(settings.folder, each.source, each.bad, language(settings.language))
    supplied = {name: values_of(settings, each.source, each.files) for name, each in loaded.items()}
    yield Data(settings, engine, loaded, supplied)


def ended_early(settings: Settings, engine: Engine, loaded: Loaded) -> dict[str, date]:
    """By client, the last day with rows in a source, where they end too early; see `kpikit.workspace.data.delivered`.

    A test ends, and so do the rows of its source.
    """
    source = loaded.source
    if source.kind != "events" or source.span or source.name in {each.source for each in settings.experiments}:
        return {}
    found = {key: ended(own) for key, own in held_in(engine, settings, loaded, ()).items()}
    return {key: day for key, day in found.items() if day}


def load_source(engine: Engine, settings: Settings, source: Source) -> Loaded:
    """A source, read into an engine from all of its files."""
    key = settings.personal_key if any(column.hashed for column in source.columns) else None
    return engine.load(source, files_of(source, settings.model.clients), None if key is None else key.hide())


def check_source(engine: Engine, settings: Settings, loaded: Loaded) -> None:
    """Refuse a loaded source with rows that are of nobody, of another client, of no covered day, or there twice."""
    values = values_of(settings, loaded.source, loaded.files)
    check_rows(engine, loaded, values, ignored(settings, loaded.source), settings.model.active)
