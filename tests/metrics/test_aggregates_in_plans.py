"""Averages and ready-made values in plans and evaluations: which targets they can have, and what they mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest

from kpikit.evaluation.scope import SERIES_LENGTH
from kpikit.words.errors import SettingError
from kpikit.workspace import Workspace
from kpikit.workspace.check import check
from tests.workspaces import Sale, Shop, plan

# In plans and evaluations.

MONTHS = [f"2023-{month:02}" for month in range(1, 13)]


def by_month(plans: dict[str, str], rows: Sequence[Sale], kind: str = "aggregates") -> Shop:
    return Shop(rows, kind=kind, covers="2023-01-01..2023-12-31", plans=plans)


@contextmanager
def as_orders(shop: Shop, orders: str) -> Iterator[Workspace]:
    """The shop with another metric in the place of "orders", so that the catalogue's indicators are made of it."""
    with TemporaryDirectory() as place:
        shop.at(Path(place))
        file = Path(place) / "workspace.yml"
        lines = file.read_text(encoding="utf-8").splitlines()
        lines = [f"  orders: {orders}" if line.startswith("  orders:") else line for line in lines]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        yield Workspace(place)


EVERY_DAY = [Sale(str(day.date()), "8.00") for day in pd.date_range("2023-01-01", "2023-12-31")]
READY = "{source: sales, value: customer, unit: count}"
DAILY_MEAN = "{source: sales, mean: customer, unit: count}"


def kpi(cadence: str, target: str, baseline: str = "2023-01") -> dict[str, str]:
    written = f"{{indicator: sales.orders, cadence: {cadence}, baseline: {baseline}, target: {target}}}"
    return {"default/1": plan(written, in_force_from="2023-01-01")}


def test_a_plan_on_a_ready_made_value_of_longer_periods_is_refused() -> None:
    shop = by_month(kpi("month", "{kind: keep, value: 2}"), EVERY_DAY)
    with as_orders(shop, READY) as workspace, pytest.raises(SettingError) as error:
        workspace.evaluate("a")
    assert str(error.value).endswith(
        "sales.orders: orders is known for each day alone, which does not add up to a month. Use 'cadence: day', or a "
        "metric with 'mean: customer', which is the average day."
    )


def test_a_plan_on_the_days_themselves_is_judged() -> None:
    plans = kpi("day", "{kind: keep, value: 2}", baseline="2023-01-01")
    with as_orders(by_month(plans, EVERY_DAY), READY) as workspace:
        (fact,) = workspace.evaluate("a", "2023-12-31").kpis
        assert (fact.value.value, fact.status) == (1, "missed")
        (fact,) = workspace.evaluate("a", "2023-12").kpis
        assert (fact.value.value, fact.status, fact.status_reason) == (None, "cannot_be_judged", "not_additive")
        assert {point.value.reason for point in fact.series.points} == {"not_additive"}
        assert len(fact.series.points) <= SERIES_LENGTH


@pytest.mark.parametrize("orders", [READY, DAILY_MEAN, "{source: sales, max: customer, unit: count}"])
def test_what_does_not_add_up_has_no_cumulative_target(orders: str) -> None:
    plans = kpi("month", "{kind: cumulative, value: 400, over: 2023}", baseline="2022")
    refused = pytest.raises(SettingError, match=r"orders is counted anew for each period and does not add up")
    with as_orders(by_month(plans, EVERY_DAY), orders) as workspace, refused:
        workspace.evaluate("a")


def test_an_average_has_changes_and_targets_and_means_the_same_in_any_length() -> None:
    rows = [Sale(sale.day, "1.00", customer=int(sale.day[5:7])) for sale in EVERY_DAY]  # January: 1 a day, February: 2
    plans = kpi("month", "{kind: keep, value: 11}")
    with as_orders(by_month(plans, rows), DAILY_MEAN) as workspace:
        (fact,) = workspace.evaluate("a", "2023-12").kpis
        assert (fact.value.value, fact.status) == (12, "met")
        (before,) = [change for change in fact.changes if change.against == "previous_period"]
        assert (before.base, before.absolute) == (11, 1)
        (quarter,) = workspace.evaluate("a", "2023-Q4").kpis
        assert quarter.value.value == pytest.approx((31 * 10 + 30 * 11 + 31 * 12) / 92)  # each day counts once
        assert quarter.status == "met"  # 11.01


CUT = "'cadence: {}' would cut such periods in two. Use 'cadence: {}'."
WITHIN = (
    "'over: {}' begins or ends within such a period. Use 'kind: keep' with 'cadence: {}', or a source with "
    "'every: day'."
)


@pytest.mark.parametrize(
    ("every", "cadence", "target", "sentence"),
    [
        ("month", "week", "{kind: keep, value: 2}", CUT.format("week", "month")),
        ("month", "day", "{kind: keep, value: 2}", CUT.format("day", "month")),
        ("week", "month", "{kind: keep, value: 2}", CUT.format("month", "week")),
        ("week", "week", "{kind: cumulative, value: 9, over: 2024}", WITHIN.format("2024", "week")),
        ("month", "month", "{kind: cumulative, value: 9, over: 2023-W10}", WITHIN.format("2023-W10", "month")),
        ("week", "week", "{kind: cumulative, value: 9, over: 2023-W10}", None),
        ("month", "quarter", "{kind: cumulative, value: 9, over: 2024}", None),
        ("day", "week", "{kind: cumulative, value: 9, over: 2024}", None),
    ],
)
def test_a_plan_that_cuts_what_a_source_has_is_refused(
    tmp_path: Path, every: str, cadence: str, target: str, sentence: str | None
) -> None:
    written = f"{{indicator: sales.orders, cadence: {cadence}, target: {target}}}"
    plans = {"default/1": plan(written, in_force_from="2023-01-02")}
    begins = "2023-01-02" if every == "week" else "2023-01-01"  # 2023 begins on a Sunday, 2024 ends on a Tuesday
    rows, covers = [Sale("2023-02-06")], f"{begins}..2023-12-31"
    Shop(rows, kind="aggregates", every=every, covers=covers, plans=plans).at(tmp_path)
    told = f"sales.orders: the source of orders says 'every: {every}', and {sentence}"
    assert [each.partition("line 8, ")[2] for each in check(tmp_path).errors] == ([told] if sentence else [])
