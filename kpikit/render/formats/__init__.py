"""What a report is made as. A format is a function from a job whose notebook has run to the bytes of one file.

A new one is a module here with a `Format`, and its name in `kpikit.workspace.settings.FORMATS`; the command line,
batches, publication and the manifest read that. The functions run in a worker, after the notebook, so a heavy package
is imported inside them.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

from kpikit.render.formats.format import Format, Ran
from kpikit.words.errors import UsageError, one_of
from kpikit.workspace import settings

__all__ = ["FORMATS", "Format", "Ran", "possible"]

FORMATS: dict[str, Format] = {name: import_module(f"{__name__}.{name}").FORMAT for name in settings.FORMATS}
"""By name, which is also the suffix of its files."""


def possible(names: Iterable[str]) -> tuple[tuple[str, ...], dict[str, str]]:
    """Those of the formats that can be made on this machine, and the others with the command that changes it.

    Several may be given as one, "html,pdf". Raises `UsageError` for what is no format.
    """
    asked = dict.fromkeys(each.strip() for name in names for each in name.split(","))
    for each in asked:
        if each not in FORMATS:
            raise UsageError(one_of("format", each, FORMATS))
    found = {each: FORMATS[each].missing() for each in asked}
    return tuple(each for each in asked if found[each] is None), {each: how for each, how in found.items() if how}
