"""EML: a summary that is ready to be sent: as text and as HTML, the sparklines as pictures inside of it.

It has no sender and no date: a mail program opens it as a draft (``X-Unsent``), and fills them in when it is sent.
Mails are read without style sheets, so every rule stands at its element.
"""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.header import Header
from email.message import EmailMessage, MIMEPart
from html import escape

from kpikit.charts.look import FONT, colour
from kpikit.charts.markup import aligned
from kpikit.charts.sparkline import spark_png
from kpikit.render.content import Content, Line
from kpikit.render.formats.format import Format, Ran
from kpikit.sources.pictures import picture_kind
from kpikit.words.errors import RenderError
from kpikit.words.message import Message

WIDTH, SPARK = 640, (120, 32)
"""The width of the mail, and of a sparkline, in pixels."""

LINE = 76
"""The signs of a line: no more may stand in one of what is encoded (RFC 2045), nor 75 in an encoded word (RFC 2047)."""

_LOGO = "logo-{}@kpikit"


def make(ran: Ran) -> bytes:
    """The mail about a client's report."""
    return mail(Content(ran.review))


def mail(content: Content) -> bytes:
    """The mail of a report, to the recipients that clients.yml names."""
    message = EmailMessage(policy=policy.SMTP.clone(max_line_length=LINE))
    message.set_raw("Subject", _subject(f"{content.client} – {content.say.period(content.evaluation.period)}"))
    if content.review.client.recipients:
        message["To"] = ", ".join(content.review.client.recipients)
    message["X-Unsent"] = "1"
    message.set_content("\n".join(_text(content)), cte="quoted-printable")
    message.add_alternative(_html(content), subtype="html", cte="quoted-printable")
    shown = message.get_payload()[-1]  # type: ignore[index]
    for name, kind, data in _pictures(content):
        shown.add_related(data, "image", kind, cid=f"<{name}>", disposition="inline")  # type: ignore[union-attr]
    message["Content-Language"] = content.say.code
    _set_boundaries(message)
    return message.as_bytes()


def _subject(text: str) -> str:
    """A subject in encoded words, each on its line; by themselves messages would lose some of its blanks.

    >>> _subject("Å" * 40).splitlines()[0]
    '=?utf-8?b?w4XDhcOFw4XDhcOFw4XDhcOFw4XDhcOFw4XDhcOFw4XDhcOFw4U=?='
    """
    return Header(text, "utf-8", maxlinelen=LINE - 1, header_name="Subject").encode()


def _set_boundaries(message: MIMEPart) -> None:
    """Boundaries that are the same each time; by themselves they are drawn by lot."""
    parts = [part for part in message.walk() if part.is_multipart()]
    for number, part in enumerate(parts, 1):
        part.set_boundary(f"=_kpikit_{number}_=")


def _pictures(content: Content) -> Iterator[tuple[str, str, bytes]]:
    for number, (logo, _) in enumerate(content.logos, 1):
        yield _LOGO.format(number), picture_kind(logo), logo.read_bytes()
    for number, line in enumerate(content.kpis, 1):
        yield _name(number), "png", spark_png(line.fact)


def _name(number: int) -> str:
    return f"spark-{number}@kpikit"


def _text(content: Content) -> Iterator[str]:
    say = content.say
    yield from [*content.head, "", *content.sentences, ""]
    if content.kpis:
        rows = [(line.label, line.value, "; ".join(line.aims), line.status) for line in content.kpis]
        yield aligned([(say("Indicator"), content.period, say("Target"), content.verdicts[0]), *rows], (1, 2))
        yield ""
    for about, text, who in content.notes:
        yield from [*filter(None, [about]), text, f"– {who}", ""]
    yield from filter(None, [content.footer])


def _html(content: Content) -> str:
    accent = content.branding.accent.light if content.branding.accent else colour("ink")
    fonts = f"{content.branding.text_font}, {FONT}" if content.branding.text_font else FONT
    body = "".join([*_opening(content, accent), _table(content), *_notes(content), *_ending(content)])
    return (
        f'<!DOCTYPE html><html lang="{content.say.code}"><head><meta charset="utf-8">'
        f"<title>{escape(content.client)} – {escape(content.period)}</title></head>"
        f'<body style="margin:0;padding:24px;background:#ffffff;color:{colour("ink")};'
        f'font:15px/1.5 {escape(fonts)}"><div style="max-width:{WIDTH}px">{body}</div></body></html>\n'
    )


def _opening(content: Content, accent: str) -> Iterator[str]:
    for number, (_, name) in enumerate(content.logos, 1):
        source = f'src="cid:{_LOGO.format(number)}" alt="{escape(name)}"'
        yield f'<img {source} style="max-height:48px;margin:0 24px 16px 0">'
    name, *rest = content.head
    yield f'<h1 style="font-size:24px;line-height:1.2;margin:0 0 4px;color:{accent}">{escape(name)}</h1>'
    yield from (f'<p style="margin:0;color:{colour("muted")}">{escape(text)}</p>' for text in rest)
    yield f'<hr style="border:0;border-top:2px solid {accent};margin:14px 0">'
    yield from (f'<p style="margin:0 0 8px">{escape(text)}</p>' for text in content.sentences)


def _table(content: Content) -> str:
    if not content.kpis:
        return ""
    say = content.say
    heads = [(say("Indicator"), "left"), (content.period, "right"), (say("Target"), "right"),
             (content.verdicts[0], "left"), (say("History"), "left")]  # fmt: skip
    style = f"padding:6px 8px 6px 0;font-size:12px;font-weight:400;color:{colour('muted')};vertical-align:bottom"
    row = "".join(f'<th scope="col" style="{style};text-align:{side}">{escape(text)}</th>' for text, side in heads)
    lines = "".join(_row(line, number) for number, line in enumerate(content.kpis, 1))
    whole = "border-collapse:collapse;width:100%;margin:16px 0;font-size:14px"
    return f'<table style="{whole}"><tr>{row}</tr>{lines}</table>'


def _row(line: Line, number: int) -> str:
    rule = f"border-top:1px solid {colour('line')};padding:8px 8px 8px 0;vertical-align:top;text-align"
    strong = ";font-weight:600" if line.status_role == "bad" else ""
    cells = [
        (escape(line.value), "right;font-weight:600;white-space:nowrap"),
        ("<br>".join(map(escape, line.aims)), "right;white-space:nowrap"),
        (escape(line.status), f"left;white-space:nowrap;color:{colour(line.status_role)}{strong}"),
        (_spark(line, number), "left"),
    ]
    rest = "".join(f'<td style="{rule}:{style}">{inner}</td>' for inner, style in cells)
    return f'<tr><th scope="row" style="{rule}:left;font-weight:600">{escape(line.label)}</th>{rest}</tr>'


def _spark(line: Line, number: int) -> str:
    width, height = SPARK
    return f'<img src="cid:{_name(number)}" width="{width}" height="{height}" alt="{escape(line.spark)}">'


def _notes(content: Content) -> Iterator[str]:
    for about, text, who in content.notes:
        said = "<br>".join(escape(part) for part in text.split("\n"))
        head = f"<strong>{escape(about)}</strong><br>" if about else ""
        yield (
            f'<p style="border-left:3px solid {colour("prior")};padding-left:12px;margin:12px 0">{head}{said}'
            f'<br><span style="color:{colour("muted")};font-size:13px">– {escape(who)}</span></p>'
        )


def _ending(content: Content) -> Iterator[str]:
    if content.footer:
        yield f'<p style="margin:20px 0 0;font-size:13px;color:{colour("muted")}">{escape(content.footer)}</p>'


def _check(content: bytes) -> None:
    message = message_from_bytes(content, policy=policy.SMTP)
    kinds = [part.get_content_type() for part in message.walk()]
    if not {"text/plain", "text/html"} <= set(kinds) or message.defects:
        raise RenderError(Message("what was made is no whole mail."))


FORMAT = Format(make, _check)
