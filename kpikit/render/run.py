"""What a run has made: one entry for each job."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kpikit.charts.markup import paragraphs
from kpikit.render.news import Change
from kpikit.render.publish import Published
from kpikit.words.language import Language, language
from kpikit.words.message import in_language
from kpikit.words.record import Record
from kpikit.workspace.reports.rendered import Line

LARGE = 300_000
"""Bytes of a page, beyond which the run says so."""
INDEX = "index.html"
"""The page over all clients of a run."""


@dataclass(frozen=True, repr=False)
class Entry(Record):
    """How one job went. ``client`` is None for the portfolio; ``reason`` says why it failed, None where it did not.

    ``kept`` is the folder of a failed job, left for a look until the next run. ``seconds`` is the time from the job's
    start to its published files. ``key`` stands for all that the report is made of, ``notebook`` for what its notebook
    is made of (`kpikit.render.key`); ``fresh`` is False where the report of an earlier run is as it would be made now.
    ``executed`` is False where the notebook was not run: what is fresh was made of the one that was there.
    ``older``: files of an earlier run that are still there, of a report that failed, or in formats that were not asked
    for again.
    """

    client: str | None
    label: str
    period: str | None
    as_of: str | None
    template: str
    language: str | None = None
    seconds: float = 0.0
    outputs: tuple[Published, ...] = ()
    reason: str | None = None
    kept: Path | None = None
    key: str = ""
    notebook: str = ""
    fresh: bool = True
    executed: bool = False
    audience: str | None = None
    older: tuple[Published, ...] = ()
    figures: str | None = None

    @property
    def state(self) -> str:
        """``ok`` or ``failed``."""
        return "ok" if self.reason is None else "failed"

    @property
    def page(self) -> Path | None:
        """The published HTML file, or the first one in another format; None where nothing was published."""
        files = self.files
        return next((each for each in files if each.suffix == ".html"), files[0] if files else None)

    @property
    def files(self) -> tuple[Path, ...]:
        """What a reader opens: all that was published but the notebook."""
        return tuple(each.path for each in self.outputs if each.path.suffix != ".ipynb")

    @property
    def name(self) -> str:
        """The report as failures and links call it: period, template and audience."""
        return ", ".join(filter(None, [self.period, self.template, self.audience]))

    def line(self, out: Path) -> Line:
        """The entry as a line of the manifest in the folder ``out``."""
        outputs = [
            {"path": each.path.relative_to(out).as_posix(), "sha256": each.sha256, "bytes": each.bytes}
            for each in (self.outputs if self.reason is None else self.older)
        ]
        return {
            "client": self.client,
            "period": self.period,
            "as_of": self.as_of,
            "language": self.language,
            "template": self.template,
            "audience": self.audience,
            "key": self.key,
            "notebook": self.notebook,
            "figures": self.figures,
            "executed": self.executed,
            "state": self.state,
            "seconds": round(self.seconds, 3),
            "outputs": outputs,
            "reason": self.reason,
        }


@dataclass(frozen=True, repr=False)
class Run:
    """A finished run: where its files are, and how each job went.

    ``lacking``: the formats that were asked for and cannot be made here, each with the command that changes it.
    ``changes``: what is other than in the run before. It speaks the language of the index.
    """

    out: Path
    entries: tuple[Entry, ...]
    lacking: Mapping[str, str] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    say: Language = field(default=language("en"), compare=False)

    def __repr__(self) -> str:
        good = len(self.entries) - len(self.failed)
        kept = self.say.plural("{number} of them unchanged", "{number} of them unchanged", good - len(self.fresh))
        return self.say.plural(
            "{good} of {number} report, {kept}: {file}", "{good} of {number} reports, {kept}: {file}",
            len(self.entries), good=good, kept=kept, file=self.index,
        )  # fmt: skip

    def _repr_html_(self) -> str:
        failed = [f"{entry.label}, {entry.name}: {in_language(entry.reason, self.say)}" for entry in self.failed]
        return paragraphs([repr(self), *failed]).html

    @property
    def remarks(self) -> Iterator[str]:
        """What was left out or failed, and where to look for the reason; nothing where all went well."""
        for name, command in self.lacking.items():
            yield self.say(
                "Left out: {format}, which cannot be made here. To enable it: {command}", format=name, command=command
            )
        for entry in self.failed:
            why = in_language(entry.reason, self.say)
            yield self.say("Failed: {client}: {reason}", client=f"{entry.label}, {entry.name}", reason=why)
        yield from self._large()
        older = [file for entry in self.entries if entry.reason is None for file in entry.older]
        if older:
            yield self.say.plural(
                "{number} file is of an earlier run, as its format was not asked for: {file}",
                "{number} files are of earlier runs, as their formats were not asked for, such as {file}",
                len(older), file=older[0].path,
            )  # fmt: skip
        for folder in self.kept:
            yield self.say("Kept for a look: {folder}", folder=folder)

    def _large(self) -> Iterator[str]:
        """The pages that are larger than they should be, for a mail or a phone."""
        for entry in self.entries:
            for each in entry.outputs:
                if each.path.suffix == ".html" and each.bytes > LARGE:
                    size, most = (self.say.count(number // 1000) for number in (each.bytes, LARGE))
                    yield self.say(
                        "{file} has {size} KB, more than {most}. Fewer KPIs in the plan, or the audience management, "
                        "make a smaller page.",
                        file=each.path, size=size, most=most,
                    )  # fmt: skip

    @property
    def fresh(self) -> tuple[Entry, ...]:
        """The entries that were made in this run, and did not fail."""
        return tuple(entry for entry in self.entries if entry.fresh and entry.reason is None)

    @property
    def failed(self) -> tuple[Entry, ...]:
        """The entries that failed; empty where all went well."""
        return tuple(entry for entry in self.entries if entry.reason is not None)

    @property
    def kept(self) -> tuple[Path, ...]:
        """The folders of failed jobs, which stay until the next run."""
        return tuple(entry.kept for entry in self.entries if entry.kept is not None)

    @property
    def index(self) -> Path:
        """The page over all clients of the run."""
        return self.out / INDEX
