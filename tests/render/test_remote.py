"""Reports made elsewhere, by a real Dask cluster whose workers are processes, and kept in shared storage."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import fsspec
import pytest

from kpikit.render import remote
from kpikit.render.batch import PORTFOLIO, REPORT, Batch
from kpikit.render.publish import Published
from kpikit.render.remote import Remote, carry_out, executor_at
from kpikit.render.store import Store
from kpikit.render.warm import CAN_FORK
from kpikit.words.errors import RenderError, UsageError
from kpikit.words.message import from_json
from kpikit.workspace.reports.rendered import read_manifest
from tests.render.notebooks import Agency, code, notebook, saved, template

OVERVIEW = notebook(code('workspace = period = as_of = language = ""', "parameters"), code("print(1)"))
SHOW = "import os, time\nfrom IPython.display import HTML\ntime.sleep(0.5)\nHTML(f'<p>CANARY-{client}.</p>')"


def batch(folder: Path, *clients: str, **options: Any) -> Batch:
    saved(folder / f"{REPORT}.ipynb", template(SHOW))
    saved(folder / f"{PORTFOLIO}.ipynb", OVERVIEW)
    return Batch(Agency(*clients), lambda name: folder / f"{name}.ipynb", folder / "out", **options)  # type: ignore[arg-type]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers, each a process with one thread; they listen on this machine alone."""
    log = (tmp_path / "scheduler.log").open("wb")
    dask = [sys.executable, "-m", "distributed.cli.dask_" + "{}"]
    local = ["--host", "127.0.0.1", "--no-dashboard"]
    scheduler = subprocess.Popen([*dask[:2], dask[2].format("scheduler"), *local, "--port", "0"], stderr=log)
    place = ""
    for _ in range(300):
        found = re.search(r"tcp://(127\.0\.0\.1:\d+)", (tmp_path / "scheduler.log").read_text())
        if found:
            place = found[1]
            break
        time.sleep(0.1)
    command = [*dask[:2], dask[2].format("worker"), place, *local, "--nthreads", "1", "--no-nanny"]
    command += ["--local-directory", str(tmp_path)]
    workers = [subprocess.Popen(command, stderr=subprocess.DEVNULL) for _ in range(2)]
    yield f"dask://{place}", workers
    for each in (*workers, scheduler):  # asked to end, they would first wait for each other
        each.kill()
        each.wait(20)
    log.close()


@pytest.mark.skipif(not CAN_FORK, reason="kills a process")
def test_a_dask_cluster_makes_the_reports_and_a_worker_that_dies_loses_none(
    tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, workers = cluster
    clients = [f"c{number}" for number in range(8)]
    store = Store(f"memory://{tmp_path.name}", (tmp_path / "out").resolve())

    def kill() -> None:
        for _ in range(600):
            if len(read_manifest(tmp_path / "out") or []) >= 2:
                break
            time.sleep(0.05)
        os.kill(workers[0].pid, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    with executor_at(address) as (executor, _), Remote(executor, 2) as made:
        run = batch(tmp_path, *clients, store=store).run(remote=made)
    killer.join()
    assert workers[0].poll() == -signal.SIGKILL
    assert [entry.reason for entry in run.entries] == [None] * 9
    for entry in run.entries:
        if entry.client and entry.page:
            assert re.findall(r"CANARY-(\w+)", entry.page.read_text()) == [entry.client]
            assert store.has(entry.outputs[0])


def test_the_next_run_goes_on_from_the_store_on_another_machine(tmp_path: Path) -> None:
    address, here, there = f"file://{tmp_path / 'shared'}", tmp_path / "here", tmp_path / "there"
    here.mkdir(), there.mkdir()
    first = batch(here, "a", store=Store(address, here / "out")).run(workers=1)
    second = batch(there, "a", store=Store(address, there / "out")).run(workers=1)
    assert [entry.fresh for entry in (*first.entries, *second.entries)] == [True, True, False, False]
    found = {path.relative_to(tmp_path / "shared").as_posix() for path in (tmp_path / "shared").rglob("*.*")}
    assert found == {"a/2011-11.en.html", "a/2011-11.en.ipynb", "portfolio.html", "portfolio.ipynb",
                     "index.html", "manifest.jsonl", "run.json", ".forecasts.json"}  # fmt: skip
    (tmp_path / "shared" / "a" / "2011-11.en.html").write_text("something else")
    third = batch(there, "a", store=Store(address, there / "out")).run(workers=1)
    assert [entry.fresh for entry in third.entries] == [True, False]


def test_what_cannot_be_stored_is_not_published_as_good(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "x.html").write_text("new")
    store = Store(f"memory://{tmp_path.name}", out)
    files = fsspec.filesystem("memory")
    files.pipe_file(f"/{tmp_path.name}/x.html", b"old")
    for call in ("makedirs", "pipe_file", "mv", "cat_file"):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(type(store._files), call, _fails)
            with pytest.raises(RenderError, match=r"x\.html could not be stored: \[Errno 28\]"):
                store.put([out / "x.html"])
        assert files.cat_file(f"/{tmp_path.name}/x.html") in (b"old", b"new")
    store.put([out / "x.html"])
    assert store.has(Published(out / "x.html", "11507a0e2f5e69d5dfa40a62a1bd7b6ee57e6bcd85c67c9b8431b36fff21c437", 3))


def _fails(*_: Any, **__: Any) -> None:
    raise OSError(28, "No space left on device")


def test_any_executor_will_do(tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as executor, Remote(executor, 1) as made:
        run = batch(tmp_path, "a").run(remote=made)
    remote._own_pool().__exit__(None, None, None)
    remote._own_pool.cache_clear()
    assert [entry.reason for entry in run.entries] == [None, None]


def test_a_machine_with_another_kpikit_refuses() -> None:
    answer = carry_out(b"", {}, "another hash")
    assert from_json(answer["reason"]) == "the worker's kpikit is not the one of this run; install the same there."


@pytest.mark.parametrize("address", ["dask", "dask://", "http://127.0.0.1:1", "127.0.0.1:8786"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="must be written as dask://HOST:PORT"), executor_at(address):
        pass


def test_storage_of_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="out == 'nosuch://x'"):
        Store("nosuch://x", tmp_path)
