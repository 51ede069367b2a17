"""The code that a process has loaded, and whether it is still what lies on the disk."""

from __future__ import annotations

import ctypes
import os
import sys
import time
from array import array
from collections.abc import Iterable, Iterator

LONGEST = 1.0
"""Seconds after which files are looked at where no change was told, as those that another machine makes are not."""

_CHANGES = 0x2 | 0x4 | 0x40 | 0x80 | 0x100 | 0x200 | 0x400 | 0x800
"""inotify's numbers for what is written, renamed, made or removed in a folder, and for a folder that goes away."""


class Code:
    """The files of all modules that are loaded now.

    They are asked about before each fork. Two thousand of them take longer to look at than a fork does, so that is only
    done when something has stirred in their folders. They are kept in two blocks: a look at as many objects would write
    to their reference counts, and each page that a fork shares would be copied for it.
    """

    def __init__(self) -> None:
        files = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
        self._names = "\0".join(filter(None, files))
        self._folders = _Folders({os.path.dirname(name) for name in self._names.split("\0")})
        self._stamps, self._looked = self._read(), time.monotonic()

    def changed(self) -> str | None:
        """The first file that is not what it was; None where all are."""
        if not self._folders.stirred() and time.monotonic() < self._looked + LONGEST:
            return None
        found, self._looked = self._read(), time.monotonic()
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


class _Folders:
    """Folders that the system watches (with inotify), each without what is below it."""

    def __init__(self, folders: Iterable[str]) -> None:
        system = ctypes.CDLL(None)
        self._handle = int(system.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC))
        for folder in filter(os.path.isdir, folders):
            if system.inotify_add_watch(self._handle, os.fsencode(folder), _CHANGES) < 0:
                self._handle = -1

    def stirred(self) -> bool:
        """Whether anything has happened in them since they were asked last; True where the system cannot watch them."""
        try:
            return bool(os.read(self._handle, 1 << 16))
        except BlockingIOError:
            return False
        except OSError:
            return True
