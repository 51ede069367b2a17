"""The code that a process has loaded, and whether it is still what lies on the disk."""

from __future__ import annotations

import os
import sys
from array import array
from collections.abc import Iterator


class Code:
    """The files of all modules that are loaded now.

    They are looked at before each fork. So they are kept in two blocks: a look at a thousand objects of their own would
    write to as many pages, for their reference counts, and each page that a fork shares would be copied for it.
    """

    def __init__(self) -> None:
        files = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
        self._names = "\0".join(filter(None, files))
        self._stamps = self._read()

    def changed(self) -> str | None:
        """The first file that is not what it was; None where all are."""
        found = self._read()
        if found == self._stamps:
            return None
        at = next(at for at, both in enumerate(zip(found, self._stamps, strict=True)) if both[0] != both[1])
        return self._names.split("\0")[at // 2]

    def _read(self) -> array[int]:
        """For each file the time of its last change, and its size; no file has less than nothing."""
        return array("q", self._each())

    def _each(self) -> Iterator[int]:
        for name in self._names.split("\0"):
            try:
                found = os.stat(name)
            except OSError:
                yield from (0, -1)
            else:
                yield found.st_mtime_ns
                yield found.st_size
