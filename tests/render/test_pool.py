"""Real workers and kernels; what they leave behind is looked for by the mark that they carry."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from kpikit.render import pool as pool_module
from kpikit.render.batch import REPORT
from kpikit.render.job import Job, Order, prepare
from kpikit.render.limits import Limits
from kpikit.render.pool import Pool
from kpikit.render.processes import MARK, PASSED, Spawned, environment, marked
from kpikit.words.errors import RenderError
from tests.render.notebooks import Agency, saved, template

ROOT = Path(__file__).resolve().parents[2]
linux = pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc")


def order(folder: Path, name: str, *sources: str, seconds: float = 60) -> Order:
    path, limits = saved(folder / f"{name}.ipynb", template(*sources)), Limits(seconds)
    job = Job(path, "A", "2011-11", "2011-11-30", "en", folder / name, name, name, limits=limits)
    prepare(job, Agency("A"), ["A"])  # type: ignore[arg-type]
    return job.order


def wait_for(path: Path) -> str:
    """The content of a file that another process writes, once it is there."""
    for _ in range(3000):
        if path.exists() and path.read_text():
            return path.read_text()
        time.sleep(0.01)
    raise AssertionError(f"{path.name} was never written")


def alive(*numbers: int) -> list[int]:
    """The processes that still run after a moment; ended ones that nobody has asked for do not count."""
    for _ in range(500):
        living = [each for each in numbers if _state(each) not in ("", "Z", "X")]
        if not living:
            break
        time.sleep(0.01)
    return living


def _state(number: int) -> str:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


# A cell that says its number and its worker's, leaves a process in a session of its own behind, and never ends.
HANG = """import os, subprocess
left = subprocess.Popen(["sleep", "1000"], start_new_session=True)
with open("numbers.part", "w") as file: print(os.getpid(), os.getppid(), left.pid, file=file)
os.replace("numbers.part", "numbers")
sum(range(10**12))"""


@linux
def test_a_killed_worker_and_a_hanging_report_cost_only_themselves(tmp_path: Path) -> None:
    killed, hanging = order(tmp_path, "killed", HANG), order(tmp_path, "hanging", HANG, seconds=2)
    good = [order(tmp_path, f"good{number}", "print('fine')") for number in range(2)]

    def work(each: Order, make: object) -> tuple[str, str]:
        try:
            pool.make(each)
        except RenderError as error:
            return each["title"], str(error)
        return each["title"], "fine"

    with Pool(2, tmp_path) as pool:
        results: Iterator[tuple[str, str]] = pool.map(work, [killed, hanging, *good])
        numbers = [int(each) for each in wait_for(tmp_path / "killed" / "numbers").split()]
        worker = next(each.process.pid for each in pool._living if each.folder == str(tmp_path / "killed"))
        assert worker
        os.kill(worker, signal.SIGKILL)
        found = dict(results)
        numbers += [int(each) for each in (tmp_path / "hanging" / "numbers").read_text().split()]
        assert alive(*set(numbers) - {numbers[1]}) == []  # but their warm parent
    assert alive(numbers[1]) == []
    assert found["killed"].startswith("its worker process was killed by signal 9")
    assert found["hanging"].endswith("CellTimeoutError: the report took longer than 2 seconds.")
    assert (found["good0"], found["good1"]) == ("fine", "fine")
    assert (tmp_path / "good1" / "report.html").read_text().startswith("<!DOCTYPE html>")


def test_no_more_workers_are_started_than_are_needed_at_once(tmp_path: Path) -> None:
    with Pool(4, tmp_path) as pool:
        for number in range(3):
            pool.make(order(tmp_path, f"job{number}", "print('fine')"))
        assert len(pool._living) == 1


@linux
def test_when_the_warm_parent_is_killed_who_did_it_fails_and_nobody_else(tmp_path: Path) -> None:
    """The one beside it is made anew, and the one after it comes from another parent."""
    kill = "import os, time, signal\nwhile not os.path.exists('../beside/begun'): time.sleep(0.01)\n"
    killer = order(tmp_path, "killer", kill + "os.kill(os.getppid(), signal.SIGKILL); time.sleep(1000)")
    begin = "import os, time\nagain = os.path.exists('begun'); open('begun', 'w').close()\n"
    beside = order(tmp_path, "beside", begin + "if not again: time.sleep(1000)")
    good = order(tmp_path, "good", "fine = 1")

    def work(each: Order, make: object) -> tuple[str, str]:
        try:
            return each["title"], str(pool.make(each))
        except RenderError as error:
            return each["title"], str(error)

    with Pool(2, tmp_path) as pool:
        found = dict(pool.map(work, [killer, beside, good]))
        assert pool._forks and not pool._forks.start().is_gone
    assert found["beside"] == found["good"] == "[]"
    assert found["killer"].endswith("the warm process that it came from was killed.")


@linux
def test_when_the_warm_parent_is_killed_from_outside_another_one_goes_on(tmp_path: Path) -> None:
    hanging, good = order(tmp_path, "hanging", HANG, seconds=2), order(tmp_path, "good", "print('fine')")

    def work(each: Order, make: object) -> str | None:
        try:
            pool.make(each)
        except RenderError as error:
            return str(error)
        return None

    with Pool(1, tmp_path) as pool:
        results = pool.map(work, [hanging, good])
        kernel, parent, left = [int(each) for each in wait_for(tmp_path / "hanging" / "numbers").split()]
        os.kill(parent, signal.SIGKILL)
        failed, fine = sorted(results, key=lambda each: each is None)
        assert fine is None
        assert alive(kernel, parent, left) == []
    assert failed and failed.endswith("CellTimeoutError: the report took longer than 2 seconds.")  # once more


@linux
def test_a_warm_parent_that_is_stopped_costs_one_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Pool(1, tmp_path) as pool:
        assert pool._forks
        process = pool._forks.start()._control.process
        assert process
        process.send_signal(signal.SIGSTOP)
        first, second = order(tmp_path, "first", "fine = 1"), order(tmp_path, "second", "fine = 1")
        monkeypatch.setattr(pool_module, "START_LIMIT", 2.0)
        with pytest.raises(RenderError, match=r"^it took longer than 2 seconds\.$"):
            pool.make(first)
        monkeypatch.undo()
        assert pool.make(second) == []
        assert alive(process.pid) == []


@linux
@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_when_the_run_is_ended_no_process_is_left(tmp_path: Path, ending: signal.Signals) -> None:
    saved(tmp_path / "t.ipynb", template(HANG))
    script = (
        "from pathlib import Path\nfrom kpikit.render.batch import Batch\nfrom tests.render.notebooks import Agency\n"
        f"here = Path({str(tmp_path)!r})\n"
        "Batch(Agency('A'), lambda name: here / 't.ipynb', here / 'out').run(workers=1)"
    )
    run = subprocess.Popen(
        [sys.executable, "-c", script],
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        cwd=ROOT,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # a background job's tests ignore it
    )
    folder = tmp_path / "out" / ".work" / f"a.2011-11.{REPORT}"
    try:
        numbers = [int(each) for each in wait_for(folder / "numbers").split()]
        run.send_signal(ending)
        assert run.wait(20) != 0
        assert alive(*numbers) == []
    finally:
        run.terminate()


@linux
def test_a_worker_ends_when_nobody_listens_any_more(tmp_path: Path) -> None:
    """One with an interpreter of its own, as where nothing can be forked."""
    process = Spawned(tmp_path, tmp_path / "worker.log")
    process.input.close()
    process.wait()
    assert marked("worker") == []


def test_a_worker_that_cannot_start_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kpikit.py").write_text("raise ImportError('broken package')")
    monkeypatch.setattr("kpikit.render.processes.PACKAGE_FOLDER", tmp_path)
    with (
        Pool(1, tmp_path) as pool,
        pytest.raises(RenderError, match=r"the warm process has ended: .*broken package"),
    ):
        pool.make({"folder": "", "limits": {"seconds": 60}})


def test_secrets_stay_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_PASSWORD", "CANARY")
    passed = environment(tmp_path, "worker-1")
    own = {"MPLBACKEND", "OPENBLAS_NUM_THREADS", "JUPYTER_PLATFORM_DIRS", "PYTHONSAFEPATH", "PYTHONUTF8", "IPYTHONDIR",
           "JUPYTER_RUNTIME_DIR", MARK}  # fmt: skip
    assert set(passed) <= own | set(PASSED)
    assert "CANARY" not in passed.values()
    assert (tmp_path / "worker-1-ipythondir").stat().st_mode & 0o077 == 0 or sys.platform == "win32"
