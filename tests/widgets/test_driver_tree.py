"""The driver tree, driven as a kernel sees it: slide, type, choose another KPI, look at the tree."""

from __future__ import annotations

from pathlib import Path

import pytest

import kpikit
from kpikit.widgets import DriverTree
from tests.widgets.cells import run
from tests.workspace.test_driver_tree import SHOP
from tests.workspaces import sample


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return SHOP.at(tmp_path_factory.mktemp("shop")).folder


@pytest.fixture
def tree(folder: Path) -> DriverTree:
    return DriverTree(folder, language="en")


def test_it_begins_with_the_first_kpi_that_has_a_tree(tree: DriverTree) -> None:
    assert tree.value is not None and tree.kpi.value == "sales.revenue"
    assert list(tree.drivers) == ["sales.orders", "sales.average_order_value"] and tree.moves == {}
    assert len(tree.box.children) == 3 and "<svg" in tree.shown.value
    assert run(tree.code) == tree.value


def test_slider_and_field_follow_each_other(tree: DriverTree) -> None:
    orders = tree.drivers["sales.orders"]
    orders.slider.value = 25
    assert orders.text.value == "+25 %" and tree.value.found.value == 240
    assert "With Orders 20 (+25.0%), Revenue would be £240.00" in tree.shown.value
    assert run(tree.code) == tree.value
    orders.text.value = "12"  # of 16
    assert orders.slider.value == -25 and orders.text.value == "12" and tree.value.found.value == 144
    orders.text.value = "+200 %"
    assert orders.slider.value == orders.slider.max and orders.text.value == "+200 %"
    assert tree.value.found.value == 576
    orders.slider.value = 0
    assert orders.text.value == "" and tree.moves == {}


def test_a_browser_that_puts_the_slider_on_a_step_changes_nothing_that_was_typed(tree: DriverTree) -> None:
    orders = tree.drivers["sales.orders"]
    orders.text.value = "+10.4 %"
    assert orders.slider.step == 1 and orders.slider.value == pytest.approx(10.4)
    orders.slider.value = 10.0  # what the browser sends back
    assert orders.text.value == "+10.4 %"
    orders.slider.value = 11.0  # a person's step
    assert orders.text.value == "+11 %"


def test_back_to_the_figures(tree: DriverTree) -> None:
    before = tree.value
    for driver in tree.drivers.values():
        driver.slider.value = 10
    assert tree.value != before and len(tree.moves) == 2
    tree.back.click()
    assert tree.value == before and [each.slider.value for each in tree.drivers.values()] == [0, 0]


def test_what_cannot_be_read_is_said_in_words_and_the_controls_stay(tree: DriverTree) -> None:
    orders = tree.drivers["sales.orders"]
    orders.text.value = "lots"
    assert tree.value is None and "&#x27;lots&#x27; is not understood" in tree.shown.value
    assert tree.box.children and "Traceback" not in tree.shown.value
    orders.text.value = "+5 %"
    assert tree.value is not None


def test_another_kpi_has_its_own_drivers(tree: DriverTree) -> None:
    tree.drivers["sales.orders"].slider.value = 10
    tree.kpi.choose("sales.cancellation_rate")
    assert list(tree.drivers) == ["cancellations", "orders"] and tree.moves == {}
    tree.kpi.choose("customers.new_customers")
    assert tree.drivers == {} and tree.box.children == ()
    assert "there is nothing that it could be calculated from" in tree.shown.value
    assert run(tree.code) == tree.value


def test_a_share_moves_in_percentage_points(folder: Path) -> None:
    oee = DriverTree(sample("agency").folder, "rugmark", "production.oee", language="en")
    quality = oee.drivers["production.quality_rate"]
    quality.slider.value = -2
    assert quality.text.value == "-2 pp" and oee.value.found.moved == pytest.approx({"production.quality_rate":
        quality.node.value - 0.02})  # fmt: skip
    assert quality.node.value + quality.slider.max / 100 <= 1.01  # never far above 100 %


def test_a_share_is_moved_as_the_reader_writes_it() -> None:
    tree = DriverTree(sample("agency").folder, "rugmark", "production.oee", language="da")
    quality = tree.drivers["production.quality_rate"]
    assert quality.text.placeholder.endswith("+0,5 %-point")
    quality.slider.value = -2
    assert quality.text.value == "-2 %-point"
    quality.text.value = "-0,5 %-point"
    assert tree.moves == {"production.quality_rate": "-0.5 pp"} and quality.slider.value == pytest.approx(-0.5)
    assert run(tree.code) == tree.value


def test_it_names_what_there_is(folder: Path) -> None:
    trees = DriverTree(folder, "nobody"), DriverTree(folder, kpi="sales.revenu")
    for tree, named in zip(trees, ("nobody", "sales.revenue"), strict=True):
        assert tree.value is None and 'role="alert"' in tree.shown.value and named in tree.shown.value


@pytest.mark.parametrize(("language", "said"), [("da", "Omsætning"), ("nb", "Omsetning")])
def test_it_speaks_the_language(language: str, said: str, folder: Path) -> None:
    tree = DriverTree(folder, language=language)
    assert said in tree.shown.value and tree.back.description != "Back to the figures as they are"


def test_what_no_source_has_of_the_client_is_not_offered() -> None:
    """Kvartal has no shop: neither orders nor cancellations are there."""
    offered = [id for _, id in DriverTree(kpikit.samples() / "agency", "kvartal").kpi.options]
    assert "subscription.mrr" in offered and not {"sales.net_revenue", "sales.average_order_value"} & {*offered}
