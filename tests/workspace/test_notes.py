"""Notes in reports: whose and which they are, where they stand, that they stay text, and what a slice holds of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import kpikit
from kpikit.words.errors import SettingError, UsageError
from kpikit.workspace import Workspace
from tests.workspaces import Sale, Shop, plan

SALES = [Sale(f"2024-{month:02}-01", client=client) for month in range(1, 4) for client in "ab"]
PLAN = plan("{indicator: sales.orders, cadence: month, target: {kind: keep, value: 1}}", pis="[sales.revenue]")


@pytest.fixture
def shop(tmp_path: Path) -> Workspace:
    return Shop(SALES, covers="2024-01-01..2024-03-31", plans={"default/1": PLAN}).at(tmp_path / "shop")


def write(shop: Workspace, text: str, client: str = "a", period: str = "2024-02", **more: str) -> Path:
    return shop.client(client).note(text, period, **{"on": "2024-03-05", **more})


def test_a_note_stands_in_the_section_of_its_kpi_else_at_the_top(shop: Workspace) -> None:
    write(shop, "About the whole\nmonth", by="Mette")
    write(shop, "About the KPI", indicator="sales.orders", by="Jens", on="2024-03-06")
    write(shop, "About the PI", indicator="sales.revenue")
    review = shop.client("a").evaluate("2024-02")
    assert str(review.notes()) == (
        "Notes\n\nAbout the whole\nmonth\n– Mette, 5 March 2024\n\nRevenue\nAbout the PI\n– 5 March 2024"
    )
    assert str(review.others()).endswith("\n\nAbout the KPI\n– Jens, 6 March 2024")
    assert "About" not in str(review.attention()) + str(review.drivers()) + str(review.summary())


def test_without_notes_nothing_is_shown(shop: Workspace) -> None:
    assert shop.client("a").evaluate("2024-02").notes().html == ""


@pytest.mark.parametrize(
    ("client", "period", "seen"),
    [
        ("a", "2024-02", True),
        ("b", "2024-02", False),
        ("a", "2024-01", False),
        ("a", "2024-Q1", False),
    ],
)
def test_a_note_is_of_one_client_and_one_period(shop: Workspace, client: str, period: str, seen: bool) -> None:
    write(shop, "Only here")
    assert ("Only here" in str(shop.client(client).evaluate(period).notes())) is seen


def test_whatever_a_note_holds_is_text(shop: Workspace) -> None:
    write(shop, "<script>alert(1)</script> & [a](http://b) **c**\n\n\nd\ne", by="<i>", indicator="sales.orders")
    html = shop.client("a").evaluate("2024-02").others().html
    assert (
        '<aside class="kpikit note"><p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; [a](http://b) **c**</p><p>d<br>e</p>'
        '<p class="who">&lt;i&gt;, 5 March 2024</p></aside>'
    ) in html


def test_a_slice_holds_the_notes_of_its_client_and_period_alone(shop: Workspace, tmp_path: Path) -> None:
    file = write(shop, "Mine", by="Mette")
    file.write_text(file.read_text(encoding="utf-8") + "# a remark that nobody shall see\n", encoding="utf-8")
    write(shop, "Of another month", period="2024-01")
    write(shop, "Of another client", client="b")
    shop.save_slice(tmp_path / "own", ["a"], "2024-02", None)
    files = [file for file in (tmp_path / "own" / "notes").rglob("*") if file.is_file()]
    assert [file.relative_to(tmp_path / "own").as_posix() for file in files] == ["notes/a/2024-02.001.yml"]
    held = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / "own").rglob("*.*"))
    assert not [words for words in ("another", "nobody") if words in held]
    one, other = (workspace.client("a").evaluate("2024-02") for workspace in (shop, kpikit.open(tmp_path / "own")))
    assert one.notes() == other.notes() and "Mine" in str(one.notes())


def test_notes_stand_in_the_order_of_their_days(shop: Workspace) -> None:
    for day in ("2024-03-07", "2024-03-05", "2024-03-06"):
        write(shop, f"of {day}", on=day)
    said = str(shop.client("a").evaluate("2024-02").notes())
    assert [said.index(f"of 2024-03-0{day}") for day in (5, 6, 7)] == sorted(
        said.index(f"of 2024-03-0{day}") for day in (5, 6, 7)
    )


PERIODS = (
    "must be a day (2011-11-23), ISO week (2011-W47), month (2011-11), quarter (2011-Q3), year (2011) or fiscal year "
    "(FY2011) that exists, from 1800 to 2999."
)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"client": "c"}, "client == 'c', must be one of a, b."),
        ({"period": "2024-2"}, f"period == '2024-2', {PERIODS}"),
        ({"period": "2023-12"}, "period 2023-12 lies before 2024-01-01, the first day that the sources cover."),
        ({"period": "2024-04"}, "period 2024-04 has not begun on 2024-03-05, the day of the note."),
        ({"on": "5/3"}, "on == '5/3', must be a date that exists, as 2011-11-23, from 1800 to 2999."),
        ({"text": " \n"}, "the note's text is empty."),
        ({"text": "a\x1b[0m"}, "the note's text holds the sign U+001B, which cannot be shown."),
        ({"by": "a\nb"}, "the note's author holds the sign U+000A, which cannot be shown."),
    ],
)
def test_a_bad_note_is_refused_and_nothing_written(shop: Workspace, change: dict[str, str], refusal: str) -> None:
    with pytest.raises(UsageError) as caught:
        write(shop, **{"text": "a", **change})
    assert str(caught.value) == refusal
    assert not (shop.folder / "notes").exists()


def test_an_unknown_indicator_is_refused_with_the_nearest(shop: Workspace) -> None:
    with pytest.raises(UsageError, match=r"Did you mean 'sales\.orders'\?$"):
        write(shop, "a", indicator="sales.order")
    with pytest.raises(UsageError, match=r"^indicator == 'emergency\.attendances', must be one of sales\.revenue"):
        write(shop, "a", indicator="emergency.attendances")  # in the catalogue, but nothing that the shop measures


def test_the_day_of_a_note_is_today_unless_told_otherwise(shop: Workspace) -> None:
    before = date.today()
    shop.client("a").note("Now", "2024-02")
    (note,) = shop.settings.notes("a")
    assert before <= note.on <= date.today()


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("notes/c/x.yml", "notes/c: no client has this key. folder == 'c', must be one of a, b."),
        ("notes/x.yml", "notes/x.yml: belongs in a client's folder, as notes/KEY/x.yml."),
        ("plans/1.yml", "plans/1.yml: belongs in a client's folder, as plans/KEY/1.yml."),
    ],
)
def test_a_note_of_nobody_is_refused(shop: Workspace, name: str, refusal: str) -> None:
    file = shop.folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("schema: 1\n", encoding="utf-8")
    with pytest.raises(SettingError) as caught:
        Workspace(shop.folder)
    assert str(caught.value) == f"{shop.folder}/{refusal}"
