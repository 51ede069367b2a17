"""Sources of many files: which files a pattern such as ``sources/{client}/ga4_*.csv`` stands for, and whose they are.

``*`` stands for any signs of a name, ``?`` for one, ``{client}`` for a client's key or value. Names are compared sign
by sign, big and small letters apart, on every disk; only how a letter with an accent is stored makes no difference.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kpikit.sources.declarations import PLACE, Source
from kpikit.words.errors import SourceError, closest, did_you_mean, one_of, shortened
from kpikit.words.message import Message, Messages

HIDDEN = (".", "~")
"""What names of files begin with that programs leave behind (``.DS_Store``, ``~$sales.csv``): no ``*`` means them."""

_SIGNS = re.compile(r"(\*|\?|\{client\})")
_BRACES = re.compile(r"\{[^}]*\}?|\}")


@dataclass(frozen=True)
class SourceFile:
    """A file of a source; ``client`` is the key of the one whose rows it has, None where the rows say it."""

    path: Path
    client: str | None = None


def is_pattern(text: str) -> bool:
    """True where the ``file`` of a source stands for files by pattern, and not for one by its name."""
    return bool(_SIGNS.search(text) or _BRACES.search(text))


def pattern_problem(text: str) -> str | None:
    """What is wrong with a pattern, as a sentence; None where nothing is."""
    unknown = next((found for found in _BRACES.findall(text) if found != PLACE), None)
    if unknown is not None:
        return one_of("place", unknown, [PLACE])
    if "**" in text:
        return Message("'**' is not known; write '*' once for each folder.")
    if "\\" in text:
        return Message("has a '\\'; folders are separated by '/'.")
    parts = text.split("/")
    if text.startswith("/") or ".." in parts:
        return Message("lies outside the workspace's folder.")
    return Message("has an empty name between two '/'.") if "" in parts or "." in parts else None


def files_of(source: Source, clients: Mapping[str, str]) -> tuple[SourceFile, ...]:
    """The files of a source, by name; ``clients`` are the values by which the sources call them, by their keys.

    Raises `SourceError` where a pattern fits no file, or one of nobody, of two clients, or outside of the workspace.
    """
    if source.pattern is None:
        return (SourceFile(source.file),)
    found = sorted(_fitting(source.root, source.root, source.pattern.split("/")))
    if not found:
        way_out = Message(
            "Big and small letters differ; '*' stands for any signs of one name, {client} for a key or a value."
        )
        raise SourceError(source.file, Message("no file fits the pattern."), way_out=way_out)
    if PLACE not in source.pattern:
        return tuple(SourceFile(source.root / name) for name in found)
    owners = _Owners(source.pattern, clients)
    return tuple(SourceFile(source.root / name, owners.of(source.root / name, name)) for name in found)


def _fitting(root: Path, folder: Path, parts: list[str]) -> Iterator[str]:
    """The paths below the root that fit the parts of a pattern, which begin in the folder."""
    form = re.compile(_form(parts[0], "[^/]+"), re.DOTALL)
    for name in _names(folder):
        if not form.fullmatch(_nfc(name)) or (name.startswith(HIDDEN) and not parts[0].startswith(HIDDEN)):
            continue
        path = folder / name
        _refuse_link_to_elsewhere(root, path)
        if len(parts) == 1:
            yield path.relative_to(root).as_posix()
        elif path.is_dir():
            yield from _fitting(root, path, parts[1:])


def _names(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise SourceError(folder, Message("cannot be read: {strerror}.", strerror=error.strerror)) from None


def _refuse_link_to_elsewhere(root: Path, path: Path) -> None:
    if path.is_symlink() and not (path.exists() and path.resolve().is_relative_to(root)):
        reason = Message("is a link that leads out of the workspace, or nowhere.")
        raise SourceError(path, reason, way_out=Message("Put the file itself there, or move the link away."))


def _form(pattern: str, client: str) -> str:
    """The regular expression of a pattern, with one for ``{client}``."""
    meant = {"*": "[^/]*", "?": "[^/]", PLACE: client}
    return "".join(meant.get(piece) or re.escape(_nfc(piece)) for piece in _SIGNS.split(pattern))


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


class _Owners:
    """Whose file it is, by the name that stands in the place of ``{client}``."""

    def __init__(self, pattern: str, clients: Mapping[str, str]) -> None:
        self.names: dict[str, list[str]] = {}
        for key, value in clients.items():
            for name in dict.fromkeys((_nfc(key), _nfc(value))):
                self.names.setdefault(name, []).append(key)
        first, _, rest = pattern.partition(PLACE)
        form = f"{_form(first, '')}(?P<client>[^/]+?){_form(rest, '(?P=client)')}"
        self.form = re.compile(form, re.DOTALL)
        self.is_folder = (first == "" or first.endswith("/")) and rest.startswith("/")
        self.forms = {} if self.is_folder else {name: self._form_of(pattern, name) for name in self.names}

    @staticmethod
    def _form_of(pattern: str, name: str) -> re.Pattern[str]:
        return re.compile(_form(pattern, re.escape(name)), re.DOTALL)

    def of(self, path: Path, relative: str) -> str:
        """The key of the client whose file it is."""
        relative = _nfc(relative)
        found = self.form.fullmatch(relative)
        if not found:
            raise SourceError(
                path, Message("has different names in the places of {client}."), way_out=Message("Move or rename it.")
            )
        names = [found["client"]] if self.is_folder else self._fitting(relative)
        keys = list(dict.fromkeys(key for name in names for key in self.names.get(name, ())))
        if len(keys) == 1:
            return keys[0]
        if keys:
            reason = Message("can be of client '{one}' and of client '{other}'.", one=keys[0], other=keys[1])
            raise SourceError(path, reason, way_out=Message("Give {client} a folder of its own in the pattern."))
        raise self._nobodys(path, found["client"])

    def _fitting(self, relative: str) -> list[str]:
        return [name for name, form in self.forms.items() if name in relative and form.fullmatch(relative)]

    def _nobodys(self, path: Path, name: str) -> SourceError:
        told = Message("no client has the key or value {name}.", name=shortened(name))
        way_out = Message("List it in clients.yml, or move the file to where the pattern does not fit.")
        return SourceError(path, Messages([told, did_you_mean(closest(name, self.names))]), way_out=way_out)
