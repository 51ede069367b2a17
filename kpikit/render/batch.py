"""A run: one report for each client and one over all of them, published as they are done, and an index at the end.

    out/index.html                          all clients, with status and links
    out/portfolio.html, portfolio.ipynb     the report over all clients
    out/<client>/<period>.<language>.html   a client's report, with the executed .ipynb beside it; other templates
                                            than the review stand before the language: 2011-11.03_redesign.en.html,
                                            and so does the audience: 2011-11.management.en.html
    out/manifest.jsonl                      one line for each job; see `kpikit.render.manifest`
    out/run.json                            how the run went, and what changed since the one before
    out/.forecasts.json                     the forecasts, kept for the next run
    out/.work/, .lock                       job folders while they are needed, and of failed jobs; held during a run

Clients' folders are named by `kpikit.render.names`. The folder ``.work`` is emptied by the next run. What a report is
made of has a key (`kpikit.render.key`): where key and files are those of the manifest, the report is left as it is.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from os import PathLike
from pathlib import Path

from kpikit.evaluation.facts import Evaluation
from kpikit.evaluation.reported import mark_of, standing, standing_words
from kpikit.plans.notes import mark_of as notes_mark
from kpikit.render.carry_out import CarryOut
from kpikit.render.formats import FORMATS, possible
from kpikit.render.job import Job
from kpikit.render.letterhead import Letterhead, letterhead
from kpikit.render.limits import Limits
from kpikit.render.lock import only_run_in
from kpikit.render.manifest import merged, write_manifest
from kpikit.render.names import folder_names
from kpikit.render.news import RUN, Change, read_run
from kpikit.render.overview import Overview, in_order
from kpikit.render.pool import Pool
from kpikit.render.remote import Remote, makers
from kpikit.render.run import INDEX, Entry, Run
from kpikit.render.store import Store
from kpikit.render.way_back import way_back
from kpikit.render.work import WORKERS, bar, cores, stopping_on_sigterm, work_folder
from kpikit.sources.clients import unknown_client
from kpikit.words.errors import RenderError, SettingError, UsageError
from kpikit.words.language import Language, language
from kpikit.workspace import Workspace, open, template_path
from kpikit.workspace.reports.rendered import MANIFEST, REPORT, Line, read_manifest
from kpikit.workspace.review.audience import audience_of

log = logging.getLogger(__name__)

FORECASTS = ".forecasts.json"
"""The file of a run's forecasts, kept for the next one by the key of their data."""
OVERVIEW = (INDEX, MANIFEST, RUN, FORECASTS)
"""What is about all reports, and what the next run goes on from."""
MOST_REASONS = 3
"""How many failed reports are told of where the run itself cannot be written down."""
PORTFOLIO = "portfolio"
"""The template of the report over all clients."""


def render(
    path: str | PathLike[str],
    clients: Sequence[str] | None = None,
    periods: Sequence[str] = (),
    as_of: str | None = None,
    language: str | None = None,
    out: Path | str | None = None,
    workers: int | None = None,
    progress: bool = False,
    templates: Sequence[str] = (REPORT,),
    formats: Sequence[str] = (),
    force: bool = False,
    limits: Limits | None = None,
    audience: str | None = None,
    executor: Executor | str | None = None,
) -> Run:
    """The finished run over ``clients`` (all by default) of the workspace in the folder ``path``.

    Each client gets a report for each of the ``periods`` (by default the last complete one) from each of the
    ``templates``, by their names, in each of the ``formats`` (by default those of workspace.yml); one that cannot
    be made here is left out, and the run says so. ``language`` is each client's own by default, ``out`` the folder
    ``out`` in the workspace (an address such as ``s3://bucket/reports`` keeps what is there in that store, too),
    ``workers`` one for each core. ``executor`` makes the reports elsewhere: one of `concurrent.futures`, or the address
    of a Dask cluster, ``dask://HOST:PORT``. Reports that would come out as they are already are left, unless ``force``
    is set. One that breaks its ``limits`` fails. ``audience`` is whom they are for, the team by default
    (`kpikit.workspace.review.audience`). A failed report is an entry of the run, not an error; `RenderError` is raised
    where another run is rendering into ``out``.
    """
    workspace = open(path)
    able, lacking = possible(formats or workspace.settings.formats)
    address = out if isinstance(out, str) and "://" in out else None
    folder = (Path(path) / "out" if out is None or address else Path(out)).resolve()
    find = partial(template_path, workspace=Path(path))
    batch = Batch(workspace, find, folder, tuple(periods), as_of, language, tuple(templates), able, force)
    batch.limits, batch.store = limits or batch.limits, Store(address, folder) if address else None
    batch.audience = audience and audience_of(audience)
    with makers(executor, workers) as pool:
        return replace(batch.run(clients, workers, progress, pool), lacking=lacking)


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
    force: bool = False
    limits: Limits = Limits()  # noqa: RUF009 (it is frozen)
    audience: str | None = None
    evaluated: list[Evaluation] = field(default_factory=list)
    store: Store | None = None
    entries: list[Entry] = field(default_factory=list)
    before: list[Line] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    def run(
        self,
        clients: Sequence[str] | None = None,
        workers: int | None = None,
        progress: bool = False,
        remote: Remote | None = None,
    ) -> Run:
        """Render the clients' reports and the portfolio; see `render`."""
        self.keys, begun = self._checked(clients), datetime.now(UTC)
        with only_run_in(self.out), stopping_on_sigterm(), work_folder(self.out) as work:
            if self.store:
                self.store.fetch(OVERVIEW)
            known = read_manifest(self.out)
            self.before = known or []
            write_manifest(self.out, self.before)
            self.workspace.kept.read(self.out / FORECASTS)
            with remote or Pool(workers or cores(), work / WORKERS) as pool:
                if self.force or known is None or self._lacks_formats():
                    pool.warm_up()
                self._evaluate(self.keys)
                self._make(self._jobs(work), pool, progress)
            self._keep_forecasts()
            try:
                found = self._write_overview(begun)
            except RenderError as error:
                raise RenderError(self._with_reasons(error)) from error
            if self.store:
                self.store.put(self.out / name for name in OVERVIEW)
        return Run(self.out, tuple(self.entries), changes=tuple(found), say=self._say)

    def _lacks_formats(self) -> bool:
        """Whether a client's last report is not there in each of the formats, so that some file must be made."""
        wanted = {f".{each}" for each in self.formats}
        own = [line for line in self.before if line["client"] in self.keys]
        return any(wanted - {Path(each["path"]).suffix for each in line["outputs"]} for line in own)

    def _with_reasons(self, error: RenderError) -> str:
        """Why the run cannot be written down, and why reports failed, which nothing that it leaves would say."""
        failed = [f"{entry.label}: {entry.reason}" for entry in self.entries if entry.reason]
        return f"{error} Failed before: {' '.join(failed[:MOST_REASONS])}" if failed else str(error)

    def _make(self, jobs: Sequence[Job], pool: Pool | Remote, progress: bool) -> None:
        carry_out = CarryOut(
            self.workspace, self.out, list(self.latest), self._label, self.before, self.force, self.store
        )
        with bar(len(jobs), progress) as shown:
            for entry in pool.map(carry_out, jobs):
                self.entries.append(entry)
                shown.update()

    def _keep_forecasts(self) -> None:
        """The next run makes them anew where they could not be kept: that costs it time, and this one nothing."""
        try:
            self.workspace.kept.write(self.out / FORECASTS)
        except OSError as error:
            log.warning("%s could not be written: %s", self.out / FORECASTS, error)

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
            self.workspace.settings.reported(key)
        except SettingError as error:
            log.warning("%s could not be evaluated: %s", key, error)
            about = key, self._label(key), None, self.as_of
            self.entries += [Entry(*about, template, reason=error.args[0]) for template in self.templates]
            return False
        return True

    def _jobs(self, work: Path) -> list[Job]:
        """A job for each evaluated client, and last the portfolio's, at the latest of their periods.

        A run over some of the clients whose reports lie here leaves the portfolio, which is about all of them.
        """
        if not self.evaluated:
            return []
        names = folder_names(self.workspace.clients)
        jobs = [
            self._job(each.client, names[each.client], each, work, template)
            for each in self.evaluated
            for template in self.templates
        ]
        others = {line["client"] for line in self.before} & set(self.workspace.clients) - set(self.keys)
        if others:
            return jobs
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
            letterhead=self._letterhead(code, found if key is not None else None),
            limits=self.limits,
            audience=self.audience if key is not None else None,
            figures=mark_of(found) if key is not None else None,
            back=way_back(self.out if key is None else self.out / name, self.workspace.folder),
        )

    def _letterhead(self, code: str, found: Evaluation | None = None) -> Letterhead:
        """What a page wears; a client's report says how far it has come."""
        settings, say = self.workspace.settings, language(code)
        known = self._known(found, say) if found else ""
        client = self.workspace.clients[found.client] if found else None
        return letterhead(settings.branding, settings.name, say, known, client)

    def _known(self, found: Evaluation, say: Language) -> str:
        """How far a client's report has come, from draft to sent."""
        settings = self.workspace.settings
        notes = notes_mark(settings.notes(found.client), found.period)
        return standing_words(standing(found, settings.reported(found.client), notes), say)

    def _write_overview(self, begun: datetime) -> list[Change]:
        last, say = read_run(self.out).get("clients", {}), self._say
        self.entries = in_order(self.entries, self.workspace.clients, self.templates)
        overview = Overview(self.out, self.workspace, self.entries, self.latest, say, begun, self.before)
        write_manifest(self.out, merged(self.before, [entry.line(self.out) for entry in self.entries]))
        return overview.write(last, self._letterhead(say.code))

    @property
    def _say(self) -> Language:
        """What is about all clients speaks the workspace's language, unless another is asked for."""
        return language(self.language or self.workspace.settings.language)

    def _label(self, key: str | None, code: str | None = None) -> str:
        say = language(code) if code else self._say
        return say("All clients") if key is None else say.own(self.workspace.clients[key].label)
