"""Workspaces with bad rows and with personal columns: what reports say of them, and what no output holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpikit.evaluation.document import document
from kpikit.evaluation.lacking import LeftOut
from kpikit.words.errors import SettingError, SourceError
from kpikit.workspace import Workspace
from tests.workspace.rewritten import rewritten
from tests.workspaces import Sale, Shop, plan

QUARANTINE = ("    client: client\n", "    client: client\n    on_bad_rows: quarantine\n    bad_rows_at_most: 0.5\n")
BAD = [
    Sale("2024-01-04", "1O.00"),  # an O for a 0: of client a, in January
    Sale("2024-01-05", "20,00"),
    Sale("2024-02-05", "x"),
    Sale("2024-01-06", "y", client="b"),
    Sale("2024-01-07", "7.00", client=""),  # whose?
    Sale("7 January", "8.00"),  # when?
]
GOOD = [Sale("2024-01-10", f"{number}.00", number, client=client) for number in range(1, 9) for client in "ab"]
PLANS = {"default/1": plan("{indicator: sales.revenue, cadence: month}")}
A, B = LeftOut("sales", 5, 4), LeftOut("sales", 2, 2)
"""Of a: two in January, one in February, one of no known client, one of no known day. Of b: one, and the former."""


def with_bad_rows(folder: Path) -> Workspace:
    Shop([*GOOD, *BAD], plans=PLANS).at(folder)
    rewritten(folder, "workspace.yml", QUARANTINE)
    return Workspace(folder)


def test_the_figures_are_those_of_the_other_rows(tmp_path: Path) -> None:
    own, good = with_bad_rows(tmp_path / "own"), Shop(GOOD, plans=PLANS).at(tmp_path / "good")
    assert own.table().records() == good.table().records()
    assert own.evaluate("a", "2024-01").facts == good.evaluate("a", "2024-01").facts


@pytest.mark.parametrize(
    ("client", "period", "as_of", "expected"),
    [
        ("a", "2024-01", None, A),
        ("b", "2024-01", None, B),
        ("a", "2024-02", None, LeftOut("sales", 5, 2)),  # that of February, and the one without a day
        ("a", "2024-03", None, LeftOut("sales", 5, 1)),  # only the one without a day
        ("a", "2024-01", "2024-01-31", LeftOut("sales", 4, 4)),  # the row of February is not known yet
        ("a", "2024-01", "2024-01-04", LeftOut("sales", 2, 2)),
    ],
)
def test_how_many_rows_a_period_lacks(
    tmp_path: Path, client: str, period: str, as_of: str | None, expected: LeftOut
) -> None:
    evaluation = with_bad_rows(tmp_path).evaluate(client, period, as_of)
    assert evaluation.left_out == (expected,)
    written = {"source": "sales", "rows": expected.rows, "in_period": expected.in_period}
    assert document(evaluation)["left_out"] == [written]


def test_nothing_is_left_out_where_all_is_fine(tmp_path: Path) -> None:
    Shop(GOOD, plans=PLANS).at(tmp_path)
    rewritten(tmp_path, "workspace.yml", QUARANTINE)
    review = Workspace(tmp_path).client("a").evaluate("2024-01")
    assert document(review.evaluation)["left_out"] == []
    assert "read" not in str(review.title()) and "Left out" not in str(review.provenance())
    assert not (tmp_path / "quarantine").exists()


@pytest.mark.parametrize(
    ("language", "title", "origin"),
    [
        ("en", "4 rows of the source sales can't be read and are left out of these figures.",
         "Left out: 5 rows that can't be read"),
        ("da", "4 rækker fra kilden sales kan ikke læses og indgår ikke i tallene.",
         "Udeladt: 5 rækker, der ikke kan læses"),
        ("nb", "4 rader fra kilden sales kan ikke leses og er ikke med i tallene.",
         "Utelatt: 5 rader som ikke kan leses"),
    ],
)  # fmt: skip
def test_reports_say_it(tmp_path: Path, language: str, title: str, origin: str) -> None:
    review = with_bad_rows(tmp_path).client("a").evaluate("2024-01", language=language)
    assert str(review.title()).splitlines()[-1] == title
    assert origin in str(review.provenance())


def test_the_portfolio_says_it_of_all(tmp_path: Path) -> None:
    portfolio = with_bad_rows(tmp_path).portfolio("2024-01")
    assert "5 rows of the source sales can't be read" in str(portfolio.title())  # 6, and not that of February
    assert "Left out: 6 rows that can't be read" in str(portfolio.provenance())


@pytest.mark.parametrize(("clients", "other"), [(["a"], "y"), (["b"], "1O.00"), (["a", "b"], "20,00")])
def test_a_slice_says_the_same_and_holds_no_bad_row(tmp_path: Path, clients: list[str], other: str) -> None:
    whole = with_bad_rows(tmp_path / "whole")
    whole.save_slice(tmp_path / "own", clients, "2024-01", None)
    own = Workspace(tmp_path / "own")
    for client in clients:
        assert own.evaluate(client, "2024-01") == whole.evaluate(client, "2024-01")
        titles = [str(each.client(client).evaluate("2024-01").title()) for each in (own, whole)]
        assert titles[0] == titles[1]
    assert own.provenance() == whole.provenance(clients)
    assert not (tmp_path / "own/quarantine").exists()
    texts = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / "own").rglob("*.*"))
    assert f",{other}," not in texts


NONE = "The source sales has no rows of {}: {} may mean that nothing was delivered."


def test_zeros_of_a_client_without_a_row_are_told_from_true_zeros(tmp_path: Path) -> None:
    """Client a has rows in January alone: its zeros of February are true. Of b there is no row."""
    workspace = Shop([Sale("2024-01-10")], plans=PLANS).at(tmp_path / "whole")
    own, other = (workspace.client(key).evaluate("2024-02") for key in "ab")
    assert own.evaluation.fact("sales.orders").value.value == other.evaluation.fact("sales.orders").value.value == 0
    assert (own.evaluation.without_rows, other.evaluation.without_rows) == ((), ("sales",))
    assert document(other.evaluation)["without_rows"] == ["sales"]
    said = NONE.format("this client at all", "its zeros")
    assert said not in str(own.title()) and said in str(other.title())
    assert NONE.format("Client B at all", "zeros from it") in str(workspace.portfolio("2024-02").title())
    workspace.save_slice(tmp_path / "slice", ["b"], "2024-02", None)
    assert Workspace(tmp_path / "slice").evaluate("b", "2024-02") == other.evaluation


def test_of_snapshots_no_row_is_missing_anyway(tmp_path: Path) -> None:
    workspace = Shop([Sale("2024-01-10")], kind="aggregates").at(tmp_path)
    assert workspace.evaluate("b", "2024-01").without_rows == ()


def test_bad_rows_are_kept_and_the_sources_stay_as_they_are(tmp_path: Path) -> None:
    own = with_bad_rows(tmp_path)
    before = (tmp_path / "sales.csv").read_bytes()
    own.evaluate("a")
    kept = (tmp_path / "quarantine/sales.csv").read_text(encoding="utf-8").splitlines()
    assert len(kept) == 7
    assert kept[1].startswith('sales.csv,18,value,"is not a number.')  # 1 header, 16 good rows
    assert (tmp_path / "sales.csv").read_bytes() == before
    Shop(GOOD, plans=PLANS).at(tmp_path)  # corrected
    rewritten(tmp_path, "workspace.yml", QUARANTINE)
    assert Workspace(tmp_path).evaluate("a", "2024-01").left_out == ()
    assert not (tmp_path / "quarantine").exists()


def test_bad_rows_are_kept_in_the_language_of_the_workspace(tmp_path: Path) -> None:
    with_bad_rows(tmp_path)
    rewritten(tmp_path, "workspace.yml", ("name: Sample", "name: Sample\nlanguage: da"))
    doctor = Workspace(tmp_path).data_doctor()
    kept = (tmp_path / "quarantine/sales.csv").read_text(encoding="utf-8-sig").splitlines()
    assert kept[0].startswith("Fil;Række;Kolonne;Årsag;")
    assert kept[1].startswith('sales.csv;18;value;"er ikke et tal. Hvis det betyder, at der ikke er nogen værdi')
    assert "er ikke et tal" in str(doctor) and "is not a number" not in str(doctor)


def test_a_check_says_where_they_are(tmp_path: Path) -> None:
    check = with_bad_rows(tmp_path).check()
    assert check.document()["sources"][0]["rows_left_out"] == 6
    assert "6 rows can't be read and are left out; they are kept in quarantine/sales.csv." in str(check)


def test_bad_rows_are_refused_unless_said_otherwise(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"row 18, column 'value', value '1O\.00': is not a number"):
        Shop([*GOOD, *BAD]).at(tmp_path).evaluate("a")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("on_bad_rows: drop", "sources.sales.on_bad_rows: on_bad_rows == 'drop', must be one of refuse, quarantine."),
        ("bad_rows_at_most: 0.1", "sources.sales.bad_rows_at_most: belongs to sources with 'on_bad_rows: quarantine'."),
        ("on_bad_rows: quarantine\n    bad_rows_at_most: 0",
         "sources.sales.bad_rows_at_most: 0 must be a share above 0 and up to 0.5."),
        ("on_bad_rows: quarantine\n    bad_rows_at_most: 0.6",
         "sources.sales.bad_rows_at_most: 0.6 must be a share above 0 and up to 0.5."),
    ],
)  # fmt: skip
def test_what_must_not_be_said_of_bad_rows(tmp_path: Path, change: str, sentence: str) -> None:
    Shop([]).at(tmp_path)
    rewritten(tmp_path, "workspace.yml", ("    client: client\n", f"    client: client\n    {change}\n"))
    with pytest.raises(SettingError) as error:
        Workspace(tmp_path)
    assert str(error.value).partition(", sources")[2] == sentence.removeprefix("sources")


# Personal columns.

KEY = "personal_key: {environment: KPIKIT_TEST_KEY}\nsources:"
PERSON = ('customer: {type: integer, missing: [""]}', 'customer: {type: text, missing: [""], personal: hash}')
SECRET = "correct horse battery staple"


def with_persons(folder: Path, *changes: tuple[str, str]) -> Workspace:
    """A shop with numbers of customers that would be found anywhere; one row of a is bad."""
    days = [(f"2024-01-{day:02}", 990_000 + day % 7) for day in range(1, 29)]
    rows = [Sale(day, "5.00", person, client=client) for day, person in days for client in "ab"]
    Shop([*rows, Sale("2024-01-05", "x", 990_003)], plans=PLANS).at(folder)
    rewritten(folder, "workspace.yml", ("sources:", KEY), PERSON, QUARANTINE, *changes)
    return Workspace(folder)


def test_hashed_customers_are_counted_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPIKIT_TEST_KEY", SECRET)
    own = with_persons(tmp_path / "own").evaluate("a", "2024-01")
    plain = Shop([Sale(f"2024-01-{day:02}", "5.00", day % 7) for day in range(1, 29)], plans=PLANS)
    # customers, new and returning ones
    assert [fact.value for fact in own.facts] == [
        fact.value for fact in plain.at(tmp_path / "plain").evaluate("a", "2024-01").facts
    ]


def test_a_dropped_column_is_in_no_table(tmp_path: Path) -> None:
    Shop([Sale("2024-01-04", channel="Ann")], plans=PLANS).at(tmp_path)
    start = (tmp_path / "workspace.yml").read_text(encoding="utf-8").partition("dimensions:")[0]
    text = start.replace('channel: {type: text, missing: [""]}', "channel: {personal: drop}")
    assert text != start
    metrics = "metrics:\n  orders: {source: sales, count: rows}\n  revenue: {source: sales, sum: value, unit: count}\n"
    (tmp_path / "workspace.yml").write_text(text + metrics, encoding="utf-8")
    table = Workspace(tmp_path).engine.table("sales")
    assert table.columns == ["client", "day", "customer", "value", "cancelled"]
    assert "Ann" not in str(table.fetchall())


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("personal: hash", "personal: keep"),
         "sources.sales.columns.customer.personal: personal == 'keep', must be one of drop, hash."),
        (("type: text, missing: [\"\"], personal", "type: integer, personal"),
         "sources.sales.columns.customer.personal: a column that becomes hashes is declared as text."),
        (("personal: hash", "personal: drop"),
         "sources.sales.columns.customer.missing: unknown key. key == 'missing', must be one of personal, type, "
         "header."),
        ((KEY, "sources:"),
         "sources.sales.columns.customer: is to be hashed, which needs a key. Declare 'personal_key: "
         "{environment: KPIKIT_PERSONAL_KEY}', and set that variable to a secret."),
        (("{environment: KPIKIT_TEST_KEY}", "{}"), "personal_key: needs one of 'environment: NAME' and 'file: PATH'."),
        (("{environment: KPIKIT_TEST_KEY}", "{file: out/key}"),
         "personal_key.file: lies in the folder of reports, which are handed on."),
        (("client: text", "client: {type: text, personal: hash}"),
         "sources.sales.client: column 'client' may not be 'personal': every row is told by it."),
        (("column: channel", "column: customer"),
         "dimensions.channel.column: column 'customer' is 'personal: hash', and can only be counted."),
        (("where: {cancelled: false}", "where: {customer: '990001'}"),
         "filters.order.where.customer: is 'personal: hash'; only 'known' can be asked of it."),
    ],
)  # fmt: skip
def test_what_must_not_be_said_of_personal_columns(tmp_path: Path, change: tuple[str, str], sentence: str) -> None:
    with pytest.raises(SettingError) as error:
        with_persons(tmp_path, change)
    assert str(error.value).partition("line ")[2].partition(", ")[2] == sentence


def test_without_the_key_nothing_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KPIKIT_TEST_KEY", raising=False)
    own = with_persons(tmp_path)
    with pytest.raises(SettingError, match="personal_key: the environment variable KPIKIT_TEST_KEY is not set"):
        own.evaluate("a")


def test_a_check_says_that_the_key_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KPIKIT_TEST_KEY", raising=False)
    (error,) = with_persons(tmp_path).check().errors
    assert error.startswith("workspace.yml, line 5, personal_key: the environment variable KPIKIT_TEST_KEY is not set.")
