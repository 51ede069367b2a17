"""The face: opening a workspace, its periods and days, and all that it can be asked for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import kpikit
from kpikit.metrics.requests import Request
from kpikit.words.errors import SettingError, SourceError, UsageError
from kpikit.words.periods import Calendar
from kpikit.workspace import Workspace, samples, template_path
from tests.workspaces import Sale, Shop, plan, sample, window


def test_the_first_lines_of_the_documentation() -> None:
    review = sample("hospitals").client("RF4").evaluate("2019-03")
    assert "82.6%" in str(review.scorecard())
    assert review.evaluation.client == "RF4"


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no such folder"):
        kpikit.open(tmp_path / "nothing")
    with pytest.raises(UsageError, match=r"the folder holds no workspace\.yml; .kpikit new. makes a first workspace"):
        kpikit.open(tmp_path)


def test_a_workspace_without_metrics_is_refused(tmp_path: Path) -> None:
    Shop([]).at(tmp_path)
    file = tmp_path / "workspace.yml"
    file.write_text(file.read_text(encoding="utf-8").partition("metrics:")[0], encoding="utf-8")
    with pytest.raises(SettingError, match="metrics: lists no metric"):
        Workspace(tmp_path)


def test_clients_and_their_languages() -> None:
    shop = sample("shop")
    assert len(shop.clients) == 43 and len(sample("hospitals").clients) == 274
    assert [shop.client(key).setting.language for key in ("norway", "denmark", "france")] == ["nb", "da", "en"]
    with pytest.raises(UsageError, match="Did you mean 'norway'"):
        shop.client("noway")
    with pytest.raises(UsageError, match="client == 'nowhere', must be one of"):
        shop.evaluate_all(["norway", "nowhere"])


@pytest.mark.parametrize(
    ("period", "as_of", "found", "day"),
    [
        (None, None, "2011-11", date(2011, 12, 9)),  # the last complete one
        (None, "2011-11-30", "2011-11", date(2011, 11, 30)),
        (None, "2011-11-29", "2011-10", date(2011, 11, 29)),
        ("2011-12", None, "2011-12", date(2011, 12, 9)),
        ("2011-W48", None, "2011-W48", date(2011, 12, 9)),
        ("2011", "2011-06-30", "2011", date(2011, 6, 30)),
    ],
)
def test_the_period_and_the_day(period: str | None, as_of: str | None, found: str, day: date) -> None:
    told = sample("shop").period("norway", period, as_of)
    assert (told[0].key, told[1]) == (found, day)


@pytest.mark.parametrize(
    ("period", "as_of", "says"),
    [
        ("2012-01", None, "period 2012-01 has not begun on 2011-12-09"),
        ("2011-11", "2011-10-31", "period 2011-11 has not begun on 2011-10-31"),
        ("2009-11", None, "period 2009-11 lies before 2009-12-01, the first day that the sources cover."),
        ("2008", None, "period 2008 lies before 2009-12-01, the first day that the sources cover."),
        (
            None,
            "2009-12-15",
            "from 2009-12-01, the first day that the sources cover, to 2009-12-15 there is no whole period (a month). "
            "Name one that is still running, such as 2009-12, or a shorter one.",
        ),
        (None, "2011-12-10", "lies after 2011-12-09, the last day that all sources cover (invoices)."),
        (None, "2009-11-30", "'2009-11-30' is too early: source 'invoices' begins on 2009-12-01"),
        ("2011-13", None, "period == '2011-13', must be"),
        ("November", None, "period == 'November', must be"),
        (None, "9.12.2011", "9.12.2011"),
        (None, "2011-02-30", "2011-02-30"),
    ],
)
def test_periods_and_days_that_do_not_exist(period: str | None, as_of: str | None, says: str) -> None:
    with pytest.raises(UsageError) as caught:
        sample("shop").evaluate("norway", period, as_of)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("grain", "period", "before"),
    [
        ("month", "2024-03", "2023-03-01..2023-03-31"),
        ("week", "2024-W10", "2023-03-06..2023-03-12"),  # Monday to Sunday, as week 10 of 2024: 4 to 10 March
        ("day", "2024-03-05", "2023-03-07..2023-03-07"),  # a Tuesday both times
    ],
)
def test_a_year_before_weekdays_meet_their_like(grain: str, period: str, before: str, tmp_path: Path) -> None:
    shop = Shop([Sale("2024-03-05"), Sale("2023-03-07")], covers="2023-01-01..2024-03-31", grain=grain)
    file = shop.at(tmp_path).folder / "workspace.yml"
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join(line for line in lines if not line.startswith("comparisons")), encoding="utf-8")
    (change, previous) = Workspace(tmp_path).evaluate("a", period).fact("sales.orders").changes
    assert change.window and str(change.window) == before and previous.against == "previous_period"


def test_the_fiscal_year_is_the_clients() -> None:
    assert sample("hospitals").period("RF4", "FY2018")[0].window == window("2018-04-01", "2019-03-31")


def test_nothing_is_measured_twice() -> None:
    shop = sample("shop")
    first = shop.evaluate("norway", "2011-11").facts[-1]
    assert first is shop.evaluate("norway", "2011-11").facts[-1]
    assert first is shop.evaluate("norway", None, "2011-12-09").facts[-1]
    assert first is not shop.evaluate("norway", "2011-11", "2011-11-30").facts[-1]


def test_the_files_are_read_when_they_are_needed(tmp_path: Path) -> None:
    workspace = Shop([Sale("2024-01-04", value="much")]).at(tmp_path)
    assert list(workspace.clients) == ["a", "b"]
    with pytest.raises(SourceError, match=r"sales\.csv, row 2, column 'value', value 'much'"):
        workspace.evaluate("a", "2024-01")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (Sale("2024-01-04", client="c"), "row 3, column 'client', value 'c': is a client that is not registered"),
        (Sale("2025-01-01"), "row 3, column 'day', value '2025-01-01': lies outside 2024-01-01..2024-12-31, which"),
    ],
)
def test_rows_of_nobody_and_of_no_day(tmp_path: Path, row: Sale, says: str) -> None:
    with pytest.raises(SourceError) as caught:
        Shop([Sale("2024-01-04"), row]).at(tmp_path).evaluate("a", "2024-01")
    assert says in str(caught.value)


def test_the_table_has_every_period_in_total_and_by_member() -> None:
    rows = [Sale("2024-01-04", "10.00"), Sale("2024-02-05", "5.50", channel="phone", customer=2)]
    with Shop(rows, covers="2024-01-01..2024-02-20").opened() as workspace:
        table = workspace.table()
        early = workspace.table("2024-01-31")
    months = [Calendar().parse(key).window for key in ("2024-01", "2024-02")]
    assert {row.window for row in table} == set(months) and {row.window for row in early} == {months[0]}
    assert [table.get("a", "revenue", month).amount for month in months] == [Decimal("10.00"), Decimal("5.50")]
    assert [table.get("b", "revenue", month).amount for month in months] == [0, 0]
    assert (table.get("a", "orders", months[1]).covered, table.get("a", "orders", months[1]).expected) == (20, 29)
    by_channel = table.members("a", "customers", months[1], "channel")
    assert {member: row.value for member, row in by_channel.items()} == {"phone": 1, "web": 0}
    assert set(table.frame()["metric"]) == set(workspace.settings.model.metrics)


def test_the_table_of_a_year_of_any_grain() -> None:
    for grain, count in (("quarter", 4), ("year", 1), ("week", 53), ("day", 366)):
        with Shop([Sale("2024-01-04")], grain=grain, clients=("a",)).opened() as workspace:
            assert len({row.window for row in workspace.table()}) == count


def test_measure_takes_any_window() -> None:
    days = window("2011-11-03", "2011-11-10")
    found = sample("shop").measure([Request("orders", (days,))], ["norway"])
    assert len(found) == 1 and found.get("norway", "orders", days).expected == 7  # a Saturday among eight days
    assert len(sample("shop").measure([Request("orders", (days,))])) == 43


def test_measure_refuses_clients_that_are_not_there() -> None:
    with pytest.raises(UsageError, match="client == 'nowhere'"):
        sample("shop").measure([Request("orders", (window("2011-11-03"),))], ["nowhere"])


@pytest.mark.parametrize("name", ["United Kingdom", "united kingdom"])
def test_a_label_leads_to_the_key(name: str) -> None:
    with pytest.raises(UsageError) as raised:
        sample("shop").client(name)
    assert str(raised.value) == f"client == {name!r}, but clients are named by their key: 'united-kingdom'."


def test_a_first_plan_is_proposed_where_there_is_none(tmp_path: Path) -> None:
    days = [Sale(f"2024-{month:02}-{day:02}") for month in range(1, 13) for day in range(1, 10 + month % 3)]
    proposal = Shop(days).at(tmp_path / "without").client("a").evaluate().proposal()
    assert str(proposal).startswith("A first proposal\n") and "indicator: sales.revenue" in str(proposal)
    planned = Shop(days, plans={"a/1": plan(in_force_from="2026-01-01")}).at(tmp_path / "with")  # it may begin later
    assert str(planned.client("a").evaluate().proposal()) == ""


def test_a_kpi_that_falls_short_comes_with_advice_and_every_indicator_with_its_definition() -> None:
    hospitals = sample("hospitals").client("RF4")
    assert "What to try: Look at free beds before noon: " in str(hospitals.evaluate("2019-03").attention())
    danish = hospitals.evaluate("2019-03", language="da")
    assert "Prøv dette: Se på ledige senge før middag: " in str(danish.attention())
    assert "What to try" not in str(hospitals.evaluate("2019-03").drivers())  # PIs have no target
    assert "  Formel: (akutbesøg − overskridelser) / akutbesøg\n" in str(danish.definitions())
    assert "  Kilde: NHS England, A&E Attendances" in str(danish.definitions())


def test_a_portfolio_has_all_clients() -> None:
    """Also those without a plan: each is counted once."""
    own = {"a/1": plan("{indicator: sales.orders, cadence: month}")}
    with Shop([Sale("2024-01-04")], plans=own).opened() as workspace:
        portfolio = workspace.portfolio("2024-01", language="en")
    assert list(portfolio.evaluations) == ["a", "b"]
    assert "Client A" in portfolio.clients().html and "Client B" in portfolio.clients().html
    assert str(portfolio.summary()).splitlines() == [
        "2 clients, each counted by its most urgent KPI.",
        "Can't be judged: 1 · Without targets: 1",
    ]


def test_a_workspaces_own_template_wins(tmp_path: Path) -> None:
    shipped = template_path("portfolio", tmp_path)
    assert shipped == samples().parent / "templates" / "portfolio.ipynb"
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "portfolio.ipynb").write_text("{}", encoding="utf-8")
    (tmp_path / "templates" / "mine.ipynb").write_text("{}", encoding="utf-8")
    assert template_path("portfolio", tmp_path) == tmp_path / "templates" / "portfolio.ipynb"
    with pytest.raises(UsageError, match=r"template == 'mime', must be one of .*mine.* Did you mean 'mine'"):
        template_path("mime", tmp_path)
    (tmp_path / "templates" / "folder.ipynb").mkdir()
    with pytest.raises(
        UsageError, match=r"^template 'folder': templates/folder\.ipynb is a folder, and must be a noteb"
    ):
        template_path("folder", tmp_path)
    with pytest.raises(UsageError, match=r"^template == 'folders', must be one of 01_goal_definition, [^.]*mine, port"):
        template_path("folders", tmp_path)


def test_plans_of_the_register_alone(tmp_path: Path) -> None:
    """A plan that names a period of the client's fiscal year means that year."""
    cumulative = "{indicator: sales.orders, cadence: month, target: {kind: cumulative, value: 100, over: FY2024}}"
    workspace = Shop([Sale("2024-05-04")], plans={"default/1": plan(cumulative)}, fiscal_first_month=4).at(tmp_path)
    target = workspace.evaluate("a", "2024-06").kpis[0].target
    assert target is not None and target.window == window("2024-04-01", "2025-03-31")
    # 91 of 365 days: 24.93 are due, 1 was ordered
    assert (target.achieved, target.now) == (1, pytest.approx(100 * 91 / 365))
