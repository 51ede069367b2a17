"""A shop that counts cups, and what is made of its workspace.yml."""

from __future__ import annotations

from pathlib import Path

from kpikit.indicators.framework import Indicator
from tests.workspaces import Shop


def indicators(tmp_path: Path, more: str, cups: str = "") -> dict[str, Indicator]:
    """The indicators of a shop that also counts cups, with these lines at the end of its workspace.yml."""
    declared = f"  cups: {{source: sales, count: rows, {cups}}}\n"
    return dict(Shop(more=declared + more).at(tmp_path).settings.indicators)


def own(**changed: str) -> str:
    """An own indicator with some keys written otherwise; an empty one is left out."""
    plain = {"label": "B", "description": "C.", "formula": "cups / orders", "unit": "ratio", "better": "higher"}
    keys = [f"{key}: {value}" for key, value in (plain | changed).items() if value]
    return "indicators: {a.b: {" + ", ".join(keys) + "}}\n"
