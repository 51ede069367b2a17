"""The publisher: raw exports of Google Analytics, against the check figures of their data set and plain SQL."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from kpikit.evaluation.facts import Fact
from kpikit.metrics.requests import Measurement, Request
from kpikit.words.errors import SettingError
from kpikit.words.periods import Calendar, Window
from kpikit.workspace import Workspace, samples
from tests.workspaces import sample, window

FOLDER = samples() / "publisher"
ALL = window("2013-01-01", "2015-04-30")
FILES = {
    "2013.01.01-2015.04.30-aggregate-country-data.csv": (
        12_443, "b8266c1fac43d5d70d7c69c0ddb3b214edc5515b904cc1f76610cdb0a0c1da0a",
    ),
    "2013.01.01-2015.04.30-daily-pageviews.csv": (
        17_565, "fa9b7f8431a33aa5646204e20ffe6b5ba09ec6b9af63cab5d74c82589995b262",
    ),
    "2013.01.01-2015.04.30-daily-users-info.csv": (
        62_808, "a1646d5b5d196fc4373f2b85364ffa58c207769a3172f562455eb6dc9af0fa07",
    ),
}  # fmt: skip


def measured(metric: str, asked: Window) -> Measurement:
    """A metric of the publisher in a window."""
    return sample("publisher").measure([Request(metric, (asked,))]).get("upworthy", metric, asked)


@pytest.mark.parametrize("name", FILES)
def test_the_exports_are_as_they_were_published(name: str, shared_data: Callable[[str], Path]) -> None:
    data = (FOLDER / "sources" / name).read_bytes()
    assert (len(data), hashlib.sha256(data).hexdigest()) == FILES[name]
    assert data == (shared_data("upworthy_google_analytics") / name).read_bytes()


@pytest.mark.parametrize(
    ("metric", "value", "covered"),
    [
        ("page_views", 2_351_171_402, 850),
        ("new_visitors", 662_548_379, 850),
        ("exported_sessions", 1_375_776_393, 546),  # N/A on 304 days
        ("sessions", 1_769_069_661.20, 850),  # rebuilt: users times sessions per user
        ("daily_visitors", 1_589_791_070 / 850, 850),
        ("visitors", None, 850),  # the users of 850 days are not the sum of each day's
    ],
)
def test_check_figures(metric: str, value: float | None, covered: int) -> None:
    found = measured(metric, ALL)
    assert (found.value, found.covered, found.expected) == (value, covered, 850)


@pytest.mark.parametrize(
    ("month", "users"),
    [
        ("2013-01", 7_794_187),
        ("2013-06", 31_796_458),
        ("2013-12", 108_877_817),
        ("2014-01", 80_884_610),
        ("2014-12", 48_571_135),
        ("2015-04", 32_327_639),
    ],
)
def test_average_daily_visitors_of_a_month(month: str, users: int) -> None:
    asked = Calendar().parse(month).window
    assert measured("daily_visitors", asked).value == pytest.approx(users / asked.days, rel=1e-15)


def test_sessions_that_are_not_known_are_not_zero() -> None:
    """Of 2013 the export has the first of January, and what comes after the first of November."""
    year = measured("exported_sessions", Calendar().parse("2013").window)
    assert (year.value, year.covered, year.expected) == (271_559_301, 61, 365)
    months = {month: measured("exported_sessions", Calendar().parse(month).window) for month in ("2013-01", "2013-02")}
    assert {month: (row.value, row.covered) for month, row in months.items()} == {
        "2013-01": (68_825, 1),
        "2013-02": (None, 0),
    }
    rebuilt = measured("sessions", Calendar().parse("2013").window)
    assert (rebuilt.covered, round(rebuilt.value or 0)) == (365, 664_551_229)


def test_the_rebuilt_rates_are_those_of_sql() -> None:
    """Each day's ready-made average, weighted by its sessions; read here by DuckDB's own reader."""
    file = FOLDER / "sources" / "2013.01.01-2015.04.30-daily-users-info.csv"
    statement = """
        SELECT sum(share * sessions) / sum(sessions), sum(seconds * sessions) / sum(sessions) FROM (
            SELECT rtrim("Bounce Rate", '%')::DOUBLE / 100 AS share,
                   epoch("Avg. Session Duration"::INTERVAL) AS seconds,
                   replace("Users", ',', '')::DOUBLE * "Number of Sessions per User"::DOUBLE AS sessions
            FROM read_csv(?, all_varchar = true) WHERE "Day Index" LIKE '4/%/15')"""
    expected = duckdb.execute(statement, [str(file)]).fetchone()
    facts = sample("publisher").evaluate("upworthy", "2015-04")
    found = [facts.fact(f"publisher.{name}").value.value for name in ("single_page_rate", "session_duration")]
    assert expected == (pytest.approx(found[0]), pytest.approx(found[1]))


def reach(period: str) -> Fact:
    """The first KPI of the plan, in a period."""
    return sample("publisher").evaluate("upworthy", period).fact("publisher.daily_visitors")


def test_a_fifth_more_in_a_quarter_was_missed() -> None:
    fact = reach("2015-Q1")
    assert fact.target and fact.status == "missed"
    # October to December 2014: 68,940,132 + 43,036,237 + 48,571,135 on 92 days
    assert fact.target.baseline == pytest.approx(160_547_504 / 92)
    assert fact.target.value == pytest.approx(1.2 * 160_547_504 / 92)
    assert fact.value.value == pytest.approx((42_802_517 + 42_101_358 + 39_636_681) / 90)
    assert reach("2015-03").status == "missed"  # an average is one of any length: the month in which it was due


def test_the_next_quarter_starts_from_where_the_traffic_is() -> None:
    fact = reach("2015-04")
    assert fact.target and fact.status == "at_risk"
    baseline = 124_540_556 / 90
    assert fact.target.now == pytest.approx(baseline * (1 + 0.2 * 30 / 91))  # a straight line, by days
    assert fact.value.value == pytest.approx(32_327_639 / 30)


def test_users_of_a_month_and_of_a_quarter_are_refused_with_the_reason() -> None:
    for period in ("2015-04", "2015-Q1", "2014"):
        value = sample("publisher").evaluate("upworthy", period).fact("web.visitors").value
        assert (value.value, value.reason) == (None, "not_additive")
    day = sample("publisher").evaluate("upworthy", "2013-01-01").fact("web.visitors").value
    assert (day.value, day.reason) == (67_283, None)


@pytest.mark.parametrize("indicator", ["web.visitors", "web.sessions_per_visitor"])
def test_a_plan_for_the_users_of_a_quarter_is_refused(tmp_path: Path, indicator: str) -> None:
    shutil.copytree(FOLDER, tmp_path / "publisher", ignore=shutil.ignore_patterns("out"))
    file = tmp_path / "publisher" / "plans" / "upworthy" / "1.yml"
    text = file.read_text(encoding="utf-8").replace("indicator: publisher.daily_visitors", f"indicator: {indicator}")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingError) as error:
        Workspace(tmp_path / "publisher").evaluate("upworthy", "2015-Q1")
    assert str(error.value).endswith(
        f"{indicator}: visitors is known for each day alone, which does not add up to a quarter. Use 'cadence: day', "
        "or a metric with 'mean: users', which is the average day."
    )


# Traffic by country: one row for each, about the whole time.

COUNTRIES = ("country_sessions", "country_new_visitors", "country_visitors", "country_bounce_rate")


def by_country(metric: str) -> dict[str, Measurement]:
    request = Request(metric, (ALL,), ("country",))
    return sample("publisher").measure([request]).members("upworthy", metric, ALL, "country")


def test_traffic_by_country() -> None:
    assert measured("country_sessions", ALL).value == 1_769_078_630
    assert measured("country_new_visitors", ALL).value == 662_548_396  # 17 more than the days have
    sessions = by_country("country_sessions")
    assert len(sessions) == 205  # 206 rows, of which two have the same name
    assert sum(row.value or 0 for row in sessions.values()) == 1_769_078_630
    assert (sessions["United States"].value, sessions["United States"].covered) == (1_202_850_944, 1)
    assert sessions["Cura√ßao"].value == 740_111 + 3_541


def test_visitors_of_countries_do_not_add_up() -> None:
    assert measured("country_visitors", ALL).value is None
    visitors = by_country("country_visitors")
    assert visitors["United States"].value == 434_944_680
    assert [country for country, row in visitors.items() if row.value is None] == ["Cura√ßao"]  # of its two rows


def test_a_rate_of_two_rows_is_weighted() -> None:
    rate = by_country("country_bounce_rate")["Cura√ßao"].value
    assert rate == pytest.approx(0.5885 * 740_111 / (740_111 + 3_541))  # the other row's is 0 %


def test_no_month_has_countries() -> None:
    for metric in COUNTRIES:
        found = measured(metric, Calendar().parse("2015-04").window)
        assert (found.value, found.covered, found.expected) == (None, 0, 0)


def test_the_table_has_the_countries_over_the_whole_time() -> None:
    rows = [row for row in sample("publisher").table() if row.metric == "country_sessions"]
    assert {row.window for row in rows} == {ALL}
    assert len(rows) == 206  # the countries and the total


def test_broken_names_are_repaired_openly() -> None:
    """Each label is what the name was before its UTF-8 was read as Mac Roman; no broken name is left without one."""
    dimension = sample("publisher").settings.model.dimensions["country"]
    broken = {name for name in by_country("country_sessions") if not name.isascii()}
    assert len(broken) == 6
    for name in broken:
        label = dimension.members[name]
        text = label if isinstance(label, str) else label["en"]
        assert text == name.encode("mac_roman").decode("utf-8")


def test_labels_name_countries_that_there_are() -> None:
    dimension = sample("publisher").settings.model.dimensions["country"]
    assert set(dimension.members) <= set(by_country("country_sessions"))
    assert dimension.members["Norway"] == {"en": "Norway", "da": "Norge", "nb": "Norge"}
