"""A client's own `bind`: which of the workspace's metrics is meant, for this client alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpikit.words.errors import RequestError, SettingError
from kpikit.workspace import Workspace
from kpikit.workspace.check.examine import examine
from tests.workspaces import Sale, Shop

KRONER = (
    "  kroner: {source: sales, filter: order, sum: value, unit: money, currency: NOK, label: {en: takings}}\n"
    "  taken_back: {source: sales, filter: cancellation, sum: -value, unit: money, currency: NOK}\n"
)
IN_KRONER = "bind: {revenue: kroner, cancelled_value: taken_back}"
SALES = [Sale("2024-01-05", "10.00"), Sale("2024-01-06", "30.00", client="b"), Sale("2024-01-07", "2.00", client="b")]


def workspace(folder: Path, own: str, more: str = KRONER) -> Workspace:
    """Two clients, the second of which has settings of its own."""
    Shop(SALES, covers="2024-01-01..2024-01-31", more=more).at(folder)
    file = folder / "clients.yml"
    text = file.read_text(encoding="utf-8").replace("{label: Client B}", f"{{label: Client B, {own}}}")
    file.write_text(text, encoding="utf-8")
    return Workspace(folder)


def test_each_client_has_its_own_metric_and_currency(tmp_path: Path) -> None:
    opened = workspace(tmp_path / "shop", IN_KRONER)
    found = opened.evaluate_all(period="2024-01")
    values = {key: each.fact("sales.average_order_value") for key, each in found.items()}
    assert {key: (fact.value.value, fact.currency) for key, fact in values.items()} == {
        "a": (10.0, "GBP"),  # 10 in one order
        "b": (16.0, "NOK"),  # 30 and 2 in two
    }
    card = opened.client("b").evaluate("2024-01").definitions()
    assert "takings / orders" in str(card)
    assert "takings" not in str(opened.client("a").evaluate("2024-01").definitions())


def test_a_review_names_what_drives_a_kpi_as_the_clients_own_metric(tmp_path: Path) -> None:
    opened = workspace(tmp_path / "shop", IN_KRONER)
    (tmp_path / "shop/plans/b").mkdir(parents=True)
    kpi = "{indicator: sales.average_order_value, cadence: day, target: {kind: keep, value: 50}}"
    goal = f"{{statement: More., level: organisation, kpis: [{kpi}]}}"
    text = f"schema: 1\nin_force_from: 2024-01-01\ngoals: {{more: {goal}}}\n"
    (tmp_path / "shop/plans/b/1.yml").write_text(text, encoding="utf-8")
    told = str(opened.client("b").evaluate("2024-01-07").attention())
    assert "NOK" in told and "GBP" not in told


def test_a_slice_says_the_same(tmp_path: Path) -> None:
    opened = workspace(
        tmp_path / "shop", "bind: {sales: {revenue: kroner, cancelled_value: taken_back}, revenue: kroner}"
    )
    opened.save_slice(tmp_path / "slice", ["b"], "2024-01", None)
    assert Workspace(tmp_path / "slice").evaluate("b", "2024-01") == opened.evaluate("b", "2024-01")


def test_it_goes_before_that_of_the_workspace(tmp_path: Path) -> None:
    more = KRONER + "  paid: {source: sales, sum: value, unit: money, currency: GBP}\nbind: {revenue: paid}\n"
    settings = workspace(tmp_path / "shop", "bind: {sales.revenue: {revenue: kroner}}", more).settings
    assert [settings.indicators_of(key)["sales.revenue"].metrics for key in "ab"] == [("paid",), ("kroner",)]
    assert settings.indicators_of("b")["sales.revenue_growth"].metrics == ("paid",)


def test_what_one_client_alone_can_have_counts_as_computed(tmp_path: Path) -> None:
    opened = workspace(tmp_path / "shop", "bind: {leads: calls}", "  calls: {source: sales, count: rows}\n")
    assert "pipeline.leads" not in opened.settings.measured("a")
    assert "pipeline.leads" in opened.settings.measured("b")
    found = examine(tmp_path / "shop")
    assert "pipeline.leads" in found.computed and "pipeline.leads" not in found.lacking
    assert found.unused == ()


def test_amounts_in_two_currencies_are_refused(tmp_path: Path) -> None:
    opened = workspace(tmp_path / "shop", "bind: {revenue: kroner}")
    with pytest.raises(RequestError) as error:
        opened.evaluate("b", "2024-01")
    assert str(error.value) == "sales.net_revenue mixes the currencies GBP, NOK; its metrics must be in one."


@pytest.mark.parametrize(
    ("bind", "sentence"),
    [
        ("{revenu: kroner}", "bind.revenu: name == 'revenu', must be "),
        ("{revenue: krone}", "bind.revenue: metric == 'krone', must be one of revenue, "),
        ("{orders: revenue}", "bind: sales.average_order_value would take revenue both for revenue and for orders."),
    ],
)
def test_a_wrong_name_is_refused_with_its_place(tmp_path: Path, bind: str, sentence: str) -> None:
    with pytest.raises(SettingError) as error:
        workspace(tmp_path / "shop", f"bind: {bind}")
    assert f"clients.yml, line 5, clients.b.{sentence}" in str(error.value)
    assert {*error.value.said(lambda template, **values: "said").rpartition(": ")[2].split()} == {"said"}


# A client that some sources have nothing of.

TWO = """schema: 1
name: Two
sources:
  till: {file: "till/{client}.csv", format: csv, dialect: {decimal: "."}, kind: events, every: day,
         covers: 2024-01-01..2024-01-31, time: day, columns: {day: date, value: {type: decimal, scale: 2}}}
  deals: {file: "deals/{client}.csv", format: csv, dialect: {decimal: "."}, kind: events, every: day,
          covers: 2024-01-01..2024-01-31, time: day, columns: {day: date, value: {type: decimal, scale: 2}}}
metrics:
  revenue: {source: till, sum: value, unit: money, currency: DKK}
  won_deals: {source: deals, count: rows}
"""
PLAN = """schema: 1
in_force_from: 2024-01-01
goals: {more: {statement: More deals., level: organisation, pis: [pipeline.won_deals]}}
"""


@pytest.mark.parametrize("planned", [False, True])
def test_a_report_leaves_out_what_the_client_has_no_source_of_unless_it_is_planned(
    tmp_path: Path, planned: bool
) -> None:
    for name in ("till/a.csv", "till/b.csv", "deals/b.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"day,value\n2024-01-05,{len(name)}{name[-5] == 'b':d}.00\n", encoding="utf-8")
    (tmp_path / "workspace.yml").write_text(TWO, encoding="utf-8")
    (tmp_path / "clients.yml").write_text("schema: 1\nclients: {a: {}, b: {}, c: {}}\n", encoding="utf-8")
    if planned:
        (tmp_path / "plans/a").mkdir(parents=True)
        (tmp_path / "plans/a/1.yml").write_text(PLAN, encoding="utf-8")
    found = Workspace(tmp_path).evaluate_all(period="2024-01")
    ids = {key: {fact.indicator: fact.value.reason for fact in each.facts} for key, each in found.items()}
    assert ids["a"].get("pipeline.won_deals") == ("no_file" if planned else None)
    assert set(ids["a"]) - {"pipeline.won_deals"} == {"sales.revenue", "sales.revenue_growth"}
    assert set(ids["b"]) == {"sales.revenue", "sales.revenue_growth", "pipeline.won_deals"}
    assert (set(ids["c"]), ids["c"]["sales.revenue"]) == (set(ids["b"]), "no_file")  # its report says why it is empty
