"""The agency's look, ``branding:`` in workspace.yml: logo, colour, fonts, footer, master of the slides.

Everything that is written in the colour must be readable: on paper white, and by night. Colours that mean something
(better, worse, planned) stay as they are in every report.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kpikit.charts.look import COLOURS, Colour
from kpikit.sources.pictures import logo_problem, named_file
from kpikit.sources.strict import Section
from kpikit.words.errors import shortened
from kpikit.words.language import Wording
from kpikit.words.message import Message

LEAST_CONTRAST = 4.5
"""Of text on its ground: WCAG 2.2, success criterion 1.4.3, level AA."""

_COLOUR, _FONT = re.compile(r"#[0-9a-f]{6}"), re.compile(r"[\w][\w .'-]{0,59}")


@dataclass(frozen=True)
class Branding:
    """What is the agency's own in its reports; nothing of it by default.

    ``accent`` is the colour of titles, rules and links; ``logo`` and ``slides`` are files in the workspace.
    """

    logo: Path | None = None
    accent: Colour | None = None
    text_font: str | None = None
    heading_font: str | None = None
    footer: Wording | None = None
    slides: Path | None = None

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that belong to it."""
        return tuple(each for each in (self.logo, self.slides) if each)


def read_branding(top: Section, folder: Path) -> Branding:
    """The branding of a workspace; a `SettingError` for what cannot be shown, or could not be read on a page."""
    section = top.section("branding")
    colours, fonts = section.section("colours"), section.section("fonts")
    found = Branding(
        logo=named_file(section, "logo", folder, logo_problem),
        accent=_accent(colours),
        text_font=_font(fonts, "text"),
        heading_font=_font(fonts, "headings"),
        footer=section.wording("footer", "") or None,
        slides=named_file(section, "slides", folder, _slides_problem),
    )
    for each in (colours, fonts, section):
        each.finish()
    return found


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2.2 defines it, from 1 (the same) to 21 (black on white).

    >>> contrast("#000000", "#ffffff"), round(contrast("#777777", "#ffffff"), 2)
    (21.0, 4.48)
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def readable(colour: str, ground: str) -> str:
    """The shade of the colour, nearest to it, that is readable on the ground: mixed with black or with white.

    >>> readable("#ffcc00", "#ffffff"), readable("#004b87", "#ffffff")
    ('#8f7200', '#004b87')
    """
    end = 0 if _luminance(ground) > 0.18 else 255
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    for share in range(101):
        mixed = "#" + "".join(f"{round(part + (end - part) * share / 100):02x}" for part in parts)
        if contrast(mixed, ground) >= LEAST_CONTRAST:
            return mixed
    raise AssertionError(ground)  # black or white is readable on any ground


def _accent(section: Section) -> Colour | None:
    """The colour by day, and by night: the one that is given, or its nearest shade that is readable in the dark."""
    day = _colour(section, "accent", COLOURS["surface"].light, Message("the white of the page"))
    dark = COLOURS["surface"].dark
    night = _colour(section, "accent_by_night", dark, Message("the dark of the page by night ({colour})", colour=dark))
    if day is None:
        if night is not None:
            raise section.refuse("accent_by_night", "belongs to an 'accent'.")
        return None
    return Colour(day, night or readable(day, dark))


def _colour(section: Section, key: str, ground: str, called: str) -> str | None:
    text = section.optional(key)
    if text is None:
        return None
    text = text.lower()
    if not _COLOUR.fullmatch(text):
        raise section.refuse(key, "{text} must be a colour as '#004b87', between quotes.", text=shortened(text))
    ratio = contrast(text, ground)
    if ratio < LEAST_CONTRAST:
        raise section.refuse(
            key,
            "'{text}' has a contrast of {ratio}:1 to {called}; text needs {least}:1 (WCAG AA). "
            "The nearest shade that has it is '{shade}'.",
            text=text,
            ratio=_floored(ratio),
            called=called,
            least=LEAST_CONTRAST,
            shade=readable(text, ground),
        )
    return text


def _floored(ratio: float) -> str:
    """One decimal, never rounded up to what is asked for."""
    return f"{int(ratio * 10) / 10:.1f}"


def _font(section: Section, key: str) -> str | None:
    text = section.optional(key)
    if text is not None and not _FONT.fullmatch(text):
        raise section.refuse(key, "{text} must be the name of one font, as 'Source Sans 3'.", text=shortened(text))
    return text


def _slides_problem(path: Path) -> str | None:
    with path.open("rb") as file:
        zipped = file.read(4) == b"PK\x03\x04"
    return None if zipped and path.suffix == ".pptx" else Message("{name} is no .pptx file.", name=path.name)
