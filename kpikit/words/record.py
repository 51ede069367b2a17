"""`Record`: an object made of fields, as a person looks at it in a notebook or a terminal: one line for each field."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from html import escape

SHOWN, WIDEST = 6, 100
"""How many of a field's items are named, and how many signs of a text are shown."""


class Record:
    """The base of dataclasses that a cell may end with (declared with ``repr=False``, so that this one is theirs).

    >>> from dataclasses import dataclass
    >>> @dataclass(repr=False)
    ... class Shop(Record):
    ...     key: str
    ...     tills: tuple[int, ...]
    ...     owner: str | None = None
    >>> Shop("aarhus", (1, 2))
    Shop
    key    aarhus
    tills  2: 1, 2
    owner  –
    """

    def __repr__(self) -> str:
        lines = self._lines()
        width = max(map(len, lines))
        return "\n".join([type(self).__name__, *(f"{name.ljust(width)}  {text}" for name, text in lines.items())])

    def _repr_html_(self) -> str:
        rows = (f'<tr><th scope="row">{escape(a)}</th><td>{escape(b)}</td></tr>' for a, b in self._lines().items())
        return f"<table><caption>{escape(type(self).__name__)}</caption><tbody>{''.join(rows)}</tbody></table>"

    def _lines(self) -> dict[str, str]:
        return {each.name: brief(getattr(self, each.name)) for each in fields(self)}  # type: ignore[arg-type]


def brief(value: object) -> str:
    """A value in one line: what has fields by its key or else its first one, collections by size and first items.

    >>> brief({"en": "Grow", "da": "Vækst"})
    '2: en Grow, da Vækst'
    """
    if isinstance(value, Mapping):
        return brief([f"{name} {brief(each)}" for name, each in value.items()])
    if isinstance(value, Collection) and not isinstance(value, str):
        named = [brief(each) for each in list(value)[:SHOWN]]
        more = ", …" if len(value) > SHOWN else ""
        return f"{len(value)}: {', '.join(named)}{more}" if value else "–"
    if is_dataclass(value) and type(value).__str__ is object.__str__:
        return brief(getattr(value, "key", None) or getattr(value, fields(value)[0].name))
    text = _plain(value)
    return text if len(text) <= WIDEST else f"{text[:WIDEST]}…"


def _plain(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, Enum):
        return value.name.lower()
    return "–" if value is None else " ".join(str(value).split())
