"""The office: bookkeeping by month in Danish form, staff, and what the employees answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from recipe.curves import MONTHS, chance, count, days_of, part, years_since_first
from recipe.files import danish, danish_day, write


@dataclass(frozen=True)
class Books:
    """How a client's costs lie: shares of its revenue, which is given by month; the rest are amounts a month."""

    client: str
    revenue: Callable[[date], float]
    goods: float
    variable: float
    operating: float
    marketing: float
    stock_days: float
    income: float


COLUMNS = (
    "Måned", "Vareforbrug", "Variable omkostninger", "Driftsomkostninger", "Budget for drift", "Driftsresultat",
    "Årets resultat", "Pengestrøm fra drift", "Lagerdage", "Debitordage", "Kreditordage", "Marketing",
    "Salg og marketing til nye kunder", "Investeringer", "Afkast af investeringer",
)  # fmt: skip


def write_books(folder: Path, books: Books) -> None:
    """A month in each row, as Danish bookkeeping programs export it."""
    random, rows = chance("books", books.client), []
    for month in MONTHS:
        revenue = books.revenue(month)
        goods, variable = (
            revenue * books.goods * random.gauss(1, 0.02),
            revenue * books.variable * random.gauss(1, 0.03),
        )
        operating = books.operating * 1.03 ** years_since_first(month) * random.gauss(1, 0.03)
        budget = books.operating * (1 + 0.03 * (month.year - 2024))
        marketing = revenue * books.marketing * random.gauss(1, 0.06)
        profit = revenue - goods - operating - marketing
        days = (books.stock_days + random.gauss(0, 1.5), 24 + random.gauss(0, 1.2), 31 + random.gauss(0, 1.5))
        invested = 40_000 if month.month in (3, 9) else 12_000
        amounts = (goods, variable, operating + marketing, budget + revenue * books.marketing, profit, profit * 0.76,
                   profit * 0.9 + random.gauss(0, operating * 0.03))  # fmt: skip
        last = (marketing, marketing * 0.7, invested, invested * books.income * random.gauss(1, 0.08))
        rows.append((
            danish_day(month), *(danish(value) for value in amounts), *(danish(value, 1) for value in days),
            *(danish(value) for value in last),
        ))  # fmt: skip
    write(folder / "regnskab.csv", COLUMNS, rows, delimiter=";", encoding="windows-1252")


def write_staff(folder: Path, client: str, employees: int, leave: float, absent: float) -> None:
    """Staff by month: who was there, who left, who was absent, how long it took to fill a post."""
    random, rows = chance("staff", client), []
    for month in MONTHS:
        gone = count(random, employees * leave)
        hired = gone + (1 if random.random() < 0.3 else 0)
        workdays = sum(day.weekday() < 5 for day in days_of(month))
        planned = employees * workdays
        winter = 1.35 if month.month in (1, 2, 11, 12) else 0.85
        average = employees + (hired - gone) / 2
        rows.append((
            month.isoformat(), employees, employees - gone, gone, f"{average:.1f}",
            part(random, planned, absent * winter), planned, f"{random.gauss(38, 5):.0f}",
        ))  # fmt: skip
        employees += hired - gone
    header = ("month", "employees_at_start", "still_employed", "left", "average_employees", "absence_days",
              "planned_days", "days_to_hire")  # fmt: skip
    write(folder / "staff.csv", header, rows)


def write_wellbeing(folder: Path, client: str, employees: int, score: float) -> None:
    """What employees answer, each February, May, August and November: one row for each answer, without names."""
    random, rows = chance("wellbeing", client), []
    for month in MONTHS:
        if month.month in (2, 5, 8, 11):
            for _ in range(part(random, employees, 0.8)):
                day = random.choice(days_of(month)[:14])
                felt = min(10, max(1, round(random.gauss(score, 1.6))))
                rows.append((day.isoformat(), felt, min(10, max(0, round(felt + random.gauss(0.2, 1.1))))))
    rows.sort()
    write(folder / "wellbeing.csv", ("date", "wellbeing", "would_recommend"), rows)


def by_month(days: Mapping[date, float]) -> Callable[[date], float]:
    """The sum of a month's days."""
    return lambda month: sum(days.get(day, 0) for day in days_of(month))
