"""Each template says something different, and right, for a client that met its targets, one that missed, one without
data and one with five points."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import kpikit
from kpikit.render.batch import render
from kpikit.render.run import Run
from tests.samples.test_reports import Page

TEMPLATES = ("01_goal_definition", "02_metric_analysis", "03_redesign")
CLIENTS = {"RQM": "met", "RF4": "missed", "NDA56": "no data", "FIVE": "five points"}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hospitals, and one more that has reported for five months."""
    import gzip

    folder = tmp_path_factory.mktemp("four") / "hospitals"
    shutil.copytree(kpikit.samples() / "hospitals", folder, ignore=shutil.ignore_patterns("out"))
    file = folder / "sources" / "ae_attendances.csv.gz"
    rows = gzip.decompress(file.read_bytes()).decode()
    months = ("2018-11-01", "2018-12-01", "2019-01-01", "2019-02-01", "2019-03-01")
    more = "".join(f"{month},FIVE,1,100{at},5{at},300\n" for at, month in enumerate(months))
    file.write_bytes(gzip.compress((rows + more).encode()))
    with (folder / "clients.yml").open("a", encoding="utf-8") as register:
        register.write("  FIVE: {label: Five months}\n")
    return folder


@pytest.fixture(scope="module")
def run(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return render(workspace, list(CLIENTS), out=tmp_path_factory.mktemp("out"), workers=2, templates=TEMPLATES)


def words(run: Run, client: str, template: str) -> str:
    (entry,) = [each for each in run.entries if (each.client, each.template) == (client, template)]
    assert entry.page is not None, entry.reason
    return Page(entry.page).text


SAYS = {
    # 29,550 attendances, 1,222 breaches: 95.86 %; RF4: 22,400 of 27,129; FIVE: 1,004 with 54 breaches, 94.62 %
    ("RQM", "02_metric_analysis"): ["March 2019: 95.9%, 0.9 pp above target (95.0%).", "No KPI needs attention"],
    ("RF4", "02_metric_analysis"): ["March 2019: 82.6%, 12.4 pp below target (95.0%).", "no other KPIs"],
    ("NDA56", "02_metric_analysis"): ["can't be judged: no data in this period"],
    ("FIVE", "02_metric_analysis"): ["March 2019: 94.6%, 0.4 pp below target (95.0%).", "before it is too short"],
    ("RQM", "03_redesign"): ["Can reach the target in one period and miss it in another, by chance"],
    ("RF4", "03_redesign"): ["Will not reach the target without a change", "Missed. Target 95.0%; usually"],
    ("NDA56", "03_redesign"): ["can't be judged: no data in this period"],
    ("FIVE", "03_redesign"): ["No comparison"],
    ("RQM", "01_goal_definition"): ["Nobody waits longer than necessary", "Status Met"],
    ("RF4", "01_goal_definition"): ["Status Missed", "95.0% lies beyond what the process does by itself"],
    ("NDA56", "01_goal_definition"): ["has no value in this period"],
    ("FIVE", "01_goal_definition"): ["has too short a history to tell what is attainable"],
}


@pytest.mark.parametrize(("client", "template"), SAYS, ids=[f"{CLIENTS[client]}-{name}" for client, name in SAYS])
def test_what_a_template_says(client: str, template: str, run: Run) -> None:
    said = words(run, client, template)
    assert [each for each in SAYS[client, template] if each not in said] == []


def test_the_portfolio_puts_those_that_need_attention_first(run: Run) -> None:
    (entry,) = [each for each in run.entries if each.client is None]
    assert entry.page is not None
    said = Page(entry.page).text
    said = said[said.index("Those that need attention come first.") :]  # who needs a call stands above
    places = [said.index(name) for name in ("NHS organisation RF4", "Five months", "NHS organisation RQM", "NDA56")]
    assert places == sorted(places)


def test_the_index_links_all_templates_of_a_client(run: Run) -> None:
    links = [str(attributes.get("href")) for tag, attributes in Page(run.index).tags if tag == "a"]
    assert [link for link in links if link.startswith("rf4/")] == [
        "rf4/2019-03.01_goal_definition.en.html",
        "rf4/2019-03.en.html",
        "rf4/2019-03.03_redesign.en.html",
    ]
