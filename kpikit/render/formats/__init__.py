"""What a report is made as. A format is a function from a job whose notebook has run to the bytes of one file.

A new one is a module here and a line in `FORMATS`; the command line, batches, publication and the manifest read that
line. The functions run in a worker, after the notebook, so a heavy package is imported inside them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kpikit.render.check import check_page
from kpikit.render.job import EXECUTED, read_notebook

if TYPE_CHECKING:
    from kpikit.workspace import Workspace
    from kpikit.workspace.review import Review


@dataclass(frozen=True)
class Ran:
    """A job whose notebook has run. ``folder`` opens as a workspace with the job's client alone, or with all of them.

    ``parameters`` are those of the notebook; ``title`` and ``language`` those of the report.
    """

    folder: Path
    parameters: Mapping[str, str]
    title: str
    language: str

    @property
    def client(self) -> str | None:
        """The client's key; None for the portfolio."""
        return self.parameters.get("client")

    @cached_property
    def notebook(self) -> dict[str, Any]:
        """The executed notebook, as JSON has it."""
        return read_notebook(self.folder / EXECUTED)

    @cached_property
    def workspace(self) -> Workspace:
        """The job's slice of the workspace."""
        from kpikit.workspace import open

        return open(self.folder)

    @cached_property
    def review(self) -> Review:
        """What the notebook showed, evaluated anew from the slice; for the reports of clients."""
        view = self.workspace.client(self.client)
        return view.evaluate(self.parameters["period"], self.parameters["as_of"], self.language)


@dataclass(frozen=True)
class Format:
    """How a file of a format is made, and how its bytes are checked before and after they are put in place.

    ``check`` raises an error for what must not be published. ``of_all`` says whether it is made of the portfolio, too.
    """

    make: Callable[[Ran], bytes]
    check: Callable[[bytes], object]
    of_all: bool = False


def html(ran: Ran) -> bytes:
    """The page; see `kpikit.render.page`."""
    from kpikit.render.page import page

    return page(ran.notebook, ran.title, ran.language).encode("utf-8")


FORMATS = {
    "html": Format(html, lambda content: check_page(content.decode("utf-8")), of_all=True),
}
"""By name, which is also the suffix of its files."""
