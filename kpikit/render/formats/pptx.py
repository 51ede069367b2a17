"""PPTX: a title, the scorecard, and a slide with a native chart for each KPI that needs attention.

The sentences stand beneath a short scorecard, else on a slide before it; the speaker's notes hold them too. Where the
branding names an own .pptx, its master, layouts and size are taken, and its slides are left out.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, time
from importlib.util import find_spec

from kpikit.render.content import Content
from kpikit.render.deck import Deck
from kpikit.render.formats.format import Format, Ran
from kpikit.words.errors import RenderError

MOST_ABOVE_WORDS = 4
"""Lines of a scorecard that leave room for the sentences beneath it."""


def missing() -> str | None:
    """The command that makes slides possible here; None where they are."""
    return None if find_spec("pptx") else "pip install python-pptx"


def make(ran: Ran) -> bytes:
    """The slides about a client's report."""
    return slides(Content(ran.review))


def slides(content: Content) -> bytes:
    """The slides of a report."""
    deck = Deck(content)
    deck.title(content.client, content.head[1:], content.sentences)
    short = 0 < len(content.kpis) <= MOST_ABOVE_WORDS
    if not short:
        deck.words(content.sentences)
    deck.scorecard(content.kpis, content.sentences if short else (), content.sentences)
    for line in content.urgent:
        deck.kpi(line)
    properties = deck.file.core_properties
    properties.title, properties.author = f"{content.client} – {content.period}", content.agency
    properties.language, properties.last_modified_by = content.say.code, content.agency
    properties.created = properties.modified = datetime.combine(content.evaluation.as_of, time())
    stream = io.BytesIO()
    deck.file.save(stream)
    return stream.getvalue()


def _check(content: bytes) -> None:
    try:
        broken = zipfile.ZipFile(io.BytesIO(content)).testzip()
    except zipfile.BadZipFile as error:
        raise RenderError("what was made is no whole presentation: {reason}.", reason=error) from None
    if broken:
        raise RenderError("what was made is no whole presentation: {reason}.", reason=broken)


FORMAT = Format(make, _check, missing=missing)
