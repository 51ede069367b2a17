"""What the formats have in common: the job that ran, and what a format is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kpikit.render.job import EXECUTED, read_notebook
from kpikit.render.letterhead import Letterhead

if TYPE_CHECKING:
    from kpikit.workspace import Workspace
    from kpikit.workspace.review.review import Review


@dataclass(frozen=True)
class Ran:
    """A job whose notebook has run. ``folder`` opens as a workspace with the job's client alone, or with all of them.

    ``parameters`` are those of the notebook; ``title`` and ``language`` those of the report, which
    wears the ``letterhead``.
    """

    folder: Path
    parameters: Mapping[str, str]
    title: str
    language: str
    letterhead: Letterhead = Letterhead()  # noqa: RUF009 (it cannot be changed)

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
        asked = self.parameters["period"], self.parameters["as_of"], self.language
        return view.evaluate(*asked, audience=self.parameters.get("audience"))

    @cached_property
    def page(self) -> str:
        """The page in its letterhead; see `kpikit.render.page`."""
        from kpikit.render.page import page

        return self.letterhead.on(page(self.notebook, self.title, self.language))


def possible() -> None:
    """What most formats need to be made here: nothing that is not there."""


@dataclass(frozen=True)
class Format:
    """How a file of a format is made, and how its bytes are checked before and after they are put in place.

    ``check`` raises an error for what must not be published. ``of_all`` says whether it is made of the portfolio, too.
    ``missing`` gives the command that makes the format possible on this machine, or None where it is.
    """

    make: Callable[[Ran], bytes]
    check: Callable[[bytes], object]
    of_all: bool = False
    missing: Callable[[], str | None] = possible
