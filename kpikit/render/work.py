"""What surrounds a run: its private folder, and an end that leaves nothing behind, however it comes."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from tqdm import tqdm

WORK, WORKERS = ".work", "_workers"
"""The folder of jobs, and in it that of the workers' own files; no client's folder has a "_" in its name."""


@contextlib.contextmanager
def work_folder(out: Path) -> Iterator[Path]:
    """An empty private folder for the jobs; at its end only the folders of failed jobs are left, if there are any."""
    work = out / WORK
    if (work / WORKERS).exists():  # a run was killed, perhaps while it wrote a file
        for part in out.rglob(".*.part"):
            part.unlink(missing_ok=True)
    shutil.rmtree(work, ignore_errors=True)
    (work / WORKERS).mkdir(mode=0o700, parents=True)
    work.chmod(0o700)
    try:
        yield work
    except BaseException:
        with _undisturbed():
            shutil.rmtree(work, ignore_errors=True)
        raise
    shutil.rmtree(work / WORKERS)
    with contextlib.suppress(OSError):
        work.rmdir()


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """A second Ctrl-C or SIGTERM waits until it has been cleared up after the first one."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def stopping_on_sigterm() -> Iterator[None]:
    """SIGTERM ends the run like Ctrl-C, so that its processes and folders are cleared away."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def bar(total: int, shown: bool) -> tqdm[Any]:
    """A progress bar with the rate and the time left."""
    return tqdm(total=total, unit=" reports", disable=not shown, file=sys.stderr, dynamic_ncols=True, smoothing=0.05)
