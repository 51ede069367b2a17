"""A shop whose target is met too easily, so that its plan is to be changed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from tests.workspaces import Sale, Shop, plan

EASY = "{indicator: sales.orders, cadence: month, target: {kind: keep, value: 10}}"
ACTIONS = "    actions: [{what: More posters, who: Bo, due: 2024-06-30}]\n"
RAISE = "raise_target:sales.orders"


def sales() -> list[Sale]:
    """Orders each month of 2024: 20 to 22 in the first half, 26 to 28 in the second."""
    found = []
    for month in range(1, 13):
        number = 20 + month % 3 + (6 if month > 6 else 0)
        found += [Sale(str(date(2024, month, 1) + timedelta(days=at))) for at in range(number)]
    return found


def easy_shop(folder: Path) -> Path:
    """Two clients on the default plan, with a target that is always met and an action in the middle of the year."""
    text = plan(EASY) + ACTIONS
    return Shop(sales=sales(), plans={"default/1": text}).at(folder).folder
