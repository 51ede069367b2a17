"""Paid ads: Google Ads in English, Meta Ads in Danish and in Norwegian, each as the platform's export is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from recipe.curves import DAYS, MONTHS, Shape, chance, count, days_of, part, years_since_first
from recipe.files import comma, english, norwegian_day, write
from recipe.planted import MIX


@dataclass(frozen=True)
class Campaign:
    """A campaign: impressions a day, the chance of a click, what one costs, the chance of a conversion, its worth."""

    name: str
    kind: str
    impressions: Shape
    clicks: float
    price: float
    converts: float
    worth: float
    share: float = 0.6
    """The share of the impressions that were possible."""


Months = dict[date, list[float]]
"""For each month its clicks, cost, conversions and their worth, as the platform itself counts them."""


def no_months() -> Months:
    return {month: [0.0] * 4 for month in MONTHS}


def add(months: Months, day: date, *figures: float) -> None:
    month = months[day.replace(day=1)]
    for at, figure in enumerate(figures):
        month[at] += round(figure, 2)


def write_google(folder: Path, client: str, campaigns: list[Campaign]) -> Months:
    """The campaign report of Google Ads, by day. Of a campaign in the display network, no impression share is known."""
    rows, totals, months = [], [0.0] * 5, no_months()
    for day in DAYS:
        for each in campaigns:
            random = chance("google", client, each.name, str(day))
            shown = count(random, each.impressions.at(day) * random.gauss(1, 0.08))
            clicks = part(random, shown, each.clicks)
            cost = clicks * each.price * 1.04 ** years_since_first(day) * random.gauss(1, 0.06)
            done = part(random, clicks, each.converts)
            worth = done * each.worth * random.gauss(1, 0.1)
            share = min(0.95, max(0.12, random.gauss(each.share, 0.05)))
            budget = (1 - share) * random.uniform(0.3, 0.5)
            search = each.kind == "Search"
            shares = [f"{value:.2%}" if search else " --" for value in (share, budget, 1 - share - budget)]
            able = round(shown * 0.93)
            rows.append((
                day.isoformat(), each.name, each.kind, english(shown, 0), english(clicks, 0), english(cost),
                english(done, 0),
                english(worth), *shares, english(part(random, able, 0.71), 0), english(able, 0),
            ))  # fmt: skip
            for at, value in enumerate((shown, clicks, cost, done, worth)):
                totals[at] += value
            add(months, day, clicks, cost, done, worth)
    total = [
        "Total: All campaigns",
        "",
        "",
        *(english(totals[at], at // 2 * 2 if at in (2, 4) else 0) for at in range(5)),
    ]
    header = ("Day", "Campaign", "Campaign type", "Impr.", "Clicks", "Cost", "Conversions", "Conv. value",
              "Search impr. share", "Search lost IS (budget)", "Search lost IS (rank)", "Viewable impr.",
              "Measurable impr.")  # fmt: skip
    above = ("Campaign report (synthetic data)", f"{DAYS[0]:%B %d, %Y} - {DAYS[-1]:%B %d, %Y}")
    write(folder / "google_ads.csv.gz", header, [*rows, (*total, "", "", "", "", "")], above=above)
    return months


DANISH = ("Rapporteringsstart", "Rapporteringsslut", "Kampagnenavn", "Brugt beløb (DKK)", "Visninger", "Klik på link",
          "Resultater", "Værdi af konverteringer")  # fmt: skip
NORWEGIAN = ("Rapporteringsstart", "Rapporteringsslutt", "Kampanjenavn", "Beløp brukt (NOK)", "Visninger",
             "Klikk på lenke", "Resultater", "Verdi av konverteringer")  # fmt: skip


def write_meta(folder: Path, client: str, campaigns: list[Campaign], norwegian: bool = False) -> Months:
    """Meta Ads by day, and the people reached by month, which days do not add up to."""
    rows, shown_in, months = [], dict.fromkeys(MONTHS, 0), no_months()
    for day in DAYS:
        for each in campaigns:
            random = chance("meta", client, each.name, str(day))
            more = MIX.size * 0.8 if client == MIX.client and MIX.holds(day) else 1
            shown = count(random, each.impressions.at(day) * more * random.gauss(1, 0.1))
            clicks = part(random, shown, each.clicks)
            done = part(random, clicks, each.converts)
            cost, worth = clicks * each.price * random.gauss(1, 0.08), done * each.worth * random.gauss(1, 0.1)
            shown_in[day.replace(day=1)] += shown
            when = norwegian_day(day) if norwegian else day.isoformat()
            rows.append((when, when, each.name, comma(cost), shown, clicks, done, comma(worth)))
            add(months, day, clicks, cost, done, worth)
    header = NORWEGIAN if norwegian else DANISH
    write(folder / f"meta_{'nb' if norwegian else 'da'}.csv.gz", header, rows, delimiter=";", bom=True)
    random, reach = chance("reach", client), []
    for month in MONTHS:
        last = days_of(month)[-1]
        reach.append((month.isoformat(), last.isoformat(), round(shown_in[month] / random.uniform(3.1, 3.9))))
    write(folder / "meta_reach.csv", ("Reporting starts", "Reporting ends", "Reach"), reach, bom=True)
    return months


def write_platforms(folder: Path, platforms: Mapping[str, Months]) -> None:
    """What a connector gathers from all platforms: both claim an order that followed on a click in each."""
    rows = [
        (f"{month:%Y-%m-%d}", name, f"{clicks:.0f}", f"{cost:.2f}", f"{done:.0f}", f"{worth:.2f}")
        for month in MONTHS
        for name, (clicks, cost, done, worth) in ((name, found[month]) for name, found in platforms.items())
    ]
    write(folder / "ad_platforms.csv", ("Month", "Platform", "Clicks", "Cost", "Conversions", "Conversion value"), rows)
