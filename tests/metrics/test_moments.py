"""Moments of an experiment's units, against numpy's means and covariances of the same rows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpikit.metrics.moments import Sample, counted, moments
from kpikit.words.errors import RequestError
from tests.workspaces import LAWS, Sale, Shop, window

METRICS = ("revenue", "orders", "customers")
MARCH = window("2024-03-01", "2024-03-31")


def seen(folder: Path, *sales: Sale, of: object = MARCH) -> Sample:
    workspace = Shop(sales=sales).at(folder)
    metrics = [workspace.settings.model.metrics[name] for name in METRICS]
    place = "a", "sales", "customer", "channel", ("web", "phone")
    return moments(workspace.engine, workspace.settings.model, *place, metrics, of)


def test_each_unit_has_the_sum_of_its_rows(tmp_path: Path) -> None:
    found = seen(
        tmp_path,
        *(Sale("2024-03-01", "10.00", 1, "web"), Sale("2024-03-31", "5.50", 1, "web")),
        Sale("2024-03-02", "20.00", 2, "web"),
        Sale("2024-03-02", "8.00", 3, "web", cancelled=True),  # a unit without an order: 0 of each
        *(Sale("2024-03-03", "1.00", 4, "phone"), Sale("2024-03-04", "1.00", 4, "web")),  # saw both
        Sale("2024-03-03", "1.00", 5, "letter"),  # none of the planned
        Sale("2024-03-03", "1.00", None, "web"),  # nobody
        Sale("2024-02-29", "99.00", 2, "web"),  # before it
        Sale("2024-04-01", "99.00", 2, "web"),  # after it
        Sale("2024-03-03", "99.00", 6, "web", client="b"),
    )
    assert (found.mixed, found.other, found.unplanned, list(found.variants)) == (1, 1, ("letter",), ["web"])
    web = found.variants["web"]
    # revenue 15.5, 20, 0; orders 2, 1, 0; customers 1, 1, 0
    assert (web.units, web.means) == (3, pytest.approx({"revenue": 35.5 / 3, "orders": 1, "customers": 2 / 3}))
    expected = np.cov([[15.5, 20, 0], [2, 1, 0], [1, 1, 0]])
    assert web.covariances == pytest.approx(
        {(a, b): expected[i][j] for i, a in enumerate(METRICS) for j, b in enumerate(METRICS) if i <= j}
    )


def test_of_many_variants_that_are_not_planned_the_largest_are_named(tmp_path: Path) -> None:
    channels = ["c", "e", "e", "b", "b", "d", "a"]
    found = seen(tmp_path, *(Sale("2024-03-01", "1.00", at, channel) for at, channel in enumerate(channels)))
    assert (found.other, found.unplanned) == (7, ("b", "e", "a", "c"))


def test_large_values_lose_no_digits(tmp_path: Path) -> None:
    found = seen(tmp_path, *(Sale("2024-03-01", f"99999999{unit}.00", unit, "web") for unit in (1, 2, 3)))
    assert found.variants["web"].covariances["revenue", "revenue"] == pytest.approx(1.0)


@LAWS
@given(st.lists(st.tuples(st.integers(1, 6), st.sampled_from(["web", "phone"]), st.integers(0, 500)), max_size=30))
def test_the_units_are_those_of_the_rows(rows: list[tuple[int, str, int]]) -> None:
    sales = [Sale("2024-03-05", f"{pence / 100:.2f}", unit, channel) for unit, channel, pence in rows]
    with Shop(sales=sales).opened() as workspace:
        metrics = [workspace.settings.model.metrics[name] for name in METRICS]
        place = "a", "sales", "customer", "channel", ("web", "phone")
        found = moments(workspace.engine, workspace.settings.model, *place, metrics, MARCH)
    channels = {unit: {each for other, each, _ in rows if other == unit} for unit, _, _ in rows}
    assert found.mixed == sum(len(each) == 2 for each in channels.values())
    for channel in ("web", "phone"):
        units = [unit for unit, own in channels.items() if own == {channel}]
        values = [sum(pence for other, _, pence in rows if other == unit) / 100 for unit in units]
        assert (channel in found.variants) == bool(units)
        if units:
            assert found.variants[channel].units == len(units)
            assert found.variants[channel].means["revenue"] == pytest.approx(np.mean(values))
            spread = np.var(values, ddof=1) if len(units) > 1 else 0.0
            assert found.variants[channel].covariances["revenue", "revenue"] == pytest.approx(spread)


def counts(folder: Path, *sales: Sale) -> Sample:
    """The cancellations among the orders and cancellations of each channel, as counts."""
    workspace = Shop(sales=sales).at(folder)
    metrics = [workspace.settings.model.metrics[name] for name in ("cancellations", "orders")]
    place = "a", "sales", "channel", ("web", "phone")
    return counted(workspace.engine, workspace.settings.model, *place, metrics, "orders", MARCH)


def test_counts_are_units_of_which_each_is_in_it_or_not(tmp_path: Path) -> None:
    web = [Sale("2024-03-02", channel="web"), Sale("2024-03-04", channel="web", cancelled=True)]
    found = counts(tmp_path, *web * 2, *web[:1] * 2, *(Sale("2024-03-03", channel="letter"),))
    assert (list(found.variants), found.other, found.unplanned) == (["web"], 1, ("letter",))
    # 4 orders, 2 cancelled: a share of 0.5, whose variance over the units is 0.25 * 4 / 3
    assert found.variants["web"].units == 4
    assert found.variants["web"].means["cancellations"] == 0.5
    assert found.variants["web"].covariances["cancellations", "cancellations"] == pytest.approx(1 / 3)


def test_more_than_the_whole_is_refused(tmp_path: Path) -> None:
    web = [Sale("2024-03-02", channel="web"), *[Sale("2024-03-04", channel="web", cancelled=True)] * 2]
    with pytest.raises(RequestError, match="'web' counts 2 in cancellations and 1 in orders, of which"):
        counts(tmp_path, *web)
