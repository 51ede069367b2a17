"""Service: a municipality's cases in Norwegian form, and what people answer in surveys."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from recipe.curves import DAYS, HOLIDAYS, MONTHS, OFFICE_WEEK, Shape, chance, count, days_of, part, years_since_first
from recipe.files import comma, norwegian_day, write
from recipe.planted import REDEFINITION

CASE_YEAR = (1.25, 1.1, 1.05, 0.95, 0.95, 0.85, 0.6, 1.2, 1.1, 1.0, 0.95, 0.8)
TOPICS = {"Barnehage": 0.22, "Byggesak": 0.18, "Renovasjon": 0.25, "Skatt og avgift": 0.15, "Helse": 0.2}


def write_cases(folder: Path, client: str) -> None:
    """One row for each case; open ones at the end of each day; what the desk and its printers cost in a month."""
    random, rows, queue, open_cases = chance("cases", client), [], [], 140
    through = Shape(26, 0.03, CASE_YEAR, OFFICE_WEEK, 0.07).through("cases", client)
    for day in DAYS:
        came = 0 if day in HOLIDAYS else count(random, through[day])
        closed = 0
        for _ in range(came):
            asked = datetime.combine(day, datetime.min.time()) + timedelta(
                minutes=random.randrange(8 * 60, 15 * 60 + 30)
            )
            channel = random.choices(("Telefon", "E-post", "Chat", "Oppmøte"), (0.46, 0.3, 0.16, 0.08))[0]
            usual = {"Telefon": 140, "E-post": 9_000, "Chat": 75, "Oppmøte": 420}[channel]
            waited = min(200_000, round(usual * random.lognormvariate(0, 0.7)))
            limit = {"Telefon": 180, "E-post": 14_400, "Chat": 120, "Oppmøte": 900}[channel]
            solved = random.random() < 0.74 + (REDEFINITION.size if REDEFINITION.holds(day) else 0)
            first, again = solved and random.random() < 0.71, solved and random.random() < 0.06
            closed += solved
            rows.append((
                f"{asked:%d.%m.%Y %H:%M}", channel, random.choices(list(TOPICS), list(TOPICS.values()))[0], waited,
                "ja" if waited <= limit else "nei", round(540 * random.lognormvariate(0, 0.5)),
                "ja" if solved else "nei", "ja" if first else "nei", "ja" if again else "nei",
            ))  # fmt: skip
        if day.weekday() < 5:
            open_cases = max(60, open_cases + came - closed - part(random, open_cases, 0.045))
            queue.append((norwegian_day(day), open_cases))
    header = ("Mottatt", "Kanal", "Tema", "Sekunder til første svar", "Innen fristen", "Sekunder med arbeid", "Løst",
              "Løst ved første kontakt", "Gjenåpnet")  # fmt: skip
    write(folder / "saker.csv.gz", header, rows, delimiter=";")
    write(folder / "saker_apne.csv", ("Dato", "Åpne saker"), queue, delimiter=";")
    costs = [
        (norwegian_day(month), comma(random.gauss(412_000, 9_000) * 1.02 ** (month.year - 2024)),
         round(random.gauss(46_000, 2_500) * 0.86 ** years_since_first(month)))
        for month in MONTHS
    ]  # fmt: skip
    write(folder / "drift.csv", ("Måned", "Kostnader", "Papir (ark)"), costs, delimiter=";")


def write_survey(folder: Path, client: str, pace: float, mood: float) -> None:
    """Answers of customers: how likely they recommend (0-10), how satisfied (1-5), how easy it was (1-7)."""
    random, rows, sent = chance("survey", client), [], []
    for month in MONTHS:
        better = mood + 0.12 * years_since_first(month)
        answers = 0
        for day in days_of(month):
            for _ in range(count(random, pace * (1.0 if day.weekday() < 5 else 0.4))):
                felt = random.gauss(better, 1.0)
                rows.append((
                    day.isoformat(), min(10, max(0, round(6.6 + 1.9 * felt))), min(5, max(1, round(3.7 + 0.8 * felt))),
                    min(7, max(1, round(5.0 + 1.0 * felt))),
                ))  # fmt: skip
                answers += 1
        sent.append((month.isoformat(), round(answers / random.uniform(0.2, 0.25)), answers))
    write(folder / "survey.csv.gz", ("date", "nps", "csat", "ces"), rows)
    write(folder / "survey_sent.csv", ("month", "invitations", "answers"), sent)
