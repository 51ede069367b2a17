"""The facts about customers as JSON values, and back; SCHEMA.md beside this file describes the fields."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from kpikit.evaluation.customers.analysis import CustomerBase

SCHEMA = 1


def document(base: CustomerBase) -> dict[str, Any]:
    """The facts as numbers, texts, booleans, null, lists and objects; amounts of money and days are texts."""
    return {"schema": SCHEMA, **_plain(base)}


def read(written: dict[str, Any]) -> CustomerBase:
    """The facts that `document` has written."""
    found = _made(CustomerBase, written)
    assert isinstance(found, CustomerBase)
    return found


def _plain(thing: Any) -> Any:
    if is_dataclass(thing):
        return {field.name: _plain(getattr(thing, field.name)) for field in fields(thing)}
    if isinstance(thing, tuple):
        return [_plain(each) for each in thing]
    return str(thing) if isinstance(thing, (date, Decimal)) else thing


def _made(kind: Any, written: Any) -> Any:
    """A value of a type from what `_plain` made of it."""
    if written is None:
        return None
    if get_origin(kind) in (Union, UnionType):
        kind = next(each for each in get_args(kind) if each is not type(None))
    if get_origin(kind) is tuple:
        return tuple(_made(get_args(kind)[0], each) for each in written)
    if is_dataclass(kind) and isinstance(kind, type):
        return kind(**{name: _made(each, written[name]) for name, each in _hints(kind).items()})
    return date.fromisoformat(written) if kind is date else kind(written)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
