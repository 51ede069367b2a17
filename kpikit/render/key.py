"""The key of a job: a hash of everything that its report is made of. The same key gives the same report."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from kpikit.render.job import Job

_PACKAGE = Path(__file__).resolve().parents[1]
_NOT_CODE = {"__pycache__", "_shipped", "starter"}


def job_key(job: Job) -> str:
    """The key of a prepared job, as hex digits.

    It holds the bytes of the job's folder (the template is there, in its language, and the client's measurements, plan,
    notes and events), what the worker is told, the source of kpikit, and the versions of Python and of all packages.
    """
    order = {name: value for name, value in job.order.items() if name not in ("folder", "limits")}
    digest = hashlib.sha256(json.dumps([code_hash(), _packages(), order], sort_keys=True).encode())
    for file in _files(job.folder):
        _add(digest, file.relative_to(job.folder).as_posix(), file.read_bytes())
    return digest.hexdigest()


@cache
def code_hash() -> str:
    """A hash of the package's own files."""
    digest = hashlib.sha256()
    for file in _files(_PACKAGE):
        if not _NOT_CODE & set(file.parts):
            _add(digest, file.relative_to(_PACKAGE).as_posix(), file.read_bytes())
    return digest.hexdigest()


@cache
def _packages() -> list[str]:
    """Python and every installed package, with their versions: what a lock file leads to."""
    folders = [Path(each) for each in sys.path if each and os.path.isdir(each)]
    return [sys.version, *sorted({found.name for folder in folders for found in folder.glob("*.dist-info")})]


def _add(digest: hashlib._Hash, name: str, content: bytes) -> None:
    """Names and contents with their lengths, so that no two lists of files give the same bytes."""
    digest.update(f"{len(name)} {len(content)} {name}".encode())
    digest.update(content)


def _files(folder: Path) -> Iterator[Path]:
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            yield file
