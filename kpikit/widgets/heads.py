"""`Heads`: makes the heads of the table beside it buttons, by mouse and by keyboard, which say by what to sort.

What is in a table's cells stays as it was; the browser's part, ``heads.js``, comes with the widget and asks no host.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget


class Heads(anywidget.AnyWidget):
    """Not seen itself. ``pressed`` is called with the ``data-sort`` of a button in the same box that was pressed."""

    _esm = Path(__file__).parent / "heads.js"

    def __init__(self, pressed: Callable[[str], None]) -> None:
        super().__init__(layout={"height": "0", "margin": "0"})
        self._pressed = pressed
        self.on_msg(self._heard)

    def _heard(self, widget: object, said: Any, buffers: object) -> None:
        self._pressed(said["sort"])
