from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kpikit.render.lock import only_run_in
from kpikit.render.publish import publish
from kpikit.render.shell import shell
from kpikit.words.errors import RenderError
from tests.render.notebooks import code, notebook

OLD, NEW = (shell(title, "en", "", "<p>x</p>").encode() for title in ("old", "new"))
RAN = code("1") | {"execution_count": 1}


def test_files_are_put_in_place_and_read_back(tmp_path: Path) -> None:
    page, data = tmp_path / "a" / "x.html", tmp_path / "a" / "x.json"
    published = publish({page: NEW, data: b"{}"})
    assert [each.path for each in published] == [page, data]
    assert published[1].sha256 == hashlib.sha256(b"{}").hexdigest() and published[1].bytes == 2
    assert page.read_bytes() == NEW
    assert sorted(path.name for path in page.parent.iterdir()) == ["x.html", "x.json"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("x.html", b"<p>x</p>", "the page is incomplete"),
        ("x.html", NEW.replace(b"<p>", b"<script>"), "must not be published"),
        ("x.html", b"\xff", "could not be published"),
        ("x.json", b"{", "could not be published"),
        ("x.ipynb", json.dumps(notebook(code("1"))).encode(), "did not run to its end"),
    ],
)
def test_what_is_not_good_never_replaces_what_is(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    target, other = tmp_path / name, tmp_path / "other.json"
    target.write_bytes(OLD)
    with pytest.raises(RenderError, match=reason):
        publish({other: b"{}", target: content})
    assert target.read_bytes() == OLD
    assert [path.name for path in tmp_path.iterdir()] == [name]


class Faults:
    """Counts the calls of the operating system that publishing makes, and fails the n-th of them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, fail_at: int) -> None:
        self.calls, self.fail_at = 0, fail_at
        for name in ("fdopen", "fsync", "replace", "chmod", "open", "close"):
            monkeypatch.setattr(os, name, self.failing(getattr(os, name)))
        monkeypatch.setattr(Path, "read_bytes", self.failing(Path.read_bytes))
        monkeypatch.setattr(Path, "mkdir", self.failing(Path.mkdir))

    def failing(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **named: Any) -> Any:
            self.calls += 1
            if self.calls == self.fail_at:
                raise OSError(28, "No space left on device")
            return call(*args, **named)

        return counted


def test_whichever_call_fails_each_file_is_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    page, executed = tmp_path / "x.html", tmp_path / "x.ipynb"
    old, new = (json.dumps(notebook(RAN, run=run)).encode() for run in (1, 2))
    for fail_at in range(1, 100):
        page.write_bytes(OLD)
        executed.write_bytes(old)
        with pytest.MonkeyPatch.context() as monkeypatch:
            faults = Faults(monkeypatch, fail_at)
            try:
                publish({page: NEW, executed: new})
                failed = False
            except RenderError as error:
                assert "No space left on device" in str(error)
                failed = True
        assert failed == (faults.calls >= fail_at)
        assert page.read_bytes() in (OLD, NEW) and executed.read_bytes() in (old, new)
        assert sorted(path.name for path in tmp_path.iterdir()) == ["x.html", "x.ipynb"]
        if not failed:
            break
    assert not failed and fail_at > 10  # every call was failed once, and then none


def test_a_disk_that_gives_back_something_else_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "x.html"
    target.write_bytes(OLD)
    monkeypatch.setattr(Path, "read_bytes", lambda path: b"something else")
    with pytest.raises(RenderError, match="reads back differently"):
        publish({target: NEW})
    monkeypatch.undo()
    assert target.read_bytes() == OLD


def test_one_run_at_a_time_and_a_dead_one_does_not_count(tmp_path: Path) -> None:
    script = "from pathlib import Path\nfrom kpikit.render.lock import only_run_in\n"
    script += f"with only_run_in(Path({str(tmp_path)!r})):\n    print('locked', flush=True)\n    input()"
    with subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout and other.stdout.readline() == b"locked\n"
        with pytest.raises(RenderError, match="another run renders into this folder"), only_run_in(tmp_path):
            pass
        other.kill()
    with only_run_in(tmp_path):
        pass
