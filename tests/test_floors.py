"""The direction of the house: imports go down only, and each heavy package has one room."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "kpikit"
FLOORS = [
    *["words", "sources", "metrics", "indicators", "plans", "evaluation"],
    *["charts", "workspace", "widgets", "render", "cli"],
]
ROOMS = {
    "babel": "words",
    "click": "cli",
    "distributed": "render",
    "duckdb": "sources",
    "fsspec": "render",
    "ipykernel": "render",
    "anywidget": "widgets",
    "ipywidgets": "widgets",
    "matplotlib": "charts",
    "narwhals": "metrics",
    "nbclient": "render",
    "nbconvert": "render",
    "papermill": "render",
    "pptx": "render",
    "scipy": "evaluation",
    "statsmodels": "evaluation",
    "weasyprint": "render",
    "xlsxwriter": "render",
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def imports(code: str) -> Iterator[str]:
    """Every imported name in full, at the top of the code and inside its functions: ``kpikit.words.errors.one_of``."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names)


def wrong_imports(floor: str, code: str) -> list[str]:
    """The imports that code on ``floor`` must not have; the package's own first module stands above all floors."""
    allowed = FLOORS[: FLOORS.index(floor) + 1] if floor in FLOORS else FLOORS
    wrong = []
    for name in imports(code):
        top, _, rest = name.partition(".")
        below = top == "kpikit" and rest.partition(".")[0] in allowed
        in_its_room = top != "kpikit" and ROOMS.get(top, floor) == floor
        if not (below or in_its_room) or name.startswith("."):
            wrong.append(name)
    return wrong


def floor_of(module: Path) -> str:
    """The floor of a file of the package, ``__init__`` for its first module."""
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(ROOT)))
def test_imports_go_down_only_and_heavy_packages_stay_in_their_room(module: Path) -> None:
    assert wrong_imports(floor_of(module), module.read_text(encoding="utf-8")) == []


def test_every_module_stands_on_a_floor() -> None:
    assert {floor_of(module) for module in MODULES} - set(FLOORS) == {"__init__"}


@pytest.mark.parametrize(
    ("floor", "code", "expected"),
    [
        ("metrics", "import narwhals as nw, kpikit.sources.engine", []),
        ("metrics", "from kpikit import words", []),
        ("metrics", "from kpikit.metrics.measure import measure", []),
        ("words", "def f():\n    from kpikit.sources import engine", ["kpikit.sources.engine"]),
        ("charts", "import kpikit", ["kpikit"]),
        ("charts", "from . import trend", ["..trend"]),
        ("charts", "import matplotlib.pyplot, duckdb", ["duckdb"]),
        ("__init__", "from kpikit.workspace import open", []),
        ("__init__", "import matplotlib", ["matplotlib"]),
    ],
)
def test_the_rule_itself(floor: str, code: str, expected: list[str]) -> None:
    assert wrong_imports(floor, code) == expected


def test_the_catalogue_of_indicators_needs_no_compiled_package() -> None:
    code = """
import sys
from importlib.machinery import EXTENSION_SUFFIXES
import kpikit.indicators.catalogue
for name, module in sorted(sys.modules.items()):
    compiled = (getattr(module, "__file__", None) or "").endswith(tuple(EXTENSION_SUFFIXES))
    if compiled and name.partition(".")[0] not in sys.stdlib_module_names:
        print(name)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == ""
