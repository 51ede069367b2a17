"""Views share an opened workspace as long as none of its files has changed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kpikit.workspace.shared import shared
from tests.workspaces import Shop, each_day, plan

KEEP = "{indicator: sales.orders, cadence: month, target: {kind: keep, value: 25}}"


def touch(file: Path) -> None:
    told = file.stat()
    os.utime(file, ns=(told.st_atime_ns, told.st_mtime_ns + 1_000_000_000))


def note(folder: Path) -> None:
    (folder / "notes/a").mkdir(parents=True)
    (folder / "notes/a/2024-12.001.yml").write_text("schema: 1\nperiod: 2024-12\non: 2025-01-02\ntext: Rain.\n")


@pytest.mark.parametrize(
    ("change", "same"),
    [
        (lambda folder: None, True),
        (note, True),  # it is read whenever it is asked for
        (lambda folder: (folder / "look.ipynb").write_text("{}"), True),
        (lambda folder: touch(folder / "sales.csv"), False),
        (lambda folder: touch(folder / "workspace.yml"), False),
        (lambda folder: touch(folder / "plans/a/1.yml"), False),
        (lambda folder: (folder / "events.yml").write_text("schema: 1\nevents: []\n"), False),
    ],
    ids=["nothing", "note", "notebook", "source", "workspace", "plan", "events"],
)
def test_it_is_opened_anew_when_a_file_has_changed(
    change: Callable[[Path], object], same: bool, tmp_path: Path
) -> None:
    folder = Shop(sales=each_day("2024-01-01", "2024-12-31"), plans={"a/1": plan(KEEP)}).at(tmp_path / "shop").folder
    first = shared(folder)
    change(folder)
    assert (shared(folder) is first) is same
