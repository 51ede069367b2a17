"""What the tests of readers share: a file with a content, and the source that declares it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kpikit.sources.declarations import Column, Dialect, Source
from kpikit.words.periods import Window


@pytest.fixture(scope="session")
def declare() -> Callable[..., Source]:
    """A function: a file, columns, and what differs from the usual dialect -> the source named ``table``."""

    def source(file: Path, *columns: Column, format: str = "csv", name: str = "table", **dialect: Any) -> Source:
        return Source(
            name=name,
            file=file,
            format=format,
            dialect=Dialect(**{"marks_declared": bool({"decimal", "thousands"} & set(dialect))} | dialect),
            columns=columns,
            client="client",
            time="day",
            every="day",
            kind="events",
            open=(0, 1, 2, 3, 4),
            covers=Window(date(2024, 1, 1), date(2025, 1, 1)),
        )

    return source
