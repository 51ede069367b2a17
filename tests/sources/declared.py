"""A source as workspace.yml declares it, and what is read of it or said against it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpikit.sources.declarations import Source
from kpikit.sources.settings import read_sources
from kpikit.sources.strict import read
from kpikit.words.errors import SettingError

SOURCE = """\
schema: 1
sources:
  orders:
    file: sources/orders.csv
    format: csv
    kind: events
    every: day
    covers: 2009-12-01..2011-12-09
    client: country
    time: day
    columns:
      country: text
      day: date
"""


def sources(folder: Path, text: str) -> dict[str, Source]:
    """The sources of a workspace file with this text."""
    file = folder / "workspace.yml"
    file.write_text(text, encoding="utf-8")
    top = read(file)
    found = read_sources(top, folder)
    top.finish()
    return found


def refusal(folder: Path, text: str) -> str:
    """What is said of a workspace file that is refused, without its folder."""
    with pytest.raises(SettingError) as error:
        sources(folder, text)
    return str(error.value).removeprefix(f"{folder}/workspace.yml, ")
