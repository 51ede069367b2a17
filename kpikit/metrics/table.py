"""Writes the table of measurements to a file: whole, or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from kpikit.metrics.requests import COLUMNS, Measurements
from kpikit.sources.engine import Engine
from kpikit.words.errors import UsageError, one_of

SUFFIXES = (".csv", ".parquet")
_TYPES = (
    *("VARCHAR", "VARCHAR", "VARCHAR", "DATE", "DATE", "DOUBLE", "DECIMAL(38,9)", "BIGINT", "BIGINT", "BOOLEAN"),
    *("BIGINT", "DOUBLE", "DOUBLE"),
)


def save(measurements: Measurements, file: Path) -> None:
    """Write the table as ``.csv`` (an empty cell is a missing value) or ``.parquet``; see SCHEMA.md beside this file.

    An older file is replaced only when the new one is complete.
    """
    if file.suffix not in SUFFIXES:
        raise UsageError(one_of("ending of the file", file.suffix, SUFFIXES))
    if not file.parent.is_dir():
        raise UsageError(f"{file}: there is no folder {str(file.parent)!r}.")
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.stem}-", suffix=file.suffix)
    os.close(handle)
    try:
        _write(measurements, Path(name))
        os.chmod(name, 0o644)
        os.replace(name, file)
    except BaseException:
        os.unlink(name)
        raise


def _write(measurements: Measurements, file: Path) -> None:
    if file.suffix == ".csv":
        with file.open("w", encoding="utf-8", newline="") as opened:
            measurements.write(opened)
        return
    with Engine() as engine:
        engine.add("measurements", dict(zip(COLUMNS, _TYPES, strict=True)), measurements.records())
        engine.save("measurements", file)
