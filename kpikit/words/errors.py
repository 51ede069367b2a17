"""Errors are part of the interface: each names the thing, shows the value, says why, and the way out."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from kpikit.words.message import Message, Messages, Say, in_language

MOST_NAMES = 25
"""How many of the allowed names a sentence lists; a register may hold hundreds of clients."""


class KpikitError(Exception):
    """The base of every error that kpikit raises on purpose; its text is meant for the user."""

    def said(self, say: Say) -> str:
        """The text in the language of ``say``, as far as it is translated; ``str`` gives it in English."""
        return str(in_language(self.args[0], say)) if self.args else ""


class UsageError(KpikitError):
    """A call or a command that asks for something which does not exist (exit code 2)."""


class SaidError(UsageError):
    """One whose text is in the reader's language already, as widgets say what is still to be done; all others are in
    English until they are `said`."""


class UnknownError(UsageError):
    """A name that is not there, such as a client's; ``allowed`` are those that are. Widgets translate it."""

    def __init__(self, name: str, value: object, allowed: Iterable[object], text: str = "") -> None:
        self.name, self.value, self.allowed = name, str(value), [str(each) for each in allowed]
        super().__init__(text or one_of(name, value, self.allowed))


class SettingError(KpikitError):
    """A file of the workspace says something it must not say.

    The text is ``FILE, line LINE, KEY: REASON``, with the parts that are known. ``asked`` stands for it in the file
    that names its file, where another one does.
    """

    asked: SettingError | None = None

    def __init__(self, file: Path | str, line: int | None, key: str, reason: str) -> None:
        self.file, self.line, self.key, self.reason = str(file), line, key, reason
        place = [self.file] + ([Message("line {line}", line=line)] if line else []) + ([key] if key else [])
        super().__init__(Messages([Messages(place, ", "), reason], ": "))


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
        place += [Message("row {row}", row=row)] if row is not None else []
        place += [Message("column '{column}'", column=column)] if column is not None else []
        place += [Message("value {value}", value=shortened(value))] if value is not None else []
        super().__init__(Messages([Messages(place, ", "), Messages([reason, way_out])], ": "))


class FormulaError(KpikitError):
    """A formula that is not in the grammar, or uses a name that does not exist.

    The text is ``formula TEXT, character PLACE: REASON``; characters count from 1.
    """

    def __init__(self, formula: str, place: int, reason: str) -> None:
        self.formula, self.place, self.reason = formula, place, reason
        super().__init__(
            Message(
                "formula {formula}, character {place}: {reason}", formula=shortened(formula), place=place, reason=reason
            )
        )


class RequestError(KpikitError):
    """A measurement was asked for that the workspace, or a report's slice of it, cannot give."""


class RenderError(KpikitError):
    """A report could not be rendered or published; the older one, if any, is still in its place.

    The text is a template with its values; without any it is a message, or said as it is.
    """

    def __init__(self, text: str, /, **values: object) -> None:
        super().__init__(Message(text, **values) if values else text)


def one_of(name: str, value: object, allowed: Iterable[object]) -> str:
    """The sentence for a value outside its list, with the nearest allowed one, which says more than a long list.

    >>> one_of("grain", "mont", ["day", "month"])
    "grain == 'mont', must be one of day, month. Did you mean 'month'?"
    """
    names = [str(each) for each in allowed]
    if not names:
        return Message("{name} == {value}, but no {name} is defined.", name=name, value=shortened(value))
    nearest, long = closest(str(value), names), len(names) > MOST_NAMES
    listed = ", ".join(names[:MOST_NAMES])
    if long:
        listed = Message("{names} and {number} more", names=listed, number=len(names) - MOST_NAMES)
    allowed = Message("the {number} that there are", number=len(names)) if nearest and long else listed
    told = Message("{name} == {value}, must be one of {allowed}.", name=name, value=shortened(value), allowed=allowed)
    return Messages([told, did_you_mean(nearest)])


def either(names: Sequence[str]) -> str:
    """The names with an "or" before the last one.

    >>> either(["date"]), either(["date", "timestamp"])
    ('date', 'date or timestamp')
    """
    one, *others = names
    return Message("{one} or {other}", one=one, other=either(others)) if others else one


def did_you_mean(nearest: str | None) -> str:
    """The question for the nearest name; nothing where there is none."""
    return Message("Did you mean '{name}'?", name=nearest) if nearest else ""


def closest(text: str, names: Iterable[str]) -> str | None:
    """The name that is most like the text, however it is spelled (`spelled`); None where none is like it.

    The same words in another order are more alike than other words.

    >>> closest("lost_customers", ["new_customers", "customers_lost"])
    'customers_lost'
    """
    folded, wanted = {spelled(name): name for name in names}, spelled(text)
    turned = [name for name in folded if sorted(name.split()) == sorted(wanted.split())]
    found = [wanted] if wanted in folded else turned or difflib.get_close_matches(wanted, folded, n=1)
    return folded[found[0]] if found else None


_SPELLED = {"å": "aa", "æ": "ae", "ä": "ae", "ø": "oe", "ö": "oe", "ß": "ss"}


def spelled(name: str) -> str:
    """A name without what people and systems spell in several ways: case, Nordic letters, and what parts its words.

    >>> spelled(" Århus_Nord "), spelled("aarhus nord")
    ('aarhus nord', 'aarhus nord')
    """
    folded = unicodedata.normalize("NFC", name).casefold()
    return " ".join(re.sub(r"[_\W]+", " ", "".join(_SPELLED.get(sign, sign) for sign in folded)).split()) or folded


def shortened(value: object, width: int = 60) -> str:
    """A value as it may stand in a sentence: quoted, and cut when it is long."""
    text = repr(value)
    return text if len(text) <= width else f"{text[: width - 1]}…"
