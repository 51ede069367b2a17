"""Events: what a file gives, each refusal as a whole sentence, and that a client's file names no other client."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpikit.plans.events import KINDS, Event, Known, read_events, write_events
from kpikit.words.errors import SettingError
from tests.workspaces import PURE_LAWS, window

KNOWN = Known(("norway", "denmark"), ("sales.revenue", "sales.orders"), ("revenue", "orders"))


def events(folder: Path, text: str) -> tuple[Event, ...]:
    file = folder / "events.yml"
    file.write_text(text, encoding="utf-8")
    return read_events(file, KNOWN)


def one(folder: Path, text: str) -> Event:
    (event,) = events(folder, f"schema: 1\nevents:\n  - {text}\n")
    return event


def test_no_file_no_events(tmp_path: Path) -> None:
    assert read_events(tmp_path / "events.yml", KNOWN) == ()
    assert events(tmp_path, "schema: 1\n") == ()


def test_an_event_with_every_key(tmp_path: Path) -> None:
    text = (
        "{from: 2026-03-01, to: 2026-03-14, what: {en: Spring, da: Forår}, kind: campaign, channel: Google, "
        "budget: 25000.50 DKK, note: 'On: all', clients: [norway], indicators: [sales.orders], metrics: [revenue]}"
    )
    assert one(tmp_path, text) == Event(
        window=window("2026-03-01", "2026-03-14"),
        what={"en": "Spring", "da": "Forår"},
        kind="campaign",
        channel="Google",
        budget=(Decimal("25000.50"), "DKK"),
        note="On: all",
        clients=("norway",),
        indicators=("sales.orders",),
        metrics=("revenue",),
    )


def test_an_event_with_the_least_keys(tmp_path: Path) -> None:
    assert one(tmp_path, "{on: 2026-03-01, what: Prices}") == Event(window("2026-03-01"), "Prices", "other")


def test_events_come_in_the_order_of_their_days(tmp_path: Path) -> None:
    days = ("2026-03-02", "2026-01-31", "2026-03-01")
    text = "schema: 1\nevents:\n" + "".join(f"  - {{on: {day}, what: on {day}}}\n" for day in days)
    assert [event.what for event in events(tmp_path, text)] == ["on 2026-01-31", "on 2026-03-01", "on 2026-03-02"]


EITHER = "events[1]: needs either 'on: 2026-03-01', or 'from: 2026-03-01' and 'to: 2026-03-14'."


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("{what: a}", EITHER),
        ("{on: 2026-03-01, to: 2026-03-02, what: a}", EITHER),
        ("{on: 2026-03-01, from: 2026-03-01, to: 2026-03-02, what: a}", EITHER),
        ("{from: 2026-03-01, what: a}", EITHER),
        ("{to: 2026-03-01, what: a}", EITHER),
        (
            "{from: 2026-03-02, to: 2026-03-01, what: a}",
            "events[1].to: 2026-03-01 lies before 2026-03-02, its first day.",
        ),
        (
            "{on: 1/3/2026, what: a}",
            "events[1].on: '1/3/2026' must be a date as 2011-11-23. Write it as 2026-03-01 or as 2026-01-03.",
        ),
        ("{on: 2026-03-01}", "events[1].what: is required."),
        (
            "{on: 2026-03-01, what: " + 121 * "a" + "}",
            "events[1].what: has 121 signs; it is one line of at most 120. Say more under 'note'.",
        ),
        (
            '{on: 2026-03-01, what: "a\\nb"}',
            "events[1].what: has 3 signs; it is one line of at most 120. Say more under 'note'.",
        ),
        (
            "{on: 2026-03-01, what: a, kind: campain}",
            "events[1].kind: kind == 'campain', must be one of campaign, price, tracking, outage, other. "
            "Did you mean 'campaign'?",
        ),
        (
            "{on: 2026-03-01, what: a, budget: 1.000 kr}",
            "events[1].budget: '1.000 kr' must be an amount and a currency, as 1200 DKK.",
        ),
        (
            "{on: 2026-03-01, what: a, clients: [norwai]}",
            "events[1].clients: client == 'norwai', must be one of norway, denmark. Did you mean 'norway'?",
        ),
        ("{on: 2026-03-01, what: a, clients: []}", "events[1].clients: names no client; leave it out for all."),
        ("{on: 2026-03-01, what: a, clients: norway}", "events[1].clients: must be a list of texts, as [norway]."),
        (
            "{on: 2026-03-01, what: a, indicators: [sales.order]}",
            "events[1].indicators: indicator == 'sales.order', must be one of sales.revenue, sales.orders. "
            "Did you mean 'sales.orders'?",
        ),
        (
            "{on: 2026-03-01, what: a, metrics: [sessions]}",
            "events[1].metrics: metric == 'sessions', must be one of revenue, orders.",
        ),
        (
            "{on: 2026-03-01, what: a, client: norway}",
            "events[1].client: unknown key. key == 'client', must be one of on, from, to, what, kind, channel, budget, "
            "note, clients, indicators, metrics. Did you mean 'clients'?",
        ),
    ],
)
def test_a_bad_event_is_refused(tmp_path: Path, text: str, refusal: str) -> None:
    with pytest.raises(SettingError) as caught:
        one(tmp_path, text)
    assert str(caught.value) == f"{tmp_path / 'events.yml'}, line 3, {refusal}"


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("events: []\n", "line 1, schema: is required. Write it as 'schema: 1'."),
        ("schema: 2\n", "line 1, schema: '2' is not known here; a newer kpikit is needed."),
        ("schema: 1\nevents: {a: {on: 2026-03-01}}\n", "line 2, events: must be a list."),
        (
            "schema: 1\nevent: []\n",
            "line 2, event: unknown key. key == 'event', must be one of schema, events. Did you mean 'events'?",
        ),
    ],
)
def test_a_bad_file_is_refused(tmp_path: Path, text: str, refusal: str) -> None:
    with pytest.raises(SettingError) as caught:
        events(tmp_path, text)
    assert str(caught.value) == f"{tmp_path / 'events.yml'}, {refusal}"


@pytest.mark.parametrize(
    ("event", "indicator", "metrics", "concerned"),
    [
        (Event(window("2026-01-01"), "a", "other"), "sales.orders", ("orders",), True),
        (Event(window("2026-01-01"), "a", "other", indicators=("sales.orders",)), "sales.orders", ("orders",), True),
        (Event(window("2026-01-01"), "a", "other", indicators=("sales.orders",)), "sales.revenue", ("revenue",), False),
        (Event(window("2026-01-01"), "a", "other", metrics=("orders",)), "sales.value", ("revenue", "orders"), True),
        (Event(window("2026-01-01"), "a", "other", metrics=("orders",)), "sales.revenue", ("revenue",), False),
    ],
)
def test_which_indicators_an_event_concerns(
    event: Event, indicator: str, metrics: tuple[str, ...], concerned: bool
) -> None:
    assert event.concerns(indicator, metrics) is concerned


names = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.just(" "), min_size=1, max_size=20)
wordings = names | st.dictionaries(st.sampled_from(["en", "da", "nb"]), names, min_size=1)
some_events = st.builds(
    Event,
    window=st.builds(
        lambda first, days: window(str(first), str(date.fromordinal(first.toordinal() + days))),
        st.dates(date(2020, 1, 1), date(2026, 12, 31)),
        st.integers(0, 400),
    ),
    what=wordings,
    kind=st.sampled_from(list(KINDS)),
    channel=st.none() | wordings,
    budget=st.none() | st.tuples(st.decimals(0, 10**9, places=2), st.sampled_from(["DKK", "NOK"])),
    note=st.none() | wordings,
    clients=st.sampled_from([(), ("norway",), ("denmark",), ("norway", "denmark")]),
    indicators=st.sampled_from([(), ("sales.orders",)]),
    metrics=st.sampled_from([(), ("revenue",)]),
)


@PURE_LAWS
@given(given_events=st.lists(some_events, max_size=5))
def test_what_is_written_for_all_clients_reads_back(
    tmp_path_factory: pytest.TempPathFactory, given_events: list[Event]
) -> None:
    file = tmp_path_factory.mktemp("law") / "events.yml"
    expected = sorted(given_events, key=lambda event: event.window)
    write_events(file, expected, KNOWN.clients)
    assert list(read_events(file, KNOWN)) == expected


def test_what_is_written_for_one_client_names_no_other(tmp_path: Path) -> None:
    text = """schema: 1
events:
  - {on: 2026-01-01, what: for all}
  - {on: 2026-01-02, what: for both, clients: [norway, denmark]}
  - {on: 2026-01-03, what: for one, clients: [norway]}
  - {on: 2026-01-04, what: for the other, clients: [denmark]}
"""
    write_events(tmp_path / "own.yml", events(tmp_path, text), ["norway"])
    own = read_events(tmp_path / "own.yml", Known(["norway"], (), ()))
    assert [(event.what, event.clients) for event in own] == [
        ("for all", ()),
        ("for both", ("norway",)),
        ("for one", ("norway",)),
    ]
    assert "denmark" not in (tmp_path / "own.yml").read_text(encoding="utf-8")
