"""`measure`, by cases worked out by hand, and by a second computation in plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kpikit.metrics.requests import Measurement, Request, slice_members
from kpikit.words.errors import RequestError, UsageError
from kpikit.words.periods import Window
from kpikit.workspace import Workspace
from tests.workspaces import WEEKDAYS, Sale, Shop, window

JANUARY, FEBRUARY = window("2024-01-01", "2024-01-31"), window("2024-02-01", "2024-02-29")


def ask(
    shop: Shop, metric: str, *windows: Window, by: tuple[str, ...] = (), as_of: date | None = None
) -> list[Measurement]:
    """The measurements of client a."""
    with shop.opened() as workspace:
        return list(workspace.measure([Request(metric, windows, by)], ["a"], as_of))


def cells(rows: Sequence[Measurement]) -> list[tuple[float | None, int, int]]:
    return [(row.value, row.covered, row.expected) for row in rows]


WORKDAY, EMPTY_DAY, SATURDAY, SUNDAY = (window(f"2024-01-{day:02}") for day in (4, 5, 6, 7))
ROWS = [Sale("2024-01-04"), Sale("2024-01-06")]


@pytest.mark.parametrize(
    ("kind", "open", "asked", "found"),
    [
        ("events", WEEKDAYS, WORKDAY, (1, 1, 1)),
        ("events", WEEKDAYS, EMPTY_DAY, (0, 1, 1)),  # an open day without rows is 0
        ("events", WEEKDAYS, SATURDAY, (1, 0, 0)),  # not expected, and yet a row
        ("events", WEEKDAYS, SUNDAY, (None, 0, 0)),  # closed
        ("events", WEEKDAYS, window("2024-01-01", "2024-01-07"), (2, 5, 5)),
        ("events", WEEKDAYS, JANUARY, (2, 23, 23)),
        ("events", WEEKDAYS, window("2023-12-01", "2023-12-31"), (None, 0, 21)),  # before the source begins
        ("events", WEEKDAYS, window("2023-12-25", "2024-01-07"), (2, 5, 10)),  # covered in part
        ("aggregates", WEEKDAYS, WORKDAY, (1, 1, 1)),
        ("aggregates", WEEKDAYS, EMPTY_DAY, (None, 0, 1)),  # a day without rows is missing
        ("aggregates", WEEKDAYS, SATURDAY, (1, 0, 0)),
        ("aggregates", WEEKDAYS, SUNDAY, (None, 0, 0)),
        ("aggregates", WEEKDAYS, window("2024-01-01", "2024-01-07"), (2, 1, 5)),  # Saturday fills no workday's place
        ("snapshots", WEEKDAYS, EMPTY_DAY, (None, 0, 1)),
    ],
)
def test_coverage_and_absent_rows(kind: str, open: str, asked: Window, found: tuple[float | None, int, int]) -> None:
    assert cells(ask(Shop(ROWS, kind=kind, open=open), "orders", asked)) == [found]


@pytest.mark.parametrize(("kind", "found"), [("events", (0, 1, 1)), ("aggregates", (None, 0, 1))])
def test_a_row_without_a_value_is_not_a_zero(kind: str, found: tuple[float | None, int, int]) -> None:
    assert cells(ask(Shop([Sale("2024-01-04", value=None)], kind=kind), "revenue", WORKDAY)) == [found]


@pytest.mark.parametrize("metric", ["orders", "revenue", "customers", "new_customers", "repeat_customers"])
@pytest.mark.parametrize(("kind", "found"), [("events", (0, 31, 31)), ("aggregates", (None, 0, 31))])
def test_a_client_without_rows(metric: str, kind: str, found: tuple[float | None, int, int]) -> None:
    assert cells(ask(Shop([Sale("2024-01-04", client="b")], kind=kind), metric, JANUARY)) == [found]
    if kind == "events":  # aggregates without any row are refused when they are read
        assert cells(ask(Shop([]), metric, JANUARY)) == [found]


@pytest.mark.parametrize(
    ("metric", "found"),
    [
        ("orders", (2, 2, 31)),
        ("customers", (1, 2, 31)),
        ("new_customers", (1, 2, 31)),
        ("repeat_customers", (1, 2, 31)),
    ],
)
def test_of_aggregates_all_kinds_of_metric_are_measured(metric: str, found: tuple[float, int, int]) -> None:
    shop = Shop([Sale("2024-01-04"), Sale("2024-01-05"), Sale("2024-01-08", cancelled=True)], kind="aggregates")
    assert cells(ask(shop, metric, JANUARY)) == [found]


def test_months_as_slots() -> None:
    rows = [Sale("2024-01-01", "10.00"), Sale("2024-03-01", "20.00")]
    shop = Shop(rows, kind="aggregates", every="month")
    asked = [JANUARY, FEBRUARY, window("2024-01-01", "2024-03-31")]
    assert cells(ask(shop, "revenue", *asked)) == [(10, 1, 1), (30, 2, 3), (None, 0, 1)]  # in the order of their start


@pytest.mark.parametrize("kind", ["events", "aggregates"])
@pytest.mark.parametrize(
    ("every", "last"),
    [("month", "2024-01-15"), ("month", "2024-02-15"), ("week", "2024-01-04"), ("week", "2024-01-31")],
)
def test_half_a_slot_has_no_value(kind: str, every: str, last: str) -> None:
    """The row of a month is dated on its first day; it is not the value of the first half."""
    covers = f"2024-01-01..2024-12-{29 if every == 'week' else 31}"
    shop = Shop([Sale("2024-01-01")], kind=kind, every=every, covers=covers)
    assert cells(ask(shop, "revenue", window("2024-01-01", last))) == [(None, 0, 0)]


def test_a_month_is_not_known_before_it_is_over() -> None:
    shop = Shop([Sale("2024-01-01"), Sale("2024-02-01")], kind="aggregates", every="month")
    both = window("2024-01-01", "2024-02-29")
    assert cells(ask(shop, "orders", both, as_of=date(2024, 2, 28))) == [(1, 1, 2)]
    assert cells(ask(shop, "orders", both, as_of=date(2024, 2, 29))) == [(2, 2, 2)]
    with pytest.raises(UsageError, match="'2024-01-30' is too early: source 'sales' begins on 2024-01-01 and"):
        ask(shop, "orders", both, as_of=date(2024, 1, 30))


def test_as_of_hides_what_comes_after_it() -> None:
    shop = Shop([Sale("2024-01-04"), Sale("2024-01-05", channel="fax"), Sale("2024-01-06", customer=2)])
    asked = dict.fromkeys(("orders", "customers", "new_customers", "repeat_customers"))
    with shop.opened() as workspace:
        for metric in asked:
            asked[metric] = cells(list(workspace.measure([Request(metric, (JANUARY,))], ["a"], date(2024, 1, 4))))
        members = workspace.measure([Request("orders", (JANUARY,), ("channel",))], ["a"], date(2024, 1, 4))
    assert asked == {
        "orders": [(1, 4, 31)],
        "customers": [(1, 4, 31)],
        "new_customers": [(1, 4, 31)],
        "repeat_customers": [(0, 4, 31)],
    }
    assert list(members.members("a", "orders", JANUARY, "channel")) == ["web"]


def test_money_is_exact() -> None:
    tenths = [Sale("2024-01-04", "0.10") for _ in range(10)]
    (row,) = ask(Shop(tenths), "revenue", JANUARY)
    assert (str(row.amount), row.value) == ("1.00", 1.0)  # 0.1 added ten times as binary numbers: 0.9999999999999999


def test_huge_money_is_exact() -> None:
    # 1,000 x 99,999,999,999,999.99 + 0.01: seventeen digits and more, which a binary number cannot hold
    rows = [Sale("2024-01-04", "99999999999999.99") for _ in range(1000)] + [Sale("2024-01-05", "0.01")]
    (row,) = ask(Shop(rows), "revenue", JANUARY)
    assert row.amount == Decimal("99999999999999990.01")


def test_a_sum_may_turn_the_sign() -> None:
    rows = [Sale("2024-01-04", "-12.34", cancelled=True), Sale("2024-01-04", "50.00")]
    (row,) = ask(Shop(rows), "cancelled_value", JANUARY)
    assert str(row.amount) == "12.34"
    (none,) = ask(Shop(rows[1:]), "cancelled_value", JANUARY)
    assert str(none.value) == "0.0"  # and not -0.0


@pytest.mark.parametrize(
    ("asked", "new", "repeat", "unique"),
    [
        (window("2024-01-01", "2024-01-31"), 2, 1, 2),  # 1 and 2 are new; 1 orders twice
        (window("2024-02-01", "2024-02-29"), 1, 0, 2),  # 3 is new; 1 and 3 order once each
        (window("2024-01-01", "2024-02-29"), 3, 1, 3),  # 1 comes back, and stays one customer
        (window("2024-01-20", "2024-02-29"), 1, 1, 2),  # 1 orders on 20 January and in February
        (window("2024-01-10", "2024-01-10"), 0, 0, 0),  # a cancellation is no order
    ],
)
def test_customers(asked: Window, new: int, repeat: int, unique: int) -> None:
    rows = [
        Sale("2024-01-05", customer=1),
        Sale("2024-01-05", customer=2),
        Sale("2024-01-10", customer=3, cancelled=True),
        Sale("2024-01-20", customer=1),
        Sale("2024-02-03", customer=1),
        Sale("2024-02-04", customer=3),
        Sale("2024-02-04", customer=None),
    ]
    shop = Shop(rows)
    found = [ask(shop, metric, asked)[0].value for metric in ("new_customers", "repeat_customers", "customers")]
    assert found == [new, repeat, unique]


def test_members_are_those_of_all_windows_asked_for() -> None:
    rows = [Sale("2024-01-04", channel="web"), Sale("2024-02-04", channel="phone"), Sale("2024-03-04", channel="fax")]
    found = ask(Shop(rows), "orders", JANUARY, FEBRUARY, by=("channel",))
    assert [(row.slice, row.window, row.value) for row in found] == [
        ("channel=phone", JANUARY, 0),
        ("channel=phone", FEBRUARY, 1),
        ("channel=web", JANUARY, 1),
        ("channel=web", FEBRUARY, 0),
    ]
    missing = ask(Shop(rows, kind="aggregates"), "orders", JANUARY, FEBRUARY, by=("channel",))
    assert [row.value for row in missing] == [None, 1, 1, None]


def test_rows_without_a_member_have_one_of_their_own() -> None:
    rows = [Sale("2024-01-04", channel=None), Sale("2024-01-04", channel="web")]
    found = ask(Shop(rows), "orders", JANUARY, by=("channel",))
    assert {row.slice: row.value for row in found} == {"channel=": 1, "channel=web": 1}


def test_a_member_without_known_customers_has_none_of_them() -> None:
    rows = [Sale("2024-01-04", channel="phone", customer=None), Sale("2024-01-04", channel="web")]
    found = ask(Shop(rows), "customers", JANUARY, by=("channel",))
    assert {row.slice: row.value for row in found} == {"channel=phone": 0, "channel=web": 1}


def test_a_client_asked_for_twice_is_counted_once() -> None:
    with Shop([Sale("2024-01-04")]).opened() as workspace:
        rows = list(workspace.measure([Request("orders", (JANUARY,))], ["a", "a"]))
    assert [row.value for row in rows] == [1]


@pytest.mark.parametrize(
    ("request_", "says"),
    [
        (Request("order", (JANUARY,)), r"metric == 'order', must be one of revenue, .*\. Did you mean 'orders'\?"),
        (Request("new_customers", (JANUARY,), ("channel",)), "new_customers is not split by 'channel'; list it under"),
    ],
)
def test_requests_that_cannot_be_answered(request_: Request, says: str) -> None:
    with Shop([Sale("2024-01-04")]).opened() as workspace, pytest.raises(RequestError, match=says):
        workspace.measure([request_], ["a"])


def test_names_of_the_users_own_do_not_meet_those_of_the_engine(tmp_path: Path) -> None:
    """A source called as a helper table, and columns called as helper columns but for their case."""
    (tmp_path / "clients.yml").write_text("schema: 1\nclients: {a: {}}\n", encoding="utf-8")
    (tmp_path / "table.csv").write_text("c,d,V0,N0,C0\na,2024-01-04,5,70,80\na,2024-01-05,6,70,80\n", encoding="utf-8")
    text = "schema: 1\nname: x\nsources:\n"
    for source in ("clients", "calendar"):
        text += f"  {source}: {{file: table.csv, format: csv, kind: events, every: day, client: c, time: d, "
        text += "covers: 2024-01-01..2024-01-31, columns: {c: text, d: date, V0: integer, N0: integer, C0: integer}}\n"
    text += "metrics:\n  v: {source: clients, sum: V0, unit: count}\n  n: {source: calendar, count: rows}\n"
    (tmp_path / "workspace.yml").write_text(text, encoding="utf-8")
    found = Workspace(tmp_path).measure([Request("v", (JANUARY,)), Request("n", (JANUARY,))])
    assert [found.get("a", name, JANUARY).value for name in ("v", "n")] == [11, 2]


def test_a_slice_names_its_members() -> None:
    with Shop([Sale("2024-01-04", channel="a & b=c")]).opened() as workspace:
        (row,) = workspace.measure([Request("orders", (JANUARY,), ("channel",))], ["a"])
    assert slice_members(row.slice) == {"channel": "a & b=c"}


def test_of_a_sum_of_money_the_largest_row_is_told() -> None:
    sales = [
        Sale("2024-01-04", "30.00"), Sale("2024-01-05", "70.00", channel="phone"), Sale("2024-02-01", "50.00"),
        Sale("2024-01-06", "90.00", cancelled=True), Sale("2024-01-06", None),
    ]  # fmt: skip
    shop, both = Shop(sales), Window(JANUARY.start, FEBRUARY.end)
    assert [row.largest for row in ask(shop, "revenue", JANUARY, FEBRUARY, both)] == [70, 70, 50]
    assert [row.largest for row in ask(shop, "revenue", JANUARY, by=("channel",))] == [70, 30]
    assert [row.largest for row in ask(shop, "revenue", window("2024-03-01", "2024-03-31"))] == [None]
    assert [row.largest for row in ask(shop, "orders", JANUARY)] == [None]
    assert [row.largest for row in ask(Shop(sales, kind="aggregates"), "revenue", JANUARY)] == [None]
