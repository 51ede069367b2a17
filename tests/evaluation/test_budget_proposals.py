"""Proposals to move budget: to where things cost less, and to the channel that is short of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kpikit.evaluation.facts import Part, Value
from kpikit.evaluation.proposals.choice import Choice
from kpikit.evaluation.proposals.find import proposals
from kpikit.evaluation.proposals.proposal import Proposal, edited, proposal_words
from kpikit.indicators.framework import Direction
from kpikit.plans.read import whole
from kpikit.words.errors import SettingError
from kpikit.words.language import Language
from kpikit.words.units import COUNT, MONEY, RATIO
from tests.evaluation.scenes import keep, scene
from tests.workspaces import Sale, Shop, each_day, plan

FOR_ONES_OWN_NAME = "and of ads for one's own name or to former visitors much would have come anyway."
"""What both ways to compare channels warn of: people who would have come without the ad make it look cheap."""


def price(channel: str, cost: float, bought: float) -> Part:
    return Part("channel", channel, Value(cost / bought, numerator=cost, denominator=bought))


def priced(
    folder: Path, parts: tuple[Part, ...], value: Value, id: str = "marketing.cost_per_acquisition"
) -> list[Proposal]:
    """The proposals to move budget by the prices of these parts, of a figure that is a PI of the plan."""
    found = scene(folder, keep(90))
    goals = (replace(found.plan.goals[0], pis=(id,)),)
    found = replace(found, plan=replace(found.plan, goals=goals))
    spent = replace(found.evaluation.facts[0], indicator=id, unit=MONEY, parts=parts, role="pi", value=value)
    spent = replace(spent, better=Direction.LOWER, currency="DKK")
    proposed = proposals(replace(found, evaluation=replace(found.evaluation, facts=(*found.evaluation.kpis, spent))))
    return [each for each in proposed if each.kind == "move_budget"]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((price("web", 4000, 100), price("phone", 9000, 100)), True),  # 40 against 90
        ((price("web", 4000, 100), price("phone", 5000, 100)), False),  # 1.25 times is not much
        ((price("web", 400, 10), price("phone", 900, 10)), False),  # ln 2.25 = 0.81 < 1.96 * sqrt(0.2) = 0.88: chance
        ((price("web", 4000, 100), price("phone", 900, 5)), False),  # too few bought
        ((price("web", 4000, 100),), False),
    ],
)
def test_budget_moves_to_where_it_buys_more(tmp_path: Path, parts: tuple[Part, ...], expected: bool) -> None:
    moves = priced(tmp_path, parts, Value(65.0))
    assert [each.id for each in moves] == ["move_budget:marketing.cost_per_acquisition"] * expected
    for move in moves:
        names = {"grow": "Grow.", "marketing.cost_per_acquisition": "Cost per acquisition", "channel=web": "Web"}
        title, reason = proposal_words(move, names, Language("en"))
        assert title == "Move budget from phone to Web: Cost per acquisition"
        assert reason.startswith("phone costs DKK\xa090.00, Web DKK\xa040.00, which is more than chance explains.")
        assert reason.endswith(FOR_ONES_OWN_NAME)


def test_platforms_that_claim_the_same_orders_have_no_prices_to_compare(tmp_path: Path) -> None:
    parts = price("web", 4000, 100), price("phone", 9000, 100)
    assert priced(tmp_path, parts, Value(None, reason="overlapping")) == []


def returned(channel: str, value: float | None, cost: float = 1000.0) -> Part:
    parts = None if value is None else value * cost
    return Part("channel", channel, Value(value, None, None if value else "no_data", 1, 1, parts, cost))


def bought(channel: str, number: float) -> Part:
    return Part("channel", channel, Value(number))


@pytest.mark.parametrize(
    ("web", "phone", "numbers", "expected"),
    [
        (4.0, 2.0, (50, 50), ["move_to_return:ads.return_on_ad_spend"]),  # ln 2 = 0.69 > 1.96 * sqrt(4 / 50) = 0.55
        (4.0, 2.0, (30, 30), []),  # 1.96 * sqrt(4 / 30) = 0.72
        (4.0, 3.0, (900, 900), []),  # 1.33 times is not much
        (4.0, 1.0, (900, 9), []),  # too few to tell
        (4.0, None, (900, 900), []),
    ],
)
def test_budget_moves_to_where_it_brings_back_more(
    tmp_path: Path, web: float, phone: float | None, numbers: tuple[int, int], expected: list[str]
) -> None:
    parts = returned("web", web), returned("phone", phone)
    found = with_returns(tmp_path, parts, Value(3.0), (bought("web", numbers[0]), bought("phone", numbers[1])))
    assert [each.id for each in found] == expected
    for move in found:
        names = {"grow": "Grow.", "ads.return_on_ad_spend": "Return on ad spend", "channel=web": "Web"}
        title, reason = proposal_words(move, names, Language("en"))
        assert title == "Move budget from phone to Web: Return on ad spend"
        assert reason.startswith(
            "What is spent on Web comes back 4.00 times, what is spent on phone 2.00 times, which "
        )
        assert reason.endswith(FOR_ONES_OWN_NAME)


@pytest.mark.parametrize(("web", "kept"), [(4.0, "move_to_return"), (2.0, "move_budget")])
def test_cheap_orders_that_bring_little_are_no_reason_to_move_budget(tmp_path: Path, web: float, kept: str) -> None:
    """By phone an order costs half as much; where it brings back half as much of what is spent, that is no bargain."""
    parts = returned("web", web), returned("phone", 2.0)
    counts, prices = (bought("web", 900), bought("phone", 900)), (price("web", 9000, 100), price("phone", 4000, 100))
    assert [each.kind for each in with_returns(tmp_path, parts, Value(3.0), counts, prices)] == [kept]


def test_platforms_that_claim_the_same_revenue_have_no_returns_to_compare(tmp_path: Path) -> None:
    parts, counts = (returned("web", 4.0), returned("phone", 2.0)), (bought("web", 900), bought("phone", 900))
    assert with_returns(tmp_path, parts, Value(None, reason="overlapping"), counts) == []


def with_returns(
    folder: Path, parts: tuple[Part, ...], value: Value, counts: tuple[Part, ...], prices: tuple[Part, ...] = ()
) -> list[Proposal]:
    """The proposals to move budget where returns of ads, and prices, are PIs of the plan."""
    found = scene(folder, keep(90))
    own = "ads.return_on_ad_spend", "ads.cost_per_conversion"
    found = replace(found, plan=replace(found.plan, goals=(replace(found.plan.goals[0], pis=own),)))
    first = replace(found.evaluation.facts[0], role="pi", better=Direction.HIGHER)
    facts = (
        replace(first, indicator=own[0], unit=RATIO, parts=parts, value=value),
        replace(first, indicator="ads.conversions", role="indicator", unit=COUNT, parts=counts),
        replace(first, indicator=own[1], unit=MONEY, parts=prices, better=Direction.LOWER, currency="DKK"),
    )
    all_of_them = (*found.evaluation.kpis, *facts)
    proposed = proposals(replace(found, evaluation=replace(found.evaluation, facts=all_of_them)))
    return [each for each in proposed if each.kind in ("move_budget", "move_to_return")]


@pytest.mark.parametrize(
    ("id", "moves"),
    [("ads.cost_per_click", 0), ("ads.cost_per_thousand_impressions", 0), ("ads.cost_per_conversion", 1)],
)
def test_cheap_clicks_are_no_reason_to_move_budget(tmp_path: Path, id: str, moves: int) -> None:
    """What a search for the brand costs a click says nothing about what a stranger's click is worth."""
    parts = price("web", 4000, 100), price("phone", 9000, 100)
    assert len(priced(tmp_path, parts, Value(65.0), id)) == moves


AD_COST = "  ad_cost: {source: sales, sum: value, unit: money, currency: DKK, by: [channel]}\n"


@pytest.mark.parametrize(
    ("cadence", "value", "period", "said"),
    [  # of 366 days with 100 each 182 are over
        ("year", "33000..38000", "2024", "DKK 18,200 so far, where it should be by now (DKK 16,410 – DKK 18,896)"),
        ("month", "2800..2900", "2024-06", "DKK 3,000, DKK 100 above target (DKK 2,800 – DKK 2,900)"),
    ],
)
def test_a_budget_of_a_year_is_written_as_its_refusal_says(
    tmp_path: Path, cadence: str, value: str, period: str, said: str
) -> None:
    """What has no better direction adds up to no target: a range for the year is kept, or one for each month."""
    kpi = "{indicator: ads.spend, cadence: %s, target: {%s}}"
    days = each_day("2024-01-01", "2024-06-30", value="100.00")
    shop = Shop(days, covers="2024-01-01..2024-06-30", more=AD_COST, clients=["a"])
    shop = replace(shop, plans={"default/1": plan(kpi % ("month", "kind: cumulative, value: 36000, over: 2024"))})
    with pytest.raises(SettingError, match="with a range for a month, or with 'cadence: year' and one for a year"):
        shop.at(tmp_path / "refused").evaluate("a", period)
    shop = replace(shop, plans={"default/1": plan(kpi % (cadence, f"kind: keep, value: {value}"))})
    summary = shop.at(tmp_path / "kept").client("a").evaluate(period, language="en").summary()
    assert said in str(summary).replace("\N{NO-BREAK SPACE}", " ")


def spent(web: str, phone: str, budgets: tuple[str, str] = ("value: 80..100", "value: 90..110")) -> Shop:
    """What two channels spend in March, with their budgets for each month: 80 to 100, and 90 to 110."""
    kpi = "{indicator: ads.spend, member: {channel: %s}, cadence: month, target: {kind: keep, %s}}"
    sales = [Sale("2024-03-10", web, 1, "web"), Sale("2024-03-10", phone, 2, "phone")]
    plans = {"default/1": plan(kpi % ("web", budgets[0]), kpi % ("phone", budgets[1]))}
    return Shop(sales, covers="2024-01-01..2024-03-31", plans=plans, more=AD_COST, clients=["a"])


@pytest.mark.parametrize(
    ("web", "phone", "ranges"),
    [
        ("120.00", "60.00", ["100.00..120.00", "70.00..90.00"]),  # 20 too much, 30 left over: 20 move
        ("150.00", "80.00", ["90.00..110.00", "80.00..100.00"]),  # 50 too much, 10 left over: 10 move
        ("120.00", "95.00", None),  # nothing is left over
        ("104.00", "60.00", None),  # 4 of 100 too much: not worth a decision
        ("106.00", "60.00", ["86.00..106.00", "84.00..104.00"]),
        ("90.00", "60.00", None),  # nothing is short
        ("60.00", "70.00", None),
    ],
)
def test_budget_moves_to_the_channel_that_is_short_of_it(
    web: str, phone: str, ranges: list[str] | None, tmp_path: Path
) -> None:
    redesign = spent(web, phone).at(tmp_path).client("a").evaluate("2024-03", language="en").redesign
    moves = [each for each in redesign.proposed() if each.kind == "pace_budget"]
    assert [each.id for each in moves] == ["pace_budget:ads.spend[channel=web]"] * (ranges is not None)
    begun = [each for each in redesign.proposed() if each.kind == "start_action"]  # a move is an action already
    assert bool(begun) == (ranges is None)
    for move in moves:
        assert [edit.value for edit in move.edits] == ranges
        goals = edited(whole(tmp_path / "plans" / "default" / "1.yml"), move.edits)["goals"]
        assert [kpi["target"]["value"] for kpi in goals["goal"]["kpis"]] == ranges


PHONE = "values: {2024-02: 95..105, 2024-03: 90..110%s}"


@pytest.mark.parametrize(
    ("later", "ranges"),
    [
        # 20 too much, 30 left over: 20 move, of the table from April on
        (
            ", 2024-04: 40..60, 2024-05: 90..110",
            {"2024-02": "95..105", "2024-03": "90..110", "2024-04": "20.00..40.00", "2024-05": "70.00..90.00"},
        ),
        (", 2024-04: 90..110, 2024-05: 10..20", None),  # in May there are not 20 to take
        ("", None),  # nothing is planned after March
    ],
)
def test_of_a_table_the_budgets_of_the_periods_to_come_move(
    later: str, ranges: dict[str, str] | None, tmp_path: Path
) -> None:
    budgets = spent("120.00", "60.00", ("value: 80..100", PHONE % later))
    redesign = budgets.at(tmp_path).client("a").evaluate("2024-03", language="en").redesign
    moves = [each for each in redesign.proposed() if each.kind == "pace_budget"]
    assert [[edit.value for edit in move.edits] for move in moves] == [["100.00..120.00", ranges]] * (
        ranges is not None
    )
    for move in moves:
        choice = Choice(move.id, "accepted", "Yes.")
        redesign.decide([choice], "Ann", "2024-04-02")
        assert (tmp_path / "plans" / "a" / "2.yml").exists()  # the new version can be read


def test_the_words_of_a_move_say_where_both_end(tmp_path: Path) -> None:
    redesign = spent("120.00", "60.00").at(tmp_path).client("a").evaluate("2024-03", language="en").redesign
    move = next(each for each in redesign.proposed() if each.kind == "pace_budget")
    title, reason = redesign.words(move)
    assert title.replace("\xa0", " ") == "Move DKK 20.00 of budget to Ad spend, Web from Ad spend, Phone"
    assert "comes to DKK 60.00 and does not use up its budget" in reason.replace("\xa0", " ")
