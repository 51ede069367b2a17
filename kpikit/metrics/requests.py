"""Requests and their answers: which metric, over which windows, split by what; and the small table that comes back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from operator import itemgetter
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from kpikit.words.errors import RequestError
from kpikit.words.periods import Window

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    *("client", "metric", "slice", "start", "end", "value", "amount", "covered", "expected", "suppressed"),
    *("answers", "deviation", "largest"),
)
"""The columns of the table of measurements (``schema: 1``); kpikit/metrics/SCHEMA.md describes them."""

TOTAL = ""
"""The slice that is not split."""


@dataclass(frozen=True)
class Request:
    """A metric over some windows, in total (``by`` empty) or for each combination of members of some dimensions."""

    metric: str
    windows: tuple[Window, ...]
    by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Measurement:
    """One row: the value of a metric for a client, a slice and a window.

    ``value`` is None where nothing was measured; ``amount`` is the exact decimal of a money metric. ``covered`` and
    ``expected`` count the source's slots (days, weeks or months) that lie in the window. ``suppressed`` is True where
    there is a value, and it is not told since it is of too few persons. Of a mean score, ``answers`` is the number of
    rows that it is the mean of, and ``deviation`` their standard deviation, as of a sample; None for a single one. Of a
    sum of money in events, ``largest`` is the value of the row with the most.
    """

    client: str
    metric: str
    slice: str
    window: Window
    value: float | None
    amount: Decimal | None
    covered: int
    expected: int
    suppressed: bool = False
    answers: int | None = None
    deviation: float | None = None
    largest: float | None = None

    def without_value(self, suppressed: bool = False) -> Measurement:
        """The same row where the value is not told."""
        return replace(self, value=None, amount=None, suppressed=suppressed, answers=None, deviation=None, largest=None)


def slice_id(members: Mapping[str, str]) -> str:
    """The name of a slice from its members: ``channel=Google&device=phone``; `TOTAL` without members.

    >>> slice_id({"type": "1 & 2"})
    'type=1%20%26%202'
    """
    return "&".join(f"{quote(name, safe='')}={quote(member, safe='')}" for name, member in sorted(members.items()))


@lru_cache(maxsize=4096)
def slice_members(slice: str) -> Mapping[str, str]:
    """The members of a slice, by dimension: the opposite of `slice_id`."""
    pairs = (part.split("=") for part in slice.split("&") if part)
    return MappingProxyType({unquote(name): unquote(member) for name, member in pairs})


class Measurements:
    """The answers to requests, found by client, metric, slice and window."""

    def __init__(self, rows: Iterable[Measurement]) -> None:
        self._rows = {(row.client, row.metric, row.slice, row.window): row for row in rows}

    @cached_property
    def _slices(self) -> Mapping[tuple[str, str, Window], Sequence[str]]:
        found: dict[tuple[str, str, Window], list[str]] = {}
        for client, metric, slice, window in self._rows:
            found.setdefault((client, metric, window), []).append(slice)
        return found

    def __iter__(self) -> Iterator[Measurement]:
        return iter(self._rows.values())

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        return repr(self.frame())

    def _repr_html_(self) -> str:
        return str(self.frame().to_html(max_rows=20))

    def get(self, client: str, metric: str, window: Window, slice: str = TOTAL) -> Measurement:
        """The measurement asked for; a `RequestError` names a request that was not measured."""
        try:
            return self._rows[client, metric, slice, window]
        except KeyError:
            where = f" for {slice}" if slice else ""
            raise RequestError(
                f"{metric} of client '{client}' in {window}{where} was not measured. Open the whole workspace to "
                "measure it, or ask for a window that this slice of it holds."
            ) from None

    def members(self, client: str, metric: str, window: Window, dimension: str) -> dict[str, Measurement]:
        """The measurements of a metric for each member of one dimension, by member."""
        found = {}
        for slice in self._slices.get((client, metric, window), []):
            members = slice_members(slice)
            if list(members) == [dimension]:
                found[members[dimension]] = self._rows[client, metric, slice, window]
        return found

    def by_client(self) -> dict[str, Measurements]:
        """The measurements of each client alone."""
        rows: dict[str, list[Measurement]] = {}
        for row in self:
            rows.setdefault(row.client, []).append(row)
        return {client: Measurements(own) for client, own in rows.items()}

    def of(self, asked: Iterable[Request]) -> Measurements:
        """The answers to some of the requests alone, in their order, whatever else was measured beside them."""
        wanted = [(each.metric, tuple(sorted(each.by)), window) for each in asked for window in each.windows]
        places = {each: at for at, each in enumerate(dict.fromkeys(wanted))}
        found = [(places.get((row.metric, tuple(slice_members(row.slice)), row.window)), row) for row in self]
        return Measurements(
            row for _, row in sorted(((at, row) for at, row in found if at is not None), key=itemgetter(0))
        )

    def frame(self) -> pd.DataFrame:
        """The table: a row for each measurement, with the columns of `COLUMNS`; ``amount`` holds decimals or None."""
        import pandas as pd

        return pd.DataFrame(self.records(), columns=list(COLUMNS))

    def records(self) -> list[tuple[object, ...]]:
        """The rows of the table as plain values, in the order of `COLUMNS`."""
        return [_record(row) for row in self]

    def slices(self) -> pd.DataFrame:
        """The table ``slice, dimension, member``: one row for each dimension of each slice but the total."""
        import pandas as pd

        ids = sorted({row.slice for row in self if row.slice})
        rows = [(slice, name, member) for slice in ids for name, member in slice_members(slice).items()]
        return pd.DataFrame(rows, columns=["slice", "dimension", "member"])

    def write(self, file: object) -> None:
        """Write the table as CSV to an open text file; `read` gives it back unchanged."""
        import csv

        writer = csv.writer(file, lineterminator="\n")  # type: ignore[arg-type]
        writer.writerow(COLUMNS)
        for row in self:
            writer.writerow(["" if cell is None else cell for cell in _record(row)])

    @staticmethod
    def read(file: Iterable[str]) -> Measurements:
        """The measurements of an open file that `write` wrote."""
        import csv

        return Measurements(_measurement(record) for record in csv.DictReader(file))


def _record(row: Measurement) -> tuple[object, ...]:
    start, end, slots = row.window.start, row.window.end, (row.covered, row.expected)
    spread = row.answers, row.deviation, row.largest
    return row.client, row.metric, row.slice, start, end, row.value, row.amount, *slots, row.suppressed, *spread


def _measurement(record: Mapping[str, str]) -> Measurement:
    return Measurement(
        client=record["client"],
        metric=record["metric"],
        slice=record["slice"],
        window=Window(date.fromisoformat(record["start"]), date.fromisoformat(record["end"])),
        value=float(record["value"]) if record["value"] else None,
        amount=Decimal(record["amount"]) if record["amount"] else None,
        covered=int(record["covered"]),
        expected=int(record["expected"]),
        suppressed=record["suppressed"] == "True",
        answers=int(record["answers"]) if record["answers"] else None,
        deviation=float(record["deviation"]) if record["deviation"] else None,
        largest=float(record["largest"]) if record["largest"] else None,
    )
