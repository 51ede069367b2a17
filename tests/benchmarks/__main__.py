"""Speed and memory against a peer that does the same in the same run: ``make bench``. Ratios, since machines differ.

Each line is the median over pairs of runs, ours and the peer's in turn; 1.00 is as fast as the peer.
"""

from __future__ import annotations

import multiprocessing
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import duckdb
import numpy as np
import pandas as pd

from kpikit.indicators.catalogue import CATALOGUE
from kpikit.metrics.requests import Request
from kpikit.sources.engine import Engine
from kpikit.words.periods import Calendar, Window
from kpikit.workspace import Workspace
from tests.workspaces import COLUMNS, Shop

ROWS, PAIRS = 1_000_000, 7
Column = pd.Series  # of numbers
YEAR = Window(date(2024, 1, 1), date(2025, 1, 1))


class Result(NamedTuple):
    """What was compared, the peer, and how many times the peer's time (or memory) ours is."""

    what: str
    peer: str
    ratio: float


def compared(ours: Callable[[], object], peer: Callable[[], object], pairs: int) -> float:
    """The median of our time over the peer's, run in turn after a first run of each that does not count."""
    ours(), peer()
    return statistics.median(_seconds(ours) / _seconds(peer) for _ in range(pairs))


def _seconds(run: Callable[[], object]) -> float:
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


def calculators(rows: int, pairs: int) -> Iterator[Result]:
    """A ratio, a share and what is made of several columns, of whole numbers and with gaps, against plain pandas.

    Those of several columns are held against the same formula with the same rule on zeros; none of the peers looks for
    numbers that cannot be, as each of ours does.
    """
    chance = np.random.default_rng(1)
    counts = pd.Series(chance.integers(0, 1000, rows))
    gaps = counts.where(pd.Series(chance.random(rows) > 0.05))
    for kind, whole in (("", counts), (" with gaps", gaps)):
        part = whole // 2
        for id in ("sales.average_order_value", "satisfaction.csat"):
            calculate = CATALOGUE[id]
            ratio = compared(
                lambda one=calculate, part=part, whole=whole: one(part, whole),
                lambda part=part, whole=whole: part / whole.where(whole != 0),
                5 * pairs,  # of a few milliseconds each, which vary
            )
            yield Result(f"{id} of {rows:,} rows{kind}", "pandas: a / b.where(b != 0)", ratio)
        for id, peer in COMPOUND.items():
            calculate = CATALOGUE[id]
            columns = {name: part if name in PARTS else whole for name in calculate.metrics}
            ratio = compared(
                lambda one=calculate, columns=columns: one(**columns),
                lambda peer=peer, columns=columns: peer(**columns),
                5 * pairs,
            )
            yield Result(f"{id} of {rows:,} rows{kind}", "pandas: the same formula, the same rule on zeros", ratio)


def _over(part: Column, whole: Column) -> Column:
    return part / whole.where(whole != 0)


COMPOUND: dict[str, Callable[..., Column]] = {
    "satisfaction.nps": lambda promoters, passives, detractors: _over(
        100 * (promoters - detractors), promoters + passives + detractors
    ),
    "email.bounce_rate": lambda emails_sent, emails_delivered: _over(emails_sent - emails_delivered, emails_sent),
    "production.oee": lambda ideal_hours, good_units, planned_hours, produced_units: _over(
        ideal_hours * _over(good_units, produced_units), planned_hours
    ),
    "pipeline.sales_velocity": lambda open_deals, won_deals, lost_deals, won_value, days_to_win: _over(
        open_deals * _over(won_deals, won_deals + lost_deals) * _over(won_value, won_deals),
        _over(days_to_win, won_deals),
    ),
}
"""Indicators of several columns, as the user of a table writes them."""
PARTS = {"emails_delivered", "good_units", "won_deals"}


def sources(rows: int, pairs: int) -> Iterator[Result]:
    """Reading a CSV strictly and measuring a year of months, against DuckDB's own reader, pandas, and plain SQL."""
    with TemporaryDirectory() as folder:
        workspace = shop(Path(folder), rows)
        file = str(Path(folder) / "sales.csv")
        source = workspace.settings.model.sources["sales"]
        few = max(1, pairs // 2)

        def read() -> None:
            with Engine() as engine:
                engine.load(source)

        def by_duckdb() -> None:
            with duckdb.connect() as connection:
                connection.execute(f"CREATE TABLE sales AS SELECT * FROM read_csv('{file}')")

        yield Result(f"reading {rows:,} rows", "DuckDB: read_csv, types guessed", compared(read, by_duckdb, few))
        yield Result(f"reading {rows:,} rows", "pandas: read_csv", compared(read, lambda: pd.read_csv(file), few))
        yield Result("memory to read them", "pandas: read_csv", _peak(read) / _peak(lambda: pd.read_csv(file)))
        yield Result("measuring 12 months", "DuckDB: SQL by hand", _measuring(workspace, file, pairs))


def _measuring(workspace: Workspace, file: str, pairs: int) -> float:
    windows = tuple(period.window for period in Calendar().within("month", YEAR))
    requests = [Request(name, windows) for name in ("revenue", "orders", "customers")]
    sql = (
        "SELECT client, date_trunc('month', day), sum(value), count(*), count(DISTINCT customer) FROM sales "
        "WHERE NOT cancelled GROUP BY ALL"
    )
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE sales AS SELECT * FROM read_csv('{file}')")
        return compared(lambda: workspace.measure(requests), lambda: connection.execute(sql).fetchall(), pairs)


def shop(folder: Path, rows: int) -> Workspace:
    """A shop with so many sales over a year, for two clients."""
    workspace = Shop().at(folder)
    chance = np.random.default_rng(2)
    days = np.array([str(YEAR.start + timedelta(days=number)) for number in range(YEAR.days)])
    cells = {
        "client": chance.choice(["a", "b"], rows),
        "day": days[chance.integers(0, YEAR.days, rows)],
        "customer": chance.integers(1, 50_000, rows),
        "channel": chance.choice(["web", "phone"], rows),
        "value": np.char.mod("%.2f", chance.uniform(1, 500, rows)),
        "cancelled": chance.choice(["true", "false"], rows, p=[0.05, 0.95]),
    }
    pd.DataFrame(cells)[list(COLUMNS)].to_csv(folder / "sales.csv", index=False)
    return workspace


def _peak(run: Callable[[], object]) -> float:
    """The most memory that a process of its own has in use while it runs."""
    receiver, sender = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_used, args=(run, sender))
    process.start()
    found: float = receiver.recv()
    process.join()
    return found


def _used(run: Callable[[], object], sender: multiprocessing.connection.Connection) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    run()
    sender.send(max(1, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before))


def results(rows: int = ROWS, pairs: int = PAIRS) -> Iterator[Result]:
    """All comparisons."""
    yield from calculators(rows, pairs)
    yield from sources(rows, pairs)


if __name__ == "__main__":
    for result in results():
        sys.stdout.write(f"{result.ratio:6.2f}  {result.what}  (against {result.peer})\n")
