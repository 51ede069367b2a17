"""Workspaces with accounts of clients: figures, no leaks into slices, and which accounts are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpikit.words.errors import SettingError, SourceError
from kpikit.workspace import Workspace
from tests.workspace.rewritten import header, rewritten
from tests.workspaces import Shop

ACCOUNTS = ("    client: client\n", "    client: client\n    accounts: ads\n")


def with_accounts(folder: Path, clients: str, rows: str) -> Workspace:
    Shop([]).at(folder)
    rewritten(folder, "workspace.yml", ACCOUNTS)
    (folder / "clients.yml").write_text(f"schema: 1\n{clients}", encoding="utf-8")
    (folder / "sales.csv").write_text(header() + rows, encoding="utf-8")
    return Workspace(folder)


TWO_ACCOUNTS = 'clients:\n  a: {accounts: {ads: ["1-1", "1-2"]}}\n  b: {accounts: {ads: ["2-1"]}}\n  c: {}\n'
ROWS = "1-1,2024-01-04,1,web,1.00,false\n1-2,2024-01-05,1,web,2.00,false\n2-1,2024-01-04,1,web,4.00,false\n"


def test_a_client_with_several_accounts(tmp_path: Path) -> None:
    rows = ROWS + "9-9,2024-01-04,1,web,8.00,false\n"
    own = with_accounts(tmp_path, 'ignored_accounts: {ads: ["9-9"]}\n' + TWO_ACCOUNTS, rows)
    found = own.evaluate_all(period="2024-01")
    assert [each.fact("sales.revenue").value.value for each in found.values()] == [3.0, 4.0, None]
    assert found["c"].fact("sales.revenue").value.reason == "no_file"
    # the same customer under two accounts is one: 2 orders of 1 customer, who came again
    assert found["a"].fact("sales.orders").value.value == 2
    assert own.lacking() == {"sales": ["c"]}


def test_the_accounts_of_others_are_not_in_a_slice(tmp_path: Path) -> None:
    whole = with_accounts(tmp_path / "whole", 'ignored_accounts: {ads: ["9-9"]}\n' + TWO_ACCOUNTS, ROWS)
    for client in "abc":
        whole.save_slice(tmp_path / client, [client], "2024-01", None)
        own = Workspace(tmp_path / client)
        assert own.evaluate(client, "2024-01") == whole.evaluate(client, "2024-01")
        texts = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / client).rglob("*.*"))
        assert [each in texts for each in ("1-1", "1-2", "2-1", "9-9")] == [
            client == "a", client == "a", client == "b", False,
        ]  # fmt: skip


def test_a_row_of_an_account_of_nobody(tmp_path: Path) -> None:
    own = with_accounts(tmp_path, TWO_ACCOUNTS, ROWS + "1-3,2024-01-04,1,web,1.00,false\n")
    with pytest.raises(SourceError, match="row 5, column 'client', value '1-3': is an account of no client"):
        own.evaluate("b", "2024-01")


@pytest.mark.parametrize(
    ("clients", "sentence"),
    [
        (
            "clients:\n  a: {accounts: {ads: [x]}}\n  b:\n    accounts: {ads: [y, x]}\n",
            "clients.yml, line 5, clients.b.accounts.ads: 'x' is an account of client 'a' already.",
        ),
        (
            "clients:\n  a: {accounts: {ads: [x, x]}}\n",
            "clients.yml, line 3, clients.a.accounts.ads: 'x' stands there twice.",
        ),
        (
            "ignored_accounts: {ads: [x]}\nclients:\n  a: {accounts: {ads: [x]}}\n",
            "clients.yml, line 4, clients.a.accounts.ads: 'x' is one of the 'ignored_accounts' already.",
        ),
        (
            "clients:\n  a: {accounts: {adds: [x]}}\n",
            "clients.yml, line 3, clients.a.accounts: system == 'adds', must be one of ads. Did you mean 'ads'? A "
            "source says it with 'accounts' in workspace.yml.",
        ),
        (
            "clients:\n  a: {accounts: [x]}\n",
            "clients.yml, line 3, clients.a.accounts: must be a mapping of keys to values. "
            "Write it as 'accounts: {google: [123-456]}'.",
        ),
    ],
)
def test_accounts_that_are_refused(tmp_path: Path, clients: str, sentence: str) -> None:
    with pytest.raises(SettingError) as error:
        with_accounts(tmp_path, clients, ROWS)
    assert str(error.value).removeprefix(f"{tmp_path}/") == sentence


def test_a_check_adds_up_the_accounts_of_a_client(tmp_path: Path) -> None:
    rows = ROWS + "9-9,2024-01-04,1,web,8.00,false\n"
    check = with_accounts(tmp_path, 'ignored_accounts: {ads: ["9-9"]}\n' + TWO_ACCOUNTS, rows).check()
    (source,) = check.document()["sources"]
    assert (source["rows_by_client"], source["unregistered"]) == ({"a": 2, "b": 1, "c": 0}, {})


def test_the_rows_of_one_client_by_its_accounts(tmp_path: Path) -> None:
    rows = "1-1,2024-01-04,1,web,1.00,false\n1-2,2024-01-04,1,web,1.00,false\n2-1,2024-01-04,1,web,1.00,false\n"
    own = with_accounts(tmp_path, TWO_ACCOUNTS, rows)
    assert [own.data.rows_of(client) for client in "abc"] == [{"sales.csv": 2}, {"sales.csv": 1}, {}]
