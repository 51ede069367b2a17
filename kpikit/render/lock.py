"""One run at a time in one folder. The lock is the operating system's, so that a killed run leaves none behind."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from kpikit.words.errors import RenderError

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextlib.contextmanager
def only_run_in(folder: Path) -> Iterator[None]:
    """Holds the folder's lock; a `RenderError` where another run has it, or nothing can be written there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / ".lock").open("wb")
    except OSError as error:
        raise RenderError(
            "{folder}: no reports can be put there: {reason}. Give another folder.",
            folder=folder,
            reason=error.strerror or error,
        ) from error
    with file:
        try:
            _take(file)
        except OSError as error:
            raise RenderError(
                "{folder}: another run renders into this folder. Wait for it, or give another.", folder=folder
            ) from error
        yield
