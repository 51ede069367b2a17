"""`App`: all widgets of a workspace in one place, for people who see no code. `kpikit app` serves it with Voila."""

from __future__ import annotations

from html import escape
from os import PathLike
from typing import Any

import ipywidgets as widgets

from kpikit.charts.look import css
from kpikit.widgets.choice import Choice
from kpikit.widgets.controls import rows
from kpikit.widgets.offered import heading, make, offered, takes
from kpikit.widgets.trouble import trouble
from kpikit.widgets.turns import in_turn
from kpikit.words.language import Language
from kpikit.workspace import open


class App(widgets.VBox):  # type: ignore[misc]
    """A button for each widget, and the client that it is about; what was opened once stays as it was left.

    ``language`` is "en", "da" or "nb" (default: the workspace's). A widget is made when it is first looked at.
    ``served`` is the address under which a server gives the pages of the reports, "" where none does.
    """

    def __init__(
        self, workspace: str | PathLike[str], *, language: str | None = None, served: str | None = None
    ) -> None:
        self.path, self.workspace, self.served = workspace, open(workspace), served
        self.say = say = Language(language or self.workspace.language)
        self.kept: dict[tuple[str, str | None], widgets.Widget] = {}
        clients = self.workspace.clients.items()
        self.client = Choice(say("Client"), [(say.own(each.label), key) for key, each in clients])
        sections = [(heading(name, say), name) for name in offered()]
        self.section = widgets.ToggleButtons(
            options=sections, style={"button_width": "auto"}, layout={"margin": "2px 12px"}
        )
        self.place = widgets.VBox()
        name = escape(say.own(self.workspace.settings.name))
        head = widgets.HTML(f'<style class="kpikit-style">{css()}</style><h1 class="kpikit app">{name}</h1>')
        of_client = rows(self.client)
        of_client.layout.margin = "8px 0"
        super().__init__([head, self.section, of_client, self.place])
        self.section.observe(self._show, names="value")
        self.client.observe(self._show, names="value")
        self._show()

    @property
    def shown(self) -> widgets.Widget:
        """The widget that is looked at."""
        return self.place.children[-1]

    @in_turn
    def _show(self, change: Any = None) -> None:
        """The widget of the section, made now if nobody has looked at it. One with a list of clients has its own."""
        for each in self.kept.values():
            each.pause()
        name = self.section.value
        client = self.client.value if takes(offered()[name], "client") else None
        found = self.kept.get((name, client))
        if found is None:
            waiting = escape(self.say("The view is being made …"))
            self._put(widgets.HTML(f'<p class="kpikit note" role="status">{waiting}</p>'))
            try:
                found = make(name, self.path, client=client, language=self.say.code, served=self.served)
                found.settle()
                if not found.failed:  # what failed is tried again when it is looked at again
                    self.kept[name, client] = found
            except Exception as error:  # whatever it is, a person must see it: there is no cell where it would stand
                self._put(widgets.HTML(trouble(error, self.say)))
                return
        else:
            found.resume()
        own_list = isinstance(getattr(found, "client", None), Choice)
        self.client.layout.display = "none" if own_list or client is None else ""
        self._put(found)

    def _put(self, found: widgets.Widget) -> None:
        title = escape(heading(self.section.value, self.say))
        self.place.children = (widgets.HTML(f'<h2 class="kpikit app">{title}</h2>'), found)
