"""What a page wears beside its report: logos, the agency's colour, fonts and footer, and how far it has come."""

from __future__ import annotations

import base64
from html import escape
from pathlib import Path
from typing import NamedTuple

from kpikit.charts.look import FONT
from kpikit.sources.clients import Client
from kpikit.sources.pictures import picture_kind
from kpikit.words.language import Language, Wording
from kpikit.workspace.reports.branding import Branding

_LOGO = """.kpikit-page > header .logo { display: block; width: auto; height: auto; max-width: 220px; max-height: 56px;
  margin: 0 0 20px; align-self: flex-start; }
@media screen and (prefers-color-scheme: dark) {
  .kpikit-page > header .logo { background: #ffffff; padding: 6px 8px; border-radius: 3px; } }"""
_LOGOS = """.kpikit-page > header .logos { display: flex; justify-content: space-between; align-items: flex-start;
  gap: 24px; }
.kpikit-page > header:has(.client) .logos { align-self: stretch; }"""
_STANDING = """.kpikit-page > header .standing { align-self: flex-start; display: inline-block; margin: 0 0 14px;
  padding: 1px 8px; border: 1px solid currentColor; border-radius: 3px; font-size: 13px; color: var(--kpi-muted); }"""
_ACCENT = """:root { --kpi-accent: %s; }
@media screen and (prefers-color-scheme: dark) { :root { --kpi-accent: %s; } }
.kpikit-page h2, .kpikit.title .client, .kpikit-page a { color: var(--kpi-accent); }
.kpikit-page > header::after, .kpikit.figures { border-color: var(--kpi-accent); }"""
_TEXT = ":root { --kpi-font: %s; }"
_HEADINGS = ".kpikit-page :is(h1, h2, h3, h4, .client) { font-family: %s; }"


class Letterhead(NamedTuple):
    """Pieces of a page: rules for its style, what stands at the top of its header, and at the end of its footer.

    ``standing`` says in words how far the report has come; empty for pages that are no report.
    """

    style: str = ""
    top: str = ""
    foot: str = ""
    standing: str = ""

    def on(self, page: str) -> str:
        """The page with them."""
        mark = f'<p class="standing">{escape(self.standing)}</p>' if self.standing else ""
        style = "\n".join(filter(None, [self.style, _STANDING if mark else ""]))
        top = "\n".join(filter(None, [self.top, mark]))
        if style:
            page = page.replace("</head>", f"<style>\n{style}\n</style>\n</head>", 1)
        if top:
            begin, end = '<header class="kpikit">', "</header>"
            if begin not in page:
                page = page.replace("<main", f"{begin}{end}\n<main", 1)
            page = page.replace(begin, f"{begin}\n{top}", 1)
        if self.foot:
            before, footer, after = page.rpartition("</footer>")
            page = f"{before}{self.foot}\n{footer}{after}"
        return page


def letterhead(
    branding: Branding, name: Wording, say: Language, standing: str = "", client: Client | None = None
) -> Letterhead:
    """The letterhead of a branding; ``name`` is the workspace's, for those who cannot see its logo.

    The report of a ``client`` wears that client's logo, too: on the right.
    """
    foot = f"<p>{escape(say.own(branding.footer))}</p>" if branding.footer else ""
    own = client.logo if client else None
    pictures = [_picture(branding.logo, say.own(name))] if branding.logo else []
    pictures += [_picture(own, say.own(client.label))] if client and own else []
    top = f'<div class="logos">{"".join(pictures)}</div>' if len(pictures) > 1 else "".join(pictures)
    return Letterhead(_style(branding, len(pictures)), top, foot, standing)


def _picture(logo: Path, name: str) -> str:
    data = base64.b64encode(logo.read_bytes()).decode()
    return f'<img class="logo" src="data:image/{picture_kind(logo)};base64,{data}" alt="{escape(name)}">'


def _style(branding: Branding, logos: int) -> str:
    parts = [
        _LOGO if logos else "",
        _LOGOS if logos > 1 else "",
        _ACCENT % (branding.accent.light, branding.accent.dark) if branding.accent else "",
        _TEXT % _family(branding.text_font) if branding.text_font else "",
        _HEADINGS % _family(branding.heading_font) if branding.heading_font else "",
    ]
    return "\n".join(filter(None, parts))


def _family(font: str) -> str:
    """The font, and those of the reader's system where it is not installed; nothing is downloaded."""
    return f'"{font}", {FONT}'
