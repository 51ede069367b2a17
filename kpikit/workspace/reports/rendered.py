"""What was rendered, as the manifest in the folder of the reports has it: a line of JSON for each job."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

MANIFEST = "manifest.jsonl"
REPORT = "02_metric_analysis"
"""The template of a client's report."""

Line = dict[str, Any]
"""A job: ``client``, ``period``, ``as_of``, ``language``, ``template``, ``audience``, ``key`` and that of
its ``notebook``, ``executed`` (whether that was run in the last run that the job was in), ``state``, ``seconds``,
``outputs`` (each with ``path``, relative to the folder, ``sha256`` and ``bytes``), ``reason``, and ``figures``, which
stands for what it shows (`kpikit.evaluation.reported.mark_of`)."""


_NEEDED = {"client", "period", "language", "template", "state", "outputs"}
"""Without these a line is no job: the file was damaged, and what is missing of it is made again."""


def identity(line: Line) -> tuple[object, ...]:
    """What tells a job from others, whatever came of it."""
    return line["client"], line["period"], line["language"], line["template"], line.get("audience")


def read_manifest(folder: Path) -> list[Line] | None:
    """The jobs of a folder, each as it was left last; None where there is no manifest, or no job in it."""
    try:
        data = (folder / MANIFEST).read_bytes()
    except OSError:
        return None
    lines = list(filter(None, map(_parsed, data.split(b"\n"))))
    if not lines or "schema" not in lines[0]:
        return None
    return list({identity(line): line for line in lines[1:] if set(line) >= _NEEDED}.values()) or None


def _parsed(line: bytes) -> Line | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def report_files(folder: Path, lines: Iterable[Line], client: str, period: str, language: str) -> tuple[Path, ...]:
    """The page and the notebook of a client's report of a period, where they are there; in another language else."""
    own = [line for line in lines if (line["client"], line["period"], line["template"]) == (client, period, REPORT)]
    own.sort(key=lambda line: (line["language"] != language, line.get("audience") is not None))
    for line in own:
        files = [folder / each["path"] for each in line["outputs"]]
        found = tuple(file for file in files if file.suffix in (".html", ".ipynb") and file.is_file())
        if found:
            return found
    return ()
