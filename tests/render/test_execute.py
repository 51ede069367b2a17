from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kpikit.render.execute import check_ran, execute
from kpikit.render.job import Job, prepare
from kpikit.words.errors import RenderError
from tests.render.notebooks import PARAMETERS, Agency, code, notebook, saved, template, text


def prepared(folder: Path, content: dict[str, Any], client: str = "A") -> Job:
    folder.mkdir()
    one = Job(saved(folder / "t.ipynb", content), client, "2011-11", "2011-11-30", "en", folder / "job", "job", "A")
    prepare(one, Agency("A", "B"), [client])  # type: ignore[arg-type]
    return one


def test_a_notebook_runs_in_its_folder_with_its_parameters(tmp_path: Path) -> None:
    hostile = """{x} "); print('run' + 'ning') #'🙂\\"""
    one = prepared(
        tmp_path / "{run_uuid} folder",
        template("import os, sys", "print(client, os.listdir(), sys.executable)"),
        hostile,
    )
    cells = json.loads(execute(one.folder, one.parameters).read_text())["cells"]
    said = "".join(cells[-1]["outputs"][0]["text"])
    assert said.startswith(f"{hostile} [") and "clients.txt" in said and "running" not in said
    assert sorted(path.name for path in one.folder.iterdir()) == ["clients.txt", "executed.ipynb", "template.ipynb"]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("import sys\nsys.exit(0)", "cell 3 ('import sys') did not run to its end: SystemExit: 0"),
        (
            "import os\nos.kill(os.getpid(), 9)",
            "cell 3 ('import os') did not run to its end: DeadKernelError: its process was killed",
        ),
        ("1 / 0", "cell 3 ('1 / 0') did not run to its end: ZeroDivisionError: division by zero"),
    ],
)
def test_a_cell_that_does_not_run_to_its_end_is_named(tmp_path: Path, source: str, reason: str) -> None:
    one = prepared(tmp_path / "run", template(source, "'later'"))
    with pytest.raises(RenderError) as error:
        execute(one.folder, one.parameters)
    assert str(error.value).startswith(reason)


def done(source: str, **changed: Any) -> dict[str, Any]:
    return code(source) | {"execution_count": 1} | changed


FAILED = {"output_type": "error", "ename": "ValueError", "evalue": "no", "traceback": []}


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (done("x", outputs=[FAILED]), "ValueError: no"),  # also where a tag allowed the error
        (done("x", execution_count=None), "it was skipped, or its kernel ended before it."),
        (done("x", metadata={"papermill": {"exception": True}}), "it was skipped, or its kernel ended before it."),
    ],
)
def test_what_papermill_lets_pass_is_found(cell: dict[str, Any], reason: str) -> None:
    injected = done("client = 'A'") | {"metadata": {"tags": ["injected-parameters"]}}
    with pytest.raises(RenderError) as error:
        check_ran(notebook(text("words"), done(PARAMETERS), injected, cell))
    assert str(error.value) == f"cell 3 ('x') did not run to its end: {reason}"


def test_empty_cells_and_words_need_not_run() -> None:
    check_ran(notebook(text("words"), done("1"), code(" \n")))
