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

from kpikit.render.publish import publish
from kpikit.render.shell import kpikit_version
from kpikit.workspace.reports.rendered import MANIFEST, Line, identity


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
