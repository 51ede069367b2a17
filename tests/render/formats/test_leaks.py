"""No format of a client's report holds anything of another client: its name, notes, addresses or figures, decoded."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from email import message_from_bytes, policy
from itertools import permutations
from types import SimpleNamespace

import pytest

from kpikit.evaluation.document import document
from kpikit.render.content import Content
from kpikit.render.formats import eml, pdf, pptx, xlsx
from kpikit.render.letterhead import Letterhead
from kpikit.render.shell import shell
from tests.render.formats.conftest import NAMES
from tests.render.formats.test_pdf import objects

CANARIES = {"a": ["Alfa", "alfa@", "17.31", "536.61", "259.65"], "b": ["Bravo", "bravo@", "23.57", "707.1", "730.67"]}
"""What only the one client has; Danes write 23,57."""


def _unzipped(content: bytes) -> str:
    archive = zipfile.ZipFile(io.BytesIO(content))
    inner = [_unzipped(archive.read(name)) for name in archive.namelist() if name.endswith(".xlsx")]
    return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist()) + "".join(inner)


def _mailed(content: Content) -> str:
    parts = message_from_bytes(eml.mail(content), policy=policy.SMTP).walk()
    return content.review.client.recipients[0] + "".join(
        str(part.get_content())
        for part in parts
        if part.get_content_maintype() == "text"  # type: ignore[attr-defined]
    )


def _page(content: Content) -> str:
    review = content.review
    main = review.summary().html + review.notes().html + review.scorecard().html + review.attention().html
    return shell(content.client, content.say.code, review.title().html, main)


def _printed(content: Content) -> str:
    return objects(pdf.make(SimpleNamespace(page=_page(content), title=content.client, letterhead=Letterhead())))  # type: ignore[arg-type]


DECODED: dict[str, Callable[[Content], str]] = {
    "html": _page,
    "xlsx": lambda content: _unzipped(xlsx.workbook(content)),
    "pptx": lambda content: _unzipped(pptx.slides(content)),
    "eml": _mailed,
    "json": lambda content: json.dumps(document(content.evaluation)) + content.client,
    "pdf": _printed,
}


@pytest.mark.parametrize("kind", DECODED)
def test_a_format_holds_its_own_client_and_no_other(kind: str, content: Callable[[str], Content]) -> None:
    said = {key: DECODED[kind](content(key)) for key in NAMES}
    for own, other in permutations(NAMES, 2):
        foreign = [sign for each in CANARIES[other] for sign in (each, each.replace(".", ","))]
        assert [sign for sign in foreign if sign in said[own]] == [], f"{kind} of {own} holds figures of {other}"
    if kind != "pdf":  # its letters are numbers of glyphs; `test_pdf` reads its text
        assert all(any(sign in said[key] for sign in CANARIES[key][:1]) for key in NAMES)
