"""The sample workspaces, rendered once for all tests here: real kernels, real data, several workers."""

from __future__ import annotations

from pathlib import Path

import pytest

import kpikit
from kpikit.render.batch import render
from kpikit.render.run import Run

HOSPITALS = ("RF4", "R1H", "RQM", "NDA56", "Y03571")
"""Three large organisations; one that was gone by the last month; one with a minor unit alone."""
SHOPS = ("united-kingdom", "germany", "denmark", "norway", "west-indies")
"""The largest country, one with gaps, the two with languages of their own, and one with a single order."""


@pytest.fixture(scope="session")
def hospitals(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return render(kpikit.samples() / "hospitals", HOSPITALS, out=tmp_path_factory.mktemp("hospitals"), workers=2)


@pytest.fixture(scope="session")
def shops(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return render(kpikit.samples() / "shop", SHOPS, out=tmp_path_factory.mktemp("shop"), workers=2)


@pytest.fixture(scope="session")
def publisher(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return render(kpikit.samples() / "publisher", out=tmp_path_factory.mktemp("publisher"), workers=2)


@pytest.fixture(scope="session")
def agency(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return render(kpikit.samples() / "agency", out=tmp_path_factory.mktemp("agency"), workers=2)


@pytest.fixture(scope="session")
def danish_hospital(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out, formats = tmp_path_factory.mktemp("da"), ("html,xlsx", "json", "eml", "pptx", "pdf")
    run = render(kpikit.samples() / "hospitals", ["RF4"], language="da", out=out, workers=2, formats=formats)
    page = next(entry.page for entry in run.entries if entry.client == "RF4")
    assert page is not None
    return page
