"""Rendering against its peer on the same job folders: ``python -m tests.benchmarks.render [REPORTS [PEERS [ROUNDS]]]``.

With ``growth`` instead, what 10, 100 and 500 reports cost, with the most memory of a worker: the same for each report.

The peer is a loop of ``papermill`` and ``jupyter nbconvert --to html``, as a script would have it. The limit is the
same cells in one warmed process for each core, with no isolation, and the same page. All are run in turn, in rounds; a
line is the median of the rounds. Evaluation, which both need first, has a line of its own. Beside the time that passes
stands the processors' time, which says more where a machine has other work, too.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import kpikit
from kpikit.render.job import TEMPLATE, Job, cleaned, prepare, read_notebook, source, tags
from kpikit.render.page import page
from kpikit.render.pool import Pool
from kpikit.render.warm.linux import children, private_memory
from kpikit.workspace import Workspace, template_path
from tests.render.notebooks import code, notebook, saved

CORES = 2


def jobs(workspace: Workspace, folder: Path, number: int) -> list[Job]:
    """The folders of so many reports; when there are more than clients, clients have several."""
    keys, path = list(workspace.clients), template_path("02_metric_analysis", workspace.folder)
    made = []
    for at in range(number):
        key, place = keys[at % len(keys)], folder / str(at)
        made.append(Job(path, key, "2019-03", "2019-03-31", "en", place, key, key))
        prepare(made[-1], workspace, [key])
    return made


class Taken(NamedTuple):
    """Seconds that pass, and seconds of processors."""

    time: float
    work: float

    def each(self, number: int) -> Taken:
        """For one of so many."""
        return Taken(self.time / number, self.work / number)


def taken(run: Callable[[], object], pool: Pool | None = None) -> Taken:
    """How long it takes, with all that the process and those of the pool do for it."""
    begun, worked = time.perf_counter(), _work(pool)
    run()
    return Taken(time.perf_counter() - begun, _work(pool) - worked)


def _work(pool: Pool | None) -> float:
    own = sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own + sum(map(_ticks, _processes(pool))) / os.sysconf("SC_CLK_TCK")


def _ticks(pid: int) -> int:
    """What a process and its ended children have worked."""
    with contextlib.suppress(OSError):
        return sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:15]))
    return 0


def _processes(pool: Pool | None) -> list[int]:
    """The warm parent of a pool, its workers and their kernels."""
    parent = pool._forks._parent if pool and pool._forks else None
    process = parent._control.process if parent else None
    return [process.pid, *children(process.pid)] if process else []


def ours(pool: Pool, made: Sequence[Job]) -> None:
    """Notebook and page of each job, by the pool."""
    for _ in pool.map(lambda job, make: make(job.order), made):
        pass


def peer(made: Sequence[Job], processes: int) -> None:
    """The same by the programs that people would write into a loop."""

    def one(job: Job) -> None:
        given = [each for name, value in job.parameters.items() for each in ("-p", name, value)]
        tools = Path(sys.executable).parent
        run = [str(tools / "papermill"), "--no-progress-bar", "--log-level", "ERROR", TEMPLATE, "peer.ipynb", *given]
        html = [str(tools / "jupyter"), "nbconvert", "--to", "html", "--log-level", "ERROR", "peer.ipynb"]
        for command in (run, html):
            subprocess.run(command, cwd=job.folder, check=True, stderr=subprocess.DEVNULL)

    with ThreadPoolExecutor(processes) as threads:
        list(threads.map(one, made))


def limit(made: Sequence[Job], ready: Any, go: Any, done: Any, end: Any) -> None:
    """The cells and the page of each job, in this process, when it is warm and told to go; it stays until the end."""
    in_this_process(made[0])
    ready.release()
    go.wait()
    for job in made:
        in_this_process(job)
    done.release()
    end.wait()


def in_this_process(job: Job) -> str:
    """The page of a job; what its cells show is taken in by IPython's own hook for that."""
    from IPython.core.displayhook import CapturingDisplayHook
    from IPython.core.interactiveshell import InteractiveShell

    shell: Any = InteractiveShell.instance()
    os.chdir(job.folder)
    content = read_notebook(job.folder / TEMPLATE)
    lines = [f"{name} = {value!r}" for name, value in job.parameters.items()]
    for cell in content["cells"]:
        if cell["cell_type"] == "code":
            shell.display_trap.hook = CapturingDisplayHook(shell, cell["outputs"])
            shell.run_cell(source(cell), store_history=False).raise_error()
            if "parameters" in tags(cell):
                shell.run_cell("\n".join(lines), store_history=False).raise_error()
    return page(content, job.title, "en")


def limit_taken(made: Sequence[Job]) -> Taken:
    """How long the limit takes on all cores, from warm processes to the last page, without their begin and end."""
    context = multiprocessing.get_context("spawn")
    ready, done = context.Semaphore(0), context.Semaphore(0)
    go, end = context.Event(), context.Event()
    parts = [made[core::CORES] for core in range(CORES)]
    running = [context.Process(target=limit, args=(part, ready, go, done, end)) for part in parts if part]
    for each in running:
        each.start()
    for _ in running:
        ready.acquire()
    before, start = _worked(running), time.perf_counter()
    go.set()
    for _ in running:
        done.acquire()
    found = Taken(time.perf_counter() - start, _worked(running) - before)
    end.set()
    for each in running:
        each.join()
    return found


def _worked(running: Sequence[Any]) -> float:
    """Seconds of the processors that these processes have had."""
    return sum(_ticks(each.pid) for each in running) / os.sysconf("SC_CLK_TCK")


def empty(made: Sequence[Job], folder: Path) -> list[Job]:
    """Jobs with as many cells that do nothing: what is left is the engine's overhead, and the page's."""
    cells = read_notebook(made[0].folder / TEMPLATE)["cells"]
    plain = [each if "parameters" in tags(each) else code("0;") for each in cells if each["cell_type"] == "code"]
    for at in range(len(made)):
        (folder / str(at)).mkdir(parents=True)
        saved(folder / str(at) / TEMPLATE, cleaned(notebook(*plain)))
    return [Job(each.template, each.client, each.period, each.as_of, each.language, folder / str(at), "", each.title)
            for at, each in enumerate(made)]  # fmt: skip


class Memory(threading.Thread):
    """Looks now and then at what the processes of a pool have to themselves: the most of any worker with its kernel."""

    def __init__(self, pool: Pool) -> None:
        super().__init__(daemon=True)
        self.pool, self.most, self.done = pool, 0, threading.Event()

    def run(self) -> None:
        """Look until it is done."""
        while not self.done.wait(0.2):
            found = sorted(private_memory(each) for each in _processes(self.pool)[1:])
            self.most = max(self.most, sum(found[-2 * CORES :]) // CORES)


def results(reports: int, peers: int, rounds: int) -> Iterator[str]:
    """The lines of the table; ``peers`` of the reports are rendered by the peer, too."""
    with tempfile.TemporaryDirectory() as name:
        folder, workspace = Path(name), kpikit.open(kpikit.samples() / "hospitals")
        keys = list(workspace.clients)[:reports]
        yield _line(taken(lambda: workspace.evaluate_all(keys)).each(len(keys)), "a report's evaluation")
        first = taken(lambda: jobs(workspace, folder / "a", len(keys)))
        yield _line(first.each(len(keys)), "its forecasts, its folder")
        yield _line(taken(lambda: jobs(workspace, folder / "b", reports)).each(reports), "its folder alone")
        yield from _rendering(folder, jobs(workspace, folder / "jobs", reports), peers, rounds)


def _rendering(folder: Path, made: Sequence[Job], peers: int, rounds: int) -> Iterator[str]:
    found: dict[str, list[Taken]] = {"ours": [], "two": [], "one": [], "limit": [], "empty": []}
    alone = max(peers // 2, 1)
    with Pool(CORES, folder) as pool:
        ours(pool, made[:CORES])  # warm
        memory = Memory(pool)
        memory.start()
        for at in range(rounds):
            found["ours"].append(taken(lambda: ours(pool, made), pool).each(len(made)))
            found["limit"].append(limit_taken(made).each(len(made)))
            nothing = empty(made, folder / f"empty{at}")
            found["empty"].append(taken(lambda one=nothing: ours(pool, one), pool).each(len(made)))
            if peers:
                found["two"].append(taken(lambda: peer(made[:peers], CORES)).each(peers))
                found["one"].append(taken(lambda: peer(made[:alone], 1)).each(alone))
        memory.done.set()
        memory.join()
    middle = {name: Taken(*map(statistics.median, zip(*each, strict=True))) for name, each in found.items() if each}
    mine = middle["ours"]
    yield _line(mine, f"notebook and page, {CORES} processes: {1 / mine.time:.2f} reports a second")
    for name, words in {"two": f"papermill and nbconvert, {CORES} at once", "one": "one after the other"}.items():
        if name in middle:
            yield _line(middle[name], words, mine)
    yield _line(middle["limit"], "the limit", mine)
    yield _line(middle["empty"], "a report whose cells do nothing")
    yield f"{memory.most / 1e6:7.0f} MB of private memory at most for a worker with its kernel"


def growth(sizes: Sequence[int] = (10, 100, 500)) -> Iterator[str]:
    """What a report costs, and the most memory of a worker, when there are so many of them."""
    with tempfile.TemporaryDirectory() as name:
        folder, workspace = Path(name), kpikit.open(kpikit.samples() / "hospitals")
        made = jobs(workspace, folder / "jobs", max(sizes))
        for size in sizes:
            with Pool(CORES, folder) as pool:
                ours(pool, made[:CORES])  # warm
                memory = Memory(pool)
                memory.start()
                found = taken(lambda size=size, pool=pool: ours(pool, made[:size]), pool)
                memory.done.set()
                memory.join()
            yield _line(found.each(size), f"each of {size} reports; {memory.most / 1e6:.0f} MB at most for a worker")


def _line(found: Taken, words: str, mine: Taken | None = None) -> str:
    ratio = f": {found.time / mine.time:.2f} times ours, {found.work / mine.work:.2f} of work" if mine else ""
    return f"{found.time:7.3f} s {found.work:7.3f} s of work  {words}{ratio}"


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:] if each != "growth"]
    for line in growth() if "growth" in sys.argv else results(*(given + [20, 4, 3][len(given) :])):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
