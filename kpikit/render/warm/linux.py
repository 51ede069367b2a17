"""What Linux knows of processes: who is whose child, how much memory is a process's own, who dies with whom."""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import signal
import time
from collections.abc import Collection, Iterator
from pathlib import Path

_PDEATHSIG, _SUBREAPER = 1, 36
"""Numbers of ``prctl``."""

_COLLAPSE, _HUGE = 25, 1 << 21
"""A number of ``madvise`` (since Linux 6.1), and the bytes of a huge page."""

_OWN_MEMORY = re.compile(r"^(\w+)-(\w+) rw-p 0+ 00:00 0 +(?:\[heap\])?$", re.MULTILINE)
"""Lines of ``/proc/self/maps`` about memory that is no file's."""


def die_with_parent() -> None:
    """From now on this process is killed when its parent dies; at once where that has happened already."""
    parent = os.getppid()
    _prctl(_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def adopt_orphans() -> None:
    """From now on what descends from this process becomes its child when its own parent dies."""
    _prctl(_SUBREAPER, 1)


def _prctl(option: int, value: int) -> None:
    if ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")


def children(pid: int) -> list[int]:
    """The children of a process; none where it has ended."""
    found: list[int] = []
    with contextlib.suppress(OSError):
        for thread in os.listdir(f"/proc/{pid}/task"):
            with contextlib.suppress(OSError):
                found += map(int, Path(f"/proc/{pid}/task/{thread}/children").read_text().split())
    return found


def family(pid: int) -> Iterator[int]:
    """The process, its children, and theirs."""
    yield pid
    for each in children(pid):
        yield from family(each)


def private_memory(pid: int) -> int:
    """The bytes that a process and its descendants have to themselves: what a fork still shares does not count."""
    return sum(map(_private, family(pid)))


def has_more_than(most: int, pid: int) -> bool:
    """Whether a process and its descendants have more bytes than that to themselves.

    What is their own is only told from what they share where both together are more: the system looks at each page.
    """
    return sum(map(_all, family(pid))) > most and private_memory(pid) > most


def _private(pid: int) -> int:
    return _bytes(pid, "smaps_rollup", "Private_Clean|Private_Dirty|Swap")


def _all(pid: int) -> int:
    return _bytes(pid, "status", "VmRSS|VmSwap")


def _bytes(pid: int, file: str, names: str) -> int:
    """The sum of some lines of what the system tells of a process; 0 where it has ended."""
    try:
        text = Path(f"/proc/{pid}/{file}").read_text()
    except OSError:
        return 0
    return 1024 * sum(map(int, re.findall(rf"^(?:{names}):\s+(\d+)", text, re.MULTILINE)))


def end_all_but(kept: Collection[int], seconds: float = 10.0) -> None:
    """Kill and wait for every child of this process that is not among ``kept``, and for what they leave behind."""
    until = time.monotonic() + seconds
    while (left := [each for each in children(os.getpid()) if each not in kept]) and time.monotonic() < until:
        for each in left:
            with contextlib.suppress(OSError):
                os.kill(each, signal.SIGKILL)
        for each in left:
            with contextlib.suppress(OSError):
                os.waitpid(each, 0)


def use_huge_pages() -> None:
    """Have the memory of this process in huge pages where that is to be had: a fork copies the list of all pages.

    What a child writes to is copied in small pages nevertheless. Where the system refuses, nothing is lost but time.
    """
    advise = ctypes.CDLL(None).madvise
    advise.argtypes = ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int
    for begin, end in _OWN_MEMORY.findall(Path("/proc/self/maps").read_text()):
        for at in range(-(-int(begin, 16) // _HUGE) * _HUGE, int(end, 16) - _HUGE + 1, _HUGE):
            advise(at, _HUGE, _COLLAPSE)


def close_all_but(kept: Collection[int]) -> None:
    """Close every descriptor that is not among ``kept``, such as those that a fork has taken over."""
    for each in [int(name) for name in os.listdir("/proc/self/fd")]:
        if each not in kept:
            with contextlib.suppress(OSError):
                os.close(each)


def use_all_cores() -> None:
    """Have OpenBLAS use threads from now on, where it was told not to as it was loaded, to be fit for a fork."""
    told = os.environ.get("OPENBLAS_NUM_THREADS") or os.environ.get("OMP_NUM_THREADS")
    for path in set(re.findall(r"/\S*openblas\S*", Path("/proc/self/maps").read_text())):
        library = ctypes.CDLL(path)
        for name in ("openblas_set_num_threads", "scipy_openblas_set_num_threads", "scipy_openblas_set_num_threads64_"):
            if hasattr(library, name):
                getattr(library, name)(int(told or len(os.sched_getaffinity(0))))


def own_threads() -> list[str]:
    """The names of this process's threads besides the one that asks; those that jemalloc starts are harmless."""
    others = (folder for folder in Path("/proc/self/task").iterdir() if int(folder.name) != os.getpid())
    names = [(folder / "comm").read_text().strip() for folder in others]
    return [name for name in names if not name.startswith("jemalloc")]
