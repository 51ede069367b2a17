"""All that is told of one client's customers: facts, without a language, and without groups of too few persons."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kpikit.evaluation.customers.cohorts import Triangle, triangle
from kpikit.evaluation.customers.purchases import Forecast, Holdout, forecast, holdout
from kpikit.evaluation.customers.rfm import Rfm, rfm
from kpikit.evaluation.customers.value import Value, textbook, value
from kpikit.metrics.declarations import Entity
from kpikit.metrics.histories import Tables
from kpikit.words.periods import Window


@dataclass(frozen=True)
class Counts:
    """How many customers there are, and how many bought ``again``; and, of the last twelve months (``year``), how many
    were ``active``, the ``new`` and ``returning`` ones among them, and those who bought on two days or more in them
    (``repeat``); and how many there were in the twelve months ``before``, and how many of these were ``kept``.

    None is not known, or not told.
    """

    customers: int
    again: int | None = None
    year: Window | None = None
    active: int | None = None
    new: int | None = None
    returning: int | None = None
    repeat: int | None = None
    before: int | None = None
    kept: int | None = None


@dataclass(frozen=True)
class CustomerBase:
    """The customers of a client as they were known at the end of ``window``.

    ``smallest_group`` and more persons are told. The amounts are in the ``currency``; None where there are none.
    """

    client: str
    entity: str
    window: Window
    smallest_group: int
    currency: str | None
    counts: Counts
    cohorts: Triangle
    rfm: Rfm
    forecast: Forecast
    holdout: Holdout
    value: Value


def analyse(client: str, entity: Entity, tables: Tables, smallest_group: int) -> CustomerBase | None:
    """The facts; None where the client has so few customers that nothing may be told."""
    counts = _counts(tables, smallest_group)
    if counts.customers < smallest_group:
        return None
    expected = forecast(tables)
    told = counts.again is not None  # else those who bought only once are too few to be told of
    simple = textbook(tables.year, entity.margin) if counts.active is not None and counts.kept is not None else None
    worth = value(tables, expected, entity.margin, entity.discount_rate, simple)
    return CustomerBase(
        client,
        entity.name,
        tables.window,
        smallest_group,
        tables.currency,
        counts,
        triangle(tables, smallest_group),
        rfm(tables, smallest_group),
        expected if told else replace(expected, repeaters=None, active=None),
        holdout(tables, smallest_group),
        worth if told or worth.fitted is None else replace(worth, fitted=replace(worth.fitted, customers=None)),
    )


def _counts(tables: Tables, limit: int) -> Counts:
    customers = sum(each.customers for each in tables.histories)
    again = _told(sum(each.customers for each in tables.histories if each.repeats), customers, limit)
    year = tables.year
    if year is None:
        return Counts(customers, again)
    settled = year.window.start >= tables.settled_from
    new = _told(year.new, year.customers, limit) if settled else None
    return Counts(
        customers,
        again,
        year.window,
        _told(year.customers, customers, limit),
        new,
        None if new is None else year.customers - new,
        _told(year.repeat, year.customers, limit),
        _told(year.before, customers, limit),
        _told(year.kept, year.before, limit),
    )


def _told(part: int, whole: int, limit: int) -> int | None:
    """The part of a whole; None where it, or the rest, is of some persons, but too few."""
    return None if 0 < part < limit or 0 < whole - part < limit else part
