"""How to read the charts: each mark once, with what it means."""

from __future__ import annotations

from html import escape

from kpikit.charts.markup import Html, aligned, sign
from kpikit.words.language import Language

_LINE = '<path d="M1 8 9 4l8 5 8-6 6 3" fill="none" stroke="var(--kpi-{role})" stroke-width="{width}"/>'
_RULE = '<path d="M0 6h32" stroke="var(--kpi-{role})" stroke-width="1.5" stroke-dasharray="{dashes}"/>'
_MARKS = {
    "actual": _LINE.format(role="ink", width=2),
    "light": _LINE.format(role="prior", width=1.5),
    "hollow": '<circle cx="16" cy="6" r="3.5" fill="var(--kpi-surface)" stroke="var(--kpi-ink)" stroke-width="1.5"/>',
    "band": '<path d="M0 0h32v12H0z" fill="var(--kpi-band)"/><path d="M0 6h32" stroke="var(--kpi-centre)"/>',
    "forecast": '<path d="M0 6 32 1v10z" fill="none" stroke="var(--kpi-prior)"/>'
    '<path d="M8 5v2M14 4v4M20 3v6M26 2v8" stroke="var(--kpi-centre)"/>' + _RULE.format(role="ink", dashes="3 2.5"),
    "target": _RULE.format(role="target", dashes="6 3"),
    "baseline": _RULE.format(role="baseline", dashes="1 3"),
    "event": '<path d="M8 2v10M24 2v10" stroke="var(--kpi-prior)" stroke-dasharray="2 2"/>'
    '<path d="M8 2h16" stroke="var(--kpi-prior)" stroke-width="2.2"/>',
    "bullet": '<path d="M1 1h30v10H1z" fill="none" stroke="var(--kpi-target)"/>'
    '<path d="M1 4h22v4H1z" fill="var(--kpi-ink)"/><path d="M31 0v12" stroke="var(--kpi-target)" stroke-width="2"/>',
}


def how_to_read(say: Language) -> Html:
    """The marks of the charts with their meaning, for the end of a report."""
    rows = [
        ("actual", say("What was measured.")),
        ("light", say("Measured, but not judged: too early to tell, or measured in another way.")),
        ("hollow", say("A period that is not complete yet.")),
        ("band", say("The usual range: where nearly all values lie as long as nothing changes, and their average.")),
        (
            "forecast",
            say(
                "The forecast on the present course, or an estimate where figures are missing; 8 of 10 outcomes lie "
                "inside the hatched band."
            ),
        ),
        ("good", say("A value that stands out for the better.")),
        ("bad", say("A value that stands out for the worse.")),
        ("neutral", say("A value that stands out, without being better or worse.")),
        ("target", say("The target.")),
        ("baseline", say("The baseline: where the plan began.")),
        ("event", say("An event, with its number in the list beneath the chart.")),
        ("bullet", say("Solid, what is reached; outline, the target; upright line, where to be by now.")),
    ]
    lines = "".join(f"<dt>{_mark(kind)}</dt><dd>{escape(text)}</dd>" for kind, text in rows)
    return Html(f'<div class="kpikit guide"><dl>{lines}</dl></div>', aligned(rows))


def _mark(kind: str) -> str:
    if kind not in _MARKS:
        return sign(kind)
    return f'<svg viewBox="0 0 32 12" width="32" height="12" aria-hidden="true">{_MARKS[kind]}</svg>'
