"""Attention: newsletters, social media, mentions of the brand, content, reviews, and who knows the brand."""

from __future__ import annotations

from pathlib import Path

from recipe.curves import DAYS, MONTHS, chance, count, days_of, part, years_since_first
from recipe.files import comma, danish, danish_day, norwegian_day, write

MAIL = ("Send date", "Campaign", "Sent", "Delivered", "Hard bounces", "Unique opens", "Unique clicks", "Forwards",
        "Unsubscribes", "Abuse complaints", "Orders", "Revenue")  # fmt: skip
NORWEGIAN_MAIL = ("Dato", "Utsendelse", "Sendt", "Levert", "Harde avvisninger", "Åpnet", "Klikket", "Videresendt",
                  "Avmeldt", "Søppelpost", "Gaver", "Beløp")  # fmt: skip


def write_mail(folder: Path, client: str, weekday: int, addresses: int, worth: float, norwegian: bool = False) -> None:
    """The campaigns of a mail platform, one a week, and how the list grew by month."""
    random, rows, months = chance("mail", client), [], []
    for month in MONTHS:
        joined, start, gone = count(random, addresses * 0.034), addresses, 0
        for day in (day for day in days_of(month) if day.weekday() == weekday):
            hard, soft = count(random, addresses * 0.0016), count(random, addresses * 0.006)
            delivered = addresses - hard - soft
            opened = part(random, delivered, random.gauss(0.41, 0.03))
            clicked = part(random, opened, random.gauss(0.085, 0.012))
            left, angry = part(random, delivered, 0.0021), part(random, delivered, 0.0001)
            bought = part(random, clicked, 0.055)
            sum_ = bought * worth * random.gauss(1, 0.12)
            what = f"{'Nyhetsbrev' if norwegian else 'Newsletter'} {day.isocalendar().week}"
            rows.append((
                norwegian_day(day) if norwegian else day.isoformat(), what, addresses, delivered, hard, opened, clicked,
                part(random, opened, 0.006), left, angry, bought, comma(sum_) if norwegian else f"{sum_:.2f}",
            ))  # fmt: skip
            gone += left + hard
        addresses += joined - gone
        months.append((month.isoformat(), start, joined, gone))
    if norwegian:
        write(folder / "utsendelser.csv", NORWEGIAN_MAIL, rows, delimiter=";")
    else:
        write(folder / "mail_campaigns.csv", MAIL, rows)
    write(folder / "mail_list.csv", ("Month", "Subscribers at start", "New", "Lost"), months)


def write_social(folder: Path, client: str, platforms: dict[str, tuple[int, float]]) -> None:
    """A social media tool's export by day: of each platform, its followers at first, and its posts a day."""
    rows, months = [], dict.fromkeys(MONTHS, 0)
    for platform, (followers, pace) in platforms.items():
        random = chance("social", client, platform)
        for day in DAYS:
            posts = count(random, pace * (1.1 if day.weekday() < 5 else 0.6))
            views = count(random, followers * (0.05 + 0.28 * posts))
            likes, comments = part(random, views, 0.032), part(random, views, 0.0028)
            shares, clicks = part(random, views, 0.0024), part(random, views, 0.009)
            followers += count(random, followers * 0.00042 * (1 + posts)) - count(random, followers * 0.00025)
            months[day.replace(day=1)] += views
            numbers = (followers, posts, views, likes, comments, shares, clicks)
            rows.append((danish_day(day), platform, *(danish(number, 0) for number in numbers)))
    header = ("Dato", "Platform", "Følgere", "Opslag", "Visninger", "Synes godt om", "Kommentarer", "Delinger", "Klik")
    rows.sort(key=lambda row: (row[0][6:], row[0][3:5], row[0][:2]))
    write(folder / "social.csv.gz", header, rows, delimiter=";")
    random = chance("social reach", client)
    reach = [(danish_day(month), danish(views / random.uniform(2.2, 2.8), 0)) for month, views in months.items()]
    write(folder / "social_maaned.csv", ("Måned", "Rækkevidde"), reach, delimiter=";")


def write_mentions(folder: Path, client: str, brands: dict[str, float]) -> None:
    """Mentions by day and brand, the client's own first."""
    rows = []
    for place, (brand, mean) in enumerate(brands.items()):
        random = chance("mentions", client, brand)
        growth = 1.12 if place == 0 else 1.02
        for day in DAYS:
            found = count(random, mean * growth ** years_since_first(day))
            if found:
                rows.append((day.isoformat(), brand, "own" if place == 0 else "competitor", found))
    rows.sort(key=lambda row: row[0])
    write(folder / "mentions.csv.gz", ("Date", "Brand", "Kind", "Mentions"), rows)


SUBJECTS = ("Close the books in three days", "VAT across borders", "Budgets that people read",
            "Eight reports, one page", "From spreadsheet to system", "What a controller does on Mondays")  # fmt: skip


def write_content(folder: Path, client: str) -> None:
    """Pieces of content: what they cost, who read them, what came of them."""
    random, rows = chance("content", client), []
    for day in DAYS:
        if day.weekday() == 1:
            kind = random.choices(("article", "e-book", "webinar"), (0.7, 0.15, 0.15))[0]
            readers = count(random, {"article": 640, "e-book": 310, "webinar": 150}[kind])
            leads = part(random, readers, {"article": 0.012, "e-book": 0.13, "webinar": 0.2}[kind])
            cost = {"article": 3500, "e-book": 14000, "webinar": 9000}[kind] * random.gauss(1, 0.1)
            title = f"{random.choice(SUBJECTS)} ({day:%B %Y})"
            income = leads * 290 * random.gauss(1, 0.2)
            rows.append(
                (
                    day.isoformat(),
                    title,
                    kind,
                    part(random, readers, 0.07),
                    readers,
                    leads,
                    f"{cost:.2f}",
                    f"{income:.2f}",
                )
            )
    header = ("Published", "Title", "Kind", "Engagements", "Readers", "Leads", "Cost", "Income")
    write(folder / "content.csv", header, rows)


def write_reviews(folder: Path, client: str, pace: float, good: float) -> None:
    """Reviews, one row each: stars and where they stand."""
    random, rows = chance("reviews", client), []
    for day in DAYS:
        for _ in range(count(random, pace)):
            stars = random.choices((5, 4, 3, 2, 1), (good, 0.9 - good, 0.04, 0.02, 0.04))[0]
            rows.append((day.isoformat(), random.choice(("Google", "Trustpilot")), stars))
    write(folder / "reviews.csv", ("Date", "Platform", "Stars"), rows)


def write_awareness(folder: Path, client: str, known: float) -> None:
    """A panel is asked each month whether it knows the brand; and how many members of the club took part in what."""
    random, rows, club = chance("awareness", client), [], []
    for number, month in enumerate(MONTHS):
        asked = 400 + random.randrange(-20, 20)
        rows.append((month.isoformat(), asked, part(random, asked, known + 0.0016 * number)))
        addressed = round(5200 * 1.011**number)
        club.append((month.isoformat(), addressed, part(random, addressed, 0.118)))
    write(folder / "awareness.csv", ("Month", "Asked", "Know the brand"), rows)
    write(folder / "club.csv", ("Month", "Addressed", "Responded"), club)
