"""`Choice`: a list to choose from that a keyboard can work in JupyterLab, and that hundreds of clients fit into.

JupyterLab keeps letters and arrows for its cells while a drop-down list of ipywidgets has the focus (two d would delete
the cell). In a field for text they are the field's own. So this is a field with suggestions: what is chosen stands in
it until somebody types; Enter takes the first entry that begins with, or else holds, what was typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ipywidgets as widgets
import traitlets

from kpikit.widgets.turns import in_turn
from kpikit.words.errors import UnknownError

LABEL = {"description_width": "9.5em"}
FIELD = {"width": "auto"}


class Choice(widgets.Box):  # type: ignore[misc]
    """``value`` is what is chosen of ``options``, pairs of a text and a value; None while there are none."""

    value = traitlets.Any(allow_none=True)

    def __init__(self, label: str, options: Sequence[tuple[str, Any]] = ()) -> None:
        inside = {"width": "100%", "margin": "0"}
        self.field = widgets.Combobox(description=label, continuous_update=False, style=LABEL, layout=inside)
        self._options: tuple[tuple[str, Any], ...] = ()
        super().__init__([self.field], layout={**FIELD, "margin": "2px"})
        self.add_class("kpi-choice")
        self.refill(options)
        self.field.observe(self._typed, names="value")
        self.observe(self._tell, names="value")

    @property
    def description(self) -> str:
        """What is chosen here, in words."""
        return str(self.field.description)

    @property
    def options(self) -> tuple[tuple[str, Any], ...]:
        """What can be chosen: (text, value)."""
        return self._options

    @property
    def disabled(self) -> bool:
        """True where nothing can be chosen."""
        return bool(self.field.disabled)

    @disabled.setter
    def disabled(self, disabled: bool) -> None:
        self.field.disabled = disabled

    def near(self, most: int) -> list[Any]:
        """The values beside the chosen one, at most so many: the next, the one before, the next but one, and so on."""
        known = [key for _, key in self._options]
        at = known.index(self.value) if self.value in known else 0
        nearest = sorted(range(len(known)), key=lambda place: (abs(place - at), place < at))
        return [known[place] for place in nearest[1 : most + 1]]

    def refill(self, options: Sequence[tuple[str, Any]]) -> None:
        """Other options, in which what was chosen stays chosen where it is still there; else the first one is."""
        texts = [text for text, _ in options]
        self._options = tuple((f"{text} ({key})" if texts.count(text) > 1 else text, key) for text, key in options)
        self.field.options = [text for text, _ in self._options]
        known = [key for _, key in self._options]
        if known and self.value not in known:
            self.value = known[0]
        self._tell()

    def choose(self, value: Any) -> None:
        """Choose a value; a `UsageError` names what there is."""
        known = [key for _, key in self._options]
        if value not in known:
            raise UnknownError(self.description, value, known)
        self.value = value

    @traitlets.validate("value")
    def _known(self, proposal: Any) -> Any:
        if proposal["value"] not in [key for _, key in self._options]:
            raise UnknownError(self.description, proposal["value"], [key for _, key in self._options])
        return proposal["value"]

    def _tell(self, change: Any = None) -> None:
        """What is chosen stands in the field, as long as nothing is typed there."""
        self.field.placeholder = next((text for text, key in self._options if key == self.value), "")

    @in_turn
    def _typed(self, change: Any) -> None:
        """Choose what was typed, as far as it is known, and make room for the next letters."""
        wanted = str(self.field.value).strip().casefold()
        if not wanted:
            return
        texts = [(text.casefold(), key) for text, key in self._options]
        fits = (
            [key for text, key in texts if text == wanted]
            or [key for text, key in texts if text.startswith(wanted)]
            or [key for text, key in texts if wanted in text]
        )
        self.field.value = ""
        if fits:
            self.value = fits[0]
