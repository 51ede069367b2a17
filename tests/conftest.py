"""What many tests share: samples, programs of the system, and the large raw data that lie beside a checkout."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from kpikit.workspace import Workspace
from tests.workspaces import sample

settings.register_profile("kpikit", parent=settings(), deadline=None)  # a busy machine is no failure
settings.load_profile("kpikit")

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: much of the time a test waits for a kernel, a browser or a limit."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session")
def shop() -> Workspace:
    """The sample web shop."""
    return sample("shop")


@pytest.fixture(scope="session")
def hospitals() -> Workspace:
    """The sample hospitals."""
    return sample("hospitals")


@pytest.fixture(scope="session")
def needs_system() -> Callable[..., str]:
    """A function: names of programs -> the path of the first that is installed.

    Without any the test is skipped, with the reason; where KPIKIT_NEED_SYSTEM is set, as in CI, it fails instead.
    """

    def program(*names: str) -> str:
        found = next(filter(None, map(shutil.which, names)), None)
        if found is None:
            stop = pytest.fail if os.environ.get("KPIKIT_NEED_SYSTEM") else pytest.skip
            stop(f"needs a system package: none of the programs {', '.join(names)} is installed")
        return found

    return program


@pytest.fixture(scope="session")
def chromium(needs_system: Callable[..., str]) -> str:
    """The path of Chromium."""
    return needs_system("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def shared_data() -> Callable[[str], Path]:
    """A function: the name of a raw data set -> its folder; the test is skipped where it is absent."""

    def folder(name: str) -> Path:
        path = SHARED_DATA / name
        if not path.is_dir():
            pytest.skip(f"the raw data set {name} does not lie beside this checkout")
        return path

    return folder
