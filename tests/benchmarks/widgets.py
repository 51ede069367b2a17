"""How long a person waits for a widget, in a real JupyterLab: ``python -m tests.benchmarks.widgets [WORKSPACE]``.

From running a cell to its first view and to all of it, cold and with what is measured kept; and from the Enter that
chooses something else in a list to the new view, a second after the last one, as a person takes at least to read it and
to choose: of the explorer another period, indicator and client, beside what matplotlib alone needs for that picture in
the same kernel, in turn; of widgets without a picture of matplotlib another KPI or indicator.
"""

from __future__ import annotations

import os
import statistics
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import kpikit
from kpikit.widgets.offered import offered
from tests.jupyter.lab import Lab, opened, write_notebook

CHROMIUM = os.environ.get("KPIKIT_CHROMIUM", "/usr/bin/chromium")
ALONE = """
import io, time, matplotlib
from matplotlib.figure import Figure
from kpikit.charts.look import RC
from kpikit.charts.trend import NARROW, WIDE, trend
begun = time.perf_counter()
with matplotlib.rc_context(RC):
    for width, height in (WIDE, NARROW):
        figure = Figure(figsize=(width / 72, height / 72), dpi=72)
        trend(view.value.fact, figure.add_axes((0, 0, 1, 1)), view.say)
        figure.savefig(io.BytesIO(), format="svg")
print(time.perf_counter() - begun)
"""
VIEWS = {
    "ReviewBoard": "table",
    "DriverTree": "svg",
    "GoalBuilder": "svg.kpi-picture",
    "Redesigner": ".card",
    "DataDoctor": "table",
    "ExperimentPlanner": "table, .trouble",
    "Calculator": ".card",
    "Explorer": "svg.kpi-picture",
}
"""Widget -> what of it is there when something can be seen; what it still waits for says so in words."""
CHANGES = (
    ("ExperimentPlanner", "KPI", ".kpikit:is(.words, .trouble)"),
    ("Calculator", "Indicator", ".card h3"),
    ("Explorer", "Period", ".kpikit.figures .when"),
    ("Explorer", "Indicator", "h3"),
    ("Explorer", "Client", "h3"),
)
"""Widget, a list of it from which one thing after the other is chosen, and what says something else then."""
RUN = """async ([path, cell, selector]) => {
    const widget = await jupyterapp.commands.execute('docmanager:open', { path, factory: 'Notebook' });
    jupyterapp.shell.activateById(widget.id);
    await widget.context.sessionContext.ready;
    await widget.context.sessionContext.session.kernel.info;
    widget.content.activeCellIndex = cell;
    const begun = performance.now(), node = widget.content.widgets[cell].node;
    const first = () => node.querySelector('.jp-OutputArea-output ' + selector);
    const whole = () => first() && !/still to come|being (made|read|looked for|worked out)/.test(node.textContent);
    const when = is => new Promise(done => {
        const look = () => is() ? done(performance.now() - begun) : requestAnimationFrame(look);
        look();
    });
    const both = selector ? Promise.all([when(first), when(whole)]) : [0, 0];
    await jupyterapp.commands.execute('notebook:run-cell');
    return await both;
}"""
SAID = """async path => {
    const widget = await jupyterapp.commands.execute('docmanager:open', { path, factory: 'Notebook' });
    return widget.content.widgets[3].node.querySelector('.jp-OutputArea-output').textContent;
}"""
READS = 1.0
"""Seconds from a view to the next choice."""
WATCH = """(cell, selector) => {
    let begun;
    const enter = event => { if (event.key === 'Enter') begun = performance.now(); };
    document.addEventListener('keydown', enter, { capture: true });
    const told = () => cell.querySelector(selector)?.textContent, before = told();
    window.redrawn = new Promise(done => {
        const look = () =>
            begun && told() !== before ? done(performance.now() - begun) : requestAnimationFrame(look);
        look();
    });
}"""


@dataclass(frozen=True)
class Views:
    """Seconds from running a cell to the first view and to all of it: cold, and with measurements kept."""

    name: str
    cold: tuple[float, float]
    kept: tuple[float, float]

    def line(self) -> str:
        """The figures as a line of text."""
        (first, whole), (again, all_again) = self.cold, self.kept
        return f"{first:6.2f} {whole:6.2f} {again:6.2f} {all_again:6.2f} s  {self.name}"


@dataclass(frozen=True)
class Changes:
    """Seconds of each change in a list of a widget, and of matplotlib alone for each where it draws something."""

    name: str
    label: str
    ours: tuple[float, ...]
    alone: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """The median of a change's time over that of matplotlib alone."""
        return statistics.median(ours / peer for ours, peer in zip(self.ours, self.alone, strict=True))

    def lines(self) -> list[str]:
        """The figures as lines of text."""
        late = sorted(self.ours)[max(0, round(0.95 * len(self.ours)) - 1)]
        number, middle = len(self.ours), 1000 * statistics.median(self.ours)
        found = [
            f"{middle:6.0f} ms a change, median of {number}; {1000 * late:.0f} ms at p95  {self.name}: {self.label}"
        ]
        if self.alone:
            alone = 1000 * statistics.median(self.alone)
            found.append(f"{self.ratio:6.2f}  a change  (against matplotlib alone, {alone:.0f} ms)")
        return found


def views(lab: Lab, name: str) -> Views:
    """What a person waits for until a widget is there."""
    _, cold, kept = (_ran(lab, name, cell, VIEWS[name] if cell else "") for cell in range(3))
    return Views(name, cold, kept)


def changes(lab: Lab, name: str, label: str, selector: str, number: int) -> Changes:
    """What a person waits for after so many changes of a widget's list, one after the other."""
    ours, alone = list[float](), list[float]()
    for _ in range(number):
        ours.append(_change(lab, label, selector))
        if name == "Explorer":
            _ran(lab, name, 3, "")
            alone.append(float(lab.page.evaluate(SAID, f"{name}.ipynb")))
    return Changes(name, label, tuple(ours), tuple(alone))


@contextmanager
def _lab(workspace: Path, chromium: str) -> Iterator[Lab]:
    """JupyterLab with a notebook for each widget that imports it, shows it twice, and draws its picture without it."""
    with TemporaryDirectory() as place:
        folder = Path(place) / "notebooks"
        folder.mkdir()
        for name in VIEWS:
            about = f"{str(workspace.resolve())!r}, " if name in offered() else ""
            view = f"view = {name}({about}language='en'); view"
            write_notebook(folder / f"{name}.ipynb", (f"from kpikit.widgets import {name}", view, view, ALONE))
        with opened(folder, Path(place) / "settings", chromium) as lab:
            yield lab


def _ran(lab: Lab, name: str, cell: int, selector: str) -> tuple[float, float]:
    first, whole = lab.page.evaluate(RUN, [f"{name}.ipynb", cell, selector])
    return first / 1000, whole / 1000


def _change(lab: Lab, label: str, selector: str) -> float:
    """Choose the next thing of the list, of periods the one before; the seconds until it is there."""
    shown = lab.page.locator(".jp-NotebookPanel:visible .jp-Cell").nth(2)
    field = shown.get_by_label(label, exact=True)
    texts = field.evaluate("field => [...field.list.options].map(option => option.value)")
    lab.page.wait_for_timeout(1000 * READS)
    field.fill(texts[(texts.index(field.get_attribute("placeholder")) + 1) % len(texts)])
    shown.evaluate(WATCH, selector)
    field.press("Enter")
    ours: float = lab.page.evaluate("window.redrawn")
    return ours / 1000


def main(
    workspaces: list[str], number: int = 20, chromium: str = CHROMIUM, names: Collection[str] = VIEWS.keys()
) -> None:
    """Print the figures of some workspaces and widgets."""
    for each in workspaces:
        with _lab(Path(each), chromium) as lab:
            sys.stdout.write(f"{each}\n first    all   kept    all\n")
            told = list[str]()
            for name in names:
                sys.stdout.write(f"{views(lab, name).line()}\n")
                for label, selector in [those for widget, *those in CHANGES if widget == name]:
                    told += changes(lab, name, label, selector, number).lines()
            sys.stdout.write("\n".join([*told, ""]))


if __name__ == "__main__":
    main(sys.argv[1:] or [str(kpikit.samples() / name) for name in ("agency", "shop")])
