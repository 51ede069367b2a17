"""Reports made by any `concurrent.futures` executor, as a Dask cluster's: a job travels as the bytes of its folder.

The machine that carries a job out has a warm parent of its own, and holds the notebook to the same limits. What it made
comes back as bytes, and is checked and published here.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import io
import shutil
import tarfile
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Any, TypeVar

from kpikit.render.job import EXECUTED, Order, output
from kpikit.render.key import code_hash
from kpikit.render.pool import Make, Pool
from kpikit.render.work import cores
from kpikit.words.errors import RenderError, UsageError
from kpikit.words.message import Message, as_json, from_json

Item = TypeVar("Item")
Result = TypeVar("Result")


@contextlib.contextmanager
def executor_at(address: str) -> Iterator[tuple[Executor, int]]:
    """The executor at an address, ``dask://HOST:PORT``, and how many jobs it may have at once.

    A job whose worker dies is given to another one. Raises `UsageError` for what is no such address.
    """
    scheme, _, place = address.partition("://")
    if scheme != "dask" or not place:
        raise UsageError(f"executor == {address!r}, must be written as dask://HOST:PORT.")
    from distributed import Client

    try:
        client: Any = Client(f"tcp://{place}", timeout="20s", set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise UsageError(f"executor == {address!r}: there is no Dask scheduler that answers: {error}.") from error
    with client:
        slots = sum(client.nthreads().values())
        yield client.get_executor(pure=False, retries=3), max(1, slots)


@contextlib.contextmanager
def makers(executor: Executor | str | None, workers: int | None) -> Iterator[Remote | None]:
    """Who makes the reports where an executor does; None where this machine's own workers do."""
    if executor is None:
        yield None
    elif isinstance(executor, str):
        with executor_at(executor) as (found, slots), Remote(found, workers or slots) as remote:
            yield remote
    else:
        with Remote(executor, workers or cores()) as remote:
            yield remote


class Remote:
    """Stands where a `Pool` does: has an executor carry out the orders, at most ``size`` at once."""

    def __init__(self, executor: Executor, size: int) -> None:
        self.executor = executor
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="kpikit-remote")

    def __enter__(self) -> Remote:
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    def warm_up(self) -> None:
        """Nothing to do here: the workers warm up when their first job comes."""

    def map(self, work: Callable[[Item, Make], Result], items: Iterable[Item]) -> Iterator[Result]:
        """What ``work`` returns for each item, as they get done."""
        futures = [self._threads.submit(work, item, self.make) for item in items]
        return (future.result() for future in as_completed(futures))

    def make(self, order: Order) -> list[str]:
        """Have the order carried out elsewhere, and put what was made into the job's folder; the warnings."""
        folder = Path(order["folder"])
        answer = self.executor.submit(carry_out, packed(folder), order, code_hash()).result()
        for name, content in answer["files"].items():
            (folder / name).write_bytes(content)
        if answer["reason"] is not None:
            raise RenderError(from_json(answer["reason"]))
        return list(answer["warnings"])


def packed(folder: Path) -> bytes:
    """A job's folder as one piece of bytes."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        archive.add(folder, ".")
    return file.getvalue()


def carry_out(data: bytes, order: Order, code: str) -> dict[str, Any]:
    """Make the report of a packed job on this machine: ``files`` by name, ``warnings``, ``reason`` if it failed.

    A machine with another kpikit refuses.
    """
    if code != code_hash():
        reason = Message("the worker's kpikit is not the one of this run; install the same there.")
        return {"files": {}, "warnings": [], "reason": as_json(reason)}
    folder = Path(tempfile.mkdtemp(prefix="kpikit-job-"))
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:gz") as archive:
            archive.extractall(folder, filter="data")
        answer: dict[str, Any] = {"reason": None, "warnings": []}
        try:
            answer["warnings"] = _pool().make({**order, "folder": str(folder)})
        except RenderError as error:
            answer["reason"] = as_json(error.args[0])
        made = [folder / EXECUTED, *(output(folder, each) for each in order["formats"])]
        return answer | {"files": {file.name: file.read_bytes() for file in made if file.exists()}}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


_starting = threading.Lock()


def _pool() -> Pool:
    """The pool of this process, which lives as long as it does."""
    with _starting:
        return _own_pool()


@functools.cache
def _own_pool() -> Pool:
    folder = Path(tempfile.mkdtemp(prefix="kpikit-workers-"))
    pool = Pool(16, folder)  # as many as are asked for at once are started; the executor says how many these are
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(pool.__exit__, None, None, None)
    return pool
