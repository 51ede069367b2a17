"""The check tells where settings come from, in words and as JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import kpikit
from kpikit.cli import main
from kpikit.words.errors import UsageError
from kpikit.words.texts import LANGUAGES
from kpikit.workspace import check as written
from kpikit.workspace.check import Check, check
from kpikit.workspace.check.document import SCHEMA
from kpikit.workspace.check.explain import ORIGINS
from tests.workspace.checked import KPI, change, shop
from tests.workspaces import Sale, plan

# Where settings come from.


def settings(found: Check) -> dict[tuple[str, str | None], tuple[str, str]]:
    return {(each.name, each.client): (each.value, each.origin) for each in found.settings}


def test_each_setting_says_where_it_comes_from(tmp_path: Path) -> None:
    plans = {"default/1": plan(), "b/1": "extends: default/1\nreview: quarterly\n" + plan()}
    folder = shop(tmp_path, Sale("2024-01-02"), plans=plans)
    change(folder, "workspace.yml", "name: Sample", "name: Sample\nlanguage: nb")
    change(folder, "clients.yml", "a: {label: Client A}", "a: {label: Client A, language: da}")
    found = settings(check(folder))
    expected = {
        ("grain", None): ("day", "workspace"),
        ("comparisons", None): ("same_period_last_year, previous_period", "workspace"),
        ("as_of", None): ("2024-01-10", "default"),
        ("language", "a"): ("da", "client"),
        ("language", "b"): ("nb", "workspace"),
        ("label", "a"): ("Client A", "client"),
        ("value", "b"): ("b", "default"),
        ("fiscal_year.first_month", "a"): ("1", "register"),
        ("fiscal_year.named_by", "b"): ("start", "default"),
        ("period", "a"): ("2024-01-10", "default"),
        ("period", "b"): ("2024-01-10", "default"),
        ("plan", "a"): ("plans/default/1.yml", "default"),
        ("plan", "b"): ("plans/b/1.yml", "client"),
        ("review", "a"): ("half-yearly", "default"),
        ("review", "b"): ("quarterly", "plan"),
        ("smallest_group", None): ("5", "default"),
        ("bind", None): ("–", "default"),
        ("personal_key.environment", None): ("–", "default"),
        ("sources.sales.on_bad_rows", None): ("refuse", "default"),
        ("sources.sales.open", None): ("mon, tue, wed, thu, fri, sat, sun", "workspace"),
        ("sources.sales.dialect.encoding", None): ("utf-8", "default"),
        ("sources.sales.columns.value.missing", None): ("–", "workspace"),
        ("filters.order.where.cancelled", None): ("false", "workspace"),
        ("metrics.revenue.currency", None): ("GBP", "workspace"),
        ("metrics.revenue.persons", None): ("false", "default"),
    }
    assert {key: found[key] for key in expected} == expected


def test_settings_that_are_written_are_told_as_written(tmp_path: Path) -> None:
    folder = shop(tmp_path, Sale("2024-01-02"))
    change(folder, "workspace.yml", "    format: csv", "    format: csv\n    on_bad_rows: quarantine")
    more = "smallest_group: 8\npersonal_key: {environment: KEY}\n"
    more += "bind: {conversions: orders, email: {email_revenue: revenue}}\n"
    with (folder / "workspace.yml").open("a", encoding="utf-8") as file:
        file.write(more)
    found = settings(check(folder))
    assert found["smallest_group", None] == ("8", "workspace")
    assert found["personal_key.environment", None] == ("KEY", "workspace")
    assert (found["bind.conversions", None], found["bind.email.email_revenue", None]) == (
        ("orders", "workspace"),
        ("revenue", "workspace"),
    )
    assert ("bind", None) not in found
    assert found["sources.sales.on_bad_rows", None] == ("quarantine", "workspace")
    assert found["sources.sales.bad_rows_at_most", None] == ("0.05", "default")


def test_flags_and_the_registers_defaults_win_over_the_workspace(tmp_path: Path) -> None:
    folder = shop(tmp_path, Sale("2024-01-02"))
    change(folder, "clients.yml", "{fiscal_year: {first_month: 1}}", "{language: da}")
    assert settings(check(folder))["language", "a"] == ("da", "register")
    assert settings(check(folder))["fiscal_year.first_month", "a"] == ("1", "default")
    asked = settings(check(folder, period="2024-01-03", as_of="2024-01-05", language="nb"))
    assert asked["language", "a"] == ("nb", "flag")
    assert asked["period", "a"] == ("2024-01-03", "flag")
    assert asked["as_of", None] == ("2024-01-05", "flag")
    assert {origin for _, origin in asked.values()} <= set(ORIGINS)


def test_the_table_of_settings_puts_equal_ones_together(tmp_path: Path) -> None:
    kpikit.new(tmp_path / "coffee")
    shown = CliRunner().invoke(main, ["check", str(tmp_path / "coffee"), "--explain"]).output
    lines = [re.split("  +", line.strip()) for line in shown.partition("SETTINGS\n")[2].splitlines()]
    assert ["language", "en", "all, in workspace.yml", "all clients (2)"] in lines
    assert ["grain", "month", "default", "all"] in lines
    shown = str(check(kpikit.samples() / "shop").explanation())
    assert re.search("label +43 values +the client's own +", shown)


def test_large_parts_of_the_table_are_summed_up_and_can_be_asked_for() -> None:
    found = check(kpikit.samples() / "shop")
    whole, sources, one, client = (
        str(found.explanation(about)) for about in (None, "sources", "sources.invoices", "norway")
    )
    assert len(whole.splitlines()) < 100 and len(sources.splitlines()) < 100 and len(one.splitlines()) < 100
    number = sum(each.name.startswith("sources.") for each in found.settings)
    assert re.search(f"^sources +{number:,} settings, [0-9,]+ of them written", whole, re.MULTILINE)
    assert re.search("^sources.invoices +\\d+ settings, \\d+ of them written", sources, re.MULTILINE)
    assert re.search("^sources.invoices.kind +[a-z]+ +all, in workspace.yml", one, re.MULTILINE)
    assert re.search("^label .* +the client's own +norway$", client, re.MULTILINE) and "sources" not in client
    with pytest.raises(UsageError, match=r"setting == 'sources.invoice', must be one of .* Did you mean 'sources"):
        found.explanation("sources.invoice")
    shown = CliRunner().invoke(main, ["check", str(kpikit.samples() / "shop"), "--setting", "metrics.revenue"]).output
    lines = shown.partition("SETTINGS\n")[2].splitlines()[1:]
    assert lines and all(line.startswith("metrics.revenue") for line in lines)


# The JSON.

TEXT = (Path(written.__file__).parent / "CHECK.md").read_text(encoding="utf-8")
PLACES = {"Error": "errors", "Source": "sources", "Client": "clients", "Finding": "findings", "Setting": "settings"}


def fields() -> dict[str, set[str]]:
    """The fields that the page describes, by the list in which their objects stand; "" for the whole."""
    found: dict[str, set[str]] = {}
    place = ""
    for line in TEXT.splitlines():
        if line.startswith("## "):
            place = PLACES[line.removeprefix("## ")]
        elif line.startswith("| `"):
            found.setdefault(place, set()).update(re.findall("`(\\w+)`", line.split("|")[1]))
    return found


def test_the_json_has_the_fields_that_its_page_describes(tmp_path: Path) -> None:
    folder = shop(tmp_path, Sale("2024-01-02"), plans={"a/1": plan(KPI), "b/1": plan("{}")})
    shown = CliRunner().invoke(main, ["check", str(folder), "--json", "--explain"])
    document = json.loads(shown.output)
    assert shown.exit_code == 1 and document["schema"] == SCHEMA == 1
    assert (document["ok"], document["as_of"], document["indicators"][0]) == (False, "2024-01-10", "sales.revenue")
    assert document["errors"][0]["file"] == "plans/b/1.yml" and document["errors"][0]["line"] == 8
    found = {"": set(document), "findings": set[str]()}
    fine = check(shop(tmp_path / "fine", Sale("2024-01-02"), plans={"a/1": plan(KPI)})).document()
    for each in ("errors", "sources", "clients", "settings"):
        found[each] = {name for entry in [*document[each], *fine[each]] for name in entry}
    found["findings"] = {name for client in fine["clients"] for entry in client["findings"] for name in entry}
    assert found == fields()


def test_what_an_indicator_lacks_is_told(tmp_path: Path) -> None:
    kpikit.new(tmp_path / "coffee")
    document = kpikit.check(tmp_path / "coffee").document()
    assert document["lacking"]["customers.average_spend_per_customer"] == ["known_revenue", "customers"]
    assert not document["lacking"].keys() & set(document["indicators"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_each_language_and_shows_the_same_in_a_notebook(tmp_path: Path, language: str) -> None:
    folder = shop(tmp_path, Sale("2024-01-02"), Sale("2024-01-02"), plans={"default/1": plan(KPI)})
    found = check(folder, language=language)
    words = {"en": "No rows of b.", "da": "Ingen rækker for b.", "nb": "Ingen rader for b."}
    assert words[language] in str(found) and words[language] in found._repr_html_()
    assert "<table>" in found._repr_html_() and str(tmp_path) not in found._repr_html_()
