from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kpikit.render.manifest import add_line, merged, write_manifest
from kpikit.workspace.reports.rendered import MANIFEST, Line, identity, read_manifest


def line(client: str | None, state: str = "ok") -> Line:
    about = {"client": client, "period": "2011-11", "as_of": "2011-11-30", "language": "da", "template": "t"}
    return {**about, "key": "æ", "state": state, "seconds": 0.1, "outputs": [], "reason": None}


def test_the_last_line_of_a_job_counts(tmp_path: Path) -> None:
    write_manifest(tmp_path, [line("a"), line("b")])
    add_line(tmp_path, line("a", "failed"))
    add_line(tmp_path, line(None))
    found = read_manifest(tmp_path) or []
    assert [(each["client"], each["state"]) for each in found] == [("a", "failed"), ("b", "ok"), (None, "ok")]


def test_cut_at_any_byte_it_tells_all_jobs_whose_lines_are_whole(tmp_path: Path) -> None:
    write_manifest(tmp_path, [line("a")])
    add_line(tmp_path, line("b"))
    data = (tmp_path / MANIFEST).read_bytes()
    ends = [at for at, byte in enumerate(data) if byte == ord("\n")]
    for length in range(len(data) + 1):
        (tmp_path / MANIFEST).write_bytes(data[:length])
        whole = [client for client, end in zip("ab", ends[1:], strict=True) if length >= end]
        assert [each["client"] for each in read_manifest(tmp_path) or []] == whole


@pytest.mark.parametrize("text", ["", "\n", "{", "[]", "3\n", '{"schema": 1}', '{"client": 1}\n{"client": 2}', "\xff"])
def test_what_is_no_manifest_is_none(tmp_path: Path, text: str) -> None:
    assert read_manifest(tmp_path) is None
    (tmp_path / MANIFEST).write_bytes(text.encode("latin-1"))
    assert read_manifest(tmp_path) is None


def test_a_full_disk_leaves_no_half_line(tmp_path: Path) -> None:
    write_manifest(tmp_path, [line("a")])
    before = (tmp_path / MANIFEST).read_bytes()
    for fail_at in range(1, 10):
        with pytest.MonkeyPatch.context() as monkeypatch:
            calls = _failing(monkeypatch, fail_at)
            try:
                add_line(tmp_path, line("b"))
                break
            except OSError:
                assert calls
        assert (tmp_path / MANIFEST).read_bytes() == before
    assert fail_at > 3 and [each["client"] for each in read_manifest(tmp_path) or []] == ["a", "b"]


def _failing(monkeypatch: pytest.MonkeyPatch, fail_at: int) -> list[str]:
    """Each write takes half of what it is given; the n-th call fails."""
    calls: list[str] = []

    def counted(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any) -> Any:
            calls.append(name)
            if len(calls) == fail_at:
                raise OSError(28, "No space left on device")
            return call(*args)

        return run

    write = os.write
    monkeypatch.setattr(os, "write", counted("write", lambda number, data: write(number, data[: len(data) // 2 + 1])))
    monkeypatch.setattr(os, "fsync", counted("fsync", os.fsync))
    return calls


def test_jobs_of_earlier_runs_stay_after_those_of_this_one() -> None:
    found = merged([line("a"), line("b")], [line("b", "failed"), line("c")])
    assert [(each["client"], each["state"]) for each in found] == [("b", "failed"), ("c", "ok"), ("a", "ok")]
    assert len({identity(each) for each in found}) == 3


def test_a_person_can_read_it(tmp_path: Path) -> None:
    write_manifest(tmp_path, [line("å")])
    first, second = (tmp_path / MANIFEST).read_text(encoding="utf-8").splitlines()
    assert json.loads(first)["schema"] == 1 and '"client": "å"' in second
