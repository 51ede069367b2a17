"""The sample workspaces, rendered once for all tests here: real kernels, real data, several workers."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

import kpikit
from kpikit.render.batch import render
from kpikit.render.run import Run

HOSPITALS = ("RF4", "R1H", "RQM", "NDA56", "Y03571")
"""Three large organisations; one that was gone by the last month; one with a minor unit alone."""
SHOPS = ("united-kingdom", "germany", "denmark", "norway", "west-indies")
"""The largest country, one with gaps, the two with languages of their own, and one with a single order."""


def rendered(tmp_path_factory: pytest.TempPathFactory, sample: str, clients: Sequence[str] | None = None) -> Run:
    """The run over a sample. The first process of the tests that asks for it renders; the others find it unchanged."""
    own = tmp_path_factory.getbasetemp()
    place = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with (place / f"{sample}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return render(kpikit.samples() / sample, clients, out=place / f"rendered-{sample}", workers=2)


@pytest.fixture(scope="session")
def hospitals(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return rendered(tmp_path_factory, "hospitals", HOSPITALS)


@pytest.fixture(scope="session")
def shops(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return rendered(tmp_path_factory, "shop", SHOPS)


@pytest.fixture(scope="session")
def publisher(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return rendered(tmp_path_factory, "publisher")


@pytest.fixture(scope="session")
def agency(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return rendered(tmp_path_factory, "agency")


@pytest.fixture(scope="session")
def danish_hospital(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out, formats = tmp_path_factory.mktemp("da"), ("html,xlsx", "json", "eml", "pptx", "pdf")
    run = render(kpikit.samples() / "hospitals", ["RF4"], language="da", out=out, workers=2, formats=formats)
    page = next(entry.page for entry in run.entries if entry.client == "RF4")
    assert page is not None
    return page
