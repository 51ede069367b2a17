"""The README's example from Python does what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kpikit.render.run import Run

README = Path(__file__).resolve().parents[1] / "README.md"


def test_the_example_from_python_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"^```python\n(.*?)^```$", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    known: dict[str, object] = {}
    exec(code, known)
    run = known["run"]
    assert isinstance(run, Run) and not run.failed
    assert (tmp_path / "coffee/out/norrebro/2026-02.da.html").is_file()
