"""Two small drawings for each indicator: how it varies, and whether its usual range meets the target.

The band is the usual range. Variation: dots inside of it, or a last one that leaves it, a circle for the better, a
diamond for the worse, a square for neither; so the drawing says all without its colour. Assurance: the target as a
dashed line, beside the band or through it, with a tick, a cross or a wave.
"""

from __future__ import annotations

from html import escape

from kpikit.evaluation.facts import Fact
from kpikit.evaluation.signals.verdicts import ASSURANCES, VARIATIONS, assurance, variation
from kpikit.words.language import Language

_BAND = '<path d="M0 {top}h28v{height}H0z" fill="var(--kpi-line)"/>'
_DOT = '<circle cx="{x}" cy="{y}" r="1.5" fill="var(--kpi-muted)"/>'
_DOTS = "".join(_DOT.format(x=x, y=y) for x, y in ((4, 9.5), (10, 6.8), (16, 9)))
_LAST = {
    "improvement": '<circle cx="23" cy="{y}" r="3" fill="var(--kpi-good)"/>',
    "concern": '<path d="M23 {up}l3.4 3.4-3.4 3.4-3.4-3.4z" fill="var(--kpi-bad)"/>',
    "neutral": '<path d="M20.4 {left}h5.2v5.2h-5.2z" fill="var(--kpi-muted)"/>',
}
_MARKS = {
    "consistently_passing": ("good", "M20 8.2l2.2 2.2 4-4.6"),
    "consistently_failing": ("bad", "M20.4 5.6l4.8 4.8M25.2 5.6l-4.8 4.8"),
    "hit_and_miss": ("muted", "M19.4 8.6c1-2.2 2.4-2.2 3.4-.6s2.4 1.6 3.4-.6"),
}


def variation_icon(fact: Fact, say: Language) -> str:
    """How the last point varies, as a drawing with its words; empty where the process says nothing."""
    code = variation(fact)
    if code is None:
        return ""
    how, _, way = code.partition("_")
    last = _DOT.format(x=22, y=7.4)
    if way in ("high", "low"):
        y = 3.4 if way == "high" else 12.6
        last = _LAST[how].format(y=y, up=round(y - 3.4, 1), left=round(y - 2.6, 1))
    return _icon(_BAND.format(top=5, height=6) + _DOTS + last, say(VARIATIONS[code]))


def assurance_icon(fact: Fact, say: Language) -> str:
    """Whether the usual range meets the target, as a drawing with its words; empty without a target or limits."""
    code = assurance(fact)
    if code is None:
        return ""
    role, mark = _MARKS[code]
    above = (code == "consistently_passing") == (fact.better.sign >= 0)  # the band lies above the target's line
    line, top = (8.0, 4) if code == "hit_and_miss" else (13.5, 2) if above else (2.5, 5)
    band = _BAND.format(top=top, height=8 if code == "hit_and_miss" else 9).replace("h28", "h17")
    target = f'<path d="M0 {line}h17" stroke="var(--kpi-target)" stroke-width="1.4" stroke-dasharray="3.4 1.7"/>'
    over = f'<path d="{mark}" fill="none" stroke="var(--kpi-{role})" stroke-width="1.7" stroke-linecap="round"/>'
    return _icon(band + target + over, say(ASSURANCES[code]))


def _icon(body: str, words: str) -> str:
    return f'<svg class="icon" viewBox="0 0 28 16" role="img" aria-label="{escape(words)}">{body}</svg>'
