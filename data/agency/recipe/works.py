"""A bakery's works: three lines by day, deliveries, materials, waste of food, and its market."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from recipe.curves import DAYS, HOLIDAYS, MONTHS, Shape, chance, count, days_of, part, years_since_first
from recipe.files import comma, danish_day, write
from recipe.planted import BREAKDOWN, PACKAGING

LINES = {"Linje 1": (16.0, 150), "Linje 2": (16.0, 135), "Linje 3": (8.0, 160)}
"""Planned hours of a day, and units in an hour at ideal speed."""


def write_lines(folder: Path, client: str) -> None:
    """The production of each line and day."""
    rows = []
    for line, (planned, speed) in LINES.items():
        random = chance("line", client, line)
        for day in DAYS:
            if day.weekday() > 4 or day in HOLIDAYS:
                continue
            running = planned * min(0.98, random.gauss(0.89, 0.03))
            running *= BREAKDOWN.size if line == "Linje 2" and BREAKDOWN.holds(day) else 1
            made = round(running * speed * min(0.99, random.gauss(0.9, 0.03)))
            bad = part(random, made, 0.021 - 0.003 * years_since_first(day))
            rework = part(random, made - bad, 0.018)
            rows.append((
                danish_day(day), line, comma(planned, 1), comma(running, 1), comma(made / speed), made, made - bad,
                made - bad - rework, bad, bad + count(random, bad * 0.3), made * 6, round(planned * speed),
                comma(planned * 3.5, 1), round(3600 / speed * random.gauss(45, 2)),
                comma(made * 0.41 * random.gauss(1, 0.02), 1),
            ))  # fmt: skip
    rows.sort(key=lambda row: (row[0][6:], row[0][3:5], row[0][:2]))
    header = ("Dato", "Linje", "Planlagte timer", "Driftstimer", "Timer ved ideel hastighed", "Producerede enheder",
              "Godkendte", "Rigtige første gang", "Kasserede", "Fejl", "Fejlmuligheder", "Mulige enheder",
              "Arbejdstimer", "Sekunder pr. plade", "CO2e (kg)")  # fmt: skip
    write(folder / "produktion.csv.gz", header, rows, delimiter=";")


def write_deliveries(folder: Path, client: str) -> None:
    """Deliveries, one row each, and what was begun and not finished at the end of the day."""
    random, rows, stock = chance("deliveries", client), [], []
    for day in DAYS:
        if day.weekday() > 4 or day in HOLIDAYS:
            continue
        for _ in range(count(random, 9)):
            late = random.random() < (0.14 if BREAKDOWN.holds(day) else 0.045)
            whole = random.random() < 0.97
            days = max(1, round(random.gauss(2.6 + 1.5 * late, 0.7)))
            rows.append((danish_day(day), days, "nej" if late else "ja", "ja" if whole and not late else "nej"))
        stock.append((danish_day(day), count(random, 5_200 * random.gauss(2.7, 0.1))))
    write(
        folder / "leverancer.csv.gz",
        ("Dato", "Dage fra ordre", "Til tiden", "Til tiden og komplet"),
        rows,
        delimiter=";",
    )
    write(folder / "igangvaerende.csv", ("Dato", "Enheder i gang"), stock, delimiter=";")


PACKAGING_HEADER = ("Måned", "Materialer kg", "Genanvendeligt kg", "Genanvendt kg")


def write_materials(folder: Path, client: str, units: Mapping[date, int]) -> None:
    """Packaging by month: kilos in all, of which recyclable and recycled; and the market, as a panel estimates it."""
    random, segment, rows, market = chance("materials", client), chance("segment", client), [], []
    for month in MONTHS:
        own = sum(units[day] for day in days_of(month))
        kilos = own * 0.019 * random.gauss(1, 0.02)
        able = kilos * (PACKAGING.size if PACKAGING.holds(month) else 0.62) * random.gauss(1, 0.008)
        rows.append((danish_day(month), comma(kilos, 1), comma(able, 1), comma(kilos * random.gauss(0.34, 0.015), 1)))
        whole = own / random.gauss(0.082 + 0.0004 * len(market), 0.0015)
        revenue = whole * 11.6
        largest, average = revenue * random.gauss(0.29, 0.006), revenue * segment.gauss(0.071, 0.001)
        market.append((danish_day(month), round(whole), comma(revenue), comma(largest), comma(average)))
    write(folder / "emballage.csv", PACKAGING_HEADER, rows, delimiter=";")
    header = ("Måned", "Markedets enheder", "Markedets omsætning", "Største konkurrents omsætning",
              "Gennemsnit i segmentet")  # fmt: skip
    write(folder / "marked.csv", header, market, delimiter=";")


def write_waste(folder: Path, client: str, places: Mapping[str, float], share: float) -> None:
    """Food bought and food wasted, by place and day, in kilos."""
    rows = []
    for place, kilos in places.items():
        random = chance("waste", client, place)
        through = Shape(kilos, 0.02, noise=0.04).through("waste", client, place)
        for day in DAYS:
            if day in HOLIDAYS:
                continue
            bought = through[day]
            wasted = bought * max(0.002, random.gauss(share * 0.9 ** years_since_first(day), share * 0.15))
            rows.append((danish_day(day), place, comma(bought, 1), comma(wasted, 1)))
    rows.sort(key=lambda row: (row[0][6:], row[0][3:5], row[0][:2]))
    write(folder / "madspild.csv.gz", ("Dato", "Sted", "Indkøbt kg", "Spild kg"), rows, delimiter=";")


def write_parcels(folder: Path, client: str, orders: Mapping[date, int]) -> None:
    """A web shop's packaging by month, in kilos: boxes and bags, of which more can be recycled from year to year."""
    random, rows = chance("parcels", client), []
    for month in MONTHS:
        kilos = sum(orders[day] for day in days_of(month)) * 0.21 * random.gauss(1, 0.02)
        able = kilos * (0.78 + 0.045 * years_since_first(month)) * random.gauss(1, 0.008)
        again = kilos * random.gauss(0.52, 0.015)
        rows.append((danish_day(month), comma(kilos, 1), comma(able, 1), comma(again, 1)))
    write(folder / "emballage.csv", PACKAGING_HEADER, rows, delimiter=";")


def write_prints(folder: Path, client: str, pages: Shape) -> None:
    """What the printers of an office count: the sheets of each month."""
    random = chance("prints", client)
    rows = [(month.isoformat(), round(sum(map(pages.at, days_of(month))) * random.gauss(1, 0.06))) for month in MONTHS]
    write(folder / "print.csv", ("Month", "Sheets"), rows)
