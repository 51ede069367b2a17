"""The day that figures are seen from: nothing that came later is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kpikit.metrics.coverage import known_on
from kpikit.metrics.model import Model
from kpikit.words.errors import UsageError
from kpikit.words.message import Message
from kpikit.words.periods import parse_day

if TYPE_CHECKING:
    from kpikit.workspace.settings import Settings


def day_seen_from(text: str | None, settings: Settings) -> date:
    """The day that was asked for, or the last one that all sources cover; a later one is refused."""
    last = settings.last_covered_day
    if text is None:
        return last
    day = parse_day(text, "as_of")
    if day > last:
        first, *others = settings.held_back_by
        ending = f"{first} and {len(others)} more" if others else first
        raise UsageError(
            Message(
                "as_of == {text} lies after {last}, the last day that all sources cover ({ending}).",
                text=repr(text),
                last=last,
                ending=ending,
            )
        )
    return day


def seen_from(model: Model, as_of: date) -> Model:
    """The model as it was on a day: no source covers more than was known then. A month is known when it is over."""
    sources = {}
    for name, source in model.sources.items():
        covers = known_on(source, as_of)
        if covers is None:
            begins = f"source '{name}' begins on {source.covers.start}"
            raise UsageError(
                Message(
                    "as_of == '{as_of}' is too early: {begins} and has no whole {every} by then.",
                    as_of=as_of,
                    begins=begins,
                    every=source.every,
                )
            )
        sources[name] = replace(source, covers=covers)
    return replace(model, sources=sources)
