"""The controls that widgets are put together from: labelled fields, buttons, and how they stand beside each other."""

from __future__ import annotations

import ipywidgets as widgets

from kpikit.charts.look import css
from kpikit.widgets.choice import FIELD, LABEL


def look() -> widgets.HTML:
    """What gives the other children of a widget their look; itself it is not seen."""
    return widgets.HTML(f'<style class="kpikit-style">{css()}</style>', layout={"display": "none"})


def rows(*widgets_: widgets.Widget, at_least: str = "26em") -> widgets.Box:
    """Controls side by side under each other's, each ``at_least`` so wide, in as many rows as a narrow window needs."""
    columns = f"repeat(auto-fill, minmax(min({at_least}, 100%), 1fr))"
    found = widgets.Box(widgets_, layout={"display": "grid", "grid_template_columns": columns, "width": "100%"})
    found.add_class("kpi-fields")
    return found


def line(*widgets_: widgets.Widget) -> widgets.Box:
    """Buttons one after the other, as wide as they are."""
    return widgets.Box(widgets_, layout={"display": "flex", "flex_flow": "row wrap", "width": "100%"})


def field(label: str, text: str = "", hint: str = "", lines: int = 1) -> widgets.Widget:
    """A labelled field for text."""
    kind = widgets.Text if lines == 1 else widgets.Textarea
    more = {} if lines == 1 else {"rows": lines}
    return kind(text, description=label, placeholder=hint, style=LABEL, layout=FIELD, **more)


def button(label: str, strong: bool = False) -> widgets.Button:
    """A button that is as wide as its text."""
    return widgets.Button(
        description=label,
        button_style="primary" if strong else "",
        layout={"width": "auto", "margin": "2px 8px 2px 14px"},
    )
