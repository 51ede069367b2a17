"""How long a person waits for the explorer, in a real JupyterLab: ``python -m tests.benchmarks.widgets [WORKSPACE]``.

From running a cell to its first picture, cold and with what is measured kept; and from the Enter that chooses another
period to the new picture, beside what matplotlib alone needs for that picture in the same kernel, in turn.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import kpikit
from tests.jupyter.lab import Lab, opened

NOTEBOOK, CHROMIUM = "speed.ipynb", os.environ.get("KPIKIT_CHROMIUM", "/usr/bin/chromium")
ALONE = """
import io, time, matplotlib
from matplotlib.figure import Figure
from kpikit.charts.look import RC
from kpikit.charts.trend import NARROW, WIDE, trend
begun = time.perf_counter()
with matplotlib.rc_context(RC):
    for width, height in (WIDE, NARROW):
        figure = Figure(figsize=(width / 72, height / 72), dpi=72)
        trend(explorer.value.fact, figure.add_axes((0, 0, 1, 1)), explorer.say)
        figure.savefig(io.BytesIO(), format="svg")
print(time.perf_counter() - begun)
"""
RUN = """async ([path, cell]) => {
    const widget = await jupyterapp.commands.execute('docmanager:open', { path, factory: 'Notebook' });
    jupyterapp.shell.activateById(widget.id);
    await widget.context.sessionContext.ready;
    await widget.context.sessionContext.session.kernel.info;
    widget.content.activeCellIndex = cell;
    const begun = performance.now();
    const seen = () => widget.content.widgets[cell].node.querySelector('svg.kpi-picture');
    const shown = new Promise(done => {
        const look = () => seen() ? done(performance.now() - begun) : requestAnimationFrame(look);
        look();
    });
    await jupyterapp.commands.execute('notebook:run-cell');
    return cell && cell < 3 ? await shown : 0;
}"""
SAID = """async path => {
    const widget = await jupyterapp.commands.execute('docmanager:open', { path, factory: 'Notebook' });
    return widget.content.widgets[3].node.querySelector('.jp-OutputArea-output').textContent;
}"""
WATCH = """text => {
    let begun;
    const enter = event => { if (event.key === 'Enter') begun = performance.now(); };
    document.addEventListener('keydown', enter, { capture: true });
    window.redrawn = new Promise(done => {
        const told = () => [...document.querySelectorAll('.kpikit.figures .when')].map(each => each.textContent);
        const look = () =>
            begun && told().includes(text) ? done(performance.now() - begun) : requestAnimationFrame(look);
        look();
    });
}"""


@dataclass(frozen=True)
class Waits:
    """Seconds: of the first view cold and with measurements kept, of each change, and of matplotlib alone for each."""

    cold: float
    kept: float
    changes: tuple[float, ...]
    alone: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """The median of a change's time over that of matplotlib alone."""
        return statistics.median(ours / peer for ours, peer in zip(self.changes, self.alone, strict=True))

    def lines(self) -> list[str]:
        """The figures as lines of text."""
        late = sorted(self.changes)[max(0, round(0.95 * len(self.changes)) - 1)]
        middle, alone = statistics.median(self.changes), statistics.median(self.alone)
        return [
            f"{self.cold:6.2f} s  first view, imports done",
            f"{self.kept:6.2f} s  first view, measurements kept",
            f"{1000 * middle:6.0f} ms a change, median of {len(self.changes)}; {1000 * late:.0f} ms at p95",
            f"{self.ratio:6.2f}  a change  (against matplotlib alone, {1000 * alone:.0f} ms)",
        ]


def waits(workspace: Path, changes: int, chromium: str = CHROMIUM) -> Waits:
    """What a person waits for on a workspace, with so many changes of the period."""
    with TemporaryDirectory() as place:
        folder = Path(place) / "notebooks"
        folder.mkdir()
        view = f"explorer = Explorer({str(workspace.resolve())!r}, 'en'); explorer"
        sources = ["from kpikit.widgets import Explorer", view, view, ALONE]
        cells = [{"cell_type": "code", "execution_count": None, "id": f"cell-{at}", "metadata": {}, "outputs": [],
                  "source": source} for at, source in enumerate(sources)]  # fmt: skip
        kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
        notebook = {"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
        (folder / NOTEBOOK).write_text(json.dumps(notebook), encoding="utf-8")
        with opened(folder, Path(place) / "settings", chromium) as lab:
            _, cold, kept = (lab.page.evaluate(RUN, [NOTEBOOK, cell]) / 1000 for cell in range(3))
            pairs = [_change(lab) for _ in range(changes)]
    return Waits(cold, kept, tuple(ours for ours, _ in pairs), tuple(peer for _, peer in pairs))


def _change(lab: Lab) -> tuple[float, float]:
    """Choose the next earlier period; the seconds until it is there, and those of matplotlib alone."""
    shown = lab.page.locator(".jp-NotebookPanel:visible .jp-Cell").nth(2)
    period = shown.get_by_label("Period", exact=True)
    texts = period.evaluate("field => [...field.list.options].map(option => option.value)")
    wanted = texts[texts.index(period.get_attribute("placeholder")) + 1]
    period.fill(wanted)
    lab.page.evaluate(WATCH, wanted)
    period.press("Enter")
    ours: float = lab.page.evaluate("window.redrawn")
    lab.page.evaluate(RUN, [NOTEBOOK, 3])
    return ours / 1000, float(lab.page.evaluate(SAID, NOTEBOOK))


def main(workspaces: list[str], changes: int = 20, chromium: str = CHROMIUM) -> None:
    """Print the figures of some workspaces."""
    for each in workspaces:
        sys.stdout.write("\n".join([each, *waits(Path(each), changes, chromium).lines(), ""]))


if __name__ == "__main__":
    main(sys.argv[1:] or [str(kpikit.samples() / name) for name in ("agency", "shop")])
