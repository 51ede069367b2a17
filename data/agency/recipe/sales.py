"""What is sold: a till, a web shop's orders, gifts to a charity, a bakery's invoices."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from recipe.curves import DAYS, HOLIDAYS, LAST, OFFICE_WEEK, Shape, chance, count, years_since_first
from recipe.files import comma, danish, danish_day, norwegian_day, write
from recipe.planted import LANDING_PAGE, MIX, PRICE

SHOPS = {"Nørrebro": 150, "Vesterbro": 130, "Østerbro": 115, "Aarhus C": 140, "Odense": 95}
"""The coffee shops, with their receipts on an average day."""
CUPS_YEAR = (0.95, 0.96, 1.0, 1.02, 1.05, 1.0, 0.88, 0.98, 1.03, 1.05, 1.08, 1.12)
BASKET_YEAR = (0.99, 0.985, 0.99, 1.0, 1.0, 1.01, 1.015, 1.0, 0.995, 1.0, 1.005, 1.03)
YARN_YEAR = (1.2, 1.1, 0.95, 0.8, 0.7, 0.6, 0.62, 0.85, 1.05, 1.25, 1.45, 1.35)
GIFT_YEAR = (0.7, 0.75, 0.8, 0.8, 0.8, 0.7, 0.5, 0.7, 0.9, 1.5, 1.4, 2.6)


def write_till(folder: Path, client: str) -> None:
    """A Danish till: semicolons, decimal commas, ISO-8859-1."""
    rows = []
    week = (0.9, 0.92, 0.95, 1.0, 1.1, 1.2, 0.95)
    for shop, level in SHOPS.items():
        random = chance("till", shop)
        through = Shape(level, 0.035, CUPS_YEAR, week, 0.04).through("till", shop)
        baskets = Shape(1.0, 0.012, BASKET_YEAR, noise=0.012).through("baskets", shop)
        for day in DAYS:
            if day in HOLIDAYS:
                continue
            for place, share, price in (("Café", 0.58, 61.0), ("To go", 0.42, 38.0)):
                dearer = PRICE.holds(day)
                receipts = count(random, through[day] * share * (0.97 if dearer else 1))
                basket = price * baskets[day] * (PRICE.size if dearer else 1) * random.gauss(1, 0.02)
                items = receipts + count(random, receipts * 0.6)
                rows.append((danish_day(day), shop, place, receipts, items, danish(receipts * basket)))
    rows.sort(key=lambda row: (row[0][6:], row[0][3:5], row[0][:2]))
    header = ("Dato", "Butik", "Salgssted", "Bilag", "Varer", "Omsætning")
    write(folder / "kasse.csv.gz", header, rows, delimiter=";", encoding="iso-8859-1")


def orders(client: str) -> list[tuple[datetime, int, str, float, float]]:
    """A web shop's orders: when, by whom, from where, at what price, with what discount.

    Customers buy at a rate of their own and, after each order, are gone for good with a chance of their own: the
    BG/NBD model of Fader, Hardie and Lee (2005), whose parameters here are r 0.35, alpha 60 days, a 0.8, b 2.4.
    """
    random = chance("orders", client)
    arrivals = Shape(10.5, 0.14, YARN_YEAR, (1.15, 1.0, 0.95, 0.95, 0.85, 0.9, 1.2), 0.06).through("arrivals", client)
    found, customer = [], 20_000
    for day in [
        day - timedelta(days=365) for day in DAYS[:365]
    ] + DAYS:  # a year before: not all are new on the first day
        broken = 0.78 if LANDING_PAGE.holds(day) else 1.5 if MIX.holds(day) else 1
        mean = arrivals.get(day, 9.0) * broken if day >= DAYS[0] else 9.0
        for _ in range(count(random, mean)):
            customer += 1
            found += _history(random, day, customer)
    return sorted(order for order in found if DAYS[0] <= order[0].date() <= LAST)


def _history(random: Random, first: date, customer: int) -> Iterator[tuple[datetime, int, str, float, float]]:
    rate, leaving = random.gammavariate(0.35, 1 / 60), random.betavariate(0.8, 2.4)
    usual = 380 * math.exp(random.gauss(0, 0.35))
    country = random.choices(("Denmark", "Sweden", "Norway"), (0.78, 0.12, 0.10))[0]
    moment = datetime.combine(first, datetime.min.time()) + timedelta(minutes=random.randrange(7 * 60, 23 * 60))
    while moment.date() <= LAST:
        value = usual * math.exp(random.gauss(0, 0.4))
        cut = 0.2 if MIX.holds(moment.date()) else 0.1
        discount = value * cut if random.random() < (0.6 if MIX.holds(moment.date()) else 0.12) else 0.0
        yield moment, customer, country, value - discount, discount
        if random.random() < leaving:
            return
        wait = min(random.expovariate(max(rate, 1e-9)), 9_999)
        moment += timedelta(minutes=round(24 * 60 * max(wait, 0.05)))


def write_orders(folder: Path, client: str) -> dict[date, int]:
    """The web shop's export of orders; gives how many each day has."""
    random, rows, made = chance("order details", client), [], dict.fromkeys(DAYS, 0)
    for number, (moment, customer, country, value, discount) in enumerate(orders(client), 10_001):
        status = random.choices(("paid", "refunded", "voided"), (0.905, 0.07, 0.025))[0]
        lines = 1 + count(random, 1.1)
        rows.append((
            f"#{number}", f"{moment:%Y-%m-%d %H:%M}", status, customer, f"knit{customer}@example.com", country, lines,
            lines + count(random, lines * 1.6), f"{value:.2f}", f"{discount:.2f}",
        ))  # fmt: skip
        made[moment.date()] += status != "voided"
    header = ("Name", "Created at", "Financial status", "Customer ID", "Email", "Billing country", "Lineitems",
              "Units", "Subtotal", "Discount amount")  # fmt: skip
    write(folder / "orders.csv.gz", header, rows)
    return made


def write_gifts(folder: Path, client: str) -> None:
    """Gifts to a charity, one row each, as a Norwegian register of donors writes them."""
    random, rows, donor = chance("gifts", client), [], 4_000
    through = Shape(7.5, 0.08, GIFT_YEAR, (1.0, 1.0, 1.0, 1.05, 1.0, 0.85, 1.1), 0.12).through("gifts", client)
    regular = [(4_000 + number, random.choice((150, 200, 250, 300, 500))) for number in range(240)]
    donor += len(regular)
    for day in DAYS:
        if day.day == 15:  # those who give each month
            regular = [each for each in regular if random.random() > 0.012]
            rows += [
                (norwegian_day(day), number, "Fast giver", "Avtalegiro", comma(amount)) for number, amount in regular
            ]
            for _ in range(count(random, 6.5)):
                donor += 1
                regular.append((donor, random.choice((150, 200, 250, 300, 500))))
        for _ in range(count(random, through[day])):
            known = random.random() < 0.3 and donor > 4_300
            number = random.randrange(4_240, donor) if known else (donor := donor + 1)
            how = random.choices(("Nett", "Vipps", "Bank"), (0.45, 0.4, 0.15))[0]
            amount = random.choices((100, 200, 300, 500, 1000, 2500), (0.22, 0.28, 0.2, 0.18, 0.1, 0.02))[0]
            rows.append((norwegian_day(day), number, "Enkeltgave", how, comma(amount)))
    write(folder / "gaver.csv.gz", ("Dato", "Giver", "Type", "Betalt med", "Beløp"), rows, delimiter=";")


CHAINS = ("Torvekøb", "Dagligvaren", "Nærmarked", "Kantineforsyningen", "Fiskebrød & Co", "Café-engros", "Skolemad")


def write_invoices(folder: Path, client: str) -> Mapping[date, int]:
    """A bakery's invoices to shops and canteens; gives the units of each day."""
    random, rows, units = chance("invoices", client), [], dict.fromkeys(DAYS, 0)
    through = Shape(
        5200, 0.05, (0.95, 0.97, 1.0, 1.05, 1.05, 1.0, 0.85, 1.0, 1.05, 1.03, 1.03, 1.02), OFFICE_WEEK, 0.03
    )
    number = 70_000
    for day, mean in through.through("invoices", client).items():
        if mean == 0 or day in HOLIDAYS:
            continue
        for chain, share in zip(CHAINS, (0.34, 0.24, 0.14, 0.1, 0.05, 0.07, 0.06), strict=True):
            sold = count(random, mean * share)
            number += 1
            units[day] += sold
            price = 11.2 * 1.025 ** years_since_first(day) * random.gauss(1, 0.01)
            rows.append((number, danish_day(day), chain, sold, comma(sold * price)))
    write(folder / "fakturaer.csv.gz", ("Faktura", "Dato", "Kunde", "Enheder", "Beløb"), rows, delimiter=";")
    return units
