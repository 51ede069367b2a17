"""A run after a run: what is as it would be made again is left, what changed, failed or was lost is made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import kpikit
from kpikit.render.batch import PORTFOLIO, REPORT, Batch, render
from kpikit.render.job import Job, prepare
from kpikit.render.key import notebook_key, report_key
from kpikit.render.limits import Limits
from kpikit.render.news import read_run
from kpikit.workspace import template_path
from kpikit.workspace.reports.rendered import read_manifest
from tests.render.notebooks import Agency, code, notebook, saved, template

ROOT = Path(__file__).resolve().parents[2]
SHOW = """import os
from IPython.display import HTML
assert not os.path.exists("fail")
HTML(open("figures.txt").read())"""
OVERVIEW = notebook(code('workspace = period = as_of = language = ""', "parameters"), code("print(1)"))


class Figures(Agency):
    """An agency whose clients have a figure each."""

    def __init__(self, **figures: str) -> None:
        super().__init__(*figures)
        self.figures = figures

    def save_slice(self, folder: Path, clients: Any, period: str | None, as_of: str | None) -> None:
        super().save_slice(folder, clients, period, as_of)
        (folder / "figures.txt").write_text("".join(self.figures[key] for key in clients), encoding="utf-8")
        if "fail" in [self.figures[key] for key in clients]:
            (folder / "fail").touch()


def run(folder: Path, figures: dict[str, str], **options: Any) -> dict[str | None, str]:
    """By client: what the run did: made, left or failed."""
    batch = Batch(Figures(**figures), lambda name: folder / f"{name}.ipynb", folder / "out", **options)  # type: ignore[arg-type]
    done = batch.run(workers=2)
    return {each.client: "failed" if each.reason else "made" if each.fresh else "left" for each in done.entries}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder after a first run, in which one client failed, and with it the portfolio."""
    folder = tmp_path_factory.mktemp("again")
    saved(folder / f"{REPORT}.ipynb", template(SHOW))
    saved(folder / f"{PORTFOLIO}.ipynb", OVERVIEW)
    assert run(folder, {"a": "1", "b": "2", "c": "fail"}) == {"a": "made", "b": "made", "c": "failed", None: "made"}
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "again"))


FINE = {"a": "1", "b": "2", "c": "4"}


@pytest.fixture(scope="module")
def fine(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder after another run, in which none failed."""
    folder = Path(shutil.copytree(made, tmp_path_factory.mktemp("fine") / "again"))
    assert "failed" not in run(folder, FINE).values()
    return folder


@pytest.fixture
def whole(fine: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(fine, tmp_path / "again"))


def test_a_run_over_one_client_leaves_the_others_and_the_portfolio(folder: Path) -> None:
    out = folder / "out"
    before = (out / "portfolio.html").read_bytes()
    batch = Batch(Figures(a="9", b="2", c="fail"), lambda name: folder / f"{name}.ipynb", out)  # type: ignore[arg-type]
    done = batch.run(["a"], workers=1)
    assert [(each.client, each.fresh) for each in done.entries] == [("a", True)]
    assert (out / "portfolio.html").read_bytes() == before
    index = (out / "index.html").read_text(encoding="utf-8")
    assert 'href="b/2011-11.en.html"' in index and 'href="portfolio.html"' in index


def test_files_in_formats_that_are_not_asked_for_again_are_named(folder: Path) -> None:
    run(folder, {"a": "1", "b": "2", "c": "3"}, formats=("html", "pdf"), force=True)
    batch = Batch(Figures(a="5", b="2", c="3"), lambda name: folder / f"{name}.ipynb", folder / "out")  # type: ignore[arg-type]
    done = batch.run(workers=2)
    assert (folder / "out" / "a" / "2011-11.en.pdf").exists()
    (said,) = list(done.remarks)
    assert "files are of earlier runs" in said and "2011-11.en.pdf" in said


def test_a_report_that_fails_keeps_its_older_page(folder: Path) -> None:
    for _ in range(2):  # also the second time
        batch = Batch(Figures(a="fail", b="2", c="3"), lambda name: folder / f"{name}.ipynb", folder / "out")  # type: ignore[arg-type]
        done = batch.run(workers=2)
        (failed,) = [each for each in done.failed if each.client == "a"]
        assert [each.path.name for each in failed.older] == ["2011-11.en.html"]
    assert 'href="a/2011-11.en.html"' in (folder / "out" / "index.html").read_text(encoding="utf-8")


def test_only_what_changed_or_failed_is_made_again(folder: Path) -> None:
    done = run(folder, {"a": "1", "b": "3", "c": "4"})
    assert done == {"a": "left", "b": "made", "c": "made", None: "made"}
    assert "3" in (folder / "out" / "b" / "2011-11.en.html").read_text()
    about = read_run(folder / "out")
    assert [about[name] for name in ("rendered", "unchanged", "failed", "changes")] == [3, 1, 0, []]


def test_what_was_lost_or_changed_on_the_disk_is_made_again(folder: Path) -> None:
    (folder / "out" / "a" / "2011-11.en.html").unlink()
    (folder / "out" / "b" / "2011-11.en.ipynb").write_text("{}")
    assert run(folder, {"a": "1", "b": "2", "c": "fail"}) == {"a": "made", "b": "made", "c": "failed", None: "left"}


def test_what_this_run_had_nothing_to_do_with_is_still_known(folder: Path) -> None:
    assert run(folder, {"a": "1"}, force=True) == {"a": "made", None: "made"}
    kept = {line["client"]: line["state"] for line in read_manifest(folder / "out") or []}
    assert kept == {"a": "ok", None: "ok", "b": "ok", "c": "failed"}


def test_the_key_holds_all_that_a_report_is_made_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = Job(saved(tmp_path / "t.ipynb", template("1")), "a", "2011-11", "2011-11-30", "en", tmp_path / "j", "a", "A")

    def key(figure: str = "1", **changed: Any) -> str:
        job = replace(one, **changed)
        prepare(job, Figures(a=figure), ["a"])  # type: ignore[arg-type]
        return report_key(job, notebook_key(job))

    first = key()
    assert key(folder=tmp_path / "elsewhere", limits=Limits(1), formats=("html", "json")) == first
    others = [key("2"), key(language="da"), key(as_of="2011-11-29"), key(title="B")]
    others.append(key(template=saved(tmp_path / "u.ipynb", template("2"))))
    monkeypatch.setattr("kpikit.render.key.code_hash", lambda: "another kpikit")
    others.append(key())
    monkeypatch.setattr("kpikit.render.key._packages", lambda: ["another pandas"])
    assert len({first, *others, key()}) == 8


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("a: 1\nb: {c: x}\n", "# a note\na: 1  # one\n\nb:\n  c: 'x'\n", True),
        ("a: [1, 2]\n", "a:\n- 1\n- 2\n", True),
        ("a: 1\n", "a: 2\n", False),
        ("a: 1\n", "a: '1'\n", False),  # a text is no number
        ("a: [1, 2]\n", "a: [2, 1]\n", False),
        ("a: 1\nb: 2\n", "b: 2\na: 1\n", False),  # the order of dimensions and sources shows
        ("a: {b: 1}\n", "a: [[b, 1]]\n", False),
        ("a: |\n  x\n  y\n", "a: 'x\n\n  y'\n", False),
        ("a: [\n", "a: [ \n", False),  # no YAML
        ("", "# nothing\n", True),
    ],
)
def test_of_yaml_it_counts_what_it_says(before: str, after: str, same: bool, tmp_path: Path) -> None:
    job = Job(tmp_path / "t.ipynb", "a", "2011-11", "2011-11-30", "en", tmp_path, "a", "A")
    keys = set()
    for each in (before, after):
        (tmp_path / "workspace.yml").write_text(each, encoding="utf-8")
        keys.add(notebook_key(job))
    assert len(keys) == (1 if same else 2)


def test_another_format_is_made_of_the_notebook_that_ran(whole: Path) -> None:
    ran = {path: path.read_bytes() for path in whole.glob("out/*/*.ipynb")}
    pages = {path: path.read_bytes() for path in whole.glob("out/*/*.html")}
    (whole / "out" / "b" / "2011-11.en.ipynb").write_text("{}", encoding="utf-8")  # not what was published
    assert set(run(whole, FINE, formats=("html", "pdf")).values()) == {"made"}
    fresh = {path for path, content in ran.items() if path.read_bytes() != content}
    assert {path.parent.name for path in fresh} == {"b"}  # times of cells: it ran again
    assert {path.stem for path in whole.glob("out/*/*.pdf")} == {"2011-11.en"}
    assert {path: path.read_bytes() for path in pages} == pages
    executed = {line["client"]: line["executed"] for line in read_manifest(whole / "out") or []}
    assert executed == {"a": False, "b": True, "c": False, None: False}
    assert [read_run(whole / "out")[name] for name in ("rendered", "executed", "unchanged")] == [4, 1, 0]


def test_files_in_other_formats_stay_as_they_are(whole: Path) -> None:
    page, paper = (whole / "out" / "a" / f"2011-11.en.{each}" for each in ("html", "pdf"))
    before = page.stat().st_mtime_ns
    assert run(whole, FINE, formats=("html", "pdf"))["a"] == "made"
    assert page.stat().st_mtime_ns == before  # nobody wrote it again
    paper.unlink()
    assert set(run(whole, FINE).values()) == {"left"}  # of fewer formats there is nothing to make
    assert run(whole, FINE, formats=("pdf",))["a"] == "made" and paper.exists()
    kept = {line["client"]: [Path(each["path"]).suffix for each in line["outputs"]]
            for line in read_manifest(whole / "out") or []}  # fmt: skip
    assert sorted(kept["a"]) == [".html", ".ipynb", ".pdf"]


def test_another_title_makes_all_files_again_of_the_notebook_that_ran(
    whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = {path: path.read_bytes() for path in whole.glob("out/*/*.html")}
    monkeypatch.setattr(Batch, "_label", lambda self, key, code=None: f"Renamed {key}")
    assert set(run(whole, FINE).values()) == {"made"}
    assert all("Renamed" in path.read_text(encoding="utf-8") and path.read_bytes() != pages[path] for path in pages)
    assert not any(line["executed"] for line in read_manifest(whole / "out") or [])


NOTED = "schema: 1\nperiod: {period}\non: 2026-02-28\ntext: The till was closed for a week.\n"


def test_a_note_makes_the_report_of_its_client_alone(tmp_path: Path) -> None:
    folder = kpikit.new(tmp_path / "coffee", "en").folder
    noted, *_ = render(folder, formats=["json"]).entries
    place = folder / "notes" / str(noted.client)
    place.mkdir(parents=True, exist_ok=True)
    (place / "late.yml").write_text(NOTED.format(period=noted.period), encoding="utf-8")
    assert [each.client for each in render(folder, formats=["json"]).entries if each.fresh] == [noted.client]


@pytest.mark.parametrize("own", [False, True])
def test_a_portfolio_that_may_show_notes_gets_them(own: bool, tmp_path: Path) -> None:
    workspace = kpikit.new(tmp_path / "coffee", "en")
    (workspace.folder / "notes" / "aarhus").mkdir(parents=True, exist_ok=True)
    (workspace.folder / "notes" / "aarhus" / "late.yml").write_text(NOTED.format(period="2026-02"), encoding="utf-8")
    ours = template_path(PORTFOLIO, workspace.folder)
    path = Path(shutil.copyfile(ours, tmp_path / ours.name)) if own else ours
    job = Job(path, None, "2026-02", "2026-02-28", "en", tmp_path / "job", PORTFOLIO, "All")
    prepare(job, workspace, list(workspace.clients))
    assert any((job.folder / "notes").rglob("*.yml")) is own


def test_a_run_that_has_nothing_to_make_loads_neither_papermill_nor_nbconvert(whole: Path) -> None:
    script = f"""import sys
from pathlib import Path
from tests.render.test_again import run
print(run(Path({str(whole)!r}), {FINE}))
print(sorted({{"papermill", "nbconvert", "nbformat", "ipykernel"}} & set(sys.modules)))"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["{'a': 'left', 'b': 'left', 'c': 'left', None: 'left'}", "[]"]


WAIT = "import time\nwhile open('figures.txt').read() == 'wait': time.sleep(0.1)\n" + SHOW


@pytest.mark.skipif(sys.platform != "linux", reason="kills a process")
def test_a_run_that_was_killed_goes_on_where_it_stopped(tmp_path: Path) -> None:
    saved(tmp_path / f"{REPORT}.ipynb", template(WAIT))
    saved(tmp_path / f"{PORTFOLIO}.ipynb", OVERVIEW)
    figures = {"a": "1", "b": "wait", "c": "3", "d": "4"}
    script = "from pathlib import Path\nfrom tests.render.test_again import run\n"
    script += f"run(Path({str(tmp_path)!r}), {figures!r})"
    process = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stderr=subprocess.DEVNULL)
    for _ in range(600):
        lines = {line["client"] for line in read_manifest(tmp_path / "out") or []}
        if lines == {"a", "c", "d", None}:
            break
        time.sleep(0.1)
    process.kill()
    assert process.wait(20) != 0
    part = tmp_path / "out" / "a" / ".2011-11.en.html.x.part"  # as if it had been killed while it wrote this
    part.write_text("half")
    done = run(tmp_path, {**figures, "b": "2"})
    assert done == {"a": "left", "b": "made", "c": "left", "d": "left", None: "made"}
    assert not os.path.exists(tmp_path / "out" / ".work")
    assert not part.exists()
