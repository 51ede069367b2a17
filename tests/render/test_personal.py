"""Personal columns and bad rows, in all that a run writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpikit.render.batch import render
from kpikit.workspace import Workspace
from tests.workspace.test_left_out import SECRET, with_persons


def test_no_output_holds_an_id_or_the_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Pages, notebooks, slices (kept where a report fails), quarantine, manifest and log."""
    caplog.set_level("DEBUG")
    monkeypatch.setenv("KPIKIT_TEST_KEY", SECRET)
    own = with_persons(tmp_path / "own")
    run = render(own.folder, ["a"], ["2024-01"])
    assert not run.failed
    own.save_slice(tmp_path / "slice", ["a", "b"], "2024-01", None)
    monkeypatch.delenv("KPIKIT_TEST_KEY")
    assert Workspace(tmp_path / "slice").evaluate("a", "2024-01") == own.evaluate("a", "2024-01")  # no key is needed
    files = [file for file in tmp_path.rglob("*") if file.is_file() and file.name != "sales.csv"]
    files.append(own.folder / "quarantine/sales.csv")
    assert {file.suffix for file in files} >= {".html", ".ipynb", ".csv", ".json", ".yml"}
    for text in [*(file.read_text(encoding="utf-8") for file in files), caplog.text]:
        assert not any(str(990_000 + number) in text for number in range(7))
        assert SECRET not in text
    assert ",***," in files[-1].read_text(encoding="utf-8")
    page = (own.folder / "out/a/2024-01.en.html").read_text(encoding="utf-8")
    assert "1 row of the source sales can't be read and is left out of these figures." in page
