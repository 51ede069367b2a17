"""Programs that find the provisioner as it is installed: their kernels are forked, and end with who started them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from jupyter_client.provisioning import KernelProvisionerFactory
from playwright.sync_api import expect

from kpikit.render.provisioner import BY_DEFAULT, NAME, WarmProvisioner
from kpikit.render.warm import CAN_FORK
from tests.jupyter.lab import opened, write_notebook
from tests.render.kernels import ROOT, TARGET, gone
from tests.render.notebooks import code, notebook

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="forks")


@pytest.fixture(autouse=True)
def _as_outside_of_pytest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # with it a kernel does not watch its descriptors


@pytest.fixture
def installed(tmp_path: Path) -> dict[str, str]:
    """The variables with which a program finds the provisioner as if this kpikit were installed, and uses it."""
    folder = tmp_path / "site" / "kpikit_here-1.dist-info"
    folder.mkdir(parents=True)
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: kpikit-here\nVersion: 1\n")
    (folder / "entry_points.txt").write_text(f"[{KernelProvisionerFactory.GROUP_NAME}]\n{NAME} = {TARGET}\n")
    return os.environ | {"PYTHONPATH": os.pathsep.join([str(folder.parent), str(ROOT)]), BY_DEFAULT: NAME}


SCRIPT = """import sys, time
from jupyter_client.manager import start_new_kernel
from kpikit.render import provisioner
kernels = [start_new_kernel()[0].provisioner.pid for _ in range(2)]
print(provisioner._parents[0].process.pid, *kernels, flush=True)
time.sleep(1000) if sys.argv[1] == "wait" else None
"""


@pytest.mark.parametrize("end", ["wait", "leave"])
def test_all_ends_with_who_started_it(installed: dict[str, str], end: str) -> None:
    """Killed in the midst of it, or at its own end with kernels that it forgot."""
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT, end], env=installed, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        pids = [int(each) for each in process.stdout.readline().split()]
        if end == "wait":
            process.kill()
    assert len(pids) == 3 and all(map(gone, pids))


def test_nbval_has_it(tmp_path: Path, installed: dict[str, str]) -> None:
    output = {"output_type": "stream", "name": "stdout", "text": ["True\n"]}
    cell = code("import sys\nprint('kpikit.workspace' in sys.modules)") | {"outputs": [output], "execution_count": 1}
    for name in ("a", "b"):
        (tmp_path / f"{name}.ipynb").write_text(json.dumps(notebook(cell)), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval",
        "--nbval-current-env",
        "-p",
        "no:cacheprovider",
        "-c",
        os.devnull,
    ]
    done = subprocess.run([*command, str(tmp_path)], env=installed, capture_output=True, text=True, cwd=tmp_path)
    assert "2 passed" in done.stdout, done.stdout + done.stderr


CELLS = [
    "import os, sys\nprint('kpikit.widgets' in sys.modules, os.getpid(), os.getppid())",
    "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2]);",
    "import ipywidgets\nslider = ipywidgets.IntSlider(3, description='Turns')\nslider",
]


def test_jupyterlab_has_it(
    tmp_path: Path, chromium: str, installed: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PYTHONPATH", BY_DEFAULT):
        monkeypatch.setenv(name, installed[name])
    write_notebook(tmp_path / "a.ipynb", CELLS)
    with opened(tmp_path, tmp_path / "s", chromium) as lab:
        lab.run("a.ipynb")
        expect(lab.page.get_by_role("slider")).to_be_visible()
        said, figure, widget = (each["outputs"][0] for each in lab.notebook("a.ipynb")["cells"])
        is_warm, *pids = said["text"][0].split()
        assert is_warm == "True" and "image/png" in figure["data"]
        assert "application/vnd.jupyter.widget-view+json" in widget["data"] and lab.complaints == []
    assert all(gone(int(each)) for each in pids)


def test_the_entry_point_is_declared() -> None:
    assert KernelProvisionerFactory.provisioners[NAME].load() is WarmProvisioner
