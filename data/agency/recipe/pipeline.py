"""A software firm's sales and subscriptions: leads, deals, the open pipeline, movements of recurring revenue."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from recipe.curves import DAYS, FIRST, LAST, MONTHS, OFFICE_WEEK, Shape, chance, count, days_of
from recipe.files import write

LEAD_YEAR = (1.15, 1.1, 1.1, 1.0, 1.0, 0.85, 0.5, 1.0, 1.15, 1.1, 1.1, 0.75)


def write_pipeline(folder: Path, client: str) -> None:
    """The CRM: leads as they came, deals as they were decided, and the open ones at the end of each month."""
    random, leads, deals, open_until = chance("crm", client), [], [], []
    through = Shape(4.2, 0.22, LEAD_YEAR, OFFICE_WEEK, 0.08).through("leads", client)
    for day in [FIRST - timedelta(days=back) for back in range(150, 0, -1)] + DAYS:
        for _ in range(count(random, through[day] if day in through else 3.6 * (day.weekday() < 5))):
            source = random.choices(("Organic search", "Paid search", "Webinar", "Partner"), (0.4, 0.25, 0.2, 0.15))[0]
            becomes = random.random() < 0.085
            if day >= FIRST:
                leads.append((day.isoformat(), source, "yes" if becomes else "no"))
            if becomes or random.random() < 0.21:
                took = max(9, round(random.lognormvariate(4.1, 0.4)))
                amount = round(random.lognormvariate(10.75, 0.45), -2)
                decided = day + timedelta(days=took)
                open_until.append((day, decided, amount))
                if FIRST <= decided <= LAST:
                    deals.append((decided.isoformat(), source, "won" if becomes else "lost", f"{amount:.2f}", took))
    deals.sort()
    write(folder / "crm_leads.csv.gz", ("Created", "Source", "Became customer"), leads)
    write(folder / "crm_deals.csv.gz", ("Closed", "Source", "Stage", "Amount", "Days to close"), deals)
    months = []
    for month in MONTHS:
        last = days_of(month)[-1]
        still = [amount for begun, decided, amount in open_until if begun <= last < decided]
        quota = 420_000 * 1.2 ** (month.year - 2024)
        months.append((month.isoformat(), len(still), f"{sum(still):.2f}", f"{quota:.2f}"))
    write(folder / "crm_pipeline.csv", ("Month", "Open deals", "Value", "Quota"), months)


REASONS = {"Price": 0.34, "Missing feature": 0.22, "Closed down": 0.18, "Competitor": 0.26}


def write_subscriptions(folder: Path, client: str) -> dict[date, float]:
    """Movements of recurring revenue, one row each, and by month where it began and ended; gives what was invoiced."""
    random, number = chance("subscriptions", client), 1_200
    paying: dict[int, float] = {}
    for _ in range(210):
        number += 1
        paying[number] = round(random.lognormvariate(8.05, 0.5), -1)
    gone: list[tuple[int, float]] = []
    moves, months, invoiced = [], [], {}
    for month in MONTHS:
        start, customers = sum(paying.values()), len(paying)
        own = []
        for customer, amount in sorted(paying.items()):
            drawn, day = random.random(), random.choice(days_of(month))
            if drawn < 0.013:
                reason = random.choices(list(REASONS), list(REASONS.values()))[0]
                own.append((day.isoformat(), customer, "churn", f"{-amount:.2f}", reason))
                gone.append((customer, amount))
                del paying[customer]
            elif drawn < 0.025:
                change = -round(amount * random.uniform(0.1, 0.4), -1)
                paying[customer] += change
                own.append((day.isoformat(), customer, "contraction", f"{change:.2f}", ""))
            elif drawn < 0.062:
                change = round(amount * random.uniform(0.1, 0.5), -1)
                paying[customer] += change
                own.append((day.isoformat(), customer, "expansion", f"{change:.2f}", ""))
        if gone and random.random() < 0.35:
            customer, amount = gone.pop(0)
            paying[customer] = amount
            own.append((random.choice(days_of(month)).isoformat(), customer, "reactivation", f"{amount:.2f}", ""))
        for _ in range(count(random, 6.4 * LEAD_YEAR[month.month - 1])):
            number += 1
            paying[number] = round(random.lognormvariate(8.1, 0.5), -1)
            own.append((random.choice(days_of(month)).isoformat(), number, "new", f"{paying[number]:.2f}", ""))
        moves += sorted(own)
        invoiced[month] = (start + sum(paying.values())) / 2
        months.append((
            month.isoformat(), f"{start:.2f}", f"{sum(paying.values()):.2f}", customers, len(paying),
            f"{invoiced[month]:.2f}", sum(row[2] == "new" for row in own),
        ))  # fmt: skip
    write(folder / "mrr_movements.csv", ("Date", "Customer", "Movement", "Amount", "Reason"), moves)
    header = ("Month", "MRR at start", "MRR", "Customers at start", "Customers", "Invoiced", "New customers")
    write(folder / "subscriptions.csv", header, months)
    return invoiced
