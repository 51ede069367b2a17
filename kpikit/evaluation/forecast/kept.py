"""Forecasts that are kept: each history is forecast once, and found again by the key of its data.

A report's slice holds the forecasts of its client in a file, so that its notebook says what the batch found.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kpikit.evaluation.forecast.forecast import Forecast, forecast
from kpikit.evaluation.forecast.history import History

METHOD = 7
"""Goes up with every change of the models or the backtest: forecasts of the former method are then made anew."""


@cache
def method() -> tuple[int, str]:
    """How forecasts are made: what must be the same for one to be found again."""
    return METHOD, version("statsmodels")


def key_of(history: History, ahead: int) -> str:
    """The key of a forecast: the same for the same values, unit, length of period, horizon and method."""
    told = [*method(), ahead, history.unit.key, history.last.grain, history.filled, history.ends]
    text = json.dumps([*told, *history.values])
    return hashlib.sha256(text.encode()).hexdigest()[:32]


class Kept:
    """Forecasts by the key of their data; `of` makes those that are not there yet."""

    def __init__(self) -> None:
        self._found: dict[str, Forecast] = {}
        self._used: set[str] = set()

    def __len__(self) -> int:
        return len(self._found)

    def of(self, history: History, ahead: int) -> Forecast:
        """The forecast of a history for ``ahead`` periods."""
        key = key_of(history, ahead)
        self._used.add(key)
        if key not in self._found:
            self._found[key] = forecast(history, ahead)
        return self._found[key]

    def read(self, file: Path) -> None:
        """Add the forecasts of a file that `write` wrote; one that is missing or damaged adds none."""
        try:
            told = json.loads(file.read_text(encoding="utf-8"))
            self._found |= {key: _forecast(fields) for key, fields in told.items()}
        except (OSError, ValueError, TypeError, AttributeError, KeyError):
            return

    def write(self, file: Path, only: Iterable[tuple[History, int]] | None = None) -> None:
        """Write the forecasts, all that were asked for or those of some histories, into a file, whole or not at all."""
        keys = self._used if only is None else {key_of(*each) for each in only}
        told = {key: asdict(self._found[key]) for key in sorted(keys) if key in self._found}
        part = file.with_name(f".{file.name}.part")
        try:
            part.write_text(json.dumps(told), encoding="utf-8")
            part.replace(file)
        finally:
            with suppress(OSError):
                part.unlink()


def _forecast(fields: dict[str, Any]) -> Forecast:
    lists = {name: tuple(fields[name]) for name in ("middle", "weights", "ends") if fields[name] is not None}
    dropped = tuple((model, reason) for model, reason in fields["dropped"])
    return Forecast(**{**fields, **lists, "dropped": dropped})
