"""Values of others in ``workspace.yml``: what is read, and what is refused in which words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kpikit.indicators.catalogue import CATALOGUE
from kpikit.plans.benchmarks import Benchmark, read_benchmarks
from kpikit.sources.strict import read
from kpikit.words.errors import SettingError

VALUE = "indicator: sales.average_order_value, kind: industry, name: Cafés, value: 49.5, source: Survey, on: 2025-11-01"
AMOUNT = "indicator: sales.revenue, kind: competitor, name: Harbour, value: 510000, source: Report, on: 2026-01-20"


def benchmarks(folder: Path, *entries: str, segments: list[str] | None = None) -> tuple[Benchmark, ...]:
    lines = "".join(f"\n  - {{{entry}}}" for entry in entries)
    (folder / "workspace.yml").write_text(f"schema: 1\nbenchmarks:{lines}\n", encoding="utf-8")
    top = read(folder / "workspace.yml")
    found = read_benchmarks(top, CATALOGUE, segments)
    top.finish()
    return found


def test_entries_are_read(tmp_path: Path) -> None:
    value, amount = benchmarks(tmp_path, VALUE, f"{AMOUNT}, per: month, segment: cafés", segments=["cafés"])
    assert value == Benchmark(
        "sales.average_order_value", "industry", "Cafés", 49.5, "Survey", date(2025, 11, 1), None, None
    )
    assert (amount.value, amount.per, amount.segment) == (510_000.0, "month", "cafés")
    share = VALUE.replace("sales.average_order_value", "web.bounce_rate").replace("49.5", "45 %")
    (rate,) = benchmarks(tmp_path, share)
    assert rate.value == 0.45


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (AMOUNT, "per"),
        (f"{VALUE}, per: month", "belongs to amounts and numbers; sales.average_order_value means the same"),
        (VALUE.replace("industry", "industri"), "Did you mean 'industry'?"),
        (VALUE.replace("average_order_value", "average_order_values"), "Did you mean 'sales.average_order_value'?"),
        (VALUE.replace("average_order_value", "revenue_growth"), "is a change over time; name the indicator"),
        (VALUE.replace("49.5", "49.500"), "has two readings"),
        (VALUE.replace("49.5", "45..50"), "is a range. Write one value"),
        (VALUE.replace("49.5", "5 %"), "does not fit the unit"),
        (VALUE.replace(", on: 2025-11-01", ""), "on"),
        (VALUE.replace("source: Survey, ", ""), "source"),
        (f"{VALUE}, segment: cafes", "Did you mean 'cafés'?"),
        (f"{VALUE}, url: x", "unknown key"),
    ],
)
def test_what_is_wrong_is_refused(entry: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(SettingError) as error:
        benchmarks(tmp_path, entry, segments=["cafés"])
    assert message in str(error.value) and "workspace.yml" in str(error.value)


def test_for_which_facts_an_entry_is(tmp_path: Path) -> None:
    (amount,) = benchmarks(tmp_path, f"{AMOUNT}, per: month, segment: cafés", segments=["cafés"])
    day = date(2026, 1, 20)
    assert amount.is_for("sales.revenue", "cafés", "month", day)
    assert not amount.is_for("sales.orders", "cafés", "month", day)
    assert not amount.is_for("sales.revenue", "bars", "month", day)
    assert not amount.is_for("sales.revenue", None, "month", day)
    assert not amount.is_for("sales.revenue", "cafés", "quarter", day)
    assert not amount.is_for("sales.revenue", "cafés", "month", date(2026, 1, 19))  # not known yet
