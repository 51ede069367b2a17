"""The website: Google Analytics 4 by day, channel and device, its visitors by month, the shop's carts, an A/B test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from recipe.curves import DAYS, MONTHS, Shape, chance, count, part, years_since_first
from recipe.files import write
from recipe.planted import LANDING_PAGE, MIX, OUTAGE, TEST


@dataclass(frozen=True)
class Channel:
    """Where visitors come from: its share of the sessions, and what they do. ``growth`` is beyond that of the site."""

    share: float
    engaged: float
    converts: float
    growth: float = 0.0


@dataclass(frozen=True)
class Site:
    """A client's website. ``sessions`` a day; ``pages`` and ``seconds`` of a session; ``downloads`` per session."""

    client: str
    sessions: Shape
    channels: Mapping[str, Channel]
    mobile: float
    pages: float
    seconds: float
    downloads: float = 0.0
    visits: float = 1.35
    """How often a visitor comes in a month."""


COLUMNS = (
    "Date", "Session default channel group", "Device category", "Sessions", "Engaged sessions", "Views",
    "User engagement", "File downloads", "Key events",
)  # fmt: skip


def write_site(folder: Path, site: Site) -> dict[date, int]:
    """The exports of a site; gives the conversions of each day."""
    rows = [row for day, own in sessions(site).items() for row in own]
    total = [sum(int(row[at]) for row in rows) for at in range(3, len(COLUMNS))]
    above = ("# ----------------------------------------", "# Traffic acquisition by day", f"# Property: {site.client}",
             "# Synthetic data, made by data/agency/make.py", f"# Start date: {DAYS[0]:%Y%m%d}",
             f"# End date: {DAYS[-1]:%Y%m%d}", "# ----------------------------------------")  # fmt: skip
    write(folder / "ga4.csv.gz", COLUMNS, [*rows, ("", "Grand total", "", *total)], above=above)
    _write_months(folder, site, rows)
    done: dict[date, int] = {}
    for row in rows:
        day = date.fromisoformat(f"{row[0][:4]}-{row[0][4:6]}-{row[0][6:]}")
        done[day] = done.get(day, 0) + int(row[8])
    return done


def sessions(site: Site) -> dict[date, list[tuple[str, ...]]]:
    """The rows of each day."""
    random, through = chance("ga4", site.client), site.sessions.through("sessions", site.client)
    found: dict[date, list[tuple[str, ...]]] = {}
    for day in DAYS:
        if site.client == OUTAGE.client and OUTAGE.holds(day):
            continue
        years = years_since_first(day)
        found[day] = []
        for name, channel in site.channels.items():
            mean = through[day] * channel.share * (1 + channel.growth) ** years
            mean *= MIX.size if site.client == MIX.client and name == "Paid Social" and MIX.holds(day) else 1
            for device, share in (("desktop", 1 - site.mobile), ("mobile", site.mobile)):
                number = count(random, mean * share)
                found[day].append(
                    (f"{day:%Y%m%d}", name, device, *_done(random, site, name, channel, device, day, number))
                )
    return found


def _done(
    random: Random, site: Site, name: str, channel: Channel, device: str, day: date, number: int
) -> tuple[str, ...]:
    """What a number of sessions did: engaged ones, views, seconds, downloads, key events."""
    broken = site.client == LANDING_PAGE.client and name == "Paid Search" and LANDING_PAGE.holds(day)
    engaged = part(random, number, channel.engaged * (0.92 if device == "mobile" else 1.05) * (0.6 if broken else 1))
    views = number + count(random, engaged * (site.pages - 1) / channel.engaged)
    seconds = round(number * site.seconds * channel.engaged * random.uniform(0.9, 1.1))
    downloads = count(random, number * site.downloads)
    rate = channel.converts * (0.75 if device == "mobile" else 1.3) * (LANDING_PAGE.size if broken else 1)
    done = part(random, engaged, rate / channel.engaged)
    return tuple(str(each) for each in (number, engaged, views, seconds, downloads, done))


def _write_months(folder: Path, site: Site, rows: list[tuple[str, ...]]) -> None:
    """The different visitors of each month, which days do not add up to: all, and those who did this or that."""
    random, more, months = chance("visitors", site.client), chance("visitors by what they did", site.client), []
    for month in MONTHS:
        key = f"{month:%Y%m}"
        own = [row for row in rows if row[0].startswith(key)]
        total, engaged = sum(int(row[3]) for row in own), sum(int(row[4]) for row in own)
        users = round(total / (site.visits * random.uniform(0.98, 1.02)))
        converted = round(sum(int(row[8]) for row in own) * more.uniform(0.9, 0.95))  # some of them twice
        organic = sum(int(row[3]) for row in own if row[1] == "Organic Search")
        found = round(organic / (site.visits * more.uniform(0.9, 0.94)))
        one_page = round((total - engaged) / site.visits * 0.92)
        months.append((f"{month:%Y%m%d}", users, one_page, converted, found))
    header = ("Month", "Total users", "Users with one page", "Users with a key event", "Users from Organic Search")
    write(folder / "ga4_months.csv", header, months)


def write_carts(folder: Path, site: Site, orders: Mapping[date, int], worth: float) -> None:
    """The shop's report in GA4: by day and channel, carts, those of them that were ordered, and what they brought."""
    random, rows = chance("carts", site.client), []
    weights = {name: channel.share * channel.converts for name, channel in site.channels.items()}
    for day in DAYS:
        for name, weight in weights.items():
            ordered = count(random, orders[day] * 0.95 * weight / sum(weights.values()))
            carts = ordered + count(random, ordered * 1.9)
            rows.append((f"{day:%Y%m%d}", name, carts, ordered, f"{ordered * worth * random.gauss(1, 0.08):.2f}"))
    header = ("Date", "Session default channel group", "Carts", "Purchases", "Purchase revenue")
    write(folder / "ga4_carts.csv.gz", header, rows)


def write_test(folder: Path) -> None:
    """The A/B test: sessions and trials of each variant by day."""
    random, rows = chance("test"), []
    for day in DAYS:
        if TEST.holds(day):
            for variant, rate in (("A", 0.040), ("B", 0.040 * TEST.size)):
                number = count(random, 190 if day.weekday() < 5 else 70)
                rows.append((day.isoformat(), variant, number, part(random, number, rate)))
    write(folder / "ab_test.csv", ("date", "variant", "sessions", "trials"), rows)
