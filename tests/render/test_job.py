from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kpikit.render.job import Job, cleaned, prepare
from kpikit.words.errors import RenderError
from tests.render.notebooks import PARAMETERS, Agency, code, notebook, saved, template, text


def job(tmp_path: Path, content: dict[str, Any], client: str | None = "A") -> Job:
    path = saved(tmp_path / "report.ipynb", content)
    return Job(path, client, "2011-11", "2011-11-30", "en", tmp_path / "work" / "a", "a", "A")


def test_a_folder_holds_its_own_client_and_nothing_of_an_earlier_run(tmp_path: Path) -> None:
    one = job(tmp_path, template("1"))
    one.folder.mkdir(parents=True)
    (one.folder / "old.csv").write_text("old")
    prepare(one, Agency("A", "B"), ["A"])  # type: ignore[arg-type]
    assert sorted(path.name for path in one.folder.iterdir()) == ["clients.txt", "template.ipynb"]
    assert (one.folder / "clients.txt").read_text() == "A"


def test_a_template_carries_nothing_from_an_earlier_run() -> None:
    stale = code("1")
    stale |= {"outputs": [{"output_type": "stream", "name": "stdout", "text": "CANARY"}], "execution_count": 7}
    stale["metadata"] = {"papermill": {"status": "completed"}, "tags": ["x"], "execution": {"iopub": "CANARY"}}
    injected = code('client = "CANARY"', "injected-parameters")
    widgets = {"application/vnd.jupyter.widget-state+json": {"state": {"1": "CANARY"}}}
    before = notebook(stale, injected, text("words"), widgets=widgets, papermill={"parameters": {"client": "CANARY"}})
    after = cleaned(before)
    assert "CANARY" not in json.dumps(after)
    assert [(cell["source"], cell["metadata"]) for cell in after["cells"]] == [
        ("1", {"tags": ["x"]}),
        ("words", {"tags": []}),
    ]
    assert (after["cells"][0]["outputs"], after["cells"][0]["execution_count"]) == ([], None)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ([code("1")], "0 code cells are tagged 'parameters', must be exactly 1."),
        ([code(PARAMETERS, "parameters")] * 2, "2 code cells are tagged 'parameters', must be exactly 1."),
        ([code("client = ''\nperiod: str = ''", "parameters")],
         "parameter 'workspace' is not assigned in its parameters cell, which has client, period."),
        ([code("if", "parameters")], "its parameters cell is not Python: "),
    ],
)  # fmt: skip
def test_a_template_without_one_sound_parameters_cell_is_refused(
    tmp_path: Path, cells: list[dict[str, Any]], reason: str
) -> None:
    one = job(tmp_path, notebook(*cells))
    with pytest.raises(RenderError) as error:
        prepare(one, Agency("A"), ["A"])  # type: ignore[arg-type]
    assert str(error.value).startswith(f"{one.template}: {reason}")


@pytest.mark.parametrize("value", ["two\nlines", "null\0", 3])
def test_parameters_are_plain_text(tmp_path: Path, value: Any) -> None:
    with pytest.raises(RenderError, match="must be plain text on one line"):
        prepare(replace(job(tmp_path, template()), client=value), Agency("A"), ["A"])  # type: ignore[arg-type]


def test_the_portfolio_needs_no_client(tmp_path: Path) -> None:
    without = notebook(code('workspace = "."\nperiod = as_of = language = ""', "parameters"))
    one = job(tmp_path, without, client=None)
    prepare(one, Agency("A", "B"), ["A", "B"])  # type: ignore[arg-type]
    assert "client" not in one.parameters
    assert (one.folder / "clients.txt").read_text() == "A\nB"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("no json", "cannot be read as a notebook"),
        ("[]", "format 4"),
        ('{"nbformat": 3}', "format 4"),
        ('{"nbformat": 4, "cells": [3]}', r"cell 1 is none of code, markdown, raw with a text\. Save it"),
        ('{"nbformat": 4, "cells": [{"cell_type": "raw", "source": ""}, {"cell_type": "code"}]}', "cell 2 is none of"),
        ('{"nbformat": 4, "cells": [{"cell_type": "code", "source": ["1", 2]}]}', "cell 1 is none of"),
        ('{"nbformat": 4, "cells": [{"cell_type": "heading", "source": "A"}]}', "cell 1 is none of"),
        (
            '{"nbformat": 4, "cells": [], "metadata": {"kernelspec": {"name": "ir", "language": "R"}}}',
            r"is written in R, and reports run in Python\.$",
        ),
    ],
)
def test_what_is_no_notebook_is_refused(tmp_path: Path, content: str, reason: str) -> None:
    one = job(tmp_path, template())
    one.template.write_text(content)
    with pytest.raises(RenderError, match=reason):
        prepare(one, Agency("A"), ["A"])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "null",
    [{"metadata": None}, {"metadata": {"kernelspec": None, "language_info": None}},
     {"metadata": {"kernelspec": {"language": None}}}, {"metadata": 3}],
)  # fmt: skip
def test_what_a_template_holds_as_null_it_holds_not(tmp_path: Path, null: dict[str, Any]) -> None:
    content = template("1") | null
    content["cells"][0]["metadata"] = None
    content["cells"][2]["metadata"] = {"tags": None}
    one = job(tmp_path, content)
    prepare(one, Agency("A"), ["A"])  # type: ignore[arg-type]
    made = json.loads((one.folder / "template.ipynb").read_text())
    assert [cell["metadata"]["tags"] for cell in made["cells"]] == [[], ["parameters"], []]
    assert made["metadata"]["kernelspec"]["language"] == "python"


def test_text_is_translated_before_the_notebook_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kpikit.words.language.texts.translated", lambda said, language: f"{language}: {said}")
    one = replace(job(tmp_path, template()), language="da")
    prepare(one, Agency("A"), ["A"])  # type: ignore[arg-type]
    assert json.loads((one.folder / "template.ipynb").read_text())["cells"][0]["source"] == "# da: The report"
