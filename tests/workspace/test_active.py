"""A client that came later, or left: before and after there is nothing to know of it, which is not 0."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpikit.sources.clients import read_clients, write_clients
from kpikit.words.errors import SettingError, SourceError
from kpikit.workspace import Workspace
from tests.workspaces import Sale, Shop

SALES = [Sale(f"2024-{month:02}-{day:02}", client="a") for month in range(6, 11) for day in (3, 17)]
"""Two orders a month, from June to October."""


def shop(folder: Path, active: str, sales: list[Sale] = SALES) -> Workspace:
    Shop([*sales, *(Sale(f"2024-{month:02}-05", client="b") for month in range(1, 13))]).at(folder)
    file = folder / "clients.yml"
    text = file.read_text(encoding="utf-8").replace("{label: Client A}", f"{{label: Client A, active: {active}}}")
    file.write_text(text, encoding="utf-8")
    return Workspace(folder)


def orders(workspace: Workspace, period: str, client: str = "a") -> list[float | None]:
    fact = workspace.evaluate(client, period).fact("sales.orders")
    return [point.value.value for point in fact.series.points]


def test_months_before_the_first_day_are_missing_and_not_zero(tmp_path: Path) -> None:
    workspace = shop(tmp_path, "{from: 2024-06-01}")
    assert orders(workspace, "2024-10") == [2, 2, 2, 2, 2]
    assert orders(workspace, "2024-12") == [2, 2, 2, 2, 2, 0, 0]
    assert orders(workspace, "2024-03", "b") == [1, 1, 1]


def test_the_history_is_as_short_as_it_is(tmp_path: Path) -> None:
    signal = shop(tmp_path, "{from: 2024-06-01}").evaluate("a", "2024-10").fact("sales.orders").signal
    assert (signal.rule, signal.reason) == (None, "history_too_short")  # five points; six are needed


def test_the_month_of_the_first_day_is_incomplete(tmp_path: Path) -> None:
    value = shop(tmp_path, "{from: 2024-06-02}").evaluate("a", "2024-06").fact("sales.orders").value
    assert (value.value, value.reason, value.covered, value.expected) == (2, "incomplete", 29, 30)


def test_after_the_last_day_nothing_is_known(tmp_path: Path) -> None:
    workspace = shop(tmp_path, "{from: 2024-06-01, to: 2024-10-31}")
    found = workspace.evaluate("a", "2024-11").fact("sales.orders")
    assert (found.value.value, found.value.reason) == (None, "not_covered")
    assert orders(workspace, "2024-10") == [2, 2, 2, 2, 2]


def test_a_slice_knows_it(tmp_path: Path) -> None:
    workspace = shop(tmp_path / "all", "{from: 2024-06-01, to: 2024-10-31}")
    workspace.save_slice(tmp_path / "slice", ["a"], "2024-10", None)
    assert Workspace(tmp_path / "slice").evaluate("a", "2024-10") == workspace.evaluate("a", "2024-10")
    clients = workspace.clients
    write_clients(tmp_path / "again.yml", clients.values())
    assert read_clients(tmp_path / "again.yml", "en") == clients


def test_a_row_of_another_day_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as error:
        shop(tmp_path, "{from: 2024-06-04}").evaluate("a", "2024-10")
    reason = "row 2, column 'day', value '2024-06-03': is a day on which the client is not active. Correct its 'active'"
    assert reason in str(error.value)


@pytest.mark.parametrize(
    ("active", "sentence"),
    [
        ("{from: 2024-06-02, to: 2024-06-01}", "clients.a.active.to: lies before 'from'."),
        ("{form: 2024-06-01}", "clients.a.active.form: unknown key. key == 'form', must be one of from, to. Did you"),
        ("2024-06-01", "clients.a.active: must be a mapping of keys to values."),
    ],
)
def test_what_is_wrong_with_the_days_is_refused(tmp_path: Path, active: str, sentence: str) -> None:
    with pytest.raises(SettingError) as error:
        shop(tmp_path, active)
    assert sentence in str(error.value)
