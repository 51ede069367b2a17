"""Whether files are still as they were when they were read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

Stamps = dict[Path, tuple[int, int]]
"""When each file was written last, in nanoseconds, and its size."""


def stamps(files: Iterable[Path]) -> Stamps:
    """Those of the files that are there; what is gone has none, and so is not the same as before."""
    found = Stamps()
    for file in files:
        try:
            told = file.stat()
        except OSError:
            continue
        found[file] = told.st_mtime_ns, told.st_size
    return found
