"""Several workers, each a long-lived process of its own. One that dies or hangs costs its report, and nothing else."""

from __future__ import annotations

import contextlib
import json
import queue
import secrets
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from kpikit.render.job import Order
from kpikit.render.processes import end_group, environment
from kpikit.words.errors import RenderError

TIME_LIMIT, START_LIMIT = 300.0, 120.0
"""Seconds that a report may take, and a worker for its imports."""

Item = TypeVar("Item")
Result = TypeVar("Result")
Make = Callable[[Order], list[str]]
"""Has a worker carry out an order: returns its warnings, raises `RenderError` where it failed."""


class Pool:
    """``size`` workers whose private files lie in ``folder``. Use it in a ``with``: at its end no process is left."""

    def __init__(self, size: int, folder: Path, time_limit: float = TIME_LIMIT) -> None:
        self.folder, self.time_limit = folder, time_limit
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="kpikit-render")
        self._slots: queue.SimpleQueue[Worker | None] = queue.SimpleQueue()
        for _ in range(size):
            self._slots.put(None)
        self._living: set[Worker] = set()
        self._guard = threading.Lock()
        self._closed = False

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._guard:
            self._closed = True
            living = list(self._living)
        for worker in living:
            worker.end()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for worker in living:
            worker.close()

    def map(self, work: Callable[[Item, Make], Result], items: Iterable[Item]) -> Iterator[Result]:
        """What ``work`` returns for each item, as they get done. It runs in threads, one for each worker."""
        futures = [self._threads.submit(work, item, self.make) for item in items]
        return (future.result() for future in as_completed(futures))

    def make(self, order: Order) -> list[str]:
        """Give the order to a free worker and wait; the warnings. A dead worker is replaced at the next order."""
        worker = self._slots.get()
        try:
            worker = worker or self._start()
            answer = worker.ask(order, self.time_limit)
        except RenderError:
            if worker is not None:
                self._forget(worker)
                worker = None
            raise
        finally:
            self._slots.put(worker)
        if answer["reason"] is not None:
            raise RenderError(answer["reason"])
        return list(answer["warnings"])

    def _start(self) -> Worker:
        with self._guard:
            if self._closed:
                raise RenderError("the run was stopped.")
            worker = Worker(self.folder)
            self._living.add(worker)
            return worker

    def _forget(self, worker: Worker) -> None:
        worker.end()
        worker.close()
        with self._guard:
            self._living.discard(worker)


class Worker:
    """One worker process, seen from the pool."""

    def __init__(self, folder: Path) -> None:
        self.mark = f"worker-{secrets.token_hex(6)}"
        self._ready, self._reason = False, ""
        self._log = folder / f"{self.mark}.log"
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "kpikit.render.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=folder,
                env=environment(folder, self.mark),
                start_new_session=True,
                encoding="utf-8",
            )

    def ask(self, order: Order, limit: float) -> dict[str, Any]:
        """The worker's answer; a `RenderError` with the reason where it died, or took more than ``limit`` seconds."""
        if not self._ready:
            self._ready = bool(self._line(START_LIMIT))
        assert self.process.stdin
        with contextlib.suppress(OSError):
            self.process.stdin.write(json.dumps(order) + "\n")
            self.process.stdin.flush()
        return self._line(limit)

    def _line(self, limit: float) -> dict[str, Any]:
        timer = threading.Timer(limit, self.end, (f"it took longer than {limit:g} seconds.",))
        timer.start()
        try:
            assert self.process.stdout
            line = self.process.stdout.readline()
        finally:
            timer.cancel()
        if line.endswith("\n"):
            return dict(json.loads(line))
        raise RenderError(self._reason or self._death())

    def _death(self) -> str:
        code = self.process.wait()
        last = self._log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:]
        how = f"was killed by signal {-code}" if code < 0 else f"ended with exit code {code}"
        return f"its worker process {how}{': ' + last[0] if last else ''}."

    def end(self, reason: str = "the run was stopped.") -> None:
        """End the process at once, with its kernels and all that they started."""
        alive = self.process.poll() is None
        self._reason = self._reason or (reason if alive else "")
        end_group(self.process.pid if alive else None, self.mark)
        if alive:
            self.process.kill()
            self.process.wait()

    def close(self) -> None:
        """Let go of an ended worker's pipes, when no thread reads from it any more."""
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                assert pipe
                pipe.close()
