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
    return {client: found for (client, _), found in slots_by(engine, source, columns, same, None).items()}


def slots_by(
    engine: Engine, source: Source, columns: Sequence[str], same: Mapping[str, str], by: str | None
) -> dict[tuple[str, str], dict[date, SlotRows]]:
    """The same by client and member, the texts of the column ``by``; rows without one are of the member ""."""
    slot = f"date_trunc('{source.cut}', {quoted(source.time)})::DATE"
    member = f"coalesce({quoted(by)}::VARCHAR, '')" if by else "''"
    sums = "".join(f", coalesce(sum({quoted(column)}), 0)::DOUBLE" for column in columns)
    counted = f"SELECT {quoted(source.client)}, {member}, {slot}, count(*){sums} FROM {quoted(source.name)}"
    found = dict[tuple[str, str], dict[date, SlotRows]]()
    for value, name, day, rows, *numbers in engine.rows(f"{counted} GROUP BY 1, 2, 3"):
        if value not in same:
            continue
        own = found.setdefault((same[value], name), {})
        before = own.get(day, SlotRows(0, (0.0,) * len(columns)))
        both = tuple(one + two for one, two in zip(before.sums, numbers, strict=True))
        own[day] = SlotRows(before.rows + rows, both)
    return found
