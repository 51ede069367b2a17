"""What a loaded source holds, counted: rows, clients, the slots that have rows, and rows that look like slips."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kpikit.sources.columns import quoted
from kpikit.sources.day_order import other_order
from kpikit.sources.declarations import NUMBERS, Source
from kpikit.sources.engine import Engine
from kpikit.sources.totals import Difference


@dataclass(frozen=True)
class ClientRows:
    """The rows of one client: how many, from which to which day, and how many slots have any."""

    rows: int
    first: date
    last: date
    slots: int


FEWEST_DAYS = 12
"""How many different days a file must have to be thought of the other order: fewer are in order by chance."""

MOST_NAMED = 3
"""How many of the rows that are like another one are named."""


@dataclass(frozen=True)
class Profile:
    """A source's rows: all; those like another one before them; those of days on which the source is not open.

    ``slots``: the open slots with rows, each by its first day, in order. ``clients``: by what the source calls them.
    ``again``: where the first of those that are like another one stand in the table. ``totals``: where the rows do not
    add up to what a totals row says. ``other_order``: how the dates may be meant; see `kpikit.sources.day_order`.
    ``empty``: columns of numbers -> the rows that have no value in them, where there are any.
    """

    rows: int
    repeated: int
    closed: int
    slots: tuple[date, ...]
    clients: Mapping[str, ClientRows]
    again: tuple[int, ...] = ()
    totals: tuple[Difference, ...] = ()
    other_order: str | None = None
    empty: Mapping[str, int] = field(default_factory=dict)


def profile(engine: Engine, source: Source, same: Mapping[str, str] | None = None) -> Profile:
    """Count what a loaded source holds. A row is repeated where all of its declared columns stand in one before it.

    ``same`` gives for each of a client's accounts the one that stands for all of them.
    """
    table, slot = quoted(source.name), f"date_trunc('{source.cut}', {quoted(source.time)})::DATE"
    open = f"list_contains({[day + 1 for day in source.open]}, isodow({quoted(source.time)}))"
    counted = f"count(*), count(*) FILTER (NOT {open})"
    different = f"SELECT count(*) FROM (SELECT DISTINCT * FROM {table})"
    ((rows, closed, distinct),) = _rows(engine, f"SELECT {counted}, ({different}) FROM {table}")
    slots = _rows(engine, f"SELECT DISTINCT {slot} AS slot FROM {table} WHERE {open} ORDER BY slot")
    day, client = f"{quoted(source.time)}::DATE", quoted(source.client)
    bound = {"values": list(same or ()), "names": list((same or {}).values())}
    joined = 'LEFT JOIN (SELECT unnest($values::VARCHAR[]) AS "a value", unnest($names::VARCHAR[]) AS "its name")'
    joined += f' ON {client} = "a value"'
    own = f'coalesce("its name", {client}), count(*), min({day}), max({day}), count(DISTINCT {slot}) FILTER ({open})'
    clients = _rows(engine, f"SELECT {own} FROM {table} {joined} GROUP BY 1 ORDER BY 1", bound)
    by_client = {name: ClientRows(*found) for name, *found in clients}
    again = _again(engine, source) if rows > distinct else ()
    return Profile(
        rows,
        rows - distinct,
        closed,
        tuple(each for (each,) in slots),
        by_client,
        again,
        other_order=_suspected(engine, source),
        empty=_empty(engine, source, rows),
    )


def _empty(engine: Engine, source: Source, rows: int) -> dict[str, int]:
    names = [column.name for column in source.columns if column.type in NUMBERS]
    if not names:
        return {}
    counted = ", ".join(f"count({quoted(name)})" for name in names)
    (filled,) = _rows(engine, f"SELECT {counted} FROM {quoted(source.name)}")
    return {name: rows - number for name, number in zip(names, filled, strict=True) if number < rows}


def _again(engine: Engine, source: Source) -> tuple[int, ...]:
    cells = ", ".join(quoted(column.name) for column in source.columns)
    last = f"SELECT max(rowid) AS last FROM {quoted(source.name)} GROUP BY {cells} HAVING count(*) > 1"
    return tuple(number for (number,) in _rows(engine, f"{last} ORDER BY last LIMIT {MOST_NAMED}"))


def _rows(engine: Engine, statement: str, bound: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
    return engine.rows(statement, bound)


def _suspected(engine: Engine, source: Source) -> str | None:
    """The other order of a loaded source's time, where it alone brings the rows of each client into the order of time.

    No day is above 12 then, and there are `FEWEST_DAYS` or more.
    """
    column = source.column(source.time)
    other = other_order(column) if column else None
    if other is None:
        return None
    table, day, client = quoted(source.name), f"{quoted(source.time)}::DATE", quoted(source.client)
    ((last, days),) = engine.rows(f"SELECT max(day({day})), count(DISTINCT {day}) FROM {table}")
    if days < FEWEST_DAYS or last > 12:
        return None
    swapped = f"make_date(year({day}), day({day}), month({day}))"
    told = f"SELECT {day} AS one, {swapped} AS other, {client} AS client, rowid AS number FROM {table}"
    before = "lag(one) OVER w AS last_one, lag(other) OVER w AS last_other"
    steps = f"SELECT *, {before} FROM ({told}) WINDOW w AS (PARTITION BY client ORDER BY number)"
    counted = ", ".join(f"count(*) FILTER ({each} {sign} last_{each})" for each in ("one", "other") for sign in "<>")
    ((back, on, other_back, other_on),) = engine.rows(f"SELECT {counted} FROM ({steps})")
    return other if back and on and not (other_back and other_on) else None
