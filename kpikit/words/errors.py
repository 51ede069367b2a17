"""Errors are part of the interface: each names the thing, shows the value, says why, and the way out."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Self

MOST_NAMES = 25
"""How many of the allowed names a sentence lists; a register may hold hundreds of clients."""


class KpikitError(Exception):
    """The base of every error that kpikit raises on purpose; its text is meant for the user."""


class UsageError(KpikitError):
    """A call or a command that asks for something which does not exist (exit code 2)."""


class SaidError(UsageError):
    """One whose text is in the reader's language already, as widgets say what is still to be done; all others are in
    English, as the files' keys that they name are."""


class UnknownError(UsageError):
    """A name that is not there, such as a client's; ``allowed`` are those that are. Widgets translate it."""

    def __init__(self, name: str, value: object, allowed: Iterable[object], text: str = "") -> None:
        self.name, self.value, self.allowed = name, str(value), [str(each) for each in allowed]
        super().__init__(text or one_of(name, value, self.allowed))


class SettingError(KpikitError):
    """A file of the workspace says something it must not say.

    The text is ``FILE, line LINE, KEY: REASON``, with the parts that are known.
    """

    def __init__(self, file: Path | str, line: int | None, key: str, reason: str) -> None:
        self.file, self.line, self.key, self.reason = str(file), line, key, reason
        place = [self.file] + ([f"line {line}"] if line else []) + ([key] if key else [])
        super().__init__(f"{', '.join(place)}: {reason}")


class SourceError(KpikitError):
    """A source file holds something that cannot be read in exactly one way.

    The text is ``FILE, row ROW, column COLUMN, value VALUE: REASON WAY_OUT``. Rows count as an editor counts lines:
    the first line of the file is row 1. In Parquet, which has no lines, the first row is row 1.
    """

    def __init__(
        self,
        file: Path | str,
        reason: str,
        *,
        row: int | None = None,
        column: str | None = None,
        value: object = None,
        way_out: str = "",
    ) -> None:
        self.file, self.row, self.column, self.value = str(file), row, column, value
        self.reason, self.way_out = reason, way_out
        place = [self.file]
        place += [f"row {row}"] if row is not None else []
        place += [f"column '{column}'"] if column is not None else []
        place += [f"value {shortened(value)}"] if value is not None else []
        super().__init__(f"{', '.join(place)}: {reason}" + (f" {way_out}" if way_out else ""))


class FormulaError(KpikitError):
    """A formula that is not in the grammar, or uses a name that does not exist.

    The text is ``formula TEXT, character PLACE: REASON``; characters count from 1.
    """

    def __init__(self, formula: str, place: int, reason: str) -> None:
        self.formula, self.place, self.reason = formula, place, reason
        super().__init__(f"formula {shortened(formula)}, character {place}: {reason}")


class RequestError(KpikitError):
    """A measurement was asked for that the workspace, or a report's slice of it, cannot give."""


class RenderError(KpikitError):
    """A report could not be rendered or published; the older one, if any, is still in its place."""


class Worded(str):
    """A sentence in English that `Language.told` says in another language: a ``text`` of the catalogues, its ``values``
    put in. An error with one is told in the reader's language by widgets.

    >>> Worded("{name} must not be negative.", name="orders")
    'orders must not be negative.'
    """

    text: str
    values: Mapping[str, object]

    def __new__(cls, text: str, /, **values: object) -> Self:
        worded = super().__new__(cls, text.format(**values))
        worded.text, worded.values = text, values
        return worded


def one_of(name: str, value: object, allowed: Iterable[object]) -> str:
    """The sentence for a value outside its list, with the nearest allowed one, which says more than a long list.

    >>> one_of("grain", "mont", ["day", "month"])
    "grain == 'mont', must be one of day, month. Did you mean 'month'?"
    """
    names = [str(each) for each in allowed]
    if not names:
        return f"{name} == {shortened(value)}, but no {name} is defined."
    nearest, long = closest(str(value), names), len(names) > MOST_NAMES
    listed = ", ".join(names[:MOST_NAMES]) + (f" and {len(names) - MOST_NAMES} more" if long else "")
    allowed = f"the {len(names)} that there are" if nearest and long else listed
    hint = f" Did you mean '{nearest}'?" if nearest else ""
    return f"{name} == {shortened(value)}, must be one of {allowed}.{hint}"


def closest(text: str, names: Iterable[str]) -> str | None:
    """The name that is most like the text, whatever the case; None where none is like it."""
    folded = {name.casefold(): name for name in names}
    found = difflib.get_close_matches(text.casefold(), folded, n=1)
    return folded[found[0]] if found else None


def shortened(value: object, width: int = 60) -> str:
    """A value as it may stand in a sentence: quoted, and cut when it is long."""
    text = repr(value)
    return text if len(text) <= width else f"{text[: width - 1]}…"
