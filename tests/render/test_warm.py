"""Parts of the warm start that need no process: which code has changed, and what is in a message."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from kpikit.render.warm import CAN_FORK, code, linux
from kpikit.render.warm.wire import message, session

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="forks")


def written(file: Path) -> None:
    file.write_text("TWO = 22")


def renamed_over(file: Path) -> None:
    written(file.with_name("other.py"))
    os.replace(file.with_name("other.py"), file)


def touched(file: Path) -> None:
    os.utime(file, ns=(1, 1))


def folder_renamed(file: Path) -> None:
    file.parent.rename(file.parent.with_name("elsewhere"))


@pytest.mark.parametrize("watched", [True, False])
@pytest.mark.parametrize("change", [written, renamed_over, touched, Path.unlink, folder_renamed])
def test_a_change_is_seen_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], object], watched: bool
) -> None:
    """Told by the system, or looked for where it was silent for too long, as about another machine's changes."""
    file, module = tmp_path / "package" / "changing.py", ModuleType("changing")
    file.parent.mkdir()
    file.write_text("ONE = 1")
    module.__file__ = str(file)
    monkeypatch.setitem(sys.modules, "changing", module)
    monkeypatch.setattr(code, "LONGEST", float("inf" if watched else "-inf"))
    loaded = code.Code()
    assert loaded.changed() is None
    (file.parent / "unheard_of.txt").write_text("something else in the folder")
    assert loaded.changed() is None
    change(file)
    assert loaded.changed() == str(file)


def test_without_a_watch_every_look_is_a_look_at_the_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folders = code._Folders([str(tmp_path)])
    assert not folders.stirred()
    monkeypatch.setattr(code, "_CHANGES", 0)  # which the system refuses
    assert code._Folders([str(tmp_path)]).stirred()


def test_a_message_is_read_as_jupyter_reads_it() -> None:
    """But for dates: Jupyter looks for them everywhere, and kpikit in the header, where nbclient does."""
    ours = session()
    sent = ours.msg(
        "comm_msg",
        {"data": {"x": [1, "2024-01-31T00:00:00Z", "\udc80"]}},
        ours.msg("execute_request"),
        metadata={"m": 1},
    )
    frames = [b"an identity", *ours.serialize(sent, ident=[b"and another"]), b"\0buffer"]
    _, rest = ours.feed_identities(frames)
    theirs, found = ours.deserialize(rest), message(frames)
    assert found["header"] == theirs["header"] and found["header"]["date"].tzinfo is not None
    for key in ("msg_id", "msg_type", "metadata", "buffers"):
        assert found[key] == theirs[key]
    assert found["parent_header"]["msg_id"] == theirs["parent_header"]["msg_id"]
    assert found["content"] == {"data": {"x": [1, "2024-01-31T00:00:00Z", "\ufffd"]}} == theirs["content"]


@pytest.mark.parametrize("looked_up_by", ["os.listdir", "pathlib.Path.read_text"])
def test_a_process_that_ends_while_it_is_looked_at_has_no_children(
    monkeypatch: pytest.MonkeyPatch, looked_up_by: str
) -> None:
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    assert list(linux.family(process.pid)) == [process.pid] and process.pid in linux.children(os.getpid())
    look: Callable[..., object] = os.listdir if looked_up_by == "os.listdir" else Path.read_text

    def too_late(*given: object) -> object:
        process.communicate(b"")
        return look(*given)

    with monkeypatch.context() as now:
        now.setattr(looked_up_by, too_late)
        assert linux.children(process.pid) == []
    assert linux.private_memory(process.pid) == 0


SHARING = """
import os, sys
from kpikit.render.warm.linux import has_more_than
shared = bytearray(b"x" * 100_000_000)
ready, go = os.pipe(), os.pipe()
if (child := os.fork()) == 0:
    for at in range(0, len(shared), 4096):
        if sys.argv[1] == "writes":
            shared[at] = 1
    os.write(ready[1], b"."), os.read(go[0], 1), os._exit(0)
os.read(ready[0], 1)
print(*(has_more_than(most, child) for most in (10_000, 50_000_000, 10**9)))
os.write(go[1], b".")
"""
"""A process is looked at that was forked with 100 MB."""


@pytest.mark.parametrize(("does", "found"), [("reads", "True False False"), ("writes", "True True False")])
def test_what_a_process_shares_is_not_its_own(does: str, found: str) -> None:
    assert subprocess.check_output([sys.executable, "-c", SHARING, does], text=True).strip() == found
