"""Forgetting a client: nothing of it is left in what was rendered; all other files stay as they were."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

import kpikit
from kpikit.render.batch import render
from kpikit.render.check import check_page
from kpikit.render.forget import forget
from kpikit.render.lock import only_run_in
from kpikit.render.manifest import write_manifest
from kpikit.render.names import hashed
from kpikit.words.errors import RenderError, UsageError
from kpikit.workspace.reports.rendered import read_manifest
from tests.render.notebooks import notebook, saved
from tests.workspaces import Sale, Shop, plan, write_sales

SALES = [
    Sale(f"2024-{month:02}-01", f"{amount}.{cents:02}", client=client)
    for month in range(1, 7)
    for client, amount, cents in (("rose", 1234, month), ("fern", 77, 10 + month), ("moss", 88, 20 + month))
]
EVENTS = """schema: 1
events:
  - {on: 2024-02-01, what: For all}
  - {on: 2024-02-02, what: Roses on every table, clients: [rose]}
  - on: 2024-02-03
    what: Two
    clients:
      - fern
      - rose
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of three clients, rendered, with events, notes and plans."""
    folder = tmp_path_factory.mktemp("forget") / "shop"
    plans = {"default/1": plan("{indicator: sales.orders, cadence: month, target: {kind: keep, value: 1}}")}
    plans["rose/1"] = plan("{indicator: sales.revenue, cadence: month, target: {kind: keep, value: 1}}")
    shop = Shop(SALES, covers="2024-01-01..2024-06-30", clients=("rose", "fern", "moss"), plans=plans)
    shop.at(folder)
    (folder / "events.yml").write_text(EVENTS, encoding="utf-8")
    kpikit.open(folder).client("rose").note("A note", "2024-06", on="2024-07-01")
    assert not render(folder, workers=2).failed
    return folder


@pytest.fixture
def shop(made: Path, tmp_path: Path) -> Path:
    """A copy of it, of which a test may do what it likes."""
    return Path(shutil.copytree(made, tmp_path / "shop"))


def hashes(folder: Path, *but: str) -> dict[str, str]:
    files = (file for file in folder.rglob("*") if file.is_file() and not file.name.startswith("."))
    found = {file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    return {name: digest for name, digest in found.items() if not name.startswith(but or ("\0",))}


def speaking(folder: Path, *words: str) -> list[str]:
    """The files that hold one of the words, whatever the case."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return [file.name for file in files for word in words if word.casefold() in file.read_text("utf-8").casefold()]


def names(paths: tuple[Path, ...], folder: Path) -> list[str]:
    return [path.relative_to(folder / "out").as_posix() for path in paths]


def test_without_yes_it_is_only_listed(shop: Path) -> None:
    before = hashes(shop)
    found = forget(shop, "rose")
    assert names(found.removed, shop) == ["rose", ".forecasts.json", "portfolio.html", "portfolio.ipynb"]
    assert names(found.rewritten, shop) == ["index.html", "manifest.jsonl", "run.json"]
    assert not found.done and hashes(shop) == before


def test_nothing_of_the_client_is_left_and_all_else_is_as_it_was(shop: Path) -> None:
    before = hashes(shop, "out/rose", "out/portfolio", "out/index", "out/manifest", "out/run")
    assert speaking(shop / "out", "rose", "1,234")
    listed, done = forget(shop, "rose"), forget(shop, "rose", yes=True)
    assert (listed.removed, listed.rewritten, listed.remains) == (done.removed, done.rewritten, done.remains)
    assert done.done and speaking(shop / "out", "rose", "1,234", "1234.0") == []
    assert hashes(shop, "out/index", "out/manifest", "out/run") == before


def test_what_remains_is_named_with_its_lines(shop: Path) -> None:
    assert [str(trace) for trace in forget(shop, "rose").remains] == [
        "sales.csv: 6 rows",
        "clients.yml, line 4: names 'Client ROSE'",
        "events.yml, line 4: names 'rose'",
        "events.yml, line 9: names 'rose'",
        "plans/rose/1.yml: the client's own plan",
        "notes/rose/2024-06.001.yml: the client's own note",
    ]


def test_index_and_manifest_say_what_is_left(shop: Path) -> None:
    forget(shop, "rose", yes=True)
    jobs = read_manifest(shop / "out") or []
    assert [job["client"] for job in jobs] == ["fern", "moss"]
    for job in jobs:
        for output in job["outputs"]:
            assert hashlib.sha256((shop / "out" / output["path"]).read_bytes()).hexdigest() == output["sha256"]
    index = (shop / "out" / "index.html").read_text(encoding="utf-8")
    check_page(index)
    assert 'href="fern/2024-06.en.html"' in index and 'href="moss/2024-06.en.html"' in index and "2 reports" in index
    assert "portfolio" not in index


def test_a_second_time_there_is_nothing_to_remove(shop: Path) -> None:
    forget(shop, "rose", yes=True)
    before = hashes(shop)
    again = forget(shop, "rose", yes=True)
    assert (again.removed, again.rewritten) == ((), ()) and len(again.remains) == 6
    assert hashes(shop) == before


@pytest.mark.parametrize("broken_after", ["rose", ".forecasts.json", "portfolio.html", "portfolio.ipynb"])
def test_after_a_crash_on_the_way_the_same_command_does_the_rest(shop: Path, broken_after: str) -> None:
    for name in ("rose", "portfolio.html", "portfolio.ipynb"):
        place = shop / "out" / name
        shutil.rmtree(place) if place.is_dir() else place.unlink()
        if name == broken_after:
            break
    forget(shop, "rose", yes=True)
    assert speaking(shop / "out", "rose", "1,234") == []


def test_job_folders_rests_and_checkpoints_go_too(shop: Path) -> None:
    out = shop / "out"
    for name in (".work/rose.2024-06.02_metric_analysis", ".work/portfolio.2024-06.portfolio", ".work/_workers",
                 ".ipynb_checkpoints"):  # fmt: skip
        (out / name).mkdir(parents=True)
        (out / name / "file").write_text("of rose", encoding="utf-8")
    (out / ".portfolio.html.x1.part").write_text("of rose", encoding="utf-8")
    forget(shop, "rose", yes=True)
    assert speaking(out, "rose") == [] and not (out / ".work").exists()


def test_the_jobs_of_others_are_kept(shop: Path) -> None:
    kept = shop / "out" / ".work" / "fern.2024-06.02_metric_analysis"
    kept.mkdir(parents=True)
    forget(shop, "rose", yes=True)
    assert kept.is_dir()


def test_pages_from_a_time_when_the_folder_was_called_otherwise(shop: Path) -> None:
    out = shop / "out"
    for folder, client in (("old", "rose"), ("old", "other"), (hashed("rose"), "rose")):
        (out / folder).mkdir(exist_ok=True)
        parameters = {"papermill": {"parameters": {"client": client}}}
        saved(out / folder / f"{client}.ipynb", notebook(**parameters))
        (out / folder / f"{client}.html").write_text(f"of {client}", encoding="utf-8")
    (out / "old" / "broken.ipynb").write_text("{", encoding="utf-8")
    forget(shop, "rose", yes=True)
    assert speaking(out, "rose") == [] and not (out / hashed("rose")).exists()
    assert sorted(file.name for file in (out / "old").iterdir()) == ["broken.ipynb", "other.html", "other.ipynb"]


def test_a_reason_that_names_the_client_is_left_out(shop: Path) -> None:
    jobs = read_manifest(shop / "out") or []
    by_client = {job["client"]: job for job in jobs}
    by_client["fern"]["reason"], by_client["moss"]["reason"] = "must be one of fern, rose.", "must be green."
    write_manifest(shop / "out", jobs)
    forget(shop, "rose", yes=True)
    assert [job["reason"] for job in read_manifest(shop / "out") or []] == ["", "must be green."]


@pytest.mark.parametrize("manifest", [None, "{", '{"schema": 1}', '{"jobs": 3}'])
def test_without_a_manifest_that_can_be_read_the_index_goes(shop: Path, manifest: str | None) -> None:
    file = shop / "out" / "manifest.jsonl"
    file.unlink() if manifest is None else file.write_text(manifest, encoding="utf-8")
    found = forget(shop, "rose", yes=True)
    assert found.rewritten == () and speaking(shop / "out", "rose", "1,234") == []
    assert sorted(path.name for path in (shop / "out").iterdir()) == [".lock", "fern", "moss"]


def test_a_client_that_has_left_the_register_is_still_found(shop: Path) -> None:
    register = (shop / "clients.yml").read_text(encoding="utf-8")
    (shop / "clients.yml").write_text(register.replace("  rose: {label: Client ROSE}\n", ""), encoding="utf-8")
    for place in ("plans/rose", "notes/rose"):
        shutil.rmtree(shop / place)
    (shop / "events.yml").unlink()
    found = forget(shop, "rose", yes=True)
    assert speaking(shop / "out", "rose") == []
    told = "sources: not looked through: clients.yml says no more how they call the client"
    assert [str(trace) for trace in found.remains] == [told]
    with pytest.raises(UsageError, match=r"^client == 'rose', must be one of fern, moss\.$"):
        forget(shop, "rose", yes=True)


def test_sources_that_cannot_be_read_do_not_stop_it(shop: Path) -> None:
    (shop / "sales.csv").write_text("", encoding="utf-8")
    found = forget(shop, "rose", yes=True)
    assert speaking(shop / "out", "rose") == []
    assert str(found.remains[0]).startswith(f"sources: not looked through: {shop / 'sales.csv'}")


def test_one_of_whom_there_is_nothing_is_refused(shop: Path) -> None:
    before = hashes(shop)
    with pytest.raises(UsageError) as caught:
        forget(shop, "ros", yes=True)
    assert str(caught.value) == "client == 'ros', must be one of rose, fern, moss. Did you mean 'rose'?"
    assert hashes(shop) == before


def test_while_a_run_goes_on_nothing_is_removed(shop: Path) -> None:
    before = hashes(shop)
    with only_run_in(shop / "out"), pytest.raises(RenderError, match="another run renders into this folder"):
        forget(shop, "rose", yes=True)
    assert hashes(shop) == before


def test_where_nothing_was_rendered_nothing_is_made(shop: Path, tmp_path: Path) -> None:
    found = forget(shop, "rose", tmp_path / "other", yes=True)
    assert (found.removed, found.rewritten) == ((), ()) and not (tmp_path / "other").exists()


def test_what_remains_in_files_of_its_own_and_among_bad_rows(tmp_path: Path) -> None:
    Shop([], clients=("rose", "fern")).at(tmp_path)
    (tmp_path / "sales.csv").unlink()
    file = tmp_path / "workspace.yml"
    text = file.read_text(encoding="utf-8").replace("file: sales.csv", "file: of/{client}/*.csv")
    quarantined = "    on_bad_rows: quarantine\n    bad_rows_at_most: 0.5\n    client: client\n"
    file.write_text(text.replace("    client: client\n", quarantined), encoding="utf-8")
    for name, rows in {"rose/1": ["1.00", "x"], "rose/2": ["2.00"], "fern/1": ["3.00"]}.items():
        (tmp_path / f"of/{name}.csv").parent.mkdir(parents=True, exist_ok=True)
        write_sales(tmp_path / f"of/{name}.csv", [Sale("2024-01-04", each, client=name[:4]) for each in rows])
    found = forget(tmp_path, "rose", yes=True)
    assert [str(each) for each in found.remains] == [
        "of/rose/1.csv: 1 rows",
        "of/rose/2.csv: 1 rows",
        "clients.yml, line 4: names 'Client ROSE'",
    ]
    assert found.removed == (tmp_path / "quarantine" / "sales.csv",)
    assert not (tmp_path / "quarantine" / "sales.csv").exists()
