"""What the tests of plans share: a small shop of three years, whose figures are known, as a workspace."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from kpikit.workspace import Workspace
from tests.histories import save

_WORKSPACE = """\
schema: 1
name: Shop
grain: month
comparisons: [same_period_last_year]
sources:
  sales:
    file: sales.csv
    format: csv
    kind: events
    every: day
    open: [mon, tue, wed, thu, fri, sat, sun]
    covers: {first}-01-01..{last}-12-31
    client: client
    time: day
    columns:
      client: text
      day: date
      customer: integer
      channel: text
      value: {{type: decimal, scale: 2}}
      cancelled: boolean
dimensions:
  channel: {{source: sales, column: channel, label: Channel, members: {{google: Google, letter: Newsletter}}}}
filters:
  order: {{source: sales, where: {{cancelled: false}}}}
  cancellation: {{source: sales, where: {{cancelled: true}}}}
entities:
  customer: {{source: sales, filter: order, key: customer, opening_months: 1}}
metrics:
  revenue: {{source: sales, filter: order, sum: value, unit: money, currency: DKK, by: [channel]}}
  orders: {{source: sales, filter: order, count: rows, by: [channel]}}
  cancellations: {{source: sales, filter: cancellation, count: rows, by: [channel]}}
  cancelled_value: {{source: sales, filter: cancellation, sum: value, unit: money, currency: DKK}}
  customers: {{source: sales, filter: order, unique: customer}}
  known_orders: {{source: sales, filter: order, count: rows}}
  new_customers: {{entity: customer, count: new}}
  repeat_customers: {{entity: customer, count: repeat}}
"""
_REGISTER = "schema: 1\ndefaults: {fiscal_year: {first_month: 7}}\nclients:\n"


@pytest.fixture(scope="session")
def write_shop() -> Callable[..., Workspace]:
    """A function: a folder, plans (as `save` takes them), clients and years -> the workspace, opened.

    In every month a client has 20 orders (every second month 22; from 2024 on four more) of 10 DKK each, in turn from
    Google and from the newsletter, and 2 cancellations (from 2024 on 1) of 5 DKK from each of both. The orders go round
    12 customers, of whom one leaves and a new one comes every month. The fiscal year begins in July.
    """

    def shop(
        folder: Path,
        plans: Mapping[str, str],
        clients: Sequence[str] = ("a",),
        years: Sequence[int] = (2022, 2023, 2024),
    ) -> Workspace:
        folder.mkdir(parents=True, exist_ok=True)
        text = _WORKSPACE.format(first=years[0], last=years[-1])
        (folder / "workspace.yml").write_text(text, encoding="utf-8")
        lines = [f"  {client}: {{label: Client {client}}}\n" for client in clients]
        (folder / "clients.yml").write_text(_REGISTER + "".join(lines), encoding="utf-8")
        save(folder / "plans", **plans)
        with (folder / "sales.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("client", "day", "customer", "channel", "value", "cancelled"))
            writer.writerows((client, *row) for client in clients for row in _rows(years))
        return Workspace(folder)

    return shop


def _rows(years: Sequence[int]) -> Iterator[tuple[object, ...]]:
    months = [date(year, month, 1) for year in years for month in range(1, 13)]
    for at, month in enumerate(months):
        better = month.year >= 2024
        for order in range(20 + at % 2 * 2 + 4 * better):
            channel = ("google", "letter")[order % 2]
            yield month.replace(day=order + 1), at + order % 12, channel, "10.00", "false"
        for cancellation in range(2 if better else 4):
            yield month.replace(day=28), at, ("google", "letter")[cancellation % 2], "5.00", "true"
