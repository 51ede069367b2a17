"""Being found: Search Console by day and query, rankings and backlinks by month, the speed of the pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from recipe.curves import DAYS, MONTHS, Shape, chance, count, part
from recipe.files import write


def write_search(folder: Path, client: str, site: Shape, queries: Mapping[str, tuple[float, float]]) -> None:
    """Search Console: of each query, its impressions as a share of the site's sessions, and where it stood at first."""
    rows, through = [], site.through("search", client)
    for query, (share, first) in queries.items():
        random = chance("search", client, query)
        for day in DAYS:
            months = (day.year - DAYS[0].year) * 12 + day.month - 1
            position = max(1.0, first * (1 - 0.008 * months) + random.gauss(0, first * 0.06))
            shown = count(random, through[day] * share)
            clicks = part(random, shown, 0.38 / position**0.9)
            rate = f"{clicks / shown:.2%}" if shown else "0%"
            rows.append((day.isoformat(), query, clicks, shown, rate, f"{position:.2f}" if shown else "0"))
    rows.sort(key=lambda row: row[0])
    write(folder / "search_console.csv.gz", ("Date", "Query", "Clicks", "Impressions", "CTR", "Position"), rows)


def write_ranking(folder: Path, client: str, words: Sequence[str], links: int) -> None:
    """The keywords that are followed, with their places, and the links that lead here: once a month each."""
    random, rows, backlinks = chance("ranking", client), [], []
    places = {word: random.uniform(1.5, 24) for word in words}
    domains = links * 0.18
    for month in MONTHS:
        for word, place in places.items():
            places[word] = min(60.0, max(1.0, place * random.gauss(0.99, 0.07)))
            rows.append((month.isoformat(), word, max(1, round(places[word]))))
        links += count(random, links * 0.014)
        domains += count(random, domains * 0.011)
        backlinks.append((month.isoformat(), links, round(domains)))
    write(folder / "rankings.csv", ("Date", "Keyword", "Position"), rows)
    write(folder / "backlinks.csv", ("Date", "Backlinks", "Referring domains"), backlinks)


def write_speed(folder: Path, client: str, seconds: float, pages: int) -> None:
    """What visitors' browsers measured on a sample of page views, and the pages rated by Search Console each month."""
    random, rows, rated = chance("speed", client), [], []
    for day in DAYS:
        better = 0.82 if (day.year, day.month) >= (2025, 3) else 1.0  # pictures were made smaller
        for _ in range(5):
            load = seconds * better * random.lognormvariate(0, 0.45)
            delay, shift = 0.14 * random.lognormvariate(0, 0.5), 0.06 * random.lognormvariate(0, 0.7)
            rows.append(
                (day.isoformat(), random.choice(("mobile", "desktop")), f"{load:.2f}", f"{delay:.3f}", f"{shift:.3f}")
            )
    for month in MONTHS:
        good = part(random, pages, 0.68 if month.isoformat() < "2025-03" else 0.86)
        rated.append((month.isoformat(), good, pages))
    write(folder / "page_speed.csv.gz", ("date", "device", "lcp_seconds", "inp_seconds", "cls"), rows)
    write(folder / "web_vitals.csv", ("Date", "Good URLs", "URLs"), rated)
