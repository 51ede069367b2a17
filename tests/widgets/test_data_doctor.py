"""The data doctor on the sample workspaces and on one with faults, driven as a kernel sees it."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path

import pytest

import kpikit
from kpikit.widgets import DataDoctor
from kpikit.widgets.view import BREATH
from tests.widgets.cells import run
from tests.workspaces import Sale, Shop, each_day, sample


@pytest.fixture(scope="module")
def agency() -> DataDoctor:
    return DataDoctor(kpikit.samples() / "agency", language="en")


def test_the_outage_is_found_and_what_else_jumps_is_a_campaign(agency: DataDoctor) -> None:
    agency.source.value = agency.client.value = ""
    outages = [each for each in agency.value.faults if each.kind == "outage"]
    # data/agency/answers.yml: the consent banner blocked the tag; no rows of these days.
    assert [(each.client, each.source, each.first, each.last) for each in outages] == [
        ("kysthjelpen", "ga4", date(2025, 9, 8), date(2025, 9, 14))
    ]
    assert {each.client for each in agency.value.faults if each.kind == "level"} == {"maskegarn"}
    assert "November offers in paid social media" in agency.shown.value  # events.yml knows of it
    assert run(agency.code) == agency.value


@pytest.mark.parametrize(
    ("name", "faults"),
    # The publisher's sessions are N/A on 304 days of 2013, as its workspace.yml says: a true one.
    [("hospitals", []), ("shop", []), ("publisher", [("visits", date(2013, 1, 2), date(2013, 11, 1))])],
)
def test_there_is_no_false_alarm_on_real_data(name: str, faults: list[object]) -> None:
    found = sample(name).data_doctor(language="en")
    assert [(each.source, each.first, each.last) for each in found.faults] == faults


def test_of_a_client_only_its_own_sources_have_a_line(agency: DataDoctor) -> None:
    assert agency.shown.value.count("/print.csv") == 1 and "Clients with rows" in agency.shown.value
    agency.client.value = "rugmark"
    assert "/print.csv" not in agency.shown.value and "/produktion.csv" in agency.shown.value
    assert "No rows of this client: ga4, " in agency.shown.value and "Clients with rows" not in agency.shown.value


def test_gaps_are_seen_at_once_and_so_is_the_calendar_of_an_only_client(
    agency: DataDoctor,
) -> None:
    agency.source.value = agency.client.value = ""
    missing = 'aria-label="March 2024 – February 2026: rows are missing in September 2025."'
    assert missing in agency.shown.value and "rows are missing</span>" in agency.shown.value
    agency.source.value = "ga4"
    assert missing in agency.shown.value and "Rows on" not in agency.shown.value  # four clients have rows in it
    agency.source.value = "orders"
    assert agency.client.value == "" and "Rows on" in agency.shown.value


def test_a_calendar_says_in_words_what_it_draws(agency: DataDoctor) -> None:
    agency.source.value, agency.client.value = "ga4", "kysthjelpen"
    shown = agency.shown.value
    # 1 January 2024 to 28 February 2026 are 366 + 365 + 59 days
    assert 'role="img" aria-label="Rows on 783 of 790 days. Without rows: 8 September 2025 – 14 September' in shown
    assert "no rows, where some are expected" in shown and "counts as 0" not in shown
    assert "source='ga4'" in agency.code and "client='kysthjelpen'" in agency.code and run(agency.code) == agency.value
    agency.client.value = "brynje"
    assert "no rows of a day in this source" in agency.shown.value


def test_rows_in_quarantine_are_told_with_their_reasons_and_gaps_of_each_client(tmp_path: Path) -> None:
    sales = [*each_day("2024-01-01", "2024-03-31"), *each_day("2024-01-01", "2024-03-31", client="b")]
    sales += [Sale("2024-02-30", client="b"), Sale("2024-02-01", value="ten")]
    kept = [sale for sale in sales if (sale.client, sale.day) not in [("b", "2024-03-05"), ("b", "2024-03-06")]]
    shop = Shop(sales=kept, covers="2024-01-01..2024-03-31", kind="aggregates", every="day")
    file = shop.at(tmp_path / "shop").folder / "workspace.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("kind: aggregates", "kind: aggregates\n    on_bad_rows: quarantine"), encoding="utf-8")
    doctor = DataDoctor(file.parent, language="en")
    (bad,) = doctor.value.bad.values()
    assert len(bad) == 2
    for part in ("sales.csv", "value", "ten", "2024-02-30", "quarantine/sales.csv"):
        assert part in doctor.shown.value
    doctor.source.value = "sales"
    assert "5 March 2024 – 6 March 2024" in doctor.shown.value and "Rows on" not in doctor.shown.value


def test_an_error_of_a_source_is_said_in_words(tmp_path: Path) -> None:
    folder = Shop(sales=each_day("2024-01-01", "2024-12-31")).at(tmp_path / "shop").folder
    (folder / "sales.csv").write_text("nothing\n", encoding="utf-8")
    doctor = DataDoctor(folder, language="da")
    assert doctor.value is None and 'role="alert"' in doctor.shown.value and "sales.csv" in doctor.shown.value


def test_the_sources_are_seen_before_they_are_read_and_what_is_there_before_the_jumps(tmp_path: Path) -> None:
    folder = Shop(sales=each_day("2024-01-01", "2024-12-31")).at(tmp_path / "shop").folder
    said: list[str] = []

    async def cell() -> None:
        doctor = DataDoctor(folder, language="en")
        doctor.shown.observe(lambda change: said.append(change["new"]), names="value")
        doctor.settle()
        while doctor._value.jumps is None:
            await asyncio.sleep(BREATH)
        assert doctor.value == run(doctor.code)

    asyncio.run(cell())
    first, second, last = said
    assert "They are being read …" in first and "sales.csv" in first and "Coverage" not in first
    assert "They are being looked for …" in second and "Coverage" in second and "None: no source" not in second
    assert "being looked for" not in last and "None: no source" in last


def test_a_source_that_cannot_be_read_takes_the_place_of_the_first_sight(tmp_path: Path) -> None:
    folder = Shop(sales=each_day("2024-01-01", "2024-12-31")).at(tmp_path / "shop").folder
    (folder / "sales.csv").write_text("nothing\n", encoding="utf-8")

    async def cell() -> DataDoctor:
        doctor = DataDoctor(folder, language="en")
        doctor.settle()
        assert "They are being read …" in doctor.shown.value
        while "being read" in doctor.shown.value:
            await asyncio.sleep(BREATH)
        return doctor

    doctor = asyncio.run(cell())
    assert doctor.value is None and 'role="alert"' in doctor.shown.value and "sales.csv" in doctor.shown.value


def test_of_files_of_one_client_each_the_client_s_own_is_named(agency: DataDoctor) -> None:
    agency.source.value, agency.client.value = "", "rugmark"
    assert "sources/rugmark/produktion.csv" in agency.shown.value and "{client}" not in agency.shown.value
    agency.client.value = ""
    assert "sources/{client}/ga4.csv.gz" in agency.shown.value
