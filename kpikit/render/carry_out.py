"""What a run does with each job: prepare it, make it or leave it as it is, publish it, note it in the manifest."""

from __future__ import annotations

import hashlib
import logging
import shutil
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kpikit.render.job import EXECUTED, Job, output, prepare
from kpikit.render.key import notebook_key, report_key
from kpikit.render.manifest import add_line
from kpikit.render.pool import Make
from kpikit.render.publish import Published, publish
from kpikit.render.run import Entry
from kpikit.render.store import Store
from kpikit.words.errors import KpikitError
from kpikit.words.message import Message
from kpikit.workspace import Workspace
from kpikit.workspace.reports.rendered import REPORT, Line, identity

log = logging.getLogger(__name__)

LONGEST_REASON = 1000
"""Signs of why a report failed that are told; its notebook, which is kept, has all of them."""


@dataclass
class CarryOut:
    """Carries out the jobs of a run into ``out``, several at once; each gives its entry.

    ``clients`` are those that the portfolio is about, and ``label`` says what a client is called. ``before`` has what
    the last run noted: what would come out as it is already is left, unless ``force`` is set.
    """

    workspace: Workspace
    out: Path
    clients: Sequence[str]
    label: Callable[[str | None], str]
    before: Sequence[Line] = ()
    force: bool = False
    store: Store | None = None
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, job: Job, make: Make) -> Entry:
        """Carry out a job; whatever goes wrong is the reason in its entry."""
        begin, key, notebook, reason = time.monotonic(), "", "", None
        outputs: list[Published] = []
        fresh, executed = True, False
        try:
            with self._one_at_a_time:
                prepare(job, self.workspace, self.clients if job.client is None else [job.client])
            notebook = notebook_key(job)
            key = report_key(job, notebook)
            current = self._current(job, key)
            fresh = not {self._target(job, each) for each in job.formats} <= {each.path for each in current}
            executed = fresh and not self._has_run(job, notebook)
            outputs = self._publish(job, make, [] if executed else current, not executed) if fresh else current
            shutil.rmtree(job.folder)
        except Exception as error:
            reason = _reason(error)
            log.warning("%s failed: %s", job.name, reason)
        entry = Entry(
            client=job.client,
            label=self.label(job.client),
            period=job.period,
            as_of=job.as_of,
            template=job.template.stem,
            language=job.language,
            seconds=time.monotonic() - begin,
            outputs=tuple(outputs),
            reason=reason,
            kept=job.folder if reason is not None and job.folder.exists() else None,
            key=key,
            notebook=notebook,
            fresh=fresh,
            executed=executed,
            audience=job.audience,
            figures=job.figures,
            older=tuple(self._older(job, outputs)),
        )
        return self._noted(entry)

    def _last(self, job: Job) -> Line | None:
        """What the last run noted of a job."""
        wanted = (job.client, job.period, job.language, job.template.stem, job.audience)
        return next((each for each in self.before if identity(each) == wanted), None)

    def _older(self, job: Job, outputs: Sequence[Published]) -> list[Published]:
        """The files of the last run that are still there, and that this one has not made anew."""
        line, made = self._last(job), {each.path for each in outputs}
        files = _published(self.out, line) if line else []
        return [each for each in files if each.path not in made and each.path.suffix != ".ipynb" and each.path.exists()]

    def _noted(self, entry: Entry) -> Entry:
        """The entry, when the manifest has it; one that failed where it cannot be noted."""
        try:
            with self._one_at_a_time:
                if entry.fresh:
                    add_line(self.out, entry.line(self.out))
        except OSError as error:
            unwritten = Message("{folder}: the manifest could not be written: {error}.", folder=self.out, error=error)
            return replace(entry, reason=entry.reason or unwritten)
        return entry

    def _current(self, job: Job, key: str) -> list[Published]:
        """The files of the last run that this job would give again, in whatever formats; none without the notebook."""
        line = self._last(job)
        if self.force or line is None or line["state"] != "ok" or line.get("key") != key:
            return []
        is_kept = self.store.has if self.store else _is_there
        own = [each for each in _published(self.out, line) if each.path == self._target(job, each.path.suffix[1:])]
        found = [each for each in own if is_kept(each)]
        return found if any(each.path.suffix == ".ipynb" for each in found) else []

    def _has_run(self, job: Job, notebook: str) -> bool:
        """Whether the last run left the notebook that this job would give; then it lies in the job's folder."""
        line = self._last(job)
        if self.force or line is None or line["state"] != "ok" or line.get("notebook") != notebook:
            return False
        found = [each for each in _published(self.out, line) if each.path.suffix == ".ipynb" and _is_there(each)]
        for each in found:
            shutil.copyfile(each.path, job.folder / EXECUTED)
        return bool(found)

    def _publish(self, job: Job, make: Make, current: Sequence[Published], ran: bool) -> list[Published]:
        """All files of a job, of which those that are not ``current`` are made now; the notebook ``ran``, or is run."""
        kept = [each for each in current if each.path.suffix != ".ipynb"]
        there = {each.path for each in kept}
        formats = sorted(each for each in job.formats if self._target(job, each) not in there)
        for warning in make(job.order | {"formats": formats, "ran": ran}):
            log.warning("%s: %s", job.name, warning)
        files = {each: output(job.folder, each) for each in formats} | {"ipynb": job.folder / EXECUTED}
        found = publish({self._target(job, suffix): file.read_bytes() for suffix, file in files.items()})
        if self.store:
            self.store.put(each.path for each in found)
        return [*kept, *found]

    def _target(self, job: Job, suffix: str) -> Path:
        """Where a job's file of a kind is published."""
        kind = "" if job.template.stem == REPORT else f".{job.template.stem}"
        kind += f".{job.audience}" if job.audience else ""
        place = job.name if job.client is None else f"{job.name}/{job.period}{kind}.{job.language}"
        return self.out / f"{place}.{suffix}"


def _published(out: Path, line: Line) -> list[Published]:
    return [Published(out / each["path"], each["sha256"], each["bytes"]) for each in line["outputs"]]


def _reason(error: Exception) -> str:
    if not isinstance(error, KpikitError):
        log.debug("unexpected", exc_info=error)
    text = error.args[0] if isinstance(error, KpikitError) else f"{type(error).__name__}: {error}"
    return text if len(text) <= LONGEST_REASON else f"{text[:LONGEST_REASON]} …"


def _is_there(file: Published) -> bool:
    try:
        return hashlib.sha256(file.path.read_bytes()).hexdigest() == file.sha256
    except OSError:
        return False
