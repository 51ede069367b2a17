"""What was planted into the synthetic agency (``data/agency/answers.yml``) is in its files; kpikit never reads it."""

from __future__ import annotations

import importlib
from datetime import date
from pathlib import Path

import pytest
import yaml

from tests.samples.agency import FOLDER, Row, plain, rows, total
from tests.workspaces import sample


def answers() -> list[dict[str, object]]:
    text = (FOLDER / "answers.yml").read_text(encoding="utf-8")
    found: list[dict[str, object]] = yaml.safe_load(text)["answers"]
    return found


def ratio(found: list[Row], part: str, whole: str) -> float:
    return plain(found, part) / plain(found, whole)


def landing_page(first: date, last: date) -> None:
    paid = [r for r in rows("maskegarn", "ga4.csv.gz") if r["Session default channel group"] == "Paid Search"]
    inside = [row for row in paid if f"{first:%Y%m%d}" <= row["Date"] <= f"{last:%Y%m%d}"]
    around = [row for row in paid if "20250501" <= row["Date"] <= "20250731" and row not in inside]
    assert ratio(inside, "Key events", "Sessions") < 0.25 * ratio(around, "Key events", "Sessions")


def mix(first: date, last: date) -> None:
    visits = rows("maskegarn", "ga4.csv.gz")
    inside = [row for row in visits if f"{first:%Y%m%d}" <= row["Date"] <= f"{last:%Y%m%d}"]
    before = [row for row in visits if "20251001" <= row["Date"] <= "20251031"]
    paid = "Paid Social"
    shares = [
        plain([r for r in part if r["Session default channel group"] == paid], "Sessions") / plain(part, "Sessions")
        for part in (before, inside)
    ]
    assert shares[1] > 3 * shares[0]
    assert ratio(inside, "Key events", "Sessions") < 0.85 * ratio(before, "Key events", "Sessions")
    for channel in ("Organic Search", "Paid Search", "Email"):  # and no channel's own rate fell with it
        rates = [
            ratio([r for r in part if r["Session default channel group"] == channel], "Key events", "Sessions")
            for part in (before, inside)
        ]
        assert rates[1] == pytest.approx(rates[0], rel=0.2)


def outage(first: date, last: date) -> None:
    days = {row["Date"] for row in rows("kysthjelpen", "ga4.csv.gz")}
    lacking = [day for day in range(20250901, 20250931) if str(day) not in days]
    assert lacking == [*range(int(f"{first:%Y%m%d}"), int(f"{last:%Y%m%d}") + 1)]


def price(first: date, last: date) -> None:
    till = rows("brynje", "kasse.csv.gz", ";", "iso-8859-1")
    before, after = ([r for r in till if r["Dato"][3:] in months] for months in ({"03-2025"}, {"04-2025", "05-2025"}))
    baskets = [total(part, "Omsætning") / total(part, "Bilag") for part in (before, after)]
    assert first == date(2025, 4, 1) and baskets[1] / baskets[0] == pytest.approx(1.08, abs=0.03)


def redefinition(first: date, last: date) -> None:
    cases = rows("fjordvik", "saker.csv.gz", ";")
    key = [(r["Mottatt"][6:10] + r["Mottatt"][3:5] + r["Mottatt"][:2], r["Løst"] == "ja") for r in cases]
    old = [solved for day, solved in key if day < f"{first:%Y%m%d}"]
    new = [solved for day, solved in key if day >= f"{first:%Y%m%d}"]
    assert sum(new) / len(new) - sum(old) / len(old) == pytest.approx(0.14, abs=0.02)


def test_of_a_page(first: date, last: date) -> None:
    found = rows("kvartal", "ab_test.csv")
    assert (min(r["date"] for r in found), max(r["date"] for r in found)) == (str(first), str(last))
    a, b = ([r for r in found if r["variant"] == variant] for variant in "AB")
    assert ratio(b, "trials", "sessions") > 1.1 * ratio(a, "trials", "sessions")


test_of_a_page.__test__ = False  # type: ignore[attr-defined]


def breakdown(first: date, last: date) -> None:
    lines = [row for row in rows("rugmark", "produktion.csv.gz", ";") if row["Linje"] == "Linje 2"]
    october = [row for row in lines if row["Dato"].endswith("-10-2025")]
    inside = [row for row in october if first.day <= int(row["Dato"][:2]) <= last.day]
    outside = [row for row in october if row not in inside]
    assert len(inside) == 10
    assert max(total([r], "Driftstimer") for r in inside) < min(total([r], "Driftstimer") for r in outside)


def packaging(first: date, last: date) -> None:
    bags = rows("rugmark", "emballage.csv", ";")
    shares = {r["Måned"]: total([r], "Genanvendeligt kg") / total([r], "Materialer kg") for r in bags}
    assert shares["01-07-2025"] < 0.66 and shares[f"{first:%d-%m-%Y}"] > 0.85


PLANTED = (landing_page, mix, outage, price, redefinition, test_of_a_page, breakdown, packaging)


def test_what_the_answers_name_is_in_the_data() -> None:
    assert len(answers()) == len(PLANTED)
    for answer, check in zip(answers(), PLANTED, strict=True):
        first, last = answer["first"], answer["last"]
        assert isinstance(first, date) and isinstance(last, date)
        check(first, last)


def test_what_a_client_would_know_of_is_an_event() -> None:
    events = {(client, each.window.start) for each in sample("agency").settings.events for client in each.clients}
    known = {(answer["client"], answer["first"]) for answer in answers() if answer["known"]}
    assert events == known


def test_kpikit_never_reads_the_answers() -> None:
    package = Path(importlib.import_module("kpikit").__file__ or "").parent
    assert [file for file in package.rglob("*.py") if "answers.yml" in file.read_text(encoding="utf-8")] == []
