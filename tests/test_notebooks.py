"""The notebooks for people: short cells, no functions, outputs kept for nbval, nothing of a machine in them."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

NOTEBOOKS = sorted((Path(__file__).resolve().parents[1] / "notebooks").rglob("*.ipynb"))


def cells(notebook: Path, kind: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in found if cell["cell_type"] == kind]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_code_is_short_and_defines_nothing(notebook: Path) -> None:
    for cell in cells(notebook, "code"):
        code = "".join(cell["source"])
        assert len([line for line in code.splitlines() if line.strip()]) <= 6, code
        assert not any(isinstance(node, ast.FunctionDef | ast.Lambda | ast.For) for node in ast.walk(ast.parse(code)))


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_text_is_of_10_to_45_words(notebook: Path) -> None:
    sources = ["".join(cell["source"]) for cell in cells(notebook, "markdown")]
    texts = [re.sub("(?s:```.*?```)|^#.*$", "", text, flags=re.MULTILINE) for text in sources]
    assert [text for text in texts if not 10 <= len(text.split()) <= 45] == []


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_outputs_are_kept_for_comparison_and_name_no_place_of_a_machine(notebook: Path) -> None:
    code = cells(notebook, "code")
    ignored = [cell for cell in code if "nbval-ignore-output" in cell["metadata"].get("tags", [])]
    assert all(cell["execution_count"] for cell in code)
    assert all(not cell["outputs"] for cell in ignored)
    assert len([cell for cell in code if cell["outputs"]]) >= 5
    shown = json.dumps([cell["outputs"] for cell in code])
    assert re.findall(r"(?<![\w.:<])/(?:tmp|home|root|Users|var|work)/[^\"]*", shown) == []


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_end_says_what_to_do_next(notebook: Path) -> None:
    assert "".join(cells(notebook, "markdown")[-1]["source"]).startswith("## From here\n")
