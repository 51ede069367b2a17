"""The synthetic agency: its files are what its script writes, and its figures are those of its files.

The check figures are computed here from the raw files with csv and plain sums, not by kpikit's reader.
"""

from __future__ import annotations

import csv
import gzip
import importlib
import io
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml

from kpikit.evaluation.facts import Evaluation
from kpikit.indicators.catalogue import CATALOGUE
from kpikit.render.run import Run
from kpikit.workspace import samples
from tests.workspaces import sample

FOLDER = samples() / "agency"
CLIENTS = ("brynje", "maskegarn", "kvartal", "fjordvik", "rugmark", "kysthjelpen")
Row = dict[str, str]


def data(file: Path) -> bytes:
    raw = file.read_bytes()
    return gzip.decompress(raw) if file.suffix == ".gz" else raw


@cache
def rows(client: str, name: str, delimiter: str = ",", encoding: str = "utf-8-sig", skip: int = 0) -> list[Row]:
    """The rows of a file; comments and totals are left out by hand."""
    lines = data(FOLDER / "sources" / client / name).decode(encoding).splitlines()[skip:]
    text = "\n".join(line for line in lines if not line.startswith("# "))
    found = list(csv.DictReader(io.StringIO(text), delimiter=delimiter))
    return [row for row in found if "Grand total" not in row.values() and "Total: All campaigns" not in row.values()]


def total(found: list[Row], column: str) -> float:
    """The sum of a column, in whichever way its numbers are written in Danish files."""
    return sum(float(row[column].replace(".", "").replace(",", ".")) for row in found)


def plain(found: list[Row], column: str) -> float:
    return sum(float(row[column].replace(",", "")) for row in found)


@cache
def february() -> dict[str, Evaluation]:
    return sample("agency").evaluate_all(CLIENTS, "2026-02")


# The files.


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All files, made anew."""
    place = tmp_path_factory.mktemp("agency")
    subprocess.run([sys.executable, "-B", str(FOLDER / "make.py"), str(place)], check=True)
    return place


def files(folder: Path) -> dict[str, Path]:
    found = [*folder.glob("sources/**/*.*"), folder / "answers.yml"]
    return {file.relative_to(folder).as_posix(): file for file in found}


def test_the_script_writes_the_files_that_are_here(made: Path) -> None:
    here, anew = files(FOLDER), files(made)
    assert list(here) == list(anew) or set(here) == set(anew)
    assert [name for name, file in anew.items() if data(file) != data(here[name])] == []


def test_the_files_are_small(made: Path) -> None:
    assert sum(len(gzip.compress(file.read_bytes(), 6)) for file in files(FOLDER).values()) < 3_000_000


def test_it_says_everywhere_that_it_is_synthetic() -> None:
    settings = sample("agency").settings
    words = [settings.name, *(client.label for client in settings.clients.values())]
    for wording in words:
        assert not isinstance(wording, str)
        assert all("synteti" in text or "syntheti" in text for text in wording.values())
    for source in settings.model.sources.values():
        assert "Synthetic data" in (source.attribution or "")


# Check figures of February 2026, for each client from its raw files.


def brynje() -> Iterator[tuple[str, float]]:
    till = [row for row in rows("brynje", "kasse.csv.gz", ";", "iso-8859-1") if row["Dato"].endswith("-02-2026")]
    revenue, receipts = total(till, "Omsætning"), total(till, "Bilag")
    yield "sales.revenue", revenue
    yield "sales.average_order_value", revenue / receipts
    ads = [row for row in rows("brynje", "meta_da.csv.gz", ";") if row["Rapporteringsstart"].startswith("2026-02")]
    yield "ads.cost_per_click", total(ads, "Brugt beløb (DKK)") / total(ads, "Klik på link")
    waste = [row for row in rows("brynje", "madspild.csv.gz", ";") if row["Dato"].endswith("-02-2026")]
    yield "sustainability.food_waste_share", total(waste, "Spild kg") / total(waste, "Indkøbt kg")
    (book,) = (row for row in rows("brynje", "regnskab.csv", ";", "windows-1252") if row["Måned"] == "01-02-2026")
    yield "finance.gross_margin", (revenue - total([book], "Vareforbrug")) / revenue
    felt = [int(row["wellbeing"]) for row in rows("brynje", "wellbeing.csv") if row["date"].startswith("2026-02")]
    yield "people.wellbeing", sum(felt) / len(felt)


def maskegarn() -> Iterator[tuple[str, float]]:
    every = rows("maskegarn", "orders.csv.gz")
    orders = [row for row in every if row["Financial status"] != "voided"]
    own = [row for row in orders if row["Created at"].startswith("2026-02")]
    revenue, customers = plain(own, "Subtotal"), {row["Customer ID"] for row in own}
    before = {row["Customer ID"] for row in orders if row["Created at"] < "2026-02"}
    yield "sales.revenue", revenue
    yield "customers.customers", len(customers)
    yield "customers.new_customers", len(customers - before)
    yield "sales.discount_rate", plain(own, "Discount amount") / (revenue + plain(own, "Discount amount"))
    visits = [row for row in rows("maskegarn", "ga4.csv.gz") if row["Date"].startswith("202602")]
    yield "web.bounce_rate", 1 - plain(visits, "Engaged sessions") / plain(visits, "Sessions")
    ads = [row for row in rows("maskegarn", "google_ads.csv.gz", skip=2) if row["Day"].startswith("2026-02")]
    yield "ads.return_on_ad_spend", plain(ads, "Conv. value") / plain(ads, "Cost")
    search = [row for row in ads if row["Campaign type"] == "Search"]
    able = sum(plain([row], "Impr.") / (float(row["Search impr. share"][:-1]) / 100) for row in search)
    yield "ads.impression_share", plain(search, "Impr.") / able
    mails = [row for row in rows("maskegarn", "mail_campaigns.csv") if row["Send date"].startswith("2026-02")]
    yield "email.open_rate", plain(mails, "Unique opens") / plain(mails, "Delivered")


def kvartal() -> Iterator[tuple[str, float]]:
    moves = [row for row in rows("kvartal", "mrr_movements.csv") if row["Date"].startswith("2026-02")]
    (month,) = (row for row in rows("kvartal", "subscriptions.csv") if row["Month"] == "2026-02-01")
    yield "subscription.mrr", plain([month], "MRR")
    yield "subscription.mrr_by_movements", plain([month], "MRR at start") + plain(moves, "Amount")  # and it is the same
    churned = [row for row in moves if row["Movement"] == "churn"]
    yield "retention.churn_rate", len(churned) / plain([month], "Customers at start")
    deals = [row for row in rows("kvartal", "crm_deals.csv.gz") if row["Closed"].startswith("2026-02")]
    won = [row for row in deals if row["Stage"] == "won"]
    yield "pipeline.win_rate", len(won) / len(deals)
    yield "pipeline.sales_cycle_length", plain(won, "Days to close") / len(won)
    answers = [int(row["nps"]) for row in rows("kvartal", "survey.csv.gz") if row["date"].startswith("2026-02")]
    yield "satisfaction.nps", 100 * sum((each > 8) - (each < 7) for each in answers) / len(answers)


def fjordvik() -> Iterator[tuple[str, float]]:
    cases = [row for row in rows("fjordvik", "saker.csv.gz", ";") if row["Mottatt"][3:10] == "02.2026"]
    waited = sorted(int(row["Sekunder til første svar"]) for row in cases)
    middle = len(waited) // 2
    yield "service.cases", len(cases)
    yield "service.average_response_time", sum(waited) / len(waited)
    yield "service.median_response_time", (waited[middle] + waited[-middle - 1]) / 2
    yield "service.solved_share", sum(row["Løst"] == "ja" for row in cases) / len(cases)
    yield "service.within_service_level", sum(row["Innen fristen"] == "ja" for row in cases) / len(cases)
    (cost,) = (row for row in rows("fjordvik", "drift.csv", ";") if row["Måned"] == "01.02.2026")
    yield "service.cost_per_case", total([cost], "Kostnader") / len(cases)
    easy = [int(row["ces"]) > 4 for row in rows("fjordvik", "survey.csv.gz") if row["date"].startswith("2026-02")]
    yield "satisfaction.low_effort_share", sum(easy) / len(easy)


def rugmark() -> Iterator[tuple[str, float]]:
    lines = [row for row in rows("rugmark", "produktion.csv.gz", ";") if row["Dato"].endswith("-02-2026")]
    made, good = total(lines, "Producerede enheder"), total(lines, "Godkendte")
    hours = total(lines, "Timer ved ideel hastighed") / total(lines, "Planlagte timer")
    yield "production.oee", hours * good / made
    yield "production.dpmo", 1e6 * total(lines, "Fejl") / total(lines, "Fejlmuligheder")
    bills = [row for row in rows("rugmark", "fakturaer.csv.gz", ";") if row["Dato"].endswith("-02-2026")]
    (market,) = (row for row in rows("rugmark", "marked.csv", ";") if row["Måned"] == "01-02-2026")
    yield "market.market_share", total(bills, "Beløb") / total([market], "Markedets omsætning")
    sent = [row for row in rows("rugmark", "leverancer.csv.gz", ";") if row["Dato"].endswith("-02-2026")]
    yield "operations.on_time_delivery", sum(row["Til tiden"] == "ja" for row in sent) / len(sent)
    (bags,) = (row for row in rows("rugmark", "emballage.csv", ";") if row["Måned"] == "01-02-2026")
    yield "sustainability.recyclable_share", total([bags], "Genanvendeligt kg") / total([bags], "Materialer kg")


def kysthjelpen() -> Iterator[tuple[str, float]]:
    every = rows("kysthjelpen", "gaver.csv.gz", ";")
    gifts = [row for row in every if row["Dato"].endswith(".02.2026")]
    givers = {row["Giver"] for row in gifts}
    before = {row["Giver"] for row in every if not row["Dato"].endswith(".02.2026")}  # the files end with February
    yield "charity.funds_raised", total(gifts, "Beløp")
    yield "charity.new_donors", len(givers - before)
    ads = [row for row in rows("kysthjelpen", "meta_nb.csv.gz", ";") if row["Rapporteringsstart"].endswith("02.2026")]
    yield "ads.spend", total(ads, "Beløp brukt (NOK)")
    posts = [row for row in rows("kysthjelpen", "social.csv.gz", ";") if row["Dato"].endswith("-02-2026")]
    done = sum(total(posts, column) for column in ("Synes godt om", "Kommentarer", "Delinger"))
    last = [row for row in posts if row["Dato"] == "28-02-2026"]
    yield "social.engagement_rate", done / total(last, "Følgere")
    said = [row for row in rows("kysthjelpen", "mentions.csv.gz") if row["Date"].startswith("2026-02")]
    yield (
        "social.share_of_voice",
        plain([row for row in said if row["Kind"] == "own"], "Mentions") / plain(said, "Mentions"),
    )


@pytest.mark.parametrize("client", CLIENTS)
def test_check_figures_from_the_raw_files(client: str) -> None:
    expected = dict(globals()[client]())
    found = {id: february()[client].fact(id).value.value for id in expected}
    assert found == pytest.approx(expected, rel=1e-9)


def test_each_client_has_its_currency_and_language() -> None:
    opened = sample("agency")
    in_money = dict.fromkeys(("brynje", "maskegarn", "kvartal", "rugmark"), "sales.revenue")
    in_money |= {"fjordvik": "service.cost_per_case", "kysthjelpen": "ads.spend"}
    money = {key: february()[key].fact(id).currency for key, id in in_money.items()}
    assert money == dict.fromkeys(in_money, "DKK") | {"fjordvik": "NOK", "kysthjelpen": "NOK"}
    assert [client.language for client in opened.clients.values()] == ["da", "en", "en", "nb", "da", "nb"]


# Reports.


@pytest.mark.parametrize("client", ["kvartal", "kysthjelpen"])
def test_what_needs_attention_is_told_by_the_clients_own_metrics(client: str) -> None:
    review = sample("agency").client(client).evaluate("2026-02")
    assert len(str(review.attention())) > 200
    assert str(review.title()).startswith(review.say.own(review.client.label))


def test_a_norwegian_report_is_rendered(agency: Run) -> None:
    page = next(entry.page for entry in agency.entries if entry.client == "fjordvik")
    assert page is not None
    text = page.read_text(encoding="utf-8")
    assert 'lang="nb"' in text and "syntetisk" in text and "Synthetic data" in text


# Every indicator.


def test_every_indicator_of_the_catalogue_has_a_value_in_a_sample() -> None:
    computed = {fact.indicator for found in february().values() for fact in found.facts if fact.value.value is not None}
    hospital = sample("hospitals").evaluate("RF4", "2019-03")
    computed |= {fact.indicator for fact in hospital.facts if fact.value.value is not None}
    assert sorted(set(CATALOGUE) - computed) == []


def test_orders_that_two_platforms_claim_are_told_of_each_and_never_added_up() -> None:
    found = [row for row in rows("maskegarn", "ad_platforms.csv") if row["Month"] == "2026-02-01"]
    claimed = {row["Platform"]: int(row["Conversions"]) for row in found}
    total = february()["maskegarn"].fact("ads.conversions")
    assert (total.value.value, total.value.reason) == (None, "overlapping")
    assert {part.member: part.value.value for part in total.parts} == claimed
    for row in found:
        fact = february()["maskegarn"].fact(f"ads.cost_per_conversion[ad_platform={row['Platform']}]")
        assert fact.value.value == pytest.approx(float(row["Cost"]) / claimed[row["Platform"]])
    # It is what the platforms' own exports hold.
    google = [row for row in rows("maskegarn", "google_ads.csv.gz", skip=2) if row["Day"].startswith("2026-02")]
    assert plain(google, "Conversions") == claimed["Google Ads"]


# What was planted.


def answers() -> list[dict[str, object]]:
    text = (FOLDER / "answers.yml").read_text(encoding="utf-8")
    found: list[dict[str, object]] = yaml.safe_load(text)["answers"]
    return found


def ratio(found: list[Row], part: str, whole: str) -> float:
    return plain(found, part) / plain(found, whole)


def landing_page(first: date, last: date) -> None:
    paid = [r for r in rows("maskegarn", "ga4.csv.gz") if r["Session default channel group"] == "Paid Search"]
    inside = [row for row in paid if f"{first:%Y%m%d}" <= row["Date"] <= f"{last:%Y%m%d}"]
    around = [row for row in paid if "20250501" <= row["Date"] <= "20250731" and row not in inside]
    assert ratio(inside, "Key events", "Sessions") < 0.25 * ratio(around, "Key events", "Sessions")


def mix(first: date, last: date) -> None:
    visits = rows("maskegarn", "ga4.csv.gz")
    inside = [row for row in visits if f"{first:%Y%m%d}" <= row["Date"] <= f"{last:%Y%m%d}"]
    before = [row for row in visits if "20251001" <= row["Date"] <= "20251031"]
    paid = "Paid Social"
    shares = [
        plain([r for r in part if r["Session default channel group"] == paid], "Sessions") / plain(part, "Sessions")
        for part in (before, inside)
    ]
    assert shares[1] > 3 * shares[0]
    assert ratio(inside, "Key events", "Sessions") < 0.85 * ratio(before, "Key events", "Sessions")
    for channel in ("Organic Search", "Paid Search", "Email"):  # and no channel's own rate fell with it
        rates = [
            ratio([r for r in part if r["Session default channel group"] == channel], "Key events", "Sessions")
            for part in (before, inside)
        ]
        assert rates[1] == pytest.approx(rates[0], rel=0.2)


def outage(first: date, last: date) -> None:
    days = {row["Date"] for row in rows("kysthjelpen", "ga4.csv.gz")}
    lacking = [day for day in range(20250901, 20250931) if str(day) not in days]
    assert lacking == [*range(int(f"{first:%Y%m%d}"), int(f"{last:%Y%m%d}") + 1)]


def price(first: date, last: date) -> None:
    till = rows("brynje", "kasse.csv.gz", ";", "iso-8859-1")
    before, after = ([r for r in till if r["Dato"][3:] in months] for months in ({"03-2025"}, {"04-2025", "05-2025"}))
    baskets = [total(part, "Omsætning") / total(part, "Bilag") for part in (before, after)]
    assert first == date(2025, 4, 1) and baskets[1] / baskets[0] == pytest.approx(1.08, abs=0.03)


def redefinition(first: date, last: date) -> None:
    cases = rows("fjordvik", "saker.csv.gz", ";")
    key = [(r["Mottatt"][6:10] + r["Mottatt"][3:5] + r["Mottatt"][:2], r["Løst"] == "ja") for r in cases]
    old = [solved for day, solved in key if day < f"{first:%Y%m%d}"]
    new = [solved for day, solved in key if day >= f"{first:%Y%m%d}"]
    assert sum(new) / len(new) - sum(old) / len(old) == pytest.approx(0.14, abs=0.02)


def test_of_a_page(first: date, last: date) -> None:
    found = rows("kvartal", "ab_test.csv")
    assert (min(r["date"] for r in found), max(r["date"] for r in found)) == (str(first), str(last))
    a, b = ([r for r in found if r["variant"] == variant] for variant in "AB")
    assert ratio(b, "trials", "sessions") > 1.1 * ratio(a, "trials", "sessions")


test_of_a_page.__test__ = False  # type: ignore[attr-defined]


def breakdown(first: date, last: date) -> None:
    lines = [row for row in rows("rugmark", "produktion.csv.gz", ";") if row["Linje"] == "Linje 2"]
    october = [row for row in lines if row["Dato"].endswith("-10-2025")]
    inside = [row for row in october if first.day <= int(row["Dato"][:2]) <= last.day]
    outside = [row for row in october if row not in inside]
    assert len(inside) == 10
    assert max(total([r], "Driftstimer") for r in inside) < min(total([r], "Driftstimer") for r in outside)


def packaging(first: date, last: date) -> None:
    bags = rows("rugmark", "emballage.csv", ";")
    shares = {r["Måned"]: total([r], "Genanvendeligt kg") / total([r], "Materialer kg") for r in bags}
    assert shares["01-07-2025"] < 0.66 and shares[f"{first:%d-%m-%Y}"] > 0.85


PLANTED = (landing_page, mix, outage, price, redefinition, test_of_a_page, breakdown, packaging)


def test_what_the_answers_name_is_in_the_data() -> None:
    assert len(answers()) == len(PLANTED)
    for answer, check in zip(answers(), PLANTED, strict=True):
        first, last = answer["first"], answer["last"]
        assert isinstance(first, date) and isinstance(last, date)
        check(first, last)


def test_what_a_client_would_know_of_is_an_event() -> None:
    events = {(client, each.window.start) for each in sample("agency").settings.events for client in each.clients}
    known = {(answer["client"], answer["first"]) for answer in answers() if answer["known"]}
    assert events == known


def test_kpikit_never_reads_the_answers() -> None:
    package = Path(importlib.import_module("kpikit").__file__ or "").parent
    assert [file for file in package.rglob("*.py") if "answers.yml" in file.read_text(encoding="utf-8")] == []
