"""The engine: the same notebook as from a cold kernel, and every way to die ends in a failed cell that says why."""

from __future__ import annotations

import contextlib
import importlib.metadata
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import papermill
import pytest
from nbclient.exceptions import CellTimeoutError
from nbformat.validator import NotebookValidationError
from papermill.engines import papermill_engines
from papermill.exceptions import PapermillExecutionError

import kpikit
from kpikit.render.engine import NAME, KpikitEngine
from kpikit.render.warm import CAN_FORK, link
from tests.render.hard_cells import HARD_CELLS, joined, plain
from tests.render.notebooks import code, notebook, saved, text

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(not CAN_FORK, reason="forks")
papermill_engines.register(NAME, KpikitEngine)


@pytest.fixture(scope="module", autouse=True)
def _let_go() -> Iterator[None]:
    """No parent is left behind by these tests."""
    yield
    for control in link._known:
        control.close()
    link._known.clear()


def run(folder: Path, engine: str | None, content: dict[str, Any], **options: Any) -> dict[str, Any]:
    """The notebook as it is saved after papermill ran it; its own complaint is under the key "complaint".

    A cold kernel's message is sometimes lost on the way, and papermill would wait for it for ever: then it runs again.
    No cell of these tests needs half a minute.
    """
    folder.mkdir(exist_ok=True)
    complaint, options = None, options if engine else {"execution_timeout": 30, **options}
    with contextlib.chdir(folder), patch.dict(os.environ):
        os.environ.pop("PYTEST_CURRENT_TEST", None)  # under pytest a cold kernel does not watch its descriptors
        saved(Path("in.ipynb"), content)
        for again in (True, True, False):
            try:
                papermill.execute_notebook("in.ipynb", "out.ipynb", engine_name=engine, progress_bar=False, **options)
            except PapermillExecutionError as error:
                complaint = error
            except CellTimeoutError:
                if engine is None and again:
                    continue
                raise
            break
        found: dict[str, Any] = json.loads(Path("out.ipynb").read_text(encoding="utf-8"))
    found["cells"] = [cell for cell in found["cells"] if "papermill-error-cell-tag" not in str(cell["metadata"])]
    return found | {"complaint": complaint}


def python(*cells: dict[str, Any]) -> dict[str, Any]:
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return notebook(*cells, kernelspec=kernel)


def status(cell: Mapping[str, Any]) -> str:
    return str(cell["metadata"]["papermill"]["status"])


def cell(name: str, source: str) -> dict[str, Any]:
    allowed = "error" in name and name != "error"
    return code(source, *(["raises-exception"] if allowed else []))


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], dict[str, Any]]:
    """The notebook of hard cells, from a cold kernel and from our engine."""
    content = python(*(cell(*each) for each in HARD_CELLS.items()))
    folder = tmp_path_factory.mktemp("hard")
    return run(folder / "cold", None, content), run(folder / "warm", NAME, content)


@pytest.mark.parametrize("name", HARD_CELLS)
def test_a_cell_gives_what_it_gives_in_a_cold_kernel(pair: tuple[dict[str, Any], ...], name: str) -> None:
    cold, warm = (each["cells"][list(HARD_CELLS).index(name)] for each in pair)
    if name != "never run":
        assert status(warm) == status(cold) == ("failed" if name == "error" else "completed")
    assert warm["execution_count"] == cold["execution_count"]
    assert plain(joined(warm["outputs"])) == plain(joined(cold["outputs"]))


def test_it_says_how_long_each_cell_took(pair: tuple[dict[str, Any], ...]) -> None:
    for cold, warm in zip(*(each["cells"][:-1] for each in pair), strict=True):
        marks = warm["metadata"]["papermill"]
        begun, ended = (datetime.fromisoformat(marks[name]) for name in ("start_time", "end_time"))
        assert marks["duration"] == (ended - begun).total_seconds() > 0
        assert marks.keys() == cold["metadata"]["papermill"].keys()


@pytest.mark.parametrize("data", ["{'text/plain': 5}", "{'text/plain': ['a', 5]}"])
def test_what_cannot_stand_in_a_notebook_is_refused(tmp_path: Path, data: str) -> None:
    with pytest.raises(NotebookValidationError, match="is not valid under any of the given schemas"):
        run(tmp_path, NAME, python(code(f"display({data}, raw=True)")), time_limit=60)


def test_so_do_the_widgets(pair: tuple[dict[str, Any], ...]) -> None:
    cold, warm = (each["metadata"]["widgets"]["application/vnd.jupyter.widget-state+json"]["state"] for each in pair)
    assert cold and sorted(map(plain, warm.values())) == sorted(map(plain, cold.values()))


def test_what_was_never_run_says_so(pair: tuple[dict[str, Any], ...]) -> None:
    assert [status(each) for each in pair[1]["cells"][-2:]] == ["failed", "pending"]


@pytest.mark.parametrize("template", sorted(path.stem for path in (ROOT / "templates").glob("*.ipynb")))
def test_our_templates_too(tmp_path: Path, template: str) -> None:
    content = json.loads((ROOT / "templates" / f"{template}.ipynb").read_text(encoding="utf-8"))
    given = {"workspace": str(kpikit.new(tmp_path / "coffee").folder), "period": "2026-02"}
    cold, warm = (run(tmp_path / str(engine), engine, content, parameters=given) for engine in (None, NAME))
    assert cold["complaint"] is None and cold["metadata"]["language_info"] == warm["metadata"]["language_info"]
    for one, other in zip(cold["cells"], warm["cells"], strict=True):
        assert plain(joined(one.get("outputs"))) == plain(joined(other.get("outputs")))


KILLED = "its process was killed by signal"
DEATHS = {
    "crash": ("import ctypes\nctypes.string_at(0)", "DeadKernelError", f"{KILLED} 11 (SIGSEGV)."),
    "abort": ("import os\nos.abort()", "DeadKernelError", f"{KILLED} 6 (SIGABRT)."),
    "killed": ("import os\nos.kill(os.getpid(), 9)", "DeadKernelError", f"{KILLED} 9 (SIGKILL)."),
    "exit": ("import os\nos._exit(3)", "DeadKernelError", "its process ended with exit code 3."),
    "loop": ("while True: pass", "CellTimeoutError", "it took longer than 1 seconds."),
    "loop in C": ("sum(range(10**12))", "CellTimeoutError", "it took longer than 1 seconds."),
    "stubborn": (
        "while True:\n    try:\n        while True: pass\n    except KeyboardInterrupt: pass",
        "CellTimeoutError",
        "it took longer than 1 seconds.",
    ),
    "memory": ("[b'x' * 10**6 * n for n in range(1, 200)]", "MemoryError", "it used more than 300 MB of memory."),
}


@pytest.mark.parametrize("name", DEATHS)
def test_a_dead_notebook_is_failed_within_seconds_and_says_where_and_why(tmp_path: Path, name: str) -> None:
    source, kind, reason = DEATHS[name]
    limits = {"memory_limit": 300_000_000} | ({} if name == "memory" else {"execution_timeout": 1})
    limits = {} if name == "exit" else limits  # on a busy machine memory may take longer than a second to fill
    content = python(code("print('fine')"), code(f"print('begun', flush=True)\n{source}"), code("'never'"))
    begun = time.monotonic()
    found = run(tmp_path, NAME, content, **limits)
    assert time.monotonic() - begun < 20
    assert [status(each) for each in found["cells"]] == ["completed", "failed", "pending"]
    outputs = found["cells"][1]["outputs"]
    assert outputs[0] == {"name": "stdout", "output_type": "stream", "text": ["begun\n"]}
    assert (outputs[1]["ename"], outputs[1]["evalue"]) == (kind, reason)
    assert f"{kind}: {reason}" in str(found["complaint"])
    if name in ("crash", "loop"):  # where it was: from the C stack's own words, or the interrupt's
        assert any("line" in line for line in outputs[1]["traceback"])


def test_half_a_sign_is_printed_as_its_code(tmp_path: Path) -> None:
    """A cold kernel raises the error in a thread, and what was printed is lost."""
    found = run(tmp_path, NAME, python(code("print('å \\ud800')"), code("2")), execution_timeout=60)
    assert [status(each) for each in found["cells"]] == ["completed", "completed"]
    assert found["cells"][0]["outputs"][0]["text"] == ["å \\ud800\n"]


def test_the_limit_of_the_whole_report(tmp_path: Path) -> None:
    content = python(*(code("import time; time.sleep(0.4)") for _ in range(5)))
    found = run(tmp_path, NAME, content, time_limit=1)
    assert "the report took longer than 1 seconds." in str(found["complaint"])
    assert [status(each) for each in found["cells"]] == ["completed", "completed", "failed", "pending", "pending"]


def test_exit_counts_as_with_the_stock_engine_and_nothing_runs_after_it(tmp_path: Path) -> None:
    content = python(code("import sys\nsys.exit(0)"), code("'never'"))
    cold, warm = (run(tmp_path / str(engine), engine, content) for engine in (None, NAME))
    assert plain(warm["cells"][0]["outputs"]) == plain(cold["cells"][0]["outputs"])
    assert status(warm["cells"][1]) == "pending"


ORPHANS = """import os, time
for _ in range({number}):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            with open("orphans", "a") as file: file.write(f"{os.getpid()} ")
            time.sleep(1000)
        os._exit(0)
while len(open("orphans").read().split()) < {number}: time.sleep(0.01)
"""


@pytest.mark.parametrize("end", ["", "os.kill(os.getpid(), 9)"])
def test_what_a_notebook_leaves_running_is_ended_with_it(tmp_path: Path, end: str) -> None:
    (tmp_path / "orphans").write_text("")
    run(tmp_path, NAME, python(code(ORPHANS.replace("{number}", "200") + end)))
    numbers = (tmp_path / "orphans").read_text().split()
    assert len(numbers) == 200 and [each for each in numbers if Path(f"/proc/{each}").exists()] == []


def test_when_the_parent_is_killed_the_notebook_fails_and_the_next_one_runs(tmp_path: Path) -> None:
    source = "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\nwhile True: pass"
    found = run(tmp_path, NAME, python(code(source)))
    assert "the warm process that it came from was killed." in str(found["complaint"])
    assert run(tmp_path, NAME, python(code("1")))["complaint"] is None


def test_changed_code_is_never_served_from_an_old_parent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module of its own is changed, as any that the parent has loaded: other tests render with the same kpikit."""
    file = tmp_path / "sitecustomize.py"
    file.write_text("ONE = 1")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    content = python(code("import sitecustomize, os; os.getppid(), dir(sitecustomize)[0]"))
    first, second = (run(tmp_path / "a", NAME, content)["cells"][0]["outputs"] for _ in range(2))
    assert first == second and "'ONE'" in str(first)
    file.write_text("TWO = 2")
    third = run(tmp_path / "a", NAME, content)["cells"][0]["outputs"]
    assert "'TWO'" in str(third) and third[0]["data"] != first[0]["data"]


def test_a_variable_that_decides_what_imports_do_needs_another_parent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = python(code("import os; os.getppid(), os.environ.get('KPIKIT_GIVEN'), os.environ.get('MPLCONFIGDIR')"))

    def shown() -> list[str]:
        (output,) = run(tmp_path, NAME, content)["cells"][0]["outputs"]
        return re.findall(r"\d+|None|'[^']*'", "".join(output["data"]["text/plain"]))

    parent, given, _ = shown()
    monkeypatch.setenv("KPIKIT_GIVEN", "1")
    assert given == "None" and shown()[:2] == [parent, "'1'"]
    monkeypatch.setenv("MPLCONFIGDIR", str(tmp_path))
    assert shown()[0] != parent


@pytest.mark.parametrize(
    ("hindrance", "told"),
    [
        ({"kpikit.render.warm.CAN_FORK": False}, "this system cannot fork a warm one"),
        ({"kpikit.render.warm.client.version": lambda name: "6.30.1"}, "ipykernel 6.30.1 is not among the tested"),
    ],
)
def test_without_forks_the_stock_engine_does_the_same_and_the_log_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, hindrance: Any, told: str
) -> None:
    for name, value in hindrance.items():
        monkeypatch.setattr(name, value)
    found = run(tmp_path, NAME, python(text("words"), code("1 + 1")), time_limit=60, memory_limit=10**9)
    assert found["cells"][1]["outputs"][0]["data"] == {"text/plain": ["2"]}
    assert f"a cold kernel runs the notebook: {told}" in caplog.text


def test_the_entry_point_is_declared_and_light() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (target,) = project["entry-points"]["papermill.engine"].values()
    entry = importlib.metadata.EntryPoint(NAME, target, "papermill.engine")
    assert entry.load() is KpikitEngine
    loads = f"import sys, {entry.module}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", loads], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert set(loaded.split()) & {"papermill", "nbformat", "IPython", "pandas", "matplotlib", "duckdb", "yaml"} == set()


def test_several_threads_may_render_at_once(tmp_path: Path) -> None:
    from kpikit.render.limits import NO_LIMITS
    from kpikit.render.warm.link import Kernel

    def fork() -> None:
        with Kernel(NO_LIMITS) as kernel:
            numbers.append(kernel.pid)

    numbers: list[int] = []
    threads = [threading.Thread(target=fork) for _ in range(5)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(set(numbers)) == 5 and not any(Path(f"/proc/{each}").exists() for each in numbers)
    assert signal.getsignal(signal.SIGCHLD) is signal.SIG_DFL
