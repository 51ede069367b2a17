"""How sound the data are: pick a source and a client, and see what is missing, late, unreadable or strange."""

from __future__ import annotations

from collections.abc import Iterator
from os import PathLike

from kpikit.widgets.as_code import called, opened
from kpikit.widgets.choice import Choice
from kpikit.widgets.controls import rows
from kpikit.widgets.view import View
from kpikit.words.errors import KpikitError
from kpikit.words.language import Language
from kpikit.words.texts import N_
from kpikit.workspace.data.diagnosis import Diagnosis
from kpikit.workspace.data.doctor import diagnosed
from kpikit.workspace.shared import shared


class DataDoctor(View):
    """Two lists over what is found. ``value`` is the `Diagnosis` that is shown, None where there is an error.

    ``workspace`` is its folder, or it is opened; ``language`` is "en", "da" or "nb", by default the workspace's own. It
    begins with ``client`` and ``source`` (by default all).
    """

    heading = N_("Sources")
    value: Diagnosis | None

    def __init__(
        self,
        workspace: str | PathLike[str],
        client: str | None = None,
        source: str | None = None,
        *,
        language: str | None = None,
    ) -> None:
        self.path, self.workspace, self.language = workspace, shared(workspace), language
        super().__init__(Language(language or self.workspace.language))
        say, names = self.say, self.workspace.settings.model.sources
        clients = [(say.own(each.label), key) for key, each in self.workspace.clients.items()]
        self.source = Choice(say("Source"), [(say("all"), ""), *((name, name) for name in names)])
        self.client = Choice(say("Client"), [(say("all"), ""), *clients])
        self.source.choose(source or "")
        self.client.choose(client or "")
        self._follow(self.source, self.client)
        self._arranged(rows(self.source, self.client), self.shown)

    def _made(self) -> Diagnosis:
        return self._diagnosed(first=True)

    def _rest(self) -> Iterator[None]:
        """The sources, which are read one by one, and then the jumps, once what there is can be read."""
        if self._value is None or self._value.jumps is not None:
            return
        if self._value.held is None:
            yield from self._read()
            self._diagnose(first=True)
            yield
        self._diagnose()
        yield

    def _read(self) -> Iterator[None]:
        """The sources; where one cannot be read there is no value."""
        try:
            yield from self.workspace._reading()
        except KpikitError:
            self._value = None
            raise

    def _diagnose(self, first: bool = False) -> None:
        self._value = self._diagnosed(first)
        self._show()

    def _diagnosed(self, first: bool = False) -> Diagnosis:
        source, client = self.source.value or None, self.client.value or None
        return diagnosed(self.workspace, source, client, self.language, first=first)

    def _call(self) -> str:
        asked = {"source": self.source.value or None, "client": self.client.value or None, "language": self.language}
        return called(f"{opened(self.path)}.data_doctor", **asked)
