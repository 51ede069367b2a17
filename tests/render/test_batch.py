from __future__ import annotations

import hashlib
import json
import logging
from pathlib import Path
from typing import Any

import pytest

import kpikit
from kpikit.render.batch import PORTFOLIO, REPORT, Batch, render
from kpikit.render.lock import only_run_in
from kpikit.render.run import Run
from kpikit.words.errors import RenderError, UsageError
from kpikit.workspace.reports.rendered import read_manifest
from tests.render.notebooks import Agency, code, notebook, saved, template, text

SHOW = """from IPython.display import HTML
assert client != "failing", "this client fails" + " again" * 1000
HTML(f"<p>CANARY-{sum(map(ord, client))}.</p>")"""
OVERVIEW = notebook(text("# All"), code('workspace = period = as_of = language = ""', "parameters"), code("1 + 1"))
NO_PLAN = "plans/broken/1.yml, line 3, goals: must be a mapping of keys to values."
HOSTILE = ["../x", "CON", "A", "a", "🙂", '<script>alert("x")</script>', "{x} 'y' \\ z"]


def batch(folder: Path, agency: Agency, **options: Any) -> Batch:
    saved(folder / f"{REPORT}.ipynb", template(SHOW))
    saved(folder / f"{PORTFOLIO}.ipynb", OVERVIEW)
    return Batch(agency, lambda name: folder / f"{name}.ipynb", folder / "out", **options)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run over clients with hostile names, one that fails in its notebook and one whose plan cannot be read."""
    folder = tmp_path_factory.mktemp("batch {run_uuid}")
    older = folder / "out" / "failing" / "2011-11.en.html"
    older.parent.mkdir(parents=True)
    older.write_text("an older good report")
    return batch(folder, Agency(*HOSTILE, "failing", "broken", broken="broken")).run(workers=2)


def test_a_failing_client_does_not_stop_the_others(ran: Run) -> None:
    where = "cell 3 ('from IPython.display import HTML') did not run to its end"
    assert {entry.client: entry.reason for entry in ran.failed} == {
        "failing": f"{where}: AssertionError: this client fails{' again' * 1000}"[:1000] + " …",
        "broken": NO_PLAN,
    }
    assert [entry.client for entry in ran.entries] == [*HOSTILE, "failing", "broken", None]
    assert (ran.out / "failing" / "2011-11.en.html").read_text() == "an older good report"


def test_reports_stay_in_their_folder_whatever_their_clients_are_called(ran: Run) -> None:
    pages = [entry.page for entry in ran.entries if entry.page]
    assert len({str(page).lower() for page in pages}) == len(HOSTILE) + 1
    assert all(page.is_relative_to(ran.out) and page.is_file() for page in pages)
    top = {path.name.split("-")[0] for path in ran.out.iterdir() if path.is_dir()}
    assert top == {".work", "x", "con", "a", "client", "script", "failing"}


def test_no_report_holds_anything_of_another_client(ran: Run) -> None:
    marks = {key: f"CANARY-{sum(map(ord, key))}." for key in HOSTILE}
    for entry in ran.entries:
        for output in entry.outputs if entry.client else ():
            found = output.path.read_text(encoding="utf-8")
            assert [key for key, mark in marks.items() if mark in found] == [entry.client]


def test_the_manifest_tells_what_is_there(ran: Run) -> None:
    first, *lines = map(json.loads, (ran.out / "manifest.jsonl").read_text(encoding="utf-8").splitlines())
    assert first["schema"] == 1
    jobs = {job["client"]: job for job in lines}
    assert [jobs[key]["state"] for key in ("A", "failing", "broken", None)] == ["ok", "failed", "failed", "ok"]
    assert {key: jobs["A"][key] for key in ("period", "as_of", "language", "template", "reason")} == {
        "period": "2011-11", "as_of": "2011-11-30", "language": "en", "template": REPORT, "reason": None,
    }  # fmt: skip
    assert [output["path"] for output in jobs[None]["outputs"]] == ["portfolio.html", "portfolio.ipynb"]
    for output in jobs["A"]["outputs"]:
        content = (ran.out / output["path"]).read_bytes()
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (output["sha256"], output["bytes"])


def test_the_index_links_what_was_made_and_tells_what_was_not(ran: Run) -> None:
    index = ran.index.read_text(encoding="utf-8")
    for entry in ran.entries:
        assert (entry.page is not None) == (
            f'href="{entry.page.relative_to(ran.out)}"' in index if entry.page else False
        )
    assert "AssertionError: this client fails" in index and NO_PLAN in index
    assert "<script>" not in index and "November 2011, as of 30 November 2011" in index and "7 reports" in index


def test_only_the_folders_of_failed_jobs_are_kept(ran: Run) -> None:
    assert [path.name for path in (ran.out / ".work").iterdir()] == ["failing.2011-11.02_metric_analysis"]
    assert ran.kept == (ran.out / ".work" / "failing.2011-11.02_metric_analysis",)
    assert (ran.kept[0] / "executed.ipynb").is_file()


def test_a_run_without_failures_leaves_no_work_and_its_warnings_are_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        run = batch(tmp_path, Agency("B", "C"), periods=("2011-10",), as_of="2011-11-15").run(["B"], workers=1)
    assert not run.failed and not run.kept
    assert sorted(path.name for path in run.out.iterdir()) == [
        ".forecasts.json", ".lock", "b", "index.html", "manifest.jsonl", "portfolio.html", "portfolio.ipynb",
        "run.json",
    ]  # fmt: skip
    assert [path.name for path in sorted((run.out / "b").iterdir())] == ["2011-10.en.html", "2011-10.en.ipynb"]
    assert caplog.messages == ["portfolio: cell 4: not shown in the page: 2"]


def test_two_runs_do_not_share_a_folder(tmp_path: Path) -> None:
    one = batch(tmp_path, Agency("A"))
    with only_run_in(tmp_path / "out"), pytest.raises(RenderError, match="another run renders into this folder"):
        one.run()


@pytest.mark.parametrize("out", ["a file", "a file/out"])
def test_a_folder_that_cannot_be_is_named_with_the_way_out(out: str, tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("mine", encoding="utf-8")
    with pytest.raises(RenderError, match=r"a file.*: no reports can be put there: .+\. Give another folder\."):
        render(kpikit.new(tmp_path / "coffee"), out=tmp_path / out)
    assert (tmp_path / "a file").read_text(encoding="utf-8") == "mine"


def test_an_unknown_client_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"client == 'RF5', must be one of RF4, RJ1\. Did you mean 'RF4'"):
        batch(tmp_path, Agency("RF4", "RJ1")).run(["RF5"])


def test_when_nothing_can_be_evaluated_the_run_still_says_so(tmp_path: Path) -> None:
    run = batch(tmp_path, Agency("A", broken="A")).run()
    assert [entry.reason for entry in run.entries] == [NO_PLAN]
    assert NO_PLAN in run.index.read_text()


def test_each_period_gets_a_report_and_the_index_leads_to_all(tmp_path: Path) -> None:
    run = batch(tmp_path, Agency("A"), periods=("2011-09", "2011-10")).run(workers=1)
    assert [(entry.client, entry.period, entry.reason) for entry in run.entries] == [
        ("A", "2011-10", None),
        ("A", "2011-09", None),
        (None, "2011-10", None),
    ]
    assert 'href="a/2011-09.en.html"' in run.index.read_text() and 'href="a/2011-10.en.html"' in run.index.read_text()


def test_why_a_report_failed_is_told_in_the_readers_language_and_logged_in_english(tmp_path: Path) -> None:
    folder = kpikit.new(tmp_path / "kaffe", "da").folder
    plan = folder / "plans" / "aarhus" / "1.yml"
    plan.parent.mkdir()
    plan.write_text("extends: default/7\n", encoding="utf-8")
    (folder / "templates").mkdir()
    saved(folder / "templates" / f"{REPORT}.ipynb", template("assert False"))
    run = render(folder, ["aarhus", "norrebro"])
    (other, failed, *_) = run.remarks
    assert "celle 3 ('assert False') blev ikke kørt til ende: AssertionError" in other
    assert failed.startswith("Mislykkedes: Aarhus Kaffe") and "linje 1, schema: skal udfyldes." in failed
    assert "linje 1, schema: skal udfyldes." in run.index.read_text(encoding="utf-8")
    told = {line["client"]: line["reason"] for line in read_manifest(run.out) or []}
    assert "line 1, schema: is required." in told["aarhus"] and "did not run to its end" in told["norrebro"]
