"""What may be published: a page is parsed, and every tag, attribute and address that is not on the lists is refused."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from kpikit.words.errors import RenderError
from kpikit.words.message import Message, Messages
from kpikit.words.texts import N_

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
"""The content security policy of every page: it loads nothing and runs nothing."""

_TAGS = """
html head meta title style body header main footer nav section article aside div span p h1 h2 h3 h4 h5 h6 br hr wbr
ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr th td a abbr b strong i em small s u del ins sub sup
mark code pre kbd samp var q cite blockquote time data figure figcaption img details summary
svg g path line polyline polygon rect circle ellipse text tspan textpath desc defs clippath mask marker use symbol image
lineargradient radialgradient stop pattern
"""
TAGS = frozenset(_TAGS.split())
"""The elements that a page may hold, in lower case."""

_ADDRESSES = {"src", "srcset", "href", "xlink:href", "action", "formaction", "poster", "background", "data", "ping",
              "manifest", "codebase", "classid", "longdesc", "usemap", "cite", "profile"}  # fmt: skip
_PICTURE = re.compile(r"data:image/(png|jpeg|gif|webp|svg\+xml)[;,]")
_LINK = re.compile(r"#|https?://|mailto:|(?![/\\]{2})[^:]*$")
_LOADS = re.compile(r"""@import|url\(\s*["']?\s*(?!#|data:image/)""")
_BROKEN = re.compile(r"<[a-zA-Z/!?]")

LANGUAGE, TITLE = N_("a language"), N_("a title")
A_POLICY, MAIN = N_("the content security policy"), N_("a main part")
"""What a page needs."""


def check_page(html: str) -> None:
    """Raise a `RenderError` that names the first thing in the page that must not be published, or is missing."""
    check = _Check()
    check.feed(html)
    check.close()
    missing = [name for name, found in check.needed.items() if not found]
    if missing:
        raise RenderError("the page is incomplete: it lacks {parts}.", parts=Messages(map(Message, missing), ", "))


class _Check(HTMLParser):
    """Walks through a page, refuses what is not allowed, and notes which of the needed things are there."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.needed = dict.fromkeys((LANGUAGE, TITLE, A_POLICY, MAIN), False)
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            raise self._refused(f"<{tag}>")
        for name, value in attrs:
            self._check_attribute(tag, name, value or "")
        self._note(tag, dict(attrs))
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        self._check_text(_BROKEN.search(data), data)
        if self._inside == "style":
            self._check_style(data)
        if self._inside == "title" and data.strip() and not self.needed[MAIN]:
            self.needed[TITLE] = True

    def handle_comment(self, data: str) -> None:
        self._check_text(re.search("[<>]", data), data)

    unknown_decl = handle_comment

    def _check_text(self, found: re.Match[str] | None, text: str) -> None:
        """What is text here may be an element to a browser, which ends a broken tag, a style or a comment elsewhere."""
        if found:
            shown = repr(text[found.start() :][:80])
            raise self._refused(Message("the broken markup {shown}", shown=shown))

    def _check_attribute(self, tag: str, name: str, value: str) -> None:
        address = re.sub(r"[\x00-\x20\x7f]", "", value).lower()
        good = not name.startswith("on")
        if name in _ADDRESSES:
            good = good and _is_good_address(tag, name, address)
        if name == "http-equiv":
            good = address == "content-security-policy"
        if not good:
            raise self._refused(f"<{tag} {name}={value[:80]!r}>")
        self._check_style(value)

    def _check_style(self, text: str) -> None:
        plain = re.sub(r"\\([0-9a-fA-F]{1,6})\s?", lambda code: chr(min(int(code[1], 16), 0x10FFFF)), text).lower()
        if found := _LOADS.search(plain):
            shown = repr(plain[found.start() :][:80])
            raise self._refused(Message("a style that loads something from outside, {shown}", shown=shown))

    def _note(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag == "html" and attributes.get("lang"):
            self.needed[LANGUAGE] = True
        if tag == "main":
            self.needed[MAIN] = True
        if tag == "meta" and attributes.get("http-equiv") and attributes.get("content") == POLICY:
            self.needed[A_POLICY] = True

    def _refused(self, what: str) -> RenderError:
        line, column = self.getpos()
        return RenderError(
            "the page holds {what}, which must not be published (line {line}, column {column}).",
            what=what,
            line=line,
            column=column,
        )


def _is_good_address(tag: str, name: str, address: str) -> bool:
    """Links may lead anywhere but to code; pictures come as data; drawings refer to their own parts."""
    if tag == "a":
        return name == "href" and bool(_LINK.match(address))
    if name == "src":
        return tag == "img" and bool(_PICTURE.match(address))
    if name in ("href", "xlink:href"):
        return address.startswith("#") or (tag == "image" and bool(_PICTURE.match(address)))
    return False
