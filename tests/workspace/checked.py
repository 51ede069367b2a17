"""A shop to be checked, and changes to its files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.workspaces import Sale, Shop

KPI = "{indicator: sales.orders, cadence: month, baseline: 2023-12, target: {kind: keep, value: 3}}"


def shop(folder: Path, *rows: Sale, **options: Any) -> Path:
    """A folder with a shop of two clients, a and b; covered is 2024-01-01..2024-01-10 unless told otherwise."""
    options = {"covers": "2024-01-01..2024-01-10", "grain": "day"} | options
    Shop(rows, **options).at(folder)
    return folder


def change(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
