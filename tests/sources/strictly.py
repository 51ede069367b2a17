"""Settings of a few lines, read strictly, and what is said of those that are refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kpikit.sources.strict import Section, read
from kpikit.words.errors import SettingError

Taker = Callable[[Section], object]


def section(folder: Path, text: str | bytes) -> Section:
    """The top of a file that begins with the schema and goes on with a text."""
    file = folder / "settings.yml"
    file.write_bytes(text if isinstance(text, bytes) else f"schema: 1\n{text}".encode())
    return read(file)


def refusal(folder: Path, text: str | bytes, take: Taker = lambda top: top.finish()) -> str:
    """What is said of a file that is refused, without the file's folder."""
    with pytest.raises(SettingError) as error:
        take(section(folder, text))
    return str(error.value).removeprefix(f"{folder}/")
