"""The command line: what it prints, its exit codes, its files. Run in-process, but for what a whole process shows."""

from __future__ import annotations

import csv
import json
import os
import shlex
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result

import kpikit
from kpikit.cli import main
from kpikit.indicators.catalogue import CATALOGUE
from tests.workspaces import Shop

HOSPITALS, SHOP = kpikit.samples() / "hospitals", kpikit.samples() / "shop"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_evaluate_shows_message_and_scorecard() -> None:
    result = run("evaluate", HOSPITALS, "--client", "RF4", "--period", "2019-03")
    assert result.exit_code == 0
    # 27,129 attendances, 4,729 breaches: 22,400 / 27,129 = 82.57 %; 95 - 82.57 = 12.43
    assert "Share within four hours, March 2019: 82.6%, 12.4 pp below target (95.0%)." in result.output
    assert "27,129" in result.output and "Missed" in result.output


def test_evaluate_speaks_the_clients_language_unless_told_otherwise() -> None:
    assert "Danmark" in run("evaluate", SHOP, "--client", "denmark").output
    assert "Denmark" in run("evaluate", SHOP, "--client", "denmark", "--language", "en").output


def test_a_reader_that_has_read_enough_ends_a_command_quietly() -> None:
    command = [sys.executable, "-c", "from kpikit.cli import main; main()", "catalogue", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout and running.stderr
        assert running.stdout.readline() == b"[\n"  # as `head -1` does; all of it is more than a pipe holds
        running.stdout.close()
        assert running.stderr.read() == b""


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such shell")
def test_a_command_that_was_started_without_streams_works_all_the_same(tmp_path: Path) -> None:
    code = (
        "import os, sys; from kpikit.cli import main; main(standalone_mode=False); print(os.fstat(2), file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, "measure", str(kpikit.samples() / "hospitals"), "--out", tmp_path / "a.csv"]
    found = subprocess.run(["/bin/sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", *command], check=False)
    assert (found.returncode, (tmp_path / "a.csv").exists()) == (0, True)


def test_without_docstrings_there_are_no_indicators() -> None:
    command = [sys.executable, "-OO", "-c", "from kpikit.cli import main; main()", "check", "."]
    found = subprocess.run(command, capture_output=True, text=True)
    assert (found.returncode, "PYTHONOPTIMIZE=2" in found.stderr) == (2, True)


def test_new_makes_a_workspace_and_says_what_to_do_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made = run("new", "my own", "--language", "nb")
    commands = [line.strip() for line in made.output.splitlines()[1:]]
    assert commands == [
        "kpikit check 'my own'",
        "kpikit evaluate 'my own' --client grunerlokka",
        "kpikit report 'my own'",
    ]
    assert run(*shlex.split(commands[0])[1:]).exit_code == 0
    evaluated = run(*shlex.split(commands[1])[1:])
    assert evaluated.exit_code == 0 and "Grünerløkka Kaffe" in evaluated.output
    again = run("new", "my own")
    assert (again.exit_code, again.output.count("is not an empty folder")) == (2, 1)


def test_note_writes_a_new_file_that_the_evaluation_finds(tmp_path: Path) -> None:
    run("new", tmp_path / "coffee")
    words = ("note", tmp_path / "coffee", "--client", "aarhus", "--period", "2026-02")
    made = [run(*words, "--by", "Mette", "--on", "2026-03-05", text) for text in ("One", "Two\n\nand more 👩‍💻")]
    folder = tmp_path / "coffee" / "notes" / "aarhus"
    assert [each.output for each in made] == [f"{folder / f'2026-02.00{at}.yml'}\n" for at in (1, 2)]
    review = kpikit.open(tmp_path / "coffee").client("aarhus").evaluate("2026-02")
    assert [note.text for note in review.comments] == ["One", "Two\n\nand more 👩‍💻"]
    refused = run(*words, "--indicator", "sales.order", "Three")
    assert refused.exit_code == 2 and "Did you mean 'sales.orders'?" in refused.output
    assert len(list(folder.iterdir())) == 2


def test_forget_lists_first_and_removes_with_yes(tmp_path: Path) -> None:
    run("new", tmp_path / "coffee")
    page = tmp_path / "out" / "aarhus" / "2026-02.en.html"
    page.parent.mkdir(parents=True)
    page.write_text("<p>Aarhus</p>", encoding="utf-8")
    words = ("forget", tmp_path / "coffee", "--client", "aarhus", "--out", tmp_path / "out")
    listed = run(*words)
    assert listed.exit_code == 0 and page.exists()
    assert listed.output.startswith(
        f"With --yes these are removed:\n  {page.parent}\nWritten anew, without the client:\n  nothing\n"
        "Remains, in files that only you change:\n  sources/till.csv: "
    )
    done = run(*words, "--yes")
    assert done.output.startswith(f"Removed:\n  {page.parent}\n") and not page.parent.exists()
    refused = run("forget", tmp_path / "coffee", "--client", "arhus")
    assert refused.exit_code == 2 and "Did you mean 'aarhus'?" in refused.output


def test_evaluate_as_json() -> None:
    result = run("evaluate", SHOP, "--client", "united-kingdom", "--period", "2011-11", "--json")
    document = json.loads(result.output)
    assert (document["schema"], document["client"], document["period"]["period"]) == (1, "united-kingdom", "2011-11")
    assert {fact["role"] for fact in document["facts"]} == {"kpi", "pi", "indicator"}


def test_measure_writes_exact_money_as_csv_and_parquet(tmp_path: Path) -> None:
    # SOURCE.md of the data set: sum of all invoices GBP 18,909,744.12
    for name in ("table.csv", "table.parquet"):
        assert run("measure", SHOP, "--out", tmp_path / name).exit_code == 0
    with (tmp_path / "table.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["metric"] == "invoiced"]
    assert round(sum(Decimal(row["amount"]) for row in rows if row["amount"]), 2) == Decimal("18909744.12")
    total = duckdb.execute(
        "SELECT round(sum(amount), 2) FROM read_parquet(?) WHERE metric = 'invoiced'", [str(tmp_path / "table.parquet")]
    ).fetchone()
    assert total == (Decimal("18909744.12"),)


def test_measure_leaves_an_older_file_alone_when_it_fails(tmp_path: Path) -> None:
    old = tmp_path / "table.csv"
    old.write_text("old", encoding="utf-8")
    assert run("measure", SHOP, "--out", old, "--as-of", "2030-01-01").exit_code == 2
    assert old.read_text(encoding="utf-8") == "old" and list(tmp_path.iterdir()) == [old]


def test_catalogue_lists_every_indicator() -> None:
    listed = run("catalogue").output.splitlines()
    assert [line.split()[0] for line in listed] == list(CATALOGUE)
    entries = json.loads(run("catalogue", "--json", "--language", "da").output)
    assert [entry["id"] for entry in entries] == list(CATALOGUE)
    assert next(entry for entry in entries if entry["id"] == "sales.revenue")["label"] == "Omsætning"


def test_catalogue_shows_one_entry_in_full_and_searches() -> None:
    shown = run("catalogue", "sales.revenue", "--language", "da").output
    assert shown.startswith("Omsætning\n  Betydning: ")
    assert "  Er lig med: Antal ordrer × Gennemsnitlig ordreværdi; " in shown
    (entry,) = json.loads(run("catalogue", "sales.revenue", "--json").output)
    assert entry["id"] == "sales.revenue" and entry["usual"]["role"] == "KPI"
    for words in ("AOV", "gennemsnitlig kurv", "transaksjonsverdi"):
        assert run("catalogue", "--search", words).output.startswith("sales.average_order_value ")
    assert run("catalogue", "--search", "AOV").output.rstrip().endswith(" [Metrics it needs: revenue, orders]")
    nothing = run("catalogue", "--search", "no such thing")
    assert (nothing.stdout, nothing.exit_code) == ("", 0)
    assert nothing.stderr == (
        "Nothing is called 'no such thing'. Try one word of it, or its stem. 'kpikit catalogue' lists all.\n"
    )


def test_catalogue_takes_names_too() -> None:
    full = run("catalogue", "finance.customer_lifetime_value").output
    assert run("catalogue", "LTV").output == run("catalogue", "Kundelevetidsværdi").output == full
    several = run("catalogue", "lifetime").output.splitlines()
    assert [line.split()[0] for line in several] == [
        "finance.customer_lifetime_value", "finance.lifetime_value_per_acquisition_cost",
    ]  # fmt: skip
    assert "sales.units_per_order" not in run("catalogue", "--search", "LTV").output  # no letters inside a word
    assert "Did you mean 'kundelevetidsværdi'?" in run("catalogue", "--search", "kundelevtidsværdi").stderr


def test_the_catalogue_of_a_workspace_speaks_its_language(tmp_path: Path) -> None:
    assert run("new", str(tmp_path / "kaffe"), "--language", "da").exit_code == 0
    own = ("catalogue", "sales.revenue", "--workspace", str(tmp_path / "kaffe"))
    assert run(*own).output.startswith("Omsætning")
    assert run(*own, "--language", "en").output.startswith("Revenue")


def test_an_entry_says_which_names_its_metrics_have_in_the_workspace() -> None:
    shown = run("catalogue", "web.conversion_rate", "--language", "da").output
    assert shown.splitlines()[-1] == "  Nødvendige målinger: conversions, visitors"


def test_the_catalogue_of_a_workspace_has_its_own_indicators_too(tmp_path: Path) -> None:
    more = """  bills: {source: sales, count: rows}
indicators:
  shop.value_per_bill:
    {label: {en: Value per bill, da: Værdi pr. bon}, description: Revenue per bill., formula: revenue / bills,
     unit: money, better: higher}
bind: {orders: bills}
"""
    Shop(more=more).at(tmp_path)
    listed = run("catalogue", "--workspace", str(tmp_path), "--language", "da").output.splitlines()
    assert [line.split()[0] for line in listed] == [*CATALOGUE, "shop.value_per_bill"]
    assert listed[-1].split(maxsplit=1)[1] == "Værdi pr. bon: omsætning / ordrer"  # for which bills stand
    assert run("catalogue", "shop.value_per_bill", "--workspace", str(tmp_path)).output.startswith("Value per bill\n")
    (entry,) = json.loads(run("catalogue", "sales.orders", "--workspace", str(tmp_path), "--json").output)
    assert entry["metrics"] == ["bills"]
    assert "## shop\n\n### Value per bill" in run("catalogue", "--workspace", str(tmp_path), "--markdown").output
    assert "Did you mean 'shop.value_per_bill'?" in run("catalogue", "shop.bill", "--workspace", str(tmp_path)).output


def test_the_page_of_the_catalogue_is_up_to_date() -> None:
    page = (Path(kpikit.__file__).parent / "indicators" / "CATALOGUE.md").read_text(encoding="utf-8")
    assert page == run("catalogue", "--markdown").output, "run 'make catalogue'"


MISUSE = [
    (("evaluate", HOSPITALS, "--client", "RF5"), "client == 'RF5', must be one of"),
    (("evaluate", HOSPITALS, "--client", "RF4", "--period", "2019-13"), "period == '2019-13', must be a day"),
    (("evaluate", HOSPITALS, "--client", "RF4", "--language", "sv"), "language == 'sv', must be one of en, da, nb."),
    (("evaluate", HOSPITALS, "--client", "RF4", "--as-of", "yesterday"), "as_of == 'yesterday', must be a date"),
    (("evaluate", HOSPITALS, "--client", "RF4", "--period", "2020-01"), "period 2020-01 has not begun on 2019-03-31"),
    (("evaluate", HOSPITALS / "nowhere", "--client", "RF4"), "there is no such folder."),
    (("measure", HOSPITALS, "--out", "table.xlsx"), "must be one of .csv, .parquet."),
    (("catalogue", "sales.revenu"), "Did you mean 'sales.revenue'?"),
    (("catalogue", "kundelevtidsværdi"), "Nothing is called 'kundelevtidsværdi'. Did you mean 'kundelevetidsværdi'? "),
    (("report", HOSPITALS, "--client", "RF5"), "client == 'RF5', must be one of"),
]


@pytest.mark.parametrize(("words", "message"), MISUSE, ids=[message[:30] for _, message in MISUSE])
def test_misuse_is_one_line_and_exit_code_2(words: tuple[object, ...], message: str) -> None:
    result = run(*words)
    assert result.exit_code == 2 and message in result.output
    assert result.output.startswith("Error: ") and len(result.output.splitlines()) == 1


def test_a_wrong_workspace_is_exit_code_1(tmp_path: Path) -> None:
    (tmp_path / "workspace.yml").write_text("schema: 1\nname: x\nsourcs: {}\n", encoding="utf-8")
    (tmp_path / "clients.yml").write_text("schema: 1\nclients: {a: {}}\n", encoding="utf-8")
    result = run("evaluate", tmp_path, "--client", "a")
    assert result.exit_code == 1 and "workspace.yml" in result.output
