"""What a check notes while files are read, so that reading goes on after an error; see `kpikit.sources.every_error`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from kpikit.words.errors import SettingError

Entry = tuple[str, str]
"""A file, and the path of a named mapping in it: ``sources.till``."""


@dataclass
class Noted:
    """What a check notes as it reads: errors after which it goes on; named mappings, and those that it leaves out."""

    errors: list[SettingError] = field(default_factory=list)
    entries: dict[Entry, None] = field(default_factory=dict)
    left_out: set[Entry] = field(default_factory=set)

    def entry_of(self, error: SettingError) -> Entry | None:
        """The outermost named mapping in which an error stands, or that names the file in which it does."""
        at = error.asked or error
        inside = (each for each in self.entries if each[0] == at.file and f"{at.key}.".startswith(f"{each[1]}."))
        return min(inside, key=lambda each: len(each[1]), default=None)


NOTED: ContextVar[Noted | None] = ContextVar("noted", default=None)


@contextmanager
def noting(noted: Noted) -> Iterator[None]:
    """Within it, unknown keys and values out of their list are noted instead of raised; see `every_error`."""
    before = NOTED.set(noted)
    try:
        yield
    finally:
        NOTED.reset(before)
