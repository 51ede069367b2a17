"""Texts of errors: English wherever they are compared or logged, and sayable in the reader's language.

A `Message` is the English text, and remembers what it was made of. Where an error is shown, `in_language` says it anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

Say = Callable[..., str]
"""A `kpikit.words.language.Language`."""

Write = Callable[[Any], Any]
"""How a value that is no message is written."""


def as_it_is(value: Any) -> Any:
    """The value itself."""
    return value


class Message(str):
    """An English text with its values put in, which can be said in other languages, too.

    >>> Message("must lie after {day}.", day="2026-01-01")
    'must lie after 2026-01-01.'
    """

    template: str
    values: dict[str, object]

    def __new__(cls, template: str, /, **values: object) -> Message:
        made = super().__new__(cls, template.format(**values) if values else template)
        made.template, made.values = template, values
        return made

    def __getnewargs_ex__(self) -> tuple[Any, Any]:
        return (self.template,), self.values

    def said(self, say: Say, write: Write = as_it_is) -> str:
        """The text in the language of ``say``; values that are messages, too, and others as ``write`` writes them."""
        return say(self.template, **{name: in_language(value, say, write) for name, value in self.values.items()})


class Messages(str):
    """Several texts as one; those that are empty are left out.

    >>> Messages([Message("is required."), "", "See FILES.md."])
    'is required. See FILES.md.'
    """

    parts: tuple[str, ...]
    between: str

    def __new__(cls, parts: Iterable[str], between: str = " ") -> Messages:
        own = tuple(part for part in parts if part)
        made = super().__new__(cls, between.join(own))
        made.parts, made.between = own, between
        return made

    def __getnewargs__(self) -> tuple[Any, Any]:  # type: ignore[override]
        return self.parts, self.between

    def said(self, say: Say, write: Write = as_it_is) -> str:
        """The text in the language of ``say``, part by part."""
        return self.between.join(str(in_language(part, say, write)) for part in self.parts)


def as_json(text: Any) -> Any:
    """What of JSON stands for a text: of a message what it was made of, so that `from_json` makes it again.

    >>> from_json(as_json(Message("must lie after {day}.", day="2026-01-01"))).values
    {'day': '2026-01-01'}
    """
    if isinstance(text, Message):
        return {"template": text.template, "values": {name: as_json(value) for name, value in text.values.items()}}
    if isinstance(text, Messages):
        return {"parts": [as_json(part) for part in text.parts], "between": text.between}
    return text if text is None or isinstance(text, str | int | float) else str(text)


def from_json(told: Any) -> Any:
    """The text that `as_json` told."""
    if not isinstance(told, dict):
        return told
    if "parts" in told:
        return Messages([from_json(part) for part in told["parts"]], told["between"])
    return Message(told["template"], **{name: from_json(value) for name, value in told["values"].items()})


def in_language(text: Any, say: Say, write: Write = as_it_is) -> Any:
    """A message in the language of ``say``; all else as ``write`` writes it."""
    return text.said(say, write) if isinstance(text, Message | Messages) else write(text)
