"""What a loaded source holds slot by slot: each client's rows of each day, week or month, and the sums of columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kpikit.sources.columns import quoted
from kpikit.sources.declarations import Source
from kpikit.sources.engine import Engine


@dataclass(frozen=True)
class SlotRows:
    """The rows of a client in one slot: how many, and the sum of each column that was asked for (0 without values)."""

    rows: int
    sums: tuple[float, ...]


def slots(
    engine: Engine, source: Source, columns: Sequence[str], same: Mapping[str, str]
) -> dict[str, dict[date, SlotRows]]:
    """By client, as ``same`` calls it, and first day of the slot, what there is; slots without rows are left out.

    ``same`` gives for each of a client's accounts in the source the client; the rows of others are not looked at.
    """
    slot = f"date_trunc('{source.cut}', {quoted(source.time)})::DATE"
    sums = "".join(f", coalesce(sum({quoted(column)}), 0)::DOUBLE" for column in columns)
    statement = f"SELECT {quoted(source.client)}, {slot}, count(*){sums} FROM {quoted(source.name)} GROUP BY 1, 2"
    found = dict[str, dict[date, SlotRows]]()
    for value, day, rows, *numbers in engine.connection.execute(statement).fetchall():
        if value not in same:
            continue
        own = found.setdefault(same[value], {})
        before = own.get(day, SlotRows(0, (0.0,) * len(columns)))
        both = tuple(one + two for one, two in zip(before.sums, numbers, strict=True))
        own[day] = SlotRows(before.rows + rows, both)
    return found
