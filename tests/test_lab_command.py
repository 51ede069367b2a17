"""`kpikit lab`: what it puts into the workspace, and that JupyterLab then runs there."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from types import SimpleNamespace
from urllib.error import URLError

import pytest
from click.testing import CliRunner

from kpikit.cli import main
from kpikit.cli.lab import laid_out
from kpikit.render.provisioner import BY_DEFAULT
from kpikit.workspace.new import new

PATIENCE = 60  # seconds


def test_the_notebooks_open_the_workspace_and_are_never_overwritten(tmp_path: Path) -> None:
    folder = new(tmp_path / "coffee")
    made = laid_out(folder)
    names = ["00_explore", "01_goal_definition", "02_metric_analysis", "03_redesign", "portfolio"]
    assert [file.stem for file in made[:5]] == names
    assert {"00_start_here", "explore_a_kpi", "why_it_moved", "test_a_campaign"} < {file.stem for file in made[5:]}
    for file in made[1:5]:
        cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
        (parameters,) = [each["source"] for each in cells if "parameters" in each["metadata"].get("tags", [])]
        assert parameters.startswith('workspace = ".."  # ')
    made[2].write_text("mine", encoding="utf-8")
    made[3].unlink()
    assert laid_out(folder) == [made[3]]
    assert made[2].read_text(encoding="utf-8") == "mine"


def test_a_notebook_laid_out_runs_where_it_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = new(tmp_path / "coffee")
    (explore, *_) = laid_out(folder)
    monkeypatch.chdir(explore.parent)
    known: dict[str, object] = {}
    for cell in json.loads(explore.read_text(encoding="utf-8"))["cells"][1:]:
        exec(cell["source"], known)


def test_a_folder_that_is_no_workspace_is_refused(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["lab", str(tmp_path)])
    assert result.exit_code == 2 and "the folder holds no workspace.yml" in result.output
    assert list(tmp_path.iterdir()) == []


def test_what_is_opened_can_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(os, "execv", lambda _, command: started.append(command))
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: SimpleNamespace(returncode=0))
    CliRunner().invoke(main, ["lab", str(new(tmp_path / "coffee")), "--LabApp.default_url=/lab"])
    assert [each for each in started[0] if "default_url" in each] == ["--LabApp.default_url=/lab"]


@pytest.mark.parametrize(("options", "chosen"), [([], None), (["--warm"], "kpikit")])
def test_kernels_are_started_warm_where_that_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], chosen: str | None
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(os, "execv", lambda _, command: started.append(command))
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: SimpleNamespace(returncode=0))
    monkeypatch.setenv(BY_DEFAULT, "")
    monkeypatch.delenv(BY_DEFAULT)
    CliRunner().invoke(main, ["lab", str(new(tmp_path / "coffee")), *options, "--no-browser"])
    assert [each[-1] for each in started] == ["--no-browser"] and "--warm" not in started[0]
    assert os.environ.get(BY_DEFAULT) == chosen


def test_jupyterlab_runs_in_the_workspace(tmp_path: Path) -> None:
    folder = new(tmp_path / "coffee")
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    options = ["--no-browser", "--allow-root", f"--port={port}", "--IdentityProvider.token="]
    options.append("--ServerApp.disable_check_xsrf=True")
    start = [sys.executable, "-c", "from kpikit.cli import main; main()", "lab", str(folder), *options]
    own = {f"JUPYTER_{name}_DIR": str(tmp_path / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    server = subprocess.Popen(start, env=os.environ | own, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        end = time.monotonic() + PATIENCE
        names: list[str] = []
        while not names and time.monotonic() < end and server.poll() is None:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/contents/notebooks", timeout=5) as answer:
                    names = [each["name"] for each in json.load(answer)["content"]]
            except (URLError, OSError):
                time.sleep(0.2)
        assert "00_explore.ipynb" in names
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=PATIENCE) as page:
            assert page.url.endswith("/lab/tree/notebooks/00_start_here.ipynb")
            assert re.search(r'"news":\s*\{\s*"disabled":\s*true', page.read().decode())
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/lab/api/update", timeout=PATIENCE) as answer:
            assert json.load(answer)["notification"] is None  # and nobody was asked whether there is a newer one
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/kernels", b"{}", PATIENCE) as answer:
            kernel = json.load(answer)["id"]
        (told,) = (tmp_path / "RUNTIME").glob(f"*{kernel}*.json")
        assert json.loads(told.read_text())["curve_publickey"]  # what it is told cannot be listened to
    finally:
        server.terminate()
        server.wait(PATIENCE)
