"""The portfolio's funnel plots, and the charts that its conventions name."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpikit.workspace.portfolio.portfolio import Portfolio
from kpikit.workspace.workspace import Workspace
from tests.workspaces import KEEP_RATE, Sale, Shop, plan

CLIENTS = [f"c{number}" for number in range(10)]


def portfolio(folder: Path, clients: list[str]) -> Portfolio:
    """Each has 20 rows a month, of which 2 are cancelled: 2 per 18 orders; at the last client 9 per 11 in December."""

    def cancelled(client: str, month: int) -> int:
        return 9 if (client, month) == (clients[-1], 12) else 2

    sales = [
        Sale(f"2024-{month:02}-{day:02}", cancelled=day <= cancelled(client, month), client=client)
        for client in clients
        for month in range(1, 13)
        for day in range(1, 21)
    ]
    shop = Shop(sales=sales, clients=clients, plans={"default/1": plan(KEEP_RATE)})
    return shop.at(folder).portfolio("2024-12", language="en")


def test_a_share_of_ten_clients_is_shown_as_a_funnel(tmp_path: Path) -> None:
    """(9 x 2 + 9) / (9 x 18 + 11) = 27 / 173 = 15.6 %; one client with 9 / 11 = 81.8 % lies above the limits."""
    shown = portfolio(tmp_path, CLIENTS).funnels()
    assert "All 10 together: 15.6%; 1 lie above the limits and 0 below." in str(shown)
    assert "Farthest out: Client C9 81.8%." in str(shown)
    assert 'aria-label="All 10 together' in shown.html


def test_each_segment_has_a_funnel_of_its_own(tmp_path: Path) -> None:
    """Ten clinics with 2 of 18, and ten shops with 9 of 11: nobody stands out among their like, though all together
    would differ widely."""
    clients = [f"c{number:02}" for number in range(20)]
    sales = [
        Sale(f"2024-12-{day:02}", cancelled=day <= (2 if client < "c10" else 9), client=client)
        for client in clients
        for day in range(1, 21)
    ]
    shop = Shop(sales=sales, clients=clients, plans={"default/1": plan(KEEP_RATE)}).at(tmp_path)
    file = tmp_path / "clients.yml"
    text = file.read_text(encoding="utf-8")
    for client in clients:
        text = text.replace(f"{client}: {{", f"{client}: {{segment: {'clinics' if client < 'c10' else 'shops'}, ")
    file.write_text(text, encoding="utf-8")
    said = str(Workspace(shop.folder).portfolio("2024-12", language="en").funnels())
    assert "Cancellation rate, clinics\n" in said and "Cancellation rate, shops\n" in said
    assert "All 10 together: 11.1%; 0 lie above the limits and 0 below." in said
    assert "All 10 together: 81.8%; 0 lie above the limits and 0 below." in said


def test_a_figure_that_lacks_days_is_not_held_against_the_others(tmp_path: Path) -> None:
    """In the middle of December nobody's is whole: there is nothing to compare yet."""
    portfolio(tmp_path, CLIENTS)
    assert Workspace(tmp_path).portfolio("2024-12", as_of="2024-12-15", language="en").funnels().html == ""


@pytest.mark.parametrize("clients", [CLIENTS[:9], CLIENTS[:1]], ids=["nine", "one"])
def test_fewer_clients_have_none(clients: list[str], tmp_path: Path) -> None:
    assert portfolio(tmp_path, clients).funnels().html == ""


def test_the_conventions_name_the_charts_in_use(tmp_path: Path) -> None:
    """One client with as many orders each month; one whose size varies in December (11 of 18)."""
    said = str(portfolio(tmp_path, CLIENTS[:2]).conventions())
    assert "(profile nhs, NHS England, Making Data Count)" in said
    assert "Charts used here: XmR chart, p′ chart (Laney). p′ chart: the same limits" in said
    assert "u′ chart" not in said and "follows a season" not in said and "yearly season" not in said


def test_the_conventions_state_each_profile_that_a_plan_names(tmp_path: Path) -> None:
    plans = {"default/1": plan(KEEP_RATE), "b/1": plan(KEEP_RATE) + "profile: wheeler\n"}
    with Shop(sales=[Sale("2024-01-04")], plans=plans).opened() as workspace:
        said = str(workspace.portfolio("2024-01", language="en").conventions())
    assert "(profile nhs," in said and "(profile wheeler," in said
