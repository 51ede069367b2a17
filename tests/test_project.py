"""The project's own promises: its files, its dependencies and their three lists, light imports, clean code."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CORE = [Requirement(line) for line in PROJECT["project"]["dependencies"]]
EXTRAS = [Requirement(line) for lines in PROJECT["project"]["optional-dependencies"].values() for line in lines]
TEST = [Requirement(line) for line in PROJECT["dependency-groups"]["test"]]
TOP_LEVEL = {
    *{"notebooks", "kpikit", "templates", "data", "tests", "environment.yml", "README.md", ".gitattributes"},
    *{".ci", ".gitignore", "CHANGELOG.md", "LICENSE", "Makefile", "pyproject.toml", "requirements.lock"},
}
CONDA_NAMES = {"playwright-python": "playwright", "python-duckdb": "duckdb"}  # conda-forge's own names
NOT_IMPORTED = {"jsonschema", "jupyterlab", "voila"}
"""A version that Jupyter is held to; and the places where people work, which kpikit starts, and runs in."""
COMES_WITH = {
    "ipython": "ipywidgets",
    "traitlets": "ipywidgets",
    "jupyter-client": "papermill",
    "nbclient": "nbconvert",
    "nbformat": "nbconvert",
    "numpy": "pandas",
    "ipykernel": "jupyterlab",
    "pyzmq": "jupyterlab",
    "tornado": "jupyterlab",
}


@cache
def own_files() -> list[Path]:
    """The project's files, relative to its root: those git knows or would add, or all where there is no git."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    if (ROOT / ".git").exists():
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
        return [Path(name) for name in listed if name and (ROOT / name).exists()]
    made_here = {".venv", "out", "__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis"}
    found = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
    return [path for path in found if not made_here & set(path.parts)]


def text_of(file: Path) -> str:
    """The file's text; what is not text (a picture, packed data) has none."""
    try:
        return (ROOT / file).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def pins(part: str) -> dict[str, set[str]]:
    """Package -> its versions in a part of the lock; several where they depend on Python's version."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([\w.!+]+)", part, re.MULTILINE):
        found.setdefault(canonicalize_name(name), set()).add(version)
    return found


def same(requirements: list[Requirement]) -> dict[str, str]:
    """Package -> range, in one spelling."""
    return {canonicalize_name(each.name): str(each.specifier) for each in requirements}


def test_the_top_level_holds_the_agreed_names_and_nothing_else() -> None:
    assert {file.parts[0] for file in own_files()} == TOP_LEVEL


def test_no_file_names_a_registry_or_a_path_of_a_machine() -> None:
    hosts = ["pypi" + r"\.org", "python" + r"hosted\.org", "anaconda" + r"\.org", "debian" + r"\.org"]
    folders = "work|home|root|Users|tmp"
    wrong = re.compile("|".join([*hosts, rf"(?<![\w.:/~$}}*-])/(?:{folders})/\w"]))
    found = [f"{file}: {hit[0]}" for file in own_files() for hit in wrong.finditer(text_of(file))]
    assert found == []


def test_the_changelog_names_the_version() -> None:
    headings = re.findall("^## .*", text_of(Path("CHANGELOG.md")), re.MULTILINE)
    assert any(PROJECT["project"]["version"] in heading for heading in headings)


# The lock.


def test_the_lock_holds_versions_and_hashes_alone() -> None:
    line = re.compile(r"#.*|[a-z0-9.-]+==[\w.!+]+( ; [^/@]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    lock = text_of(Path("requirements.lock"))
    assert [each for each in lock.splitlines() if not line.fullmatch(each)] == []
    assert Path("uv.lock") not in own_files()


def test_the_lock_satisfies_the_ranges_of_pyproject() -> None:
    parts = [pins(part) for part in text_of(Path("requirements.lock")).split("\n# test tools\n")]
    for requirements, locked in zip([CORE, EXTRAS + TEST], parts, strict=True):
        for each in requirements:
            versions = locked[canonicalize_name(each.name)]
            assert all(each.specifier.contains(version) for version in versions), (each, versions)
    core, test = parts
    assert {name: core[name] for name in core.keys() & test} == {name: test[name] for name in core.keys() & test}


# environment.yml.


def test_conda_gets_the_names_and_ranges_of_pyproject() -> None:
    *packages, checkout = yaml.safe_load(text_of(Path("environment.yml")))["dependencies"]
    *from_pip, this = checkout["pip"]
    assert this == "-e ."
    wanted = [*map(Requirement, packages), *map(Requirement, from_pip)]
    listed = {CONDA_NAMES.get(each.name, each.name): str(each.specifier) for each in wanted}
    assert listed == same(CORE + EXTRAS + TEST) | {"python": PROJECT["project"]["requires-python"]}


@pytest.mark.parametrize("requirement", CORE + EXTRAS + TEST, ids=lambda requirement: requirement.name)
def test_what_is_installed_satisfies_the_ranges(requirement: Requirement) -> None:
    assert requirement.specifier.contains(importlib.metadata.version(requirement.name))


# Dependencies and imports.


def imported_packages() -> set[str]:
    """The packages that kpikit imports anywhere, by the names they are installed by; Python's own are left out."""
    installed_as = importlib.metadata.packages_distributions()
    modules = [file for file in own_files() if file.parts[0] == "kpikit" and file.suffix == ".py"]
    nodes = [node for file in modules for node in ast.walk(ast.parse(text_of(file)))]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    foreign = {name.partition(".")[0] for name in names} - sys.stdlib_module_names - {"kpikit"}
    return {canonicalize_name(installed_as[name][0]) for name in foreign}


def test_every_dependency_is_used_and_everything_used_is_a_dependency() -> None:
    declared = {canonicalize_name(each.name) for each in CORE + EXTRAS}
    assert imported_packages() - COMES_WITH.keys() == declared - NOT_IMPORTED


@pytest.mark.parametrize(
    ("code", "unwanted"),
    [
        ("import kpikit", "duckdb ipywidgets matplotlib nbconvert papermill"),
        (
            "import sys\nfrom kpikit.cli import main\nsys.argv = ['kpikit', '--help']\nmain()",
            "IPython duckdb ipywidgets matplotlib narwhals nbconvert pandas papermill",
        ),
    ],
    ids=["import", "help"],
)
def test_nothing_heavy_is_loaded_before_it_is_needed(code: str, unwanted: str) -> None:
    at_exit = "import atexit, sys\natexit.register(lambda: print('\\nloaded:', *sys.modules))\n"
    command = [sys.executable, "-c", at_exit + code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.rpartition("loaded:")[2].split())
    assert "kpikit" in loaded
    assert loaded & set(unwanted.split()) == set()


# The code itself, and its tests.


@pytest.mark.parametrize(("flag", "outcome"), [("", pytest.skip.Exception), ("1", pytest.fail.Exception)])
def test_a_missing_program_skips_a_test_and_fails_it_in_ci(
    flag: str, outcome: type[BaseException], needs_system: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPIKIT_NEED_SYSTEM", flag)
    with pytest.raises(outcome, match="none of the programs no-such-program, nor-this-one is installed"):
        needs_system("no-such-program", "nor-this-one")


@pytest.mark.parametrize(
    "command",
    [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"]],
    ids=["ruff", "format", "mypy"],
)
def test_the_code_is_clean(command: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
