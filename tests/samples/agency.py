"""The files of the synthetic agency, read with csv and plain sums, and its evaluations of February 2026."""

from __future__ import annotations

import csv
import gzip
import io
from functools import cache
from pathlib import Path

from kpikit.evaluation.facts import Evaluation
from kpikit.workspace import samples
from tests.workspaces import sample

FOLDER = samples() / "agency"
CLIENTS = ("brynje", "maskegarn", "kvartal", "fjordvik", "rugmark", "kysthjelpen")
Row = dict[str, str]


def data(file: Path) -> bytes:
    raw = file.read_bytes()
    return gzip.decompress(raw) if file.suffix == ".gz" else raw


@cache
def rows(client: str, name: str, delimiter: str = ",", encoding: str = "utf-8-sig", skip: int = 0) -> list[Row]:
    """The rows of a file; comments and totals are left out by hand."""
    lines = data(FOLDER / "sources" / client / name).decode(encoding).splitlines()[skip:]
    text = "\n".join(line for line in lines if not line.startswith("# "))
    found = list(csv.DictReader(io.StringIO(text), delimiter=delimiter))
    return [row for row in found if "Grand total" not in row.values() and "Total: All campaigns" not in row.values()]


def total(found: list[Row], column: str) -> float:
    """The sum of a column, in whichever way its numbers are written in Danish files."""
    return sum(float(row[column].replace(".", "").replace(",", ".")) for row in found)


def plain(found: list[Row], column: str) -> float:
    return sum(float(row[column].replace(",", "")) for row in found)


@cache
def february() -> dict[str, Evaluation]:
    return sample("agency").evaluate_all(CLIENTS, "2026-02")
