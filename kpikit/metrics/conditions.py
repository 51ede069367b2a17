"""Conditions on the rows of a source, and filters: conditions with a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kpikit.sources.declarations import NUMBERS, Source
from kpikit.sources.strict import Section
from kpikit.words.errors import either, one_of, spelled
from kpikit.words.message import Message, Messages

OPERATORS = ("is", "in", "known", "above", "below", "begins", "begins_not")


@dataclass(frozen=True)
class Condition:
    """One condition on the rows: a column, an operator out of `OPERATORS`, and the value it is held against."""

    column: str
    operator: str
    value: str | float | bool | tuple[str, ...]


@dataclass(frozen=True)
class Filter:
    """Conditions with a name, so that metrics which mean the same rows say so once ("order")."""

    name: str
    source: str
    where: tuple[Condition, ...]


def read_filters(top: Section, sources: Mapping[str, Source]) -> dict[str, Filter]:
    """The named filters of ``workspace.yml``."""
    found: dict[str, Filter] = {}
    for name, section in top.sections("filters", "order: {source: sales, where: {status: paid}}").items():
        source = sources[section.choice("source", sources)]
        found[name] = Filter(name, source.name, conditions_of(section, source))
        section.finish()
    return found


def conditions_of(
    section: Section, source: Source, filters: Mapping[str, Filter] | None = None
) -> tuple[Condition, ...]:
    """The conditions of a named filter and those written under ``where``; a row must meet all of them."""
    named: tuple[Condition, ...] = ()
    if filters is not None and section.knows("filter"):
        own = [each.name for each in filters.values() if each.source == source.name]
        named = filters[section.choice("filter", own)].where
    conditions = section.section("where", "{status: paid}")
    return (*named, *(each for name in conditions for each in _conditions(conditions, name, source)))


def _conditions(conditions: Section, name: str, source: Source) -> list[Condition]:
    column = source.column(name)
    if column is None:
        raise conditions.refuse(name, unknown_column(name, source))
    if column.hashed and not (conditions.is_section(name) and {*conditions.section(name)} <= {"known"}):
        raise conditions.refuse(name, "is 'personal: hash'; only 'known' can be asked of it.")
    if conditions.is_list(name):
        _only(conditions, name, column.type, ("text",))
        if not conditions.texts(name):
            raise conditions.refuse(name, "is an empty list, which no row can meet.")
        return [Condition(name, "in", conditions.texts(name))]
    if not conditions.is_section(name):
        if column.type == "boolean":
            return [Condition(name, "is", conditions.flag(name))]
        _only(conditions, name, column.type, ("text",))
        return [Condition(name, "is", conditions.text(name))]
    section = conditions.section(name)
    if not list(section):
        raise conditions.refuse(name, "states no condition; needs one of {names}.", names=", ".join(OPERATORS[2:]))
    found = [_operation(section, name, operator, column.type) for operator in section]
    section.finish()
    return found


def _operation(section: Section, column: str, operator: str, kind: str) -> Condition:
    if operator == "known":
        return Condition(column, operator, section.flag(operator))
    if operator in ("above", "below"):
        _only(section, operator, kind, NUMBERS)
        return Condition(column, operator, float(section.decimal(operator)))
    if operator in ("begins", "begins_not"):
        _only(section, operator, kind, ("text",))
        return Condition(column, operator, section.text(operator))
    raise section.refuse(operator, one_of("operator", operator, OPERATORS[2:]))


def _only(section: Section, key: str, kind: str, allowed: tuple[str, ...]) -> None:
    if kind not in allowed:
        raise section.refuse(
            key,
            "this condition needs a column of type {names}, not {kind}.",
            names=either(allowed),
            kind=kind,
        )


def unknown_column(name: str, source: Source) -> str:
    """The sentence for a column that there is not; one that is called so in the file is named as it is declared."""
    said = next((each for each in source.columns if each.header and spelled(each.header) == spelled(name)), None)
    told = one_of("column", name, [each.name for each in source.columns])
    if said is None or spelled(said.name) == spelled(name):
        return told
    here = Message("The file's '{header}' is declared as '{column}'.", header=said.header, column=said.name)
    return Messages([told, here])


COUNTED = ("unique", "key", "per")
"""The keys whose column tells what is counted: hashes of ids do for them, and for nothing else."""


def column_of(section: Section, key: str, source: Source, types: tuple[str, ...], name: str | None = None) -> str:
    """The name of a column of the source, of one of these types; as the key says, unless a name is given."""
    name = name or section.text(key)
    column = source.column(name)
    if column is None:
        raise section.refuse(key, unknown_column(name, source))
    if column.type not in types:
        raise section.refuse(
            key,
            "column '{name}' is declared as {type}, must be {names}.",
            name=name,
            type=column.type,
            names=either(types),
        )
    if column.hashed and key not in COUNTED:
        raise section.refuse(key, "column '{name}' is 'personal: hash', and can only be counted.", name=name)
    return name
