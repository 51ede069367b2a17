"""Columns that tell persons apart: their cells become keyed hashes when they are read, before any table holds them.

The same id gives the same hash, so that it can be counted; without the key nobody can find the id of a hash, nor try
likely ones. The key is read where ``workspace.yml`` says, and stands in no file, log or error that kpikit writes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from kpikit.sources.declarations import Source
from kpikit.sources.strict import Section
from kpikit.words.errors import SettingError
from kpikit.words.message import Message
from kpikit.words.texts import N_

SHORTEST_KEY = 16
"""Signs. A shorter key could be found by trying."""

OUT = "out"
"""The folder of what is rendered, which people hand on: no key lies in it."""

Hide = Callable[[str], str]
"""Turns an id into its hash."""


@dataclass(frozen=True)
class PersonalKey:
    """Where the key is: in an environment variable, or in a file. ``said`` is the key of ``workspace.yml``, for errors.

    The key itself is not kept here.
    """

    environment: str | None
    file: Path | None
    said: tuple[Path, int]

    def hide(self) -> Hide:
        """What turns ids into hashes; a `SettingError` where there is no key, or one that is too short."""
        key = self._from_environment() if self.environment is not None else self._from_file()
        if len(key) < SHORTEST_KEY:
            told = N_("the key in the variable {environment} is too short; it must have {number} signs or more.")
            if self.file is not None:
                told = N_("the key in the file is too short; it must have {number} signs or more.")
            raise self._refuse(Message(told, environment=self.environment, number=SHORTEST_KEY))
        return hashing(key)

    def _from_environment(self) -> str:
        key = os.environ.get(self.environment or "", "").strip()
        if not key:
            told = Message(
                "the environment variable {environment} is not set. Set it to a secret of {number} signs or more, and "
                "keep it: under another one nobody is known again.",
                environment=self.environment, number=SHORTEST_KEY,
            )  # fmt: skip
            raise self._refuse(told)
        return key

    def _from_file(self) -> str:
        assert self.file is not None
        try:
            return self.file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else Message("is not UTF-8")
            raise self._refuse(Message("the file of the key cannot be read: {reason}.", reason=reason)) from None

    def _refuse(self, reason: str) -> SettingError:
        return SettingError(*self.said, "personal_key", reason)


def hashing(key: str) -> Hide:
    """The keyed hash of ids: 32 digits and letters, always the same for the same id and key."""
    secret = blake2b(key.encode()).digest()
    return lambda cell: blake2b(cell.encode(), key=secret, digest_size=16).hexdigest()


def hidden(cells: Sequence[str], missing: Collection[str], hide: Hide) -> list[str]:
    """The cells of a column as hashes; those that mean "no value", and empty ones, as they are."""
    hashes = {cell: hide(cell) for cell in {*cells}.difference(missing, ("",))}
    return [hashes.get(cell, cell) for cell in cells]


def read_key(top: Section, folder: Path) -> PersonalKey | None:
    """Where the key is, as ``personal_key`` says; None where it was not written."""
    section = top.section("personal_key")
    environment, file = section.optional("environment"), section.optional("file")
    section.finish()
    if "personal_key" not in top:
        return None
    if (environment is None) == (file is None):
        raise top.refuse("personal_key", "needs one of 'environment: NAME' and 'file: PATH'.")
    path = None if file is None else Path(os.path.realpath(folder / file))
    if path is not None and path.is_relative_to((folder / OUT).resolve()):
        raise section.refuse("file", "lies in the folder of reports, which are handed on.")
    return PersonalKey(environment, path, (section.file, section.line))


def check_key(top: Section, sources: Mapping[str, Source], key: PersonalKey | None) -> None:
    """Refuse a workspace that has columns to hash, and says no key."""
    for name, source in sources.items():
        column = next((column for column in source.columns if column.hashed), None)
        if column is not None and key is None:
            section = top.section("sources").section(name).section("columns")
            way_out = Message(
                "Declare 'personal_key: {environment: KPIKIT_PERSONAL_KEY}', and set that variable to a secret."
            )
            raise section.refuse(column.name, "is to be hashed, which needs a key. {way_out}", way_out=way_out)
