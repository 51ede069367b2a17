"""The keys of a job: hashes of everything that its notebook, and its report, are made of. The same key gives the same.

Of files that people write in YAML it is the content that counts, not how it is written: a comment changes no report.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

import yaml

from kpikit.render.job import Job
from kpikit.sources.yaml_file import LOADER

_PACKAGE = Path(__file__).resolve().parents[1]
_NOT_CODE = {"__pycache__", "_shipped", "starter"}


OF_FILES = ("title", "letterhead")
"""What of an order each file is made of, beside the notebook; in which formats there are files changes none of them."""


def notebook_key(job: Job) -> str:
    """The key of the executed notebook of a prepared job, as hex digits.

    It holds what the job's folder says (the template is there, in its language, and the client's measurements, plan,
    notes and events), what the worker is told, the source of kpikit, and the versions of Python and of all packages.
    """
    order = {name: value for name, value in job.order.items() if name not in ("folder", "limits", "formats", *OF_FILES)}
    digest = hashlib.sha256(json.dumps([code_hash(), _packages(), order], sort_keys=True).encode())
    for file in _files(job.folder):
        content = file.read_bytes()
        said = _said(content) if file.suffix == ".yml" else content
        _add(digest, file.relative_to(job.folder).as_posix(), said)
    return digest.hexdigest()


def report_key(job: Job, notebook: str) -> str:
    """The key of each file of a job, in whatever format, whose notebook has the key ``notebook``."""
    order = [notebook, {name: job.order[name] for name in OF_FILES}]
    return hashlib.sha256(json.dumps(order, sort_keys=True).encode()).hexdigest()


@lru_cache(maxsize=256)
def _said(content: bytes) -> bytes:
    """What a file in YAML says, without comments and layout; as it is where it is no YAML."""
    try:
        return repr(_content(yaml.compose(content, Loader=LOADER))).encode()
    except yaml.YAMLError:
        return content


def _content(node: yaml.Node | None) -> object:
    if isinstance(node, yaml.MappingNode):
        return [(_content(key), _content(value)) for key, value in node.value]
    if isinstance(node, yaml.SequenceNode):
        return tuple(map(_content, node.value))
    return node and (node.tag, node.value)


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
