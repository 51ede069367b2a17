"""The templates and the tour in a real JupyterLab: every cell runs, and each says the same as in the delivered report
(which is what plain papermill says: `tests.render.test_engine`). Both run at once, as their users start them."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from kpikit.workspace.new import new
from tests.jupyter.lab import Lab, opened

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ("01_goal_definition", "02_metric_analysis", "03_redesign", "portfolio")
TOUR = "00_start_here"
WIDGET = "application/vnd.jupyter.widget-view+json"
WIDGETS = {"01_goal_definition": "GoalBuilder", "02_metric_analysis": "Explorer", "03_redesign": "Redesigner"}
PATIENCE = 120  # seconds that a program of the command line may take

Notebook = dict[str, Any]


@pytest.fixture(scope="module")
def parameters(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """What each template is run with: one hospital, and for the portfolio a workspace of few clients."""
    hospital = {"client": "RF4", "period": "2019-03"}
    firm = new(tmp_path_factory.mktemp("firm") / "coffee")
    return {name: {"workspace": str(firm)} if name == "portfolio" else hospital for name in TEMPLATES}


@pytest.fixture(scope="module")
def by_report(
    parameters: dict[str, dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Notebook]]:
    """A function: a template's name -> the notebook that ``kpikit report`` delivers beside the page."""
    out = tmp_path_factory.mktemp("report")
    report = ["-c", "from kpikit.cli import main; main()", "report"]
    chosen = [text for name in TEMPLATES[:3] for text in ("--template", name)]
    hospital = [str(ROOT / "data" / "hospitals"), "--client", "RF4", "--period", "2019-03", *chosen]
    commands = {
        "hospital": [*report, *hospital, "--out", str(out / "hospital")],
        "firm": [*report, parameters["portfolio"]["workspace"], "--out", str(out / "firm")],
    }
    places = {
        "01_goal_definition": "hospital/rf4/2019-03.01_goal_definition.en.ipynb",
        "02_metric_analysis": "hospital/rf4/2019-03.en.ipynb",
        "03_redesign": "hospital/rf4/2019-03.03_redesign.en.ipynb",
        "portfolio": "firm/portfolio.ipynb",
    }
    with _running(commands) as ended:
        yield lambda name: _read(out / places[name]) if ended(places[name].partition("/")[0]) else {}


@pytest.fixture(scope="module")
def lab(
    chromium: str,
    parameters: dict[str, dict[str, str]],
    by_report: object,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Lab]:
    """JupyterLab over copies of the templates and the tour, after all of their cells have run."""
    folder = tmp_path_factory.mktemp("notebooks")
    templates = {name: _read(ROOT / "templates" / f"{name}.ipynb") for name in TEMPLATES}
    notebooks = {name: _with_parameters(templates[name], given) for name, given in parameters.items()}
    for name, notebook in notebooks.items():
        (folder / f"{name}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    shutil.copyfile(ROOT / "notebooks" / f"{TOUR}.ipynb", folder / f"{TOUR}.ipynb")
    with opened(folder, tmp_path_factory.mktemp("jupyter") / "settings", chromium) as lab:
        lab.run(*(f"{name}.ipynb" for name in (*TEMPLATES, TOUR)))
        yield lab


@pytest.mark.parametrize("name", [*TEMPLATES, TOUR])
def test_every_cell_runs_in_jupyterlab(name: str, lab: Lab) -> None:
    cells = [cell for cell in lab.notebook(f"{name}.ipynb")["cells"] if cell["cell_type"] == "code"]
    failed = [output for cell in cells for output in cell["outputs"] if output["output_type"] == "error"]
    assert failed == []
    assert [cell["execution_count"] for cell in cells] == list(range(1, len(cells) + 1))


@pytest.mark.parametrize("name", TEMPLATES)
def test_jupyterlab_and_the_report_say_the_same(name: str, lab: Lab, by_report: Callable[[str], Notebook]) -> None:
    shown = outputs(lab.notebook(f"{name}.ipynb"))
    assert len(shown) > 5 and any("%" in output for output in shown)
    assert shown == outputs(by_report(name))


@pytest.mark.parametrize("name", WIDGETS)
def test_a_template_has_its_widget_in_jupyterlab_and_none_in_a_report(
    name: str, lab: Lab, by_report: Callable[[str], Notebook]
) -> None:
    ran = lab.notebook(f"{name}.ipynb")
    (cell,) = [at for at, each in enumerate(ran["cells"]) if WIDGETS[name] in "".join(each["source"])]
    assert [WIDGET in each["data"] for each in ran["cells"][cell]["outputs"]] == [True]
    lab.show(f"{name}.ipynb", cell)
    shown = lab.page.locator(".jp-NotebookPanel:visible .jp-Cell").nth(cell)
    expect(shown.locator(".widget-combobox, .jupyter-button").filter(visible=True).first).to_be_visible()
    report = by_report(name)
    assert [each for each in _shown(report) if WIDGET in each] == []
    assert "widgets" not in report["metadata"] and "ipywidgets" not in json.dumps(report)


TAKEN = b"Address already in use"
"""Kernels that Jupyter starts at the same time may choose one port (jupyter_client 487); one tries again."""


@contextlib.contextmanager
def _running(commands: Mapping[str, list[str]]) -> Iterator[Callable[[str], bool]]:
    """Programs of Python, begun at once; the function waits for one of them, and fails with what it said."""
    begun = {
        name: subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for name, command in commands.items()
    }

    @cache
    def ended(name: str) -> bool:
        said, _ = begun[name].communicate(timeout=PATIENCE)
        code = begun[name].returncode
        if code and TAKEN in said:
            again = subprocess.run([sys.executable, *commands[name]], capture_output=True, timeout=PATIENCE)
            code, said = again.returncode, again.stderr
        assert code == 0, said.decode(errors="replace")
        return True

    yield ended
    for each in begun.values():
        each.kill()
        each.wait()


def outputs(notebook: Notebook) -> list[str]:
    """What the cells of a notebook show, one text for each output, apart from when they ran, and from widgets."""
    data = [each for each in _shown(notebook) if WIDGET not in each]
    return [re.sub(r"\\n", "\n", json.dumps({kind: "".join(each[kind]) for kind in sorted(each)})) for each in data]


def _shown(notebook: Notebook) -> list[dict[str, Any]]:
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    return [output["data"] for cell in cells for output in cell["outputs"] if "data" in output]


def _with_parameters(notebook: Notebook, given: Mapping[str, str]) -> Notebook:
    """The notebook with other values in its cell of parameters, as a person would write them there."""
    (cell,) = [each for each in notebook["cells"] if "parameters" in each["metadata"].get("tags", [])]
    source = "".join(cell["source"])
    for name, value in given.items():
        source, found = re.subn(rf"^{name} = [^#\n]*", f"{name} = {value!r}  ", source, flags=re.MULTILINE)
        assert found == 1
    return notebook | {"cells": [each | {"source": source} if each is cell else each for each in notebook["cells"]]}


def _read(path: Path) -> Notebook:
    found: Notebook = json.loads(path.read_text(encoding="utf-8"))
    return found
