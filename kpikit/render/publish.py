"""Putting finished files in their place: whole or not at all, and read back. An older file survives any failure."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kpikit.render.execute import check_ran
from kpikit.render.formats import FORMATS
from kpikit.words.errors import RenderError


@dataclass(frozen=True)
class Published:
    """A file in its place: where, its SHA-256 as hex digits, and its size in bytes."""

    path: Path
    sha256: str
    bytes: int


def publish(files: Mapping[Path, bytes]) -> list[Published]:
    """The files, each put in its place atomically, and each read back from the disk before and after.

    A file's kind is its suffix. A format's file must pass that format's check (``.html`` must be a page that may be
    published), an ``.ipynb`` must be a notebook that ran to its end, a ``.json`` JSON. Nothing is put in place before
    all of them are written and found good. Raises `RenderError`.
    """
    try:
        with contextlib.ExitStack() as temporary:
            written = {target: _written_beside(target, content, temporary) for target, content in files.items()}
            for target, file in written.items():
                os.replace(file, target)
            for folder in {target.parent for target in files}:
                _sync_folder(folder)
        return [_published(target, content) for target, content in files.items()]
    except (OSError, ValueError) as error:
        named = ", ".join(map(str, files))
        raise RenderError("{files}: could not be published: {error}.", files=named, error=error) from error


def _written_beside(target: Path, content: bytes, temporary: contextlib.ExitStack) -> Path:
    """A checked temporary file in the target's folder; it is gone when ``temporary`` ends."""
    target.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    file = Path(name)
    temporary.callback(_remove, file)
    with os.fdopen(number, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    os.chmod(file, 0o666 & ~_umask())
    _check(target, _read_back(file, content))
    return file


def _published(target: Path, content: bytes) -> Published:
    found = _read_back(target, content)
    return Published(target, hashlib.sha256(found).hexdigest(), len(found))


def _read_back(file: Path, content: bytes) -> bytes:
    found = file.read_bytes()
    if found != content:
        raise RenderError(
            "{file}: what was written reads back differently; the disk may be full or failing.", file=file
        )
    return found


def _check(target: Path, content: bytes) -> None:
    kind = target.suffix.removeprefix(".")
    if kind in FORMATS:
        FORMATS[kind].check(content)
    if kind in ("json", "ipynb"):
        document = json.loads(content.decode("utf-8"))
        if kind == "ipynb":
            check_ran(document)


def _sync_folder(folder: Path) -> None:
    """Make the new names last through a power cut; Windows cannot open a folder, and needs no such thing."""
    if sys.platform == "win32":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _remove(file: Path) -> None:
    with contextlib.suppress(OSError):
        file.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
