"""Whose rows are whose: how the rows of a source call each client, and who has no file or account in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kpikit.sources.declarations import PLACE, Source
from kpikit.sources.loaded import LoadedFile
from kpikit.sources.patterns import SourceFile, files_of
from kpikit.workspace.settings import Settings


def ignored(settings: Settings, source: Source) -> Sequence[str]:
    """The accounts in a source that are nobody's, on purpose."""
    return settings.ignored.get(source.accounts or "", ())


def lacking(settings: Settings) -> dict[str, list[str]]:
    """By source, the keys of the clients that have no file or account in it; sources that lack none are left out."""
    found = {
        name: lacking_in(settings, source, files_of(source, settings.model.clients))
        for name, source in settings.model.sources.items()
    }
    return {name: keys for name, keys in found.items() if keys}


def lacking_in(settings: Settings, source: Source, files: Iterable[SourceFile | LoadedFile]) -> list[str]:
    """The keys of the clients that have no file or account in a source with these files."""
    values = values_of(settings, source, files)
    return [key for key in settings.clients if not values.get(key)]


def values_of(
    settings: Settings, source: Source, files: Iterable[SourceFile | LoadedFile]
) -> Mapping[str, Sequence[str]]:
    """How the rows of a source call each client; clients that it has nothing of are left out, or have no values."""
    values = settings.model.supplied.get(source.name)
    if values is None:
        values = {key: (value,) for key, value in settings.model.clients.items()}
    if PLACE not in (source.pattern or ""):
        whose = source.whose
        return values if whose is None else {key: own for key, own in values.items() if whose in own}
    owners = dict.fromkeys(file.client for file in files if file.client)
    return {key: (key,) if source.client == PLACE else values.get(key, ()) for key in owners}
