"""What a person types into a field, read in the reader's language; what has no single reading is refused in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import ipywidgets as widgets

from kpikit.words.errors import SaidError, UsageError
from kpikit.words.language import Language
from kpikit.words.periods import parse_day
from kpikit.words.rewritten import as_typed, day_as_typed, days, numbers, typed_day

EXAMPLE = date(2026, 12, 31)
"""A day that stands in a field while it is empty, as the language writes one."""


def checked_day(field: widgets.Widget, say: Language) -> None:
    """A `SaidError` where no day stands in the field, or one that has two readings."""
    text = str(field.value).strip()
    try:
        parse_day(typed_day(text, say.code), field.description)
    except UsageError:
        ways = [day_as_typed(date.fromisoformat(each), say.code) for each in days(text)]
        raise _refused(field, text, ways, day_as_typed(EXAMPLE, say.code), say) from None


def checked_number(field: widgets.Widget, example: str, read: Callable[[], Any], say: Language) -> None:
    """A `SaidError` where ``read`` raises a `ValueError` for what is typed; ``example`` is as plans have it."""
    text = str(field.value).strip()
    try:
        read()
    except ValueError:
        ways = [as_typed(each, say.code) for each in numbers(text)]
        raise _refused(field, text, ways, as_typed(example, say.code), say) from None


def _refused(field: widgets.Widget, text: str, ways: list[str], example: str, say: Language) -> SaidError:
    about: dict[str, object] = {"field": field.description, "text": repr(text)}
    if len(ways) == 2:
        one, other = ways
        told = say("{field}: {text} has two readings. Write it as {one} or as {other}.", **about, one=one, other=other)
    elif ways:
        told = say("{field}: {text} does not fit there. Write it as {example}.", **about, example=example)
    else:
        told = say("{field}: {text} is not understood. Write it as {example}.", **about, example=example)
    return SaidError(told)
