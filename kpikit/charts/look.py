"""The look, stated once: what each colour means, the fonts, the sizes.

Pictures use a role's light value, and their SVG says ``var(--kpi-ink, #1f2a37)``: inside a page that carries `css()` it
follows light and dark, and alone, as an image in JupyterLab, it keeps the light value. `kpikit.css` holds the rules and
gets the variables from here, so that a colour is changed in one place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Colour:
    """A role's colour by day and by night, as ``#rrggbb``."""

    light: str
    dark: str


COLOURS = {
    "ink": Colour("#1f2a37", "#e9eef3"),  # actual values, and text
    "muted": Colour("#5a6672", "#a3b0bc"),  # text that explains
    "line": Colour("#d9dfe5", "#303b46"),  # gridlines, rules of tables
    "band": Colour("#e9eef4", "#253241"),  # the usual range
    "centre": Colour("#adb9c5", "#566473"),  # the middle of the usual range
    "prior": Colour("#a6b0bb", "#6f7d8b"),  # earlier periods, and points that are not judged
    "target": Colour("#43505e", "#c3ced9"),  # what is planned: always a line or an outline
    "baseline": Colour("#65717e", "#8795a3"),  # where the plan began
    "good": Colour("#1b6fae", "#74b7f0"),  # better: blue, and a circle
    "bad": Colour("#c2540a", "#f5a15f"),  # worse: orange, and a diamond
    "surface": Colour("#ffffff", "#11171e"),
    "panel": Colour("#f6f8fa", "#19212a"),
}
"""Role -> colour. Grey is the normal state; blue and orange are for what needs attention."""

FONT = "system-ui, -apple-system, Segoe UI, Roboto, Helvetica Neue, Arial, sans-serif"
"""The fonts of the reader's own system; nothing is downloaded."""

TEXT, STRONG, NOTE = 12.0, 14.0, 11.0
"""Sizes of the text in pictures, in the picture's own units (CSS pixels at full width)."""

RC: dict[Any, Any] = {
    "font.family": ["sans-serif"],
    "font.sans-serif": ["DejaVu Sans"],  # ships with matplotlib: the same measures on every machine
    "font.size": TEXT,
    "svg.fonttype": "none",
    "svg.hashsalt": "kpikit",
    "text.parse_math": False,
    "axes.unicode_minus": True,
}
"""matplotlib's settings while a picture is drawn."""


def colour(role: str) -> str:
    """The light value of a role: what matplotlib draws with."""
    return COLOURS[role].light


def in_page(style: str) -> str:
    """A style in which each colour of a role is its variable, with the light value to fall back on.

    >>> in_page("fill: #1f2a37")
    'fill: var(--kpi-ink, #1f2a37)'
    """
    roles = {each.light: role for role, each in COLOURS.items()}

    def variable(match: re.Match[str]) -> str:
        role = roles.get(match[0])
        return f"var(--kpi-{role}, {match[0]})" if role else match[0]

    return re.sub(r"#[0-9a-f]{6}\b", variable, style)


@cache
def css() -> str:
    """The style sheet of tables, pictures and report pages, with the colours put in.

    It stands in each output of a notebook, so it is one line without comments.
    """
    text = files("kpikit.charts").joinpath("kpikit.css").read_text(encoding="utf-8")
    light = " ".join(f"--kpi-{role}: {each.light};" for role, each in COLOURS.items())
    dark = " ".join(f"--kpi-{role}: {each.dark};" for role, each in COLOURS.items())
    text = text.replace("/* light */", f"{light} --kpi-font: {FONT};").replace("/* dark */", dark)
    return re.sub(r"/\*.*?\*/|\s*\n\s*", " ", text, flags=re.DOTALL).strip()
