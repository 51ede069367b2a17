"""The wheel: it carries templates, notebooks and sample data, and makes a report outside the repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MOVED = {name: f"kpikit/_shipped/{name}" for name in ("templates", "notebooks", "data")} | {"kpikit": "kpikit"}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the wheel is built from, with a rendered report and a cache lying about in it."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in MOVED:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("out", "__pycache__", ".*"))
    for name in ["pyproject.toml", "README.md", "LICENSE", ".gitignore"]:
        shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without asking a registry."""
    rendered = checkout / "data" / "hospitals" / "out" / "index.html"
    rendered.parent.mkdir()
    rendered.touch()
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=checkout, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    shutil.rmtree(rendered.parent)
    return built


@pytest.fixture(scope="module")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel installed in it; its dependencies come from the environment of the tests."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--target", str(folder)]
    subprocess.run([*command, str(wheel)], check=True, capture_output=True)
    return folder


def run(site: Path, folder: Path, *command: str | Path) -> str:
    """What a command prints that runs in ``folder`` with the installed wheel before everything else."""
    environment = os.environ | {"PYTHONPATH": str(site)}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


def test_the_wheel_holds_the_package_templates_notebooks_and_sample_data_and_nothing_rendered(
    checkout: Path, wheel: Path
) -> None:
    files = [(name, file) for name in MOVED for file in (checkout / name).rglob("*") if file.is_file()]
    expected = {f"{MOVED[name]}/{file.relative_to(checkout / name).as_posix()}" for name, file in files}
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert packed == expected


def test_the_installed_command_renders_a_shipped_sample(site: Path, tmp_path: Path) -> None:
    shipped = sorted(site.rglob("_shipped/**/*"))
    samples = Path(run(site, tmp_path, sys.executable, "-c", "import kpikit; print(kpikit.samples())"))
    assert samples.is_relative_to(site)
    kpikit = next((site / "bin").glob("kpikit*"))
    run(site, tmp_path, kpikit, "report", samples / "hospitals", "--client", "RF4", "--out", tmp_path / "out")
    run(site, tmp_path, kpikit, "new", "own", "--language", "da")
    assert "Nørrebro Kaffe" in run(site, tmp_path, kpikit, "evaluate", "own", "--client", "norrebro")
    pages = {page.name for page in (tmp_path / "out").rglob("*.html")}
    assert pages == {"index.html", "portfolio.html", "2019-03.en.html"}
    assert "RF4" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert sorted(site.rglob("_shipped/**/*")) == shipped


def test_the_installed_package_puts_the_notebooks_for_each_task_into_a_workspace(site: Path, tmp_path: Path) -> None:
    laying = "import sys, pathlib; from kpikit.cli.lab import laid_out; print(len(laid_out(pathlib.Path(sys.argv[1]))))"
    kpikit = next((site / "bin").glob("kpikit*"))
    run(site, tmp_path, kpikit, "new", "own")
    ours = list((ROOT / "notebooks").glob("*.ipynb"))
    assert run(site, tmp_path, sys.executable, "-c", laying, "own") == str(5 + len(ours))
    for file in ours:
        assert (tmp_path / "own" / "notebooks" / file.name).read_bytes() == file.read_bytes()
    assert run(site, tmp_path, sys.executable, "-c", laying, "own") == "0"
