"""Makes the sources of the synthetic agency anew: ``python data/agency/make.py [FOLDER]``, by default beside this file.

None of the clients exists; no figure is anybody's. All is drawn from generators with fixed seeds (``recipe/``), so that
a second run writes the same. What was planted into the figures stands in ``answers.yml``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from recipe import ads, attention, books, pipeline, planted, sales, search, service, web, works
from recipe.ads import Campaign
from recipe.curves import DAYS, OFFICE_WEEK, Shape
from recipe.web import Channel, Site

SUNDAY_WEEK = (1.1, 1.0, 0.95, 0.95, 0.85, 0.95, 1.2)


def coffee(folder: Path) -> None:
    """Brynje Kaffe: five coffee shops in Danish towns."""
    client = folder.name
    sales.write_till(folder, client)
    shape = Shape(190, 0.06, sales.CUPS_YEAR, (0.9, 0.9, 0.95, 1, 1.1, 1.2, 0.95))
    local = Campaign("Ny kaffe i byen", "Meta", Shape(5200, 0.05, sales.CUPS_YEAR), 0.009, 4.2, 0.06, 58)
    ads.write_meta(folder, client, [local, Campaign("Kaffeklub", "Meta", Shape(2400, 0.1), 0.012, 3.6, 0.09, 61)])
    search.write_search(
        folder, client, shape, {"brynje kaffe": (0.5, 1.2), "kaffebar": (2.6, 7.5), "brunch": (3.1, 11)}
    )
    attention.write_social(folder, client, {"Instagram": (8_400, 0.6), "Facebook": (5_100, 0.3)})
    attention.write_reviews(folder, client, 1.6, 0.68)
    attention.write_awareness(folder, client, 0.31)
    books.write_staff(folder, client, 58, 0.026, 0.034)
    books.write_wellbeing(folder, client, 58, 7.4)
    works.write_waste(folder, client, {shop: level * 0.21 for shop, level in sales.SHOPS.items()}, 0.085)
    turnover = books.by_month({day: 31_500 * shape.at(day) / 190 for day in DAYS})
    books.write_books(folder, books.Books(client, turnover, 0.27, 0.34, 505_000, 0.025, 9, 1.22))


def web_shop(folder: Path) -> None:
    """Maskegarn: yarn, needles and patterns, sold in Denmark, Sweden and Norway."""
    client = folder.name
    made = sales.write_orders(folder, client)
    shape = Shape(1_350, 0.14, sales.YARN_YEAR, SUNDAY_WEEK, 0.05)
    channels = {
        "Organic Search": Channel(0.38, 0.64, 0.024, 0.02), "Paid Search": Channel(0.22, 0.58, 0.027),
        "Direct": Channel(0.17, 0.66, 0.034), "Email": Channel(0.09, 0.71, 0.047),
        "Paid Social": Channel(0.08, 0.36, 0.006), "Organic Social": Channel(0.06, 0.48, 0.011),
    }  # fmt: skip
    site = Site(client, shape, channels, 0.66, 4.8, 128, 0.012)
    web.write_site(folder, site)
    web.write_carts(folder, site, made, 352.0)
    year = sales.YARN_YEAR
    google = ads.write_google(folder, client, [
        Campaign("Brand", "Search", Shape(420, 0.1, year), 0.19, 2.1, 0.11, 395, 0.88),
        Campaign("Yarn", "Search", Shape(5_400, 0.12, year), 0.041, 4.6, 0.028, 372, 0.46),
        Campaign("Remarketing", "Display", Shape(9_000, 0.08, year), 0.006, 2.4, 0.012, 350),
    ])  # fmt: skip
    meta = ads.write_meta(
        folder, client, [Campaign("Strikkeaftener", "Meta", Shape(7_800, 0.1, year), 0.014, 3.1, 0.008, 340)]
    )
    ads.write_platforms(folder, {"Google Ads": google, "Meta Ads": meta})
    works.write_parcels(folder, client, made)
    search.write_search(folder, client, shape, {
        "maskegarn": (0.11, 1.1), "alpakagarn": (1.3, 5.2), "strikkepinde": (1.1, 8.8),
        "sokkegarn opskrift": (0.9, 6.1),
    })  # fmt: skip
    words = [f"{kind}{what}" for kind in ("uld", "alpaka", "sokke", "bomulds", "mohair", "hør")
             for what in ("garn", "garn tilbud", "opskrift", "trøje")]  # fmt: skip
    search.write_ranking(folder, client, words, 2_900)
    search.write_speed(folder, client, 2.1, 640)
    attention.write_mail(folder, client, 3, 21_500, 372.0)
    attention.write_reviews(folder, client, 1.1, 0.72)
    service.write_survey(folder, client, 5, 0.75)
    turnover = books.by_month({day: number * 385.0 for day, number in made.items()})
    books.write_books(folder, books.Books(client, turnover, 0.52, 0.66, 96_000, 0.11, 62, 1.31))


def software(folder: Path) -> None:
    """Kvartal Software: accounting for small firms, by subscription."""
    client = folder.name
    shape = Shape(430, 0.2, pipeline.LEAD_YEAR, (1.2, 1.2, 1.15, 1.1, 0.95, 0.45, 0.5), 0.05)
    channels = {
        "Organic Search": Channel(0.44, 0.6, 0.016, 0.03), "Paid Search": Channel(0.24, 0.52, 0.021),
        "Direct": Channel(0.2, 0.63, 0.024), "Referral": Channel(0.12, 0.6, 0.013),
    }  # fmt: skip
    web.write_site(folder, Site(client, shape, channels, 0.31, 3.4, 154, 0.03))
    web.write_test(folder)
    office = Shape(1_900, 0.15, pipeline.LEAD_YEAR, OFFICE_WEEK)
    ads.write_google(folder, client, [
        Campaign("Accounting software", "Search", office, 0.05, 19.5, 0.021, 690, 0.34),
        Campaign("Kvartal (brand)", "Search", Shape(160, 0.2), 0.22, 3.9, 0.06, 720, 0.91),
    ])  # fmt: skip
    search.write_search(folder, client, shape, {
        "kvartal software": (0.14, 1.1), "regnskabsprogram": (2.2, 9.4), "vat return": (0.9, 6.8),
    })  # fmt: skip
    words = [f"{what} {for_whom}" for what in ("accounting", "invoicing", "payroll", "vat return", "budget")
             for for_whom in ("software", "small business", "denmark", "online")]  # fmt: skip
    search.write_ranking(folder, client, words, 1_150)
    attention.write_content(folder, client)
    pipeline.write_pipeline(folder, client)
    invoiced = pipeline.write_subscriptions(folder, client)
    service.write_survey(folder, client, 2.4, 0.55)
    books.write_staff(folder, client, 64, 0.011, 0.022)
    books.write_wellbeing(folder, client, 64, 7.7)
    works.write_prints(folder, client, Shape(190, -0.1, week=OFFICE_WEEK))
    books.write_books(folder, books.Books(client, lambda month: invoiced[month], 0.18, 0.22, 390_000, 0.16, 0.5, 1.4))


def municipality(folder: Path) -> None:
    """Fjordvik kommune: the service desk of a Norwegian municipality."""
    client = folder.name
    service.write_cases(folder, client)
    service.write_survey(folder, client, 3.2, 0.35)
    shape = Shape(620, 0.05, service.CASE_YEAR, (1.15, 1.1, 1.1, 1.05, 0.95, 0.6, 0.65), 0.05)
    channels = {
        "Organic Search": Channel(0.52, 0.58, 0.06), "Direct": Channel(0.36, 0.6, 0.075),
        "Referral": Channel(0.12, 0.5, 0.04),
    }  # fmt: skip
    web.write_site(folder, Site(client, shape, channels, 0.55, 2.9, 92, 0.06))
    search.write_speed(folder, client, 2.6, 410)
    books.write_staff(folder, client, 34, 0.009, 0.058)
    books.write_wellbeing(folder, client, 34, 6.9)


def bakery(folder: Path) -> None:
    """Rugmark Brød: rye bread for shops and canteens."""
    client = folder.name
    units = sales.write_invoices(folder, client)
    works.write_lines(folder, client)
    works.write_deliveries(folder, client)
    works.write_materials(folder, client, units)
    works.write_waste(folder, client, {"Bageri": 2_350.0}, 0.034)
    attention.write_mentions(folder, client, {"Rugmark": 2.1, "Konkurrent A": 6.2, "Konkurrent B": 3.4})
    attention.write_social(folder, client, {"Instagram": (3_900, 0.35), "LinkedIn": (2_200, 0.2)})
    books.write_staff(folder, client, 96, 0.013, 0.045)
    books.write_wellbeing(folder, client, 96, 7.1)
    turnover = books.by_month({day: number * 11.4 for day, number in units.items()})
    books.write_books(folder, books.Books(client, turnover, 0.49, 0.6, 470_000, 0.018, 17, 1.27))


def charity(folder: Path) -> None:
    """Kysthjelpen: a Norwegian charity that keeps the coast clean."""
    client = folder.name
    sales.write_gifts(folder, client)
    shape = Shape(300, 0.1, sales.GIFT_YEAR, (1.05, 1.0, 1.0, 1.0, 0.9, 0.95, 1.1), 0.08)
    channels = {
        "Organic Search": Channel(0.34, 0.55, 0.013), "Direct": Channel(0.24, 0.58, 0.021),
        "Email": Channel(0.12, 0.68, 0.034),
        "Paid Social": Channel(0.2, 0.38, 0.008), "Organic Social": Channel(0.1, 0.45, 0.009),
    }  # fmt: skip
    web.write_site(folder, Site(client, shape, channels, 0.71, 2.6, 84, 0.02))
    ads.write_meta(
        folder,
        client,
        [Campaign("Rydd stranda", "Meta", Shape(6_100, 0.05, sales.GIFT_YEAR), 0.011, 5.4, 0.018, 340)],
        True,
    )
    attention.write_mail(folder, client, 1, 9_800, 330.0, norwegian=True)
    attention.write_social(folder, client, {"Facebook": (12_400, 0.5), "Instagram": (6_700, 0.5)})
    attention.write_mentions(folder, client, {"Kysthjelpen": 1.4, "Andre A": 3.3, "Andre B": 2.2})
    attention.write_awareness(folder, client, 0.22)
    search.write_search(
        folder, client, shape, {"kysthjelpen": (0.3, 1.1), "rydde strand": (0.8, 4.4), "plast i havet": (2.0, 9.1)}
    )
    works.write_prints(folder, client, Shape(310, -0.06, sales.GIFT_YEAR, OFFICE_WEEK))


CLIENTS = {
    "brynje": coffee, "maskegarn": web_shop, "kvartal": software, "fjordvik": municipality, "rugmark": bakery,
    "kysthjelpen": charity,
}  # fmt: skip


def main(place: Path) -> None:
    """Write the sources of all clients, and the key of answers."""
    for key, make in CLIENTS.items():
        make(place / "sources" / key)
    planted.write_answers(place / "answers.yml")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent)
