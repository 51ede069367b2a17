"""Events of a workspace: whose they are, when they are known, what is said of them, and what a slice holds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kpikit.evaluation.document import document
from kpikit.evaluation.facts import Fact
from kpikit.evaluation.sentences import coinciding, signal_sentence
from kpikit.plans.events import Event
from kpikit.words.language import Language
from kpikit.workspace import Workspace
from tests.charts.samples import CALENDAR, WAITS
from tests.workspaces import KEEP_ORDERS, Sale, Shop, each_day, plan, window

EVENTS = """schema: 1
events:
  - {on: 2024-01-15, what: For all}
  - {from: 2024-02-01, to: 2024-04-30, what: Of A, clients: [a]}
  - {on: 2024-02-02, what: Secret of B, clients: [b], channel: Hidden}
  - {on: 2024-02-03, what: Of both, clients: [b, a], indicators: [sales.orders]}
  - {on: 2024-03-31, what: Of revenue, metrics: [revenue]}
"""
SALES = [Sale(f"2024-{month:02}-01", client=client) for month in range(1, 7) for client in "ab"]


@pytest.fixture
def shop(tmp_path: Path) -> Workspace:
    folder = tmp_path / "shop"
    Shop(SALES, covers="2024-01-01..2024-06-30", plans={"default/1": plan()}).at(folder)
    (folder / "events.yml").write_text(EVENTS, encoding="utf-8")
    return Workspace(folder)


def names(events: tuple[Event, ...]) -> list[object]:
    return [event.what for event in events]


@pytest.mark.parametrize(
    ("client", "period", "as_of", "expected"),
    [
        ("a", "2024-06", None, ["For all", "Of A", "Of both", "Of revenue"]),
        ("b", "2024-06", None, ["For all", "Secret of B", "Of both", "Of revenue"]),
        ("a", "2024-03", "2024-03-30", ["For all", "Of A", "Of both"]),  # the last one lies a day later
        ("a", "2024-02", None, ["For all", "Of A", "Of both"]),
        ("a", "2024-01", None, ["For all"]),  # the others lie after the period
    ],
)
def test_a_client_has_its_own_events_and_those_of_all(
    shop: Workspace, client: str, period: str, as_of: str | None, expected: list[str]
) -> None:
    assert names(shop.evaluate(client, period, as_of).events) == expected


def test_a_fact_has_the_events_that_concern_it(shop: Workspace) -> None:
    evaluation = shop.evaluate("a", "2024-06")
    assert names(evaluation.fact("sales.orders").events) == ["For all", "Of A", "Of both"]
    assert names(evaluation.fact("sales.revenue").events) == ["For all", "Of A", "Of revenue"]
    assert names(evaluation.fact("sales.average_order_value").events) == ["For all", "Of A", "Of revenue"]


@pytest.mark.parametrize(("client", "other"), [("a", ("Secret", "Hidden", "[b", "- b")), ("b", ("Of A", "[a", "- a"))])
def test_a_slice_holds_no_event_of_another_client(
    shop: Workspace, tmp_path: Path, client: str, other: tuple[str, ...]
) -> None:
    shop.save_slice(tmp_path / "own", [client], "2024-06", None)
    text = (tmp_path / "own" / "events.yml").read_text(encoding="utf-8")
    assert not [sign for sign in other if sign in text]
    own = Workspace(tmp_path / "own").evaluate(client, "2024-06")
    assert document(own) == document(shop.evaluate(client, "2024-06"))


def test_a_slice_is_the_same_whatever_happens_later(shop: Workspace, tmp_path: Path) -> None:
    shop.save_slice(tmp_path / "before", ["a"], "2024-02", None)
    (shop.folder / "events.yml").write_text(EVENTS + "  - {on: 2024-05-01, what: Later}\n", encoding="utf-8")
    Workspace(shop.folder).save_slice(tmp_path / "after", ["a"], "2024-02", None)
    before, after = ((tmp_path / name / "events.yml").read_bytes() for name in ("before", "after"))
    assert before == after


def test_without_events_a_slice_has_no_file_of_them(shop: Workspace, tmp_path: Path) -> None:
    (shop.folder / "events.yml").unlink()
    Workspace(shop.folder).save_slice(tmp_path / "own", ["a"], "2024-06", None)
    assert not (tmp_path / "own" / "events.yml").exists()


def during(fact: Fact, *days: str) -> Fact:
    """The fact with an event on each of these days."""
    return replace(fact, events=tuple(Event(window(day), f"Event {at}", "other") for at, day in enumerate(days, 1)))


SINCE_MAY = replace(WAITS, signal=replace(WAITS.signal, since=CALENDAR.parse("2011-05")))
"""WAITS itself ends in November 2011 with a signal since then."""
OUT_NOW = replace(WAITS, signal=replace(WAITS.signal, began=CALENDAR.parse("2011-05")))
"""It stands out since May, by another rule."""


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (during(WAITS, "2011-10-16", "2011-10-17", "2011-11-30", "2011-12-01"), ["Event 2", "Event 3"]),
        (during(SINCE_MAY, "2011-04-15", "2011-04-16", "2011-05-31", "2011-06-01"), ["Event 2", "Event 3"]),
        (during(OUT_NOW, "2011-04-30", "2011-05-01", "2011-08-15", "2011-11-30"), ["Event 1", "Event 2", "Event 4"]),
        (during(replace(WAITS, signal=replace(WAITS.signal, rule=None, since=None)), "2011-11-01"), []),
    ],
)
def test_events_near_the_beginning_of_a_signal(fact: Fact, expected: list[str]) -> None:
    assert names(tuple(coinciding(fact))) == expected


@pytest.mark.parametrize(
    ("code", "days", "expected"),
    [
        (
            "en",
            ["2011-11-01"],
            "Waits – worse than usual: outside its natural limits, since November 2011; at the same time "
            "(a coincidence, no proof of a cause): Event 1, 1 November 2011.",
        ),
        (
            "da",
            ["2011-11-01", "2011-11-02", "2011-11-03"],
            "Waits er dårligere end normalt: uden for normalområdet siden november 2011; på samme tid "
            "(et sammenfald i tid, ikke bevis for en årsag): Event 1, 1. november 2011; Event 2, 2. november 2011; "
            "1 hændelse mere.",
        ),
        (
            "nb",
            ["2011-11-01", "2011-11-02", "2011-11-03", "2011-11-04"],
            "Waits er dårligere enn normalt: utenfor normalområdet siden november 2011; samtidig "
            "(et sammenfall i tid, ikke bevis for en årsak): Event 1, 1. november 2011; Event 2, 2. november 2011; "
            "2 hendelser til.",
        ),
        ("en", ["2011-10-01"], "Waits – worse than usual: outside its natural limits, since November 2011."),
    ],
)
def test_the_sentence_on_a_signal_names_them(code: str, days: list[str], expected: str) -> None:
    assert signal_sentence(during(WAITS, *days), "Waits", Language(code)) == expected


TRACKING = """schema: 1
events:
  - {on: 2024-01-20, what: Slow site}
  - {on: 2024-03-31, what: New counter, kind: tracking, metrics: [orders]}
  - {on: 2024-05-31, what: New counter of revenue, kind: tracking, indicators: [sales.revenue]}
  - {on: 2024-06-30, what: Of all figures, kind: tracking}
"""


@pytest.fixture
def counted_anew(tmp_path: Path) -> Workspace:
    """A year of one order a month until March, and of ten a month, or eleven, after it."""
    orders = [1, 1, 1, 10, 11, 10, 11, 10, 11, 10, 11, 10]
    rows = [Sale(f"2024-{month:02}-01") for month, count in enumerate(orders, 1) for _ in range(count)]
    Shop(rows).at(tmp_path / "shop")
    (tmp_path / "shop" / "events.yml").write_text(TRACKING, encoding="utf-8")
    return Workspace(tmp_path / "shop")


def test_after_a_tracking_change_the_usual_range_begins_anew(counted_anew: Workspace) -> None:
    fact = counted_anew.evaluate("a", "2024-12").fact("sales.orders")
    assert fact.series.limits
    assert [point.judged for point in fact.series.points] == [False] * 3 + [True] * 9
    assert (fact.series.limits.points, fact.series.limits.centre) == (9, pytest.approx(94 / 9))
    assert (fact.signal.rule, fact.signal.reason) == (None, None)


def test_the_period_of_a_tracking_change_says_so(counted_anew: Workspace) -> None:
    fact = counted_anew.evaluate("a", "2024-03").fact("sales.orders")
    assert (fact.value.value, fact.value.reason, fact.signal.reason) == (1, None, "measured_anew")
    assert counted_anew.evaluate("a", "2024-04").fact("sales.orders").signal.reason == "history_too_short"
    before = counted_anew.evaluate("a", "2024-02").fact("sales.orders")
    assert all(point.judged for point in before.series.points)  # what is to come is not known


def test_only_figures_that_a_tracking_change_names_begin_anew(counted_anew: Workspace) -> None:
    evaluation = counted_anew.evaluate("a", "2024-12")
    judged = {
        name: sum(point.judged for point in evaluation.fact(name).series.points)
        for name in ("sales.revenue", "sales.average_order_value", "sales.cancellations")
    }
    # the average is made of orders; the last event names nothing, and may mean little
    assert judged == {"sales.revenue": 7, "sales.average_order_value": 9, "sales.cancellations": 12}


OUTAGE = """schema: 1
events:
  - {from: 2024-05-06, to: 2024-05-12, what: Banner, kind: outage, metrics: [orders]}
"""


def down(folder: Path, kpi: str = "") -> Workspace:
    """An order on each day from 2023 to June 2024, but none in a week of May, which an event names as an outage."""
    rows = [*each_day("2023-01-01", "2024-05-05"), *each_day("2024-05-13", "2024-06-30")]
    Shop(rows, covers="2023-01-01..2024-06-30", plans={"default/1": plan(kpi or KEEP_ORDERS)}).at(folder)
    (folder / "events.yml").write_text(OUTAGE, encoding="utf-8")
    return Workspace(folder)


def test_what_an_outage_touches_is_shown_and_not_judged(tmp_path: Path) -> None:
    shop = down(tmp_path)
    orders = shop.evaluate("a", "2024-05").fact("sales.orders")
    assert (orders.value.value, orders.value.reason) == (24, "outage")
    assert (orders.status, orders.status_reason, orders.signal.reason) == ("cannot_be_judged", "outage", "outage")
    assert {(each.absolute, each.reason) for each in orders.changes} == {(None, "outage")}
    page = shop.client("a").evaluate("2024-05").scorecard()._repr_html_()
    assert "for a part of this time nothing sound was measured" in page
    revenue = shop.evaluate("a", "2024-05").fact("sales.revenue")  # which the event does not name
    assert (revenue.value.reason, revenue.signal.reason) == (None, None)


def test_what_lies_before_and_after_an_outage_is_held_against_each_other(tmp_path: Path) -> None:
    shop = down(tmp_path)
    orders = shop.evaluate("a", "2024-06").fact("sales.orders")
    assert orders.status == "met" and orders.signal.reason is None
    assert [point.period.key for point in orders.series.points if not point.judged] == ["2024-05"]
    assert orders.series.limits is not None and orders.series.limits.points == 17
    changes = {each.against: (each.absolute, each.reason) for each in orders.changes}
    assert changes == {"same_period_last_year": (0, None), "previous_period": (None, "base_incomplete")}


@pytest.mark.parametrize(("period", "reason"), [("2024-W19", "outage"), ("2024-Q2", "outage"), ("2024", None)])
def test_an_outage_of_less_than_a_twentieth_of_a_time_is_no_reason(
    tmp_path: Path, period: str, reason: str | None
) -> None:
    value = down(tmp_path).evaluate("a", period).fact("sales.orders").value
    assert value.reason == (reason or "incomplete")  # 7 of 7 days, 7 of 91, and 7 of 366, of which half a year is known


def test_a_sum_is_held_as_it_was_measured(tmp_path: Path) -> None:
    yearly = "{indicator: sales.orders, cadence: month, target: {kind: cumulative, value: 366, over: 2024}}"
    orders = down(tmp_path, yearly).evaluate("a", "2024-06").fact("sales.orders")
    assert orders.target is not None and (orders.target.achieved, orders.status) == (182 - 7, "at_risk")
