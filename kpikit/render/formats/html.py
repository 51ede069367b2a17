"""HTML: the page itself, one file that loads and runs nothing."""

from __future__ import annotations

from kpikit.render.check import check_page
from kpikit.render.formats.format import Format, Ran
from kpikit.render.svg import with_shared_drawings, with_shared_styles


def make(ran: Ran) -> bytes:
    """The page as a file."""
    return with_shared_styles(with_shared_drawings(ran.page)).encode("utf-8")


def _check(content: bytes) -> None:
    check_page(content.decode("utf-8"))


FORMAT = Format(make, _check, of_all=True)
