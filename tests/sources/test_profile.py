"""What a source holds, counted, against rows that can be counted by eye."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kpikit.sources.engine import Engine
from kpikit.sources.profile import ClientRows, Profile, profile
from tests.workspaces import WEEKDAYS, Sale, Shop

D = date.fromisoformat


def profiled(folder: Path, shop: Shop) -> Profile:
    source = shop.at(folder).settings.model.sources["sales"]
    with Engine() as engine:
        engine.load(source)
        return profile(engine, source)


def test_rows_are_counted_by_client_and_slot(tmp_path: Path) -> None:
    # 2024-01-06 is a Saturday, on which the shop is closed; the second row of 2 January is the first one again
    rows = [
        Sale("2024-01-02"), Sale("2024-01-02"), Sale("2024-01-02", "11.00"), Sale("2024-01-06"),
        Sale("2024-01-05", client="c"),
    ]  # fmt: skip
    assert profiled(tmp_path, Shop(rows, open=WEEKDAYS)) == Profile(
        rows=5,
        repeated=1,
        closed=1,
        again=(1,),
        slots=(D("2024-01-02"), D("2024-01-05")),
        clients={
            "a": ClientRows(4, D("2024-01-02"), D("2024-01-06"), 1),
            "c": ClientRows(1, D("2024-01-05"), D("2024-01-05"), 1),
        },
    )


@pytest.mark.parametrize(
    ("every", "slots"),
    [
        ("day", ["2024-01-31", "2024-02-01", "2024-02-04"]),
        ("week", ["2024-01-29"]),  # Monday 29 January to Sunday 4 February
        ("month", ["2024-01-01", "2024-02-01"]),
    ],
)
def test_slots_are_those_of_the_source(tmp_path: Path, every: str, slots: list[str]) -> None:
    covers = "2024-01-01..2024-12-29" if every == "week" else "2024-01-01..2024-12-31"
    rows = [Sale(day) for day in ("2024-01-31", "2024-02-01", "2024-02-04")]
    found = profiled(tmp_path, Shop(rows, every=every, covers=covers))
    assert found.slots == tuple(map(D, slots))
    assert (found.clients["a"].slots, found.closed) == (len(slots), 0)


def test_a_header_alone_has_nothing(tmp_path: Path) -> None:
    assert profiled(tmp_path, Shop([])) == Profile(0, 0, 0, (), {})
