"""What proposals would have done: the statuses of the last periods, each as the evaluation of that period gives it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

import kpikit
from kpikit.evaluation.targets.judged import good
from kpikit.words.errors import SettingError, UsageError
from tests.workspaces import Sale, Shop, plan, sample

EASY = "{indicator: sales.orders, cadence: month, target: {kind: keep, value: 10}}"
RAISE = "raise_target:sales.orders"


def folder_of(path: Path, text: str = plan(EASY)) -> Path:
    """Orders each month of 2024: 20 to 22 in the first half, 26 to 28 in the second (month % 3 more than 20 or 26)."""
    sales = [Sale(str(date(2024, month, 1) + timedelta(days=at)))
             for month in range(1, 13) for at in range(20 + month % 3 + (6 if month > 6 else 0))]  # fmt: skip
    return Shop(sales, plans={"default/1": text}, clients=["a"]).at(path / "shop").folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder_of(tmp_path_factory.mktemp("simulation"))


def test_another_target_is_held_against_what_was_measured(folder: Path) -> None:
    """22 and 28 orders in February, May, August and November; 26 and more from July on."""
    client = kpikit.open(folder).client("a")
    found = client.simulate(RAISE, value="22", period="2024-12", language="en")
    assert found.before is not None and found.after is not None
    assert [one.status for one in found.before] == ["met"] * 12
    assert [one.period.key for one in found.after if one.status == "met"] == [
        "2024-02", "2024-05", *(f"2024-{month:02}" for month in range(7, 13))]  # fmt: skip
    assert (good(found.before), good(found.after)) == (12, 8)
    assert found.sentence() == "Met or on track in 12 of the last 12 periods as it is, in 8 of them with this."
    assert "Feb 2024" in str(found) and "Missed" in str(found)
    assert found.shown().html.count('role="img"') == 24


def test_the_statuses_are_those_of_the_evaluations_of_their_periods(folder: Path) -> None:
    workspace = kpikit.open(folder)
    found = workspace.client("a").simulate(RAISE, period="2024-12")
    assert found.before is not None
    for one in found.before:
        fact = workspace.evaluate("a", one.period.key).fact("sales.orders")
        assert (one.status, one.reason) == (fact.status, fact.status_reason), one.period


def test_with_what_is_decided_the_next_plan_gives_these_statuses(tmp_path: Path) -> None:
    """The proposal is accepted, and the next version is put in force from the start: its statuses are those shown."""
    folder = folder_of(tmp_path)
    found = kpikit.open(folder).client("a").simulate(RAISE, period="2024-12")
    (value,) = [edit.value["value"] for edit in found.proposal.edits]  # type: ignore[index]
    (folder / "plans/default/1.yml").write_text(plan(EASY.replace("10", str(value))), encoding="utf-8")
    after = kpikit.open(folder)
    assert found.after is not None
    for one in found.after:
        assert one.status == after.evaluate("a", one.period.key).fact("sales.orders").status, one.period


def test_what_touches_no_target_says_so(folder: Path) -> None:
    found = kpikit.open(folder).client("a").simulate("name_owner:goal", period="2024-12", language="en")
    assert (found.before, found.after) == (None, None) and str(found) == "It changes no status by itself."


def test_a_kpi_that_would_go_has_no_status_any_more(tmp_path: Path) -> None:
    late = "{indicator: sales.cancellation_rate, cadence: month, target: {kind: keep, value: 20 %}}"
    text = plan(late, EASY)
    folder = folder_of(tmp_path, text)
    for number in (2, 3):
        (folder / f"plans/default/{number}.yml").write_text(
            text.replace("2024-01-01", f"2024-0{number}-01"), encoding="utf-8")  # fmt: skip
    found = kpikit.open(folder).client("a").simulate("retire:sales.orders", period="2024-12", language="en")
    assert found.before is not None and found.after is None
    assert found.sentence() == "The KPI would have no status any more."


@pytest.mark.parametrize(
    ("proposal", "value", "error", "said"),
    [
        ("raise_target:sales.order", None, UsageError, "must be one of raise_target:sales.orders"),
        ("name_owner:goal", "20", UsageError, "it proposes no target"),
        (RAISE, "many", SettingError, "'many' is not understood"),
    ],
)
def test_what_cannot_be_is_refused(
    proposal: str, value: str | None, error: type[Exception], said: str, folder: Path
) -> None:
    with pytest.raises(error, match=said):
        kpikit.open(folder).client("a").simulate(proposal, value, "2024-12")


def test_a_sum_that_begins_later_cannot_be_held_against_the_past(tmp_path: Path) -> None:
    text = "{indicator: sales.orders, cadence: month, baseline: {value: 250}, target: {kind: cumulative, value: 280, "
    folder = folder_of(tmp_path, plan(text + "over: 2024}}"))
    redesign = kpikit.open(folder).client("a").evaluate("2024-12").redesign
    (proposal,) = [each for each in redesign.proposed() if each.kind == "renew_target"]
    found = kpikit.open(folder).client("a").simulate(proposal.id, period="2024-12", language="en")
    assert found.before is not None and found.before[-1].status in ("exceeded", "met", "missed")
    assert found.sentence() == "None of these periods can be judged by it: the target's time has not begun."


def test_on_the_agency_more_time_is_held_against_the_past() -> None:
    client = sample("agency").client("kysthjelpen")
    found = client.simulate("give_time:social.followers", period="2026-02")
    assert found.before is not None and found.after is not None
    assert good(found.after) > good(found.before) and len(found.before) == 12
