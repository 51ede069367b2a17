"""A run whose disk fails at the n-th call, for many n: nothing is half-written, and the next run puts all right.

Publication and manifest, where it matters most, have tests of their own for each n.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kpikit.render.batch import PORTFOLIO, REPORT, Batch
from kpikit.render.check import check_page
from kpikit.render.execute import check_ran
from kpikit.render.job import EXECUTED, Order, output
from kpikit.render.run import Run
from kpikit.render.shell import shell
from kpikit.words.errors import KpikitError, RenderError
from kpikit.workspace.reports.rendered import MANIFEST, read_manifest
from tests.render.notebooks import Agency, code, notebook, saved, template


class Instead:
    """Stands where workers do, and makes a good report of nothing."""

    def __enter__(self) -> Instead:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def warm_up(self) -> None:
        pass

    def map(self, work: Callable[[Any, Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        return (work(item, self.make) for item in items)

    def make(self, order: Order) -> list[str]:
        folder = Path(order["folder"])
        ran = notebook(code("1") | {"execution_count": 1}, about=order["title"])
        (folder / EXECUTED).write_text(json.dumps(ran))
        for each in order["formats"]:
            output(folder, each).write_text(shell(order["title"], "en", "", "<p>x</p>"))
        return []


def run(folder: Path, as_of: str = "2011-11-30") -> Run:
    saved(folder / f"{REPORT}.ipynb", template("1"))
    saved(folder / f"{PORTFOLIO}.ipynb", notebook(code("workspace = period = as_of = language = ''", "parameters")))
    batch = Batch(Agency("a", "b"), lambda name: folder / f"{name}.ipynb", folder / "out", as_of=as_of)  # type: ignore[arg-type]
    return batch.run(remote=Instead())  # type: ignore[arg-type]


CALLS = [
    *[(os, name) for name in ("fsync", "replace", "write", "open", "ftruncate")],
    *[(Path, name) for name in ("mkdir", "write_text", "read_bytes")],
    *[(tempfile, "mkstemp"), (shutil, "rmtree")],
]
"""What a run does with the disk."""


def failing(monkeypatch: pytest.MonkeyPatch, fail_at: int, for_good: bool) -> list[str]:
    """The n-th of all `CALLS` fails, or it and all that come after it; the calls that were made."""
    calls: list[str] = []

    def counted(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def done(*args: Any, **named: Any) -> Any:
            calls.append(name)
            if len(calls) == fail_at or (for_good and len(calls) > fail_at):
                raise OSError(28, "No space left on device")
            return call(*args, **named)

        return done

    for where, name in CALLS:
        monkeypatch.setattr(where, name, counted(name, getattr(where, name)))
    return calls


@pytest.mark.parametrize("for_good", [False, True], ids=["once", "for good"])
def test_whichever_call_fails_files_are_whole_and_the_next_run_puts_it_right(tmp_path: Path, for_good: bool) -> None:
    run(tmp_path)
    older = {file: file.read_bytes() for file in (tmp_path / "out").rglob("*.*") if file.is_file()}
    for fail_at in range(1, 500):
        with pytest.MonkeyPatch.context() as patched:
            calls = failing(patched, fail_at, for_good)
            try:
                found = run(tmp_path, "2011-11-29")
                reasons = [entry.reason for entry in found.entries if entry.reason]
            except (KpikitError, OSError) as error:
                reasons = [str(error)]
        if len(calls) < fail_at:
            break
        assert all("No space left on device" in reason for reason in reasons), reasons
        whole(tmp_path / "out")
        assert not list((tmp_path / "out").rglob("*.part"))
        again = run(tmp_path, "2011-11-29")
        assert [entry.reason for entry in again.entries] == [None] * 3
        assert len(read_manifest(tmp_path / "out") or []) == 3
        shutil.rmtree(tmp_path / "out")
        for file, content in older.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    assert fail_at > 50


def whole(out: Path) -> None:
    for file in out.glob("**/*.html"):
        check_page(file.read_text(encoding="utf-8"))
    for file in out.glob("**/*.ipynb"):
        if ".work" not in file.parts:
            check_ran(json.loads(file.read_text(encoding="utf-8")))
    assert not (out / MANIFEST).exists() or read_manifest(out)


def test_where_the_run_cannot_be_written_down_the_reports_reasons_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    def make(self: Instead, order: Order) -> list[str]:
        monkeypatch.setattr(os, "replace", full)
        raise RenderError(f"no figures for {order['title']}.")

    monkeypatch.setattr(Instead, "make", make)
    with pytest.raises(RenderError) as found:
        run(tmp_path)
    said, _, reasons = str(found.value).partition(" Failed before: ")
    assert said.endswith("manifest.jsonl: could not be published: [Errno 28] No space left on device.")
    assert reasons.count("no figures for ") == 3


def test_a_place_that_cannot_be_written_fails_its_report_alone(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a").write_text("a file where the folder should be")
    found = run(tmp_path)
    assert [entry.reason is None for entry in found.entries] == [False, True, True]
    assert "could not be published" in str(found.entries[0].reason)


@contextlib.contextmanager
def unprivileged(folder: Path) -> Iterator[None]:
    """Root may write anywhere; so where root runs the tests, the folder is given to nobody, and so is this process."""
    if os.geteuid() != 0:
        yield
        return
    nobody = 65534
    for each in (folder, *folder.rglob("*")):
        os.chown(each, nobody, nobody)
    os.seteuid(nobody)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows asks nobody's permission")
def test_a_folder_that_may_only_be_read_is_refused_and_stays_as_it_is() -> None:
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders are within one that root alone may enter
        run(folder := Path(name))
        older = {file: file.read_bytes() for file in (folder / "out").rglob("*.*") if file.is_file()}
        (folder / "out").chmod(0o500)
        with unprivileged(folder), pytest.raises(OSError, match=r"Permission denied: .*/out/"):
            run(folder, "2011-11-29")
        assert {file: file.read_bytes() for file in (folder / "out").rglob("*.*") if file.is_file()} == older
