"""Several workers, each a long-lived process of its own. One that dies or hangs costs its report, and nothing else."""

from __future__ import annotations

import contextlib
import json
import queue
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from kpikit.render.job import Order
from kpikit.render.processes import Process, Spawned
from kpikit.render.warm import CAN_FORK
from kpikit.words.errors import RenderError
from kpikit.words.message import Message, Messages, from_json

if TYPE_CHECKING:
    from kpikit.render.warm.workers import WarmParent

STOPPED = Message("the run was stopped.")
START_LIMIT, AFTER_NOTEBOOK = 120.0, 60.0
"""Seconds that a worker may take for its imports, and for what follows the notebook: its page and the other formats."""

Item = TypeVar("Item")
Result = TypeVar("Result")
Make = Callable[[Order], list[str]]
"""Has a worker carry out an order: returns its warnings, raises `RenderError` where it failed."""


class Pool:
    """``size`` workers whose private files lie in ``folder``. Use it in a ``with``: at its end no process is left.

    They are forked from one warm parent, which is started with the first of them, or by `warm_up`.
    """

    def __init__(self, size: int, folder: Path) -> None:
        self.folder = folder
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="kpikit-render")
        self._slots: queue.LifoQueue[Worker | None] = queue.LifoQueue()  # a living worker goes before a new one
        for _ in range(size):
            self._slots.put(None)
        self._living: set[Worker] = set()
        self._guard = threading.Lock()
        self._closed = False
        self._forks = Forks(folder) if CAN_FORK else None

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._guard:
            self._closed = True
            living = list(self._living)
        for worker in living:
            worker.end()
        if self._forks:
            self._forks.close()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for worker in living:
            worker.close()

    def warm_up(self) -> None:
        """Start what the first worker would wait for, while there are no jobs yet."""
        if self._forks:
            self._forks.start()

    def map(self, work: Callable[[Item, Make], Result], items: Iterable[Item]) -> Iterator[Result]:
        """What ``work`` returns for each item, as they get done. It runs in threads, one for each worker."""
        futures = [self._threads.submit(work, item, self.make) for item in items]
        return (future.result() for future in as_completed(futures))

    def make(self, order: Order) -> list[str]:
        """Give the order to a free worker and wait; the warnings. A dead worker is replaced at the next order.

        Where the workers' warm parent was killed, each of their reports is made once more, in a process of its own: one
        of them may have done it, and the others have not.
        """
        worker = self._slots.get()
        try:
            if worker is not None and worker.process.poll() is not None:  # it ended after its last answer
                self._forget(worker)
                worker = None
            worker = worker or self._start(self._forks)
            answer = worker.ask(order)
        except RenderError:
            is_orphan = worker is not None and worker.process.is_orphan
            if worker is not None:
                self._forget(worker)
                worker = None
            if not is_orphan:
                raise
            answer = self._apart(order)
        finally:
            self._slots.put(worker)
        if answer["reason"] is not None:
            raise RenderError(from_json(answer["reason"]))
        return list(answer["warnings"])

    def _apart(self, order: Order) -> dict[str, Any]:
        worker = self._start(None)
        try:
            return worker.ask(order)
        finally:
            self._forget(worker)

    def _start(self, forks: Forks | None) -> Worker:
        with self._guard:
            if self._closed:
                raise RenderError(STOPPED)
            log = self.folder / f"worker-{secrets.token_hex(6)}.log"
            worker = Worker(forks.process(log) if forks else Spawned(self.folder, log), log)
            self._living.add(worker)
            return worker

    def _forget(self, worker: Worker) -> None:
        worker.end()
        worker.close()
        with self._guard:
            self._living.discard(worker)


class Forks:
    """The warm parent of a pool's workers; a new one where it was killed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._parent: WarmParent | None = None

    def start(self) -> WarmParent:
        """The parent, which is started where there is none."""
        if self._parent is not None and self._parent.is_gone:
            self.close()
        if self._parent is None:
            from kpikit.render.warm.workers import WarmParent

            self._parent = WarmParent(self._folder)
        return self._parent

    def process(self, log: Path) -> Process:
        """A new worker's process, which writes into the log."""
        return self.start().fork(log)

    def close(self) -> None:
        """End the parent, with all that it has forked."""
        if self._parent is not None:
            self._parent.close()
            self._parent = None


class Worker:
    """One worker process, seen from the pool."""

    def __init__(self, process: Process, log: Path) -> None:
        self.process, self._log = process, log
        self._ready, self._reason = False, ""
        self.folder: str | None = None

    def ask(self, order: Order) -> dict[str, Any]:
        """The worker's answer; a `RenderError` with the reason where it died, or took too long."""
        self.folder, seconds = order["folder"], order["limits"]["seconds"]
        if not self._ready:
            self._ready = bool(self._line(START_LIMIT))
        with contextlib.suppress(OSError):
            self.process.input.write(json.dumps(order) + "\n")
            self.process.input.flush()
        return self._line(None if seconds is None else seconds + AFTER_NOTEBOOK)

    def _line(self, limit: float | None) -> dict[str, Any]:
        line = ""
        with self._ended_after(limit), contextlib.suppress(ConnectionError):  # a killed process may reset its socket
            line = self.process.output.readline()
        if line.endswith("\n"):
            return dict(json.loads(line))
        raise RenderError(self._reason or self._death())

    @contextlib.contextmanager
    def _ended_after(self, limit: float | None) -> Iterator[None]:
        reason = Message("it took longer than {seconds} seconds.", seconds=f"{limit:g}") if limit else ""
        timer = threading.Timer(limit or 0.0, self.end, (reason,))
        if limit:
            timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _death(self) -> str:
        code = self.process.wait()
        last = self._log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:]
        killed = Message("its worker process was killed by signal {number}", number=-code)
        ended = Message("its worker process ended with exit code {number}", number=code)
        return Messages([Messages([killed if code < 0 else ended, *last], ": "), "."], "")

    def end(self, reason: str = STOPPED) -> None:
        """End the process at once, with its kernels and all that they started."""
        alive = self.process.poll() is None
        self._reason = self._reason or (reason if alive else "")
        self.process.end()

    def close(self) -> None:
        """Let go of an ended worker's pipes, when no thread reads from it any more."""
        for pipe in (self.process.input, self.process.output):
            with contextlib.suppress(OSError):
                pipe.close()
