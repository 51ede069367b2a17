"""The figures of the synthetic agency are those of its files.

The check figures are computed here from the raw files with csv and plain sums, not by kpikit's reader.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.samples.agency import CLIENTS, february, plain, rows, total

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
