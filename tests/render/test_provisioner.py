"""Jupyter's own kernels, forked: as a cold one in all that a person or program sees of them, and nothing is left."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kpikit.render import provisioner
from kpikit.render.provisioner import LAUNCHER
from kpikit.render.warm import CAN_FORK
from tests.render.hard_cells import HARD_CELLS, joined, plain
from tests.render.kernels import (
    PATIENCE,
    AsyncCold,
    AsyncWarm,
    Cold,
    Kernel,
    Warm,
    descriptors,
    executed,
    gone,
    let_go,
    parent,
    until,
)
from tests.render.notebooks import code, notebook

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="forks")


@pytest.fixture(scope="module", autouse=True)
def _let_go() -> Iterator[None]:
    yield
    let_go()


@pytest.fixture(autouse=True)
def _as_outside_of_pytest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # with it a kernel does not watch its descriptors


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any]:
    """The notebook of hard cells, from a cold kernel and from a forked one."""
    cells = {name: source for name, source in HARD_CELLS.items() if name not in ("error", "never run")}
    content = notebook(
        *(code(source, *(["raises-exception"] if "error" in name else [])) for name, source in cells.items())
    )
    folder, before = tmp_path_factory.mktemp("hard"), os.environ.pop("PYTEST_CURRENT_TEST", "")
    try:
        return executed(AsyncCold, folder / "cold", content), executed(AsyncWarm, folder / "warm", content)
    finally:
        os.environ["PYTEST_CURRENT_TEST"] = before


@pytest.mark.parametrize("name", [name for name in HARD_CELLS if name not in ("error", "never run")])
def test_a_cell_gives_what_it_gives_in_a_cold_kernel(pair: tuple[Any, Any], name: str) -> None:
    cold, warm = (each["cells"][list(HARD_CELLS).index(name)] for each in pair)
    assert warm["execution_count"] == cold["execution_count"]
    assert plain(joined(warm["outputs"])) == plain(joined(cold["outputs"]))


def test_so_do_the_widgets(pair: tuple[Any, Any]) -> None:
    cold, warm = (each["metadata"]["widgets"]["application/vnd.jupyter.widget-state+json"]["state"] for each in pair)
    assert cold and sorted(map(plain, warm.values())) == sorted(map(plain, cold.values()))


STATE = """import os, signal, sys
print([line for line in open("/proc/self/status") if line.startswith(("SigBlk", "SigIgn", "SigCgt"))])
print(os.getsid(0) == os.getpgid(0) == os.getpid(), os.umask(0o22), sys.path, sys.argv[0], len(sys.argv), sys.flags)
print(signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGCHLD), sys.stdin.read(), __name__, dict(os.environ))
"""


def test_its_process_is_like_a_cold_one(tmp_path: Path) -> None:
    with Kernel(Cold, cwd=str(tmp_path)) as cold, Kernel(cwd=str(tmp_path)) as warm:
        assert warm.run(STATE).replace(str(warm.pid), "N") == cold.run(STATE).replace(str(cold.pid), "N")


def test_of_many_rounds_nothing_is_left() -> None:
    with Kernel() as first:
        first.run("1")
    before, of_parent = descriptors(), descriptors(parent())
    for _ in range(6):
        with Kernel() as kernel:
            assert kernel.run("x = 1; import kpikit.workspace.review.review; print(x)") == "1\n"
            request = kernel.client.execute("import time\nprint('begun', flush=True); time.sleep(1000)")
            while kernel.client.get_iopub_msg(timeout=PATIENCE)["msg_type"] != "stream":
                pass
            kernel.manager.interrupt_kernel()
            while (reply := kernel.client.get_shell_msg(timeout=PATIENCE))["parent_header"]["msg_id"] != request:
                pass
            assert reply["content"]["ename"] == "KeyboardInterrupt"
            old = kernel.pid
            kernel.restart()
            assert kernel.pid != old and kernel.run("print('x' in globals())") == "False\n" and gone(old)
            file = kernel.manager.connection_file
        assert gone(kernel.pid) and not Path(file).exists()
    assert Path(f"/proc/{parent()}/task/{parent()}/children").read_text() == ""
    assert (descriptors(), descriptors(parent())) == (before, of_parent)


def test_each_has_the_folder_variables_and_outputs_of_its_request(tmp_path: Path) -> None:
    source = "import os; print(os.getcwd(), os.environ.get('KPIKIT_GIVEN')); os.write(os.dup(1), b''); "
    with (
        (tmp_path / "said").open("w") as said,
        Kernel(cwd=str(tmp_path), env=os.environ | {"KPIKIT_GIVEN": "1"}, stderr=said) as one,
    ):
        assert one.run(source) == f"{tmp_path} 1\n"
        one.run("import sys; print('to the log', file=sys.__stderr__, flush=True)")
        with Kernel() as other:
            assert other.run(source) == f"{os.getcwd()} None\n" and other.pid != one.pid
            assert one.manager.resolve_path("said") == f"{tmp_path}/said"
    assert parent() and "to the log" in (tmp_path / "said").read_text()


def test_input_is_asked_of_who_runs_the_cell() -> None:
    with Kernel() as kernel:
        kernel.client.execute_interactive(
            "given = input('Which? ')",
            timeout=PATIENCE,
            allow_stdin=True,
            stdin_hook=lambda _: kernel.client.input("this"),
        )
        assert kernel.run("print(given)") == "this\n"


def test_a_front_end_finds_the_widgets_again() -> None:
    """As JupyterLab does when a page is loaded anew: it asks for the states of all that there are."""
    with Kernel() as kernel:
        kernel.run("import ipywidgets; slider = ipywidgets.IntSlider(3)")
        content = {"comm_id": "c", "target_name": "jupyter.widget.control", "data": {}}
        kernel.client.shell_channel.send(kernel.client.session.msg("comm_open", content, metadata={"version": "1.0.0"}))
        asked = {"comm_id": "c", "data": {"method": "request_states"}}
        kernel.client.shell_channel.send(kernel.client.session.msg("comm_msg", asked))
        while (message := kernel.client.get_iopub_msg(timeout=PATIENCE))["msg_type"] != "comm_msg":
            pass
        states = message["content"]["data"]["states"].values()
        assert {"IntSliderModel"} < {each["model_name"] for each in states}


def test_a_kernel_that_is_killed_or_busy_is_ended_and_started_anew() -> None:
    with Kernel() as kernel:
        os.kill(kernel.pid, signal.SIGKILL)
        assert until(lambda: not kernel.manager.is_alive())
        kernel.restart(now=True)
        assert kernel.run("print(1)") == "1\n"
        kernel.client.execute("while True: pass")
        old = kernel.pid
        kernel.restart(now=True)
        assert gone(old) and kernel.run("print(2)") == "2\n"


def test_what_a_kernel_starts_is_its_own_affair(tmp_path: Path) -> None:
    """A program that is to outlive the kernel does, as with a cold one; another kernel's end is not its end."""
    source = "import subprocess; p = subprocess.Popen(['sleep', '1000'], start_new_session=True); print(p.pid)"
    with Kernel() as kernel:
        pid = int(kernel.run(source))
        with Kernel():
            pass
        assert Path(f"/proc/{pid}").exists()
    try:
        assert Path(f"/proc/{pid}").exists()
    finally:
        os.kill(pid, signal.SIGKILL)


def test_when_the_parent_is_killed_its_kernels_go_on_and_the_next_one_has_another() -> None:
    with Kernel() as kernel:
        old = parent()
        os.kill(old, signal.SIGKILL)
        assert gone(old)
        with Kernel() as other:
            assert parent() != old and other.run("print(1)") == kernel.run("print(1)") == "1\n"
        assert kernel.manager.is_alive()
    assert gone(kernel.pid)


def test_changed_code_is_never_served_from_an_old_parent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And kernels that run the old code go on; their parent ends with the last of them."""
    file = tmp_path / "sitecustomize.py"
    file.write_text("ONE = 1")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    let_go()
    source = "import sitecustomize; print(dir(sitecustomize)[0])"
    with Kernel() as kernel:
        old = parent()
        assert kernel.run(source) == "ONE\n"
        file.write_text("TWO = 2")
        with Kernel() as other:
            assert other.run(source) == "TWO\n" and parent() != old
        assert kernel.run(source) == "ONE\n" and Path(f"/proc/{old}").exists()
    assert gone(old)
    let_go()


def test_a_module_beside_the_notebook_is_what_it_imports(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "statsmodels.py").write_text("MINE = 1")
    with Kernel(cwd=str(tmp_path)) as kernel:
        assert kernel.run("import statsmodels; print(statsmodels.MINE)") == "1\n"
    assert f"a cold kernel starts: shadowed: {tmp_path}/statsmodels.py." in caplog.text


def test_a_folder_that_is_not_there_is_told_as_ever_and_the_parent_lives(tmp_path: Path) -> None:
    with Kernel():
        before = parent()
    with pytest.raises(FileNotFoundError):
        Warm().start_kernel(cwd=str(tmp_path / "nowhere"))
    with Kernel():
        assert parent() == before


@pytest.mark.parametrize(
    ("changed", "given", "told"),
    [
        ({"CAN_FORK": False}, {}, "this system cannot fork a warm one."),
        ({"LAUNCHER": ["other-python", *LAUNCHER[1:]]}, {}, "it is not this interpreter's own."),
        ({}, {"independent": True}, "a fork cannot be given independent."),
        ({}, {"stdout": subprocess.PIPE}, "a fork cannot be given a new pipe."),
        ({}, {"env": os.environ | {"MPLBACKEND": "agg"}}, "its environment is another one than the first kernel's."),
        (
            {},
            {"env": os.environ | {"PYTHONPATH": "src"}},
            "PYTHONPATH has a folder that is another one for each kernel.",
        ),
        ({"PATIENCE": 0.001, "_parents": []}, {}, "the warm process did not start."),
    ],
)
def test_where_there_is_no_fork_a_cold_kernel_starts_and_the_log_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, changed: Any, given: Any, told: str
) -> None:
    with Kernel():
        pass
    for name, value in changed.items():
        monkeypatch.setattr(provisioner, name, value)
    with Kernel(**given) as kernel:
        assert kernel.run("import sys; print('kpikit.workspace' in sys.modules)") == "False\n"
    assert f"a cold kernel starts: {told}" in caplog.text
