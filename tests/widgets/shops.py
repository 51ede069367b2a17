"""Shops of a year, whose folders widgets open."""

from __future__ import annotations

from pathlib import Path

from tests.workspaces import Sale, Shop, each_day, plan

KEEP = "{indicator: sales.orders, cadence: month, target: {kind: keep, value: 25}}"


def shop(folder: Path, **words: object) -> Path:
    """A year with a sale a day; of the first nine days of each month, one is cancelled, so that the share moves."""
    sales = each_day("2024-01-01", "2024-12-31")
    sales += [Sale(f"2024-{month:02}-{day:02}", cancelled=True)
              for month in range(1, 13) for day in range(1, 2 + month % 3)]  # fmt: skip
    return Shop(sales=sales, **words).at(folder / "shop").folder  # type: ignore[arg-type]


def shop_with_phone(folder: Path) -> Path:
    """A shop with one sale a day by web, and one every third day by phone."""
    phone = [Sale(sale.day, channel="phone") for sale in each_day("2024-01-01", "2024-12-31")[::3]]
    sales = [*each_day("2024-01-01", "2024-12-31"), *phone]
    return Shop(sales=sales, plans={"a/1": plan(KEEP)}).at(folder / "shop").folder
