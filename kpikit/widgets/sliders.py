"""`SliderNames`: names for the handles of sliders, which a screen reader would else call by nothing but a number."""

from __future__ import annotations

from pathlib import Path

import anywidget


class SliderNames(anywidget.AnyWidget):
    """Not seen itself. It names the sliders in the same box as the labels before them do; see ``sliders.js``."""

    _esm = Path(__file__).parent / "sliders.js"

    def __init__(self) -> None:
        super().__init__(layout={"height": "0", "margin": "0"})
