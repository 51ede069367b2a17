"""The explorer, driven as a kernel sees it: set a value, look at what is shown."""

from __future__ import annotations

import kpikit
from kpikit.widgets import Explorer

HOSPITALS = kpikit.samples() / "hospitals"


def test_it_shows_what_is_picked() -> None:
    explorer = Explorer(HOSPITALS)
    explorer.client.value, explorer.period.value = "RF4", "2019-03"
    explorer.indicator.value = "emergency.share_within_four_hours"
    assert explorer.value is not None and explorer.value.value.value == 22400 / 27129  # of 27,129, 4,729 breaches
    assert "82.6%" in explorer.shown.value and "<svg" in explorer.shown.value
    assert "<h3>NHS organisation RF4: Share within four hours</h3>" in explorer.shown.value
    explorer.client.value = "R1H"
    assert explorer.value.value.value != 22400 / 27129 and "82.6%" not in explorer.shown.value


def test_it_offers_every_client_every_period_and_what_can_be_measured() -> None:
    explorer = Explorer(HOSPITALS, "da")
    assert len(explorer.client.options) == 274 and len(explorer.period.options) == 24
    assert explorer.period.options[0] == ("marts 2019", "2019-03")
    assert len(explorer.indicator.options) == 7
    assert explorer.client.description == "Klient" or explorer.client.description == "Kunde"


def test_a_client_without_data_is_a_sentence_not_an_error() -> None:
    explorer = Explorer(HOSPITALS)
    explorer.client.value = "NDA56"
    assert explorer.value is not None and explorer.value.value.value is None
    assert "no data in this period" in explorer.shown.value
