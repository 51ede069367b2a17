"""Customers as a notebook shows them: on the real shop, in three languages, in a report's slice, and where there are
none."""

from __future__ import annotations

import json
import re
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import get_type_hints

import pytest

import kpikit
from kpikit.evaluation.customers.analysis import CustomerBase
from kpikit.evaluation.customers.document import document
from kpikit.evaluation.customers.sentences import REASONS
from kpikit.indicators.catalogue import CATALOGUE, search
from kpikit.words.errors import RequestError, SettingError, UsageError
from kpikit.workspace import Workspace
from kpikit.workspace.review.customers import Customers
from tests.workspaces import Sale, Shop, each_day, sample


@pytest.fixture(scope="module")
def kingdom() -> Customers:
    return sample("shop").client("united-kingdom").customers("2011-11")


def test_the_shops_customers(kingdom: Customers) -> None:
    """The figures of the counts are those of pandas on the same invoices; see also tests/metrics/test_histories.py."""
    assert str(kingdom.counts()).splitlines() == [
        "5,329 customers up to 30 November 2011; 70.7% of them bought on more than one day.",
        "In the last twelve months 3,886 bought: 1,400 new ones and 2,486 who came back.",
        "Of the 3,929 customers of the twelve months before, 63.3% bought again.",
    ]
    forecast, value = kingdom.base.forecast, kingdom.base.value
    assert forecast.fitted.reason is None and value.reason is None and value.textbook is not None
    held = kingdom.base.holdout  # Christmas trade, of which the model knows nothing
    assert held.bought and held.predicted and 0.7 < held.predicted / held.bought < 1.0


def test_the_notebook_and_the_terminal_show_the_same(kingdom: Customers) -> None:
    html, text = kingdom._repr_html_(), str(kingdom)
    for said in ("Who comes back", "What they bring", "What they will buy", "What they are worth", "BG/NBD"):
        assert said in html and said in text
    assert "Put to the test" in text and "discounted by 10.0% a year" in text
    assert html.count("<table") == text.count("First purchase") + 5  # RFM two, held out, values, parameters


@pytest.mark.parametrize(
    ("language", "said"), [("da", "Hvem der kommer igen"), ("nb", "Hvem som kommer igjen"), ("en", "Who comes back")]
)
def test_it_speaks_the_language_asked_for(language: str, said: str) -> None:
    assert said in str(sample("shop").client("germany").customers("2011-11", language=language))


def test_cells_have_their_figure_beside_their_colour(kingdom: Customers) -> None:
    cell = r'<td class="num" style="--heat:(\d+)%;background:#\w{8}">([^<]*)</td>'
    coloured = re.findall(cell, kingdom.cohorts().html)
    assert len(coloured) > 50 and all(text[0].isdigit() for _, text in coloured)
    heats = [int(heat) for heat, _ in coloured]
    assert max(heats) == 45 and min(heats) >= 0


def test_a_slice_shows_the_same(tmp_path: Path) -> None:
    whole = sample("shop")
    whole.save_slice(tmp_path, ["germany"], "2011-11", None)
    own = kpikit.open(tmp_path)
    assert own.is_slice
    pages = [each.client("germany").evaluate("2011-11").customers() for each in (whole, own)]
    assert pages[0] == pages[1] and "The customers and their value" in str(pages[0])
    with pytest.raises(RequestError, match="the customers of client 'germany' before 2011-11-01 are not known here"):
        own.customer_base("germany", "2011-10")


def test_a_slice_has_no_rows_and_no_small_groups(tmp_path: Path) -> None:
    sample("shop").save_slice(tmp_path, ["norway"], "2011-11", None)
    written = json.loads((tmp_path / "customers.json").read_text(encoding="utf-8"))
    assert (written["client"], written["until"]) == ("norway", "2011-12-01")
    base = written["base"]  # 13 customers, a few new ones at a time
    told = [number for cohort in base["cohorts"]["cohorts"] for number in cohort["active"] if number]
    told += [group["customers"] for row in [*base["rfm"]["grid"], base["rfm"]["spend"]] for group in row]
    assert all(number is None or number == 0 or number >= 5 for number in told)
    assert "histories" not in json.dumps(written)
    assert base["forecast"]["fitted"]["reason"] == "too_few"
    said = str(sample("shop").client("norway").evaluate("2011-11", language="en").customers())
    assert said.count("Too few customers for a model") == 1 and "Each month has too few new customers" in said


def test_where_there_are_no_customers_nothing_is_said(tmp_path: Path) -> None:
    hospital = sample("hospitals").client("RF4")
    assert hospital.evaluate("2019-03").customers().html == ""
    with pytest.raises(UsageError, match=r"client 'RF4' has no customers that could be told apart: workspace.yml decl"):
        hospital.customers("2019-03")
    one = Shop([Sale("2024-01-04")]).at(tmp_path / "one")
    assert one.customer_base("a", "2024-01") is None and one.customer_base("b", "2024-01") is None
    with pytest.raises(UsageError, match="client 'a' has too few customers by then"):
        one.client("a").customers("2024-01")
    one.save_slice(tmp_path / "slice", ["a"], "2024-01", None)
    assert Workspace(tmp_path / "slice").client("a").evaluate("2024-01").customers().html == ""


def test_nothing_that_came_later_is_known(tmp_path: Path) -> None:
    rows = [Sale(f"2024-{month:02}-03", customer=number) for month in range(1, 7) for number in range(6 * month)]
    whole, cut = Shop(rows).at(tmp_path / "whole"), Shop(rows).cut(date(2024, 3, 31)).at(tmp_path / "cut")
    assert whole.customer_base("a", "2024-03") == cut.customer_base("a", "2024-03")
    assert whole.customer_base("a", "2024", "2024-03-31") == cut.customer_base("a", "2024-03")


def test_each_client_has_the_first_entity_that_it_has_any_of(tmp_path: Path) -> None:
    rows = [Sale("2024-01-04", customer=number, cancelled=True, client="b") for number in range(7)]
    rows += [Sale("2024-01-05", customer=number) for number in range(6)]
    Shop(rows).at(tmp_path)
    file = tmp_path / "workspace.yml"
    text = file.read_text(encoding="utf-8")
    other = "  regretful: {source: sales, filter: cancellation, key: customer}\n"
    file.write_text(text.replace("metrics:\n", other + "metrics:\n", 1), encoding="utf-8")
    workspace = Workspace(tmp_path)
    found = {client: workspace.customer_base(client, "2024-01") for client in "ab"}
    assert {key: (base.entity, base.counts.customers) for key, base in found.items() if base} == {
        "a": ("customer", 6),
        "b": ("regretful", 7),
    }


@pytest.mark.parametrize(
    ("words", "id"),
    [
        ("RFM", "customers.purchase_frequency"),
        ("cohorts", "retention.retention_rate"),
        ("kohorter", "retention.retention_rate"),
        ("without a contract", "finance.customer_lifetime_value"),
        ("without a contract", "retention.churn_rate"),
        ("repeat purchase rate", "customers.repeat_purchase_rate"),
        ("CLTV", "finance.customer_lifetime_value"),
        ("kundelevetidsværdi", "finance.customer_lifetime_value"),
    ],
)
def test_the_catalogue_leads_here(words: str, id: str) -> None:
    assert id in [each.id for each in search(words)]
    pointed = {"customers.repeat_purchase_rate"}
    assert id in pointed or re.search("(section on|analysis of) customers", CATALOGUE[id].mind)


def test_customers_without_spend(tmp_path: Path) -> None:
    rows = [each for number in range(8) for each in each_day("2024-01-01", "2024-01-09", customer=number)]
    shown = Shop(rows).at(tmp_path).client("a").customers("2024-01")
    assert "The workspace does not say what customers spend" in str(shown)
    assert shown.revenue().html == "" and "What they bring" not in str(shown)


ENTITY = "key: customer, opening_months: 0}"


@pytest.mark.parametrize(
    ("written", "error"),
    [
        ("spend: revenu", "spend: metric == 'revenu', must be one of .* Did you mean 'revenue'?"),
        ("spend: orders", "spend: metric 'orders' must be a sum of money in source 'sales'."),
        ("spend: revenue, margin: 0.4", "margin: '0.4' must be written as a percentage from 0 % to 100 %, as 40 %."),
        ("spend: revenue, margin: 140 %", "margin: '140 %' must be written as a percentage from 0 % to 100 %"),
        ("margin: 40 %", "spend: is required beside 'margin' and 'discount_rate'"),
    ],
)
def test_what_is_written_of_spend_is_read_strictly(tmp_path: Path, written: str, error: str) -> None:
    Shop([Sale("2024-01-04")]).at(tmp_path)
    file = tmp_path / "workspace.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(ENTITY, f"{written}, {ENTITY}"), encoding="utf-8")
    with pytest.raises(SettingError, match=rf"entities\.customer\.{error}"):
        Workspace(tmp_path)


def test_margin_and_discount_rate_are_said(tmp_path: Path) -> None:
    rows = [Sale(f"2024-{m:02}-{d:02}", customer=d) for d in range(1, 29) for m in (1, 2 + d % 3)]
    Shop(rows).at(tmp_path)
    file = tmp_path / "workspace.yml"
    text = file.read_text(encoding="utf-8")
    rates = "spend: revenue, margin: 40 %, discount_rate: 12.5 %"
    file.write_text(text.replace(ENTITY, f"{rates}, {ENTITY}"), encoding="utf-8")
    base = Workspace(tmp_path).customer_base("a", "2024-06")
    assert base and (str(base.value.margin), str(base.value.discount_rate)) == ("0.4", "0.125")


def test_the_page_of_the_format_names_every_field_and_reason(kingdom: Customers) -> None:
    page = (Path(kpikit.__file__).parent / "evaluation/customers/SCHEMA.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z_]+)", page))

    def all_fields(kind: object) -> set[str]:
        found = set[str]()
        for name, hint in get_type_hints(kind).items():
            parts = re.findall(r"kpikit\.[\w.]+", str(hint))
            found |= {name}
            for part in parts:
                module, _, own = part.rpartition(".")
                made = getattr(__import__(module, fromlist=[own]), own)
                found |= all_fields(made) if is_dataclass(made) else set()
        return found

    assert {field.name for field in fields(CustomerBase)} < all_fields(CustomerBase)
    assert all_fields(CustomerBase) - named == set()
    assert set(REASONS) - named == set()
    assert kingdom.document() == document(kingdom.base)
