"""A run: one report for each client and one over all of them, published as they are done, and an index at the end.

    out/index.html                          all clients, with status and links
    out/portfolio.html, portfolio.ipynb     the report over all clients
    out/<client>/<period>.<language>.html   a client's report, with the executed .ipynb beside it; other templates
                                            than the review stand before the language: 2011-11.03_redesign.en.html
    out/manifest.json                       one entry for each job
    out/.work/                              job folders while they are needed; those of failed jobs are kept
    out/.lock                               held while a run goes on

Clients' folders are named by `kpikit.render.names`. The folder ``.work`` is emptied by the next run.
"""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

from tqdm import tqdm

from kpikit.evaluation.facts import Evaluation
from kpikit.render.formats import FORMATS, possible
from kpikit.render.index import index_page
from kpikit.render.job import EXECUTED, Job, output, prepare
from kpikit.render.letterhead import Letterhead, letterhead
from kpikit.render.limits import Limits
from kpikit.render.lock import only_run_in
from kpikit.render.names import folder_names
from kpikit.render.pool import Make, Pool
from kpikit.render.publish import Published, publish
from kpikit.render.run import INDEX, Entry, Run, save_manifest
from kpikit.sources.settings import unknown_client
from kpikit.words.errors import KpikitError, SettingError, UsageError
from kpikit.words.language import language
from kpikit.workspace import Workspace, open, template_path

log = logging.getLogger(__name__)

REPORT, PORTFOLIO = "02_metric_analysis", "portfolio"
"""The templates of a client's report and of the one over all clients."""

WORKERS = "_workers"
"""The folder of the workers' own files; no client's folder has a "_" in its name."""


def render(
    path: Path | str,
    clients: Sequence[str] | None = None,
    periods: Sequence[str] = (),
    as_of: str | None = None,
    language: str | None = None,
    out: Path | None = None,
    workers: int | None = None,
    progress: bool = False,
    templates: Sequence[str] = (REPORT,),
    formats: Sequence[str] = (),
) -> Run:
    """The finished run over ``clients`` (all by default) of the workspace in the folder ``path``.

    Each client gets a report for each of the ``periods`` (by default the last complete one) from each of the
    ``templates``, by their names, in each of the ``formats`` (by default those of workspace.yml); one that cannot
    be made here is left out, and the run says so. ``language`` is each client's own by default, ``out`` the folder
    ``out`` in the workspace, ``workers`` one for each core. A failed report is an entry of the run, not an error;
    `RenderError` is raised where another run is rendering into ``out``.
    """
    workspace = open(path)
    able, lacking = possible(formats or workspace.settings.formats)
    folder = (Path(path) / "out" if out is None else Path(out)).resolve()
    find = partial(template_path, workspace=Path(path))
    batch = Batch(workspace, find, folder, tuple(periods), as_of, language, tuple(templates), able)
    return replace(batch.run(clients, workers, progress), lacking=lacking)


@dataclass
class Batch:
    """One run, in its steps: evaluate, make the jobs, have them rendered and published, write the index."""

    workspace: Workspace
    template: Callable[[str], Path]
    out: Path
    periods: tuple[str, ...] = ()
    as_of: str | None = None
    language: str | None = None
    templates: tuple[str, ...] = (REPORT,)
    formats: tuple[str, ...] = ("html",)
    limits: Limits = Limits()  # noqa: RUF009 (it is frozen)
    evaluated: list[Evaluation] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    _preparing: threading.Lock = field(default_factory=threading.Lock)

    def run(self, clients: Sequence[str] | None = None, workers: int | None = None, progress: bool = False) -> Run:
        """Render the clients' reports and the portfolio; see `render`."""
        keys = self._checked(clients)
        with only_run_in(self.out), _stopping_on_sigterm(), _work_folder(self.out) as work:
            self._evaluate(keys)
            jobs = self._jobs(work)
            if jobs:
                self._make(jobs, work, workers or _cores(), progress)
            self._write_overview()
        return Run(self.out, tuple(self.entries))

    def _make(self, jobs: Sequence[Job], work: Path, workers: int, progress: bool) -> None:
        with Pool(min(workers, len(jobs)), work / WORKERS) as pool, _bar(len(jobs), progress) as bar:
            for entry in pool.map(self._entry, jobs):
                self.entries.append(entry)
                bar.update()

    def _checked(self, clients: Sequence[str] | None) -> list[str]:
        known = self.workspace.clients
        for key in clients or ():
            if key not in known:
                raise UsageError(unknown_client(key, known))
        return list(dict.fromkeys(clients)) if clients else list(known)

    def _evaluate(self, keys: Sequence[str]) -> None:
        """Evaluate all clients at once; one whose plan or notes cannot be read is a failed entry.

        What is wrong for all (a damaged source, a period that has not begun) is raised, and nothing is written.
        """
        able = [key for key in keys if self._has_fine_files(key)]
        for period in (self.periods or (None,)) if able else ():
            self.evaluated += self.workspace.evaluate_all(able, period, self.as_of).values()

    @property
    def latest(self) -> dict[str, Evaluation]:
        """Each client's evaluation for the latest period of the run."""
        return {each.client: each for each in sorted(self.evaluated, key=lambda each: (each.period, each.as_of))}

    def _has_fine_files(self, key: str) -> bool:
        try:
            self.workspace.plans(key)
            self.workspace.settings.notes(key)
        except SettingError as error:
            log.warning("%s could not be evaluated: %s", key, error)
            self.entries.append(Entry(key, self._label(key), None, self.as_of, REPORT, reason=str(error)))
            return False
        return True

    def _jobs(self, work: Path) -> list[Job]:
        """A job for each evaluated client, and last the portfolio's, at the latest of their periods."""
        if not self.evaluated:
            return []
        names = folder_names(self.workspace.clients)
        jobs = [
            self._job(each.client, names[each.client], each, work, template)
            for each in self.evaluated
            for template in self.templates
        ]
        latest = max(self.evaluated, key=lambda each: (each.period, each.as_of))
        return [*jobs, self._job(None, PORTFOLIO, latest, work, PORTFOLIO)]

    def _job(self, key: str | None, name: str, found: Evaluation, work: Path, template: str) -> Job:
        code = self.language or (self.workspace.clients[key] if key is not None else self.workspace.settings).language
        return Job(
            template=self.template(template),
            client=key,
            period=found.period.key,
            as_of=found.as_of.isoformat(),
            language=code,
            folder=work / f"{name}.{found.period}.{template}",
            name=name,
            title=f"{self._label(key, code)} – {language(code).period(found.period)}",
            formats=tuple(each for each in self.formats if key is not None or FORMATS[each].of_all),
            letterhead=self._letterhead(code),
            limits=self.limits,
        )

    def _letterhead(self, code: str) -> Letterhead:
        settings = self.workspace.settings
        return letterhead(settings.branding, settings.name, language(code))

    def _entry(self, job: Job, make: Make) -> Entry:
        """Carry out a job; whatever goes wrong is the reason in its entry."""
        begin, outputs, reason = time.monotonic(), [], None
        try:
            outputs = self._publish(job, make)
            shutil.rmtree(job.folder)
        except Exception as error:
            reason = _reason(error)
            log.warning("%s failed: %s", job.name, reason)
        return Entry(
            job.client,
            self._label(job.client),
            job.period,
            job.as_of,
            job.template.stem,
            job.language,
            time.monotonic() - begin,
            tuple(outputs),
            reason,
            job.folder if reason is not None and job.folder.exists() else None,
        )

    def _publish(self, job: Job, make: Make) -> list[Published]:
        with self._preparing:
            prepare(job, self.workspace, list(self.latest) if job.client is None else [job.client])
        for warning in make(job.order):
            log.warning("%s: %s", job.name, warning)
        kind = "" if job.template.stem == REPORT else f".{job.template.stem}"
        place = job.name if job.client is None else f"{job.name}/{job.period}{kind}.{job.language}"
        files = {each: output(job.folder, each) for each in job.formats} | {"ipynb": job.folder / EXECUTED}
        return publish({self.out / f"{place}.{kind}": file.read_bytes() for kind, file in files.items()})

    def _write_overview(self) -> None:
        self._sort_entries()
        say = language(self.language or self.workspace.settings.language)
        name, labels = say.own(self.workspace.settings.name), self.workspace.settings.labels(say)
        page = index_page(name, self.out, self.entries, self.latest, labels, say)
        publish({self.out / INDEX: self._letterhead(say.code).on(page).encode("utf-8")})
        save_manifest(self.out, self.entries)

    def _sort_entries(self) -> None:
        """By client as in the register (the portfolio last), the latest period first, and template as asked for."""
        clients = {key: at for at, key in enumerate(self.workspace.clients)}
        templates = {name: at for at, name in enumerate(self.templates)}
        self.entries.sort(key=lambda entry: templates.get(entry.template, len(templates)))
        self.entries.sort(key=lambda entry: entry.period or "", reverse=True)
        self.entries.sort(key=lambda entry: clients.get(entry.client or "", len(clients)))

    def _label(self, key: str | None, code: str | None = None) -> str:
        say = language(code or self.language or self.workspace.settings.language)
        return say("All clients") if key is None else say.own(self.workspace.clients[key].label)


def _reason(error: Exception) -> str:
    if isinstance(error, KpikitError):
        return str(error)
    log.debug("unexpected", exc_info=error)
    return f"{type(error).__name__}: {error}"


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _bar(total: int, shown: bool) -> tqdm[Any]:
    return tqdm(total=total, unit="report", disable=not shown, file=sys.stderr)


@contextlib.contextmanager
def _work_folder(out: Path) -> Iterator[Path]:
    """An empty private folder for the jobs; at its end only the folders of failed jobs are left, if there are any."""
    work = out / ".work"
    shutil.rmtree(work, ignore_errors=True)
    (work / WORKERS).mkdir(mode=0o700, parents=True)
    work.chmod(0o700)
    try:
        yield work
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    shutil.rmtree(work / WORKERS)
    with contextlib.suppress(OSError):
        work.rmdir()


@contextlib.contextmanager
def _stopping_on_sigterm() -> Iterator[None]:
    """SIGTERM ends the run like Ctrl-C, so that its processes and folders are cleared away."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
