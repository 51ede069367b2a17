"""A small workspace with two clients whose names, notes and figures are theirs alone, opened as a worker opens it."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kpikit.render.content import Content
from kpikit.workspace import Workspace
from tests.workspaces import Sale, Shop, each_day, plan

PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=")
NAMES = {"a": "=SUM(1+1) & <Alfa>", "b": "Bravo Bageri"}
NOTES = {"a": '=HYPERLINK("http://example.com","Alfa siger")', "b": "Bravo siger noget andet"}
KPIS = (
    "{indicator: sales.revenue, cadence: month, target: {kind: keep, value: 400}}",
    "{indicator: sales.cancellation_rate, cadence: month, target: {kind: keep, value: 20 %}}",
    "{indicator: sales.average_order_value, cadence: month, target: {kind: keep, value: 5..20}}",
)
BRANDING = """
branding:
  logo: logo.png
  colours: {accent: "#004b87"}
  fonts: {text: Arial, headings: Georgia}
  footer: {en: "Call us & talk", da: "Ring til os"}
"""


def _sales() -> list[Sale]:
    """Each day an order of 17.31 for Alfa and 23.57 for Bravo; in its last month Alfa sells half as much, and two
    orders are cancelled after three in each month before."""
    own = each_day("2023-01-01", "2024-05-31", value="17.31", client="a")
    own += each_day("2024-06-01", "2024-06-15", value="17.31", client="a")
    months = [f"{year}-{month:02}" for year in (2023, 2024) for month in range(1, 13) if (year, month) < (2024, 6)]
    own += [Sale(f"{month}-{day}", "-9.00", cancelled=True) for month in months for day in (20, 21, 22)]
    own += [Sale(f"2024-06-{day}", "-9.00", cancelled=True) for day in (20, 21)]
    return [*own, *each_day("2023-01-01", "2024-06-30", value="23.57", client="b")]


@pytest.fixture(scope="session")
def bakery(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The workspace: 18 months to June 2024; Alfa reads English, Bravo Danish."""
    folder = tmp_path_factory.mktemp("bakery")
    (folder / "logo.png").write_bytes(PIXEL)
    text = plan(*KPIS, in_force_from="2023-01-01", pis="[sales.orders]")
    Shop(_sales(), covers="2023-01-01..2024-06-30", plans={"default/1": text}, more=BRANDING).at(folder)
    (folder / "clients.yml").write_text(
        f"schema: 1\nclients:\n  a: {{label: '{NAMES['a']}', recipients: [alfa@example.com]}}\n"
        f"  b: {{label: {NAMES['b']}, language: da, recipients: [bravo@example.com]}}\n"
    )
    workspace = Workspace(folder)
    for key, said in NOTES.items():
        workspace.client(key).note(said, "2024-06", by="Ane", on=date(2024, 7, 1).isoformat())
    return Workspace(folder)


@pytest.fixture(scope="session")
def content(bakery: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Content]:
    """A function: client -> what its report says, from the slice that a worker gets."""
    found: dict[str, Content] = {}

    def of(key: str) -> Content:
        if key not in found:
            folder: Path = tmp_path_factory.mktemp(f"slice-{key}")
            bakery.save_slice(folder, [key], "2024-06", None)
            found[key] = Content(Workspace(folder).client(key).evaluate("2024-06"))
        return found[key]

    return of
