"""Small notebooks and a workspace of two clients, for the tests of this folder."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from kpikit.evaluation.facts import Evaluation
from kpikit.evaluation.forecast.kept import Kept
from kpikit.words.errors import SettingError
from kpikit.words.periods import Calendar
from kpikit.workspace.reports.branding import Branding
from kpikit.workspace.review.labels import Labels

PARAMETERS = 'workspace = "data"\nclient = "sample"\nperiod = ""\nas_of = ""\nlanguage = "en"'


def code(source: str, *tags: str) -> dict[str, Any]:
    """A code cell."""
    return {
        "cell_type": "code",
        "metadata": {"tags": list(tags)},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }


def text(source: str) -> dict[str, Any]:
    """A markdown cell."""
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def notebook(*cells: dict[str, Any], **metadata: Any) -> dict[str, Any]:
    """A notebook of these cells."""
    return {"nbformat": 4, "nbformat_minor": 4, "metadata": metadata, "cells": list(cells)}


def template(*sources: str) -> dict[str, Any]:
    """A template: a title, the parameters, and a code cell for each source."""
    return notebook(text("# The report"), code(PARAMETERS, "parameters"), *map(code, sources))


def saved(path: Path, content: dict[str, Any]) -> Path:
    """The path, with the notebook in it."""
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


class Agency:
    """Stands for a workspace: clients without KPIs, and slices that hold the keys of their clients."""

    def __init__(self, *keys: str, broken: str | None = None) -> None:
        self.settings = SimpleNamespace(
            language="en",
            name="An agency",
            branding=Branding(),
            labels=lambda say: Labels({}, {}, say),
            notes=lambda client: (),
            reported=lambda client: (),
        )
        self.clients = {
            key: SimpleNamespace(label=f"Client {key}", value=key, language="en", logo=None) for key in keys
        }
        self.broken, self.folder = broken, Path("elsewhere")
        self.kept = Kept()

    def plans(self, client: str) -> tuple[()]:
        if client == self.broken:
            raise SettingError("plans/broken/1.yml", 3, "goals", "must be a mapping of keys to values.")
        return ()

    def evaluate(self, client: str, period: str | None, as_of: str | None) -> Evaluation:
        return Evaluation(
            client, Calendar().parse(period or "2011-11"), date.fromisoformat(as_of or "2011-11-30"), None, ()
        )

    def evaluate_all(self, clients: Sequence[str], period: str | None, as_of: str | None) -> dict[str, Evaluation]:
        return {key: self.evaluate(key, period, as_of) for key in clients}

    def save_slice(self, folder: Path, clients: Sequence[str], period: str | None, as_of: str | None) -> None:
        (folder / "clients.txt").write_text("\n".join(clients), encoding="utf-8")
