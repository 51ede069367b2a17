"""One column in a file of its own: how tests of cells write it and read it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kpikit.sources.declarations import Column, Source
from kpikit.sources.engine import Engine
from kpikit.words.errors import SourceError

Declare = Callable[..., Source]
NBSP = "\N{NO-BREAK SPACE}"
DANISH = {"decimal": ",", "thousands": "."}
NORWEGIAN = {"decimal": ",", "thousands": " "}
POINT = {"decimal": "."}


def column(type: str, **more: object) -> Column:
    return Column("x", type, **more)  # type: ignore[arg-type]


def write(file: Path, *cells: str) -> None:
    lines = ["key;x"] + [f"{number};{cell}" for number, cell in enumerate(cells)]
    file.write_text("\n".join(lines), encoding="utf-8")


def load(source: Source) -> list[object]:
    with Engine(threads=1) as engine:
        engine.load(source)
        return [row[0] for row in engine.table(source.name).fetchall()]


def check_refused(
    declare: Declare, file: Path, declared: Column, dialect: dict[str, Any], cell: str, message: str
) -> None:
    """Check that a file with this cell alone is refused, with this sentence."""
    write(file, cell)
    with pytest.raises(SourceError) as caught:
        load(declare(file, declared, delimiter=";", **dialect))
    assert str(caught.value) == f"{file}, row 2, column 'x', value {cell!r}: {message}"
