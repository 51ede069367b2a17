"""`Check`: all of a workspace read and validated, as it shows itself in a notebook and in a terminal.

`examine` reads everything, and finds what is wrong; `explain` says where each setting comes from; `sources` and `plans`
show their parts; `document` gives all of it as JSON, which ``CHECK.md`` describes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from os import PathLike
from pathlib import Path
from typing import Any

from kpikit.charts.markup import Html, joined, paragraphs
from kpikit.indicators.catalogue import metric_called
from kpikit.words.language import Language
from kpikit.words.periods import parse_day
from kpikit.workspace.check.across import AcrossPart
from kpikit.workspace.check.document import document
from kpikit.workspace.check.examine import examine
from kpikit.workspace.check.examined import Examined
from kpikit.workspace.check.explain import Flags, Setting, explain
from kpikit.workspace.check.part import section
from kpikit.workspace.check.plans import PlansPart
from kpikit.workspace.check.same_errors import together
from kpikit.workspace.check.settings import SettingsPart
from kpikit.workspace.check.sources import SourcesPart
from kpikit.workspace.paths import relative
from kpikit.workspace.settings import written_language


def check(
    path: str | PathLike[str], period: str | None = None, as_of: str | None = None, language: str | None = None
) -> Check:
    """The check of the workspace in a folder, whether or not it can be opened; see `Check`."""
    found = examine(Path(path), period, parse_day(as_of, "as_of") if as_of else None)
    code = language or (found.workspace.language if found.workspace else written_language(found.folder))
    return Check(found, Language(code), {"period": period, "as_of": as_of, "language": language})


@dataclass(frozen=True, repr=False)
class Check:
    """All of a workspace read and validated: `errors`, and what is worth a look. It shows itself.

    ``found`` holds everything as data; `document` gives it as plain values, `settings` says where each one comes from.
    """

    found: Examined
    say: Language
    flags: Flags = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """True where no file says anything wrong. Findings of plans, gaps and old data are not wrong."""
        return not self.found.errors

    @property
    def errors(self) -> list[str]:
        """What is wrong: the text of each error, with files named from the workspace's folder."""
        return [relative(error.said(self.say), self.found.folder) for error in self.found.errors]

    @property
    def settings(self) -> list[Setting]:
        """The value of each setting, and where it comes from."""
        return explain(self.found, self.flags)

    def __str__(self) -> str:
        return str(self._page())

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return self._page()._repr_html_()

    def document(self) -> dict[str, Any]:
        """The check as plain values, ready for JSON; ``kpikit/workspace/check/CHECK.md`` describes them."""
        return document(self.found, self.settings, self.say)

    def explanation(self, about: str | None = None) -> Html:
        """The settings as a table, or those ``about`` a client, or of this name and beneath it; see `SettingsPart`."""
        return SettingsPart(self.found, self.say).shown(self.settings, about)

    def _page(self) -> Html:
        pieces = [self._verdict()]
        if self.found.workspace:
            sources, plans = SourcesPart(self.found, self.say), PlansPart(self.found, self.say)
            pieces += [*sources.pieces(), *plans.pieces(), self._indicators()]
        return joined(pieces)

    def _verdict(self) -> Html:
        if self.ok:
            return paragraphs([self.say("Nothing is wrong.")])
        errors = together(self.found.errors, self.found.folder, self.say)
        told = self.say.plural("{number} thing is wrong:", "{number} things are wrong:", len(errors))
        lines = "".join(f"<li>{escape(error)}</li>" for error in errors)
        texts = "\n".join(f"  - {error}" for error in errors)
        return Html(f'<div class="kpikit"><p>{escape(told)}</p><ul>{lines}</ul></div>', f"{told}\n{texts}")

    def _indicators(self) -> Html:
        found, say = self.found, self.say
        ids = ", ".join(found.computed)
        texts = [
            say.plural(
                "{number} indicator can be computed: {ids}.",
                "{number} indicators can be computed: {ids}.",
                len(found.computed),
                ids=ids,
            )
        ]
        if found.unused:
            unused = ", ".join(self._unused(name) for name in found.unused)
            texts.append(say("Metrics that no indicator uses: {metrics}.", metrics=unused))
        return section(say("Indicators"), paragraphs([*texts, *AcrossPart(found, say).texts()]))

    def _unused(self, name: str) -> str:
        """A metric that no indicator uses, with the one that it may be meant for, which the workspace lacks."""
        assert self.found.workspace
        metrics = self.found.workspace.settings.model.metrics
        meant = metric_called(name)
        if meant is None or meant in metrics:
            return name
        return self.say("{metric} (did you mean {name}?)", metric=name, name=meant)
