"""Small workspaces, written from rows: a shop whose sales are one row each, for tests of what lies above sources."""

from __future__ import annotations

import atexit
import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st

from kpikit.evaluation.facts import Fact
from kpikit.words.periods import Window
from kpikit.workspace import Workspace, samples

LAWS = settings(max_examples=10, deadline=None, derandomize=True)
"""For laws that open a workspace for each example."""

PURE_LAWS = settings(max_examples=100, deadline=None, derandomize=True)
"""For laws of plain functions."""

ALL_DAYS = "[mon, tue, wed, thu, fri, sat, sun]"
WEEKDAYS = "[mon, tue, wed, thu, fri]"
KEEP_ORDERS = "{indicator: sales.orders, cadence: month, target: {kind: keep, value: 10}}"
KEEP_RATE = "{indicator: sales.cancellation_rate, cadence: month, target: {kind: keep, value: 20 %}}"
COLUMNS = ("client", "day", "customer", "channel", "value", "cancelled")

_WORKSPACE = """schema: 1
name: Sample
grain: {grain}
comparisons: {comparisons}
sources:
  sales:
    file: sales.csv
    format: csv
    kind: {kind}
    every: {every}
    {open}
    covers: {covers}
    client: client
    time: day
    columns:
      client: text
      day: date
      customer: {{type: integer, missing: [""]}}
      channel: {{type: text, missing: [""]}}
      value: {{type: decimal, scale: 2, missing: [""]}}
      cancelled: boolean
dimensions:
  channel: {{source: sales, column: channel, label: Channel, members: {{web: Web, phone: Phone}}}}
filters:
  order: {{source: sales, where: {{cancelled: false}}}}
  cancellation: {{source: sales, where: {{cancelled: true}}}}
entities:
  customer: {{source: sales, filter: order, key: customer, opening_months: {opening_months}}}
metrics:
  revenue: {{source: sales, filter: order, sum: value, unit: money, currency: GBP, by: [channel]}}
  orders: {{source: sales, filter: order, count: rows, by: [channel]}}
  cancellations: {{source: sales, filter: cancellation, count: rows, by: [channel]}}
  cancelled_value: {{source: sales, filter: cancellation, sum: -value, unit: money, currency: {currency}}}
  customers: {{source: sales, filter: order, unique: customer, by: [channel]}}
  new_customers: {{entity: customer, count: new}}
  repeat_customers: {{entity: customer, count: repeat}}
"""


@dataclass(frozen=True)
class Sale:
    """One row. ``value`` is written as it is; None is a missing value."""

    day: str
    value: str | None = "10.00"
    customer: int | None = 1
    channel: str | None = "web"
    cancelled: bool = False
    client: str = "a"

    def cells(self) -> list[object]:
        cells = (self.client, self.day, self.customer, self.channel, self.value, str(self.cancelled).lower())
        return ["" if cell is None else cell for cell in cells]


@dataclass(frozen=True)
class Shop:
    """What a sample workspace declares; `at` writes it."""

    sales: Sequence[Sale] = ()
    covers: str = "2024-01-01..2024-12-31"
    grain: str = "month"
    kind: str = "events"
    every: str = "day"
    open: str = ALL_DAYS
    comparisons: str = "[same_period_last_year, previous_period]"
    opening_months: int = 0
    currency: str = "GBP"
    clients: Sequence[str] = ("a", "b")
    plans: Mapping[str, str] | None = None
    fiscal_first_month: int = 1
    more: str = ""

    def at(self, folder: Path) -> Workspace:
        """The workspace, written into a folder and opened. ``plans``: path under ``plans/`` -> text of the file.

        ``more`` is added to the end of ``workspace.yml``.
        """
        words = {name: getattr(self, name) for name in ("covers", "grain", "kind", "every", "comparisons", "currency")}
        opening = f"open: {self.open}" if self.every == "day" else ""
        text = _WORKSPACE.format(**words, open=opening, opening_months=self.opening_months) + self.more
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "workspace.yml").write_text(text, encoding="utf-8")
        lines = ["schema: 1", f"defaults: {{fiscal_year: {{first_month: {self.fiscal_first_month}}}}}", "clients:"]
        lines += [f"  {client}: {{label: Client {client.upper()}}}" for client in self.clients]
        (folder / "clients.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        for name, plan in (self.plans or {}).items():
            file = folder / "plans" / f"{name}.yml"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(plan, encoding="utf-8")
        write_sales(folder / "sales.csv", self.sales)
        return Workspace(folder)

    @contextmanager
    def opened(self) -> Iterator[Workspace]:
        """The workspace in a folder of its own, for as long as it is used: for tests that make many of them."""
        with TemporaryDirectory() as folder:
            yield self.at(Path(folder))

    def cut(self, last_day: date) -> Shop:
        """The same shop as its file was on a day: without what came later."""
        start = self.covers.partition("..")[0]
        known = [sale for sale in self.sales if sale.day <= last_day.isoformat()]
        return replace(self, sales=known, covers=f"{start}..{last_day}")


@cache
def sample(name: str) -> Workspace:
    """One of the workspaces that kpikit ships, "shop", "hospitals" or "publisher", opened once for a process."""
    return Workspace(samples() / name)


atexit.register(sample.cache_clear)  # the engines are let go before the interpreter ends


def write_sales(file: Path, sales: Iterable[Sale]) -> None:
    """Write the rows as a CSV file with the header that the sample workspaces declare."""
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(sale.cells() for sale in sales)


def plan(*kpis: str, in_force_from: str = "2024-01-01", pis: str = "[]") -> str:
    """The text of a plan with one goal. A KPI is written as the YAML of one list entry, without its dash."""
    entries = "".join(f"\n      - {kpi}" for kpi in kpis) or " []"
    return f"""schema: 1
in_force_from: {in_force_from}
goals:
  goal:
    statement: Do better
    level: organisation
    kpis:{entries}
    pis: {pis}
"""


def each_day(first: str, last: str, **words: object) -> list[Sale]:
    """A sale on each day."""
    days = window(first, last)
    return [Sale(str(days.start + timedelta(days=at)), **words) for at in range(days.days)]  # type: ignore[arg-type]


def fact_of(shop: Shop, key: str, period: str | None = None, as_of: str | None = None) -> Fact:
    """One fact of client a."""
    with shop.opened() as workspace:
        return workspace.evaluate("a", period, as_of).fact(key)


def window(first: str, last: str | None = None) -> Window:
    """The days from the first to the last, both included; one day alone without a last one."""
    return Window(date.fromisoformat(first), date.fromisoformat(last or first) + timedelta(days=1))


FIRST_QUARTER = window("2024-01-01", "2024-03-31")

sales = st.lists(
    st.builds(
        Sale,
        day=st.dates(FIRST_QUARTER.start, FIRST_QUARTER.last_day).map(str),
        value=st.integers(-99_999, 99_999).map(lambda cents: f"{cents / 100:.2f}"),
        customer=st.none() | st.integers(1, 4),
        channel=st.sampled_from([None, "web", "phone", "a & b=c"]),
        cancelled=st.booleans(),
        client=st.sampled_from("ab"),
    ),
    max_size=25,
)
"""Any sales of two clients in the first quarter of 2024."""

splits = st.sets(st.dates(date(2024, 1, 2), FIRST_QUARTER.last_day), max_size=4).map(
    lambda cuts: [
        Window(first, last) for first, last in pairwise([FIRST_QUARTER.start, *sorted(cuts), FIRST_QUARTER.end])
    ]
)
"""The first quarter of 2024, cut into windows at any days."""
