"""What ``workspace.yml`` says of metrics, of the dimensions they are split by, and of entities such as customers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kpikit.sources.declarations import Source
from kpikit.sources.strict import Section
from kpikit.words.errors import one_of
from kpikit.words.language import Wording
from kpikit.words.periods import add_months
from kpikit.words.units import COUNT, MONEY, UNITS, Unit

ENTITY_COUNTS = ("new", "repeat")
OPERATORS = ("is", "in", "known", "above", "below", "begins", "begins_not")
_NUMBERS = ("integer", "decimal", "number")
_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True)
class Condition:
    """One condition on the rows: a column, an operator out of `OPERATORS`, and the value it is held against."""

    column: str
    operator: str
    value: str | float | bool | tuple[str, ...]


@dataclass(frozen=True)
class Dimension:
    """A column that values may be split by, with the labels of its members."""

    name: str
    source: str
    column: str
    label: Wording
    members: Mapping[str, Wording]


@dataclass(frozen=True)
class Filter:
    """Conditions with a name, so that metrics which mean the same rows say so once ("order")."""

    name: str
    source: str
    where: tuple[Condition, ...]


@dataclass(frozen=True)
class Entity:
    """Things with a history over many rows, such as customers. Before ``settled_from`` new and old look alike."""

    name: str
    source: str
    key: str
    where: tuple[Condition, ...]
    settled_from: date


@dataclass(frozen=True)
class Metric:
    """A declared metric.

    ``aggregate`` is "sum" or "unique" of ``column``, "count" of rows, or "entities" (``column`` is then "new" or
    "repeat", counted over ``entity``). ``negative`` turns the sign of a sum. Sums, row counts and new entities add up
    over time; unique counts and repeating entities are counted anew for each window.
    """

    name: str
    source: str
    aggregate: str
    column: str | None
    negative: bool
    where: tuple[Condition, ...]
    unit: Unit
    currency: str | None
    dimensions: tuple[str, ...]
    entity: str | None = None

    @property
    def additive(self) -> bool:
        """True where the value of a window is the sum of the values of its days."""
        return self.aggregate in ("sum", "count") or (self.aggregate == "entities" and self.column == "new")


def read_dimensions(top: Section, sources: Mapping[str, Source]) -> dict[str, Dimension]:
    """The dimensions of ``workspace.yml``, by name."""
    found = {}
    for name, section in top.sections("dimensions").items():
        source = sources[section.choice("source", sources)]
        column = _column(section, "column", source, ("text",))
        labels = section.section("members")
        members = {member: labels.wording(member) for member in labels}
        found[name] = Dimension(name, source.name, column, section.wording("label", name), members)
        section.finish()
    return found


def read_filters(top: Section, sources: Mapping[str, Source]) -> dict[str, Filter]:
    """The named filters of ``workspace.yml``."""
    found: dict[str, Filter] = {}
    for name, section in top.sections("filters").items():
        source = sources[section.choice("source", sources)]
        found[name] = Filter(name, source.name, _where(section, source))
        section.finish()
    return found


def read_entities(
    top: Section, sources: Mapping[str, Source], filters: Mapping[str, Filter]
) -> dict[str, Entity]:
    """The entities of ``workspace.yml``, by name."""
    found = {}
    for name, section in top.sections("entities").items():
        source = sources[section.choice("source", sources)]
        key = _column(section, "key", source, ("text", "integer"))
        opening = section.integer("opening_months", 0, 120, 0)
        where = (*_where(section, source, filters), Condition(key, "known", True))
        found[name] = Entity(name, source.name, key, where, add_months(source.covers.start, opening))
        section.finish()
    return found


def read_metrics(
    top: Section,
    sources: Mapping[str, Source],
    dimensions: Mapping[str, Dimension],
    filters: Mapping[str, Filter],
    entities: Mapping[str, Entity],
) -> dict[str, Metric]:
    """The metrics of ``workspace.yml``, by name."""
    found = {}
    for name, section in top.sections("metrics").items():
        if section.knows("entity"):
            found[name] = _entity_metric(name, section, entities)
        else:
            found[name] = _metric(name, section, sources, dimensions, filters)
        section.finish()
    return found


def _metric(
    name: str,
    section: Section,
    sources: Mapping[str, Source],
    dimensions: Mapping[str, Dimension],
    filters: Mapping[str, Filter],
) -> Metric:
    source = sources[section.choice("source", sources)]
    aggregate, column, negative = _aggregate(section, source)
    declared = source.column(column) if column and aggregate == "sum" else None
    unit = UNITS[section.choice("unit", UNITS, "count" if aggregate != "sum" else None)]
    own = [each.name for each in dimensions.values() if each.source == source.name]
    by = section.texts("by", ())
    for dimension in by:
        if dimension not in own:
            raise section.refuse("by", one_of("dimension", dimension, own))
    if unit == MONEY and declared and declared.type == "number":
        reason = f"column '{column}' is declared as number, and money is exact: declare it as decimal."
        raise section.refuse("sum", reason)
    where = _where(section, source, filters)
    return Metric(name, source.name, aggregate, column, negative, where, unit, _currency(section, unit), by)


def _entity_metric(name: str, section: Section, entities: Mapping[str, Entity]) -> Metric:
    entity = entities[section.choice("entity", entities)]
    which = section.choice("count", ENTITY_COUNTS)
    return Metric(name, entity.source, "entities", which, False, entity.where, COUNT, None, (), entity.name)


def _aggregate(section: Section, source: Source) -> tuple[str, str | None, bool]:
    written = [key for key in ("sum", "count", "unique") if key in section]
    if len(written) != 1:
        raise section.refuse("", "needs exactly one of 'sum: COLUMN', 'unique: COLUMN', 'count: rows', 'entity: NAME'.")
    kind = written[0]
    if kind == "count":
        section.choice("count", ("rows",))
        return kind, None, False
    if kind == "unique":
        return kind, _column(section, kind, source, ("text", "integer")), False
    negative = section.text("sum").startswith("-")
    return kind, _column(section, "sum", source, _NUMBERS, section.text("sum").removeprefix("-").strip()), negative


def _column(section: Section, key: str, source: Source, types: tuple[str, ...], name: str | None = None) -> str:
    name = name or section.text(key)
    column = source.column(name)
    if column is None:
        raise section.refuse(key, one_of("column", name, [each.name for each in source.columns]))
    if column.type not in types:
        raise section.refuse(key, f"column '{name}' is declared as {column.type}, must be {' or '.join(types)}.")
    return name


def _currency(section: Section, unit: Unit) -> str | None:
    currency = section.optional("currency")
    if (unit == MONEY) != (currency is not None):
        raise section.refuse("currency", "goes with 'unit: money', which needs one, as GBP.")
    if currency is not None and not _CURRENCY.fullmatch(currency):
        raise section.refuse("currency", f"{currency!r} must be three capital letters, as GBP.")
    return currency


def _where(section: Section, source: Source, filters: Mapping[str, Filter] | None = None) -> tuple[Condition, ...]:
    """The conditions of a named filter and those written under ``where``; a row must meet all of them."""
    named: tuple[Condition, ...] = ()
    if filters is not None and section.knows("filter"):
        own = [each.name for each in filters.values() if each.source == source.name]
        named = filters[section.choice("filter", own)].where
    conditions = section.section("where")
    return (*named, *(each for name in conditions for each in _conditions(conditions, name, source)))


def _conditions(conditions: Section, name: str, source: Source) -> list[Condition]:
    column = source.column(name)
    if column is None:
        raise conditions.refuse(name, one_of("column", name, [each.name for each in source.columns]))
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
        raise conditions.refuse(name, f"states no condition; needs one of {', '.join(OPERATORS[2:])}.")
    found = [_operation(section, name, operator, column.type) for operator in section]
    section.finish()
    return found


def _operation(section: Section, column: str, operator: str, kind: str) -> Condition:
    if operator == "known":
        return Condition(column, operator, section.flag(operator))
    if operator in ("above", "below"):
        _only(section, operator, kind, _NUMBERS)
        return Condition(column, operator, float(section.decimal(operator)))
    if operator in ("begins", "begins_not"):
        _only(section, operator, kind, ("text",))
        return Condition(column, operator, section.text(operator))
    raise section.refuse(operator, one_of("operator", operator, OPERATORS[2:]))


def _only(section: Section, key: str, kind: str, allowed: tuple[str, ...]) -> None:
    if kind not in allowed:
        raise section.refuse(key, f"this condition needs a column of type {' or '.join(allowed)}, not {kind}.")
