"""The manifest: a line of JSON for each job, added when the job is done. A kill at any moment leaves it readable.

The first line says ``schema`` and ``kpikit``. Of several lines for one job the last counts; a line that was cut short
is passed over. When a run begins and when it ends, the file is written anew with one line for each job.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from kpikit.render.publish import publish
from kpikit.render.shell import kpikit_version

MANIFEST = "manifest.jsonl"

Line = dict[str, Any]
"""A job: ``client``, ``period``, ``as_of``, ``language``, ``template``, ``audience``, ``key``, ``state``, ``seconds``,
``outputs`` (each with ``path``, relative to the folder, ``sha256`` and ``bytes``), ``reason``."""


def identity(line: Line) -> tuple[object, ...]:
    """What tells a job from others, whatever came of it."""
    return line["client"], line["period"], line["language"], line["template"], line.get("audience")


def read_manifest(folder: Path) -> list[Line] | None:
    """The jobs of a folder, each as it was left last; None where there is no manifest, or no job in it."""
    try:
        data = (folder / MANIFEST).read_bytes()
    except OSError:
        return None
    lines = list(filter(None, map(_parsed, data.split(b"\n"))))
    if not lines or "schema" not in lines[0]:
        return None
    return list({identity(line): line for line in lines[1:] if "client" in line}.values()) or None


def _parsed(line: bytes) -> Line | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def write_manifest(folder: Path, lines: Iterable[Line]) -> None:
    """Write it anew, whole or not at all."""
    publish({folder / MANIFEST: b"".join(map(_line, [{"schema": 1, "kpikit": kpikit_version()}, *lines]))})


def add_line(folder: Path, line: Line) -> None:
    """Add what came of a job, and see it on the disk. Raises `OSError`; then nothing of the line is left."""
    number = os.open(folder / MANIFEST, os.O_WRONLY | os.O_APPEND)
    try:
        size, data = os.fstat(number).st_size, _line(line)
        try:
            while data:
                data = data[os.write(number, data) :]
            os.fsync(number)
        except OSError:
            with contextlib.suppress(OSError):
                os.ftruncate(number, size)
            raise
    finally:
        os.close(number)


def _line(line: Line) -> bytes:
    return json.dumps(line, ensure_ascii=False).encode("utf-8") + b"\n"


def merged(before: Sequence[Line], now: Sequence[Line]) -> list[Line]:
    """The jobs of this run, in its order, and after them those of earlier runs that it had nothing to do with."""
    done = {identity(line) for line in now}
    return [*now, *(line for line in before if identity(line) not in done)]
