"""The driver tree of a workspace's KPIs: the figures of the evaluation, the existing attribution, and what-ifs."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

import kpikit
from kpikit.charts.kpi_boxes import BOX, WIDEST, boxes
from kpikit.words.errors import UsageError
from kpikit.workspace.explore.driver_tree import TreeView
from tests.workspaces import Sale, Shop, plan, sample

REVENUE = "{indicator: sales.revenue, cadence: month, target: {kind: keep, value: 300}}"
WEB = "{indicator: sales.revenue, member: {channel: web}, cadence: month, target: {kind: keep, value: 100}}"
RATE = "{indicator: sales.cancellation_rate, cadence: month, target: {kind: keep, value: 20 %}}"
NEW = "{indicator: customers.new_customers, cadence: month}"


def month(number: int, count: int, value: str, channel: str = "web", cancelled: bool = False) -> list[Sale]:
    return [Sale(f"2024-{number:02}-{1 + at % 28:02}", value, at, channel, cancelled) for at in range(count)]


# January: 20 orders of 10.00; February: 12 on the web and 4 by phone, all of 12.00; cancelled 5 and 4
SALES = [*month(1, 20, "10.00"), *month(2, 12, "12.00"), *month(2, 4, "12.00", "phone"),
         *month(1, 5, "10.00", cancelled=True), *month(2, 4, "12.00", cancelled=True)]  # fmt: skip
PLANS = {"default/1": plan(REVENUE, WEB, RATE, NEW, pis="[sales.orders, customers.customers]")}
SHOP = Shop(SALES, covers="2024-01-01..2024-02-29", plans=PLANS, clients=["a"], comparisons="[previous_period]")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return SHOP.at(tmp_path_factory.mktemp("shop")).folder


def view(folder: Path, kpi: str, **words: object) -> TreeView:
    return kpikit.open(folder).client("a").driver_tree(kpi, "2024-02", language="en", **words)  # type: ignore[arg-type]


def test_the_parts_have_the_figures_and_effects_of_the_attribution(folder: Path) -> None:
    """20 x 10.00 = 200 -> 16 x 12.00 = 192: orders -4 x 11.00 = -44, value +2.00 x 18 = +36."""
    shown = view(folder, "sales.revenue")
    assert shown.tree is not None and shown.found is not None
    root = shown.tree.root
    assert (root.value, root.before, root.effect) == (192, 200, -8)
    parts = {node.name: (node.value, node.before, node.effect) for node in root.under}
    assert parts == {"sales.orders": (16, 20, pytest.approx(-44)),
                     "sales.average_order_value": (12, 10, pytest.approx(36))}  # fmt: skip
    review = kpikit.open(folder).client("a").evaluate("2024-02").evaluation.fact("sales.revenue")
    drivers = {each.name: each.value for each in review.drivers[0].drivers}
    assert drivers == {node.name: node.effect for node in root.under}
    assert [fact.indicator for fact in shown.others] == ["customers.customers"]  # a PI that no equation joins


def test_what_if_goes_through_the_expression_and_the_target(folder: Path) -> None:
    shown = view(folder, "sales.revenue", moves={"sales.orders": "+25 %"})
    assert shown.found is not None and shown.found.value == 20 * 12
    assert shown.found.needs["sales.average_order_value"].value == pytest.approx(15)  # 300 / 20
    assert shown.sentences() == [
        "Revenue, February 2024: £192.00",
        "Revenue = Orders × Average order value",
        "With Orders 20 (+25.0%), Revenue would be £240.00 (+£48.00).",
        "That is −£60.00 from the target of the period, £300.00.",
    ]
    again = view(folder, "sales.revenue", moves={"sales.orders": "+25 %"})
    assert again == shown and view(folder, "sales.revenue") != shown


def test_a_kpi_of_one_member_has_the_figures_of_that_member(folder: Path) -> None:
    shown = view(folder, "sales.revenue[channel=web]", moves={"sales.orders": "15"})
    assert shown.tree is not None and shown.found is not None
    assert {name: node.value for name, node in shown.tree.drivers.items()} == {
        "sales.orders": 12, "sales.average_order_value": 12}  # fmt: skip
    assert shown.found.value == 180 and "That meets the target" in str(shown)


def test_a_rate_is_made_of_the_metrics_in_its_formula(folder: Path) -> None:
    """4 of 16 are cancelled, 25 %; at 16 orders 20 % are 3.2, so that 3 are needed, and 4 are a fifth of 20."""
    shown = view(folder, "sales.cancellation_rate")
    assert shown.tree is not None and shown.found is not None
    assert shown.tree.method == "formula" and shown.fact.value.value == 0.25
    assert {name: need.value for name, need in shown.found.needs.items()} == {"cancellations": 3, "orders": 20}
    assert "Cancellations" in shown.picture().text


def test_a_kpi_that_is_made_of_nothing_says_so(folder: Path) -> None:
    shown = view(folder, "customers.new_customers")
    assert shown.tree is None and "there is nothing that it could be calculated from" in str(shown)
    with pytest.raises(UsageError, match="nothing that it could be calculated from"):
        view(folder, "customers.new_customers", moves={"orders": "+5 %"})


@pytest.mark.parametrize(
    ("moves", "said"),
    [
        ({"sales.order": "+5 %"}, "must be one of sales.orders, sales.average_order_value"),
        ({"sales.orders": "5 more"}, "sales.orders: '5 more' is not understood"),
        ({"sales.orders": "-200 %"}, "would put it below 0"),
    ],
)
def test_moves_that_cannot_be_are_refused_in_words(moves: dict[str, str], said: str, folder: Path) -> None:
    with pytest.raises(UsageError, match=said):
        view(folder, "sales.revenue", moves=moves)


def test_a_period_without_figures_has_a_tree_and_a_reason(tmp_path: Path) -> None:
    folder = Shop(month(1, 5, "10.00"), covers="2024-01-01..2024-02-29", clients=["a"], plans=PLANS).at(tmp_path).folder
    shown = view(folder, "sales.revenue")
    assert shown.tree is not None and shown.tree.reason == "no_denominator" and shown.found is None
    assert "Nothing can be moved here: nothing to divide by." in str(shown)


@pytest.mark.parametrize(
    ("name", "client", "kpi"),
    [
        ("shop", "united-kingdom", "sales.revenue"),
        ("shop", "denmark", "sales.cancellation_rate"),
        ("hospitals", "RF4", "emergency.share_within_four_hours"),
        ("publisher", "upworthy", "web.pages_per_session"),
        ("agency", "brynje", "sales.revenue"),
        ("agency", "rugmark", "production.oee"),
        ("agency", "kvartal", "finance.lifetime_value_per_acquisition_cost"),
        ("agency", "maskegarn", "satisfaction.nps"),
        ("agency", "kysthjelpen", "charity.funds_raised"),  # by an identity that the workspace declares
    ],
)
def test_on_the_samples_effects_add_up_and_what_is_needed_is_enough(name: str, client: str, kpi: str) -> None:
    one = sample(name).client(client)
    shown = one.driver_tree(kpi)
    assert shown.tree is not None and shown.found is not None and shown.tree.change is not None
    for node in shown.tree.root.all():
        effects = [each.effect for each in node.under]
        assert node.effect is not None
        assert not effects or math.fsum(map(float, effects)) == pytest.approx(node.effect)  # type: ignore[arg-type]
    for driver, need in shown.found.needs.items():
        if need.reason is None and need.value is not None:
            node = shown.tree.drivers[driver]
            text = f"{need.value * 100:.12f} %" if node.unit.key == "share" else f"{need.value:.12f}"
            assert "meets the target" in str(one.driver_tree(kpi, moves={driver: text}, language="en"))


def test_a_kpi_of_which_a_part_has_no_file_is_told_though_its_other_parts_are_known() -> None:
    shown = sample("agency").client("kvartal").driver_tree("sales.net_revenue", language="en")
    assert shown.fact.value.reason == "no_file" and "the source has no file or account of this client" in str(shown)
    clicks = sample("agency").client("kvartal").driver_tree("ads.clicks", language="en")  # it has no reach to split by
    assert clicks.tree is not None and list(clicks.tree.drivers) == ["ads.impressions", "ads.click_through_rate"]


def test_boxes_grow_where_a_text_would_be_cut_and_there_is_room() -> None:
    kvartal = sample("agency").client("kvartal")
    shown = kvartal.driver_tree("marketing.cost_per_lead", language="da")
    placed = boxes(shown._scene, narrow=False)
    assert not any(line.text.endswith("…") for box in placed for line in box.lines)
    assert placed[0].width > BOX and max(box.x + box.width for box in placed) <= WIDEST


def test_a_step_has_the_decimals_of_the_kpi_and_is_not_rounded_to_nothing() -> None:
    agency = sample("agency")
    churn = agency.client("kvartal").driver_tree("subscription.gross_revenue_churn", "2026-02", language="en")
    # (3,230 + 10,630) / 1,281,280 = 1.08 %; a hundredth of 3,230 more is 0.0025 points
    assert [row.split("+1%: ")[1].split("  ")[0] for row in str(churn.drivers()).splitlines()[1:]] == [
        "+0.003 pp", "+0.01 pp", "\N{MINUS SIGN}0.01 pp",
    ]  # fmt: skip
    moved = agency.client("kvartal").driver_tree(
        "subscription.gross_revenue_churn", "2026-02", moves={next(iter(churn.tree.drivers)): "+1 %"}, language="en"
    )
    assert "would be 1.08% (+0.003 pp)." in str(moved)
    share = agency.client("rugmark").driver_tree("market.market_share", language="en")
    assert "+1%: +0.09 pp" in str(share.drivers())  # of 9.38 %
