"""Metrics, dimensions and entities as ``workspace.yml`` declares them, read strictly."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from kpikit.metrics.between import check_overlaps, check_persons
from kpikit.metrics.conditions import Condition, Filter, column_of, conditions_of
from kpikit.metrics.declarations import AGGREGATES, Dimension, Entity, Metric
from kpikit.metrics.quantities import currency_of, is_exact, read_quantity
from kpikit.sources.declarations import Source
from kpikit.sources.strict import Section
from kpikit.words.errors import one_of
from kpikit.words.message import Message
from kpikit.words.periods import add_months
from kpikit.words.units import COUNT, MONEY, SCORE, UNITS, Unit

ENTITY_COUNTS = ("new", "repeat")
_CURRENCY = re.compile(r"[A-Z]{3}")


def read_dimensions(top: Section, sources: Mapping[str, Source]) -> dict[str, Dimension]:
    """The dimensions of ``workspace.yml``, by name."""
    found = {}
    for name, section in top.sections("dimensions", "channel: {source: sales, column: channel}").items():
        source = sources[section.choice("source", sources)]
        column = column_of(section, "column", source, ("text",))
        labels = section.section("members", "{google: Google}")
        members = {member: labels.wording(member) for member in labels}
        found[name] = Dimension(name, source.name, column, section.wording("label", name), members)
        section.finish()
    return found


def read_entities(top: Section, sources: Mapping[str, Source], filters: Mapping[str, Filter]) -> dict[str, Entity]:
    """The entities of ``workspace.yml``, by name."""
    found = {}
    for name, section in top.sections("entities", "customer: {source: sales, key: customer}").items():
        source = sources[section.choice("source", sources)]
        if source.span:
            reason = Message(
                "'{name}' is about a span as a whole, and who is new or comes back is told by the time.",
                name=source.name,
            )
            raise section.refuse("source", reason)
        key = column_of(section, "key", source, ("text", "integer"))
        opening = section.integer("opening_months", 0, 120, 0)
        where = (*conditions_of(section, source, filters), Condition(key, "known", True))
        settled = add_months(source.covers.start, opening)
        worth = section.optional("spend"), _rate(section, "margin"), _rate(section, "discount_rate")
        if worth[1:] != (None, None) and worth[0] is None:
            reason = Message("is required beside 'margin' and 'discount_rate': the metric of what is spent.")
            raise section.refuse("spend", reason)
        rate = Entity.discount_rate if worth[2] is None else worth[2]
        found[name] = Entity(name, source.name, key, where, settled, *worth[:2], rate)
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
    for name, section in top.sections("metrics", "orders: {source: sales, count: rows}").items():
        if section.knows("entity"):
            found[name] = _entity_metric(name, section, entities)
        else:
            found[name] = _metric(name, section, sources, dimensions, filters)
        if section.knows("label"):
            found[name] = replace(found[name], label=section.wording("label"))
        found[name] = replace(found[name], overlaps=section.optional("overlaps"))
        section.finish()
    for name, section in top.sections("metrics").items():
        check_persons(section, found[name], found)
        check_overlaps(section, found[name], found, dimensions)
    for name, section in top.sections("entities").items():
        _check_spend(section, entities[name], found)
    return found


def _metric(
    name: str,
    section: Section,
    sources: Mapping[str, Source],
    dimensions: Mapping[str, Dimension],
    filters: Mapping[str, Filter],
) -> Metric:
    source = sources[section.choice("source", sources)]
    aggregate = _aggregate(section)
    column = _measured(section, aggregate, source)
    unit = UNITS[section.choice("unit", UNITS, "count" if aggregate in ("count", "unique") else None)]
    _check_fit(section, aggregate, source, unit, column)
    own = [each.name for each in dimensions.values() if each.source == source.name]
    by = section.texts("by", ())
    for dimension in by:
        if dimension not in own:
            raise section.refuse("by", one_of("dimension", dimension, own))
    return Metric(
        name=name,
        source=source.name,
        aggregate=aggregate,
        column=column,
        where=conditions_of(section, source, filters),
        unit=unit,
        currency=_currency(section, unit, source, column),
        dimensions=by,
        weight=_beside(section, "weight", aggregate, lambda: read_quantity(section, "weight", source)),
        level=_beside(section, "level", aggregate, lambda: _level(section)),
        per=_beside(section, "per", aggregate, lambda: column_of(section, "per", source, ("text", "integer"))),
        persons=_persons(section, name),
        part_of=section.optional("part_of"),
        overlaps_by=_beside(section, "overlaps_by", aggregate, lambda: _overlaps_by(section, by)),
        scale=_beside(section, "scale", aggregate, lambda: _scale(section, unit)),
        signed=bool(_beside(section, "signed", aggregate, lambda: section.flag("signed"))),
    )


def _entity_metric(name: str, section: Section, entities: Mapping[str, Entity]) -> Metric:
    entity = entities[section.choice("entity", entities)]
    which = section.choice("count", ENTITY_COUNTS)
    return Metric(
        name=name,
        source=entity.source,
        aggregate="entities",
        column=which,
        where=entity.where,
        unit=COUNT,
        currency=None,
        dimensions=(),
        entity=entity.name,
        persons=_persons(section, name),
        part_of=section.optional("part_of"),
    )


def _check_spend(section: Section, entity: Entity, metrics: Mapping[str, Metric]) -> None:
    """Refuse a spend that is not a sum of money over the rows of the entity's own source."""
    if entity.spend is None:
        return
    if entity.spend not in metrics:
        raise section.refuse("spend", one_of("metric", entity.spend, metrics))
    metric = metrics[entity.spend]
    if (metric.aggregate, metric.unit, metric.source) != ("sum", MONEY, entity.source):
        raise section.refuse(
            "spend",
            "metric '{name}' must be a sum of money in source '{source}'.",
            name=metric.name,
            source=entity.source,
        )


def _rate(section: Section, key: str) -> Decimal | None:
    """A share such as ``40 %``; None where it is not written."""
    if not section.knows(key):
        return None
    written = section.text(key)
    match = re.fullmatch(r"(\d{1,3}(?:\.\d+)?) ?%", written)
    if not match or not 0 <= (share := Decimal(match[1]) / 100) <= 1:
        raise section.refuse(
            key, "'{written}' must be written as a percentage from 0 % to 100 %, as 40 %.", written=written
        )
    return share


def _persons(section: Section, name: str) -> str | None:
    """The metric that counts the persons behind a value: ``true`` for itself, else another one's name."""
    written = section.text("persons", "false")
    return {"true": name, "false": None}.get(written, written)


def _overlaps_by(section: Section, by: tuple[str, ...]) -> str:
    dimension = section.text("overlaps_by")
    if dimension not in by:
        raise section.refuse("overlaps_by", one_of("dimension under 'by'", dimension, by))
    if section.knows("persons") or section.knows("part_of"):
        raise section.refuse("overlaps_by", "goes not with 'persons' and 'part_of', which need a total to protect.")
    return dimension


def _scale(section: Section, unit: Unit) -> tuple[Decimal, Decimal]:
    """The lowest and the highest score, as 1..7."""
    written = section.text("scale")
    match = re.fullmatch(r"(-?\d+(?:\.\d+)?)\.\.(-?\d+(?:\.\d+)?)", written)
    if not match or unit != SCORE or not Decimal(match[1]) < Decimal(match[2]):
        reason = Message(
            "'{written}' must be the lowest and the highest score of 'unit: score', as 1..7.", written=written
        )
        raise section.refuse("scale", reason)
    return Decimal(match[1]), Decimal(match[2])


def _aggregate(section: Section) -> str:
    written = [key for key in AGGREGATES if section.knows(key)]
    if len(written) == 1:
        return written[0]
    listed = ", ".join(f"'{key}: {'rows' if key == 'count' else 'COLUMN'}'" for key in AGGREGATES)
    raise section.refuse("", "needs exactly one of {listed}, 'entity: NAME'.", listed=listed)


def _measured(section: Section, aggregate: str, source: Source) -> str | None:
    if aggregate == "count":
        section.choice("count", ("rows",))
        return None
    if aggregate == "unique":
        return column_of(section, aggregate, source, ("text", "integer"))
    return read_quantity(section, aggregate, source)


def _check_fit(section: Section, aggregate: str, source: Source, unit: Unit, column: str | None) -> None:
    """Money is exact, shares do not add up, and a value that stands for itself is not one of many events."""
    declared = source.column(column) if column else None
    if unit == MONEY and declared and declared.type not in ("integer", "decimal"):
        reason = Message(
            "column '{column}' is declared as {type}, and money is exact: declare it as decimal.",
            column=column,
            type=declared.type,
        )
        raise section.refuse(aggregate, reason)
    if unit == MONEY and aggregate != "unique" and column and not is_exact(column, source):
        reason = Message(
            "'{column}' is not exact, and money is: columns of integers and decimals, joined by +, - and *.",
            column=column,
        )
        raise section.refuse(aggregate, reason)
    if aggregate == "sum" and declared and declared.type == "percent":
        raise section.refuse(
            aggregate, "column '{column}' is declared as percent, and shares do not add up.", column=column
        )
    if aggregate == "value" and source.kind == "events":
        reason = Message(
            "'{name}' is of kind events, of which a {every} may have many; use 'sum' or 'mean'.",
            name=source.name,
            every=source.every,
        )
        raise section.refuse(aggregate, reason)
    if aggregate == "quantile" and not section.knows("level"):
        raise section.refuse("level", "is required by 'quantile', as 0.9.")


_GOES_WITH = {
    "weight": ("mean",),
    "level": ("quantile",),
    "per": ("first", "last"),
    "overlaps_by": ("sum", "count", "first", "last"),
    "scale": ("mean",),
    "signed": tuple(each for each in AGGREGATES if each not in ("count", "unique")),
}
T = TypeVar("T")


def _beside(section: Section, key: str, aggregate: str, read: Callable[[], T]) -> T | None:
    """A key that goes with some aggregates alone; None where it was not written."""
    if not section.knows(key):
        return None
    if aggregate not in _GOES_WITH[key]:
        *others, last = _GOES_WITH[key]
        listed = f"{', '.join(others)} and {last}" if others else last
        raise section.refuse(key, "goes with {listed}, not with {aggregate}.", listed=listed, aggregate=aggregate)
    return read()


def _level(section: Section) -> Decimal:
    level = section.decimal("level")
    if not 0 < level < 1:
        raise section.refuse("level", "'{level}' must lie between 0 and 1, as 0.9.", level=level)
    return level


def _currency(section: Section, unit: Unit, source: Source, column: str | None) -> str | None:
    currency, said = section.optional("currency"), currency_of(column, section, source) if column else None
    if unit == MONEY and said is not None:
        if currency not in (None, said):
            raise section.refuse(
                "currency",
                "is {currency}, and the header of the file says {said}.",
                currency=currency,
                said=said,
            )
        return said
    if (unit == MONEY) != (currency is not None):
        raise section.refuse("currency", "goes with 'unit: money', which needs one, as GBP.")
    if currency is not None and not _CURRENCY.fullmatch(currency):
        raise section.refuse("currency", "{currency} must be three capital letters, as GBP.", currency=repr(currency))
    return currency
