"""Workspaces with a file for each client, or with accounts: figures, coverage, provenance, and no leaks into slices."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpikit.evaluation.document import document
from kpikit.words.errors import SettingError, SourceError
from kpikit.workspace import Workspace
from kpikit.workspace.check import check
from tests.workspaces import LAWS, Sale, Shop, plan, sales

PATHS = ("    file: sales.csv\n", "    file: sources/{client}/sales_*.csv\n")
SAME_COUNT = ("    kind: events\n", "    kind: events\n    same_rows: count\n")
ACCOUNTS = ("    client: client\n", "    client: client\n    accounts: ads\n")


def rewritten(folder: Path, name: str, *changes: tuple[str, str]) -> None:
    """Change a file of the workspace in the folder; each text to change is in it."""
    text = (folder / name).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / name).write_text(text, encoding="utf-8")


def header(*columns: str) -> str:
    names = ("client", "day", "customer", "channel", "value", "cancelled")
    return ",".join(name for name in names if name not in columns) + "\n"


def with_files(folder: Path, files: Mapping[str, str], clients: tuple[str, ...] = ("a", "b", "c")) -> Workspace:
    """A shop whose clients each have files of their own, without a column of the client; path -> rows."""
    Shop(clients=clients, plans={"default/1": plan("{indicator: sales.revenue, cadence: month}")}).at(folder)
    (folder / "sales.csv").unlink()
    rewritten(folder, "workspace.yml", PATHS, ("    client: client\n", ""), ("      client: text\n", ""))
    for name, rows in files.items():
        (folder / "sources" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "sources" / name).write_text(header("client") + rows, encoding="utf-8")
    return Workspace(folder)


FILES = {
    "a/sales_1.csv": "2024-01-04,1,web,10.00,false\n",
    "a/sales_2.csv": "2024-01-05,1,web,5.50,false\n2024-02-05,2,web,1.00,false\n",
    "b/sales_secret.csv": "2024-01-04,1,web,7777.00,false\n",
    "b/.~lock.sales_1.csv": "",
}


def test_what_is_wrong_in_the_same_way_in_many_files_is_told_once(tmp_path: Path) -> None:
    with_files(tmp_path, {f"{key}/sales_1.csv": f'2024-01-04,1,web,"1{at},50",false\n' for at, key in enumerate("abc")})
    found = check(tmp_path)
    assert len(found.errors) == 3
    told = str(found).splitlines()
    assert told[0] == "1 thing is wrong:" and sum("sales_1.csv" in line for line in told) == 1
    assert told[1].endswith(" The same in 2 more files.") and "sources/a/sales_1.csv, row 2" in told[1]
    with_files(tmp_path, {f"{key}/sales_1.csv": f"2024-01-04,1,web,€{at},false\n" for at, key in enumerate("abc")})
    assert str(check(tmp_path)).splitlines()[0] == "1 thing is wrong:"  # though each names its own value


def test_figures_by_client(tmp_path: Path) -> None:
    own = with_files(tmp_path, FILES)
    # 10.00 + 5.50; a customer is the same one in both files; client c has no file
    found = {key: own.evaluate(key, "2024-01") for key in own.clients}
    assert [each.fact("sales.revenue").value.value for each in found.values()] == [15.5, 7777.0, None]
    assert found["a"].fact("sales.revenue").value.covered == 31
    assert own.evaluate("b", "2024-02").fact("sales.orders").value.value == 0  # a file, and no row: no sales


JANUARY = "2024-01-04,1,web,10.00,false\n2024-01-05,2,web,7.00,false\n2024-01-05,,web,7.00,false\n"
SAME = (
    "sales_2.csv, row 2: has the same rows of client 'a' and a day as sources/a/sales_1.csv, there from row 3 on, so "
    "that they would be counted twice. If the exports overlap, remove the days from one of the two; if these are other "
    "events that look the same, write 'same_rows: count' under the source."
)


@pytest.mark.parametrize(
    ("second", "same"),
    [
        ("2024-01-05,,web,7.00,false\n2024-01-05,2,web,7.00,false\n2024-01-06,1,web,1.00,false\n", True),
        ("2024-01-05,2,web,7.00,false\n", True),  # taken during the day: a part of it
        ("2024-01-05,2,web,7.00,false\n2024-01-05,,web,7.00,false\n2024-01-05,3,web,1.00,false\n", True),
        ("2024-01-05,2,web,7.00,false\n2024-01-05,3,web,1.00,false\n", False),  # other events, one of which is alike
        ("2024-01-05,2,web,7.00,false\n2024-01-05,2,web,7.00,false\n", False),  # the other has it once
        ("2024-01-06,1,web,10.00,false\n", False),
    ],
)
def test_exports_of_events_that_overlap(tmp_path: Path, second: str, same: bool) -> None:
    own = with_files(tmp_path, {"a/sales_1.csv": JANUARY, "a/sales_2.csv": second})
    if not same:
        assert own.evaluate("a", "2024-01").fact("sales.orders").value.value == 3 + second.count("\n")
        return
    with pytest.raises(SourceError) as raised:
        own.evaluate("a")
    assert str(raised.value).endswith(SAME)
    rewritten(tmp_path, "workspace.yml", SAME_COUNT)
    found = Workspace(tmp_path).evaluate("a", "2024-01").fact("sales.orders")
    assert found.value.value == 3 + second.count("\n")


def test_the_same_rows_are_of_events(tmp_path: Path) -> None:
    Shop(kind="snapshots").at(tmp_path)
    rewritten(tmp_path, "workspace.yml", ("    kind: snapshots\n", "    kind: snapshots\n    same_rows: count\n"))
    with pytest.raises(SettingError, match="same_rows: belongs to sources with 'kind: events'"):
        Workspace(tmp_path)


def test_rows_that_repeat_another_are_named_unless_they_are_other_events(tmp_path: Path) -> None:
    Shop(sales=[Sale("2024-01-04")] * 3).at(tmp_path)
    assert "2 rows repeat another one" in str(check(tmp_path))
    rewritten(tmp_path, "workspace.yml", SAME_COUNT)
    assert "repeat another" not in str(check(tmp_path))
    assert Workspace(tmp_path).evaluate("a", "2024-01").fact("sales.orders").value.value == 3


def test_a_client_without_a_file_has_no_figures(tmp_path: Path) -> None:
    own = with_files(tmp_path, FILES)
    revenue = own.evaluate("c", "2024-01").fact("sales.revenue")
    assert (revenue.value.value, revenue.value.reason) == (None, "no_file")
    assert (revenue.value.covered, revenue.value.expected) == (0, 31)
    assert all(point.value.value is None and not point.judged for point in revenue.series.points)
    assert "The source has no file or account of this client" in str(own.client("c").evaluate("2024-01").scorecard())
    assert "File: none; its figures are missing" in str(own.client("c").evaluate("2024-01").provenance())
    assert own.lacking() == {"sales": ["c"]}


def test_where_the_figures_of_one_client_come_from(tmp_path: Path) -> None:
    own = with_files(tmp_path, FILES)
    (origin,) = own.provenance(["a"]).origins
    assert [(file.file, file.clients) for file in origin.files] == [
        ("sources/a/sales_1.csv", ("a",)),
        ("sources/a/sales_2.csv", ("a",)),
    ]
    content = (header("client") + FILES["a/sales_1.csv"]).encode()
    assert (origin.files[0].sha256, origin.files[0].bytes) == (hashlib.sha256(content).hexdigest(), len(content))
    assert [file.file for file in own.provenance().origins[0].files] == [
        "sources/a/sales_1.csv", "sources/a/sales_2.csv", "sources/b/sales_secret.csv",
    ]  # fmt: skip


@pytest.mark.parametrize("client", ["a", "b", "c"])
def test_a_slice_says_the_same_and_names_no_file_of_another(tmp_path: Path, client: str) -> None:
    whole = with_files(tmp_path / "whole", FILES)
    whole.save_slice(tmp_path / "own", [client], "2024-01", None)
    own = Workspace(tmp_path / "own")
    assert document(own.evaluate(client, "2024-01")) == document(whole.evaluate(client, "2024-01"))
    assert own.provenance() == whole.provenance([client])
    texts = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / "own").rglob("*.*") if file.is_file())
    assert ("secret" in texts, "7777" in texts) == (client == "b", client == "b")
    assert ("sales_1" in texts) == (client == "a")


def test_a_slice_of_all_clients_knows_who_has_no_file(tmp_path: Path) -> None:
    whole = with_files(tmp_path / "whole", FILES)
    whole.save_slice(tmp_path / "own", ["a", "b", "c"], "2024-01", None)
    own = Workspace(tmp_path / "own")
    assert own.evaluate_all(period="2024-01") == whole.evaluate_all(period="2024-01")
    assert str(own.portfolio("2024-01").provenance()) == str(whole.portfolio("2024-01").provenance())


def test_files_without_the_client_in_their_path_are_of_those_whose_rows_they_have(tmp_path: Path) -> None:
    Shop(clients=("a", "b", "c")).at(tmp_path)
    (tmp_path / "sales.csv").unlink()
    rewritten(tmp_path, "workspace.yml", ("file: sales.csv", "file: of_*.csv"))
    for name, rows in {"a": "a,2024-01-04,1,web,1.00,false\n", "b": "b,2024-01-04,1,web,2.00,false\n", "0": ""}.items():
        (tmp_path / f"of_{name}.csv").write_text(header() + rows, encoding="utf-8")
    own = Workspace(tmp_path)
    assert [file.file for file in own.provenance(["b"]).origins[0].files] == ["of_b.csv"]
    assert own.lacking() == {}
    # c is registered, and in no file; its files are not its own, so that no row means no sales, as in one file
    assert own.evaluate("c", "2024-01").fact("sales.orders").value.value == 0


# Accounts.


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


def test_a_file_that_is_of_one_client_by_declaration_says_nothing_of_the_others(tmp_path: Path) -> None:
    """A client without it has no figures, as one without a file; that is no lack of rows, and 0 of nobody."""
    Shop().at(tmp_path / "whole")
    constant = ("      client: text\n", "      client: {type: text, constant: a}\n")
    rewritten(tmp_path / "whole", "workspace.yml", constant)
    rows = header("client") + "2024-01-04,1,web,10.00,false\n"
    (tmp_path / "whole" / "sales.csv").write_text(rows, encoding="utf-8")
    whole = Workspace(tmp_path / "whole")
    whole.save_slice(tmp_path / "b", ["b"], "2024-01", None)
    assert whole.lacking() == {"sales": ["b"]}
    assert whole.evaluate("a", "2024-01").fact("sales.orders").value.value == 1
    for own in (whole, Workspace(tmp_path / "b")):
        found = own.evaluate("b", "2024-01")
        assert ([each.value.reason for each in found.facts if each.value][:1], found.without_rows) == (["no_file"], ())
    told = str(check(tmp_path / "whole"))
    assert "No rows of" not in told and "No file or account" not in told


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


# A law: it makes no difference into how many files the rows of events are split.


@LAWS
@given(rows=sales, split=st.lists(st.integers(1, 3), min_size=25, max_size=25))
def test_rows_split_into_many_files_give_the_same_measurements(rows: list[Sale], split: list[int]) -> None:
    """Each client has three files, with a row of its own in each, so that no two files are the same."""
    marks = [Sale("2024-03-31", None, number, client=client) for client in "ab" for number in (1, 2, 3)]
    shop = Shop([*marks, *rows])
    with shop.opened() as one, shop.opened() as many:
        rewritten(many.folder, "workspace.yml", PATHS, SAME_COUNT)
        first, *lines = (many.folder / "sales.csv").read_text(encoding="utf-8").splitlines()
        for line, number in zip(lines, [1, 2, 3, 1, 2, 3, *split], strict=False):
            file = many.folder / "sources" / line[0] / f"sales_{number}.csv"
            file.parent.mkdir(parents=True, exist_ok=True)
            before = file.read_text(encoding="utf-8") if file.exists() else f"{first}\n"
            file.write_text(f"{before}{line}\n", encoding="utf-8")
        assert Workspace(many.folder).table().records() == one.table().records()


# What a check says.


def test_a_check_says_who_lacks_a_file(tmp_path: Path) -> None:
    check = with_files(tmp_path, FILES).check()
    assert check.errors == []
    assert "sales: No file or account of c: their figures are missing." in str(check)
    assert "No rows of" not in str(check)
    (source,) = check.document()["sources"]
    assert (source["file"], source["without_file"]) == ("sources/{client}/sales_*.csv", ["c"])
    assert source["rows_by_client"] == {"a": 3, "b": 1, "c": 0}


def test_a_check_adds_up_the_accounts_of_a_client(tmp_path: Path) -> None:
    rows = ROWS + "9-9,2024-01-04,1,web,8.00,false\n"
    check = with_accounts(tmp_path, 'ignored_accounts: {ads: ["9-9"]}\n' + TWO_ACCOUNTS, rows).check()
    (source,) = check.document()["sources"]
    assert (source["rows_by_client"], source["unregistered"]) == ({"a": 2, "b": 1, "c": 0}, {})


def test_a_check_of_files_that_are_wrong(tmp_path: Path) -> None:
    check = with_files(tmp_path, {**FILES, "b/sales_2.csv": FILES["a/sales_1.csv"]}).check()
    assert check.errors == [
        "sources/b/sales_2.csv: is the same as sources/a/sales_1.csv, byte for byte. Remove one of the two. "
        "If each client has just this, write 'same_rows: count' under the source."
    ]
    assert check.document()["sources"][0]["rows"] == 5


@pytest.mark.parametrize(
    ("client", "expected"),
    [
        ("a", {"sources/a/sales_1.csv": 1, "sources/a/sales_2.csv": 2}),
        ("b", {"sources/b/sales_secret.csv": 1}),
        ("c", {"sources/c/sales_empty.csv": 0}),
    ],
)
def test_the_rows_of_one_client_by_file(tmp_path: Path, client: str, expected: dict[str, int]) -> None:
    own = with_files(tmp_path, {**FILES, "c/sales_empty.csv": ""})
    assert own.data.rows_of(client) == expected


def test_the_rows_of_one_client_by_its_accounts(tmp_path: Path) -> None:
    rows = "1-1,2024-01-04,1,web,1.00,false\n1-2,2024-01-04,1,web,1.00,false\n2-1,2024-01-04,1,web,1.00,false\n"
    own = with_accounts(tmp_path, TWO_ACCOUNTS, rows)
    assert [own.data.rows_of(client) for client in "abc"] == [{"sales.csv": 2}, {"sales.csv": 1}, {}]
