"""The explorer, driven as a kernel sees it: set a value, look at what is shown."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from pathlib import Path
from threading import Thread

import pytest

import kpikit
from kpikit.metrics.requests import Request
from kpikit.widgets import Explorer, view
from kpikit.widgets.view import BREATH, PAUSE
from kpikit.workspace.explore.explore import Exploration
from kpikit.workspace.figures import Figures
from kpikit.workspace.shared import shared
from tests.widgets.cells import run
from tests.widgets.shops import shop_with_phone

HOSPITALS = kpikit.samples() / "hospitals"
SHARE = "emergency.share_within_four_hours"


@pytest.fixture(scope="module")
def hospitals() -> Explorer:
    return Explorer(HOSPITALS)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return shop_with_phone(tmp_path)


def test_it_shows_what_is_picked(hospitals: Explorer) -> None:
    explorer = hospitals
    explorer.client.value, explorer.period.value, explorer.indicator.value = "RF4", "2019-03", SHARE
    assert explorer.value is not None
    assert explorer.value.fact.value.value == 22400 / 27129  # of 27,129, 4,729 breaches
    assert "82.6%" in explorer.shown.value and "<svg" in explorer.shown.value
    assert "<h3>NHS organisation RF4: Share within four hours</h3>" in explorer.shown.value
    assert run(explorer.code) == explorer.value
    explorer.client.value = "R1H"
    assert explorer.value.fact.value.value != 22400 / 27129 and "82.6%" not in explorer.shown.value
    assert explorer.indicator.value == SHARE  # what the next client has too stays chosen


def test_it_offers_every_client_every_period_and_what_can_be_measured() -> None:
    explorer = Explorer(HOSPITALS, language="da", client="RF4", indicator=SHARE)
    assert (explorer.client.value, explorer.indicator.value) == ("RF4", SHARE)
    assert len(explorer.client.options) == 274 and len(explorer.period.options) == 24
    assert explorer.period.options[0] == ("marts 2019", "2019-03")
    assert len(explorer.indicator.options) == 7
    assert explorer.client.description == "Kunde"
    assert [grain for _, grain in explorer.grain.options] == ["month", "quarter", "year", "fiscal_year"]  # monthly data


def test_a_client_without_data_is_a_sentence_not_an_error(hospitals: Explorer) -> None:
    hospitals.client.value = "NDA56"
    assert hospitals.value is not None and hospitals.value.fact.value.value is None
    assert "no data in this period" in hospitals.shown.value


@pytest.mark.parametrize(
    ("choices", "expected", "code"),
    [
        # A leap year: 29 sales by web and 9 by phone in February, 31 and 11 in March.
        ({"period": "2024-03"}, 42, "'2024-03'"),
        ({"grain": "quarter", "period": "2024-Q1"}, 122, "'2024-Q1'"),  # 91 days, and 31 of them by phone
        ({"grain": "day", "period": "2024-12-31"}, 1, "'2024-12-31'"),
        ({"period": "2024-03", "against": "previous_period"}, 42, "against='previous_period'"),
        ({"period": "2024-03", "by": "channel"}, 42, "by='channel'"),
        ({"period": "2024-03", "profile": "anhoej"}, 42, "profile='anhoej'"),
    ],
)
def test_each_view_can_be_had_without_the_widget(
    choices: dict[str, str], expected: float, code: str, shop: Path
) -> None:
    explorer = Explorer(shop, language="en")
    explorer.indicator.value = "sales.orders"
    for name, value in choices.items():
        getattr(explorer, name).value = value
    assert explorer.value is not None and explorer.value.fact.value.value == expected
    assert code in explorer.code and run(explorer.code) == explorer.value


def test_comparison_split_and_profile_change_what_is_shown(shop: Path) -> None:
    explorer = Explorer(shop, language="en", indicator="sales.orders")
    explorer.period.value = "2024-03"
    assert explorer.indicator.options[0][1] == "sales.orders"  # what is in the plan stands on top
    explorer.against.value, explorer.by.value = "previous_period", "channel"
    assert "Vs previous period: +4 (+10.5%)" in explorer.shown.value  # 42 after 38
    assert sorted(part.value.value for part in explorer.value.fact.parts) == [11, 31]
    assert "By channel" in explorer.shown.value and "Phone" in explorer.shown.value
    # January and March 2024 have 31 days, February 29; every third day by phone from 1 January on.
    assert explorer.value.lines == {"phone": [11, 9, 11], "web": [31, 29, 31]}
    assert "Phone 9 to 11, last 11" in explorer.shown.value
    explorer.period.value = "2024-12"  # by then there are points enough for limits
    usual = explorer.value.fact.series.limits
    explorer.profile.value = "anhoej"
    assert explorer.value.fact.series.profile == "anhoej" and explorer.value.fact.series.limits != usual


def test_an_error_is_said_in_words_and_goes_away_with_its_cause(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    explorer = Explorer(shop, language="en", indicator="sales.orders")
    file = shop / "plans/a/1.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("level: organisation", "level: heaven"), encoding="utf-8")
    explorer.period.value = "2024-11"
    assert explorer.value is None and 'role="alert"' in explorer.shown.value
    assert "must be one of organisation, department" in explorer.shown.value and "<svg" not in explorer.shown.value
    file.write_text(text, encoding="utf-8")
    explorer.period.value = "2024-10"
    assert explorer.value is not None and "<svg" in explorer.shown.value

    monkeypatch.setattr(Explorer, "_made", lambda self: 1 / 0)
    explorer.period.value = "2024-09"
    assert "could not be shown (ZeroDivisionError: division by zero)" in explorer.shown.value
    assert "Traceback" not in explorer.shown.value


def test_changes_in_a_row_are_drawn_once(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    explorer = Explorer(shop, language="en", indicator="sales.orders")
    drawn: list[str] = []
    made: Callable[[Explorer], object] = Explorer._made
    monkeypatch.setattr(Explorer, "_made", lambda self: drawn.append(self.period.value) or made(self))

    async def typing() -> None:
        for period in ("2024-11", "2024-10", "2024-09"):
            explorer.period.value = period
        assert drawn == []
        await asyncio.sleep(PAUSE * 3)
        assert drawn == ["2024-09"]
        explorer.period.value = "2024-08"
        assert explorer.value.evaluation.period.key == "2024-08"  # whoever asks does not get the old one

    asyncio.run(typing())
    assert drawn == ["2024-09", "2024-08"]


def test_a_page_without_widgets_shows_the_picture(shop: Path) -> None:
    bundle = Explorer(shop, language="en", indicator="sales.orders")._repr_mimebundle_()
    assert "<svg" in bundle["text/html"] and "application/vnd.jupyter.widget-view+json" in bundle
    assert bundle["text/plain"].startswith("Client A: Orders")


def test_a_cell_says_at_once_that_the_view_is_being_made(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    class Place:
        def update(self, bundle: dict[str, str], raw: bool) -> None:
            told.append(bundle["text/html"])

    def display(bundle: dict[str, str], raw: bool, display_id: bool = False) -> Place:
        told.append(bundle["text/html"])
        return Place()

    monkeypatch.setattr(view, "display", display)

    async def cell() -> None:
        explorer = Explorer(shop, language="en", indicator="sales.orders")
        explorer._ipython_display_()
        explorer._ipython_display_()  # once more: it has been drawn

    asyncio.run(cell())
    assert ["The view is being made" in html for html in told] == [True, False, False]
    assert ["<svg" in html for html in told] == [False, True, True]


def test_an_error_is_followed_by_the_same_page(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    explorer = Explorer(shop, language="en", indicator="sales.orders")
    page = explorer.shown.value
    with monkeypatch.context() as broken:
        broken.setattr(Exploration, "at", lambda self, period: 1 / 0)
        explorer.shown.picked = "2024-03"
    assert "ZeroDivisionError" in explorer.shown.value
    explorer.shown.picked = ""
    assert explorer.shown.value == page


@pytest.mark.parametrize("chosen", ["client", "indicator", "period"])
def test_what_is_next_in_a_list_is_measured_and_forecast_while_nobody_asks(
    chosen: str, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    explorer = Explorer(shop, language="en", indicator="sales.orders")
    asked = list[Collection[Request]]()
    measure = Figures._measure_few
    monkeypatch.setattr(Figures, "_measure_few", lambda self, *about: asked.append(about[0]) or measure(self, *about))
    for _ in explorer._spare:
        pass
    ahead, forecasts, choice = len(asked), len(explorer.workspace.kept), getattr(explorer, chosen)
    choice.value = choice.near(1)[0]
    explorer.settle()
    assert not explorer.failed and (len(asked), len(explorer.workspace.kept)) == (ahead, forecasts)
    assert explorer._value is not None and ahead > 0
    while_there = len(asked)
    for _ in explorer._spare:  # what is known is not looked for again
        pass
    assert len(asked) - while_there < ahead


def test_what_fails_ahead_disturbs_nobody(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, complaints = list[str](), list[dict[str, object]]()

    def learned(workspace: object, *about: str) -> None:
        asked.append(about[1])
        raise OSError("the disk is gone")

    async def looking() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, about: complaints.append(about))
        monkeypatch.setattr("kpikit.widgets.explorer.learned", learned)
        explorer = Explorer(shop, language="en", indicator="sales.orders")
        while not asked:
            await asyncio.sleep(BREATH)
        await asyncio.sleep(5 * BREATH)
        assert explorer._value is not None and not explorer.failed and "the disk" not in explorer.shown.value

    asyncio.run(asyncio.wait_for(looking(), 300))
    assert asked == asked[:1] and complaints == []


def test_people_and_cells_may_ask_at_the_same_time(shop: Path) -> None:
    """JupyterLab tells a kernel what people do in a thread of its own, while cells run in another."""
    explorer, workspace = Explorer(shop, language="en", indicator="sales.orders"), shared(shop)
    periods, failed = [key for _, key in explorer.period.options][:8], list[str]()

    def cells() -> None:
        for period in periods * 2:
            try:
                workspace.answers.clear()
                workspace.evaluate("a", period)
            except Exception as error:
                failed.append(str(error))

    thread = Thread(target=cells)
    thread.start()
    while thread.is_alive():
        for period in periods:
            explorer.period.value = period
            assert explorer.value is not None, explorer.shown.value
    thread.join()
    assert failed == []
